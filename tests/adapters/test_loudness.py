"""What can be speech and what can't."""

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.loudness import Loudness


def noise(rms: float, blocks: int, *, constant: int = 0) -> bytes:
    source = random.Random(1)  # noqa: S311 - a noise, not a secret
    return array("h", (round(source.gauss(constant, rms)) for _ in range(320 * blocks))).tobytes()


def heard(*pieces: bytes) -> Loudness:
    loudness = Loudness()
    for piece in pieces:
        loudness.hear(piece)
    return loudness


def test_silence_is_none_whatever_constant_the_card_adds() -> None:
    assert not heard().speech_possible()
    assert not heard(bytes(64_000)).speech_possible(5)
    assert not heard(noise(2, 50, constant=900)).speech_possible(1)


@pytest.mark.parametrize("rms", [50, 500, 3000])
def test_one_word_out_of_steady_noise_is_none(rms: float) -> None:
    steady = heard(noise(rms, 150))
    assert steady.speech_possible()
    assert not steady.speech_possible(1)
    assert steady.speech_possible(2)


def test_a_word_that_stands_out_of_the_noise_is_one() -> None:
    assert heard(noise(300, 40), noise(900, 10), noise(300, 40)).speech_possible(1)


def test_a_short_loud_recording_is_not_called_steady() -> None:
    assert heard(noise(300, 10)).speech_possible(1)


@given(st.lists(st.integers(1, 200), max_size=20))
def test_how_it_is_cut_does_not_matter(sizes: list[int]) -> None:
    pcm = noise(300, 4) + noise(30, 26)
    pieces, start = [], 0
    for size in sizes:
        pieces.append(pcm[start : start + 2 * size])
        start += 2 * size
    cut, whole = heard(*pieces, pcm[start:]), heard(pcm)
    assert (cut.speech_possible(), cut.speech_possible(1)) == (whole.speech_possible(), whole.speech_possible(1))

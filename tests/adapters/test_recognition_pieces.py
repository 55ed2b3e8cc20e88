"""Where speech is cut into pieces, and what is made of them; the engines' answers are written down here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.recognition.joining import followed, joined
from sottovoce.adapters.recognition.nearness import Nearness
from sottovoce.adapters.recognition.phrases import CONTEXT, WINDOW, WINDOW_S, PhraseLimits, SpeechPieces
from sottovoce.adapters.recognition.sherpa import TextResult
from sottovoce.domain.audio import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable

LOUD, QUIET = 0.3, 0.0
RNG = np.random.default_rng(1)


class Ears:
    """Takes loud windows for speech, and writes down the lengths of what it decodes."""

    def __init__(self, text: Callable[[int], str] = lambda number: f"piece {number}.") -> None:
        self.lengths_s: list[float] = []
        self.before: list[str] = []
        self._text = text

    def is_speech(self, window: np.ndarray) -> bool:
        assert len(window) == CONTEXT + WINDOW
        return bool(np.abs(window[CONTEXT:]).max() > 0.01)

    def decode(self, samples: np.ndarray, before: TextResult | None) -> TextResult:
        self.before.append(before.text if before else "")
        self.lengths_s.append(len(samples) / SAMPLE_RATE_HZ)
        return TextResult(self._text(len(self.lengths_s)))


def sound(*parts: tuple[float, float]) -> bytes:
    """Noise bursts: seconds and amplitude of each part."""
    pieces = [RNG.uniform(-level, level, round(seconds * SAMPLE_RATE_HZ)) for seconds, level in parts]
    return (np.concatenate(pieces) * 32767).astype("<i2").tobytes()


def phrases(ears: Ears, limits: PhraseLimits | None = None) -> SpeechPieces[TextResult]:
    return SpeechPieces(ears.is_speech, ears.decode, limits or PhraseLimits(), lambda: False)


def fed(ears: Ears, pcm: bytes, *, more: bool = True) -> SpeechPieces[TextResult]:
    listening = phrases(ears)
    for start in range(0, len(pcm), 6400):
        listening.hear(pcm[start : start + 6400], more=more)
    return listening


def test_a_long_pause_ends_a_piece_that_is_long_enough() -> None:
    ears = Ears()
    said = fed(ears, sound((4.5, LOUD), (2, QUIET), (4.5, LOUD), (2, QUIET), (1, LOUD))).final()
    assert said.text == "piece 1. piece 2. piece 3."
    assert ears.lengths_s == pytest.approx([5.2, 5.2, 1.7], abs=0.15)


def test_short_phrases_are_decoded_together_with_less_silence_between() -> None:
    ears = Ears()
    assert fed(ears, sound((1, LOUD), (6, QUIET), (1, LOUD), (1, QUIET))).final().text == "piece 1."
    assert ears.lengths_s == pytest.approx([3.2], abs=0.15)


def test_whoever_never_pauses_is_cut_at_the_quietest_place_and_nothing_is_left_out() -> None:
    ears = Ears(lambda number: f"begin{number} middle{number} end{number}")
    said = fed(ears, sound((6.5, LOUD), (0.05, 0.02), (13, LOUD))).final()
    assert ears.lengths_s[0] == pytest.approx(7.25, abs=0.2)
    assert sum(ears.lengths_s) >= 19.5 + len(ears.lengths_s) - 1
    assert max(ears.lengths_s) < PhraseLimits().longest_s + 0.8
    assert "begin1" in said.text
    assert f"end{len(ears.lengths_s)}" in said.text


def test_what_was_decoded_in_a_pause_is_not_decoded_again_at_the_end() -> None:
    ears = Ears()
    listening = fed(ears, sound((2, LOUD), (0.4, QUIET)), more=False)
    decoded = len(ears.lengths_s)
    assert listening.words == f"piece {decoded}."
    assert listening.final().text == f"piece {decoded}."
    assert len(ears.lengths_s) == decoded


def test_what_was_heard_of_a_piece_before_is_tried_first_and_never_that_of_another_piece() -> None:
    ears = Ears()
    listening = fed(ears, sound((3, LOUD), (0.4, QUIET), (1.2, LOUD), (0.3, QUIET)), more=False)
    assert ears.before == ["", *(f"piece {number}." for number in range(1, len(ears.before)))]
    looked = len(ears.before)
    listening.hear(sound((1, QUIET), (0.5, LOUD)))
    listening.final()
    assert "" in ears.before[looked:]


def test_only_one_piece_is_weighed() -> None:
    ears = Ears()
    one = fed(ears, sound((2, LOUD), (1, QUIET)))
    assert one.only is None
    one.final()
    assert one.only is not None
    two = fed(ears, sound((4.5, LOUD), (1, QUIET), (2, LOUD)))
    two.final()
    assert two.only is None


def test_the_word_that_is_being_spoken_is_not_shown() -> None:
    ears = Ears(lambda _: "I like pie")
    assert fed(ears, sound((2, LOUD)), more=False).words == "I like"
    assert fed(ears, sound((2, LOUD), (0.4, QUIET)), more=False).words == "I like pie"


def test_nothing_is_only_looked_at_while_more_is_waiting() -> None:
    ears = Ears()
    listening = fed(ears, sound((3, LOUD), (0.4, QUIET), (2, LOUD)), more=True)
    assert ears.lengths_s == []
    listening.final()
    assert len(ears.lengths_s) == 1


def test_the_result_does_not_depend_on_what_was_looked_at_before() -> None:
    pcm = sound((3, LOUD), (0.4, QUIET), (2, LOUD), (0.7, QUIET), (9, LOUD), (0.3, QUIET))
    first, second = Ears(lambda _: ""), Ears(lambda _: "")
    fed(first, pcm, more=True).final()
    fed(second, pcm, more=False).final()
    assert set(first.lengths_s) <= set(second.lengths_s)


@pytest.mark.parametrize("text", ["Thank you.", "You", "Bye."])
def test_a_bang_is_no_word(text: str) -> None:
    assert not fed(Ears(lambda _: text), sound((1, QUIET), (0.1, LOUD), (1, QUIET))).final().speech
    assert not fed(Ears(lambda _: text), sound((1, QUIET), (0.3, LOUD), (1, QUIET))).final().speech
    assert fed(Ears(lambda _: text), sound((1, QUIET), (0.8, LOUD), (1, QUIET))).final().text == text
    assert fed(Ears(lambda _: "No."), sound((1, QUIET), (0.3, LOUD), (1, QUIET))).final().text == "No."


def test_what_is_much_quieter_than_who_speaks_is_somebody_else() -> None:
    far, near = (5, 0.02), (5, 0.5)
    assert fed(Ears(), sound(far, (1, QUIET), near, (1, QUIET), far)).final().text == "piece 2."


def test_an_utterance_that_was_dropped_is_not_decoded() -> None:
    ears = Ears()
    listening = SpeechPieces(ears.is_speech, ears.decode, PhraseLimits(), lambda: True)
    listening.hear(sound((9, LOUD), (1, QUIET)))
    assert ears.lengths_s == []


def levels(*parts: tuple[int, float]) -> Nearness:
    """Windows of noise with these levels in dB of full scale; those above -60 are taken for speech."""
    nearness = Nearness()
    for count, level_db in parts:
        for _ in range(count):
            window = RNG.choice([-1.0, 1.0], WINDOW) * 10 ** (level_db / 20)
            nearness.hear(window, speech=level_db > -60)
    return nearness


def test_far_off_talk_fills_its_gaps() -> None:
    near = [(4, -45.0), (2, -65.0)] * 20
    far = [(4, -45.0), (2, -51.0)] * 20
    assert levels(*near).is_near()
    assert not levels(*far).is_near()
    assert levels(*[(4, -20.0), (2, -26.0)] * 20).is_near()  # a loud voice in a hall is near
    assert not levels((10, -70.0)).is_near()
    assert not Nearness().is_near()


def test_another_thread_may_ask_in_the_middle_of_a_window() -> None:
    asked: list[bool] = []

    class Window(np.ndarray):
        """Asks whenever it is calculated with."""

        def __array_finalize__(self, _: object) -> None:
            asked.append(nearness.is_near())

    nearness = Nearness()
    for _ in range(3):
        nearness.hear((RNG.choice([-1.0, 1.0], WINDOW) * 0.01).view(Window), speech=True)
    assert len(asked) > 3


def test_quiet_talk_through_a_wall_is_dull_however_dry_the_room() -> None:
    def talk(hiss: float, level_db: float) -> Nearness:
        nearness, time = Nearness(), np.arange(WINDOW) / SAMPLE_RATE_HZ
        vowel, sharp = np.sin(2 * np.pi * 500 * time), np.sin(2 * np.pi * 3300 * time)
        for _ in range(20):
            for window, speech in ((vowel, True), (sharp * hiss, True), (vowel * 0, False)):
                nearness.hear(window * 10 ** (level_db / 20), speech=speech)
        return nearness

    assert talk(0.1, -35).is_near()
    long = talk(0.1, -50)
    long.hear(
        np.sin(2 * np.pi * 500 * np.arange(WINDOW) / SAMPLE_RATE_HZ) * 0.02, speech=True
    )  # one louder vowel in a long text
    assert long.is_near()
    assert not talk(0.01, -35).is_near()
    assert talk(0.01, -20).is_near()  # a loud voice is near, whatever the microphone makes of it


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("The train leaves at a quarter", "quarter past nine.", "The train leaves at a quarter past nine."),
        ("The train leaves at a quart", "at a quarter past nine.", "The train leaves at a quarter past nine."),
        ("It was the best of times.", "Of times, it was", "It was the best Of times, it was"),
        ("we had nothing before", "Before us.", "we had nothing Before us."),
        ("one two three", "four five", "one two three four five"),
        ("", "Hello there.", "Hello there."),
        ("Hello", "", "Hello"),
    ],
)
def test_overlapping_texts_are_joined(first: str, second: str, both: str) -> None:
    assert joined(first, second).lower() == both.lower()


def test_a_capital_that_a_cut_has_made_goes() -> None:
    assert followed("received", "For good") == "received for good"
    assert followed("Done.", "For good") == "Done. For good"
    assert followed("I saw", "Anna there") == "I saw Anna there"
    assert followed("then", "I left") == "then I left"


@given(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=12),
    st.integers(0, 12),
    st.integers(0, 4),
)
def test_no_word_is_lost_or_doubled_where_both_have_heard_the_seam(words: list[str], cut: int, overlap: int) -> None:
    distinct = [f"{word}{letter}" for word, letter in zip(words, "abcdefghijkl", strict=False)]
    first, second = distinct[:cut], distinct[max(0, min(cut, len(distinct)) - overlap) :]
    assert joined(" ".join(first), " ".join(second)).split() == distinct


def test_windows_are_whole() -> None:
    assert WINDOW_S * SAMPLE_RATE_HZ == WINDOW


def test_a_word_that_begins_and_ends_at_once_gets_silence_around_it() -> None:
    ears = Ears()
    assert fed(ears, sound((0.4, LOUD))).final().text == "piece 1."
    assert ears.lengths_s == pytest.approx([1.1], abs=0.05)

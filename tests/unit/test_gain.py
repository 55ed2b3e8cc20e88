"""Automatic gain: bounded, slow, and it never cuts anything off."""

from __future__ import annotations

import itertools
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.microphones import level_of
from sottovoce.talk.gain import AutomaticGain, GainLimits
from sottovoce.talk.speech_level import SpeechLevel

LIMITS = GainLimits()
PEAK = 32_768 * 10 ** (LIMITS.peak_dbfs / 20)


def block(loudness: float) -> bytes:
    """A square wave."""
    sample = round(32_768 * 10 ** (loudness / 20))
    return array("h", [sample, -sample] * 160).tobytes()


def through(gain: AutomaticGain, levels: list[float], heard: SpeechLevel | None = None) -> list[float]:
    """What comes out where blocks of these levels go in, as decibels."""
    heard = heard or SpeechLevel()
    out = []
    for pcm in map(block, levels):
        level = level_of(pcm)
        heard.hear(level)
        out.append(level_of(gain.applied(pcm, level, heard)).rms_dbfs)
    return out


def test_what_is_loud_enough_passes_unchanged() -> None:
    gain, heard = AutomaticGain(), SpeechLevel()
    for loudness in [-70.0] * 20 + [-25.0] * 40:
        pcm = block(loudness)
        heard.hear(level_of(pcm))
        assert gain.applied(pcm, level_of(pcm), heard) is pcm
    assert gain.gain_db == 0


def test_a_quiet_voice_is_raised_to_where_it_is_wanted_and_stays_there() -> None:
    gain = AutomaticGain()
    levels = [-80.0] * 20 + [-50.0] * 100
    out = through(gain, levels)
    assert out[-1] == pytest.approx(LIMITS.wanted_dbfs, abs=1)
    assert out[:20] == pytest.approx(levels[:20], abs=1)
    steps = [later - sooner for sooner, later in itertools.pairwise(out[20:])]
    assert min(steps) > -0.2, "no pumping"
    assert max(steps) <= LIMITS.up_db_s * 0.02 + 0.2
    assert through(gain, [-80.0] * 5 + [-50.0] * 5)[-1] == pytest.approx(LIMITS.wanted_dbfs, abs=1), "the next turn"


def test_noise_is_not_raised() -> None:
    gain = AutomaticGain()
    through(gain, [-60.0] * 100)
    assert gain.gain_db == 0
    through(gain, [-58.0] * 20 + [-40.0] * 100)
    assert gain.gain_db == pytest.approx(LIMITS.noise_dbfs + 58, abs=1)
    through(AutomaticGain(), [-30.0] * 20 + [-10.0] * 20)


def test_it_gives_way_at_once_where_something_would_be_cut_off_and_slowly_else() -> None:
    gain = AutomaticGain()
    through(gain, [-80.0] * 20 + [-50.0] * 100)
    heard = SpeechLevel()
    (out,) = through(gain, [-6.0], heard)
    assert out == pytest.approx(LIMITS.peak_dbfs, abs=0.2)
    assert gain.gain_db == pytest.approx(5, abs=0.2)
    through(gain, [-80.0] * 5, heard)
    assert 0 < gain.gain_db < 5
    through(gain, [-20.0] * 30, heard)
    assert gain.gain_db == 0


def test_pieces_of_any_length_pass() -> None:
    gain, heard = AutomaticGain(), SpeechLevel()
    through(gain, [-80.0] * 20 + [-50.0] * 100, heard)
    for odd in (b"", b"\x01", b"\x01\x00\x02"):
        assert len(gain.applied(odd, level_of(odd), heard)) == len(odd) // 2 * 2


@given(st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=320), st.floats(0, 24))
def test_nothing_is_ever_cut_off(samples: list[int], gain_db: float) -> None:
    gain, heard = AutomaticGain(), SpeechLevel()
    gain.gain_db = gain_db
    pcm = array("h", samples).tobytes()
    out = array("h", gain.applied(pcm, level_of(pcm), heard))
    assert all(abs(later) <= max(PEAK + 1, abs(sooner)) for sooner, later in zip(samples, out, strict=True))
    assert all(later * sooner >= 0 for sooner, later in zip(samples, out, strict=True))

"""How loud a microphone is, and what is told about it."""

from __future__ import annotations

import math
from array import array

import pytest

from sottovoce.domain.errors import MicrophoneSilent, MicrophoneTooLoud, MicrophoneTooQuiet
from sottovoce.domain.microphones import SILENCE_DBFS, LevelHistory, SoundLevel, dbfs, level_of


def tone(peak_dbfs: float, *, constant: int = 0, samples: int = 320) -> bytes:
    """A sine of 1 kHz."""
    peak = 32_767 * 10 ** (peak_dbfs / 20)
    wave = (round(peak * math.sin(math.tau * n / 16)) + constant for n in range(samples))
    return array("h", (max(-32_768, min(32_767, sample)) for sample in wave)).tobytes()


def test_the_level_of_a_piece() -> None:
    assert level_of(b"") == level_of(b"\x01") == level_of(bytes(640)) == SoundLevel()
    level = level_of(tone(-20))
    assert level.rms_dbfs == pytest.approx(-23, abs=0.1)
    assert level.peak_dbfs == pytest.approx(-20, abs=0.1)
    assert not level.is_clipped
    assert dbfs(0) == dbfs(0.001) == SILENCE_DBFS
    assert dbfs(32_768) == 0


def test_a_constant_of_the_card_is_no_loudness() -> None:
    assert level_of(tone(-60, constant=900)).rms_dbfs == pytest.approx(-63, abs=0.5)


def test_what_is_cut_off_at_full_scale_is_told_but_not_one_sample() -> None:
    assert level_of(tone(6)).is_clipped
    assert not level_of(tone(-1)).is_clipped
    once = array("h", [0, 32_767, 0, -32_768] + [0] * 300).tobytes()
    assert level_of(once).peak_dbfs == 0
    assert not level_of(once).is_clipped


def history(*levels: tuple[int, float], clipped: int = 0) -> LevelHistory:
    """So many blocks of each loudness; the first ones are cut off."""
    heard = LevelHistory()
    for count, loudness in levels:
        for _ in range(count):
            clipped -= 1
            heard.hear(SoundLevel(rms_dbfs=loudness, peak_dbfs=loudness + 3, is_clipped=clipped >= 0))
    return heard


def test_what_is_wrong_with_a_microphone_is_told_in_one_sentence() -> None:
    assert history().trouble() is None
    assert history().noise_dbfs == SILENCE_DBFS
    assert history((30, -70), (30, -30)).trouble() is None
    quiet = history((30, -80), (30, -55))
    assert (quiet.noise_dbfs, quiet.loudest_dbfs) == (-80, -55)
    assert isinstance(quiet.trouble(), MicrophoneTooQuiet)
    assert isinstance(history((30, -6), (30, -60), clipped=10).trouble(), MicrophoneTooLoud)
    assert history((60, -6), (60, -60), clipped=2).trouble() is None, "a bump on the table"


def test_nobody_who_is_silent_is_called_too_quiet() -> None:
    assert history((100, -70)).trouble() is None
    assert history((10, -80), (10, -60)).trouble() is None, "too short to tell"


def test_zeros_are_a_muted_microphone() -> None:
    muted = LevelHistory()
    for _ in range(24):
        muted.hear(SoundLevel())
    assert muted.zeros_only
    assert muted.trouble() is None
    muted.hear(SoundLevel())
    assert isinstance(muted.trouble(), MicrophoneSilent)
    muted.hear(SoundLevel(rms_dbfs=-90, peak_dbfs=-90))
    assert not muted.zeros_only
    assert muted.trouble() is None

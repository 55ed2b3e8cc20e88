"""How long is listened on after the key came up, by what is heard then."""

from __future__ import annotations

import asyncio
from array import array

import pytest

from sottovoce.domain.microphones import SoundLevel
from sottovoce.domain.turns import Heard, TurnLimits
from sottovoce.talk.speech_level import SpeechLevel
from sottovoce.talk.tail import SPOKE_MS, tail_left_s
from tests.unit.parts import Parts, build
from tests.unit.talking import done
from tests.virtual_time import run_virtual

LIMITS = TurnLimits()
BASE_S, SHORT_S, LONG_S = LIMITS.tail_ms / 1000, LIMITS.short_tail_ms / 1000, LIMITS.long_tail_ms / 1000
NOISE, VOICE = -70.0, -30.0


def heard(*pieces: tuple[int, float]) -> SpeechLevel:
    """So many blocks of each loudness."""
    level = SpeechLevel()
    for count, loudness in pieces:
        for _ in range(count):
            level.hear(SoundLevel(rms_dbfs=loudness, peak_dbfs=loudness + 3))
    return level


def test_speech_is_what_stands_out_of_the_noise_and_is_near_the_voice() -> None:
    assert heard((20, NOISE), (20, VOICE)).spoke_within(80)
    assert heard((20, NOISE), (20, VOICE), (3, NOISE)).spoke_within(80)
    assert not heard((20, NOISE), (20, VOICE), (4, NOISE)).spoke_within(80)
    assert heard((20, NOISE), (20, VOICE), (4, -55.0)).spoke_within(80), "the end of a word"
    assert not heard((20, NOISE), (20, VOICE), (4, -60.0)).spoke_within(80), "others, far off"
    assert not heard((40, VOICE)).spoke_within(80), "a fan: nothing can be told"


def test_silence_is_sure_only_after_a_voice_and_for_long() -> None:
    assert heard((20, NOISE), (20, VOICE), (15, NOISE)).silent_for(300)
    assert not heard((20, NOISE), (20, VOICE), (14, NOISE)).silent_for(300)
    assert not heard((20, NOISE), (20, VOICE), (10, NOISE), (1, -60.0), (4, NOISE)).silent_for(300)
    assert not heard((40, NOISE)).silent_for(300)
    assert not heard((5, NOISE), (2, VOICE)).silent_for(300), "too short"


def left_ms(since_s: float, level: SpeechLevel, *, up_to_date: bool = True) -> int:
    return round(tail_left_s(since_s, level, LIMITS, up_to_date=up_to_date) * 1000)


def test_the_usual_tail_is_listened_to_unless_silence_is_sure() -> None:
    spoke, silent = heard((20, NOISE), (20, VOICE)), heard((20, NOISE), (20, VOICE), (20, NOISE))
    assert left_ms(0, spoke) == left_ms(0, silent) == LIMITS.short_tail_ms
    assert left_ms(0.08, silent) == 0
    assert left_ms(0.08, silent, up_to_date=False) == 20
    assert left_ms(0.08, spoke) == 20
    assert left_ms(0.11, silent, up_to_date=False) == 10
    assert left_ms(0.12, silent) == 0


def test_who_still_speaks_is_listened_to_until_the_end_of_the_word_or_the_longest_tail() -> None:
    spoke = heard((20, NOISE), (20, VOICE))
    assert left_ms(0.12, spoke) == 20
    assert left_ms(0.59, spoke) == 10
    assert left_ms(0.6, spoke) == 0
    assert left_ms(0.14, heard((20, NOISE), (20, VOICE), (SPOKE_MS // 20, NOISE))) == 0


def test_without_a_tail_nothing_is_waited_for() -> None:
    none = TurnLimits(tail_ms=0, long_tail_ms=0)
    assert tail_left_s(0, heard((20, NOISE), (20, VOICE)), none, up_to_date=True) == 0


@pytest.mark.parametrize("name", ["tail_ms", "short_tail_ms", "long_tail_ms"])
def test_a_tail_that_nobody_would_wait_for_is_refused(name: str) -> None:
    for wrong in (-1, 1001):
        with pytest.raises(ValueError, match="a tail"):
            TurnLimits(**{name: wrong})


def sound(loudness: float) -> bytes:
    """One block of a square wave."""
    sample = round(32_768 * 10 ** (loudness / 20))
    return array("h", [sample, -sample] * 160).tobytes()


def waited(*, silence: int = 0, on: int = 0) -> tuple[float, int]:
    """A turn of 0.8 s in which somebody falls silent before letting go, or speaks on behind it (both in blocks).

    Returns:
        How long it took from then to the answer, and how many blocks the recogniser got.
    """

    async def story() -> tuple[Parts, float]:
        parts = build(["what time is it"])
        loop = asyncio.get_running_loop()
        parts.talk.press()
        await parts.microphone.wait_listening()
        await _deliver(parts, [NOISE] * 20 + [VOICE] * 20 + [NOISE] * silence)
        began = loop.time()
        parts.talk.release()
        pushing = asyncio.create_task(_deliver(parts, [VOICE] * on + [NOISE] * 100))
        await done(parts)
        pushing.cancel()
        await parts.talk.close()
        return parts, loop.time() - began

    parts, seconds = run_virtual(story())
    assert [event.text for event in parts.of(Heard) if isinstance(event, Heard)] == ["what time is it"]
    return seconds, len(parts.recognizer.current.fed)


async def _deliver(parts: Parts, levels: list[float]) -> None:
    for loudness in levels:
        parts.microphone.push(sound(loudness))
        await asyncio.sleep(0.02)


def test_the_tail_of_a_turn_is_short_after_silence() -> None:
    assert SHORT_S <= waited(silence=20)[0] < BASE_S <= waited()[0]


def test_the_tail_of_a_turn_goes_on_with_the_word_but_not_for_ever() -> None:
    assert waited(on=15)[1] >= 40 + 15
    most = 40 + LONG_S / 0.02
    assert most <= waited(on=60)[1] <= most + 3


@pytest.mark.parametrize("name", ["pause_ms", "nobody_s", "hold_s"])
def test_limits_must_be_positive(name: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        TurnLimits(**{name: 0})

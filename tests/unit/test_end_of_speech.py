"""Where nobody holds a key: when what is said is over."""

from __future__ import annotations

import asyncio
from array import array

import pytest

from sottovoce.domain.microphones import level_of
from sottovoce.domain.turns import Outcome, Stage, TurnLimits
from sottovoce.talk.end_of_speech import EndOfSpeech
from sottovoce.talk.speech_level import SpeechLevel
from sottovoce.talk.turn_states import CROSSED_S
from tests.fakes_talk import FakeActivity
from tests.unit.parts import Parts, build
from tests.unit.talking import done
from tests.virtual_time import run_virtual

LIMITS = TurnLimits()
PAUSE = LIMITS.pause_ms // 20
NOBODY = round(LIMITS.nobody_s * 50)
NOISE, VOICE = -70.0, -30.0


def sound(loudness: float) -> bytes:
    sample = round(32_768 * 10 ** (loudness / 20))
    return array("h", [sample, -sample] * 160).tobytes()


def over_after(activity: FakeActivity | None, *pieces: tuple[int, float]) -> int | None:
    """After how many blocks it is over, where so many of each loudness come."""
    end, level = EndOfSpeech(LIMITS, activity.begin() if activity else None), SpeechLevel()
    blocks = [sound(loudness) for count, loudness in pieces for _ in range(count)]
    for number, block in enumerate(blocks, 1):
        level.hear(level_of(block))
        if end.hear(block, level):
            return number
    return None


@pytest.mark.parametrize("silero", [True, False])
def test_a_pause_after_speech_ends_it(silero: bool) -> None:  # noqa: FBT001 - what is tried
    activity = FakeActivity(above=-45) if silero else None
    assert over_after(activity, (40, NOISE), (50, VOICE), (20, NOISE), (50, VOICE), (200, NOISE)) == 160 + PAUSE
    assert over_after(activity, (40, NOISE), (50, VOICE), (PAUSE - 1, NOISE)) is None


@pytest.mark.parametrize("silero", [True, False])
def test_where_nobody_speaks_it_ends_after_a_while(silero: bool) -> None:  # noqa: FBT001 - what is tried
    assert over_after(FakeActivity(above=-45) if silero else None, (1000, NOISE)) == NOBODY


def test_a_fan_hides_no_pause_from_voice_activity_and_far_voices_none_from_loudness() -> None:
    fan = FakeActivity(above=-32)
    assert over_after(fan, (50, VOICE), (200, VOICE - 3)) == 50 + PAUSE
    others = FakeActivity(above=-75)
    assert over_after(others, (40, NOISE), (50, VOICE), (200, -60.0)) == 90 + PAUSE


def test_a_cup_that_is_put_down_is_no_beginning_of_speech() -> None:
    assert over_after(FakeActivity(above=0), (20, NOISE), (5, VOICE), (300, NOISE)) is None


def test_what_cannot_tell_is_not_listened_to() -> None:
    broken = FakeActivity(above=-45, works=False)
    assert over_after(broken, (40, NOISE), (50, VOICE), (200, NOISE)) == 90 + PAUSE


async def _deliver(parts: Parts, levels: list[float]) -> None:
    for loudness in levels:
        parts.microphone.push(sound(loudness))
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("silero", [True, False])
def test_a_turn_without_a_held_key_ends_by_itself(silero: bool) -> None:  # noqa: FBT001 - what is tried
    async def story() -> Parts:
        parts = build(["what time is it"], activity=FakeActivity(above=-45) if silero else None)
        parts.talk.stay()  # there is nothing to stay in
        parts.talk.toggle()
        await parts.microphone.wait_listening()
        await _deliver(parts, [NOISE] * 20 + [VOICE] * 50 + [NOISE] * (PAUSE - 5))
        assert parts.talk.listening
        await _deliver(parts, [NOISE] * 20)
        assert not parts.talk.listening
        await done(parts)
        parts.talk.press()
        await parts.microphone.wait_listening()
        await _deliver(parts, [NOISE] * 20 + [VOICE] * 50 + [NOISE] * 200)
        assert parts.talk.listening, "a key that is held says itself when it is over"
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes[0] is Outcome.ANSWERED
    assert Stage.TROUBLE not in parts.stages


@pytest.mark.parametrize(("late_s", "turns"), [(CROSSED_S - 0.1, 1), (CROSSED_S + 0.1, 2)])
def test_a_press_that_was_to_end_it_and_crosses_its_end_begins_nothing(late_s: float, turns: int) -> None:
    async def story() -> Parts:
        parts = build(["what time is it"] * 2)
        parts.recognizer.finish_gate.clear()
        parts.talk.toggle()
        await parts.microphone.wait_listening()
        await _deliver(parts, [NOISE] * 20 + [VOICE] * 50 + [NOISE] * (PAUSE - 5))
        while parts.talk.listening:
            await _deliver(parts, [NOISE])
        await asyncio.sleep(late_s)
        parts.talk.toggle()
        assert parts.talk.listening is (turns == 2)
        parts.recognizer.finish_gate.set()
        await done(parts)
        await parts.talk.close()
        return parts

    parts = run_virtual(story())
    assert parts.outcomes[0] is (Outcome.ANSWERED if turns == 1 else Outcome.CANCELLED)
    assert len(parts.outcomes) == turns

"""When the last turns reached their stages: in their order, bounded, and without a word of what was said."""

from __future__ import annotations

import asyncio

from sottovoce.domain.turn_times import STAGES, TurnTimes
from sottovoce.domain.turns import Outcome
from sottovoce.talk.turn_times import MOST_KEPT, LastTurns
from tests.unit.parts import Parts, build
from tests.unit.talking import SlowSkill, done, hold, let_go
from tests.virtual_time import run_virtual, settle


def test_a_spoken_turn_has_all_stages_in_their_order() -> None:
    async def story() -> Parts:
        parts = build(["what time is it"])
        parts.microphone.open_gate.clear()
        parts.talk.press()
        await asyncio.sleep(0.05)
        parts.microphone.open_gate.set()
        await hold(parts, blocks=10)
        parts.recognizer.finish_gate.clear()
        await let_go(parts)
        await asyncio.sleep(1)
        parts.recognizer.finish_gate.set()
        await done(parts)
        await parts.talk.close()
        return parts

    (times,) = run_virtual(story()).talk.last_turns.times
    assert (times.number, times.spoken, times.outcome, times.aside) == (1, True, Outcome.ANSWERED, False)
    stages = times.stages_ms
    assert tuple(stages) == STAGES == ("press", "first_sound", "release", "text", "stored", "first_voice", "end")
    assert stages["press"] == 0
    assert 50 <= stages["first_sound"] < 80
    assert 250 <= stages["release"] < 280
    assert 1400 <= stages["text"] <= stages["stored"] <= stages["first_voice"] <= stages["end"] < 1500
    assert times.wait_ms == stages["first_voice"] - stages["release"]
    assert "what" not in repr(times)


def test_a_typed_turn_has_neither_press_nor_release() -> None:
    async def story() -> Parts:
        parts = build()
        await parts.talk.say_answer("what time is it")
        await done(parts)
        await parts.talk.close()
        return parts

    (times,) = run_virtual(story()).talk.last_turns.times
    assert not times.spoken
    assert list(times.stages_ms) == ["stored", "first_voice", "end"]
    assert times.wait_ms == times.stages_ms["first_voice"]


def test_how_each_turn_ended_is_known_the_newest_first() -> None:
    async def story() -> Parts:
        skill = SlowSkill()
        parts = build(["", "what day is it", "what time is it"], extra=[skill])
        await hold(parts)
        await let_go(parts)
        await done(parts)
        parts.recognizer.finish_gate.clear()
        await hold(parts)
        await let_go(parts)
        parts.talk.press()
        parts.recognizer.finish_gate.set()
        await settle()
        await asyncio.sleep(1)
        await let_go(parts)
        parts.talk.cancel()
        await settle()
        await parts.talk.close()
        return parts

    last = run_virtual(story()).talk.last_turns.times
    assert [(times.number, times.outcome, times.aside) for times in last] == [
        (3, Outcome.CANCELLED, False),
        (2, Outcome.ANSWERED, True),
        (1, Outcome.SILENCE, False),
    ]
    assert last[0].wait_ms is last[1].wait_ms is last[2].wait_ms is None
    assert "first_voice" not in last[1].stages_ms, "it went on in silence"
    assert "stored" in last[1].stages_ms


def test_only_the_last_ones_are_kept() -> None:
    last_turns = LastTurns()
    for _ in range(MOST_KEPT + 3):
        number = last_turns.begin()
        last_turns.add(
            TurnTimes(
                number=number, spoken=True, outcome=Outcome.SILENCE, aside=False, ended_s=float(number), stages_ms={}
            )
        )
    assert [times.number for times in last_turns.times] == list(range(MOST_KEPT + 3, 3, -1))


def test_other_parts_go_on_with_the_times_of_before() -> None:
    async def story() -> tuple[LastTurns, Parts]:
        first = build([""])
        await hold(first)
        await let_go(first)
        await done(first)
        await first.talk.close()
        second = build(last_turns=first.talk.last_turns)
        await second.talk.say_answer("what time is it")
        await second.talk.close()
        return first.talk.last_turns, second

    last_turns, second = run_virtual(story())
    assert second.talk.last_turns is last_turns
    assert [times.number for times in last_turns.times] == [2, 1]

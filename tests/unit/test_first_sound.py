"""“Listening” is told when the first sound has come: before that, words would be lost."""

from __future__ import annotations

import asyncio

from sottovoce.domain.turns import ListensOn, Outcome, Stage, StageChanged, TurnEnded, TurnEvent
from sottovoce.talk.conversation import Talk
from sottovoce.talk.first_sound import LIMIT_S, FirstSound
from tests.unit.parts import build
from tests.virtual_time import run_virtual, settle

LISTENING = StageChanged(Stage.LISTENING)
READY = StageChanged(Stage.READY)
OVER = TurnEnded(Outcome.CANCELLED)


def test_it_is_told_with_the_first_block_of_every_turn() -> None:
    async def story() -> None:
        parts, told = build(), list[TurnEvent]()
        events = FirstSound(told.append)
        talk = Talk(
            microphone=parts.microphone,
            recognizer=parts.recognizer,
            speaker=parts.speaker,
            answering=parts.answering,
            on_event=events.hear,
            on_sound=events.arrived,
            user_id="me",
        )
        for turn in (1, 2):
            talk.press()
            assert talk.stage is Stage.LISTENING
            await parts.microphone.wait_listening()
            await settle()
            assert told.count(LISTENING) == turn - 1
            parts.microphone.push()
            await settle()
            assert told.count(LISTENING) == turn
            parts.microphone.push()
            talk.cancel()
            await settle()
            assert told[-2:] == [OVER, READY]
        await talk.close()
        await parts.memory.aclose()

    run_virtual(story())


def test_a_slow_device_does_not_look_like_a_dead_key() -> None:
    async def story() -> None:
        told = list[TurnEvent]()
        events = FirstSound(told.append)
        events.hear(LISTENING)
        await asyncio.sleep(LIMIT_S - 0.01)
        assert told == []
        await asyncio.sleep(0.02)
        assert told == [LISTENING]
        events.arrived()
        assert told == [LISTENING]

    run_virtual(story())


def test_what_comes_meanwhile_comes_behind_it() -> None:
    async def story() -> None:
        told = list[TurnEvent]()
        events = FirstSound(told.append)
        for event in (LISTENING, OVER, READY, LISTENING, LISTENING):
            events.hear(event)
        assert told == [LISTENING, OVER, READY, LISTENING]
        events.arrived()
        await asyncio.sleep(2 * LIMIT_S)
        assert told == [LISTENING, OVER, READY, LISTENING, LISTENING]

    run_virtual(story())


def test_that_it_listens_on_is_told_behind_that_it_listens() -> None:
    async def story() -> None:
        told = list[TurnEvent]()
        events = FirstSound(told.append)
        events.hear(LISTENING)
        events.hear(ListensOn())
        assert told == []
        events.arrived()
        assert told == [LISTENING, ListensOn()]
        events.hear(ListensOn())  # tapped twice: it has listened already
        assert told[2:] == [ListensOn()]

    run_virtual(story())

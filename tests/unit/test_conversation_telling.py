"""What is said without a question: only while no turn is under way, and silenced by a press."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.domain.errors import VoiceMissing
from sottovoce.domain.turns import TurnFailed
from tests.unit.parts import build
from tests.unit.talking import hold
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    import pytest

    from sottovoce.domain.contexts import UserContext


def test_it_is_said_to_its_end_and_shows_no_stage() -> None:
    async def story() -> None:
        parts = build(automatic=False)
        telling = asyncio.create_task(parts.talk.tell("Your timer is done. It rang.", "me"))
        assert await parts.speaker.begun() == "Your timer is done."
        parts.speaker.complete()
        await parts.speaker.begun()
        assert not telling.done()
        parts.speaker.complete()
        await telling
        assert parts.events == []
        await parts.talk.close()
        await parts.talk.tell("Nobody hears this.", "me")
        assert len(parts.speaker.said) == 2

    run_virtual(story())


def test_a_press_silences_it() -> None:
    async def story() -> None:
        parts = build(automatic=False)
        telling = asyncio.create_task(parts.talk.tell("Your timer is done.", "me"))
        await parts.speaker.begun()
        await hold(parts)
        await telling
        assert parts.speaker.hushes > 0
        await parts.talk.tell("Nobody hears this.", "me")
        assert parts.speaker.said == ["Your timer is done."]
        await parts.talk.close()

    run_virtual(story())


def test_nothing_is_said_into_a_turn_that_began_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        parts = build()
        pressed, read = asyncio.Event(), parts.store.context

        async def late(user_id: str) -> UserContext | None:
            await pressed.wait()
            return await read(user_id)

        monkeypatch.setattr(parts.store, "context", late)
        telling = asyncio.create_task(parts.talk.tell("Your timer is done.", "me"))
        await settle()
        parts.talk.press()
        pressed.set()
        await telling
        await settle()
        assert parts.speaker.said == []
        await parts.talk.close()

    run_virtual(story())


def test_a_voice_that_fails_is_reported() -> None:
    async def story() -> None:
        parts = build()
        parts.speaker.failures.append(VoiceMissing())
        await parts.talk.tell("Your timer is done.", "me")
        assert [type(event) for event in parts.events] == [TurnFailed]
        await parts.talk.close()

    run_virtual(story())

"""What tests of a conversation have in common: holding the key, waiting, a skill that takes its time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.audio import BLOCK_BYTES
from sottovoce.domain.turns import (
    TurnLimits,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from tests.unit.parts import Parts

ZEROS = bytes(BLOCK_BYTES)
TAIL_S = TurnLimits().tail_ms / 1000


async def hold(parts: Parts, blocks: int = 3) -> None:
    parts.talk.press()
    await parts.microphone.wait_listening()
    for _ in range(blocks):
        parts.microphone.push()
        await asyncio.sleep(0.02)


async def let_go(parts: Parts) -> None:
    parts.talk.release()
    for _ in range(10):
        parts.microphone.push()
        await asyncio.sleep(0.02)


async def until(predicate: Callable[[], bool]) -> None:
    async with asyncio.timeout(2 * TurnLimits().hold_s):
        while not predicate():  # noqa: ASYNC110 - virtual time; the state machine tells by events in a list
            await asyncio.sleep(0.01)


async def done(parts: Parts, turns: int = 1) -> None:
    await until(lambda: len(parts.outcomes) >= turns)


async def over(parts: Parts) -> Parts:
    """Wait for a turn's outcome, and close."""
    await done(parts)
    await parts.talk.close()
    return parts


class SlowSkill:
    """Answers when the test lets it."""

    intents: tuple[str, ...] = ("clock.time",)
    offer = None

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    @property
    def tools(self) -> tuple[Tool, ...]:
        return by_words(self.answer, *self.intents)

    async def answer(self, question: Question, intent: Intent) -> str:
        self.asked.set()
        await self.go.wait()
        return "Late."


def put(thing: object, name: str, value: object) -> None:
    setattr(thing, name, value)

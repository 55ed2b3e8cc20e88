"""Telling what an answer was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.said import said
from sottovoce.domain.turns import Source

if TYPE_CHECKING:
    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said
    from sottovoce.memory.system import MemorySystem


def last_of(role: Role, question: Question) -> Message | None:
    """The newest earlier message of the user or the assistant."""
    return next((message for message in reversed(question.history) if message.role is role), None)


class Why:
    """Names the memories that the last answer drew on."""

    offer = None

    def __init__(self, memory: MemorySystem) -> None:
        """Look into `memory`."""
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "memory.why")

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:  # noqa: ARG002 - the port's form
        """What it was made from.

        Raises:
            StoreTrouble: It could not be read.
        """
        last = last_of(Role.ASSISTANT, question)
        if last is None:
            return said("memory-why-none")
        used = await self._memory.memories_used(last.id, user_id=question.context.user_id)
        if used:
            reasons = said("memory-why", facts=tuple(memory.text for memory in used))
            return SkillAnswer(said=reasons, used=tuple(memory.id for memory in used))
        if last.intent.startswith("knowledge."):
            return said("memory-why-files")
        if last.intent.startswith("clock."):
            return said("memory-why-clock")
        if last.source == Source.FALLBACK:
            return said("memory-why-fallback")
        return said("memory-why-nothing")

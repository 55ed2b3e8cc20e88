"""Telling what an answer was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.wording import enumeration, second_person
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.turns import Source

if TYPE_CHECKING:
    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.memory.system import MemorySystem


def last_of(role: Role, question: Question) -> Message | None:
    """The newest earlier message of the user or the assistant."""
    return next((message for message in reversed(question.history) if message.role is role), None)


class Why:
    """Names the memories that the last answer drew on."""

    intents = ("memory.why",)
    offer = ""

    def __init__(self, memory: MemorySystem) -> None:
        """Look into `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | str:  # noqa: ARG002 - the port's form
        """What it was made from.

        Raises:
            StoreTrouble: It could not be read.
        """
        last = last_of(Role.ASSISTANT, question)
        if last is None:
            return "I have not said anything yet."
        used = await self._memory.memories_used(last.id, user_id=question.context.user_id)
        if used:
            told = enumeration([f"that {second_person(memory.text).rstrip('.')}" for memory in used])
            return SkillAnswer(text=f"Because you told me {told}.", used=tuple(memory.id for memory in used))
        if last.intent.startswith("knowledge."):
            return "I read it in your own files; the answer names which."
        if last.intent.startswith("clock."):
            return "I looked at the clock. Nothing you told me was used."
        if last.source == Source.FALLBACK:
            return "I knew no answer to that, so I said what I can do. Nothing you told me was used."
        return "Nothing you told me was used for that."

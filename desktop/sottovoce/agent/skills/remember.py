"""Remembering what the user asks to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.wording import second_person

if TYPE_CHECKING:
    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.memory.system import MemorySystem


class Remember:
    """Keeps a fact in the user's own words."""

    intents = ("memory.remember",)
    offer = "Remember that I like Python."

    def __init__(self, memory: MemorySystem) -> None:
        """Keep it in `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> str:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        memory, new = await self._memory.save_memory(
            question.context.user_id, intent.slots["fact"], source_message=question.message_id
        )
        told = second_person(memory.text).rstrip(".")
        return f"I will remember that {told}." if new else f"I remember already that {told}."

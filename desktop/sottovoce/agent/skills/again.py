"""Talking about the talk: saying it again, beginning anew, and what may be done without asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.memory.system import MemorySystem


class Again:
    """Repeats what was said, and takes back what was allowed."""

    offer = None

    def __init__(self, memory: MemorySystem) -> None:
        """Change contexts of `memory`."""
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return (
            *by_words(self.answer, "dialogue.repeat", "dialogue.said", "dialogue.restart", "dialogue.allowed"),
            *by_words(self.answer, "dialogue.ask_first", effect=Effect.WRITE),
        )

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """What is wanted of the talk.

        Raises:
            StoreTrouble: What was allowed could not be taken back durably.
        """
        allowed = question.context.allowed
        match intent.name:
            case "dialogue.repeat":
                return _again(question)
            case "dialogue.said":
                last = last_of(Role.USER, question)
                return said("dialogue-you-said", words=last.content) if last else said("dialogue-nothing-before")
            case "dialogue.restart":
                return said("dialogue-restarted")
            case "dialogue.allowed":
                return said("dialogue-some-allowed" if allowed else "dialogue-none-allowed")
            case _:
                if allowed:
                    await self._memory.set_context(question.context.user_id, allowed=())
                return said("dialogue-ask-first" if allowed else "dialogue-none-allowed")


def _again(question: Question) -> SkillAnswer:
    """The last answer, and what it asked."""
    last = last_of(Role.ASSISTANT, question)
    if last is None:
        return SkillAnswer(said=said("dialogue-nothing-before"))
    return SkillAnswer(said=last.content, pending=question.dialogue.pending, private=True)


class KeptConsents:
    """Keeps in users' contexts what they allowed."""

    def __init__(self, memory: MemorySystem) -> None:
        """Change contexts of `memory`."""
        self._memory = memory

    async def allow(self, user_id: str, permission: str) -> None:
        """See `Consents.allow`."""
        context = await self._memory.get_user_context(user_id)
        await self._memory.set_context(user_id, allowed=(*context.allowed, permission))

"""Correcting what was just kept, by talking: "no, it's Eva"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.intents import Intent
from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools import Effect, by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.said import said
from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.agent.questions import Question
    from sottovoce.agent.tools import Tool
    from sottovoce.domain.said import Said
    from sottovoce.memory.system import MemorySystem

_NAME: Final = "memory.correct"
_KEEPING: Final = frozenset({"memory.tell", "memory.remember", "memory.yes", _NAME})
"""What keeps a fact, which the next thing said may correct."""


def corrects(question: Question, intent: Intent | None) -> Intent | None:
    """What is understood after a fact was kept: a correction of it comes before all but commands."""
    last = last_of(Role.ASSISTANT, question)
    if last is None or last.intent not in _KEEPING or (intent is not None and intent.name != "memory.tell"):
        return intent
    of = language(question.context.language).typed
    return Intent(_NAME, {"correction": question.text}) if of.is_correction(question.text) else intent


class Correct:
    """Puts another value in the place of one that was just kept."""

    offer = None

    def __init__(self, memory: MemorySystem) -> None:
        """Correct what is in `memory`."""
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, _NAME, effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """Say what is known now; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        user, of = question.context.user_id, language(question.context.language).typed
        last = last_of(Role.ASSISTANT, question)
        known = await self._memory.memories_used(last.id, user_id=user) if last else ()
        for former in reversed(known):
            right = of.corrected(former.text, intent.slots["correction"])
            several, one = of.fact(former.text), of.fact(right or "")
            if several is not None and several.values and one is not None and not one.values:
                return SkillAnswer(said=said("memory-correct-which", fact=former.text), used=(former.id,))
            if right is not None:
                saved = await self._memory.save_memory(user, right, source_message=question.message_id, corrects=former)
                return SkillAnswer(said=said("memory-corrected", fact=right), used=(saved.memory.id,))
        return said("memory-correct-what")

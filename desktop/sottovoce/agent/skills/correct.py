"""Correcting what was just kept, by talking: "no, it's Eva"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said
    from sottovoce.memory.system import MemorySystem

_NAME: Final = "memory.correct"
_SLOT: Final = "correction"
_KEEPING: Final = frozenset({"memory.tell", "memory.remember", "memory.yes", "memory.about", "memory.quote", _NAME})
"""What keeps or tells a fact, which the next thing said may correct."""


def corrects(question: Question, intent: Intent | None) -> Intent | None:
    """What is understood after a fact was kept: a correction of it comes before all but commands."""
    last = last_of(Role.ASSISTANT, question)
    if last is None or last.intent not in _KEEPING or (intent is not None and intent.name != "memory.tell"):
        return intent
    if intent is not None and "nickname" in intent.slots:  # "call me sammy"
        return intent
    of = language(question.context.language).typed
    return Intent(_NAME, {_SLOT: question.text}) if of.is_correction(question.text) else intent


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
        pending, words = question.dialogue.pending, intent.slots[_SLOT]
        asked = pending is not None and pending.asked.tool == _NAME  # all of them were named now
        known = await self._memory.memories_used(last.id, user_id=user) if last else ()
        for former in reversed(known):
            several, anew = of.fact(former.text), of.fact(words) if asked else None
            if several is not None and anew is not None and several.holder == anew.holder:
                right: str | None = words  # "my brothers are tom and eva"
            else:
                right = of.corrected(former.text, words, surely=asked)
            one = of.fact(right or "")
            if not asked and several is not None and several.values and one is not None and not one.values:
                ask, pending = said("memory-correct-which", fact=former.text), Pending(asked=Asked(_NAME), slot=_SLOT)
                return SkillAnswer(said=ask, used=(former.id,), pending=pending)
            if right is not None:
                saved = await self._memory.save_memory(user, right, source_message=question.message_id, corrects=former)
                return SkillAnswer(said=said("memory-corrected", fact=right), used=(saved.memory.id,))
        return said("memory-correct-what")

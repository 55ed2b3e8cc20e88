"""Answering yes or no to what was proposed to be remembered, or asked to be forgotten."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from sottovoce.agent.skills.forget import SHALL_I, forgotten
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.saying import in_any_language
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.domain.turns import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.said import Said
    from sottovoce.memory.learning import Learning
    from sottovoce.memory.system import MemorySystem


_FACT = "\N{OBJECT REPLACEMENT CHARACTER}"


def proposal(facts: Sequence[str]) -> Said:
    """How facts that were found are proposed to the user."""
    return said("memory-propose", facts=tuple(facts))


def without_proposal(answer: str) -> str:
    """An answer as it was before facts were proposed."""
    return _proposals().sub("", answer)


@functools.cache
def _proposals() -> re.Pattern[str]:
    """A proposal at the end of an answer, in any language."""
    forms = (re.escape(one).replace(_FACT, r"[^\n]*") for one in in_any_language(proposal([_FACT])))
    return re.compile(rf"\s*(?:{'|'.join(forms)})$")


class Confirm:
    """Keeps or drops what a language model found in what was said; forgets what was named to be forgotten."""

    offer = None

    def __init__(self, learning: Learning, memory: MemorySystem) -> None:
        """Confirm what `learning` holds, and what the last answer named of `memory`."""
        self._learning = learning
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "memory.yes", "memory.no", effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        user = question.context.user_id
        if named := await self._to_be_forgotten(question):
            if intent.name == "memory.no":
                return SkillAnswer(said=said("memory-not-forgotten"))
            return SkillAnswer(said=await forgotten(self._memory, named), private=True)
        if not self._learning.proposed(user):
            return SkillAnswer(said=said("memory-not-asked"))
        if intent.name == "memory.no":
            self._learning.refuse(user)
            return SkillAnswer(said=said("memory-refused"))
        saved = await self._learning.confirm(user)
        kept = said("memory-confirmed", facts=tuple(one.memory.text for one in saved))
        return SkillAnswer(said=kept, used=tuple(one.memory.id for one in saved))

    async def _to_be_forgotten(self, question: Question) -> tuple[Memory, ...]:
        """What the last answer asked about whether to forget it."""
        last = last_of(Role.ASSISTANT, question)
        if last is None or last.source != Source.SKILL or not last.content.endswith(in_any_language(SHALL_I)):
            return ()
        return await self._memory.memories_used(last.id, user_id=question.context.user_id)

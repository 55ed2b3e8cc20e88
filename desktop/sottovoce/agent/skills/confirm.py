"""Answering yes or no to what was proposed to be remembered."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.saying import in_any_language
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said
    from sottovoce.memory.learning import Learning


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
    """Keeps or drops what a language model found in what was said."""

    offer = None

    def __init__(self, learning: Learning) -> None:
        """Confirm what `learning` holds."""
        self._learning = learning

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
        if not self._learning.proposed(user):
            return SkillAnswer(said=said("memory-not-asked"))
        if intent.name == "memory.no":
            self._learning.refuse(user)
            return SkillAnswer(said=said("memory-refused"))
        saved = await self._learning.confirm(user)
        kept = said("memory-confirmed", facts=tuple(one.memory.text for one in saved))
        return SkillAnswer(said=kept, used=tuple(one.memory.id for one in saved))

"""Jokes of our own, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.smalltalk import told
from sottovoce.agent.skills.told_in_turn import JOKES
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question, SkillAnswer
    from sottovoce.agent.tools.tools import Tool


class Jokes:
    """Tells them, none again before all were told."""

    offer = said("smalltalk-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "smalltalk.joke")

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:  # noqa: ARG002 - the port's form
        """The next one."""
        return told(question, JOKES)

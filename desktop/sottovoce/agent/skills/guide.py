"""Saying what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.tools import by_words
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.agent.tools import Tool
    from sottovoce.domain.said import Said


class Guide:
    """The help."""

    offer = None

    def __init__(self, offers: Sequence[Said]) -> None:
        """Name these examples."""
        self._offers = tuple(offers)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "help.skills")

    async def answer(self, question: Question, intent: Intent) -> Said:  # noqa: ARG002 - the port's form
        """What can be said, by example."""
        return said("guide-examples", offers=self._offers)

"""Saying what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question


class Guide:
    """The help."""

    intents = ("help.skills",)
    offer = ""

    def __init__(self, offers: Sequence[str]) -> None:
        """Name these examples."""
        self._offers = offers

    async def answer(self, question: Question, intent: Intent) -> str:  # noqa: ARG002 - the port's form
        """What can be said, by example."""
        return f"You can say, for example: {' '.join(self._offers)}"

"""Small words between people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said

_NOON, _EVENING = 12, 18


class Courtesy:
    """Greets, thanks, says who it is."""

    offer = None

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Greet by the time of day that `now` gives."""
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(
            self.answer, "courtesy.hello", "courtesy.thanks", "courtesy.bye", "courtesy.who", "courtesy.enough"
        )

    async def answer(self, question: Question, intent: Intent) -> Said:  # noqa: ARG002 - the port's form
        """A short sentence."""
        match intent.name:
            case "courtesy.hello":
                return said("courtesy-hello", part=self._part_of_day())
            case "courtesy.thanks":
                return said("courtesy-thanks")
            case "courtesy.bye":
                return said("courtesy-bye")
            case "courtesy.who":
                return said("courtesy-who")
            case _:
                return said("courtesy-enough")

    def _part_of_day(self) -> str:
        hour = self._now().hour
        return "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"

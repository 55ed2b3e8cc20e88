"""Time and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.said import said
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said


class Clock:
    """Tells what the machine's clock says."""

    offer = said("clock-offer")

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Read the time from `now`."""
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "clock.time", "clock.date", "clock.day", "clock.month", "clock.year")

    async def answer(self, question: Question, intent: Intent) -> Said:
        """The time, date, day, month or year where the user is."""
        now = local_to(question.context, self._now())
        match intent.name:
            case "clock.time" if _is_of_the_clock(question, intent, now):
                return said("clock-time", now=now)
            case "clock.date" | "clock.time":
                return said("clock-date", now=now)
            case "clock.day":
                return said("clock-day", now=now)
            case "clock.month":
                return said("clock-month", now=now)
            case _:
                return said("clock-year", now=now)


def _is_of_the_clock(question: Question, intent: Intent, now: datetime) -> bool:
    """Whether a time of day is asked for: "is it past the third already" names a day."""
    words = intent.slots.get("moment", "")
    named = language(question.context.language).values.moment(words, now) if words else None
    return named is None or named.clock

"""Time and date."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sottovoce.agent.manner import in_manner
from sottovoce.domain.days import DAYS, MONTHS, date_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.contexts import UserContext


def time_in_words(now: datetime) -> str:
    """As in "3:05 PM"."""
    return f"{now.hour % 12 or 12}:{now.minute:02d} {'AM' if now.hour < 12 else 'PM'}"  # noqa: PLR2004 - noon


def local_to(user: UserContext, now: datetime) -> datetime:
    """The same moment where the user is."""
    return now.astimezone(ZoneInfo(user.time_zone)) if user.time_zone else now


class Clock:
    """Tells what the machine's clock says."""

    intents = ("clock.time", "clock.date", "clock.day", "clock.month", "clock.year")
    offer = "What time is it?"

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Read the time from `now`."""
        self._now = now

    async def answer(self, question: Question, intent: Intent) -> str:
        """The time, date, day, month or year where the user is."""
        context = question.context
        now = local_to(context, self._now())
        time, date, day = time_in_words(now), date_in_words(now), DAYS[now.weekday()]
        month = MONTHS[now.month - 1]
        normal, brief, detailed = {
            "clock.time": (f"It is {time}.", f"{time}.", f"It is {time} on {date}."),
            "clock.date": (f"Today is {date}.", f"{month} {now.day}.", f"Today is {date}, and it is {time}."),
            "clock.day": (f"Today is {day}.", f"{day}.", f"Today is {date}."),
            "clock.month": (f"It is {month}.", f"{month}.", f"It is {month} {now.year}."),
            "clock.year": (f"It is {now.year}.", f"{now.year}.", f"It is {month} {now.year}."),
        }[intent.name]
        return in_manner(context, normal=normal, brief=brief, detailed=detailed)

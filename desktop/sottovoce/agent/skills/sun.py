"""When the sun rises and sets, where the user is or at a place that is named."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.language import language
from sottovoce.language.places import NamedPlace, of_zone, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.said import Said
    from sottovoce.memory.system import MemorySystem

PREFERENCE: Final = "place"
"""Where a user is, as the user said it."""
_DAY_WORDS: Final = 4
"""Of a day behind a place."""
_LATEST: Final = dt.timedelta(days=370)
"""Ahead or back: further nobody asks."""


class Sun:
    """Tells sunrise and sunset."""

    offer = said("sun-offer")

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Read the time from `now`, and keep in `memory` where users are."""
        self._memory = memory
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        slots = Slot(name="place"), Slot(name="moment")
        where = Slot(name="place", required=True, ask=said("sun-where"))
        return (
            Tool(name="sun.times", run=self._times, slots=slots),
            Tool(name="sun.place", run=self._place, slots=(where,), effect=Effect.WRITE),
        )

    async def _times(self, question: Question, call: ToolCall) -> Said:
        """Both of the day that is meant; today's where none is."""
        now = local_to(question.context, self._now())
        words, day = call.words.get("place", ""), now.date()
        if "moment" in call.slots:
            day = call.slots["moment"].at.date()
        elif words:
            words, day = _apart(words, question.context.language, now)
        if abs(day - now.date()) > _LATEST:
            return said("sun-too-far")
        found = place(words, question.context.language) if words else _own(question.context, now)
        if found is None:
            return said("zone-unknown", place=words) if words else said("sun-where")
        known = found if found.at else (None if words and found.name != found.city else of_zone(found.zone))
        if known is None or known.at is None:
            return said("sun-not-exactly", place=found.name, city=found.city)
        return _told(known, day, now.date())

    async def _place(self, question: Question, call: ToolCall) -> Said:
        found = place(call.words["place"], question.context.language)
        if found is None:
            return said("zone-unknown", place=call.words["place"])
        if found.at is None:
            return said("sun-not-exactly", place=found.name, city=found.city)
        context = question.context
        await self._memory.set_context(
            context.user_id, preferences={**dict(context.preferences), PREFERENCE: found.name}
        )
        return said("sun-placed", place=found.name)


def _apart(words: str, tag: str, now: datetime) -> tuple[str, dt.date]:
    """A place, and the day that stands behind it: "tokyo tomorrow"."""
    parts = words.split()
    values = language(tag).values
    for at in range(max(len(parts) - _DAY_WORDS, 0), len(parts)):
        moment = values.moment(" ".join(parts[at:]), now)
        if moment is not None:
            return " ".join(parts[:at]), moment.at.date()
    return words, now.date()


def _own(context: UserContext, now: datetime) -> NamedPlace | None:
    """Where the user is, as told; else the city that the time zone is named for."""
    told = context.preferences.get(PREFERENCE)
    if isinstance(told, str) and (found := place(told, context.language)) is not None and found.at:
        return found
    zone = context.time_zone or getattr(now.tzinfo, "key", "")
    return of_zone(zone)


def _told(where: NamedPlace, day: dt.date, today: dt.date) -> Said:
    from astral import Observer  # noqa: PLC0415 - 7 ms, for who asks for the sun
    from astral.sun import elevation, sunrise, sunset  # noqa: PLC0415 - the same

    north, east = where.at or (0.0, 0.0)
    observer, zone = Observer(north, east), ZoneInfo(where.zone)
    which = "today" if day == today else "other"
    try:
        rise, fall = sunrise(observer, day, zone), sunset(observer, day, zone)
    except ValueError:  # it does not rise, or not set, on that day
        noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        return said("sun-always" if elevation(observer, noon) > 0 else "sun-never", place=where.name, day=day)
    return said("sun-times", rise=rise, fall=fall, place=where.name, which=which, day=day)

"""What time it is elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.said import said
from sottovoce.language import language
from sottovoce.language.places import NamedPlace, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said


class Zones:
    """Tells the time by the name of a city, country or state."""

    offer = said("zone-offer")

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Read the time from `now`."""
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        where = Slot(name="place", required=True, ask=said("zone-which"))
        return (
            Tool(name="zone.time", run=self._time, slots=(where,)),
            Tool(name="zone.difference", run=self._difference, slots=(where, Slot(name="place2"))),
            Tool(
                name="zone.then", run=self._then, slots=(Slot(name="moment", required=True), where, Slot(name="place2"))
            ),
            Tool(name="zone.here", run=self._here),
        )

    async def _time(self, question: Question, call: ToolCall) -> Said:
        here = local_to(question.context, self._now())
        words = call.words["place"]
        found = place(words, question.context.language)
        zone = _zone(found)
        if found is None and words.casefold() in language(question.context.language).words.HERE:
            return said("clock-time", now=here)
        if found is None or zone is None:
            then = language(question.context.language).values.moment(f"in {words}", here)
            if then is not None and then.clock:  # "in three hours" is no place
                return said("zone-in", at=then.at)
            return said("zone-unknown", place=words)
        there = here.astimezone(zone)
        facts = {"place": found.name, "city": found.city, "at": there, "day": _day(there, here)}
        return said("zone-time-several" if found.several else "zone-time", **facts)

    async def _difference(self, question: Question, call: ToolCall) -> Said:
        now = local_to(question.context, self._now())
        tag = question.context.language
        first = place(call.words["place"], tag)
        if (zone := _zone(first)) is None or first is None:
            return said("zone-unknown", place=call.words["place"])
        if "place2" not in call.words:
            return _apart(now.astimezone(zone), now, "zone-difference-here", place=first.name)
        second = place(call.words["place2"], tag)
        if (other := _zone(second)) is None or second is None:
            return said("zone-unknown", place=call.words["place2"])
        facts = {"place": first.name, "other": second.name}
        return _apart(now.astimezone(zone), now.astimezone(other), "zone-difference", **facts)

    async def _then(self, question: Question, call: ToolCall) -> Said:
        """What a time of day here, or in the second place, is in the first."""
        here = local_to(question.context, self._now())
        tag = question.context.language
        there = place(call.words["place"], tag)
        if (zone := _zone(there)) is None or there is None:
            return said("zone-unknown", place=call.words["place"])
        if "place2" not in call.words:
            at = call.slots["moment"].at.astimezone(here.tzinfo)
            return said("zone-then-here", at=at, there=at.astimezone(zone), place=there.name)
        first = place(call.words["place2"], tag)
        if (origin := _zone(first)) is None or first is None:
            return said("zone-unknown", place=call.words["place2"])
        moment = language(tag).values.moment(call.words["moment"], here.astimezone(origin))
        at = (moment or call.slots["moment"]).at
        return said("zone-then", at=at, there=at.astimezone(zone), place=there.name, other=first.name)

    async def _here(self, question: Question, _: ToolCall) -> Said:
        here = local_to(question.context, self._now())
        offset = here.utcoffset() or timedelta()
        name = question.context.time_zone or getattr(here.tzinfo, "key", "") or here.tzname() or ""
        side = "ahead" if offset > timedelta() else "behind" if offset else "same"
        return said("zone-here", zone=name.replace("_", " "), length=abs(offset), side=side)


def _zone(found: NamedPlace | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(found.zone) if found else None
    except (ZoneInfoNotFoundError, OSError):  # an old database
        return None


def _day(there: datetime, here: datetime) -> str:
    if there.date() == here.date():
        return "same"
    return "next" if there.date() > here.date() else "before"


def _apart(there: datetime, here: datetime, key: str, **facts: object) -> Said:
    apart = (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())
    side = "ahead" if apart > timedelta() else "behind" if apart else "same"
    return said(key, side=side, length=abs(apart), **facts)

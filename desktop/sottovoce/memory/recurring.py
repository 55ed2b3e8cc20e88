"""The times at which an event comes again, found lazily and within bounds."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.domain.records import Event

MOST_TIMES: Final = 500
"""Times of one event in one stretch of time: a year and a third of days."""
MOST_STEPS: Final = 2000
"""Times that are counted through to get there, where they have to be counted: some 10 ms."""
EXCEPT: Final = "EXDATE:"
"""Begins the line of `Event.recurrence` with the times that are left out, as clocks of its zone show them."""
WALL: Final = "%Y%m%dT%H%M%S"
"""How such a time is written."""
_STEPS: Final = {
    "SECONDLY": timedelta(seconds=1),
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
"""Those of one length: the count of a rule without an end may begin at any of its multiples."""
_DAY: Final = timedelta(days=1)


def zone_of(event: Event, otherwise: tzinfo) -> tzinfo:
    """The zone an event was made in; `otherwise` where it names none that is known here."""
    try:
        return ZoneInfo(event.zone)
    except (KeyError, ValueError, OSError):
        return otherwise


def wall_of(event: Event, otherwise: tzinfo) -> datetime:
    """When it first begins, as clocks of its zone show it."""
    return datetime.fromtimestamp(event.starts_at, zone_of(event, otherwise)).replace(tzinfo=None)


def rule_of(recurrence: str) -> str:
    """The rule alone, without the times that are left out."""
    return recurrence.partition("\n")[0]


def exceptions_of(recurrence: str) -> tuple[str, ...]:
    """The times that are left out."""
    lines = recurrence.splitlines()[1:]
    return tuple(time for line in lines if line.startswith(EXCEPT) for time in line.removeprefix(EXCEPT).split(","))


def without(recurrence: str, *walls: datetime) -> str:
    """The same without these times."""
    left_out = {*exceptions_of(recurrence), *(wall.strftime(WALL) for wall in walls)}
    return f"{rule_of(recurrence)}\n{EXCEPT}{','.join(sorted(left_out))}"


def times(event: Event, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Begin, end and wall clock of each time of `event` that touches the stretch from `start` to `end`.

    Begin and end are in the zone of `start`; of events of whole days they are its midnights of these days.
    """
    return itertools.islice(_times(event, start, end), MOST_TIMES)


def _times(event: Event, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, datetime]]:
    viewer = start.tzinfo or UTC
    zone = zone_of(event, viewer)
    first = wall_of(event, viewer)
    length = _length(event, zone)
    walls = iter([first]) if not event.recurrence else _walls(event.recurrence, first, start, end, zone, length)
    for wall in walls:
        if event.all_day:
            begins = _midnight(wall.date(), viewer)
            ends = _midnight(wall.date() + length, viewer)
        else:
            begins = _instant(wall, zone, viewer)
            ends = (begins.astimezone(UTC) + length).astimezone(viewer)
        if begins < end and (ends > start or begins >= start):
            yield begins, ends, wall


def _length(event: Event, zone: tzinfo) -> timedelta:
    if not event.all_day:
        return timedelta(seconds=max(event.ends_at - event.starts_at, 0))
    begins, ends = (datetime.fromtimestamp(at, zone).date() for at in (event.starts_at, event.ends_at))
    return max(ends - begins, _DAY)


def _walls(
    recurrence: str, first: datetime, start: datetime, end: datetime, zone: tzinfo, length: timedelta
) -> Iterator[datetime]:
    """The times of a series as its zone's clocks show them, from a day before to a day behind the stretch."""
    begin = start.astimezone(zone).replace(tzinfo=None) - length - _DAY
    last = end.astimezone(zone).replace(tzinfo=None) + _DAY
    left_out = frozenset(exceptions_of(recurrence))
    for wall in itertools.islice(_every(rule_of(recurrence), first, begin), MOST_STEPS):
        if wall > last:
            return
        if wall >= begin and wall.strftime(WALL) not in left_out:
            yield wall


def _every(rule: str, first: datetime, begin: datetime) -> Iterator[datetime]:
    """The times of a rule; those well before `begin` are passed over where nothing has to be counted."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - 9 ms, for those who have what comes again

    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    try:
        step = _STEPS.get(parts["FREQ"], _DAY) * int(parts.get("INTERVAL", "1"))
        if begin > first and parts["FREQ"] in _STEPS and "COUNT" not in parts:
            first += (begin - first) // step * step
        if not step:
            return iter([first])
        return iter(rrulestr(rule, dtstart=first))
    except (KeyError, ValueError, TypeError, ArithmeticError):  # nobody's here: the first time is sure
        return iter([first])


def first_time(rule: str, wall: datetime, after: datetime) -> datetime | None:
    """The first time of a rule from `wall` on that is not before `after` on the same clock; None if there is none."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    day, month = parts.get("BYMONTHDAY", ""), parts.get("BYMONTH", "")
    if day.isdecimal() and month.isdecimal() and not _is_day(int(month), int(day)):
        return None  # it would be looked for up to the year 9999
    walls = itertools.islice(_every(rule, wall, wall), MOST_STEPS)
    return next((time for time in walls if time >= after.replace(tzinfo=None)), None)


def _is_day(month: int, day: int) -> bool:
    """Whether some year has it."""
    try:
        return bool(date(2024, month, day))
    except ValueError:
        return False


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _instant(wall: datetime, zone: tzinfo, viewer: tzinfo) -> datetime:
    """A wall clock's time; one that clocks skip in spring is as much later."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(viewer)


class _Here(tzinfo):
    """The zone of this machine, with its summer time; a `timezone` of `astimezone()` knows one offset alone."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002 - nobody asks how much of it is summer
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


HERE: Final = _Here()
"""Has no IANA name: an event of it is one of wherever the machine is."""


def with_summer_time(moment: datetime) -> datetime:
    """The same in a zone that knows summer and winter, where it was read from this machine's clock."""
    if isinstance(moment.tzinfo, timezone) and HERE.utcoffset(moment) == moment.utcoffset():
        return moment.replace(tzinfo=HERE)
    return moment

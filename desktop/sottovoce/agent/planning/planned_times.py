"""When exactly something is that was planned in words: which half of the day, how long, the first time of several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.language.plans import clock_on
from sottovoce.memory.calendar import WAKING
from sottovoce.memory.recurring import first_time

if TYPE_CHECKING:
    from datetime import time

    from sottovoce.domain.plans import Plan
    from sottovoce.domain.values import Moment, Period, Recurrence
    from sottovoce.memory.calendar import Occurrence

USUAL: Final = timedelta(hours=1)
"""How long something takes where nobody says."""
_HALF: Final = timedelta(hours=12)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_HOURS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """When it is."""

    start: datetime
    end: datetime
    all_day: bool = False
    recurrence: str = ""


def when(plan: Plan, now: datetime) -> Planned | None:  # noqa: PLR0911 - a way of telling a time each
    """When it is, the first time if it comes again; None where the time of day is missing."""
    if plan.recurrence is not None:
        return _recurring(plan, plan.recurrence, now)
    if plan.moment is not None and plan.until is not None:
        return _span(plan.moment, plan.until, now)
    if plan.period is not None and plan.moment is None:
        return _stretch(plan, plan.period)
    if plan.moment is None:
        return None
    moment = _on_day_of(plan.moment, plan.period)
    if moment.clock:
        start = settled(moment, now, plan.period)
        return Planned(start=start, end=later(start, plan.length or USUAL))
    if plan.whole_days or (plan.length and plan.length >= _DAY):
        return _days(moment.at, max(plan.length or _DAY, _DAY) // _DAY)
    return None


def nearest_half(planned: Planned, before: float, now: datetime) -> Planned:
    """The same in the half of the day that is nearer to when it was: "make it eight", of seven in the evening.

    `before`: seconds since 1970-01-01 UTC.
    """
    was, start = datetime.fromtimestamp(before, now.tzinfo), planned.start
    away = abs(start.hour * 60 + start.minute - was.hour * 60 - was.minute)
    if planned.all_day or away * 2 <= _HOURS * 60:
        return planned
    by = _HALF if start.hour < _HOURS else -_HALF
    return replace(planned, start=later(start, by), end=later(planned.end, by))


def settled(moment: Moment, now: datetime, period: Period | None = None) -> datetime:
    """The moment itself, where its half of the day is open the one in which people meet.

    A half that lies in `period`, or that is not past on a day that was named, comes first.
    """
    at = moment.at
    if moment.half_known or not moment.clock:
        return at
    if moment.day:
        halves = _halves(at)
    else:  # the next time that it is so
        today = _halves(at.replace(year=now.year, month=now.month, day=now.day))
        halves = [half if half > now else half + _DAY for half in today]
    inside = [half for half in halves if period is not None and period.start <= half < period.end]
    if inside:
        return inside[0]
    wanted = next((half for half in halves if WAKING[0] <= half.hour < WAKING[1]), halves[0])
    coming = [half for half in halves if half > now]
    return wanted if wanted > now or not coming else coming[0]


def _halves(at: datetime) -> list[datetime]:
    return [at.replace(hour=at.hour % _HOURS + half) for half in (0, _HOURS)]


def settled_time(at: time, *, half_known: bool) -> time:
    """As `settled`, of a time of day that comes again."""
    if half_known:
        return at
    halves = [at.replace(hour=at.hour % _HOURS + half) for half in (0, _HOURS)]
    return next((half for half in halves if WAKING[0] <= half.hour < WAKING[1]), halves[0])


def later(start: datetime, length: timedelta) -> datetime:
    """So much later: hours as they pass, days as the calendar has them."""
    if length % _DAY:
        return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return start + length


def midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _on_day_of(moment: Moment, period: Period | None) -> Moment:
    """A time of day within a stretch of one day that was named beside it: "friday afternoon at three"."""
    if period is None or moment.day or not moment.clock:
        return moment
    return clock_on(moment, period.start)


def _days(first: datetime, count: int) -> Planned:
    start = midnight(first)
    return Planned(start=start, end=start + count * _DAY, all_day=True)


def _span(first: Moment, last: Moment, now: datetime) -> Planned:
    if not first.clock and not last.clock:
        begin, end = midnight(first.at), midnight(last.at)
        if begin - _WEEK < end < begin:  # "from friday to sunday", said on a Saturday: the next of each was named
            end += _WEEK
        elif end < begin:  # "from december thirtieth to january second"
            end = end.replace(year=begin.year + 1) if (end.month, end.day) != (2, 29) else begin
        return Planned(start=begin, end=end + _DAY, all_day=True)
    start = settled(first, now) if first.clock else first.at
    end = last.at if last.day else datetime.combine(start.date(), last.at.timetz())
    if not last.half_known:
        end = end.replace(hour=end.hour % _HOURS)
        while end <= start:
            end += _HALF
    while end <= start:
        end += _WEEK if last.day else _DAY
    return Planned(start=start, end=end)


def _stretch(plan: Plan, period: Period) -> Planned:
    whole = period.start == midnight(period.start) and period.end == midnight(period.end)
    if plan.length and not whole:
        return Planned(start=period.start, end=later(period.start, plan.length))
    return Planned(start=period.start, end=period.end, all_day=whole)


def _recurring(plan: Plan, recurrence: Recurrence, now: datetime) -> Planned | None:
    moment = plan.moment
    clock: time | None = None
    if recurrence.at is not None:
        clock = settled_time(recurrence.at, half_known=recurrence.half_known)
    elif moment is not None and moment.clock:
        clock = settled_time(moment.at.time(), half_known=moment.half_known)
    if clock is None and not plan.whole_days:
        return None
    begin = moment.at if moment is not None and moment.day else now
    wall = datetime.combine(begin.date(), clock or datetime.min.time())
    if clock is not None and wall < now.replace(tzinfo=None):
        wall += _DAY
    first = first_time(recurrence.rule, wall, wall)
    if first is None:
        return None
    start = first.replace(tzinfo=now.tzinfo)
    if clock is None:
        return Planned(start=start, end=start + _DAY, all_day=True, recurrence=recurrence.rule)
    end = later(start, plan.length or USUAL)
    if plan.until is not None and moment is not None:
        end = _span(replace(moment, at=start, day=True, half_known=True), plan.until, now).end
    return Planned(start=start, end=end, recurrence=recurrence.rule)


def with_moment(plan: Plan, moment: Moment) -> Plan:
    """With another moment, or another day or time of day of the one that is known."""
    known = plan.moment
    if plan.recurrence is not None and moment.clock:
        plan = replace(plan, recurrence=replace(plan.recurrence, at=None))
    if known is not None and moment.clock and not moment.day:
        moment = clock_on(moment, known.at)
    elif known is not None and known.clock and not moment.clock:
        moment = clock_on(known, moment.at)
    return replace(plan, moment=moment)


def moved_to(one: Occurrence, moment: Moment, now: datetime) -> datetime:
    """Where something goes: what was not said stays as it is."""
    if one.event.all_day:
        return midnight(moment.at)
    if not moment.clock:
        return datetime.combine(moment.at.date(), one.start.timetz())
    if not moment.day:
        moment = clock_on(moment, one.start)
    return settled(moment, now)


def is_at(one: Occurrence, moment: Moment) -> bool:
    """Whether it is on the day, and at the time, that was named."""
    day = midnight(moment.at)
    if moment.day and not (one.start < day + _DAY and (one.end > day or one.start >= day)):
        return False
    if not moment.clock or one.event.all_day:
        return True
    same = one.start.hour == moment.at.hour
    same = same or (not moment.half_known and one.start.hour % _HOURS == moment.at.hour % _HOURS)
    return same and one.start.minute == moment.at.minute

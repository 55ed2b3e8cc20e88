"""When something comes that is due by the clock on the wall, through changes of zone and of summer time.

A time that clocks leave out (02:30 in spring) is due as much later as they are put forward; one that they show twice
is due the first time. Months without the day have it on their last one.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.domain.moments import LATEST_S
from sottovoce.domain.values import Cycle, Recurrence, recurrence_of_rule

if TYPE_CHECKING:
    from datetime import tzinfo

DAY_S: Final = 86_400.0
LONGEST_INTERVAL: Final = 1000
"""Of a repetition: whatever comes less often is no rule, but a mistake."""
_LOOKED_DAYS: Final = 366 * 41
"""Days looked through for the next one: the 29th of February of every tenth year comes within them."""
_MOVED_S: Final = 14 * 3600.0
"""Farthest that a change of zone moves a clock."""
_ENDS: Final = frozenset({"COUNT", "UNTIL"})
"""Of rules that end: who had them taken for endless would be told for ever."""
_MONTHS: Final = 12
_WEEK: Final = 7
_COUNTED_S: Final = {Cycle.MINUTE: 60.0, Cycle.HOUR: 3600.0}


class RuleUnusable(ValueError):
    """No repetition that can be kept."""


def to_recurrence(rule: str) -> Recurrence | None:
    """What `Recurrence.rule` wrote; None where there is no rule.

    Raises:
        RuleUnusable: It is another rule, or comes too often or too seldom.
    """
    if not rule:
        return None
    recurrence = recurrence_of_rule(rule)
    if recurrence is None or not is_usable(recurrence) or _ENDS & set(re.split("[;=]", rule.upper())):
        raise RuleUnusable(rule)
    return recurrence


def is_usable(recurrence: Recurrence) -> bool:
    """Whether it comes neither too often nor too seldom."""
    return 1 <= recurrence.interval <= LONGEST_INTERVAL


def at_wall(wall: datetime, zone: tzinfo | None) -> float:
    """Seconds since 1970 when clocks show `wall`; in the machine's own zone if None."""
    try:
        # As PEP 495 has it: fold 0 is the first of two, and before the gap's offset, which moves it forward.
        return min(wall.replace(tzinfo=zone, fold=0).timestamp(), LATEST_S)
    except (OverflowError, ValueError, OSError):
        return LATEST_S


def wall_at(seconds: float, zone: tzinfo | None) -> datetime:
    """What clocks show then, in no zone."""
    return datetime.fromtimestamp(min(max(seconds, 0.0), LATEST_S), zone).replace(tzinfo=None)


def next_after(recurrence: Recurrence, first: datetime, zone: tzinfo | None, after: float) -> float | None:
    """The first time after `after` in the series that begins when clocks show `first`; None if none is left."""
    if step_s := _COUNTED_S.get(recurrence.step):
        begin, step_s = at_wall(first, zone), step_s * recurrence.interval
        return begin if begin > after else begin + ((after - begin) // step_s + 1) * step_s
    day = max(first.date(), _day_at(after, zone) - timedelta(days=1))
    for _ in range(_LOOKED_DAYS):
        if day.year >= date.max.year:
            return None
        if _falls_on(recurrence, first.date(), day):
            at = at_wall(datetime.combine(day, first.time()), zone)
            if at > after:
                return at
        day = _next_day(recurrence, first.date(), day)
    return None


def first_from(recurrence: Recurrence, earliest: datetime, at: time) -> datetime:
    """When it comes first at that time of day, not before `earliest`, which is in no zone."""
    if recurrence.step in _COUNTED_S:
        return earliest
    day = earliest.date() if datetime.combine(earliest.date(), at) >= earliest else earliest.date() + timedelta(days=1)
    start = day
    for _ in range(_LOOKED_DAYS):
        if _begins_on(recurrence, start, day):
            return datetime.combine(day, at)
        day += timedelta(days=1)
    return datetime.combine(start, at)


def moved(due_at: float, recurrence: Recurrence | None, first: datetime, zone: tzinfo | None) -> float:
    """When something is due that was due at `due_at` before the zone or its rules changed: the same by the clock."""
    if recurrence is None:
        return at_wall(first, zone)
    if recurrence.step in _COUNTED_S:
        return due_at
    near = next_after(recurrence, first, zone, due_at - _MOVED_S)
    found: list[float] = []
    while near is not None and near <= due_at + _MOVED_S:
        found.append(near)
        near = next_after(recurrence, first, zone, near)
    return min(found, key=lambda at: abs(at - due_at), default=due_at)


def _day_at(seconds: float, zone: tzinfo | None) -> date:
    return wall_at(seconds, zone).date()


def _next_day(recurrence: Recurrence, first: date, day: date) -> date:
    """The next one that may be in the series: of every other week the days between are not looked at."""
    if recurrence.step is Cycle.DAY:
        return day + timedelta(days=recurrence.interval - (day - first).days % recurrence.interval)
    return day + timedelta(days=1)


def _begins_on(recurrence: Recurrence, start: date, day: date) -> bool:
    """Whether a series may begin on `day`: where no day was named it begins at once."""
    if recurrence.weekdays and day.weekday() not in recurrence.weekdays:
        return False
    if recurrence.month is not None and day.month != recurrence.month:
        return False
    if recurrence.month_day is not None:
        return day.day == _day_of(day, recurrence.month_day)
    return bool(recurrence.weekdays) or recurrence.month is not None or day == start


def _falls_on(recurrence: Recurrence, first: date, day: date) -> bool:
    every, weekdays = recurrence.interval, recurrence.weekdays
    months = (day.year - first.year) * _MONTHS + day.month - first.month
    on_weekday = not weekdays or day.weekday() in weekdays
    match recurrence.step:
        case Cycle.DAY:
            return (day - first).days % every == 0 and on_weekday
        case Cycle.WEEK:
            weeks = (_monday(day) - _monday(first)).days // _WEEK
            return weeks % every == 0 and day.weekday() in (weekdays or (first.weekday(),))
        case Cycle.MONTH:
            if months % every or (recurrence.month is not None and day.month != recurrence.month):
                return False
        case _:
            if (day.year - first.year) % every or day.month != (recurrence.month or first.month):
                return False
    if weekdays and recurrence.month_day is None:
        return on_weekday
    return day.day == _day_of(day, recurrence.month_day or first.day) and on_weekday


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day_of(month: date, day: int) -> int:
    """The day of this month: its last one where it has none of that number."""
    last = calendar.monthrange(month.year, month.month)[1]
    return last if day == -1 else min(day, last)

"""How events and their times are named in answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning.planned_times import USUAL, midnight
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sottovoce.domain.values import Period, Recurrence
    from sottovoce.memory.calendar import Occurrence

MOST_TOLD: Final = 7
"""Events that are read out; of the others is said how many they are."""
_DAY: Final = timedelta(days=1)
_NEAR: Final = timedelta(days=7)


def on_day(day: datetime, now: datetime) -> Said:
    """As in "today", "on Friday", "on Monday, June 3"."""
    first, today = midnight(day), midnight(now)
    if first == today:
        return said("calendar-today")
    if first == today + _DAY:
        return said("calendar-tomorrow")
    if today < first < today + _NEAR:
        return said("calendar-on-weekday", day=day)
    return said("calendar-on-date" if day.year == now.year else "calendar-on-far-date", day=day)


def in_period(period: Period, now: datetime) -> Said:
    """As in "tomorrow", "on Friday between 12:00 PM and 6:00 PM", "from Monday to Sunday"."""
    last = period.end - timedelta(microseconds=1)
    if midnight(period.start) != midnight(last):
        return _from_to(period.start, last, now)
    if period.end - period.start >= _DAY - timedelta(hours=1):
        return on_day(period.start, now)
    return said("calendar-between", day=on_day(period.start, now), start=period.start, end=period.end)


def _from_to(first: datetime, last: datetime, now: datetime) -> Said:
    """Both ends by their weekdays where they are near, else both by their dates."""
    near = midnight(now) <= midnight(first) and midnight(last) < midnight(now) + _NEAR
    name = "calendar-weekday" if near else "calendar-date"
    begins = said("calendar-today") if midnight(first) == midnight(now) else said(name, day=first)
    return said("calendar-from-to", first=begins, last=said(name, day=last))


def on_its_day(one: Occurrence, day: datetime) -> Said:
    """An event as it is named where its day is known: "lunch at 1:00 PM"."""
    if one.event.all_day or (one.start < day and one.end >= day + _DAY):
        item = said("calendar-item-whole", title=one.event.title)
    elif one.start < day:
        item = said("calendar-item-until", title=one.event.title, at=one.end)
    else:
        item = said("calendar-item-at", title=one.event.title, at=one.start)
    return said("calendar-item-of", item=item, calendar=one.calendar) if one.calendar else item


def with_its_day(one: Occurrence, now: datetime) -> Said:
    """An event with its day: "lunch tomorrow at 1:00 PM"."""
    if one.event.all_day:
        several = one.end - one.start > _DAY
        name = "calendar-named-days" if several else "calendar-named-whole"
        item = said(name, title=one.event.title, when=_days_of(one, now))
    else:
        item = said("calendar-named-at", title=one.event.title, when=on_day(one.start, now), at=one.start)
    return said("calendar-item-of", item=item, calendar=one.calendar) if one.calendar else item


def with_its_end(one: Occurrence, now: datetime) -> Said:
    """An event with its day, and its end where that is no hour later."""
    if one.event.all_day or one.event.ends_at - one.event.starts_at == USUAL.total_seconds():
        return with_its_day(one, now)
    when = on_day(one.start, now)
    return said("calendar-named-until", title=one.event.title, when=when, start=one.start, end=one.end)


def its_time(one: Occurrence, now: datetime) -> Said:
    """When it is: "tomorrow at 1:00 PM"."""
    if one.event.all_day:
        return _days_of(one, now)
    return said("calendar-time", when=on_day(one.start, now), at=one.start)


def _days_of(one: Occurrence, now: datetime) -> Said:
    last = one.end - timedelta(microseconds=1)
    if midnight(last) == midnight(one.start):
        return on_day(one.start, now)
    return _from_to(one.start, last, now)


def listed(found: Sequence[Occurrence], period: Period, now: datetime) -> tuple[Said, ...]:
    """What lies in a stretch of time, day by day where it has several."""
    told, more = found[:MOST_TOLD], len(found) - MOST_TOLD
    when, count = in_period(period, now), len(found)
    start = midnight(period.start)
    if period.end - start <= _DAY + timedelta(hours=1):
        items = tuple(on_its_day(one, start) for one in told)
        answer = said("calendar-agenda", count=count, when=when, items=items)
    else:
        days = tuple(_by_day(told, start, now))
        answer = said("calendar-agenda-days", count=count, when=when, days=days)
    return (answer, said("calendar-more", count=more)) if more > 0 else (answer,)


def _by_day(found: Iterable[Occurrence], start: datetime, now: datetime) -> Iterable[Said]:
    days: dict[datetime, list[Occurrence]] = {}
    for one in found:
        days.setdefault(max(midnight(one.start), start), []).append(one)
    for day, those in days.items():
        yield said("calendar-of-day", when=on_day(day, now), items=tuple(on_its_day(one, day) for one in those))


def again(recurrence: Recurrence) -> Said:
    """How something comes again: "every Tuesday"."""
    days = tuple(said("calendar-weekday-number", number=day) for day in recurrence.weekdays)
    if days and recurrence.interval == 1:
        return said("calendar-every-weekday", days=days)
    return said("calendar-every", step=recurrence.step.value, count=recurrence.interval)

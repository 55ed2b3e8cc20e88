"""Days as languages name them: by their distance, their weekday, their date, or a feast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import Day

if TYPE_CHECKING:
    from collections.abc import Callable

_TRIES: Final = 13
_SOON: Final = timedelta(days=100)
"""Within this the same day of another month comes; the same date of another year does not."""
_SPAN_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


def away(days: int) -> Day:
    """So many days from today."""
    return Day(lambda today: today + timedelta(days=days))


def later(how_many: int, span: str) -> Day:
    """So many days, weeks, fortnights, months or years from today."""
    if span in _SPAN_DAYS:
        return away(how_many * _SPAN_DAYS[span])
    months = how_many * (1 if span == "month" else calendar.MONTHS)
    return Day(lambda today: calendar.months_later(today, months))


def coming(weekday: int, weeks: int = 0) -> Day:
    """The next such day of the week, or one so many weeks behind it."""
    return Day(lambda today: calendar.weekday_after(today, weekday) + timedelta(weeks=weeks))


def this(weekday: int) -> Day:
    """Such a day of the week, today if it is one."""
    return Day(lambda today: calendar.weekday_after(today - timedelta(days=1), weekday))


def last(weekday: int) -> Day:
    """The last such day of the week."""
    return Day(lambda today: calendar.weekday_before(today, weekday))


def of_week(weekday: int, weeks: int) -> Day:
    """A day of this week, or of one so many later."""
    return Day(lambda today: calendar.week_start(today, weeks) + timedelta(days=weekday))


def same(day: Day, weekday: int) -> Day:
    """A date that is said with its weekday: the next day that is both; none if they never fit soon."""

    def find(today: date) -> date | None:
        found = day.find(today)
        for _ in range(_TRIES if day.comes_again else 1):
            if found is None or found.weekday() == weekday:
                return found
            following = day.find(found + timedelta(days=1)) if day.comes_again else None
            found = following if following is not None and following - found < _SOON else None
        return None

    return Day(find)


def beside(day: Day, days: int) -> Day:
    """So many days from another day."""

    def find(today: date) -> date | None:
        found = day.find(today)
        return None if found is None else found + timedelta(days=days)

    return Day(find, comes_again=day.comes_again)


def numbered(number: int) -> Day:
    """The next day of a month with that number, today if it is one."""
    return Day(lambda today: calendar.month_day_from(today, number), comes_again=True)


def of_month(months: int, number: int) -> Day:
    """A day of this month, or of one so many later."""

    def find(today: date) -> date | None:
        first = calendar.month_start(today, months)
        return that(first.year, first.month, number)

    return Day(find)


def that(year: int, month: int, day: int) -> date | None:
    """A date; None if the calendar has none such."""
    return date(year, month, day) if calendar.is_date(year, month, day) else None


def fixed(year: int, month: int, day: int) -> Day:
    """A date with its year."""
    return Day(lambda _: that(year, month, day))


def yearly(month: int, day: int) -> Day:
    """The next day of that name, today if it is one."""
    return Day(lambda today: calendar.date_from(today, month, day), comes_again=True)


def in_year(years: int, month: int, day: int) -> Day:
    """A date of this year, or of one so many later."""
    return Day(lambda today: that(today.year + years, month, day))


def by_easter(days: int) -> Day:
    """The next feast that comes so many days after Easter."""

    def find(today: date) -> date:
        this_year, next_year = (calendar.easter(year) + timedelta(days=days) for year in (today.year, today.year + 1))
        return this_year if this_year >= today else next_year

    return Day(find, comes_again=True)


def by_weekday(month: int, weekday: int, place: int, days: int = 0) -> Day:
    """The next feast on the weekday of that place in a month, -1 for its last, or so many days after it."""

    def of(year: int) -> date:
        if place < 0:
            last = calendar.month_end(date(year, month, 1), 0)
            return last - timedelta(days=(last.weekday() - weekday) % 7 - days)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1) + days)

    def find(today: date) -> date:
        return of(today.year) if of(today.year) >= today else of(today.year + 1)

    return Day(find, comes_again=True)


def edge(span: str, how_many: int, *, end: bool) -> Day:
    """The last day of this month or year, or of one so many later; or its first."""
    if span == "month":
        find: Callable[[date, int], date] = calendar.month_end if end else calendar.month_start
        return Day(lambda today: find(today, how_many))
    return Day(lambda today: date(today.year + how_many, *((12, 31) if end else (1, 1))))

"""Days and months counted, and times of day that the clock has."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

WEEK: Final = 7
MONTHS: Final = 12
DAY_MINUTES: Final = 24 * 60
_HALF_A_YEAR: Final = timedelta(days=180)
_EIGHT_YEARS: Final = 8
"""At most so far is the next leap day."""


def at(day: date, minutes: int, now: datetime) -> datetime:
    """So many minutes of the clock into a day, in the zone of `now`; what the clock skips is as much later."""
    named = datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minutes)
    return named.astimezone(UTC).astimezone(now.tzinfo)


def after(now: datetime, length: timedelta) -> datetime:
    """A length of time later, whatever the clock does meanwhile."""
    return (now.astimezone(UTC) + length).astimezone(now.tzinfo)


def is_near(day: date, today: date) -> bool:
    """Whether nobody asks which year is meant: it is this one, or the day comes within half of one."""
    return day.year == today.year or timedelta() < day - today < _HALF_A_YEAR


def is_later(one: datetime, other: datetime) -> bool:
    """Whether one moment comes after another, in an hour that the clock shows twice as well."""
    return one.timestamp() > other.timestamp()


def months_later(day: date, months: int) -> date:
    """The same day of another month, or the last one of a month that is too short."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_start(day: date, months: int = 0) -> date:
    """The first of a month, or of one so many later."""
    return months_later(day.replace(day=1), months)


def month_end(day: date, months: int = 0) -> date:
    """The last day of a month, or of one so many later."""
    return month_start(day, months + 1) - timedelta(days=1)


def week_start(day: date, weeks: int = 0) -> date:
    """The Monday of a week, or of one so many later."""
    return day + timedelta(days=WEEK * weeks - day.weekday())


def weekday_after(day: date, weekday: int) -> date:
    """The next such day of the week, not `day` itself."""
    return day + timedelta(days=(weekday - day.weekday()) % WEEK or WEEK)


def weekday_before(day: date, weekday: int) -> date:
    """The last such day of the week, not `day` itself."""
    return day - timedelta(days=(day.weekday() - weekday) % WEEK or WEEK)


def month_day_from(start: date, day: int) -> date:
    """The first day with this number, of 1 to 31, that is not before `start`."""
    firsts = (month_start(start, months) for months in range(MONTHS))
    days = (date(first.year, first.month, day) for first in firsts if is_date(first.year, first.month, day))
    return next(found for found in days if found >= start)


def date_from(start: date, month: int, day: int) -> date:
    """The first day of this name, which some year has, that is not before `start`."""
    years = (year for year in range(start.year, start.year + _EIGHT_YEARS + 1) if is_date(year, month, day))
    return next(found for found in (date(year, month, day) for year in years) if found >= start)


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= MONTHS and 1 <= day <= calendar.monthrange(year, month)[1]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss' way, as corrected by Lichtenberg)."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    cycle = year % 19
    seed = (19 * cycle + moon) % 30
    full = seed // 29 + (seed // 28 - seed // 29) * (cycle // 11)
    limit = 21 + seed - full
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=limit + 7 - (limit - sunday) % 7 - 1)

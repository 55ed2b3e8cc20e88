"""Stretches of time: "today", "this weekend", "next week", "in june", "the next three days"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Period
from sottovoce.language.en.hear.calendar_names import MONTHS, PARTS
from sottovoce.language.en.hear.days import SPANS, days, years
from sottovoce.language.en.hear.lengths import count, seconds
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import days_from, part_of_day

if TYPE_CHECKING:
    from datetime import datetime

    from sottovoce.language.hearing.tokens import Said

_WHICH: Final = {"this": 0, "the": 0, "next": 1, "coming": 1, "last": -1, "previous": -1}
_BEFORE: Final = frozenset({"in", "on", "for", "over", "during", "within", "at"})
_SATURDAY: Final = 5
_NEAR_YEARS: Final[dict[Said, int]] = {("next", "year"): 1, ("this", "year"): 0, ("last", "year"): -1}


def _seconds(length: list[str]) -> float:
    """A length of time that is one where no number is named ("the last hour"); 0 where it is none."""
    return float(
        seconds(("one", *length) if len(length) == 1 and length[0] in {"hour", "minute"} else tuple(length)) or 0
    )


def period(said: Said, now: datetime) -> Period | None:
    """A stretch of time."""
    if said and said[0] in _BEFORE:
        said = said[1:]
    if said and (said[0] == "all" or said[:2] in {("the", "whole"), ("the", "entire")}):
        said = said[1 if said[0] == "all" else 2 :]
    if not said:
        return None
    today = now.date()
    if found := _named(said, today) or _month(said, today) or _year(said):
        return days_from(*found, now)
    return _from_now(said, now) or _day(said, now)


def _named(said: Said, today: date) -> tuple[date, date] | None:
    """Weeks, months, years and weekends by where they are: "this week", "the weekend after next"."""
    match said:
        case (which, name) if which in _WHICH:
            return _span(name, _WHICH[which], today)
        case (name,):
            return _span(name, 0, today)
        case ("the", "week" | "weekend" | "month" | "year" as name, "after", "next"):
            return _span(name, 2, today)
        case _:
            return None


def _from_now(said: Said, now: datetime) -> Period | None:  # noqa: PLR0911 - a case for each
    """What begins or ends now: "the next three days", "the last hour", "the rest of the week"."""
    match said[1:] if said[0] == "the" else said:
        case ("next" | "coming" | "following", *length):
            if found := _days_of(length, now.date()):
                return Period(start=now, end=calendar.at(found, 0, now))
            later = _seconds(length)
            return Period(start=now, end=calendar.after(now, timedelta(seconds=later))) if later else None
        case ("last" | "past" | "previous", *length):
            if found := _days_of(length, now.date(), sign=-1):
                return Period(start=calendar.at(found, 0, now), end=now)
            sooner = _seconds(length)
            return Period(start=calendar.after(now, -timedelta(seconds=sooner)), end=now) if sooner else None
        case ("rest", "of", "the" | "this", name) if found_days := _span(name, 0, now.date()):
            return Period(start=now, end=calendar.at(found_days[1], 0, now))
        case (name,) if name in PARTS:
            return part_of_day(now.date(), PARTS[name], now)
        case _:
            return None


def _days_of(length: list[str], today: date, sign: int = 1) -> date | None:
    """The first day behind so many, or the first of so many before."""
    if not length or length[-1] not in SPANS:
        return None
    how_many = count(tuple(length[:-1] or ("one",)))
    if how_many is None or how_many.denominator != 1 or how_many < 1:
        return None
    number, span = sign * int(how_many), SPANS[length[-1]]
    if span in {"month", "year"}:
        day = calendar.months_later(today, number * (1 if span == "month" else calendar.MONTHS))
    else:
        day = today + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[span])
    return day + timedelta(days=1) if sign > 0 else day


def _span(name: str, which: int, today: date) -> tuple[date, date] | None:
    """A week, month, year or weekend: this one, or one so many later."""
    match name:
        case "day" if which == 0:
            return today, today + timedelta(days=1)
        case "week":
            return calendar.week_start(today, which), calendar.week_start(today, which + 1)
        case "month":
            return calendar.month_start(today, which), calendar.month_start(today, which + 1)
        case "year":
            return date(today.year + which, 1, 1), date(today.year + which + 1, 1, 1)
        case "weekend":
            return _weekend(which, today)
        case _:
            return None


def _weekend(which: int, today: date) -> tuple[date, date]:
    saturday = calendar.week_start(today, which) + timedelta(days=_SATURDAY)
    return saturday, saturday + timedelta(days=2)


def _month(said: Said, today: date) -> tuple[date, date] | None:
    """A month by its name: this year's if it is not over, or that of a year that is named."""
    which = said[0] if said[0] in {"this", "next", "last"} else ""
    name, rest = said[bool(which)] if len(said) > bool(which) else "", said[1 + bool(which) :]
    if name not in MONTHS:
        return None
    month = MONTHS[name]
    ahead = today.year + (month < today.month)
    rest = rest[1:] if rest[:1] == ("of",) else rest
    if which == "next":
        year: int | None = today.year + (month <= today.month)
    elif which == "last":
        year = today.year - (month >= today.month)
    elif not rest:
        year = ahead
    else:
        near = _NEAR_YEARS.get(rest)
        year = years(rest) if near is None else today.year + near
    if year is None or (which and rest):
        return None
    first = date(year, month, 1)
    return first, calendar.month_start(first, 1)


def _year(said: Said) -> tuple[date, date] | None:
    found = years(said)
    return (date(found, 1, 1), date(found + 1, 1, 1)) if found else None


def _day(said: Said, now: datetime) -> Period | None:
    """A day, or the part of it that is named with it."""
    for end, day in days(said, 0):
        found = day.find(now.date()) if end == len(said) else None
        if found is not None:
            return part_of_day(found, day.part, now) if day.part else days_from(found, found + timedelta(days=1), now)
    return None

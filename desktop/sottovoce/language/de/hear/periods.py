"""Stretches of time: "heute", "dieses wochenende", "nächste woche", "im juni", "die nächsten drei tage"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Period
from sottovoce.language.de.hear.calendar_names import MONTHS, PARTS
from sottovoce.language.de.hear.days import NEAR_YEARS, SPANS, days, years
from sottovoce.language.de.hear.lengths import count, seconds
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import days_from, part_of_day

if TYPE_CHECKING:
    from datetime import datetime

    from sottovoce.language.hearing.tokens import Said

_BEFORE: Final = frozenset({"in", "im", "am", "an", "für", "während", "über", "innerhalb"})
_WHICH: Final = {
    **dict.fromkeys(("diese", "dieser", "diesen", "diesem", "dieses", "die", "der", "das", "den", "dem"), 0),
    **dict.fromkeys(("nächste", "nächster", "nächsten", "nächstem", "nächstes"), 1),
    **dict.fromkeys(("kommende", "kommender", "kommenden", "kommendes"), 1),
    **dict.fromkeys(("übernächste", "übernächster", "übernächsten", "übernächstes"), 2),
    **dict.fromkeys(("letzte", "letzter", "letzten", "letztes", "vorige", "voriger", "vorigen", "voriges"), -1),
    **dict.fromkeys(("vergangene", "vergangener", "vergangenen", "vergangenes"), -1),
}
_ARTICLES: Final = frozenset({"die", "der", "das", "den", "dem", "des"})
_SATURDAY: Final = 5
_GENITIVES: Final = {"tages": "tag", "monats": "monat", "jahres": "jahr", "wochenendes": "wochenende"}


def period(said: Said, now: datetime) -> Period | None:
    """A stretch of time."""
    if said and said[0] in _BEFORE:
        said = said[1:]
    if said[:1] in {("ganzen",), ("gesamten",)} or said[1:2] in {("ganzen",), ("ganze",), ("gesamte",)}:
        said = (*said[: said[0] in _ARTICLES], *said[1 + (said[0] in _ARTICLES) :])
    if not said:
        return None
    today = now.date()
    if found := _named(said, today) or _month(said, today) or _year(said):
        return days_from(*found, now)
    return _from_now(said, now) or _day(said, now)


def _named(said: Said, today: date) -> tuple[date, date] | None:
    """Weeks, months, years and weekends by where they are."""
    if len(said) > 1 and said[0] in _ARTICLES and said[1] in _WHICH:
        said = said[1:]
    match said:
        case (which, name) if which in _WHICH:
            return _span(name, _WHICH[which], today)
        case ("tag",):
            return _span("tag", 0, today)
        case ("wochenende",):
            return _span("wochenende", 0, today)
        case _:
            return None


def _span(name: str, which: int, today: date) -> tuple[date, date] | None:
    """A week, month, year or weekend: this one, or one so many later."""
    match name:
        case "tag" if which == 0:
            return today, today + timedelta(days=1)
        case "woche":
            return calendar.week_start(today, which), calendar.week_start(today, which + 1)
        case "monat":
            return calendar.month_start(today, which), calendar.month_start(today, which + 1)
        case "jahr":
            return date(today.year + which, 1, 1), date(today.year + which + 1, 1, 1)
        case "wochenende":
            saturday = calendar.week_start(today, which) + timedelta(days=_SATURDAY)
            return saturday, saturday + timedelta(days=2)
        case _:
            return None


def _from_now(said: Said, now: datetime) -> Period | None:
    """What begins or ends now: "die nächsten drei tage", "die letzte stunde", "den rest der woche"."""
    said = said[1:] if said[0] in _ARTICLES else said
    match said:
        case ("rest", *_, name) if found := _span(_GENITIVES.get(name, name), 0, now.date()):
            return Period(start=now, end=calendar.at(found[1], 0, now))
        case (name,) if name in PARTS and name not in {"morgen", "früh"}:
            return part_of_day(now.date(), PARTS[name], now)
        case (which, *length) if abs(sign := _WHICH.get(which, 0)) == 1:
            if edge := _days_of(tuple(length), now.date(), sign):
                moment = calendar.at(edge, 0, now)
                return Period(start=now, end=moment) if sign > 0 else Period(start=moment, end=now)
            hour = len(length) == 1 and length[0] in {"stunde", "minute"}
            long = float(seconds(("eine", *length) if hour else tuple(length)) or 0)
            moment = calendar.after(now, timedelta(seconds=sign * long))
            return None if not long else Period(start=min(now, moment), end=max(now, moment))
        case _:
            return None


def _days_of(length: Said, today: date, sign: int) -> date | None:
    """The first day behind so many, or the first of so many before."""
    how_many = count(length[:-1]) if len(length) > 1 and length[-1] in SPANS else None
    if how_many is None or how_many.denominator != 1 or how_many < 1:
        return None
    number, span = sign * int(how_many), SPANS[length[-1]]
    if span in {"month", "year"}:
        day = calendar.months_later(today, number * (1 if span == "month" else calendar.MONTHS))
    else:
        day = today + timedelta(days=number * {"day": 1, "week": 7}[span])
    return day + timedelta(days=1) if sign > 0 else day


def _month(said: Said, today: date) -> tuple[date, date] | None:
    """A month by its name: this year's if it is not over, or that of a year that is named."""
    which = _WHICH.get(said[0]) if len(said) > 1 and said[0] not in _ARTICLES else None
    name, rest = (said[1], said[2:]) if which is not None else (said[0], said[1:])
    if name not in MONTHS or (which is not None and rest):
        return None
    month = MONTHS[name]
    year: int | None = today.year + (month < today.month)
    if which == 1:
        year = today.year + (month <= today.month)
    elif which == -1:
        year = today.year - (month >= today.month)
    elif rest:
        near = NEAR_YEARS.get(rest)
        year = years(rest) if near is None else today.year + near
    if year is None:
        return None
    first = date(year, month, 1)
    return first, calendar.month_start(first, 1)


def _year(said: Said) -> tuple[date, date] | None:
    found = years(said[1:] if said[0] == "jahr" else said)
    return (date(found, 1, 1), date(found + 1, 1, 1)) if found else None


def _day(said: Said, now: datetime) -> Period | None:
    """A day, or the part of it that is named with it."""
    for end, day in days(said, 0):
        found = day.find(now.date()) if end == len(said) else None
        if found is not None:
            return part_of_day(found, day.part, now) if day.part else days_from(found, found + timedelta(days=1), now)
    return None

"""Days and times of the clock as they are named, each read from a word on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.hear.calendar_names import HOLIDAYS, MONTHS, PARTS, WEEKDAYS
from sottovoce.language.en.hear.lengths import count
from sottovoce.language.en.hear.numbers import ONES, TENS, ordinal, small, whole
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing import days as named
from sottovoce.language.hearing.moments import HOURS, MIDNIGHT, NOON, ClockTime, Day, DayPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.hearing.tokens import Said

_EASTER: Final = {("easter",): 0, ("easter", "sunday"): 0, ("easter", "monday"): 1, ("good", "friday"): -2}
_BY_WEEKDAY: Final = {
    ("thanksgiving",): (11, 3, 4),
    ("thanksgiving", "day"): (11, 3, 4),
    ("black", "friday"): (11, 3, 4, 1),
    ("father's", "day"): (6, 6, 3),
    ("fathers", "day"): (6, 6, 3),
    ("labor", "day"): (9, 0, 1),
    ("memorial", "day"): (5, 0, -1),
}
"""Month, weekday (0 for Monday), which of that month's, and how many days after it."""
_LONGEST_NAME: Final = 3
_WORDS: Final = frozenset({"sun", "sat", "wed"})
"""Short names that are words of their own: days only beside figures."""
_AT: Final = frozenset({"at", "by", "around", "about", "for", "from", "exactly", ","})
_ON: Final = frozenset({"on", "by", "for", "from", ","})
_FIRST_YEAR, _LAST_YEAR = 1000, 9990
_TEN, _HOUR = 10, 60
_HUNDRED: Final = 100


# Times of the clock

_JOINED: Final = re.compile(r"(\d{1,2})(\d\d)")
_WRITTEN: Final = re.compile(r"(\d{1,2})[:.](\d\d)")
_HALVES: Final = {("am",): False, ("pm",): True, ("a", "m"): False, ("p", "m"): True, ("a.m",): False, ("p.m",): True,
                  ("a.m.",): False, ("p.m.",): True}  # fmt: skip
_PAST: Final = {"past": 1, "after": 1, "to": -1, "before": -1, "till": -1, "til": -1, "of": -1}


def clocks(said: Said, at: int) -> Iterator[tuple[int, ClockTime]]:
    """Times of the clock, the longest first: "half past seven", "at seven oh five p m", "19:30", "noon"."""
    begin = at
    while at < len(said) and said[at] in _AT:
        at += 1
    for end, clock in _clocks(said, at, told=begin < at):
        yield (end + 1 if said[end : end + 1] in {("sharp",), ("exactly",)} else end), clock


def _clocks(said: Said, at: int, *, told: bool) -> Iterator[tuple[int, ClockTime]]:
    match said[at : at + 1]:
        case ("noon" | "midday",):
            yield at + 1, ClockTime(NOON, sure=True)
        case ("midnight",):
            yield at + 1, MIDNIGHT
        case ("twelve" | "12",) if said[at + 1 : at + 2] in {("noon",), ("midday",), ("midnight",)}:
            yield at + 2, MIDNIGHT if said[at + 1] == "midnight" else ClockTime(NOON, sure=True)
        case (_,):
            for end, clock in (*_relative(said, at), *_faces(said, at, told=told)):
                for length in (2, 1):
                    name = said[end : end + length]
                    late = _HALVES.get(name)
                    if late is not None and (half := clock.half(late=late)):
                        yield end + len(name), half
                yield end, clock


def _smalls(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """Numbers below a hundred that begin here, the longest first."""
    for length in (2, 1):
        if at + length <= len(said) and (found := small(said[at : at + length])) is not None:
            yield at + length, found


def _relative(said: Said, at: int) -> Iterator[tuple[int, ClockTime]]:
    """Minutes before or after an hour: "a quarter to nine", "ten past five", "half seven"."""
    minutes: list[tuple[int, int]] = []
    if said[at] == "half":
        for end, hour in _hours(said, at + 1):
            yield end, ClockTime(hour, 30)
        minutes = [(at + 1, 30)]
    elif said[at] == "quarter":
        minutes = [(at + 1, 15)]
    elif said[at : at + 2] == ("a", "quarter"):
        minutes = [(at + 2, 15)]
    else:
        minutes = [
            (end + 1 if said[end : end + 1] in {("minutes",), ("minute",)} else end, found)
            for end, found in _smalls(said, at)
            if 0 < found < _HOUR
        ]
    for end, found in minutes:
        way = _PAST.get(said[end]) if end < len(said) else None
        if way is None or (said[end] == "of" and found != 15):  # noqa: PLR2004 - "quarter of nine"
            continue
        for last, hour in _hours(said, end + 1):
            total = (hour * _HOUR + way * found) % (NOON * _HOUR)
            yield last, ClockTime(total // _HOUR or NOON, total % _HOUR)
        if said[end + 1 : end + 2] in {("noon",), ("midday",), ("midnight",)}:
            total = (NOON if said[end + 1] != "midnight" else HOURS) * _HOUR + way * found
            yield end + 2, ClockTime(total // _HOUR % HOURS, total % _HOUR, sure=True)


def _hours(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """An hour of the clock's face."""
    for end, hour in _smalls(said, at):
        if 1 <= hour <= NOON:
            yield (end + 1 if said[end : end + 1] == ("o'clock",) else end), hour


def _faces(said: Said, at: int, *, told: bool) -> Iterator[tuple[int, ClockTime]]:
    """An hour, with its minutes: "seven", "seven o'clock", "nineteen thirty", "7:30", "oh nine hundred"."""
    if written := _WRITTEN.fullmatch(said[at]):
        if clock := _written(written, told=told or ":" in said[at] or said[at + 1 : at + 2] in _HALVES):
            yield at + 1, clock
        return
    hours = said[at + 1 : at + 2] == ("hours",)
    if (told or hours) and (joined := _JOINED.fullmatch(said[at])) and (clock := _written(joined, told=True)):
        yield at + 1 + hours, clock
        return
    oh = said[at] in {"oh", "o", "zero"} and at + 1 < len(said)
    for end, hour in _smalls(said, at + oh):
        if hour > HOURS or (oh and hour >= _TEN):
            continue
        zero = oh or (said[at][0] == "0" and len(said[at]) > 1)
        if said[end : end + 1] == ("hundred",):
            yield end + 1 + (said[end + 1 : end + 2] == ("hours",)), ClockTime(hour, sure=True)
            continue
        if said[end : end + 1] == ("o'clock",):
            yield end + 1, ClockTime(hour)
            continue
        for last, minute in _minutes(said, end):
            yield last, ClockTime(hour, minute, sure=zero or hour > NOON)
        if not oh and hour:
            yield end, ClockTime(hour, sure=zero or hour > NOON)


def _written(found: re.Match[str], *, told: bool) -> ClockTime | None:
    hour, minute = int(found[1]), int(found[2])
    if not told or minute >= _HOUR or hour > HOURS or (hour == HOURS and minute):
        return None
    return ClockTime(hour, minute, sure=found[1][0] == "0" or hour > NOON)


def _minutes(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """Minutes as they follow an hour: "oh five", "thirty", "forty five"."""
    if said[at : at + 1] in {("oh",), ("o",), ("zero",)}:
        minute = ONES.get(said[at + 1], 0) if at + 1 < len(said) else 0
        if 1 <= minute < _TEN:
            yield at + 2, minute
        return
    for end, minute in _smalls(said, at):
        if _TEN <= minute < _HOUR and (said[at] in ONES or said[at] in TENS):
            yield end, minute


def parts(said: Said, at: int) -> Iterator[tuple[int, DayPart]]:
    """Parts of any day: "in the evening", "at night"."""
    match said[at : at + 3]:
        case ("in", "the", name) if name in PARTS:
            yield at + 3, PARTS[name]
        case ("at", "night", *_):
            yield at + 2, DayPart.NIGHT
        case ("at" | "around", "lunchtime" | "lunch", *_):
            yield at + 2, DayPart.MIDDAY
        case _:
            return


# Days

_NEAR: Final[dict[Said, int]] = {
    ("today",): 0,
    ("tomorrow",): 1,
    ("yesterday",): -1,
    ("the", "day", "after", "tomorrow"): 2,
    ("day", "after", "tomorrow"): 2,
    ("the", "day", "before", "yesterday"): -2,
    ("day", "before", "yesterday"): -2,
    ("a", "week", "from", "today"): 7,
    ("a", "week", "from", "tomorrow"): 8,
    ("a", "week", "today"): 7,
    ("a", "week", "tomorrow"): 8,
    ("today", "week"): 7,
    ("tomorrow", "week"): 8,
}
_TONIGHT: Final = {("tonight",): (0, DayPart.NIGHT), ("last", "night"): (-1, DayPart.NIGHT)}
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
SPANS: Final = {
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
}


def days(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Days, the longest name first, each with the part of it that is named behind: "friday morning"."""
    while at < len(said) and said[at] in _ON:
        at += 1
    found: dict[int, Day] = {}
    for end, day in _days(said, at):
        found.setdefault(end, day)
    for end in sorted(found, reverse=True):
        day = found[end]
        if day.part is None and end < len(said) and said[end] in PARTS:
            yield end + 1, Day(day.find, PARTS[said[end]], day.comes_again)
        yield end, day


def _days(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    if at == len(said):
        return
    for length in (4, 3, 2, 1):
        name = said[at : at + length]
        if name in _NEAR:
            yield at + len(name), named.away(_NEAR[name])
        if name in _TONIGHT:
            away, part = _TONIGHT[name]
            yield at + len(name), Day(named.away(away).find, part)
    if said[at] == "this" and said[at + 1 : at + 2] and said[at + 1] in PARTS:
        yield at + 2, Day(lambda today: today, PARTS[said[at + 1]])
    yield from _weekdays(said, at)
    yield from dates(said, at)
    yield from _holidays(said, at)
    yield from _beside(said, at)
    yield from _ends(said, at)
    yield from _in(said, at)


def _weekdays(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    which = said[at]
    if which == "the" and said[at + 1 : at + 2] in {("coming",), ("following",), ("next",)}:
        at, which = at + 1, "next"
    if said[at : at + 2] in {("this", "coming"), ("this", "next")}:
        at, which = at + 1, "next"
    is_named = which in {"next", "this", "last", "coming", "following"}
    name = said[at + is_named : at + is_named + 1]
    if not name or (name[0] in _WORDS and not any(word[0].isdecimal() for word in said)):
        return
    if name[0] not in WEEKDAYS:
        yield from _week_and_day(said, at)
        return
    weekday, end = WEEKDAYS[name[0]], at + is_named + 1
    if which == "last":
        yield end, named.last(weekday)
    elif which == "this":
        yield end, named.this(weekday)
    else:
        yield from _coming(said, end, weekday)


def _coming(said: Said, end: int, weekday: int) -> Iterator[tuple[int, Day]]:
    """A day of the week with what stands behind it: "friday week", "friday the fourth of december"."""
    match said[end : end + 2]:
        case ("week", *_):
            yield end + 1, named.coming(weekday, 1)
        case ("next", "week"):
            yield end + 2, named.of_week(weekday, 1)
        case ("this", "week"):
            yield end + 2, named.of_week(weekday, 0)
        case ("last", "week"):
            yield end + 2, named.of_week(weekday, -1)
        case _:
            pass
    for last, day in dates(said, end + (said[end : end + 1] == (",",))):  # "friday the fourth of december"
        yield last, named.same(day, weekday)
    yield end, named.coming(weekday)


def _beside(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """A day beside another one: "the day after christmas", "next month on the fifth"."""
    at += said[at : at + 1] == ("the",)
    match said[at : at + 2]:
        case ("day", "after" | "before" as side):
            for end, day in (*_holidays(said, at + 2), *dates(said, at + 2)):
                yield end, named.beside(day, 1 if side == "after" else -1)
        case ("next", "month"):
            behind = at + 2 + (said[at + 2 : at + 3] == ("on",))
            for end, number in _day_numbers(said, behind + (said[behind : behind + 1] == ("the",))):
                yield end, named.of_month(1, number)
        case (name, "after") if name in WEEKDAYS and said[at + 2 : at + 3] == ("next",):
            yield at + 3, named.coming(WEEKDAYS[name], 1)
        case _:
            return


def _week_and_day(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """As in "next week on friday", "a week on friday", "two weeks from monday"."""
    match said[at : at + 4]:
        case ("next", "week", name, *_) if name in WEEKDAYS:
            yield at + 3, named.of_week(WEEKDAYS[name], 1)
        case ("next", "week", "on", name) if name in WEEKDAYS:
            yield at + 4, named.of_week(WEEKDAYS[name], 1)
        case ("week", "on" | "from", name, *_) if name in WEEKDAYS:
            yield at + 3, named.coming(WEEKDAYS[name], 1)
        case (number, "week" | "weeks", "on" | "from", name) if name in WEEKDAYS and (weeks := count((number,))):
            if weeks.denominator == 1:
                yield at + 4, named.coming(WEEKDAYS[name], int(weeks))
        case _:
            return


def dates(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Days by their number: "the third of may", "may 3rd, 2027", "the fifteenth", "2026-12-03", "24/12"."""
    if at == len(said):
        return
    yield from _written_date(said, at)
    the = said[at] == "the"
    for end, number in _day_numbers(said, at + the):
        behind = end + (said[end : end + 1] == ("of",))
        place = ordinal(said[at + the : end]) is not None
        match said[behind : behind + 1]:
            case (name,) if name in MONTHS and (place or not the):
                yield from _with_year(said, behind + 1, MONTHS[name], number)
            case _:
                pass
        if place and said[end : end + 3] == ("of", "this", "month"):
            yield end + 3, named.of_month(0, number)
        if place and said[end : end + 3] == ("of", "next", "month"):
            yield end + 3, named.of_month(1, number)
        if place and said[end : end + 3] == ("of", "the", "month"):
            yield end + 3, named.numbered(number)
        if place and (the or said[at][0].isdecimal()):
            yield end, named.numbered(number)
    if said[at] in MONTHS:
        the = said[at + 1 : at + 2] == ("the",)
        for end, number in _day_numbers(said, at + 1 + the):
            yield from _with_year(said, end, MONTHS[said[at]], number)


def _day_numbers(said: Said, at: int) -> Iterator[tuple[int, int]]:
    for length in (2, 1):
        word = said[at : at + length]
        if len(word) == length and (found := ordinal(word) or small(word)) and found <= 31:  # noqa: PLR2004 - days
            yield at + length, found


def _with_year(said: Said, at: int, month: int, day: int) -> Iterator[tuple[int, Day]]:
    """A day of a month, with its year if one follows."""
    if not calendar.is_date(2000, month, day):
        return
    behind = at + (said[at : at + 1] == (",",))
    for length in (4, 3, 2, 1):
        year = years(said[behind : behind + length]) if behind + length <= len(said) else None
        if year:
            yield behind + length, named.fixed(year, month, day)
    match said[at : at + 2]:
        case ("next", "year"):
            yield at + 2, named.in_year(1, month, day)
        case ("this", "year"):
            yield at + 2, named.in_year(0, month, day)
        case ("last", "year"):
            yield at + 2, named.in_year(-1, month, day)
        case _:
            pass
    yield at, named.yearly(month, day)


def years(said: Said) -> int | None:
    """A year: "2027", "twenty twenty seven", "two thousand and one"."""
    found = whole(said)
    return found if found and _FIRST_YEAR <= found <= _LAST_YEAR else None


def _written_date(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    word = said[at]
    if found := _ISO.fullmatch(word):
        yield at + 1, named.fixed(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DOTTED.fullmatch(word) or _DOTTED.fullmatch(f"{word}."):
        yield from _ordered(int(found[1]), int(found[2]), found[3], at + 1)
    elif found := _SLASHED.fullmatch(word):
        first, second = int(found[1]), int(found[2])
        if first != second and first <= calendar.MONTHS and second <= calendar.MONTHS:
            return  # 3/4 is the third of April to some, the fourth of March to others
        day, month = (first, second) if second <= calendar.MONTHS else (second, first)
        yield from _ordered(day, month, found[3], at + 1)


def _ordered(day: int, month: int, year: str | None, end: int) -> Iterator[tuple[int, Day]]:
    if not calendar.is_date(2000, month, day):
        return
    if year:
        yield end, named.fixed(int(year), month, day)
    else:
        yield end, named.yearly(month, day)


def _holidays(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    for length in range(_LONGEST_NAME, 0, -1):
        name = said[at : at + length]
        if name in HOLIDAYS:
            month, day = HOLIDAYS[name]
            yield from _with_year(said, at + len(name), month, day)
        if name in _EASTER:
            yield at + len(name), named.by_easter(_EASTER[name])
        if name in _BY_WEEKDAY:
            yield at + len(name), named.by_weekday(*_BY_WEEKDAY[name])


def _ends(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """As in "the end of the month", "the last day of next month", "the beginning of next year"."""
    begin = at
    at += said[at : at + 1] in {("at",), ("by",)}
    at += said[at : at + 1] == ("the",)
    match said[at : at + 5]:
        case ("end", "of", "the" | "this", "month" | "year" as span, *_):
            yield at + 4, named.edge(span, 0, end=True)
        case ("end", "of", "next", "month" | "year" as span, *_):
            yield at + 4, named.edge(span, 1, end=True)
        case ("last", "day", "of", "the" | "this", "month" | "year" as span):
            yield at + 5, named.edge(span, 0, end=True)
        case ("last", "day", "of", "next", "month" | "year" as span):
            yield at + 5, named.edge(span, 1, end=True)
        case ("beginning" | "start", "of", "next", "month" | "year" as span, *_):
            yield at + 4, named.edge(span, 1, end=False)
        case ("beginning" | "start", "of", "next", "week", *_):
            yield at + 4, named.of_week(0, 1)
        case _:
            if begin != at:
                return


def _in(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Whole days from now: "in three days", "two weeks from now", "a month ago"."""
    for end in range(at + 1, min(len(said), at + 7)):
        if said[end] not in SPANS:
            continue
        begin = at + (said[at] == "in")
        how_many = count(said[begin:end])
        if how_many is None or how_many.denominator != 1:
            continue
        last = end + 1 + (begin > at and said[end + 1 : end + 2] in {("time",), ("time's",)})
        if begin > at:
            yield last, named.later(int(how_many), SPANS[said[end]])
        elif said[last : last + 1] == ("ago",):
            yield last + 1, named.later(-int(how_many), SPANS[said[end]])
        elif said[last : last + 2] in {("from", "now"), ("from", "today")}:
            yield last + 2, named.later(int(how_many), SPANS[said[end]])

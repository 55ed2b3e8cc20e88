"""Days and times of the clock as they are named, each read from a word on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.hear.calendar_names import HOLIDAYS, MONTHS, PARTS, WEEKDAYS
from sottovoce.language.de.hear.lengths import count
from sottovoce.language.de.hear.numbers import ordinal, plain, small, whole
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing import days as named
from sottovoce.language.hearing.moments import HOURS, MIDNIGHT, NOON, ClockTime, Day, DayPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.hearing.tokens import Said

_SHORT: Final = frozenset(name for name in WEEKDAYS if len(name) == len("mo"))
"""Words of their own, or hardly heard: days only beside figures."""
_ADVERBS: Final = {
    "morgens": DayPart.MORNING,
    "frühmorgens": DayPart.MORNING,
    "früh": DayPart.MORNING,
    "vormittags": DayPart.FORENOON,
    "mittags": DayPart.MIDDAY,
    "nachmittags": DayPart.AFTERNOON,
    "abends": DayPart.EVENING,
    "nachts": DayPart.NIGHT,
}
GLUED_DAYS: Final = {
    f"{day}{part}": (at, of_day)
    for day, at in WEEKDAYS.items()
    if day not in _SHORT
    for part, of_day in PARTS.items()
    if part != "früh"
}
"""As in "montagabend"."""
_EASTER: Final = {
    "ostern": 0,
    "ostersonntag": 0,
    "ostermontag": 1,
    "karfreitag": -2,
    "gründonnerstag": -3,
    "himmelfahrt": 39,
    "pfingsten": 49,
    "pfingstsonntag": 49,
    "pfingstmontag": 50,
    "rosenmontag": -48,
    "fronleichnam": 60,
}
_LONGEST_NAME: Final = 4
_AT: Final = frozenset({"um", "gegen", "ab", "punkt", "genau", "circa", "ca", "ungefähr", "etwa", "so", ","})
_ON: Final = frozenset({"am", "an", "zu", "ab", ",", "den", "der", "dem", "für"})
_NEXT: Final = frozenset({"nächsten", "nächster", "nächste", "nächstem", "kommenden", "kommender", "kommende"})
_THIS: Final = frozenset({"diesen", "diesem", "dieser"})
_LAST: Final = frozenset({"letzten", "letztem", "letzter", "vergangenen", "vorigen"})
NEXT_WEEK: Final = frozenset(
    {("nächste", "woche"), ("nächster", "woche"), ("kommende", "woche"), ("kommender", "woche")}
)
THIS_WEEK: Final = frozenset({("diese", "woche"), ("dieser", "woche")})
LAST_WEEK: Final = frozenset({("letzte", "woche"), ("letzter", "woche"), ("vorige", "woche"), ("voriger", "woche")})
NEAR_YEARS: Final[dict[Said, int]] = {
    ("nächsten", "jahres"): 1,
    ("nächstes", "jahr"): 1,
    ("dieses", "jahres"): 0,
    ("dieses", "jahr"): 0,
    ("letzten", "jahres"): -1,
    ("letztes", "jahr"): -1,
}
_FIRST_YEAR, _LAST_YEAR = 1000, 9990
_CENTURY: Final = 2000
_HOUR, _QUARTER, _HALF = 60, 15, 30


# Times of the clock

_WRITTEN: Final = re.compile(r"(\d{1,2})[:.](\d\d)")
_PAST: Final = {"nach": 1, "vor": -1}


def clocks(said: Said, at: int) -> Iterator[tuple[int, ClockTime]]:
    """Times of the clock, the longest first: "halb acht", "um viertel nach sieben", "19 uhr 30", "mittag"."""
    begin = at
    while at < len(said) and said[at] in _AT:
        at += 1
    match said[at : at + 1]:
        case ("mitternacht",):
            yield at + 1, MIDNIGHT
        case ("mittag",) if at == begin or said[begin] in {"gegen", "ab"}:
            yield at + 1, ClockTime(NOON, sure=True)
        case (_,):
            yield from _relative(said, at)
            yield from _faces(said, at, told=begin < at)


def _smalls(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """Numbers below a hundred that begin here, the longest first."""
    for length in (3, 2, 1):
        if at + length <= len(said) and (found := small(plain(said[at : at + length]))) is not None:
            yield at + length, found


def _hours(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """An hour of the clock's face."""
    for end, hour in _smalls(said, at):
        if 1 <= hour <= NOON:
            yield (end + 1 if said[end : end + 1] == ("uhr",) else end), hour


def _face(minutes: int) -> ClockTime:
    minutes %= NOON * _HOUR
    return ClockTime(minutes // _HOUR or NOON, minutes % _HOUR)


def _relative(said: Said, at: int) -> Iterator[tuple[int, ClockTime]]:
    """Minutes before or after an hour or its half: "viertel nach sieben", "dreiviertel acht", "fünf vor halb acht"."""
    for begin, minutes in _before_hour(said, at):
        for end, hour in _hours(said, begin):
            yield end, _face((hour - 1) * _HOUR + minutes)
    for begin, minutes in _aside(said, at):
        if said[begin : begin + 1] == ("halb",):
            for end, hour in _hours(said, begin + 1):
                yield end, _face((hour - 1) * _HOUR + _HALF + minutes)
        for end, hour in _hours(said, begin):
            yield end, _face(hour * _HOUR + minutes)
        if said[begin : begin + 1] == ("mitternacht",):
            total = minutes % (HOURS * _HOUR)
            yield begin + 1, ClockTime(total // _HOUR, total % _HOUR, sure=True)


def _aside(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """Minutes past what is named behind them, or before it: "viertel nach", "zehn minuten vor"."""
    found = [(at + 1, _QUARTER)] if said[at] == "viertel" else []
    for end, minutes in _smalls(said, at):
        if 0 < minutes < _HOUR:
            found.append((end + (said[end : end + 1] in {("minuten",), ("minute",)}), minutes))
    for end, minutes in found:
        if end < len(said) and said[end] in _PAST:
            yield end + 1, _PAST[said[end]] * minutes


def _before_hour(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """What of the hour that ends is over: "halb", "viertel", "dreiviertel"."""
    match said[at : at + 2]:
        case ("halb", *_):
            yield at + 1, _HALF
        case ("dreiviertel", *_):
            yield at + 1, 3 * _QUARTER
        case ("drei", "viertel"):
            yield at + 2, 3 * _QUARTER
        case ("viertel", *_):
            yield at + 1, _QUARTER
        case _:
            return


def _faces(said: Said, at: int, *, told: bool) -> Iterator[tuple[int, ClockTime]]:
    """An hour, with its minutes: "sieben", "neunzehn uhr dreißig", "7:30", "19.30 uhr"."""
    if written := _WRITTEN.fullmatch(said[at]):
        hour, minute = int(written[1]), int(written[2])
        uhr = said[at + 1 : at + 2] in {("uhr",), ("h",)}
        fits = minute < _HOUR and (hour < HOURS or (hour == HOURS and not minute))
        if fits and (told or uhr or ":" in said[at]):
            yield at + 1 + uhr, ClockTime(hour, minute, sure=True)
        return
    for end, hour in _smalls(said, at):
        if hour > HOURS:
            continue
        sure = hour > NOON or hour == 0
        if said[end : end + 1] in {("uhr",), ("h",)}:
            for last, minute in _smalls(said, end + 1):
                if 0 < minute < _HOUR and hour < HOURS:
                    yield last, ClockTime(hour, minute, sure=sure)
            yield end + 1, ClockTime(hour, sure=sure)
        elif hour:
            yield end, ClockTime(hour, sure=sure)


def parts(said: Said, at: int) -> Iterator[tuple[int, DayPart]]:
    """Parts of any day: "abends", "am nachmittag", "in der nacht"."""
    if said[at] in _ADVERBS:
        yield at + 1, _ADVERBS[said[at]]
    match said[at : at + 3]:
        case ("am", name, *_) if name in PARTS and name != "früh":
            yield at + 2, PARTS[name]
        case ("in", "der", "nacht"):
            yield at + 3, DayPart.NIGHT
        case ("in", "der", "früh") | ("in", "der", "frühe"):
            yield at + 3, DayPart.MORNING
        case _:
            return


# Days

_NEAR: Final = {"heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2, "überübermorgen": 3}
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d\d)?")
SPANS: Final = {
    **dict.fromkeys(("tag", "tage", "tagen"), "day"),
    **dict.fromkeys(("woche", "wochen"), "week"),
    **dict.fromkeys(("monat", "monate", "monaten"), "month"),
    **dict.fromkeys(("jahr", "jahre", "jahren"), "year"),
}


def days(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Days, the longest name first, each with the part of it that is named behind: "freitag abend"."""
    found: dict[int, Day] = {}
    for end, day in _days(said, at):
        found.setdefault(end, day)
    while at < len(said) and said[at] in _ON:
        at += 1
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
    if said[at] in _NEAR:
        away = _NEAR[said[at]]
        yield at + 1, named.away(away)
        if said[at + 1 : at + 4] == ("in", "einer", "woche"):
            yield at + 4, named.away(away + 7)
        if said[at + 1 : at + 2] == ("früh",):
            yield at + 2, Day(named.away(away).find, DayPart.MORNING)
    if said[at] in GLUED_DAYS:
        weekday, part = GLUED_DAYS[said[at]]
        yield at + 1, Day(named.coming(weekday).find, part)
    yield from _weekdays(said, at)
    yield from dates(said, at)
    yield from _holidays(said, at)
    yield from _ends(said, at)
    yield from _in(said, at)


def _weekday_at(said: Said, at: int) -> int | None:
    if at >= len(said):
        return None
    name = said[at].removesuffix(".")
    if name in _SHORT and not any(word[0].isdecimal() for word in said):
        return None
    return WEEKDAYS.get(name)


def _weekdays(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    which = said[at]
    weekday = _weekday_at(said, at)
    if weekday is not None:
        yield from _coming(said, at + 1, weekday)
        return
    if said[at : at + 2] in NEXT_WEEK | THIS_WEEK | LAST_WEEK:
        behind = at + 2 + (said[at + 2 : at + 3] == ("am",))
        weekday = _weekday_at(said, behind)
        if weekday is not None:
            yield behind + 1, named.of_week(weekday, _week(said[at : at + 2]))
        return
    weekday = _weekday_at(said, at + 1)
    if weekday is None:
        return
    if which in _NEXT:
        yield at + 2, named.coming(weekday)
    elif which in _THIS:
        yield at + 2, named.this(weekday)
    elif which in _LAST:
        yield at + 2, named.last(weekday)


def _week(name: Said) -> int:
    return 1 if name in NEXT_WEEK else -1 if name in LAST_WEEK else 0


def _coming(said: Said, end: int, weekday: int) -> Iterator[tuple[int, Day]]:
    """A day of the week with what stands behind it: "freitag in einer woche", "freitag, den 4. dezember"."""
    if said[end : end + 2] in NEXT_WEEK | THIS_WEEK | LAST_WEEK:
        yield end + 2, named.of_week(weekday, _week(said[end : end + 2]))
    match said[end : end + 3]:
        case ("in", "einer", "woche") | ("in", "acht", "tagen"):
            yield end + 3, named.coming(weekday, 1)
        case ("in", "zwei", "wochen") | ("in", "vierzehn", "tagen"):
            yield end + 3, named.coming(weekday, 2)
        case _:
            pass
    behind = end + (said[end : end + 1] == (",",))
    behind += said[behind : behind + 1] in {("den",), ("der",), ("dem",)}
    for last, day in dates(said, behind):
        yield last, named.same(day, weekday)
    yield end, named.coming(weekday)


def dates(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Days by their number: "dritten mai", "3. mai 2027", "fünfzehnten", "3.5.", "2026-12-03"."""
    if at == len(said):
        return
    yield from _written_date(said, at)
    for end, number in day_numbers(said, at):
        name = said[end].removesuffix(".") if end < len(said) else ""
        if name in MONTHS:
            yield from _with_year(said, end + 1, MONTHS[name], number)
        elif said[end - 1][0].isalpha():
            for last, month in day_numbers(said, end):  # "am dritten fünften"
                if month <= calendar.MONTHS:
                    yield from _with_year(said, last, month, number)
        if ordinal(said[at:end]) is not None:
            yield from _of_months(said, end, number)
            if at > 0 and said[at - 1] in _ON:
                yield end, named.numbered(number)


def _of_months(said: Said, end: int, number: int) -> Iterator[tuple[int, Day]]:
    """A day of a month that is named by where it is: "des monats", "nächsten monats"."""
    match said[end : end + 3]:
        case ("des", "monats", *_):
            yield end + 2, named.numbered(number)
        case ("diesen" | "dieses", "monats", *_):
            yield end + 2, named.of_month(0, number)
        case ("nächsten" | "kommenden", "monats", *_):
            yield end + 2, named.of_month(1, number)
        case ("des", "nächsten" | "kommenden", "monats"):
            yield end + 3, named.of_month(1, number)
        case _:
            return


def day_numbers(said: Said, at: int) -> Iterator[tuple[int, int]]:
    """Ordinals of days of a month; figures without their point as well."""
    for length in (3, 2, 1):
        word = said[at : at + length]
        if len(word) < length or word[0] in {"der", "die", "das", "den", "dem"}:
            continue
        found = ordinal(word) or (int(word[0]) if length == 1 and word[0].isdecimal() and len(word[0]) < 3 else None)  # noqa: PLR2004
        if found and found <= 31:  # noqa: PLR2004 - days
            yield at + length, found


def _with_year(said: Said, at: int, month: int, day: int) -> Iterator[tuple[int, Day]]:
    """A day of a month, with its year if one follows."""
    if not calendar.is_date(2000, month, day):
        return
    for length in (3, 2, 1):
        year = years(said[at : at + length]) if at + length <= len(said) else None
        if year:
            yield at + length, named.fixed(year, month, day)
    if (away := NEAR_YEARS.get(said[at : at + 2])) is not None:
        yield at + 2, named.in_year(away, month, day)
    yield at, named.yearly(month, day)


def years(said: Said) -> int | None:
    """A year: "2027", "zweitausendsiebenundzwanzig", "neunzehnhundertvierundachtzig"."""
    found = whole(plain(said))
    return found if found and _FIRST_YEAR <= found <= _LAST_YEAR else None


def _written_date(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    if found := _ISO.fullmatch(said[at]):
        yield at + 1, named.fixed(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DOTTED.fullmatch(said[at]):
        day, month, year = int(found[1]), int(found[2]), found[3]
        if not calendar.is_date(2000, month, day):
            return
        if year:
            yield at + 1, named.fixed(int(year) + (_CENTURY if len(year) == len("27") else 0), month, day)
        elif said[at].count(".") == 2 or (at > 0 and said[at - 1] in _ON):  # noqa: PLR2004 - 3.5. is a date, 3.5 a number
            yield at + 1, named.yearly(month, day)


def _holidays(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    for length in range(_LONGEST_NAME, 0, -1):
        name = said[at : at + length]
        if len(name) == length and name in HOLIDAYS:
            month, day = HOLIDAYS[name]
            yield from _with_year(said, at + length, month, day)
    if said[at] in _EASTER:
        yield at + 1, named.by_easter(_EASTER[said[at]])


def _ends(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """As in "ende des monats", "am letzten tag des monats", "anfang nächsten monats"."""
    match said[at : at + 4]:
        case ("monatsende", *_) | ("ultimo", *_):
            yield at + 1, named.edge("month", 0, end=True)
        case ("jahresende", *_):
            yield at + 1, named.edge("year", 0, end=True)
        case ("ende", "des" | "dieses" | "diesen", "monats" | "jahres" as span, *_):
            yield at + 3, named.edge(_OF[span], 0, end=True)
        case ("ende", "nächsten" | "kommenden", "monats" | "jahres" as span, *_):
            yield at + 3, named.edge(_OF[span], 1, end=True)
        case ("letzten" | "letzter", "tag", "des", "monats" | "jahres" as span):
            yield at + 4, named.edge(_OF[span], 0, end=True)
        case ("anfang", "nächsten" | "kommenden", "monats" | "jahres" as span, *_):
            yield at + 3, named.edge(_OF[span], 1, end=False)
        case _:
            return


_OF: Final = {"monats": "month", "jahres": "year"}


def _in(said: Said, at: int) -> Iterator[tuple[int, Day]]:
    """Whole days from now: "in drei tagen", "vor zwei wochen"."""
    if said[at] not in {"in", "vor"}:
        return
    for end in range(at + 2, min(len(said), at + 6)):
        if said[end] not in SPANS or said[at + 1 : end + 1] == ("acht", "tagen"):
            continue  # "in acht tagen" is in a week to most, in eight days to some
        how_many = count(said[at + 1 : end])
        if how_many is not None and how_many.denominator == 1 and how_many > 0:
            yield end + 1, named.later(int(how_many) * (1 if said[at] == "in" else -1), SPANS[said[end]])

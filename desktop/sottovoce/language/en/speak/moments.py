"""Dates, years and times of day, said as they are written: what could be read two ways is not decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.speak.numbers import cardinal, digits, ordinal, year
from sottovoce.language.en.speak.words import MONTHS, MONTHS_SHORT, WEEKDAYS_SHORT
from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.language.spoken.rules import Rule

_MONTH: Final = rf"(?:{one_of(MONTHS)}|(?:{one_of(MONTHS_SHORT)})\b\.?)"
_FIRST_YEAR, _LAST_YEAR = 1100, 2099
_HOURS, _MINUTES, _DAYS = 24, 60, 31
_NOT_ON: Final = r"(?![\w]|[.,:/-]\d)"


def _month(name: str) -> str:
    return MONTHS_SHORT.get(name.removesuffix("."), name)


def a_date(day: int, month: int, in_year: str = "") -> str | None:
    """A day of a month, and the year if there is one; None if there is no such day."""
    if not (1 <= month <= len(MONTHS) and 1 <= day <= _DAYS):
        return None
    said = f"{MONTHS[month - 1]} {ordinal(day)}"
    return f"{said}, {_year(in_year)}" if in_year else said


def _year(text: str) -> str:
    return f"twenty {_minutes(int(text))}" if len(text) == len("26") else year(int(text))


def _minutes(number: int) -> str:
    """05 -> oh five."""
    return f"oh {cardinal(number)}" if number < len(_TEN) else cardinal(number)


_TEN: Final = "0123456789"


def a_time(hour: int, minute: int, second: int | None = None, half: str = "") -> str | None:
    """A time of day; None if there is none such."""
    second = second or None  # nobody says "and no seconds"
    if hour > _HOURS or minute >= _MINUTES or (second or 0) >= _MINUTES:
        return None
    seconds = "" if second is None else f" and {cardinal(second)} second{'' if second == 1 else 's'}"
    part = f" {half.upper()} M" if half else ""
    if minute == 0 and not seconds:
        return f"{cardinal(hour)}{part}" if part else _whole_hour(hour)
    return f"{cardinal(hour)} {_minutes(minute) if minute else 'hundred'}{seconds}{part}"


def _whole_hour(hour: int) -> str:
    if hour in {0, _HOURS}:
        return "midnight"
    return f"{cardinal(hour)} o'clock" if hour <= _HOURS // 2 else f"{cardinal(hour)} hundred"


def _iso(match: re.Match[str]) -> str | None:
    date = a_date(int(match["day"]), int(match["month"]), match["year"])
    if date is None or match["hour"] is None:
        return date
    time = a_time(int(match["hour"]), int(match["minute"]), int(match["second"]) if match["second"] else None)
    return time and f"{date}, at {time}{' U T C' if match['zone'] == 'Z' else ''}"


def _numeric(match: re.Match[str]) -> str | None:
    """3/4/26 may be March or April: it is read as it stands."""
    first, second, in_year = int(match["first"]), int(match["second"]), match["year"]
    if match["sign"] == ".":
        return a_date(first, second, in_year)
    unclear = first != second and max(first, second) <= len(MONTHS)
    if not unclear and (date := a_date(second, first, in_year) or a_date(first, second, in_year)):
        return date
    return f"{cardinal(first)} slash {cardinal(second)} slash {_year(in_year)}"


def _month_first(match: re.Match[str]) -> str | None:
    return a_date(int(match["day"]), MONTHS.index(_month(match["name"])) + 1, match["year"] or "")


def _day_first(match: re.Match[str]) -> str | None:
    day = int(match["day"])
    if not 1 <= day <= _DAYS:
        return None
    the = "" if re.search(r"\bthe\s+$", before(match), re.IGNORECASE) else "the "
    month = _month(match["name"])
    return f"{the}{ordinal(day)} of {month}" + (f", {year(int(match['year']))}" if match["year"] else "")


def _month_year(match: re.Match[str]) -> str:
    return f"{_month(match['name'])} {year(int(match['year']))}"


def _clock(match: re.Match[str]) -> str | None:
    second = int(match["second"]) if match["second"] else None
    time = a_time(int(match["hour"]), int(match["minute"]), second, (match["half"] or "")[:1])
    return time and time + (" to" if match["to"] else "")


def _half_day(match: re.Match[str]) -> str | None:
    hour, begin = int(match["hour"]), match["begin"]
    if not 1 <= hour <= _HOURS // 2:
        return None
    said = f"{cardinal(hour)} {match['half'][:1].upper()} M" + (" to" if match["to"] else "")
    return f"{cardinal(int(begin))} to {said}" if begin else said


def _decade(match: re.Match[str]) -> str | None:
    told = match["century"] or match[0][0] in "'’"
    if not told and not re.search(
        r"\b(?:the|in|his|her|their|my|your|early|late|mid)\s+$", before(match), re.IGNORECASE
    ):
        return None  # 30 seconds
    tens = {"00": "hundreds", "10": "tens"}.get(match["tens"]) or f"{cardinal(int(match['tens'])).removesuffix('y')}ies"
    return f"{cardinal(int(match['century']))} {tens}" if match["century"] else tens


def _years(match: re.Match[str]) -> str | None:
    begin, end = int(match["begin"]), match["end"]
    if not _FIRST_YEAR <= begin <= _LAST_YEAR:
        return None
    return f"{year(begin)} to {year(int(end)) if len(end) == len('1999') else _minutes(int(end))}"


_YEAR_FOLLOWS: Final = re.compile(
    r"(?:\b(?:in|since|year|summer|spring|autumn|fall|winter|early|late|mid|circa|born|died|copyright|between\s+\d{4}\s+and"
    r"|from\s+\d{4}\s+to)|[©])\s+\(?$|\bbetween\s+$",
    re.IGNORECASE,
)
_MAYBE_YEAR: Final = re.compile(r"(?:\b(?:of|until|till|from|by|before|after|around|to|and)|[(,])\s*$", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"\s+(?:[a-z]+s\b|people|men|women|children|percent|more|other|different|[(]?[a-z]{1,3}[/)])"
)


def _alone(match: re.Match[str]) -> str | None:
    """A number of four digits that is a year by what stands around it."""
    number = int(match[0])
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    if _YEAR_FOLLOWS.search(before(match)) or re.match(r"\s+(?:AD|BC|BCE|CE)\b", after(match)):
        return year(number)
    return year(number) if _MAYBE_YEAR.search(before(match)) and not _COUNTED.match(after(match)) else None


def _weekday(match: re.Match[str]) -> str:
    return WEEKDAYS_SHORT[match["name"]]


def _groups(match: re.Match[str]) -> str | None:
    """A telephone number: digit by digit, with its gaps."""
    groups = re.findall(r"\d+", match[0])
    if sum(map(len, groups)) < len("5551234"):
        return None
    return ("plus " if match[0].startswith("+") else "") + ", ".join(map(digits, groups))


_SECOND: Final = r"(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_TO: Final = r"(?P<to>\s?[–-]\s?(?=\d))?"
_HALF: Final = r"(?P<half>[ap]m\b|[ap]\.m\.|[AP]M\b|[AP]\.M\.)"

MOMENTS: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)"
         rf"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d){_SECOND}(?P<zone>Z)?)?"
         r"(?![\w-])", _iso),
    rule(r"(?P<first>\d{1,2})(?P<sign>/)(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)(?![\w/-])", _numeric),
    rule(r"(?P<first>\d{1,2})(?P<sign>\.)\s?(?P<second>\d{1,2})\.\s?(?P<year>\d{4})(?![\w]|\.\d)", _numeric),
    rule(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)" + _SECOND + rf"(?:\s?{_HALF})?(?![\w:]){_TO}", _clock),
    rule(rf"(?:(?P<begin>\d{{1,2}})\s?[–-]\s?)?(?P<hour>\d{{1,2}})\s?{_HALF}{_TO}", _half_day),
    rule(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTH})(?![\w])"
         rf"(?:,?\s+(?P<year>\d{{4}}){_NOT_ON})?",
         _day_first),
    rule(r"(?P<begin>\d{4})\s?[–-]\s?(?P<end>\d{4}|\d\d)(?![\w]|[.,:/-]\d|\s?[%€$£°])", _years),
    rule(r"['’]?(?P<century>\d\d)?(?P<tens>\d0)['’]?s\b", _decade),
    rule(r"(?:\+|00)\d{1,3}(?:[ -]?\(?\d{1,5}\)?){2,6}(?!\w)", _groups),
    rule(r"\(\d{3}\)\s?\d{3}[ -]\d{4}(?!\w)", _groups),
    rule(r"\d{3}[ .-]\d{3}[ .-]\d{4}(?!\w|[.,-]\d)", _groups),
    rule(r"0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{2,5})?(?!\w|[.,-]\d)", _groups),
    rule(r"\d{4}(?![\w]|[.,:/'’-]\d)", _alone),
)  # fmt: skip
"""What begins with a figure."""

NAMED_MOMENTS: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}){_NOT_ON})?"
         r"(?![\w]|[.,:/%]\d|\s?%)",
         _month_first),
    rule(rf"(?P<name>{_MONTH}),?\s+(?P<year>1[1-9]\d\d|20\d\d){_NOT_ON}", _month_year),
    rule(rf"(?P<name>{one_of(WEEKDAYS_SHORT)})(?:\.(?=\s*[,\d])|(?=,?\s+(?:\d|{_MONTH}\s)))", _weekday),
    rule(rf"(?P<name>{one_of(set(MONTHS_SHORT) - {'May'})})\.", lambda match: _month(match["name"])),
)  # fmt: skip
"""What begins with a month or a day of the week."""

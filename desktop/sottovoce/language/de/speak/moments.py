"""Dates, years and times of day, said as they are written, each ordinal with the ending that its place wants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.speak.numbers import cardinal, digits, ordinal, year
from sottovoce.language.de.speak.words import MONTHS, MONTHS_SHORT, WEEKDAYS_SHORT
from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.language.spoken.rules import Rule

_MONTH: Final = rf"(?:{one_of(MONTHS)}|(?:{one_of(MONTHS_SHORT)})\b\.?)(?![\w])"
_FIRST_YEAR, _LAST_YEAR = 1100, 2099
_HOURS, _MINUTES, _DAYS = 24, 60, 31
_WEAK: Final = re.compile(
    r"\b(?:am|dem|den|vom|zum|zur|im|beim|des|jeden|jedem|diesem|diesen|letzten|nächsten|seinem|seinen|meinem|meinen|ihrem"
    r"|ihren|einem|einen|unserem|unseren|(?:in|an|auf|mit|von|bei|nach|aus|seit|zu|vor|unter|während|wegen) der|bis"
    r"|ab|seit|nach|vor|um)\s+$",
    re.IGNORECASE,
)
"""Before what ends in -n: "am dreißigsten"."""
_NAMED: Final = re.compile(
    r"\b(?:der|die|das|jeder|jede|jedes|dieser|diese|dieses|eine|meine|seine|ihre|unsere|keine|ins)\s+$", re.IGNORECASE
)
"""Before what ends in -e: "der dreißigste"."""
_STRONG: Final = re.compile(r"\b(?:ein|mein|sein|ihr|unser|kein)\s+$", re.IGNORECASE)


def ending(match: re.Match[str]) -> str:
    """That of an ordinal by the words before it; that of "dreißigster" where none tells."""
    there = before(match)
    if _WEAK.search(there) or re.search(r"\d\.\s+(?:bis|und|oder)\s+$", there):
        return "n"
    return "e" if _NAMED.search(there) else "r"


def has_article(match: re.Match[str]) -> bool:
    """Whether a word stands before a figure with a full stop that makes it an ordinal."""
    there = before(match)
    return bool(_WEAK.search(there) or _NAMED.search(there) or _STRONG.search(there))


def _month(name: str) -> str:
    return MONTHS_SHORT.get(name.removesuffix("."), name)


def _year(text: str) -> str:
    return cardinal(int(text)) if len(text) == len("26") else year(int(text))


def _date(match: re.Match[str], day: int, month: int, in_year: str) -> str | None:
    if not (1 <= month <= len(MONTHS) and 1 <= day <= _DAYS):
        return None
    said = f"{ordinal(day, ending(match))} {MONTHS[month - 1]}"
    return f"{said} {_year(in_year)}" if in_year else said


def a_time(hour: int, minute: int, second: int = 0) -> str | None:
    """A time of day: 19:05 -> neunzehn Uhr fünf; None if there is none such."""
    if hour > _HOURS or minute >= _MINUTES or second >= _MINUTES:
        return None
    said = f"{cardinal(hour, 'neuter')} Uhr"
    if minute or second:
        said += f" {cardinal(minute)}"
    return f"{said} und {cardinal(second, 'feminine')} Sekunde{'' if second == 1 else 'n'}" if second else said


def _clock(match: re.Match[str]) -> str | None:
    time = a_time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    if time is None:
        return None
    return f"{time} bis" if match["to"] else time


def _hours(match: re.Match[str]) -> str | None:
    """8-10 Uhr."""
    begin, hour = match["begin"], int(match["hour"])
    if hour > _HOURS:
        return None
    until = f"{cardinal(int(begin), 'neuter')} bis " if begin else ""
    return f"{until}{cardinal(hour, 'neuter')} Uhr"


def _iso(match: re.Match[str]) -> str | None:
    date = _date(match, int(match["day"]), int(match["month"]), match["year"])
    if date is None or match["hour"] is None:
        return date
    time = a_time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    return time and f"{date}, {time}"


def _numeric(match: re.Match[str]) -> str | None:
    return _date(match, int(match["day"]), int(match["month"]), match["year"] or "")


def _named(match: re.Match[str]) -> str | None:
    return _date(match, int(match["day"]), MONTHS.index(_month(match["name"])) + 1, match["year"] or "")


def _span(match: re.Match[str]) -> str | None:
    """1.-3. Mai."""
    begin, end = int(match["begin"]), int(match["end"])
    if not (1 <= begin <= _DAYS and 1 <= end <= _DAYS):
        return None
    how = ending(match)
    return f"{ordinal(begin, how)} bis {ordinal(end, how)}"


def _ordinal(match: re.Match[str]) -> str | None:
    """A figure with a full stop that is an ordinal by the word before it: "im 2. Stock"."""
    return ordinal(int(match["number"]), ending(match)) if has_article(match) else None


def _decade(match: re.Match[str]) -> str:
    number = int(match["number"])
    return f"{year(number)}er"


def _years(match: re.Match[str]) -> str | None:
    begin, end = int(match["begin"]), match["end"]
    if not _FIRST_YEAR <= begin <= _LAST_YEAR:
        return None
    return f"{year(begin)} bis {_year(end)}"


_YEAR_FOLLOWS: Final = re.compile(
    r"(?:\b(?:jahr|jahre|jahres|seit|sommer|winter|frühling|frühjahr|herbst|anfang|ende|mitte|geboren|gestorben|gegründet"
    rf"|copyright|zwischen|{'|'.join(MONTHS)}|{'|'.join(f'{name}' for name in MONTHS_SHORT)}\.?)|[©*†])\s+\(?$",
    re.IGNORECASE,
)
_MAYBE_YEAR: Final = re.compile(r"(?:\b(?:von|bis|ab|nach|vor|um|in|und)|[(,])\s*$", re.IGNORECASE)


def _alone(match: re.Match[str]) -> str | None:
    """A number of four digits that is a year by what stands around it."""
    number = int(match[0])
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    if _YEAR_FOLLOWS.search(before(match)) or re.match(r"\s+[nv]\.\s?Chr", after(match)):
        return year(number)
    return year(number) if _MAYBE_YEAR.search(before(match)) and not re.match(r"\s+[A-ZÄÖÜ%€]", after(match)) else None


def _groups(match: re.Match[str]) -> str | None:
    """A telephone number: digit by digit, with its gaps."""
    groups = re.findall(r"\d+", match[0])
    if sum(map(len, groups)) < len("5551234"):
        return None
    return ("plus " if match[0].startswith("+") else "") + ", ".join(map(digits, groups))


_SECOND: Final = r"(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_TO: Final = r"(?P<to>\s?[–-]\s?(?=\d))?"

MOMENTS: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)"
         rf"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d){_SECOND}Z?)?(?![\w-])", _iso),
    rule(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d(?!\d))(?![\w]|\.\d|,\d)", _numeric),
    rule(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>)(?!\d|\w)", _numeric),
    rule(rf"(?P<day>\d{{1,2}})\.\s*(?P<name>{_MONTH})(?:\s+(?P<year>\d{{4}})(?![\w]|[.,]\d))?", _named),
    rule(rf"(?P<begin>\d{{1,2}})\.\s?[–-]\s?(?P<end>\d{{1,2}})\.(?=\s*{_MONTH})", _span),
    rule(rf"(?P<begin>\d{{1,2}})\.\s+(?=(?:bis|und|oder)\s+(?:zum\s+)?\d{{1,2}}\.\s*{_MONTH})",
         lambda match: f"{ordinal(int(match['begin']), ending(match))} " if int(match["begin"]) <= _DAYS else None),
    rule(rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d){_SECOND}(?:\s?(?:Uhr|h)\b)?(?![\w:]){_TO}", _clock),
    rule(rf"(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?P<second>)(?:{_TO}(?=\d{{1,2}}\.\d\d\s?Uhr\b)|\s?Uhr\b)", _clock),
    rule(r"(?:(?P<begin>\d{1,2})\s?[–-]\s?)?(?P<hour>\d{1,2})\s?Uhr\b(?!\s+\d)", _hours),
    rule(r"(?P<begin>\d{4})\s?[–-]\s?(?P<end>\d{4}|\d\d)(?![\w]|[.,:/-]\d|\s?[%€$£°])", _years),
    rule(r"(?P<number>\d{2,4})er\b", _decade),
    rule(r"(?P<number>\d{1,3})\.(?=\s+[A-ZÄÖÜa-zäöü])", _ordinal),
    rule(r"(?:\+|00)\d{1,3}(?:[ -]?\(?\d{1,5}\)?){2,6}(?!\w)", _groups),
    rule(r"0\d{2,5}\s?[ /-]\s?\d{3,8}(?:[ -]\d{2,5})*(?!\w|[.,-]\d)", _groups),
    rule(r"\d{4}(?![\w]|[.,:/'’-]\d)", _alone),
)  # fmt: skip
"""What begins with a figure."""

NAMED_MOMENTS: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<name>{_MONTH})\s+(?P<year>1[1-9]\d\d|20\d\d)(?![\w]|[.,]\d)",
         lambda match: f"{_month(match['name'])} {year(int(match['year']))}"),
    rule(rf"(?P<name>{one_of(WEEKDAYS_SHORT)})\.?(?=,\s*(?:der|den|dem|\d))|(?P<name2>{one_of(WEEKDAYS_SHORT)})\.(?=\s+\d)",
         lambda match: WEEKDAYS_SHORT[match["name"] or match["name2"]]),
    rule(rf"(?P<name>{one_of(set(MONTHS_SHORT) - {'Mai'})})\.", lambda match: _month(match["name"])),
)  # fmt: skip
"""What begins with a month or a day of the week."""

"""Days that are named from today on ("tomorrow at nine") as the days they are: told later, they would be others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sottovoce.language.en.grammar import DAYS, MONTHS, date_in_words

if TYPE_CHECKING:
    from datetime import date, datetime

_NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero,a an one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen".split(",")  # noqa: SIM905
    )
    for word in words.split()
}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAY = "|".join(DAYS)
_NO_NAME = (
    "".join(
        rf"(?<!\b{word} )"
        for word in "the a an my your our his her their its every each".split()  # noqa: SIM905
    )
    + r"(?<!\bday after )(?<!\bday before )"
)
"""Behind these it is a part of what something is called: "the today show"."""
_GOES_ON = (
    "at|from|until|till|and|or|but|because|with|for|by|to|so|i|i'm|we|he|she|they|it|you|my|our|the|a|an|after|before"
    "|around|about|when|if|as|is|are|was|were|will|has|have|that|already|again|too|please|where|who|which"
)
_OF_A_NAME = re.compile(rf"\s+(?!(?:{_GOES_ON})\b)[^\W\d]", re.IGNORECASE)
_OF_A_TITLE = re.compile(rf"\s+(?!(?:{_GOES_ON}|in|on|of)\b)[^\W\d]", re.IGNORECASE)
"""Behind a day that an article stands before, what makes it a part of a name: "the last friday in may"."""
_RELATIVE = re.compile(
    rf"(?<!\S){_NO_NAME}(?P<prep>(?:on|for|by|until|from|since) )?(?:"
    r"(?:(?P<after>(?:the )?day after tomorrow)|(?P<before>the day before yesterday))"
    r"(?: (?P<awaypart>morning|afternoon|evening|night))?"
    r"|(?P<named>tomorrow|yesterday|today)(?: (?P<part>morning|afternoon|evening|night))?"
    rf"|(?P<the>the )?(?P<which>next|this|last|this coming|coming) (?P<weekday>{_DAY})"
    r"(?: (?P<daypart>morning|afternoon|evening|night))?"
    r"|(?P<this>this|tonight)(?: (?P<thispart>morning|afternoon|evening))?(?! (?:week|month|year)\b)"
    rf"|in {_COUNT} (?P<unit>days?|weeks?|months?|years?)"
    rf"|{_COUNT.replace('count', 'ago')} (?P<agounit>days?|weeks?|months?|years?) ago"
    r"|(?P<step>next|last|this) (?P<span>week|month|year))(?=[.,;:!?)]*(?:\s|$))",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:favou?rite|called|named|titled)\b", re.IGNORECASE)
"""Behind these stands what somebody made up: "the day after tomorrow" is a film."""
_IS_BEHIND = re.compile(r" (?:is|was|will be)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:at|around|from|until|by|before|after) (?:half past |quarter (?:past|to) |noon|midnight|\d{1,2}\b"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|\b\d{1,2}(?::\d\d| ?(?:am|pm|o'clock))",
    re.IGNORECASE,
)
_WEEK = 7
_YEAR_MONTHS = 12


def resolved(text: str, now: datetime) -> str:
    """The text with each day that it counts from today on by its date; what names none is as it was."""
    if _TITLED.search(text):
        return text
    return _RELATIVE.sub(lambda found: _named(found, now.date()), text)


def names_a_coming_day(text: str) -> bool:
    """Whether it tells of a day or hour ahead, and so of more than this moment: "tomorrow", "tonight at eight"."""
    for found in _RELATIVE.finditer(text):
        if found["after"] or found["weekday"] or found["count"] or (found["named"] or "").casefold() == "tomorrow":
            return True
        if found["step"] and found["step"].casefold() == "next":
            return True
        if ((found["named"] or "").casefold() == "today" or found["this"]) and _CLOCK.search(text):
            return True
    return False


def _is_of_a_name(found: re.Match[str]) -> bool:
    """Whether an article stands before the day, and more behind it that is named so: "the day after tomorrow movie"."""
    if found["the"]:
        return bool(_OF_A_NAME.match(found.string, found.end()))
    if not found.start() or found["awaypart"] or not (found["after"] or found["before"]):
        return False
    return bool(_OF_A_TITLE.match(found.string, found.end()))


def _named(found: re.Match[str], today: date) -> str:
    """One such day by its date, with the words around it that still fit."""
    if _is_of_a_name(found):
        return found[0]
    part = found["part"] or found["thispart"] or found["daypart"] or found["awaypart"]
    named, step = (found["named"] or "").casefold(), (found["step"] or "").casefold()
    if found["step"]:
        return f"{found['prep'] or ''}{_span(step, found['span'].casefold(), today)}"
    if found["this"] and found["this"].casefold() == "this" and not part:
        return found[0]
    if found["this"]:
        day, part = today, part or "night"
    elif found["weekday"]:
        day = _weekday(found["which"].casefold(), found["weekday"].capitalize(), today)
    elif found["count"] or found["ago"]:
        sign, count = (1, found["count"]) if found["count"] else (-1, found["ago"])
        number = int(count) if count.isdigit() else _NUMBERS[count.casefold()]
        unit = (found["unit"] or found["agounit"]).casefold().removesuffix("s")
        if unit in {"month", "year"}:
            return f"in {_month(today, sign * number * (1 if unit == 'month' else _YEAR_MONTHS), unit)}"
        day = today + timedelta(days=sign * number * (_WEEK if unit == "week" else 1))
    else:
        away = {"tomorrow": 1, "yesterday": -1}.get(named, 0)
        day = today + timedelta(days=2 if found["after"] else -2 if found["before"] else away)
    begins = not found.start() and _IS_BEHIND.match(found.string, found.end())  # "tomorrow is my birthday"
    prep = (found["prep"] or ("" if begins else "on ")).casefold()
    if begins:
        return date_in_words(day)
    return f"{prep}{f'the {part} of ' if part else ''}{date_in_words(day)}"


def _weekday(which: str, name: str, today: date) -> date:
    """Next Friday is the first one ahead, this Friday too; last Friday the one before."""
    ahead = (DAYS.index(name) - today.weekday()) % _WEEK
    if which == "last":
        return today - timedelta(days=_WEEK - ahead if ahead else _WEEK)
    return today + timedelta(days=ahead or _WEEK)


def _span(step: str, span: str, today: date) -> str:
    sign = {"next": 1, "last": -1, "this": 0}[step]
    if span == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=sign * _WEEK)
        return f"in the week of {date_in_words(monday)}"
    return f"in {_month(today, sign * (1 if span == 'month' else _YEAR_MONTHS), span)}"


def _month(today: date, months: int, unit: str) -> str:
    year, month = divmod(today.year * _YEAR_MONTHS + today.month - 1 + months, _YEAR_MONTHS)
    return str(year) if unit == "year" else f"{MONTHS[month]} {year}"

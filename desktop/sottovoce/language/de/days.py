"""Days that German names from today on ("morgen um neun") as the days they are: told later, they would be others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sottovoce.language.de.grammar import DAYS, MONTHS

if TYPE_CHECKING:
    from datetime import date, datetime

_NUMBERS = dict.fromkeys(("ein", "eine", "einem", "einer", "einen"), 1) | {
    word: number
    for number, word in enumerate(
        ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn"), 2
    )
}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAY = "|".join((*DAYS, "Sonnabend"))
_PART = r"früh|morgen|vormittag|mittag|nachmittag|abend|nacht"
_UNIT = r"tag(?:e|en)?|wochen?|monat(?:e|en)?|jahr(?:e|en)?"
_AWAY = {"heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2}
_RELATIVE = re.compile(
    r"(?<!\S)(?P<prep>(?:am|für|bis|ab|seit|von) )?(?:"
    rf"(?P<named>heute|übermorgen|vorgestern|gestern|(?<!am )(?<!jeden )(?<!guten )(?<!diesen )(?<!der )(?<!den )"
    rf"(?<!vom )(?<!eines )(?<!mittwoch )morgen)(?: (?P<part>{_PART}))?"
    rf"|(?P<which>nächste|kommende|letzte|vergangene|diese)(?P<ending>[nrsm]?) (?:(?P<weekday>{_DAY})"
    r"(?: ?(?P<daypart>vormittag|mittag|nachmittag|abend|nacht))?|(?P<span>woche|monat|jahr)(?:es|s)?)"
    rf"|in {_COUNT} (?P<unit>{_UNIT})"
    rf"|vor {_COUNT.replace('count', 'ago')} (?P<agounit>{_UNIT})"
    r")(?=[.,;:!?)]*(?:\s|$))",
    re.IGNORECASE,
)
_OWNERS = r"(?:k?ein|mein|dein|sein|ihr|unser|euer)(?:e[mnrs]?)?|dem|des|jede[mnrs]?|diese[mnrs]?"
_GOES_ON = (
    "ab|als|am|an|auf|aus|bei|beim|bis|da|damit|dass|denn|durch|für|gegen|im|in|ja|mit|nach|ob|oder|um|und|von|vom"
    "|vor|weil|wenn|zu|zum|zur|über|unter|ich|du|er|sie|es|wir|ihr|sehr|wieder|schon|noch"
)
_IN_A_NAME = re.compile(rf"\b(?:(?P<sure>{_OWNERS})|das|die|der|den) $", re.IGNORECASE)
_OF_A_NAME = re.compile(rf"\s+(?!(?:{_GOES_ON}|ist|wird)\b)[^\W\d]\S*\s+(?!(?:{_GOES_ON})\b)", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:lieblings\w*|heißt|heiße|namens|genannt)\b", re.IGNORECASE)
"""Behind these stands what somebody made up: "Übermorgen" is a film."""
_CLOCK = re.compile(
    r"\b(?:um|gegen|ab|bis|vor|nach) (?:halb |viertel (?:vor |nach |))?(?:\d{1,2}\b|eins?|zwei|drei|vier|fünf|sechs"
    r"|sieben|acht|neun|zehn|elf|zwölf|mittag|mitternacht)|\b\d{1,2}(?::\d\d)? uhr\b",
    re.IGNORECASE,
)
_PARTS = {
    "früh": "früh", "morgen": "morgens", "vormittag": "vormittags", "mittag": "mittags", "nachmittag": "nachmittags",
    "abend": "abends", "nacht": "nachts",
}  # fmt: skip
_ACCUSATIVE = ("bis ", "für ")
_WEEK = 7
_YEAR_MONTHS = 12


def resolved(text: str, now: datetime) -> str:
    """The text with each day that it counts from today on by its date; what names none is as it was."""
    if _TITLED.search(text):
        return text
    return _RELATIVE.sub(lambda found: _named(found, now.date()), text)


def names_a_coming_day(text: str) -> bool:
    """Whether it tells of a day or hour ahead, and so of more than this moment: "morgen", "heute um acht"."""
    for found in _RELATIVE.finditer(text):
        named, which = (found["named"] or "").casefold(), (found["which"] or "").casefold()
        if found["count"] or named in {"morgen", "übermorgen"} or which in {"nächste", "kommende"}:
            return True
        if named == "heute" and _CLOCK.search(text):
            return True
    return False


def _is_of_a_name(found: re.Match[str]) -> bool:
    """Whether an article before it makes it a part of a name: "das heute journal", but not "der, der heute kommt"."""
    article = _IN_A_NAME.search(found.string, 0, found.start())
    if article is None or found["prep"]:
        return False
    return bool(article["sure"] or found["which"] or _OF_A_NAME.match(found.string, found.end()))


def _named(found: re.Match[str], today: date) -> str:
    """One such day by its date, with the words around it that still fit."""
    if _is_of_a_name(found):
        return found[0]
    prep = (found["prep"] or "").casefold()
    if found["which"]:
        sign = {"nächste": 1, "kommende": 1, "diese": 0}.get(found["which"].casefold(), -1)
        if found["span"]:
            return f"{prep}{_span(sign, found['span'].casefold(), today)}"
        day = _weekday(sign, found["weekday"].capitalize(), today)
        return _day(found, prep, day, found["daypart"])
    if found["named"]:
        return _day(found, prep, today + timedelta(days=_AWAY[found["named"].casefold()]), found["part"])
    sign, count = (1, found["count"]) if found["count"] else (-1, found["ago"])
    number = int(count) if count.isdigit() else _NUMBERS[count.casefold()]
    unit = (found["unit"] or found["agounit"]).casefold()
    if unit.startswith(("monat", "jahr")):
        return _month(today, sign * number * (1 if unit.startswith("monat") else _YEAR_MONTHS), unit)
    return _day(found, prep, today + timedelta(days=sign * number * (_WEEK if unit.startswith("woche") else 1)), None)


def _day(found: re.Match[str], prep: str, day: date, part: str | None) -> str:
    """A date in the case that the word before it wants: "am Montag, dem 30. November 2026"."""
    the = "den" if prep in _ACCUSATIVE else "dem"
    goes_on = found.string[found.end() :].strip()
    date_ = f"{prep or 'am '}{DAYS[day.weekday()]}, {the} {day.day}. {MONTHS[day.month - 1]} {day.year}"
    ends = "," if part or (goes_on and goes_on[0] not in ".,;:!?)") else ""
    return f"{date_}{ends}{f' {_PARTS[part.casefold()]}' if part else ''}"


def _weekday(sign: int, name: str, today: date) -> date:
    """Next Friday is the first one ahead, this Friday too; last Friday the one before."""
    name = "Samstag" if name == "Sonnabend" else name
    ahead = (DAYS.index(name) - today.weekday()) % _WEEK
    if sign < 0:
        return today - timedelta(days=_WEEK - ahead if ahead else _WEEK)
    return today + timedelta(days=ahead or _WEEK)


def _span(sign: int, span: str, today: date) -> str:
    if span == "woche":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=sign * _WEEK)
        return f"in der Woche vom {monday.day}. {MONTHS[monday.month - 1]} {monday.year}"
    return _month(today, sign * (1 if span == "monat" else _YEAR_MONTHS), span)


def _month(today: date, months: int, unit: str) -> str:
    year, month = divmod(today.year * _YEAR_MONTHS + today.month - 1 + months, _YEAR_MONTHS)
    return f"im Jahr {year}" if unit.startswith("jahr") else f"im {MONTHS[month]} {year}"

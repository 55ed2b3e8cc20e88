"""Lengths of time, and how units are counted."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.hear.numbers import ONE, fraction, number, small
from sottovoce.language.hearing.measuring import Counting, added, measured

if TYPE_CHECKING:
    from sottovoce.language.hearing.tokens import Said

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
SECONDS: Final = {
    **dict.fromkeys(("sekunde", "sekunden", "sek", "s"), 1),
    **dict.fromkeys(("minute", "minuten", "min", "m"), _MINUTE),
    **dict.fromkeys(("stunde", "stunden", "std", "h"), _HOUR),
    **dict.fromkeys(("tag", "tage", "tagen", "d"), _DAY),
    **dict.fromkeys(("woche", "wochen"), 7 * _DAY),
}
_LETTERS: Final = frozenset(name for name in SECONDS if len(name) == 1)
_SMALLER: Final = {
    name: "minute" if size == _HOUR else "sekunde" for name, size in SECONDS.items() if size in {_HOUR, _MINUTE}
}
_GLUED: Final = {"viertelstunde": "viertel stunde", "dreiviertelstunde": "dreiviertel stunde",
                 "viertelstunden": "viertel stunden", "dreiviertelstunden": "dreiviertel stunden"}  # fmt: skip
_MORE: Final = frozenset({"weitere", "weiteren", "noch"})
_ROUGHLY: Final = frozenset({"genau", "etwa", "ungefähr", "circa", "ca", "rund"})
_HALF: Final = frozenset({"halbe", "halben", "halber", "halbes"})
_APART: Final = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_CLOCKED: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")


def count(said: Said) -> Fraction | None:
    """How many, as it is said before a unit: "eine", "eine halbe", "anderthalb", "noch fünf"."""
    said = tuple(word for word in said if word not in _MORE)
    match said:
        case (one,) if one in ONE:
            return Fraction(1)
        case (half,) if half in _HALF:
            return Fraction(1, 2)
        case ("viertel",):
            return Fraction(1, 4)
        case (one, "dreiviertel") if one in ONE:
            return Fraction(3, 4)
        case _:
            return number(said)


COUNTING: Final = Counting(count, fraction, small, "und")


def _unit_at(said: Said, at: int) -> tuple[str, int] | None:
    name = said[at]
    if name not in SECONDS or (name in _LETTERS and not said[at - 1][-1].isdecimal()):
        return None
    return name, at + 1


def seconds(said: Said) -> Fraction | None:
    """A length of time."""
    if said[:1] and said[0] in _ROUGHLY:
        said = said[1:]
    if len(said) == 1 and (clocked := _CLOCKED.fullmatch(said[0])):
        return Fraction(int(clocked[1]) * _HOUR + int(clocked[2]) * _MINUTE + int(clocked[3]))
    found = measured(apart(said), _unit_at, COUNTING)
    return added(found, SECONDS, _SMALLER) if found else None


def apart(said: Said) -> Said:
    """Words and units that are written in one, each by itself: "dreiviertelstunde", "1h30"."""
    found: list[str] = []
    for word in said:
        if word in _GLUED:
            found += _GLUED[word].split()
        elif word[0].isdecimal():
            found += _APART.sub(" ", word.removesuffix(".") if word[-2:-1].isalpha() else word).split()
        else:
            found.append(word.removesuffix(".") if word.rstrip(".") in SECONDS else word)
    return tuple(found)

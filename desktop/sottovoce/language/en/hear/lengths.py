"""Lengths of time, and how units are counted."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.hear.numbers import fraction, number, small
from sottovoce.language.hearing.measuring import Counting, measured

if TYPE_CHECKING:
    from sottovoce.language.hearing.tokens import Said

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
SECONDS: Final = {
    **dict.fromkeys(("second", "seconds", "sec", "secs", "s"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "m"), _MINUTE),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), _HOUR),
    **dict.fromkeys(("day", "days", "d"), _DAY),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "w"), 7 * _DAY),
    **dict.fromkeys(("fortnight", "fortnights"), 14 * _DAY),
}
_LETTERS: Final = frozenset(name for name in SECONDS if len(name) == 1)
"""Of these only figures are written: "90 s"."""
_SMALLER: Final = {_HOUR: _MINUTE, _MINUTE: 1}
_A: Final = frozenset({"a", "an"})
_APART: Final = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_CLOCKED: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")


def count(said: Said) -> Fraction | None:  # noqa: PLR0911 - one way of counting after the other
    """How many, as it is said before a unit: "a", "half an", "two and a half", "a couple of", "another five"."""
    if said and said[0] == "another":
        return Fraction(1) if len(said) == 1 else count(said[1:])
    if said and said[-1] in {"more", "further"}:
        return count(said[:-1])
    if said in {("a",), ("an",), ("one",)}:
        return Fraction(1)
    if said in {("a", "half"), ("half",), ("one", "half")}:
        return Fraction(1, 2)
    if said in {("a", "quarter"), ("quarter",)}:
        return Fraction(1, 4)
    if said and said[-1] == "of":  # "a couple of minutes"
        return number(said[:-1]) if said[-2:-1] in {("couple",), ("pair",), ("dozen",)} else None
    if len(said) > 1 and said[-1] in _A:
        front = said[:-2] if said[-2] == "of" else said[:-1]
        return Fraction(1, 4) if front == ("quarter",) else fraction(front)
    return number(said)


COUNTING: Final = Counting(count, fraction, small, "and")


def _unit_at(said: Said, at: int) -> tuple[str, int] | None:
    name = said[at]
    if name not in SECONDS or (name in _LETTERS and not said[at - 1][-1].isdecimal()):
        return None
    return name, at + 1


def seconds(said: Said) -> Fraction | None:
    """A length of time."""
    if len(said) == 1 and (clocked := _CLOCKED.fullmatch(said[0])):
        return Fraction(int(clocked[1]) * _HOUR + int(clocked[2]) * _MINUTE + int(clocked[3]))
    said = apart(said)
    parts = measured(said, _unit_at, COUNTING)
    if parts is None:
        return None
    total, last = Fraction(), 0
    for how_many, name in parts:
        unit = _SMALLER.get(last, 0) if name is None else SECONDS[name]
        if unit == 0 or (last and unit >= last) or how_many < 0 or (name is None and how_many >= _MINUTE):
            return None
        total, last = total + how_many * unit, unit
    return total or None


def apart(said: Said) -> Said:
    """Figures and the letters behind them as words of their own: "1h30" as "1 h 30"."""
    if not any((word[0].isdecimal() and not word[-1].isdecimal()) or "h" in word for word in said):
        return said
    return tuple(
        part for word in said for part in (_APART.sub(" ", word).split() if word[0] in "0123456789.-" else (word,))
    )

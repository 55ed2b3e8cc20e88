"""Lengths of time, and how units are counted."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.hear.numbers import fraction, number, small
from sottovoce.language.hearing.measuring import Counting, added, measured

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
_SMALLER: Final = {
    name: "minute" if size == _HOUR else "second" for name, size in SECONDS.items() if size in {_HOUR, _MINUTE}
}
_ROUGHLY: Final = frozenset({"exactly", "about", "around", "roughly", "approximately"})
_A: Final = frozenset({"a", "an"})
_HEARD_FOR: Final = frozenset({"four", "two"})
"""What "for" and "to" are heard as: "four ten minutes" are not four hundred and ten."""
_TEN: Final = 10
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
    if len(said) == 2 and said[0] in _HEARD_FOR and (small(said[1:]) or 0) >= _TEN:  # noqa: PLR2004 - "four ten"
        return None
    return number(said)


COUNTING: Final = Counting(count, fraction, small, "and")


def _unit_at(said: Said, at: int) -> tuple[str, int] | None:
    name = said[at]
    if name not in SECONDS or (name in _LETTERS and not said[at - 1][-1].isdecimal()):
        return None
    return name, at + 1


def seconds(said: Said) -> Fraction | None:
    """A length of time."""
    if said[:1] and said[0] in _ROUGHLY:
        said = said[1:]
    if said[-2:] == ("and", "one"):  # "five minutes and one for ten": another one
        return None
    if len(said) > 1 and said[0] in {"hour", "minute"}:  # "hour and a half": the article is hardly heard
        said = ("an", *said)
    if len(said) == 1 and (clocked := _CLOCKED.fullmatch(said[0])):
        return Fraction(int(clocked[1]) * _HOUR + int(clocked[2]) * _MINUTE + int(clocked[3]))
    found = measured(apart(said), _unit_at, COUNTING)
    return added(found, SECONDS, _SMALLER) if found else None


def apart(said: Said) -> Said:
    """Figures and the letters behind them as words of their own: "1h30" as "1 h 30"."""
    if not any((word[0].isdecimal() and not word[-1].isdecimal()) or "h" in word for word in said):
        return said
    return tuple(
        part for word in said for part in (_APART.sub(" ", word).split() if word[0] in "0123456789.-" else (word,))
    )

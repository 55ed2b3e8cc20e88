"""Numbers of units, one after the other: lengths of time and all other quantities."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.domain.units import UNITS, Dimension
from sottovoce.domain.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.language.hearing.tokens import Said


@dataclass(frozen=True, slots=True)
class Counting:
    """How a language counts."""

    count: Callable[[Said], Fraction | None]
    """How many, as it is said before a unit."""
    fraction: Callable[[Said], Fraction | None]
    """A part of one."""
    small: Callable[[Said], int | None]
    """A number below a hundred."""
    joining: str
    """What stands between two: "and"."""


@dataclass(slots=True)
class Measured:
    """Numbers and their units, and a bare number behind the last."""

    parts: list[tuple[Fraction, str]]
    bare: int | None = None

    def all(self, smaller: Mapping[str, str]) -> list[tuple[Fraction, str]] | None:
        """With the bare number in the unit that is meant by it; None where there is none such."""
        if self.bare is None:
            return self.parts
        unit = smaller.get(self.parts[-1][1])
        return None if unit is None else [*self.parts, (Fraction(self.bare), unit)]


def measured(said: Said, unit_at: Callable[[Said, int], tuple[str, int] | None], counting: Counting) -> Measured | None:
    """Numbers and their units; None where not all of the words are such.

    Args:
        said: The words.
        unit_at: The unit that begins at a word, and behind which word it ends.
        counting: How the language counts.
    """
    found: list[tuple[Fraction, str]] = []
    start = at = 0
    joined = False
    while at < len(said):
        unit = unit_at(said, at) if at > start else None
        how_many = counting.count(said[start:at]) if unit else None
        if unit is None or how_many is None:
            at += 1
            continue
        found.append((how_many, unit[0]))
        start, joined = _behind_joining(said, unit[1], counting.joining)
        at = start
    rest = said[start:]
    if not found or not rest:
        return Measured(found) if found and not joined else None
    part = counting.fraction(rest) if joined else None
    if part is not None and part < 1:  # "an hour and a half"
        found[-1] = (found[-1][0] + part, found[-1][1])
        return Measured(found)
    number = counting.small(rest)
    return None if number is None else Measured(found, number)


def summed(found: Measured, smaller: Mapping[str, str]) -> Quantity | None:
    """What larger and smaller units make together, in the first one; None where they do not go together.

    Args:
        found: Numbers and units.
        smaller: The unit that is meant by a bare number behind another: inches behind feet.
    """
    parts = found.all(smaller)
    if parts is None:
        return None
    total, name = parts[0]
    last = name
    for number, unit in parts[1:]:
        if UNITS[unit].dimension is not UNITS[name].dimension or UNITS[name].dimension in _NO_SUMS:
            return None
        if total < 0 or number < 0 or number * UNITS[unit].size >= UNITS[last].size:
            return None
        total, last = total + number * UNITS[unit].size / UNITS[name].size, unit
    return Quantity(total, name)


def added(found: Measured, sizes: Mapping[str, int], smaller: Mapping[str, str]) -> Fraction | None:
    """What larger and smaller units of time make together, in seconds; None unless each is smaller than the one before.

    Args:
        found: Numbers and units.
        sizes: Seconds of each unit.
        smaller: As in `summed`.
    """
    total, last = Fraction(), 0
    for number, unit in found.all(smaller) or ():
        size = sizes[unit]
        if number < 0 or (last and (size >= last or (found.bare is not None and number * size >= last))):
            return None
        total, last = total + number * size, size
    return total or None


_NO_SUMS: Final = frozenset({Dimension.TEMPERATURE, Dimension.CONSUMPTION})


def _behind_joining(said: Said, at: int, joining: str) -> tuple[int, bool]:
    """Where the next number begins, and whether a joining word stands before it."""
    begin = at
    at += said[at : at + 1] == (",",)
    at += said[at : at + 1] == (joining,)
    return at, at > begin

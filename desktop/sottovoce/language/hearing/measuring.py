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


def measured(
    said: Said, unit_at: Callable[[Said, int], tuple[str, int] | None], counting: Counting
) -> list[tuple[Fraction, str | None]] | None:
    """Numbers and their units; None as the unit of a last bare number.

    Args:
        said: The words.
        unit_at: The unit that begins at a word, and behind which word it ends.
        counting: How the language counts.
    """
    found: list[tuple[Fraction, str | None]] = []
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
        return None if joined else found or None
    part = counting.fraction(rest) if joined else None
    if part is not None and part < 1:  # "an hour and a half"
        found[-1] = (found[-1][0] + part, found[-1][1])
        return found
    number = counting.small(rest)
    return None if number is None else [*found, (Fraction(number), None)]


def summed(parts: list[tuple[Fraction, str | None]], smaller: Mapping[str, str]) -> Quantity | None:
    """What larger and smaller units make together, in the first one; None where they do not go together.

    Args:
        parts: Numbers and units, as `measured` gives them.
        smaller: The unit that is meant by a bare number behind another: inches behind feet.
    """
    how_many, name = parts[0]
    if name is None:
        return None
    total, last = how_many, name
    for number, named in parts[1:]:
        unit = smaller.get(last) if named is None else named
        if unit is None or UNITS[unit].dimension is not UNITS[name].dimension or UNITS[name].dimension in _NO_SUMS:
            return None
        size = UNITS[unit].size / UNITS[last].size
        if how_many < 0 or number < 0 or number * size >= 1:
            return None
        total, last = total + number * UNITS[unit].size / UNITS[name].size, unit
    return Quantity(total, name)


_NO_SUMS: Final = frozenset({Dimension.TEMPERATURE, Dimension.CONSUMPTION})


def _behind_joining(said: Said, at: int, joining: str) -> tuple[int, bool]:
    """Where the next number begins, and whether a joining word stands before it."""
    begin = at
    at += said[at : at + 1] == (",",)
    at += said[at : at + 1] == (joining,)
    return at, at > begin

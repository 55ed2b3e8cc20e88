"""English grammar: plurals, lists, lengths of time, the clock, the calendar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.language.amounts import is_one
from sottovoce.language.en.person import clause, own, second_person, sentence
from sottovoce.language.en.told import (
    DAYS,
    MONTHS,
    amount,
    clock,
    duration,
    enumeration,
    ordinal,
    quantity,
    repeats,
    when,
)
from sottovoce.language.en.units import unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sottovoce.language.grammar import Grammar

__all__ = [
    "DAYS",
    "GRAMMAR",
    "MONTHS",
    "clock",
    "date_in_words",
    "enumeration",
    "length",
    "month",
    "number",
    "plural",
    "weekday",
]

_SHORT: Final = 3
"""Letters of a short name."""
_LENGTHS: Final = ((86_400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second"))


def plural(number: float) -> str:
    """CLDR: one thing, else others."""
    return "one" if number == 1 else "other"


def date_in_words(day: date) -> str:
    """As in "Saturday, November 21, 2026"."""
    return f"{weekday(day)}, {month(day)} {day.day}, {day.year}"


def weekday(day: date, form: str = "long") -> str:
    """As in "Saturday"; `short`: "Sat"."""
    name = DAYS[day.weekday()]
    return name[:_SHORT] if form == "short" else name


def month(day: date, form: str = "long") -> str:
    """As in "November"; `short`: "Nov"."""
    name = MONTHS[day.month - 1]
    return name[:_SHORT] if form == "short" else name


def number(value: float) -> str:
    """As in "1,000"."""
    return f"{value:,}"


def length(seconds: float) -> str:
    """A length of time in round words, as in "2 hours"."""
    unit_s, name = next(((unit, name) for unit, name in _LENGTHS if seconds >= unit), _LENGTHS[-1])
    count = max(int(seconds // unit_s), 1)
    return f"{count} {name}{'' if count == 1 else 's'}"


class _English:
    """The rules of English."""

    functions: Mapping[str, Callable[..., str]] = MappingProxyType(
        {
            "AMOUNT": amount,
            "BE": lambda *told: "is" if is_one(*told) else "are",
            "CLAUSE": clause,
            "CLOCK": clock,
            "DATE": date_in_words,
            "DAY": lambda day: str(day.day),
            "DURATION": duration,
            "LENGTH": length,
            "LIST": str,
            "MONTH": month,
            "NUMBER": number,
            "ORDINAL": ordinal,
            "OWN": own,
            "QUANTITY": quantity,
            "REPEATS": repeats,
            "SENTENCE": sentence,
            "UNIT": unit,
            "WEEKDAY": weekday,
            "WHEN": when,
            "YEAR": lambda day: str(day.year),
            "YOU": second_person,
        }
    )
    plural = staticmethod(plural)
    main_clause = staticmethod(str)
    enumeration = staticmethod(enumeration)


GRAMMAR: Final[Grammar] = _English()

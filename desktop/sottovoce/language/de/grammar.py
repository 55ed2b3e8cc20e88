"""German grammar: plurals, lists, lengths of time, the clock and the calendar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.language.amounts import is_one
from sottovoce.language.de.person import clause, second_person, sentence
from sottovoce.language.de.statements import main_clause
from sottovoce.language.de.told import (
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
from sottovoce.language.de.units import unit

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

_SHORT_MONTHS: Final = (
    *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli"),
    *("Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)

_LENGTHS: Final = (
    (86_400.0, "Tag", "Tage", "Tagen"),
    (3600.0, "Stunde", "Stunden", "Stunden"),
    (60.0, "Minute", "Minuten", "Minuten"),
    (1.0, "Sekunde", "Sekunden", "Sekunden"),
)
"""Seconds; one, several, and several in the dative ("vor 2 Tagen")."""


def plural(number: float) -> str:
    """CLDR: one thing, else others."""
    return "one" if number == 1 else "other"


def date_in_words(day: date, case: str = "nominative") -> str:
    """As in "Samstag, der 21. November 2026"; `dative`: "Samstag, dem 21. November 2026"."""
    return f"{weekday(day)}, {'dem' if case == 'dative' else 'der'} {day.day}. {month(day)} {day.year}"


def weekday(day: date, form: str = "long") -> str:
    """As in "Samstag"; `short`: "Sa."."""
    name = DAYS[day.weekday()]
    return f"{name[:2]}." if form == "short" else name


def month(day: date, form: str = "long") -> str:
    """As in "November"; `short`: "Nov."."""
    return (_SHORT_MONTHS if form == "short" else MONTHS)[day.month - 1]


def number(value: float) -> str:
    """As in "1.000" and "1,5"."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def length(seconds: float, case: str = "nominative") -> str:
    """A length of time in round words, as in "2 Stunden"; `dative`: "2 Tagen"."""
    unit_s, one, several, dative = next((row for row in _LENGTHS if seconds >= row[0]), _LENGTHS[-1])
    count = max(int(seconds // unit_s), 1)
    return f"{count} {one if count == 1 else dative if case == 'dative' else several}"


class _German:
    """The rules of German."""

    functions: Mapping[str, Callable[..., str]] = MappingProxyType(
        {
            "AMOUNT": amount,
            "BE": lambda *told: "ist" if is_one(*told) else "sind",
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
            "OWN": clause,
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
    main_clause = staticmethod(main_clause)
    enumeration = staticmethod(enumeration)


GRAMMAR: Final[Grammar] = _German()

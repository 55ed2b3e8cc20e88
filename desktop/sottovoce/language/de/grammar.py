"""German grammar: plurals, lists, the clock, the calendar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from sottovoce.language.grammar import Grammar

DAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
_SHORT_MONTHS: Final = (
    *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli"),
    *("Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)


def enumeration(things: Sequence[str]) -> str:
    """As in "a", "a und b", "a, b und c"."""
    return " und ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def plural(number: float) -> str:
    """CLDR: one thing, else others."""
    return "one" if number == 1 else "other"


def clock(moment: datetime) -> str:
    """As in "15:05 Uhr"."""
    return f"{moment.hour}:{moment.minute:02d} Uhr"


def date_in_words(day: date) -> str:
    """As in "Samstag, der 21. November 2026"."""
    return f"{weekday(day)}, der {day.day}. {month(day)} {day.year}"


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


class _German:
    """The rules of German."""

    functions: Mapping[str, Callable[..., str]] = MappingProxyType(
        {
            "CLOCK": clock,
            "DATE": date_in_words,
            "DAY": lambda day: str(day.day),
            "MONTH": month,
            "NUMBER": number,
            "WEEKDAY": weekday,
            "YEAR": lambda day: str(day.year),
        }
    )
    plural = staticmethod(plural)
    enumeration = staticmethod(enumeration)


GRAMMAR: Final[Grammar] = _German()

"""What German words stand for: the port `Values`."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sottovoce.language import calculations
from sottovoce.language.de import arithmetic
from sottovoce.language.de.hear import lengths, moments, periods, quantities, repetitions
from sottovoce.language.de.hear import numbers as heard
from sottovoce.language.de.hear.calendar_names import MONTHS
from sottovoce.language.de.hear.things import things
from sottovoce.language.hearing import no_day
from sottovoce.language.hearing.limits import as_length, in_calendar
from sottovoce.language.hearing.tokens import words

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from fractions import Fraction

    from sottovoce.domain.arithmetic import Sum
    from sottovoce.domain.values import Moment, Period, Quantity, Recurrence

__all__ = [
    "calculation",
    "duration",
    "moment",
    "names_no_day",
    "number",
    "numbers",
    "ordinal",
    "period",
    "quantity",
    "recurrence",
    "things",
    "unit",
]

_FROM_THE_END = {
    f"{word}{ending}": number
    for word, number in (("letzte", -1), ("vorletzte", -2))
    for ending in ("", "n", "r", "s", "m")
}
_ARTICLES = ((), ("der",), ("die",), ("das",), ("den",), ("dem",))


_words = functools.partial(words, pointed=True)


def number(text: str) -> Fraction | None:
    """See `SlotValues.number`."""
    return heard.number(_words(text))


def calculation(text: str) -> Sum | None:
    """See `SlotValues.calculation`."""
    return calculations.calculation(text, arithmetic.words(number, ordinal))


def numbers(text: str) -> tuple[Fraction, ...]:
    """See `SlotValues.numbers`."""
    return calculations.amounts(text, arithmetic.words(number, ordinal))


def ordinal(text: str) -> int | None:
    """See `SlotValues.ordinal`."""
    said = _words(text)
    return heard.ordinal(said) or (_FROM_THE_END.get(said[-1]) if said and said[:-1] in _ARTICLES else None)


def duration(text: str) -> timedelta | None:
    """See `SlotValues.duration`."""
    return as_length(lengths.seconds(_words(text)))


def moment(text: str, now: datetime) -> Moment | None:
    """See `SlotValues.moment`."""
    return in_calendar(lambda: moments.moment(_words(text), now))


def names_no_day(text: str) -> bool:
    """See `SlotValues.names_no_day`."""
    return no_day.names_no_day(_words(text), MONTHS, heard.ordinal)


def period(text: str, now: datetime) -> Period | None:
    """See `SlotValues.period`."""
    return in_calendar(lambda: periods.period(_words(text), now))


def recurrence(text: str) -> Recurrence | None:
    """See `SlotValues.recurrence`."""
    return repetitions.recurrence(_words(text))


def quantity(text: str) -> Quantity | None:
    """See `SlotValues.quantity`."""
    return quantities.quantity(_words(text))


def unit(text: str) -> str | None:
    """See `SlotValues.unit`."""
    return quantities.unit(_words(text))

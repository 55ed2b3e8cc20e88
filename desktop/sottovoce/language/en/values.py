"""What English words stand for: the port `Values`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.language import calculations
from sottovoce.language.en import arithmetic
from sottovoce.language.en.hear import lengths, moments, periods, quantities, repetitions
from sottovoce.language.en.hear import numbers as heard
from sottovoce.language.en.hear.calendar_names import MONTHS
from sottovoce.language.en.hear.things import things
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

_FROM_THE_END = {"last": -1, "second to last": -2, "second last": -2, "last but one": -2, "penultimate": -2}


def number(text: str) -> Fraction | None:
    """See `SlotValues.number`."""
    return heard.number(words(text))


def calculation(text: str) -> Sum | None:
    """See `SlotValues.calculation`."""
    return calculations.calculation(text, arithmetic.words(number, ordinal))


def numbers(text: str) -> tuple[Fraction, ...]:
    """See `SlotValues.numbers`."""
    return calculations.amounts(text, arithmetic.words(number, ordinal))


def ordinal(text: str) -> int | None:
    """See `SlotValues.ordinal`."""
    said = words(text)
    return heard.ordinal(said) or _FROM_THE_END.get(" ".join(said).removeprefix("the "))


def duration(text: str) -> timedelta | None:
    """See `SlotValues.duration`."""
    return as_length(lengths.seconds(words(text)))


def moment(text: str, now: datetime) -> Moment | None:
    """See `SlotValues.moment`."""
    return in_calendar(lambda: moments.moment(words(text.removesuffix("'s")), now))  # "tomorrow's alarm"


def names_no_day(text: str) -> bool:
    """See `SlotValues.names_no_day`."""
    return no_day.names_no_day(words(text), MONTHS, heard.ordinal, {"of"})


def period(text: str, now: datetime) -> Period | None:
    """See `SlotValues.period`."""
    return in_calendar(lambda: periods.period(words(text), now))


def recurrence(text: str) -> Recurrence | None:
    """See `SlotValues.recurrence`."""
    return repetitions.recurrence(words(text))


def quantity(text: str) -> Quantity | None:
    """See `SlotValues.quantity`."""
    return quantities.quantity(words(text))


def unit(text: str) -> str | None:
    """See `SlotValues.unit`."""
    return quantities.unit(words(text))

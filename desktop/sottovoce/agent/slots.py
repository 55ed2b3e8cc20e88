"""What the slots of sentence templates and tools hold, and what the words in them stand for."""

from __future__ import annotations

import enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sottovoce.agent.addresses import address_in
from sottovoce.agent.when import when_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sottovoce.language.analysis import Values


class Kind(enum.StrEnum):
    """What a slot holds."""

    DURATION = "duration"
    MOMENT = "moment"
    PERIOD = "period"
    RECURRENCE = "recurrence"
    WHEN = "when"
    """A moment, a recurrence, or both."""
    NUMBER = "number"
    QUANTITY = "quantity"
    UNIT = "unit"
    PERSON = "person"
    APPLICATION = "application"
    FILE = "file"
    ADDRESS = "address"
    LIST = "list"
    TEXT = "text"


FREE: Final = frozenset({Kind.PERSON, Kind.APPLICATION, Kind.FILE, Kind.LIST, Kind.TEXT})
"""Kinds that any words fit: what they name is found by the tool."""

_BY_NAME: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "duration": Kind.DURATION,
        "moment": Kind.MOMENT,
        "period": Kind.PERIOD,
        "recurrence": Kind.RECURRENCE,
        "when": Kind.WHEN,
        "number": Kind.NUMBER,
        "quantity": Kind.QUANTITY,
        "unit": Kind.UNIT,
        "person": Kind.PERSON,
        "application": Kind.APPLICATION,
        "file": Kind.FILE,
        "address": Kind.ADDRESS,
        "things": Kind.LIST,
    }
)
"""A slot's name says its kind in every language's templates; others hold text. "number2" is a second one."""


def kind_of(slot: str) -> Kind:
    """What a slot with this name holds."""
    return _BY_NAME.get(slot.rstrip("0123456789"), Kind.TEXT)


def value_of(slot: str, words: str, values: Values, now: datetime) -> Any:  # noqa: ANN401, C901, PLR0911 - a type for each kind
    """What the words in a slot stand for; None where they stand for nothing of its kind."""
    match kind_of(slot):
        case Kind.DURATION:
            return values.duration(words)
        case Kind.MOMENT:
            return values.moment(words, now)
        case Kind.PERIOD:
            return values.period(words, now)
        case Kind.RECURRENCE:
            return values.recurrence(words)
        case Kind.WHEN:
            return when_of(words, values, now)
        case Kind.NUMBER:
            return values.number(words)
        case Kind.QUANTITY:
            return values.quantity(words)
        case Kind.UNIT:
            return values.unit(words)
        case Kind.LIST:
            return values.things(words) or None
        case Kind.ADDRESS:
            return address_in(words)
        case _:
            return words or None

"""What the slots of sentence templates and tools hold, and what the words in them stand for."""

from __future__ import annotations

import enum
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sottovoce.agent.slots.addresses import address_in
from sottovoce.agent.slots.when import when_of
from sottovoce.domain import roman

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sottovoce.language.analysis import SlotValues


class Kind(enum.StrEnum):
    """What a slot holds."""

    DURATION = "duration"
    MOMENT = "moment"
    PERIOD = "period"
    RECURRENCE = "recurrence"
    WHEN = "when"
    """A moment, a recurrence, or both."""
    NUMBER = "number"
    PERCENT = "percent"
    NUMBERS = "numbers"
    CALCULATION = "calculation"
    ROMAN = "roman"
    LETTER = "letter"
    QUANTITY = "quantity"
    UNIT = "unit"
    PERSON = "person"
    APPLICATION = "application"
    FILE = "file"
    ADDRESS = "address"
    LIST = "list"
    PLAN = "plan"
    """What somebody plans and when, in any order: "lunch with anna tomorrow at one"."""
    TEXT = "text"


ENGAGEMENT: Final = "engagement"
"""The slot of a plan that names an appointment or its time of day, whatever is said around it."""
BOOKED: Final = "booked"
"""The slot of such a plan that somebody may book here: no table and no flight."""
DATED: Final = "dated"
"""The slot of a plan whose day and time of day are told: it is worth an entry wherever it was booked."""
KEPT: Final = "kept"
"""The slot of a plan for which time is reserved: no table and no flight either."""
LACKING: Final = "lacking"
"""The slot of a list of which there is none, or no more, and which can be bought: neither time nor a brother."""
BITS: Final = "bits"
"""The slot of a list that is all of a sentence behind its verb, and which hardly any words fit: "add milk"."""
POINTED: Final = "pointed"
"""The slot of a list that only points at what was named: "add it"."""
OCCASIONS: Final = frozenset({"occasion", "appointment"})
"""Slots of a text that names an appointment."""
OCCASION: Final = "occasion"
BEGINNING: Final = frozenset({"things", "what"})
"""Slots that may begin a sentence, and in which any words may stand: what a language's phrases say is none of them."""
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
        "numbers": Kind.NUMBERS,
        "percent": Kind.PERCENT,
        "calculation": Kind.CALCULATION,
        "roman": Kind.ROMAN,
        "letter": Kind.LETTER,
        "quantity": Kind.QUANTITY,
        "unit": Kind.UNIT,
        "person": Kind.PERSON,
        "application": Kind.APPLICATION,
        "file": Kind.FILE,
        "address": Kind.ADDRESS,
        "things": Kind.LIST,
        LACKING: Kind.LIST,
        BITS: Kind.LIST,
        POINTED: Kind.LIST,
        "plan": Kind.PLAN,
        ENGAGEMENT: Kind.PLAN,
        BOOKED: Kind.PLAN,
        DATED: Kind.PLAN,
        KEPT: Kind.PLAN,
    }
)
"""A slot's name says its kind in every language's templates; others hold text. "number2" is a second one."""


_PERCENT: Final = re.compile(r"\s*(?:%|per ?cent|prozent)\s*$")

_LETTER: Final = re.compile(r"(\w)(?:['’]?s)?", re.IGNORECASE)
"""A letter, or several of it: "r's"."""


def one_letter(words: str) -> str | None:
    """The letter that is named; None where it is a word."""
    found = _LETTER.fullmatch(words.strip())
    return found[1].casefold() if found and found[1].isalpha() else None


def kind_of(slot: str) -> Kind:
    """What a slot with this name holds."""
    return _BY_NAME.get(slot.rstrip("0123456789"), Kind.TEXT)


_NAMING: Final = frozenset(
    "app application appointment city country done entry event folder list mine name place song topic word zone".split()  # noqa: SIM905
)
"""Slots of text that name one thing; other text is the user's own sentence."""
_SHORT: Final = frozenset({"app", "application", "city", "country", "folder", "list", "name", "zone"})
_SENTENCE_ENDS: Final = re.compile(r"(?<!\bst)(?<!\bdr)[.,!?;:]\s", re.IGNORECASE)
MOST_NAME_WORDS: Final = 4
"""Of what a short name is made: more is a sentence that was said before the request."""


def may_be(slot: str, words: str) -> bool:
    """Whether words of any sort may stand in a slot of text: a name is short."""
    if slot.rstrip("0123456789") not in _SHORT:
        return True
    return len(words.split()) <= MOST_NAME_WORDS and not _SENTENCE_ENDS.search(words)


def is_named(slot: str) -> bool:
    """Whether it holds the name of one thing of a certain sort: a list, a place."""
    return slot.rstrip("0123456789") in _NAMING


def holds_own_words(slot: str) -> bool:
    """Whether it holds what the user would say in any words: "call mum before nine"."""
    return kind_of(slot) is Kind.TEXT and not is_named(slot)


_READ: Final[Mapping[Kind, Callable[[str, SlotValues, datetime], Any]]] = MappingProxyType(
    {
        Kind.DURATION: lambda words, values, _: values.duration(words),
        Kind.MOMENT: lambda words, values, now: values.moment(words, now),
        Kind.PERIOD: lambda words, values, now: values.period(words, now),
        Kind.RECURRENCE: lambda words, values, _: values.recurrence(words),
        Kind.WHEN: when_of,
        Kind.NUMBER: lambda words, values, _: values.number(words),
        Kind.PERCENT: lambda words, values, _: values.number(_PERCENT.sub("", words.casefold())),
        Kind.NUMBERS: lambda words, values, _: values.numbers(words) or None,
        Kind.CALCULATION: lambda words, values, _: values.calculation(words),
        Kind.QUANTITY: lambda words, values, _: values.quantity(words),
        Kind.UNIT: lambda words, values, _: values.unit(words),
        Kind.LIST: lambda words, values, _: values.things(words) or None,
        Kind.ADDRESS: lambda words, *_: address_in(words),
        Kind.ROMAN: lambda words, *_: roman.number(words),
        Kind.LETTER: lambda words, *_: one_letter(words),
    }
)


def names_percent(words: str) -> bool:
    """Whether a number is said to be one of percent."""
    return _PERCENT.search(words.casefold()) is not None


def value_of(slot: str, words: str, values: SlotValues, now: datetime) -> Any:  # noqa: ANN401 - a type for each kind
    """What the words in a slot stand for; None where they stand for nothing of its kind."""
    read = _READ.get(kind_of(slot))
    return (words or None) if read is None else read(words, values, now)

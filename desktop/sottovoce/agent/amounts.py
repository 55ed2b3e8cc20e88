"""How much, as it is said of a volume or a brightness: to how many percent, and by how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.language import Language

FULL, HALF, NONE = 100, 50, 0
STEP = 10
"""Percent of "up" and "down"."""
SMALL, LARGE = 5, 25
"""Percent of "a little" and "a lot"."""


def percent(words: str, tag: str) -> int | None:
    """How many percent are meant: "fifty", "40 %", "half", "full"; None where it is nothing of that."""
    own = language(tag)
    words = words.casefold().strip().removesuffix("%").strip()
    for named, value in (
        (own.text("amount-full"), FULL),
        (own.text("amount-half"), HALF),
        (own.text("amount-none"), NONE),
    ):
        if words in listed(named):
            return value
    number = own.values.number(words)
    return None if number is None else max(NONE, min(FULL, round(number)))


def step(words: str, tag: str) -> int | None:
    """By how many percent: "a little", "ten", nothing for the usual; None where it is nothing of that."""
    if not words:
        return STEP
    own = language(tag)
    for named, value in ((own.text("amount-little"), SMALL), (own.text("amount-much"), LARGE)):
        if words.casefold() in listed(named):
            return value
    return _number_of(words, own)


def _number_of(words: str, own: Language) -> int | None:
    number = own.values.number(words.casefold().removesuffix("%").strip())
    return None if number is None else max(NONE, min(FULL, round(number)))


def listed(names: str) -> list[str]:
    """The names of a message that lists them."""
    return [name for part in names.split(",") if (name := part.strip().casefold())]

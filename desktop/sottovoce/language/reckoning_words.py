"""The words of reckoning: what a language says of its signs, orders and numbers, for `calculations` to read with."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sottovoce.domain.arithmetic import Leaf, Op

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction


class Sign(enum.Enum):
    """Words that are no operation by themselves."""

    OPEN = enum.auto()
    CLOSE = enum.auto()
    COMMA = enum.auto()
    """Parts the numbers of a row."""
    OF = enum.auto()
    """Multiplies a part: "half of ninety", "15 percent of 80"."""
    MINUS = enum.auto()
    """Between two numbers, or before one."""
    TO_THE = enum.auto()
    """Before the ordinal of a power: "to the tenth"."""
    ORDINAL_ROOT = enum.auto()
    """Behind the ordinal of a root: "fourth root of"."""
    SKIP = enum.auto()
    """Says nothing: "the"."""


@dataclass(frozen=True, slots=True)
class Infix:
    """Stands between two numbers."""

    op: Op


@dataclass(frozen=True, slots=True)
class Postfix:
    """Stands behind a number; `more` is what its operation needs beside it."""

    op: Op
    more: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefix:
    """Stands before a number; `more` is what its operation needs beside it."""

    op: Op
    more: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRow:
    """Stands before several numbers."""

    op: Op


_WORD: Final = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"

Meaning = Sign | Infix | Postfix | Prefix | NumberRow | Leaf


@dataclass(frozen=True, slots=True)
class Verb:
    """An order with two numbers: "subtract A from B"."""

    first: str
    """Its words before the first number."""
    joint: str
    """Its words between them."""
    op: Op
    swapped: bool = False
    """Whether the second number comes first in the operation."""
    last: str = ""
    """Its words at the end."""
    more: tuple[Fraction, ...] = ()
    """What the operation needs beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckoningWords:
    """The words of reckoning of one language."""

    phrases: Mapping[str, Meaning]
    verbs: tuple[Verb, ...]
    digits: re.Pattern[str]
    """A number in digits, as the language writes it; it has no groups with names."""
    plain: Callable[[str], Fraction]
    """What such a number is."""
    joints: frozenset[str]
    """Words between the last two numbers of a row, which may stand in a number as well: "and"."""
    then: re.Pattern[str]
    """Finds what goes on with all before it: "and then"."""
    number: Callable[[str], Fraction | None]
    ordinal: Callable[[str], int | None]
    by_words: Mapping[tuple[str, ...], Meaning] = field(init=False)
    by_verb: Mapping[str, tuple[Verb, ...]] = field(init=False)
    """The orders by their first word."""
    piece: re.Pattern[str] = field(init=False)
    """Finds the next word, number in digits or sign."""

    def __post_init__(self) -> None:
        """Part the phrases into words."""
        object.__setattr__(self, "by_words", {tuple(phrase.split()): what for phrase, what in self.phrases.items()})
        by_verb: dict[str, tuple[Verb, ...]] = {}
        for verb in self.verbs:
            word = verb.first.partition(" ")[0]
            by_verb[word] = (*by_verb.get(word, ()), verb)
        object.__setattr__(self, "by_verb", by_verb)
        pieces = rf"\s*(?:(?P<n>{self.digits.pattern})|(?P<w>{_WORD})|(?P<s>\*\*|[^\s\w]|[²³π]))"
        object.__setattr__(self, "piece", re.compile(pieces))

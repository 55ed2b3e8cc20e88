"""Which of many things is meant by a name that was heard: "vs code" is "Visual Studio Code"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SURE: Final = 80.0
"""Likeness from which a name counts: measured on 29 names, none of them wrongly taken."""
SURE_OF_SHORT: Final = 85.0
"""The same for a short one, of which a single letter is much."""
SHORT: Final = 6
NEAR: Final = 70.0
"""Likeness from which a name is worth naming."""
PART: Final = 3.0
"""Likeness that a name loses where only some of its words are said."""
WHOLE: Final = 100.0

T = TypeVar("T")


def nearest(spoken: str, things: Iterable[tuple[T, Iterable[str]]]) -> tuple[T | None, float]:
    """The thing one of whose names is most like what was said, and how like it is, of 100."""
    best: T | None = None
    likeness = 0.0
    for thing, names in things:
        for name in names:
            if (found := likeness_of(spoken, name)) > likeness:
                best, likeness = thing, found
    return best, likeness


def is_sure(spoken: str, likeness: float) -> bool:
    """Whether a likeness is enough to act."""
    return likeness >= (SURE_OF_SHORT if len(_joined(spoken)) < SHORT else SURE)


def likeness_of(spoken: str, name: str) -> float:
    """How like what was said is to a name, of 100: written together, for a recogniser parts "libre office"."""
    said = _joined(spoken)
    words = _WORD.findall(name.casefold())
    whole = fuzz.ratio(said, "".join(words))
    parts = max((fuzz.ratio(said, part) - PART for part in _parts(words)), default=0.0)
    return max(whole, parts, 0.0)


_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = 3
"""Letters a part of a name must have."""


def _joined(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _parts(words: list[str]) -> Iterator[str]:
    """Words that stand side by side, but not all of them."""
    for size in range(1, len(words)):
        for begin in range(len(words) - size + 1):
            part = "".join(words[begin : begin + size])
            if len(part) >= _LETTERS:
                yield part

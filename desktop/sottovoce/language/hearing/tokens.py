"""A text as the words that numbers, lengths and moments are read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said: TypeAlias = tuple[str, ...]
Reader: TypeAlias = "Callable[[Said, int], Iterator[tuple[int, object]]]"
"""Reads from a word on: yields behind which word it ended, and what it read."""

MOST_LETTERS: Final = 200
MOST_WORDS: Final = 24
"""Whoever says more than this names no value."""

_HYPHEN: Final = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?=[^\W\d])")
_COMMA: Final = re.compile(r"\s*[,;](?=\s|$)")
_END: Final = re.compile(r"[!?…]+$|(?<=\w)\.$")
_NOT_BEHIND_FIGURES: Final = re.compile(r"[!?…]+$|(?<=[^\W\d])\.$|(?<=:\d\d)\.$")


def words(text: str, *, pointed: bool = False) -> Said:
    """The words of a text in small letters, commas apart; none of a text that is too long to name a value.

    `pointed`: a last full stop behind a figure makes it an ordinal, as in German.
    """
    if len(text) > MOST_LETTERS:
        return ()
    text = (_NOT_BEHIND_FIGURES if pointed else _END).sub("", text.lower().replace("’", "'").strip())
    found = tuple(_HYPHEN.sub(" ", _COMMA.sub(" ,", text)).split())
    return found if len(found) <= MOST_WORDS else ()


def arranged(said: Said, readers: tuple[Reader, ...]) -> tuple[object | None, ...] | None:
    """What each reader makes of its share of the words, in whatever order they stand; None unless all are read."""
    found: list[object | None] = [None] * len(readers)

    def read(at: int) -> bool:
        if at == len(said):
            return True
        for index, reader in enumerate(readers):
            if found[index] is None:
                for end, value in reader(said, at):
                    found[index] = value
                    if read(end):
                        return True
                    found[index] = None
        return False

    return tuple(found) if said and read(0) else None

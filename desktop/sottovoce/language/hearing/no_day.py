"""Days that no calendar has: "february thirtieth"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from sottovoce.language.hearing.tokens import Said

_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months, in a leap year."""
_MOST: Final = 39
"""Whatever is more is no day that somebody got wrong."""
_WORDS: Final = 3
"""Of a place in a row, at the most."""


def names_no_day(
    said: Said, months: Mapping[str, int], ordinal: Callable[[Said], int | None], of: Collection[str] = ()
) -> bool:
    """Whether a month is said with a day that it never has; `of` may stand between them."""
    return any(
        _LONGEST[months[word] - 1] < number <= _MOST
        for at, word in enumerate(said)
        if word in months
        for number in _beside(said, at, ordinal, of)
    )


def _beside(said: Said, at: int, ordinal: Callable[[Said], int | None], of: Collection[str]) -> Iterator[int]:
    """The place in a row that stands before a month, as long as it is; else that behind it."""
    before = at - 1 if at and said[at - 1] in of else at
    for spans in (
        [(before - size, before) for size in range(_WORDS, 0, -1) if before >= size],
        [(at + 1, at + 1 + size) for size in range(_WORDS, 0, -1) if at + size < len(said)],
    ):
        found = next((number for span in spans if (number := _number(said[slice(*span)], ordinal)) is not None), None)
        if found is not None:
            yield found
            return  # "5 february 30 minutes"


def _number(said: Said, ordinal: Callable[[Said], int | None]) -> int | None:
    if len(said) == 1 and said[0].isdecimal():
        return int(said[0]) if len(said[0]) <= len("31") else None
    return ordinal(said)

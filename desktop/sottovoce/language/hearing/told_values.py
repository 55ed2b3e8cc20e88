"""Years, ages and corrections in what was told, found in each language alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.domain.words import words_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from fractions import Fraction

MOST_VALUE_WORDS: Final = 8
"""Of what takes the place of a value: more is a sentence of its own."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_OLDER_THAN_ANYBODY: Final = 130


def year_at_end(text: str, number: Callable[[str], Fraction | None]) -> int | None:
    """The year that the last words of `text` are, as `number` reads them; None where they are none."""
    words = text.split()
    for at in range(len(words)):
        found = number(" ".join(words[at:]))
        if found is not None and _FIRST_YEAR <= found <= _LAST_YEAR:
            return int(found)
    return None


def as_age(years: Fraction | None) -> int | None:
    """Whole years, where somebody can be so old."""
    return int(years) if years is not None and 0 < years < _OLDER_THAN_ANYBODY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """How a language puts something in the place of what was said before."""

    openings: tuple[re.Pattern[str], ...]
    """Begin one, in small letters: "no", "i meant"; taken away one after the other."""
    instead: re.Pattern[str]
    """Holds both, of which the group `right` is right: "not x but y"."""
    no_value: frozenset[str]
    """Words that begin no value."""
    is_more: Callable[[str], bool]
    """Whether it is a whole sentence: a question, a command, a fact."""

    def right(self, said: str, *, lead: bool = False) -> str | None:
        """What is right instead; None where nothing is corrected. `lead`: it is known to correct something."""
        rest = said.strip(" .!,")
        for form in self.openings:
            if begins := form.match(rest.lower()):
                rest, lead = rest[begins.end() :], True
        if found := self.instead.fullmatch(rest.replace(",", "")):
            rest, lead = found["right"], True
        words = words_of(rest)
        if not lead or not 0 < len(words) <= MOST_VALUE_WORDS or words[0] in self.no_value:
            return None
        return None if self.is_more(rest) else rest

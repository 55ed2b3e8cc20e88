"""One sentence from what is written to what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.language.spoken.figures import plain_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.language.spoken.rules import Rule

_LETTERS: Final = re.compile(r"[^\W\d_⁰¹²³⁴-⁹½⅓⅔¼¾⅕-⅞⅐⅑⅒]+")
_SPELLED: Final = re.compile(r"\b([A-Z](?: [A-Z]\b)+)\.?")
"""Letters with points are read as letters by every voice; eSpeak says "a" for a lone A."""
_MOST_SPACES: Final = re.compile(r"\s+")
_PAUSES: Final = re.compile(r"\s*,(?:\s*,)*\s*")
_PAUSE_AT_END: Final = re.compile(
    r"(?:\s*,)+\s*(?=[.!?;:…](?:\s|$)|$)|(?<![A-Z]\.)(?<=[.!?;:…])(?:\s*,)+|^(?:[\s,;:])+|\s+(?=[,.;:!?…](?:[\s,]|$))"
)
_TWO_STOPS: Final = re.compile(r"(?<=[A-Z])\.\.(?!\.)")
_STOPS: Final = re.compile(r"\.(?:\s*\.)+(?=\s|$)|\.(?=[!?])")


@dataclass(frozen=True, slots=True)
class SpokenForms:
    """How one language says what is written."""

    plain: re.Pattern[str]
    """Finds words that need no look, and white space: most of all text."""
    at_word: Sequence[Rule]
    """What begins with a letter; the first that fits counts."""
    at_figure: Sequence[Rule]
    at_sign: Sequence[Rule]
    """The last of these takes whatever there is."""
    gap: re.Pattern[str]
    """The gap inside of one figure that is taken out before anything is read: 1 000."""

    def said(self, text: str) -> str:
        """What a person would read aloud for `text`; no word of it is left out that is not named instead.

        Never raises; the time it takes grows with the length of the text only.
        """
        text = self.gap.sub("", plain_digits(text))
        said: list[str] = []
        place = 0
        while place < len(text):
            end, piece = self._next(text, place)
            if said and _touch(said[-1], piece):
                said.append(" ")
            said.append(piece)
            place = end
        return _tidy("".join(said))

    def _next(self, text: str, place: int) -> tuple[int, str]:
        """What is said at `place`, and where it goes on."""
        if plain := self.plain.match(text, place):
            return plain.end(), plain[0]
        first = text[place]
        for one in self.at_figure if first.isdecimal() else self.at_word if first.isalpha() else self.at_sign:
            match = one.pattern.match(text, place)
            if match and match.end() > place and (said := one.say(match)) is not None:
                return match.end(), _dotted(said)
        letters = _LETTERS.match(text, place)
        return (letters.end(), letters[0]) if letters else (place + 1, first)


def _touch(left: str, right: str) -> bool:
    """Whether two pieces would become one word; what stood together as letters still does."""
    return left[-1:].isalnum() and right[:1].isalnum()


def _tidy(text: str) -> str:
    text = _PAUSES.sub(", ", _MOST_SPACES.sub(" ", text))
    text = _STOPS.sub(lambda match: "." if match[0] != "." else "", _PAUSE_AT_END.sub("", text)).strip()
    return _TWO_STOPS.sub(".", text)


def _dotted(said: str) -> str:
    return _SPELLED.sub(lambda match: match[1].replace(" ", ".") + ".", said)

"""One sentence from what is written to what is said."""

from __future__ import annotations

import functools
import re
from typing import Final

from sottovoce.talk.spoken.addresses import ADDRESSES
from sottovoce.talk.spoken.moments import MOMENTS, NAMED_MOMENTS
from sottovoce.talk.spoken.names import ABBREVIATED, NAMES
from sottovoce.talk.spoken.numbers import plain_digits
from sottovoce.talk.spoken.quantities import BARE_UNITS, QUANTITIES, VERSIONS
from sottovoce.talk.spoken.signs import SIGN_RULES

_PLAIN: Final = re.compile(r"(?!(?:vs|etc)\b)(?:a|[a-z]{2,}(?:['’-][a-z]+)*)(?=[\s,;!?]|$)|\s+")
"""Words that need no look: most of all text."""
_LETTERS: Final = re.compile(r"[^\W\d_⁰¹²³⁴-⁹½⅓⅔¼¾⅕-⅞⅐⅑⅒]+")
_AT_WORD: Final = (*ADDRESSES, *ABBREVIATED, *NAMED_MOMENTS, *VERSIONS, *NAMES, *BARE_UNITS)
_AT_FIGURE: Final = (*ADDRESSES, *MOMENTS, *QUANTITIES)
_AT_SIGN: Final = (*ADDRESSES, *MOMENTS, *QUANTITIES, *BARE_UNITS, *SIGN_RULES)
_SPELLED: Final = re.compile(r"\b([A-Z](?: [A-Z]\b)+)\.?")
"""Letters with points are read as letters by every voice; eSpeak says "a" for a lone A."""
_MOST_SPACES: Final = re.compile(r"\s+")
_PAUSES: Final = re.compile(r"\s*,(?:\s*,)*\s*")
_PAUSE_AT_END: Final = re.compile(
    r"(?:\s*,)+\s*(?=[.!?;:…](?:\s|$)|$)|(?<![A-Z]\.)(?<=[.!?;:…])(?:\s*,)+|^(?:[\s,;:])+|\s+(?=[,.;:!?…](?:[\s,]|$))"
)
_TWO_STOPS: Final = re.compile(r"(?<=[A-Z])\.\.(?!\.)")
_THOUSANDS: Final = re.compile(r"(?<=\d) (?=000(?:\D|$))")
"""The gap in 1 000: nothing but thousands is written so."""
_STOPS: Final = re.compile(r"\.(?:\s*\.)+(?=\s|$)|\.(?=[!?])")

LANGUAGES: Final = frozenset({"en"})
"""Whose words stand in a module of this room. What is written in others is left to the voice."""


def is_spoken(language: str) -> bool:
    """Whether its words are known ("en", "en-GB")."""
    return language.partition("-")[0].lower() in LANGUAGES


@functools.lru_cache(maxsize=64)
def spoken_form(text: str) -> str:
    """What a person would read aloud for `text`; no word of it is left out that is not named instead.

    Never raises; the time it takes grows with the length of the text only.
    """
    text = _THOUSANDS.sub("", plain_digits(text))
    said: list[str] = []
    place = 0
    while place < len(text):
        end, piece = _next(text, place)
        if said and _touch(said[-1], piece):
            said.append(" ")
        said.append(piece)
        place = end
    return _tidy("".join(said))


def _touch(left: str, right: str) -> bool:
    """Whether two pieces would become one word; what stood together as letters still does."""
    return left[-1:].isalnum() and right[:1].isalnum()


def _next(text: str, place: int) -> tuple[int, str]:
    """What is said at `place`, and where it goes on."""
    if plain := _PLAIN.match(text, place):
        return plain.end(), plain[0]
    first = text[place]
    for one in _AT_FIGURE if first.isdecimal() else _AT_WORD if first.isalpha() else _AT_SIGN:
        if (match := one.pattern.match(text, place)) and match.end() > place and (said := one.say(match)) is not None:
            return match.end(), _dotted(said)
    letters = _LETTERS.match(text, place)
    return (letters.end(), letters[0]) if letters else (place + 1, first)


def _tidy(text: str) -> str:
    text = _PAUSES.sub(", ", _MOST_SPACES.sub(" ", text))
    text = _STOPS.sub(lambda match: "." if match[0] != "." else "", _PAUSE_AT_END.sub("", text)).strip()
    return _TWO_STOPS.sub(".", text)


def _dotted(said: str) -> str:
    return _SPELLED.sub(lambda match: match[1].replace(" ", ".") + ".", said)

"""Numbers in words: cardinals, ordinals, years, single digits, fractions."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

NUMBER: Final = r"(?:\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
"""A figure as it is written: 7, 1,234.5, 1'000, .5."""

MOST_DIGITS: Final = 15
"""Of a whole number; more are said one by one, as people do with what they can't imagine."""

_GROUPING: Final = str.maketrans("", "", ",\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’")


@functools.cache
def _engine() -> RbnfEngine:
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - when the first number is to be said

    return RbnfEngine.for_language("en")


def _in_words(number: int, purpose: str) -> str:
    from unicode_rbnf import FormatPurpose  # noqa: PLC0415 - as above

    said: Any = _engine().format_number(number, FormatPurpose[purpose])
    return str(said.text)


@functools.lru_cache(maxsize=1000)
def cardinal(number: int) -> str:
    """2026 -> two thousand twenty-six; at most `MOST_DIGITS` digits."""
    return _in_words(number, "CARDINAL")


@functools.lru_cache(maxsize=200)
def ordinal(number: int) -> str:
    """22 -> twenty-second; at most `MOST_DIGITS` digits."""
    return _in_words(number, "ORDINAL")


@functools.lru_cache(maxsize=200)
def year(number: int) -> str:
    """1984 -> nineteen eighty-four."""
    return _in_words(number, "YEAR").replace("oh-", "oh ")


def digits(text: str) -> str:
    """Each digit by itself: 007 -> zero zero seven."""
    return " ".join(cardinal(int(sign)) for sign in text if sign.isdecimal())


def number(text: str) -> str:
    """A figure in words, as written: "1,234.50" -> one thousand two hundred thirty-four point five zero."""
    whole, point, rest = text.translate(_GROUPING).partition(".")
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = digits(whole)
    else:
        said = cardinal(int(whole or "0"))
    return f"{said} point {digits(rest)}" if point else said


def value(text: str) -> float:
    """What a figure is worth; infinite if it is beyond all measure."""
    return float(text.translate(_GROUPING) or 0)


def fraction(above: int, below: int) -> str:
    """3, 4 -> three quarters."""
    part = {2: "half", 4: "quarter"}.get(below) or ordinal(below)
    several = "halves" if part == "half" else f"{part}s"
    return f"{cardinal(above)} {part if above == 1 else several}"


def mixed(whole: str, above: int, below: int) -> str:
    """2, 1, 2 -> two and a half."""
    part = fraction(above, below)
    return f"{number(whole)} and {'a' + part.removeprefix('one') if above == 1 else part}"

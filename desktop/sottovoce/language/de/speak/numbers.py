"""Numbers in words: cardinals, ordinals with their endings, years, single digits, fractions."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

NUMBER: Final = r"(?:\d{1,3}(?:[.\u00a0\u202f\u2009'’]\d{3})+(?!\d)|\d+)(?:,\d+)?"
"""A figure as it is written: 7, 1.234,5, 1'000."""

MOST_DIGITS: Final = 15
"""Of a whole number; more are said one by one, as people do with what they can't imagine."""

_GROUPING: Final = str.maketrans("", "", ".\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’")
_TWENTY: Final = 20


@functools.cache
def _engine() -> RbnfEngine:
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - when the first number is to be said

    return RbnfEngine.for_language("de")


def _in_words(number: int, purpose: str, rules: str) -> str:
    from unicode_rbnf import FormatPurpose  # noqa: PLC0415 - as above

    said: Any = _engine().format_number(number, FormatPurpose[purpose])
    return str(said.text_by_ruleset[rules])


@functools.lru_cache(maxsize=1000)
def cardinal(number: int, kind: str = "numbering") -> str:
    """2026 -> zweitausendsechsundzwanzig; `kind` is "numbering" (eins), "masculine", "neuter" (ein), "feminine" (eine).

    At most `MOST_DIGITS` digits.
    """
    return _in_words(number, "CARDINAL", f"spellout-{'' if kind == 'numbering' else 'cardinal-'}{kind}")


@functools.lru_cache(maxsize=400)
def ordinal(number: int, ending: str = "e") -> str:
    """3, "n" -> dritten; at most `MOST_DIGITS` digits."""
    return _in_words(number, "ORDINAL", "spellout-ordinal" + ("" if ending == "e" else f"-{ending}"))


@functools.lru_cache(maxsize=200)
def year(number: int) -> str:
    """1984 -> neunzehnhundertvierundachtzig."""
    hundreds, rest = divmod(number, 100)
    if not 11 <= hundreds < _TWENTY:  # noqa: PLR2004 - as spoken from 1100 to 1999
        return cardinal(number)
    return f"{cardinal(hundreds)}hundert{cardinal(rest) if rest else ''}"


def digits(text: str) -> str:
    """Each digit by itself: 007 -> null null sieben."""
    return " ".join(cardinal(int(sign)) for sign in text if sign.isdecimal())


def number(text: str, kind: str = "numbering") -> str:
    """A figure in words, as written: "1.234,50" -> eintausendzweihundertvierunddreißig Komma fünf null."""
    whole, comma, rest = text.translate(_GROUPING).partition(",")
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = digits(whole)
    else:
        said = cardinal(int(whole), "numbering" if comma else kind)
    return f"{said} Komma {digits(rest)}" if comma else said


def plain(text: str) -> str:
    """A figure without what groups its digits."""
    return text.translate(_GROUPING)


def fraction(above: int, below: int) -> str:
    """3, 4 -> drei Viertel."""
    if below == 2:  # noqa: PLR2004
        return "ein halb" if above == 1 else f"{cardinal(above)} Halbe"
    name = {3: "Drittel", 7: "Siebtel", 8: "Achtel"}.get(below)
    name = name or f"{cardinal(below)}{'tel' if below < _TWENTY else 'stel'}".capitalize()
    return f"{cardinal(above, 'neuter')} {name}"


def mixed(whole: str, above: int, below: int) -> str:
    """2, 1, 2 -> zweieinhalb."""
    if (above, below) == (1, 2):
        return f"{number(whole, 'masculine')}einhalb"
    return f"{number(whole)} {fraction(above, below)}"


RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

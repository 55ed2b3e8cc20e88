"""Figures of all scripts, and Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMERALS: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> int | None:
    """What a Roman numeral is worth; None if it is none as it should be written."""
    if not text or not _NUMERALS.fullmatch(text):
        return None
    values = [_VALUES[sign] for sign in text]
    return sum(-now if now < after else now for now, after in zip(values, [*values[1:], 0], strict=True))


def plain_digits(text: str) -> str:
    """Digits of all scripts as 0 to 9, letters of formulas and full-width ones as usual ones, nothing unseen."""
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) == "Cf":  # unseen, and in the middle of words
        return ""
    how = unicodedata.decomposition(sign).partition(" ")[0]
    if how in {"<font>", "<wide>", "<narrow>", "<sub>"} or unicodedata.category(sign) == "Nl":
        return unicodedata.normalize("NFKC", sign)
    return f" {unicodedata.digit(sign)} " if how == "<circle>" and unicodedata.digit(sign, None) is not None else sign

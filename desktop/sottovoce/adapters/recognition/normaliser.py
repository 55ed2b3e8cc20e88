"""The text of an open recogniser as the small one writes it: lower case, numbers as words, no punctuation."""

from __future__ import annotations

import functools
import re
from typing import Any

from sottovoce.language.en import spelling

_NOT_SAID = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|[♪♫*_#~]")
"""What models write beside words: [BLANK_AUDIO], (music), ♪."""
_SHORTENED = re.compile(rf"\b({'|'.join(spelling.SHORT)})\b\.?", re.IGNORECASE)
_TIME = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_MONEY = re.compile(r"\$\s*(\d[\d,]*(?:\.\d+)?)")
_SPELLED = re.compile(r"\b\d(?:[- ]\d)+\b")
_ORDINAL = re.compile(r"\b(\d[\d,]*)(?:st|nd|rd|th)\b")
_NUMBER = re.compile(r"(?:(?<![\w.])-)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDS = frozenset(".?!:…")
_LONGEST_READ = 4
"""Digits that are still read as one number, and not each for itself: a telephone number is spelled."""
_YEARS = range(1100, 2000)


def plain(text: str) -> str:
    """The words that were said, as a recogniser of commands writes them."""
    text = _NOT_SAID.sub(" ", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for other, ours in spelling.AMERICAN:
        text = other.sub(ours, text)
    text = _SHORTENED.sub(lambda found: spelling.SHORT[found[1].lower()], spelling.FILLER.sub("", text))
    text = _MONEY.sub(lambda found: f"{found[1]} dollars", text)
    for symbol, word in spelling.SYMBOLS.items():
        text = text.replace(symbol, word)
    text = _TIME.sub(_clock, text)
    text = _SPELLED.sub(lambda found: " ".join(map(_digit, re.findall(r"\d", found[0]))), text)
    text = _ORDINAL.sub(lambda found: _words(int(found[1].replace(",", "")), ordinal=True), text)
    text = _NUMBER.sub(lambda found: f" {_number(found[0])} ", text)
    return " ".join(_LETTERS.findall(text.lower()))


def names(text: str) -> dict[str, str]:
    """Words that have capitals though no sentence begins with them, by their plain form: names, days, MP.

    One that has none elsewhere in the text is left out: "may" is a name only as May.
    """
    found: dict[str, str] = {}
    plain_ones: set[str] = set()
    begins = True
    for token in text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split():
        for word in _LETTERS.findall(token):
            small = word.lower()
            if not begins and word not in spelling.ALWAYS_CAPITAL:
                (plain_ones.add(small) if word == small else found.setdefault(small, word))
            begins = False
        begins = token.rstrip("\"')]")[-1:] in _ENDS
    return {small: word for small, word in found.items() if small not in plain_ones}


def with_names(text: str, found: dict[str, str]) -> str:
    """A plain text with the capitals of these names."""
    return " ".join(_with_name(word, found) for word in text.split())


def _with_name(word: str, found: dict[str, str]) -> str:
    stem, end = (word[:-2], word[-2:]) if word.endswith("'s") else (word, "")
    return found.get(word) or (f"{found[stem]}{end}" if stem in found else word)


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    if minute == 0:
        return _words(hour)
    return f"{_words(hour)} {'oh ' if minute < 10 else ''}{_words(minute)}"  # noqa: PLR2004 - one digit


def _number(text: str) -> str:
    minus = "minus " if text.startswith("-") else ""
    whole, _, part = text.lstrip("-").replace(",", "").partition(".")
    if part:
        return f"{minus}{_words(int(whole))} point {' '.join(map(_digit, part))}"
    if len(whole) > _LONGEST_READ or (len(whole) > 1 and whole.startswith("0")):
        return minus + " ".join(map(_digit, whole))
    spelled = _year if not minus and "," not in text and int(whole) in _YEARS else _words
    return minus + spelled(int(whole))


def _digit(digit: str) -> str:
    return _words(int(digit))


def _words(number: int, *, ordinal: bool = False) -> str:
    from unicode_rbnf import FormatPurpose  # noqa: PLC0415 - 60 ms, for who says numbers

    purpose = FormatPurpose.ORDINAL if ordinal else FormatPurpose.CARDINAL
    return str(_speller().format_number(number, purpose=purpose).text).replace("-", " ").replace(",", "")


def _year(number: int) -> str:
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{_words(century)} hundred"
    return f"{_words(century)} {'oh ' if rest < 10 else ''}{_words(rest)}"  # noqa: PLR2004 - one digit


@functools.cache
def _speller() -> Any:  # noqa: ANN401 - loaded late
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - as above

    return RbnfEngine.for_language("en")

"""Abbreviations, Roman numerals, acronyms, and words that are written in some other than the usual way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.speak.numbers import cardinal, number, ordinal
from sottovoce.language.en.speak.words import (
    ABBREVIATIONS,
    BEFORE_NAME,
    BEFORE_NUMBER,
    NUMBERED,
    REGNAL,
    SAID_AS_WORDS,
    SAID_OTHERWISE,
    SENTENCE_MAY_END,
    SHOUTED,
    SIGNS,
)
from sottovoce.language.spoken.figures import roman
from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.language.spoken.rules import Rule

_SURE_LETTERS: Final = 4
"""A Roman numeral of so many letters is no word and no abbreviation."""
_SPELLED_LETTERS: Final = 3
"""Words of so many capitals are spelled; longer ones only where nobody could pronounce them."""
_CLUSTER: Final = re.compile(
    r"[BCDFGHJKLMNPQRSTVWXZ]{4}|^[BCDFGHJKLMNPQRSTVWXZ]{3}(?<!SCR)(?<!STR)(?<!SPR)(?<!THR)(?<!SCH)(?<!SHR)(?<!SPL)"
)


def spelled(letters: str) -> str:
    """Letter by letter: HTML -> H T M L."""
    return " ".join(letters.upper())


def _ends(match: re.Match[str]) -> bool:
    """Whether the sentence ends here: nothing follows, or what does begins with a capital."""
    follows = after(match).lstrip(" \"'”’)")
    return not follows or (follows[0].isupper() and after(match)[:1].isspace())


def _abbreviation(match: re.Match[str]) -> str | None:
    written = match["name"]
    name = " ".join(written.casefold().split())
    follows = after(match)
    if name in BEFORE_NUMBER and not re.match(r"\s*[\dIVX#]", follows):
        return None
    if name in BEFORE_NAME and not re.match(r"\s*[A-Z\d]", follows):
        return None
    said = ABBREVIATIONS[name]
    if written[:1].isupper() and not before(match).strip():
        said = said[0].upper() + said[1:]
    return f"{said}." if name in SENTENCE_MAY_END and _ends(match) else said


def _saint_or_street(match: re.Match[str]) -> str:
    """St. Paul, Main St.; Dr. Who, Rodeo Dr."""
    place, title = {"st": ("Street", "Saint"), "dr": ("Drive", "Doctor")}[match["name"].lower()]
    follows = re.match(r"\s+[A-Z]", after(match))
    named = re.search(r"(?:\b[A-Z][a-z]+(?:['’]s)?|\d(?:st|nd|rd|th))\s+$", before(match))
    if named and not follows:
        return f"{place}." if _ends(match) else place
    return title if follows or not named else place


def _regnal(match: re.Match[str]) -> str | None:
    worth = roman(match["numeral"])
    if worth is None or (match["numeral"] in {"I", "C", "D", "M"} and not _closed(match)):
        return None
    return f"{match['name']} the {ordinal(worth)}"


def _closed(match: re.Match[str]) -> bool:
    """Whether a lone "I" can't be the speaker: nothing goes on with it."""
    return bool(re.match(r"\s*(?:$|[.,;:!?)\"”]|of\b|was\b|and\s+[A-Z]|ruled\b|died\b|became\b)", after(match)))


def _numbered(match: re.Match[str]) -> str | None:
    worth = roman(match["numeral"])
    if worth is None or (match["numeral"] == "I" and not _closed(match)):
        return None
    return f"{match['name']} {cardinal(worth)}"


def _century(match: re.Match[str]) -> str | None:
    worth = roman(match["numeral"])
    return None if worth is None else f"{ordinal(worth)} {match['name']}"


def _sure(match: re.Match[str]) -> str | None:
    worth = roman(match[0])
    return None if worth is None else cardinal(worth)


def _capitals(match: re.Match[str]) -> str | None:
    """An acronym as a word or by its letters; a shouted word in small letters."""
    word, several = match["word"], "'s" if match["several"] else ""
    if word in SAID_OTHERWISE:
        return SAID_OTHERWISE[word] + several
    if word in SAID_AS_WORDS:
        return word.capitalize() + match["several"]
    shouting = re.search(r"\b[A-Z]{4,}\W+$", before(match)) or re.match(r"\W+[A-Z]{4,}\b", after(match))
    if word in SHOUTED or (shouting and _speakable(word)):
        return word.lower() + match["several"]
    if len(word) > _SPELLED_LETTERS and _speakable(word):
        return word.lower() + match["several"]
    return spelled(word) + several


def _speakable(word: str) -> bool:
    return any(vowel in word for vowel in "AEIOUY") and not _CLUSTER.search(word)


def _joined(match: re.Match[str]) -> str:
    """getUserName, snake_case, A4, mp3, x86: what is written as one, in its parts."""
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+(?:\.\d+)?", match[0])
    said = [number(part) if part[0].isdecimal() else part for part in parts]
    return " ".join(
        spelled(part) if part.isupper() and len(part) > 1 and part not in SAID_AS_WORDS else part for part in said
    )


_NUMERAL: Final = r"(?P<numeral>[IVXLCDM]+)(?![\w'’])"
_WITH_STOP: Final = one_of(name for name in ABBREVIATIONS if "/" not in name)

ABBREVIATED: Final[tuple[Rule, ...]] = (
    rule(r"(?P<name>[Ss]t|[Dd]r|ST|DR)\.(?!\w)", _saint_or_street),
    rule(r"(?P<name>w/o|w/|b/c)(?=\s|\w)", _abbreviation),
    rule(r"(?P<name>[Nn]/[Aa])(?!\w)", _abbreviation),
    rule(r"(?P<name>Mrs?|Ms|Prof)(?=\s+[A-Z])", _abbreviation),
    rule(r"(?P<name>vs|etc)(?![\w.])", _abbreviation),
    rule(r"(?P<name>Dr|St)(?=\s+[A-Z])", _saint_or_street),
    rule(rf"(?P<name>{_WITH_STOP})\.(?!\w)", _abbreviation, re.IGNORECASE),
    rule(r"(?P<name>(?:e\.g|i\.e|a\.m|p\.m))(?!\w)", _abbreviation, re.IGNORECASE),
    rule(r"(?P<letters>(?:[A-Z]\.){2,})(?!\w)", lambda match: spelled(match["letters"].replace(".", ""))
         + ("." if _ends(match) else "")),
)  # fmt: skip

NAMES: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<name>{one_of(REGNAL)})\s+{_NUMERAL}", _regnal),
    rule(rf"(?P<name>{one_of(NUMBERED)})\s+{_NUMERAL}", _numbered),
    rule(r"(?P<numeral>[IVX]{1,6})(?:th|st|nd|rd)?\s+(?P<name>[Cc]entury|[Cc]enturies|Dynasty)\b", _century),
    rule(rf"[IVXLCDM]{{{_SURE_LETTERS},15}}(?![\w'’])", _sure),
    rule(r"PhDs?(?!\w)", lambda _match: "P H D"),
    rule(r"(?P<note>[CFGAD])#(?!\w)", lambda match: f"{match['note']} sharp"),
    rule(r"x(?=\s+\d)", lambda match: "by" if re.search(r"\d\s?\w{0,2}\s+$", before(match)) else None),
    rule(r"A(?=\s[A-Z]{2})", lambda match: "a" if re.search(r"\b[A-Z]{2,}\s$", before(match)) else None),
    rule(r"[πΩµ](?!\w)", lambda match: SIGNS[match[0]]),
    rule(r"iOS(?!\w)", lambda _match: "i O S"),
    rule(r"(?P<word>[A-Z]{2,20})(?P<several>s?)(?![\w])", _capitals),
    rule(r"(?=[^\W_]*(?:[a-z][A-Z]|\d|_|[A-Z]{2}))[^\W\d_]\w{1,60}(?!\w)", _joined),
)  # fmt: skip

"""Abbreviations, Roman numerals, acronyms, and words that are written in some other than the usual way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.speak.numbers import cardinal, number, ordinal
from sottovoce.language.de.speak.words import (
    ABBREVIATIONS,
    BEFORE_NAME,
    BEFORE_NUMBER,
    FEMALE,
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
_CLUSTER: Final = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{5}|^[BCDFGHJKLMNPQRSTVWXZ]{3}(?<!SCH)(?<!STR)(?<!SPR)(?<!PFL)")


def spelled(letters: str) -> str:
    """Letter by letter: HTML -> H T M L."""
    return " ".join(letters.upper())


def _ends(match: re.Match[str]) -> bool:
    """Whether the sentence ends here: nothing follows but what closes it."""
    return not after(match).strip(" \"'”’)")


def _abbreviation(match: re.Match[str]) -> str | None:
    written = match["name"]
    name = re.sub(r"\.\s?", ". ", written.casefold()).strip()
    name = name if name in ABBREVIATIONS else name.replace(". ", ".")
    follows = after(match)
    if name in BEFORE_NUMBER and not (re.match(r"\s*[\dIVX#]", follows) or re.search(r"\d\s*$", before(match))):
        return None
    if name in BEFORE_NAME and not re.match(r"\s*[A-ZÄÖÜ\d]", follows):
        return None
    said = ABBREVIATIONS[name]
    if written[:1].isupper() and not before(match).strip():
        said = said[0].upper() + said[1:]
    return f"{said}." if name in SENTENCE_MAY_END and _ends(match) else said


def _regnal(match: re.Match[str]) -> str | None:
    worth = roman(match["numeral"])
    if worth is None:
        return None
    article = "die" if match["name"] in FEMALE else "der"
    stop = "." if match["stop"] and _ends(match) else ""
    return f"{match['name']} {article} {ordinal(worth).capitalize()}{stop}"


def _numbered(match: re.Match[str]) -> str | None:
    worth = roman(match["numeral"])
    return None if worth is None else f"{match['name']} {cardinal(worth)}"


def _sure(match: re.Match[str]) -> str | None:
    worth = roman(match[0])
    return None if worth is None else cardinal(worth)


def _capitals(match: re.Match[str]) -> str | None:
    """An acronym as a word or by its letters; a shouted word in small letters."""
    word, several = match["word"], match["several"]
    if word in SAID_OTHERWISE:
        return SAID_OTHERWISE[word] + several
    if word in SAID_AS_WORDS:
        return word.capitalize() + several
    shouting = re.search(r"\b[A-ZÄÖÜ]{4,}\W+$", before(match)) or re.match(r"\W+[A-ZÄÖÜ]{4,}\b", after(match))
    if word in SHOUTED or ((shouting or len(word) > _SPELLED_LETTERS) and _speakable(word)):
        return word.lower() + several
    return spelled(word) + several


def _speakable(word: str) -> bool:
    return any(vowel in word for vowel in "AEIOUYÄÖÜ") and not _CLUSTER.search(word)


def _joined(match: re.Match[str]) -> str:
    """GetUserName, snake_case, A4, mp3, x86: what is written as one, in its parts."""
    parts = re.findall(r"[A-ZÄÖÜ]{2,}(?![a-zäöüß])|[A-ZÄÖÜ]?[^\W\d_A-ZÄÖÜ]+|[A-ZÄÖÜ]+|\d+(?:,\d+)?", match[0])
    said = [number(part) if part[0].isdecimal() else part for part in parts]
    return " ".join(
        spelled(part) if part.isupper() and len(part) > 1 and part not in SAID_AS_WORDS else part for part in said
    )


_NUMERAL: Final = r"(?P<numeral>[IVXLCDM]+)(?![\w'’])"
_WITH_STOP: Final = "|".join(
    re.escape(name).replace(r"\ ", r"\s?") for name in sorted(ABBREVIATIONS, key=len, reverse=True)
)

ABBREVIATED: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<name>{_WITH_STOP})\.(?!\w)", _abbreviation, re.IGNORECASE),
    rule(r"(?P<name>usw|bzw|etc|vs|ca)(?![\w.])", _abbreviation),
    rule(r"(?P<stem>[A-ZÄÖÜ][a-zäöüß]+)str\.(?=\s*\d|\s*$|,)", lambda match: f"{match['stem']}straße"),
    rule(r"(?P<letters>(?:[A-Z]\.\s?){2,})(?!\w)",
         lambda match: spelled(re.sub(r"[.\s]", "", match["letters"])) + ("." if _ends(match) else " ")),
)  # fmt: skip

NAMES: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<name>{one_of(REGNAL)})\s+{_NUMERAL}(?P<stop>\.?)", _regnal),
    rule(rf"(?P<name>{one_of(NUMBERED)})\s+{_NUMERAL}", _numbered),
    rule(rf"[IVXLCDM]{{{_SURE_LETTERS},15}}(?![\w'’])", _sure),
    rule(r"[IVX]{2,6}(?![\w'’])",
         lambda match: _sure(match) if re.search(r"\b(?:Kap|Bd|Art|Abs|Abb|Tab)\.\s*$", before(match)) else None),
    rule(r"x(?=\s+\d)", lambda match: "mal" if re.search(r"\d\s?\w{0,2}\s+$", before(match)) else None),
    rule(r"[πΩµ](?!\w)", lambda match: SIGNS[match[0]]),
    rule(r"(?:GmbH|iOS)(?!\w)", lambda match: {"GmbH": "G M B H", "iOS": "i O S"}[match[0]]),
    rule(r"(?P<word>[A-ZÄÖÜ]{2,20})(?P<several>s?)(?![\w])", _capitals),
    rule(r"(?=[^\W_]*(?:[a-zäöüß][A-ZÄÖÜ]|\d|_|[A-ZÄÖÜ]{2}))[^\W\d_]\w{1,60}(?!\w)", _joined),
)  # fmt: skip

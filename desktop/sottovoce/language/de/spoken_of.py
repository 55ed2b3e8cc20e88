"""Somebody who is spoken of and then only pointed at: "meine schwester heißt anna", "wann hat sie geburtstag"."""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import word_set

_MEN: Final = word_set(
    "bruder vater papa opa großvater mann ehemann sohn onkel neffe cousin freund enkel chef nachbar schwager hund kater"
    " schwiegervater kollege"
)
_WOMEN: Final = word_set(
    "schwester mutter mama oma großmutter frau ehefrau tochter tante nichte cousine freundin enkelin chefin nachbarin"
    " schwägerin katze schwiegermutter kollegin"
)
_NAMED: Final = re.compile(
    rf"\b(mein|unser)(?:e|er|em|en|es)? (?:[\w-]+ )?({'|'.join(sorted(_MEN | _WOMEN, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:(?:und|also|ach|okay|ja|nein|äh|ähm|sag mal|weißt du) )*(?:wie|wann|wo|was|wer|welche\w*|woher|wohin|ist|hat"
    r"|mag|wohnt|heißt|er|sie)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\b(?:er|sie)\b", re.IGNORECASE)
_WHO: Final = re.compile(
    r"(?:(?:und|also|ach|okay|ja|äh|ähm|sag mal|weißt du) )*(?:wer|wessen)\b(?! (?:bin ich|bist du)\b)", re.IGNORECASE
)
_THEN: Final = re.compile(r"\bbis dahin$", re.IGNORECASE)


def named_in(text: str) -> str:
    """How somebody of the user's is named first, as the subject of a sentence; empty where nobody is."""
    found = _NAMED.search(text)
    if found is None:
        return ""
    who = found[2].casefold()
    return f"{found[1].casefold()}{'e' if who in _WOMEN else ''} {who}"


def with_named(text: str, who: str) -> str:
    """The text with `who` for "er" or "sie", where it asks or tells something of one who may be meant."""
    if not _ASKS.match(text) or _NAMED.search(text):
        return text
    meant = "sie" if who.rpartition(" ")[2] in _WOMEN else "er"
    return _WORD.sub(lambda found: who if found[0].casefold() == meant else found[0], text)


def with_day(text: str, day: str) -> str:
    """The text with a `day` in place of the "dahin" up to which it counts."""
    return _THEN.sub(f"bis {day}", text)


def asks_for_another(text: str) -> bool:
    """Whether it asks for somebody who is none of the user's: "wer schrieb faust"."""
    return _WHO.match(text) is not None and not named_in(text)


def told_of(text: str) -> str:  # noqa: ARG001 - "es" is not looked for
    """Nothing."""
    return ""


def with_about(text: str, about: str) -> str:  # noqa: ARG001 - see `told_of`
    """The text itself."""
    return text


def as_told(text: str, asked: str) -> str:  # noqa: ARG001 - what "es" means depends on what it was asked with
    """The text itself."""
    return text

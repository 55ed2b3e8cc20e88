"""Emoji and signs: named where they mean something, a pause where they only part words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sottovoce.talk.spoken.english import EMOTICONS, PAUSES, SIGNS, SILENT, UNKNOWN_SIGN
from sottovoce.talk.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.talk.spoken.rules import Rule

_JOINER, _SKIN = "\u200d\ufe0f\ufe0e\u20e3", "\U0001f3fb-\U0001f3ff"
_FLAG: Final = "\U0001f1e6-\U0001f1ff"
_PICTURE: Final = "\u203c\u2049\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LETTER_A: Final = 0x1F1E6
_SPOKEN_PUNCTUATION: Final = frozenset(".,;:!?…¿¡。、！？，；：")


def _emoji(match: re.Match[str]) -> str:
    """Its name, once, however many of it stand there."""
    names: list[str] = []
    for sign in match[0]:
        name = SIGNS.get(sign) or ("" if re.match(f"[{_JOINER}{_SKIN}]", sign) else _name(sign))
        if name and name not in names:
            names.append(name)
    return f", {', '.join(names)}," if names else ""


def _name(sign: str) -> str:
    name = unicodedata.name(sign, "").lower().replace("-", " ")
    name = re.sub(r"\d", lambda digit: f" {unicodedata.name(digit[0]).split()[-1].lower()}", name)  # "dots-12"
    return (
        re.sub(r"^(?:(?:heavy|black|white)\s+)+(?=heart|star|check|sun|cross|medium|large|circle)", "", name)
        or UNKNOWN_SIGN
    )


def _flag(match: re.Match[str]) -> str:
    letters = " ".join(chr(ord("A") + ord(sign) - _LETTER_A) for sign in match[0])
    return f", flag {letters},"


def _between_words(match: re.Match[str]) -> str | None:
    """and/or, he/she."""
    if not re.search(r"[^\W\d_]$", before(match)) or not re.match(r"[^\W\d_]", after(match)):
        return None
    joined = re.search(r"\band$", before(match), re.IGNORECASE) or (
        re.search(r"(?:^|[^\w])[A-Z]+$", before(match)) and re.match(r"[A-Z]+(?!\w)", after(match))
    )
    return " " if joined else "or"


def _repeated(match: re.Match[str]) -> str:
    """A row of one sign is a line, and nobody's words."""
    return "," if match[0][0] in "-=_*~#+<>" else match[0][0]


def _hyphen(match: re.Match[str]) -> str:
    """Between words it joins them; free-standing it is a pause, between figures a minus."""
    if re.search(r"\w$", before(match)) and re.match(r"\w", after(match)):
        return "-"
    return "minus" if re.search(r"[\d)]\s+$", before(match)) and re.match(r"\s+[\d(]", after(match)) else ","


def _sign(match: re.Match[str]) -> str:
    sign = match[0]
    kind = unicodedata.category(sign)
    if sign in _SPOKEN_PUNCTUATION or kind[0] == "M":  # a mark belongs to the letter before it
        return sign
    if sign == "*" and re.search(r"[\d)]\s*$", before(match)) and re.match(r"\s*[\d(]", after(match)):
        return SIGNS[sign]
    said = PAUSES.get(sign) or (" " if sign in SILENT else SIGNS.get(sign))
    if said is None:
        unseen = kind[0] in "CZP" and kind not in {"Co", "Cn"}
        said = " " if unseen else _name(sign)
    return said


_WORD: Final = r"[^\W\d_]"

SIGN_RULES: Final[tuple[Rule, ...]] = (
    rule(f"[{_FLAG}]{{2}}", _flag),
    rule(rf"(?:[{_PICTURE}][{_JOINER}{_SKIN}]*){{1,40}}", _emoji),
    rule(r"([-=_*~#+<>!?.])\1{2,}", _repeated),
    rule(rf"(?<!\w)(?:{one_of(EMOTICONS)})(?![\w/])", lambda match: f", {EMOTICONS[match[0]]},"),
    rule(r"/", _between_words),
    rule(r"[–](?=\d)", lambda match: "to" if re.search(r"\S$", before(match)) else None),
    rule(r"\.(?=\w)", lambda match: None if re.search(r"\w$", before(match)) else "dot"),
    rule(r"-", _hyphen),
    rule(r"['’](?=\w)", lambda match: "'" if re.search(r"\w$", before(match)) else " "),
    rule(r".", _sign, re.DOTALL),
)
"""What is no word and no figure. The last one takes whatever there is."""

"""Emoji and signs: named where they mean something, a pause where they only part words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.language.spoken.rules import Rule

_JOINER, _SKIN = "\u200d\ufe0f\ufe0e\u20e3", "\U0001f3fb-\U0001f3ff"
_FLAG: Final = "\U0001f1e6-\U0001f1ff"
_PICTURE: Final = "\u203c\u2049\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LETTER_A: Final = 0x1F1E6
_SPOKEN_PUNCTUATION: Final = frozenset(".,;:!?…¿¡。、！？，；：")
SILENT: Final = frozenset("\"'“”„‟‘’‚«»‹›*_`~|{}[]()•·◦▪▫■□●○◆◇★☆│┃─━═")
"""Signs that part or mark words and are not said."""
PAUSES: Final = {"—": ",", "–": ",", "|": ",", "(": ",", ")": ",", "[": ",", "]": ",", "{": ",", "}": ",", "―": ","}
"""Signs that are heard as a short pause only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignWords:
    """What a language says for signs."""

    names: Mapping[str, str]
    named: Callable[[str], str]
    """For one that has none of these."""
    emoticons: Mapping[str, str]
    both: str
    """The "and" of "and/or", behind which the stroke is silent."""
    either: str
    """What the stroke between two words says."""
    flag: str
    minus: str
    to: str
    """Between two figures: "5–7"."""
    dot: str
    """A full stop before a word: ".NET"."""


class _Signs:
    """The rules with the words of one language."""

    def __init__(self, words: SignWords) -> None:
        self._words = words
        self._and = re.compile(rf"\b{words.both}$", re.IGNORECASE)

    def emoji(self, match: re.Match[str]) -> str:
        """Its name, once, however many of it stand there."""
        names: list[str] = []
        for sign in match[0]:
            known = self._words.names.get(sign)
            name = known or ("" if re.match(f"[{_JOINER}{_SKIN}]", sign) else self._words.named(sign))
            if name and name not in names:
                names.append(name)
        return f", {', '.join(names)}," if names else ""

    def flag(self, match: re.Match[str]) -> str:
        letters = " ".join(chr(ord("A") + ord(sign) - _LETTER_A) for sign in match[0])
        return f", {self._words.flag} {letters},"

    def between_words(self, match: re.Match[str]) -> str | None:
        """and/or, he/she."""
        if not re.search(r"[^\W\d_]$", before(match)) or not re.match(r"[^\W\d_]", after(match)):
            return None
        joined = self._and.search(before(match)) or (
            re.search(r"(?:^|[^\w])[A-Z]+$", before(match)) and re.match(r"[A-Z]+(?!\w)", after(match))
        )
        return " " if joined else self._words.either

    def hyphen(self, match: re.Match[str]) -> str:
        """Between words it joins them; free-standing it is a pause, between figures a minus."""
        if re.search(r"\w$", before(match)) and re.match(r"\w", after(match)):
            return "-"
        subtracts = re.search(r"[\d)]\s+$", before(match)) and re.match(r"\s+[\d(]", after(match))
        return self._words.minus if subtracts else ","

    def sign(self, match: re.Match[str]) -> str:
        sign, names = match[0], self._words.names
        kind = unicodedata.category(sign)
        if sign in _SPOKEN_PUNCTUATION or kind[0] == "M":  # a mark belongs to the letter before it
            return sign
        if sign == "*" and re.search(r"[\d)]\s*$", before(match)) and re.match(r"\s*[\d(]", after(match)):
            return names[sign]
        said = PAUSES.get(sign) or (" " if sign in SILENT else names.get(sign))
        if said is None:
            unseen = kind[0] in "CZP" and kind not in {"Co", "Cn"}
            said = " " if unseen else self._words.named(sign)
        return said


def _repeated(match: re.Match[str]) -> str:
    """A row of one sign is a line, and nobody's words."""
    return "," if match[0][0] in "-=_*~#+<>" else match[0][0]


def sign_rules(words: SignWords) -> tuple[Rule, ...]:
    """What is no word and no figure. The last one takes whatever there is."""
    of = _Signs(words)
    return (
        rule(f"[{_FLAG}]{{2}}", of.flag),
        rule(rf"(?:[{_PICTURE}][{_JOINER}{_SKIN}]*){{1,40}}", of.emoji),
        rule(r"([-=_*~#+<>!?.])\1{2,}", _repeated),
        rule(rf"(?<!\w)(?:{one_of(words.emoticons)})(?![\w/])", lambda match: f", {words.emoticons[match[0]]},"),
        rule(r"/", of.between_words),
        rule(r"[–](?=\d)", lambda match: words.to if re.search(r"\S$", before(match)) else None),
        rule(r"\.(?=\w)", lambda match: None if re.search(r"\w$", before(match)) else words.dot),
        rule(r"-", of.hyphen),
        rule(r"['’](?=\w)", lambda match: "'" if re.search(r"\w$", before(match)) else " "),
        rule(r".", of.sign, re.DOTALL),
    )

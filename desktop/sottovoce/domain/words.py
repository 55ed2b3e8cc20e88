"""Words: which of a sentence name something."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sottovoce.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


def one_of(words: str) -> str:
    """A regular expression that matches one of the words of a line."""
    return f"(?:{'|'.join(words.split())})"


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")  # C, C++ and C# are three things

_PICTURE = (
    r"[\u231A-\u23FF\u2600-\u27BF\u2B05-\u2B55\U0001F000-\U0001FAFF]"
    r"[\uFE0F\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F]*"
)
_EMOJI = rf"[\U0001F1E6-\U0001F1FF]{{2}}|{_PICTURE}(?:\u200D{_PICTURE})*"
"""A flag, or pictures joined to one, with their skin; source: Unicode Technical Standard 51, "emoji sequence"."""
_WORD_OR_EMOJI = re.compile(f"{_WORD.pattern}|{_EMOJI}")
_AS_A_PICTURE = "\N{VARIATION SELECTOR-16}"


_ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control signs, such as turn the direction of what follows, and halves of signs; joiners of emoji are none."""


def legible(text: str) -> str:
    """A text without what nobody sees and no name and note is to hold."""
    return _ILLEGIBLE.sub("", text)


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded and casefolded, without punctuation."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(folded(text))]


def words_and_emoji(text: str) -> list[str]:
    """As `words_of`, and each emoji as the word it stands for: who likes the one does not like the other."""
    found = _WORD_OR_EMOJI.findall(unicodedata.normalize("NFC", text))
    return [word.casefold().replace("’", "'").replace(_AS_A_PICTURE, "") for word in found]


def without_smiles(text: str, calling: AbstractSet[str]) -> str:
    """A text without the emoji and signs at its ends, which say nothing; all of it where one stands for a word.

    Args:
        text: Of any language.
        calling: Words that another one follows: an emoji behind one of them is that word.
    """
    plain = unicodedata.normalize("NFC", text)
    words = list(_WORD.finditer(plain))
    if not words or words[-1].group().casefold() in calling:
        return text
    return plain[words[0].start() : words[-1].end()]


def last_words(text: str, count: int) -> str:
    """The end of a text as it is written, from the last but `count` of `words_and_emoji` on, without punctuation."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD_OR_EMOJI.finditer(text))[-count:]
    return text[found[0].start() : found[-1].end()]


def naming_words(text: str, empty: AbstractSet[str]) -> str:
    """The words of a topic that name something, as they were written; all of them if none does.

    Args:
        text: The topic.
        empty: Words that name nothing.
    """
    return " ".join(word for word in text.split() if word.casefold().strip("?!.,;:") not in empty) or text

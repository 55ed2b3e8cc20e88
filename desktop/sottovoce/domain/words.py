"""Words: which of a sentence name something."""

from __future__ import annotations

import re
import unicodedata

EMPTY_WORDS = frozenset(
    "a about am an and are as at be been but by can could did do does for from had has have he her him his how i "  # noqa: SIM905 - words read best as words
    "i'm if in into is it its just like me mine my myself no not of on or our ours please she should so that the "
    "their them then there these they this those to too us was we were what when where which who why will with would "
    "you your yours yourself".split()
)
"""Words that name nothing: two sentences that share only these have nothing in common."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")  # C, C++ and C# are three things


def words_of(text: str) -> list[str]:
    """The words of a text in their order, casefolded, without punctuation."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def last_words(text: str, count: int) -> str:
    """The end of a text as it is written, from the last but `count` of `words_of` on, without punctuation around it."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))[-count:]
    return text[found[0].start() : found[-1].end()]


def content_words(text: str) -> str:
    """The words of a topic that name something, as they were written; all of them if none does."""
    return " ".join(word for word in text.split() if word.casefold().strip("?!.,;:") not in EMPTY_WORDS) or text

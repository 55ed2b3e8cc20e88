"""Turning the user's sentences into the assistant's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TO_SECOND_PERSON = {
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "am": "are",
}

_EMPTY_WORDS = frozenset(
    "a about am an and are at be by did do does for from had has have he her his i i'm in is it its like me mine my "  # noqa: SIM905 - words read best as words
    "myself of on or our she that the their there they this to was we were what when where which who with you your "
    "yours yourself".split()
)
"""Words that name nothing: two sentences that share only these have nothing in common."""


def second_person(text: str) -> str:
    """What the user said of himself, said to him: "i like my dog" becomes "you like your dog"."""
    words = [_TO_SECOND_PERSON.get(word.lower(), word) for word in text.split()]
    said = " ".join(words)
    return re.sub(r"\byou was\b", "you were", said)


def content_words(topic: str) -> str:
    """The words of a topic that name something; all of them if none does."""
    return " ".join(word for word in topic.split() if word.lower() not in _EMPTY_WORDS) or topic


def sentence(text: str) -> str:
    """`text` with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def enumeration(things: Sequence[str]) -> str:
    """As in "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)

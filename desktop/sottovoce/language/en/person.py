"""English sentences of the user turned into the assistant's: "i like my dog" becomes "you like your dog"."""

from __future__ import annotations

import re

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
    "our": "your",
    "ours": "yours",
    "us": "you",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'll": "you'll",
    "we'd": "you'd",
}
_TO_FIRST_PERSON = {
    "you are": "I am",
    "you're": "I'm",
    "you were": "I was",
    "you": "I",
    "your": "my",
}
"""What begins a sentence about the assistant."""
_ADDRESSED = re.compile(r"(?:you are|you're|you were|you|your)(?= )", re.IGNORECASE)
_ANY_OF_THEM = "|".join(sorted(_TO_SECOND_PERSON, key=len, reverse=True))
_FIRST_PERSON = re.compile(rf"(?<![^\s(\"'\u201c])(?:{_ANY_OF_THEM})(?![^\s,.;:!?)\"'\u201d\u2026])", re.IGNORECASE)
"""Each as a word of its own: no "am" of a name with a mark in it, no "i" of a list's "i)"."""
_HOUR = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|o'clock))\s$",
    re.IGNORECASE,
)
"""Before "am" that tells the time."""


def second_person(text: str) -> str:
    """What the user said of himself, said to him: "i like my dog" becomes "you like your dog"."""
    plain = " ".join(text.split())
    begins = _ADDRESSED.match(plain)
    rest = plain[begins.end() :] if begins else plain
    said = (_TO_FIRST_PERSON[begins[0].lower()] if begins else "") + _FIRST_PERSON.sub(_turned, rest)
    return re.sub(r"\byou was\b", "you were", re.sub(r"\byou wasn't\b", "you weren't", said))


def _turned(found: re.Match[str]) -> str:
    word = found[0].lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if word == "am" and _HOUR.search(found.string[: found.start()]):
        return found[0]
    if found[0].isupper() and len(word) > 1 and not found.string.isupper():  # "the US", "Portland, ME"
        return found[0]
    return _TO_SECOND_PERSON[word]


def clause(text: str) -> str:
    """The same as a part of a sentence: without a full stop at its end."""
    return second_person(text).rstrip(".")


def own(topic: str) -> str:
    """A topic as an answer names it; a bare "favorite color" is the user's."""
    told = second_person(re.sub(r" (?:called|named)$", "", topic))
    return told if told != topic or told.startswith(("the ", "your ")) else f"your {told}" if " " in told else told


def sentence(text: str) -> str:
    """`text` with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")

"""Whether something that was found in what was said is what was said: no denial, wish or other person got lost."""

from __future__ import annotations

import re

from sottovoce.domain.words import word_set, words_of
from sottovoce.language.en.holders import holder_of
from sottovoce.language.en.statements import NOT, asks, is_command
from sottovoce.language.en.words import EMPTY_WORDS

_UNREAL = word_set(
    "wish wishes would could should might want wants wanted hope hopes dream imagine used almost plan plans planning "
    "considering wonder intend try trying pretend said says told joke joking asked asks heard"
)
"""Words before what is wished, tried, past or another's word rather than so."""
_OPEN = word_set("if unless whether maybe perhaps probably possibly think thinks guess suppose believe unsure thought")
"""Words by which a whole sentence is not certain, wherever they stand."""
_NUMBERS = word_set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million first second "
    "third"
)
_SAME = {word: "not" for word in NOT if word.endswith(("n't", "nt"))} | {"cannot": "not", "no": "not"}
_SAME |= {"hates": "hate", "dislikes": "dislike", "hated": "hate", "disliked": "dislike"}
_PART = re.compile(r"(?<=[.!?;])\s+|\s+(?=but\b)|,\s+|\s+and\s+(?=i\b|my\b|we\b)", re.IGNORECASE)


def keeps_sense(fact: str, said: str) -> bool:
    """Whether a fact that was found in what was said is no more certain, and no less true, than it was there.

    It must deny what the clause it comes from denies, and nothing else; wishes, suppositions and reports must be in it;
    nobody else's fact is the user's; numbers were said, and comparisons go the same way; no question or order counts.
    """
    words = frozenset(words_of(fact))
    clause = max(_PART.split(said), key=lambda part: _shared(words, words_of(part)))
    there = words_of(clause)
    if asks(clause) or is_command(clause) or not _OPEN.intersection(words_of(said)) <= words:
        return False
    if holder_of(fact).own and not holder_of(fact).path and holder_of(clause).path:
        return False
    if {word for word in words if word in _NUMBERS or word[0].isdigit()} - frozenset(words_of(said)):
        return False
    last = max((at for at, word in enumerate(there) if word in words and word not in EMPTY_WORDS), default=0)
    if not _UNREAL.intersection(there[:last]) <= words or _denials(words_of(fact)) != _denials(there):
        return False
    return "than" not in words or _named(words_of(fact)) == [word for word in _named(there) if word in words]


def _shared(words: frozenset[str], there: list[str]) -> tuple[int, int]:
    both = words.intersection(there)
    return len(both - EMPTY_WORDS), len(both)


def _denials(words: list[str]) -> frozenset[str]:
    return frozenset(_SAME.get(word, word) for word in words if word in NOT)


def _named(words: list[str]) -> list[str]:
    return [word for word in words if word not in EMPTY_WORDS]

"""Which words are good words of English: those that ship with the embedder, and their forms."""

from __future__ import annotations

import functools

from sottovoce.resources import resource

_CONTRACTED = ("n't", "'s", "'m", "'re", "'ve", "'ll", "'d", "s'")
_ENDINGS = {
    "": ("s", "es", "ed", "ing", "er", "ers", "est", "ly", "ness", "less", "ful", "able", "ish", "y", "like"),
    "e": ("ed", "ing", "er", "able"),
    "y": ("ies", "ied", "ier", "iest", "ily"),
}
"""Endings of a form, by what stands in their place in the word it is a form of."""
_BEGINNINGS = ("un", "re", "over", "under", "out", "mis", "non", "dis", "pre")
_SHORTEST = 3
"""Letters of a part: a shorter one is in everything."""


@functools.cache
def _known() -> frozenset[str]:
    text = resource("embeddings", "static-en", "vocab.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith(("#", "[")))


def is_word(word: str) -> bool:
    """Whether somebody may have meant this word, whatever its case and form; what is not of letters alone is one.

    Reads 30,000 words the first time (9 ms).
    """
    plain = word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    stem = next((plain.removesuffix(end) for end in _CONTRACTED if plain.endswith(end)), plain)
    parts = stem.split("-")
    return all(not part.isalpha() or _is_known(part) for part in parts)


def _is_known(word: str) -> bool:
    known = _known()
    if word in known or any(stem in known for stem in _stems(word)):
        return True
    cuts = range(_SHORTEST, len(word) - _SHORTEST + 1)
    return any(word[:cut] in known and word[cut:] in known for cut in cuts)  # "rainstorm"


def _stems(word: str) -> list[str]:
    """The words that a word may be a form of."""
    stems = [
        f"{word.removesuffix(ending)}{instead}"
        for instead, endings in _ENDINGS.items()
        for ending in endings
        if word.endswith(ending)
    ]
    stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]  # "stopped" of "stop"
    stems += [word.removeprefix(begin) for begin in _BEGINNINGS if word.startswith(begin)]
    return [stem for stem in stems if len(stem) >= _SHORTEST]

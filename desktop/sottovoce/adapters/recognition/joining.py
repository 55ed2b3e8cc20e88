"""Two texts whose sounds overlap, as one: nothing twice, nothing lost."""

from __future__ import annotations

from sottovoce.adapters.recognition.normaliser import plain

_REACH = 6
"""Words around the seam that may have been heard twice: a second of fast speech."""


def joined(first: str, second: str) -> str:
    """One text; the end of the first and the beginning of the second are of the same sound.

    The longest run of words that both have around the seam is taken once; what the first has behind it was cut off in
    the middle, what the second has before it began in the middle.
    """
    left, right = first.split(), second.split()
    said_left, said_right = [plain(word) for word in left], [plain(word) for word in right]
    best, place = 0, (len(left), 0)
    for i in range(max(0, len(left) - _REACH), len(left)):
        for j in range(min(len(right), _REACH)):
            run = 0
            while i + run < len(left) and j + run < len(right) and said_left[i + run] == said_right[j + run] != "":
                run += 1
            if run and (run, i) > (best, place[0] if best else -1):
                best, place = run, (i, j)
    i, j = place
    return followed(" ".join(left[:i]), " ".join(right[j:]))


def followed(first: str, second: str) -> str:
    """One text behind the other, without the capital that only the cut between them has made."""
    before = first.split()
    return " ".join([*before, *_continued(second.split(), after=before)])


def _continued(words: list[str], after: list[str]) -> list[str]:
    if not words or not after or after[-1][-1] in ".?!":
        return words
    first = words[0]
    if first[1:].islower() and first[:1].isupper() and first != "I":
        first = first[0].lower() + first[1:] if plain(first) in _SMALL else first
    return [first, *words[1:]]


_SMALL = frozenset({
    "a", "an", "the", "and", "or", "but", "if", "so", "to", "of", "in", "on", "at", "by", "for", "from", "with", "as",
    "is", "it", "was", "were", "are", "he", "she", "they", "we", "you", "that", "this", "there", "then", "when",
    "where", "what", "which", "who", "how", "not", "no", "his", "her", "their", "our", "your", "my",
})  # fmt: skip
"""Words that have a capital only where a sentence begins."""

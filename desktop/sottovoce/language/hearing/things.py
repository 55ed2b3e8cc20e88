"""Things that are named one after the other."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_COMMA: Final = re.compile(r"\s*[,;\n]\s*")


def things(
    text: str, *, joining: str, pairs: AbstractSet[str], alone: AbstractSet[str], articles: AbstractSet[str]
) -> tuple[str, ...]:
    """Each thing that a text names, once.

    Args:
        text: As it was said or written.
        joining: What stands between the last two, as in "and".
        pairs: Things that hold this word by themselves.
        alone: Words each of which is a thing where several stand together without a comma; and two together that
            are one nevertheless.
        articles: Words before a thing that are no part of it.
    """
    found: dict[str, str] = {}
    for part in _COMMA.split(text.strip().rstrip(".!?")):
        for one in _joined(part, joining, pairs):
            for thing in _run(one, alone):
                words = thing.split()
                while len(words) > 1 and words[0].lower() in articles:
                    words = words[1:]
                if words and " ".join(words).lower() not in articles:
                    found.setdefault(" ".join(words).lower(), " ".join(words))
    return tuple(found.values())


def _joined(part: str, joining: str, pairs: AbstractSet[str]) -> list[str]:
    """Things with the joining word between them; what is a pair stays one."""
    words = part.split()
    while words and words[0].lower() == joining:
        words = words[1:]
    while words and words[-1].lower() == joining:
        words = words[:-1]
    for at, word in enumerate(words):
        if word.lower() != joining:
            continue
        for begin in range(at):
            for end in range(len(words), at + 1, -1):
                ends = end == len(words) or words[end].lower() == joining
                begins = begin == 0 or words[begin - 1].lower() == joining
                if begins and ends and " ".join(words[begin:end]).lower() in pairs:
                    before, after = " ".join(words[:begin]), " ".join(words[end:])
                    pair = " ".join(words[begin:end])
                    return [*_joined(before, joining, pairs), pair, *_joined(after, joining, pairs)]
    return re.split(rf"\s+{joining}\s+", " ".join(words), flags=re.IGNORECASE) if words else []


def _run(text: str, alone: AbstractSet[str]) -> list[str]:
    """Words that are a thing each, as a recogniser writes them: without commas."""
    words = text.split()
    each = all(word.lower() in alone for word in words)
    pair = any(f"{one} {other}".lower() in alone for one, other in itertools.pairwise(words))
    return words if each and not pair else [text]

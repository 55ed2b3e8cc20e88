"""What somebody talks about: the words that keep coming up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.contexts import MOST_TOPICS
from sottovoce.domain.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

SHORTEST = 4
"""Letters a topic has at least: shorter words seldom name what a sentence is about."""
LONGEST = 40


def topics_of(text: str, none: AbstractSet[str]) -> tuple[str, ...]:
    """The words of a sentence that may be a topic, each once; `none` holds words that never are."""
    return tuple(
        dict.fromkeys(word for word in words_of(text) if SHORTEST <= len(word) <= LONGEST and word not in none)
    )


def with_topics(topics: Mapping[str, int], text: str, none: AbstractSet[str]) -> dict[str, int]:
    """The counts after `text` was said; beyond `MOST_TOPICS`, what came up least and longest ago goes.

    `none` holds words that are no topics.
    """
    counts = dict(topics)
    for word in topics_of(text, none)[:MOST_TOPICS]:
        counts[word] = counts.pop(word, 0) + 1  # last said, last in order
    while len(counts) > MOST_TOPICS:
        del counts[min(counts, key=counts.__getitem__)]
    return counts


def without_topics(topics: Mapping[str, int], text: str) -> dict[str, int]:
    """The counts without any word of `text`."""
    gone = set(words_of(text))
    return {word: count for word, count in topics.items() if word not in gone}

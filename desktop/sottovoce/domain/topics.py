"""What somebody talks about: the words that keep coming up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.contexts import MOST_TOPICS
from sottovoce.domain.words import EMPTY_WORDS, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST = 4
"""Letters a topic has at least: shorter words seldom name what a sentence is about."""
LONGEST = 40
_OF_COMMANDS = frozenset(
    "about again answer answers brief call change date detailed does everything faster file files find forget "  # noqa: SIM905
    "good hello help know like look love minute minutes month more much myself name note notes please quickly "
    "remember remind reminder search short shorter slower speak stay talk tell thank thanks thing things time "
    "timer today tomorrow want week well what year yesterday".split()
)
"""Words of what can be asked: they tell what is wanted, not what it is about."""


def topics_of(text: str) -> tuple[str, ...]:
    """The words of a sentence that may be a topic, each once."""
    return tuple(
        dict.fromkeys(
            word
            for word in words_of(text)
            if SHORTEST <= len(word) <= LONGEST and word not in EMPTY_WORDS and word not in _OF_COMMANDS
        )
    )


def with_topics(topics: Mapping[str, int], text: str) -> dict[str, int]:
    """The counts after `text` was said; beyond `MOST_TOPICS`, what came up least and longest ago goes."""
    counts = dict(topics)
    for word in topics_of(text)[:MOST_TOPICS]:
        counts[word] = counts.pop(word, 0) + 1  # last said, last in order
    while len(counts) > MOST_TOPICS:
        del counts[min(counts, key=counts.__getitem__)]
    return counts


def without_topics(topics: Mapping[str, int], text: str) -> dict[str, int]:
    """The counts without any word of `text`."""
    gone = set(words_of(text))
    return {word: count for word, count in topics.items() if word not in gone}

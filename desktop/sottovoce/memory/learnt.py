"""What a memory makes of its user's context, and how that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.topics import without_topics
from sottovoce.language import available, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.facts import Fact

MOST_LEARNT = 100
"""Preferences kept when another is learnt: the older ones are still memories."""


def learnt(context: UserContext, text: str) -> UserContext:
    """The snapshot after `text` was remembered: a name, a preference; the same one if it tells neither."""
    fact = next(_facts(text, context.language), None)
    if fact is None:
        return context
    if fact.display_name:
        context = context.copy_with(display_name=fact.display_name)
    if fact.preference:
        name, value = fact.preference
        others = [item for item in context.preferences.items() if item[0] != name]
        context = context.copy_with(preferences={**dict(others[-(MOST_LEARNT - 1) :]), name: value})
    return context


def unlearnt(context: UserContext, texts: Iterable[str]) -> UserContext:
    """The snapshot without anything that came from these memories, their words as topics included."""
    for text in texts:
        context = context.copy_with(topics=without_topics(context.topics, text))
        for fact in _facts(text, context.language):
            name, value = fact.preference or ("", "")
            others = {kept: of for kept, of in context.preferences.items() if (kept, of) != (name, value)}
            context = context.copy_with(
                preferences=others,
                display_name="" if fact.display_name == context.display_name else context.display_name,
            )
    return context


def _facts(text: str, tag: str) -> Iterator[Fact]:
    """What a memory tells for a context, in its language first: it may have been told when that was another one."""
    own = language(tag).tag
    for one in (own, *(other for other in available() if other != own)):
        fact = language(one).facts.told_by(text)
        if fact.display_name or fact.preference:
            yield fact

"""What a memory makes of its user's context, and how that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.facts import told_by
from sottovoce.domain.topics import without_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.domain.contexts import UserContext

MOST_LEARNT = 100
"""Preferences kept when another is learnt: the older ones are still memories."""


def learnt(context: UserContext, text: str) -> UserContext:
    """The snapshot after `text` was remembered: a name, a preference; the same one if it tells neither."""
    fact = told_by(text)
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
        fact = told_by(text)
        preferences = dict(context.preferences)
        if fact.preference and preferences.get(fact.preference[0]) == fact.preference[1]:
            del preferences[fact.preference[0]]
        context = context.copy_with(
            preferences=preferences,
            display_name="" if fact.display_name == context.display_name else context.display_name,
            topics=without_topics(context.topics, text),
        )
    return context

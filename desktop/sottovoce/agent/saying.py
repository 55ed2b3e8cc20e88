"""Putting what a skill says into the words of the user it is said to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.friendship import closeness
from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.said import Said


def in_words(said: Said, context: UserContext) -> str:
    """The sentences for this user: in the language, manner and tone of the context."""
    personality = context.personality
    return language(context.language).tell(
        said,
        manner=personality.verbosity,
        tone=personality.tone,
        closeness=closeness(context),
        name=context.display_name,
    )

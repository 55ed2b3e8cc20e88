"""Putting what a skill says into the words of the user it is said to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.friendship import closeness
from sottovoce.domain.said import Said
from sottovoce.language import available, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.domain.contexts import UserContext


def in_words(said: Said | str | Iterable[Said], context: UserContext) -> str:
    """The sentences for this user: in the language, manner and tone of the context.

    Several are said one after the other; a text that is nobody's message (a model's, a file's) stays as it is.
    """
    if isinstance(said, str):
        return said
    if not isinstance(said, Said):
        return " ".join(in_words(one, context) for one in said)
    personality = context.personality
    return language(context.language).render(
        said,
        manner=personality.verbosity,
        tone=personality.tone,
        closeness=closeness(context),
        name=context.display_name or None,
    )


def in_any_language(said: Said) -> tuple[str, ...]:
    """A message that is the same to everybody, in each language: by it an earlier answer is known again."""
    return tuple(language(tag).render(said) for tag in available())

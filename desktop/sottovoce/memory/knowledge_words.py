"""The words of files, whatever language they are in, and of their names."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sottovoce.domain import sentences as written
from sottovoce.language import available, language

if TYPE_CHECKING:
    import re


def key_words_of_all(text: str) -> frozenset[str]:
    """The words of a text that name something in one language or another, as `Words.key_words` gives them."""
    return frozenset().union(*(language(tag).words.key_words(text) for tag in available()))


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the white space around them; the end of a line ends one, too."""
    return written.sentences(text, _abbreviations())


@functools.cache
def _abbreviations() -> tuple[re.Pattern[str], ...]:
    return tuple(language(tag).words.ABBREVIATION for tag in available())


def meaning_text(path: str, place: str, text: str) -> str:
    """What is turned into the vector of a passage: a section often names its subject in the heading alone.

    Args:
        path: Of its file; its name without the ending is part of the meaning.
        place: As in `Passage`.
        text: The passage.
    """
    name = spoken_name(path)
    return ". ".join(part for part in (name, place, text) if part)


def spoken_name(path: str) -> str:
    """The words of a file's name, without its ending."""
    return " ".join(path.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ").split())

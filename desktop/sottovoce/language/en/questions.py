"""What an English question asks, and whether one sentence of a file answers it."""

from __future__ import annotations

import functools

from sottovoce.language.en import answer_forms
from sottovoce.language.en.question_forms import asked, asks_of_files

__all__ = ["answers", "asks_of_files"]

_asked = functools.lru_cache(maxsize=8)(asked)
"""One question is held against many sentences."""


def answers(question: str, sentence: str, around: str = "") -> bool:
    """Whether `sentence` surely answers `question`; `around` is what its file's name and heading say."""
    parts = _asked(question)
    return parts is not None and answer_forms.answers(parts, sentence, around)

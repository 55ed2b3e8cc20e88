"""Whether a German fact that was found in what was said is what was said: only if it is said there word for word."""

from __future__ import annotations

import re

from sottovoce.domain.words import words_of
from sottovoce.language.de.statements import asks, clauses, is_command, is_sure, stated

_PART = re.compile(r"(?<=[.!?;])\s+|,\s+|\s+und\s+(?=ich\b|mein|wir\b)", re.IGNORECASE)


def keeps_sense(fact: str, said: str) -> bool:
    """Whether a fact is one whole clause of what was said, and nothing there makes that uncertain.

    No word may be missing: a denial, a wish or another person is one word.
    """
    if not is_sure(said) or asks(said):
        return False
    parts = [stated(part) for whole in _PART.split(said) for part in clauses(whole)]
    wanted = words_of(stated(fact))
    return any(words_of(part) == wanted and not asks(part) and not is_command(part) for part in parts)

"""The surroundings of what a search found, out of the text as it was said."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sottovoce.domain.folding import folded, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE_CHARS, AFTER_CHARS = 40, 60
"""Of the text around the first match."""


def snippet(text: str, words: Sequence[str], mark: str, end_mark: str) -> str:
    """The first match with its surroundings, a sign before and one after each match, "…" for what was left out.

    Args:
        text: As it was said.
        words: What was looked for, one or more of which are in it.
        mark: Before a match.
        end_mark: After it.
    """
    letters, places = _compared(text)
    spans = sorted(
        span
        for word in words
        for span in _spans(letters, places, _compared(word)[0])
        if _is_word(text, *span, whole=word is not words[-1])
    )
    spans = [(first, _word_end(text, last)) for first, last in spans]
    begin = max(spans[0][0] - BEFORE_CHARS, 0) if spans else 0
    end = min(begin + BEFORE_CHARS + AFTER_CHARS, len(text))
    snippet, at = "…" if begin else "", begin
    for first, last in spans:
        if at <= first and last <= end:
            snippet += f"{text[at:first]}{mark}{text[first:last]}{end_mark}"
            at = last
    return " ".join(f"{snippet}{text[at:end]}{'…' if end < len(text) else ''}".split())


def _goes_on(text: str, at: int) -> bool:
    """Whether the sign before and the one at a place are of one word."""
    around = text[max(at - 1, 0) : at + 1]
    return at > 0 and len(around) > 1 and all(c.isalnum() and not is_unspaced(c) for c in around)


def _is_word(text: str, first: int, last: int, *, whole: bool) -> bool:
    """Whether a word begins there, and ends there where it must."""
    return not _goes_on(text, first) and not (whole and _goes_on(text, last))


def _word_end(text: str, at: int) -> int:
    while _goes_on(text, at):
        at += 1
    return at


def _compared(text: str) -> tuple[str, list[int]]:
    """A text as the index compares it, without accents and gaps, and the place in `text` of each sign."""
    letters, places = "", []
    for at, sign in enumerate(text):
        plain = unicodedata.normalize("NFD", folded(sign).casefold())
        kept = "".join(c for c in plain if not unicodedata.combining(c))
        letters += kept
        places += [at] * len(kept)
    return letters, places


def _spans(letters: str, places: list[int], word: str) -> list[tuple[int, int]]:
    """Where in the text a word stands."""
    found: list[tuple[int, int]] = []
    at = letters.find(word) if word else -1
    while at >= 0:
        found.append((places[at], places[at + len(word) - 1] + 1))
        at = letters.find(word, at + len(word))
    return found

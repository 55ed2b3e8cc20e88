"""A text without the marks around its words, each of which knows where it stood."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = re.compile(r"\S+")
_EDGES = ' \t\n.,;:!?"()[]{}\N{HORIZONTAL ELLIPSIS}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}„«»'

_PAUSE = frozenset(",;.!?:")


def normalised(text: str) -> str:
    """`text` as the templates want it: single spaces, no punctuation around words.

    What is inside a word stays ("3.5", "e-mail"), and so does the case, which templates ignore: a slot holds the user's
    own words.
    """
    return Sentence(text).plain


class Sentence:
    """A text without the marks around its words, each of which knows where it stood."""

    def __init__(self, text: str) -> None:
        self._text = text
        straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        self._straight = straight
        self.plain = " ".join(word for raw in straight.split() if (word := raw.strip(_EDGES)))
        self.words = tuple(self.plain.casefold().split())
        """Folded."""

    @functools.cached_property
    def _spans(self) -> list[tuple[int, int, int]]:
        """Where each word begins in `plain`, begins and ends in the text."""
        spans: list[tuple[int, int, int]] = []
        length = 0
        for raw in _RAW.finditer(self._straight):
            word = raw[0].strip(_EDGES)
            if word:
                begin = raw.start() + raw[0].index(word)
                spans.append((length, begin, begin + len(word)))
                length += len(word) + 1
        return spans

    @functools.cached_property
    def pauses(self) -> frozenset[int]:
        """How many words stand before each comma or the like inside."""
        ends = [last for _, _, last in self._spans[:-1]]
        begins = [first for _, first, _ in self._spans[1:]]
        between = (self._text[last:first] for last, first in zip(ends, begins, strict=True))
        return frozenset(count for count, marks in enumerate(between, start=1) if not _PAUSE.isdisjoint(marks))

    def part(self, begin: int, end: int) -> str:
        """The text from its word number `begin` to the one before number `end`."""
        if not self._spans[begin:end]:
            return ""
        first = self._spans[begin][0]
        return self.cut(first, self._spans[end - 1][0] + 1)

    def cut(self, begin: int, end: int) -> str:
        """What the text has from the word with this place in `plain` to the one before that, marks between included."""
        inside = [span for span in self._spans if begin <= span[0] < end]
        first, last = (inside[0][1], inside[-1][2]) if inside else (0, 0)
        while first and _lacks(self._text[first:last], self._text[first - 1], opens=True):
            first -= 1
        while last < len(self._text) and (more := _lacked(self._text[first:last], self._text[last:])):
            last += more
        return self._text[first:last]


_PAIRS = {'"': '"', "(": ")", "[": "]", "{": "}", "«": "»", "»": "«"} | {
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "„": "\N{LEFT DOUBLE QUOTATION MARK}",
}
_ENDS_INSIDE = ".!?\N{HORIZONTAL ELLIPSIS}"
"""What may stand before the mark that closes a quotation, and belongs to it: mum said "don't call!"."""


def _lacked(text: str, behind: str) -> int:
    """How many of the marks behind a text belong to it: the other half of one inside, with what stands before it."""
    ending = len(behind) - len(behind.lstrip(_ENDS_INSIDE))
    closing = behind[ending : ending + 1]
    return ending + 1 if closing and _lacks(text, closing, opens=False) else 0


def _lacks(text: str, mark: str, *, opens: bool) -> bool:
    """Whether a mark before or behind a text is the other half of one inside."""
    for begin, end in _PAIRS.items():
        if mark == (begin if opens else end):
            if begin == end:
                return text.count(begin) % 2 == 1
            return any(_without_half(text, begin, end, opens=opens))
    return False


def _without_half(text: str, begin: str, end: str, *, opens: bool) -> Iterator[bool]:
    """For each mark that closes (`opens`) or opens one, whether its other half lacks: "2+3)*(4+5" lacks two."""
    wanted, other = (end, begin) if opens else (begin, end)
    whole = 0
    for mark in text if opens else reversed(text):
        if mark == other:
            whole += 1
        elif mark == wanted:
            yield whole == 0
            whole = max(whole - 1, 0)

"""From the blocks of a text to passages of a size that can be found and quoted."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.memory.knowledge_words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WRAPPED_CHARS = 40
"""A line this long that ends no sentence was broken by an editor; a shorter one was meant to end there."""

HEADING_WORDS = 10
"""So few words don't stand alone before something that fills a passage by itself."""

_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_ENDS = re.compile(r"[.!?:;|][\"')\]*_`]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingLimits:
    """How long passages are."""

    most_words: int = 160
    """MiniLM takes in 256 word pieces, about 190 English words; beyond, the end of a passage could not be found."""
    least_words: int = 60
    """A shorter one is filled up with what follows under the same heading, within a sentence if need be."""
    most_chars: int = 1500
    """For what has no spaces; 160 English words have 900 to 1,000."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not 0 < self.least_words <= self.most_words or self.most_chars < 1:
            raise ValueError("passages need a length")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table or piece of code."""

    place: str
    text: str
    by_lines: bool = False
    """Whether a cut through it goes between lines, not between sentences."""


@dataclass(frozen=True, slots=True)
class _TextPiece:
    gap: str
    """What stands before it if something else does."""
    text: str
    words: int
    divisible: bool = False
    """Whether it is a paragraph that may be cut between sentences to fill a passage up."""


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return _ITEM.match(line) is not None


def unwrapped(lines: Iterable[str]) -> str:
    """The lines of a paragraph or list, those an editor broke put together again."""
    whole: list[list[str]] = []
    last = ""
    for line in lines:
        if whole and len(last) >= WRAPPED_CHARS and not _ENDS.search(last) and not is_item(line):
            whole[-1].append(line.strip())
        else:
            whole.append([line.rstrip()])
        last = line.rstrip()
    return "\n".join(" ".join(parts) for parts in whole)


def paragraphs(text: str, place: str = "") -> Iterator[Block]:
    """The blocks of a plain text, which blank lines part."""
    for blank, lines in itertools.groupby(text.splitlines(), key=lambda line: not line.strip()):
        if not blank:
            found = list(lines)
            yield Block(place, unwrapped(found).strip(), by_lines=is_item(found[0]))


def cut(blocks: Iterable[Block], limits: CuttingLimits) -> Iterator[tuple[str, str]]:
    """Passages as (place, text), in order; none reaches over a heading, and every word is in one of them."""
    for place, group in itertools.groupby(blocks, key=lambda block: block.place):
        pieces = itertools.chain.from_iterable(_pieces(block, limits) for block in group)
        for text in _packed(pieces, limits):
            yield place, text


def _fits(text: str, limits: CuttingLimits) -> bool:
    return len(text) <= limits.most_chars and len(text.split()) <= limits.most_words


def _pieces(block: Block, limits: CuttingLimits) -> Iterator[_TextPiece]:
    if _fits(block.text, limits):
        yield _TextPiece("\n\n", block.text, len(block.text.split()), divisible=not block.by_lines)
        return
    yield from _parts(block.text, "\n\n", limits, by_lines=block.by_lines)


def _parts(text: str, first_gap: str, limits: CuttingLimits, *, by_lines: bool) -> Iterator[_TextPiece]:
    gap = first_gap
    for part in text.splitlines() if by_lines else sentences(text):
        for run in _runs(part, limits):
            yield _TextPiece(gap, run, len(run.split()))
            gap = " "
        gap = "\n" if by_lines else " "


def _runs(text: str, limits: CuttingLimits) -> Iterator[str]:
    """A sentence or line, in parts if it is too long for a passage."""
    if _fits(text, limits):
        yield text
        return
    taken: list[str] = []
    chars = 0
    parts = itertools.chain.from_iterable(_chopped(word, limits.most_chars) for word in text.split())
    for word in parts:
        if taken and (len(taken) == limits.most_words or chars + 1 + len(word) > limits.most_chars):
            yield " ".join(taken)
            taken, chars = [], 0
        chars += len(word) + bool(taken)
        taken.append(word)
    if taken:
        yield " ".join(taken)


def _chopped(word: str, most: int) -> Iterator[str]:
    for begin in range(0, len(word), most):
        yield word[begin : begin + most]


def _packed(pieces: Iterator[_TextPiece], limits: CuttingLimits) -> Iterator[str]:
    text, words = "", 0
    parts: list[_TextPiece] = []  # of a paragraph that was cut to fill a passage up, the first one last
    while piece := parts.pop() if parts else next(pieces, None):
        joined = f"{text}{piece.gap}{piece.text}" if text else piece.text
        short = len(joined) <= limits.most_chars
        if short and words + piece.words <= limits.most_words:
            text, words = joined, words + piece.words
        elif words < limits.least_words and piece.divisible:
            parts += reversed(list(_parts(piece.text, piece.gap, limits, by_lines=False)))
        elif short and words <= HEADING_WORDS:
            text, words = joined, words + piece.words
        else:
            yield text
            text, words = piece.text, piece.words
    if text:
        yield text

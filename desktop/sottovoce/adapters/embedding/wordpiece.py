"""Words cut into the pieces of a vocabulary, by the rules of uncased BERT.

Our own, as the usual library brings a client of a model hub along, and this program opens no connection by itself.
Source: Devlin et al., BERT (2019), `tokenization.py`; compared with the tokenizers library, piece by piece.
"""

from __future__ import annotations

import itertools
import unicodedata
from typing import TYPE_CHECKING

from sottovoce.adapters.embedding.files import broken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_TOKENS = 256
"""Tokens of one text that count, the two marks around it included (sentence_bert_config.json of the weights)."""

MAX_TEXT = 32_768
"""Characters of one text that are looked at: far more than 256 pieces, so that a huge text costs no more."""

MAX_WORD = 100
"""Characters of a word that is still cut into pieces; a longer one is unknown (BERT's max_input_chars_per_word)."""

UNKNOWN = "[UNK]"
FIRST = "[CLS]"
LAST = "[SEP]"

_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
# Code points that are a word each. The fifth starts at 2B920, not at 2B820: a slip of the library the weights were
# trained with, kept so that the pieces stay the same.


class _Spelling(dict[int, str]):
    """What each character becomes, worked out when it first occurs: at most one entry a code point."""

    def __missing__(self, code: int) -> str:
        self[code] = spelt = _spell(chr(code))
        return spelt


def _spell(char: str) -> str:
    """One character as words are made of: without accent, small, signs set apart, control characters gone."""
    if char in "\t\n\r":
        return " "
    if char == "\ufffd" or unicodedata.category(char).startswith("C"):
        return ""
    if char.isspace():
        return " "
    bare = [part for part in unicodedata.normalize("NFD", char) if unicodedata.category(part) != "Mn"]
    if any(first <= ord(char) <= last for first, last in _CHINESE):
        return f" {''.join(bare)} "
    return "".join(f" {part} " if _is_sign(part) else part.lower() for part in bare)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char).startswith("P") or (char.isascii() and not char.isalnum())


class WordPieces:
    """A vocabulary, and texts as numbers of its pieces."""

    def __init__(self, pieces: list[str]) -> None:
        """`pieces`: the vocabulary in the order of its numbers; must hold `[UNK]`.

        Raises:
            ValueError: It doesn't, or a piece is there twice.
        """
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        if len(self._numbers) != len(pieces) or UNKNOWN not in self._numbers:
            raise ValueError("not a vocabulary")
        self.unknown = self._numbers[UNKNOWN]
        self._spelling = _Spelling()

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, piece: str) -> int:
        """The number of a piece; that of `[UNK]` if it isn't there."""
        return self._numbers.get(piece, self.unknown)

    def numbers(self, text: str, *, limit: int = MAX_TOKENS - 2) -> list[int]:
        """The first `limit` pieces of `text`; no marks around them."""
        words = text[:MAX_TEXT].translate(self._spelling).split()
        return list(itertools.islice(itertools.chain.from_iterable(map(self._cut, words)), limit))

    def _cut(self, word: str) -> Iterator[int]:
        """The longest piece first, then the longest of the rest; a word with a rest that is none is unknown."""
        if len(word) > MAX_WORD:
            return iter((self.unknown,))
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return iter((self.unknown,))
            found.append(number)
            start = end
        return iter(found)


def read_vocabulary(path: Path) -> WordPieces:
    """The vocabulary in a file, one piece a line.

    Raises:
        EmbedderBroken: It can't be read, or is none.
    """
    try:
        return WordPieces(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    except (OSError, ValueError):
        raise broken(path) from None

"""The small embedder: a vector for each piece of a word, and the mean of them for a text. Needs nothing but NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sottovoce.adapters.embedding.files import broken, check_sizes
from sottovoce.adapters.embedding.threaded import ThreadedEmbedder
from sottovoce.adapters.embedding.units import to_bytes
from sottovoce.adapters.embedding.wordpiece import MAX_TOKENS, read_vocabulary
from sottovoce.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)

NAME = "static-en-1"
"""A new table gets a new number: vectors of two tables can't be compared."""

DIMENSIONS = 256

LEAST_ALIKE = 0.25
"""Cosine that 98 % of strangers stay below and 80 % of the pairs reach (`tools/embeddings/measure.py`, 70 pairs)."""

FOLDER = ("embeddings", "static-en")
"""Below the resources; `tools/embeddings` makes it."""


class StaticEncoder:
    """The table, mapped from its file: only the pages of the pieces that occur are read."""

    name = NAME
    dimensions = DIMENSIONS

    def __init__(self, folder: Path | None = None) -> None:
        """Open the table in `folder` (the one that ships).

        Raises:
            EmbedderBroken: A file is missing or damaged.
        """
        folder = folder or resource(*FOLDER)
        check_sizes(folder)
        self._pieces = read_vocabulary(folder / "vocab.txt")
        self._rows = _mapped(folder / "rows.npy", np.int8, (len(self._pieces), DIMENSIONS))
        self._scales = _mapped(folder / "scales.npy", np.float32, (len(self._pieces),))

    def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One row a text, shape (texts, 256): the unit vector times 127, or zeros without a known word."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            numbers = [n for n in self._pieces.numbers(text, limit=MAX_TOKENS) if n != self._pieces.unknown]
            vectors[row] = self._scales[numbers] @ self._rows[numbers].astype(np.float32)
        return to_bytes(vectors)


def _mapped(path: Path, kind: type[T], shape: tuple[int, ...]) -> NDArray[T]:
    try:
        array: NDArray[T] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise broken(path) from None
    if array.dtype != kind or array.shape != shape:
        raise broken(path)
    return array


class StaticEmbedder(ThreadedEmbedder):
    """`StaticEncoder` on a thread of its own; works wherever the program does."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` as in `StaticEncoder`; nothing is opened before the first `embed`."""
        super().__init__(NAME, DIMENSIONS, LEAST_ALIKE, lambda: StaticEncoder(folder))

"""Vectors in memory: one matrix of signed bytes, and the nearest of them to a question's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sottovoce.domain.memories import Vectors

UNIT = 127
"""A component of 1.0 as a signed byte."""
BLOCK_ROWS = 2048
"""Rows turned to floats at a time: about what stays in a core's cache at 384 dimensions. NumPy multiplies floats with
BLAS and integers without."""
LOADED_AT_ONCE = 1024
"""Vectors taken in before the loop gets its turn: well below a millisecond, where all of 100,000 took 20 to 70."""
WORDS_SHARE = 0.1
"""What sharing words counts beside meaning: 22 of 24 paraphrases came first; with reciprocal ranks 16 did."""

KeyT = TypeVar("KeyT", bound="Hashable")


class VectorIndex:
    """Vectors by key. Belongs to one thread; a search of 100,000 takes some milliseconds, whatever it searches for."""

    def __init__(self, dimensions: int) -> None:
        """Hold vectors of so many signed bytes each."""
        if dimensions < 1:
            raise ValueError("a vector needs a dimension")
        self._dimensions = dimensions
        self._rows: NDArray[np.int8] = np.empty((0, dimensions), np.int8)
        self._keys: list[str] = []
        self._places: dict[str, int] = {}
        self._block: NDArray[np.float32] = np.empty((0, dimensions), np.float32)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def load(self, keys: Sequence[str], values: bytes) -> None:
        """Replace all vectors by these.

        Args:
            keys: Each once.
            values: Their vectors one after another.

        Raises:
            ValueError: There are not as many vectors as keys.
        """
        for _ in self._loading(keys, values):
            pass

    def _loading(self, keys: Sequence[str], values: bytes) -> Iterator[None]:
        """As `load`, in steps; what it holds changes with each."""
        rows = np.frombuffer(values, np.int8)
        if rows.size != len(keys) * self._dimensions:
            raise ValueError("as many vectors as keys, please")
        rows = rows.reshape(len(keys), self._dimensions)
        self._rows = np.empty((_room(len(keys)), self._dimensions), np.int8)
        self._keys, self._places = [], {}
        for begin in range(0, len(keys), LOADED_AT_ONCE):
            some = keys[begin : begin + LOADED_AT_ONCE]
            self._rows[begin : begin + len(some)] = rows[begin : begin + len(some)]
            self._places.update(zip(some, range(begin, begin + len(some)), strict=True))
            self._keys += some
            yield

    def put(self, key: str, vector: bytes) -> None:
        """Add a vector under a key, in place of the one before.

        Raises:
            ValueError: It has other dimensions.
        """
        row = self._row(vector)
        place = self._places.get(key)
        if place is None:
            place = len(self._keys)
            if place == len(self._rows):
                grown = np.empty((_room(place), self._dimensions), np.int8)
                grown[:place] = self._rows
                self._rows = grown
            self._keys.append(key)
            self._places[key] = place
        self._rows[place] = row

    def drop(self, keys: Iterable[str]) -> None:
        """Remove the vectors of these keys; unknown ones change nothing."""
        for key in keys:
            place = self._places.pop(key, None)
            if place is None:
                continue
            last = self._keys.pop()
            if last != key:
                self._rows[place] = self._rows[len(self._keys)]
                self._keys[place] = last
                self._places[last] = place
            self._rows[len(self._keys)] = 0  # what was forgotten does not stay in memory either

    def nearest(self, vector: bytes, k: int) -> list[tuple[str, float]]:
        """The `k` nearest keys, each with its cosine, the nearest first; a vector of zeros is near nothing."""
        held = len(self._keys)
        question = self._row(vector).astype(np.float32) / (UNIT * UNIT)
        if not held or k < 1 or not question.any():
            return []
        scores = np.empty(held, np.float32)
        if len(self._block) < min(held, BLOCK_ROWS):
            self._block = np.empty((min(max(held, 64), BLOCK_ROWS), self._dimensions), np.float32)
        for begin in range(0, held, BLOCK_ROWS):
            rows = self._rows[begin : min(begin + BLOCK_ROWS, held)]
            block = self._block[: len(rows)]
            np.copyto(block, rows)
            np.dot(block, question, out=scores[begin : begin + len(rows)])
        best = np.argpartition(scores, -k)[-k:] if k < held else np.arange(held)
        best = best[np.argsort(-scores[best], kind="stable")]
        return [(self._keys[place], float(scores[place])) for place in best]

    def cosine(self, key: str, vector: bytes) -> float:
        """How near one key is; 0 for one that is not there."""
        place = self._places.get(key)
        if place is None:
            return 0.0
        return float(np.dot(self._rows[place].astype(np.float32), self._row(vector).astype(np.float32))) / (UNIT * UNIT)

    def _row(self, vector: bytes) -> NDArray[np.int8]:
        row = np.frombuffer(vector, np.int8)
        if row.size != self._dimensions:
            raise ValueError("a vector of other dimensions")
        return row


async def loaded(dimensions: int, stored: Vectors) -> VectorIndex:
    """Make an index of these vectors while the loop goes on with other things.

    Raises:
        ValueError: They are of other dimensions.
    """
    index = VectorIndex(dimensions)
    for _ in index._loading(stored.ids, stored.values):  # noqa: SLF001 - nobody else may see it half loaded
        await asyncio.sleep(0)
    return index


def _room(rows: int) -> int:
    """Rows to make room for: an eighth more, so that adding to many copies them seldom, and never twice as many."""
    return rows + max(rows // 8, 64)


def fused(
    by_words: Sequence[tuple[KeyT, float]],
    by_meaning: Mapping[KeyT, float],
    *,
    share: float = WORDS_SHARE,
    coverage: Mapping[KeyT, float] | None = None,
) -> list[tuple[KeyT, float]]:
    """Everything found by words or by meaning, the best first.

    Args:
        by_words: What shares words, with its positive bm25 score.
        by_meaning: What is near in meaning, with its cosine; what is not named counts as 0.
        share: What the best of `by_words` gets on top of its cosine; the others get their part of it.
        coverage: Which part of the question's words each of them has, from 0 to 1; all of them where nothing is said.
            It counts squared: of 109 paraphrases one word in common had else put 4 wrong facts first.
    """
    most = max((score for _, score in by_words), default=0.0)
    scores = dict(by_meaning)
    for key, score in by_words:
        covered = 1.0 if coverage is None else coverage.get(key, 0.0)
        scores[key] = scores.get(key, 0.0) + share * (score / most if most > 0 else 1.0) * covered**2
    return sorted(scores.items(), key=lambda found: -found[1])

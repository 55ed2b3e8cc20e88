"""A stand-in for `Embedder`: a deterministic bag of words, with a few synonyms so that paraphrases come near."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import numpy as np

from sottovoce.domain.words import words_of
from sottovoce.language.en.words import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sottovoce.domain.errors import SottovoceError

DIMENSIONS = 64
SAME = {
    "dad": "father",
    "job": "work",
    "occupation": "work",
    "kitty": "cat",
    "physician": "doctor",
    "beverage": "drink",
    "automobile": "car",
    "named": "called",
    "resides": "live",
}
"""Words that mean the same here."""


class FakeEmbedder:
    """An `Embedder` that knows every word.

    Attributes:
        trouble: Raised by every `embed`; None ends that.
        gate: Where not None, every `embed` waits for it.
        asked: Set by every `embed` before it waits.
        texts: All that was asked for.
    """

    def __init__(self, name: str = "bag-1", *, least_alike: float = 0.5) -> None:
        self.name = name
        self.dimensions = DIMENSIONS
        self.least_alike = least_alike
        self.trouble: SottovoceError | None = None
        self.gate: asyncio.Event | None = None
        self.asked = asyncio.Event()
        self.texts: list[str] = []
        self.closed = False

    async def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        self.texts += texts
        return tuple(meaning(text) for text in texts)

    async def close(self) -> None:
        self.closed = True


def meaning(text: str) -> bytes:
    """The vector of a text; zeros where no word names anything."""
    total = sum((_direction(SAME.get(word, word)) for word in words_of(text) if word not in EMPTY_WORDS), _zeros())
    length = float(np.linalg.norm(total))
    return np.rint(total / length * 127 if length else total).astype(np.int8).tobytes()


def _zeros() -> NDArray[np.float64]:
    return np.zeros(DIMENSIONS)


def _direction(word: str) -> NDArray[np.float64]:
    """Of each word its own, nearly at right angles to all others."""
    bits = np.unpackbits(np.frombuffer(hashlib.sha256(word.encode()).digest()[: DIMENSIONS // 8], np.uint8))
    return bits.astype(np.float64) * 2 - 1

"""What every embedder has in common: a synchronous encoder, loaded and used on one thread that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import EmbedderBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


AT_ONCE = 4
"""Texts encoded between two looks whether we are being closed."""


class Encoder(Protocol):
    """Texts to vectors, blocking; for one thread at a time. A worker process uses it without the thread below."""

    @property
    def name(self) -> str:
        """Name and version of what makes the vectors."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One row a text, shape (texts, dimensions): the unit vector times 127, or zeros without a known word."""


class ThreadedEmbedder:
    """An `Embedder` (memory.ports): the encoder is made by the first `embed`, on the thread that goes on to use it."""

    def __init__(self, name: str, dimensions: int, least_alike: float, load: Callable[[], Encoder]) -> None:
        """`load` makes the encoder of that name; it is asked again after a failure."""
        self._name = name
        self._dimensions = dimensions
        self._least_alike = least_alike
        self._load = load
        self._encoder: Encoder | None = None
        self._thread = OwnThread("embedder")
        self._closing = False

    @property
    def name(self) -> str:
        """Name and version: vectors of another embedder can't be compared with its own."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Bytes of one vector."""
        return self._dimensions

    @property
    def least_alike(self) -> float:
        """Cosine below which two short texts have nothing to do with each other."""
        return self._least_alike

    async def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        """One unit vector a text, a signed byte a dimension (see `domain.memories.Vector`).

        A text without a known word gives zeros, which are like nothing. Cancelled, it waits no longer; what the
        thread has begun it finishes, and the result is dropped.

        Raises:
            EmbedderBroken: The files are missing or damaged, or a library it needs can't be used.
        """
        asked = tuple(texts)
        return await self._thread.run(lambda: self._embed(asked)) if asked else ()

    def _embed(self, texts: tuple[str, ...]) -> tuple[bytes, ...]:
        if self._encoder is None:
            self._encoder = self._load()
        rows: list[bytes] = []
        for begin in range(0, len(texts), AT_ONCE):
            if self._closing:  # nobody waits any more, and a process that ends over running native code aborts
                raise EmbedderBroken
            rows += [row.tobytes() for row in self._encoder.encode(texts[begin : begin + AT_ONCE])]
        return tuple(rows)

    async def close(self) -> None:
        """End the thread after the texts it has just in hand. Idempotent."""
        self._closing = True
        await self._thread.close()
        self._encoder = None

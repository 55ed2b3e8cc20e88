"""Vectors that ship: of the sentences that the program itself compares with, so that nobody waits for them.

`tools.embeddings.make_examples` writes the file with the model that would else be asked. What is not in it is asked.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

FILE: Final = "examples.vectors"
"""Beside the model that made it: records of a key and a vector, the keys in order."""
_KEY_BYTES: Final = 8


class ReadyVectors:
    """The vectors of some texts, one signed byte a dimension."""

    def __init__(self, path: Path, dimensions: int) -> None:
        """Read them, 1 MB in a millisecond; no file is no texts.

        Raises:
            OSError: The file can't be read.
            ValueError: It is of other dimensions.
        """
        content = path.read_bytes() if path.exists() else b""
        record = np.dtype([("key", f"V{_KEY_BYTES}"), ("vector", np.int8, (dimensions,))])
        records = np.frombuffer(content, record)
        self._vectors: NDArray[np.int8] = records["vector"]
        self._places: Mapping[bytes, int] = {key.tobytes(): place for place, key in enumerate(records["key"])}

    def of(self, text: str) -> NDArray[np.int8] | None:
        """The text's vector, shape (dimensions,); None if it has to be made."""
        place = self._places.get(_key(text))
        return None if place is None else self._vectors[place]


def write_ready(path: Path, texts: Iterable[str], vectors: NDArray[np.int8]) -> None:
    """Write the file: one row of `vectors` (texts, dimensions) for each text, each text once."""
    rows = sorted((_key(text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True))
    path.write_bytes(b"".join(key + vector for key, vector in rows))


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest()

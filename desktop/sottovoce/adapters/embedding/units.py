"""Vectors as they are stored: unit length, a signed byte a dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALE = 127.0
"""What 1.0 is as a byte."""


def to_bytes(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Each row at length 1, times 127, rounded; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    rounded: NDArray[np.int8] = np.rint(SCALE * units).astype(np.int8)
    return rounded

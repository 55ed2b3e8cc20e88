"""MiniLM run by onnxruntime for the recipes: many sentences of one length at once, on one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnxruntime as ort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIRST, LAST = 101, 102
"""Numbers of `[CLS]` and `[SEP]` in the vocabulary of the weights."""

BATCH = 32
"""Sentences at once; more makes it no faster."""

WIDTH = 384


class Teacher:
    """A model made by `graph.build`."""

    def __init__(self, model: bytes) -> None:
        """`model` is the ONNX model, serialised."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def vectors(self, texts: Sequence[Sequence[int]], *, batch: int = BATCH) -> NDArray[np.float32]:
        """One unit vector a text, given as numbers of pieces without marks; shape (texts, 384)."""
        found = np.zeros((len(texts), WIDTH), np.float32)
        by_length: dict[int, list[int]] = {}
        for number, pieces in enumerate(texts):
            by_length.setdefault(len(pieces), []).append(number)
        for alike in by_length.values():
            for start in range(0, len(alike), batch):
                some = alike[start : start + batch]
                ids = np.array([[FIRST, *texts[number], LAST] for number in some], np.int64)
                found[some] = self._session.run(None, {"ids": ids})[0]
        return found

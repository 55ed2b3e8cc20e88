"""The better embedder: MiniLM with its matrices as bytes, run by onnxruntime where that is installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sottovoce.adapters.embedding.files import broken, check_contents
from sottovoce.adapters.embedding.ready import FILE, ReadyVectors
from sottovoce.adapters.embedding.threaded import ThreadedEmbedder
from sottovoce.adapters.embedding.units import to_bytes
from sottovoce.adapters.embedding.wordpiece import FIRST, LAST, read_vocabulary
from sottovoce.domain.errors import EmbedderBroken
from sottovoce.domain.said import said
from sottovoce.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

NAME = "minilm-int8-1"
"""A new model gets a new number: vectors of two models can't be compared."""

DIMENSIONS = 384

LEAST_ALIKE = 0.29
"""Cosine that 98 % of strangers stay below and 93 % of the pairs reach (`tools/embeddings/measure.py`, 70 pairs)."""

FOLDER = ("embeddings", "minilm-int8")
"""Below the resources; `tools/embeddings` makes it."""

RUNTIME = "onnxruntime"

NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
"""Must be set before the import: from 1.29 on, onnxruntime else leaves an id in ~/.cache and reports to its maker.

pyproject.toml keeps to versions without that; this is for one that came from elsewhere. Source: its Privacy.md.
"""

QUIET = 4
"""onnxruntime's log level "fatal": what it would print to stderr comes back as an exception as well."""


class _Session(Protocol):
    """What is used of an onnxruntime.InferenceSession."""

    def run(self, output_names: None, input_feed: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """`ids` (1, pieces) to `vectors` (1, 384)."""


class MiniLmEncoder:
    """One text after another: so a vector doesn't depend on the company its text came in."""

    name = NAME
    dimensions = DIMENSIONS

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model from `folder` (the one that ships): some 0.2 s, the import of onnxruntime included.

        Raises:
            EmbedderBroken: A file is missing or damaged, or onnxruntime can't be used.
        """
        folder = folder or resource(*FOLDER)
        check_contents(folder)
        self._pieces = read_vocabulary(folder / "vocab.txt")
        self._first, self._last = self._pieces.number(FIRST), self._pieces.number(LAST)
        self._session = _session(folder / "model.onnx")
        self._ready = ReadyVectors(folder / FILE, DIMENSIONS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One row a text, shape (texts, 384): the unit vector times 127, or zeros without a known word."""
        rows = np.zeros((len(texts), DIMENSIONS), np.int8)
        for row, text in enumerate(texts):
            ready = self._ready.of(text)
            rows[row] = self.made([text])[0] if ready is None else ready
        return rows

    def made(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """As `encode`, of what ships ready, too: 1 to 5 ms a text."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            numbers = self._pieces.numbers(text)
            if any(number != self._pieces.unknown for number in numbers):
                ids = np.array([[self._first, *numbers, self._last]], np.int64)
                vectors[row] = self._session.run(None, {"ids": ids})[0][0]
        return to_bytes(vectors)


def runtime_installed() -> bool:
    """Whether onnxruntime is there; it is not imported for that."""
    return importlib.util.find_spec(RUNTIME) is not None


def _session(model: Path) -> _Session:
    """An inference session with one thread: the caller's."""
    os.environ[NO_TELEMETRY] = "1"
    try:
        runtime: Any = importlib.import_module(RUNTIME)  # takes 60 ms and is not always there
    except (ImportError, OSError):  # a library it needs is missing (on Windows, the C++ runtime)
        raise EmbedderBroken(said("error-embedder-not-loaded")) from None
    runtime.disable_telemetry_events()  # Windows' own tracing, which the variable does not reach
    options: Any = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    try:
        session: _Session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception:  # noqa: BLE001 - its errors have no common class but this
        raise broken(model) from None
    return session


class MiniLmEmbedder(ThreadedEmbedder):
    """`MiniLmEncoder` on a thread of its own."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` as in `MiniLmEncoder`; nothing is loaded before the first `embed`."""
        super().__init__(NAME, DIMENSIONS, LEAST_ALIKE, lambda: MiniLmEncoder(folder))

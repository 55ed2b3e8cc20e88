"""Texts turned into vectors of their meaning: MiniLM where onnxruntime is installed, else a small table.

    wordpiece ──► static_table  StaticEncoder  ─┐
             └──► minilm        MiniLmEncoder  ─┴─► threaded  ThreadedEmbedder (the port `memory.ports.Embedder`)

An encoder is synchronous and serves a worker process as well (`open_encoder`).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.embedding import minilm, static_table
from sottovoce.adapters.embedding.files import check_sizes
from sottovoce.adapters.embedding.minilm import MiniLmEmbedder, MiniLmEncoder
from sottovoce.adapters.embedding.static_table import StaticEmbedder, StaticEncoder
from sottovoce.domain.errors import EmbedderBroken
from sottovoce.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.embedding.threaded import Encoder
    from sottovoce.memory.ports import Embedder

__all__ = ["EmbedderBroken", "MiniLmEmbedder", "StaticEmbedder", "open_embedder", "open_encoder"]

log = logging.getLogger(__name__)


def open_embedder(folder: Path | None = None) -> Embedder:
    """The best embedder that can be had here; cheap, for nothing is loaded before its first `embed`.

    MiniLM, if onnxruntime is installed and the files have the sizes they should have; else the static table. What only
    loading can find (a changed byte, a library that won't start) is an `EmbedderBroken` of `embed`: then take a
    `StaticEmbedder`.

    Args:
        folder: The folder `embeddings`; the one that ships unless given.
    """
    folder = folder or resource("embeddings")
    if not minilm.runtime_installed():
        log.info("embedder: %s (onnxruntime is not installed)", static_table.NAME)
        return StaticEmbedder(folder / static_table.FOLDER[-1])
    try:
        check_sizes(folder / minilm.FOLDER[-1])
    except EmbedderBroken as error:
        log.warning("embedder: %s instead of %s: %s", static_table.NAME, minilm.NAME, error.code)
        return StaticEmbedder(folder / static_table.FOLDER[-1])
    log.info("embedder: %s", minilm.NAME)
    return MiniLmEmbedder(folder / minilm.FOLDER[-1])


def open_encoder(name: str) -> Encoder:
    """The synchronous core of the embedder of this name, loaded; for a worker process that must match it.

    Raises:
        EmbedderBroken: Its files are missing or damaged, or onnxruntime can't be used.
        ValueError: There is none of that name.
    """
    if name == static_table.NAME:
        return StaticEncoder()
    if name == minilm.NAME:
        return MiniLmEncoder()
    raise ValueError(f"no embedder is called {name!r}")

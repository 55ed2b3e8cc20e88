"""Finding memories: by the words they share with a question, and by what both mean."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.memories import Vector
from sottovoce.domain.words import words_of
from sottovoce.memory.finish import both, finishing
from sottovoce.memory.vectors import fused, loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sottovoce.domain.memories import Memory
    from sottovoce.memory.memory_ports import RetrievalStore
    from sottovoce.memory.ports import Embedder
    from sottovoce.memory.vectors import VectorIndex

log = logging.getLogger(__name__)

MOST_CANDIDATES = 50
"""Memories found by words, and as many by meaning, among which the best are chosen."""
MOST_USERS = 4
"""Users whose vectors are held at once: 100,000 memories take up to 39 MB."""
FILLED_AT_ONCE = 16
"""Memories given a vector in one go: who asks can come between the steps of a new embedder's first pass."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that fits a question."""

    memory: Memory
    score: float
    """How well it fits, for comparing: its cosine and what shared words add."""
    cosine: float
    """How near in meaning, -1 to 1; 0 where nothing knows."""
    shares_words: bool
    """Whether it has a word of the question that names something."""
    alike: bool
    """Whether it is so near in meaning that both are about the same, most likely."""


class Retrieval:
    """Looks memories up. Without an embedder, or with one in trouble, words alone decide."""

    def __init__(self, store: RetrievalStore, embedder: Embedder | None = None) -> None:
        """Look into `store`; `embedder` belongs to the caller, who closes it."""
        self._store = store
        self._embedder = embedder
        self._indexes: OrderedDict[str, VectorIndex] = OrderedDict()
        # What changed while a user's vectors were being read: ids with their vector, or None for those that are gone.
        self._meanwhile: dict[str, list[tuple[str, bytes | None]]] = {}
        self._loading = asyncio.Lock()
        # Ids that are not to be found any more, as far as they came while vectors were filled in.
        self._gone: set[str] = set()
        self._filling = asyncio.Lock()
        self._forgotten = 0
        self._logged = False

    async def vector(self, text: str) -> Vector | None:
        """The meaning of `text`; None if it can't be had now: it is filled in later."""
        found = await self._embed((text,))
        return Vector(self._embedder.name, found[0]) if found and self._embedder else None

    async def find(self, user_id: str, query: str, k: int, naming: str) -> tuple[Recalled, ...]:
        """The `k` memories that fit `query` best, the best first; none that share neither a word nor any meaning.

        How well they fit is in each: what is not `alike` and shares no word is a guess. `naming` has the words of
        `query` that name something.

        Raises:
            StoreTrouble: They could not be read.
        """
        if k < 1 or not query.strip():
            return ()
        words, (by_meaning, index, vector) = await both(
            self._store.match_memories(user_id, naming, limit=MOST_CANDIDATES),
            self._by_meaning(user_id, query),
        )
        least = self._embedder.least_alike if self._embedder is not None and vector else 0.0
        if index is not None and vector:
            by_meaning |= {key: index.cosine(key, vector) for key, _ in words if key not in by_meaning}
        # Some may have been forgotten or superseded by now.
        there = {
            memory.id: memory
            for memory in await self._store.memories_by_id(
                tuple(dict.fromkeys((*by_meaning, *(key for key, _ in words))))
            )
            if memory.user_id == user_id and memory.superseded_by is None
        }
        coverage = _coverage(naming, [there[key] for key, _ in words if key in there])
        scores = [(key, score) for key, score in fused(words, by_meaning, coverage=coverage) if key in there][:k]
        return tuple(
            Recalled(
                there[key],
                score,
                cosine=by_meaning.get(key, 0.0),
                shares_words=key in coverage,
                alike=bool(least) and by_meaning.get(key, 0.0) >= least,
            )
            for key, score in scores
        )

    async def _by_meaning(self, user_id: str, query: str) -> tuple[dict[str, float], VectorIndex | None, bytes]:
        """The nearest memories with their cosine; also the index and the question's vector, if there are any."""
        vectors = await self._embed((query,))
        index = await self._index(user_id)
        if not vectors or index is None or self._embedder is None:
            return {}, None, b""
        # Half as near as what is alike: of 109 paraphrases all were, and one in nine was not alike.
        least = self._embedder.least_alike / 2
        near = {key: cosine for key, cosine in index.nearest(vectors[0], MOST_CANDIDATES) if cosine >= least}
        return near, index, vectors[0]

    async def warm(self, user_id: str) -> None:
        """Have the embedder load, and read a user's vectors, ahead of the first question.

        Raises:
            StoreTrouble: They could not be read.
        """
        await self._embed(("",))
        await self._index(user_id)

    async def fill(self) -> bool:
        """Give some memories that have no vector of this embedder theirs; whether there may be more.

        Raises:
            StoreTrouble: They could not be read or written.
        """
        if self._embedder is None:
            return False
        async with self._filling:
            self._gone.clear()
            return await self._fill(self._embedder)

    async def _fill(self, embedder: Embedder) -> bool:
        bare = await self._store.memories_without_vector(embedder.name, limit=FILLED_AT_ONCE)
        vectors = await self._embed(tuple(memory.text for memory in bare)) if bare else ()
        if not vectors:
            return False
        values = {memory.id: vector for memory, vector in zip(bare, vectors, strict=True)}
        await self._give(embedder, bare, values)
        return len(bare) == FILLED_AT_ONCE

    @finishing
    async def _give(self, embedder: Embedder, bare: Sequence[Memory], values: Mapping[str, bytes]) -> None:
        await self._store.set_memory_vectors(embedder.name, values)
        for memory in bare:
            if memory.id not in self._gone:
                self.added(memory.user_id, memory.id, values[memory.id])

    def added(self, user_id: str, memory_id: str, values: bytes) -> None:
        """Note a memory's new vector."""
        if user_id in self._meanwhile:
            self._meanwhile[user_id].append((memory_id, values))
        elif user_id in self._indexes:
            self._indexes[user_id].put(memory_id, values)

    def removed(self, user_id: str, memory_ids: Iterable[str]) -> None:
        """Stop finding these memories."""
        gone = tuple(memory_ids)
        if self._filling.locked():
            self._gone.update(gone)
        if user_id in self._meanwhile:
            self._meanwhile[user_id] += [(memory_id, None) for memory_id in gone]
        elif user_id in self._indexes:
            self._indexes[user_id].drop(gone)

    def forget(self, users: Iterable[str] | None = None) -> None:
        """Drop what is held (of these users, if any are named); it is read again when it is needed."""
        self._forgotten += 1
        for user in tuple(self._indexes) if users is None else users:
            self._indexes.pop(user, None)

    async def _index(self, user_id: str) -> VectorIndex | None:
        if self._embedder is None:
            return None
        async with self._loading:
            held = self._indexes.get(user_id)
            if held is None:
                return await self._load(self._embedder, user_id)
            self._indexes.move_to_end(user_id)
            return held

    async def _load(self, embedder: Embedder, user_id: str) -> VectorIndex:
        self._meanwhile[user_id] = []
        forgotten = self._forgotten
        try:
            stored = await self._store.memory_vectors(user_id, embedder.name)
            index = await loaded(embedder.dimensions, stored)
            for memory_id, values in self._meanwhile[user_id]:
                index.drop((memory_id,)) if values is None else index.put(memory_id, values)
        finally:
            del self._meanwhile[user_id]
        if forgotten != self._forgotten:  # read before what is erased now
            return index
        self._indexes[user_id] = index
        while len(self._indexes) > MOST_USERS:
            self._indexes.popitem(last=False)
        return index

    async def _embed(self, texts: tuple[str, ...]) -> tuple[bytes, ...]:
        """Their vectors; none where the embedder is in trouble, which is logged once."""
        if self._embedder is None:
            return ()
        try:
            return await self._embedder.embed(texts)
        except SottovoceError as trouble:
            if not self._logged:
                self._logged = True
                log.warning("memories are found by their words alone: %s", trouble.code)
            return ()


def _coverage(naming: str, memories: Iterable[Memory]) -> dict[str, float]:
    """Which part of the question's words that name something each memory has, by its id."""
    asked = set(words_of(naming))
    return {memory.id: len(asked & set(words_of(memory.text))) / max(len(asked), 1) for memory in memories}

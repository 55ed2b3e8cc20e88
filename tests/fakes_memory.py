"""The half of `FakeStore` that remembers: memories, and the passages of the user's files."""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from typing import TYPE_CHECKING, Generic, TypeVar

from sottovoce.domain.folding import indexed
from sottovoce.domain.knowledge import Document, NewPassage, Passage
from sottovoce.domain.memories import Vector, Vectors
from sottovoce.domain.records import CacheEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sottovoce.domain.memories import Memory, MemoryKind, Reach
    from sottovoce.domain.records import Record

K = TypeVar("K")


def words_of(text: str) -> list[str]:
    """Words as FTS5's unicode61 cuts them: letters and digits, case and diacritics folded."""
    folded = "".join(c for c in unicodedata.normalize("NFD", indexed(text).lower()) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in folded).split()


class FakeMemories:
    """Memories, and which of them an answer drew on."""

    def __init__(self) -> None:
        self.kept: list[Memory] = []
        self.uses: dict[str, tuple[str, ...]] = {}
        self.memory_vector: dict[str, Vector] = {}
        self.kept_records: dict[tuple[type[Record], str], Record] = {}

    async def add_memory(self, memory: Memory, vector: Vector | None = None, *, supersedes: Sequence[str] = ()) -> None:
        self._check()
        if any(known.id == memory.id for known in self.kept):
            return
        for place, known in enumerate(self.kept):
            if known.id in supersedes and known.superseded_by is None:
                self.kept[place] = dataclasses.replace(known, superseded_by=memory.id)
        self.kept.append(memory)
        if vector is not None:
            self.memory_vector[memory.id] = vector

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        self._check()
        before = {known.id: known for known in self.kept}
        gone = [memory_id] if memory_id in before else []
        later = before[memory_id].superseded_by if gone else None
        for identifier in gone if later is None else ():  # grows meanwhile
            gone += [m.id for m in self.kept if m.superseded_by == identifier and m.id not in gone]
        self.kept = [
            dataclasses.replace(known, superseded_by=later) if known.superseded_by == memory_id else known
            for known in self.kept
            if known.id not in gone
        ]
        self.uses = {answer: tuple(one for one in used if one not in gone) for answer, used in self.uses.items()}
        self.memory_vector = {one: vector for one, vector in self.memory_vector.items() if one not in gone}
        names = {f"memory:{identifier}" for identifier in gone}
        self.kept_records = {
            key: record
            for key, record in self.kept_records.items()
            if not (isinstance(record, CacheEntry) and names & set(record.depends_on))
        }
        return tuple(before[identifier] for identifier in gone)

    async def set_memory_reach(self, memory_id: str, reach: Reach) -> bool:
        self._check()
        self.kept = [dataclasses.replace(m, reach=reach) if m.id == memory_id else m for m in self.kept]
        return any(m.id == memory_id for m in self.kept)

    async def set_memory_vectors(self, embedder: str, values: Mapping[str, bytes]) -> None:
        self._check()
        for known in self.kept:
            if known.id in values:
                self.memory_vector[known.id] = Vector(embedder, values[known.id])

    async def memories(self, user_id: str, *, limit: int, kinds: Collection[MemoryKind] = ()) -> tuple[Memory, ...]:
        self._check()
        held = [m for m in reversed(self._held()) if m.user_id == user_id and (not kinds or m.kind in kinds)]
        return tuple(held[: max(limit, 0)])

    async def count_memories(self, user_id: str, kinds: Collection[MemoryKind] = ()) -> int:
        return len(await self.memories(user_id, limit=len(self.kept), kinds=kinds))

    async def memories_by_id(self, ids: Sequence[str]) -> tuple[Memory, ...]:
        self._check()
        known = {memory.id: memory for memory in self.kept}
        return tuple(known[identifier] for identifier in ids if identifier in known)

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        self._check()
        return tuple(m for m in reversed(self._held()) if subject and (m.user_id, m.subject) == (user_id, subject))

    async def memories_of_message(self, message_id: str) -> tuple[Memory, ...]:
        self._check()
        return tuple(memory for memory in self._held() if memory.source_message == message_id)

    async def memories_used(self, message_id: str) -> tuple[Memory, ...]:
        self._check()
        known = {memory.id: memory for memory in self.kept}
        return tuple(known[identifier] for identifier in self.uses.get(message_id, ()))

    async def match_memories(self, user_id: str, query: str, *, limit: int) -> tuple[tuple[str, float], ...]:
        self._check()
        return _ranked([(m.id, m.text) for m in self._held() if m.user_id == user_id], query, limit)

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        self._check()
        held = [memory.id for memory in self._held() if memory.user_id == user_id]
        return _Shelf(self.memory_vector).of(embedder, held)

    async def memories_without_vector(self, embedder: str, *, limit: int) -> tuple[Memory, ...]:
        self._check()
        lack = [memory for memory in reversed(self._held()) if not self._has(memory.id, embedder)]
        return tuple(lack[: max(limit, 0)])

    def _has(self, memory_id: str, embedder: str) -> bool:
        vector = self.memory_vector.get(memory_id)
        return vector is not None and vector.embedder == embedder

    def _held(self) -> list[Memory]:
        return [memory for memory in self.kept if memory.superseded_by is None]

    def _note_use(self, message_id: str, used: Sequence[str]) -> None:
        known = {memory.id for memory in self.kept}
        self.uses.setdefault(message_id, tuple(dict.fromkeys(one for one in used if one in known)))

    def _check(self) -> None:
        raise NotImplementedError


class FakeKnowledge:
    """Files and their passages."""

    def __init__(self) -> None:
        self.files: dict[str, Document] = {}
        self.kept_passages: dict[int, Passage] = {}
        self.passage_vector: dict[int, Vector] = {}
        self._last_number = 0

    async def save_document(
        self, document: Document, passages: Sequence[NewPassage] = (), *, embedder: str = ""
    ) -> tuple[int, ...]:
        self._check()
        await self.remove_documents([document.id, *(d.id for d in self.files.values() if d.path == document.path)])
        self.files[document.id] = dataclasses.replace(document, passages=len(passages))
        numbers = tuple(range(self._last_number + 1, self._last_number + 1 + len(passages)))
        self._last_number += len(passages)
        for number, one in zip(numbers, passages, strict=True):
            self.kept_passages[number] = Passage(
                number=number, document=document.id, path=document.path, place=one.place, text=one.text
            )
            if one.vector is not None and embedder:
                self.passage_vector[number] = Vector(embedder, one.vector)
        return numbers

    async def remove_documents(self, ids: Sequence[str]) -> tuple[int, ...]:
        self._check()
        gone = tuple(number for number, passage in self.kept_passages.items() if passage.document in ids)
        for number in gone:
            del self.kept_passages[number]
        self.files = {name: document for name, document in self.files.items() if name not in ids}
        return gone

    async def set_passage_vectors(self, embedder: str, values: Mapping[int, bytes]) -> None:
        self._check()
        for number in self.kept_passages.keys() & values.keys():
            self.passage_vector[number] = Vector(embedder, values[number])

    async def documents(self) -> tuple[Document, ...]:
        self._check()
        return tuple(sorted(self.files.values(), key=lambda document: document.path))

    async def match_passages(self, query: str, *, limit: int) -> tuple[tuple[int, float], ...]:
        self._check()
        return _ranked([(number, passage.text) for number, passage in self.kept_passages.items()], query, limit)

    async def passages(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        self._check()
        return tuple(self.kept_passages[number] for number in numbers if number in self.kept_passages)

    async def passage_vectors(self, embedder: str) -> Vectors:
        self._check()
        return _Shelf(self.passage_vector).of(embedder, self.kept_passages)

    async def passages_without_vector(self, embedder: str, *, limit: int) -> tuple[Passage, ...]:
        self._check()
        have = {number for number, vector in self.passage_vector.items() if vector.embedder == embedder}
        lack = [passage for number, passage in self.kept_passages.items() if number not in have]
        return tuple(lack[: max(limit, 0)])

    def _check(self) -> None:
        raise NotImplementedError


class _Shelf(Generic[K]):
    """Vectors by what they belong to."""

    def __init__(self, vectors: Mapping[K, Vector]) -> None:
        self._vectors = vectors

    def of(self, embedder: str, keys: Iterable[K]) -> Vectors:
        found = [
            (str(key), vector.values)
            for key in keys
            if (vector := self._vectors.get(key)) is not None and vector.embedder == embedder
        ]
        return Vectors(tuple(name for name, _ in found), b"".join(values for _, values in found))


def _ranked(texts: Sequence[tuple[K, str]], query: str, limit: int) -> tuple[tuple[K, float], ...]:
    """By the words shared, a rarer one counting more, in a shorter text more; of equal ones the newer first."""
    held = [(key, words_of(text)) for key, text in texts]
    weights = {
        word: math.log(1 + len(held) / max(sum(word in words for _, words in held), 1)) for word in set(words_of(query))
    }
    scores = [
        (key, sum(weight * words.count(word) for word, weight in weights.items()) / (len(words) + 5))
        for key, words in reversed(held)
    ]
    best = sorted((scored for scored in scores if scored[1] > 0), key=lambda scored: -scored[1])
    return tuple(best[: max(limit, 0)])

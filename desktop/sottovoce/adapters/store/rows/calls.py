"""The calls of the store, each as the one function of rows that answers it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.store.rows import audit, erase, history, knowledge, memories, messages, records, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Arrival, Conversation, Message, Role, SearchHit
    from sottovoce.domain.erasing import Erased, Erasure
    from sottovoce.domain.knowledge import Document, NewPassage, Passage
    from sottovoce.domain.memories import Memory, MemoryKind, Reach, Vector, Vectors
    from sottovoce.domain.records import AnyRecord, AuditEntry, AuditEvent, CacheEntry, Change, Egress, Record
    from sottovoce.domain.turns import Outcome

T = TypeVar("T")


class StoreCalls(ABC):
    """What goes to the writer's queue or to the readers' as it is; the store says how (`_write`, `_read`)."""

    async def append(self, message: Message) -> Arrival:
        """Store a message (and its conversation). Appending the same id again changes nothing."""
        return await self._write(lambda connection: messages.add_message(connection, message))

    async def open_turn(self, message: Message) -> Arrival:
        """Store a question and note that it waits for its answer, both or neither. Again changes nothing."""
        return await self._write(lambda connection: turns.open_turn(connection, message))

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        """Store the answer with what it drew on and end the turn; None, nothing stored, if it is not open."""
        return await self._write(lambda c: turns.close_turn(c, message_id, answer, outcome, used))

    async def save_context(self, context: UserContext) -> None:
        """Store a snapshot; a version that is taken by another snapshot becomes the next free one."""
        await self._write(lambda connection: messages.save_context(connection, context))

    async def add_memory(self, memory: Memory, vector: Vector | None = None, *, supersedes: Sequence[str] = ()) -> None:
        """Store a memory, and note that it takes the place of others. The same id again changes nothing."""
        await self._write(lambda connection: memories.add(connection, memory, vector, supersedes))

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        """Remove a memory, those whose place it took if it holds, and what was made from them; all that is gone.

        A note of them stays until they are erased from the file's free pages and from the backups, too.
        """
        return await self._write(lambda connection: erase.forget_memory(connection, memory_id), frees=True)

    async def erase_outdated(self, erasure: Erasure, most: int) -> Erased:
        """Remove about `most` of the messages an erasure by age is about, the oldest; a note of it stays as above."""
        return await self._write(lambda connection: erase.erase_outdated(connection, erasure, most), frees=True)

    async def set_memory_reach(self, memory_id: str, reach: Reach) -> bool:
        """Change how far a memory may travel; False if there is none."""
        return await self._write(lambda connection: memories.set_reach(connection, memory_id, reach))

    async def set_memory_vectors(self, embedder: str, values: Mapping[str, bytes]) -> None:
        """Give memories (by id) vectors of this embedder; those gone by now are passed over."""
        await self._write(lambda connection: memories.set_vectors(connection, embedder, values))

    async def save_document(
        self, document: Document, passages: Sequence[NewPassage] = (), *, embedder: str = ""
    ) -> tuple[int, ...]:
        """Store a file and its passages in place of all under its path; numbers of the passages.

        Of a long one the former passages go step by step before, with other calls between; if that is cut off, the
        file is known as one that has changed since it was read.
        """
        former = await self._read(lambda connection: knowledge.former(connection, document))
        await self._shrink(former)
        return await self._write(lambda connection: knowledge.save(connection, document, passages, embedder))

    async def remove_documents(self, ids: Sequence[str]) -> tuple[int, ...]:
        """Remove files with their passages, long ones step by step; numbers of the passages that are gone."""
        gone = await self._shrink(ids)
        return gone + await self._write(lambda connection: knowledge.remove(connection, ids), frees=True)

    async def _shrink(self, ids: Sequence[str]) -> tuple[int, ...]:
        gone: tuple[int, ...] = ()
        while some := await self._write(lambda connection: knowledge.shrink(connection, ids), frees=True):
            gone += some
        return gone

    async def set_passage_vectors(self, embedder: str, values: Mapping[int, bytes]) -> None:
        """Give passages (by number) vectors of this embedder; those gone by now are passed over."""
        await self._write(lambda connection: knowledge.set_vectors(connection, embedder, values))

    async def save(self, record: Record) -> None:
        """Store a record, in place of the one with the same id, key or prefix."""
        await self._write(lambda connection: records.save(connection, record))

    async def replace(self, record: Record) -> bool:
        """Store a record in place of the one with the same id, key or prefix; False, and nothing, if that is gone."""
        return await self._write(lambda connection: records.replace(connection, record))

    async def remove(self, kind: type[Record], key: str) -> bool:
        """Remove a record; False if there was none."""
        return await self._write(lambda connection: records.remove(connection, kind, key), frees=True)

    async def change_cache(
        self, *, changes: Sequence[Change] = (), removed: Collection[str] = (), saved: Sequence[CacheEntry] = ()
    ) -> None:
        """Remove cached answers that are void and those of these keys, then save others; all or none."""
        await self._write(lambda c: records.change_cache(c, changes, removed, saved), frees=not saved)

    async def trim_cache(self, now: float, most_bytes: int) -> int:
        """Remove cached answers that expired before `now`, then the oldest until `most_bytes` are left; how many."""
        return await self._write(lambda connection: records.trim_cache(connection, now, most_bytes), frees=True)

    async def record_egress(self, sent: Egress) -> None:
        """Note what left the machine."""
        await self._write(lambda connection: records.add_egress(connection, sent))

    async def message(self, message_id: str) -> Message | None:
        """One message by its id."""
        return await self._read(lambda connection: messages.message(connection, message_id))

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""
        return await self._read(lambda connection: messages.messages(connection, conversation_id, limit))

    async def conversations(
        self, *, limit: int, user_id: str | None = None, older_than: str | None = None
    ) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first; those behind `older_than`, an id; none if that is gone."""
        return await self._read(lambda connection: messages.conversations(connection, limit, user_id, older_than))

    async def page(
        self,
        *,
        limit: int,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        """A page of the history, newest first (see `StoreReader.page`)."""
        return await self._read(
            lambda connection: history.page(
                connection, limit, older_than=older_than, newer_than=newer_than, conversation=conversation
            )
        )

    async def search(self, text: str, *, limit: int, older_than: str | None = None) -> tuple[SearchHit, ...]:
        """Messages holding all words of `text` (the last one may be half typed), newest first."""
        return await self._read(lambda connection: messages.search(connection, text, limit, older_than))

    async def search_best(
        self, text: str, *, limit: int, user_id: str | None = None, role: Role | None = None
    ) -> tuple[SearchHit, ...]:
        """As `search`, but the best match first (bm25), among the newest `MOST_RANKED` hits; of one user, one role."""
        return await self._read(
            lambda connection: messages.search_best(connection, text, limit, user_id=user_id, role=role)
        )

    async def unfinished_turns(self) -> tuple[Message, ...]:
        """Questions whose turn is still open, newest first: one under way, or cut off by a crash."""
        return await self._read(turns.unfinished_turns)

    async def context(self, user_id: str) -> UserContext | None:
        """The newest stored snapshot of a user."""
        return await self._read(lambda connection: messages.context(connection, user_id))

    async def memories(self, user_id: str, *, limit: int, kinds: Collection[MemoryKind] = ()) -> tuple[Memory, ...]:
        """What is remembered about a user, of these kinds (of all, if none is named), newest first."""
        return await self._read(lambda connection: memories.newest(connection, user_id, limit, kinds))

    async def count_memories(self, user_id: str, kinds: Collection[MemoryKind] = ()) -> int:
        """How much of these kinds is remembered about a user, of all if none is named."""
        return await self._read(lambda connection: memories.count(connection, user_id, kinds))

    async def memories_by_id(self, ids: Sequence[str]) -> tuple[Memory, ...]:
        """Those of these that are there, superseded or not, in the order of `ids`."""
        return await self._read(lambda connection: memories.by_id(connection, ids))

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        """What holds about this subject, newest first; nothing for the empty one."""
        return await self._read(lambda connection: memories.about(connection, user_id, subject))

    async def memories_of_message(self, message_id: str) -> tuple[Memory, ...]:
        """What was learnt from this message and holds, oldest first."""
        return await self._read(lambda connection: memories.of_message(connection, message_id))

    async def memories_used(self, message_id: str) -> tuple[Memory, ...]:
        """What the answer with this id drew on, as far as it is still known, superseded or not."""
        return await self._read(lambda connection: memories.used(connection, message_id))

    async def match_memories(self, user_id: str, query: str, *, limit: int) -> tuple[tuple[str, float], ...]:
        """Ids and scores of what shares words with `query`, the best first (see `rows.match.Words.best`)."""
        return await self._read(lambda connection: memories.match(connection, user_id, query, limit))

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        """The vectors of what holds about a user, oldest first."""
        return await self._read(lambda connection: memories.vectors(connection, user_id, embedder))

    async def memories_without_vector(self, embedder: str, *, limit: int) -> tuple[Memory, ...]:
        """Memories of any user that hold and have no vector of this embedder, newest first."""
        return await self._read(lambda connection: memories.without_vector(connection, embedder, limit))

    async def documents(self) -> tuple[Document, ...]:
        """Every file of the knowledge folder that is known, by path."""
        return await self._read(knowledge.documents)

    async def match_passages(self, query: str, *, limit: int) -> tuple[tuple[int, float], ...]:
        """Numbers and scores of what shares words with `query`, the best first (see `rows.match.Words.best`)."""
        return await self._read(lambda connection: knowledge.match(connection, query, limit))

    async def passages(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """Those of these that are there, in the order of `numbers`."""
        return await self._read(lambda connection: knowledge.passages(connection, numbers))

    async def passage_vectors(self, embedder: str) -> Vectors:
        """The vectors of all passages by this embedder, by number."""
        return await self._read(lambda connection: knowledge.vectors(connection, embedder))

    async def passages_without_vector(self, embedder: str, *, limit: int) -> tuple[Passage, ...]:
        """Passages that have no vector of this embedder."""
        return await self._read(lambda connection: knowledge.without_vector(connection, embedder, limit))

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        """One record by its id, key or prefix."""
        return await self._read(lambda connection: records.record(connection, kind, key))

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        """Records of a kind, in its order (see `StoreReader.records`)."""
        return await self._read(lambda connection: records.records(connection, kind, limit, user_id))

    async def audit_log(self, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit log, newest first."""
        return await self._read(lambda connection: audit.newest(connection, limit))

    async def last_audit(self, event: AuditEvent) -> AuditEntry | None:
        """The newest entry of the audit log about such an event."""
        return await self._read(lambda connection: audit.last(connection, event))

    async def egress(self, limit: int) -> tuple[Egress, ...]:
        """What was sent last, newest first."""
        return await self._read(lambda connection: records.egress(connection, limit))

    @abstractmethod
    async def _write(self, run: Callable[[Any], T], *, frees: bool = False) -> T:
        """The result of `run` on the writing connection, after COMMIT."""

    @abstractmethod
    async def _read(self, run: Callable[[Any], T]) -> T:
        """The result of `run` on a reading connection."""

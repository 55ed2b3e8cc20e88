"""What memory asks of the outside: a durable store, and a safe place for its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Arrival, Conversation, Found, Message
    from sottovoce.domain.errors import AuditTrouble, KeyTrouble
    from sottovoce.domain.knowledge import Document, NewPassage, Passage
    from sottovoce.domain.memories import Memory, MemoryKind, Reach, Vector, Vectors
    from sottovoce.domain.records import (
        AnyRecord,
        AuditDetail,
        AuditEntry,
        AuditEvent,
        CacheEntry,
        Change,
        Egress,
        Record,
    )
    from sottovoce.domain.turns import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """What a look at the open store found."""

    schema_version: int
    messages: int
    conversations: int
    memories: int
    file_bytes: int
    faults: tuple[str, ...] = ()
    """One line for each failed integrity check; empty when all is well."""
    audit: AuditTrouble | None = None
    """What is wrong with the audit log; it never blocks use."""
    copies: tuple[str, ...] = ()
    """Names of copies of the database that a synchronising program laid beside it."""


class StoreReader(Protocol):
    """The store as those see it who may only look. All methods raise `StoreTrouble`."""

    async def message(self, message_id: str) -> Message | None:
        """One message by its id."""

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first."""

    async def page(
        self,
        *,
        limit: int,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        """Return a page of the history: the conversation last spoken in first, within one the last message first.

        Args:
            limit: Messages at most.
            older_than: Those that follow the message with this id in that order; none if it is not there.
            newer_than: Those right before it.
            conversation: Of this one only.
        """

    async def search(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """Messages holding all words of `text` (a word may be a prefix), newest first; any text is a valid search."""

    async def search_best(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """As `search`, but the best match first (bm25), among the newest hits only."""

    async def unfinished_turns(self) -> tuple[Message, ...]:
        """Questions whose turn is still open, newest first: one under way, or cut off by a crash."""

    async def context(self, user_id: str) -> UserContext | None:
        """The newest stored snapshot of a user."""

    async def memories(self, user_id: str, *, limit: int, kinds: Collection[MemoryKind] = ()) -> tuple[Memory, ...]:
        """What is remembered about a user, of these kinds (of all, if none is named), newest first."""

    async def count_memories(self, user_id: str, kinds: Collection[MemoryKind] = ()) -> int:
        """How much of these kinds holds about a user, of all if none is named."""

    async def memories_by_id(self, ids: Sequence[str]) -> tuple[Memory, ...]:
        """Those of these that are there, superseded or not, in the order of `ids`."""

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        """What holds about this subject, newest first; nothing for the empty one."""

    async def memories_of_message(self, message_id: str) -> tuple[Memory, ...]:
        """What was learnt from this message and holds, oldest first."""

    async def memories_used(self, message_id: str) -> tuple[Memory, ...]:
        """What the answer with this id drew on, as far as it is still known, superseded or not."""

    async def match_memories(self, user_id: str, query: str, *, limit: int) -> tuple[tuple[str, float], ...]:
        """Ids of memories sharing words with `query`, each with its bm25 score (positive), the best match first."""

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        """The vectors of what holds about a user, oldest first."""

    async def memories_without_vector(self, embedder: str, *, limit: int) -> tuple[Memory, ...]:
        """Memories of any user that hold and have no vector of this embedder, newest first."""

    async def documents(self) -> tuple[Document, ...]:
        """Every file of the knowledge folder that is known, by path."""

    async def match_passages(self, query: str, *, limit: int) -> tuple[tuple[int, float], ...]:
        """Numbers of passages sharing words with `query`, each with its bm25 score (positive), the best match first.

        As with `search_best`, a common word is looked for in a bounded number of passages only.
        """

    async def passages(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """Those of these that are there, in the order of `numbers`."""

    async def passage_vectors(self, embedder: str) -> Vectors:
        """The vectors of all passages by this embedder, by number."""

    async def passages_without_vector(self, embedder: str, *, limit: int) -> tuple[Passage, ...]:
        """Passages that have no vector of this embedder."""

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        """One reminder, timer, note, cached answer or API key by its id, key or prefix."""

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        """Reminders and timers: the waiting ones first, each the soonest first; all others: the newest first.

        API keys belong to nobody: `user_id` changes nothing for them.
        """

    async def audit_log(self, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit log, newest first."""

    async def last_audit(self, event: AuditEvent) -> AuditEntry | None:
        """The newest entry of the audit log about such an event."""

    async def audit_trouble(self) -> AuditTrouble | None:
        """What is wrong with the audit log, all of which is read."""

    async def egress(self, limit: int) -> tuple[Egress, ...]:
        """What was sent last, newest first."""

    async def report(self, *, check: bool = True) -> StoreReport:
        """Counts, and with `check` the outcome of the integrity checks, which read the whole file."""


class Store(StoreReader, Protocol):
    """The store as its one writer sees it: every method returns after COMMIT with synchronous=FULL.

    A cancelled call may still have been written; an acknowledged one certainly is.
    """

    async def append(self, message: Message) -> Arrival:
        """Store a message (and its conversation). Appending the same id again changes nothing."""

    async def open_turn(self, message: Message) -> Arrival:
        """Store a question and note that it waits for its answer, both or neither. Again changes nothing."""

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        """Store the answer (None: there is none) and end the turn, both or neither.

        Args:
            message_id: The question.
            answer: Its answer.
            outcome: How the turn ended.
            used: Ids of the memories the answer drew on; those that are gone by now are passed over.

        Returns:
            Where the answer stands; None, with nothing stored, if the turn was closed already or is not there any more
            (erased).
        """

    async def save_context(self, context: UserContext) -> None:
        """Store a snapshot as a new version; versions only grow."""

    async def add_memory(self, memory: Memory, vector: Vector | None = None, *, supersedes: Sequence[str] = ()) -> None:
        """Store a memory, and note that it takes the place of others, both or neither.

        The same id again changes nothing.
        """

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        """Remove a memory, those whose place it took (in turn), and every cached answer that depends on any of them.

        One that was superseded goes alone; what it had taken the place of is superseded by its successor from then on.
        Of its user's context only the newest snapshot stays, without what it had learnt from them.

        Returns:
            The memories that are gone, the one named first; empty if there was none.
        """

    async def set_memory_reach(self, memory_id: str, reach: Reach) -> bool:
        """Change how far a memory may travel; False if there is none."""

    async def set_memory_vectors(self, embedder: str, values: Mapping[str, bytes]) -> None:
        """Give memories (by id) vectors of this embedder, in place of another's; those gone by now are passed over."""

    async def save_document(
        self, document: Document, passages: Sequence[NewPassage] = (), *, embedder: str = ""
    ) -> tuple[int, ...]:
        """Store a file and its passages in place of all that was stored under its path, both or neither.

        Returns:
            Numbers of the new passages, in their order; a number is never used twice.
        """

    async def remove_documents(self, ids: Sequence[str]) -> tuple[int, ...]:
        """Remove files with their passages; numbers of the passages that are gone."""

    async def set_passage_vectors(self, embedder: str, values: Mapping[int, bytes]) -> None:
        """Give passages (by number) vectors of this embedder; those gone by now are passed over."""

    async def save(self, record: Record) -> None:
        """Store a record, in place of the one with the same id, key or prefix."""

    async def remove(self, kind: type[Record], key: str) -> bool:
        """Remove a record; False if there was none."""

    async def change_cache(
        self, *, changes: Sequence[Change] = (), removed: Collection[str] = (), saved: Sequence[CacheEntry] = ()
    ) -> None:
        """Remove cached answers that these changes make void and those of these keys, then save others; all or none."""

    async def trim_cache(self, now: float, most_bytes: int) -> int:
        """Remove cached answers that expired before `now`, then the oldest until `most_bytes` are left; how many."""

    async def audit(self, event: AuditEvent, detail: Mapping[str, AuditDetail] | None = None) -> None:
        """Add a line to the audit log; nothing said, and no key, may be in it."""

    async def accept_audit_log(self) -> None:
        """Go on from the audit log as it is, though entries are missing or altered; a line of it says so."""

    async def record_egress(self, sent: Egress) -> None:
        """Note what left the machine."""

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""


class Secrets(Protocol):
    """A place of the operating system for small secrets, on its own thread with a deadline.

    Raises (each method): `KeyringMissing`, `KeyringLocked`, `KeyringSilent`, `KeyringFailed`.
    """

    async def get(self, name: str) -> str | None:
        """The secret kept under `name`, or None if there is none; any of them if there are several."""

    async def set(self, name: str, secret: str) -> None:
        """Keep `secret` (hex digits only) under `name`."""

    async def delete(self, name: str) -> None:
        """Remove it; nothing happens if there is none."""

    async def close(self) -> None:
        """End the thread. Idempotent; never waits for a hung keyring."""


@runtime_checkable
class SharedSecrets(Secrets, Protocol):
    """One in which other programs can put something under the same name."""

    async def get_all(self, name: str) -> tuple[str, ...]:
        """All that is kept under `name`."""


class Asker(Protocol):
    """Asks the person in front of the machine for a secret; what comes back is never logged."""

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        """The passphrase of this database, or None if nobody will give one.

        Args:
            reason: Why the keyring could not give the key.
            attempt: From 1; a number above 1 says that the one before was wrong.
        """

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        """A passphrase for a new home that no keyring can hold the key of, or None to make none."""


class Embedder(Protocol):
    """Turns texts into vectors whose products say how alike the texts are in meaning. On a thread of its own."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another embedder can't be compared with its own."""

    @property
    def dimensions(self) -> int:
        """Bytes of one vector."""

    @property
    def least_alike(self) -> float:
        """Cosine below which two short texts have nothing to do with each other, as measured for this embedder."""

    async def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        """One unit vector a text, a signed byte a dimension (see `domain.memories.Vector`).

        A text without a known word gives zeros, which are like nothing.
        """

    async def close(self) -> None:
        """End the thread. Idempotent."""

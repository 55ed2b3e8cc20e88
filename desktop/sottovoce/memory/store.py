"""The whole store: what each part of memory asks of it, and what the rest of the program looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sottovoce.memory.cache_ports import CacheStore, RecordReader
from sottovoce.memory.conversation_ports import ConversationReader, ConversationStore
from sottovoce.memory.knowledge_ports import KnowledgeReader, KnowledgeStore
from sottovoce.memory.memory_ports import ContextReader, MemoryReader, MemoryStore
from sottovoce.memory.ports import ReportingStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.conversations import Message, Role, SearchHit
    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.records import AuditDetail, AuditEntry, AuditEvent, Egress, Record


class HistoryReader(Protocol):
    """The history, to be looked through. All methods raise `StoreTrouble`."""

    async def message(self, message_id: str) -> Message | None:
        """One message by its id."""

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

    async def search(self, text: str, *, limit: int, older_than: str | None = None) -> tuple[SearchHit, ...]:
        """Messages holding all words of `text` (a word may be a prefix), newest first; any text is a valid search.

        With `older_than`, those older than the message with this id; none if it is not there.
        """

    async def search_best(
        self, text: str, *, limit: int, user_id: str | None = None, role: Role | None = None
    ) -> tuple[SearchHit, ...]:
        """As `search`, but the best match first (bm25), among the newest hits only; of one user, of one role."""


class RecordStore(RecordReader, Protocol):
    """Records, and the one who writes them."""

    async def save(self, record: Record) -> None:
        """Store a record, in place of the one with the same id, key or prefix."""

    async def replace(self, record: Record) -> bool:
        """Store a record in place of the one with the same id, key or prefix; False, and nothing, if that is gone."""

    async def remove(self, kind: type[Record], key: str) -> bool:
        """Remove a record; False if there was none."""


class AuditReader(Protocol):
    """The audit log. All methods raise `StoreTrouble`."""

    async def audit_log(self, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit log, newest first."""

    async def last_audit(self, event: AuditEvent) -> AuditEntry | None:
        """The newest entry of the audit log about such an event."""

    async def audit_trouble(self) -> AuditTrouble | None:
        """What is wrong with the audit log, all of which is read."""


class AuditStore(AuditReader, Protocol):
    """The same, and the one who adds to it."""

    async def audit(self, event: AuditEvent, detail: Mapping[str, AuditDetail] | None = None) -> None:
        """Add a line to the audit log; nothing said, and no key, may be in it."""

    async def accept_audit_log(self) -> None:
        """Go on from the audit log as it is, though entries are missing or altered; a line of it says so."""


class EgressReader(Protocol):
    """What left the machine. All methods raise `StoreTrouble`."""

    async def egress(self, limit: int) -> tuple[Egress, ...]:
        """What was sent last, newest first."""


class EgressStore(EgressReader, Protocol):
    """The same, and the one who notes it."""

    async def record_egress(self, sent: Egress) -> None:
        """Note what left the machine."""


class StoreReader(
    HistoryReader,
    ConversationReader,
    MemoryReader,
    ContextReader,
    KnowledgeReader,
    RecordReader,
    AuditReader,
    EgressReader,
    ReportingStore,
    Protocol,
):
    """The store as those see it who may only look. All methods raise `StoreTrouble`."""


class Store(
    StoreReader,
    ConversationStore,
    MemoryStore,
    KnowledgeStore,
    CacheStore,
    RecordStore,
    AuditStore,
    EgressStore,
    Protocol,
):
    """The store as its one writer sees it: every method that writes returns after COMMIT with synchronous=FULL.

    A cancelled call may still have been written; an acknowledged one certainly is.
    """

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""

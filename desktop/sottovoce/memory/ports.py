"""What memory asks of the outside: a durable store, and a safe place for its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Conversation, Found, Message
    from sottovoce.domain.memories import Memory


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


class StoreReader(Protocol):
    """The store as those see it who may only look. All methods raise `StoreTrouble`."""

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first."""

    async def search(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """Messages holding all words of `text` (a word may be a prefix), newest first; any text is a valid search."""

    async def context(self, user_id: str) -> UserContext | None:
        """The newest stored snapshot of a user."""

    async def memories(self, user_id: str, *, limit: int) -> tuple[Memory, ...]:
        """What is remembered about a user, newest first."""

    async def search_memories(self, user_id: str, query: str, *, limit: int) -> tuple[Memory, ...]:
        """Memories sharing words with `query`, the best match first (bm25)."""

    async def report(self, *, check: bool = True) -> StoreReport:
        """Counts, and with `check` the outcome of the integrity checks, which read the whole file."""


class Store(StoreReader, Protocol):
    """The store as its one writer sees it: every method returns after COMMIT with synchronous=FULL.

    A cancelled call may still have been written; an acknowledged one certainly is.
    """

    async def append(self, message: Message) -> None:
        """Store a message (and its conversation). Appending the same id again changes nothing."""

    async def save_context(self, context: UserContext) -> None:
        """Store a snapshot as a new version; versions only grow."""

    async def add_memory(self, memory: Memory) -> None:
        """Store a memory. The same id again changes nothing."""

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""


class Secrets(Protocol):
    """A place of the operating system for small secrets, on its own thread with a deadline.

    Raises (each method): `KeyringMissing`, `KeyringLocked`, `KeyringSilent`, `KeyringFailed`.
    """

    async def get(self, name: str) -> str | None:
        """The secret kept under `name`, or None if there is none."""

    async def set(self, name: str, secret: str) -> None:
        """Keep `secret` (hex digits only) under `name`."""

    async def delete(self, name: str) -> None:
        """Remove it; nothing happens if there is none."""

    async def close(self) -> None:
        """End the thread. Idempotent; never waits for a hung keyring."""

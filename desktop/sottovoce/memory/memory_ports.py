"""What the memory of users asks of a store: contexts, memories, their vectors and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.memories import Memory, MemoryKind, Reach, Vector, Vectors


class ContextReader(Protocol):
    """Contexts of users. All methods raise `StoreTrouble`."""

    async def context(self, user_id: str) -> UserContext | None:
        """The newest stored snapshot of a user."""


class ContextStore(ContextReader, Protocol):
    """The same, and the one who writes them."""

    async def save_context(self, context: UserContext) -> None:
        """Store a snapshot as a new version; versions only grow."""


class RetrievalReader(Protocol):
    """Memories by words and by meaning. All methods raise `StoreTrouble`."""

    async def memories_by_id(self, ids: Sequence[str]) -> tuple[Memory, ...]:
        """Those of these that are there, superseded or not, in the order of `ids`."""

    async def match_memories(self, user_id: str, query: str, *, limit: int) -> tuple[tuple[str, float], ...]:
        """Ids of memories sharing words with `query`, each with its bm25 score (positive), the best match first."""

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        """The vectors of what holds about a user, oldest first."""

    async def memories_without_vector(self, embedder: str, *, limit: int) -> tuple[Memory, ...]:
        """Memories of any user that hold and have no vector of this embedder, newest first."""


class RetrievalStore(RetrievalReader, Protocol):
    """The same, and the one who writes vectors."""

    async def set_memory_vectors(self, embedder: str, values: Mapping[str, bytes]) -> None:
        """Give memories (by id) vectors of this embedder, in place of another's; those gone by now are passed over."""


class MemoryReader(RetrievalReader, Protocol):
    """What is remembered. All methods raise `StoreTrouble`."""

    async def memories(self, user_id: str, *, limit: int, kinds: Collection[MemoryKind] = ()) -> tuple[Memory, ...]:
        """What is remembered about a user, of these kinds (of all, if none is named), newest first."""

    async def count_memories(self, user_id: str, kinds: Collection[MemoryKind] = ()) -> int:
        """How much of these kinds holds about a user, of all if none is named."""

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        """What holds about this subject, newest first; nothing for the empty one."""

    async def memories_of_message(self, message_id: str) -> tuple[Memory, ...]:
        """What was learnt from this message and holds, oldest first."""

    async def memories_used(self, message_id: str) -> tuple[Memory, ...]:
        """What the answer with this id drew on, as far as it is still known, superseded or not."""


class MemoryStore(MemoryReader, RetrievalStore, ContextStore, Protocol):
    """The same with contexts, and the one who writes it; see `store.Store` for what a write promises."""

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

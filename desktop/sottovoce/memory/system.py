"""What is known about a user: the context that goes down with every question, and what was asked to be remembered."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.memories import Memory, MemoryKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.memory.ports import Store

MOST_MEMORIES = 1000
"""Memories looked through at most when they are listed or compared: a spoken answer names a handful."""

_KINDS = (
    (
        MemoryKind.DISLIKE,
        re.compile(r"i (really )?(don't|do not|never) (really )?(like|love|enjoy)\b|i (really )?(hate|dislike)\b"),
    ),
    (MemoryKind.LIKE, re.compile(r"i (really |also |always )*(like|love|prefer|enjoy|adore)\b")),
)


def kind_of(text: str) -> MemoryKind:
    """What sort of thing a first-person sentence tells."""
    return next((kind for kind, pattern in _KINDS if pattern.match(text.lower())), MemoryKind.FACT)


class MemorySystem:
    """The one writer of contexts and memories; everybody else holds frozen snapshots."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        """Remember in `store`; `clock` gives seconds since 1970-01-01 UTC."""
        self._store = store
        self._clock = clock
        self._contexts: dict[str, UserContext] = {}
        self._writing = asyncio.Lock()

    async def get_user_context(self, user_id: str) -> UserContext:
        """The present snapshot; a first one for a user not seen before.

        Raises:
            StoreTrouble: It could not be read.
        """
        if user_id not in self._contexts:
            stored = await self._store.context(user_id)
            # Another task may have put a newer one there while we waited for the store.
            self._contexts.setdefault(user_id, stored or UserContext(user_id=user_id, first_seen=self._clock()))
        return self._contexts[user_id]

    def forget(self) -> None:
        """Drop what is held in memory: it may have been erased from the store."""
        self._contexts.clear()

    async def update_context(self, user_id: str, message: str, response: str) -> UserContext:  # noqa: ARG002 - what was said will shape preferences
        """Count one answered question; returns the new snapshot once it is durable.

        Raises:
            StoreTrouble: It could not be stored; the old snapshot stays in force.
        """
        async with self._writing:
            present = await self.get_user_context(user_id)
            changed = present.copy_with(
                version=present.version + 1,
                conversations_count=present.conversations_count + 1,
                last_seen=self._clock(),
            )
            await self._store.save_context(changed)
            self._contexts[user_id] = changed
            return changed

    async def save_memory(
        self, user_id: str, text: str, kind: MemoryKind | None = None, *, source_message: str | None = None
    ) -> tuple[Memory, bool]:
        """Remember `text`; what is remembered already in the same words is not stored twice.

        Returns:
            The memory, and whether it is new.

        Raises:
            StoreTrouble: It could not be stored.
        """
        async with self._writing:
            wanted = " ".join(text.split())
            for known in await self._store.memories(user_id, limit=MOST_MEMORIES):
                if known.text.casefold() == wanted.casefold():
                    # Told again by the same message, its turn was cut off and taken up: to the user it is new.
                    return known, source_message is not None and known.source_message == source_message
            memory = Memory(
                id=new_id(),
                user_id=user_id,
                kind=kind or kind_of(wanted),
                text=wanted,
                created_at=self._clock(),
                source_message=source_message,
            )
            await self._store.add_memory(memory)
            return memory, True

    async def memories(self, user_id: str, *kinds: MemoryKind) -> tuple[Memory, ...]:
        """What is remembered of these kinds (of all kinds if none is named), oldest first."""
        newest_first = await self._store.memories(user_id, limit=MOST_MEMORIES)
        return tuple(m for m in reversed(newest_first) if not kinds or m.kind in kinds)

    async def retrieve_memory(self, user_id: str, query: str, k: int = 5) -> tuple[Memory, ...]:
        """The `k` memories that fit `query` best, the best one first."""
        return await self._store.search_memories(user_id, query, limit=k)

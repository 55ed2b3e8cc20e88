"""The fence between before and after an erasure: what was read or said before it is not written after it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING

from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sottovoce.domain.records import AnyRecord, Record
    from sottovoce.memory.store import RecordStore


class Fence:
    """Knows which users' words have been erased since when. Belongs to one event loop.

    While rows are being erased the users they are of are shut out: who wants to read them waits. What had read before
    is overtaken, and is refused when it comes to write.
    """

    def __init__(self) -> None:
        """Nothing has been erased yet."""
        self._erasures = 0
        self._overtaken: dict[str, int] = {}  # by user: the erasure after which nothing older may be written
        self._shut: dict[str, asyncio.Event] = {}

    @contextlib.contextmanager
    def operation(self) -> Iterator[None]:
        """All that is done in the block, and in tasks begun in it, belongs together: it is as old as its beginning."""
        token = _BEGUN.set((self, self._erasures))
        try:
            yield
        finally:
            _BEGUN.reset(token)

    def begun(self) -> int:
        """When the operation under way began, for `check`; outside of one, now."""
        fence, begun = _BEGUN.get() or (None, 0)
        return begun if fence is self else self._erasures

    def check(self, user_id: str, begun: int | None = None) -> None:
        """Refuse to write what was read or said before an erasure; to be called with nothing awaited before the write.

        Args:
            user_id: Whose it is.
            begun: What `begun` returned then; None inside of an operation.

        Raises:
            ThingNotFound: It was erased meanwhile.
        """
        if self.overtaken(user_id, begun):
            raise ThingNotFound(said("error-erased-meanwhile"))

    def overtaken(self, user_id: str, begun: int | None = None) -> bool:
        """Whether `check` would refuse."""
        return self._overtaken.get(user_id, 0) > (self.begun() if begun is None else begun)

    async def passed(self, user_id: str) -> None:
        """Wait until nothing of this user is being erased."""
        while user_id in self._shut:
            await self._shut[user_id].wait()

    def shut(self, users: Collection[str], *, overtaking: bool) -> None:
        """Let nobody read of these users until `open`; `overtaking`: and let nobody who has read already write."""
        for user in users:
            self._shut.setdefault(user, asyncio.Event())
        if overtaking:
            self._overtaken.update(dict.fromkeys(users, sys.maxsize))  # nor what begins meanwhile

    def open(self, users: Collection[str], *, overtaking: bool) -> None:
        """Let them be read again; `overtaking`: what begins from now on may write, and nothing that began before."""
        if overtaking:
            self._erasures += 1
            self._overtaken.update(dict.fromkeys(users, self._erasures))
        for user in users:
            self._shut.pop(user).set()


class FencedRecords:
    """The records of a store, of which none is written that was said, or read, before an erasure of its user's."""

    def __init__(self, store: RecordStore, fence: Fence) -> None:
        """Let `fence` say whether a record may be written to `store`."""
        self._store = store
        self._fence = fence

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        """See `RecordReader`."""
        return await self._store.record(kind, key)

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        """See `RecordReader`."""
        return await self._store.records(kind, limit=limit, user_id=user_id)

    async def save(self, record: Record) -> None:
        """See `RecordStore`.

        Raises:
            ThingNotFound: Its user was erased meanwhile.
            StoreTrouble: It is not kept.
        """
        self._fence.check(str(getattr(record, "user_id", "")))
        await self._store.save(record)

    async def replace(self, record: Record) -> bool:
        """See `RecordStore`; no fence is needed: what is gone stays gone, so that an alarm rings beside an erasure."""
        return await self._store.replace(record)

    async def remove(self, kind: type[Record], key: str) -> bool:
        """See `RecordStore`."""
        return await self._store.remove(kind, key)


_BEGUN: ContextVar[tuple[Fence, int] | None] = ContextVar("begun", default=None)

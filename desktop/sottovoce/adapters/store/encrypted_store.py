"""The open store: every call goes to the writer's queue or to the readers'."""

from __future__ import annotations

import asyncio
import contextlib
import queue
from typing import TYPE_CHECKING, Any, TypeVar

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store import rows
from sottovoce.adapters.store.failures import told
from sottovoce.adapters.store.threads import ConnectionThread, GroupLimits, Jobs, Reader, Writer, closed, submit
from sottovoce.adapters.store.watched import WatchedFiles
from sottovoce.memory.ports import StoreReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.process_lock import ProcessLock
    from sottovoce.adapters.store.connection import Opener
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Conversation, Found, Message
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.memories import Memory

T = TypeVar("T")

READERS = 2
"""A long search leaves one free for what a turn needs."""
CIPHER_CHECK_BYTES = 64 << 20
"""Largest file whose every page, free ones too, is checked by `report`: the writer waits meanwhile."""


class EncryptedStore:
    """A `Store` in a SQLCipher file. Belongs to the event loop it was opened on; `open_store` makes it."""

    def __init__(self, opener: Opener, lock: ProcessLock, limits: GroupLimits) -> None:
        """Take over the key and the process lock; `start` opens the connections."""
        self._opener = opener
        self._lock = lock
        self._folder = opener.path.parent
        self._watched = WatchedFiles(opener.path)
        self._writer = Writer(self._connect_writer, self._told, self._watched.replaced, limits)
        self._questions: Jobs = queue.SimpleQueue()
        self._readers = [
            Reader(f"sottovoce-store-reader-{number}", opener.reader, self._questions, self._told)
            for number in range(1, READERS + 1)
        ]
        self._closing: asyncio.Task[None] | None = None

    def __repr__(self) -> str:
        """Say where, never under which key."""
        return f"<EncryptedStore {self._opener.path.name}>"

    async def start(self) -> None:
        """Open the writer, then the readers (a read-only connection needs the writer's log).

        Raises:
            StoreTrouble: One could not be opened; `close` must be called all the same.
        """
        for thread in self._threads():
            await thread.open()

    async def append(self, message: Message) -> None:
        """Store a message (and its conversation). Appending the same id again changes nothing."""
        await self._write(lambda connection: rows.add_message(connection, message))

    async def save_context(self, context: UserContext) -> None:
        """Store a snapshot; a version that is taken by another snapshot becomes the next free one."""
        await self._write(lambda connection: rows.save_context(connection, context))

    async def add_memory(self, memory: Memory) -> None:
        """Store a memory. The same id again changes nothing."""
        await self._write(lambda connection: rows.add_memory(connection, memory))

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""
        return await self._read(lambda connection: rows.messages(connection, conversation_id, limit))

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first."""
        return await self._read(lambda connection: rows.conversations(connection, limit, user_id))

    async def search(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """Messages holding all words of `text` (the last one as a prefix), newest first; any text is a valid search."""
        return await self._read(lambda connection: rows.search(connection, text, limit))

    async def context(self, user_id: str) -> UserContext | None:
        """The newest stored snapshot of a user."""
        return await self._read(lambda connection: rows.context(connection, user_id))

    async def memories(self, user_id: str, *, limit: int) -> tuple[Memory, ...]:
        """What is remembered about a user, newest first."""
        return await self._read(lambda connection: rows.memories(connection, user_id, limit))

    async def search_memories(self, user_id: str, query: str, *, limit: int) -> tuple[Memory, ...]:
        """Memories sharing words with `query`, the best match first (bm25)."""
        return await self._read(lambda connection: rows.search_memories(connection, user_id, query, limit))

    async def report(self, *, check: bool = True) -> StoreReport:
        """Counts and the file's size; with `check` also the integrity checks, which read the whole file.

        `quick_check` on a connection of its own reads every page in use from the disk, log included, and so verifies
        its HMAC; `cipher_integrity_check` adds the free pages, up to a file of `CIPHER_CHECK_BYTES`.
        """
        version, said, held, kept = await self._read(rows.counts)
        faults: tuple[str, ...] = ()
        if check:
            faults = await self._read(self._quick_check) + await self._ask(
                self._writer.jobs, self._cipher_check, alone=True
            )
        return StoreReport(
            schema_version=version,
            messages=said,
            conversations=held,
            memories=kept,
            file_bytes=await self._read(lambda _: self._opener.path.stat().st_size),
            faults=tuple(dict.fromkeys(faults)),
        )

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        for _ in self._readers:
            self._questions.put(None)
        for reader in self._readers:
            await reader.ended()
        # The writer goes last: only the last connection, and only a writing one, empties and removes the log.
        self._writer.jobs.put(None)
        await self._writer.ended()
        self._opener.wipe()
        self._lock.release()

    def _threads(self) -> list[ConnectionThread]:
        return [self._writer, *self._readers]

    def _connect_writer(self) -> sqlite.Connection:
        if trouble := self._watched.replaced(log_too=False):
            raise trouble
        connection = self._opener.writer()
        self._watched.refresh_log()
        return connection

    def _told(self, error: BaseException) -> SottovoceError:
        return told(error, self._folder)

    async def _write(self, run: Callable[[Any], T]) -> T:
        return await self._ask(self._writer.jobs, run)

    async def _read(self, run: Callable[[Any], T]) -> T:
        return await self._ask(self._questions, run)

    async def _ask(self, jobs: Jobs, run: Callable[[Any], T], *, alone: bool = False) -> T:
        if self._closing is not None:
            raise closed()
        return await submit(jobs, run, alone=alone)

    def _quick_check(self, _: sqlite.Connection) -> tuple[str, ...]:
        try:
            with contextlib.closing(self._opener.reader()) as connection:
                found = connection.execute("PRAGMA quick_check(20)").fetchall()
        except sqlite.Error as error:
            return (self._told(error).sentence,)
        return tuple(str(row[0]) for row in found if row[0] != "ok")

    def _cipher_check(self, connection: sqlite.Connection) -> tuple[str, ...]:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # the check looks at the file, not at the log
        if self._opener.path.stat().st_size > CIPHER_CHECK_BYTES:
            return ()
        return tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchmany(20))

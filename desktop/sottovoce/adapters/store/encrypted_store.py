"""The open store: every call goes to the writer's queue or to the readers'."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
from typing import TYPE_CHECKING, Any, TypeVar

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store import rows, rows_audit, rows_erase, rows_records, rows_turns
from sottovoce.adapters.store.audit_trail import GOES_ON
from sottovoce.adapters.store.ballast import Ballast
from sottovoce.adapters.store.failures import told
from sottovoce.adapters.store.session_mark import SessionMark
from sottovoce.adapters.store.threads import (
    ConnectionThread,
    GroupLimits,
    Guards,
    Jobs,
    Reader,
    Writer,
    closed,
    submit,
)
from sottovoce.adapters.store.watched import WatchedFiles
from sottovoce.domain.errors import StoreTrouble
from sottovoce.domain.records import AuditEvent
from sottovoce.memory.finish import finish
from sottovoce.memory.ports import StoreReport

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sottovoce.adapters.process_lock import ProcessLock
    from sottovoce.adapters.store.audit_trail import AuditTrail
    from sottovoce.adapters.store.connection import Opener
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Conversation, Found, Message
    from sottovoce.domain.errors import AuditTrouble, SottovoceError
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.records import AnyRecord, AuditDetail, AuditEntry, Egress, Record
    from sottovoce.domain.turns import Outcome

T = TypeVar("T")

log = logging.getLogger(__name__)

READERS = 2
"""A long search leaves one free for what a turn needs."""
CIPHER_CHECK_BYTES = 64 << 20
"""Largest file whose every page, free ones too, is checked by `report`: the writer waits meanwhile."""


class EncryptedStore:
    """A `Store` in a SQLCipher file. Belongs to the event loop it was opened on; `open_store` makes it."""

    def __init__(
        self,
        opener: Opener,
        lock: ProcessLock,
        limits: GroupLimits,
        trail: AuditTrail,
        *,
        just_made: bool = False,
        warning: StoreTrouble | None = None,
    ) -> None:
        """Take over the key and the process lock; `start` opens the connections."""
        self.just_made = just_made
        self.warning = warning
        self._lock = lock
        self._limits = limits
        self._trail = trail
        self._folder = opener.path.parent
        self._questions: Jobs = queue.SimpleQueue()
        self._use(opener, queue.SimpleQueue())
        self._closing: asyncio.Task[None] | None = None
        self._exchanging = asyncio.Lock()
        self._going = asyncio.Event()
        self._going.set()

    def _use(self, opener: Opener, jobs: Jobs) -> None:
        """Prepare the threads for what `opener` opens."""
        self._opener = opener
        self._watched = WatchedFiles(opener.path)
        self._guards = Guards(SessionMark(opener.path), Ballast(opener.path), rows.merge_words)
        self._writer = Writer(
            self._connect_writer, self._told, self._watched.replaced, self._limits, self._guards, jobs
        )
        self._readers = [
            Reader(f"sottovoce-store-reader-{number}", opener.reader, self._questions, self._told)
            for number in range(1, READERS + 1)
        ]

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

    async def open_turn(self, message: Message) -> None:
        """Store a question and note that it waits for its answer, both or neither. Again changes nothing."""
        await self._write(lambda connection: rows_turns.open_turn(connection, message))

    async def close_turn(self, message_id: str, answer: Message | None, outcome: Outcome) -> bool:
        """Store the answer and end the turn; False, with nothing stored, if it is not open (any more)."""
        return await self._write(lambda connection: rows_turns.close_turn(connection, message_id, answer, outcome))

    async def save(self, record: Record) -> None:
        """Store a record, in place of the one with the same id, key or prefix."""
        await self._write(lambda connection: rows_records.save(connection, record))

    async def remove(self, kind: type[Record], key: str) -> bool:
        """Remove a record; False if there was none."""
        return await self._write(lambda connection: rows_records.remove(connection, kind, key), frees=True)

    async def trim_cache(self, now: float, most_bytes: int) -> int:
        """Remove cached answers that expired before `now`, then the oldest until `most_bytes` are left; how many."""
        return await self._write(lambda connection: rows_records.trim_cache(connection, now, most_bytes), frees=True)

    async def record_egress(self, sent: Egress) -> None:
        """Note what left the machine."""
        await self._write(lambda connection: rows_records.add_egress(connection, sent))

    async def audit(self, event: AuditEvent, detail: Mapping[str, AuditDetail] | None = None) -> None:
        """Add a line to the audit log and anchor it; nothing said, and no key, may be in it."""
        await self._write(lambda connection: rows_audit.add(connection, event, detail or {}))
        await self._anchor(whatever=event in GOES_ON)

    async def accept_audit_log(self) -> None:
        """Go on from the audit log as it is, though entries are missing or altered; a line of it tells so."""
        await self.audit(AuditEvent.AUDIT_ACCEPTED)

    async def audit_opening(self) -> None:
        """Check the audit log's end against its anchor, and add the line of this opening if it tells anything new.

        Trouble with either is logged: neither keeps anybody from the store.
        """
        try:
            events, ahead = await self._read(lambda c: self._trail.look(c, just_made=self.just_made))
            for event, detail in events.items():
                await self.audit(event, detail)
            if ahead and not events:
                await self._anchor()
        except StoreTrouble as trouble:
            log.warning("the opening is not in the audit log: %s", trouble.code)

    async def _anchor(self, *, whatever: bool = False) -> None:
        """On the writer's thread, behind the COMMIT it is about; two fsyncs, seldom."""
        await self._ask(self._writer.jobs, lambda c: self._trail.advance(c, whatever=whatever), alone=True)

    async def forget_unfinished_erasing(self) -> None:
        """Drop the note that something is still to be erased from files and backups."""
        await self._write(rows_erase.forget_unfinished)

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""
        return await self._read(lambda connection: rows.messages(connection, conversation_id, limit))

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first."""
        return await self._read(lambda connection: rows.conversations(connection, limit, user_id))

    async def search(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """Messages holding all words of `text` (the last one may be half typed), newest first."""
        return await self._read(lambda connection: rows.search(connection, text, limit))

    async def search_best(self, text: str, *, limit: int) -> tuple[Found, ...]:
        """As `search`, but the best match first (bm25), among the newest `rows.MOST_RANKED` hits."""
        return await self._read(lambda connection: rows.search_best(connection, text, limit))

    async def unfinished_turns(self) -> tuple[Message, ...]:
        """Questions whose turn is still open, newest first: one under way, or cut off by a crash."""
        return await self._read(rows_turns.unfinished_turns)

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        """One record by its id, key or prefix."""
        return await self._read(lambda connection: rows_records.record(connection, kind, key))

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        """Records of a kind, in its order (see `StoreReader.records`)."""
        return await self._read(lambda connection: rows_records.records(connection, kind, limit, user_id))

    async def audit_log(self, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit log, newest first."""
        return await self._read(lambda connection: rows_audit.newest(connection, limit))

    async def audit_trouble(self) -> AuditTrouble | None:
        """What is wrong with the audit log, all of which is read."""
        return await self._audit_trouble(whole=True)

    async def _audit_trouble(self, *, whole: bool) -> AuditTrouble | None:
        trouble = await self._read(lambda connection: self._trail.trouble(connection, whole=whole))
        return trouble() if trouble else None

    async def egress(self, limit: int) -> tuple[Egress, ...]:
        """What was sent last, newest first."""
        return await self._read(lambda connection: rows_records.egress(connection, limit))

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
            audit=await self._audit_trouble(whole=check),
        )

    @property
    def opener(self) -> Opener:
        """What opens the database: for the store's own neighbours, which must not keep it."""
        return self._opener

    async def exchange(self, run: Callable[[], Awaitable[Opener]]) -> None:
        """Close every connection, let `run` change the files, and go on with the opener it returns.

        Calls wait meanwhile, in their order. If `run` raises, the store goes on with the files as they are.

        Raises:
            SottovoceError: The store is closed, or could not be opened again (it then answers nothing more).
        """
        async with self._exchanging:
            if self._closing is not None:
                raise closed()
            self._going.clear()
            try:
                await finish(self._exchange(run))
            finally:
                self._going.set()

    async def _exchange(self, run: Callable[[], Awaitable[Opener]]) -> None:
        await self._end_threads()
        opener = self._opener
        try:
            opener = await run()
        finally:
            self._use(opener, self._writer.jobs)
            try:
                await self.start()
            except BaseException:
                await self._end_threads()
                raise

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        async with self._exchanging:
            await self._end_threads()
            self._opener.wipe()
            self._lock.release()

    async def _end_threads(self) -> None:
        for _ in self._readers:
            self._questions.put(None)
        for reader in self._readers:
            await reader.ended()
        # The writer goes last: only the last connection, and only a writing one, empties and removes the log.
        self._writer.jobs.put(None)
        await self._writer.ended()

    def _threads(self) -> list[ConnectionThread]:
        return [self._writer, *self._readers]

    def _connect_writer(self) -> sqlite.Connection:
        if trouble := self._watched.replaced(log_too=False):
            raise trouble
        self._guards.mark.begin()
        try:
            connection = self._opener.writer()
        except BaseException:
            self._guards.mark.end()
            raise
        self._watched.refresh_log()
        return connection

    def _told(self, error: BaseException) -> SottovoceError:
        return told(error, self._folder)

    async def _write(self, run: Callable[[Any], T], *, frees: bool = False) -> T:
        return await self._ask(self._writer.jobs, run, frees=frees)

    async def _read(self, run: Callable[[Any], T]) -> T:
        return await self._ask(self._questions, run)

    async def _ask(self, jobs: Jobs, run: Callable[[Any], T], *, alone: bool = False, frees: bool = False) -> T:
        if not self._going.is_set():
            await self._going.wait()
        if self._closing is not None:
            raise closed()
        return await submit(jobs, run, alone=alone, frees=frees)

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

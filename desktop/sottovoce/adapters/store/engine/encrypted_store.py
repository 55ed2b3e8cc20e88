"""The open store: every call goes to the writer's queue or to the readers'."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine.audit_trail import GOES_ON
from sottovoce.adapters.store.engine.ballast import Ballast
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.engine.session_mark import SessionMark
from sottovoce.adapters.store.engine.threads import (
    ClosableQueue,
    GroupLimits,
    Guards,
    Jobs,
    Reader,
    Writer,
    closed,
    refuse,
    submit,
)
from sottovoce.adapters.store.engine.watched import WatchedFiles
from sottovoce.adapters.store.rows.calls import StoreCalls
from sottovoce.domain.erasing import Erased, Erasure, Scope
from sottovoce.domain.errors import SottovoceError, StoreTrouble
from sottovoce.domain.figures import STORE_QUEUE, Reading
from sottovoce.domain.records import AuditEvent
from sottovoce.memory.figures import Figures
from sottovoce.memory.finish import finish
from sottovoce.memory.ports import StoreReport

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sottovoce.adapters.process_lock import ProcessLock
    from sottovoce.adapters.store.engine.audit_trail import AuditTrail
    from sottovoce.adapters.store.engine.connection import ConnectionOpener
    from sottovoce.adapters.store.engine.recording import Recording
    from sottovoce.adapters.store.engine.sittings import Sittings
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.adapters.store.sealed.seen import Seen
    from sottovoce.domain.clock import ClockLedger
    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.records import AuditDetail

T = TypeVar("T")

log = logging.getLogger(__name__)

SNAPSHOT_S = 10.0
"""Seconds the writer waits at most for a copy to have its snapshot: opening one takes milliseconds."""
READERS = 2
"""A long search leaves one free for what a turn needs."""
CIPHER_CHECK_BYTES = 64 << 20
"""Largest file whose every page, free ones too, is checked by `report`: the writer waits meanwhile."""


@dataclass(slots=True)
class BegunSession:
    """What an opening has begun with the database, and hands on to the store."""

    mark: SessionMark
    watched: WatchedFiles
    """The files as they were before anything opened them."""
    connection: sqlite.Connection | None = None
    """The one that proved the key; None if none was opened, or it was handed on."""

    @classmethod
    def at(cls, database: Path) -> BegunSession:
        """Begin nothing yet."""
        return cls(SessionMark(database), WatchedFiles(database))

    def handed_on(self) -> sqlite.Connection | None:
        """The connection, once."""
        connection, self.connection = self.connection, None
        return connection

    def end(self) -> None:
        """Close what nobody has taken over, and say that no session was cut off. Idempotent."""
        if (connection := self.handed_on()) is not None:
            connection.close()
        self.mark.end()


class EncryptedStore(StoreCalls):
    """A `Store` in a SQLCipher file; `open_store` makes it.

    `start`, `exchange` and `close` belong to the event loop it was opened on; calls may come from any loop's thread.
    """

    def __init__(  # noqa: PLR0913 - each is taken over from the opening
        self,
        opener: ConnectionOpener,
        lock: ProcessLock,
        limits: GroupLimits,
        trail: AuditTrail,
        sittings: Sittings,
        *,
        just_made: bool = False,
        warning: StoreTrouble | None = None,
        begun: BegunSession | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Take over the key, the process lock and what the opening has begun; `start` opens the connections."""
        self._figures = figures or Figures()
        self.just_made = just_made
        self.warning = warning
        self._lock = lock
        self._limits = limits
        self._trail = trail
        self._sittings = sittings
        self._wrote = False
        self._folder = opener.path.parent
        self._questions: Jobs = queue.SimpleQueue()
        writes: Jobs = queue.SimpleQueue()
        self._use(opener, writes, begun or BegunSession.at(opener.path))
        self._to_writer, self._to_readers = ClosableQueue(writes), ClosableQueue(self._questions)
        self._figures.read_from(self._read_figures)
        self._closing: asyncio.Task[None] | None = None
        self._exchanging = asyncio.Lock()

    def _use(self, opener: ConnectionOpener, jobs: Jobs, begun: BegunSession) -> None:
        """Prepare the threads for what `opener` opens."""
        self._opener = opener
        self._begun = begun
        self._watched = begun.watched
        self._guards = Guards(begun.mark, Ballast(opener.path), rows.messages.merge_words)
        self._writer = Writer(
            self._connect_writer,
            self._to_user_error,
            self._watched.replaced,
            self._limits,
            self._guards,
            jobs,
            self._figures,
        )
        self._readers = [
            Reader(f"sottovoce-store-reader-{number}", opener.reader, self._questions, self._to_user_error)
            for number in range(1, READERS + 1)
        ]

    def _read_figures(self) -> Iterator[Reading]:
        """What is waiting."""
        yield Reading(figure=STORE_QUEUE, labels=("writes",), value=self._writer.jobs.qsize())
        yield Reading(figure=STORE_QUEUE, labels=("reads",), value=self._questions.qsize())

    def __repr__(self) -> str:
        """Say where, never under which key."""
        return f"<EncryptedStore {self._opener.path.name}>"

    async def start(self) -> None:
        """Open the writer, then begin the readers (a read-only connection needs the writer's log): see `ready`.

        Raises:
            StoreTrouble: It could not be opened; `close` must be called all the same.
        """
        await self._writer.open()
        for reader in self._readers:
            reader.begin()

    async def ready(self) -> None:
        """Wait for the readers that `start` began.

        Raises:
            StoreTrouble: One could not be opened; `close` must be called all the same.
        """
        for reader in self._readers:
            await reader.open()

    async def sit_down(self, kept: Seen | None) -> Seen:
        """Note this opening, and tell, once, if the database or the key file is not the one that was last open here.

        Args:
            kept: What the keyring says of the last one.

        Returns:
            What the keyring is to keep.
        """
        self._wrote = True
        begun = self._to_writer.submit(lambda c: rows.audit.Chain(c).begin(c, self._opener.key))
        sat = self._to_writer.submit(lambda c: self._sittings.sit(c, kept))
        _, (seen, surprise) = await asyncio.gather(begun, sat)
        if surprise is not None:
            log.warning("the store: %s", surprise.trouble.code)
            self.warning = self.warning or surprise.trouble
        keys = await self._run_alone(lambda c: self._sittings.inform_witnesses(c, seen))
        if keys is not None:
            # Before anything that this session writes, but nobody waits: another three fsyncs.
            self._noted_outside(self._to_writer, seen, keys).add_done_callback(_log_trouble)
        if surprise is not None:
            await self.ready()
            if await self._audit_trouble(whole=False) is None:  # else that is shown till accepted
                detail = {"here": surprise.here, "known": surprise.known, "powers_ended": surprise.ended}
                await self.audit(surprise.event, detail)
        self._wrote = False
        return seen

    def _noted_outside(
        self, jobs: ClosableQueue | Jobs, seen: Seen, keys: KeyFile
    ) -> asyncio.Future[tuple[None, None]]:
        """Note in the database, and to the other witnesses, what the key file has; queued when this returns."""
        put = jobs.submit if isinstance(jobs, ClosableQueue) else partial(submit, jobs)
        return asyncio.gather(
            put(lambda connection: rows.sittings.note_outside(connection, seen.number)),
            put(lambda _: self._sittings.inform_others(keys), alone=True),
        )

    async def in_one_go(self, run: Callable[[Any], T]) -> T:
        """The result of several statements on the writing connection, all of which are durable or none."""
        return await self._write(run)

    async def audit(self, event: AuditEvent, detail: Mapping[str, AuditDetail] | None = None) -> None:
        """Add a line to the audit log and anchor it; nothing said, and no key, may be in it."""
        await self._write(lambda connection: rows.audit.add(connection, event, detail or {}))
        await self._anchor(whatever=event in GOES_ON)

    async def accept_audit_log(self) -> None:
        """Go on from the audit log as it is, though entries are missing or altered; a line of it says so."""
        await self.audit(AuditEvent.AUDIT_ACCEPTED)

    async def audit_opening(self, way: str = "") -> None:
        """Check the audit log's head against its anchor, and add the line of this opening if it says anything new.

        Trouble with either is logged: neither keeps anybody from the store. `way` is how the key was had.
        """
        try:
            events, ahead = await self._read(lambda c: self._trail.look(c, just_made=self.just_made, way=way))
            for event, detail in events.items():
                await self.audit(event, detail)
            if ahead and not events:
                await self._anchor()
        except StoreTrouble as trouble:
            log.warning("the opening is not in the audit log: %s", trouble.code)

    async def _anchor(self, *, whatever: bool = False) -> None:
        """On the writer's thread, behind the COMMIT it is about; two fsyncs, seldom."""
        await self._run_alone(lambda c: self._trail.advance(c, whatever=whatever))

    async def clock(
        self, now: float, change: Callable[[ClockLedger], ClockLedger] = lambda ledger: ledger
    ) -> ClockLedger:
        """What is known of the clock after a look at it, changed by `change` (which may be called twice).

        Written only if it says something new.
        """

        def looked(connection: sqlite.Connection) -> tuple[ClockLedger, bool]:
            ledger = change(rows.clock.looked(connection, now, just_made=self.just_made))
            return ledger, rows.clock.is_news(connection, ledger)

        ledger, is_news = await self._read(looked)
        if not is_news:
            return ledger
        return await self._write(lambda c: rows.clock.change(c, now, change, just_made=self.just_made))

    async def erase_rows(self, erasure: Erasure, share: rows.erase.Share) -> Erased:
        """Delete rows, and note that files and backups are to be rid of them; their words stay there till then."""

        def erase(connection: sqlite.Connection) -> Erased:
            rows.erase.note_unfinished(connection, erasure)
            with rows.erase.words_left_behind(connection):
                return rows.erase.erase(connection, erasure, share)

        return await self._write(erase, frees=True)

    async def erase_memories(self, user_id: str, most: int) -> int:
        """Delete some memories of a user of whom all goes; how many. As `erase_rows`, which is to follow."""

        def erase(connection: sqlite.Connection) -> int:
            rows.erase.note_unfinished(connection, Erasure(scope=Scope.USER, of=user_id))
            with rows.erase.words_left_behind(connection):
                return rows.erase.erase_memories(connection, user_id, most)

        return await self._write(erase, frees=True)

    async def forget_unfinished_erasing(self, done: Sequence[Erasure] | None = None) -> None:
        """Drop the note that something is still to be erased from files and backups: these, or all of it."""
        await self._write(lambda connection: rows.erase.forget_unfinished(connection, done))

    async def begin_recording(self, recording: Recording) -> None:
        """Have all that is committed from now on noted; the writer waits until `recording.taken` is called."""

        def begin(_: sqlite.Connection) -> None:
            self._writer.recording = recording
            recording.begin(SNAPSHOT_S)

        await self._run_alone(begin)

    def is_recording(self, recording: Recording) -> bool:
        """Whether this one gets the changes: the writer has not been replaced since. Asked while no thread runs."""
        return self._writer.recording is recording

    async def stop_recording(self) -> None:
        """Stop noting changes."""

        def stop(_: sqlite.Connection) -> None:
            self._writer.recording = None

        await self._run_alone(stop)

    async def audit_trouble(self) -> AuditTrouble | None:
        """What is wrong with the audit log, all of which is read."""
        return await self._audit_trouble(whole=True)

    async def _audit_trouble(self, *, whole: bool) -> AuditTrouble | None:
        trouble = await self._read(lambda connection: self._trail.trouble(connection, whole=whole))
        return trouble() if trouble else None

    async def report(self, *, check: bool = True) -> StoreReport:
        """Counts and the file's size; with `check` also the integrity checks, which read the whole file.

        `quick_check` on a connection of its own reads every page in use from the disk, log included, and so verifies
        its HMAC; `cipher_integrity_check` adds the free pages, up to a file of `CIPHER_CHECK_BYTES`.
        """
        version, said, held, kept = await self._read(rows.messages.counts)
        faults: tuple[str, ...] = ()
        if check:
            faults = await self._read(self._quick_check) + await self._run_alone(self._cipher_check)
        return StoreReport(
            schema_version=version,
            messages=said,
            conversations=held,
            memories=kept,
            file_bytes=await self._read(lambda _: self._opener.path.stat().st_size),
            faults=tuple(dict.fromkeys(faults)),
            audit=await self._audit_trouble(whole=check),
            copies=await self._read(lambda _: self._sittings.copies()),
        )

    @property
    def opener(self) -> ConnectionOpener:
        """What opens the database: for the store's own neighbours, which must not keep it."""
        return self._opener

    async def exchange(self, run: Callable[[], Awaitable[ConnectionOpener]]) -> None:
        """Close every connection, let `run` change the files, and go on with the opener it returns.

        Calls wait in the queues meanwhile. If `run` raises, the store goes on with the files as they are.

        Raises:
            SottovoceError: The store is closed, or could not be opened again (which every later call raises too).
        """
        async with self._exchanging:
            if reason := self._to_writer.reason:
                raise reason
            await finish(self._exchange(run))

    async def _exchange(self, run: Callable[[], Awaitable[ConnectionOpener]]) -> None:
        await self._end_threads()
        opener = self._opener
        try:
            opener = await run()
        finally:
            self._use(opener, self._writer.jobs, BegunSession.at(opener.path))
            try:
                await self.start()
                await self.ready()
            except BaseException as error:
                reason = self._to_user_error(error)
                self._refuse_calls(reason)
                await self._end_threads()
                for jobs in (self._questions, self._writer.jobs):
                    refuse(jobs, reason)
                raise

    async def close(self) -> None:
        """Finish the queue, checkpoint, close every connection, end every thread. Idempotent."""
        if self._closing is None:
            self._refuse_calls(closed())
            self._closing = asyncio.ensure_future(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        async with self._exchanging:
            await self._rise()
            await self._end_threads()
            self._opener.wipe()
            self._lock.release()

    async def _rise(self) -> None:
        """Note the end of a session that wrote: whoever goes on from a state within it is told apart by that."""
        if not self._wrote or not self._writer.is_open:
            return
        with contextlib.suppress(SottovoceError):
            jobs = self._writer.jobs
            seen = await submit(jobs, self._sittings.rise)
            keys = await submit(jobs, lambda connection: self._sittings.inform_witnesses(connection, seen), alone=True)
            if keys is not None:
                await self._noted_outside(jobs, seen, keys)

    def _refuse_calls(self, reason: SottovoceError) -> None:
        """Take no more calls; those that are queued are still answered."""
        self._to_writer.close(reason)
        self._to_readers.close(reason)

    async def _end_threads(self) -> None:
        for _ in self._readers:
            self._questions.put(None)
        for reader in self._readers:
            await reader.ended()
        # The writer goes last: only the last connection, and only a writing one, empties and removes the log.
        self._writer.jobs.put(None)
        await self._writer.ended()
        self._begun.end()  # of a writer that never was

    def _connect_writer(self) -> sqlite.Connection:
        if trouble := self._watched.replaced(log_too=False):
            raise trouble
        self._guards.mark.begin()
        try:
            connection = self._opener.writer(self._begun.handed_on())
        except BaseException:
            self._guards.mark.end()
            raise
        self._watched.refresh_log()
        return connection

    def _to_user_error(self, error: BaseException) -> SottovoceError:
        return to_store_error(error, self._folder)

    async def _write(self, run: Callable[[Any], T], *, frees: bool = False) -> T:
        self._wrote = True
        return await self._to_writer.submit(run, frees=frees)

    async def _read(self, run: Callable[[Any], T]) -> T:
        return await self._to_readers.submit(run)

    async def _run_alone(self, run: Callable[[Any], T]) -> T:
        """On the writer's connection, in no transaction."""
        return await self._to_writer.submit(run, alone=True)

    def _quick_check(self, _: sqlite.Connection) -> tuple[str, ...]:
        try:
            with contextlib.closing(self._opener.reader()) as connection:
                found = connection.execute("PRAGMA quick_check(20)").fetchall()
        except sqlite.Error as error:
            return (self._to_user_error(error).sentence,)
        return tuple(str(row[0]) for row in found if row[0] != "ok")

    def _cipher_check(self, connection: sqlite.Connection) -> tuple[str, ...]:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # the check looks at the file, not at the log
        if self._opener.path.stat().st_size > CIPHER_CHECK_BYTES:
            return ()
        return tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchmany(20))


def _log_trouble(noted: asyncio.Future[tuple[None, None]]) -> None:
    if not noted.cancelled() and isinstance(trouble := noted.exception(), SottovoceError):
        log.warning("this opening was not noted in the database: %s", trouble.code)

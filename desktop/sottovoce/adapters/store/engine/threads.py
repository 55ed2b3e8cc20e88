"""The store's threads: one that writes in groups, and some that read, each owning its connection."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store.engine.connection import BUSY_MS
from sottovoce.adapters.store.engine.failures import poisons
from sottovoce.adapters.store.engine.recording import Recorded
from sottovoce.domain.errors import SottovoceError, StoreFailed, StoreFull
from sottovoce.domain.figures import STORE_COMMIT, STORE_GROUP
from sottovoce.domain.said import said
from sottovoce.memory.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.adapters.store.engine.ballast import Ballast
    from sottovoce.adapters.store.engine.recording import Recording
    from sottovoce.adapters.store.engine.session_mark import SessionMark

T = TypeVar("T")
ToUserError = Callable[[BaseException], SottovoceError]
"""Turns what was raised into what may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLimits:
    """How the writer gathers its groups: it takes what is queued; waiting for more was harmful (measured)."""

    most_jobs: int = 256
    """Longest group: bounds what one COMMIT carries and how long the first of it waits."""
    idle_checkpoint_s: float = 2.0
    """Seconds without a write after which the write-ahead log is emptied."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if self.most_jobs < 1 or self.idle_checkpoint_s <= 0:
            message = "the limits of a group must be positive"
            raise ValueError(message)


@dataclass(slots=True, eq=False)
class Job(Generic[T]):
    """Something to run on a connection, and who waits for it."""

    run: Callable[[Any], T]
    future: asyncio.Future[T]
    alone: bool = False
    """Not part of a transaction."""
    frees: bool = False
    """Makes room in the end (deletes): worth the ballast on a full disk."""


Jobs = queue.SimpleQueue[Job[Any] | None]
"""What a thread works through; None ends it."""


class ConnectionThread(ABC):
    """A thread that opens a connection, works through a queue with it, and closes it."""

    def __init__(
        self, name: str, connect: Callable[[], sqlite.Connection], jobs: Jobs, to_store_error: ToUserError
    ) -> None:
        """Prepare; `open` starts it. Belongs to the running event loop; who waits for a job may be on any."""
        loop = asyncio.get_running_loop()
        self._connect = connect
        self._jobs = jobs
        self._to_user_error = to_store_error
        self._connection: sqlite.Connection | None = None
        self._opened: asyncio.Future[None] = loop.create_future()
        self._ended: asyncio.Future[None] = loop.create_future()
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

    def begin(self) -> None:
        """Start the thread without waiting for its connection; `open` does."""
        self._thread.start()

    async def open(self) -> None:
        """Start the thread if it is not yet; returns when its connection is open.

        Raises:
            SottovoceError: It could not be opened; the thread has ended.
        """
        if self._thread.ident is None:
            self.begin()
        await asyncio.shield(self._opened)

    @property
    def is_open(self) -> bool:
        """Whether it works through its queue."""
        opened = self._opened.done() and not self._opened.cancelled() and self._opened.exception() is None
        return opened and not self._ended.done()

    async def ended(self) -> None:
        """Wait until the thread is gone (after None was put into its queue, or a failed `open`)."""
        if self._thread.ident is not None:
            await asyncio.shield(self._ended)
            self._thread.join()
        if not self._opened.cancel() and not self._opened.cancelled():
            self._opened.exception()  # nobody need have waited for it

    def _live(self) -> None:
        try:
            trouble = None
            try:
                self._connection = self._connect()
            except BaseException as error:  # noqa: BLE001 - carried to who waits for `open`
                trouble = self._to_user_error(error)
            settle([(self._opened, trouble)])
            if trouble is None:
                self._serve()
        finally:
            self._drop_connection()
            settle([(self._ended, None)])

    @abstractmethod
    def _serve(self) -> None:
        """Work until None comes."""

    def _ready(self) -> sqlite.Connection:
        """The connection, opened anew if the last one was poisoned."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite.Error):
                connection.close()

    def _renew_connection(self) -> None:
        """Replace a poisoned connection: the new one first, as the last one to go would take the log with it."""
        former, self._connection = self._connection, None
        with contextlib.suppress(sqlite.Error, SottovoceError):  # `_ready` tries again, and raises
            self._connection = self._connect()
        if former is not None:
            with contextlib.suppress(sqlite.Error):
                former.close()

    def _run_alone(self, job: Job[Any]) -> object:
        """The result of a job outside any transaction, or the error to show."""
        try:
            return job.run(self._ready())
        except BaseException as error:  # noqa: BLE001 - carried to who waits for the job: the thread serves others
            if poisons(error):
                self._renew_connection()
            return self._to_user_error(error)


def settle(outcomes: Sequence[tuple[asyncio.Future[Any], object]]) -> None:
    """Settle the futures of those who wait, each on its own loop; a loop that is closed has nobody waiting."""
    loops = {outcome[0].get_loop() for outcome in outcomes}
    for loop in loops:
        theirs = outcomes if len(loops) == 1 else [outcome for outcome in outcomes if outcome[0].get_loop() is loop]
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, theirs)


def _resolve(outcomes: Sequence[tuple[asyncio.Future[Any], object]]) -> None:
    for future, outcome in outcomes:
        if not future.done():
            if isinstance(outcome, SottovoceError):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)


class Reader(ConnectionThread):
    """Answers questions; several share one queue."""

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.future.cancelled():
                settle([(job.future, self._run_alone(job))])


@dataclass(frozen=True, slots=True)
class Guards:
    """What lies beside the database for worse times."""

    mark: SessionMark
    ballast: Ballast
    tidy: Callable[[sqlite.Connection], bool]
    """Does a little of what can wait, in a transaction of its own; whether there is more."""


@dataclass(slots=True)
class _Group:
    """What one COMMIT carries, and what comes after it."""

    jobs: list[Job[Any]] = field(default_factory=list)
    after: Job[Any] | None = None
    """A job that must run alone."""
    last: bool = False


class Writer(ConnectionThread):
    """Runs queued statements in transactions: one COMMIT, with one fsync, for all that is waiting."""

    def __init__(
        self,
        connect: Callable[[], sqlite.Connection],
        to_store_error: ToUserError,
        replaced: Callable[[], SottovoceError | None],
        limits: GroupLimits,
        guards: Guards,
        jobs: Jobs | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Prepare.

        Args:
            connect: Opens the writing connection.
            to_store_error: Makes errors showable.
            replaced: Returns the error if the file under the connection is not the one at its path any more.
            limits: Of a group.
            guards: What lies beside the database for worse times.
            jobs: The queue of the writer this one comes after; a new one if None.
            figures: Count groups, and time their transactions.
        """
        figures = figures or Figures()
        self._sizes, self._times = figures.histogram(STORE_GROUP), figures.histogram(STORE_COMMIT)
        self.jobs: Jobs = jobs if jobs is not None else queue.SimpleQueue()
        super().__init__("sottovoce-store-writer", connect, self.jobs, to_store_error)
        self._replaced = replaced
        self._limits = limits
        self._mark, self._ballast, self._tidy = guards.mark, guards.ballast, guards.tidy
        self.recording: Recording | None = None
        """Called with all that is committed; set and read on this thread alone."""

    def _serve(self) -> None:
        dirty = False
        while True:
            try:
                job = self._jobs.get(timeout=self._limits.idle_checkpoint_s if dirty else None)
            except queue.Empty:
                self._tidy_up()
                self._checkpoint()
                self._ballast.lay()
                dirty = False
                continue
            group = self._gather(job)
            if group.jobs:
                begun = time.perf_counter()
                outcomes = self._commit(group.jobs)
                took_s = time.perf_counter() - begun
                settle(outcomes)
                self._times.observe(took_s)  # while those who waited wake up
                self._sizes.observe(len(group.jobs))
                self._note_log()
                dirty = True
            if group.after is not None:
                outcome = self._again_with_room(group.after, self._run_alone)
                self._note_log()  # it may have emptied the log
                settle([(group.after.future, outcome)])
            if group.last:
                self._checkpoint()
                self._mark.end()
                return

    def _gather(self, job: Job[Any] | None) -> _Group:
        """All that is queued behind `job` and may share its transaction."""
        group = _Group()
        with contextlib.suppress(queue.Empty):
            while True:
                if job is None:
                    group.last = True
                    break
                if job.alone:
                    group.after = job
                    break
                group.jobs.append(job)
                if len(group.jobs) == self._limits.most_jobs:
                    break
                job = self._jobs.get_nowait()
        return group

    def _commit(self, jobs: list[Job[Any]]) -> list[tuple[asyncio.Future[Any], object]]:
        """Each job's result once it is durable, or the error to show."""
        outcomes = self._transaction(jobs)
        if isinstance(outcomes, SottovoceError):
            # What broke the transaction may be one job's fault: each gets a transaction of its own. (A savepoint for
            # every job would save the others this rare second run, and cost each append two statements.)
            full = isinstance(outcomes, StoreFull) and any(job.frees for job in jobs)
            again = len(jobs) > 1 or full
            outcomes = [self._again_with_room(job, self._single) for job in jobs] if again else [outcomes]
        return [(job.future, outcome) for job, outcome in zip(jobs, outcomes, strict=True)]

    def _again_with_room(self, job: Job[Any], run: Callable[[Job[Any]], object]) -> object:
        """Run a job; if the disk is too full for one that makes room, once more without the ballast."""
        outcome = run(job)
        if job.frees and isinstance(outcome, StoreFull) and self._ballast.give_back():
            outcome = run(job)
        return outcome

    def _single(self, job: Job[Any]) -> object:
        outcomes = self._transaction([job])
        return outcomes if isinstance(outcomes, SottovoceError) else outcomes[0]

    def _transaction(self, jobs: list[Job[Any]]) -> list[object] | SottovoceError:
        """Run the jobs and COMMIT; an error means that nothing of them was written."""
        outcomes: list[object] = []
        recording = self.recording
        trouble = self._replaced()
        if trouble is None:
            try:
                connection = self._ready()
                connection.execute("BEGIN IMMEDIATE")
                watched = connection if recording is None else Recorded(connection)
                outcomes = [job.run(watched) for job in jobs]
                connection.execute("COMMIT")
                if recording is not None and isinstance(watched, Recorded):
                    recording.committed(watched)
            except BaseException as error:  # noqa: BLE001 - carried to who waits for the jobs, as above
                if recording is not None and poisons(error):  # a COMMIT that failed so may have been done
                    recording.lose()
                trouble = self._undo(error)
            else:
                # A file that was moved away still takes writes: look before acknowledging.
                trouble = self._replaced()
        return trouble or outcomes

    def _note_log(self) -> None:
        if self._connection is not None:
            self._mark.committed(self._connection)

    def _undo(self, error: BaseException) -> SottovoceError:
        if self._connection is not None and self._connection.in_transaction:
            with contextlib.suppress(sqlite.Error):
                self._connection.execute("ROLLBACK")
        if poisons(error):
            self._renew_connection()
        return self._to_user_error(error)

    def _tidy_up(self) -> None:
        """Do what can wait, step by step, until it is done or somebody comes."""
        with contextlib.suppress(sqlite.Error, SottovoceError):
            while self._jobs.empty() and self._replaced() is None and self._tidy(self._ready()):
                self._note_log()

    def _checkpoint(self) -> None:
        """Empty the write-ahead log if nobody reads from it just now; never waits for those who do."""
        with contextlib.suppress(sqlite.Error, SottovoceError):
            connection = self._ready()
            connection.execute("PRAGMA busy_timeout = 0").fetchall()
            try:
                self._mark.emptying(connection)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}").fetchall()


def submit(jobs: Jobs, run: Callable[[Any], T], *, alone: bool = False, frees: bool = False) -> asyncio.Future[T]:
    """Queue `run`; the future ends on the running loop."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    jobs.put(Job(run, future, alone, frees))
    return future


class ClosableQueue:
    """A queue of calls that takes them from any thread, until it is closed for good."""

    def __init__(self, jobs: Jobs) -> None:
        """Put calls into `jobs`."""
        self._jobs = jobs
        self._lock = threading.Lock()
        self._reason: SottovoceError | None = None

    @property
    def reason(self) -> SottovoceError | None:
        """Why it is closed; None as long as it is open."""
        return self._reason.again() if self._reason else None

    def submit(self, run: Callable[[Any], T], *, alone: bool = False, frees: bool = False) -> asyncio.Future[T]:
        """Queue `run` as the function `submit` does.

        Raises:
            SottovoceError: It is closed; why.
        """
        with self._lock:  # else a call could slip in behind the last one that is answered, and wait for ever
            if self._reason is not None:
                raise self._reason.again()
            return submit(self._jobs, run, alone=alone, frees=frees)

    def close(self, reason: SottovoceError) -> None:
        """Take no more calls, for the first reason that is given; what is in the queue stays there."""
        with self._lock:
            self._reason = self._reason or reason


def refuse(jobs: Jobs, reason: SottovoceError) -> None:
    """Answer those who wait in a queue that no thread works through any more."""
    with contextlib.suppress(queue.Empty):
        while True:
            job = jobs.get_nowait()
            if job is not None:
                settle([(job.future, reason.again())])


def closed() -> StoreFailed:
    """The error of a call that comes after `close`."""
    return StoreFailed(said("error-store-closed"))

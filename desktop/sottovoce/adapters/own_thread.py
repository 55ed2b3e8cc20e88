"""A thread that belongs to one adapter: jobs in order, deadlines for who waits, an end that can't hang the program."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import queue
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

T = TypeVar("T")
V = TypeVar("V")

CLOSE_S = 0.4
"""Seconds a thread may take to end; one that is stuck in a frozen service or a long computation is left behind (it is a
daemon): quitting must take less than a second altogether."""

MOST_LEFT = 3
"""Threads of one adapter that are left behind in calls that don't return; each keeps what it holds open."""


class _Ticket(Generic[T]):
    """One job's result on its way from the thread to the loop; exactly one side gets to keep it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.future: asyncio.Future[T] = loop.create_future()
        self._lock = threading.Lock()
        self._abandoned = False
        self._results: list[T] = []

    def deliver(self, result: T) -> bool:
        """Hand the result over (on the thread); False if nobody waits any more."""
        with self._lock:
            if self._abandoned:
                return False
            self._results.append(result)
        self._post(self.future.set_result, result)
        return True

    def fail(self, error: BaseException) -> None:
        """Hand an error over (on the thread); one that would end the loop, or that no future takes, as another one."""
        if not isinstance(error, Exception) or isinstance(error, StopIteration | StopAsyncIteration):
            error = RuntimeError(f"blocking work raised {type(error).__name__}")
        self._post(self.future.set_exception, error)

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody waits any more."""
        with self._lock:
            return self._abandoned

    def abandon(self) -> list[T]:
        """Wait no more (on the loop); returns the result if it had been handed over already."""
        with self._lock:
            self._abandoned = True
            return self._results

    def _post(self, settle: Callable[[V], object], value: V) -> None:
        def on_loop() -> None:
            if not self.future.done():
                settle(value)

        with contextlib.suppress(RuntimeError):  # the loop has been closed meanwhile: nobody is left to hear of it
            self.loop.call_soon_threadsafe(on_loop)


class OwnThread:
    """Runs blocking work one piece after another; started by the first one.

    A `ThreadPoolExecutor` is joined at exit, so that one call stuck in a frozen sound server would keep the program
    from quitting; this thread is a daemon and is left behind then.
    """

    def __init__(self, name: str, *, stuck_s: float | None = None) -> None:
        """Start nothing yet.

        Args:
            name: The thread's name.
            stuck_s: Seconds in one job after which, at the next one, the thread counts as stuck for ever: it is left
                behind, and a fresh one does what has queued; None waits. Where it is given, a job must not touch what
                later ones use, or lock it.
        """
        self._name = name
        self._stuck_s = stuck_s
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._turn = threading.Lock()  # over the next three, and never held while a job runs
        self._thread: threading.Thread | None = None
        self._began_s: float | None = None
        self._left: set[threading.Thread] = set()
        self._closed = False

    def submit(self, job: Callable[[], object]) -> None:
        """Queue a job that reports by itself (what it raises is logged); to be called on the loop.

        Raises:
            RuntimeError: The thread has been closed.
        """
        if self._closed:
            raise RuntimeError(f"the thread {self._name} has been closed")
        if self._thread is None or self._leave_stuck():
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def _leave_stuck(self) -> bool:
        """Whether the thread has just been left behind; it ends when its call returns after all."""
        with self._turn:
            if self._stuck_s is None or self._thread is None or self._began_s is None:
                return False
            if time.monotonic() - self._began_s < self._stuck_s or len(self._left) >= MOST_LEFT:
                return False
            self._left.add(self._thread)
            self._thread = self._began_s = None
            left = len(self._left)
        log.warning("the thread %s does not come back from a call: another goes on (%d left)", self._name, left)
        return True

    async def run(
        self, work: Callable[[], T], *, deadline_s: float | None = None, undo: Callable[[T], object] | None = None
    ) -> T:
        """Run `work` on the thread and await its result.

        Args:
            work: The blocking call.
            deadline_s: Seconds to wait; the call itself can't be stopped and goes on.
            undo: Gets (on the thread) a result that came after the deadline or a cancellation, to give it back; what
                can be given back is not begun once nobody waits for it.

        Raises:
            TimeoutError: The deadline passed.
        """
        ticket: _Ticket[T] = _Ticket(asyncio.get_running_loop())

        def job() -> None:
            if undo is not None and ticket.is_abandoned:
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - every failure belongs to who awaits it
                ticket.fail(error)
            else:
                if not ticket.deliver(result) and undo is not None:
                    undo(result)

        self.submit(job)
        try:
            async with asyncio.timeout(deadline_s):
                return await ticket.future
        except (TimeoutError, asyncio.CancelledError):
            for result in ticket.abandon():
                if undo is not None:
                    self._jobs.put(functools.partial(undo, result))
            raise

    def _work(self) -> None:
        me = threading.current_thread()
        while (job := self._jobs.get()) is not None:
            with self._turn:
                self._began_s = time.monotonic()
            try:
                job()
            except BaseException:  # the thread serves others, too
                log.exception("a job of the thread %s", self._name)
            del job  # what it holds is not kept until the next one comes
            with self._turn:
                if me in self._left:
                    self._left.remove(me)
                    return
                self._began_s = None

    async def close(self, deadline_s: float = CLOSE_S) -> None:
        """Finish what is queued and end the thread; a stuck one is left behind. Idempotent."""
        if self._closed:
            return
        self._closed = True
        if self._thread is None:
            return
        ended: _Ticket[None] = _Ticket(asyncio.get_running_loop())
        self._jobs.put(lambda: ended.deliver(None))
        self._jobs.put(None)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(deadline_s):
                await ended.future
            self._thread.join()

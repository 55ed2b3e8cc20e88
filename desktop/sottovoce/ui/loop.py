"""asyncio inside Qt: one loop, started once, ended by an event, leaving nothing behind."""

from __future__ import annotations

import asyncio
import bisect
import logging
import math
import select
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import qasync
from PySide6 import QtCore
from PySide6.QtCore import (
    QBasicTimer,
    QEvent,
    QLoggingCategory,
    QMessageLogContext,
    QObject,
    QTimerEvent,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from sottovoce.adapters.screen import only_loadable, screen_arguments
from sottovoce.domain.errors import ScreenMissing
from sottovoce.ui.accessible import keep_scroll_areas_readable
from sottovoce.ui.display_lost import DisplayLost
from sottovoce.ui.faults import log_bug
from sottovoce.ui.garbage import Collector, collected_here_only
from sottovoce.ui.texts import Translation

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from contextvars import Context
    from types import TracebackType

qt_log = logging.getLogger("sottovoce.qt")

_LONGEST_MS = 2**31 - 1
"""Qt counts a timer's milliseconds in 32 bits (24.8 days); a longer wait is armed again."""

COLLECT_EVERY_MS = 2000
"""How often garbage is looked for while something happens: before a busy thread has left much behind."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class QtApplication(QApplication):
    """The Qt application; asked to quit by the session or the dock, it passes that on instead of stopping the loop."""

    quit_asked = Signal()

    def __init__(self, arguments: list[str]) -> None:
        """Show everything in the language that is shown, and to screen readers."""
        super().__init__(arguments)
        keep_scroll_areas_readable()
        self.translation = Translation(self)

    def event(self, event: QEvent) -> bool:
        """Swallow Qt's own quitting: it would stop the loop under the running coroutine and skip its clean-up."""
        if event.type() == QEvent.Type.Quit:
            self.quit_asked.emit()
            return True
        return super().event(event)


class _QtTimers(QObject):
    """Precise Qt timers for asyncio handles (Qt's default ones fire up to 5 % early).

    Whichever of them fires, what was to run first does: where this thread was held up, Qt's come in any order.
    """

    def __init__(self, ran: Callable[[], None]) -> None:
        super().__init__()
        self._ran = ran
        self._handles: dict[int, tuple[asyncio.Handle, QBasicTimer]] = {}
        # By the handle's identity: two of the same time and callback are equal to each other.
        self._ids: dict[int, int] = {}
        self._waiting: list[asyncio.TimerHandle] = []  # the earliest first, those of one moment as they were added

    def add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle:
        """Run `handle` after `delay` seconds; the name is the one qasync calls."""
        if isinstance(handle, asyncio.TimerHandle):
            bisect.insort_right(self._waiting, handle, key=asyncio.TimerHandle.when)
        self._start(handle, delay)
        return handle

    def _start(self, handle: asyncio.Handle, delay: float) -> None:
        milliseconds = math.ceil(min(max(0.0, delay) * 1000, _LONGEST_MS))  # a wait may be endless
        timer = QBasicTimer()  # `QObject.killTimer` has the enumerations made, see `call_at`
        if milliseconds:
            timer.start(milliseconds, QtCore.Qt.TimerType.PreciseTimer, self)
        else:
            timer.start(0, self)
        self._handles[timer.timerId()] = (handle, timer)
        if isinstance(handle, asyncio.TimerHandle):
            self._ids[id(handle)] = timer.timerId()

    def forget(self, handle: asyncio.TimerHandle) -> None:
        """Drop the timer of a cancelled handle now, not when its time has come."""
        if self._stopped(handle):
            self._no_longer_waiting(handle)

    def _stopped(self, handle: asyncio.TimerHandle) -> bool:
        timer_id = self._ids.pop(id(handle), None)
        if timer_id is not None:
            self._handles.pop(timer_id)[1].stop()
        return timer_id is not None

    def _no_longer_waiting(self, handle: asyncio.TimerHandle) -> None:
        at = bisect.bisect_left(self._waiting, handle.when(), key=asyncio.TimerHandle.when)
        while self._waiting[at] is not handle:  # another one of the same moment
            at += 1
        del self._waiting[at]

    def timerEvent(self, event: QTimerEvent) -> None:
        """Run the handle, or the one that was to run before it, unless its time has not come yet."""
        handle, timer = self._handles.pop(event.timerId(), (None, None))
        if timer is not None:
            timer.stop()
        if isinstance(handle, asyncio.TimerHandle):
            handle = self._in_order(handle)
            if handle is None:
                return
        if handle is not None and not handle.cancelled():
            handle._run()  # noqa: SLF001 - how every event loop runs a handle
            self._ran()

    def _in_order(self, fired: asyncio.TimerHandle) -> asyncio.TimerHandle | None:
        """What runs now that the timer of `fired` has; None if it was early."""
        del self._ids[id(fired)]
        now = asyncio.get_running_loop().time()
        first = self._waiting[0]
        if first is not fired:
            self._start(fired, fired.when() - now)
            self._stopped(first)
        if first.when() > now:
            self._start(first, first.when() - now)
            return None
        del self._waiting[0]
        return first

    def run_due(self, now: float) -> None:
        """Run what is due at this time of the loop, without Qt."""
        due = [
            (timer_id, handle)
            for timer_id, (handle, _) in self._handles.items()
            if not isinstance(handle, asyncio.TimerHandle) or handle.when() <= now
        ]
        for timer_id, handle in due:
            held, timer = self._handles.get(timer_id, (None, None))
            if held is not handle or timer is None:
                continue  # taken back meanwhile
            if isinstance(handle, asyncio.TimerHandle):
                self.forget(handle)
            else:
                timer.stop()
                del self._handles[timer_id]
            if not handle.cancelled():
                handle._run()  # noqa: SLF001 - how every event loop runs a handle

    def stop(self) -> None:
        """Nothing fires any more."""
        for _, timer in self._handles.values():
            timer.stop()
        self._handles.clear()
        self._ids.clear()
        self._waiting.clear()

    def set_debug(self, enabled: bool) -> None:  # noqa: FBT001 - qasync's signature
        """Nothing is told about single timers."""


class PreciseLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop with precise timers that end when they are cancelled."""

    def __init__(self, app: QApplication, ran: Callable[[], None] = lambda: None) -> None:
        """Make the loop inside `app`; `ran` is called behind each callback."""
        super().__init__(app)
        self._timer = _QtTimers(ran)

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """See asyncio."""
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """See asyncio."""
        self._check_closed()
        # Whoever first asks for `Qt` has all its enumerations made (25 ms): before the clock is asked, and not before
        # the icon is there, until when nothing waits for a time.
        _ = QtCore.Qt
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self._timer.add_callback(handle, when - self.time())
        return handle

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """See asyncio."""
        self._check_closed()
        return self._timer.add_callback(asyncio.Handle(callback, args, self, context))

    def do_what_is_due(self, wait_s: float) -> None:
        """Run, without Qt, what is due, and what can be read or written within so many seconds."""
        self._timer.run_due(self.time())
        reads, writes = ([fd for fd, one in kind.items() if one.isEnabled()] for kind in self._notifiers())
        for ready, kind in zip(select.select(reads, writes, [], wait_s), self._notifiers(), strict=False):
            for fd in ready:
                if (notifier := kind.get(fd)) is not None:
                    QtCore.QCoreApplication.sendEvent(notifier, QEvent(QEvent.Type.SockAct))

    def _notifiers(self) -> tuple[dict[Any, QtCore.QSocketNotifier], dict[Any, QtCore.QSocketNotifier]]:
        """What waits for reading, and what for writing, by descriptor."""
        return self._read_notifiers, self._write_notifiers

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        self._timer.forget(handle)


def application(overlay: str = "auto") -> QApplication:
    """The Qt application of this process, made at the first call.

    Args:
        overlay: The setting of that name, on which it depends through which display server windows are shown.

    Raises:
        ScreenMissing: There is no screen, or no library to show anything with (asked first, since Qt would abort the
            process).
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    arguments = screen_arguments(overlay=overlay)
    if arguments is None:
        raise ScreenMissing
    arguments = only_loadable(arguments)
    # Where no portal runs, Qt warns that it could not register there; nothing of ours needs it.
    QLoggingCategory.setFilterRules("qt.qpa.services.warning=false")
    app = QtApplication(["sottovoce", *arguments])
    app.setApplicationName("sottovoce")
    app.setApplicationDisplayName("Sottovoce")
    app.setDesktopFileName("sottovoce")
    app.setQuitOnLastWindowClosed(False)
    return app


def run(
    main: Callable[[asyncio.Event], Coroutine[Any, Any, int]],
    *,
    collect_every_ms: int = COLLECT_EVERY_MS,
    overlay: str = "auto",
) -> int:
    """Run `main` inside Qt's loop to its end and return what it returns.

    Args:
        main: Gets the event that is set when the user, the session or a signal (SIGTERM, SIGINT) wants the program to
            end; it gives everything back and returns the exit code. Tasks it forgot are cancelled and awaited.
        collect_every_ms: How often garbage is looked for while something happens.
        overlay: See `application`.

    Raises:
        ScreenMissing: There is no screen.
    """
    app = application(overlay)
    with (
        _faults_logged() as told,
        collected_here_only(),
        _collecting(collect_every_ms) as collector,
        asyncio.Runner(loop_factory=lambda: PreciseLoop(app, collector.happened)) as runner,
    ):
        loop = runner.get_loop()
        assert isinstance(loop, PreciseLoop)  # noqa: S101 - it was made here
        lost = DisplayLost(loop)
        told.append(lost.hear)
        return runner.run(_until_quit(app, main, lost))


@contextmanager
def _collecting(every_ms: int) -> Iterator[Collector]:
    """Collect garbage now and then while inside, from Qt's loop."""
    collector = Collector(every_ms)
    try:
        yield collector
    finally:
        collector.stop()


async def _until_quit(
    app: QApplication, main: Callable[[asyncio.Event], Coroutine[Any, Any, int]], lost: DisplayLost
) -> int:
    quitting = asyncio.Event()
    if (task := asyncio.current_task()) is not None:
        lost.watch(task, quitting)
    asyncio.get_running_loop().set_exception_handler(_forgotten)
    if isinstance(app, QtApplication):
        app.quit_asked.connect(quitting.set)
    try:
        with _signals_set(quitting):
            return await main(quitting)
    finally:
        if isinstance(app, QtApplication):
            app.quit_asked.disconnect(quitting.set)


def _forgotten(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What asyncio tells about a failure nobody waited for."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        # Its own message stays out: it names the callback with its arguments, which may be what was said.
        log_bug("In the event loop", error)
    else:  # asyncio's own message may quote the values of a task
        qt_log.error("asyncio tells of a failure; its message is withheld")


@contextmanager
def _signals_set(quitting: asyncio.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set the event while inside."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    if sys.platform == "win32":
        before = {number: signal.getsignal(number) for number in numbers}
        for number in numbers:
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(quitting.set))
        yield
        for number, handler in before.items():
            signal.signal(number, handler)
        return
    for number in numbers:
        loop.add_signal_handler(number, quitting.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


@contextmanager
def _faults_logged() -> Iterator[list[Callable[[str], None]]]:
    """That Qt said something, and exceptions of slots, go to the log while inside.

    Yields:
        Who is told each message beside, and logs nothing of it.
    """
    told: list[Callable[[str], None]] = []

    def on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        # Foreign text: with its debug rules on, Qt spells what is typed, shown and read to a screen reader.
        qt_log.log(_LEVELS[kind], "%s: (message withheld)", context.category or "qt")
        for hear in told:
            hear(message)

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            log_bug("In a slot", error.with_traceback(trace))
        else:
            before(kind, error, trace)

    before = sys.excepthook
    earlier_handler = qInstallMessageHandler(on_message)
    sys.excepthook = on_exception
    try:
        yield told
    finally:
        sys.excepthook = before
        qInstallMessageHandler(earlier_handler)

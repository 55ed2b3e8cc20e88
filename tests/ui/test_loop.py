"""asyncio inside Qt: time, order, and the end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import pytest
from PySide6.QtCore import QEvent, QLoggingCategory, QTimer, qDebug, qWarning
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from sottovoce.adapters.screen import screen_arguments
from sottovoce.domain.errors import HotkeyTaken, SottovoceError
from sottovoce.ui import loop
from sottovoce.ui.garbage import Collector
from sottovoce.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")


def run(main: Callable[[asyncio.Event], Coroutine[None, None, int]]) -> int:
    return loop.run(main)


def test_it_returns_what_main_returns_after_its_clean_up() -> None:
    steps: list[str] = []

    async def left_behind() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            steps.append("the forgotten task has ended")

    async def main(_quitting: asyncio.Event) -> int:
        task = asyncio.create_task(left_behind())
        await asyncio.sleep(0)
        assert not task.done()
        return 7

    assert run(main) == 7
    assert steps == ["the forgotten task has ended"]


def left_waiting(running: asyncio.AbstractEventLoop) -> int:
    """How many callbacks the loop still holds, each counted thrice."""
    assert isinstance(running, loop.PreciseLoop)
    timers = running._timer  # noqa: SLF001 - what the loop still counts
    return len(timers._ids) + len(timers._handles) + len(timers._waiting)  # noqa: SLF001


def test_no_timer_fires_early_and_they_fire_in_order() -> None:
    async def main(_quitting: asyncio.Event) -> int:
        running = asyncio.get_running_loop()
        begun = running.time()
        fired: list[tuple[float, float]] = []
        delays_s = [0.003 * step for step in range(60, 0, -1)]
        done = asyncio.Event()

        def fire(due_s: float) -> None:
            fired.append((due_s, running.time() - begun))

        # At moments counted from one beginning: a pause between two calls must not change their order.
        for delay_s in delays_s:
            running.call_at(begun + delay_s, fire, delay_s)
        running.call_at(begun + max(delays_s) + 0.01, done.set)
        await done.wait()
        assert [due for due, _ in fired] == sorted(delays_s)
        assert min(at - due for due, at in fired) >= 0
        return 0

    assert run(main) == 0


def test_what_is_late_already_runs_by_its_time() -> None:
    async def main(_quitting: asyncio.Event) -> int:
        running = asyncio.get_running_loop()
        now = running.time()
        order: list[int] = []
        late = [running.call_at(now - before_s, order.append, before_s) for before_s in (1, 3, 2, 5, 4, 6)]
        late[1].cancel()
        running.call_at(now - 5, late[4].cancel)
        ended = asyncio.Event()
        running.call_at(running.time() + 0.01, ended.set)
        await ended.wait()
        assert order == [6, 5, 2, 1]
        return left_waiting(running)

    assert run(main) == 0


def test_who_is_held_up_while_setting_a_timer_changes_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(_quitting: asyncio.Event) -> int:
        running = asyncio.get_running_loop()
        began = running.time()
        order: list[str] = []
        done = asyncio.Event()

        def call_held_up(held_up_s: float, after_s: float, name: str) -> asyncio.TimerHandle:
            """Qt's timer begins so long after the clock was read."""
            with monkeypatch.context() as patched:
                read = running.time() - held_up_s
                patched.setattr(running, "time", lambda: read)
                return running.call_at(began + after_s, order.append, name)

        call_held_up(0.3, 0.022, "second")
        call_held_up(0.2, 0.022, "third, at the same moment")
        call_held_up(0.1, 0.022, "fourth")
        call_held_up(0.4, 0.02, "first")
        call_held_up(0.3, 0.021, "never").cancel()
        running.call_at(began + 0.026, done.set)
        await done.wait()
        assert order == ["first", "second", "third, at the same moment", "fourth"]
        return left_waiting(running)

    assert run(main) == 0


def test_callbacks_of_one_moment_keep_their_order() -> None:
    async def main(_quitting: asyncio.Event) -> int:
        order: list[int] = []
        done = asyncio.Event()
        for number in range(200):
            asyncio.get_running_loop().call_soon(order.append, number)
        asyncio.get_running_loop().call_soon(done.set)
        await done.wait()
        assert all(one < other for one, other in pairwise(order))
        return len(order)

    assert run(main) == 200


def test_timers_that_are_equal_are_two() -> None:
    async def main(_quitting: asyncio.Event) -> int:
        running = asyncio.get_running_loop()
        fired: list[int] = []
        done = asyncio.Event()
        soon = running.time() + 0.02
        callback = fired.append
        for _ in range(2):
            running.call_at(soon, callback, 1)
        cancelled, kept = running.call_at(soon, callback, 2), running.call_at(soon, callback, 2)
        assert cancelled == kept
        cancelled.cancel()
        running.call_at(soon + 0.02, done.set)
        await done.wait()
        assert sorted(fired) == [1, 1, 2]
        return 0

    assert run(main) == 0


@pytest.mark.parametrize("endless", [float("inf"), 1e300, 10.0**12])
def test_a_wait_may_be_endless(endless: float) -> None:
    async def main(_quitting: asyncio.Event) -> int:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(endless), 0.01)
        return 0

    assert run(main) == 0


def test_a_cancelled_timer_leaves_nothing_to_wait_for() -> None:
    async def main(_quitting: asyncio.Event) -> int:
        running = asyncio.get_running_loop()
        for _ in range(100):
            async with asyncio.timeout(3600):
                await asyncio.sleep(0)
        return left_waiting(running)

    assert run(main) == 0


def test_qts_own_quitting_sets_the_event_and_main_cleans_up() -> None:
    async def main(quitting: asyncio.Event) -> int:
        app = QApplication.instance()
        assert app is not None
        QTimer.singleShot(0, app.quit)
        QApplication.postEvent(app, QEvent(QEvent.Type.Quit))
        await quitting.wait()
        await asyncio.sleep(0)
        return 5

    assert run(main) == 5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    async def main(quitting: asyncio.Event) -> int:
        os.kill(os.getpid(), number)
        await quitting.wait()
        return 3

    before = signal.getsignal(number)
    assert run(main) == 3
    assert signal.getsignal(number) is before


@pytest.mark.qt_log_ignore("my sister is called anna")
@pytest.mark.qt_no_exception_capture
def test_what_fails_in_a_slot_and_that_qt_says_something_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def slot() -> None:
        raise ValueError("secret".upper())

    async def main(_quitting: asyncio.Event) -> int:
        done = asyncio.Event()
        QTimer.singleShot(0, slot)
        QTimer.singleShot(1, done.set)
        qWarning("my sister is called anna")
        await done.wait()
        return 0

    with caplog.at_level(logging.WARNING):
        assert run(main) == 0
    assert "ValueError" in caplog.text
    assert "slot" in caplog.text
    assert "SECRET" not in caplog.text
    assert "default: (message withheld)" in caplog.text
    assert "anna" not in caplog.text


@pytest.mark.qt_log_ignore("")
def test_not_even_qts_debug_rules_get_what_is_said_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def main(_quitting: asyncio.Event) -> int:
        line, label = QLineEdit(), QLabel("my sister is called anna")
        line.show()
        line.setFocus()
        line.insert("my sister is called anna")
        label.show()
        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.NameChanged))
        qDebug("my sister is called anna")
        asyncio.get_running_loop().call_exception_handler({"message": "my sister is called anna"})
        QApplication.processEvents()
        return 0

    QLoggingCategory.setFilterRules("*=true")
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "sottovoce"):
            assert run(main) == 0
    finally:
        QLoggingCategory.setFilterRules("")
    assert "(message withheld)" in caplog.text
    assert "its message is withheld" in caplog.text
    assert "anna" not in caplog.text


def test_what_a_broken_callback_was_given_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def show(text: str) -> None:
        raise ValueError(text)

    async def main(_quitting: asyncio.Event) -> int:
        done = asyncio.Event()
        asyncio.get_running_loop().call_soon_threadsafe(show, "what was said")
        asyncio.get_running_loop().call_soon_threadsafe(done.set)
        await done.wait()
        return 0

    with caplog.at_level(logging.WARNING):
        assert run(main) == 0
    assert "ValueError" in caplog.text
    assert "in show" in caplog.text
    assert "what was said" not in caplog.text


APPLICATION = """
import sys
from sottovoce.commands.line import run
from sottovoce.ui import loop
from sottovoce.ui.garbage import Collector
from sottovoce.adapters.screen import screen_arguments

def application():
    loop.application()
    raise SystemExit(0)

sys.exit(run(["--json"], application))
"""

REFUSED = b"\0\x0a\x0b\0\0\0\x03\0No cookie!\0\0"
"""An X server's answer to who has no cookie for it: version 11.0, and the reason in three words of four bytes."""


@contextlib.contextmanager
def x_server(answer: bytes | None) -> Iterator[str]:
    """An X server on this host that refuses everybody, or (None) is frozen; yields its DISPLAY."""
    clients: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listening.accept()
                clients.append(client)
                if answer is not None:
                    client.recv(64)
                    client.sendall(answer)

    with socket.socket() as listening:
        for number in range(4700, 4800):
            with contextlib.suppress(OSError):
                listening.bind(("localhost", 6000 + number))
                break
        listening.listen()
        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"localhost:{number}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            serving.join()
            for client in clients:
                client.close()


def without_a_screen(tmp_path: Path, **display: str) -> None:
    """Refused with exit 3, one line on stderr and one object on stdout."""
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY", "XAUTHORITY"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env |= {"PYTHONPATH": os.pathsep.join(sys.path), "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), **display}
    ended = subprocess.run(
        [sys.executable, "-c", APPLICATION], env=env, check=False, timeout=30, capture_output=True, text=True
    )
    assert ended.returncode == 3, ended.stderr
    assert json.loads(ended.stdout)["error"]["code"] == "screen-missing"
    assert ended.stderr.startswith("sottovoce: There is no screen")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "display",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":4711"},
        {"DISPLAY": "nohost:0"},
        {"WAYLAND_DISPLAY": "wayland-9"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": ""},
        {"WAYLAND_DISPLAY": "/nowhere/wayland-9"},
        {"WAYLAND_DISPLAY": "wayland-9", "DISPLAY": ":4711"},
        {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":4711"},
        {"QT_QPA_PLATFORM": "wayland-egl;xcb", "WAYLAND_DISPLAY": "wayland-9"},
    ],
    ids=str,
)
def test_no_screen_is_told_and_no_abort(tmp_path: Path, display: dict[str, str]) -> None:
    without_a_screen(tmp_path, **display)


@pytest.mark.parametrize("answer", [REFUSED, None], ids=["no cookie", "frozen"])
def test_a_screen_that_does_not_let_us_in_is_none(tmp_path: Path, answer: bytes | None) -> None:
    with x_server(answer) as display:
        without_a_screen(tmp_path, DISPLAY=display)


ADMITTED = struct.pack("<BxHHH32x", 1, 11, 0, 8)
"""An X server's answer to who may come in, with nothing told about its screens."""


def test_where_a_compositor_and_xwayland_answer_it_is_shown_through_xwayland(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with x_server(ADMITTED) as display, socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        monkeypatch.setenv("DISPLAY", display)  # libxcb looks there itself
        both = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-7"), "DISPLAY": display}
        assert screen_arguments(both) == ["-platform", "xcb;wayland"]
        assert screen_arguments(both | {"QT_QPA_PLATFORM": "wayland;xcb"}) == []
        assert screen_arguments({"DISPLAY": display}) == ["-platform", "xcb"]


def test_a_compositor_that_takes_connections_is_a_screen(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        only = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":4711"}
        assert screen_arguments(only) == ["-platform", "wayland"]
        assert screen_arguments({"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}) == ["-platform", "wayland"]
        assert screen_arguments(only | {"QT_QPA_PLATFORM": "wayland"}) == []
        assert screen_arguments(only | {"QT_QPA_PLATFORM": "xcb"}) is None
    assert screen_arguments({"QT_QPA_PLATFORM": "offscreen"}) == []
    assert screen_arguments({"WAYLAND_SOCKET": "5"}) == ["-platform", "wayland"]


# The owner of tasks


async def test_work_is_cancelled_and_awaited_at_the_end() -> None:
    tasks = Tasks(lambda _error: None)
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.set()

    tasks.start(work())
    await asyncio.sleep(0)
    await tasks.close()
    assert ended.is_set()
    tasks.start(work())
    await tasks.close()


async def test_failures_are_told() -> None:
    told: list[SottovoceError] = []
    tasks = Tasks(told.append)

    async def fails(error: Exception) -> None:
        raise error

    tasks.start(fails(HotkeyTaken()))
    tasks.start(fails(KeyError("x")))
    await tasks.idle()
    assert [error.code for error in told] == ["hotkey-taken", "bug"]
    await tasks.close()


class Loop:
    """Garbage that only the collector frees, and that notes which thread did."""

    freed_by: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.freed_by.append(threading.get_ident())


def test_garbage_is_freed_by_the_thread_of_the_windows_alone() -> None:
    was_enabled = gc.isenabled()
    gc.enable()
    Loop.freed_by.clear()
    kept: list[list[object]] = []

    def busy() -> None:
        kept.extend([] for _ in range(200_000))  # past every threshold, as a thread that reads a large store

    async def main(_quitting: asyncio.Event) -> int:
        for _ in range(20):
            Loop()
        thread = threading.Thread(target=busy)
        thread.start()
        thread.join()
        assert Loop.freed_by == []
        while len(Loop.freed_by) < 20:  # noqa: ASYNC110 - the collector's timer
            await asyncio.sleep(0.01)
        return 0

    try:
        assert loop.run(main, collect_every_ms=10) == 0
        assert gc.isenabled()
    finally:
        if not was_enabled:
            gc.disable()
    assert set(Loop.freed_by) == {threading.get_ident()}


def test_who_is_idle_is_not_woken_for_garbage() -> None:
    collector = Collector(1)
    timer = collector._timer  # noqa: SLF001 - what would wake us
    looked = QSignalSpy(timer.timeout)
    for times in (1, 2):
        collector.happened()
        while timer.isActive():  # once, and again after anything was due
            assert looked.wait(10_000)
        assert looked.count() >= times
    Loop.freed_by.clear()
    Loop()
    kept: list[list[object]] = [[] for _ in range(2000)]
    collector.happened()
    assert looked.wait(10_000)
    assert (len(kept), Loop.freed_by) == (2000, [threading.get_ident()])
    assert timer.isActive(), "whoever left that much behind may be at work still"
    collector.stop()
    assert not timer.isActive()

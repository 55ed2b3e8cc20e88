"""The display server is gone, by a crash or a logout: everything is given back before Qt ends the process over it.

Qt tells so in a warning, and then exits where it stands (Wayland) or stops its loop (X). So the rest of the program
runs inside of that warning, and without Qt's dispatcher, which would look at the dead connection again.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class PumpedLoop(Protocol):
        """A loop whose work can be done by hand."""

        def do_what_is_due(self, wait_s: float) -> None:
            """Run what is due, and what can be read or written within so many seconds."""


log = logging.getLogger(__name__)

TOLD: Final = ("The Wayland connection broke", "The Wayland connection experienced", "The X11 connection broke")
"""How the warning begins: Qt's words are in no language but English."""

LIMIT_S: Final = 5.0
"""Longest time for giving everything back, which takes less than one second."""

POLL_S: Final = 0.005


class DisplayLost:
    """Ends the program well when its display server has gone."""

    def __init__(self, loop: PumpedLoop, leave: Callable[[int], None] = os._exit) -> None:
        """Wait for the warning.

        Args:
            loop: Runs the program.
            leave: Ends the process with this exit code.
        """
        self._loop = loop
        self._leave = leave
        self._main: asyncio.Task[int] | None = None
        self._quitting: asyncio.Event | None = None

    def watch(self, main: asyncio.Task[int], quitting: asyncio.Event) -> None:
        """The program is this task, which ends when the event is set."""
        self._main, self._quitting = main, quitting

    def hear(self, message: str) -> None:
        """Take what Qt says; if the display is lost, this does not return."""
        main, quitting = self._main, self._quitting
        if not message.startswith(TOLD) or main is None or quitting is None:
            return
        # From within another thread or a task nothing of ours can be run: Qt then ends the process as it does anyway.
        if threading.current_thread() is not threading.main_thread() or asyncio.current_task() is not None:
            return
        log.warning("the display server has gone")
        quitting.set()
        ends = time.monotonic() + LIMIT_S
        while not main.done() and time.monotonic() < ends:
            # Calls from other threads alone: nothing is to be painted any more.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
            self._loop.do_what_is_due(POLL_S)
        ended = main.done() and not main.cancelled() and main.exception() is None
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        self._leave(main.result() if ended else 1)

"""The worker process that speaks, with the thread that starts, hears and reaps it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.python_process import NO_WINDOW, python_command

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)


class SpeechWorker:
    """One worker process with the thread that starts, hears and reaps it."""

    def __init__(self, hear: Callable[[SpeechWorker, dict[str, Any]], None], setup: dict[str, object]) -> None:
        self.ready = False
        self.busy = False
        self.gone = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._hear = hear
        self.setup = setup
        self._lock = threading.Lock()
        self._killed = False
        self._reaped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="speech-worker", daemon=True)
        self._thread.start()

    def send(self, message: dict[str, object]) -> None:
        """Have one line written to the worker; never waits: a frozen one takes none, a dead one is known by its end."""
        self._lines.put(json.dumps(message).encode() + b"\n")

    def kill(self) -> None:
        """End it and its player now; never waits. Idempotent."""
        with self._lock:
            self._killed = True
            if self._process is not None and not self._reaped:
                _kill_group(self._process)

    def part(self) -> None:
        """Take leave of the thread, which has just said its last word."""
        self._thread.join()
        self.gone.set()

    # On its threads.

    def _run(self) -> None:
        writing = None
        try:
            with self._lock:
                if self._killed:
                    return
                self._process = _start()
            self.send(self.setup)
            writing = threading.Thread(target=self._write, args=(self._process,), name="speech-writer", daemon=True)
            writing.start()
            stdout = self._process.stdout
            for line in stdout or ():
                self._post(json.loads(line))
        except OSError as error:
            logger.warning("the speech worker could not be started: %s", type(error).__name__)
        finally:
            self._kill_left()
            if writing is not None:
                self._lines.put(None)
                writing.join()  # nobody reads from it any more: that ends a write that waits
            self._post({"event": "ended", "status": self._reap()})

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        while (line := self._lines.get()) is not None:
            with contextlib.suppress(OSError):
                if process.stdin is not None:
                    process.stdin.write(line)
                    process.stdin.flush()

    def _kill_left(self) -> None:
        if self._process is not None:
            with self._lock:  # its number may belong to another process once it is reaped: nobody signals it after this
                _kill_group(self._process)  # a player that outlived its worker
                self._reaped = True

    def _reap(self) -> int | None:
        if self._process is None:
            return None
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # a line that could not be written any more
                pipe.close() if pipe else None
        return self._process.wait()

    def _post(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody is left to hear of it
            self._loop.call_soon_threadsafe(self._hear, self, message)


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        python_command("speech_worker"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=NO_WINDOW,
    )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended by itself
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)

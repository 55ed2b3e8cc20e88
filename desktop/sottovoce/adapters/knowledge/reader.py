"""The worker that reads files, as its parent sees it: started when needed, killed when it hangs, ended when idle."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import json
import logging
import subprocess
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from sottovoce.adapters.python_process import NO_WINDOW, python_command
from sottovoce.domain import errors
from sottovoce.domain.errors import DocumentUnreadable, KnowledgeTrouble, ReaderMissing
from sottovoce.domain.knowledge import NewPassage
from sottovoce.memory.knowledge_ports import FileRead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sottovoce.adapters.own_thread import OwnThread

log = logging.getLogger(__name__)

IDLE_PRIORITY: int = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
"""Windows' way to let everybody else go first; elsewhere the worker sees to it."""

TROUBLES: dict[str, type[KnowledgeTrouble]] = {
    trouble.code: trouble
    for trouble in (
        errors.DocumentGone,
        errors.DocumentUnreadable,
        errors.DocumentForbidden,
        errors.DocumentLocked,
        errors.DocumentEmpty,
        errors.DocumentTooLarge,
        errors.DocumentNotText,
        errors.DocumentScrambled,
    )
}
"""What the worker may say of a file, by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLimits:
    """How long reading may take."""

    cpu_s: float = 60.0
    """Seconds of work on one file; a PDF of 1,000 full pages took 2.5 s."""
    deadline_s: float = 600.0
    """Seconds on the clock: the worker works only while nobody else does, so that a busy machine makes it late."""
    idle_s: float = 20.0
    """Seconds without a file after which the worker is ended."""
    end_s: float = 2.0
    """Longest wait for one that was asked to end, before it is killed."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if min(self.cpu_s, self.deadline_s, self.idle_s, self.end_s) <= 0:
            raise ValueError("limits must be positive")


class _WorkerLost(Exception):
    """The worker ended before it had answered."""


class DocumentReader:
    """Reads files below one folder, one after another, on the thread it is given."""

    def __init__(
        self,
        folder: Path,
        thread: OwnThread,
        *,
        embedder: str,
        limits: ReaderLimits | None = None,
        command: Sequence[str] = (),
    ) -> None:
        """Start nothing yet.

        Args:
            folder: Above all paths.
            thread: Where is waited for the worker.
            embedder: Name of what makes the vectors; empty for none.
            limits: How long it may take.
            command: What to start instead of the worker that ships.
        """
        self._folder = folder
        self._thread = thread
        self._embedder = embedder
        self._limits = limits or ReaderLimits()
        self._command = list(command) or python_command("knowledge_worker")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._closed = False

    async def read(self, path: str) -> FileRead:
        """See `KnowledgeFiles.read`; cancelling it kills the worker."""
        self._stay()
        given_up = threading.Event()
        try:
            return await self._thread.run(
                functools.partial(self._read, path, given_up), deadline_s=self._limits.deadline_s
            )
        except TimeoutError:
            self._give_up(given_up)
            log.warning("reading a file took longer than %g s", self._limits.deadline_s)
            raise DocumentUnreadable from None
        except asyncio.CancelledError:
            self._give_up(given_up)
            raise
        finally:
            if not self._closed:
                self._resting = asyncio.get_running_loop().call_later(self._limits.idle_s, self._rest)

    def kill(self) -> None:
        """End the worker now; never waits. A file that is being read is read by another one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Kill the worker and start no other one; its thread reaps it. Idempotent."""
        if self._closed:
            return
        self._closed = True
        self._stay()
        self.kill()
        self._thread.submit(self._reap)

    def _give_up(self, given_up: threading.Event) -> None:
        given_up.set()
        self.kill()

    def _stay(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _rest(self) -> None:
        self._resting = None
        self._thread.submit(self._reap)

    # On the thread.

    def _read(self, path: str, given_up: threading.Event) -> FileRead:
        for _attempt in range(2):  # was the worker ended from outside, or by the file? a second time shows
            if given_up.is_set() or self._closed:
                raise ReaderMissing
            try:
                return self._read_once(path)
            except _WorkerLost:
                if not (given_up.is_set() or self._closed):  # else it was we who ended it
                    log.warning("the reading process ended by itself")
        raise DocumentUnreadable

    def _read_once(self, path: str) -> FileRead:
        process = self._process
        if process is None or process.poll() is not None:
            process = self._start()
        _send(process, {"path": str(self._folder / path), "name": path, "cpu_s": self._limits.cpu_s})
        try:
            return _answer(process)
        except _WorkerLost:
            self._reap()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        self._reap()
        try:
            with self._lock:
                if self._closed:
                    raise ReaderMissing
                process = self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    creationflags=NO_WINDOW | IDLE_PRIORITY,
                )
            _send(process, {"embedder": self._embedder})
            able = _line(process)["ready"]
        except (OSError, ValueError, KeyError, _WorkerLost) as failure:
            log.warning("the reading process could not be started: %s", type(failure).__name__)
            self._reap()
            raise ReaderMissing from None
        if able != self._embedder:
            log.warning("the reading process has no embedder %s", self._embedder)
        return process

    def _reap(self) -> None:
        """End the worker, gently if it listens; its number is nobody's afterwards."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            _pipe(process.stdin).close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(self._limits.end_s)
        with self._lock:
            process.kill()
            self._process = None
        with contextlib.suppress(OSError):
            _pipe(process.stdout).close()
        process.wait()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("started without pipes")
    return pipe


def _send(process: subprocess.Popen[bytes], message: dict[str, object]) -> None:
    """Write one line; a worker that is gone is known by what it does not answer."""
    pipe = _pipe(process.stdin)
    with contextlib.suppress(OSError):
        pipe.write(json.dumps(message).encode() + b"\n")
        pipe.flush()


def _line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    line = _pipe(process.stdout).readline()
    if not line.endswith(b"\n"):
        raise _WorkerLost
    answer: dict[str, Any] = json.loads(line)
    return answer


def _answer(process: subprocess.Popen[bytes]) -> FileRead:
    """Read the worker's whole answer about one file.

    Raises:
        KnowledgeTrouble: What the worker says of it.
        _WorkerLost: It ended in the middle.
    """
    passages: list[NewPassage] = []
    words: list[str] = []
    while True:
        line = _line(process)
        if "passage" in line:
            place, text, vector = line["passage"]
            passages.append(NewPassage(place, text, base64.b64decode(vector) if vector else None))
        elif "words" in line:
            words += line["words"]
        elif "trouble" in line:
            raise TROUBLES.get(line["trouble"], DocumentUnreadable)
        else:
            return FileRead(**line["done"], passages=tuple(passages), words=frozenset(words))

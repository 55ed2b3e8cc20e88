"""The helper process for iCalendar files, as its parent sees it: one for all files of a look, killed if one hangs."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.python_process import NO_WINDOW, python_command
from sottovoce.domain import errors
from sottovoce.domain.errors import CalendarFileUnreadable, CalendarTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """What one file may take."""

    deadline_s: float = 60.0
    """Seconds on the clock."""
    cpu_s: float = 20.0
    """Seconds of work: 5,000 events take some 2."""
    memory_bytes: int = 1024 * 1024 * 1024
    """What the helper may map beside what is mapped at its start (Linux)."""


_TROUBLES: Final[Mapping[str, type[CalendarTrouble]]] = {
    trouble.code: trouble
    for trouble in (
        errors.CalendarFileGone,
        errors.CalendarFileTooLarge,
        errors.CalendarFileUnreadable,
        errors.CalendarFileUnwritable,
    )
}


class CalendarProcess:
    """Belongs to one loop; nothing runs but from the first thing that is done to `rest`."""

    def __init__(self, *, command: Sequence[str] = (), limits: FileLimits | None = None) -> None:
        """Prepare; `command` is started instead of the helper that ships."""
        self._command = list(command) or python_command("calendar_worker")
        self._limits = limits or FileLimits()
        self._thread = OwnThread("calendar-files")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def do(
        self, asked: Mapping[str, object], events: Iterable[Mapping[str, object]] = ()
    ) -> list[dict[str, Any]]:
        """What the helper answers to one request (see `worker`): the events.

        Raises:
            CalendarTrouble: The file can't be read or written.
        """
        try:
            return await self._thread.run(lambda: self._asked(asked, tuple(events)), deadline_s=self._limits.deadline_s)
        except CalendarTrouble:
            raise
        except TimeoutError:
            self._give_up()
            raise CalendarFileUnreadable from None
        except BaseException:
            self._give_up()
            raise

    def rest(self) -> None:
        """End the helper when what is asked of it is done; the next request starts another."""
        if not self._closed:
            self._thread.submit(self._end)

    async def close(self) -> None:
        """Kill the helper and end the thread. Idempotent."""
        self.rest()
        self._closed = True
        self._kill()
        await self._thread.close()

    def _give_up(self) -> None:
        """Have what is under way end, and the next request find another helper."""
        self.rest()
        self._kill()

    def _kill(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()

    # On the thread.

    def _asked(self, asked: Mapping[str, object], events: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
        limits = {"cpu_s": self._limits.cpu_s, "memory_bytes": self._limits.memory_bytes}
        process = self._helper()
        try:
            return _answer(process, {**asked, **limits}, events)
        except CalendarTrouble:
            raise
        except _Ended:
            log.warning("the process for calendar files ended by itself")
            self._end()
            raise CalendarFileUnreadable from None
        except BaseException:
            self._end()
            raise

    def _helper(self) -> subprocess.Popen[bytes]:
        """The one that runs, or a new one."""
        if self._process is not None and self._process.poll() is not None:
            self._end()
        with self._lock:
            if self._closed:
                raise CalendarFileUnreadable
            if self._process is None:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    creationflags=NO_WINDOW,
                )
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


class _Ended(Exception):
    """The helper ended by itself."""


def _answer(
    process: subprocess.Popen[bytes], asked: Mapping[str, object], events: Sequence[Mapping[str, object]]
) -> list[dict[str, Any]]:
    """What it answers.

    Raises:
        CalendarTrouble: The file can't be read or written.
        _Ended: Nothing more will come of it.
    """
    assert process.stdin is not None  # noqa: S101 - started with pipes
    assert process.stdout is not None  # noqa: S101 - as above
    with contextlib.suppress(OSError):  # one that is gone is known by what it does not answer
        for line in ({**asked, "events": len(events)}, *events):
            process.stdin.write(json.dumps(line).encode() + b"\n")
        process.stdin.flush()
    found: list[dict[str, Any]] = []
    for answered in process.stdout:
        answer = json.loads(answered)
        if "event" in answer:
            found.append(answer["event"])
        elif "done" in answer:
            return found
        else:
            raise _TROUBLES.get(answer["trouble"], CalendarFileUnreadable)
    raise _Ended

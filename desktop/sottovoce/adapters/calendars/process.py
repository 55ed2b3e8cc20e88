"""The helper process for iCalendar files, as its parent sees it: started for a file, killed if it takes too long."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.python_process import NO_WINDOW, python_command
from sottovoce.domain import errors
from sottovoce.domain.errors import CalendarFileUnreadable, CalendarTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

log = logging.getLogger(__name__)

DEADLINE_S: Final = 60.0
"""Seconds on the clock for one file."""
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
    """Belongs to one loop; nothing runs but while something is done."""

    def __init__(self, *, command: Sequence[str] = (), deadline_s: float = DEADLINE_S) -> None:
        """Prepare; `command` is started instead of the helper that ships."""
        self._command = list(command) or python_command("calendar_worker")
        self._deadline_s = deadline_s
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
            return await self._thread.run(lambda: self._asked(asked, tuple(events)), deadline_s=self._deadline_s)
        except TimeoutError:
            self._kill()
            raise CalendarFileUnreadable from None
        except BaseException:
            self._kill()
            raise

    async def close(self) -> None:
        """Kill the helper and end the thread. Idempotent."""
        self._closed = True
        self._kill()
        await self._thread.close()

    def _kill(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()

    # On the thread.

    def _asked(self, asked: Mapping[str, object], events: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
        with self._lock:
            if self._closed:
                raise CalendarFileUnreadable
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=NO_WINDOW,
            )
        try:
            return _answer(process, asked, events)
        finally:
            with self._lock:
                process.kill()
                self._process = None
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()


def _answer(
    process: subprocess.Popen[bytes], asked: Mapping[str, object], events: Sequence[Mapping[str, object]]
) -> list[dict[str, Any]]:
    assert process.stdin is not None  # noqa: S101 - started with pipes
    assert process.stdout is not None  # noqa: S101 - as above
    with contextlib.suppress(OSError):  # one that is gone is known by what it does not answer
        for line in ({**asked, "events": len(events)}, *events):
            process.stdin.write(json.dumps(line).encode() + b"\n")
        process.stdin.close()
    found: list[dict[str, Any]] = []
    for answered in process.stdout:
        answer = json.loads(answered)
        if "event" in answer:
            found.append(answer["event"])
        elif "done" in answer:
            return found
        else:
            raise _TROUBLES.get(answer["trouble"], CalendarFileUnreadable)
    log.warning("the process for calendar files ended by itself")
    raise CalendarFileUnreadable

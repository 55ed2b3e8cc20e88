"""A helper process that reads and writes iCalendar files: thousands of events take seconds, a broken file may hang it.

One JSON line on stdin says what to do: `{"do": "import", "path", "zone", "now"}`, `{"do": "within", "path", "zone",
"start", "end"}` or `{"do": "write", "path", "zone", "events"}`, the last followed by as many lines with an event each.
The answer is a JSON line for each event and one with `{"done": count}` or `{"trouble": code}`. Nothing is fetched.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

if sys.platform != "win32":
    import resource

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""It may map beside what is mapped at its start."""
CPU_S: Final = 20.0
"""Seconds of work: 5,000 events take some 2."""


def _limit() -> None:
    """Before anything of a file is read."""
    if sys.platform == "win32":
        return
    signal.setitimer(signal.ITIMER_PROF, CPU_S)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and for this user alone."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def main() -> int:
    """Do one thing."""
    from sottovoce.adapters.calendars import reading  # noqa: PLC0415 - after nothing was printed yet
    from sottovoce.adapters.hardening import hide_memory  # noqa: PLC0415 - what is read may be private
    from sottovoce.domain.errors import (  # noqa: PLC0415 - as above
        CalendarFileUnreadable,
        CalendarFileUnwritable,
        CalendarTrouble,
    )

    hide_memory()
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    events = [json.loads(sys.stdin.buffer.readline()) for _ in range(asked.get("events", 0))]
    _limit()

    def send(**what: object) -> None:
        out.write(json.dumps(what).encode() + b"\n")

    count = 0
    try:
        if asked["do"] == "write":
            _write(Path(asked["path"]), reading.written(events, asked["zone"]))
            count = len(events)
        elif asked["do"] == "within":
            start, end = (datetime.fromtimestamp(asked[name], UTC) for name in ("start", "end"))
            for event in reading.within(asked["path"], asked["zone"], start, end):
                send(event=event)
                count += 1
        else:
            now = datetime.fromtimestamp(asked["now"], UTC)
            for event in reading.imported(asked["path"], asked["zone"], now):
                send(event=event)
                count += 1
    except CalendarTrouble as trouble:
        send(trouble=trouble.code)
    except (MemoryError, RecursionError):
        send(trouble=CalendarFileUnreadable.code)
    except OSError:
        send(trouble=CalendarFileUnwritable.code)
    else:
        send(done=count)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

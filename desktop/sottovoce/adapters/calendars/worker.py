"""A helper process that reads and writes iCalendar files: thousands of events take seconds, a broken file may hang it.

One JSON line on stdin says what to do: `{"do": "import", "path", "zone", "now"}`, `{"do": "within", "path", "zone",
"start", "end"}` or `{"do": "write", "path", "zone", "events"}`, the last followed by as many lines with an event each;
all with `cpu_s` and `memory_bytes`, of which the first request's counts. The answer is a JSON line for each event and
one with `{"done": true}` or `{"trouble": code}`; then the next request is waited for. Nothing is fetched.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _limit_time(cpu_s: float) -> None:
    """End this process after so many seconds of work; from here on they are counted."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, cpu_s)


def _limit_memory(more_bytes: int) -> None:
    """Map no more than that beside what is mapped now."""
    if sys.platform == "linux":
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        with contextlib.suppress(OSError, ValueError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_AS, (mapped + more_bytes, mapped + more_bytes))


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
    """Do what is asked, one thing after the other, until nobody asks any more."""
    from sottovoce.adapters.hardening import hide_memory  # noqa: PLC0415 - what is read may be private

    hide_memory()
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def send(**what: object) -> None:
        out.write(json.dumps(what).encode() + b"\n")

    limited = False
    for line in sys.stdin.buffer:
        asked: dict[str, Any] = json.loads(line)
        events = [json.loads(sys.stdin.buffer.readline()) for _ in range(asked.get("events", 0))]
        if not limited:
            _limit_memory(asked["memory_bytes"])
            limited = True
        _limit_time(asked["cpu_s"])
        _do(asked, events, send)
        out.flush()
    return 0


def _do(asked: dict[str, Any], events: list[dict[str, Any]], send: Callable[..., None]) -> None:
    """Do one thing, and send what comes of it."""
    from sottovoce.domain.errors import (  # noqa: PLC0415 - after nothing was printed yet
        CalendarFileUnreadable,
        CalendarFileUnwritable,
        CalendarTrouble,
    )

    try:
        for event in _results(asked, events):
            send(event=event)
    except CalendarTrouble as trouble:
        send(trouble=trouble.code)
    except (MemoryError, RecursionError):
        send(trouble=CalendarFileUnreadable.code)
    except OSError:
        send(trouble=CalendarFileUnwritable.code)
    else:
        send(done=True)


def _results(asked: dict[str, Any], events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The events that were read."""
    from sottovoce.adapters.calendars import reading  # noqa: PLC0415 - after nothing was printed yet

    if asked["do"] == "write":
        _write(Path(asked["path"]), reading.written(events, asked["zone"]))
    elif asked["do"] == "within":
        start, end = (datetime.fromtimestamp(asked[name], UTC) for name in ("start", "end"))
        yield from reading.within(asked["path"], asked["zone"], start, end)
    else:
        yield from reading.imported(asked["path"], asked["zone"], datetime.fromtimestamp(asked["now"], UTC))


if __name__ == "__main__":
    sys.exit(main())

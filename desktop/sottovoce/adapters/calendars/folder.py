"""A folder of iCalendar files that other programs keep: read when it is asked for and has changed, never written."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.calendars.files import event_of
from sottovoce.adapters.calendars.process import CalendarProcess
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import CalendarFolderGone, CalendarTrouble
from sottovoce.memory.calendar_ports import FileEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.errors import SottovoceError

log = logging.getLogger(__name__)

CACHED: Final = timedelta(days=60)
"""How far behind a question's stretch is read with it, so that the next questions need no reading."""
MOST_FILES: Final = 50
LOOK_S: Final = 1.0
"""Seconds an answer waits to hear what lies in the folder; on a network drive that hangs it is what was known."""
READ_S: Final = 8.0
"""Seconds an answer waits for files that have to be read; the reading goes on."""

_Seen = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read, and of what."""

    seen: _Seen
    start: datetime
    end: datetime
    zone: str
    events: tuple[FileEvent, ...]
    trouble: CalendarTrouble | None

    def answers(self, seen: _Seen, start: datetime, end: datetime) -> bool:
        """Whether it holds what is asked for."""
        return seen == self.seen and _zone(start) == self.zone and self.start <= start and end <= self.end


class CalendarFolder:
    """The port `CalendarFiles`. Belongs to one loop; holds events in memory only."""

    def __init__(self, folder: Callable[[], str], *, process: CalendarProcess | None = None) -> None:
        """Read what lies in `folder()`, an absolute path; none while that is empty."""
        self._folder = folder
        self._thread = OwnThread("calendar-looker")
        self._process = process or CalendarProcess()
        self._known: _Known | None = None
        self._reading: asyncio.Task[None] | None = None
        self._trouble: CalendarTrouble | None = None

    @property
    def trouble(self) -> SottovoceError | None:
        """See `CalendarFiles.trouble`."""
        return self._trouble

    async def within(self, start: datetime, end: datetime) -> tuple[FileEvent, ...]:
        """See `CalendarFiles.within`."""
        folder = self._folder()
        if not folder:
            self._known = self._trouble = None
            return ()
        try:
            seen = await self._thread.run(lambda: _look(Path(folder)), deadline_s=LOOK_S)
        except (TimeoutError, OSError):
            self._trouble = CalendarFolderGone()
            return ()
        if self._known is None or not self._known.answers(seen, start, end):
            await self._read_anew(seen, start, end)
        known = self._known
        self._trouble = known.trouble if known is not None else None
        return known.events if known is not None and known.answers(seen, start, end) else ()

    async def close(self) -> None:
        """End what reads. Idempotent."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self._process.close()
        await self._thread.close()

    async def _read_anew(self, seen: _Seen, start: datetime, end: datetime) -> None:
        """Read what lies there, from before the question's stretch to well behind it."""
        while self._reading is not None and not self._reading.done():  # for another question
            await asyncio.wait([self._reading], timeout=READ_S)
        self._reading = asyncio.ensure_future(self._read(seen, start - timedelta(days=1), end + CACHED))
        await asyncio.wait([self._reading], timeout=READ_S)

    async def _read(self, seen: _Seen, start: datetime, end: datetime) -> None:
        events: list[FileEvent] = []
        trouble: CalendarTrouble | None = None
        zone = _zone(start)
        for path, _, _ in seen:
            asked = {"do": "within", "path": path, "zone": zone, "start": start.timestamp(), "end": end.timestamp()}
            try:
                found = await self._process.do(asked)
            except CalendarTrouble as failure:  # the others are read all the same
                log.warning("a calendar file: %s", failure.code)
                trouble = failure
                continue
            name = Path(path).stem
            now = time.time()
            events += (FileEvent(event=event_of(one, user="", now=now, untitled=name), calendar=name) for one in found)
        self._known = _Known(seen, start, end, zone, tuple(events), trouble)


def _zone(moment: datetime) -> str:
    return str(getattr(moment.tzinfo, "key", ""))


def _look(folder: Path) -> _Seen:
    """Which calendar files lie there, and by what a change shows.

    Raises:
        OSError: The folder is not there.
    """
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.lower().endswith(".ics") and not entry.name.startswith(".") and entry.is_file():
                about = entry.stat()
                found.append((entry.path, about.st_mtime_ns, about.st_size))
    return tuple(sorted(found)[:MOST_FILES])

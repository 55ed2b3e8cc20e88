"""A folder of iCalendar files that other programs keep: read when it is asked for and has changed, never written."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sottovoce.adapters.calendars.files import event_of
from sottovoce.adapters.calendars.process import CalendarProcess
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import (
    CalendarFilesTooMany,
    CalendarFilesUnread,
    CalendarFolderGone,
    CalendarTrouble,
)
from sottovoce.memory.calendar_ports import FileEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.domain.errors import SottovoceError

log = logging.getLogger(__name__)

CACHED: Final = timedelta(days=60)
"""How far behind a question's stretch is read with it, so that the next questions need no reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderLimits:
    """How much is read, and how long it takes."""

    most_files: int = 10_000
    """Some programs keep a file for each event; so many are read in some 10 s, and looked through in 50 ms."""
    most_events: int = 50_000
    """Times of events that are held in memory: some 30 MB, through which each question looks."""
    look_s: float = 1.0
    """Seconds an answer waits to hear what lies there; on a network drive that hangs it is what was known."""
    answer_s: float = 8.0
    """Seconds an answer waits for files that have to be read, whoever had them read; the reading goes on."""
    reading_s: float = 300.0
    """Seconds after which a reading ends; the next question goes on with what is left."""


class _File(NamedTuple):
    """A file, and by what a change of it shows."""

    path: str
    changed_ns: int
    size: int


class _FolderListing(NamedTuple):
    """What lies in the folder."""

    files: tuple[_File, ...]
    left_out: int


class _KnownFiles(NamedTuple):
    """What is known."""

    events: tuple[FileEvent, ...]
    trouble: CalendarTrouble | None


_Found: TypeAlias = "tuple[FileEvent, ...] | CalendarTrouble"


@dataclass(slots=True)
class _StretchRead:
    """What was read for a stretch."""

    start: datetime
    end: datetime
    zone: str
    found: dict[_File, _Found] = field(default_factory=dict)
    events: int = 0
    whole: tuple[_FolderListing, _KnownFiles] | None = None
    """The answer, once all of these are read."""

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether it is of what is asked for."""
        return _zone(start) == self.zone and self.start <= start and end <= self.end

    def keep(self, file: _File, found: _Found) -> None:
        """Know what stands in a file."""
        self.found[file] = found
        self.events += 0 if isinstance(found, CalendarTrouble) else len(found)

    def drop_all_but(self, files: tuple[_File, ...]) -> None:
        """Know nothing of those that are gone, or others by now."""
        for file in self.found.keys() - set(files):
            found = self.found.pop(file)
            self.events -= 0 if isinstance(found, CalendarTrouble) else len(found)

    def unread(self, files: tuple[_File, ...], most_events: int) -> list[_File]:
        """Those of which nothing is known; none where no more can be held."""
        return [] if self.events >= most_events else [file for file in files if file not in self.found]

    def answer(self, seen: _FolderListing, most_events: int) -> _KnownFiles:
        """What is known of these files, and what keeps others from being known: what a moment mends first."""
        found = [self.found.get(file) for file in seen.files]
        trouble = next((one for one in found if isinstance(one, CalendarTrouble)), None)
        if seen.left_out or None in found:
            trouble = CalendarFilesTooMany()
        if self.unread(seen.files, most_events):
            trouble = CalendarFilesUnread()
        return _KnownFiles(tuple(one for some in found if isinstance(some, tuple) for one in some), trouble)


class CalendarFolder:
    """The port `CalendarFiles`. Belongs to one loop; holds events in memory only."""

    def __init__(
        self,
        folder: Callable[[], str],
        *,
        process: CalendarProcess | None = None,
        limits: FolderLimits | None = None,
    ) -> None:
        """Read what lies in `folder()`, an absolute path; none while that is empty."""
        self._folder = folder
        self._limits = limits or FolderLimits()
        self._thread = OwnThread("calendar-looker")
        self._process = process or CalendarProcess()
        self._known: _StretchRead | None = None
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
        most = self._limits.most_files
        try:
            seen = await self._thread.run(lambda: _look(Path(folder), most), deadline_s=self._limits.look_s)
        except (TimeoutError, OSError):
            self._trouble = CalendarFolderGone()
            return ()
        events, self._trouble = await self._answer(seen, start, end)
        return events

    async def close(self) -> None:
        """End what reads. Idempotent."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self._process.close()
        await self._thread.close()

    async def _answer(self, seen: _FolderListing, start: datetime, end: datetime) -> _KnownFiles:
        """What is known when the time of an answer is over, or before."""
        known = self._known
        if known is not None and known.covers(start, end) and known.whole is not None and known.whole[0] == seen:
            return known.whole[1]
        await self._be_read(seen, start, end)
        known = self._known
        if known is None or not known.covers(start, end):
            return _KnownFiles((), CalendarFilesUnread())
        answer = known.answer(seen, self._limits.most_events)
        known.whole = None if isinstance(answer.trouble, CalendarFilesUnread) else (seen, answer)
        return answer

    async def _be_read(self, seen: _FolderListing, start: datetime, end: datetime) -> None:
        """Have read what is not known, as far as the time of an answer goes; what is read for others is waited for."""
        end_s = asyncio.get_running_loop().time() + self._limits.answer_s
        began = False
        while not self._is_read(seen, start, end):
            if self._reading is None or self._reading.done():
                if began:  # it has gone as far as it can
                    return
                began = True
                self._reading = asyncio.ensure_future(self._read(seen, start, end))
            left_s = end_s - asyncio.get_running_loop().time()
            if left_s <= 0 or not (await asyncio.wait([self._reading], timeout=left_s))[0]:
                return

    def _is_read(self, seen: _FolderListing, start: datetime, end: datetime) -> bool:
        known = self._known
        if known is None or not known.covers(start, end):
            return False
        known.drop_all_but(seen.files)
        return not known.unread(seen.files, self._limits.most_events)

    async def _read(self, seen: _FolderListing, start: datetime, end: datetime) -> None:
        """Read what is not known of these files, from before the question's stretch to well behind it."""
        known = self._known
        if known is None or not known.covers(start, end):
            known = self._known = _StretchRead(start - timedelta(days=1), end + CACHED, _zone(start))
        try:
            async with asyncio.timeout(self._limits.reading_s):
                for file in known.unread(seen.files, self._limits.most_events):
                    known.keep(file, await self._read_file(file, known))
                    if known.events >= self._limits.most_events:
                        return
        except TimeoutError:
            log.warning("calendar files: not all were read in time")
        finally:
            self._process.rest()

    async def _read_file(self, file: _File, known: _StretchRead) -> _Found:
        asked = {"do": "within", "path": file.path, "zone": known.zone}
        try:
            read = await self._process.do(asked | {"start": known.start.timestamp(), "end": known.end.timestamp()})
        except CalendarTrouble as failure:  # the others are read all the same
            log.warning("a calendar file: %s", failure.code)
            return failure
        name = Path(file.path).stem
        now = time.time()
        return tuple(FileEvent(event=event_of(one, user="", now=now, untitled=name), calendar=name) for one in read)


def _zone(moment: datetime) -> str:
    return str(getattr(moment.tzinfo, "key", ""))


def _look(folder: Path, most: int) -> _FolderListing:
    """Which calendar files lie there.

    Raises:
        OSError: The folder is not there.
    """
    found: list[_File] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.lower().endswith(".ics") or entry.name.startswith("."):
                continue
            try:
                if entry.is_file():
                    about = entry.stat()
                    found.append(_File(entry.path, about.st_mtime_ns, about.st_size))
            except FileNotFoundError:  # it went meanwhile
                continue
    return _FolderListing(tuple(sorted(found)[:most]), max(len(found) - most, 0))

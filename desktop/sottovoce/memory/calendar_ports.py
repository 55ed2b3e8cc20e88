"""What the calendar asks of the outside: events of files that somebody else keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.records import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvent:
    """One time of an event that stands in a calendar file."""

    event: Event
    """Never kept, and with no recurrence: each time of a series is one."""
    calendar: str
    """The file's name as people know it, as in "work"."""


class CalendarFiles(Protocol):
    """The calendar files of a folder, which are only read."""

    @property
    def trouble(self) -> SottovoceError | None:
        """What keeps some of them from being known; None if nothing does."""

    async def within(self, start: datetime, end: datetime) -> tuple[FileEvent, ...]:
        """What is known of their events from `start` to `end`, whose zone is that of times that name none.

        Trouble is not raised: see `trouble`.
        """


class NoFiles:
    """No folder is watched."""

    trouble: SottovoceError | None = None

    async def within(self, start: datetime, end: datetime) -> tuple[FileEvent, ...]:  # noqa: ARG002 - of a port
        """Nothing."""
        return ()

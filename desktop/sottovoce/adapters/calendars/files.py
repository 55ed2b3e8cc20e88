"""Events of the store to iCalendar files and back."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.calendars.process import CalendarProcess
from sottovoce.adapters.calendars.reading import event_id
from sottovoce.domain.records import Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Event))


async def read_events(path: Path, *, user: str, zone: str, now: float, untitled: str) -> tuple[Event, ...]:
    """The events of a file for a user's calendar; series as rules where those are simple.

    Args:
        path: The file.
        user: Whose they become.
        zone: IANA name of the zone of times that name none.
        now: Seconds since 1970-01-01 UTC.
        untitled: The title of those without one.

    Raises:
        CalendarTrouble: It can't be read.
    """
    process = CalendarProcess()
    try:
        found = await process.do({"do": "import", "path": str(path), "zone": zone, "now": now})
    finally:
        await process.close()
    return tuple(event_of(one, user=user, now=now, untitled=untitled) for one in found)


def event_of(read: dict[str, Any], *, user: str, now: float, untitled: str) -> Event:
    """An event that the helper has read."""
    names = ("place", "starts_at", "ends_at", "all_day", "zone", "recurrence")
    return Event(
        id=event_id(user, read["uid"], read["of"]),
        user_id=user,
        title=read["title"] or untitled,
        created_at=now,
        changed_at=now,
        **{name: read[name] for name in names},
    )


async def write_events(path: Path, events: Sequence[Event], *, zone: str) -> None:
    """Write events as an iCalendar file, whole or not at all; `zone` is that of those that name none.

    Raises:
        CalendarTrouble: It can't be written.
    """
    process = CalendarProcess()
    try:
        plain = ({name: getattr(event, name) for name in _FIELDS} for event in events)  # made on the other thread
        await process.do({"do": "write", "path": str(path), "zone": zone}, plain)
    finally:
        await process.close()

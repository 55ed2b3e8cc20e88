"""The rows of the schedule, held in memory as they are in the store: read once, and written in one go with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

from sottovoce.domain.records import Reminder, Timer
from sottovoce.domain.schedule_states import ScheduleState
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.memory.store import RecordStore

Scheduled = Timer | Reminder
AnyScheduled = TypeVar("AnyScheduled", bound=Timer | Reminder)

_ALL: Final = 1_000_000
"""Rows read at the most."""
_OVER: Final = frozenset({ScheduleState.RUNG, ScheduleState.CANCELLED})


class HeldSchedule:
    """Timers, alarms and reminders by their ids. All calls raise StoreTrouble. Belongs to one event loop."""

    def __init__(self, store: RecordStore) -> None:
        """Read from `store` when they are first asked for."""
        self._store = store
        self._rows: dict[str, Scheduled] | None = None
        self._loading = asyncio.Lock()
        self.on_change: Callable[[], None] = lambda: None
        """Called whenever what is due next may have changed."""

    async def all(self) -> dict[str, Scheduled]:
        """All of them, over or not: not a copy."""
        rows = self._rows
        if rows is None:
            async with self._loading:
                rows = self._rows = await self._loaded()
        return rows

    async def _loaded(self) -> dict[str, Scheduled]:
        """What whoever had the lock before has read, else what is read now."""
        return self._rows if self._rows is not None else await self._read()

    async def _read(self) -> dict[str, Scheduled]:
        timers = await self._store.records(Timer, limit=_ALL)
        reminders = await self._store.records(Reminder, limit=_ALL)
        read: tuple[Scheduled, ...] = (*timers, *reminders)
        return {one.id: one for one in read}

    async def is_kept(self, one: Scheduled) -> bool:
        """Whether it is in the store still: it may have been erased meanwhile."""
        return await self._store.record(type(one), one.id) is not None

    @finishing
    async def add(self, one: AnyScheduled) -> AnyScheduled:
        """Keep a new one."""
        rows = await self.all()
        await self._store.save(one)
        rows[one.id] = one
        self.on_change()
        return one

    @finishing
    async def replace(self, one: Scheduled) -> bool:
        """Keep one that was changed, if it is still there: it may have been erased meanwhile."""
        rows = await self.all()
        there = await self._store.replace(one)
        if there:
            rows[one.id] = one
        else:
            rows.pop(one.id, None)
        self.on_change()
        return there

    @finishing
    async def drop_before(self, moment: float) -> None:
        """Remove what has been over since before this moment, seconds since 1970-01-01 UTC."""
        rows = await self.all()
        for one in list(rows.values()):
            if one.state in _OVER and (one.changed_at or one.due_at) < moment:
                await self._store.remove(type(one), one.id)
                del rows[one.id]

    def forget(self) -> None:
        """Drop what is held in memory; it is read again when it is needed."""
        self._rows = None
        self.on_change()

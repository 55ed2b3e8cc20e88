"""Timers, alarms and reminders: what is due when, and that each is told once, whatever happens in between.

Of what is due it is first committed that it rings, then its user is told, then it is committed that it has rung: who is
killed in between tells it at the next start. Timers count by a clock that nobody sets and that goes on in sleep, as far
as the machine has one and was not started anew; all else is due by the clock on the wall.
"""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from sottovoce.domain.contexts import DEFAULT_USER
from sottovoce.domain.errors import ThingNotFound, TooMuch
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.occurrences import DAY_S, at_wall, next_after, wall_at
from sottovoce.domain.records import Reminder, Timer
from sottovoce.domain.said import said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.memory.due import STEP_S, counting, left_s, recurrence_of, righted, touched, wall_of
from sottovoce.memory.finish import finishing
from sottovoce.memory.held_schedule import AnyScheduled, HeldSchedule, Scheduled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from datetime import datetime, tzinfo

    from sottovoce.domain.values import Recurrence
    from sottovoce.memory.due import Clocks
    from sottovoce.memory.store import RecordStore

MOST_WAITING: Final = 1000
"""Timers, alarms and reminders of one user that may wait at once."""
LONGEST_TIMER_S: Final = 366 * DAY_S
KEPT_S: Final = 28 * DAY_S
"""Seconds for which what has rung or was cancelled is kept."""
_AT_ONCE: Final = 50
"""Looked at, or written in one go, before others get their turn."""
_TO_COME: Final = frozenset({ScheduleState.WAITING, ScheduleState.PAUSED, ScheduleState.RINGING})


@dataclass(frozen=True, slots=True)
class Wakes:
    """When something is due next, by each clock; None where nothing is."""

    boot_s: float | None = None
    """On `Clocks.since_boot`."""
    wall: float | None = None
    """On `Clocks.now`."""


class Schedule:
    """Keeps them, in memory and in the store. Belongs to one event loop."""

    def __init__(
        self,
        store: RecordStore,
        clocks: Clocks,
        zone_of: Callable[[str], Awaitable[tzinfo | None]] | None = None,
        believed: Callable[[], Awaitable[float]] | None = None,
    ) -> None:
        """Keep them in `store`.

        Args:
            store: Where they are durable.
            clocks: Of this machine.
            zone_of: Gives a user's zone, None for the machine's own.
            believed: Gives the moment by which things may be removed for their age; None for the clock's.
        """
        self._clocks = clocks
        self._zone_of = zone_of
        self._believed = believed
        self._zones: dict[str, tzinfo | None] = {}
        self._held = HeldSchedule(store)
        self._seen: tuple[float, float] | None = None  # by how much which clocks differed at the last look

    # What there is

    async def timers(self, user_id: str = DEFAULT_USER) -> tuple[Timer, ...]:
        """Those of a user that are not over, the next one first, paused ones last.

        Raises:
            StoreTrouble: They can't be read.
        """
        found = [one for one in (await self._held.all()).values() if isinstance(one, Timer)]
        return tuple(sorted(self._to_come(found, user_id), key=self._order))

    async def reminders(
        self, user_id: str = DEFAULT_USER, kind: ReminderKind | None = None, *, rung_s: float = 0.0
    ) -> tuple[Reminder, ...]:
        """Alarms and reminders of a user that are not over, or of one kind, the next one first.

        Args:
            user_id: Whose they are.
            kind: Of these alone.
            rung_s: And those that have rung in so many last seconds.

        Raises:
            StoreTrouble: They can't be read.
        """
        found = [one for one in (await self._held.all()).values() if isinstance(one, Reminder)]
        since = self._clocks.now() - rung_s
        lately = [one for one in found if rung_s and one.state is ScheduleState.RUNG and one.changed_at > since]
        those = [*self._to_come(found, user_id), *(one for one in lately if one.user_id == user_id)]
        return tuple(sorted((one for one in those if kind in {None, one.kind}), key=self._order))

    async def rung_last(self, user_id: str | None, within_s: float) -> tuple[Scheduled, ...]:
        """What rings, else what rang last within so many seconds; of anybody if `user_id` is None."""
        held = [one for one in (await self._held.all()).values() if user_id in {None, one.user_id}]
        if ringing := [one for one in held if one.state is ScheduleState.RINGING]:
            return tuple(ringing)
        since = self._clocks.now() - within_s
        rung = [one for one in held if one.state is ScheduleState.RUNG and one.changed_at >= since]
        last = max((one.changed_at for one in rung), default=0.0)
        return tuple(one for one in rung if one.changed_at >= last - 1)

    async def find(self, kind: type[AnyScheduled], identifier: str) -> AnyScheduled:
        """One by its id.

        Raises:
            ThingNotFound: There is none, or it is over.
            StoreTrouble: It can't be read.
        """
        found = (await self._held.all()).get(identifier)
        if not isinstance(found, kind) or found.state not in _TO_COME:
            raise ThingNotFound(said("error-nothing-scheduled"))
        return found

    def left_s(self, one: Scheduled) -> float:
        """Seconds until it is due; negative if it was."""
        return left_s(one, self._clocks)

    # Changes; each is durable on return. All raise StoreTrouble, and ThingNotFound where it was erased meanwhile.

    async def set_timer(
        self, seconds: float, label: str = "", *, user_id: str = DEFAULT_USER, source_message: str | None = None
    ) -> Timer:
        """Set a timer.

        Raises:
            TooMuch: Too many wait already, or it is too long.
        """
        if not 0 < seconds <= LONGEST_TIMER_S:
            raise TooMuch(said("error-timer-length"))
        await self._room(user_id)
        now = self._clocks.now()
        made = Timer(
            id=new_id(),
            user_id=user_id,
            label=label,
            duration_s=seconds,
            due_at=now + seconds,
            created_at=now,
            changed_at=now,
            source_message=source_message,
        )
        return await self._held.add(self._counting(made, seconds))

    async def set_reminder(
        self,
        text: str,
        *,
        kind: ReminderKind = ReminderKind.REMINDER,
        wall: datetime | None = None,
        due_at: float | None = None,
        recurrence: Recurrence | None = None,
        user_id: str = DEFAULT_USER,
        source_message: str | None = None,
    ) -> Reminder:
        """Set an alarm or a reminder, for when clocks show `wall` first, or for a moment whatever they show.

        Raises:
            TooMuch: Too many wait already.
            ValueError: There is no such time.
        """
        await self._room(user_id)
        now = self._clocks.now()
        due = at_wall(wall, await self._zone(user_id)) if wall is not None else due_at
        if due is None:
            raise ValueError("a moment is wanted")
        made = Reminder(
            id=new_id(),
            user_id=user_id,
            text=text,
            due_at=due,
            kind=kind,
            recurrence=recurrence.rule if recurrence is not None and wall is not None else "",
            wall=wall.replace(tzinfo=None).isoformat() if wall is not None else "",
            created_at=now,
            changed_at=now,
            source_message=source_message,
        )
        return await self._held.add(made)

    async def pause(self, timer: Timer) -> Timer:
        """Let it stand still."""
        if timer.state is ScheduleState.PAUSED:
            return timer
        left = max(self.left_s(timer), 0.0)
        return await self._save(self._touched(timer, state=ScheduleState.PAUSED, left_s=left))

    async def resume(self, timer: Timer) -> Timer:
        """Let it go on."""
        return await self._save(self._counting(timer, max(self.left_s(timer), 0.0)))

    async def restart(self, timer: Timer) -> Timer:
        """Let it begin anew."""
        return await self._save(self._counting(timer, timer.duration_s))

    async def extend(self, timer: Timer, seconds: float) -> Timer:
        """Let it last longer by so much, or shorter if negative; it is due at once where nothing is left.

        Raises:
            TooMuch: It would be too long.
        """
        left = max(self.left_s(timer), 0.0) + seconds
        if left > LONGEST_TIMER_S:
            raise TooMuch(said("error-timer-length"))
        left, whole = max(left, 0.0), max(timer.duration_s + seconds, 0.0)
        longer = dataclasses.replace(timer, duration_s=whole)
        if timer.state is ScheduleState.PAUSED:
            return await self._save(self._touched(longer, left_s=left))
        return await self._save(self._counting(longer, left))

    async def move(
        self, one: Reminder, wall: datetime | None, due_at: float | None = None, recurrence: Recurrence | None = None
    ) -> Reminder:
        """Have it due at another time; what comes again comes at the new time of day, or as `recurrence` says now."""
        if wall is None:
            moved_to = self._touched(one, wall="", recurrence="", due_at=due_at or one.due_at)
        else:
            due = at_wall(wall, await self._zone(one.user_id))
            rule = one.recurrence if recurrence is None else recurrence.rule
            moved_to = self._touched(one, wall=wall.replace(tzinfo=None).isoformat(), due_at=due, recurrence=rule)
        return await self._save(dataclasses.replace(moved_to, state=ScheduleState.WAITING))

    async def skip(self, one: Reminder) -> Reminder | None:
        """Leave out its next time; the reminder as it is due then, None where it comes only once."""
        recurrence = recurrence_of(one)
        if recurrence is None:
            return None
        following = next_after(recurrence, wall_of(one), await self._zone(one.user_id), one.due_at)
        return None if following is None else await self._save(self._touched(one, due_at=following))

    async def unskip(self, one: Reminder, due_at: float) -> Reminder:
        """Have the time come all the same that was left out of it."""
        return await self._save(self._touched(one, due_at=due_at))

    @finishing
    async def snooze(self, one: Scheduled, seconds: float) -> Scheduled:
        """Have it come once more after so many seconds; of what comes again the next time stays as it is.

        Raises:
            ThingNotFound: It was erased meanwhile.
        """
        now = self._clocks.now()
        if isinstance(one, Timer):  # it is never longer than it lasts (`_right`)
            longer = dataclasses.replace(one, duration_s=max(one.duration_s, seconds))
            return await self._save(self._counting(longer, seconds))
        waiting = self._touched(one, state=ScheduleState.WAITING, wall="", due_at=now + seconds)
        if not one.recurrence:
            return await self._save(waiting)
        await self.told([one])
        if not await self._held.is_kept(one):
            raise ThingNotFound(said("error-nothing-scheduled"))
        return await self._held.add(dataclasses.replace(waiting, id=new_id(), recurrence="", created_at=now))

    @finishing
    async def cancel(self, *those: Scheduled) -> None:
        """Have nothing come of them any more."""
        for one in those:
            await self._change(one, state=ScheduleState.CANCELLED)

    @finishing
    async def revive(self, user_id: str, identifiers: Iterable[str]) -> tuple[Scheduled, ...]:
        """Have those come all the same that were cancelled; those whose time has passed meanwhile stay cancelled."""
        back: list[Scheduled] = []
        for one in map((await self._held.all()).get, identifiers):
            if one is None or one.user_id != user_id or one.state is not ScheduleState.CANCELLED:
                continue
            paused = isinstance(one, Timer) and one.left_s is not None
            if paused or self.left_s(one) > 0:
                state = ScheduleState.PAUSED if paused else ScheduleState.WAITING
                back.append(await self._save(self._touched(one, state=state)))
        return tuple(back)

    # What is due

    @finishing
    async def due(self) -> tuple[Scheduled, ...]:
        """What is due and was not told yet, the earliest first; it is durable that it rings.

        Raises:
            StoreTrouble: It could not be read or stored; it can be asked again.
        """
        await self._align()
        held = await self._held.all()
        late = [one for one in held.values() if one.state is ScheduleState.WAITING and self.left_s(one) <= 0]
        await _some_at_a_time(lambda one: self._change(one, state=ScheduleState.RINGING), late)
        ringing = [one for one in (await self._held.all()).values() if one.state is ScheduleState.RINGING]
        return tuple(sorted(ringing, key=lambda one: one.due_at))

    @finishing
    async def told(self, those: Iterable[Scheduled]) -> None:
        """Note that their users know; what comes again waits for its next time.

        Raises:
            StoreTrouble: It could not be stored: it will be told again.
        """
        await _some_at_a_time(self._told, tuple(those))

    async def wakes(self) -> Wakes:
        """When to look again.

        Raises:
            StoreTrouble: It can't be read.
        """
        boot_id = self._clocks.boot()
        boot: list[float] = []
        wall: list[float] = []
        for one in (await self._held.all()).values():
            if one.state is ScheduleState.WAITING:
                counted = isinstance(one, Timer) and one.boot and one.boot == boot_id
                if counted and isinstance(one, Timer):
                    boot.append(one.boot_due_s)
                else:
                    wall.append(one.due_at)
        return Wakes(min(boot, default=None), min(wall, default=None))

    def announce_changes_to(self, on_change: Callable[[], None]) -> None:
        """Call this whenever what is due next may have changed."""
        self._held.on_change = on_change

    @finishing
    async def _align(self) -> None:
        """Follow clocks that were set, and a zone that has changed, since the last look."""
        now = self._clocks.now()
        boot = now - self._clocks.since_boot() if self._clocks.boot() else 0.0
        seen, self._seen = self._seen, (boot, wall_at(now, None).timestamp() - wall_at(now, UTC).timestamp())
        if seen is not None and abs(seen[0] - self._seen[0]) < STEP_S and seen[1] == self._seen[1]:
            return
        if seen is None:
            believed = await self._believed() if self._believed is not None else now
            await self._held.drop_before(believed - KEPT_S)
        stepped_s = self._seen[0] - seen[0] if seen is not None else 0.0
        self._zones.clear()
        for number, one in enumerate(list((await self._held.all()).values())):
            if number % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)
            right = righted(one, self._clocks, stepped_s, await self._zone(one.user_id))
            if right != one:
                await self._held.replace(right)

    def forget(self) -> None:
        """Drop what is held in memory; it is read again when it is needed."""
        self._seen = None
        self._held.forget()

    # How

    def _to_come(self, those: Iterable[AnyScheduled], user_id: str) -> list[AnyScheduled]:
        return [one for one in those if one.user_id == user_id and one.state in _TO_COME]

    def _order(self, one: Scheduled) -> tuple[bool, float, str]:
        return one.state is ScheduleState.PAUSED, self.left_s(one), one.id

    async def _room(self, user_id: str) -> None:
        if len(self._to_come(list((await self._held.all()).values()), user_id)) >= MOST_WAITING:
            raise TooMuch(said("error-too-many-scheduled", most=MOST_WAITING))

    async def _zone(self, user_id: str) -> tzinfo | None:
        if user_id not in self._zones:
            self._zones[user_id] = await self._zone_of(user_id) if self._zone_of is not None else None
        return self._zones[user_id]

    def _counting(self, timer: Timer, seconds: float) -> Timer:
        return counting(timer, seconds, self._clocks)

    def _touched(self, one: AnyScheduled, **changes: object) -> AnyScheduled:
        return touched(one, self._clocks, **changes)

    async def _save(self, one: AnyScheduled) -> AnyScheduled:
        """Keep one that was changed.

        Raises:
            ThingNotFound: It was erased meanwhile.
        """
        if not await self._held.replace(one):
            raise ThingNotFound(said("error-nothing-scheduled"))
        return one

    async def _change(self, one: Scheduled, **changes: object) -> None:
        await self._held.replace(self._touched(one, **changes))

    async def _told(self, one: Scheduled) -> None:
        held = (await self._held.all()).get(one.id)
        if held is None or held.state is not ScheduleState.RINGING:
            return  # it was snoozed, cancelled or erased while it was told
        following = None
        if isinstance(held, Reminder) and (recurrence := recurrence_of(held)) is not None:
            zone = await self._zone(held.user_id)
            # Of the series, not of now; those that were missed since count as told with this one.
            following = next_after(recurrence, wall_of(held), zone, max(held.due_at, self._clocks.now()))
        if following is None:
            await self._change(held, state=ScheduleState.RUNG)
        else:
            await self._change(held, state=ScheduleState.WAITING, due_at=following)


async def _some_at_a_time(work: Callable[[Scheduled], Awaitable[object]], those: Sequence[Scheduled]) -> None:
    for begin in range(0, len(those), _AT_ONCE):
        await asyncio.gather(*map(work, those[begin : begin + _AT_ONCE]))

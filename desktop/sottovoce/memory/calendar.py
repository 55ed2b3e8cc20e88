"""The calendar: events that the user has had kept, and those of files that are only read."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.records import Event
from sottovoce.domain.said import said
from sottovoce.domain.values import Period
from sottovoce.memory.calendar_ports import NoFiles
from sottovoce.memory.finish import finishing
from sottovoce.memory.recurring import times, without, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.memory.cache_ports import RecordReader
    from sottovoce.memory.calendar_ports import CalendarFiles
    from sottovoce.memory.store import RecordStore

MOST_EVENTS: Final = 20_000
"""Events of one user that are looked through; 5,000 take some 3 ms."""
MOST_OCCURRENCES: Final = 2000
"""Times that one look gives."""
LOOKS: Final = (timedelta(days=8), timedelta(days=60), timedelta(days=400))
"""How far ahead is looked for what comes next, one after the other."""
LONGEST_AHEAD: Final = LOOKS[-1]
WAKING: Final = (8, 20)
"""Hours of the day from which and up to which people meet."""
SHORTEST_FREE: Final = timedelta(minutes=30)
"""A shorter gap is no free time."""
TAKEN_AT_ONCE: Final = 200
"""Events that are stored with one COMMIT."""
_ONE_BY_ONE: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time of an event."""

    event: Event
    start: datetime
    """In the zone of who asks; of whole days the midnight at which the first begins."""
    end: datetime
    """The first moment that is not in it any more."""
    wall: datetime
    """When it begins by the clocks of the event's own zone: by it a time of a series is left out."""
    calendar: str = ""
    """Name of the file it stands in; empty for the user's own, which alone can be changed."""

    @property
    def own(self) -> bool:
        """Whether it can be changed here."""
        return not self.calendar

    @property
    def repeats(self) -> bool:
        """Whether it is one time of several."""
        return bool(self.event.recurrence)


class Calendar:
    """Belongs to one loop. Holds nothing: whatever is erased, restored or joined is seen at once."""

    def __init__(
        self, store: RecordStore, *, files: CalendarFiles | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """Keep events in `store`, and read those of `files` with them."""
        self._store = store
        self._files = files or NoFiles()
        self._clock = clock

    @property
    def trouble(self) -> SottovoceError | None:
        """What keeps events of files from being known; None if nothing does."""
        return self._files.trouble

    async def agenda(self, user_id: str, period: Period) -> tuple[Occurrence, ...]:
        """What lies in a stretch of time, or reaches into it, in order; whole days first.

        Raises:
            StoreTrouble: It could not be read.
        """
        return await agenda_of(self._store, self._files, user_id, period)

    async def coming(
        self, user_id: str, now: datetime, fits: Callable[[Occurrence], bool] = lambda _: True
    ) -> tuple[Occurrence, ...]:
        """What begins from now on and fits, the nearest first; as far ahead as is needed to find any.

        Raises:
            StoreTrouble: It could not be read.
        """
        for ahead in LOOKS:
            found = await self.agenda(user_id, Period(start=now, end=now + ahead))
            fitting = tuple(one for one in found if one.start >= now and fits(one))
            if fitting:
                return fitting
        return ()

    async def event(self, user_id: str, event_id: str) -> Event | None:
        """One of the user's own.

        Raises:
            StoreTrouble: It could not be read.
        """
        found = await self._store.record(Event, event_id)
        return found if found is not None and found.user_id == user_id else None

    async def add(self, event: Event) -> tuple[Occurrence, ...]:
        """Keep an event; what else is in its (first) time.

        Raises:
            StoreTrouble: It was not kept.
        """
        beside = await self._around(event)
        await self._store.save(event)
        return _beside(event, beside)

    async def _around(self, event: Event) -> tuple[Occurrence, ...]:
        zone = zone_of(event, UTC)
        start, end = (datetime.fromtimestamp(at, zone) for at in (event.starts_at, event.ends_at))
        return await self.agenda(event.user_id, Period(start=start, end=max(end, start + _ONE_BY_ONE)))

    def new(self, user_id: str, title: str, start: datetime, end: datetime, **more: object) -> Event:
        """An event that is not kept yet; `more` are other fields of it."""
        now = self._clock()
        event = Event(
            id=new_id(),
            user_id=user_id,
            title=title,
            starts_at=start.timestamp(),
            ends_at=end.timestamp(),
            zone=zone_name(start),
            created_at=now,
            changed_at=now,
        )
        return dataclasses.replace(event, **more)  # type: ignore[arg-type] # fields of it

    async def events(self, user_id: str) -> tuple[Event, ...]:
        """All of a user's own, by their first time.

        Raises:
            StoreTrouble: They could not be read.
        """
        return await self._store.records(Event, limit=MOST_EVENTS, user_id=user_id)

    @finishing
    async def take(self, events: Sequence[Event]) -> int:
        """Keep events that were read from a file, in place of those with their ids; how many are new.

        Raises:
            StoreTrouble: Not all are kept; to take them again is safe.
        """
        known: dict[str, Event] = {}
        for user in {event.user_id for event in events}:
            known |= {event.id: event for event in await self.events(user)}
        for begin in range(0, len(events), TAKEN_AT_ONCE):
            some = events[begin : begin + TAKEN_AT_ONCE]
            await asyncio.gather(*(self._store.save(_since(event, known.get(event.id))) for event in some))
        return sum(event.id not in known for event in events)

    @finishing
    async def move(self, one: Occurrence, start: datetime) -> tuple[Event, tuple[Occurrence, ...]]:
        """Let it begin at `start`; of a series this one time alone. What is kept now, and what else is there then.

        Raises:
            ThingNotFound: It is there no more.
            StoreTrouble: It was not moved.
        """
        length = timedelta(seconds=one.end.timestamp() - one.start.timestamp())
        if one.event.all_day:
            end = start + timedelta(days=round(length / timedelta(days=1)))
        else:
            end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
        moved = dataclasses.replace(
            one.event,
            starts_at=start.timestamp(),
            ends_at=end.timestamp(),
            zone=zone_name(start),
            changed_at=self._clock(),
        )
        if not one.repeats:
            there = await self._around(moved)
            if not await self._store.replace(moved):
                raise ThingNotFound(said("error-erased-meanwhile"))
            return moved, _beside(moved, there)
        alone = dataclasses.replace(moved, id=new_id(), recurrence="", created_at=self._clock())
        beside = await self.add(alone)  # first: a crash between leaves it twice, and never not at all
        await self._leave_out(one)
        return alone, tuple(other for other in beside if (other.event.id, other.wall) != (one.event.id, one.wall))

    async def cancel(self, one: Occurrence, *, all_times: bool = False) -> None:
        """Remove it; of a series this one time alone, unless all are meant.

        Raises:
            StoreTrouble: It is still there.
        """
        if one.repeats and not all_times:
            await self._leave_out(one)
        else:
            await self.remove(one.event)

    async def remove(self, event: Event) -> None:
        """Remove an event with all its times.

        Raises:
            StoreTrouble: It is still there.
        """
        await self._store.remove(Event, event.id)

    async def _leave_out(self, one: Occurrence) -> None:
        event = await self._store.record(Event, one.event.id)  # other times of it may have been left out since
        if event is not None:
            recurrence = without(event.recurrence, one.wall)
            await self._store.replace(dataclasses.replace(event, recurrence=recurrence, changed_at=self._clock()))


def _beside(event: Event, there: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """What of its time is taken by something else, where it has a time of day."""
    if event.all_day:
        return ()
    return tuple(one for one in there if one.event.id != event.id and not one.event.all_day and one.end > one.start)


def _since(event: Event, before: Event | None) -> Event:
    """As old as the one whose place it takes."""
    return event if before is None else dataclasses.replace(event, created_at=before.created_at)


async def agenda_of(store: RecordReader, files: CalendarFiles, user_id: str, period: Period) -> tuple[Occurrence, ...]:
    """See `Calendar.agenda`."""
    start, end = period.start, period.end
    events = await store.records(Event, limit=MOST_EVENTS, user_id=user_id)
    found = list(_touching(((event, "") for event in events), start, end))
    found += _touching(((one.event, one.calendar) for one in await files.within(start, end)), start, end)
    return tuple(sorted(found, key=_order)[:MOST_OCCURRENCES])


def _touching(events: Iterable[tuple[Event, str]], start: datetime, end: datetime) -> Iterator[Occurrence]:
    # A day more on both sides: whole days are those of the event's zone.
    first, last = start.timestamp() - 86_400, end.timestamp() + 86_400
    for event, calendar in events:
        if event.starts_at < last and (event.recurrence or event.ends_at > first):
            for begins, ends, wall in times(event, start, end):
                yield Occurrence(event=event, start=begins, end=ends, wall=wall, calendar=calendar)


def _order(one: Occurrence) -> tuple[datetime, bool, datetime, str]:
    return one.start, not one.event.all_day, one.end, one.event.title


def occurrence(event: Event, start: datetime) -> Occurrence:
    """The time at which an event begins that was just made to begin at `start`."""
    begins, ends, wall = next(times(event, start, start + timedelta(days=1)))
    return Occurrence(event=event, start=begins, end=ends, wall=wall)


def zone_name(moment: datetime) -> str:
    """The IANA name of a moment's zone; empty where it has none."""
    return str(getattr(moment.tzinfo, "key", "")) or ("UTC" if moment.tzinfo is UTC else "")


def free_times(busy: Iterable[Occurrence], period: Period) -> tuple[Period, ...]:
    """The gaps between what has a time of day, each of at least `SHORTEST_FREE`."""
    free: list[Period] = []
    at = period.start
    for one in sorted((one for one in busy if not one.event.all_day), key=lambda one: one.start):
        if one.start - at >= SHORTEST_FREE:
            free.append(Period(start=at, end=one.start))
        at = max(at, one.end)
    if period.end - at >= SHORTEST_FREE:
        free.append(Period(start=at, end=period.end))
    return tuple(free)


def waking(period: Period) -> Period:
    """The same without the hours in which nobody meets, where it is a whole day."""
    if period.end - period.start < timedelta(hours=23) or period.end - period.start > timedelta(hours=25):
        return period
    day = period.start
    return Period(start=day.replace(hour=WAKING[0], minute=0), end=day.replace(hour=WAKING[1], minute=0))

"""The user's calendar: what is in it, adding and removing, iCalendar files."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ExportForbidden, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import now_of, when, whose, with_id
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.home import Home
    from sottovoce.memory.calendar import Occurrence

USUAL_DAYS: Final = 31
"""Days that are listed where nobody says up to when."""
MOST_DAYS: Final = 3660
_USERS = Annotated[str | None, FILLED, Option("U", "cli-calendar-user")]
"""Whose calendar; None for the machine's own user."""

CALENDAR: Final = Family(
    "calendar",
    usage="clicalendar-words",
    default="list",
    words=Positional("TEXT|ID|FILE", "cli-calendar-words"),
)


@values
class EventShown(Values):
    """One time of an event."""

    id: str
    title: str
    place: str
    starts_at: UnixTime
    ends_at: UnixTime
    all_day: bool
    recurrence: str
    """As RFC 5545 writes it; empty for once."""
    calendar: str
    """Name of the file it is read from; empty for the user's own."""

    @classmethod
    def of(cls, one: "Occurrence") -> "EventShown":
        """One that was found."""
        return cls(
            id=one.event.id,
            title=one.event.title,
            place=one.event.place,
            starts_at=one.start.timestamp(),
            ends_at=one.end.timestamp(),
            all_day=one.event.all_day,
            recurrence=one.event.recurrence,
            calendar=one.calendar,
        )


def _line(one: EventShown) -> str:
    beside = f"  ({one.calendar})" if one.calendar else ""
    return f"{one.id}  {when(one.starts_at)}  {one.title}{beside}"


@values
class Agenda(Values):
    """What lies in a stretch of time, in order."""

    events: tuple[EventShown, ...]


@values
class ListEvents(Asks[Agenda]):
    """What is in the calendar, each time of what comes again."""

    since: Annotated[str | None, FILLED, Option("DATE", "cli-calendar-since", "clicalendar-since-elsewhere")] = None
    """As in 2026-11-30; None for today."""
    until: Annotated[str | None, FILLED, Option("DATE", "cli-calendar-until", "clicalendar-since-elsewhere")] = None
    """The last day; None for a month later."""
    user: _USERS = None


def _now(context: "UserContext") -> datetime:
    """The present time where the user is, in a zone that knows summer and winter."""
    from sottovoce.memory.recurring import with_summer_time  # noqa: PLC0415 - completion needs none of it

    return with_summer_time(now_of(context))


def _day(text: str, now: datetime) -> datetime:
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        raise UsageWrong(said("clicalendar-no-day", text=text)) from None
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


@CALENDAR.operation(
    "calendar.list",
    ListEvents,
    Agenda,
    effect=Effect.READ,
    http="GET/calendar",
    longest_s=LONG_S,
    prints=lambda answered: "\n".join(map(_line, answered.events)) or words("clicalendar-none"),
)
async def list_events(home: "Home", asked: ListEvents) -> Agenda:
    """List what lies between two days.

    Raises:
        UsageWrong: One is no day, or they lie too far apart.
    """
    from sottovoce.domain.values import Period  # noqa: PLC0415 - as above

    context, _ = await whose(home, asked.user)
    now = _now(context)
    start = _day(asked.since or now.date().isoformat(), now)
    last = _day(asked.until, now) if asked.until else start + timedelta(days=USUAL_DAYS - 1)
    if not timedelta() <= last - start <= timedelta(days=MOST_DAYS):
        raise UsageWrong(said("clicalendar-too-far"))
    found = await home.planner.calendar.agenda(context.user_id, Period(start=start, end=last + timedelta(days=1)))
    return Agenda(events=tuple(map(EventShown.of, found)))


@values
class EventAdded(Values):
    """What was put in."""

    event: EventShown
    beside: tuple[EventShown, ...]
    """What else is at its (first) time."""


@values
class AddEvent(Asks[EventAdded]):
    """Put something into the calendar, in the words one would say."""

    text: Annotated[str, Rest()]
    """Title and time: "lunch with anna tomorrow at one"."""
    user: _USERS = None


def _added(answered: EventAdded) -> str:
    return "\n".join([_line(answered.event), *(words("clicalendar-also", title=one.title) for one in answered.beside)])


@CALENDAR.operation(
    "calendar.add", AddEvent, EventAdded, effect=Effect.WRITE, http="POST/calendar", longest_s=LONG_S, prints=_added
)
async def add_event(home: "Home", asked: AddEvent) -> EventAdded:
    """Put it in.

    Raises:
        UsageWrong: Its title or time is missing.
    """
    from sottovoce.agent.planning import planned_when  # noqa: PLC0415 - completion needs none of it
    from sottovoce.memory.calendar import occurrence  # noqa: PLC0415 - as above

    context, own = await whose(home, asked.user)
    now = _now(context)
    plan = own.plans.plan(asked.text, now)
    planned = planned_when(plan, now) if plan is not None and plan.title else None
    if plan is None or planned is None:
        raise UsageWrong(said("clicalendar-no-time"))
    event = home.planner.calendar.new(
        context.user_id,
        plan.title,
        planned.start,
        planned.end,
        all_day=planned.all_day,
        recurrence=planned.recurrence,
    )
    beside = await home.planner.calendar.add(event)
    one = EventShown.of(occurrence(event, planned.start))
    return EventAdded(event=one, beside=tuple(map(EventShown.of, beside)))


@values
class EventRemoved(Values):
    """What was taken out."""

    id: str
    title: str


@values
class RemoveEvent(Asks[EventRemoved]):
    """Take an event out of the calendar, with all its times."""

    event: Annotated[str, Positional()]
    user: _USERS = None


@CALENDAR.operation(
    "calendar.remove",
    RemoveEvent,
    EventRemoved,
    effect=Effect.DESTROY,
    http="DELETE/calendar/{event}",
    longest_s=LONG_S,
    prints=lambda answered: words("clicalendar-removed", title=answered.title),
)
async def remove_event(home: "Home", asked: RemoveEvent) -> EventRemoved:
    """Take it out.

    Raises:
        ThingNotFound: No event of the user has an id that begins so, or several have.
    """
    context, _ = await whose(home, asked.user)
    event = await home.planner.calendar.event(context.user_id, asked.event)
    if event is None:
        event = with_id(await home.planner.calendar.events(context.user_id), asked.event, said("clicalendar-no-event"))
    await home.planner.calendar.remove(event)
    return EventRemoved(id=event.id, title=event.title)


@values
class CalendarImported(Values):
    """What was read from a file."""

    file: Path
    events: int
    """Those that are in the calendar now."""
    new: int
    """Those of them that were not there before."""


@values
class ImportCalendar(Asks[CalendarImported]):
    """Put the events of an iCalendar file into the calendar; a second time doubles none."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


@CALENDAR.operation(
    "calendar.import",
    ImportCalendar,
    CalendarImported,
    effect=Effect.WRITE,
    longest_s=LONG_S,
    prints=lambda answered: words("clicalendar-imported", events=answered.events, new=answered.new),
)
async def import_calendar(home: "Home", asked: ImportCalendar) -> CalendarImported:
    """Read it; nothing in it is run or fetched.

    Raises:
        CalendarTrouble: It can't be read; nothing was changed.
    """
    from sottovoce.adapters.calendars.files import read_events  # noqa: PLC0415 - completion needs none of it
    from sottovoce.memory.calendar import zone_name  # noqa: PLC0415 - as above

    context, own = await whose(home, asked.user)
    now = _now(context)
    events = await read_events(
        asked.file,
        user=context.user_id,
        zone=zone_name(now),
        now=now.timestamp(),
        untitled=own.text("calendar-blocked"),
    )
    return CalendarImported(file=asked.file, events=len(events), new=await home.planner.calendar.take(events))


@values
class CalendarExported(Values):
    """What was written."""

    file: Path
    events: int


@values
class ExportCalendar(Asks[CalendarExported]):
    """Write the user's own events as an iCalendar file, in clear."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


@CALENDAR.operation(
    "calendar.export",
    ExportCalendar,
    CalendarExported,
    effect=Effect.ACT,
    longest_s=LONG_S,
    prints=lambda answered: words("clicalendar-exported", events=answered.events, file=answered.file),
)
async def export_calendar(home: "Home", asked: ExportCalendar) -> CalendarExported:
    """Write it, in place of a file that is there.

    Raises:
        CalendarTrouble: It can't be written.
        ExportForbidden: The administrator lets nobody export.
    """
    from sottovoce.adapters.calendars.files import write_events  # noqa: PLC0415 - completion needs none of it
    from sottovoce.domain.records import AuditEvent  # noqa: PLC0415 - as above
    from sottovoce.memory.calendar import zone_name  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    if "export" in home.policy.forbidden:
        raise ExportForbidden
    context, _ = await whose(home, asked.user)
    now = _now(context)
    events = await home.planner.calendar.events(context.user_id)

    async def written() -> None:
        await home.store.audit(AuditEvent.EXPORTED, {"what": "calendar", "lines": len(events)})  # as `write_lines` does
        await write_events(asked.file, events, zone=zone_name(now))

    await finish(written())
    return CalendarExported(file=asked.file, events=len(events))

"""Alarms and reminders: listed, set, removed and exported."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import now_of, when, whose
from sottovoce.operations.timers import USERS, scheduled_lines, the_one, user_of
from sottovoce.operations.values import Asks, UnixTime, Values, values
from sottovoce.operations.written import Written, write_lines, written_told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.agent.slots import When
    from sottovoce.domain.records import Reminder
    from sottovoce.home import Home

ALARM: Final = Family(
    "alarm", usage="clitimer-words", default="list", words=Positional("WHEN|ID|FILE", "cli-alarm-words")
)
REMINDER: Final = Family(
    "reminder", usage="clitimer-words", default="list", words=Positional("TEXT|ID|FILE", "cli-reminder-words")
)


@values
class ReminderShown(Values):
    """An alarm or a reminder."""

    id: str
    user: str
    text: str
    state: ScheduleState
    due_at: UnixTime
    """The next time."""
    recurrence: str
    """How it comes again, as RFC 5545 writes it; empty for once."""


@values
class RemindersListed(Values):
    """Alarms or reminders, the next one first."""

    reminders: tuple[ReminderShown, ...]
    rings: bool
    """As of `timer.list`."""


def _reminder(one: "Reminder") -> ReminderShown:
    return ReminderShown(
        id=one.id, user=one.user_id, text=one.text, state=one.state, due_at=one.due_at, recurrence=one.recurrence
    )


def _line(one: ReminderShown) -> str:
    return f"{one.id}  {when(one.due_at)}  {one.state:8} {one.text}  {one.recurrence}".rstrip()


def _reminders_told(answered: RemindersListed) -> str:
    return scheduled_lines([*map(_line, answered.reminders)], rings=answered.rings, none=words("clitimer-none"))


async def _when(home: "Home", user: str, text: str) -> tuple["When", datetime]:
    """When that is, as it is said.

    Raises:
        UsageWrong: It says no time.
    """
    from sottovoce.agent.slots import when_of  # noqa: PLC0415 - completion needs none of it

    context, own = await whose(home, user)
    now = now_of(context)
    found = when_of(text.strip().lower(), own.values, now)
    if found is None:
        raise UsageWrong(said("clitimer-no-time"))
    return found, now


async def _set(home: "Home", user: str, text: str, name: str, kind: ReminderKind) -> "Reminder":
    """Set an alarm or a reminder.

    Raises:
        UsageWrong: That is no time, or none to come.
    """
    from sottovoce.agent.planning import Unclear, due_of  # noqa: PLC0415 - as above

    found, now = await _when(home, user, name)
    try:
        due = due_of(found, now, wakes=kind is ReminderKind.ALARM)
    except Unclear:
        due = None
    if due is None:
        raise UsageWrong(said("clitimer-no-time"))
    return await home.planner.schedule.set_reminder(
        text, kind=kind, wall=due.wall, due_at=due.due_at, recurrence=due.recurrence, user_id=user
    )


# --- alarms -----------------------------------------------------------------------------------------------------------


@values
class _ListSet(Asks[RemindersListed]):
    """Those that are set."""

    user: USERS = None


@values
class _ExportSet(Asks[Written]):
    """Write those that are set to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: USERS = None


def _listing(kind: ReminderKind) -> "Callable[[Home, _ListSet], Awaitable[RemindersListed]]":
    async def listing(home: "Home", asked: _ListSet) -> RemindersListed:
        """List them."""
        return await _listed(home, asked.user, kind)

    return listing


def _exporting(kind: ReminderKind) -> "Callable[[Home, _ExportSet], Awaitable[Written]]":
    async def exporting(home: "Home", asked: _ExportSet) -> Written:
        """Write them; the file's lines are those of the list.

        Raises:
            ExportForbidden: The administrator lets nobody export.
            PlacesUnusable: It can't be written.
        """
        return await write_lines(home, asked.file, (await _listed(home, asked.user, kind)).reminders, str(kind))

    return exporting


@values
class ListAlarms(_ListSet):
    """The alarms that are set."""


ALARM.operation(
    "alarm.list", ListAlarms, RemindersListed, effect=Effect.READ, http="GET/alarms", prints=_reminders_told
)(_listing(ReminderKind.ALARM))


async def _listed(home: "Home", user: str | None, kind: ReminderKind) -> RemindersListed:
    found = await home.planner.schedule.reminders(user_of(home, user), kind)
    return RemindersListed(reminders=tuple(map(_reminder, found)), rings=home.front_end.rings)


async def _cancelled(home: "Home", user: str | None, identity: str, kind: ReminderKind) -> RemindersListed:
    found = await home.planner.schedule.reminders(user_of(home, user), kind)
    await home.planner.schedule.cancel(the_one(found, identity))
    return await _listed(home, user, kind)


@values
class AddAlarm(Asks[RemindersListed]):
    """Set an alarm."""

    when: Annotated[str, Rest()]
    """As it is said: "every weekday at seven am"."""
    name: Annotated[str, Option("NAME", "cli-alarm-name", "clitimer-name-elsewhere")] = ""
    user: USERS = None


@ALARM.operation(
    "alarm.add", AddAlarm, RemindersListed, effect=Effect.WRITE, http="POST/alarms", prints=_reminders_told
)
async def add_alarm(home: "Home", asked: AddAlarm) -> RemindersListed:
    """Set an alarm.

    Raises:
        UsageWrong: That is no time to come.
        TooMuch: Too many wait.
    """
    made = await _set(home, user_of(home, asked.user), asked.name.strip(), asked.when, ReminderKind.ALARM)
    return RemindersListed(reminders=(_reminder(made),), rings=home.front_end.rings)


@values
class RemoveAlarm(Asks[RemindersListed]):
    """Cancel an alarm."""

    alarm: Annotated[str, Positional()]
    user: USERS = None


@ALARM.operation(
    "alarm.remove",
    RemoveAlarm,
    RemindersListed,
    effect=Effect.WRITE,
    http="DELETE/alarms/{alarm}",
    prints=_reminders_told,
)
async def remove_alarm(home: "Home", asked: RemoveAlarm) -> RemindersListed:
    """Cancel it; what is left is listed.

    Raises:
        ThingNotFound: There is no such alarm.
    """
    return await _cancelled(home, asked.user, asked.alarm, ReminderKind.ALARM)


@values
class ExportAlarms(_ExportSet):
    """Write the alarms that are set to a file, in clear."""


ALARM.operation("alarm.export", ExportAlarms, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told)(
    _exporting(ReminderKind.ALARM)
)


# --- reminders --------------------------------------------------------------------------------------------------------


@values
class ListReminders(_ListSet):
    """The reminders that are set."""


REMINDER.operation(
    "reminder.list", ListReminders, RemindersListed, effect=Effect.READ, http="GET/reminders", prints=_reminders_told
)(_listing(ReminderKind.REMINDER))


@values
class AddReminder(Asks[RemindersListed]):
    """Set a reminder."""

    text: Annotated[str, Rest(blank=False)]
    when: Annotated[str, Option("WHEN", "cli-reminder-when", "clitimer-when-elsewhere")] = ""
    """As it is said: "tomorrow at nine am"."""
    user: USERS = None


@REMINDER.operation(
    "reminder.add", AddReminder, RemindersListed, effect=Effect.WRITE, http="POST/reminders", prints=_reminders_told
)
async def add_reminder(home: "Home", asked: AddReminder) -> RemindersListed:
    """Set a reminder.

    Raises:
        UsageWrong: That is no time to come.
        TooMuch: Too many wait.
    """
    made = await _set(home, user_of(home, asked.user), asked.text.strip(), asked.when, ReminderKind.REMINDER)
    return RemindersListed(reminders=(_reminder(made),), rings=home.front_end.rings)


@values
class RemoveReminder(Asks[RemindersListed]):
    """Cancel a reminder."""

    reminder: Annotated[str, Positional()]
    user: USERS = None


@REMINDER.operation(
    "reminder.remove",
    RemoveReminder,
    RemindersListed,
    effect=Effect.WRITE,
    http="DELETE/reminders/{reminder}",
    prints=_reminders_told,
)
async def remove_reminder(home: "Home", asked: RemoveReminder) -> RemindersListed:
    """Cancel it; what is left is listed.

    Raises:
        ThingNotFound: There is no such reminder.
    """
    return await _cancelled(home, asked.user, asked.reminder, ReminderKind.REMINDER)


@values
class ExportReminders(_ExportSet):
    """Write the reminders that are set to a file, in clear."""


REMINDER.operation(
    "reminder.export", ExportReminders, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told
)(_exporting(ReminderKind.REMINDER))

"""Timers, alarms and reminders: listed, set, removed and exported."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import now_of, when, whose, with_id
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values
from sottovoce.operations.written import Written, write_lines, written_told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sottovoce.agent.slots import When
    from sottovoce.domain.records import Reminder, Timer
    from sottovoce.home import Home

_USERS = Annotated[str | None, FILLED, Option("U", "cli-timer-user")]
"""Whose; None for the machine's own user."""
_OF = TypeVar("_OF", "Timer", "Reminder")

TIMER: Final = Family(
    "timer", usage="clitimer-words", default="list", words=Positional("LENGTH|ID|FILE", "cli-timer-words")
)
ALARM: Final = Family(
    "alarm", usage="clitimer-words", default="list", words=Positional("WHEN|ID|FILE", "cli-alarm-words")
)
REMINDER: Final = Family(
    "reminder", usage="clitimer-words", default="list", words=Positional("TEXT|ID|FILE", "cli-reminder-words")
)


@values
class TimerShown(Values):
    """A timer."""

    id: str
    user: str
    name: str
    seconds: float
    """How long it lasts."""
    left_s: float
    state: ScheduleState
    due_at: UnixTime


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
class TimersListed(Values):
    """Timers, the next one first."""

    timers: tuple[TimerShown, ...]
    rings: bool
    """Whether anybody is there to tell them: the running application."""


@values
class RemindersListed(Values):
    """Alarms or reminders, the next one first."""

    reminders: tuple[ReminderShown, ...]
    rings: bool
    """As of `timer.list`."""


def _timer(home: "Home", one: "Timer") -> TimerShown:
    return TimerShown(
        id=one.id,
        user=one.user_id,
        name=one.label,
        seconds=one.duration_s,
        left_s=round(home.planner.schedule.left_s(one), 1),
        state=one.state,
        due_at=one.due_at,
    )


def _reminder(one: "Reminder") -> ReminderShown:
    return ReminderShown(
        id=one.id, user=one.user_id, text=one.text, state=one.state, due_at=one.due_at, recurrence=one.recurrence
    )


def _timer_line(one: TimerShown) -> str:
    left = words("clitimer-left", left=max(round(one.left_s), 0))
    return f"{one.id}  {when(one.due_at)}  {one.state:8} {left}  {one.name}".rstrip()


def _line(one: ReminderShown) -> str:
    return f"{one.id}  {when(one.due_at)}  {one.state:8} {one.text}  {one.recurrence}".rstrip()


def _lines(rows: "Sequence[str]", *, rings: bool, none: str) -> str:
    silent = [] if rings or not rows else [words("clitimer-silent")]
    return "\n".join([*rows, *silent]) or none


def _timers_told(answered: TimersListed) -> str:
    return _lines([*map(_timer_line, answered.timers)], rings=answered.rings, none=words("clitimer-none"))


def _reminders_told(answered: RemindersListed) -> str:
    return _lines([*map(_line, answered.reminders)], rings=answered.rings, none=words("clitimer-none"))


def _user(home: "Home", user: str | None) -> str:
    return user or home.settings.user


def _one(those: "Sequence[_OF]", begins: str) -> _OF:
    """The one whose id begins so.

    Raises:
        ThingNotFound: None does, or several do.
    """
    return with_id(those, begins, said("error-nothing-scheduled"))


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


# --- timers -----------------------------------------------------------------------------------------------------------


@values
class ListTimers(Asks[TimersListed]):
    """The timers that run or stand still."""

    user: _USERS = None


@TIMER.operation("timer.list", ListTimers, TimersListed, effect=Effect.READ, http="GET/timers", prints=_timers_told)
async def list_timers(home: "Home", asked: ListTimers) -> TimersListed:
    """List them."""
    timers = await home.planner.schedule.timers(_user(home, asked.user))
    return TimersListed(timers=tuple(_timer(home, one) for one in timers), rings=home.front_end.rings)


@values
class AddTimer(Asks[TimersListed]):
    """Set a timer."""

    length: Annotated[str, Rest()]
    """As it is said: "ten minutes"."""
    name: Annotated[str, Option("NAME", "cli-timer-name", "clitimer-name-elsewhere")] = ""
    user: _USERS = None


@TIMER.operation("timer.add", AddTimer, TimersListed, effect=Effect.WRITE, http="POST/timers", prints=_timers_told)
async def add_timer(home: "Home", asked: AddTimer) -> TimersListed:
    """Set it.

    Raises:
        UsageWrong: That is no length of time.
        TooMuch: It is too long, or too many wait.
    """
    context, own = await whose(home, asked.user)
    length = own.values.duration(asked.length.strip().lower())
    if length is None:
        raise UsageWrong(said("clitimer-no-length"))
    made = await home.planner.schedule.set_timer(length.total_seconds(), asked.name.strip(), user_id=context.user_id)
    return TimersListed(timers=(_timer(home, made),), rings=home.front_end.rings)


@values
class RemoveTimer(Asks[TimersListed]):
    """Cancel a timer."""

    timer: Annotated[str, Positional()]
    user: _USERS = None


@TIMER.operation(
    "timer.remove", RemoveTimer, TimersListed, effect=Effect.WRITE, http="DELETE/timers/{timer}", prints=_timers_told
)
async def remove_timer(home: "Home", asked: RemoveTimer) -> TimersListed:
    """Cancel it; what is left is listed.

    Raises:
        ThingNotFound: There is no such timer.
    """
    user = _user(home, asked.user)
    await home.planner.schedule.cancel(_one(await home.planner.schedule.timers(user), asked.timer))
    return await list_timers(home, ListTimers(user=user))


@values
class PauseTimer(Asks[TimersListed]):
    """Let a timer stand still."""

    timer: Annotated[str, Positional()]
    user: _USERS = None


@TIMER.operation(
    "timer.pause", PauseTimer, TimersListed, effect=Effect.WRITE, http="POST/timers/{timer}/pause", prints=_timers_told
)
async def pause_timer(home: "Home", asked: PauseTimer) -> TimersListed:
    """Pause it.

    Raises:
        ThingNotFound: There is no such timer.
    """
    user = _user(home, asked.user)
    paused = await home.planner.schedule.pause(_one(await home.planner.schedule.timers(user), asked.timer))
    return TimersListed(timers=(_timer(home, paused),), rings=home.front_end.rings)


@values
class ResumeTimer(Asks[TimersListed]):
    """Let a timer go on."""

    timer: Annotated[str, Positional()]
    user: _USERS = None


@TIMER.operation(
    "timer.resume",
    ResumeTimer,
    TimersListed,
    effect=Effect.WRITE,
    http="POST/timers/{timer}/resume",
    prints=_timers_told,
)
async def resume_timer(home: "Home", asked: ResumeTimer) -> TimersListed:
    """Let it go on.

    Raises:
        ThingNotFound: There is no such timer.
    """
    user = _user(home, asked.user)
    running = await home.planner.schedule.resume(_one(await home.planner.schedule.timers(user), asked.timer))
    return TimersListed(timers=(_timer(home, running),), rings=home.front_end.rings)


@values
class ExportTimers(Asks[Written]):
    """Write the timers that are set to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


@TIMER.operation("timer.export", ExportTimers, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told)
async def export_timers(home: "Home", asked: ExportTimers) -> Written:
    """Write them; the file's lines are those of `timer.list`.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
    """
    listed = await list_timers(home, ListTimers(user=asked.user))
    return await write_lines(home, asked.file, listed.timers, "timers")


# --- alarms -----------------------------------------------------------------------------------------------------------


@values
class _ListSet(Asks[RemindersListed]):
    """Those that are set."""

    user: _USERS = None


@values
class _ExportSet(Asks[Written]):
    """Write those that are set to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


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
    found = await home.planner.schedule.reminders(_user(home, user), kind)
    return RemindersListed(reminders=tuple(map(_reminder, found)), rings=home.front_end.rings)


async def _cancelled(home: "Home", user: str | None, identity: str, kind: ReminderKind) -> RemindersListed:
    found = await home.planner.schedule.reminders(_user(home, user), kind)
    await home.planner.schedule.cancel(_one(found, identity))
    return await _listed(home, user, kind)


@values
class AddAlarm(Asks[RemindersListed]):
    """Set an alarm."""

    when: Annotated[str, Rest()]
    """As it is said: "every weekday at seven am"."""
    name: Annotated[str, Option("NAME", "cli-alarm-name", "clitimer-name-elsewhere")] = ""
    user: _USERS = None


@ALARM.operation(
    "alarm.add", AddAlarm, RemindersListed, effect=Effect.WRITE, http="POST/alarms", prints=_reminders_told
)
async def add_alarm(home: "Home", asked: AddAlarm) -> RemindersListed:
    """Set it.

    Raises:
        UsageWrong: That is no time to come.
        TooMuch: Too many wait.
    """
    made = await _set(home, _user(home, asked.user), asked.name.strip(), asked.when, ReminderKind.ALARM)
    return RemindersListed(reminders=(_reminder(made),), rings=home.front_end.rings)


@values
class RemoveAlarm(Asks[RemindersListed]):
    """Cancel an alarm."""

    alarm: Annotated[str, Positional()]
    user: _USERS = None


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
    user: _USERS = None


@REMINDER.operation(
    "reminder.add", AddReminder, RemindersListed, effect=Effect.WRITE, http="POST/reminders", prints=_reminders_told
)
async def add_reminder(home: "Home", asked: AddReminder) -> RemindersListed:
    """Set it.

    Raises:
        UsageWrong: That is no time to come.
        TooMuch: Too many wait.
    """
    made = await _set(home, _user(home, asked.user), asked.text.strip(), asked.when, ReminderKind.REMINDER)
    return RemindersListed(reminders=(_reminder(made),), rings=home.front_end.rings)


@values
class RemoveReminder(Asks[RemindersListed]):
    """Cancel a reminder."""

    reminder: Annotated[str, Positional()]
    user: _USERS = None


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

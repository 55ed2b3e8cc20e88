"""Timers: listed, set, paused, removed and exported."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said
from sottovoce.domain.schedule_states import ScheduleState
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import when, whose, with_id
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values
from sottovoce.operations.written import Written, write_lines, written_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.records import Reminder, Timer
    from sottovoce.home import Home

USERS = Annotated[str | None, FILLED, Option("U", "cli-timer-user")]
"""Whose; None for the machine's own user."""
AnySet = TypeVar("AnySet", "Timer", "Reminder")

TIMER: Final = Family(
    "timer", usage="clitimer-words", default="list", words=Positional("LENGTH|ID|FILE", "cli-timer-words")
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
class TimersListed(Values):
    """Timers, the next one first."""

    timers: tuple[TimerShown, ...]
    rings: bool
    """Whether anybody is there to tell them: the running application."""


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


def _timer_line(one: TimerShown) -> str:
    left = words("clitimer-left", left=max(round(one.left_s), 0))
    return f"{one.id}  {when(one.due_at)}  {one.state:8} {left}  {one.name}".rstrip()


def scheduled_lines(rows: "Sequence[str]", *, rings: bool, none: str) -> str:
    """Rows, and that nothing will ring where nobody is there to."""
    silent = [] if rings or not rows else [words("clitimer-silent")]
    return "\n".join([*rows, *silent]) or none


def _timers_told(answered: TimersListed) -> str:
    return scheduled_lines([*map(_timer_line, answered.timers)], rings=answered.rings, none=words("clitimer-none"))


def user_of(home: "Home", user: str | None) -> str:
    """The one that is named, else the machine's own."""
    return user or home.settings.user


def the_one(those: "Sequence[AnySet]", begins: str) -> AnySet:
    """The one whose id begins so.

    Raises:
        ThingNotFound: None does, or several do.
    """
    return with_id(those, begins, said("error-nothing-scheduled"))


# --- timers -----------------------------------------------------------------------------------------------------------


@values
class ListTimers(Asks[TimersListed]):
    """The timers that run or stand still."""

    user: USERS = None


@TIMER.operation("timer.list", ListTimers, TimersListed, effect=Effect.READ, http="GET/timers", prints=_timers_told)
async def list_timers(home: "Home", asked: ListTimers) -> TimersListed:
    """List them."""
    timers = await home.planner.schedule.timers(user_of(home, asked.user))
    return TimersListed(timers=tuple(_timer(home, one) for one in timers), rings=home.front_end.rings)


@values
class AddTimer(Asks[TimersListed]):
    """Set a timer."""

    length: Annotated[str, Rest()]
    """As it is said: "ten minutes"."""
    name: Annotated[str, Option("NAME", "cli-timer-name", "clitimer-name-elsewhere")] = ""
    user: USERS = None


@TIMER.operation("timer.add", AddTimer, TimersListed, effect=Effect.WRITE, http="POST/timers", prints=_timers_told)
async def add_timer(home: "Home", asked: AddTimer) -> TimersListed:
    """Set a timer.

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
    user: USERS = None


@TIMER.operation(
    "timer.remove", RemoveTimer, TimersListed, effect=Effect.WRITE, http="DELETE/timers/{timer}", prints=_timers_told
)
async def remove_timer(home: "Home", asked: RemoveTimer) -> TimersListed:
    """Cancel it; what is left is listed.

    Raises:
        ThingNotFound: There is no such timer.
    """
    user = user_of(home, asked.user)
    await home.planner.schedule.cancel(the_one(await home.planner.schedule.timers(user), asked.timer))
    return await list_timers(home, ListTimers(user=user))


@values
class PauseTimer(Asks[TimersListed]):
    """Let a timer stand still."""

    timer: Annotated[str, Positional()]
    user: USERS = None


@TIMER.operation(
    "timer.pause", PauseTimer, TimersListed, effect=Effect.WRITE, http="POST/timers/{timer}/pause", prints=_timers_told
)
async def pause_timer(home: "Home", asked: PauseTimer) -> TimersListed:
    """Pause a timer.

    Raises:
        ThingNotFound: There is no such timer.
    """
    user = user_of(home, asked.user)
    paused = await home.planner.schedule.pause(the_one(await home.planner.schedule.timers(user), asked.timer))
    return TimersListed(timers=(_timer(home, paused),), rings=home.front_end.rings)


@values
class ResumeTimer(Asks[TimersListed]):
    """Let a timer go on."""

    timer: Annotated[str, Positional()]
    user: USERS = None


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
    user = user_of(home, asked.user)
    running = await home.planner.schedule.resume(the_one(await home.planner.schedule.timers(user), asked.timer))
    return TimersListed(timers=(_timer(home, running),), rings=home.front_end.rings)


@values
class ExportTimers(Asks[Written]):
    """Write the timers that are set to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: USERS = None


@TIMER.operation("timer.export", ExportTimers, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told)
async def export_timers(home: "Home", asked: ExportTimers) -> Written:
    """Write them; the file's lines are those of `timer.list`.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
    """
    listed = await list_timers(home, ListTimers(user=asked.user))
    return await write_lines(home, asked.file, listed.timers, "timers")

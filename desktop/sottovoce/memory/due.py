"""When a timer, an alarm or a reminder is due by the clocks of this machine, and what a clock that was wrong did to it.

Pure: nothing is stored here, and nothing waits.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.domain.occurrences import DAY_S, RuleUnusable, moved, next_after, to_recurrence
from sottovoce.domain.records import Timer
from sottovoce.domain.schedule_states import ScheduleState

if TYPE_CHECKING:
    from datetime import tzinfo

    from sottovoce.domain.records import Reminder
    from sottovoce.domain.values import Recurrence
    from sottovoce.memory.held_schedule import AnyScheduled, Scheduled

STEP_S: Final = 2.0
"""Seconds by which clocks differ more than before when one was set: they are put right by less without a step."""
_RANG: Final = frozenset({ScheduleState.RINGING, ScheduleState.RUNG})


class Clocks(Protocol):
    """The clocks of this machine."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC, by a clock that may be set."""

    def boot(self) -> str:
        """Id of this start of the machine; empty where no clock counts from it."""

    def since_boot(self) -> float:
        """Seconds since then, those in sleep too."""


def left_s(one: Scheduled, clocks: Clocks) -> float:
    """Seconds until it is due; negative if it was."""
    if isinstance(one, Timer):
        if one.left_s is not None:
            return one.left_s
        if _counts(one, clocks):
            return one.boot_due_s - clocks.since_boot()
    return one.due_at - clocks.now()


def touched(one: AnyScheduled, clocks: Clocks, **changes: object) -> AnyScheduled:
    """It, changed now."""
    return dataclasses.replace(one, changed_at=clocks.now(), **changes)  # type: ignore[arg-type] # its fields


def counting(timer: Timer, seconds: float, clocks: Clocks) -> Timer:
    """The timer, due in so many seconds from now."""
    boot = clocks.boot()
    return touched(
        timer,
        clocks,
        state=ScheduleState.WAITING,
        left_s=None,
        due_at=clocks.now() + seconds,
        boot=boot,
        boot_due_s=clocks.since_boot() + seconds if boot else 0.0,
    )


def righted(one: AnyScheduled, clocks: Clocks, stepped_s: float, zone: tzinfo | None) -> Scheduled:
    """It, due when it should be by the clocks as they are now.

    Args:
        one: In whatever state.
        clocks: As they are now.
        stepped_s: By how much the clock on the wall was set since the last look.
        zone: Of its user; None for the machine's own.
    """
    if one.state is ScheduleState.WAITING:
        return _waiting(one, clocks, stepped_s, zone)
    if one.state in _RANG and _rang_early(one, clocks):
        if isinstance(one, Timer):
            return counting(one, min(left_s(one, clocks), one.duration_s), clocks)
        return touched(one, clocks, state=ScheduleState.WAITING)
    return one


def _waiting(one: Scheduled, clocks: Clocks, stepped_s: float, zone: tzinfo | None) -> Scheduled:
    now = clocks.now()
    if isinstance(one, Timer):
        return one if left_s(one, clocks) <= one.duration_s + STEP_S else counting(one, one.duration_s, clocks)
    ran_ahead = one.changed_at > now + DAY_S
    if not one.wall:  # in so many hours, whatever the clock shows
        if abs(stepped_s) >= STEP_S:
            return touched(one, clocks, due_at=one.due_at + stepped_s)
        return touched(one, clocks, due_at=now + one.due_at - one.changed_at) if ran_ahead else one
    recurrence = recurrence_of(one)
    if recurrence is not None and ran_ahead:  # when it was told last
        due = next_after(recurrence, wall_of(one), zone, now)
        return touched(one, clocks, due_at=one.due_at if due is None else due)
    due = moved(one.due_at, recurrence, wall_of(one), zone)
    return one if due == one.due_at else dataclasses.replace(one, due_at=due)


def _rang_early(one: Scheduled, clocks: Clocks) -> bool:
    """Whether it rang by a clock that ran ahead by more than a day, and its time is yet to come by the right one."""
    soonest = clocks.now() + DAY_S
    if one.changed_at <= soonest or one.created_at > soonest or one.due_at <= clocks.now():
        return False
    if isinstance(one, Timer):
        return not _counts(one, clocks)  # no clock that can be set made it ring
    return bool(one.wall) or one.changed_at - one.due_at > DAY_S  # else it went along with the clock


def _counts(one: Timer, clocks: Clocks) -> bool:
    return bool(one.boot) and one.boot == clocks.boot()


def recurrence_of(one: Reminder) -> Recurrence | None:
    """When it comes again; None where it comes only once."""
    try:
        return to_recurrence(one.recurrence) if one.wall else None
    except RuleUnusable:  # of another version: it is due once
        return None


def wall_of(one: Reminder) -> datetime:
    """When clocks show its first time."""
    return datetime.fromisoformat(one.wall).replace(tzinfo=None)

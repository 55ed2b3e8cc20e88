"""A moment put together from a day, a part of the day and a time of the clock, as far as they were named."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Moment, Period, Recurrence
from sottovoce.language.hearing.calendar import DAY_MINUTES, at, is_later

if TYPE_CHECKING:
    from collections.abc import Callable

NOON: Final = 12
HOURS: Final = 24
_HOUR: Final = 60
_SMALL: Final = 6
"""Hours before this one belong to the night."""


class DayPart(enum.Enum):
    """A part of the day: its first and last hour, and the hour that stands for it."""

    MORNING = (5, 12, 9)
    FORENOON = (8, 12, 10)
    MIDDAY = (11, 14, 12)
    AFTERNOON = (12, 18, 15)
    EVENING = (17, 24, 19)
    NIGHT = (20, 30, 20)


_TWELVES: Final = {
    DayPart.MORNING: range(1, NOON),
    DayPart.FORENOON: range(7, NOON),
    DayPart.MIDDAY: range(11, NOON),
    DayPart.AFTERNOON: range(1, 8),
    DayPart.EVENING: range(4, NOON),
    DayPart.NIGHT: range(_SMALL, NOON),
}
"""Hours of the clock's face that may be meant of each part."""
_LATE: Final = frozenset({DayPart.AFTERNOON, DayPart.EVENING, DayPart.NIGHT})


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as it was named."""

    hour: int
    """0 to 24."""
    minute: int = 0
    sure: bool = False
    """Whether the half of the day is known."""

    @property
    def minutes(self) -> int:
        """Since the day began."""
        return self.hour * _HOUR + self.minute

    def half(self, *, late: bool) -> ClockTime | None:
        """This time before or after noon; None if it is none of the clock's face."""
        if not 1 <= self.hour <= NOON or (self.sure and self.hour != NOON):
            return None
        return ClockTime(self.hour % NOON + (NOON if late else 0), self.minute, sure=True)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was named."""

    find: Callable[[date], date | None]
    """It, seen from a day; None where there is none."""
    part: DayPart | None = None
    """The part of it that was named in one word with it: "tonight"."""
    comes_again: bool = False
    """Whether it was named by what comes again, as in "the fifteenth", and may be one later."""


MIDNIGHT: Final = ClockTime(HOURS, sure=True)


def within(  # noqa: PLR0911 - a case for each way of naming an hour
    clock: ClockTime, part: DayPart, *, night_of: bool = False
) -> ClockTime | None:
    """The time of day that is meant of a part of it; hours from 24 on are those of the day after.

    Args:
        clock: As it was named.
        part: As it was named.
        night_of: Whether a night was named by its evening ("tonight at two").
    """
    if clock == MIDNIGHT:
        return clock if part in {DayPart.EVENING, DayPart.NIGHT} else None
    if clock.sure or clock.hour > NOON or clock.hour == 0:
        begin, end, _ = part.value
        early = 0 if part in {DayPart.MORNING, DayPart.NIGHT} else begin
        fits = early <= clock.hour <= min(end, HOURS) and not (
            part is DayPart.NIGHT and _SMALL <= clock.hour < NOON + _SMALL
        )
        return ClockTime(clock.hour, clock.minute, sure=True) if fits else None
    if clock.hour == NOON:
        if part in {DayPart.AFTERNOON, DayPart.MIDDAY}:
            return ClockTime(NOON, clock.minute, sure=True)
        return ClockTime(HOURS, clock.minute, sure=True) if part in {DayPart.EVENING, DayPart.NIGHT} else None
    if part is DayPart.NIGHT and clock.hour < _SMALL:
        return ClockTime(clock.hour + (HOURS if night_of else 0), clock.minute, sure=True)
    if part is DayPart.MIDDAY and clock.hour <= 2:  # noqa: PLR2004 - one and two are noon's own
        return ClockTime(clock.hour + NOON, clock.minute, sure=True)
    if clock.hour not in _TWELVES[part]:
        return None
    return ClockTime(clock.hour + (NOON if part in _LATE else 0), clock.minute, sure=True)


def moment_of(  # noqa: PLR0911 - a case for each of what may be named
    day: Day | None, clock: ClockTime | None, part: DayPart | None, now: datetime
) -> Moment | None:
    """What was named, seen from `now`; None if there is no such moment."""
    night_of = part is None
    part = part or (day.part if day else None)
    if clock is not None and part is not None:
        small = part is DayPart.NIGHT and not clock.sure and clock.hour < _SMALL
        if small and day is not None and not night_of:
            return None  # "tomorrow at two at night" may be the one night or the other
        clock = within(clock, part, night_of=night_of)
        if clock is None:
            return None
    if day is None:
        return _soon(clock, part, now)
    date_of = day.find(now.date())
    if date_of is None:
        return None
    if clock is None:
        return Moment(at=at(date_of, part.value[2] * _HOUR if part else 0, now), clock=False)
    found = _on(date_of, clock, now)
    if day.comes_again and not is_later(found.at, now) and (later := day.find(now.date() + timedelta(days=1))):
        return _on(later, clock, now)
    return found


def _soon(clock: ClockTime | None, part: DayPart | None, now: datetime) -> Moment:
    """The next such time of day."""
    if clock is None:
        hour = part.value[2] if part else 0
        return Moment(at=_next((hour * _HOUR,), now), clock=False, day=False)
    face = _face(clock)
    return Moment(at=_next(face, now), day=False, half_known=len(face) == 1)


def _face(clock: ClockTime) -> tuple[int, ...]:
    """The minutes of the day that may be meant."""
    if clock.sure or not 1 <= clock.hour <= NOON:
        return (clock.minutes,)
    early = clock.hour % NOON * _HOUR + clock.minute
    return early, early + NOON * _HOUR


def _next(minutes: tuple[int, ...], now: datetime) -> datetime:
    coming = (
        at(now.date() + timedelta(days=days), one % DAY_MINUTES, now) for days in range(3) for one in sorted(minutes)
    )
    return next(moment for moment in coming if is_later(moment, now))


def _on(day: date, clock: ClockTime, now: datetime) -> Moment:
    """That time on that day: the first of the two, or on the day itself the next one."""
    face = _face(clock)
    if len(face) == 1:
        sure = clock != MIDNIGHT or day == now.date()  # "tomorrow at midnight" may be its first or its last moment
        return Moment(at=at(day, clock.minutes, now), half_known=sure)
    if clock.hour == NOON:  # the twelve of a day is its noon, and then its midnight
        face = (face[1], face[1] + NOON * _HOUR)
    early, late = (at(day, minutes, now) for minutes in face)
    passed = day == now.date() and not is_later(early, now)
    return Moment(at=late if passed else early, half_known=False)


def part_of_day(day: date, part: DayPart, now: datetime) -> Period:
    """A part of a day as a stretch of time."""
    begin, end, _ = part.value
    return Period(start=at(day, begin * _HOUR, now), end=at(day, end * _HOUR, now))


def days_from(first: date, behind: date, now: datetime) -> Period:
    """Whole days as a stretch of time."""
    return Period(start=at(first, 0, now), end=at(behind, 0, now))


@dataclass(frozen=True, slots=True)
class Repeated:
    """Repetitions as they were named, yet without the time of day."""

    rule: Recurrence
    part: DayPart | None = None


def recurrence_of(again: Repeated, clock: ClockTime | None, part: DayPart | None) -> Recurrence | None:
    """Repetitions and the time of day; None where the one does not fit the other."""
    if part is not None and again.part is not None:
        return None
    part = part or again.part
    if clock is None:
        return again.rule
    if part is not None:
        clock = within(clock, part)
        if clock is None:
            return None
    sure = len(_face(clock)) == 1
    hour = clock.hour % HOURS
    return replace(again.rule, at=time(hour, clock.minute), half_known=sure)

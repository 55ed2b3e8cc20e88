"""What the words of a request stand for: moments, stretches of time, repetitions, quantities."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, time
    from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time that somebody named."""

    at: datetime
    """In the zone of who named it; where no time of day was named at 00:00, or at the hour that stands for a part of
    the day: 9 for a morning, 15 for an afternoon, 19 for an evening, 20 for a night."""
    clock: bool = True
    """Whether a time of day was named ("tomorrow at nine"), or only a day ("tomorrow")."""
    day: bool = True
    """Whether a day was named, or only a time of day ("at nine": `at` is the next one)."""
    half_known: bool = True
    """Whether it is sure which half of the day is meant; "at nine" leaves it open, and `at` is the next of the two,
    or the first of a day that was named; the other one is twelve hours later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time that somebody named, as "this weekend" or "tomorrow afternoon"."""

    start: datetime
    end: datetime
    """The first moment that is not in it any more."""


class Cycle(enum.StrEnum):
    """What repetitions count."""

    MINUTE = "minutely"
    HOUR = "hourly"
    DAY = "daily"
    WEEK = "weekly"
    MONTH = "monthly"
    YEAR = "yearly"


_MONTHS, _MONTH_DAYS = 12, 31
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How something comes again."""

    step: Cycle
    interval: int = 1
    """Each, every second…."""
    weekdays: tuple[int, ...] = ()
    """0 for Monday; empty for that of the first time."""
    month_day: int | None = None
    """Day of the month, -1 for the last one; None for that of the first time."""
    month: int | None = None
    at: time | None = None
    """The time of day, where one was named."""
    half_known: bool = True
    """As `Moment.half_known`, of `at`."""

    @property
    def rule(self) -> str:
        """As RFC 5545 writes it, as in "FREQ=WEEKLY;BYDAY=MO,TU"; the time of day is that of the first time."""
        parts = [f"FREQ={self.step.upper()}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append(f"BYDAY={','.join(_WEEKDAYS[day] for day in self.weekdays)}")
        if self.month is not None:
            parts.append(f"BYMONTH={self.month}")
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        return ";".join(parts)


def recurrence_of_rule(rule: str) -> Recurrence | None:
    """What an RFC 5545 rule says of how often; None where a `Recurrence` can not say it.

    When it ends (UNTIL, COUNT), and on which day its weeks begin, is left out.
    """
    step, interval, month, month_day = None, 1, None, None
    weekdays: tuple[int, ...] = ()
    try:
        for part in rule.strip().upper().removeprefix("RRULE:").strip(";").split(";"):
            match part.split("="):
                case ("FREQ", value):
                    step = Cycle(value.lower())
                case ("INTERVAL", value):
                    interval = int(value)
                case ("BYDAY", value):
                    weekdays = tuple(sorted(_WEEKDAYS.index(day) for day in value.split(",")))
                case ("BYMONTH", value):
                    month = int(value)
                case ("BYMONTHDAY", value):
                    month_day = int(value)
                case ("UNTIL" | "COUNT" | "WKST", _):
                    pass
                case _:
                    return None
    except ValueError:  # "BYDAY=1MO", "FREQ=SECONDLY"
        return None
    day_fits = month_day is None or month_day == -1 or 1 <= month_day <= _MONTH_DAYS
    if step is None or interval < 1 or not day_fits or (month is not None and not 1 <= month <= _MONTHS):
        return None
    return Recurrence(step=step, interval=interval, weekdays=weekdays, month=month, month_day=month_day)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of a unit."""

    number: Fraction
    unit: str
    """Its name in `domain.units`, as in "kilometre"."""

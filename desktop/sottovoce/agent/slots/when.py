"""When something is to be, as it is said: a moment, how it comes again, or both in either order."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.values import Moment, Recurrence
    from sottovoce.language.analysis import SlotValues

_MOST_WORDS: Final = 14
"""Longer than any words for a moment."""
_HALF_DAY: Final = timedelta(hours=12)
_LATER: Final = timedelta(seconds=37)
"""What is said a little later means a moment that is as much later only if it counts from then."""
_NIGHT_ENDS: Final = 7
_NIGHT_BEGINS: Final = 23
_MORNING: Final = range(4, 12)
_WAKE_WITHIN: Final = timedelta(hours=4)
"""Who wants to be woken in the afternoon sleeps already, or soon."""


def local_to(user: UserContext, now: datetime) -> datetime:
    """The same moment where the user is."""
    return now.astimezone(ZoneInfo(user.time_zone)) if user.time_zone else now


@dataclass(frozen=True, slots=True)
class When:
    """A moment, a repetition, or both ("at half past six every weekday")."""

    moment: Moment | None = None
    recurrence: Recurrence | None = None
    counted: bool = False
    """Whether it counts from now ("in ten minutes"), whatever clocks show then."""


def when_of(words: str, values: SlotValues, now: datetime) -> When | None:
    """What all of the words stand for; None where they stand for nothing of the kind."""
    if not words or len(words.split()) > _MOST_WORDS:
        return None
    if (moment := values.moment(words, now)) is not None:
        later = values.moment(words, now + _LATER)
        return When(moment, counted=later is not None and later.at - moment.at == _LATER)
    if (recurrence := values.recurrence(words)) is not None:
        return When(recurrence=recurrence)
    parts = words.split()
    for at in range(1, len(parts)):
        first, second = " ".join(parts[:at]), " ".join(parts[at:])
        for again, once in ((first, second), (second, first)):
            recurrence = values.recurrence(again)
            moment = values.moment(once, now) if recurrence is not None else None
            if recurrence is not None and moment is not None and moment.clock:
                return When(moment, recurrence)
    return None


def joined(first: When, second: When) -> When:
    """One that lacked something, as a time of day, and what was said when that was asked."""
    recurrence = second.recurrence or first.recurrence
    one, other = first.moment, second.moment
    if one is None or other is None or other.day:
        return When(other or one, recurrence, (second if other else first).counted)
    if not one.clock and other.clock:
        at = datetime.combine(one.at.date(), other.at.timetz())
        return When(dataclasses.replace(other, at=at, day=True), recurrence)
    return When(other, recurrence)


def meant(moment: Moment, now: datetime, *, wakes: bool = False) -> datetime:
    """The moment where its half of the day was left open: the one that makes sense, which the answer says aloud.

    Args:
        moment: What was said.
        now: When.
        wakes: Whether it is to wake somebody.
    """
    at = moment.at
    if moment.half_known or not moment.clock:
        return at
    if moment.day:
        other = at + _HALF_DAY if at.hour < _HALF_DAY.seconds // 3600 else at - _HALF_DAY
        early, late = min(at, other), max(at, other)
        if early <= now < late and early.date() == late.date():
            return late
        return early if early.hour >= (_MORNING[0] if wakes else _NIGHT_ENDS) else late
    if wakes:
        return at if at.hour in _MORNING or at - now <= _WAKE_WITHIN else at + _HALF_DAY
    asleep = at.hour < _NIGHT_ENDS or at.hour >= _NIGHT_BEGINS
    return at + _HALF_DAY if asleep and at - now > timedelta(hours=1) else at


def meant_time(recurrence: Recurrence, *, wakes: bool = False) -> datetime | None:
    """The time of day of a repetition, on any day; None where none was named."""
    if recurrence.at is None:
        return None
    at = datetime.combine(datetime(2000, 1, 3), recurrence.at)  # noqa: DTZ001 - a time of day alone
    if recurrence.half_known or wakes:
        return at
    early = at if at.hour < _HALF_DAY.seconds // 3600 else at - _HALF_DAY
    return early if early.hour >= _NIGHT_ENDS else early + _HALF_DAY

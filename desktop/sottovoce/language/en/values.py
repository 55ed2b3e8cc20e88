"""What English words stand for: numbers, lengths of time, moments, quantities."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sottovoce.domain.values import Period, Quantity, Recurrence

from sottovoce.domain.values import Moment

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"  # noqa: SIM905
        " seventeen eighteen nineteen".split()
    )
} | {word: 20 + 10 * at for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}  # noqa: SIM905
_UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_HALF_DAY: Final = 12


def number(text: str) -> Fraction | None:
    """See `Values.number`."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return Fraction(text)
    total = 0
    for word in text.split():
        if word not in _NUMBERS:
            return None
        total += _NUMBERS[word]
    return Fraction(total) if text.strip() else None


def ordinal(text: str) -> int | None:
    """See `Values.ordinal`."""
    return {"first": 1, "second": 2, "third": 3, "last": -1}.get(text)


def duration(text: str) -> timedelta | None:
    """See `Values.duration`."""
    found = re.fullmatch(r"(.+) (second|minute|hour|day|week)s?", text)
    if found is None:
        return None
    count = Fraction(1) if found[1] in {"a", "an"} else number(found[1])
    return None if count is None else timedelta(seconds=float(count * _UNITS[found[2]]))


def moment(text: str, now: datetime) -> Moment | None:
    """See `Values.moment`."""
    if found := re.fullmatch(r"in (.+)", text):
        length = duration(found[1])
        return None if length is None else Moment(at=now + length)
    found = re.fullmatch(r"(?:(tomorrow|today)(?: |$))?(?:at (\w+)(?: (am|pm))?)?", text)
    if not text or found is None:
        return None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day += timedelta(days=1) if found[1] == "tomorrow" else timedelta()
    if found[2] is None:
        return Moment(at=day, clock=False)
    hour = number(found[2])
    if hour is None:
        return None
    at = day + timedelta(hours=int(hour) % _HALF_DAY + (_HALF_DAY if found[3] == "pm" else 0))
    if found[1] is None and at <= now:
        at += timedelta(days=1)
    return Moment(at=at, day=found[1] is not None, half_known=found[3] is not None)


def period(text: str, now: datetime) -> Period | None:  # noqa: ARG001 - not built yet
    """See `Values.period`."""
    return None


def recurrence(text: str) -> Recurrence | None:  # noqa: ARG001 - not built yet
    """See `Values.recurrence`."""
    return None


def quantity(text: str) -> Quantity | None:  # noqa: ARG001 - not built yet
    """See `Values.quantity`."""
    return None


def unit(text: str) -> str | None:  # noqa: ARG001 - not built yet
    """See `Values.unit`."""
    return None


def things(text: str) -> tuple[str, ...]:
    """See `Values.things`."""
    return tuple(one for part in re.split(r",| and ", text) if (one := part.strip()))

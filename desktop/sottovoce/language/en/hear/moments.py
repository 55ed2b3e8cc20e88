"""Moments: a day, a part of it and a time of the clock in any order, or a length of time from now."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from sottovoce.domain.values import Moment
from sottovoce.language.en.hear.calendar_names import MONTHS, WEEKDAYS
from sottovoce.language.en.hear.days import clocks, days, parts
from sottovoce.language.en.hear.lengths import seconds
from sottovoce.language.hearing.calendar import after
from sottovoce.language.hearing.moments import ClockTime, Day, DayPart, moment_of
from sottovoce.language.hearing.tokens import arranged

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    from sottovoce.language.hearing.tokens import Said

_GLUED: Final = re.compile(r"(\d{1,2}(?:[:.]\d\d)?)([ap])\.?m\.?")
_ISO_CLOCK: Final = re.compile(r"(\d{4}-\d\d-\d\d)t(\d\d:\d\d)")


def prepared(said: Said) -> Said:
    """The words with what is written in one taken apart: "7:30pm", "o'clock"."""
    made: list[str] = []
    for word in said:
        if word[0].isdecimal() and (glued := _GLUED.fullmatch(word)):
            made += [glued[1], f"{glued[2]}m"]
        elif word[0].isdecimal() and (both := _ISO_CLOCK.fullmatch(word)):
            made += [both[1], both[2]]
        elif word.endswith(".") and (word[:-1] in MONTHS or word[:-1] in WEEKDAYS):
            made.append(word[:-1])
        elif word == "clock" and made and made[-1] == "o":
            made[-1] = "o'clock"
        else:
            made.append("o'clock" if word == "oclock" else word)
    return tuple(made)


def moment(said: Said, now: datetime) -> Moment | None:
    """A point in time."""
    if said in {("now",), ("right", "now")}:
        return Moment(at=now)
    said = prepared(said)
    found = arranged(said, (days, clocks, parts))
    if found is not None:
        day, clock, part = cast("tuple[Day | None, ClockTime | None, DayPart | None]", found)
        return moment_of(day, clock, part, now)
    length = _away(said)
    return None if length is None else Moment(at=after(now, timedelta(seconds=float(length))))


def _away(said: Said) -> Fraction | None:
    """The seconds from now on: "in an hour and a half", "ten minutes from now", "ten minutes ago"."""
    match said:
        case ("in", *length, "time" | "time's"):
            return seconds(tuple(word.removesuffix("'") for word in length))
        case ("in", *length):
            return seconds(tuple(length))
        case (*length, "from", "now"):
            return seconds(tuple(length))
        case (*length, "ago"):
            found = seconds(tuple(length))
            return None if found is None else -found
        case _:
            return None

"""Moments: a day, a part of it and a time of the clock in any order, or a length of time from now."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from sottovoce.domain.values import Moment
from sottovoce.language.de.hear.days import clocks, days, parts
from sottovoce.language.de.hear.lengths import seconds
from sottovoce.language.hearing.calendar import after
from sottovoce.language.hearing.moments import ClockTime, Day, DayPart, moment_of
from sottovoce.language.hearing.tokens import arranged

if TYPE_CHECKING:
    from datetime import datetime

    from sottovoce.language.hearing.tokens import Said

_GLUED: Final = re.compile(r"(\d{1,2}(?:[:.]\d\d)?)(uhr|h)")
_ISO_CLOCK: Final = re.compile(r"(\d{4}-\d\d-\d\d)t(\d\d:\d\d)")


def prepared(said: Said) -> Said:
    """The words with what is written in one taken apart: "19uhr"."""
    made: list[str] = []
    for word in said:
        if word[0].isdecimal() and (found := _GLUED.fullmatch(word) or _ISO_CLOCK.fullmatch(word)):
            made += [found[1], found[2]]
        else:
            made.append(word)
    return tuple(made)


def moment(said: Said, now: datetime) -> Moment | None:
    """A point in time."""
    if said in {("jetzt",), ("sofort",)}:
        return Moment(at=now)
    said = prepared(said)
    found = arranged(said, (days, clocks, parts))
    if found is not None:
        day, clock, part = cast("tuple[Day | None, ClockTime | None, DayPart | None]", found)
        return moment_of(day, clock, part, now)
    length = seconds(said[1:]) if said and said[0] in {"in", "vor"} else None
    if length is None or said[1:] == ("acht", "tagen"):
        return None
    return Moment(at=after(now, timedelta(seconds=float(length) * (1 if said[0] == "in" else -1))))

"""Repetitions: "every day at seven", "on weekdays", "every second friday", "on the first of every month"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sottovoce.domain.values import Cycle, Recurrence
from sottovoce.language.en.hear.calendar_names import HOLIDAYS, MONTHS, PARTS, WEEKDAYS
from sottovoce.language.en.hear.days import clocks, parts
from sottovoce.language.en.hear.lengths import SECONDS, count
from sottovoce.language.en.hear.moments import prepared
from sottovoce.language.en.hear.numbers import ordinal, small
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import ClockTime, DayPart, Repeated, recurrence_of
from sottovoce.language.hearing.tokens import arranged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.hearing.tokens import Said

_WORKING: Final = (0, 1, 2, 3, 4)
_WEEKEND: Final = (5, 6)
_ADVERBS: Final[dict[Said, Recurrence]] = {
    ("daily",): Recurrence(step=Cycle.DAY),
    ("weekly",): Recurrence(step=Cycle.WEEK),
    ("fortnightly",): Recurrence(step=Cycle.WEEK, interval=2),
    ("monthly",): Recurrence(step=Cycle.MONTH),
    ("yearly",): Recurrence(step=Cycle.YEAR),
    ("annually",): Recurrence(step=Cycle.YEAR),
    ("hourly",): Recurrence(step=Cycle.HOUR),
    ("quarterly",): Recurrence(step=Cycle.MONTH, interval=3),
    ("weekdays",): Recurrence(step=Cycle.WEEK, weekdays=_WORKING),
    ("on", "weekdays"): Recurrence(step=Cycle.WEEK, weekdays=_WORKING),
    ("weekends",): Recurrence(step=Cycle.WEEK, weekdays=_WEEKEND),
    ("on", "weekends"): Recurrence(step=Cycle.WEEK, weekdays=_WEEKEND),
    ("at", "weekends"): Recurrence(step=Cycle.WEEK, weekdays=_WEEKEND),
    ("at", "the", "weekends"): Recurrence(step=Cycle.WEEK, weekdays=_WEEKEND),
    **{
        ("once", one, name): Recurrence(step=step)
        for one in ("a", "an", "every", "each", "per")
        for name, step in (
            ("hour", Cycle.HOUR),
            ("day", Cycle.DAY),
            ("week", Cycle.WEEK),
            ("month", Cycle.MONTH),
            ("year", Cycle.YEAR),
        )
    },
}
_STEPS: Final = {
    **dict.fromkeys(("minute", "minutes"), (Cycle.MINUTE, 1)),
    **dict.fromkeys(("hour", "hours"), (Cycle.HOUR, 1)),
    **dict.fromkeys(("day", "days"), (Cycle.DAY, 1)),
    **dict.fromkeys(("week", "weeks"), (Cycle.WEEK, 1)),
    **dict.fromkeys(("fortnight", "fortnights"), (Cycle.WEEK, 2)),
    **dict.fromkeys(("month", "months"), (Cycle.MONTH, 1)),
    **dict.fromkeys(("year", "years"), (Cycle.YEAR, 1)),
}
_SEVERAL: Final = {f"{name}s": at for name, at in WEEKDAYS.items() if len(name) > len("thurs")}
_EVERY: Final = frozenset({"every", "each"})
_JOINING: Final = frozenset({"and", ",", "or", "on"})
_MINUTE: Final = 60


def recurrence(said: Said) -> Recurrence | None:
    """How something comes again."""
    if len(said) > 1 and said[-1] == "only":
        said = said[:-1]
    if len(said) > 1 and said[0] == "only":
        said = said[1:]
    found = arranged(prepared(said), (_again, clocks, parts))
    if found is None or found[0] is None:
        return None
    again, clock, part = cast("tuple[Repeated, ClockTime | None, DayPart | None]", found)
    if clock is not None and again.rule.step in {Cycle.MINUTE, Cycle.HOUR}:
        return None
    return recurrence_of(again, clock, part)


def _again(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    for length in (3, 2, 1):
        name = said[at : at + length]
        if rule := _ADVERBS.get(name):
            yield from _stepped(said, at + len(name), rule)
    yield from _every_day_of_month(said, at)
    if said[at] in _EVERY:
        yield from _every(said, at + 1 + (said[at + 1 : at + 2] == ("single",)))
    if said[at] == "nightly":
        yield at + 1, Repeated(Recurrence(step=Cycle.DAY), DayPart.NIGHT)
    if said[at] == "weekday":
        yield from _with_part(said, at + 1, Recurrence(step=Cycle.WEEK, weekdays=_WORKING), told=True)
    begin = at + (said[at] in {"on", "for"})
    yield from _weekdays(said, begin, several=True)


def _every(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """What follows "every"."""
    interval, behind = _interval(said, at)
    name = said[behind] if behind < len(said) else ""
    if name in {"weekday", "workday"} or said[behind : behind + 2] in {("working", "day"), ("work", "day")}:
        if interval == 1:
            end = behind + 1 + (name not in {"weekday", "workday"})
            yield from _with_part(said, end, Recurrence(step=Cycle.WEEK, weekdays=_WORKING))
    elif name == "weekend" and interval == 1:
        yield behind + 1, Repeated(Recurrence(step=Cycle.WEEK, weekdays=_WEEKEND))
    elif name in PARTS and interval == 1:
        yield behind + 1, Repeated(Recurrence(step=Cycle.DAY), PARTS[name])
    elif name in _STEPS:
        step, times = _STEPS[name]
        yield from _stepped(said, behind + 1, Recurrence(step=step, interval=interval * times))
    yield from _weekdays(said, behind, interval=interval)
    yield from _of_year(said, at)
    if behind == at:
        yield from _counted(said, at)


def _interval(said: Said, at: int) -> tuple[int, int]:
    """Every second, every other…; and where the name of it stands."""
    if said[at : at + 1] == ("other",):
        return 2, at + 1
    for length in (2, 1):
        place = ordinal(said[at : at + length]) if at + length < len(said) else None
        if place and said[at] != "the":
            return place, at + length
    return 1, at


def _counted(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """As in "every two weeks", "every ten minutes", "every half hour"."""
    for end in range(at + 1, min(len(said), at + 6)):
        if said[end] not in _STEPS or (how_many := count(said[at:end])) is None:
            continue
        step, times = _STEPS[said[end]]
        if step in {Cycle.HOUR, Cycle.MINUTE} and how_many.denominator != 1:
            how_many, step = how_many * SECONDS[said[end]] / _MINUTE, Cycle.MINUTE
        if how_many.denominator == 1 and how_many > 0:
            yield from _stepped(said, end + 1, Recurrence(step=step, interval=int(how_many) * times))


def _stepped(said: Said, at: int, rule: Recurrence) -> Iterator[tuple[int, Repeated]]:
    """A step, and on which of its days: "every month on the third", "every two weeks on friday"."""
    if said[at : at + 1] == ("on",):
        if rule.step is Cycle.WEEK and not rule.weekdays:
            yield from _weekdays(said, at + 1, interval=rule.interval)
        elif rule.step is Cycle.MONTH:
            for end, day in _day_of_month(said, at + 1):
                yield end, Repeated(Recurrence(step=Cycle.MONTH, interval=rule.interval, month_day=day))
        elif rule.step is Cycle.YEAR and rule.interval == 1:
            yield from _of_year(said, at + 1)
    yield at, Repeated(rule)


def _weekdays(said: Said, at: int, *, interval: int = 1, several: bool = False) -> Iterator[tuple[int, Repeated]]:
    """Days of the week, one after the other, or from one to another."""
    names = _SEVERAL if several else {**_SEVERAL, **WEEKDAYS}
    found: list[int] = []
    end = at
    while end < len(said):
        skip = end + (bool(found) and said[end] in _JOINING)
        skip += bool(found) and said[skip : skip + 1] in {("every",), ("on",), ("and",)}
        if skip >= len(said) or said[skip] not in names:
            break
        found.append(names[said[skip]])
        end = skip + 1
        names = {**_SEVERAL, **WEEKDAYS}
    match said[at : at + 3]:
        case (first, "to" | "through" | "till", last) if first in WEEKDAYS and last in WEEKDAYS:
            begin, until = WEEKDAYS[first], WEEKDAYS[last]
            if begin < until and interval == 1:
                yield at + 3, Repeated(Recurrence(step=Cycle.WEEK, weekdays=tuple(range(begin, until + 1))))
        case _:
            pass
    if found and len(set(found)) == len(found) and (interval == 1 or len(found) == 1):
        rule = Recurrence(step=Cycle.WEEK, interval=interval, weekdays=tuple(sorted(found)))
        yield from _with_part(said, end, rule)


def _with_part(said: Said, at: int, rule: Recurrence, *, told: bool = False) -> Iterator[tuple[int, Repeated]]:
    """Days, and the part of each that is named behind them: "every monday morning"."""
    if at < len(said) and said[at].removesuffix("s") in PARTS:
        yield at + 1, Repeated(rule, PARTS[said[at].removesuffix("s")])
    if not told:
        yield at, Repeated(rule)


def _day_of_month(said: Said, at: int) -> Iterator[tuple[int, int]]:
    at += said[at : at + 1] == ("the",)
    if said[at : at + 2] == ("last", "day"):
        yield at + 2, -1
    for length in (2, 1):
        word = said[at : at + length]
        if len(word) == length and (found := ordinal(word)) and found <= 31 and word[0] != "the":  # noqa: PLR2004 - days
            yield at + length + (said[at + length : at + length + 1] == ("day",)), found


def _every_day_of_month(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """As in "on the first of every month", "every first of the month"."""
    every = said[at] in _EVERY
    begin = at + (every or said[at] in {"on", "for"})
    for end, day in _day_of_month(said, begin):
        match said[end : end + 3]:
            case ("of", "every" | "each", "month"):
                yield end + 3, Repeated(Recurrence(step=Cycle.MONTH, month_day=day))
            case ("of", "every", "other" | "second") if said[end + 3 : end + 4] == ("month",):
                yield end + 4, Repeated(Recurrence(step=Cycle.MONTH, interval=2, month_day=day))
            case ("of", "the", "month") if every:
                yield end + 3, Repeated(Recurrence(step=Cycle.MONTH, month_day=day))
            case _:
                pass


def _of_year(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """A date that comes every year: "may third", "the third of may", "christmas"."""
    at += said[at : at + 1] == ("the",)
    for length in (3, 2, 1):
        name = said[at : at + length]
        if day := HOLIDAYS.get(name):
            yield at + len(name), Repeated(Recurrence(step=Cycle.YEAR, month=day[0], month_day=day[1]))
    if at < len(said) and said[at] in MONTHS:
        month, begin = MONTHS[said[at]], at + 1 + (said[at + 1 : at + 2] == ("the",))
        for length in (2, 1):
            word = said[begin : begin + length]
            number = (ordinal(word) or small(word)) if len(word) == length else None
            if number and calendar.is_date(2000, month, number):
                yield begin + length, Repeated(Recurrence(step=Cycle.YEAR, month=month, month_day=number))
    for end, number in _day_of_month(said, at):
        behind = end + (said[end : end + 1] == ("of",))
        month = MONTHS.get(said[behind], 0) if behind < len(said) else 0
        if calendar.is_date(2000, month, number) and number > 0:
            yield behind + 1, Repeated(Recurrence(step=Cycle.YEAR, month=month, month_day=number))

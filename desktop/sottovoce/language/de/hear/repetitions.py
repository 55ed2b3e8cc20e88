"""Repetitions: "jeden tag um sieben", "werktags", "jeden zweiten freitag", "am ersten jedes monats"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sottovoce.domain.values import Cycle, Recurrence
from sottovoce.language.de.hear.calendar_names import HOLIDAYS, MONTHS, PARTS, WEEKDAYS
from sottovoce.language.de.hear.days import GLUED_DAYS, clocks, day_numbers, parts
from sottovoce.language.de.hear.lengths import SECONDS, apart, count
from sottovoce.language.de.hear.moments import prepared
from sottovoce.language.de.hear.numbers import ordinal
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import ClockTime, DayPart, Repeated, recurrence_of
from sottovoce.language.hearing.tokens import arranged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.hearing.tokens import Said

_WORKING: Final = Recurrence(step=Cycle.WEEK, weekdays=(0, 1, 2, 3, 4))
_WEEKEND: Final = Recurrence(step=Cycle.WEEK, weekdays=(5, 6))
_ADVERBS: Final[dict[Said, Repeated]] = {
    ("täglich",): Repeated(Recurrence(step=Cycle.DAY)),
    ("tagtäglich",): Repeated(Recurrence(step=Cycle.DAY)),
    ("wöchentlich",): Repeated(Recurrence(step=Cycle.WEEK)),
    ("vierzehntägig",): Repeated(Recurrence(step=Cycle.WEEK, interval=2)),
    ("zweiwöchentlich",): Repeated(Recurrence(step=Cycle.WEEK, interval=2)),
    ("monatlich",): Repeated(Recurrence(step=Cycle.MONTH)),
    ("vierteljährlich",): Repeated(Recurrence(step=Cycle.MONTH, interval=3)),
    ("halbjährlich",): Repeated(Recurrence(step=Cycle.MONTH, interval=6)),
    ("jährlich",): Repeated(Recurrence(step=Cycle.YEAR)),
    ("stündlich",): Repeated(Recurrence(step=Cycle.HOUR)),
    ("halbstündlich",): Repeated(Recurrence(step=Cycle.MINUTE, interval=30)),
    ("werktags",): Repeated(_WORKING),
    ("wochentags",): Repeated(_WORKING),
    ("unter", "der", "woche"): Repeated(_WORKING),
    ("an", "werktagen"): Repeated(_WORKING),
    ("an", "wochentagen"): Repeated(_WORKING),
    ("an", "arbeitstagen"): Repeated(_WORKING),
    ("an", "wochenenden"): Repeated(_WEEKEND),
    ("einmal", "am", "tag"): Repeated(Recurrence(step=Cycle.DAY)),
    ("einmal", "in", "der", "woche"): Repeated(Recurrence(step=Cycle.WEEK)),
    ("einmal", "die", "woche"): Repeated(Recurrence(step=Cycle.WEEK)),
    ("einmal", "pro", "woche"): Repeated(Recurrence(step=Cycle.WEEK)),
    ("einmal", "im", "monat"): Repeated(Recurrence(step=Cycle.MONTH)),
    ("einmal", "im", "jahr"): Repeated(Recurrence(step=Cycle.YEAR)),
}
_STEPS: Final = {
    **dict.fromkeys(("minute", "minuten"), Cycle.MINUTE),
    **dict.fromkeys(("stunde", "stunden"), Cycle.HOUR),
    **dict.fromkeys(("tag", "tage"), Cycle.DAY),
    **dict.fromkeys(("woche", "wochen"), Cycle.WEEK),
    **dict.fromkeys(("monat", "monate"), Cycle.MONTH),
    **dict.fromkeys(("jahr", "jahre"), Cycle.YEAR),
}
_SEVERAL: Final = {f"{name}s": at for name, at in WEEKDAYS.items() if len(name) > len("mo")}
_NAMES: Final = {name: at for name, at in WEEKDAYS.items() if len(name) > len("mo")} | _SEVERAL
_EVERY: Final = frozenset({"jeden", "jede", "jedes", "jedem", "jeder", "alle"})
_JOINING: Final = frozenset({"und", ",", "oder"})
_MINUTE: Final = 60
_TWO_WEEKS: Final = 14


def recurrence(said: Said) -> Recurrence | None:
    """How something comes again."""
    if "immer" in said[1:]:  # "werktags immer um acht"
        at = said.index("immer")
        said = ("immer", *said[:at], *said[at + 1 :])
    found = arranged(prepared(said), (_again, clocks, parts))
    if found is None or found[0] is None:
        return None
    again, clock, part = cast("tuple[Repeated, ClockTime | None, DayPart | None]", found)
    if clock is not None and again.rule.step in {Cycle.MINUTE, Cycle.HOUR}:
        return None
    return recurrence_of(again, clock, part)


def _again(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    for length in (4, 3, 2, 1):
        name = said[at : at + length]
        if len(name) == length and name in _ADVERBS:
            yield at + length, _ADVERBS[name]
    yield from _of_every_month(said, at)
    if said[at] in _EVERY:
        yield from _every(said, at + 1)
    if said[at] == "immer" and at + 1 < len(said):
        yield from _again(said, at + 1)
    yield from _weekdays(said, at + (said[at] in {"von", "immer"}), several=True)


def _every(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """What follows "jeden"."""
    place = ordinal(said[at : at + 1]) if at + 1 < len(said) else None
    interval, behind = (place, at + 1) if place else (1, at)
    name = said[behind] if behind < len(said) else ""
    if name in {"werktag", "wochentag", "arbeitstag"} and interval == 1:
        yield from _with_part(said, behind + 1, _WORKING)
    elif name == "wochenende" and interval == 1:
        yield behind + 1, Repeated(_WEEKEND)
    elif name in PARTS and name != "früh" and interval == 1:
        yield behind + 1, Repeated(Recurrence(step=Cycle.DAY), PARTS[name])
    elif name in GLUED_DAYS and interval == 1:
        weekday, part = GLUED_DAYS[name]
        yield behind + 1, Repeated(Recurrence(step=Cycle.WEEK, weekdays=(weekday,)), part)
    elif name in _STEPS:
        yield from _stepped(said, behind + 1, Recurrence(step=_STEPS[name], interval=interval))
    yield from _weekdays(said, behind, interval=interval)
    yield from _of_year(said, at)
    if not place:
        yield from _counted(said, at)


def _counted(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """As in "alle zwei wochen", "alle zehn minuten", "jede halbe stunde"."""
    for end in range(at, min(len(said), at + 5)):
        words = apart(said[at : end + 1])
        how_many = count(words[:-1]) if len(words) > 1 and words[-1] in _STEPS else None
        if how_many is None:
            continue
        step, name = _STEPS[words[-1]], words[-1]
        if step in {Cycle.HOUR, Cycle.MINUTE} and how_many.denominator != 1:
            how_many, step = how_many * SECONDS[name] / _MINUTE, Cycle.MINUTE
        if how_many.denominator != 1 or how_many <= 0:
            continue
        interval = int(how_many)
        if step is Cycle.DAY and interval == _TWO_WEEKS:
            step, interval = Cycle.WEEK, 2
        yield from _stepped(said, end + 1, Recurrence(step=step, interval=interval))


def _stepped(said: Said, at: int, rule: Recurrence) -> Iterator[tuple[int, Repeated]]:
    """A step, and on which of its days: "jeden monat am dritten", "alle zwei wochen am freitag"."""
    if said[at : at + 1] in {("am",), ("an",)}:
        if rule.step is Cycle.WEEK:
            yield from _weekdays(said, at + 1, interval=rule.interval)
        elif rule.step is Cycle.MONTH:
            for end, day in _day_of_month(said, at + 1):
                yield end, Repeated(Recurrence(step=Cycle.MONTH, interval=rule.interval, month_day=day))
        elif rule.step is Cycle.YEAR and rule.interval == 1:
            yield from _of_year(said, at + 1)
    elif rule.step is Cycle.WEEK and rule.interval > 1:
        yield from _weekdays(said, at, interval=rule.interval)
    yield at, Repeated(rule)


def _weekdays(said: Said, at: int, *, interval: int = 1, several: bool = False) -> Iterator[tuple[int, Repeated]]:
    """Days of the week, one after the other, or from one to another."""
    names = _SEVERAL if several else _NAMES
    found: list[int] = []
    end = at
    while end < len(said):
        skip = end + (bool(found) and said[end] in _JOINING)
        skip += bool(found) and said[skip : skip + 1] in {("jeden",), ("am",)}
        if skip >= len(said) or said[skip] not in names:
            break
        found.append(names[said[skip]])
        end, names = skip + 1, _NAMES
    match said[at : at + 3]:
        case (first, "bis", last) if first in _NAMES and last in _NAMES and interval == 1:
            begin, until = _NAMES[first], _NAMES[last]
            if begin < until:
                yield at + 3, Repeated(Recurrence(step=Cycle.WEEK, weekdays=tuple(range(begin, until + 1))))
        case _:
            pass
    if found and len(set(found)) == len(found) and (interval == 1 or len(found) == 1):
        rule = Recurrence(step=Cycle.WEEK, interval=interval, weekdays=tuple(sorted(found)))
        yield from _with_part(said, end, rule)


def _with_part(said: Said, at: int, rule: Recurrence) -> Iterator[tuple[int, Repeated]]:
    """Days, and the part of each that is named behind them: "jeden montag abend"."""
    if at < len(said) and said[at] in PARTS:
        yield at + 1, Repeated(rule, PARTS[said[at]])
    yield at, Repeated(rule)


def _day_of_month(said: Said, at: int) -> Iterator[tuple[int, int]]:
    if said[at : at + 2] in {("letzten", "tag"), ("letzter", "tag")}:
        yield at + 2, -1
    for end, number in day_numbers(said, at):
        if ordinal(said[at:end]):
            yield end + (said[end : end + 1] == ("tag",)), number


def _of_every_month(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """As in "am ersten jedes monats", "jeden ersten des monats"."""
    every = said[at] in {"jeden", "jedem"}
    begin = at + (every or said[at] in {"am", "zum"})
    if begin == at:
        return
    for end, day in _day_of_month(said, begin):
        match said[end : end + 3]:
            case ("jedes" | "jeden", "monats", *_) | ("im", "monat", *_):
                yield end + 2, Repeated(Recurrence(step=Cycle.MONTH, month_day=day))
            case ("eines", "jeden", "monats"):
                yield end + 3, Repeated(Recurrence(step=Cycle.MONTH, month_day=day))
            case ("des", "monats", *_) if every:
                yield end + 2, Repeated(Recurrence(step=Cycle.MONTH, month_day=day))
            case _:
                pass


def _of_year(said: Said, at: int) -> Iterator[tuple[int, Repeated]]:
    """A date that comes every year: "dritten mai", "weihnachten"."""
    for length in (4, 3, 2, 1):
        name = said[at : at + length]
        if len(name) == length and name in HOLIDAYS:
            month, day = HOLIDAYS[name]
            yield at + length, Repeated(Recurrence(step=Cycle.YEAR, month=month, month_day=day))
    for end, number in _day_of_month(said, at):
        month = MONTHS.get(said[end], 0) if end < len(said) else 0
        if number > 0 and calendar.is_date(2000, month, number):
            yield end + 1, Repeated(Recurrence(step=Cycle.YEAR, month=month, month_day=number))

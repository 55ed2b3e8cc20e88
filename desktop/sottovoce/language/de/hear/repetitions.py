"""Repetitions: "jeden tag um sieben", "werktags", "jeden zweiten freitag", "am ersten jedes monats"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sottovoce.domain.values import Recurrence, Step
from sottovoce.language.de.hear.days import GLUED_DAYS, HOLIDAYS, MONTHS, PARTS, WEEKDAYS, clocks, day_numbers, parts
from sottovoce.language.de.hear.lengths import SECONDS, apart, count
from sottovoce.language.de.hear.moments import prepared
from sottovoce.language.de.hear.numbers import ordinal
from sottovoce.language.hearing import calendar
from sottovoce.language.hearing.moments import Again, Clock, Part, recurrence_of
from sottovoce.language.hearing.tokens import arranged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.hearing.tokens import Said

_WORKING: Final = Recurrence(step=Step.WEEK, weekdays=(0, 1, 2, 3, 4))
_WEEKEND: Final = Recurrence(step=Step.WEEK, weekdays=(5, 6))
_ADVERBS: Final[dict[Said, Again]] = {
    ("täglich",): Again(Recurrence(step=Step.DAY)),
    ("tagtäglich",): Again(Recurrence(step=Step.DAY)),
    ("wöchentlich",): Again(Recurrence(step=Step.WEEK)),
    ("vierzehntägig",): Again(Recurrence(step=Step.WEEK, interval=2)),
    ("zweiwöchentlich",): Again(Recurrence(step=Step.WEEK, interval=2)),
    ("monatlich",): Again(Recurrence(step=Step.MONTH)),
    ("vierteljährlich",): Again(Recurrence(step=Step.MONTH, interval=3)),
    ("halbjährlich",): Again(Recurrence(step=Step.MONTH, interval=6)),
    ("jährlich",): Again(Recurrence(step=Step.YEAR)),
    ("stündlich",): Again(Recurrence(step=Step.HOUR)),
    ("halbstündlich",): Again(Recurrence(step=Step.MINUTE, interval=30)),
    ("werktags",): Again(_WORKING),
    ("wochentags",): Again(_WORKING),
    ("unter", "der", "woche"): Again(_WORKING),
    ("an", "werktagen"): Again(_WORKING),
    ("an", "wochentagen"): Again(_WORKING),
    ("an", "arbeitstagen"): Again(_WORKING),
    ("an", "wochenenden"): Again(_WEEKEND),
    ("einmal", "am", "tag"): Again(Recurrence(step=Step.DAY)),
    ("einmal", "in", "der", "woche"): Again(Recurrence(step=Step.WEEK)),
    ("einmal", "die", "woche"): Again(Recurrence(step=Step.WEEK)),
    ("einmal", "pro", "woche"): Again(Recurrence(step=Step.WEEK)),
    ("einmal", "im", "monat"): Again(Recurrence(step=Step.MONTH)),
    ("einmal", "im", "jahr"): Again(Recurrence(step=Step.YEAR)),
}
_STEPS: Final = {
    **dict.fromkeys(("minute", "minuten"), Step.MINUTE),
    **dict.fromkeys(("stunde", "stunden"), Step.HOUR),
    **dict.fromkeys(("tag", "tage"), Step.DAY),
    **dict.fromkeys(("woche", "wochen"), Step.WEEK),
    **dict.fromkeys(("monat", "monate"), Step.MONTH),
    **dict.fromkeys(("jahr", "jahre"), Step.YEAR),
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
    again, clock, part = cast("tuple[Again, Clock | None, Part | None]", found)
    if clock is not None and again.rule.step in {Step.MINUTE, Step.HOUR}:
        return None
    return recurrence_of(again, clock, part)


def _again(said: Said, at: int) -> Iterator[tuple[int, Again]]:
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


def _every(said: Said, at: int) -> Iterator[tuple[int, Again]]:
    """What follows "jeden"."""
    place = ordinal(said[at : at + 1]) if at + 1 < len(said) else None
    interval, behind = (place, at + 1) if place else (1, at)
    name = said[behind] if behind < len(said) else ""
    if name in {"werktag", "wochentag", "arbeitstag"} and interval == 1:
        yield from _with_part(said, behind + 1, _WORKING)
    elif name == "wochenende" and interval == 1:
        yield behind + 1, Again(_WEEKEND)
    elif name in PARTS and name != "früh" and interval == 1:
        yield behind + 1, Again(Recurrence(step=Step.DAY), PARTS[name])
    elif name in GLUED_DAYS and interval == 1:
        weekday, part = GLUED_DAYS[name]
        yield behind + 1, Again(Recurrence(step=Step.WEEK, weekdays=(weekday,)), part)
    elif name in _STEPS:
        yield from _stepped(said, behind + 1, Recurrence(step=_STEPS[name], interval=interval))
    yield from _weekdays(said, behind, interval=interval)
    yield from _of_year(said, at)
    if not place:
        yield from _counted(said, at)


def _counted(said: Said, at: int) -> Iterator[tuple[int, Again]]:
    """As in "alle zwei wochen", "alle zehn minuten", "jede halbe stunde"."""
    for end in range(at, min(len(said), at + 5)):
        words = apart(said[at : end + 1])
        how_many = count(words[:-1]) if len(words) > 1 and words[-1] in _STEPS else None
        if how_many is None:
            continue
        step, name = _STEPS[words[-1]], words[-1]
        if step in {Step.HOUR, Step.MINUTE} and how_many.denominator != 1:
            how_many, step = how_many * SECONDS[name] / _MINUTE, Step.MINUTE
        if how_many.denominator != 1 or how_many <= 0:
            continue
        interval = int(how_many)
        if step is Step.DAY and interval == _TWO_WEEKS:
            step, interval = Step.WEEK, 2
        yield from _stepped(said, end + 1, Recurrence(step=step, interval=interval))


def _stepped(said: Said, at: int, rule: Recurrence) -> Iterator[tuple[int, Again]]:
    """A step, and on which of its days: "jeden monat am dritten", "alle zwei wochen am freitag"."""
    if said[at : at + 1] in {("am",), ("an",)}:
        if rule.step is Step.WEEK:
            yield from _weekdays(said, at + 1, interval=rule.interval)
        elif rule.step is Step.MONTH:
            for end, day in _day_of_month(said, at + 1):
                yield end, Again(Recurrence(step=Step.MONTH, interval=rule.interval, month_day=day))
        elif rule.step is Step.YEAR and rule.interval == 1:
            yield from _of_year(said, at + 1)
    elif rule.step is Step.WEEK and rule.interval > 1:
        yield from _weekdays(said, at, interval=rule.interval)
    yield at, Again(rule)


def _weekdays(said: Said, at: int, *, interval: int = 1, several: bool = False) -> Iterator[tuple[int, Again]]:
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
                yield at + 3, Again(Recurrence(step=Step.WEEK, weekdays=tuple(range(begin, until + 1))))
        case _:
            pass
    if found and len(set(found)) == len(found) and (interval == 1 or len(found) == 1):
        rule = Recurrence(step=Step.WEEK, interval=interval, weekdays=tuple(sorted(found)))
        yield from _with_part(said, end, rule)


def _with_part(said: Said, at: int, rule: Recurrence) -> Iterator[tuple[int, Again]]:
    """Days, and the part of each that is named behind them: "jeden montag abend"."""
    if at < len(said) and said[at] in PARTS:
        yield at + 1, Again(rule, PARTS[said[at]])
    yield at, Again(rule)


def _day_of_month(said: Said, at: int) -> Iterator[tuple[int, int]]:
    if said[at : at + 2] in {("letzten", "tag"), ("letzter", "tag")}:
        yield at + 2, -1
    for end, number in day_numbers(said, at):
        if ordinal(said[at:end]):
            yield end + (said[end : end + 1] == ("tag",)), number


def _of_every_month(said: Said, at: int) -> Iterator[tuple[int, Again]]:
    """As in "am ersten jedes monats", "jeden ersten des monats"."""
    every = said[at] in {"jeden", "jedem"}
    begin = at + (every or said[at] in {"am", "zum"})
    if begin == at:
        return
    for end, day in _day_of_month(said, begin):
        match said[end : end + 3]:
            case ("jedes" | "jeden", "monats", *_) | ("im", "monat", *_):
                yield end + 2, Again(Recurrence(step=Step.MONTH, month_day=day))
            case ("eines", "jeden", "monats"):
                yield end + 3, Again(Recurrence(step=Step.MONTH, month_day=day))
            case ("des", "monats", *_) if every:
                yield end + 2, Again(Recurrence(step=Step.MONTH, month_day=day))
            case _:
                pass


def _of_year(said: Said, at: int) -> Iterator[tuple[int, Again]]:
    """A date that comes every year: "dritten mai", "weihnachten"."""
    for length in (4, 3, 2, 1):
        name = said[at : at + length]
        if len(name) == length and name in HOLIDAYS:
            month, day = HOLIDAYS[name]
            yield at + length, Again(Recurrence(step=Step.YEAR, month=month, month_day=day))
    for end, number in _day_of_month(said, at):
        month = MONTHS.get(said[end], 0) if end < len(said) else 0
        if number > 0 and calendar.is_date(2000, month, number):
            yield end + 1, Again(Recurrence(step=Step.YEAR, month=month, month_day=number))

"""Values in English words: amounts, lengths of time, moments seen from now, repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Cycle, Moment, Quantity, Recurrence, recurrence_of_rule
from sottovoce.language import amounts
from sottovoce.language.en.units import unit_name
from sottovoce.language.hearing.calendar import is_near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time, timedelta
    from fractions import Fraction

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LENGTHS: Final = ("week", "day", "hour", "minute", "second")
_STEPS: Final = {
    Cycle.MINUTE: "minute",
    Cycle.HOUR: "hour",
    Cycle.DAY: "day",
    Cycle.WEEK: "week",
    Cycle.MONTH: "month",
    Cycle.YEAR: "year",
}
_PLACES: Final = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    *("nineteenth", "twentieth"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
_NOON: Final = 12
_WEEK: Final = 7
_WORKING, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def enumeration(things: Sequence[str]) -> str:
    """As in "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def clock(moment: datetime | time) -> str:
    """As in "3:05 PM"."""
    return f"{moment.hour % _NOON or _NOON}:{moment.minute:02d} {'AM' if moment.hour < _NOON else 'PM'}"


def duration(value: timedelta | Fraction | float, parts: str = "5") -> str:
    """A length of time, exactly: "1 hour and 30 minutes"; of its largest units only so many as `parts` says."""
    told = amounts.lengths(value, int(parts))
    return enumeration([f"{count} {_LENGTHS[index]}{'' if count == 1 else 's'}" for index, count in told])


def amount(value: Fraction | float, about: str = "about ") -> str:
    """A number: "1,250", "0.3"; "about 3.33" where it goes on."""
    text, exact = amounts.figures(value)
    mantissa, power, exponent = text.partition("e")
    whole, point, rest = mantissa.partition(".")
    told = f"{int(whole):,}" if abs(int(whole)) or not whole.startswith("-") else whole
    return f"{'' if exact else about}{told}{point}{rest}" + (f" times 10^{exponent}" if power else "")


def quantity(value: Quantity, about: str = "about ") -> str:
    """A number of a unit: "3.1 miles", "20 °C"."""
    return f"{amount(value.number, about)} {unit_name(value.unit, one=value.number == 1)}"


def ordinal(number: int) -> str:
    """A place in a row: "third", "twenty-first", "112th"; "last" for -1."""
    if number == -1:
        return "last"
    if 0 <= number <= _TWENTY:
        return _PLACES[number]
    if number < 0 or number >= _HUNDRED:
        ending = "th" if number % _HUNDRED in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % _TEN, "th")
        return f"{number:,}{ending}"
    tens, one = _TENS[number // _TEN - 2], number % _TEN
    return f"{tens}-{_PLACES[one]}" if one else f"{tens[:-1]}ieth"


def when(at: datetime | Moment, now: datetime | None = None, form: str = "full") -> str:
    """A moment as it is seen from `now`: "today at 7:00 PM", "on Friday at 9:00 AM".

    `form`: "day" tells no time of the day, "bare" leaves the "on" out.
    """
    if isinstance(at, Moment):
        form = "day" if form == "full" and not at.clock else form
        at = at.at
    if now is not None and now.tzinfo is not None and at.tzinfo is not None:
        at = at.astimezone(now.tzinfo)
    day = _day(at.date(), now.date() if now else None)
    if form == "bare":
        day = day.removeprefix("on ")
    return day if form == "day" else f"{day} at {clock(at)}"


def _day(day: date, today: date | None) -> str:
    if today is not None:
        away = (day - today).days
        if -1 <= away <= 1:
            return ("yesterday", "today", "tomorrow")[away + 1]
        if abs(away) < _WEEK:
            return f"{'on' if away > 0 else 'last'} {DAYS[day.weekday()]}"
    date_of = f"on {DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"
    return date_of if today is not None and is_near(day, today) else f"{date_of}, {day.year}"


def repeats(value: Recurrence | str, at: datetime | time | None = None) -> str:
    """Repetitions: "every weekday at 7:00 AM"; of an RFC 5545 rule, whose first time is `at`, as well."""
    rule = recurrence_of_rule(value) if isinstance(value, str) else value
    if rule is None:
        return "on several dates"
    at = at or rule.at
    told = _rule(rule)
    return told if at is None or rule.step in {Cycle.MINUTE, Cycle.HOUR} else f"{told} at {clock(at)}"


def _rule(rule: Recurrence) -> str:
    name = _STEPS[rule.step]
    every = {1: f"every {name}", 2: f"every other {name}"}.get(rule.interval, f"every {rule.interval} {name}s")
    if rule.step in {Cycle.MINUTE, Cycle.HOUR} and rule.interval == 2:  # noqa: PLR2004 - every other
        every = f"every 2 {name}s"
    if rule.weekdays:
        return _weekdays(rule, every)
    if rule.month is not None and rule.month_day is not None:
        return f"{every} on {MONTHS[rule.month - 1]} {rule.month_day}"
    if rule.month_day is not None:
        last = "last day" if rule.month_day == -1 else ordinal(rule.month_day)
        return f"on the {last} of {every}"
    return every


def _weekdays(rule: Recurrence, every: str) -> str:
    days = enumeration([DAYS[day] for day in rule.weekdays])
    if rule.interval == 1:
        return {_WORKING: "every weekday", _WEEKEND: "every weekend"}.get(rule.weekdays, f"every {days}")
    return f"every other {days}" if rule.interval == 2 and len(rule.weekdays) == 1 else f"{every} on {days}"  # noqa: PLR2004 - as above

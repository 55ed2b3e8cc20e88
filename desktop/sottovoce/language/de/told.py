"""Values in German words: amounts, lengths of time, moments seen from now, repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Cycle, Moment, Quantity, Recurrence, recurrence_of_rule
from sottovoce.language import amounts
from sottovoce.language.de.units import unit_name
from sottovoce.language.hearing.calendar import is_near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time, timedelta
    from fractions import Fraction

DAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
_LENGTHS: Final = (
    ("Woche", "Wochen", "Wochen"),
    ("Tag", "Tage", "Tagen"),
    ("Stunde", "Stunden", "Stunden"),
    ("Minute", "Minuten", "Minuten"),
    ("Sekunde", "Sekunden", "Sekunden"),
)
_STEPS: Final = {
    Cycle.MINUTE: ("jede Minute", "jede zweite Minute", "Minuten"),
    Cycle.HOUR: ("jede Stunde", "jede zweite Stunde", "Stunden"),
    Cycle.DAY: ("jeden Tag", "jeden zweiten Tag", "Tage"),
    Cycle.WEEK: ("jede Woche", "jede zweite Woche", "Wochen"),
    Cycle.MONTH: ("jeden Monat", "jeden zweiten Monat", "Monate"),
    Cycle.YEAR: ("jedes Jahr", "jedes zweite Jahr", "Jahre"),
}
_PLACES: Final = (
    *("nullte", "erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte", "zehnte"),
    *("elfte", "zwölfte", "dreizehnte", "vierzehnte", "fünfzehnte", "sechzehnte", "siebzehnte", "achtzehnte"),
    "neunzehnte",
)
_ONES: Final = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TENS: Final = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
_WEEK: Final = 7
_WORKING, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_SIGNS: Final = str.maketrans(",.", ".,")


def enumeration(things: Sequence[str]) -> str:
    """As in "a", "a und b", "a, b und c"."""
    return " und ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def clock(moment: datetime | time) -> str:
    """As in "15:05 Uhr"."""
    return f"{moment.hour}:{moment.minute:02d} Uhr"


def duration(value: timedelta | Fraction | float, parts: str = "5", case: str = "nominative") -> str:
    """A length of time, exactly: "1 Stunde und 30 Minuten"; of its largest units only so many as `parts` says."""
    told = amounts.lengths(value, int(parts))
    form = 2 if case == "dative" else 1
    return enumeration([f"{count} {_LENGTHS[index][0 if count == 1 else form]}" for index, count in told])


def amount(value: Fraction | float, about: str = "ungefähr ") -> str:
    """A number: "1.250", "0,3"; "ungefähr 3,33" where it goes on."""
    text, exact = amounts.figures(value)
    mantissa, power, exponent = text.partition("e")
    whole, point, rest = mantissa.partition(".")
    grouped = f"{abs(int(whole)):,}".translate(_SIGNS)
    told = f"{'-' if whole.startswith('-') else ''}{grouped}{',' if point else ''}{rest}"
    return f"{'' if exact else about}{told}" + (f" mal 10^{exponent}" if power else "")


def quantity(value: Quantity, about: str = "ungefähr ") -> str:
    """A number of a unit: "3,1 Meilen", "20 °C"."""
    return f"{amount(value.number, about)} {unit_name(value.unit, one=value.number == 1)}"


def ordinal(number: int, ending: str = "") -> str:
    """A place in a row: "dritte", "einundzwanzigste", "112."; "letzte" for -1.

    `ending` is that of the case: "n", "r".
    """
    if number == -1:
        return f"letzte{ending}"
    if number < 0 or number >= _HUNDRED:
        return f"{number}."
    if number < _TWENTY:
        return f"{_PLACES[number]}{ending}"
    one = _ONES[number % _TEN]
    return f"{one}{'und' if one else ''}{_TENS[number // _TEN - 2]}ste{ending}"


def when(at: datetime | Moment, now: datetime | None = None, form: str = "full") -> str:
    """A moment as it is seen from `now`: "heute um 19:00 Uhr", "am Freitag um 9:00 Uhr".

    `form`: "day" tells no time of the day, "bare" leaves the "am" out.
    """
    if isinstance(at, Moment):
        form = "day" if form == "full" and not at.clock else form
        at = at.at
    if now is not None and now.tzinfo is not None and at.tzinfo is not None:
        at = at.astimezone(now.tzinfo)
    day = _day(at.date(), now.date() if now else None)
    if form == "bare":
        day = day.removeprefix("am ").replace(", dem ", ", der ")
    comma = "," if ", de" in day else ""
    return day if form == "day" else f"{day}{comma} um {clock(at)}"


def _day(day: date, today: date | None) -> str:
    if today is not None:
        away = (day - today).days
        if -2 <= away <= 2:  # noqa: PLR2004 - the days that have names of their own
            return ("vorgestern", "gestern", "heute", "morgen", "übermorgen")[away + 2]
        if abs(away) < _WEEK:
            return f"am {'' if away > 0 else 'letzten '}{DAYS[day.weekday()]}"
    date_of = f"am {DAYS[day.weekday()]}, dem {day.day}. {MONTHS[day.month - 1]}"
    return date_of if today is not None and is_near(day, today) else f"{date_of} {day.year}"


def repeats(value: Recurrence | str, at: datetime | time | None = None) -> str:
    """Repetitions: "jeden Werktag um 7:00 Uhr"; of an RFC 5545 rule, whose first time is `at`, as well."""
    rule = recurrence_of_rule(value) if isinstance(value, str) else value
    if rule is None:
        return "an mehreren Tagen"
    at = at or rule.at
    told = _rule(rule)
    return told if at is None or rule.step in {Cycle.MINUTE, Cycle.HOUR} else f"{told} um {clock(at)}"


def _rule(rule: Recurrence) -> str:
    one, two, several = _STEPS[rule.step]
    every = {1: one, 2: two}.get(rule.interval, f"alle {rule.interval} {several}")
    if rule.step in {Cycle.MINUTE, Cycle.HOUR} and rule.interval == 2:  # noqa: PLR2004 - every other
        every = f"alle 2 {several}"
    if rule.weekdays:
        return _weekdays(rule, every)
    if rule.month is not None and rule.month_day is not None:
        return f"{every} am {rule.month_day}. {MONTHS[rule.month - 1]}"
    if rule.month_day is not None:
        last = "letzten Tag" if rule.month_day == -1 else ordinal(rule.month_day, "n")
        if rule.interval == 1:
            return f"am {last} jedes Monats" if rule.month_day == -1 else f"jeden Monat am {last}"
        return f"{every} am {last}"
    return every


def _weekdays(rule: Recurrence, every: str) -> str:
    names = [DAYS[day] for day in rule.weekdays]
    if rule.interval == 1:
        known = {_WORKING: "jeden Werktag", _WEEKEND: "jedes Wochenende"}
        return known.get(rule.weekdays, f"jeden {enumeration(names)}")
    if rule.interval == 2 and len(names) == 1:  # noqa: PLR2004 - every other
        return f"jeden zweiten {names[0]}"
    return f"{every} am {enumeration(names)}"

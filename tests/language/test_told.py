"""Values in words: what both languages tell, and how it is spoken."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.values import Cycle, Moment, Quantity, Recurrence, recurrence_of_rule
from sottovoce.language import language
from sottovoce.language.languages import speech
from tests.language.heard import NOW
from tests.language.test_catalogue import _catalogue

if TYPE_CHECKING:
    from pathlib import Path


def tell(name: str, *values: object, **options: str) -> list[str]:
    """What a function of the grammar makes of values, in English and in German."""
    functions: list[Any] = [language(tag).grammar.functions[name] for tag in ("en", "de")]
    return [function(*values, **options) for function in functions]


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (0, "0", "0"),
        (1250, "1,250", "1.250"),
        (-1250, "-1,250", "-1.250"),
        (1.5, "1.5", "1,5"),
        (Fraction(3, 10), "0.3", "0,3"),
        (Fraction(-1, 2), "-0.5", "-0,5"),
        (Fraction(1609344, 1000), "1,609.344", "1.609,344"),
        (Fraction(10, 3), "about 3.33", "ungefähr 3,33"),
        (Fraction(1, 3), "about 0.333", "ungefähr 0,333"),
        (Fraction(-1, 3000), "about -0.000333", "ungefähr -0,000333"),
        (Fraction(2999999, 1000000), "about 3", "ungefähr 3"),
        (Fraction(123456789, 10000), "about 12,345.68", "ungefähr 12.345,68"),
        (2**100, "about 1.27 times 10^30", "ungefähr 1,27 mal 10^30"),
        (10**18, "1 times 10^18", "1 mal 10^18"),
        (Fraction(1, 10**9), "1 times 10^-9", "1 mal 10^-9"),
        (9999 * 10**15, "about 1 times 10^19", "ungefähr 1 mal 10^19"),
        (Fraction(-7, 10**9), "-7 times 10^-9", "-7 mal 10^-9"),
        (Fraction(2, 3 * 10**8), "about 6.67 times 10^-9", "ungefähr 6,67 mal 10^-9"),
    ],
)
def test_amounts(value: Fraction | float, english: str, german: str) -> None:
    assert tell("AMOUNT", value) == [english, german]


@given(st.fractions())
def test_an_amount_is_off_by_half_a_digit_at_most(value: Fraction) -> None:
    told = language("en").grammar.functions["AMOUNT"](value)
    if " times " not in told:
        read = Fraction(told.removeprefix("about ").replace(",", ""))
        assert abs(read - value) <= max(Fraction(1, 200), abs(value) / 200)
        assert told.startswith("about ") or read == value


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (0, "0 seconds", "0 Sekunden"),
        (1, "1 second", "1 Sekunde"),
        (Fraction(90), "1 minute and 30 seconds", "1 Minute und 30 Sekunden"),
        (timedelta(minutes=90), "1 hour and 30 minutes", "1 Stunde und 30 Minuten"),
        (3610.4, "1 hour and 10 seconds", "1 Stunde und 10 Sekunden"),
        (90061, "1 day, 1 hour, 1 minute and 1 second", "1 Tag, 1 Stunde, 1 Minute und 1 Sekunde"),
        (timedelta(weeks=2), "2 weeks", "2 Wochen"),
        (timedelta(days=15), "15 days", "15 Tage"),
        (-60, "1 minute", "1 Minute"),
    ],
)
def test_lengths_of_time(value: timedelta | float, english: str, german: str) -> None:
    assert tell("DURATION", value) == [english, german]


def test_lengths_may_be_rounded_and_in_the_dative() -> None:
    assert tell("DURATION", 93784, parts="2") == ["1 day and 2 hours", "1 Tag und 2 Stunden"]
    assert language("de").grammar.functions["DURATION"](2 * 86_400, case="dative") == "2 Tagen"


@pytest.mark.parametrize(
    ("number", "unit", "english", "german"),
    [
        ("3.1", "mile", "3.1 miles", "3,1 Meilen"),
        ("1", "mile", "1 mile", "1 Meile"),
        ("20", "celsius", "20 °C", "20 °C"),
        ("5/7", "us_gallon", "about 0.714 US gallons", "ungefähr 0,714 amerikanische Gallonen"),
        ("6", "litre_per_100_kilometres", "6 liters per 100 kilometers", "6 Liter auf 100 Kilometer"),
    ],
)
def test_quantities(number: str, unit: str, english: str, german: str) -> None:
    assert tell("QUANTITY", Quantity(Fraction(number), unit)) == [english, german]


def test_units_alone() -> None:
    assert tell("UNIT", "celsius") == ["degrees Celsius", "Grad Celsius"]
    assert tell("UNIT", "mile") == ["miles", "Meilen"]


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (3, "third", "dritte"),
        (20, "twentieth", "zwanzigste"),
        (21, "twenty-first", "einundzwanzigste"),
        (101, "101st", "101."),
        (112, "112th", "112."),
        (-1, "last", "letzte"),
        (-2, "-2th", "-2."),
    ],
)
def test_places(number: int, english: str, german: str) -> None:
    assert tell("ORDINAL", number) == [english, german]


@pytest.mark.parametrize(
    ("away", "english", "german"),
    [
        (timedelta(hours=8, minutes=45), "today at 7:00 PM", "heute um 19:00 Uhr"),
        (timedelta(days=1), "tomorrow at 10:15 AM", "morgen um 10:15 Uhr"),
        (timedelta(days=-1), "yesterday at 10:15 AM", "gestern um 10:15 Uhr"),
        (timedelta(days=2), "on Wednesday at 10:15 AM", "übermorgen um 10:15 Uhr"),
        (timedelta(days=4), "on Friday at 10:15 AM", "am Freitag um 10:15 Uhr"),
        (timedelta(days=-3), "last Friday at 10:15 AM", "am letzten Freitag um 10:15 Uhr"),
        (timedelta(days=7), "on Monday, December 7 at 10:15 AM", "am Montag, dem 7. Dezember, um 10:15 Uhr"),
        (timedelta(days=40), "on Saturday, January 9 at 10:15 AM", "am Samstag, dem 9. Januar, um 10:15 Uhr"),
        (
            timedelta(days=-400),
            "on Sunday, October 26, 2025 at 10:15 AM",
            "am Sonntag, dem 26. Oktober 2025, um 10:15 Uhr",
        ),
    ],
)
def test_moments_from_now(away: timedelta, english: str, german: str) -> None:
    assert tell("WHEN", NOW + away, NOW) == [english, german]


def test_moments_without_their_time_of_day_or_now() -> None:
    friday = Moment(at=NOW + timedelta(days=4), clock=False)
    assert tell("WHEN", friday, NOW) == ["on Friday", "am Freitag"]
    assert tell("WHEN", friday, NOW, form="bare") == ["Friday at 10:15 AM", "Freitag um 10:15 Uhr"]
    assert tell("WHEN", Moment(at=NOW), NOW) == ["today at 10:15 AM", "heute um 10:15 Uhr"]
    assert tell("WHEN", NOW + timedelta(days=9), NOW, form="day") == [
        "on Wednesday, December 9",
        "am Mittwoch, dem 9. Dezember",
    ]
    naive = datetime(2026, 12, 7, 9, 0)  # noqa: DTZ001 - as a wall clock shows it
    assert tell("WHEN", naive) == [
        "on Monday, December 7, 2026 at 9:00 AM",
        "am Montag, dem 7. Dezember 2026, um 9:00 Uhr",
    ]
    assert tell("WHEN", naive, naive) == ["today at 9:00 AM", "heute um 9:00 Uhr"]


RULES = [
    (Recurrence(step=Cycle.DAY), "every day", "jeden Tag"),
    (Recurrence(step=Cycle.WEEK, weekdays=(0, 1, 2, 3, 4)), "every weekday", "jeden Werktag"),
    (Recurrence(step=Cycle.WEEK, weekdays=(5, 6)), "every weekend", "jedes Wochenende"),
    (Recurrence(step=Cycle.WEEK, weekdays=(0, 3)), "every Monday and Thursday", "jeden Montag und Donnerstag"),
    (Recurrence(step=Cycle.WEEK, interval=2, weekdays=(4,)), "every other Friday", "jeden zweiten Freitag"),
    (
        Recurrence(step=Cycle.WEEK, interval=3, weekdays=(4,)),
        "every 3 weeks on Friday",
        "alle 3 Wochen am Freitag",
    ),
    (Recurrence(step=Cycle.WEEK, interval=2), "every other week", "jede zweite Woche"),
    (Recurrence(step=Cycle.DAY, interval=3), "every 3 days", "alle 3 Tage"),
    (Recurrence(step=Cycle.MONTH, month_day=1), "on the first of every month", "jeden Monat am ersten"),
    (
        Recurrence(step=Cycle.MONTH, month_day=-1),
        "on the last day of every month",
        "am letzten Tag jedes Monats",
    ),
    (
        Recurrence(step=Cycle.MONTH, interval=2, month_day=3),
        "on the third of every other month",
        "jeden zweiten Monat am dritten",
    ),
    (Recurrence(step=Cycle.YEAR, month=5, month_day=3), "every year on May 3", "jedes Jahr am 3. Mai"),
]
CLOCKLESS = [
    (Recurrence(step=Cycle.HOUR), "every hour", "jede Stunde"),
    (Recurrence(step=Cycle.HOUR, interval=2), "every 2 hours", "alle 2 Stunden"),
    (Recurrence(step=Cycle.MINUTE, interval=10), "every 10 minutes", "alle 10 Minuten"),
]


@pytest.mark.parametrize(("rule", "english", "german"), [*RULES, *CLOCKLESS])
def test_repetitions(rule: Recurrence, english: str, german: str) -> None:
    assert tell("REPEATS", rule) == tell("REPEATS", rule.rule) == [english, german]
    assert recurrence_of_rule(f"RRULE:{rule.rule};WKST=MO;COUNT=9") == rule
    for tag, told in (("en", english), ("de", german)):
        assert language(tag).values.recurrence(told.lower()) == rule


@pytest.mark.parametrize(("rule", "english", "german"), RULES)
def test_repetitions_with_their_time(rule: Recurrence, english: str, german: str) -> None:
    assert tell("REPEATS", rule, time(19, 30)) == [f"{english} at 7:30 PM", f"{german} um 19:30 Uhr"]


def test_repetitions_by_the_hour_tell_no_time() -> None:
    assert tell("REPEATS", CLOCKLESS[0][0], time(7)) == ["every hour", "jede Stunde"]


@pytest.mark.parametrize(
    "rule",
    [
        *("", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=9,17", "FREQ", "FREQ=DAILY;INTERVAL=0"),
        *("INTERVAL=2", "FREQ=YEARLY;BYMONTH=13", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYMONTHDAY=-2"),
    ],
)
def test_rules_that_are_no_simple_repetition(rule: str) -> None:
    assert recurrence_of_rule(rule) is None
    assert tell("REPEATS", rule) == ["on several dates", "an mehreren Tagen"]


@pytest.mark.parametrize(
    ("tag", "told", "spoken"),
    [
        ("en", "tomorrow at 7:00 PM", "tomorrow at seven P.M."),
        ("en", "about 3.33", "about three point three three"),
        ("en", "1 hour and 30 minutes", "one hour and thirty minutes"),
        ("en", "-5 °C", "minus five degrees Celsius"),
        ("en", "about 1.27 times 10^30", "about one point two seven times ten to the power of thirty"),
        ("en", "on Monday, December 7", "on Monday, December seventh"),
        ("de", "am Montag, dem 7. Dezember, um 9:00 Uhr", "am Montag, dem siebten Dezember, um neun Uhr"),
        ("de", "1 Stunde und 30 Minuten", "eine Stunde und dreißig Minuten"),
        ("de", "ungefähr 1.250,5", "ungefähr eintausendzweihundertfünfzig Komma fünf"),
        ("de", "20 °C", "zwanzig Grad Celsius"),
    ],
)
def test_what_is_told_is_spoken_right(tag: str, told: str, spoken: str) -> None:
    port = speech(tag)
    assert port is not None
    assert port.spoken_form(told) == spoken


def test_a_message_tells_a_moment_from_now(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, "note-when = Due { WHEN($at, $now) }, for { AMOUNT($price) }.\n")
    facts = {"at": NOW + timedelta(days=1), "now": NOW, "price": Fraction(1, 4)}
    assert catalogue.render("note-when", facts) == "Due tomorrow at 10:15 AM, for 0.25."


def test_a_fraction_chooses_its_plural(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, "note-many = { $count ->\n    [one] one\n   *[other] many\n}\n")
    assert [catalogue.render("note-many", {"count": Fraction(count)}) for count in (1, 2)] == ["one", "many"]


def test_easter() -> None:
    from sottovoce.language.hearing.calendar import easter  # noqa: PLC0415 - only here

    days = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 1981: (4, 19), 1954: (4, 18)}
    assert {year: easter(year) for year in days} == {year: date(year, *day) for year, day in days.items()}

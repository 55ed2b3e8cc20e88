"""German: lists, plurals, the clock and the calendar."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from sottovoce.domain.said import said
from sottovoce.domain.values import Quantity
from sottovoce.language import language
from sottovoce.language.de.grammar import GRAMMAR
from tests.language.tried import home

MOMENT = datetime(2026, 3, 7, 15, 5)  # noqa: DTZ001 - as a wall clock shows it


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CLOCK", "15:05 Uhr"),
        ("DATE", "Samstag, der 7. März 2026"),
        ("DAY", "7"),
        ("MONTH", "März"),
        ("WEEKDAY", "Samstag"),
        ("YEAR", "2026"),
    ],
)
def test_moments_are_said_as_in_german(name: str, said: str) -> None:
    assert GRAMMAR.functions[name](MOMENT) == said


def test_short_names_of_days_and_months_end_in_a_point() -> None:
    assert GRAMMAR.functions["WEEKDAY"](MOMENT, form="short") == "Sa."
    assert [GRAMMAR.functions["MONTH"](MOMENT.replace(month=number), form="short") for number in (5, 9)] == [
        "Mai",
        "Sept.",
    ]


def test_lists_and_plurals() -> None:
    assert [GRAMMAR.enumeration(["a", "b", "c"][:count]) for count in range(4)] == ["", "a", "a und b", "a, b und c"]
    assert [GRAMMAR.plural(number) for number in (0, 1, 2)] == ["other", "one", "other"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("wie viele tage sind es bis morgen", "Bis Sonntag, dem 22. November 2026 ist es 1 Tag."),
        ("wie viele tage sind es bis übermorgen", "Bis Montag, dem 23. November 2026 sind es 2 Tage."),
        ("wie lange ist es noch bis 16:05 uhr", "Bis 16:05 Uhr ist es 1 Stunde."),
        ("wie lange ist es noch bis 16:35 uhr", "Bis 16:35 Uhr sind es 1 Stunde und 30 Minuten."),
        ("wie viele tage sind es seit gestern", "Seit Freitag, dem 20. November 2026 ist es 1 Tag."),
        ("was ist drei minus zwei", "Das ist 1."),
        ("was ist drei mal zwei", "Das sind 6."),
        ("wie viel prozent sind eins von hundert", "Das ist 1 Prozent."),
        ("wie viele milliliter sind ein kubikzentimeter", "1 Kubikzentimeter ist 1 Milliliter."),
        ("wie viele meter sind ein kilometer", "1 Kilometer sind 1.000 Meter."),
        ("was ist mehr eine meile oder ein kilometer", "1 Meile ist mehr als 1 Kilometer."),
    ],
)
async def test_the_verb_follows_the_number(asked: str, told: str) -> None:
    async with home("de") as (one, _):
        assert (await one.say(asked)).text == told


@pytest.mark.parametrize(
    ("key", "facts", "told"),
    [
        ("unit-alone", {"result": Quantity(Fraction(1), "kilometre")}, "Das ist 1 Kilometer."),
        ("unit-alone", {"result": Quantity(Fraction(2), "kilometre")}, "Das sind 2 Kilometer."),
        ("math-change-more", {"number": Decimal(1), "about": "yes"}, "Das ist etwa 1 Prozent mehr."),
        ("math-share", {"number": Decimal(1), "about": "no"}, "Das ist 1 für jeden."),
        ("system-memory", {"free": 1, "total": 8}, "1 von 8 Gigabyte Arbeitsspeicher ist frei."),
        ("windows-list", {"names": ("Firefox",)}, "Offen ist Firefox."),
        ("windows-list", {"names": ("Firefox", "Kate")}, "Offen sind Firefox und Kate."),
        (
            "date-until",
            {"day": date(2026, 11, 22), "span": (said("date-count", count=1, unit="day"),)},
            "Bis Sonntag, dem 22. November 2026 ist es 1 Tag.",
        ),
    ],
)
def test_the_verb_of_whatever_is_counted_follows_the_number(key: str, facts: dict[str, object], told: str) -> None:
    assert language("de").text(key, **facts) == told


def test_english_has_the_verb_that_follows_a_number() -> None:
    said_of = language("en").grammar.functions["BE"]
    assert [said_of(1), said_of(2), said_of(("1 day",)), said_of(("1 week", "1 day"))] == ["is", "are", "is", "are"]

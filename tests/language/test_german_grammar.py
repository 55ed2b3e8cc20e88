"""German: lists, plurals, the clock and the calendar."""

from __future__ import annotations

from datetime import datetime

import pytest

from sottovoce.language.de.grammar import GRAMMAR

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

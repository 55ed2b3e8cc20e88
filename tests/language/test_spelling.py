"""English as recognisers write it, brought to one spelling."""

from __future__ import annotations

import pytest

from sottovoce.language.en import spelling


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("my favourite colour", "my favorite color"),
        ("two kilometres", "two kilometers"),
        ("to-morrow", "tomorrow"),
        ("four hours", "four hours"),
    ],
)
def test_one_spelling(written: str, ours: str) -> None:
    for other, one in spelling.AMERICAN:
        written = other.sub(one, written)
    assert written == ours


def test_numbers_in_words_are_those_that_count() -> None:
    assert set(spelling.TENS) | {word for word in spelling.UNITS if word != "zero"} <= spelling.NUMBERS
    assert spelling.TENS["ninety"] == 90

"""Numbers as the Romans wrote them."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 3999
"""The largest number without a bar above the letters."""
_STEPS: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def numerals(number: int) -> str | None:
    """As in "XIX"; None for what the Romans had no numerals for."""
    if not 1 <= number <= LARGEST:
        return None
    found = ""
    for value, letters in _STEPS:
        count, number = divmod(number, value)
        found += letters * count
    return found


def number(text: str) -> int | None:
    """What is written so, with or without blanks between ("x i x"); None where it is not written as it has to be."""
    letters = text.replace(" ", "").replace(".", "").upper()
    total, at = 0, 0
    for value, step in _STEPS:
        while letters.startswith(step, at):
            total += value
            at += len(step)
    return total if at == len(letters) and numerals(total) == letters else None

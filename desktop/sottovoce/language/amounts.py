"""Numbers and lengths of time as figures, before a language gives them its signs and words."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from typing import Final

_EXACT: Final = 3
"""Decimals that a number may have and is told exactly."""
_DECIMALS: Final = 2
_TEN: Final = 10
_LARGE, _SMALL = Fraction(10**15), Fraction(1, 10**6)
"""From here on, and below, powers of ten are told."""
_COUNTED: Final = re.compile(r"\d[\d.,]* ")
_ONE_OF_IT: Final = re.compile(r"1 \w+")
_UNITS: Final = (604_800, 86_400, 3600, 60, 1)


def is_one(*told: object) -> bool:
    """Whether what is told is one of something, so that its verb is: 1, "1 day", the only thing of a list."""
    return all(
        len(one) == 1 and _counts_one(one[0]) if isinstance(one, tuple | list) else _counts_one(one) for one in told
    )


def _counts_one(thing: object) -> bool:
    if isinstance(thing, str):
        return not _COUNTED.match(thing) or _ONE_OF_IT.fullmatch(thing) is not None
    return getattr(thing, "number", thing) == 1


def figures(value: Fraction | float) -> tuple[str, bool]:
    """A number as "1234.5" or "1.27e30", and whether that is all of it.

    Told exactly with at most three decimals, else rounded to two, or to three digits where it is below one.
    """
    number = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    sign, number = ("-" if number < 0 else ""), abs(number)
    if number and not _SMALL <= number < _LARGE:
        return _power(sign, number)
    for decimals in range(_EXACT + 1):
        if (number * _TEN**decimals).denominator == 1:
            return sign + _decimal(number, decimals), True
    decimals = _DECIMALS
    while number * _TEN**decimals < _TEN**2 and number < 1:
        decimals += 1
    text = _decimal(number, decimals).rstrip("0").rstrip(".")
    return ("" if text == "0" else sign) + text, False


def _decimal(number: Fraction, decimals: int) -> str:
    scaled = round(number * _TEN**decimals)
    whole, rest = divmod(scaled, _TEN**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def _power(sign: str, number: Fraction) -> tuple[str, bool]:
    exponent = len(str(number.numerator)) - len(str(number.denominator))
    power = Fraction(_TEN) ** exponent
    if number < power:
        exponent, power = exponent - 1, power / _TEN
    mantissa = _decimal(number / power, _DECIMALS)
    if mantissa.startswith("10"):
        mantissa, exponent = "1.00", exponent + 1
    text = mantissa.rstrip("0").rstrip(".")
    return f"{sign}{text}e{exponent}", Fraction(text) * Fraction(_TEN) ** exponent == number


def lengths(value: timedelta | Fraction | float, parts: int = len(_UNITS)) -> tuple[tuple[int, int], ...]:
    """A length of time as numbers of weeks (0), days, hours, minutes and seconds (4); weeks only where they are whole.

    Args:
        value: The length, or its seconds.
        parts: How many of the largest units are told, at most.
    """
    seconds = abs(round(value.total_seconds() if isinstance(value, timedelta) else value))
    units = range(len(_UNITS)) if seconds % _UNITS[0] == 0 else range(1, len(_UNITS))
    found = []
    for index in units:
        count, seconds = divmod(seconds, _UNITS[index])
        if count:
            found.append((index, count))
    return tuple(found[:parts]) or ((len(_UNITS) - 1, 0),)

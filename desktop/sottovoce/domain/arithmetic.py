"""Reckoning with fractions: what was asked as a tree, and its value, exact where there is an exact one."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_BITS: Final = 4096
"""Of a numerator or denominator on the way: some 1,200 digits, worked out in microseconds."""
MOST_FACTORIAL: Final = 400
DEEPEST_ROOT: Final = 100
_ROOT_BITS: Final = 128
"""To which a root that is no fraction is worked out."""
_NEAR: Final = 12
"""Decimals to which a sine is right: behind them it is the machine's error."""
_HUNDRED: Final = 100


class Op(enum.Enum):
    """What is done with one number or more."""

    ADD = enum.auto()
    SUBTRACT = enum.auto()
    MULTIPLY = enum.auto()
    DIVIDE = enum.auto()
    REMAINDER = enum.auto()
    POWER = enum.auto()
    ROOT = enum.auto()
    """Of the first, as often as the second says: 2 for the square root."""
    FACTORIAL = enum.auto()
    NEGATE = enum.auto()
    PERCENT = enum.auto()
    OFF = enum.auto()
    """The second less the first, a part of it: "20 percent off 50"."""
    DIFFERENCE = enum.auto()
    """However they stand."""
    SUM = enum.auto()
    PRODUCT = enum.auto()
    AVERAGE = enum.auto()
    MEDIAN = enum.auto()
    SMALLEST = enum.auto()
    LARGEST = enum.auto()
    DIVISOR = enum.auto()
    """The greatest common one."""
    MULTIPLE = enum.auto()
    """The least common one."""
    ROUND = enum.auto()
    ABSOLUTE = enum.auto()
    LOGARITHM = enum.auto()
    """To the base ten."""
    NATURAL = enum.auto()
    """The logarithm to the base e."""
    SINE = enum.auto()
    """Of degrees."""
    COSINE = enum.auto()
    TANGENT = enum.auto()


class Leaf(enum.Enum):
    """What stands for a number."""

    LAST = enum.auto()
    """The result before this."""
    PI = enum.auto()
    E = enum.auto()


@dataclass(frozen=True, slots=True)
class Term:
    """An operation and what it is done with."""

    op: Op
    of: tuple[Sum, ...]


Sum = Term | Leaf | Fraction
"""Anything that has a value."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, and whether it is just that or only near it."""

    value: Fraction
    exact: bool = True


class WhyNoValue(enum.StrEnum):
    """Why something has no value that can be told."""

    BY_ZERO = "by-zero"
    TOO_LARGE = "too-large"
    NOT_REAL = "not-real"
    """The root or logarithm of what has none."""
    NOT_WHOLE = "not-whole"
    """Only whole numbers have what was asked for."""
    NOTHING_BEFORE = "nothing-before"
    """There is no result before this."""


class NoValue(Exception):
    """What was asked has no value that can be told."""

    def __init__(self, why: WhyNoValue) -> None:
        super().__init__(why)
        self.why = why


def value_of(what: Sum, last: Fraction | None = None) -> Amount:
    """What it comes to.

    Args:
        what: What was asked.
        last: The result before this.

    Raises:
        NoValue: Nothing that can be told.
    """
    if isinstance(what, Fraction):
        return _bounded(what)
    if isinstance(what, Leaf):
        if what is Leaf.LAST:
            if last is None:
                raise NoValue(WhyNoValue.NOTHING_BEFORE)
            return Amount(last)
        return Amount(Fraction(math.pi if what is Leaf.PI else math.e), exact=False)
    of = [value_of(one, last) for one in what.of]
    numbers = [one.value for one in of]
    if what.op in {Op.ADD, Op.SUBTRACT} and _is_percent(what.of[1]) and not _is_percent(what.of[0]):
        numbers[1] *= numbers[0]  # "200 plus 19 percent" means 19 percent of the 200
    found = _EXACT[what.op](numbers) if what.op in _EXACT else _NEARLY[what.op](numbers)
    amount = found if isinstance(found, Amount) else Amount(found)
    return Amount(_bounded(amount.value).value, amount.exact and all(one.exact for one in of))


def uses_last(what: Sum) -> bool:
    """Whether the result before this is needed."""
    return what is Leaf.LAST or (isinstance(what, Term) and any(uses_last(one) for one in what.of))


def _is_percent(what: Sum) -> bool:
    return isinstance(what, Term) and what.op is Op.PERCENT


def _bounded(value: Fraction) -> Amount:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise NoValue(WhyNoValue.TOO_LARGE)
    return Amount(value)


def _divided(numbers: Sequence[Fraction]) -> Fraction:
    if not numbers[1]:
        raise NoValue(WhyNoValue.BY_ZERO)
    return numbers[0] / numbers[1]


def _remainder(numbers: Sequence[Fraction]) -> Fraction:
    if not numbers[1]:
        raise NoValue(WhyNoValue.BY_ZERO)
    return numbers[0] % numbers[1]


def _factorial(numbers: Sequence[Fraction]) -> Fraction:
    (number,) = numbers
    if number.denominator != 1 or number < 0:
        raise NoValue(WhyNoValue.NOT_WHOLE)
    if number > MOST_FACTORIAL:
        raise NoValue(WhyNoValue.TOO_LARGE)
    return Fraction(math.factorial(int(number)))


def _power(numbers: Sequence[Fraction]) -> Amount:
    base, exponent = numbers
    if exponent.denominator != 1:
        root = _root([base, Fraction(exponent.denominator)])
        whole = _power([root.value, Fraction(exponent.numerator)])
        return Amount(whole.value, root.exact and whole.exact)
    if not base and exponent < 0:
        raise NoValue(WhyNoValue.BY_ZERO)
    bits = max(abs(base.numerator).bit_length(), base.denominator.bit_length())
    if abs(base) not in {0, 1} and (bits - 1) * abs(exponent) > MOST_BITS:
        raise NoValue(WhyNoValue.TOO_LARGE)
    if abs(base) in {0, 1}:
        exponent = exponent if abs(exponent) <= 1 else Fraction(2 + exponent.numerator % 2)
    return Amount(Fraction(base ** int(exponent)))


def _root(numbers: Sequence[Fraction]) -> Amount:
    number, degree = numbers
    if degree.denominator != 1 or degree < 1:
        raise NoValue(WhyNoValue.NOT_WHOLE)
    if degree > DEEPEST_ROOT:
        raise NoValue(WhyNoValue.TOO_LARGE)
    times = int(degree)
    if number < 0:
        if times % 2 == 0:
            raise NoValue(WhyNoValue.NOT_REAL)
        positive = _root([-number, degree])
        return Amount(-positive.value, positive.exact)
    over, under = _whole_root(number.numerator, times), _whole_root(number.denominator, times)
    if over**times == number.numerator and under**times == number.denominator:
        return Amount(Fraction(over, under))
    scaled = (number.numerator << (times * _ROOT_BITS)) // number.denominator
    return Amount(Fraction(_whole_root(scaled, times), 1 << _ROOT_BITS), exact=False)


def _whole_root(number: int, times: int) -> int:
    """The largest whole number whose power is not above `number`, by Newton's way."""
    if number == 0:
        return 0
    guess = 1 << -(-number.bit_length() // times)
    while True:
        better = ((times - 1) * guess + number // guess ** (times - 1)) // times
        if better >= guess:
            return guess
        guess = better


def _whole(numbers: Sequence[Fraction]) -> list[int]:
    if any(one.denominator != 1 for one in numbers):
        raise NoValue(WhyNoValue.NOT_WHOLE)
    return [int(one) for one in numbers]


def _median(numbers: Sequence[Fraction]) -> Fraction:
    row = sorted(numbers)
    half = len(row) // 2
    return row[half] if len(row) % 2 else (row[half - 1] + row[half]) / 2


def _rounded(numbers: Sequence[Fraction]) -> Fraction:
    """To a whole number, or to as many decimals as the second says; halves away from zero, as people do."""
    number, places = numbers[0], int(numbers[1]) if len(numbers) > 1 else 0
    scale = Fraction(10) ** max(min(places, _NEAR), -_NEAR)
    whole = math.floor(abs(number) * scale + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole) / scale


def _logarithm(function: Callable[[float], float]) -> Callable[[Sequence[Fraction]], Amount]:
    def told(numbers: Sequence[Fraction]) -> Amount:
        if numbers[0] <= 0:
            raise NoValue(WhyNoValue.NOT_REAL)
        # Of both parts for itself: each may be larger than a float.
        found = function(numbers[0].numerator) - function(numbers[0].denominator)
        return _machine(found)

    return told


def _of_degrees(function: Callable[[float], float]) -> Callable[[Sequence[Fraction]], Amount]:
    return lambda numbers: _machine(function(math.radians(float(numbers[0] % 360))))


def _tangent(numbers: Sequence[Fraction]) -> Amount:
    if numbers[0] % 180 == 90:  # noqa: PLR2004 - degrees
        raise NoValue(WhyNoValue.BY_ZERO)
    return _of_degrees(math.tan)(numbers)


def _machine(found: float) -> Amount:
    """What the machine worked out; exact where that is a short decimal."""
    near = Fraction(str(round(found, _NEAR)))
    return Amount(near, exact=(near * 1000).denominator == 1)


_EXACT: Final[Mapping[Op, Callable[[Sequence[Fraction]], Fraction]]] = {
    Op.ADD: lambda n: n[0] + n[1],
    Op.SUBTRACT: lambda n: n[0] - n[1],
    Op.MULTIPLY: lambda n: n[0] * n[1],
    Op.DIVIDE: _divided,
    Op.REMAINDER: _remainder,
    Op.FACTORIAL: _factorial,
    Op.NEGATE: lambda n: -n[0],
    Op.PERCENT: lambda n: n[0] / _HUNDRED,
    Op.OFF: lambda n: n[1] * (1 - n[0]),
    Op.DIFFERENCE: lambda n: abs(n[0] - n[1]),
    Op.SUM: lambda n: sum(n, start=Fraction()),
    Op.PRODUCT: lambda n: math.prod(n, start=Fraction(1)),
    Op.AVERAGE: lambda n: sum(n, start=Fraction()) / len(n),
    Op.MEDIAN: _median,
    Op.SMALLEST: min,
    Op.LARGEST: max,
    Op.DIVISOR: lambda n: Fraction(math.gcd(*_whole(n))),
    Op.MULTIPLE: lambda n: Fraction(math.lcm(*_whole(n))),
    Op.ROUND: _rounded,
    Op.ABSOLUTE: lambda n: abs(n[0]),
}
_NEARLY: Final[Mapping[Op, Callable[[Sequence[Fraction]], Amount]]] = {
    Op.POWER: _power,
    Op.ROOT: _root,
    Op.LOGARITHM: _logarithm(math.log10),
    Op.NATURAL: _logarithm(math.log),
    Op.SINE: _of_degrees(math.sin),
    Op.COSINE: _of_degrees(math.cos),
    Op.TANGENT: _tangent,
}


# --- How a value is told ------------------------------------------------------------------------------------------

MOST_DECIMALS: Final = 6
"""Of a value that is told as it is."""
FEWEST_DECIMALS: Final = 3
"""Of a value that is told nearly."""
MOST_DIGITS: Final = 15
"""Before the decimals: what is larger is told as a number times a power of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldValue:
    """A value as it is told."""

    number: Decimal
    exact: bool
    """Whether it is just that."""
    power: int = 0
    """Of ten, that it is multiplied by."""


def told(amount: Amount, decimals: int | None = None) -> ToldValue:
    """How a value is told: exact where it is short, else rounded; never more digits than anybody can follow.

    Args:
        amount: The value.
        decimals: Fewest of what is not told exactly, in place of three.
    """
    value = amount.value
    size = _size(value)
    if size > MOST_DIGITS:
        # Cut before it is divided: the remainder changes nothing that is told.
        number = _rounded([value / Fraction(10) ** (size - 1), Fraction(FEWEST_DECIMALS - 1)])
        short = value == number * Fraction(10) ** (size - 1)
        return ToldValue(number=_decimal(number), exact=amount.exact and short, power=size - 1)
    scaled = value * 10**MOST_DECIMALS
    if amount.exact and scaled.denominator == 1:
        return ToldValue(number=_decimal(value), exact=True)
    places = max(FEWEST_DECIMALS if decimals is None else decimals, 2 - size + 1) if value else 0
    if places > MOST_DIGITS:
        number = _rounded([value * Fraction(10) ** (1 - size), Fraction(FEWEST_DECIMALS - 1)])
        return ToldValue(number=_decimal(number), exact=False, power=size - 1)
    number = _rounded([value, Fraction(places)])
    return ToldValue(number=_decimal(number), exact=amount.exact and number == value)


def _size(value: Fraction) -> int:
    """How many digits stand before the decimals; 0 and less for what begins behind the point."""
    if not value:
        return 1
    size = len(str(abs(value.numerator))) - len(str(value.denominator))  # or one more, and never less
    while abs(value) >= Fraction(10) ** size:
        size += 1
    return size


def _decimal(value: Fraction) -> Decimal:
    """A value whose decimals end."""
    context = Context(prec=MOST_DIGITS + MOST_DECIMALS + 15, rounding=ROUND_HALF_EVEN)
    number = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize(context)

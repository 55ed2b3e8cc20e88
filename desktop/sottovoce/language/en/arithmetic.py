"""English words of reckoning."""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.domain.arithmetic import Leaf, Op
from sottovoce.language.reckoning_words import Infix, NumberRow, Postfix, Prefix, ReckoningWords, Sign, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.language.reckoning_words import Meaning

_TWO, _THREE = Fraction(2), Fraction(3)
_DIGITS: Final = re.compile(r"\d+ \d+/\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|\d+")
_THEN: Final = re.compile(
    r"(?:\band )?\b(?:then|now|after that|from there)\b|^(?:and|okay|ok|so)\b"
    r"|\band (?=(?:add|subtract|multiply|divide|take away)\b)"
)

_SAME: Final[tuple[tuple[Meaning, str], ...]] = (
    (Infix(Op.ADD), "plus|added to|and add|then add|add|along with|increased by"),
    (Sign.MINUS, "minus|take away|takeaway|subtract|less|decreased by|and subtract|negative|and take away|reduced by"),
    (
        Infix(Op.MULTIPLY),
        "times|multiplied by|multiplied with|multiply by|x|lots of|multiply|and multiply by|by",
    ),
    (Infix(Op.DIVIDE), "divided by|divide by|over|and divide by|divided through"),
    (Infix(Op.REMAINDER), "modulo|mod|modulus"),
    (
        Infix(Op.POWER),
        "to the power of|to the power|raised to the power of|raised to the power|raised to|raised by",
    ),
    (Infix(Op.OFF), "off|off of|discount on|discount off|less than the price of"),
    (Sign.OF, "of|out of"),
    (Sign.TO_THE, "to the|raised to the|raised to the power of the"),
    (Sign.ORDINAL_ROOT, "root of|root"),
    (
        Sign.SKIP,
        "the|equals|equal|is|power|exactly|altogether|in total|number|value of|dollars|dollar|euros|euro|bucks",
    ),
    (Sign.COMMA, "comma"),
    (Sign.OPEN, "open parenthesis|open bracket|open parentheses|open brackets"),
    (Sign.CLOSE, "close parenthesis|close bracket|close parentheses|close brackets"),
    (Postfix(Op.POWER, (_TWO,)), "squared|square"),
    (Postfix(Op.POWER, (_THREE,)), "cubed"),
    (Postfix(Op.FACTORIAL), "factorial"),
    (Postfix(Op.PERCENT), "percent|per cent"),
    (Prefix(Op.ROOT, (_TWO,)), "square root of|square root|square roots of|sqrt|sqrt of"),
    (Prefix(Op.ROOT, (_THREE,)), "cube root of|cubic root of|cube root|cubic root"),
    (Prefix(Op.POWER, (_TWO,)), "square of"),
    (Prefix(Op.POWER, (_THREE,)), "cube of"),
    (Prefix(Op.FACTORIAL), "factorial of"),
    (Prefix(Op.MULTIPLY, (_TWO,)), "double|twice|double of"),
    (Prefix(Op.MULTIPLY, (_THREE,)), "triple|thrice"),
    (Prefix(Op.ABSOLUTE), "absolute value of|absolute of|abs"),
    (Prefix(Op.ROUND), "round|rounded"),
    (Prefix(Op.LOGARITHM), "log of|log|logarithm of|log base ten of|log ten of"),
    (Prefix(Op.NATURAL), "natural log of|natural logarithm of|ln of|ln"),
    (Prefix(Op.SINE), "sine of|sin of|sin|sine"),
    (Prefix(Op.COSINE), "cosine of|cos of|cos|cosine"),
    (Prefix(Op.TANGENT), "tangent of|tan of|tan|tangent"),
    (NumberRow(Op.SUM), "sum of|total of|sum"),
    (NumberRow(Op.PRODUCT), "product of"),
    (NumberRow(Op.DIFFERENCE), "difference between|difference of"),
    (NumberRow(Op.AVERAGE), "average of|mean of|mean average of|average|mean"),
    (NumberRow(Op.MEDIAN), "median of|median"),
    (NumberRow(Op.SMALLEST), "smallest of|minimum of|lowest of|least of|smaller of|min of"),
    (NumberRow(Op.LARGEST), "largest of|maximum of|highest of|biggest of|greatest of|larger of|bigger of|max of"),
    (
        NumberRow(Op.DIVISOR),
        "greatest common divisor of|greatest common factor of|highest common factor of|gcd of",
    ),
    (NumberRow(Op.MULTIPLE), "least common multiple of|lowest common multiple of|lcm of|smallest common multiple of"),
    (Leaf.LAST, "that|it|this|the result|the answer|the last result|that result|that number|the total|the sum"),
    (Leaf.PI, "pi"),
)

_VERBS: Final = (
    Verb("add", "to", Op.ADD, swapped=True),
    Verb("add", "and", Op.ADD),
    Verb("add", "plus", Op.ADD),
    Verb("add", "with", Op.ADD),
    Verb("add up", "and", Op.ADD),
    Verb("add together", "and", Op.ADD),
    Verb("add up", "plus", Op.ADD),
    Verb("total up", "and", Op.ADD),
    Verb("sum up", "and", Op.ADD),
    *(
        Verb(first, "and", Op.ADD, last=f" {last}")
        for first in ("what do", "what does", "how much do", "how much does", "what would", "how much would")
        for last in ("make", "come to", "add up to", "give", "be together", "make together")
    ),
    *(
        Verb(f"how many times {does}", joint, Op.DIVIDE, swapped=True)
        for does in ("does", "would", "will", "do", "can")
        for joint in ("go into", "fit into", "fit in", "go in")
    ),
    Verb("subtract", "from", Op.SUBTRACT, swapped=True),
    Verb("deduct", "from", Op.SUBTRACT, swapped=True),
    Verb("take", "away from", Op.SUBTRACT, swapped=True),
    Verb("take", "off", Op.SUBTRACT, swapped=True),
    Verb("take", "from", Op.SUBTRACT, swapped=True),
    Verb("take", "off of", Op.SUBTRACT, swapped=True),
    Verb("multiply", "by", Op.MULTIPLY),
    Verb("multiply", "with", Op.MULTIPLY),
    Verb("multiply", "times", Op.MULTIPLY),
    Verb("multiply", "and", Op.MULTIPLY),
    Verb("times", "by", Op.MULTIPLY),
    Verb("divide", "by", Op.DIVIDE),
    Verb("divide", "through", Op.DIVIDE),
    Verb("divide", "into", Op.DIVIDE, swapped=True),
    Verb("raise", "to the power of", Op.POWER),
    Verb("raise", "to the", Op.POWER),
    Verb("increase", "by", Op.ADD),
    Verb("decrease", "by", Op.SUBTRACT),
    Verb("reduce", "by", Op.SUBTRACT),
    *(
        Verb(first, "", Op.ROUND, last=f" to {last}", more=(Fraction(places),))
        for places, lasts in (
            (0, "the nearest whole number|the nearest integer|a whole number|the nearest one|zero decimal places"),
            (1, "one decimal place|one decimal|the nearest tenth|1 decimal place|1 decimal"),
            (2, "two decimal places|two decimals|the nearest hundredth|2 decimal places|2 decimals|the nearest cent"),
            (3, "three decimal places|three decimals|the nearest thousandth|3 decimal places|3 decimals"),
            (-1, "the nearest ten|the nearest 10"),
            (-2, "the nearest hundred|the nearest 100"),
            (-3, "the nearest thousand|the nearest 1000|the nearest 1,000"),
        )
        for last in lasts.split("|")
        for first in ("round", "round off", "round up")
    ),
    Verb("the remainder of", "divided by", Op.REMAINDER),
    Verb("remainder of", "divided by", Op.REMAINDER),
    Verb("the remainder when", "is divided by", Op.REMAINDER),
    Verb("the ratio of", "to", Op.DIVIDE),
    Verb("the difference between", "and", Op.DIFFERENCE),
    Verb("difference between", "and", Op.DIFFERENCE),
    Verb("the product of", "and", Op.MULTIPLY),
    Verb("product of", "and", Op.MULTIPLY),
    Verb("the quotient of", "and", Op.DIVIDE),
    Verb("quotient of", "and", Op.DIVIDE),
)


def _plain(digits: str) -> Fraction:
    whole, _, part = digits.replace(",", "").rpartition(" ")
    return Fraction(part) + (Fraction(whole) if whole else 0)


@functools.cache
def words(number: Callable[[str], Fraction | None], ordinal: Callable[[str], int | None]) -> ReckoningWords:
    """All of them, with what reads numbers."""
    return ReckoningWords(
        phrases={phrase: meaning for meaning, phrases in _SAME for phrase in phrases.split("|")},
        verbs=_VERBS,
        digits=_DIGITS,
        plain=_plain,
        then=_THEN,
        joints=frozenset({"and"}),
        number=number,
        ordinal=ordinal,
    )

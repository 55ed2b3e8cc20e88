"""Calculating: what is asked with numbers, exact where it can be."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.arithmetic import Amount, NoValue, Op, Term, WhyNoValue, told, value_of
from sottovoce.domain.said import said
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.arithmetic import Sum
    from sottovoce.domain.said import Said

RESULT: Final = "number"
"""Kind of the entity that holds the last result, as in {"number": "84"}; `Fraction` reads it."""
LARGEST_PRIME: Final = 10**12
"""Told of in at most 80 ms."""
_OF_A_BILL: Final = ("number", "number2", "numbers", "calculation", "percent")
_CENTS: Final = 2
_HUNDRED: Final = 100
_HUNDREDTH: Final = Decimal("0.01")


class Math:
    """Works out calculations, shares and percentages."""

    offer = said("math-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        number = Slot(name="number", required=True, ask=said("math-which-number"))
        second = Slot(name="number2", required=True, ask=said("math-which-number"))
        return (
            Tool(name="math.calculate", run=self._calculate, slots=(Slot(name="calculation", required=True),)),
            Tool(name="math.number", run=self._number, slots=(number,)),
            Tool(name="math.percent", run=self._percent, slots=(number, second)),
            Tool(name="math.change", run=self._change, slots=(number, second)),
            Tool(name="math.share", run=self._share, slots=tuple(Slot(name=one) for one in _OF_A_BILL)),
            Tool(name="math.prime", run=self._prime, slots=(number,)),
            Tool(name="math.money", run=self._money),
        )

    async def _calculate(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """What it comes to, or why it comes to nothing."""
        wanted = _with_its_mark(question, call.words["calculation"]) or call.slots["calculation"]
        return _worked_out(wanted, question)

    async def _number(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """A number in digits, as of "two dozen" and "three quarters"; with its mark it may be a factorial: "5!"."""
        wanted = _with_its_mark(question, call.words["number"]) or Fraction(call.slots["number"])
        return _worked_out(wanted, question)

    async def _percent(self, _: Question, call: ToolCall) -> SkillAnswer | Said:
        """Which part of the first number the second is."""
        return _percentage(Fraction(call.slots["number2"]), Fraction(call.slots["number"]), "math-percent")

    async def _change(self, _: Question, call: ToolCall) -> SkillAnswer | Said:
        """By how much the second number is more or less than the first."""
        first, second = Fraction(call.slots["number"]), Fraction(call.slots["number2"])
        return _percentage(
            abs(second - first), abs(first), "math-change-more" if second >= first else "math-change-less"
        )

    async def _share(self, _: Question, call: ToolCall) -> SkillAnswer | Said:
        """What each pays of the first number, where the second says how many; or a tip on it, or a price cut."""
        if "percent" in call.slots:
            off = Fraction(call.slots["percent"]) / _HUNDRED
            return _money_told("math-exact", Amount((1 - off) * call.slots["number2"]))
        if "calculation" in call.slots:
            return _tip(call)
        numbers = call.slots.get("numbers") or (call.slots.get("number"), call.slots.get("number2"))
        if len(numbers) != 2 or None in numbers:  # noqa: PLR2004 - the bill and how many pay it
            return said("math-share-what")
        total, people = map(Fraction, numbers)
        if people < 1 or people.denominator != 1:
            return said("math-share-nobody")
        each = Amount(total / people)
        return _money_told("math-share", each)

    async def _prime(self, _: Question, call: ToolCall) -> Said:
        """Whether it is a prime, else what divides it."""
        number = Fraction(call.slots["number"])
        if number.denominator != 1 or number < 0:
            return said("math-not-whole")
        if number > LARGEST_PRIME:
            return said("math-prime-too-large")
        whole = int(number)
        if whole <= 1:
            return said("math-prime-none", number=whole)
        divisor = _smallest_divisor(whole)
        if divisor == whole:
            return said("math-prime", number=whole)
        return said("math-no-prime", number=whole, divisor=divisor, other=whole // divisor)

    async def _money(self, _: Question, __: ToolCall) -> Said:
        """That rates of exchange are not known offline."""
        return said("math-no-rates")


_WHY: Final[Mapping[WhyNoValue, str]] = {
    WhyNoValue.BY_ZERO: "math-by-zero",
    WhyNoValue.TOO_LARGE: "math-too-large",
    WhyNoValue.NOT_REAL: "math-not-real",
    WhyNoValue.NOT_WHOLE: "math-not-whole",
    WhyNoValue.NOTHING_BEFORE: "math-nothing-before",
}
_FACTORIAL: Final = re.compile(r"[\d)]!")


def _with_its_mark(question: Question, words: str) -> Sum | None:
    """What is asked with the mark behind a number that understanding takes for the end of a sentence: "5!"."""
    at = question.text.find(words)
    rest = question.text[at + len(words) - 1 :] if at >= 0 else ""
    return language(question.context.language).values.calculation(f"{words}!") if _FACTORIAL.match(rest) else None


def _tip(call: ToolCall) -> SkillAnswer | Said:
    """The tip of so many percent on a bill, and both together."""
    try:
        tip = value_of(call.slots["calculation"]).value * Fraction(call.slots["number2"])
    except NoValue as none:
        return said(_WHY[none.why])
    total = tip + call.slots["number2"]
    answer = said("math-tip", tip=_cents(Amount(tip)), total=_cents(Amount(total)))
    return SkillAnswer(said=answer, entities={RESULT: str(tip)})


def _worked_out(wanted: Sum, question: Question) -> SkillAnswer | Said:
    try:
        amount = value_of(wanted, _last(question.dialogue.entities))
    except NoValue as none:
        return said(_WHY[none.why])
    return SkillAnswer(said=_result(amount), entities={RESULT: str(amount.value)})


def _last(entities: Mapping[str, str]) -> Fraction | None:
    try:
        return Fraction(entities[RESULT]) if RESULT in entities else None
    except (ValueError, ZeroDivisionError):
        return None


def _result(amount: Amount) -> Said:
    form = told(amount)
    if form.power:
        key = "math-exact-power" if form.exact else "math-about-power"
        return said(key, number=form.number, power=form.power)
    return said("math-exact" if form.exact else "math-about", number=form.number)


def _percentage(part: Fraction, whole: Fraction, key: str) -> SkillAnswer | Said:
    if not whole:
        return said("math-of-nothing")
    amount = value_of(Term(Op.DIVIDE, (part * 100, whole)))
    form = told(amount, decimals=1)
    about = "no" if form.exact else "yes"
    return SkillAnswer(said=said(key, number=form.number, about=about), entities={RESULT: str(amount.value)})


def _money_told(key: str, amount: Amount) -> SkillAnswer:
    cents = (amount.value * 100).denominator == 1
    answer = said(key, number=_cents(amount), about="no" if cents else "yes")
    return SkillAnswer(said=answer, entities={RESULT: str(amount.value)})


def _cents(amount: Amount) -> Decimal:
    """A sum of money: whole, or with two decimals."""
    rounded = value_of(Term(Op.ROUND, (amount.value, Fraction(_CENTS)))).value
    number = told(Amount(rounded)).number
    return number if rounded.denominator == 1 else number.quantize(_HUNDREDTH)


def _smallest_divisor(number: int) -> int:
    for small in (2, 3):
        if number % small == 0:
            return small
    divisor = 5
    while divisor * divisor <= number:
        for candidate in (divisor, divisor + 2):
            if number % candidate == 0:
                return candidate
        divisor += 6
    return number

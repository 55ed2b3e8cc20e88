"""Converting units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.skills.math import RESULT
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.said import said
from sottovoce.domain.units import NoSuchAmount, UnlikeUnits, convert

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said
    from sottovoce.domain.values import Quantity

_SHORT: Final = 1000
"""Amounts with at most three decimals are told again."""


class Units:
    """Tells how much of one unit is how much of another."""

    offer = said("unit-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        slots = Slot(name="quantity", required=True, ask=said("unit-how-much")), Slot(name="unit", required=True)
        return (
            Tool(name="unit.convert", run=self._convert, slots=slots),
            Tool(name="unit.compare", run=self._compare, slots=(slots[0], Slot(name="quantity2", required=True))),
        )

    async def _convert(self, _: Question, call: ToolCall) -> SkillAnswer | Said:
        amount: Quantity = call.slots["quantity"]
        unit: str = call.slots["unit"]
        try:
            result = convert(amount, unit)
        except UnlikeUnits:
            return said("unit-unlike", one=amount.unit, other=unit)
        except NoSuchAmount:
            return said("unit-none")
        short = (amount.number * _SHORT).denominator == 1  # else "six foot two" would be "about 6.17 feet"
        answer = said("unit-result", amount=amount, result=result) if short else said("unit-alone", result=result)
        return SkillAnswer(said=answer, entities={RESULT: str(result.number)})

    async def _compare(self, _: Question, call: ToolCall) -> Said:
        one: Quantity = call.slots["quantity"]
        other: Quantity = call.slots["quantity2"]
        try:
            same = convert(other, one.unit)
        except UnlikeUnits:
            return said("unit-unlike", one=one.unit, other=other.unit)
        except NoSuchAmount:
            return said("unit-none")
        how = "same" if one.number == same.number else "more" if one.number > same.number else "less"
        return said("unit-compared", how=how, one=one, other=other)

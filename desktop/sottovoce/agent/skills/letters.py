"""Letters: how words are spelled, counted and turned round, and Roman numerals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain import roman
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said

MOST_LETTERS: Final = 60
"""More of them nobody follows."""


class Letters:
    """Spells what was heard, letter by letter; it knows no other spelling than that."""

    offer = said("letters-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        word = Slot(name="word", required=True, ask=said("letters-which-word"))
        number = Slot(name="number", required=True, ask=said("letters-which-number"))
        return (
            Tool(name="letters.spell", run=self._spell, slots=(word,)),
            Tool(name="letters.count", run=self._count, slots=(word, Slot(name="letter"))),
            Tool(name="letters.backwards", run=self._backwards, slots=(word,)),
            Tool(name="letters.roman", run=self._roman, slots=(number,)),
            Tool(name="letters.arabic", run=self._arabic, slots=(Slot(name="roman", required=True),)),
        )

    async def _spell(self, _: Question, call: ToolCall) -> Said:
        word = call.words["word"]
        letters = tuple(one.upper() for one in word if one.isalnum())
        if not letters:
            return said("letters-none")
        if len(letters) > MOST_LETTERS:
            return said("letters-too-long")
        return said("letters-spelled", word=word, letters=letters)

    async def _count(self, _: Question, call: ToolCall) -> Said:
        word, letter = call.words["word"], call.slots.get("letter")
        letters = [one for one in word.casefold() if one.isalnum()]
        if letter is None:
            return said("letters-count", word=word, count=len(letters))
        return said("letters-count-of", word=word, letter=letter.upper(), count=letters.count(letter))

    async def _backwards(self, _: Question, call: ToolCall) -> Said:
        word = call.words["word"]
        if len(word) > MOST_LETTERS:
            return said("letters-too-long")
        return said("letters-backwards", word=word, turned=word[::-1].casefold())

    async def _roman(self, _: Question, call: ToolCall) -> Said:
        number = Fraction(call.slots["number"])
        numerals = roman.numerals(int(number)) if number.denominator == 1 else None
        if numerals is None:
            return said("letters-no-roman", most=roman.LARGEST)
        return said("letters-roman", number=int(number), letters=numerals)

    async def _arabic(self, _: Question, call: ToolCall) -> Said:
        number = call.slots["roman"]
        return said("letters-arabic", number=number, letters=roman.numerals(number))

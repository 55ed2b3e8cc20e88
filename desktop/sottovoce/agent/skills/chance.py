"""Coins, dice and choices: what is left to chance."""

from __future__ import annotations

import math
import re
import secrets
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.said import said
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said

MOST_DICE: Final = 20
"""More of them nobody listens to."""
MOST_SIDES: Final = 1_000_000
LARGEST: Final = 10**15
"""Up to which a number is picked."""
_USUAL_SIDES: Final = 6
_USUAL_NUMBER: Final = 100
_TYPED_DICE: Final = re.compile(r"\b(\d*)\s?[dw]\s?(\d+)\b", re.IGNORECASE)
"""As players write them: "2d6"; German has "w"."""


class Luck(Protocol):
    """Where chance comes from."""

    def randrange(self, start: int, stop: int, /) -> int:
        """A number from `start` on and below `stop`, each as likely."""


class Chance:
    """Tosses coins, rolls dice, picks numbers and things."""

    offer = said("chance-offer")

    def __init__(self, luck: Luck | None = None) -> None:
        """Draw from `luck`; from the operating system where that is None."""
        self._luck: Luck = luck or secrets.SystemRandom()

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        numbers = Slot(name="number"), Slot(name="number2")
        return (
            Tool(name="chance.coin", run=self._coin, slots=numbers[:1]),
            Tool(name="chance.dice", run=self._dice, slots=(*numbers, Slot(name="numbers"))),
            Tool(name="chance.number", run=self._number, slots=numbers),
            Tool(name="chance.choose", run=self._choose, slots=(Slot(name="option"), Slot(name="option2"))),
        )

    async def _coin(self, _: Question, call: ToolCall) -> Said:
        """Heads or tails, of one coin or several."""
        coins = _whole(call, "number", 1)
        if not 1 <= coins <= MOST_DICE:
            return said("chance-too-many", most=MOST_DICE)
        heads = sum(self._between(0, 1) for _ in range(coins))
        if coins == 1:
            return said("chance-coin", side="heads" if heads else "tails")
        return said("chance-coins", heads=heads, tails=coins - heads)

    async def _dice(self, question: Question, call: ToolCall) -> Said:
        """What dice show, and their sum where there are several."""
        written = _TYPED_DICE.search(question.text)
        if written:
            dice, sides = int(written[1] or 1), int(written[2])
        else:
            dice, sides = _named_dice(call)
        if not 1 <= dice <= MOST_DICE:
            return said("chance-too-many", most=MOST_DICE)
        if not 2 <= sides <= MOST_SIDES:  # noqa: PLR2004 - a die with one side is none
            return said("chance-no-such-die")
        shown = [self._between(1, sides) for _ in range(dice)]
        if dice == 1:
            return said("chance-die", number=shown[0])
        return said("chance-dice", numbers=tuple(str(one) for one in shown), sum=sum(shown))

    async def _number(self, _: Question, call: ToolCall) -> Said:
        """A whole number between two, both included; up to one where one is named."""
        slots = call.slots
        one = Fraction(slots.get("number", 1)) if "number2" in slots else Fraction(1)
        other = Fraction(slots.get("number2", slots.get("number", _USUAL_NUMBER)))
        low, high = math.ceil(min(one, other)), math.floor(max(one, other))
        if max(abs(low), abs(high)) > LARGEST:
            return said("chance-too-large")
        if low > high:
            return said("chance-none-between")
        return said("chance-number", number=self._between(low, high))

    async def _choose(self, question: Question, call: ToolCall) -> Said:
        """One of the things that are named."""
        split = language(question.context.language).values.things
        named = [one for slot in ("option", "option2", "option3") for one in split(call.words.get(slot, ""))]
        if len(named) < 2:  # noqa: PLR2004 - one is no choice
            return said("chance-choose-what")
        return said("chance-chosen", thing=self._one_of(named))

    def _between(self, low: int, high: int) -> int:
        return self._luck.randrange(low, high + 1)

    def _one_of(self, things: Sequence[str]) -> str:
        return things[self._between(0, len(things) - 1)]


def _named_dice(call: ToolCall) -> tuple[int, int]:
    """How many dice, and of how many sides: "three six sided dice", "a twenty sided die"."""
    numbers: tuple[Fraction, ...] = call.slots.get("numbers", ())
    if not numbers:
        return _whole(call, "number", 1), _whole(call, "number2", _USUAL_SIDES)
    *before, sides = (int(one) if one.denominator == 1 else 0 for one in numbers)
    return (before[0] if before else 1), sides


def _whole(call: ToolCall, slot: str, usual: int) -> int:
    """A slot's number; 0 where that is no whole one."""
    number = Fraction(call.slots.get(slot, usual))
    return int(number) if number.denominator == 1 else 0

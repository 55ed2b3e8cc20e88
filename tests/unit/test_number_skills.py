"""Dice, letters, dates, zones, sun and stopwatch: what the tried sentences do not reach."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.questions import Question, SkillAnswer
from sottovoce.agent.skills.chance import LARGEST, MOST_DICE, MOST_SIDES, Chance
from sottovoce.agent.skills.letters import Letters
from sottovoce.agent.skills.math import LARGEST_PRIME, RESULT, Math
from sottovoce.agent.skills.stopwatch import MOST_LAPS, PREFERENCE, Stopwatch
from sottovoce.agent.tools import ToolCall
from sottovoce.domain import roman
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import Dialogue
from sottovoce.memory.system import MemorySystem
from tests.fakes_store import FakeStore
from tests.unit.parts import NOW

if TYPE_CHECKING:
    from sottovoce.agent.tools import Skill
    from sottovoce.domain.said import Said


class Most:
    """Chance that always comes out as large as it can."""

    def randrange(self, start: int, stop: int, /) -> int:
        return stop - 1


async def asked(
    skill: Skill,
    name: str,
    text: str = "",
    dialogue: Dialogue | None = None,
    context: UserContext | None = None,
    **slots: Any,  # noqa: ANN401 - values of any kind
) -> Said:
    tool = next(tool for tool in skill.tools if tool.name == name)
    question = Question(text=text, context=context or UserContext(), dialogue=dialogue or Dialogue())
    answer = await tool.run(question, ToolCall(name, slots, {slot: str(value) for slot, value in slots.items()}))
    said = answer.said if isinstance(answer, SkillAnswer) else answer
    assert not isinstance(said, (str, tuple))
    return said


@pytest.mark.parametrize(
    ("name", "text", "slots", "key"),
    [
        ("chance.coin", "", {}, "chance-coin"),
        ("chance.coin", "", {"number": Fraction(MOST_DICE + 1)}, "chance-too-many"),
        ("chance.coin", "", {"number": Fraction(3)}, "chance-coins"),
        ("chance.dice", "", {"number": Fraction(1, 2)}, "chance-too-many"),
        ("chance.dice", "roll 99d6", {}, "chance-too-many"),
        ("chance.dice", "", {"number2": Fraction(1)}, "chance-no-such-die"),
        ("chance.dice", "", {"number2": Fraction(MOST_SIDES + 1)}, "chance-no-such-die"),
        ("chance.dice", "", {"numbers": (Fraction(3), Fraction(6))}, "chance-dice"),
        ("chance.dice", "", {"numbers": (Fraction(20),)}, "chance-die"),
        ("chance.number", "", {}, "chance-number"),
        ("chance.number", "", {"number": Fraction(LARGEST + 1)}, "chance-too-large"),
        ("chance.number", "", {"number": Fraction(1, 4), "number2": Fraction(1, 2)}, "chance-none-between"),
        ("chance.choose", "", {"option": "tea"}, "chance-choose-what"),
        ("chance.choose", "", {"option": "tea", "option2": "coffee"}, "chance-chosen"),
    ],
)
async def test_chance(name: str, text: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Chance(Most()), name, text, **slots)).key == key


async def test_dice_of_the_operating_system_show_their_sides() -> None:
    shown = {(await asked(Chance(), "chance.dice", "roll a d4")).facts["number"] for _ in range(200)}
    assert shown == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("name", "slots", "key"),
    [
        ("letters.spell", {"word": "..."}, "letters-none"),
        ("letters.spell", {"word": "a" * 100}, "letters-too-long"),
        ("letters.backwards", {"word": "a" * 100}, "letters-too-long"),
        ("letters.roman", {"number": Fraction(4000)}, "letters-no-roman"),
        ("letters.roman", {"number": Fraction(1, 2)}, "letters-no-roman"),
    ],
)
async def test_letters(name: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Letters(), name, **slots)).key == key


@given(st.integers(min_value=1, max_value=roman.LARGEST))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    written = roman.numerals(number)
    assert written is not None
    assert roman.number(" ".join(written.lower())) == number


@pytest.mark.parametrize("text", ["", "iiii", "vx", "ic", "cat", "mmmm"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert roman.number(text) is None


@pytest.mark.parametrize(
    ("name", "slots", "key"),
    [
        ("math.prime", {"number": Fraction(LARGEST_PRIME + 1)}, "math-prime-too-large"),
        ("math.prime", {"number": Fraction(3)}, "math-prime"),
        ("math.prime", {"number": Fraction(9)}, "math-no-prime"),
        ("math.prime", {"number": Fraction(10)}, "math-no-prime"),
        ("math.prime", {"number": Fraction(999_999_000_001)}, "math-prime"),
        ("math.change", {"number": Fraction(), "number2": Fraction(1)}, "math-of-nothing"),
        ("math.share", {"number": Fraction(9)}, "math-share-what"),
        ("math.share", {"number": Fraction(9), "number2": Fraction(3)}, "math-share"),
    ],
)
async def test_math(name: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Math(), name, **slots)).key == key


@pytest.mark.parametrize("entities", [{}, {RESULT: "no number"}, {RESULT: "1/0"}])
async def test_a_result_that_can_not_be_read_is_none(entities: dict[str, str]) -> None:
    from sottovoce.language.en import values  # noqa: PLC0415 - the one it needs

    wanted = values.calculation("times two")
    dialogue = Dialogue(entities=entities)
    assert (await asked(Math(), "math.calculate", dialogue=dialogue, calculation=wanted)).key == "math-nothing-before"


async def test_a_stopwatch_runs_on_through_a_restart() -> None:
    store = FakeStore()
    clock = [NOW]

    async def said(name: str) -> Said:
        """With everything opened anew."""
        memory = MemorySystem(store, clock=clock[0].timestamp)
        try:
            context = await memory.get_user_context("me")
            return await asked(Stopwatch(memory, lambda: clock[0]), f"stopwatch.{name}", context=context)
        finally:
            await memory.aclose()

    assert (await said("start")).key == "stopwatch-started"
    clock[0] += timedelta(minutes=2)
    assert (await said("read")).facts["length"] == timedelta(minutes=2)
    assert (await said("lap")).facts["length"] == timedelta(minutes=2)
    clock[0] += timedelta(minutes=1)
    lap = await said("lap")
    assert (lap.facts["length"], lap.facts["whole"]) == (timedelta(minutes=1), timedelta(minutes=3))
    assert (await said("stop")).facts["length"] == timedelta(minutes=3)
    clock[0] += timedelta(hours=1)
    assert (await said("read")).facts["length"] == timedelta(minutes=3)
    assert (await said("stop")).key == "stopwatch-stands"
    assert (await said("start")).facts["length"] == timedelta(minutes=3)
    clock[0] -= timedelta(days=1)  # a clock that was set back
    assert (await said("read")).facts["length"] == timedelta(minutes=3)
    assert (await said("reset")).key == "stopwatch-reset"
    assert (await said("read")).key == "stopwatch-none"


async def test_a_stopwatch_keeps_so_many_laps() -> None:
    memory = MemorySystem(FakeStore(), clock=NOW.timestamp)
    kept = {"held": 0.0, "since": NOW.timestamp(), "laps": [1.0] * MOST_LAPS}
    try:
        context = UserContext(preferences={PREFERENCE: kept})
        assert (await asked(Stopwatch(memory, lambda: NOW), "stopwatch.lap", context=context)).key == "stopwatch-full"
        broken = UserContext(preferences={PREFERENCE: "broken"})
        assert (await asked(Stopwatch(memory, lambda: NOW), "stopwatch.read", context=broken)).key == "stopwatch-none"
    finally:
        await memory.aclose()

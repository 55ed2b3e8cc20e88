"""Dice, letters, dates, zones, sun and stopwatch: what the tried sentences do not reach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.skills.chance import LARGEST, MOST_DICE, MOST_SIDES, Chance
from sottovoce.agent.skills.dates import LAST_YEAR, Dates
from sottovoce.agent.skills.letters import Letters
from sottovoce.agent.skills.math import LARGEST_PRIME, RESULT, Math
from sottovoce.agent.skills.stopwatch import MOST_LAPS, PREFERENCE, Stopwatch
from sottovoce.agent.skills.sun import Sun
from sottovoce.agent.skills.units import Units
from sottovoce.agent.skills.zones import Zones
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import ToolCall
from sottovoce.domain import roman
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import Dialogue
from sottovoce.domain.said import said
from sottovoce.domain.values import Moment, Quantity
from sottovoce.language.places import NamedPlace
from sottovoce.memory.system import MemorySystem
from tests.fakes_store import FakeStore
from tests.unit.parts import NOW

if TYPE_CHECKING:
    from sottovoce.agent.tools.tools import Skill
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


@pytest.mark.parametrize(
    ("tip", "key"),
    [("ten percent", "math-tip"), ("one divided by zero", "math-by-zero")],
)
async def test_a_tip(tip: str, key: str) -> None:
    from sottovoce.language.en import values  # noqa: PLC0415 - the one it needs

    wanted = values.calculation(tip)
    assert (await asked(Math(), "math.share", calculation=wanted, number2=Fraction(80))).key == key


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("one hundred to the power of twenty", "math-exact-power"),
        ("one divided by seven to the power of thirty", "math-about-power"),
    ],
)
async def test_what_is_too_long_for_digits_is_told_by_its_power(wanted: str, key: str) -> None:
    from sottovoce.language.en import values  # noqa: PLC0415 - the one it needs

    assert (await asked(Math(), "math.calculate", calculation=values.calculation(wanted))).key == key


@pytest.mark.parametrize(
    ("name", "slots", "key"),
    [
        ("date.until", {"moment": Moment(at=NOW - timedelta(minutes=1))}, "date-past"),
        ("date.until", {"moment": Moment(at=NOW + timedelta(minutes=1))}, "date-until-time"),
        ("date.until", {"moment": Moment(at=NOW - timedelta(days=1), clock=False)}, "date-past"),
        ("date.until", {"moment": Moment(at=NOW, clock=False)}, "date-today"),
        ("date.until", {"moment": Moment(at=NOW + timedelta(days=1), clock=False), "unit": "hour"}, "date-until"),
        ("date.since", {"moment": Moment(at=NOW + timedelta(days=400), clock=False)}, "date-coming"),
        ("date.since", {"moment": Moment(at=NOW, clock=False)}, "date-today"),
        ("date.in", {"moment": Moment(at=NOW + timedelta(hours=2))}, "date-in-time"),
        ("date.leap", {"number": Fraction(LAST_YEAR + 1)}, "date-no-year"),
        ("date.leap", {"number": Fraction(3, 2)}, "date-no-year"),
        ("date.age", {"moment": Moment(at=NOW + timedelta(days=1), clock=False)}, "date-unborn"),
        ("date.age", {"moment": Moment(at=NOW - timedelta(days=9000), clock=False)}, "date-age"),
        ("date.age", {"number": Fraction(NOW.year + 1)}, "date-unborn"),
        ("date.age", {"number": Fraction(NOW.year)}, "date-age-year"),
    ],
)
async def test_dates(name: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Dates(lambda: NOW), name, **slots)).key == key


async def test_days_between_the_first_days_of_all() -> None:
    first, second = Moment(at=datetime(1, 6, 2, tzinfo=UTC)), Moment(at=datetime(1, 6, 1, tzinfo=UTC))
    between = await asked(Dates(lambda: NOW), "date.between", moment=first, moment2=second)
    assert (between.facts["first"], between.facts["second"]) == (second.at.date(), first.at.date())


@pytest.mark.parametrize(("unit", "count"), [("hour", 48), ("minute", 2880), ("second", 172_800)])
async def test_days_are_counted_in_what_is_asked_for(unit: str, count: int) -> None:
    day = Moment(at=NOW - timedelta(days=2), clock=False)
    answer = await asked(Dates(lambda: NOW), "date.since", moment=day, unit=unit)
    assert answer.facts["span"] == (said("date-count", count=count, unit=unit),)


@pytest.mark.parametrize(
    ("name", "slots", "key"),
    [
        ("unit.convert", {"quantity": Quantity(Fraction(-300), "celsius"), "unit": "kelvin"}, "unit-none"),
        ("unit.convert", {"quantity": Quantity(Fraction(3), "celsius"), "unit": "metre"}, "unit-unlike"),
        (
            "unit.compare",
            {"quantity": Quantity(Fraction(3), "celsius"), "quantity2": Quantity(Fraction(-500), "fahrenheit")},
            "unit-none",
        ),
        (
            "unit.compare",
            {"quantity": Quantity(Fraction(3), "celsius"), "quantity2": Quantity(Fraction(3), "metre")},
            "unit-unlike",
        ),
    ],
)
async def test_amounts_that_can_not_be(name: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Units(), name, **slots)).key == key


@pytest.mark.parametrize(
    ("name", "slots", "key"),
    [
        ("zone.time", {"place": "tokyo"}, "zone-time"),
        ("zone.time", {"place": "the usa"}, "zone-time-several"),
        ("zone.time", {"place": "atlantis"}, "zone-unknown"),
        ("zone.time", {"place": "three hours"}, "zone-in"),
        ("zone.difference", {"place": "atlantis"}, "zone-unknown"),
        ("zone.difference", {"place": "tokyo"}, "zone-difference-here"),
        ("zone.difference", {"place": "tokyo", "place2": "atlantis"}, "zone-unknown"),
        ("zone.difference", {"place": "tokyo", "place2": "london"}, "zone-difference"),
        ("zone.then", {"place": "atlantis", "moment": Moment(at=NOW)}, "zone-unknown"),
        ("zone.then", {"place": "tokyo", "moment": Moment(at=NOW)}, "zone-then-here"),
        ("zone.then", {"place": "tokyo", "place2": "atlantis", "moment": Moment(at=NOW)}, "zone-unknown"),
        ("zone.then", {"place": "tokyo", "place2": "london", "moment": Moment(at=NOW)}, "zone-then"),
    ],
)
async def test_zones(name: str, slots: dict[str, Any], key: str) -> None:
    assert (await asked(Zones(lambda: NOW), name, **slots)).key == key


async def test_a_zone_that_this_machine_does_not_know_is_told_as_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sottovoce.agent.skills.zones.place", lambda *_: NamedPlace("Here", "No/Where", several=False))
    assert (await asked(Zones(lambda: NOW), "zone.time", place="here")).key == "zone-unknown"


@pytest.mark.parametrize(
    ("slots", "key"),
    [
        ({"place": "tokyo", "moment": Moment(at=NOW, clock=False)}, "sun-times"),
        ({"place": "tokyo", "moment": Moment(at=NOW + timedelta(days=9999), clock=False)}, "sun-too-far"),
        ({"place": "atlantis"}, "zone-unknown"),
        ({"place": "texas"}, "sun-not-exactly"),
    ],
)
async def test_the_sun(slots: dict[str, Any], key: str) -> None:
    memory = MemorySystem(FakeStore(), clock=NOW.timestamp)
    try:
        assert (await asked(Sun(memory, lambda: NOW), "sun.times", **slots)).key == key
    finally:
        await memory.aclose()


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

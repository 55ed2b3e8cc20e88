"""What is read out of plain statements, what questions want of it, and what is reckoned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sottovoce.agent.agent import FALLBACK
from sottovoce.domain.typed import Anniversary, TypedFact, Want
from sottovoce.language.en import typed
from tests.unit.parts import NOW, Typed

AT = datetime(2026, 11, 21, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "holder", "relation", "value", "positive"),
    [
        ("My sister is called Anna.", "my sister", "be called", "anna", True),
        (
            "my daughter's birthday is the first of december",
            "my daughter birthday",
            "be",
            "the first of december",
            True,
        ),
        ("i don't speak italian", "i", "speak", "italian", False),
        ("my brother isn't married", "my brother", "be", "married", False),
        ("we got married on may third", "i", "got married", "may third", True),
        ("the rent is eight hundred euros", "rent", "be", "eight hundred euros", True),
        ("my mum lives in rome", "my mother", "live", "in rome", True),
    ],
)
def test_a_statement(text: str, holder: str, relation: str, value: str, positive: bool) -> None:  # noqa: FBT001
    fact = typed.fact(text)
    assert fact is not None
    assert (fact.holder, fact.relation, fact.value, fact.positive) == (
        tuple(holder.split()),
        relation,
        value,
        positive,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is my sister called",
        "set a timer",
        "it is late",
        "maybe my sister is called anna",
        "hello there",
        "my very own big old red house in town by the sea is old",
    ],
)
def test_nothing_certain(text: str) -> None:
    assert typed.fact(text) is None


@pytest.mark.parametrize(
    ("question", "want", "holder"),
    [
        ("how many days until my birthday", Want.UNTIL, "my birthday"),
        ("do you know how long until my birthday", Want.UNTIL, "my birthday"),
        ("what day is my birthday on", Want.WEEKDAY, "my birthday"),
        ("how old is my mum", Want.AGE, "my mother"),
        ("how old am i", Want.AGE, "i"),
        ("how many brothers do i have", Want.COUNT, "i"),
        ("how long have we been married", Want.SINCE, "i"),
        ("do i speak german", Want.WHETHER, "i"),
        ("is my car red", Want.WHETHER, "my car"),
        ("am i married", Want.WHETHER, "i"),
        ("how tall am i", Want.VALUE, "i"),
        ("when is my birthday", Want.VALUE, "i"),
        ("which languages do i speak", Want.VALUE, "i"),
    ],
)
def test_a_question(question: str, want: Want, holder: str) -> None:
    wish = typed.wish(question)
    assert wish is not None
    assert (wish.want, wish.holder) == (want, tuple(holder.split()))


@pytest.mark.parametrize(
    "question",
    ["how old are you", "is it late", "is my car", "what is love", "how many days until it", "do i like tea", "is my"],
)
def test_a_question_of_no_known_form(question: str) -> None:
    assert typed.wish(question) is None


def test_whose_birth_is_told() -> None:
    assert typed.born(_fact("i was born in 1984")) == ("i",)
    assert typed.born(_fact("my birthday is may third")) == ("i",)
    assert typed.born(_fact("my sister's birthday is may third")) == ("my", "sister")
    assert typed.born(_fact("my sister's birthday is not may third")) is None
    assert typed.born(_fact("my sister is tall")) is None


def test_years_and_ages() -> None:
    assert typed.year_in(_fact("we moved to hamburg in may two thousand fifteen")) == 2015
    assert typed.year_in(_fact("i was born in hamburg")) is None
    assert typed.years_in(_fact("my son is seven years old")) == 7
    assert typed.years_in(_fact("my son is tall")) is None


def test_a_day_comes_again() -> None:
    leap = Anniversary(date(2024, 2, 29), year_known=False)
    assert leap.next(date(2026, 11, 21)) == date(2027, 3, 1)
    assert leap.next(date(2026, 2, 1)) == date(2026, 3, 1)
    assert Anniversary(date(2030, 5, 3), year_known=True).next(date(2026, 1, 1)) == date(2030, 5, 3)
    assert Anniversary(date(1984, 12, 3), year_known=True).age(date(2026, 11, 21)) == 41


@pytest.mark.parametrize(
    ("former", "said", "right"),
    [
        ("my sister is called anna", "no, it's Eva.", "my sister is called Eva"),
        ("i live in berlin", "no hamburg", "i live in hamburg"),
        ("i live in berlin", "actually in hamburg", "i live in hamburg"),
        ("my son is seven years old", "no he is eight", "my son is eight years old"),
        ("my car is parked on level four", "no level five", "my car is parked on level five"),
        ("my dog is a brown dog with a spot", "no a collie", "my dog is a collie"),
        ("the wind blows", "no eva", None),
        ("my sister is called anna", "eva", None),
        ("my sister is called anna", "no thanks", None),
        ("my sister is called anna", "no what is the time", None),
        ("my sister is called anna", "no my brother is called tom", None),
    ],
)
def test_a_correction(former: str, said: str, right: str | None) -> None:
    assert typed.corrected(former, said) == right


def test_somebody_by_another_name() -> None:
    assert typed.renamed("when is anna's birthday", "anna", ("my", "sister")) == "when is my sister's birthday"
    assert typed.renamed("where does my sister live", "anna", ("my", "sister")) == "where does anna live"
    assert typed.renamed("where does tom live", "anna", ("my", "sister")) is None
    assert typed.named(_fact("my brothers are called tom and max")) is None
    assert typed.named(_fact("tom is my neighbor")) == ("tom", ("my", "neighbor"))
    assert typed.named(_fact("my sister anna lives in rome")) == ("anna", ("my", "sister"))
    assert typed.named(_fact("i live in rome")) is None


def _fact(text: str) -> TypedFact:
    fact = typed.fact(text)
    assert fact is not None
    return fact


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        (["my exam is on november twentieth 2026"], "how long until my exam", "That is past"),
        (["my exam is tomorrow"], "how many days until my exam", "That is tomorrow"),
        (["my brothers are not tom and max"], "how many brothers do i have", "You have not told me"),
        (["i was born in 2090"], "how old am i", "Sorry"),
        (["my anniversary is on may third 2010"], "how many days until my anniversary", "It is 163 days"),
        (["we got married on may third"], "how long have we been married", "You told me"),
        (["i moved to rome in 2020"], "how long have i lived in rome", "For about 6 years"),
        (["we did not get married"], "how long have we been married", "You told me"),
        (["my brother speaks german"], "do i speak german", "Sorry"),
        (["i speak english"], "do i speak german", "Sorry"),
        (["i moved to rome in 2020"], "how long have i lived in paris", ""),
        (["my daughters are not mia and lily"], "how many daughters do i have", "You have not told me"),
        (["my birthday is not may third"], "how long until my birthday", "Sorry"),
    ],
)
async def test_what_is_reckoned(told: list[str], asked: str, answer: str) -> None:
    async with Typed() as talk:
        for one in told:
            await talk.reply(f"remember that {one}")
        reply = await talk.ask(asked)
        assert reply.reply.startswith(answer) if answer else reply.intent == FALLBACK


async def test_an_age_that_was_told_long_ago_is_told_with_its_day() -> None:
    async with Typed() as talk:
        talk.clock.now = (NOW - timedelta(days=400)).timestamp()
        await talk.reply("my son is seven years old")
        talk.clock.now = NOW.timestamp()
        assert "October 17, 2025" in await talk.reply("how old is my son")


async def test_a_correction_of_nothing_that_can_be_corrected() -> None:
    async with Typed() as talk:
        await talk.reply("remember that it never rains but it pours")
        assert (await talk.reply("no it's sunny")).startswith("I don't know which part")

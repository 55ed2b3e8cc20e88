"""What is kept, and which questions are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.language import language
from sottovoce.language.templates import read_templates
from sottovoce.memory import cache_key, cacheable
from sottovoce.memory.cache_rules import LASTING_S, lasting_s, normalised


def test_each_family_that_is_kept_can_be_asked_for() -> None:
    shipped = read_templates(language("en").folder / "understand").sentences
    assert set(LASTING_S) <= {name.partition(".")[0] for name in shipped}


@pytest.mark.parametrize("family", LASTING_S)
def test_what_stays_true_is_kept(family: str) -> None:
    assert cacheable(f"{family}.something", question="What is the capital of Norway?")
    assert lasting_s(f"{family}.something") == LASTING_S[family]


@pytest.mark.parametrize(
    "intent",
    [
        *("", "clock.time", "clock.date", "timer.set", "timer.left", "alarm.set", "reminder.list", "note.read"),
        *("memory.likes", "memory.remember", "courtesy.hello", "system.open", "weather.now", "brand_new.skill"),
    ],
)
def test_what_passes_or_is_personal_never_is(intent: str) -> None:
    assert not cacheable(intent, question="what is two and two")


@pytest.mark.parametrize(
    "question", ["what TIME is it", "who is president now?", "What's on Today", "today's news", "the o'clock thing"]
)
def test_an_answer_that_passes_is_not_kept(question: str) -> None:
    assert not cacheable("knowledge.lookup", question=question)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is it?", "what  is it"),
        ("hello!", "Hello ?!"),
        ("caf\u00e9", "cafe\u0301"),
        ("\u201cWhat is it\u201d", "what is it"),
    ],
)
def test_the_same_question(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("convert 5 mW", "convert 5 MW"),
        ("what is 2\u00b2", "what is 22"),
        ("c++", "c"),
        ("what is 5!", "what is 5"),
        ("3.5", "35"),
        ("-5", "5"),
    ],
)
def test_not_the_same_question(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(*[st.tuples(st.text(max_size=4), st.integers(0, 3), st.text(max_size=4), st.text(max_size=4))] * 2)
def test_a_key_is_of_all_its_parts(one: tuple[str, int, str, str], other: tuple[str, int, str, str]) -> None:
    same = (*one[:3], normalised(one[3])) == (*other[:3], normalised(other[3]))
    assert (cache_key(*one) == cache_key(*other)) == same


def test_a_key_tells_nothing() -> None:
    key = cache_key("me", 3, "some-model", "where is the treasure")
    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")
    assert key == cache_key("me", "3", "some-model", "Where is the treasure?")

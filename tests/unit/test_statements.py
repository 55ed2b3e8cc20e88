"""What is said, taken apart: fillers, clauses, commands, questions; days by dates; whose something is; its sense."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.agent.intents.recognizers import IntentRecognizers
from sottovoce.agent.model.language_model import _was_said
from sottovoce.domain.words import words_of
from sottovoce.language import language
from sottovoce.language.en.days import names_a_coming_day, resolved
from sottovoce.language.en.holders import holder_of, in_other_words
from sottovoce.language.en.sense import keeps_sense
from sottovoce.language.en.statements import asks, clauses, is_command, is_sure, is_to_do, stated
from tests.unit.parts import UNDERSTANDING

NOW = datetime(2026, 11, 21, 15, 5, tzinfo=UTC)  # a Saturday


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("please, my name is anna, thanks!", "my name is anna"),
        ("from now on call me anna please", "call me anna"),
        ("my sister, by the way, is called anna", "my sister is called anna"),
        ("by the way", "by the way"),
        ("my favorite word is please", "my favorite word is please"),
        ("i want you to know that i like tea, okay", "i like tea"),
        ("my dog is okay", "my dog is okay"),
        ("no wait, my name is anna", "my name is anna"),
        ("i meant my sister is called anna", "my sister is called anna"),
        ("thanks, by the way, my size is 42", "my size is 42"),
        ("my wife, please, is called eva", "my wife is called eva"),
        ("wait for me", "wait for me"),
        ("i mean it", "i mean it"),
        ("", ""),
    ],
)
def test_what_is_said_on_the_way_is_no_part_of_a_fact(said: str, told: str) -> None:
    assert stated(said) == told


@given(st.text(max_size=60))
def test_a_statement_has_words_of_what_was_said_only(said: str) -> None:
    assert set(words_of(stated(said))) <= set(words_of(said))
    assert set(words_of(" ".join(clauses(said)))) <= set(words_of(said))


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("my sister is called anna and my brother is called tom", 2),
        ("my dog is called max. my cat is called tom; i live in rome", 3),
        ("my name is anna and set a timer for five minutes", 2),
        ("my wife and i live in berlin", 1),
        ("i live in paris and what time is it", 2),
        ("my sister is called anna, is it raining?", 2),
        ("my sister is called anna and is a nurse", 1),
        ("what time is it and what day is it", 1),
        ("i like tea and coffee", 1),
        ("i like tea but not milk", 1),
        ("i don't like tea and my sister doesn't either", 1),
        ("my sister is called anna and she lives in rome", 1),
        ("i think my sister is called anna and my brother is called tom", 1),
        ("i am here and i", 1),
        ("i am a, i am b, i am c, i am d, i am e, i am f", 1),
    ],
)
def test_clauses_that_stand_alone_are_told_apart(said: str, parts: int) -> None:
    assert len(clauses(said)) == parts


def test_what_is_to_be_done_is_no_fact() -> None:
    assert all(map(is_command, ("set an alarm", "please call mum", "play a song", "tell me a joke", "to set an alarm")))
    assert not any(map(is_command, ("call me anna", "my alarm is loud", "i set the table", "")))
    assert is_to_do("to call mum")
    assert not is_to_do("the milk")


@pytest.mark.parametrize("said", ["i like tea but not milk", "if it rains i stay", "it may be late", "only tea"])
def test_what_is_limited_is_not_sure(said: str) -> None:
    assert not is_sure(said)
    assert is_sure("my birthday is in may")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("where is the key", True),
        ("on which floor do i live", True),
        ("please tell me the gate code", True),
        ("do you know where my bike is", True),
        ("the key is here?", True),
        ("the spare key is under the mat", False),
        ("i know where it is", False),
        ("", False),
    ],
)
def test_what_asks(said: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert asks(said) is expected


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("tomorrow at nine", "on Sunday, November 22, 2026 at nine"),
        ("Tomorrow morning", "on the morning of Sunday, November 22, 2026"),
        ("by tomorrow", "by Sunday, November 22, 2026"),
        ("yesterday", "on Friday, November 20, 2026"),
        ("today", "on Saturday, November 21, 2026"),
        ("tonight at eight", "on the night of Saturday, November 21, 2026 at eight"),
        ("this evening", "on the evening of Saturday, November 21, 2026"),
        ("the day after tomorrow", "on Monday, November 23, 2026"),
        ("the day before yesterday", "on Thursday, November 19, 2026"),
        ("next friday", "on Friday, November 27, 2026"),
        ("on next saturday evening", "on the evening of Saturday, November 28, 2026"),
        ("this sunday", "on Sunday, November 22, 2026"),
        ("last saturday", "on Saturday, November 14, 2026"),
        ("last sunday", "on Sunday, November 15, 2026"),
        ("in two weeks", "on Saturday, December 5, 2026"),
        ("in 10 days", "on Tuesday, December 1, 2026"),
        ("in a month", "in December 2026"),
        ("in two years", "in 2028"),
        ("three days ago", "on Wednesday, November 18, 2026"),
        ("three years ago", "in 2023"),
        ("next week", "in the week of Monday, November 23, 2026"),
        ("this week", "in the week of Monday, November 16, 2026"),
        ("last month", "in October 2026"),
        ("next year", "in 2027"),
        ("this is it", "this is it"),
        ("on monday", "on monday"),
        ("today.txt", "today.txt"),
        (r"C:\today", r"C:\today"),
        ("the today show", "the today show"),
        ("my tomorrow list", "my tomorrow list"),
        ("the last friday in may", "the last friday in may"),
        ("the next friday deal", "the next friday deal"),
        ("on the next friday", "on Friday, November 27, 2026"),
        ("the coming friday at nine", "on Friday, November 27, 2026 at nine"),
        ("the day after tomorrow evening", "on the evening of Monday, November 23, 2026"),
        ("the day after tomorrow in rome", "on Monday, November 23, 2026 in rome"),
        ("the day after tomorrow movie", "the day after tomorrow movie"),
        ("the day before yesterday tape", "the day before yesterday tape"),
    ],
)
def test_days_are_named_by_their_dates(said: str, date: str) -> None:
    assert resolved(f"it is {said}", NOW) == f"it is {date}"


def test_what_tells_of_a_coming_day() -> None:
    for said in (
        "tomorrow",
        "the day after tomorrow",
        "next week",
        "in two days",
        "this friday",
        "today at 5",
        "tonight at ten",
    ):
        assert names_a_coming_day(f"the show is {said}")
    for said in ("slow today", "last week", "yesterday", "three days ago", "good"):
        assert not names_a_coming_day(f"it is {said}")


@given(st.text(max_size=60))
def test_any_text_can_be_looked_through_for_days_and_owners(text: str) -> None:
    assert isinstance(resolved(text, NOW), str)
    assert holder_of(text) == holder_of(text)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("my wife's birthday is in may", "when is my wife's birthday"),
        ("the birthday of my wife is in may", "when is my wife's birthday"),
        ("my wife's birthday is in may", "when is the birthday of the wife"),
        ("my mum is called eva", "what is my mother called"),
        ("my older sister is called anna", "what is my sister called"),
        ("my sister's called anna", "what's my sister's name"),
        ("my friend tom's wife is ill", "how is tom's wife"),
        ("the boss of my sister is bob", "who is my sister's boss"),
        ("my spare key is here", "where is the spare key"),
        ("i am allergic to nuts", "am i allergic to nuts"),
        ("my boss' car is red", "what colour is my boss' car"),
    ],
)
def test_the_same_holder(told: str, asked: str) -> None:
    assert holder_of(told).answers(holder_of(asked))
    assert holder_of(told).names(holder_of(asked))


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("my wife's birthday is in may", "when is my mother's birthday"),
        ("my sister is called anna", "what is my brother called"),
        ("anna's boss is bob", "who is my boss"),
        ("my sister's boss is bob", "who is my boss"),
        ("my old boss is bob", "who is my boss"),
        ("my mother in law lives in rome", "where does my mother live"),
        ("my friend tom's wife is ill", "is my wife ill"),
        ("my sister likes tea", "do i like tea"),
        ("anna has a dog", "do i have a dog"),
        ("my sister is ill", "is my older sister ill"),
        ("what's new", "is my sister new"),
    ],
)
def test_another_holder(told: str, asked: str) -> None:
    assert not holder_of(told).answers(holder_of(asked))


def test_who_is_named_among_others() -> None:
    told = holder_of("my sister's boss is bob")
    assert told.names(holder_of("my sister"))
    assert told.names(holder_of("tea"))
    assert not told.names(holder_of("my brother"))


def test_relatives_by_all_their_names() -> None:
    assert {"mother", "mum", "mom"} <= set(in_other_words("my mum's birthday").split())
    assert in_other_words("tea") == "tea"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("i like tea", "well, i like tea and i hate coffee"),
        ("i don't like tea", "i don't like tea at all"),
        ("my sister is called anna", "yesterday i was there with my sister anna who told me to go"),
        ("i want to learn french", "i want to learn french"),
        ("my sister is older than my brother", "my sister is older than my brother"),
        ("i have two dogs", "i have two dogs. do you like dogs?"),
    ],
)
def test_what_keeps_its_sense(fact: str, said: str) -> None:
    assert keeps_sense(fact, said)
    assert _was_said(fact, said, language("en"))


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("i like tea", "i don't like tea"),
        ("delete all my files", "delete all my files"),
        ("i like tea", "i hate tea, i like coffee not tea"),
        ("i like milk", "i like tea but not milk"),
        ("i am allergic to nuts", "i'm not allergic to nuts"),
        ("i don't like tea", "i like tea"),
        ("i learn french", "i want to learn french"),
        ("i live in rome", "i wish i lived in rome"),
        ("i live in rome", "if i had money i would live in rome"),
        ("i live in rome", "i used to live in rome"),
        ("i like tea", "do i like tea"),
        ("i like tea", "i like tea?"),
        ("i have three dogs", "i have two dogs"),
        ("i have 3 dogs", "i have dogs"),
        ("i like tea", "my sister likes tea"),
        ("i am ill", "my wife says i am ill"),
        ("my brother is older than my sister", "my sister is older than my brother"),
        ("my sister is pregnant", "maybe my sister is pregnant"),
        ("i like tea", ""),
    ],
)
def test_what_lost_its_sense(fact: str, said: str) -> None:
    assert not _was_said(fact, said, language("en"))


def test_good_words_and_others() -> None:
    for word in (
        "have",
        "Hates",
        "stopped",
        "tomatoes",
        "don't",
        "sister's",
        "rainstorm",
        "3.5",
        "re-read",
        "unkind",
        "C++",
    ):
        assert is_word(word), word
    for word in ("waht", "tmie", "remembre", "birhday", "xqz"):
        assert not is_word(word), word


def test_what_is_repaired_is_a_slip_in_one_word() -> None:
    for said in ("waht time is it", "what timee is it", "helo", "helo there", "what is the monthh", "what is the dste"):
        assert (UNDERSTANDING.intent(said) is None) is (said == "helo"), said  # one word alone is none of a sentence
    for said in (
        "waht tmie is it",
        "what zoltan is it",
        "do i have tea",
        "wat time is it",
        "yse",
        "reember that i like tea",
    ):
        assert UNDERSTANDING.intent(said) is None, said
    found = UNDERSTANDING.intent("remember that “a” is (b)…")
    assert found is not None
    assert found.slots["fact"] == "“a” is (b)"


def test_no_sentence_of_good_words_is_repaired() -> None:
    as_it_is = IntentRecognizers({"en": lambda _: True}).of("en")
    sentences = (Path(__file__).parents[1] / "corpus" / "public_sentences.txt").read_text("utf-8").splitlines()
    assert len(sentences) > 180
    repaired = [said for said in sentences if UNDERSTANDING.intent(said) != as_it_is.intent(said)]
    assert repaired == []

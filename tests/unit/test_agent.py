"""What is asked, and what is answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.sentences.sentence import normalised
from sottovoce.agent.skills.clock import Clock as ClockSkill
from sottovoce.domain.turns import Source
from sottovoce.language.en.grammar import enumeration
from sottovoce.language.en.person import second_person, sentence
from sottovoce.language.en.words import content_words
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.system import MemorySystem
from sottovoce.talk.answering import Answering
from tests.unit.parts import DECLINED, NOW, RECOGNIZERS, UNDERSTANDING, Clock, StoryStore, Typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def talk() -> AsyncIterator[Typed]:
    async with Typed() as typed:
        yield typed


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what time is it", "clock.time"),
        ("What's the time?", "clock.time"),
        ("tell me the time", "clock.time"),
        ("what is the date", "clock.date"),
        ("what is today's date", "clock.date"),
        ("what day is it today", "clock.day"),
        ("what month is it", "clock.month"),
        ("what year is it", "clock.year"),
        ("what do i like", "memory.likes"),
        ("what did i tell you", "memory.all"),
        ("what do you remember about me", "memory.all"),
        ("do i like python", "memory.do_i_like"),
        ("help", "help.skills"),
        ("what can you do for me", "help.skills"),
        ("good morning", "courtesy.hello"),
        ("thank you", "courtesy.thanks"),
        ("goodbye", "courtesy.bye"),
        ("who are you", "courtesy.who"),
        ("never mind", "courtesy.enough"),
    ],
)
def test_intents(text: str, intent: str) -> None:
    found = UNDERSTANDING.intent(text)
    assert found is not None
    assert found.name == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [("waht time is it", "clock.time"), ("what tmie is it", "clock.time"), ("good mornign", "courtesy.hello")],
)
def test_one_mistyped_word_is_put_right(text: str, intent: str) -> None:
    found = UNDERSTANDING.intent(text)
    assert found is not None
    assert found.name == intent


@pytest.mark.parametrize(
    "text", ["remembre that i like tea", "set a boat for five minutes", "the the", "what", "", "  "]
)
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert UNDERSTANDING.intent(text) is None


def test_the_most_literal_reading_wins_and_words_keep_their_case() -> None:
    assert UNDERSTANDING.intent("Remember that I like Python!") == Intent("memory.remember", {"fact": "I like Python"})
    assert normalised("  Well,  it\N{RIGHT SINGLE QUOTATION MARK}s 3.5 (really)… ") == "Well it's 3.5 really"


def test_a_pasted_page_is_no_sentence() -> None:
    assert UNDERSTANDING.intent("remember that " + "x " * 1000) is not None
    assert UNDERSTANDING.intent("remember that " + "x " * 3000) is None


@pytest.mark.parametrize("text", ["a " * 50_000, "remember that i like tea and " * 4000, "where is " * 12_000])
async def test_a_book_of_words_holds_nothing_up(talk: Typed, text: str) -> None:
    await talk.ask("remember that i like tea")
    before = time.process_time()
    answer = await talk.ask(text)
    assert time.process_time() - before < 20  # a minute and more where each word is looked at beside each other
    assert answer.source is Source.FALLBACK
    assert answer.reply.startswith(DECLINED)
    assert (await talk.ask("do i like tea")).reply == "Yes, you told me that you like tea."


def test_two_skills_for_one_intent_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two tools"):
        Agent(RECOGNIZERS.of, [ClockSkill(lambda: NOW), ClockSkill(lambda: NOW)])


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("what time is it", "It is 3:05 PM."),
        ("what is the date", "Today is Saturday, November 21, 2026."),
        ("what day is it", "Today is Saturday."),
        ("what month is it", "It is November."),
        ("what year is it", "It is 2026."),
        ("good morning", "Good afternoon. What can I do for you?"),
        ("thanks", "You're welcome."),
        ("bye", "Goodbye."),
        ("never mind", "Okay."),
    ],
)
async def test_plain_answers(talk: Typed, text: str, reply: str) -> None:
    answer = await talk.ask(text)
    assert answer.reply == reply
    assert answer.source is Source.SKILL


async def test_the_fallback_is_honest_and_says_what_can_be_done(talk: Typed) -> None:
    answer = await talk.ask("why is the sky blue")
    assert answer.source is Source.FALLBACK
    assert answer.reply.startswith(DECLINED)
    assert "You can say, for example: " in answer.reply


async def test_another_script_is_told_that_english_is_understood(talk: Typed) -> None:
    answer = await talk.ask("какая сегодня погода")
    assert answer.source is Source.FALLBACK
    assert "English only" in answer.reply


async def test_help_names_examples_that_work(talk: Typed) -> None:
    reply = await talk.reply("what can you do")
    examples = reply.partition("for example: ")[2].replace("Or ask: ", "")
    for example in examples.replace("?", "?|").replace(".", ".|").split("|"):
        if example.strip():
            assert (await talk.ask(example)).source is Source.SKILL


async def test_what_is_remembered_is_told_again(talk: Typed) -> None:
    assert await talk.reply("what do i like") == "You have not told me yet what you like."
    assert await talk.reply("remember that I like Python") == "I will remember that you like Python."
    assert await talk.reply("please remember that i love tea") == "I will remember that you love tea."
    assert await talk.reply("what do i like") == "You like Python and tea."
    assert await talk.reply("do i like tea") == "Yes, you told me that you love tea."
    assert await talk.reply("do i like rain") == "You have not told me whether you like rain."
    assert await talk.reply("remember that i hate rain") == "I will remember that you hate rain."
    assert await talk.reply("do i like rain") == "No, you told me that you hate rain."
    assert await talk.reply("what don't i like") == "You hate rain."


@pytest.mark.parametrize(
    "said",
    ["remember that", "remember this", "please remember that it", "don't forget to", "remember that me", "remember"],
)
async def test_a_request_that_was_cut_short_remembers_no_empty_word(talk: Typed, said: str) -> None:
    answer = await talk.ask(said)
    assert not await talk.memory.memories("me")
    if answer.source is Source.SKILL:
        assert answer.reply == "What should I remember?"
    assert await talk.reply("remember that") == "What should I remember?"
    assert await talk.reply("remember that it rains") == "I will remember that it rains."


async def test_the_same_fact_is_not_kept_twice(talk: Typed) -> None:
    await talk.reply("remember that i like tea")
    assert await talk.reply("remember that I like TEA") == "I remember already that you like tea."
    assert len(await talk.memory.memories("me")) == 1


async def test_facts_about_something(talk: Typed) -> None:
    assert await talk.reply("what did i tell you") == "You have not asked me to remember anything yet."
    await talk.reply("remember that my sister is called Anna")
    await talk.reply("remember that my favorite color is green")
    assert await talk.reply("what is my favorite color") == "Your favorite color is green."
    assert await talk.reply("what did i tell you about my sister") == "Your sister is called Anna."
    assert (
        await talk.reply("what do you know about my brother") == "You have not told me anything about your brother yet."
    )
    assert await talk.reply("what's my birthday") == "You have not told me anything about your birthday yet."
    assert await talk.reply("what is my shoe size") == "You have not told me anything about your shoe size yet."
    assert await talk.reply("what did i tell you") == "Your sister is called Anna. Your favorite color is green."


async def test_many_facts_are_counted_not_recited(talk: Typed) -> None:
    for number in range(12):
        await talk.reply(f"remember that i like number {number}")
    assert (await talk.reply("what do i like")).endswith("And 5 more, which the history shows.")


async def test_users_do_not_hear_of_each_other(talk: Typed) -> None:
    await talk.reply("remember that i like tea", user="anna")
    assert await talk.reply("what do i like", user="ben") == "You have not told me yet what you like."


def test_wording() -> None:
    assert second_person("i was told my dog likes me") == "you were told your dog likes you"
    assert second_person("we meet at 6 am at our house in the US") == "you meet at 6 am at your house in the US"
    assert second_person("I AM WITH US") == "you are WITH you"
    assert second_person("you are my friend") == "I am your friend"
    assert second_person("your voice") == "my voice"
    assert content_words("the name of my dog") == "name dog"
    assert content_words("it") == "it"
    assert sentence(" it rains ") == "It rains."
    assert sentence("why?") == "Why?"
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b", "c"]) == "a, b and c"


class _Preparing:
    """Notes what is to be made ready."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def make(self, tag: str) -> None:
        self.asked.append(f"make {tag}")

    async def complete(self, tag: str) -> None:
        self.asked.append(f"complete {tag}")


async def test_what_a_sentence_is_understood_by_is_made_before() -> None:
    preparing = _Preparing()
    agent = Agent(RECOGNIZERS.of, [], preparing=preparing)
    await agent.ready("en", "what time is it")
    await agent.ready("en", "sprich deutsch")
    await agent.warm("de")
    assert preparing.asked == ["make en", "make en", "make de", "complete de"]
    other = Agent(RECOGNIZERS.of, [])
    await other.ready("en", "sprich deutsch")
    await other.warm("en")


async def test_who_will_ask_has_their_own_language_made_ready() -> None:
    preparing, store, clock = _Preparing(), StoryStore(), Clock()
    memory = MemorySystem(store, clock=clock)
    answering = Answering(
        Agent(RECOGNIZERS.of, [], preparing=preparing), memory, ConversationMemory(store, clock=clock)
    )
    await memory.set_context("me", language="de")
    await answering.warm("me")
    assert preparing.asked == ["complete de"]
    await memory.aclose()

"""Answers that stay true are given again: to the same user, in the same manner, until what they came from changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.agent.agent import FALLBACK, Agent
from sottovoce.agent.intents.intents import IntentRecognizer
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.contexts import Personality, Tone, Verbosity
from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.turns import Source
from sottovoce.language import language
from sottovoce.language.en.grammar import length
from sottovoce.language.templates import read_templates
from sottovoce.memory.cache_rules import lasting_s, shaped_by
from sottovoce.memory.system import memory_dependency
from tests.unit.parts import DECLINED, RECOGNIZERS, Typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.records import CacheEntry
    from sottovoce.domain.said import Said

DAY_S = 86_400.0
_TEMPLATES = read_templates(language("en").folder / "understand")
_MORE = {"knowledge.define": ("define {topic}",), "brand_new.word": ("translate to klingon {topic}",)}
_DEFINING = IntentRecognizer(dataclasses.replace(_TEMPLATES, sentences={**_MORE, **_TEMPLATES.sentences}), is_word)


def defining(_tag: str) -> IntentRecognizer:
    """Understands two intents more."""
    return _DEFINING


@dataclass
class Dictionary:
    """A skill whose answers stay true; notes what it was asked."""

    intents: tuple[str, ...] = ("knowledge.define", "brand_new.word")
    offer: Said | None = None
    asked: list[str] = field(default_factory=list)
    used: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    private: bool = False
    plain: bool = False
    failure: Exception | None = None

    @property
    def tools(self) -> tuple[Tool, ...]:
        return by_words(self.answer, *self.intents)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | str:
        self.asked.append(question.text)
        if self.failure:
            raise self.failure
        text = f"{intent.slots['topic'].capitalize()} is a word, said for the {len(self.asked)}. time."
        if self.plain:
            return text
        return SkillAnswer(said=text, used=self.used, depends_on=self.depends_on, private=self.private)


@pytest.fixture
def dictionary() -> Dictionary:
    return Dictionary()


@pytest.fixture
async def talk(dictionary: Dictionary) -> AsyncIterator[Typed]:
    async with Typed([dictionary], recognizer=defining) as typed:
        yield typed


@pytest.mark.parametrize("plain", [False, True])
async def test_the_second_asking_is_answered_from_the_cache_with_its_age(
    talk: Typed, dictionary: Dictionary, *, plain: bool
) -> None:
    dictionary.plain = plain
    first = await talk.ask("define tea")
    assert (first.reply, first.source, first.age_s) == ("Tea is a word, said for the 1. time.", Source.SKILL, None)
    talk.clock.now += 60
    again = await talk.ask("Define  tea!")
    assert (again.reply, again.source, again.intent, again.age_s) == (
        first.reply,
        Source.CACHE,
        "knowledge.define",
        60.0,
    )
    assert dictionary.asked == ["define tea"]
    assert talk.store.said[-1].source == Source.CACHE
    stats = talk.cache.get_stats()["kinds"]["knowledge.define"]
    assert (stats["hits"], stats["misses"], stats["entries"]) == (1, 1, 1)
    assert (await talk.ask("define rain")).source is Source.SKILL


async def test_it_is_kept_as_long_as_its_kind_stays_true(talk: Typed, dictionary: Dictionary) -> None:
    assert lasting_s("knowledge.define") == DAY_S
    await talk.ask("define tea")
    talk.clock.now += DAY_S - 1
    assert (await talk.ask("define tea")).source is Source.CACHE
    talk.clock.now += 1
    assert (await talk.ask("define tea")).source is Source.SKILL
    assert len(dictionary.asked) == 2


async def test_what_need_not_stay_true_is_asked_for_each_time(talk: Typed, dictionary: Dictionary) -> None:
    for said in ("translate to klingon tea", "what time is it", "what do i like"):
        for _ in range(2):
            answer = await talk.ask(said)
            assert (answer.source, answer.age_s) == (Source.SKILL, None)
    assert len(dictionary.asked) == 2
    assert len(talk.cache) == 0


async def test_what_is_private_is_not_kept(talk: Typed, dictionary: Dictionary) -> None:
    dictionary.private = True
    for _ in range(2):
        assert (await talk.ask("define tea")).source is Source.SKILL
    assert len(dictionary.asked) == 2
    assert len(talk.cache) == 0


async def test_nobody_gets_what_another_one_was_answered(talk: Typed) -> None:
    await talk.ask("define tea", user="anna")
    assert (await talk.ask("define tea", user="ben")).source is Source.SKILL
    assert (await talk.ask("define tea", user="anna")).source is Source.CACHE


@pytest.mark.parametrize(
    "changes",
    [
        {"personality": Personality(tone=Tone.FORMAL)},
        {"personality": Personality(verbosity=Verbosity.BRIEF)},
        {"language": "de"},
        {"time_zone": "Europe/Berlin"},
        {"display_name": "Anna"},
        {"friendship_level": 20},
    ],
    ids=["tone", "verbosity", "language", "zone", "name", "closeness"],
)
async def test_in_another_manner_it_is_another_answer(talk: Typed, changes: dict[str, object]) -> None:
    await talk.ask("define tea")
    before = await talk.memory.get_user_context("me")
    await talk.memory.set_context("me", **changes)
    assert (await talk.ask("define tea")).source is Source.SKILL
    await talk.memory.set_context("me", **{name: getattr(before, name) for name in changes})
    assert (await talk.ask("define tea")).source is Source.CACHE


async def test_what_changes_no_answer_changes_no_key(talk: Typed) -> None:
    context = await talk.memory.get_user_context("me")
    same: UserContext = context.copy_with(
        version=9, conversations_count=9, friendship_level=9, topics={"trains": 1}, last_seen=1.0, preferences={"a": 1}
    )
    assert shaped_by(same) == shaped_by(context)


async def test_it_is_void_when_a_memory_it_came_from_is_forgotten_or_superseded(
    talk: Typed, dictionary: Dictionary
) -> None:
    for change in ("my favorite color is red", "forget that my favorite color is red"):
        await talk.reply("my favorite color is blue" if not dictionary.asked else "hello")
        (memory,) = await talk.memory.memories("me")
        dictionary.used = (memory.id,)
        await talk.ask("define tea")
        cached = await talk.ask("define tea")
        assert cached.source is Source.CACHE
        assert talk.store.uses[cached.message] == (memory.id,)
        assert (await talk.reply("why did you say that")).startswith("Because you told me that your favorite color")
        await talk.reply(change)
        dictionary.used = ()
        assert (await talk.ask("define tea")).source is Source.SKILL
        talk.cache.clear()


async def test_it_is_void_when_what_else_it_came_from_changes(talk: Typed, dictionary: Dictionary) -> None:
    dictionary.depends_on = ("document:7",)
    dictionary.used = ("m1",)
    await talk.ask("define tea")
    await talk.ask("define rain")
    kept: list[tuple[str, ...]] = []

    def look(entry: CacheEntry) -> bool:
        kept.append(entry.depends_on)
        return False

    talk.cache.invalidate_where(look)
    assert kept == [("document:7", memory_dependency("m1"))] * 2
    talk.cache.invalidate_where(lambda entry: "document:8" in entry.depends_on)
    assert (await talk.ask("define tea")).source is Source.CACHE
    talk.cache.invalidate_where(lambda entry: "document:7" in entry.depends_on)
    assert (await talk.ask("define tea")).source is Source.SKILL


async def test_an_old_answer_instead_of_a_failure_tells_its_age(talk: Typed, dictionary: Dictionary) -> None:
    first = await talk.ask("define tea")
    dictionary.failure = StoreFailed()
    with pytest.raises(StoreFailed):
        await talk.ask("define rain")
    talk.clock.now += 2 * DAY_S
    old = await talk.ask("define tea")
    assert old.reply == f"I could not look again; this is what I found 2 days ago. {first.reply}"
    assert (old.source, old.age_s) == (Source.CACHE, 2 * DAY_S)
    talk.clock.now += 30 * DAY_S
    with pytest.raises(StoreFailed):
        await talk.ask("define tea")
    dictionary.failure = None
    assert (await talk.ask("define tea")).source is Source.SKILL


async def test_without_a_cache_each_answer_is_made() -> None:
    dictionary = Dictionary()
    async with Typed([dictionary], recognizer=defining) as talk:
        context = await talk.memory.get_user_context("me")
        agent = Agent(defining, [dictionary])
        for _ in range(2):
            reply = agent.answer(_question("define tea", context))
            assert "".join([piece async for piece in reply.pieces]).startswith("Tea is a word")
            assert reply.source is Source.SKILL
    assert len(dictionary.asked) == 2


def _question(text: str, context: UserContext) -> Question:
    return Question(text=text, context=context)


# What no skill was asked for


@dataclass
class Files:
    """A last resort that knows of one thing."""

    asked: list[str] = field(default_factory=list)
    used: tuple[str, ...] = ()

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        self.asked.append(question.text)
        if "treasure" not in question.text:
            return None
        return "knowledge.answer", SkillAnswer(said="Under the palm, says map.txt.", used=self.used)


async def test_the_last_resort_is_asked_what_no_skill_understands_and_before_the_fallback() -> None:
    files = Files()
    async with Typed(last_resort=files) as talk:
        found = await talk.ask("treasure place please")
        assert (found.reply, found.source) == ("Under the palm, says map.txt.", Source.SKILL)
        assert found.intent == "knowledge.answer"
        assert await talk.reply("why did you say that") == "I read it in your own files; the answer names which."
        nothing = await talk.ask("polish my shoes")
        assert (nothing.source, nothing.intent) == (Source.FALLBACK, FALLBACK)
        assert nothing.reply.startswith(DECLINED)
        await talk.ask("what time is it")
        assert files.asked == ["treasure place please", "polish my shoes"]


async def test_an_intent_that_no_skill_answers_goes_to_the_last_resort_too() -> None:
    files = Files()
    agent = Agent(RECOGNIZERS.of, [], last_resort=files)
    async with Typed() as talk:
        context = await talk.memory.get_user_context("me")
        reply = agent.answer(_question("do i like treasure", context))
        assert [piece async for piece in reply.pieces] == ["Under the palm, says map.txt."]
        assert (reply.source, reply.intent) == (Source.SKILL, "knowledge.answer")
        reply = agent.answer(_question("what time is it", context))
        assert (reply.source, reply.intent) == (Source.FALLBACK, FALLBACK)
        assert [piece async for piece in reply.pieces] == ["Sorry, I can't answer that yet."]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((0, "1 second"), (1, "1 second"), (59.9, "59 seconds"), (60, "1 minute"), (3599, "59 minutes")),
        *((3600, "1 hour"), (7200, "2 hours"), (86_400, "1 day"), (9 * DAY_S, "9 days")),
    ],
)
def test_a_length_of_time_in_round_words(seconds: float, words: str) -> None:
    assert length(seconds) == words

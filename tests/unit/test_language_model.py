"""Answers by a language model: what it is told, what is proposed from the question, and what a failure does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.language_model import ModelAnswers, ModelFacts
from sottovoce.agent.skills import all_skills
from sottovoce.domain.errors import LanguageModelFailed
from sottovoce.domain.memories import Reach
from sottovoce.domain.turns import Source
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.memory.learning import Learning
from sottovoce.talk.answering import Answering
from tests.fakes_model import FakeModel
from tests.unit.parts import NOW, UNDERSTANDING, StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.turns import Answer

TALE = "yesterday i was at the dentist with my sister anna who told me to drop sugar for good"
FAR = "https://models.example.com/v1"


class Asked:
    """Questions to all skills and a model."""

    def __init__(self, model: FakeModel) -> None:
        self.model = model
        self.store = StoryStore()
        self.memory = MemorySystem(self.store)
        self.learning = Learning(self.memory, ModelFacts(model))
        skills = all_skills(self.memory, lambda: NOW, learning=self.learning)
        answers = ModelAnswers(model, self.memory, self.learning, lambda: NOW)
        agent = Agent(UNDERSTANDING, skills, model=answers)
        self.answering = Answering(agent, self.memory, ConversationMemory(self.store))

    async def ask(self, text: str) -> Answer:
        return await self.answering.answer(text, user_id="me")


@contextlib.asynccontextmanager
async def asking(model: FakeModel) -> AsyncIterator[Asked]:
    asked = Asked(model)
    try:
        yield asked
    finally:
        await asked.memory.aclose()


async def test_a_model_is_asked_what_no_skill_understands_and_told_of_the_user() -> None:
    async with asking(FakeModel()) as asked:
        await asked.ask("my name is ben")
        await asked.memory.set_context("me", preferences={})
        await asked.memory.save_memory("me", "i like gardening")
        await asked.ask("what time is it")
        assert asked.model.asked == []
        answer = await asked.ask("which gardening tool would suit a birthday")
        assert (answer.source, answer.intent, answer.reply) == (Source.MODEL, "model", "Rome, I think.")
        told = asked.model.text("answer")
        for part in ("i like gardening", "called ben", "2026", "what time is it", "birthday"):
            assert part in told
        used = await asked.memory.memories_used(answer.message)
        assert [memory.text for memory in used] == ["i like gardening"]


async def test_what_may_not_travel_is_not_sent() -> None:
    async with asking(FakeModel(endpoint=FAR)) as asked:
        await asked.ask("my name is ben")
        await asked.memory.save_memory("me", "i like gardening at night")
        await asked.memory.save_memory("me", "i own a gardening spade", reach=Reach.ANY)
        await asked.ask("which gardening tool would suit a birthday")
        told = asked.model.text("answer")
        assert "spade" in told
        assert "night" not in told
        assert "ben" not in told.split()


@pytest.mark.parametrize(
    ("setting", "words"),
    [({"verbosity": "brief"}, "one short"), ({"tone": "formal"}, "Be formal."), ({}, "one to three")],
)
async def test_the_manner_goes_along(setting: dict[str, str], words: str) -> None:
    async with asking(FakeModel()) as asked:
        present = await asked.memory.get_user_context("me")
        fields = {name: getattr(present.personality, name) for name in ("tone", "verbosity")} | setting
        await asked.memory.set_context("me", personality=type(present.personality)(**fields))
        await asked.ask("sing of arms and the man")
        assert words in asked.model.text("answer")


async def test_facts_are_proposed_after_the_answer_and_kept_after_a_yes() -> None:
    async with asking(
        FakeModel(facts="- my sister is called anna.\n\nI never lie\nwe ate cake\nthe moon is far")
    ) as asked:
        answer = await asked.ask(TALE)
        assert answer.reply == "Rome, I think. Shall I remember that your sister is called anna?"
        assert await asked.memory.memories("me") == ()
        assert (await asked.ask("yes")).reply == "I will remember that your sister is called anna."
        (kept,) = await asked.memory.memories("me")
        assert kept.text == "my sister is called anna"
        assert kept.source_message is not None
        assert "anna" in asked.model.text("facts")


async def test_what_was_proposed_is_dropped_with_what_it_was_found_in() -> None:
    async with asking(FakeModel(facts="my sister is called anna")) as asked:
        await asked.ask(TALE)
        asked.learning.forget()
        assert (await asked.ask("yes")).reply == "I have not asked you anything just now."


async def test_who_does_not_speak_of_themselves_is_not_searched_for_facts() -> None:
    async with asking(FakeModel()) as asked:
        await asked.ask("who painted the ceiling in rome")
        assert [purpose for purpose, _ in asked.model.asked] == ["answer"]
        asked.model.endpoint = ""
        assert await ModelFacts(asked.model).facts(TALE) == ()


async def test_without_a_model_nothing_is_asked() -> None:
    async with asking(FakeModel(endpoint="")) as asked:
        assert (await asked.ask(TALE)).source is Source.FALLBACK
        assert asked.model.asked == []


async def test_trouble_with_the_facts_is_no_trouble_with_the_answer() -> None:
    async with asking(FakeModel()) as asked:
        asked.model.trouble["facts"] = LanguageModelFailed()
        assert (await asked.ask(TALE)).reply == "Rome, I think."


async def test_trouble_with_the_answer_is_told_and_what_came_is_kept() -> None:
    async with asking(FakeModel()) as asked:
        asked.model.trouble["answer"] = LanguageModelFailed()
        with pytest.raises(LanguageModelFailed):
            await asked.ask(TALE)
        (conversation,) = await asked.store.conversations(limit=9)
        messages = await asked.store.messages(conversation.id, limit=9)
        assert [(message.content, str(message.state)) for message in messages][1:] == [("Rome, I", "partial")]


@pytest.mark.parametrize("said", ["", " \n"])
async def test_an_answer_of_nothing_is_told(said: str) -> None:
    async with asking(FakeModel()) as asked:
        asked.model.says["answer"] = said
        with pytest.raises(LanguageModelFailed, match="nothing"):
            await asked.ask(TALE)


async def test_one_space_is_between_the_answer_and_what_is_proposed() -> None:
    async with asking(FakeModel(facts="my sister is called anna")) as asked:
        asked.model.says["answer"] = "Rome.\n"
        assert (await asked.ask(TALE)).reply == "Rome.\nShall I remember that your sister is called anna?"

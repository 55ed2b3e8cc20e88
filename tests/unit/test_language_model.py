"""Answers by a language model: what it is told, what is proposed from the question, and what a failure does."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.model.language_model import ModelAnswers, ModelFacts
from sottovoce.agent.model.model_prompt import MOST_CONVERSATIONS, Blocks, conversation
from sottovoce.agent.skills import all_skills
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.errors import LanguageModelFailed
from sottovoce.domain.knowledge import Passage
from sottovoce.domain.memories import Reach
from sottovoce.domain.turns import Outcome, Source
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.memory.knowledge import FoundPassage
from sottovoce.memory.learning import Learning
from sottovoce.memory.outgoing import Outgoing, allowed_out
from sottovoce.talk.answering import Answering
from tests.fakes_model import FakeModel
from tests.unit.parts import NOW, RECOGNIZERS, StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.turns import Answer

TALE = "yesterday i was at the dentist with my sister anna who told me to drop sugar for good"
FAR = "https://models.example.com/v1"


class Asked:
    """Questions to all skills and a model."""

    def __init__(self, model: FakeModel, passages: tuple[FoundPassage, ...] = ()) -> None:
        self.model = model
        self.store = StoryStore()
        self.searched_in = ""
        self.memory = MemorySystem(self.store)
        self.learning = Learning(self.memory, ModelFacts(model))
        skills = all_skills(self.memory, lambda: NOW, learning=self.learning)

        async def files(_: str, /, *, tag: str) -> tuple[FoundPassage, ...]:
            self.searched_in = tag
            return passages

        answers = ModelAnswers(model, self.memory, self.learning, lambda: NOW, files=files)
        agent = Agent(RECOGNIZERS.of, skills, model=answers)
        self.conversations = ConversationMemory(self.store)
        self.answering = Answering(agent, self.memory, self.conversations)

    async def ask(self, text: str) -> Answer:
        return await self.answering.answer(text, user_id="me")


@contextlib.asynccontextmanager
async def asking(model: FakeModel, *passages: FoundPassage) -> AsyncIterator[Asked]:
    asked = Asked(model, passages)
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
        assert await ModelFacts(asked.model).facts(TALE, tag="en") == ()


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
        assert (await asked.ask(TALE)).reply == "Rome. Shall I remember that your sister is called anna?"


@pytest.mark.parametrize(
    ("said", "cut_off", "told"),
    [
        ("<think>what now", "length", "thought to the end"),
        ("", "content_filter", "held its answer back"),
        ("ha " * 40, "", "circles"),
        ("<think>what now", "", "nothing"),
    ],
)
async def test_why_there_is_no_answer_is_told(said: str, cut_off: str, told: str) -> None:
    async with asking(FakeModel(said)) as asked:
        asked.model.cut_off = cut_off
        with pytest.raises(LanguageModelFailed, match=told):
            await asked.ask("who painted the ceiling in rome")


@pytest.mark.parametrize(
    ("said", "cut_off", "kept", "state"),
    [
        ("It was Michel", "length", "It was Michel", "partial"),
        ("It was", "content_filter", "It was", "partial"),
        ("I am not sure. " * 30, "", "I am not sure. I am not sure.", "partial"),
        ("<think>hm</think>It was he.<|im_end|>More", "", "It was he.", "complete"),
        ("It was he. <think>or not", "", "It was he.", "complete"),
    ],
)
async def test_what_was_cut_off_is_kept_as_partial_and_the_model_is_named(
    said: str, cut_off: str, kept: str, state: str
) -> None:
    async with asking(FakeModel(said)) as asked:
        asked.model.cut_off = cut_off
        answer = await asked.ask("who painted the ceiling in rome")
        (_, stored) = await asked.store.messages(answer.conversation, limit=9)
        assert (stored.content, str(stored.state), stored.model) == (kept, state, "fake")


async def test_the_tokens_of_an_answer_are_kept_with_it() -> None:
    async with asking(FakeModel("It was he.")) as asked:
        asked.model.tokens = (120, 7)
        answer = await asked.ask("who painted the ceiling in rome")
        question, stored = await asked.store.messages(answer.conversation, limit=9)
        assert (stored.tokens_input, stored.tokens_output) == (120, 7)
        assert (question.tokens_input, question.tokens_output) == (0, 0)


async def test_a_model_that_thinks_first_is_waited_for() -> None:
    async with asking(FakeModel("the user asks who", facts="NONE")) as asked:
        asked.model.model = "deepseek-r1:7b"
        assert (await asked.ask("who painted the ceiling in rome")).reply == "the user asks who"


async def test_what_a_failing_model_said_is_kept_to_its_last_whole_sentence() -> None:
    async with asking(FakeModel("Rome.\n" + " " * 6)) as asked:
        asked.model.trouble["answer"] = LanguageModelFailed()
        with pytest.raises(LanguageModelFailed):
            await asked.ask("who painted the ceiling in rome")


async def test_a_model_that_thought_unannounced_is_waited_for_from_then_on() -> None:
    async with asking(FakeModel("hm, who</think>It was he.")) as asked:
        await asked.ask("who painted the ceiling in rome")
        assert (await asked.ask("who painted the floor in rome")).reply == "It was he."


async def test_the_same_question_at_the_same_time_is_asked_once() -> None:
    async with asking(FakeModel(facts="my sister is called anna")) as asked:
        answers = await asyncio.gather(*(asked.ask(TALE) for _ in range(20)))
        assert len({answer.message for answer in answers}) == 20
        assert {answer.reply for answer in answers} == {
            "Rome, I think. Shall I remember that your sister is called anna?"
        }
        assert [purpose for purpose, _ in asked.model.asked] == ["answer", "facts"]
        await asked.ask(TALE)
        assert len(asked.model.asked) == 4, "a later question is a new one"


async def test_other_users_and_other_questions_are_asked_for_themselves() -> None:
    async with asking(FakeModel()) as asked:
        await asyncio.gather(
            asked.ask("who painted rome"),
            asked.ask("who painted paris"),
            asked.answering.answer("who painted rome", user_id="ben"),
        )
        assert len(asked.model.asked) == 3


def sent(asked: Asked) -> tuple[list[str], list[str]]:
    """Roles and texts of the last question."""
    lines = next(lines for purpose, lines in reversed(asked.model.asked) if purpose == "answer")
    return [line.role for line in lines], [line.text for line in lines]


async def test_what_a_skill_answered_is_no_word_of_the_model() -> None:
    async with asking(FakeModel()) as asked:
        await asked.ask("who painted the ceiling in rome")
        await asked.ask("what time is it")
        asked.model.says["answer"] = "Somebody else."
        await asked.ask("who painted the floor in rome")
        roles, texts = sent(asked)
        assert roles == ["system", "user", "assistant", "user"]
        assert texts[2] == "Rome, I think."
        assert "not you" in texts[3]
        assert "- what time is it → It is 3:05 PM." in texts[3]
        assert texts[3].endswith("\n\nwho painted the floor in rome")
        await asked.ask("who painted the walls in rome")
        roles, texts = sent(asked)
        assert roles == ["system", "user", "assistant", "user", "assistant", "user"]
        assert "what time is it" in texts[3], "it stays where it was said"


async def test_what_is_proposed_is_no_word_of_the_model() -> None:
    async with asking(FakeModel(facts="my sister is called anna")) as asked:
        assert "Shall I remember" in (await asked.ask(TALE)).reply
        await asked.ask("who painted the floor in rome")
        _, texts = sent(asked)
        assert texts[2] == "Rome, I think."
        assert "Shall I remember" not in "".join(texts)


async def test_what_it_said_twice_is_sent_once() -> None:
    async with asking(FakeModel()) as asked:
        for place in ("ceiling", "floor", "wall"):
            await asked.ask(f"who painted the {place} in rome")
        roles, texts = sent(asked)
        assert roles == ["system", "user", "assistant", "user"]
        assert "floor" not in "".join(texts)


async def test_what_only_files_can_tell_is_asked_only_with_them() -> None:
    async with asking(FakeModel()) as asked:
        answer = await asked.ask("according to my notes who fixed the roof")
        assert (answer.source, answer.reply) == (Source.FALLBACK, "I can't tell that from your files.")
        assert asked.model.asked == []
        assert (await asked.ask("how do i encrypt my files")).source is Source.MODEL


@pytest.mark.parametrize(
    "text", ["order a pizza for me", "tell me a story", "who am i to you", "please call my mother"]
)
async def test_who_asks_or_orders_tells_nothing_of_themselves(text: str) -> None:
    model = FakeModel(facts="my sister is called anna")
    assert await ModelFacts(model).facts(text, tag="en") == ()
    assert model.asked == []


async def test_facts_are_found_in_the_language_they_were_told_in() -> None:
    model = FakeModel(facts="meine schwester heißt anna\nich heiße anna\nmein bruder heißt anna")
    told = "gestern hat es geregnet, meine schwester heißt anna"
    assert await ModelFacts(model).facts(told, tag="de") == ("meine schwester heißt anna",)
    assert await ModelFacts(model).facts("wie heißt meine schwester", tag="de") == ()


async def test_files_are_searched_in_the_language_of_the_question() -> None:
    async with asking(FakeModel()) as asked:
        await asked.memory.set_context("me", language="de")
        await asked.ask("gestern war ich mit meiner schwester anna beim zahnarzt und habe lange gewartet")
        assert asked.searched_in == "de"


async def test_an_order_that_is_not_carried_out_is_answered_by_that_alone() -> None:
    async with asking(FakeModel("The door is open. It is a nice old door, made of oak, with a handle.")) as asked:
        assert (await asked.ask("open the door of the house")).reply == "I can't do that: I can only answer."


async def test_the_language_is_named() -> None:
    async with asking(FakeModel()) as asked:
        await asked.ask("sing of arms and the man")
        assert "Answer in English." in asked.model.text("answer")


async def test_a_question_without_an_answer_is_not_sent() -> None:
    async with asking(FakeModel()) as asked:
        conversation = (await asked.ask("who painted the ceiling in rome")).conversation
        open_question = Message(
            id="open", conversation_id=conversation, role=Role.USER, content="who waits", created_at=NOW.timestamp()
        )
        await asked.store.append(open_question)
        asked.conversations.forget()
        await asked.answering.answer("who painted the floor", user_id="me", conversation=conversation)
        roles, texts = sent(asked)
        assert roles == ["system", "user", "assistant", "user"]
        assert "who waits" not in "".join(texts)


async def test_what_was_sent_before_is_sent_again_so_that_it_is_read_once() -> None:
    async with asking(FakeModel()) as asked:
        before: list[str] = []
        again = 0
        for number in range(16):
            asked.model.says["answer"] = f"Painter {number}."
            await asked.ask(f"who painted the ceiling number {number}")
            _, texts = sent(asked)
            again += texts[: len(before) - 1] == before[:-1]
            assert texts[0] == (before or texts)[0]
            assert "It is" not in "".join(texts[:-1])
            before = texts
        assert again >= 12


async def test_passages_of_the_files_go_along_and_mark_the_answer() -> None:
    passage = Passage(number=1, document="d", path="a/house.md", place="", text="The boiler\nis old. " + "x" * 900)
    found = FoundPassage(passage=passage, score=1.0, cosine=0.5, shares_words=True)
    async with asking(FakeModel('Your file "house.md" says: The boiler is old.'), found) as asked:
        answer = await asked.ask("who built the boiler of the house")
        assert (answer.source, answer.intent) == (Source.MODEL, "knowledge.model")
        assert answer.reply.endswith("The boiler is old.")
        _, texts = sent(asked)
        assert '- house.md: "The boiler is old. xxx' in texts[-1]
        assert len(texts[-1]) < 900
        await asked.ask("who repairs it")
        assert "(read to them" not in sent(asked)[1][-1]
    async with asking(FakeModel('Your file "house.md" says: The boiler is old.', endpoint=FAR), found) as asked:
        answer = await asked.ask("who built the boiler of the house")
        assert (answer.intent, answer.reply) == ("model", "I can't tell that from your files.")
        assert "boiler is old" not in asked.model.text("answer")


async def test_what_a_model_here_made_of_what_is_kept_stays_here_too() -> None:
    async with asking(FakeModel("A safe has a code.")) as asked:
        asked_for = await asked.conversations.begin_turn("c", "read my notes", user_id="me")
        await asked.conversations.end_turn(asked_for, Outcome.ANSWERED, "The code is one two.", intent="note.read")
        answer = await asked.answering.answer("who opened the safe", user_id="me", conversation="c")
        assert (answer.source, answer.intent) == (Source.MODEL, "kept.model")
        history = await asked.conversations.get_history("c")
        assert len(history) == 4
        assert (await allowed_out(asked.memory, FAR, UserContext(), history, ())).history == ()


def turn(number: int, conversation: str = "c", source: str = "model", intent: str = "model") -> tuple[Message, Message]:
    said, answered = (
        Message(
            id=f"{role}{number}",
            conversation_id=conversation,
            role=role,
            content=f"{role} {number}",
            created_at=0.0,
            source=source,
            intent=intent,
        )
        for role in (Role.USER, Role.ASSISTANT)
    )
    return said, answered


def test_a_history_is_cut_in_blocks_of_a_conversation_each() -> None:
    blocks = Blocks()
    turns = [turn(number) for number in range(9)]
    assert blocks.cut(()) == ()
    assert blocks.cut(turns[0]) == turns[0]
    assert blocks.cut([*turns[0], *turns[1]]) == (*turns[0], *turns[1])
    assert blocks.cut([*turns[1], *turns[2], *turns[3]]) == (*turns[2], *turns[3]), "the first one is gone"
    assert blocks.cut([*turns[2], *turns[3], *turns[4]]) == (*turns[2], *turns[3], *turns[4])
    for number in range(MOST_CONVERSATIONS + 1):
        blocks.cut(turn(number, f"c{number}"))
    assert blocks.cut([*turns[1], *turns[2], *turns[3]]) == (*turns[1], *turns[2], *turns[3]), "it is known no more"


def test_what_files_said_is_told_as_read_from_them() -> None:
    out = Outgoing(
        context=UserContext(), history=turn(1, source="skill", intent="knowledge.lookup"), memories=(), withheld=0
    )
    ((_, text),) = conversation(out, "and then", NOW)
    assert "- user 1 → (read to them from their files)" in text

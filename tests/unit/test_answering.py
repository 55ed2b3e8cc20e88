"""An answer that streams: kept as far as it came, whatever ends it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.tools.questions import Question, Reply
from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import StoreFull, VoiceLost
from sottovoce.domain.memories import Memory, MemoryKind
from sottovoce.domain.turns import Answered, AnswerGrew, Heard, Source, TurnEvent, TurnFailed
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.talk.answering import Answering
from sottovoce.talk.voice import Voice
from tests.fakes_talk import FakeSpeaker
from tests.unit.parts import RECOGNIZERS, Clock, StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    Making = Callable[[Agent, StoryStore], Answering]


class ForgetfulStore(StoryStore):
    """Once it is told to, all that is held of it is dropped, and contexts can't be read any more."""

    memory: MemorySystem

    def forget(self) -> None:
        self.memory.forget()
        self.trouble = StoreFull()


class Streaming(Agent):
    """Gives three pieces, the second and third when the test opens the gate; may fail before the third."""

    def __init__(
        self, failure: Exception | None = None, *, used: tuple[str, ...] = (), age_s: float | None = None
    ) -> None:
        super().__init__(RECOGNIZERS.of, [])
        self.used = used
        self.age_s = age_s
        self.gate = asyncio.Event()
        self.failure = failure
        self.question: Question | None = None

    def answer(self, question: Question) -> Reply:
        self.question = question
        return Reply(source=Source.MODEL, intent="chat", pieces=self._pieces(), used=self.used, age_s=self.age_s)

    async def _pieces(self) -> AsyncIterator[str]:
        yield "One. "
        await self.gate.wait()
        yield "Two. "
        if self.failure:
            raise self.failure
        yield "Three."


@pytest.fixture
async def answering() -> AsyncIterator[Making]:
    """Makes an answering on an agent and a store; what it remembers is closed after the test."""
    async with AsyncExitStack() as stack:

        def make(agent: Agent, store: StoryStore) -> Answering:
            clock = Clock()
            memory = MemorySystem(store, clock=clock)
            stack.push_async_callback(memory.aclose)
            if isinstance(store, ForgetfulStore):
                store.memory = memory
            return Answering(agent, memory, ConversationMemory(store, clock=clock))

        yield make


async def test_pieces_are_told_as_they_come_and_stored_whole(answering: Making) -> None:
    store, agent, events = StoryStore(), Streaming(), list[TurnEvent]()
    agent.gate.set()
    answer = await answering(agent, store).answer("tell me", user_id="me", on_event=events.append)
    assert [e.text for e in events if isinstance(e, AnswerGrew)] == ["One. ", "One. Two. ", "One. Two. Three."]
    assert (answer.reply, answer.source) == ("One. Two. Three.", Source.MODEL)
    assert store.said[-1].content == "One. Two. Three."
    assert store.said[-1].id == answer.message
    assert agent.question is not None
    assert agent.question.message_id == store.said[0].id


async def test_a_second_question_knows_the_first(answering: Making) -> None:
    store, agent = StoryStore(), Streaming()
    agent.gate.set()
    asked = answering(agent, store)
    first = await asked.answer("one", user_id="me")
    second = await asked.answer("two", user_id="me")
    assert first.conversation == second.conversation
    assert agent.question is not None
    assert [m.content for m in agent.question.history] == ["one", "One. Two. Three."]


async def test_a_cancelled_answer_is_kept_as_far_as_it_came(answering: Making) -> None:
    store, agent = StoryStore(), Streaming()
    grown = asyncio.Event()

    def hear(event: TurnEvent) -> None:
        if isinstance(event, AnswerGrew):
            grown.set()

    task = asyncio.create_task(answering(agent, store).answer("tell me", user_id="me", on_event=hear))
    await grown.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [(m.role, m.content, m.state) for m in store.said] == [
        (Role.USER, "tell me", MessageState.COMPLETE),
        (Role.ASSISTANT, "One. ", MessageState.PARTIAL),
    ]


async def test_a_failing_answer_is_kept_as_far_as_it_came(answering: Making) -> None:
    store, agent = StoryStore(), Streaming(ConnectionError())
    agent.gate.set()
    with pytest.raises(ConnectionError):
        await answering(agent, store).answer("tell me", user_id="me")
    assert store.said[-1].content == "One. Two. "
    assert store.said[-1].state is MessageState.PARTIAL


async def test_an_answer_stands_though_it_could_not_be_counted(answering: Making) -> None:
    store, agent, events = ForgetfulStore(), Streaming(), list[TurnEvent]()
    agent.gate.set()

    def hear(event: TurnEvent) -> None:
        events.append(event)
        if isinstance(event, Answered):
            store.forget()

    answer = await answering(agent, store).answer("tell me", user_id="me", on_event=hear)
    assert answer.reply == "One. Two. Three."
    assert isinstance(events[0], Heard)
    assert isinstance(events[-1], TurnFailed)


async def test_an_answer_is_counted(answering: Making) -> None:
    store, agent = StoryStore(), Streaming()
    agent.gate.set()
    asked = answering(agent, store)
    await asked.answer("tell me", user_id="me")
    await asked.answer("thank you", user_id="me")
    assert agent.question is not None
    assert (agent.question.context.conversations_count, agent.question.context.friendship_level) == (1, 1)


async def test_what_an_answer_drew_on_and_how_old_it_is_is_kept_and_told(answering: Making) -> None:
    store, agent = StoryStore(), Streaming(used=("m1", "gone"), age_s=12.345)
    agent.gate.set()
    await store.add_memory(Memory(id="m1", user_id="me", kind=MemoryKind.FACT, text="x", created_at=1.0))
    answer = await answering(agent, store).answer("tell me", user_id="me")
    assert answer.age_s == 12.3
    assert store.uses[answer.message] == ("m1",)


def voice(speaker: FakeSpeaker, told: list[object]) -> Voice:
    return Voice(speaker, 60, on_start=lambda: told.append("started"), on_trouble=told.append)


async def test_a_voice_speaks_sentence_by_sentence_and_tells_its_start_once() -> None:
    speaker, told = FakeSpeaker(), list[object]()
    async with voice(speaker, told) as speaking:
        speaking.feed("One. Tw")
        assert await speaker.begun() == "One."
        speaking.feed("o. Three")
        await speaking.finished()
    assert speaker.spoken == ["One.", "Two.", "Three"]
    assert told == ["started"]


async def test_leaving_early_silences_what_is_left() -> None:
    speaker, told = FakeSpeaker(automatic=False), list[object]()
    async with voice(speaker, told) as speaking:
        speaking.feed("One. Two. ")
        await speaker.begun()
    assert speaker.said == ["One."]
    assert speaker.spoken == []
    assert speaker.hushes == 1


async def test_a_failing_voice_is_told_once() -> None:
    speaker, told = FakeSpeaker(), list[object]()
    speaker.failures = [VoiceLost()]
    async with voice(speaker, told) as speaking:
        speaking.feed("One. Two. ")
        await speaking.finished()
    assert [type(t) for t in told] == [VoiceLost]
    assert speaker.said == ["One."]


async def test_a_bug_in_a_voice_is_raised() -> None:
    speaker = FakeSpeaker()
    speaker.failures = [OSError()]

    async def speak() -> None:
        async with voice(speaker, []) as speaking:
            speaking.feed("One. ")
            await speaking.finished()

    with pytest.raises(OSError, match=r"^$"):
        await speak()

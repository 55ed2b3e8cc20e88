"""The turn journal: a question is answered once, whatever ends the process, and a turn is left open by that alone."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.agent import Agent
from sottovoce.agent.tools.questions import Reply
from sottovoce.domain.conversations import Arrival, Message, MessageState, Role
from sottovoce.domain.errors import StoreFailed, StoreFull, ThingNotFound
from sottovoce.domain.identifiers import answer_id
from sottovoce.domain.turns import Answered, Heard, Outcome, Source, TurnEvent
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.talk.answering import Answering
from tests.unit.parts import RECOGNIZERS, Clock, StoryStore, build
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sottovoce.agent.tools.questions import Question
    from sottovoce.domain.contexts import UserContext


class Echo(Agent):
    """Answers in two pieces; waits for `gate` between them, or fails there."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__(RECOGNIZERS.of, [])
        self.gate = asyncio.Event()
        self.gate.set()
        self.failure = failure
        self.begun = asyncio.Event()
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Reply:
        self.asked.append(question)
        self.begun.set()
        return Reply(source=Source.MODEL, intent="chat", pieces=self._pieces(question.text))

    async def _pieces(self, text: str) -> AsyncIterator[str]:
        yield "You said: "
        await self.gate.wait()
        if self.failure:
            raise self.failure
        yield text


_memories: list[MemorySystem] = []


@pytest.fixture(autouse=True)
async def _auto_saves_end(_no_task_left: None) -> AsyncIterator[None]:
    """Ends the auto-save of every process of a test; those of loops that are closed ended with them."""
    _memories.clear()
    yield
    for memory in _memories:
        with contextlib.suppress(RuntimeError):
            await memory.aclose()


class Process:
    """One run of the program on a store: what is in its memory is gone with it."""

    def __init__(self, store: StoryStore, agent: Echo | None = None) -> None:
        clock = Clock()
        self.agent = agent or Echo()
        self.conversations = ConversationMemory(store, clock=clock)
        _memories.append(MemorySystem(store, clock=clock))
        self.answering = Answering(self.agent, _memories[-1], self.conversations)


async def cut_off(store: StoryStore, text: str = "hello", conversation: str = "c") -> Message:
    """A question whose process ended before its answer."""
    return await Process(store).conversations.begin_turn(conversation, text, user_id="me")


async def test_an_answered_turn_is_closed() -> None:
    store = StoryStore()
    process = Process(store)
    answer = await process.answering.answer("hello", user_id="me")
    (question, stored) = store.said
    assert store.turns == {question.id: Outcome.ANSWERED}
    assert (stored.id, answer.message) == (answer_id(question.id), stored.id)
    assert await process.conversations.unfinished_turns() == ()


async def test_a_turn_under_way_is_not_offered() -> None:
    store = StoryStore()
    process = Process(store)
    process.agent.gate.clear()
    task = asyncio.create_task(process.answering.answer("hello", user_id="me"))
    await process.agent.begun.wait()
    (question,) = await store.unfinished_turns()
    assert await process.conversations.unfinished_turns() == ()
    with pytest.raises(ThingNotFound, match="just now"):
        await process.answering.resume(question)
    process.agent.gate.set()
    await task


async def test_a_cut_off_turn_is_answered_once_and_its_question_not_stored_again() -> None:
    store, events, pieces = StoryStore(), list[TurnEvent](), list[str]()
    await Process(store).answering.answer("before", user_id="me", conversation="c")
    question = await cut_off(store)
    process = Process(store)
    assert await process.conversations.unfinished_turns() == (question,)
    answer = await process.answering.resume(question, on_event=events.append, on_piece=pieces.append)
    assert (answer.reply, answer.conversation, answer.message) == ("You said: hello", "c", answer_id(question.id))
    assert [m.content for m in process.agent.asked[0].history] == ["before", "You said: before"]
    assert process.agent.asked[0].message_id == question.id
    assert isinstance(events[0], Heard)
    assert isinstance(events[-1], Answered)
    assert "".join(pieces) == answer.reply
    assert [m.content for m in store.said[2:]] == ["hello", "You said: hello"]
    assert [m.content for m in await process.conversations.get_history("c")][-1] == answer.reply
    with pytest.raises(ThingNotFound, match="no answer any more"):
        await process.answering.resume(question)
    assert len(process.agent.asked) == 1


async def test_of_two_who_take_it_up_at_once_one_does() -> None:
    store = StoryStore()
    question = await cut_off(store)
    process = Process(store)
    outcomes = await asyncio.gather(
        process.answering.resume(question), process.answering.resume(question), return_exceptions=True
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Answer", "ThingNotFound"]
    assert len(store.said) == 2


async def test_a_dismissed_turn_is_not_offered_again() -> None:
    store = StoryStore()
    question = await cut_off(store)
    process = Process(store)
    await process.answering.dismiss(question)
    assert store.turns == {question.id: Outcome.DISMISSED}
    assert await process.conversations.unfinished_turns() == ()
    with pytest.raises(ThingNotFound):
        await process.answering.dismiss(question)
    assert store.said == [question]


@pytest.mark.parametrize("failure", [ConnectionError(), StoreFailed()])
async def test_a_failed_turn_is_closed(failure: Exception) -> None:
    store = StoryStore()
    with pytest.raises(type(failure)):
        await Process(store, Echo(failure)).answering.answer("hello", user_id="me")
    assert list(store.turns.values()) == [Outcome.FAILED]
    assert store.said[-1].state is MessageState.PARTIAL


async def test_a_turn_that_fails_before_its_first_word_has_no_answer() -> None:
    store = StoryStore()
    process = Process(store)

    def refuse(event: TurnEvent) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await process.answering.answer("hello", user_id="me", on_event=refuse)
    assert list(store.turns.values()) == [Outcome.FAILED]
    assert [m.role for m in store.said] == [Role.USER]


@pytest.mark.parametrize("turns", range(12))
async def test_a_turn_cancelled_at_any_point_is_closed(turns: int) -> None:
    store = StoryStore()
    task = asyncio.create_task(Process(store).answering.answer("hello", user_id="me"))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert set(store.turns.values()) <= {Outcome.ANSWERED, Outcome.CANCELLED}
    assert len(store.said) <= 2


class SlowStore(StoryStore):
    """Opens a turn when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def open_turn(self, message: Message) -> Arrival:
        await self.gate.wait()
        return await super().open_turn(message)


@pytest.mark.parametrize("failure", [None, StoreFull()])
async def test_cancelled_while_it_is_stored_a_question_is_kept_and_its_turn_closed(failure: StoreFull | None) -> None:
    store = SlowStore()
    process = Process(store)
    task = asyncio.create_task(process.answering.answer("hello", user_id="me"))
    for _ in range(9):
        await asyncio.sleep(0)
    task.cancel()
    store.write_failure = failure
    store.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(store.turns.values()) == ([] if failure else [Outcome.CANCELLED])
    assert await process.conversations.unfinished_turns() == ()
    assert process.agent.asked == []


async def test_a_question_that_could_not_be_stored_is_no_turn() -> None:
    store = StoryStore()
    process = Process(store)
    store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await process.answering.answer("hello", user_id="me")
    store.write_failure = None
    assert store.turns == {}
    assert process.agent.asked == []


async def test_an_answer_that_could_not_be_stored_leaves_its_question_to_be_offered() -> None:
    store = StoryStore()
    process = Process(store)

    def fill_the_disk(piece: str) -> None:
        store.write_failure = StoreFull()

    with pytest.raises(StoreFull):
        await process.answering.answer("hello", user_id="me", on_piece=fill_the_disk)
    store.write_failure = None
    (question,) = await process.conversations.unfinished_turns()
    await process.answering.resume(question)
    assert [m.content for m in store.said] == ["hello", "You said: hello"]


async def test_a_failure_is_told_even_if_the_turn_can_not_be_closed() -> None:
    store = StoryStore()
    process = Process(store, Echo(ConnectionError()))

    def fill_the_disk(piece: str) -> None:
        store.write_failure = StoreFull()

    with pytest.raises(ConnectionError):
        await process.answering.answer("hello", user_id="me", on_piece=fill_the_disk)
    assert len(await process.conversations.unfinished_turns()) == 1


async def test_a_turn_that_can_not_be_looked_up_stays_to_be_taken_up() -> None:
    store = StoryStore()
    question = await cut_off(store)
    process = Process(store)
    store.trouble = StoreFailed()
    with pytest.raises(StoreFailed):
        await process.answering.resume(question)
    store.trouble = None
    assert (await process.answering.resume(question)).reply == "You said: hello"


async def test_an_answer_to_an_erased_question_is_not_kept() -> None:
    store = StoryStore()
    process = Process(store)

    def erase(piece: str) -> None:
        store.turns.clear()
        store.said.clear()

    with pytest.raises(ThingNotFound, match="erased"):
        await process.answering.answer("hello", user_id="me", on_piece=erase)
    assert store.said == []


def test_the_id_of_an_answer_is_that_of_its_question_alone() -> None:
    ids = {answer_id(f"{number:032x}") for number in range(100)}
    assert len(ids) == 100
    assert answer_id("ab" * 16) == answer_id("ab" * 16) != "ab" * 16
    assert answer_id("ab" * 16)[:12] == "ab" * 6
    assert len(answer_id("ab" * 16)) == 32


class Crash(BaseException):
    """The process ends here."""


class MortalStore(StoryStore):
    """A store whose process ends at its n-th call, before or after it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.start(0, after=False)

    def start(self, calls: int, *, after: bool) -> None:
        """Begin another process, which lives for so many calls (0: for ever)."""
        self.left, self.after, self.dead = calls, after, False

    def _dies(self, *, before: bool) -> None:
        if before:
            self.left -= 1
        self.dead = self.dead or (self.left == 0 and before is not self.after)
        if self.dead:  # what is left of it must not tidy up
            raise Crash

    async def open_turn(self, message: Message) -> Arrival:
        self._dies(before=True)
        arrival = await super().open_turn(message)
        self._dies(before=False)
        return arrival

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        self._dies(before=True)
        closed = await super().close_turn(message_id, answer, outcome, used=used)
        self._dies(before=False)
        return closed

    async def save_context(self, context: UserContext) -> None:
        self._dies(before=True)
        await super().save_context(context)
        self._dies(before=False)


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "resume", "dismiss"]), st.integers(0, 4), st.booleans()), max_size=12
)


@given(STEPS)
def test_whenever_processes_die_no_question_is_lost_and_none_answered_twice(
    steps: list[tuple[str, int, bool]],
) -> None:
    async def live() -> None:
        store, acknowledged = MortalStore(), set[str]()
        for number, (what, calls, after) in enumerate(steps):
            process = Process(store)
            store.start(calls, after=after)
            waiting = await process.conversations.unfinished_turns()
            try:
                if what == "ask":
                    await process.answering.answer(
                        f"q{number}",
                        user_id="me",
                        on_event=lambda event: acknowledged.add(event.text) if isinstance(event, Heard) else None,
                    )
                elif waiting and what == "resume":
                    await process.answering.resume(waiting[0])
                elif waiting:
                    await process.answering.dismiss(waiting[0])
            except Crash:
                continue
        store.start(0, after=False)
        process = Process(store)
        for question in await process.conversations.unfinished_turns():
            await process.answering.resume(question)
        said = [m.content for m in store.said if m.role is Role.USER]
        answers = [m.content for m in store.said if m.role is Role.ASSISTANT]
        assert acknowledged <= set(said)
        assert len(set(said)) == len(said)
        assert None not in store.turns.values()
        ended = [m.content for m in store.said if store.turns.get(m.id) is Outcome.ANSWERED]
        assert sorted(answers) == sorted(f"You said: {text}" for text in ended)

    run_virtual(live())


def test_a_cut_off_turn_is_answered_aloud() -> None:
    async def live() -> None:
        parts = build()
        question = await cut_off(parts.store, "what time is it")
        answer = await parts.talk.resume(question)
        await settle()
        assert answer.intent == "clock.time"
        assert answer.reply == "It is 3:05 PM."
        assert parts.speaker.spoken == ["It is three oh five P.M."]
        assert parts.outcomes == [Outcome.ANSWERED]
        assert len(parts.store.said) == 2
        with pytest.raises(ThingNotFound):
            await parts.talk.resume(question)
        await parts.talk.close()

    run_virtual(live())


async def test_what_was_remembered_before_the_crash_is_told_as_new() -> None:
    store = StoryStore()
    memory = MemorySystem(store, clock=Clock())
    first = (await memory.save_memory("me", "i like tea", source_message="m1")).memory
    assert await memory.save_memory("me", "i like tea", source_message="m1") == (first, True, ())
    assert await memory.save_memory("me", "i like tea", source_message="m2") == (first, False, ())

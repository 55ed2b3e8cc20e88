"""Conversations: bounded in memory, whole in the store, and shared by threads with loops of their own."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.conversations import Arrival, Message, Role
from sottovoce.domain.errors import StoreFailed, StoreFull, ThingNotFound
from sottovoce.domain.turns import Outcome
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.memory.conversations import WARM_S
from tests.unit.parts import Clock, StoryStore
from tests.unit.test_cache import together
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sottovoce.domain.conversations import Conversation

CONVERSATIONS, EACH, WORKERS = 50, 20, 10


class GatedStore(StoryStore):
    """Reading messages waits where a gate is set, before it reads or after; the reads are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.gate_before: asyncio.Event | None = None
        self.gate_after: asyncio.Event | None = None
        self.reached = asyncio.Event()
        self.reads = 0

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        self.reads += 1
        await self._wait(self.gate_before)
        found = await super().messages(conversation_id, limit=limit)
        await self._wait(self.gate_after)
        return found

    async def _wait(self, gate: asyncio.Event | None) -> None:
        if gate is not None:
            self.reached.set()
            await gate.wait()


class LateStore(StoryStore):
    """What is appended is there for readers before the writer is told; a thread may be held up in between."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()
        self.go_on = threading.Event()
        self.late = False

    async def append(self, message: Message) -> Arrival:
        arrival = await super().append(message)
        if self.late:
            self.written.set()
            assert self.go_on.wait(HANGS_S)
        return arrival


def contents(messages: Iterable[Message]) -> list[str]:
    return [message.content for message in messages]


async def test_history_is_bounded_and_survives_a_restart() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, max_messages=3, clock=clock)
    assert await memory.get_history("c") == ()
    for number in range(5):
        clock.now += 1
        message = await memory.add_message("c", "user", f"{number}")
        assert (message.role, message.user_id, message.created_at) == (Role.USER, "me", clock.now)
    assert contents(await memory.get_history("c")) == ["2", "3", "4"]
    await memory.add_message("c", Role.ASSISTANT, "5", user_id="anna", tokens_input=3, tokens_output=7)
    last = (await memory.get_history("c"))[-1]
    assert (last.content, last.user_id, last.tokens_input, last.tokens_output) == ("5", "anna", 3, 7)
    again = ConversationMemory(store, max_messages=3, clock=clock)
    assert await again.get_history("c") == await memory.get_history("c", from_database=True)
    assert await memory.get_stats() == {
        "active_conversations": 1,
        "active_conversations_memory": 1,
        "total_conversations_database": 1,
        "total_messages_database": 6,
        "persistent": True,
        "thread_safe": True,
    }
    with pytest.raises(ValueError, match="robot"):
        await memory.add_message("c", "robot", "x")


async def test_1100_conversations_leave_1000_in_memory_and_all_in_the_store() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, max_conversations=1000, clock=clock)
    for number in range(1100):
        await memory.add_message(f"c{number}", Role.USER, f"{number}")
    stats = await memory.get_stats()
    assert stats["active_conversations_memory"] == stats["active_conversations"] == 1000
    assert stats["total_conversations_database"] == stats["total_messages_database"] == 1100
    assert contents(await memory.get_history("c0")) == ["0"]
    assert (await memory.get_stats())["active_conversations_memory"] == 1000


class SlowReads(StoryStore):
    """A read takes some turns of the loop, a write one; the reads are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    async def append(self, message: Message) -> Arrival:
        arrival = await super().append(message)
        await asyncio.sleep(0)
        return arrival

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        self.reads += 1
        found = await super().messages(conversation_id, limit=limit)
        for _ in range(5):
            await asyncio.sleep(0)
        return found


async def test_1100_conversations_written_50_at_a_time_leave_exactly_1000_in_memory() -> None:
    store = SlowReads()
    memory = ConversationMemory(store, max_conversations=1000, clock=Clock())
    for begin in range(0, 1100, 50):
        await asyncio.gather(*(memory.add_message(f"c{begin + n}", Role.USER, "x") for n in range(50)))
    assert (await memory.get_stats())["active_conversations_memory"] == 1000
    assert store.reads == 0, "a conversation that begins needs no read"


async def test_a_change_elsewhere_keeps_no_conversation_from_being_held() -> None:
    store = SlowReads()
    other, memory = ConversationMemory(store, clock=Clock()), ConversationMemory(store, clock=Clock())
    for number in range(20):
        await other.add_message(f"c{number}", Role.USER, "before")
    await asyncio.gather(*(memory.add_message(f"c{number}", Role.USER, "now") for number in range(20)))
    assert (await memory.get_stats())["active_conversations_memory"] == 20
    store.reads = 0
    for number in range(20):
        assert contents(await memory.get_history(f"c{number}")) == ["before", "now"]
    assert store.reads == 0


async def test_a_history_is_as_long_as_it_is_asked_for() -> None:
    store = GatedStore()
    memory = ConversationMemory(store, max_messages=3, clock=Clock())
    for number in range(2):
        await memory.add_message("c", Role.USER, f"{number}")
    assert contents(await memory.get_history("c", limit=100)) == ["0", "1"]
    assert store.reads == 0, "all of it is held"
    for number in range(2, 6):
        await memory.add_message("c", Role.USER, f"{number}")
    assert contents(await memory.get_history("c")) == ["3", "4", "5"]
    assert contents(await memory.get_history("c", limit=None)) == ["3", "4", "5"]
    assert contents(await memory.get_history("c", limit=1)) == ["5"]
    assert await memory.get_history("c", limit=0) == ()
    assert store.reads == 0
    assert contents(await memory.get_history("c", limit=5)) == ["1", "2", "3", "4", "5"]
    assert contents(await memory.get_history("c", limit=2, from_database=True)) == ["4", "5"]
    assert contents(await memory.get_history("c")) == ["3", "4", "5"]
    assert store.reads == 2
    with pytest.raises(ValueError, match="fewer than no"):
        await memory.get_history("c", limit=-1)


class ToldLate(StoryStore):
    """Who appends one of `late` is told so only once `go_on` is set."""

    def __init__(self, *late: str) -> None:
        super().__init__()
        self.late = late
        self.go_on = asyncio.Event()

    async def append(self, message: Message) -> Arrival:
        arrival = await super().append(message)
        if message.content in self.late:
            await self.go_on.wait()
        return arrival


@pytest.mark.parametrize("late", ["first", "second", "third"])
async def test_the_order_in_memory_is_the_store_s_though_one_is_told_late(late: str) -> None:
    store = ToldLate(late)
    memory = ConversationMemory(store, clock=Clock())
    adding = [asyncio.create_task(memory.add_message("c", Role.USER, text)) for text in ("first", "second", "third")]
    while len(store.said) < 3:  # noqa: ASYNC110 - the fake store tells nobody
        await asyncio.sleep(0)
    store.go_on.set()
    added = await asyncio.gather(*adding)
    assert contents(await memory.get_history("c")) == ["first", "second", "third"]
    assert await memory.get_history("c") == await memory.get_history("c", from_database=True)
    assert [message.number for message in added] == [1, 2, 3]


async def test_a_beginning_told_late_hides_nothing_that_followed_it() -> None:
    class FirstReadFails(ToldLate):
        failing = True

        async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
            if self.failing:
                self.failing = False
                raise StoreFailed
            return await super().messages(conversation_id, limit=limit)

    store = FirstReadFails("first")
    memory = ConversationMemory(store, clock=Clock())
    first = asyncio.create_task(memory.add_message("c", Role.USER, "first"))
    await asyncio.sleep(0)
    await memory.add_message("c", Role.USER, "second")
    store.go_on.set()
    await first
    assert contents(await memory.get_history("c")) == ["first", "second"]


async def test_the_conversation_unused_longest_leaves_first() -> None:
    store = GatedStore()
    memory = ConversationMemory(store, max_conversations=2, clock=Clock())
    for conversation in "ab":
        await memory.add_message(conversation, Role.USER, "x")
    await memory.get_history("a")
    await memory.add_message("c", Role.USER, "x")
    store.reads = 0
    for conversation in "ac":
        await memory.get_history(conversation)
    assert store.reads == 0
    await memory.get_history("b")
    assert store.reads == 1


async def test_conversations_leave_memory_after_their_time() -> None:
    store, clock = GatedStore(), Clock()
    memory = ConversationMemory(store, conversation_ttl_hours=1, clock=clock)
    await memory.add_message("c", Role.USER, "x")
    clock.now += 3600
    assert (await memory.get_stats())["active_conversations"] == 1
    await memory.get_history("c")
    store.reads = 0
    clock.now += 3601
    stats = await memory.get_stats()
    assert (stats["active_conversations"], stats["active_conversations_memory"]) == (0, 1)
    await memory.get_history("c")
    assert store.reads == 1
    clock.now += 3601
    await memory.add_message("c", Role.USER, "y")
    assert contents(await memory.get_history("c")) == ["x", "y"]


async def test_a_held_history_is_not_read_again_unless_that_is_wanted() -> None:
    store = GatedStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "x")
    store.reads = 0
    for _ in range(5):
        await memory.get_history("c")
    assert store.reads == 0
    await memory.get_history("c", from_database=True)
    assert store.reads == 1
    for _ in range(2):
        assert await memory.get_history("brand new") == ()
    assert (await memory.get_stats())["active_conversations_memory"] == 1


async def test_a_message_that_could_not_be_stored_is_not_in_the_history() -> None:
    store = StoryStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "kept")
    store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await memory.add_message("c", Role.USER, "lost")
    with pytest.raises(StoreFull):
        await memory.begin_turn("c", "lost too", user_id="me")
    assert contents(await memory.get_history("c")) == ["kept"]


async def test_a_message_that_is_stored_stands_though_what_was_before_it_can_not_be_read() -> None:
    class Unreadable(StoryStore):
        async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
            raise StoreFailed

    store = Unreadable()
    memory = ConversationMemory(store, clock=Clock())
    message = await memory.add_message("c", Role.USER, "kept")
    assert store.said == [message]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["message", "turn"])
async def test_what_is_stored_while_the_history_is_read_is_in_later_histories(when: str, how: str) -> None:
    store = GatedStore()
    memory = ConversationMemory(store, clock=Clock())
    other = ConversationMemory(store, clock=Clock())
    await other.add_message("c", Role.USER, "first")
    gate = asyncio.Event()
    if when == "before":
        store.gate_before = gate
    else:
        store.gate_after = gate
    reading = asyncio.create_task(memory.get_history("c"))
    await store.reached.wait()
    if how == "message":
        adding = asyncio.create_task(memory.add_message("c", Role.USER, "second"))
    else:
        adding = asyncio.create_task(memory.begin_turn("c", "second", user_id="me"))
    while len(store.said) < 2:  # noqa: ASYNC110 - the fake store tells nobody
        await asyncio.sleep(0)
    gate.set()
    got = contents(await reading)
    assert got == (["first", "second"] if when == "before" else ["first"])
    await adding
    assert contents(await memory.get_history("c")) == ["first", "second"]
    assert contents(await memory.get_history("c")) == ["first", "second"]


async def test_what_is_erased_while_the_history_is_read_is_not_held() -> None:
    store = GatedStore()
    memory = ConversationMemory(store, clock=Clock())
    other = ConversationMemory(store, clock=Clock())
    await other.add_message("c", Role.USER, "x")
    store.gate_after = asyncio.Event()
    reading = asyncio.create_task(memory.get_history("c"))
    await store.reached.wait()
    store.said.clear()
    memory.forget()
    store.gate_after.set()
    await reading
    assert await memory.get_history("c") == ()


def test_what_another_thread_reads_before_the_writer_goes_on_is_in_the_history_once() -> None:
    store, clock = LateStore(), Clock()
    memory = ConversationMemory(store, clock=clock)
    asyncio.run(memory.add_message("c", Role.USER, "first"))
    asyncio.run(memory.get_history("c"))
    memory.forget()
    store.late = True
    writer = threading.Thread(target=lambda: asyncio.run(memory.add_message("c", Role.USER, "second")))
    writer.start()
    assert store.written.wait(HANGS_S)
    assert contents(asyncio.run(memory.get_history("c"))) == ["first", "second"]
    store.go_on.set()
    writer.join()
    assert contents(asyncio.run(memory.get_history("c"))) == ["first", "second"]


async def test_what_was_erased_from_the_store_is_forgotten_here_too() -> None:
    store = StoryStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "x")
    store.said.clear()
    assert contents(await memory.get_history("c")) == ["x"]
    memory.forget()
    assert await memory.get_history("c") == ()


class ErasingStore(GatedStore):
    """All of it is erased, and somebody begins to read, before who stored something hears that it is there."""

    memory: ConversationMemory
    reading: asyncio.Task[tuple[Message, ...]]
    erases = False

    async def append(self, message: Message) -> Arrival:
        return await self._erased(await super().append(message))

    async def open_turn(self, message: Message) -> Arrival:
        return await self._erased(await super().open_turn(message))

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        arrival = await super().close_turn(message_id, answer, outcome, used=used)
        assert arrival is not None
        return await self._erased(arrival)

    async def _erased(self, arrival: Arrival) -> Arrival:
        if self.erases:
            self.erases = False
            self.said.clear()
            self.memory.forget()
            self.gate_after = asyncio.Event()
            self.reading = asyncio.create_task(self.memory.get_history("c"))
            await self.reached.wait()
        return arrival


@pytest.mark.parametrize("what", ["a message", "a question", "an answer"])
async def test_what_was_erased_before_its_storing_was_heard_of_is_not_held(what: str) -> None:
    store = ErasingStore()
    memory = store.memory = ConversationMemory(store, clock=Clock())
    question = await memory.begin_turn("c", "what", user_id="me") if what == "an answer" else None
    store.erases = True
    acting: asyncio.Task[object]
    if question is not None:
        acting = asyncio.create_task(memory.end_turn(question, Outcome.ANSWERED, "that"))
    elif what == "a question":
        acting = asyncio.create_task(memory.begin_turn("c", "what", user_id="me"))
    else:
        acting = asyncio.create_task(memory.add_message("c", Role.USER, "x"))
    await store.reached.wait()
    assert store.gate_after is not None
    store.gate_after.set()
    await acting
    assert await store.reading == ()
    assert await memory.get_history("c") == ()


async def test_a_question_goes_on_with_the_warm_conversation() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, clock=clock)
    first = await memory.current("me")
    await memory.add_message(first, Role.USER, "x", user_id="me")
    clock.now += WARM_S
    assert await memory.current("me") == first
    assert await memory.current("anna") != first
    clock.now += 1
    assert await memory.current("me") != first
    clock.now -= 2 * WARM_S
    assert await memory.current("me") != first  # a clock set back: spoken in in the future


class LatestStore(StoryStore):
    """Counts searches for the last conversation; the answer to one may be held back."""

    def __init__(self) -> None:
        super().__init__()
        self.searches = 0
        self.reached = asyncio.Event()
        self.gate: asyncio.Event | None = None

    async def conversations(
        self, *, limit: int, user_id: str | None = None, older_than: str | None = None
    ) -> tuple[Conversation, ...]:
        self.searches += 1
        found = await super().conversations(limit=limit, user_id=user_id, older_than=older_than)
        if self.gate is not None:
            self.reached.set()
            await self.gate.wait()
        return found


async def test_the_conversation_that_goes_on_is_looked_for_once() -> None:
    store = LatestStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "x", user_id="me")
    for _ in range(3):
        assert await memory.current("me") == "c"
        await memory.add_message("c", Role.USER, "x", user_id="me")
    assert store.searches == 1
    await memory.add_message("d", Role.USER, "x", user_id="me")
    assert await memory.current("me") == "d"
    memory.forget()
    assert await memory.current("me") == "d"
    assert store.searches == 3


async def test_no_more_last_conversations_are_held_than_conversations() -> None:
    store = LatestStore()
    memory = ConversationMemory(store, max_conversations=2, clock=Clock())
    users = ("anna", "ben", "cleo")
    for user in users:
        await memory.add_message(user, Role.USER, "x", user_id=user)
    assert [await memory.current(user) for user in users * 2] == list(users * 2)
    assert store.searches > len(users)


@pytest.mark.parametrize(("meanwhile", "searches"), [("same", 1), ("other", 2), ("forgotten", 2)])
async def test_what_happens_during_the_search_is_not_missed(meanwhile: str, searches: int) -> None:
    store = LatestStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "x", user_id="me")
    store.gate = asyncio.Event()
    searching = asyncio.create_task(memory.current("me"))
    await store.reached.wait()
    if meanwhile == "forgotten":
        memory.forget()
    else:
        await memory.add_message("c" if meanwhile == "same" else "d", Role.USER, "x", user_id="me")
    store.gate.set()
    assert await searching == "c"
    assert await memory.current("me") == ("d" if meanwhile == "other" else "c")
    assert store.searches == searches


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("anna", "ben")),
            st.sampled_from(("current", "a", "b", "c")),
            st.sampled_from((0, 1, WARM_S // 2, WARM_S + 1, -1)),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_a_held_last_conversation_is_the_one_of_the_store(
    steps: list[tuple[str, str, int, bool]],
) -> None:
    async def lived() -> None:
        store, clock = StoryStore(), Clock()
        memory = ConversationMemory(store, clock=clock)
        for user, where, passed_s, forgets in steps:
            clock.now += passed_s
            conversation = await memory.current(user) if where == "current" else where
            await memory.add_message(conversation, Role.USER, "x", user_id=user)
            if forgets:
                memory.forget()
            for one in ("anna", "ben"):
                known = await memory.current(one), await ConversationMemory(store, clock=clock).current(one)
                there = {found.id for found in await store.conversations(limit=99)}
                assert known[0] == known[1] or there.isdisjoint(known)

    asyncio.run(lived())


async def test_a_turn_is_unfinished_until_it_is_ended_and_not_while_it_is_answered() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, clock=clock)
    before = await memory.add_message("c", Role.USER, "before")
    question = await memory.begin_turn("c", "why", user_id="me")
    assert await memory.unfinished_turns() == ()
    with pytest.raises(ThingNotFound):
        await memory.take_up(question)
    restarted = ConversationMemory(store, clock=clock)
    assert await restarted.unfinished_turns() == (question,)
    assert await restarted.take_up(question) == (before,)
    answer = await restarted.end_turn(question, Outcome.ANSWERED, "because", used=("m1",))
    assert answer is not None
    assert contents(await restarted.get_history("c")) == ["before", "why", "because"]
    assert await restarted.end_turn(question, Outcome.ANSWERED, "again") is None
    with pytest.raises(ThingNotFound):
        await restarted.take_up(question)
    assert contents(await restarted.get_history("c")) == ["before", "why", "because"]


@pytest.mark.parametrize(
    ("max_messages", "max_conversations", "hours"), [(0, 1, 1), (1, 0, 1), (1, 1, 0), (-1, 1, 1), (1, 1, -1)]
)
def test_limits_that_can_not_work_are_refused(max_messages: int, max_conversations: int, hours: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        ConversationMemory(StoryStore(), max_messages, max_conversations, hours)


def test_20_messages_in_each_of_50_conversations_from_10_workers_are_all_there() -> None:
    store = StoryStore()
    memory = ConversationMemory(store, max_messages=EACH)
    wrong: list[str] = []

    def work(worker: int) -> None:
        async def write() -> None:
            for number in range(EACH):
                for conversation in range(worker, CONVERSATIONS, WORKERS):
                    await memory.add_message(f"c{conversation}", Role.USER, f"{conversation}-{number}")
                    history = contents(await memory.get_history(f"c{conversation}"))
                    if history != [f"{conversation}-{earlier}" for earlier in range(number + 1)]:
                        wrong.append(f"{conversation}-{number}")

        asyncio.run(write())

    together(WORKERS, work, WORKERS)
    assert not wrong
    stats = asyncio.run(memory.get_stats())
    assert stats["total_messages_database"] == CONVERSATIONS * EACH
    assert stats["total_conversations_database"] == CONVERSATIONS
    restarted = ConversationMemory(store, max_messages=EACH)
    for number in range(CONVERSATIONS):
        expected = [f"{number}-{earlier}" for earlier in range(EACH)]
        for read in (memory.get_history(f"c{number}"), restarted.get_history(f"c{number}")):
            assert contents(asyncio.run(read)) == expected


def test_ten_threads_in_one_conversation_lose_and_double_nothing() -> None:
    store = StoryStore()
    memory = ConversationMemory(store, max_messages=1000)

    def work(number: int) -> None:
        async def write() -> None:
            await memory.add_message("c", Role.USER, f"{number}")
            history = contents(await memory.get_history("c"))
            assert history.count(f"{number}") == 1

        asyncio.run(write())

    together(200, work, WORKERS)
    expected = sorted(f"{number}" for number in range(200))
    assert asyncio.run(memory.get_history("c")) == asyncio.run(memory.get_history("c", from_database=True))
    assert sorted(contents(asyncio.run(memory.get_history("c", from_database=True)))) == expected
    stats = asyncio.run(memory.get_stats())
    assert (stats["active_conversations_memory"], stats["thread_safe"]) == (1, True)


async def test_contexts_and_conversations_outlive_a_restart_together() -> None:
    store, clock = StoryStore(), Clock()
    system, memory = MemorySystem(store, clock=clock), ConversationMemory(store, clock=clock)
    await memory.add_message("c", Role.USER, "i like tea", user_id="anna")
    await system.update_context("anna", "i like tea", "noted")
    await system.save_memory("anna", "i like tea")
    await system.aclose()
    again = MemorySystem(store, clock=clock)
    assert (await again.get_user_context("anna")).conversations_count == 1
    assert [m.text for m in await again.memories("anna")] == ["i like tea"]
    assert contents(await ConversationMemory(store, clock=clock).get_history("c")) == ["i like tea"]

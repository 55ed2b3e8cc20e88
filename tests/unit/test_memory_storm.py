"""Everything that remembers, all at once: contexts, memories, conversations and cached answers.

The reference cases for each part alone, by the file (test_….py) and what follows test_ in its name:

- 100 threads set and get: cache, a_hundred_threads_set_and_get
- 100 sets by 10 workers stay within 100: cache, a_hundred_sets_by_ten_workers_stay_within_a_hundred
- 50 sets at once at a limit of 20: cache, fifty_sets_at_a_limit_of_twenty_leave_twenty
- 100 hits at once are counted: cache, a_hundred_hits_at_once_are_a_hundred
- 10 misses and 1,000 waiters are one generation: cache_flights, all_who_miss_at_once_share_one_generation
- 1,100 conversations: conversation_memory, 1100_conversations_leave_1000_in_memory_and_all_in_the_store
- 50 conversations: conversation_memory, 20_messages_in_each_of_50_conversations_from_10_workers_are_all_there
- 100 context updates at once: memory_system, a_hundred_concurrent_updates_are_a_hundred
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain.conversations import Arrival, Message, Role
from sottovoce.domain.errors import StoreFailed, StoreTrouble
from sottovoce.memory import ConversationMemory, MemorySystem, ResponseCache
from sottovoce.memory.cache_values import Made
from sottovoce.memory.system import memory_dependency
from tests.fakes_embedder import FakeEmbedder
from tests.unit.parts import StoryStore
from tests.unit.test_cache import together
from tests.unit.test_cache_flights import NoAnswer, loop_clock
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.memories import Memory, MemoryKind, Vector, Vectors

T = TypeVar("T")

FACTS = [
    *("i like tea", "i hate tea", "i like coffee", "my name is Anna", "call me Ben", "my favorite color is blue"),
    *("my favorite color is red", "my sister is called eva", "the key is under the mat", "the key is in the drawer"),
]
USERS = ("anna", "ben")


class SlowStore(StoryStore):
    """Every call takes its time before and after it is done; may fail meanwhile."""

    def __init__(self, pauses: Iterable[int] = (0,)) -> None:
        super().__init__()
        self._pauses = itertools.cycle(pauses)

    async def _pause(self) -> None:
        await asyncio.sleep(next(self._pauses))

    async def append(self, message: Message) -> Arrival:
        await self._pause()
        arrival = await super().append(message)
        await self._pause()
        return arrival

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        await self._pause()
        found = await super().messages(conversation_id, limit=limit)
        await self._pause()
        return found

    async def context(self, user_id: str) -> UserContext | None:
        await self._pause()
        found = await super().context(user_id)
        await self._pause()
        return found

    async def save_context(self, context: UserContext) -> None:
        await self._pause()
        await super().save_context(context)
        await self._pause()

    async def add_memory(self, memory: Memory, vector: Vector | None = None, *, supersedes: Sequence[str] = ()) -> None:
        await self._pause()
        await super().add_memory(memory, vector, supersedes=supersedes)
        await self._pause()

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        await self._pause()
        found = await super().forget_memory(memory_id)
        await self._pause()
        return found

    async def memories(self, user_id: str, *, limit: int, kinds: Collection[MemoryKind] = ()) -> tuple[Memory, ...]:
        await self._pause()
        found = await super().memories(user_id, limit=limit, kinds=kinds)
        await self._pause()
        return found

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        await self._pause()
        found = await super().memories_about(user_id, subject)
        await self._pause()
        return found

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        await self._pause()
        found = await super().memory_vectors(user_id, embedder)
        await self._pause()
        return found


@dataclass(frozen=True)
class Step:
    """One thing that is done at some time."""

    what: str
    user: str
    fact: str
    after_s: int


STEPS = st.lists(
    st.builds(
        Step,
        what=st.sampled_from(
            [
                "update",
                "update",
                "save",
                "save",
                "forget",
                "say",
                "say",
                "ask",
                "ask",
                "find",
                "flush",
                "fill",
                "cancel",
            ]
        ),
        user=st.sampled_from(USERS),
        fact=st.sampled_from(FACTS),
        after_s=st.integers(0, 4),
    ),
    min_size=8,
    max_size=40,
)
PAUSES = st.lists(st.integers(0, 5), min_size=1, max_size=9)


@dataclass
class Storm:
    """All that remembers, and what it was told."""

    store: SlowStore
    memory: MemorySystem = field(init=False)
    conversations: ConversationMemory = field(init=False)
    cache: ResponseCache = field(default_factory=lambda: ResponseCache(max_entries=8, clock=loop_clock))
    updates: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """A start of the program."""
        self.memory = MemorySystem(self.store, embedder=FakeEmbedder(), cache=self.cache, clock=loop_clock)
        self.conversations = ConversationMemory(self.store, max_messages=100, clock=loop_clock)

    async def take(self, step: Step) -> None:
        await asyncio.sleep(step.after_s)
        doing: dict[str, Callable[[Step], Awaitable[object]]] = {
            "update": self.update,
            "save": lambda step: self.memory.save_memory(step.user, step.fact),
            "forget": self.forget,
            "say": self.say,
            "ask": self.ask,
            "find": lambda step: self.memory.retrieve_memory(step.user, step.fact),
            "flush": lambda _: self.memory.flush(),
            "fill": lambda _: self.memory.fill_vectors(),
            "cancel": self.cancel,
        }
        await doing[step.what](step)

    async def update(self, step: Step) -> None:
        await self.memory.update_context(step.user, "thanks", "welcome")
        self.updates[step.user] += 1

    async def say(self, step: Step) -> None:
        message = await self.conversations.add_message(step.user, Role.USER, step.fact, user_id=step.user)
        self.said[message.conversation_id] += 1
        assert message in await self.conversations.get_history(step.user)

    async def forget(self, step: Step) -> None:
        for memory in await self.memory.memories_about(step.user, step.fact):
            await self.memory.forget_memory(memory)

    async def ask(self, step: Step) -> str:
        """What is known of a user, out of the cache if it is there."""

        async def generate() -> Made:
            known = await self.memory.memories(step.user)
            await asyncio.sleep(3)
            needs = tuple(memory_dependency(memory.id) for memory in known)
            return Made(value=" ".join(memory.text for memory in known), depends_on=needs)

        return str(await self.cache.get_or_generate(step.user, generate, user_id=step.user))

    async def cancel(self, step: Step) -> None:
        """Somebody asks and finds, and does not wait for it."""
        tasks = [asyncio.ensure_future(one) for one in (self.ask(step), self.memory.warm(step.user))]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    async def check(self) -> None:
        """Nothing lost, nothing doubled, nothing forgotten left behind, nothing of another user."""
        await self.memory.flush()
        held = {memory.id: memory for memory in self.store.kept if memory.superseded_by is None}
        assert len({(memory.user_id, memory.subject) for memory in held.values()}) == len(held)
        for user in USERS:
            context = await self.memory.get_user_context(user)
            assert context.conversations_count == self.updates[user]
            assert await self.store.context(user) in (context, None)
            history = await self.conversations.get_history(user)
            assert len(history) == len({message.id for message in history}) == self.said[user]
            assert set(history) == set(await self.conversations.get_history(user, from_database=True))
            texts = {memory.text for memory in held.values() if memory.user_id == user}
            for fact in FACTS:
                found = await self.memory.retrieve_memory(user, fact)
                assert {memory.text for memory in found} <= texts
                assert fact not in texts or found
            await self.check_cached(user, held)

    async def check_cached(self, user: str, held: dict[str, Memory]) -> None:
        async def nothing() -> str:
            raise NoAnswer

        try:
            served = await self.cache.answer(user, nothing, allow_stale=False)
        except NoAnswer:
            return
        assert set(served.depends_on) <= {memory_dependency(one) for one in held}


@settings(max_examples=60)
@given(STEPS, STEPS, PAUSES)
def test_any_order_of_anything_at_once_and_again_after_a_restart(
    before: list[Step], after: list[Step], pauses: list[int]
) -> None:
    async def main() -> None:
        storm = Storm(SlowStore(pauses))
        for steps in (before, after):
            await asyncio.gather(*(storm.take(step) for step in steps))
            await storm.check()
            await storm.memory.aclose()
            storm.open()
            await storm.check()
        await storm.memory.aclose()
        await storm.cache.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_virtual(main())


@settings(max_examples=30)
@given(STEPS, PAUSES, st.integers(0, 8), st.integers(1, 8))
def test_a_store_that_fails_for_a_while_loses_nothing_that_was_acknowledged(
    steps: list[Step], pauses: list[int], begins_s: int, lasts_s: int
) -> None:
    async def main() -> None:
        storm = Storm(SlowStore(pauses))

        async def fail() -> None:
            await asyncio.sleep(begins_s)
            storm.store.trouble = StoreFailed()
            await asyncio.sleep(lasts_s)
            storm.store.trouble = None

        async def take(step: Step) -> None:
            try:
                await storm.take(step)
            except StoreTrouble:
                storm.failed += 1

        await asyncio.gather(fail(), *(take(step) for step in steps if step.what not in {"say", "cancel"}))
        await storm.memory.flush()
        await storm.check()
        await storm.memory.aclose()
        await storm.cache.aclose()

    run_virtual(main())


THREADS, EACH, KEYS, CHATS = 10, 30, 40, 15


@dataclass
class Shared:
    """What threads with loops of their own share, and what they had generated."""

    store: StoryStore = field(default_factory=StoryStore)
    cache: ResponseCache = field(default_factory=lambda: ResponseCache(max_entries=20))
    generated: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    conversations: ConversationMemory = field(init=False)

    def __post_init__(self) -> None:
        self.conversations = ConversationMemory(self.store, max_messages=1000, max_conversations=10)

    async def ask(self, key: str) -> str:
        async def generate() -> str:
            with self.lock:
                self.generated[key] += 1
            await asyncio.sleep(0)
            return f"answer to {key}"

        return str(await self.cache.get_or_generate(key, generate))

    async def talk(self, number: int) -> None:
        for turn in range(EACH):
            chat = f"c{(number + turn) % CHATS}"
            message = await self.conversations.add_message(chat, Role.USER, f"{number}-{turn}")
            history = await self.conversations.get_history(chat)
            assert [one.id for one in history].count(message.id) == 1
            keys = [f"k{(number * turn + more) % KEYS}" for more in range(5)]
            assert await asyncio.gather(*map(self.ask, keys)) == [f"answer to {key}" for key in keys]

    async def live(self) -> None:
        """What belongs to one loop."""
        memory = MemorySystem(self.store, embedder=FakeEmbedder(), cache=self.cache)
        for turn in range(EACH):
            saved = await memory.save_memory("me", f"my favorite color is {turn}")
            await asyncio.gather(*(memory.update_context("me", "thanks", "welcome") for _ in range(10)))
            await memory.retrieve_memory("me", "color")
            if turn % 10 == 0:
                await memory.forget_memory(saved.memory)
        await memory.aclose()
        assert (await memory.get_user_context("me")).conversations_count == 10 * EACH
        assert self.store.snapshots[-1].conversations_count == 10 * EACH
        assert len(await memory.memories("me")) == 1


def test_threads_and_tasks_share_conversations_and_cache_while_contexts_change() -> None:
    shared = Shared()
    together(
        THREADS + 1,
        lambda number: asyncio.run(shared.live() if number == THREADS else shared.talk(number)),
        THREADS + 1,
    )
    stats = shared.cache.get_stats()
    assert len(shared.store.said) == THREADS * EACH
    assert stats["hits"] + stats["misses"] == THREADS * EACH * 5
    assert stats["generations"] == shared.generated.total()
    assert stats["entries"] <= 20
    assert stats["under_way"] == 0
    for number in range(CHATS):
        history = asyncio.run(shared.conversations.get_history(f"c{number}"))
        again = asyncio.run(shared.conversations.get_history(f"c{number}", from_database=True))
        assert len(history) == THREADS * EACH // CHATS
        assert {message.id for message in history} == {message.id for message in again}


@pytest.mark.parametrize("waiters", [10, 1000])
def test_who_waits_for_an_answer_that_is_forgotten_meanwhile_gets_it_and_nobody_later(waiters: int) -> None:
    async def main() -> None:
        storm = Storm(SlowStore())
        tea = (await storm.memory.save_memory("anna", "i like tea")).memory
        step = Step("ask", "anna", "", 0)
        asking = [asyncio.create_task(storm.ask(step)) for _ in range(waiters)]
        await asyncio.sleep(1)
        await storm.memory.forget_memory(tea)
        assert await storm.ask(step) == ""
        assert set(await asyncio.gather(*asking)) == {"i like tea"}
        assert storm.cache.get_stats()["generations"] == 2
        assert await storm.ask(step) == ""
        await storm.memory.aclose()

    run_virtual(main())

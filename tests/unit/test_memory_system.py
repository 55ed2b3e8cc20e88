"""Contexts on a fake store: no update lost, none of another user, saved behind the talk and in the end."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.domain.contexts import Personality, Tone, UserContext
from sottovoce.domain.errors import SottovoceError, StoreFailed, StoreFull, ThingNotFound, UsageWrong
from sottovoce.memory import MemorySystem, ResponseCache
from sottovoce.memory.snapshots import MOST_CONTEXTS
from tests.fakes_embedder import FakeEmbedder
from tests.unit.parts import Clock, StoryStore, Typed
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from sottovoce.domain.memories import Memory, MemoryKind
    from sottovoce.domain.records import AuditDetail, AuditEvent
    from sottovoce.memory.system import Saved


class GatedStore(StoryStore):
    """Reading a context waits where a gate is set; others get their turn after what is saved or looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.gate: asyncio.Event | None = None
        self.reached = asyncio.Event()

    async def context(self, user_id: str) -> UserContext | None:
        found = await super().context(user_id)
        self.reached.set()
        if self.gate is not None:
            await self.gate.wait()
        return found

    async def save_context(self, context: UserContext) -> None:
        await super().save_context(context)
        await asyncio.sleep(0)

    async def memories_about(self, user_id: str, subject: str) -> tuple[Memory, ...]:
        found = await super().memories_about(user_id, subject)
        await asyncio.sleep(0)
        return found


class Remembering:
    """A memory system with all its parts."""

    def __init__(self, store: GatedStore | None = None) -> None:
        self.store = store or GatedStore()
        self.clock = Clock()
        self.embedder = FakeEmbedder()
        self.cache = ResponseCache(clock=self.clock)
        self.memory = MemorySystem(self.store, embedder=self.embedder, cache=self.cache, clock=self.clock)

    async def save(self, text: str, user: str = "me", source_message: str | None = None) -> Saved:
        return await self.memory.save_memory(user, text, source_message=source_message)

    async def texts(self, *kinds: MemoryKind, user: str = "me") -> list[str]:
        return [memory.text for memory in await self.memory.memories(user, *kinds)]


@pytest.fixture
async def remembering() -> AsyncIterator[Callable[..., Remembering]]:
    """Makes memory systems, and closes them."""
    async with AsyncExitStack() as stack:

        def make(store: GatedStore | None = None) -> Remembering:
            made = Remembering(store)
            stack.push_async_callback(made.memory.aclose)
            return made

        yield make


@pytest.fixture
def parts(remembering: Callable[..., Remembering]) -> Remembering:
    return remembering()


# Contexts


async def test_a_hundred_concurrent_updates_are_a_hundred(
    parts: Remembering, remembering: Callable[..., Remembering]
) -> None:
    memory = parts.memory
    await asyncio.gather(*(memory.update_context("me", "what time is it", "late") for _ in range(100)))
    context = await memory.get_user_context("me")
    assert (context.conversations_count, context.version) == (100, 100)
    assert (parts.store.snapshots, memory.unsaved) == ([], 1)
    await memory.flush()
    assert [snapshot.conversations_count for snapshot in parts.store.snapshots] == [100]
    assert (memory.unsaved, memory.last_save, memory.trouble) == (0, parts.clock.now, None)
    again = remembering(parts.store)
    assert await again.memory.get_user_context("me") == context


async def test_a_hundred_concurrent_updates_with_saves_and_settings_in_between_are_a_hundred(
    parts: Remembering,
) -> None:
    memory = parts.memory

    async def update(number: int) -> None:
        await memory.update_context("me", "trains", "yes")
        if number % 10 == 0:
            await memory.flush()
        if number % 25 == 0:
            await memory.set_context("me", language="de")

    await asyncio.gather(*(update(number) for number in range(100)))
    context = await memory.get_user_context("me")
    assert (context.conversations_count, context.topics["trains"], context.version) == (100, 100, 104)
    await memory.flush()
    assert parts.store.snapshots[-1] == context


async def test_outside_code_holds_a_snapshot(parts: Remembering) -> None:
    before = await parts.memory.get_user_context("me")
    after = await parts.memory.update_context("me", "hello", "hi")
    assert (before.conversations_count, after.conversations_count) == (0, 1)
    assert await parts.memory.get_user_context("me") is after
    assert (after.first_seen, after.last_seen) == (parts.clock.now, parts.clock.now)


def test_it_is_saved_within_the_interval_and_on_closing() -> None:
    async def main() -> None:
        store, clock = GatedStore(), Clock()
        memory = MemorySystem(store, save_interval=7, clock=clock)
        assert (memory.save_interval, memory.last_save) == (7, None)
        await memory.update_context("me", "hello", "hi")
        await asyncio.sleep(6.9)
        assert (store.snapshots, memory.unsaved) == ([], 1)
        await asyncio.sleep(0.2)
        assert (store.snapshots[-1].conversations_count, memory.unsaved) == (1, 0)
        assert memory.last_save == clock.now
        await memory.update_context("me", "hello", "hi")
        await memory.aclose()
        await memory.aclose()
        assert store.snapshots[-1].conversations_count == 2

    run_virtual(main())


async def test_failing_saves_are_told_and_nothing_is_lost(parts: Remembering) -> None:
    told: list[SottovoceError] = []
    parts.memory.report_trouble_to(told.append)
    parts.store.write_failure = StoreFull()
    await parts.memory.update_context("me", "hello", "hi")
    for _ in range(3):
        with pytest.raises(StoreFull):
            await parts.memory.flush()
    assert (told, parts.memory.trouble) == ([parts.store.write_failure], parts.store.write_failure)
    parts.store.write_failure = None
    await parts.memory.flush()
    assert (parts.memory.trouble, parts.store.snapshots[-1].conversations_count) == (None, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"language": "English"}, "Language must be"),
        ({"time_zone": "Mars"}, "Time_zone must be"),
        ({"friendship_level": 101}, "Friendship_level must be"),
        ({"preferences": {"a": object()}}, "Only text, numbers"),
        ({"last_seen": 1e300}, "Last_seen must be"),
        ({"colour": "red"}, "no such field"),
        ({"user_id": "anna"}, "can't be set"),
        ({"version": 7}, "can't be set"),
    ],
)
async def test_what_can_not_be_set_is_a_wrong_usage_that_says_so(
    parts: Remembering, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UsageWrong, match=sentence):
        await parts.memory.set_context("me", **changes)
    assert (await parts.memory.get_user_context("me")).version == 0
    assert parts.store.snapshots == []


async def test_what_is_set_is_durable_on_return(parts: Remembering) -> None:
    context = await parts.memory.set_context("me", time_zone="Europe/Berlin", preferences={"food": "pasta"})
    assert (context.version, context.time_zone) == (1, "Europe/Berlin")
    assert parts.store.snapshots == [context]
    friend = await parts.memory.set_context("me", friendship_level=60)
    assert friend.personality.tone is Tone.WARM
    cool = await parts.memory.set_context("me", personality=Personality(tone=Tone.NEUTRAL))
    assert cool.personality.tone is Tone.NEUTRAL
    assert (await parts.memory.update_context("me", "hello", "hi")).personality.tone is Tone.NEUTRAL


async def test_what_was_set_on_a_failing_store_is_in_force_and_tried_again(parts: Remembering) -> None:
    parts.store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await parts.memory.set_context("me", language="de")
    assert (await parts.memory.get_user_context("me")).language == "de"
    parts.store.write_failure = None
    await parts.memory.flush()
    assert parts.store.snapshots[-1].language == "de"


async def test_all_is_dropped_while_something_is_set(parts: Remembering) -> None:
    class Dropping(GatedStore):
        async def save_context(self, context: UserContext) -> None:
            parts.memory.forget()
            await super().save_context(context)

    store = Dropping()
    memory = parts.memory = MemorySystem(store, clock=parts.clock)
    async with aclosing(memory):
        assert (await memory.set_context("me", language="de")).language == "de"


async def test_what_was_erased_does_not_come_back_with_a_read_that_began_before(parts: Remembering) -> None:
    parts.store.snapshots.append(UserContext(display_name="Anna", version=5))
    parts.store.gate = asyncio.Event()
    reading = asyncio.create_task(parts.memory.get_user_context("me"))
    await parts.store.reached.wait()
    parts.store.snapshots.clear()
    parts.memory.forget()
    parts.store.gate.set()
    assert (await reading).display_name == ""
    assert (await parts.memory.get_user_context("me")).version == 0


async def test_what_waits_to_be_saved_is_not_saved_once_it_is_erased(parts: Remembering) -> None:
    await parts.memory.update_context("me", "hello", "hi")
    parts.memory.forget()
    await parts.memory.aclose()
    assert parts.store.snapshots == []


async def test_two_who_read_at_once_get_one_snapshot(parts: Remembering) -> None:
    parts.store.gate = asyncio.Event()
    tasks = [asyncio.create_task(parts.memory.update_context("me", "hello", "hi")) for _ in range(10)]
    await parts.store.reached.wait()
    parts.store.gate.set()
    await asyncio.gather(*tasks)
    assert (await parts.memory.get_user_context("me")).conversations_count == 10


async def test_an_unreadable_store_is_told_and_the_next_try_works(parts: Remembering) -> None:
    parts.store.trouble = StoreFailed()
    for call in (parts.memory.get_user_context("me"), parts.memory.update_context("me", "a", "b")):
        with pytest.raises(StoreFailed):
            await call
    parts.store.trouble = None
    assert (await parts.memory.update_context("me", "a", "b")).conversations_count == 1


async def test_contexts_in_memory_are_bounded_and_none_that_is_unsaved_leaves(parts: Remembering) -> None:
    users = [f"user{number}" for number in range(MOST_CONTEXTS + 50)]
    for _ in range(2):
        await asyncio.gather(*(parts.memory.update_context(user, "hello", "hi") for user in users))
    assert parts.memory.unsaved == len(users)
    await parts.memory.flush()
    parts.store.trouble = StoreFailed()
    assert (await parts.memory.get_user_context(users[0])).conversations_count == 2  # not read: still held
    parts.store.trouble = None
    await parts.memory.get_user_context("brand new")
    parts.store.trouble = StoreFailed()
    held = 0
    for user in users:
        try:
            held += (await parts.memory.get_user_context(user)).conversations_count == 2
        except StoreFailed:
            continue
    assert held == MOST_CONTEXTS - 1  # and the brand new one
    assert (await parts.memory.get_user_context(users[0])).conversations_count == 2  # the one asked for last stayed
    parts.store.trouble = None
    contexts = [await parts.memory.get_user_context(user) for user in users]
    assert {context.conversations_count for context in contexts} == {2}


async def test_users_are_kept_apart(parts: Remembering) -> None:
    await parts.memory.update_context("anna", "trains", "yes")
    await parts.save("i like tea", "anna")
    await parts.save("my name is Anna", "anna")
    ben = await parts.memory.get_user_context("ben")
    assert (ben.conversations_count, ben.display_name, dict(ben.topics)) == (0, "", {})
    assert await parts.texts(user="ben") == []
    assert await parts.memory.retrieve_memory("ben", "tea") == ()
    assert await parts.memory.memories_about("ben", "i like tea") == ()
    (tea, _) = await parts.memory.memories("anna")
    with pytest.raises(ThingNotFound):
        await parts.memory.memory("ben", tea.id)
    assert await parts.memory.memory("anna", tea.id) == tea
    assert not (await parts.save("i hate tea", "ben")).superseded


async def test_no_vector_of_what_was_forgotten_is_held(remembering: Callable[..., Remembering]) -> None:
    system = remembering()
    gone, kept = [(await system.save(text)).memory for text in ("green tea in the morning", "coffee")]
    await system.memory.recall("me", "green tea")
    await system.memory.forget_memory(gone)
    index = await system.memory._retrieval._index("me")  # noqa: SLF001 - nothing tells it from outside
    assert index is not None
    assert (gone.id in index, kept.id in index) == (False, True)


def test_which_tools_may_act_unasked_is_noted_where_somebody_keeps_it() -> None:
    noted: list[tuple[str, object]] = []

    async def note(event: AuditEvent, detail: Mapping[str, AuditDetail]) -> None:
        noted.append((event, detail))

    async def run() -> None:
        async with Typed() as talk:
            await talk.memory.set_context("me", allowed=("lock",))
            talk.memory.note_consents_to(note)
            await talk.memory.set_context("me", allowed=("open",))

    run_virtual(run())
    assert noted == [("tool.allowed", {"permissions": "open"}), ("tool.withdrawn", {"permissions": "lock"})]

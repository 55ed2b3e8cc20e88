"""Contexts, conversations and memories on a fake store."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import StoreFull
from sottovoce.domain.memories import MemoryKind
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.memory.conversations import WARM_S
from sottovoce.memory.finish import finish
from sottovoce.memory.system import kind_of
from tests.unit.parts import Clock, StoryStore


def test_a_context_is_frozen_all_the_way_down() -> None:
    given = {"food": "pasta"}
    context = UserContext(preferences=given)
    given["food"] = "pizza"
    with pytest.raises(dataclasses.FrozenInstanceError):
        context.language = "de"  # type: ignore[misc] # that is the point
    with pytest.raises(TypeError):
        context.preferences["food"] = "pizza"  # type: ignore[index] # that is the point
    assert context.preferences["food"] == "pasta"


def test_a_context_is_copied_and_comes_back_from_json() -> None:
    context = UserContext(display_name="Anna", preferences={"food": "pasta"}, first_seen=1.5)
    changed = context.copy_with(version=3)
    assert (context.version, changed.version, changed.display_name) == (0, 3, "Anna")
    assert UserContext.from_json(changed.to_json() | {"of a newer version": 1}) == changed
    with pytest.raises(TypeError):
        context.copy_with(colour="red")
    with pytest.raises(ValueError, match="user_id"):
        UserContext(user_id="")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i like tea", MemoryKind.LIKE),
        ("I really love tea", MemoryKind.LIKE),
        ("i don't like rain", MemoryKind.DISLIKE),
        ("I hate rain", MemoryKind.DISLIKE),
        ("my sister likes rain", MemoryKind.FACT),
        ("i likewise went", MemoryKind.FACT),
    ],
)
def test_kinds(text: str, kind: MemoryKind) -> None:
    assert kind_of(text) is kind


async def test_a_hundred_concurrent_updates_are_a_hundred() -> None:
    store = StoryStore()
    system = MemorySystem(store, clock=Clock())
    await asyncio.gather(*(system.update_context("me", "a", "b") for _ in range(100)))
    context = await system.get_user_context("me")
    assert (context.conversations_count, context.version) == (100, 100)
    assert await MemorySystem(store).get_user_context("me") == context


async def test_a_context_that_could_not_be_stored_is_not_in_force() -> None:
    store = StoryStore()
    system = MemorySystem(store, clock=Clock())
    await system.update_context("me", "a", "b")
    store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await system.update_context("me", "a", "b")
    assert (await system.get_user_context("me")).conversations_count == 1


async def test_memories_are_found_by_words_and_kind() -> None:
    system = MemorySystem(StoryStore(), clock=Clock())
    await system.save_memory("me", "i like  tea")
    await system.save_memory("me", "my sister is called anna", source_message="m1")
    memory, new = await system.save_memory("me", "I like tea")
    assert (memory.text, new) == ("i like tea", False)
    assert [m.text for m in await system.memories("me", MemoryKind.LIKE)] == ["i like tea"]
    assert [m.source_message for m in await system.retrieve_memory("me", "sister")] == ["m1"]
    with_kind, _ = await system.save_memory("me", "i like that it rains", MemoryKind.FACT)
    assert with_kind.kind is MemoryKind.FACT


async def test_history_is_bounded_and_survives_a_restart() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, max_messages=3, clock=clock)
    assert await memory.get_history("c") == ()
    for number in range(5):
        clock.now += 1
        message = await memory.add_message("c", "user", f"{number}")
        assert (message.role, message.user_id) == (Role.USER, "me")
    assert [m.content for m in await memory.get_history("c")] == ["2", "3", "4"]
    await memory.add_message("c", Role.ASSISTANT, "5", user_id="me", tokens_output=7)
    assert [m.content for m in await memory.get_history("c")] == ["3", "4", "5"]
    again = ConversationMemory(store, max_messages=3, clock=clock)
    assert await again.get_history("c") == await memory.get_history("c", from_database=True)
    assert (await again.get_stats())["total_messages_database"] == 6


async def test_conversations_in_memory_are_bounded_by_number_and_age() -> None:
    store, clock = StoryStore(), Clock()
    memory = ConversationMemory(store, max_conversations=2, conversation_ttl_hours=1, clock=clock)
    for conversation in "abc":
        await memory.add_message(conversation, Role.USER, "x")
        await memory.get_history(conversation)
    assert (await memory.get_stats())["active_conversations_memory"] == 2
    clock.now += 3601
    assert (await memory.get_stats())["active_conversations"] == 0
    await memory.get_history("c")
    assert (await memory.get_stats())["active_conversations"] == 1


async def test_a_message_that_could_not_be_stored_is_not_in_the_history() -> None:
    store = StoryStore()
    memory = ConversationMemory(store, clock=Clock())
    await memory.add_message("c", Role.USER, "kept")
    await memory.get_history("c")
    store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await memory.add_message("c", Role.USER, "lost")
    assert [m.content for m in await memory.get_history("c")] == ["kept"]


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


async def test_what_was_erased_from_the_store_is_forgotten_here_too() -> None:
    store, clock = StoryStore(), Clock()
    memory, system = ConversationMemory(store, clock=clock), MemorySystem(store, clock=clock)
    await memory.add_message("c", Role.USER, "x")
    await memory.get_history("c")
    await system.update_context("me", "a", "b")
    store.said.clear()
    store.snapshots.clear()
    memory.forget()
    system.forget()
    assert await memory.get_history("c") == ()
    assert (await system.get_user_context("me")).version == 0


def test_limits_that_can_not_work_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        ConversationMemory(StoryStore(), max_messages=0)
    with pytest.raises(ValueError, match="positive"):
        ConversationMemory(StoryStore(), max_conversations=0)
    with pytest.raises(ValueError, match="positive"):
        ConversationMemory(StoryStore(), conversation_ttl_hours=0)


async def test_finish_finishes_however_often_it_is_cancelled() -> None:
    gate, ended = asyncio.Event(), []

    async def cleanup() -> str:
        await gate.wait()
        ended.append("whole")
        return "done"

    waiting = asyncio.create_task(finish(cleanup()))
    for _ in range(2):
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended == ["whole"]
    assert await finish(cleanup()) == "done"


async def test_finish_passes_a_failure_on_unless_it_was_cancelled() -> None:
    gate = asyncio.Event()

    async def broken() -> None:
        await gate.wait()
        raise OSError

    waiting = asyncio.create_task(finish(broken()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(OSError, match=r"^$"):
        await finish(broken())


async def test_finish_does_not_mind_a_cleanup_that_was_cancelled_itself() -> None:
    gate = asyncio.Event()
    inner: list[asyncio.Task[None] | None] = []

    async def cleanup() -> None:
        inner.append(asyncio.current_task())
        await gate.wait()

    waiting = asyncio.create_task(finish(cleanup()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    (task,) = inner
    assert task is not None
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

"""The Python interface under the names that programs of others use: they stay, wherever the parts lie inside."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from sottovoce import open_home
from sottovoce.domain.conversations import Message
from sottovoce.memory import ConversationMemory, MemorySystem, ResponseCache, UserContext

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


async def test_a_home_is_asked_by_its_public_names(tmp_path: Path) -> None:
    async with open_home(tmp_path, key=KEY) as home:
        await home.ask("remember that i like tea", user_id="me")
        answer = await home.ask("what do i like", user_id="me")
        assert "tea" in answer.reply
        assert answer.source
        assert answer.intent
        assert answer.message
        assert answer.latency_ms["total"] >= 0
        history = await home.conversations.get_history(answer.conversation, from_database=True)
        assert [one.content for one in history][-2:] == ["what do i like", answer.reply]
        assert isinstance(home.memory, MemorySystem)
        assert isinstance(home.conversations, ConversationMemory)
        assert isinstance(home.cache, ResponseCache)
        assert home.conversations is home.recollection.conversations
        assert home.cache is home.recollection.cache
        assert home.knowledge is home.recollection.knowledge
        assert home.answering is home.speech.answering


async def test_the_parts_take_what_they_are_said_to_take(tmp_path: Path) -> None:
    cache = ResponseCache(max_entries=100, max_bytes=10_000, ttl_s=60)
    cache.set("query1", {"response": "response1"})
    cache.set("query2", "two", ttl_s=5)
    assert cache.get("query1") == {"response": "response1"}
    assert cache.get("never") is None
    assert cache.get_stats()["entries"] == 2

    async def generate() -> list[int]:
        return [1, 2]

    assert await cache.get_or_generate("query3", generate, ttl_s=None, allow_stale=True) == [1, 2]
    await cache.aclose()
    async with open_home(tmp_path, key=KEY) as home:
        talks = ConversationMemory(home.store, max_messages=10, max_conversations=1000, conversation_ttl_hours=24)
        said = await talks.add_message("c1", "user", "hello", user_id="me", tokens_input=3, tokens_output=0)
        assert isinstance(said, Message)
        assert (said.conversation_id, said.role.value, said.content, said.tokens_input) == ("c1", "user", "hello", 3)
        assert await talks.get_history("c1", limit=None) == (said,)
        assert (await talks.get_stats())["total_conversations_database"] == 1
        context = await home.memory.get_user_context("me")
        assert isinstance(context, UserContext)
        assert context.copy_with(display_name="Anna").display_name == "Anna"
        await home.memory.update_context("me", "hello", "hi")
        await home.memory.save_memory("me", "i like tea", kind="fact")
        assert [one.text for one in await home.memory.retrieve_memory("me", "what do i like", k=5)] == ["i like tea"]
        assert home.memory.save_interval > 0
        assert home.memory.last_save is None or home.memory.last_save > 0


def test_a_home_is_opened_by_folder_and_key() -> None:
    assert list(inspect.signature(open_home).parameters)[:2] == ["folder", "key"]

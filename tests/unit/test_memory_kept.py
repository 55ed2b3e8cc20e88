"""What is remembered on a fake store: contradictions resolved, names learnt, and what is forgotten gone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import StoreFailed, StoreFull, ThingNotFound, UsageWrong
from sottovoce.domain.memories import Memory, MemoryKind, Reach
from sottovoce.memory import MemorySystem
from sottovoce.memory.learnt import MOST_LEARNT
from sottovoce.memory.retrieval import FILLED_AT_ONCE
from sottovoce.memory.system import MOST_CHARS, MOST_MEMORIES, Saved, memory_dependency
from tests.unit.test_memory_system import Remembering

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def parts() -> AsyncIterator[Remembering]:
    made = Remembering()
    yield made
    await made.memory.aclose()


async def test_that_something_is_forgotten_is_told_to_whoever_may_still_hold_it(parts: Remembering) -> None:
    told: list[int] = []
    parts.memory.announce_forgotten_to(lambda: told.append(len(parts.store.kept)))
    kept = (await parts.save("i like tea")).memory
    await parts.memory.forget_memory(kept)
    assert told == [0], "once it is gone"


async def test_memories_come_oldest_first_by_kind(parts: Remembering) -> None:
    for text in ("i like  tea", "i hate rain", "my sister is called anna", "it rained"):
        await parts.save(text)
    assert await parts.texts() == ["i like tea", "i hate rain", "my sister is called anna", "it rained"]
    assert await parts.texts(MemoryKind.LIKE) == ["i like tea"]
    assert await parts.texts(MemoryKind.PERSON, MemoryKind.DISLIKE) == ["i hate rain", "my sister is called anna"]
    given = await parts.memory.save_memory("me", "i like snow", "fact", reach=Reach.ANY, source_message="m1")
    assert (given.memory.kind, given.memory.reach) == (MemoryKind.FACT, Reach.ANY)
    assert await parts.memory.memories_of_message("m1") == (given.memory,)
    with pytest.raises(ValueError, match="wisdom"):
        await parts.memory.save_memory("me", "i like sun", "wisdom")


async def test_what_is_too_long_to_be_told_again_is_refused(parts: Remembering) -> None:
    longest = "i like " + "x" * (MOST_CHARS - 7)
    assert (await parts.save(longest)).new
    with pytest.raises(UsageWrong, match="too long"):
        await parts.save(f"{longest}x")
    assert await parts.texts() == [longest]


async def test_what_contradicts_takes_the_place_of_what_was_said_before(parts: Remembering) -> None:
    first = (await parts.save("my favorite color is blue")).memory
    second = await parts.save("my favourite colour is red")
    assert (second.new, [memory.id for memory in second.superseded]) == (True, [first.id])
    assert await parts.texts() == ["my favourite colour is red"]
    assert [m.text for m in await parts.memory.retrieve_memory("me", "favorite color blue")] in (
        [],
        ["my favourite colour is red"],
    )
    third = await parts.save("my favorite color is blue")
    assert third.new
    assert [memory.id for memory in third.superseded] == [second.memory.id]
    assert (await parts.memory.get_user_context("me")).preferences == {"favorite color": "blue"}


async def test_what_is_known_already_is_not_kept_twice(parts: Remembering) -> None:
    first = await parts.save("i like tea", source_message="m1")
    for text in ("I like  TEA", "i like tea.", "I like tea!"):
        assert await parts.save(text, source_message="m2") == Saved(first.memory, new=False)
    assert await parts.save("i like tea", source_message="m1") == Saved(first.memory, new=True)  # a turn taken up
    assert await parts.save("i like tea") == Saved(first.memory, new=False)
    assert len(await parts.texts()) == 1


async def test_what_differs_in_an_emoji_alone_is_not_the_same(parts: Remembering) -> None:
    await parts.save("i like \N{SLICE OF PIZZA}")
    await parts.save("i like \N{SUSHI}")
    first = (await parts.save("my favorite food is \N{SLICE OF PIZZA}")).memory
    second = await parts.save("my favorite food is \N{SUSHI}")
    assert (second.new, second.superseded) == (True, (first,))
    assert not (await parts.save("i like \N{SUSHI}")).new
    assert len(await parts.texts(MemoryKind.LIKE)) == 2
    assert (await parts.memory.get_user_context("me")).preferences == {"favorite food": "\N{SUSHI}"}
    await parts.save("my \N{DOG FACE} is sick")
    assert len(await parts.memory.memories_about("me", "my \N{DOG FACE}")) == 1


async def test_the_same_said_a_hundred_times_at_once_is_one_memory(parts: Remembering) -> None:
    saved = await asyncio.gather(*(parts.save("i like tea") for _ in range(100)))
    assert sum(one.new for one in saved) == 1
    assert len({one.memory.id for one in saved}) == 1
    colors = ["red", "green", "blue"] * 10
    await asyncio.gather(*(parts.save(f"my favorite color is {color}") for color in colors))
    assert len([text for text in await parts.texts() if "color" in text]) == 1


async def test_names_and_preferences_are_learnt_and_unlearnt(parts: Remembering) -> None:
    name = (await parts.save("my name is Anna")).memory
    color = (await parts.save("my favorite color is Blue")).memory
    context = await parts.memory.get_user_context("me")
    assert (context.display_name, dict(context.preferences)) == ("Anna", {"favorite color": "Blue"})
    await parts.memory.forget_memory(color)
    await parts.memory.forget_memory(name)
    context = await parts.memory.get_user_context("me")
    assert (context.display_name, dict(context.preferences)) == ("", {})
    assert parts.store.snapshots[-1] == context


async def test_what_was_set_since_is_not_unlearnt_and_what_is_told_again_is_learnt_again(parts: Remembering) -> None:
    name = (await parts.save("my name is Anna")).memory
    color = (await parts.save("my favorite color is blue")).memory
    await parts.memory.set_context("me", display_name="Bella", preferences={"favorite color": "red", "food": "pasta"})
    before = await parts.memory.get_user_context("me")
    assert not (await parts.save("my name is Anna")).new
    assert (await parts.memory.get_user_context("me")).display_name == "Anna"
    await parts.memory.set_context("me", display_name="Bella")
    for memory in (name, color):
        await parts.memory.forget_memory(memory)
    context = await parts.memory.get_user_context("me")
    assert (context.display_name, context.preferences) == ("Bella", before.preferences)


async def test_telling_a_plain_fact_changes_no_context(parts: Remembering) -> None:
    await parts.save("i like tea")
    await parts.save("my name is Anna")
    version = (await parts.memory.get_user_context("me")).version
    await parts.save("my name is Anna")
    await parts.save("i like tea")
    assert (await parts.memory.get_user_context("me")).version == version == 1


async def test_preferences_that_are_learnt_are_bounded(parts: Remembering) -> None:
    for number in range(MOST_LEARNT + 20):
        await parts.save(f"my favorite thing{number} is x")
    preferences = (await parts.memory.get_user_context("me")).preferences
    assert len(preferences) == MOST_LEARNT
    assert "favorite thing0" not in preferences
    assert f"favorite thing{MOST_LEARNT + 19}" in preferences
    assert len(await parts.texts()) == MOST_LEARNT + 20


async def test_a_paraphrase_finds_it_and_without_an_embedder_a_word_does(parts: Remembering) -> None:
    await parts.save("my father is called tom")
    await parts.save("the weather is cold")
    (found,) = await parts.memory.recall("me", "dad named tom", 1)
    assert (found.memory.text, found.shares_words, found.alike) == ("my father is called tom", True, True)
    (nearest, *_) = await parts.memory.retrieve_memory("me", "dad named")
    assert nearest.text == "my father is called tom"
    plain = MemorySystem(parts.store)
    assert [m.text for m in await plain.retrieve_memory("me", "weather")] == ["the weather is cold"]
    assert await plain.retrieve_memory("me", "dad named") == ()


async def test_vectors_are_filled_in_and_all_is_read_ahead(parts: Remembering) -> None:
    plain = MemorySystem(parts.store)
    for number in range(FILLED_AT_ONCE + 1):
        await plain.save_memory("me", f"number {number} is lucky")
    await plain.fill_vectors()
    assert parts.store.memory_vector == {}
    await parts.memory.warm("me")
    await parts.memory.fill_vectors()
    assert len(parts.store.memory_vector) == FILLED_AT_ONCE + 1
    parts.store.trouble = StoreFailed()
    assert (await parts.memory.get_user_context("me")).version == 0  # read already


async def test_what_holds_about_something_is_found_by_sentence_and_by_name(parts: Remembering) -> None:
    await parts.save("my sister is called anna")
    await parts.save("i like tea")

    async def about(text: str) -> list[str]:
        return [memory.text for memory in await parts.memory.memories_about("me", text)]

    assert await about("my sister is called bella") == ["my sister is called anna"]
    assert await about("My  sister's name") == ["my sister is called anna"]
    assert await about("i hate tea") == ["i like tea"]
    assert await about("something else") == []


async def test_what_is_forgotten_takes_no_place_among_what_is_found_by_meaning(parts: Remembering) -> None:
    await parts.memory.warm("me")
    near = [(await parts.save(f"dad number{number}")).memory for number in range(60)]
    await parts.save("dad has a green bike")
    for memory in near:
        await parts.memory.forget_memory(memory)
    assert [memory.text for memory in await parts.memory.retrieve_memory("me", "father")] == ["dad has a green bike"]


async def used_in(parts: Remembering, memory: Memory, answer_id: str) -> None:
    """Note that an answer drew on it, and keep one in the cache that does."""
    parts.store.uses[answer_id] = (memory.id,)
    parts.cache.set(f"answer from {memory.text}", "x", depends_on=("doc:1", memory_dependency(memory.id)))


async def test_forgetting_takes_all_that_was_made_from_it(parts: Remembering) -> None:
    first = (await parts.save("my favorite color is blue")).memory
    second = (await parts.save("my favorite color is red", source_message="m2")).memory
    other = (await parts.save("i like tea")).memory
    await parts.memory.update_context("me", "my favorite color is red and trains are nice", "noted")
    await parts.memory.retrieve_memory("me", "color")
    for memory in (first, second, other):
        await used_in(parts, memory, "answer1" if memory is not other else "answer2")
    parts.cache.set("from nothing", "x")
    gone = await parts.memory.forget_memory(second)
    assert set(gone) == {first.id, second.id}
    assert await parts.texts() == ["i like tea"]
    assert {first, second}.isdisjoint(await parts.memory.retrieve_memory("me", "favorite color red"))
    assert await parts.memory.memories_of_message("m2") == ()
    assert await parts.memory.memories_used("answer1") == ()
    assert [memory.id for memory in await parts.memory.memories_used("answer2")] == [other.id]
    kept = [key for key in ("from nothing", "answer from i like tea") if parts.cache.get(key)]
    assert kept == ["from nothing", "answer from i like tea"]
    assert len(parts.cache) == 2
    context = await parts.memory.get_user_context("me")
    assert dict(context.preferences) == {}
    assert dict(context.topics) == {"trains": 1, "nice": 1}
    assert parts.store.snapshots[-1] == context
    with pytest.raises(ThingNotFound):
        await parts.memory.memory("me", second.id)


async def test_what_another_has_taken_the_place_of_is_forgotten_alone(parts: Remembering) -> None:
    colors = [(await parts.save(f"my favorite color is {color}")).memory for color in ("blue", "red", "blue")]
    await parts.memory.update_context("me", "blue and red trains", "noted")
    await used_in(parts, colors[0], "answer1")
    await used_in(parts, colors[2], "answer2")
    former = await parts.memory.memory("me", colors[0].id)
    assert await parts.memory.forget_memory(former) == (former.id,)
    assert [m.id for m in await parts.memory.retrieve_memory("me", "favorite color")] == [colors[2].id]
    assert await parts.memory.memories_used("answer1") == ()
    assert [memory.id for memory in await parts.memory.memories_used("answer2")] == [colors[2].id]
    context = await parts.memory.get_user_context("me")
    assert (dict(context.preferences), dict(context.topics)) == ({"favorite color": "blue"}, {"trains": 1})
    assert parts.store.snapshots[-1] == context
    with pytest.raises(ThingNotFound):
        await parts.memory.memory("me", former.id)
    assert set(await parts.memory.forget_memory(colors[2])) == {colors[1].id, colors[2].id}


async def test_a_fact_that_is_superseded_voids_the_answers_made_from_it(parts: Remembering) -> None:
    first = (await parts.save("my favorite color is blue")).memory
    await used_in(parts, first, "answer")
    await parts.save("my favorite color is red")
    assert len(parts.cache) == 0
    assert [m.text for m in await parts.memory.memories_used("answer")] == ["my favorite color is blue"]


async def test_forgetting_again_changes_nothing_and_on_a_failing_store_says_so(parts: Remembering) -> None:
    tea = (await parts.save("i like tea")).memory
    parts.store.trouble = StoreFailed()
    with pytest.raises(StoreFailed):
        await parts.memory.forget_memory(tea)
    parts.store.trouble = None
    assert await parts.texts() == ["i like tea"]
    assert await parts.memory.forget_memory(tea) == (tea.id,)
    assert await parts.memory.forget_memory(tea) == ()


async def test_a_reach_can_be_changed_and_voids_what_was_made_from_it(parts: Remembering) -> None:
    tea = (await parts.save("i like tea")).memory
    assert tea.reach is Reach.DEVICE
    await used_in(parts, tea, "answer")
    await parts.memory.set_reach(tea, Reach.NETWORK)
    assert await parts.memory.memory("me", tea.id) == replace(tea, reach=Reach.NETWORK)
    assert len(parts.cache) == 0
    await parts.memory.forget_memory(tea)
    with pytest.raises(ThingNotFound):
        await parts.memory.set_reach(tea, Reach.ANY)


async def test_a_memory_that_could_not_be_stored_leaves_nothing_behind(parts: Remembering) -> None:
    first = (await parts.save("my favorite color is blue")).memory
    await used_in(parts, first, "answer")
    parts.store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await parts.save("my favorite color is red")
    assert await parts.texts() == ["my favorite color is blue"]
    assert (await parts.memory.get_user_context("me")).preferences == {"favorite color": "blue"}
    assert len(parts.cache) == 1
    assert [m.id for m in await parts.memory.retrieve_memory("me", "color")] == [first.id]


async def test_listing_is_bounded_to_the_newest(parts: Remembering) -> None:
    for number in range(MOST_MEMORIES + 1):
        await parts.store.add_memory(
            Memory(id=f"m{number}", user_id="me", kind=MemoryKind.FACT, text=f"{number}", created_at=float(number))
        )
    texts = await parts.texts()
    assert (len(texts), texts[0], texts[-1]) == (MOST_MEMORIES, "1", str(MOST_MEMORIES))


async def test_a_reach_that_is_asked_for_again_is_taken(parts: Remembering) -> None:
    first = (await parts.memory.save_memory("me", "i like tea", reach=Reach.ANY)).memory
    assert (await parts.memory.save_memory("me", "i like tea")).memory == first
    again = await parts.memory.save_memory("me", "I like tea", reach=Reach.DEVICE)
    assert (again.new, again.memory) == (False, replace(first, reach=Reach.DEVICE))
    assert (await parts.memory.memories("me"))[0].reach is Reach.DEVICE


async def test_what_a_memory_makes_of_the_context_is_durable_with_it(parts: Remembering) -> None:
    await parts.save("my name is Zebulon")
    stored = await parts.store.context("me")
    assert stored is not None
    assert stored.display_name == "Zebulon"
    parts.store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await parts.save("my name is Ben")
    parts.store.write_failure = None


async def test_vectors_are_filled_only_as_long_as_nobody_talks(parts: Remembering) -> None:
    await parts.memory.fill_vectors(lambda: False)
    await parts.memory.fill_vectors()

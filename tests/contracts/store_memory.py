"""What every `Store` must do with memories, the real one and its fake. A subclass gives the fixture `store`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.memories import MemoryKind, Reach, Vector, Vectors
from sottovoce.domain.records import CacheEntry, Change
from sottovoce.domain.turns import Outcome
from tests.contracts.store import memory, message

if TYPE_CHECKING:
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.store import Store

ONE, TWO, THREE = bytes([1, 255]), bytes([2, 254]), bytes([3, 253])


def cached(key: str, *depends_on: str) -> CacheEntry:
    """A cached answer that was made from these."""
    return CacheEntry(
        key=key, kind="model", value="v", created_at=1.0, expires_at=9e9, bytes=1, depends_on=tuple(depends_on)
    )


async def matched(store: Store, user: str, query: str, limit: int = 9) -> tuple[Memory, ...]:
    """The memories that `match_memories` names."""
    found = await store.match_memories(user, query, limit=limit)
    assert all(score > 0 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    return await store.memories_by_id([identifier for identifier, _ in found])


async def chain(store: Store) -> tuple[Memory, Memory, Memory]:
    """Three memories, each of which takes the former one's place; as they are stored."""
    first, second, third = (memory(f"i live in {place}", subject="home") for place in ("rome", "oslo", "bergen"))
    await store.add_memory(first)
    await store.add_memory(second, supersedes=[first.id])
    await store.add_memory(third, supersedes=[second.id])
    return (
        dataclasses.replace(first, superseded_by=second.id),
        dataclasses.replace(second, superseded_by=third.id),
        third,
    )


class MemoryContract:
    """One suite for all."""

    async def test_memories_of_a_kind_come_newest_first_and_are_counted(self, store: Store) -> None:
        kinds = (MemoryKind.LIKE, MemoryKind.FACT, MemoryKind.DISLIKE, MemoryKind.LIKE, MemoryKind.DISLIKE)
        told = [memory(f"number {n}", kind=kind) for n, kind in enumerate(kinds)]
        for one in told:
            await store.add_memory(one)
        await store.add_memory(memory("not mine", "ada", kind=MemoryKind.LIKE))
        newer = memory("number 5", kind=MemoryKind.LIKE)
        await store.add_memory(newer, supersedes=[told[3].id])
        tastes = (MemoryKind.LIKE, MemoryKind.DISLIKE)
        assert await store.memories("me", limit=9, kinds=tastes) == (newer, told[4], told[2], told[0])
        assert await store.memories("me", limit=2, kinds=tastes) == (newer, told[4])
        assert await store.memories("me", limit=9, kinds=[MemoryKind.PERSON]) == ()
        assert await store.count_memories("me", kinds=tastes) == 4
        assert await store.count_memories("me", kinds=[MemoryKind.FACT]) == 1
        assert await store.count_memories("me") == 5

    async def test_changes_make_cached_answers_void(self, store: Store) -> None:
        for entry in (
            cached("made", "memory:a", "memory:b"),
            cached("same", "memory:a", "memory:a"),
            cached("asked", "document:d", "word:plum", "word:pear"),
            cached("other", "word:plum"),
            cached("free"),
            cached("gone", "word:fig"),
        ):
            await store.save(entry)
        await store.change_cache(changes=[Change(words=frozenset({"plums", "pear"}))])
        assert len(await store.records(CacheEntry, limit=9)) == 6
        await store.change_cache(changes=[Change(words=frozenset({"plum"})), Change(words=frozenset({"pear"}))])
        assert {entry.key for entry in await store.records(CacheEntry, limit=9)} == {
            "made", "same", "asked", "free", "gone"
        }  # fmt: skip
        await store.save(cached("made", "memory:c"))
        await store.change_cache(
            changes=[Change(frozenset({"memory:a"})), Change(words=frozenset({"plum", "pear", "naïve"}))],
            removed=["gone", "never there"],
            saved=[dataclasses.replace(cached("new", "memory:a"), value={"any": [1, None, "\ud83d"]})],
        )
        kept = {entry.key: entry for entry in await store.records(CacheEntry, limit=9)}
        assert kept.keys() == {"made", "free", "new"}
        assert kept["new"].value == {"any": [1, None, "\ud83d"]}
        await store.change_cache(changes=[Change(frozenset({"memory:c", "memory:a"}))])
        assert [entry.key for entry in await store.records(CacheEntry, limit=9)] == ["free"]

    async def test_memories_come_newest_first_and_once(self, store: Store) -> None:
        first = memory("i like python", kind=MemoryKind.LIKE, source_message="m1", reach=Reach.ANY)
        second = memory("ada is my sister", kind=MemoryKind.PERSON, subject="my sister")
        for one in (first, second, first, memory("not mine", "ada")):
            await store.add_memory(one)
        assert await store.memories("me", limit=9) == (second, first)
        assert await store.memories("me", limit=1) == (second,)
        assert await store.memories("me", limit=0) == ()

    async def test_a_superseded_memory_is_not_told_any_more(self, store: Store) -> None:
        present = memory("i live in oslo")
        for one in (memory("i live in bergen", superseded_by=present.id), present):
            await store.add_memory(one)
        assert await store.memories("me", limit=9) == (present,)
        assert await matched(store, "me", "live") == (present,)

    async def test_one_takes_the_place_of_others(self, store: Store) -> None:
        first, second, third = await chain(store)
        other = memory("i like tea")
        await store.add_memory(other, supersedes=["nobody", other.id])
        await store.add_memory(other, supersedes=[third.id])  # it is there already: this changes nothing
        assert await store.memories("me", limit=9) == (other, third)
        assert await matched(store, "me", "live rome oslo bergen") == (third,)
        assert await store.memories_by_id([first.id, second.id, other.id, third.id]) == (first, second, other, third)
        assert await store.memories_about("me", "home") == (third,)
        late = memory("i live in paris")
        await store.add_memory(late, supersedes=[first.id, third.id])
        assert await store.memories("me", limit=9) == (late, other)
        assert await store.forget_memory(second.id) == (second,)
        gone = await store.forget_memory(late.id)
        assert {one.id for one in gone} == {first.id, third.id, late.id}, "the first has the third for a successor"

    async def test_memories_come_by_their_ids_in_that_order(self, store: Store) -> None:
        one, two = memory("one"), memory("two", "ada")
        for each in (one, two):
            await store.add_memory(each)
        assert await store.memories_by_id([two.id, "nobody", one.id]) == (two, one)
        assert await store.memories_by_id([]) == ()

    async def test_memories_come_by_what_they_are_about(self, store: Store) -> None:
        one, two = memory("my cat is red", subject="my cat"), memory("my cat is blue", subject="my cat")
        for each in (one, two, memory("her cat", "ada", subject="my cat"), memory("about nothing")):
            await store.add_memory(each)
        assert await store.memories_about("me", "my cat") == (two, one)
        assert await store.memories_about("me", "my dog") == ()
        assert await store.memories_about("me", "") == ()

    async def test_memories_come_by_the_message_they_were_learnt_from(self, store: Store) -> None:
        one, two = memory("one", source_message="m1"), memory("two", source_message="m1")
        for each in (one, two, memory("three", source_message="m2"), memory("four")):
            await store.add_memory(each)
        assert await store.memories_of_message("m1") == (one, two)
        assert await store.memories_of_message("m3") == ()

    async def test_memories_sharing_words_are_found_the_best_first(self, store: Store) -> None:
        both, one = memory("i like strong black tea"), memory("i like coffee")
        for each in (both, one, memory("my sister is called ada"), memory("black tea is not mine", "ada")):
            await store.add_memory(each)
        assert await matched(store, "me", "black tea") == (both,)
        assert await matched(store, "me", "like black tea") == (both, one)
        assert await matched(store, "me", "like black tea", limit=1) == (both,)
        assert await matched(store, "me", "BLÀCK, tea?") == (both,)
        assert await matched(store, "me", "zebra") == ()
        assert await matched(store, "me", "like", limit=0) == ()
        assert await matched(store, "nobody", "like black tea") == ()

    @pytest.mark.parametrize("user", ["", "Me", "mé", "me you", '"', "u6d65"])
    async def test_nobody_finds_what_is_anothers(self, store: Store, user: str) -> None:
        mine, theirs = memory("i like tea and u6d65"), memory("i like tea too", user)
        for each in (mine, theirs):
            await store.add_memory(each)
        assert await matched(store, "me", "tea u6d65 me") == (mine,)
        assert await matched(store, user, "tea u6d65 me") == (theirs,)

    async def test_vectors_come_oldest_first_and_of_one_embedder(self, store: Store) -> None:
        one, two, bare, other = memory("one"), memory("two"), memory("bare"), memory("other")
        await store.add_memory(one, Vector("a", ONE))
        await store.add_memory(bare)
        await store.add_memory(memory("theirs", "ada"), Vector("a", THREE))
        await store.add_memory(two, Vector("a", TWO))
        await store.add_memory(other, Vector("b", THREE))
        assert await store.memory_vectors("me", "a") == Vectors((one.id, two.id), ONE + TWO)
        assert await store.memory_vectors("me", "c") == Vectors((), b"")
        assert await store.memory_vectors("me", "") == Vectors((), b"")
        assert await store.memories_without_vector("a", limit=9) == (other, bare)
        assert await store.memories_without_vector("a", limit=1) == (other,)
        assert len(await store.memories_without_vector("c", limit=9)) == 5
        await store.set_memory_vectors("a", {bare.id: THREE, other.id: ONE, "nobody": TWO})
        assert await store.memory_vectors("me", "a") == Vectors(
            (one.id, bare.id, two.id, other.id), ONE + THREE + TWO + ONE
        )
        assert await store.memory_vectors("me", "b") == Vectors((), b"")
        assert await store.memories_without_vector("a", limit=9) == ()

    async def test_what_does_not_hold_needs_no_vector(self, store: Store) -> None:
        one, two = memory("one"), memory("two")
        await store.add_memory(one, Vector("a", ONE))
        await store.add_memory(two, supersedes=[one.id])
        assert await store.memory_vectors("me", "a") == Vectors((), b"")
        assert await store.memories_without_vector("b", limit=9) == (two,)

    async def test_the_reach_of_a_memory_can_be_changed(self, store: Store) -> None:
        one = memory("one")
        await store.add_memory(one)
        assert await store.set_memory_reach(one.id, Reach.ANY)
        assert not await store.set_memory_reach("nobody", Reach.ANY)
        assert await store.memories("me", limit=9) == (dataclasses.replace(one, reach=Reach.ANY),)

    async def test_what_an_answer_drew_on_is_kept_with_it(self, store: Store) -> None:
        first, second, third = await chain(store)
        tea = memory("i like tea")
        await store.add_memory(tea)
        question, answer = message("where do i live"), message("in bergen", role=Role.ASSISTANT)
        await store.open_turn(question)
        used = [third.id, "nobody", tea.id, second.id, third.id]
        assert await store.close_turn(question.id, answer, Outcome.ANSWERED, used=used)
        assert not await store.close_turn(question.id, answer, Outcome.ANSWERED, used=[first.id])
        assert await store.memories_used(answer.id) == (third, tea, second)
        assert await store.memories_used(question.id) == ()
        await store.forget_memory(tea.id)
        assert await store.memories_used(answer.id) == (third, second)
        await store.add_memory(tea)
        assert await store.memories_used(answer.id) == (third, second), "what is forgotten is not taken up again"

    async def test_a_turn_without_an_answer_drew_on_nothing(self, store: Store) -> None:
        one, question = memory("one"), message("hello")
        await store.add_memory(one)
        await store.open_turn(question)
        assert await store.close_turn(question.id, None, Outcome.CANCELLED, used=[one.id])
        assert await store.memories_used(question.id) == ()

    async def test_forgetting_takes_all_that_came_before_and_what_was_made_from_it(self, store: Store) -> None:
        first, second, third = await chain(store)
        tea = memory("i live on tea")
        await store.add_memory(tea, Vector("a", ONE))
        for number, known in enumerate((first, second, third, tea)):
            await store.save(cached(f"{number}", "word:x", f"memory:{known.id}"))
        await store.save(cached("plain"))
        await store.save(cached("similar", f"document:{third.id}", f"memory:{third.id}0"))
        assert {gone.id for gone in await store.forget_memory(third.id)} == {first.id, second.id, third.id}
        assert await store.forget_memory(third.id) == ()
        assert await store.memories("me", limit=9) == (tea,)
        assert await matched(store, "me", "i live in rome oslo bergen") == (tea,)
        assert {entry.key for entry in await store.records(CacheEntry, limit=9)} == {"3", "plain", "similar"}
        assert await store.forget_memory(tea.id) == (tea,)
        assert await store.memory_vectors("me", "a") == Vectors((), b"")
        assert (await store.report()).memories == 0

    async def test_forgetting_takes_it_out_of_the_context_and_out_of_every_former_one(self, store: Store) -> None:
        color = memory("my favorite color is blue", subject="my favorite color")
        await store.add_memory(color)
        for version in (1, 2, 3):
            await store.save_context(
                UserContext(version=version, preferences={"favorite color": "blue", "food": "rice"}, topics={"blue": 2})
            )
        await store.save_context(UserContext(user_id="ada", version=1, preferences={"favorite color": "blue"}))
        await store.forget_memory(color.id)
        context, other = await store.context("me"), await store.context("ada")
        assert context is not None
        assert other is not None
        assert (dict(context.preferences), dict(context.topics), context.version) == ({"food": "rice"}, {}, 3)
        assert other.preferences["favorite color"] == "blue"

    async def test_what_does_not_hold_is_forgotten_alone(self, store: Store) -> None:
        first, second, third = await chain(store)
        for number, known in enumerate((first, second, third)):
            await store.save(cached(f"{number}", f"memory:{known.id}"))
        await store.set_memory_vectors("a", {first.id: ONE, second.id: TWO, third.id: THREE})
        assert await store.forget_memory(second.id) == (second,)
        left = dataclasses.replace(first, superseded_by=third.id)
        assert await store.memories_by_id([first.id, second.id, third.id]) == (left, third)
        assert await store.memories("me", limit=9) == (third,)
        assert await matched(store, "me", "live rome oslo bergen") == (third,)
        assert await store.memory_vectors("me", "a") == Vectors((third.id,), THREE)
        assert {entry.key for entry in await store.records(CacheEntry, limit=9)} == {"0", "2"}
        assert await store.forget_memory(first.id) == (left,)
        assert await store.memories("me", limit=9) == (third,)
        assert (await store.report()).memories == 1

    async def test_forgetting_what_does_not_hold_keeps_what_its_successor_taught(self, store: Store) -> None:
        colors = [memory(f"my favorite color is {color}", subject="my favorite color") for color in ("blue", "red")]
        again = memory("my favorite color is blue", subject="my favorite color")
        await store.add_memory(colors[0])
        await store.add_memory(colors[1], supersedes=[colors[0].id])
        await store.add_memory(again, supersedes=[colors[1].id])
        known = UserContext(version=1, preferences={"favorite color": "blue"}, topics={"blue": 2, "rain": 1})
        await store.save_context(known)
        await store.forget_memory(colors[0].id)
        context = await store.context("me")
        assert context is not None
        assert (dict(context.preferences), dict(context.topics)) == ({"favorite color": "blue"}, {"rain": 1})

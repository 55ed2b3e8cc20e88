"""Finding memories by words and by meaning; without an embedder, with one in trouble, and while all changes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import ModelMissing, StoreFailed
from sottovoce.domain.memories import Memory, MemoryKind, Vector, Vectors
from sottovoce.language.en.words import content_words
from sottovoce.memory import vectors
from sottovoce.memory.retrieval import FILLED_AT_ONCE, MOST_USERS, Retrieval
from sottovoce.memory.vectors import WORDS_SHARE
from tests.fakes_embedder import FakeEmbedder, meaning
from tests.fakes_store import FakeStore

if TYPE_CHECKING:
    from collections.abc import Mapping


class WatchedStore(FakeStore):
    """Notes whose vectors are read; each read, and each write of vectors, waits where a gate is set."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.gate: asyncio.Event | None = None
        self.reached = asyncio.Event()

    async def _wait(self) -> None:
        self.reached.set()
        if self.gate is not None:
            await self.gate.wait()

    async def memory_vectors(self, user_id: str, embedder: str) -> Vectors:
        self.read.append(user_id)
        found = await super().memory_vectors(user_id, embedder)
        await self._wait()
        return found

    async def set_memory_vectors(self, embedder: str, values: Mapping[str, bytes]) -> None:
        await super().set_memory_vectors(embedder, values)
        await self._wait()


class Finding:
    """A retrieval on a fake store and a fake embedder."""

    def __init__(self, embedder: FakeEmbedder | None = None) -> None:
        self.store = WatchedStore()
        self.embedder = embedder or FakeEmbedder()
        self.retrieval = Retrieval(self.store, self.embedder)

    async def keep(self, text: str, user: str = "me", *, bare: bool = False, embedder: str = "bag-1") -> Memory:
        """Store a memory, without telling the retrieval."""
        memory = Memory(
            id=f"{user}:{text}", user_id=user, kind=MemoryKind.FACT, text=text, created_at=1.0, subject=f"said: {text}"
        )
        await self.store.add_memory(memory, None if bare else Vector(embedder, meaning(text)))
        return memory

    async def texts(self, query: str, k: int = 5, user: str = "me") -> list[str]:
        """What is found and is no guess."""
        found = await self.retrieval.find(user, query, k, content_words(query))
        return [one.memory.text for one in found if one.shares_words or one.alike]


async def test_words_and_meaning_both_find() -> None:
    finding = Finding()
    await finding.keep("my father is a baker")
    await finding.keep("my job is baking bread")
    await finding.keep("the weather is cold")
    best, *rest = await finding.retrieval.find("me", "what does my dad the baker do", 5, "dad baker")
    assert (best.memory.text, best.shares_words, best.alike) == ("my father is a baker", True, True)
    assert best.cosine == pytest.approx(1, abs=0.05)
    assert not any(one.shares_words or one.alike for one in rest)
    # Of the two words asked for it has one: a quarter of what all would add.
    assert best.score == pytest.approx(best.cosine + WORDS_SHARE / 4)
    best, *_ = await finding.retrieval.find("me", "dad", 5, "dad")
    assert (best.memory.text, best.shares_words, best.alike) == ("my father is a baker", False, True)
    assert best.score == best.cosine


async def test_what_is_less_alike_than_the_embedder_says_is_a_guess_and_far_below_it_nothing() -> None:
    finding = Finding(FakeEmbedder(least_alike=0.8))
    await finding.keep("my father bakes bread")
    (guess,) = await finding.retrieval.find("me", "dad", 5, "dad")
    assert (guess.alike, guess.shares_words) == (False, False)
    assert 0.4 < guess.cosine < 0.8
    finding.embedder.least_alike = guess.cosine
    (found,) = await finding.retrieval.find("me", "dad", 5, "dad")
    assert found.alike
    finding.embedder.least_alike = 2 * guess.cosine + 0.01
    assert await finding.retrieval.find("me", "dad", 5, "dad") == ()


async def test_who_has_more_of_the_words_comes_first() -> None:
    finding = Finding()
    finding.retrieval = Retrieval(finding.store)
    await finding.keep("red")
    await finding.keep("the old red house of my aunt by the long lake")
    assert await finding.texts("red house lake") == ["the old red house of my aunt by the long lake", "red"]


async def test_a_shared_word_is_enough_however_far_the_meaning() -> None:
    finding = Finding()
    memory = await finding.keep("the old red wooden house by the lake has a leaking roof")
    found = await finding.retrieval.find("me", "roof", 5, "roof")
    assert [one.memory for one in found] == [memory]
    assert found[0].shares_words
    assert found[0].cosine < 0.5
    assert found[0].cosine != 0


@pytest.mark.parametrize("embedder", ["none", "failing"])
async def test_without_an_embedder_or_with_one_in_trouble_words_alone_find(
    embedder: str, caplog: pytest.LogCaptureFixture
) -> None:
    finding = Finding()
    if embedder == "none":
        finding.retrieval = Retrieval(finding.store)
    else:
        finding.embedder.trouble = ModelMissing()
    await finding.keep("my father is a baker")
    assert await finding.texts("dad") == []
    for _ in range(3):
        assert await finding.texts("father") == ["my father is a baker"]
    assert await finding.retrieval.vector("anything") is None
    await finding.retrieval.warm("me")
    assert await finding.retrieval.fill() is False
    assert len(caplog.records) == (1 if embedder == "failing" else 0)
    assert "father" not in caplog.text


async def test_an_embedder_that_recovers_is_asked_again() -> None:
    finding = Finding()
    await finding.keep("my father is a baker")
    finding.embedder.trouble = ModelMissing()
    assert await finding.texts("dad") == []
    finding.embedder.trouble = None
    assert await finding.texts("dad baker") == ["my father is a baker"]


async def test_at_most_k_and_nothing_for_nothing() -> None:
    finding = Finding()
    for number in range(20):
        await finding.keep(f"tea number {number}")
    assert len(await finding.texts("tea number", k=3)) == 3
    assert await finding.texts("tea number", k=0) == []
    assert await finding.texts("   ") == []
    assert finding.store.read == ["me"]


async def test_users_are_kept_apart() -> None:
    finding = Finding()
    await finding.keep("my father is a baker", "anna")
    assert await finding.texts("dad baker", user="ben") == []
    assert await finding.texts("father", user="ben") == []
    assert await finding.texts("dad baker", user="anna") == ["my father is a baker"]
    # Even a store and an index that mixed them up would not show one what another said.
    other = await finding.keep("my father is a cook", "anna")
    await finding.retrieval.warm("ben")
    finding.retrieval.added("ben", other.id, meaning(other.text))
    assert await finding.texts("dad cook", user="ben") == []


async def test_what_is_added_and_removed_later_is_known_without_reading_again() -> None:
    finding = Finding()
    await finding.retrieval.warm("me")
    memory = await finding.keep("my father is a baker")
    assert await finding.texts("dad baker dad") == ["my father is a baker"]  # by its words
    assert await finding.texts("dad") == []
    finding.retrieval.added("me", memory.id, meaning(memory.text))
    assert await finding.texts("dad") == ["my father is a baker"]
    finding.retrieval.removed("me", [memory.id])
    assert await finding.texts("dad") == []
    finding.retrieval.added("nobody", "x", meaning("x"))
    finding.retrieval.removed("nobody", ["x"])
    assert finding.store.read == ["me"]


async def test_what_changes_while_vectors_are_read_is_not_lost() -> None:
    finding = Finding()
    old = await finding.keep("my father is a baker")
    finding.store.gate = asyncio.Event()
    warming = asyncio.create_task(finding.retrieval.warm("me"))
    await finding.store.reached.wait()
    new = await finding.keep("my doctor is kind")
    finding.retrieval.added("me", new.id, meaning(new.text))
    finding.retrieval.removed("me", [old.id])
    brief = await finding.keep("my cat is lazy")
    finding.retrieval.added("me", brief.id, meaning(brief.text))
    finding.retrieval.removed("me", [brief.id])
    finding.store.gate.set()
    await warming
    assert await finding.texts("physician") == ["my doctor is kind"]
    assert await finding.texts("dad") == []
    assert await finding.texts("kitty") == []


async def test_what_changes_while_the_index_is_made_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LOADED_AT_ONCE", 1)
    finding = Finding()
    old = await finding.keep("my father is a baker")
    for number in range(9):
        await finding.keep(f"number {number}")
    finding.store.gate = asyncio.Event()
    warming = asyncio.create_task(finding.retrieval.warm("me"))
    await finding.store.reached.wait()
    finding.store.gate.set()
    for _ in range(5):  # a few steps into it
        await asyncio.sleep(0)
    assert not warming.done()
    new = await finding.keep("my doctor is kind")
    finding.retrieval.added("me", new.id, meaning(new.text))
    finding.retrieval.removed("me", [old.id])
    await warming
    assert await finding.texts("physician") == ["my doctor is kind"]
    assert await finding.texts("dad") == []
    assert finding.store.read == ["me"]


async def test_what_is_forgotten_while_vectors_are_read_is_not_held() -> None:
    finding = Finding()
    await finding.keep("my father is a baker")
    finding.store.gate = asyncio.Event()
    warming = asyncio.create_task(finding.retrieval.warm("me"))
    await finding.store.reached.wait()
    finding.retrieval.forget()
    finding.store.gate.set()
    await warming
    await finding.retrieval.warm("me")
    await finding.retrieval.warm("me")
    assert finding.store.read == ["me", "me"]
    finding.retrieval.forget()
    await finding.retrieval.warm("me")
    assert finding.store.read == ["me"] * 3


async def test_two_who_ask_at_once_read_once_and_a_failing_read_is_tried_again() -> None:
    finding = Finding()
    await finding.keep("my father is a baker")
    await asyncio.gather(*(finding.texts("dad") for _ in range(10)))
    assert finding.store.read == ["me"]
    finding.retrieval.forget()
    finding.store.trouble = StoreFailed()
    with pytest.raises(StoreFailed):
        await finding.retrieval.warm("me")
    finding.store.trouble = None
    assert await finding.texts("dad") == ["my father is a baker"]


async def test_a_read_that_was_cancelled_leaves_nothing_behind() -> None:
    finding = Finding()
    await finding.keep("my father is a baker")
    finding.store.gate = asyncio.Event()
    asking = asyncio.create_task(finding.texts("dad"))
    await finding.store.reached.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    finding.store.gate.set()
    assert await finding.texts("dad") == ["my father is a baker"]


async def test_only_the_users_last_asked_for_are_held() -> None:
    finding = Finding()
    users = [f"user{number}" for number in range(MOST_USERS + 1)]
    for user in users[:MOST_USERS]:
        await finding.retrieval.warm(user)
    await finding.retrieval.warm(users[0])
    await finding.retrieval.warm(users[MOST_USERS])
    await finding.retrieval.warm(users[0])
    assert finding.store.read == users
    await finding.retrieval.warm(users[1])
    assert finding.store.read == [*users, users[1]]


async def test_memories_without_a_vector_of_this_embedder_are_filled_in() -> None:
    finding = Finding()
    await finding.retrieval.warm("me")
    for number in range(FILLED_AT_ONCE):
        await finding.keep(f"number {number}", bare=number % 2 == 0, embedder="older")
    await finding.keep("my father is a baker", "anna", bare=True)
    assert await finding.texts("dad", user="anna") == []
    assert await finding.retrieval.fill() is True
    assert await finding.retrieval.fill() is False
    assert await finding.texts("dad", user="anna") == ["my father is a baker"]
    assert {vector.embedder for vector in finding.store.memory_vector.values()} == {"bag-1"}
    embedded = [text for text in finding.embedder.texts if text.startswith(("number", "my"))]
    assert len(embedded) == FILLED_AT_ONCE + 1
    assert await finding.retrieval.fill() is False
    assert len(finding.store.read) == 2


async def test_what_is_removed_while_vectors_are_filled_in_is_not_held() -> None:
    finding = Finding()
    await finding.retrieval.warm("me")
    memory = await finding.keep("my father is a baker", bare=True)
    await finding.keep("my doctor is kind", bare=True)
    finding.store.gate = asyncio.Event()
    finding.store.reached.clear()
    filling = asyncio.create_task(finding.retrieval.fill())
    await finding.store.reached.wait()
    finding.retrieval.removed("me", [memory.id])
    finding.store.gate.set()
    await filling
    # The store still has it: were its vector held, it would be found.
    assert await finding.texts("dad") == []
    assert await finding.texts("physician") == ["my doctor is kind"]


async def test_what_was_superseded_between_finding_and_reading_is_not_found() -> None:
    finding = Finding()
    old = await finding.keep("my father is a baker")
    await finding.retrieval.warm("me")
    new = Memory(id="new", user_id="me", kind=MemoryKind.FACT, text="it rains", created_at=2.0)
    await finding.store.add_memory(new, supersedes=[old.id])
    assert await finding.texts("dad") == []


async def test_what_was_forgotten_between_finding_and_reading_is_made_up_for_by_the_next_best() -> None:
    finding = Finding()
    best = await finding.keep("tea tea tea")
    await finding.keep("tea is good when it rains")
    await finding.retrieval.warm("me")
    finding.store.kept.remove(best)
    assert await finding.texts("tea tea", k=1) == ["tea is good when it rains"]

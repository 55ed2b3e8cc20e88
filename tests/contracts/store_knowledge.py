"""What every `Store` must do with the user's files, the real one and its fake. A subclass gives the fixture `store`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.domain.knowledge import Document, NewPassage, Passage
from sottovoce.domain.memories import Vectors

if TYPE_CHECKING:
    from sottovoce.memory.store import Store

ONE, TWO, THREE = bytes([1, 255]), bytes([2, 254]), bytes([3, 253])


def document(path: str, **fields: object) -> Document:
    """A file named by its path."""
    plain: dict[str, object] = {
        "id": f"id of {path}",
        "path": path,
        "bytes": 10,
        "modified_ns": 1_760_000_000_123_456_789,
        "sha256": "ab" * 32,
        "indexed_at": 1.5,
    }
    return Document(**(plain | fields))  # type: ignore[arg-type] # the fields of Document, by name


class KnowledgeContract:
    """One suite for all."""

    async def test_a_file_is_kept_with_its_passages(self, store: Store) -> None:
        manual = document("house/heating.md")
        texts = [NewPassage("Boiler", "the boiler has a valve"), NewPassage("", "call anna about the boiler")]
        numbers = await store.save_document(manual, texts)
        assert len(set(numbers)) == 2
        assert list(numbers) == sorted(numbers)
        broken = document("a.pdf", trouble="unreadable", sha256="")
        assert await store.save_document(broken) == ()
        assert await store.documents() == (broken, dataclasses.replace(manual, passages=2))
        first, second = numbers
        assert await store.passages([second, 99, first]) == (
            Passage(number=second, document=manual.id, path=manual.path, place="", text="call anna about the boiler"),
            Passage(number=first, document=manual.id, path=manual.path, place="Boiler", text="the boiler has a valve"),
        )
        assert await store.passages([]) == ()

    async def test_a_file_read_again_takes_its_own_place(self, store: Store) -> None:
        former = await store.save_document(document("a.md"), [NewPassage("", "old words", ONE)], embedder="a")
        changed = document("a.md", id="another", sha256="cd" * 32)
        numbers = await store.save_document(changed, [NewPassage("", "new words"), NewPassage("", "more")])
        assert await store.documents() == (dataclasses.replace(changed, passages=2),)
        assert not set(former) & set(numbers)
        assert await store.passages(former) == ()
        assert await store.match_passages("old", limit=9) == ()
        assert [number for number, _ in await store.match_passages("words", limit=9)] == [numbers[0]]
        assert await store.passage_vectors("a") == Vectors((), b"")
        moved = document("b.md", id="another")
        await store.save_document(moved)
        assert await store.documents() == (moved,)
        assert await store.match_passages("words", limit=9) == ()

    async def test_a_number_is_never_used_twice(self, store: Store) -> None:
        numbers = await store.save_document(document("a.md"), [NewPassage("", "one"), NewPassage("", "two")])
        assert await store.remove_documents([document("a.md").id, "nobody"]) == numbers
        assert await store.remove_documents([document("a.md").id]) == ()
        assert await store.remove_documents([]) == ()
        again = await store.save_document(document("a.md"), [NewPassage("", "one")])
        assert min(again) > max(numbers)

    async def test_a_long_file_is_replaced_and_removed_whole(self, store: Store) -> None:
        for name in ("a.md", "b.md"):
            texts = [NewPassage("", f"{name} passage {number}", ONE) for number in range(90)]
            await store.save_document(document(name), texts, embedder="a")
        (number,) = await store.save_document(document("a.md"), [NewPassage("", "short passage")])
        assert len((await store.passage_vectors("a")).ids) == 90
        gone = await store.remove_documents([document("b.md").id])
        assert len(set(gone)) == 90
        assert list(gone) == sorted(gone)
        assert [found for found, _ in await store.match_passages("passage", limit=99)] == [number]
        assert [(known.path, known.passages) for known in await store.documents()] == [("a.md", 1)]

    async def test_passages_sharing_words_are_found_the_best_first(self, store: Store) -> None:
        texts = ["the cat sleeps", "the dog barks at the cat of the house", "the bird", "dog dog dog"]
        numbers = await store.save_document(document("a.md"), [NewPassage("", text) for text in texts])
        found = await store.match_passages("a dog and a cat", limit=9)
        assert found[0][0] in {numbers[1], numbers[3]}
        assert {number for number, _ in found} == {numbers[0], numbers[1], numbers[3]}
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert found[-1][1] > 0
        assert await store.match_passages("a dog and a cat", limit=1) == found[:1]
        assert await store.match_passages("zebra", limit=9) == ()
        assert [number for number, _ in await store.match_passages("BÎRD!", limit=9)] == [numbers[2]]
        await store.remove_documents([document("a.md").id])
        assert await store.match_passages("the dog and the cat", limit=9) == ()
        assert await store.documents() == ()

    async def test_vectors_come_by_number_and_of_one_embedder(self, store: Store) -> None:
        first = await store.save_document(
            document("b.md"), [NewPassage("", "one", ONE), NewPassage("", "two")], embedder="a"
        )
        (third,) = await store.save_document(document("a.md"), [NewPassage("", "three", THREE)], embedder="b")
        assert await store.passage_vectors("a") == Vectors((str(first[0]),), ONE)
        assert await store.passage_vectors("c") == Vectors((), b"")
        assert await store.passage_vectors("") == Vectors((), b"")
        lacking = await store.passages_without_vector("a", limit=9)
        assert {passage.text for passage in lacking} == {"two", "three"}
        assert len(await store.passages_without_vector("a", limit=1)) == 1
        assert await store.passages_without_vector("a", limit=0) == ()
        await store.set_passage_vectors("a", {third: TWO, first[1]: THREE, 99: ONE})
        assert await store.passage_vectors("a") == Vectors(tuple(map(str, [*first, third])), ONE + THREE + TWO)
        assert await store.passage_vectors("b") == Vectors((), b"")
        assert await store.passages_without_vector("a", limit=9) == ()

    async def test_any_text_may_be_in_a_file(self, store: Store) -> None:
        texts = ["", "a\0b", "naïve ☕ 東京", "'; DROP TABLE passage; --", "x" * 100_000]
        numbers = await store.save_document(document("we ird/ünï\ncode"), [NewPassage(t, t) for t in texts])
        assert [passage.text for passage in await store.passages(numbers)] == texts
        assert [number for number, _ in await store.match_passages("naive 東京", limit=9)] == [numbers[2]]

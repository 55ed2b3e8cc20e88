"""Finding by words among more than can be ranked: the rare is found however old, the common in a bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store, rows
from sottovoce.domain.knowledge import Document, NewPassage
from tests.adapters.test_store_faults import KEY, on_writer
from tests.contracts.store import memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.domain.memories import Memory

MANY = rows.messages.MOST_RANKED * 6


def _text(number: int) -> str:
    """Every word is in fewer texts than the one before it."""
    words = ["i", *("half" for _ in range(number % 2)), *("fifth" for _ in range(number % 5 == 0)), f"n{number}"]
    return " ".join(words)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(Places.under(tmp_path), key=KEY)
    yield opened
    await opened.close()


async def _fill(store: EncryptedStore, memories: Sequence[Memory]) -> None:
    def add(connection: sqlite.Connection) -> None:
        connection.execute("BEGIN")
        for one in memories:
            rows.memories.add(connection, one, None, ())
        connection.execute("COMMIT")

    await on_writer(store, add)


async def _texts(store: EncryptedStore, query: str, limit: int = 20, user: str = "me") -> list[str]:
    found = await store.match_memories(user, query, limit=limit)
    assert all(score > 0 for _, score in found)
    return [known.text for known in await store.memories_by_id([identifier for identifier, _ in found])]


async def test_a_rare_word_is_found_however_many_newer_ones_share_the_others(store: EncryptedStore) -> None:
    oldest, fuller = memory("i have a small zebra"), memory("i have a fifth zebra")
    await _fill(store, [oldest, fuller, *(memory(_text(number)) for number in range(MANY))])
    assert set((await _texts(store, "half of what i have is a zebra"))[:2]) == {oldest.text, fuller.text}
    assert (await _texts(store, "i half fifth zebra", limit=1)) == [fuller.text]
    assert (await _texts(store, "i half small zebra", limit=1)) == [oldest.text]
    assert (await _texts(store, "unheard zebra i"))[:2] == [fuller.text, oldest.text], "of equal ones the newer first"
    assert len(await _texts(store, "zebra i")) == 20, "what the rare word does not fill, a common one does"
    assert await _texts(store, "zebra") == [fuller.text, oldest.text]


async def test_common_words_find_the_newest_that_hold_the_rarest_of_them(store: EncryptedStore) -> None:
    await _fill(store, [memory(_text(number)) for number in range(MANY)])
    found = await _texts(store, "i half fifth")
    assert len(found) == 20
    assert all("fifth" in text for text in found)
    newest = {_text(number) for number in range(MANY - 5 * rows.messages.MOST_RANKED, MANY)}
    assert set(found) <= newest
    assert (await _texts(store, "i", limit=2)) == [_text(MANY - 2), _text(MANY - 4)], "the shortest, the newest first"
    assert len(await _texts(store, "i half fifth", limit=3000)) == rows.messages.MOST_RANKED


async def test_how_common_a_word_is_counts_for_each_user_alone(store: EncryptedStore) -> None:
    theirs = [memory(_text(number), "ada") for number in range(MANY)]
    mine = [memory(text) for text in ("i half a tea", "fifth coffee")]
    await _fill(store, [mine[0], *theirs, mine[1]])
    assert sorted(await _texts(store, "i half fifth")) == sorted(known.text for known in mine)
    assert len(await _texts(store, "half fifth tea", user="ada")) == 20
    assert await _texts(store, "tea", user="ada") == []


async def test_a_removal_cut_off_makes_the_file_be_read_again(store: EncryptedStore) -> None:
    manual = Document(id="m", path="m.md", bytes=1, modified_ns=1, sha256="ab", indexed_at=1.0)
    numbers = await store.save_document(manual, [NewPassage("", f"text {number}") for number in range(50)])
    gone = await on_writer(store, lambda connection: rows.knowledge.shrink(connection, ["m"]))
    assert gone == numbers[: rows.knowledge.REMOVED_AT_ONCE]
    (left,) = await store.documents()
    assert (left.sha256, left.modified_ns) == ("", 0)
    assert len(await store.match_passages("text", limit=99)) == 50 - len(gone)
    assert await store.remove_documents(["m"]) == numbers[len(gone) :]
    assert await store.documents() == ()


async def test_passages_are_found_the_same_way(store: EncryptedStore) -> None:
    manual = Document(id="m", path="m.md", bytes=1, modified_ns=1, sha256="", indexed_at=1.0)
    first, *_ = await store.save_document(
        manual, [NewPassage("", "the valve of the boiler"), *(NewPassage("", _text(n)) for n in range(MANY))]
    )
    found = await store.match_passages("where i find the valve half of fifth", limit=20)
    assert found[0][0] == first
    assert len(found) == 20
    assert [number for number, _ in await store.match_passages("valve", limit=20)] == [first]
    words = " ".join(f"n{number}" for number in range(rows.messages.MOST_WORDS - 1))
    assert len(await store.match_passages(f"{words} half", limit=100)) == 100
    assert rows.match.MOST_DISTINCTIVE < rows.messages.MOST_WORDS

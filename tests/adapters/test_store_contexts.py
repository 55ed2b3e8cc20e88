"""Versions of a user's context in the encrypted store, and what a forgotten memory leaves to be done."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, open_store, rows
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.memories import Vector
from sottovoce.language.en.facts import told_by
from tests.contracts.store import memory

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path)


def _bodies(store: EncryptedStore) -> list[str]:
    with contextlib.closing(store.opener.reader()) as connection:
        return [row[0] for row in connection.execute("SELECT body FROM user_context ORDER BY version")]


async def test_only_so_many_versions_are_kept(places: Places) -> None:
    store = await open_store(places, key=KEY)
    for version in (1, 2, rows.messages.MOST_VERSIONS, rows.messages.MOST_VERSIONS + 1):
        await store.save_context(UserContext(version=version))
    await store.save_context(UserContext(user_id="ada", version=1))
    assert len(_bodies(store)) == 4
    assert await store.context("me") == UserContext(version=rows.messages.MOST_VERSIONS + 1)
    await store.close()


async def test_what_is_forgotten_is_in_no_version_and_noted_for_the_backups(places: Places) -> None:
    store = await open_store(places, key=KEY)
    text = "my favorite color is mauve"
    first = memory("my favorite color is taupe", subject=told_by(text).subject)
    second = dataclasses.replace(memory(text), subject=told_by(text).subject)
    await store.add_memory(first)
    await store.save_context(UserContext(version=1, preferences={"favorite color": "taupe"}))
    await store.add_memory(second, supersedes=[first.id])
    await store.save_context(UserContext(version=2, preferences={"favorite color": "mauve"}))
    await store.forget_memory(second.id)
    assert not any("mauve" in body or "taupe" in body for body in _bodies(store))
    with contextlib.closing(store.opener.reader()) as connection:
        waiting = rows.erase.unfinished(connection)
    assert set(waiting) == {Erasure(scope=Scope.MEMORY, of=one.id) for one in (first, second)}
    await store.close()


async def test_what_does_not_hold_is_noted_alone_and_is_on_no_page(places: Places) -> None:
    store = await open_store(places, key=KEY)
    first, second = memory("the zebra is in the cellar"), memory("the zebra is in the attic")
    await store.add_memory(first, Vector("units", b"CELLAR"))
    await store.add_memory(second, supersedes=[first.id])
    await store.forget_memory(first.id)
    with contextlib.closing(store.opener.reader()) as connection:
        assert rows.erase.unfinished(connection) == (Erasure(scope=Scope.MEMORY, of=first.id),)
        held = connection.execute("SELECT id, embedding FROM memory").fetchall()
        words = connection.execute("SELECT rowid FROM memory_words WHERE memory_words MATCH 'cellar'").fetchall()
    assert (held, words) == ([(second.id, None)], [])
    await store.close()

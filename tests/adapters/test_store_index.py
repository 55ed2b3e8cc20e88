"""The index of words: it must not make one append in a hundred slow."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import GroupLimits, StoreLimits, open_store, rows
from sottovoce.domain.turns import Outcome
from tests.adapters.test_store_faults import KEY, on_writer
from tests.contracts.store import message
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

GROUPS = 6
GROUP = 200
WORDS = 150
"""Of one message of a group, none of them used again."""
APPENDS = 200
MUCH = 40
"""Pages; a merge of FTS5's own accord works on 64 of each level, every 64 appends."""


def _frames(connection: sqlite.Connection) -> int:
    return int(connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])


def _segments(connection: sqlite.Connection) -> int:
    """Segments of the index: FTS5 keeps their pages under ids that begin with the segment's."""
    return int(connection.execute("SELECT count(DISTINCT segid) FROM message_words_idx").fetchone()[0])


async def test_the_index_is_merged_while_nobody_talks(tmp_path: Path) -> None:
    store = await open_store(
        Places.under(tmp_path / "home"), key=KEY, limits=StoreLimits(group=GroupLimits(idle_checkpoint_s=0.05))
    )
    for number in range(13):
        await store.append(message(f"single words{number} " + "and many more of them " * 40))
    before = await on_writer(store, _segments)
    async with asyncio.timeout(HANGS_S):
        while await on_writer(store, _segments) >= before:  # noqa: ASYNC110 - nobody is told that it was idle
            await asyncio.sleep(0.1)  # longer than the writer's patience: it is idle meanwhile
    found = await store.search("single", limit=20)
    await store.close()
    assert len(found) == 13


def _said(connection: sqlite.Connection, number: int) -> None:
    rows.messages.add_message(connection, message(f"said words{number}"))


def _said_in_a_new_conversation(connection: sqlite.Connection, number: int) -> None:
    rows.messages.add_message(connection, message(f"said words{number}", f"c{number}"))


def _answered(connection: sqlite.Connection, number: int) -> None:
    question = message(f"asked words{number}")
    rows.turns.open_turn(connection, question)
    answer = dataclasses.replace(message(f"answered words{number}"), dialogue="which one?")
    rows.turns.close_turn(connection, question.id, answer, Outcome.ANSWERED, ())


@pytest.mark.parametrize("write", [_said, _said_in_a_new_conversation, _answered])
async def test_the_words_of_a_group_go_into_one_segment(
    tmp_path: Path, write: Callable[[sqlite.Connection, int], None]
) -> None:
    # A statement that SQLite may have to take back by itself (one with RETURNING, or that changes several rows) makes
    # FTS5 write what it has gathered: half of what a group costs.
    store = await open_store(Places.under(tmp_path / "home"), key=KEY)
    await store.append(message("single"))
    before = await on_writer(store, _segments)

    def group(connection: sqlite.Connection) -> None:
        for number in range(GROUPS):
            write(connection, number)

    await store.in_one_go(group)
    after = await on_writer(store, _segments)
    found = await store.search("words1", limit=20)
    await store.close()
    assert after == before + 1
    assert found


async def test_appends_to_a_large_index_do_not_merge_it_again_and_again(tmp_path: Path) -> None:
    store = await open_store(Places.under(tmp_path / "home"), key=KEY)
    await on_writer(store, lambda connection: connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall())
    for group in range(GROUPS):
        texts = (" ".join(f"g{group}n{n}w{word}" for word in range(WORDS)) for n in range(GROUP))
        await asyncio.gather(*(store.append(message(text)) for text in texts))
    frames = [await on_writer(store, _frames)]
    for number in range(APPENDS):
        await store.append(message(f"single words{number}"))
        frames.append(await on_writer(store, _frames))
    found = await store.search("single", limit=APPENDS + 1)
    await store.close()
    large = [later - former for former, later in itertools.pairwise(frames) if later - former > MUCH]
    assert len(large) <= 1  # the 16th segment merges those of the groups, once
    assert len(found) == APPENDS

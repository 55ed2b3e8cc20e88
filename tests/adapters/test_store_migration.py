"""A filled database of an earlier version comes up to date: whole, after a backup, whenever the process is killed."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import secrets as random
import sys
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.memories import Memory, MemoryKind, Reach, Vectors
from sottovoce.domain.records import CacheEntry, Change

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
MESSAGES = 300
NEWEST = 9


def opener(places: Places, path: Path | None = None) -> ConnectionOpener:
    return ConnectionOpener(path or places.database, bytearray(KEY))


def _home(folder: Path, version: int) -> Places:
    """An empty home as that version of the schema left it."""
    found = Places.under(folder)
    found.prepare()
    keys = KeyFile.for_key(KEY)
    schema.build(opener(found), found.database, keys.database, schema.shipped_steps()[:version])
    write_durably(found.key_file, keys.to_bytes())
    return found


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home as the first version of the program left it."""
    found = _home(tmp_path, 1)
    with contextlib.closing(opener(found).writer()) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO conversation VALUES ('c1', 'me', 'title', 1.0, 2.0, ?)", (MESSAGES,))
        connection.executemany(
            "INSERT INTO message VALUES (?, ?, 'c1', 'me', 'user', ?, 'complete', 1.5, 0, 0, '', '', 0.0)",
            ((number, f"m{number}", f"word number {number}") for number in range(1, MESSAGES + 1)),
        )
        connection.execute("INSERT INTO memory VALUES (1, 'a', 'me', 'like', 'i like tea', 1.0, 'm1')")
        connection.execute('INSERT INTO user_context VALUES (\'me\', 3, \'{"user_id": "me", "version": 3}\')')
        connection.execute("COMMIT")
    return found


def version_at(places: Places) -> int:
    with contextlib.closing(opener(places).keyed()) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return schema.version_of(connection)


async def _is_up_to_date(places: Places) -> None:
    store = await open_store(places, key=KEY)
    try:
        report = await store.report()
        assert store.warning is None, "its program laid no session's mark"
        assert (report.schema_version, report.messages, report.memories) == (NEWEST, MESSAGES, 1)
        assert (report.faults, report.audit) == ((), None)
        said = await store.messages("c1", limit=2)
        assert said[-1] == Message(
            id="m300", conversation_id="c1", role=Role.USER, content="word number 300", created_at=1.5
        )
        (found,) = await store.search("number 17", limit=1)
        assert found.message.id == "m17"
        ((identifier, score),) = await store.match_memories("me", "tea", limit=5)
        assert score > 0
        (kept,) = await store.memories_by_id([identifier])
        assert (kept.kind, kept.source_message) == (MemoryKind.LIKE, "m1")
        context = await store.context("me")
        assert context is not None
        assert context.version == 3
        question = Message(id=random.token_hex(16), conversation_id="c1", role=Role.USER, content="x", created_at=9.0)
        await store.open_turn(question)
        assert await store.unfinished_turns() == (question,)
        assert [hit.message for hit in await store.search("x", limit=5)] == [question]
    finally:
        await store.close()


async def test_a_filled_database_is_brought_up_after_a_backup(places: Places) -> None:
    await _is_up_to_date(places)
    (copy,) = places.backups.iterdir()
    with contextlib.closing(opener(places, copy).keyed()) as connection:
        assert schema.version_of(connection) == 1
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (MESSAGES,)
    assert b"number" not in copy.read_bytes()
    store = await open_store(places, key=KEY)
    assert [entry.event for entry in await store.audit_log(9)] == ["store.opened", "schema.migrated"]
    await store.close()


async def test_without_its_backup_nothing_is_changed(places: Places) -> None:
    before = places.database.read_bytes()
    (places.backups / "before-schema-2-1.making").mkdir(parents=True, mode=0o700)
    places.backups.chmod(0o700)
    with pytest.raises(StoreFailed):
        await open_store(places, key=KEY)
    assert places.database.read_bytes() == before
    assert version_at(places) == 1


DIES = """
import contextlib, os, sqlite3, sys
from sottovoce.adapters.places import Places
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener

class Dying:
    # Runs a script statement by statement, and kills the process after the n-th.
    def __init__(self, connection, left):
        self.connection, self.left, self.done = connection, left, 0

    def execute(self, *words):
        return self.connection.execute(*words)

    def executescript(self, script):
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.connection.execute(statement)
                statement = ""
                self.done += 1
                if self.done == self.left:
                    os.kill(os.getpid(), 9)

places = Places.under(sys.argv[1])
with contextlib.closing(ConnectionOpener(places.database, bytearray(range(32))).writer()) as connection:
    dying = Dying(connection, int(sys.argv[2]))
    for step in schema.shipped_steps()[1:]:
        schema.apply(dying, [step])
        print(dying.done)
"""


async def _run(script: str, *arguments: object) -> tuple[int, str]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        script,
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    out, _ = await child.communicate()
    return child.returncode or 0, out.decode()


async def test_killed_in_the_middle_it_is_the_old_version_or_the_new_one(places: Places) -> None:
    old, keys = places.database.read_bytes(), places.key_file.read_bytes()
    code, said = await _run(DIES, places.data, 0)
    assert (code, version_at(places)) == (0, NEWEST)
    ends = [int(end) for end in said.split()]
    for end in ends:
        for left in (end - 12, end - 2, end - 1, end, end + 1):
            if left > ends[-1]:
                continue
            for path in (*places.data.glob("sottovoce.db*"), *places.data.glob("sottovoce.seen")):
                path.unlink()
            places.database.write_bytes(old)
            places.key_file.write_bytes(keys)
            code, _ = await _run(DIES, places.data, left)
            assert code == -9
            assert version_at(places) == 1 + sum(left >= end for end in ends)
            await _is_up_to_date(places)


async def test_memories_of_the_second_version_come_up_with_nothing_lost(tmp_path: Path) -> None:
    places = _home(tmp_path, 2)
    with contextlib.closing(opener(places).writer()) as connection:
        for number in range(1, 6):
            connection.execute(
                "INSERT INTO memory (number, id, user_id, kind, text, created_at, source_message, embedding, reach,"
                " superseded_by) VALUES (?, ?, ?, 'fact', ?, 2.5, 'm9', ?, 'network', ?)",
                (
                    number * 3,
                    f"id{number}",
                    "ada" if number == 4 else "me",
                    f"naïve fact {number}",
                    b"\0\0\x80\x3f" if number == 2 else None,
                    "id5" if number in {1, 3} else None,
                ),
            )
        connection.execute("INSERT INTO cache_entry VALUES ('k', 'me', 'web', 'kept', 1.0, 9e9, 4, NULL)")
    store = await open_store(places, key=KEY)
    try:
        report = await store.report()
        assert (report.schema_version, report.memories, report.faults) == (NEWEST, 5, ())
        two = Memory(
            id="id2",
            user_id="me",
            kind=MemoryKind.FACT,
            text="naïve fact 2",
            created_at=2.5,
            source_message="m9",
            reach=Reach.NETWORK,
        )
        five = dataclasses.replace(two, id="id5", text="naïve fact 5")
        assert await store.memories("me", limit=9) == (five, two)
        assert {found for found, _ in await store.match_memories("me", "naive 1 2 3 4 5", limit=9)} == {"id2", "id5"}
        assert [found for found, _ in await store.match_memories("ada", "fact", limit=9)] == ["id4"]
        assert len(await store.memories_without_vector("any", limit=9)) == 3
        assert await store.memory_vectors("me", "") == Vectors((), b"")
        kept = await store.record(CacheEntry, "k")
        assert kept is not None
        assert (kept.value, kept.depends_on) == ("kept", ())
        assert {gone.id for gone in await store.forget_memory("id5")} == {"id1", "id3", "id5"}
        assert await store.memories("me", limit=9) == (two,)
    finally:
        await store.close()
    with contextlib.closing(opener(places).writer()) as connection:
        for table in ("message_words", "memory_words", "passage_words"):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - ours


async def test_cached_answers_of_the_third_version_know_what_they_need(tmp_path: Path) -> None:
    places = _home(tmp_path, 3)
    with contextlib.closing(opener(places).writer()) as connection:
        kept_before = (("a", 'say "hi"', '["memory:m", "memory:m"]'), ("b", "5", '["word:plum"]'), ("c", "", "[]"))
        for key, value, needs in kept_before:
            connection.execute(
                "INSERT INTO cache_entry VALUES (?, 'me', 'web', ?, 1.0, 9e9, 4, NULL, ?)", (key, value, needs)
            )
    store = await open_store(places, key=KEY)
    try:
        kept = {entry.key: entry for entry in await store.records(CacheEntry, limit=9)}
        assert [kept[key].value for key in "abc"] == ['say "hi"', "5", ""]
        assert kept["a"].depends_on == ("memory:m", "memory:m")
        await store.change_cache(changes=[Change(frozenset({"memory:m"}), frozenset({"plum"}))])
        assert [entry.key for entry in await store.records(CacheEntry, limit=9)] == ["c"]
    finally:
        await store.close()


async def test_words_of_before_are_found_whatever_form_they_have(tmp_path: Path) -> None:
    places = _home(tmp_path, 5)
    texts = {"a": "the o\ufb03ce", "b": "园丁给花坛浇水", "c": "plain “words”"}
    with contextlib.closing(opener(places).writer()) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO conversation VALUES ('c', 'me', 'title', 1.0, 2.0, 3)")
        for number, (name, text) in enumerate(texts.items(), 1):
            connection.execute(
                "INSERT INTO message (number, id, conversation_id, user_id, role, content, state, created_at,"
                " tokens_input, tokens_output, source, intent, latency_ms)"
                " VALUES (?, ?, 'c', 'me', 'user', ?, 'complete', 1.5, 0, 0, '', '', 0.0)",
                (number, name, text),
            )
            connection.execute("INSERT INTO message_words (rowid, content) VALUES (?, ?)", (number, text))
            connection.execute(
                "INSERT INTO memory (id, user_id, kind, text, created_at) VALUES (?, 'me', 'fact', ?, 1.0)",
                (name, text),
            )
        connection.execute("INSERT INTO memory_words (rowid, owner, text) SELECT number, owner, text FROM memory_held")
        connection.execute("COMMIT")
    store = await open_store(places, key=KEY)
    try:
        for query, name in (("office", "a"), ("花坛", "b"), ("words", "c")):
            assert [hit.message.id for hit in await store.search(query, limit=9)] == [name]
            assert [found for found, _ in await store.match_memories("me", query, limit=9)] == [name]
        await store.forget_memory("b")
        assert await store.match_memories("me", "花坛", limit=9) == ()
    finally:
        await store.close()

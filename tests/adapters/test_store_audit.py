"""The audit log: it only grows, and whoever shortens or alters it is told of, whatever else still works."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import math
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store, rows
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.domain.errors import AuditAltered, AuditShortened, AuditTrouble
from sottovoce.domain.records import AuditEvent
from tests.contracts.store import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path)


def opened(places: Places) -> contextlib.AbstractAsyncContextManager[EncryptedStore]:
    @contextlib.asynccontextmanager
    async def block() -> Any:  # noqa: ANN401 - an async generator of stores
        store = await open_store(places, key=KEY)
        try:
            yield store
        finally:
            await store.close()

    return block()


@contextlib.contextmanager
def by_hand(places: Places) -> Iterator[sqlcipher.Connection]:
    """The database in the hands of somebody who has its key, with the triggers off."""
    with contextlib.closing(ConnectionOpener(places.database, bytearray(KEY)).writer()) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_log'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


async def fill(places: Places) -> None:
    """Six lines, the first one that of the creation."""
    async with opened(places) as store:
        for number in range(5):
            await store.audit(AuditEvent.EXPORTED, {"messages": number})


async def trouble(places: Places) -> type[AuditTrouble] | None:
    """What a new start is told, by the report and by the log's own check; the store works all the same."""
    async with opened(places) as store:
        found = await store.audit_trouble()
        report = await store.report()
        assert type(report.audit) is type(found)
        assert report.faults == ()
        one = message("still stored")
        await store.append(one)
        assert one in await store.messages("c1", limit=9)
        return type(found) if found else None


async def test_every_line_is_chained_and_anchored(places: Places) -> None:
    await fill(places)
    async with opened(places) as store:
        entries = await store.audit_log(99)
        assert [entry.number for entry in entries] == [6, 5, 4, 3, 2, 1]
        assert entries[-1].event == "store.created"
        anchor = read_key_file(places).anchor
        assert anchor is not None
        assert (anchor.count, anchor.hash) == (6, entries[0].hash)
        assert len({entry.hash for entry in entries}) == 6
    assert await trouble(places) is None


async def test_openings_of_one_day_are_one_line(places: Places) -> None:
    for _ in range(3):
        async with opened(places) as store:
            assert [entry.event for entry in await store.audit_log(9)] == ["store.created"]
    with by_hand(places) as connection:
        connection.execute("DELETE FROM audit_log")
        rows.audit.add(connection, AuditEvent.STORE_OPENED, {"program": "0.0.1", "schema": 1}, at=5.0)
    async with opened(places) as store:
        assert [entry.event for entry in await store.audit_log(9)] == [
            "store.opened",
            "schema.migrated",
            "store.opened",
        ]
        assert (await store.audit_log(9))[1].detail == {"from": 1, "to": len(schema.shipped_steps())}


async def test_the_table_refuses_what_is_no_new_line(places: Places) -> None:
    await fill(places)
    with contextlib.closing(ConnectionOpener(places.database, bytearray(KEY)).writer()) as connection:
        for statement in (
            "UPDATE audit_log SET event = 'x' WHERE number = 2",
            "UPDATE audit_log SET at = 1.0",
            "DELETE FROM audit_log WHERE number = 6",
            "DELETE FROM audit_log",
            "INSERT INTO audit_log VALUES (9, 1.0, 'x', '{}', '', '')",
            "REPLACE INTO audit_log VALUES (3, 1.0, 'x', '{}', '', '')",
            "INSERT OR REPLACE INTO audit_log VALUES (6, 1.0, 'x', '{}', '', '')",
        ):
            with pytest.raises(sqlcipher.IntegrityError, match="audit log"):
                connection.execute(statement)
    assert await trouble(places) is None


ALTERED = (
    "UPDATE audit_log SET event = 'erased' WHERE number = 3",
    "UPDATE audit_log SET at = at + 1 WHERE number = 3",
    "UPDATE audit_log SET at = 9e999 WHERE number = 3",
    "UPDATE audit_log SET detail = '{}' WHERE number = 3",
    "UPDATE audit_log SET detail = 'no JSON' WHERE number = 3",
    "UPDATE audit_log SET detail = replace(hex(zeroblob(9999)), '0', '[') WHERE number = 3",
    "UPDATE audit_log SET previous = hash WHERE number = 3",
    "UPDATE audit_log SET hash = previous WHERE number = 6",
    "DELETE FROM audit_log WHERE number = 3",
    "DELETE FROM audit_log WHERE number = 1",
    "UPDATE audit_log SET number = 30 WHERE number = 6",
    "INSERT INTO audit_log VALUES (7, 1.0, 'x', '{}', 'ab', 'cd')",
)


@pytest.mark.parametrize("statement", ALTERED)
async def test_an_altered_log_is_told_until_it_is_accepted(places: Places, statement: str) -> None:
    await fill(places)
    with by_hand(places) as connection:
        connection.execute(statement)
    assert await trouble(places) is AuditAltered
    async with opened(places) as store:
        await store.audit(AuditEvent.ERASED, {"conversations": 1})
        assert len(await store.audit_log(3)) == 3
        assert all(math.isfinite(one.at) for one in await store.audit_log(9)), "JSON has no such number"
    assert await trouble(places) is AuditAltered
    async with opened(places) as store:
        await store.accept_audit_log()
        assert await store.audit_trouble() is None
        await store.audit(AuditEvent.ERASED)
    assert await trouble(places) is None


@pytest.mark.parametrize("kept", [5, 3, 1, 0])
async def test_a_shortened_log_is_told_until_it_is_accepted(places: Places, kept: int) -> None:
    await fill(places)
    with by_hand(places) as connection:
        connection.execute("DELETE FROM audit_log WHERE number > ?", (kept,))
    assert await trouble(places) is AuditShortened
    for _ in range(7):  # grown past its anchor, it is still another log
        async with opened(places) as store:
            await store.audit(AuditEvent.EXPORTED)
    assert await trouble(places) is AuditAltered
    async with opened(places) as store:
        await store.accept_audit_log()
    assert await trouble(places) is None


async def test_a_log_written_anew_is_told_by_its_anchor(places: Places) -> None:
    await fill(places)
    with by_hand(places) as connection:
        connection.execute("DELETE FROM audit_log")
        for number in range(6):
            rows.audit.add(connection, AuditEvent.EXPORTED, {"messages": number})
        assert rows.audit.check(connection, None) is None
    assert await trouble(places) is AuditAltered


async def test_after_a_restore_the_log_goes_on_from_what_was_restored(places: Places) -> None:
    await fill(places)
    before = places.database.read_bytes()
    async with opened(places) as store:
        await store.audit(AuditEvent.EXPORTED)
    places.database.write_bytes(before)
    assert await trouble(places) is AuditShortened
    async with opened(places) as store:
        await store.audit(AuditEvent.BACKUP_RESTORED)
    assert await trouble(places) is None


async def test_an_anchor_that_was_left_behind_is_moved_up_at_the_next_opening(places: Places) -> None:
    await fill(places)
    behind = read_key_file(places).anchor
    async with opened(places) as store:
        await store.audit(AuditEvent.EXPORTED)
    anchor = read_key_file(places).anchor
    assert anchor != behind
    update_key_file(places, lambda keys: dataclasses.replace(keys, anchor=behind))
    assert await trouble(places) is None
    assert read_key_file(places).anchor == anchor


async def test_a_line_stands_though_its_anchor_can_not_be_written(places: Places) -> None:
    await fill(places)
    async with opened(places) as store:
        (places.key_file.with_name("sottovoce.keys.tmp")).mkdir()
        await store.audit(AuditEvent.EXPORTED, {"messages": 7})
        assert (await store.audit_log(1))[0].detail == {"messages": 7}
        assert await store.audit_trouble() is None
    (places.key_file.with_name("sottovoce.keys.tmp")).rmdir()
    assert await trouble(places) is None
    anchor = read_key_file(places).anchor
    assert anchor is not None
    assert anchor.count == 7


WRITES = """
import asyncio, os, sys
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.domain.records import AuditEvent

async def main():
    store = await open_store(Places.under(sys.argv[1]), key=bytes(range(32)))
    while True:
        await store.audit(AuditEvent.EXPORTED)
        os.write(1, b".")

asyncio.run(main())
"""


async def test_killed_at_any_point_it_is_whole(places: Places) -> None:
    acknowledged = 0
    for lines in (1, 2, 5, 9, 14):
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            WRITES,
            str(places.data),
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert child.stdout is not None
        seen = await child.stdout.readexactly(lines)
        child.kill()
        acknowledged += len(seen + await child.stdout.read())
        await child.wait()
        assert await trouble(places) is None
        async with opened(places) as store:
            assert len(await store.audit_log(999)) >= acknowledged + 1

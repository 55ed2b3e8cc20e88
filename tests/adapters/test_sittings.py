"""An earlier database, key file or both put back in place is told once, with its dates, and is in nobody's way."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import json
import re
import shutil
import threading
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.machine import MachineIdentity, this_machine
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store, rows
from sottovoce.adapters.store.engine import schema, sittings
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.sittings import seen_file
from sottovoce.adapters.store.keys.keys import StoreKeys
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.adapters.store.sealed.key_file_access import copy_of, mirror_key_file, read_key_file, update_key_file
from sottovoce.adapters.store.sealed.seen import Seen
from sottovoce.domain.errors import (
    AuditShortened,
    AuditUnanchored,
    KeyFileRestored,
    KeyFileSteppedBack,
    StoreElsewhere,
    StoreParted,
    StoreSteppedBack,
)
from sottovoce.domain.records import AuditEvent
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
ELSEWHERE = MachineIdentity(id="ab" * 16, host="the other one")
DATE = re.compile(r"\d\d \w{3} \d{4} at \d\d:\d\d:\d\d")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@contextlib.asynccontextmanager
async def opened(places: Places, ring: FakeSecrets | None = None, **how: Any) -> AsyncIterator[EncryptedStore]:  # noqa: ANN401 - of open_store
    store = await (open_store(places, ring, **how) if ring is not None else open_store(places, key=KEY, **how))
    try:
        yield store
    finally:
        await store.close()


async def speak(places: Places, words: str, ring: FakeSecrets | None = None, **how: Any) -> type[Exception] | None:  # noqa: ANN401 - as above
    """One session with something said in it; what its opening told."""
    async with opened(places, ring, **how) as store:
        await store.append(message(words))
        if store.warning is None:
            return None
        assert isinstance(store.warning, KeyFileRestored) or DATE.search(store.warning.sentence)
        return type(store.warning)


def keep(places: Places, folder: Path) -> Path:
    """A copy of all files."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(places.data, folder)
    return folder


def put_back(places: Places, kept: Path, *names: str) -> None:
    for name in names:
        shutil.copyfile(kept / name, places.data / name)


DATABASE = ("sottovoce.db", "sottovoce.session")
KEYS = ("sottovoce.keys", "sottovoce.keys.copy")
REPLAYS: dict[str, tuple[tuple[str, ...], type[Exception] | None, AuditEvent]] = {
    "database": (DATABASE, StoreSteppedBack, AuditEvent.STORE_STEPPED_BACK),
    "database alone": (DATABASE[:1], StoreSteppedBack, AuditEvent.STORE_STEPPED_BACK),
    "key file": (KEYS, KeyFileSteppedBack, AuditEvent.KEY_FILE_STEPPED_BACK),
    "both": (DATABASE + KEYS, StoreSteppedBack, AuditEvent.STORE_STEPPED_BACK),
    "database and the machine's own": ((*DATABASE, "sottovoce.seen"), StoreSteppedBack, AuditEvent.STORE_STEPPED_BACK),
}


@pytest.mark.parametrize("what", REPLAYS)
async def test_a_step_back_is_told_once_and_blocks_nothing(places: Places, tmp_path: Path, what: str) -> None:
    names, told, event = REPLAYS[what]
    assert await speak(places, "one") is None
    old = keep(places, tmp_path / "old")
    assert await speak(places, "two") is None
    put_back(places, old, *names)
    assert await speak(places, "three") is told
    assert await speak(places, "four") is None
    async with opened(places) as store:
        lines = [entry for entry in await store.audit_log(99) if entry.event == event]
        assert len(lines) == 1
        assert lines[0].detail["known"] >= (lines[0].detail["here"] or 0)  # type: ignore[operator] # times
        assert await store.audit_trouble() is None, "no line of the log is missing"


async def test_all_of_the_folder_is_told_by_the_keyring(places: Places, tmp_path: Path) -> None:
    ring = FakeSecrets()
    await speak(places, "one", ring)
    old = keep(places, tmp_path / "old")
    await speak(places, "two", ring)
    places.data.rename(tmp_path / "elsewhere")  # not removed: a folder made next could get its inode
    shutil.copytree(old, places.data)
    assert await speak(places, "three", ring) is StoreSteppedBack
    assert await speak(places, "four", ring) is None
    assert len(ring.seen) == 2, "the one that was there before may lie elsewhere, and keeps its own"


async def test_a_session_s_own_beginning_put_back_is_told(places: Places, tmp_path: Path) -> None:
    async with opened(places) as store:
        await store.append(message("one"))
        with contextlib.closing(ConnectionOpener(places.database, bytearray(KEY)).writer()) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        old = keep(places, tmp_path / "old")
        await store.append(message("two"))
    put_back(places, old, "sottovoce.db")
    assert await speak(places, "three") is StoreSteppedBack


async def test_lines_that_are_gone_with_it_stay_told_until_accepted(places: Places, tmp_path: Path) -> None:
    await speak(places, "one")
    old = keep(places, tmp_path / "old")
    async with opened(places) as store:
        for _ in range(3):
            await store.audit(AuditEvent.EXPORTED)
    put_back(places, old, *DATABASE)
    async with opened(places) as store:
        assert isinstance(store.warning, StoreSteppedBack)
        assert isinstance(await store.audit_trouble(), AuditShortened)
        await store.accept_audit_log()
        assert await store.audit_trouble() is None
    assert await speak(places, "two") is None


async def test_before_an_update_put_back_is_told(places: Places, tmp_path: Path) -> None:
    steps = schema.shipped_steps()
    for first in range(1, 5):
        home = Places.under(tmp_path / f"of {first}")
        early = _early(home, steps[:first])
        await speak(home, "one")
        shutil.copyfile(early, home.database)
        assert await speak(home, "two") is StoreSteppedBack
        assert await speak(home, "three") is None


def _early(places: Places, steps: tuple[schema.Migration, ...], **keys: object) -> Path:
    """A home of an early version; a copy of its database."""
    places.prepare()
    opener = ConnectionOpener(places.database, bytearray(KEY))
    made = KeyFile.for_key(KEY)
    schema.build(opener, places.database, made.database, steps)
    if len(steps) > 1:
        with contextlib.closing(opener.writer()) as connection:
            connection.execute("BEGIN")
            head = rows.audit.add(connection, AuditEvent.STORE_CREATED, {"program": "0.0.1", "schema": len(steps)})
            connection.execute("COMMIT")
        made = dataclasses.replace(made, anchor=head)
    places.key_file.write_bytes(dataclasses.replace(made, **keys).to_bytes())  # type: ignore[arg-type] # its fields
    (places.data / "sottovoce.session").write_bytes(b"closed %s %010d\n" % (b"0" * 16, 0))
    kept = places.data.with_name(f"{places.data.name}.early.db")
    shutil.copyfile(places.database, kept)
    return kept


async def test_homes_of_all_early_versions_come_up_without_an_alarm(tmp_path: Path) -> None:
    steps = schema.shipped_steps()
    for first in range(1, len(steps) + 1):
        home = Places.under(tmp_path / str(first))
        _early(home, steps[:first])
        for words in ("one", "two"):
            assert await speak(home, words) is None, first
            async with opened(home) as store:
                assert (await store.report()).audit is None
        assert rows.audit.Chain(_connection(home)).made(read_key_file(home).anchor or rows.audit.START)


def _connection(places: Places) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
    return ConnectionOpener(places.database, bytearray(KEY)).reader()


async def test_the_chain_can_not_be_computed_without_the_key(places: Places) -> None:
    await speak(places, "one")
    async with opened(places) as store:
        await store.audit(AuditEvent.EXPORTED, {"messages": 1})
        (entry,) = await store.audit_log(1)
    with contextlib.closing(_connection(places)) as connection:
        number, at, event, detail, previous, digest = connection.execute(
            "SELECT number, at, event, detail, previous, hash FROM audit_log ORDER BY number DESC LIMIT 1"
        ).fetchone()
        chain = rows.audit.Chain(connection)
        assert chain.hash(number, at, event, detail, previous) == digest == entry.hash
    plain = json.dumps([number, at, event, detail, previous], sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(plain.encode()).hexdigest() != digest


@pytest.mark.parametrize("forged", ["none", "start", "early", "without a MAC", "foreign MAC"])
async def test_an_anchor_that_is_not_ours_is_told(places: Places, forged: str) -> None:
    await speak(places, "one")
    async with opened(places) as store:
        await store.audit(AuditEvent.EXPORTED)
    audit = read_key_file(places).anchor
    assert audit is not None
    heads = {
        "none": None,
        "start": rows.audit.START,
        "early": dataclasses.replace(audit, count=1),
        "without a MAC": dataclasses.replace(audit, mac=""),
        "foreign MAC": dataclasses.replace(audit, mac="ab" * 32),
    }
    update_key_file(places, lambda keys: dataclasses.replace(keys, anchor=heads[forged]))
    for _ in range(2):
        async with opened(places) as store:
            assert isinstance(await store.audit_trouble(), AuditUnanchored)
            await store.append(message("goes on"))
    async with opened(places) as store:
        await store.accept_audit_log()
    assert await speak(places, "two") is None
    async with opened(places) as store:
        assert await store.audit_trouble() is None


async def test_what_is_seen_outside_can_not_be_forged(places: Places, tmp_path: Path) -> None:
    await speak(places, "one")
    old = keep(places, tmp_path / "old")
    await speak(places, "two")
    put_back(places, old, *DATABASE)
    last = read_key_file(Places.under(old)).seen
    assert last is not None
    update_key_file(places, lambda keys: dataclasses.replace(keys, seen=dataclasses.replace(last, number=1)))
    assert await speak(places, "three") is StoreSteppedBack, "by the machine's own file"
    for damaged in (
        b"",
        b"{",
        b"[" * 4000,
        b"\xff" * 100,
        b'{"number": 1e999}',
        json.dumps({"number": 10**400}).encode(),
    ):
        seen_file(places).write_bytes(damaged)
        assert await speak(places, "four") is None
    assert Seen.from_secret("00") is None


async def test_a_home_that_went_on_elsewhere_is_told(places: Places, tmp_path: Path) -> None:
    await speak(places, "one")
    other = Places.under(tmp_path / "other")
    shutil.copytree(places.data, other.data)
    assert await speak(other, "there", machine=ELSEWHERE) is StoreElsewhere
    assert await speak(other, "there again", machine=ELSEWHERE) is None
    put_back(places, other.data, *DATABASE, *KEYS)
    async with opened(places) as store:
        assert isinstance(store.warning, StoreElsewhere)
        assert "the other one" in store.warning.sentence
    assert await speak(places, "two") is None


async def test_a_home_that_two_machines_see_keeps_its_key(places: Places) -> None:
    ring = FakeSecrets()
    await speak(places, "one", ring)
    before, kept = read_key_file(places), dict(ring.kept)
    assert before.mark is not None
    there = dataclasses.replace(before.mark, path="ff" * 16, lock="1:1", machine=ELSEWHERE.id)
    update_key_file(places, lambda keys: dataclasses.replace(keys, mark=there))
    assert await speak(places, "two", ring) is None
    after = read_key_file(places)
    assert (after.check, after.home, ring.kept) == (before.check, before.home, kept)
    assert after.mark is not None
    assert (after.mark.path, after.mark.machine) == (before.mark.path, before.mark.machine)


@pytest.mark.parametrize("names", [DATABASE, DATABASE + KEYS])
async def test_two_that_went_on_apart_are_told(places: Places, tmp_path: Path, names: tuple[str, ...]) -> None:
    await speak(places, "one")
    other = Places.under(tmp_path / "other")
    shutil.copytree(places.data, other.data)
    await speak(places, "only here")
    await speak(other, "only there", machine=ELSEWHERE)
    put_back(places, other.data, *names)
    assert await speak(places, "two") is StoreParted
    assert await speak(places, "three") is None


async def test_a_copy_and_its_original_go_on_without_an_alarm(places: Places, tmp_path: Path) -> None:
    ring = FakeSecrets()
    await speak(places, "one", ring)
    copy = Places.under(tmp_path / "copy")
    shutil.copytree(places.data, copy.data)
    for words in ("two", "three"):
        assert await speak(copy, words, ring) is None
        assert await speak(places, words, ring) is None
    moved = Places.under(tmp_path / "moved")
    places.data.rename(moved.data)
    assert await speak(moved, "four", ring) is None


async def test_a_restore_gives_no_alarm(places: Places) -> None:
    ring = FakeSecrets()
    async with opened(places, ring) as store:
        await store.append(message("one"))
        care = StoreCare(places, store, lambda: datetime.now().astimezone())
        backup = (await care.backups.create()).path
        await care.close()
    for words in ("two", "three"):
        await speak(places, words, ring)
    await restore_backup(places, backup, Ways(secrets=ring), datetime.now().astimezone())
    assert await speak(places, "four", ring) is None
    async with opened(places, ring) as store:
        assert await store.audit_trouble() is None
        assert [one.content for one in await store.messages("c1", limit=9)] == ["one", "four"]


async def test_a_rotation_and_a_lost_key_file_give_no_alarm(places: Places) -> None:
    ring = FakeSecrets()
    await speak(places, "one", ring)
    async with opened(places, ring) as store:
        keys = StoreKeys(places, store, lambda: ring)
        await keys.rotate()
        await keys.close()
        await store.append(message("two"))
    for words in ("three", "four"):
        assert await speak(places, words, ring) is None
    for lost in ((places.key_file,), (places.key_file, copy_of(places))):
        for file in lost:
            file.unlink()
        assert await speak(places, "five", ring) is KeyFileRestored
        assert await speak(places, "six", ring) is None
        async with opened(places, ring) as store:
            assert await store.audit_trouble() is None


async def test_an_old_database_beside_a_lost_key_file_is_told_by_the_machine(places: Places, tmp_path: Path) -> None:
    ring = FakeSecrets()
    await speak(places, "one", ring)
    old = keep(places, tmp_path / "old")
    await speak(places, "two", ring)
    put_back(places, old, *DATABASE)
    places.key_file.unlink()
    copy_of(places).unlink()
    async with opened(places, ring) as store:
        assert isinstance(store.warning, KeyFileRestored)
        assert AuditEvent.STORE_STEPPED_BACK in {entry.event for entry in await store.audit_log(2)}


@pytest.mark.parametrize("lag", [KEYS, ("sottovoce.seen",), (*KEYS, "sottovoce.seen")])
async def test_a_crash_before_the_witnesses_were_told_gives_no_alarm(
    places: Places, tmp_path: Path, lag: tuple[str, ...]
) -> None:
    await speak(places, "one")
    before = keep(places, tmp_path / "before")
    with contextlib.closing(ConnectionOpener(places.database, bytearray(KEY)).writer()) as connection:
        rows.sittings.add(connection, 2, this_machine())
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    put_back(places, before, *lag)
    assert await speak(places, "two") is None


def test_this_machine_is_always_the_same() -> None:
    assert this_machine() == this_machine()
    assert re.fullmatch("[0-9a-f]{32}", this_machine().id)


@pytest.fixture
def copying(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Holds up the copy of a key file that a sitting was noted in, until it is set."""
    may_copy = threading.Event()

    def held_up(*which: Any) -> None:  # noqa: ANN401 - of mirror_key_file
        assert may_copy.wait(HANGS_S)
        mirror_key_file(*which)

    monkeypatch.setattr(sittings, "mirror_key_file", held_up)
    return may_copy


async def test_who_reads_waits_for_no_copy_of_a_witness_and_who_writes_does(
    places: Places, copying: threading.Event
) -> None:
    copying.set()
    assert await speak(places, "one") is None
    copying.clear()
    before = read_key_file(places).seen
    async with opened(places) as store:
        now = read_key_file(places).seen
        assert before is not None
        assert now is not None
        assert now.number == before.number + 1
        writing = asyncio.ensure_future(store.append(message("two")))
        assert [one.content for one in await store.messages("c1", limit=9)] == ["one"]
        assert not writing.done()
        copying.set()
        await writing
        assert copy_of(places).read_bytes() == places.key_file.read_bytes()
        assert await store.in_one_go(rows.sittings.outside) == now.number
        assert json.loads(seen_file(places).read_bytes())["id"] == now.id
    assert copy_of(places).read_bytes() == places.key_file.read_bytes()


@pytest.mark.parametrize("gone", [False, True])
async def test_what_harms_a_key_file_before_it_is_copied_does_not_reach_the_copy(
    places: Places, copying: threading.Event, *, gone: bool
) -> None:
    copying.set()
    await speak(places, "one")
    former = copy_of(places).read_bytes()
    copying.clear()
    async with opened(places) as store:
        foreign = dataclasses.replace(read_key_file(places), database="0" * 32).to_bytes()
        if gone:
            places.key_file.unlink()
        else:
            places.key_file.write_bytes(foreign)
        copying.set()
        await store.append(message("two"))
        assert copy_of(places).read_bytes() == former
        assert not gone or not places.key_file.exists()
        assert gone or places.key_file.read_bytes() == foreign


async def test_a_sitting_that_cannot_be_noted_keeps_nobody_out(
    places: Places, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert await speak(places, "one") is None

    def fails(*_: object) -> None:
        message = "disk I/O error"
        raise sqlite.OperationalError(message)

    monkeypatch.setattr(rows.sittings, "note_outside", fails)
    async with opened(places) as store:
        assert await store.messages("c1", limit=9)
    assert "this opening was not noted in the database" in caplog.text

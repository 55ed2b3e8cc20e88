"""Backups made while the store is used, looked at, rotated, and put into place."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.secrets import MemorySecrets
from sottovoce.adapters.store import StoreCare, StoreKeys, open_store
from sottovoce.adapters.store.backups.backups import StoreBackups
from sottovoce.adapters.store.backups.file import HEADER_BYTES, Header, read_header, reseal
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.erasing.care import ASIDE_DAYS
from sottovoce.adapters.store.folder.restore_files import RestoreFiles, laid_aside
from sottovoce.adapters.store.opening.restoring import Restored, Ways, examine_backup, look_before, restore_backup
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.commands.asking import NobodyToAsk
from sottovoce.commands.backup import restore
from sottovoce.domain.erasing import DAY_S
from sottovoce.domain.errors import (
    BackupDamaged,
    BackupLocked,
    BackupTooNew,
    BackupTrouble,
    KeyringFailed,
    NotABackup,
    RecoveryCodeWrong,
    StoreInUse,
    StoreReadOnly,
)
from sottovoce.domain.records import AuditEvent
from sottovoce.operations.backup import RestoreBackup
from tests.adapters.homes import contents, flip
from tests.adapters.killing import killed_at
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.domain.errors import KeyTrouble

NOW = datetime(2026, 3, 5, 12, 0, 0).astimezone()
CANARY = "xylophonkanarienvogel"


class Clock:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class GivenPassphrase:
    """An `Asker` with an answer."""

    def __init__(self, present: str | None = None, new: str | None = None) -> None:
        self._present, self._new = present, new

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        return self._present if attempt == 1 else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        return self._new


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@pytest.fixture
async def store(places: Places, secrets: FakeSecrets) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(places, secrets)
    for number in range(20):
        await opened.append(message(f"{CANARY} {number}"))
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def care(places: Places, store: EncryptedStore, clock: Clock) -> AsyncIterator[StoreCare]:
    opened = StoreCare(places, store, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def keys(places: Places, store: EncryptedStore, secrets: FakeSecrets) -> AsyncIterator[StoreKeys]:
    opened = StoreKeys(places, store, lambda: secrets, CHEAPEST)
    yield opened
    await opened.close()


async def _restore(places: Places, path: Path, ways: Ways) -> Restored:
    return await restore_backup(places, path, ways, NOW)


async def _said(places: Places, secrets: MemorySecrets | FakeSecrets) -> list[str]:
    store = await open_store(places, secrets)
    try:
        assert (await store.report()).faults == ()
        assert await store.audit_trouble() is None
        return [said.content for said in await store.messages("c1", limit=1000)]
    finally:
        await store.close()


async def test_a_backup_is_whole_encrypted_private_and_says_what_it_is(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    made = await care.backups.create()
    assert made.path == places.backups / "sottovoce-20260305-120000.backup"
    assert (await care.backups.create()).path.name == "sottovoce-20260305-120001.backup", "the name was taken"
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert not list(places.backups.glob("*.body*"))
    header = made.header
    assert header == read_header(made.path)
    assert header.content.counts.messages == 20
    assert header.content.schema == schema.shipped_steps()[-1].version
    assert header.keys.database == read_key_file(places).database
    raw = made.path.read_bytes()
    assert raw.startswith(b"sottovoce-backup")
    assert CANARY.encode() not in raw
    assert b"SQLite" not in raw
    examined = await care.backups.verify(made.path)
    assert (examined.own, examined.opened) == (True, True)
    assert [backup.path.name for backup in await care.backups.present()] == [
        "sottovoce-20260305-120001.backup",
        "sottovoce-20260305-120000.backup",
    ]
    assert (await store.audit_log(1))[0].event == AuditEvent.BACKUP_CREATED


async def test_each_backup_has_a_key_of_its_own(store: EncryptedStore, care: StoreCare) -> None:
    first, second = await care.backups.create(), await care.backups.create()
    key = store.opener.key
    assert first.header.unseal(key) != second.header.unseal(key)
    assert first.header.unseal(bytes(32)) is None
    altered = replace(first.header, content=replace(first.header.content, created=0.0))
    assert altered.unseal(key) is None, "the header is authenticated"


async def test_it_is_made_where_the_user_says_but_over_nothing(
    tmp_path: Path, store: EncryptedStore, care: StoreCare
) -> None:
    assert (await care.backups.create(tmp_path)).path.parent == tmp_path
    named = tmp_path / "mine"
    assert (await care.backups.create(named)).path == named
    before = named.read_bytes()
    with pytest.raises(BackupTrouble):
        await care.backups.create(named)
    assert named.read_bytes() == before


async def test_appends_go_on_while_a_backup_is_made(store: EncryptedStore, care: StoreCare) -> None:
    for number in range(1500):
        await store.append(message(f"word{number} " * 100, conversation="long"))
    made = asyncio.create_task(care.backups.create())
    count = 0
    while not made.done():
        await store.append(message("meanwhile", conversation="now"))
        count += 1
    counts = (await made).header.content.counts
    assert count > 3, "who was to wait for it would have come once"
    assert 1520 <= counts.messages <= 1520 + count
    assert (await care.backups.verify((await made).path)).opened


async def test_one_that_is_cancelled_leaves_nothing(places: Places, store: EncryptedStore, care: StoreCare) -> None:
    for number in range(800):
        await store.append(message(f"word{number} " * 100, conversation="long"))
    making = asyncio.create_task(care.backups.create())
    while not places.backups.is_dir():  # noqa: ASYNC110 - a folder has no event
        await asyncio.sleep(0)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert list(places.backups.iterdir()) == []
    assert (await care.backups.create()).path.exists()


@pytest.mark.parametrize("offset", [3, 30, 200, 900, HEADER_BYTES - 1, HEADER_BYTES + 40, HEADER_BYTES + 9000, -1])
async def test_every_flipped_byte_is_noticed(store: EncryptedStore, care: StoreCare, offset: int) -> None:
    path = (await care.backups.create()).path
    flip(path, offset)
    with pytest.raises((BackupDamaged, NotABackup)):
        await care.backups.verify(path)


async def test_what_is_no_backup_is_told(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    path = (await care.backups.create()).path
    cut = tmp_path / "cut.backup"
    cut.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(BackupDamaged):
        await care.backups.verify(cut)
    for content in (b"", b"hello", b"sottovoce-backup", b"sottovoce-backup\xff\xff\xff\xff{}"):
        cut.write_bytes(content)
        with pytest.raises((NotABackup, BackupDamaged)):
            await care.backups.verify(cut)
    with pytest.raises(NotABackup):
        await care.backups.verify(tmp_path / "nothing")
    newer = read_header(path).to_bytes()
    fields = json.loads(newer[20 : 20 + int.from_bytes(newer[16:20], "big")])
    dated = {**fields, "created": 0.0}
    for made in (10**400, -1.0, float("inf"), float("nan"), 1e300):
        with pytest.raises(BackupDamaged):
            Header.from_bytes(_signed({**dated, "created": made}))
    fields["version"] = 2
    with pytest.raises(BackupTooNew):
        Header.from_bytes(_signed(fields))


def _signed(fields: dict[str, object]) -> bytes:
    import hashlib  # noqa: PLC0415 - for this one helper

    del fields["sum"]
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    plain = json.dumps({**fields, "sum": digest}, separators=(",", ":")).encode()
    return (b"sottovoce-backup" + len(plain).to_bytes(4, "big") + plain).ljust(HEADER_BYTES, b"\0")


async def test_one_a_day_and_none_if_nothing_changed(store: EncryptedStore, care: StoreCare, clock: Clock) -> None:
    assert await care.backups.create_if_due() is not None
    await store.append(message("more"))
    assert await care.backups.create_if_due() is None, "today has one"
    clock.now += timedelta(days=1)
    assert await care.backups.create_if_due() is not None
    clock.now += timedelta(days=1)
    assert await care.backups.create_if_due() is None, "nothing changed; the audit log's own lines don't count"
    for _ in range(40):
        clock.now += timedelta(days=1)
        await store.append(message("more"))
        assert await care.backups.create_if_due() is not None
    kept = await care.backups.present()
    assert 7 <= len(kept) <= 11
    assert (await store.audit_log(1))[0].event == AuditEvent.BACKUP_REMOVED


class _Unwritable:
    """A store whose disk takes nothing."""

    async def clock(self, *_: object) -> None:
        raise StoreReadOnly


async def test_backups_of_a_store_that_takes_nothing_can_be_listed(places: Places, care: StoreCare) -> None:
    made = await care.backups.create()
    thread = CareThread(places.data)
    backups = StoreBackups(places, cast("EncryptedStore", _Unwritable()), thread, Clock())
    assert [backup.path for backup in await backups.present()] == [made.path]
    await thread.close()


async def test_restoring_here_puts_the_old_store_aside(
    places: Places, store: EncryptedStore, care: StoreCare, secrets: FakeSecrets
) -> None:
    path = (await care.backups.create()).path
    await store.append(message("said after the backup"))
    with pytest.raises(StoreInUse):
        await _restore(places, path, Ways(secrets=secrets))
    await care.close()
    await store.close()
    old = places.database.read_bytes()
    done = await _restore(places, path, Ways(secrets=secrets))
    assert done.counts.messages == 20
    assert done.aside == places.data / "replaced-20260305-120000"
    assert (done.aside / "sottovoce.db").read_bytes() == old
    assert (done.aside / "sottovoce.keys").exists()
    assert len(await _said(places, secrets)) == 20
    assert not places.data.joinpath("sottovoce.db").read_bytes().startswith(old[:16]), "another salt"
    store = await open_store(places, secrets)
    assert AuditEvent.BACKUP_RESTORED in {entry.event for entry in await store.audit_log(9)}
    clock = Clock()
    care = StoreCare(places, store, clock)
    for days in range(ASIDE_DAYS + 2):
        clock.now = NOW + timedelta(days=days)
        due = (done.aside,) if days > ASIDE_DAYS else ()
        assert await care.laid_aside() == due
        assert await care.drop_laid_aside() == len(due)
        assert laid_aside(places) == ([] if due else [done.aside])
    assert (await store.audit_log(1))[0].event == AuditEvent.REPLACED_REMOVED
    await care.close()
    await store.close()


async def test_a_new_machine_with_the_recovery_code(
    tmp_path: Path, care: StoreCare, keys: StoreKeys, store: EncryptedStore
) -> None:
    code = await keys.new_recovery_code()
    path = (await care.backups.create()).path
    there, ring = Places.under(tmp_path / "there"), MemorySecrets()
    with pytest.raises(BackupLocked):
        await _restore(there, path, Ways(secrets=ring))
    with pytest.raises(RecoveryCodeWrong):
        await _restore(there, path, Ways(secrets=ring, recovery_code=_other_code()))
    assert not there.database.exists()
    assert not list(there.data.glob("*.restoring*"))
    examined = await examine_backup(there, path, Ways(recovery_code=code))
    assert (examined.own, examined.opened) == (False, True)
    assert not (await examine_backup(there, path, None)).opened
    done = await _restore(there, path, Ways(secrets=ring, recovery_code=code))
    assert done.aside is None
    assert len(await _said(there, ring)) == 20
    again = await open_store(there, MemorySecrets(), recovery_code=code)  # the code still opens it
    await again.close()


async def test_before_a_restore_both_stores_are_shown_and_neither_is_touched(
    places: Places, store: EncryptedStore, care: StoreCare, secrets: FakeSecrets, tmp_path: Path
) -> None:
    path = (await care.backups.create()).path
    await store.append(message("said after the backup"))
    with pytest.raises(StoreInUse):
        await look_before(places, path, Ways(secrets=secrets))
    await care.close()
    await store.close()
    before = contents(places.data)
    header, present = await look_before(places, path, Ways(secrets=secrets))
    assert present is not None
    assert present.counts is not None
    assert (header.content.counts.messages, present.counts.messages) == (20, 21)
    assert abs(present.changed - time.time()) < 60
    _, unknown = await look_before(places, path, Ways(secrets=MemorySecrets()))
    assert unknown is not None
    assert unknown.counts is None
    assert contents(places.data) == before
    assert (await look_before(Places.under(tmp_path / "there"), path, Ways()))[1] is None


async def test_nobody_restores_over_a_store_unasked(
    places: Places, store: EncryptedStore, care: StoreCare, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = (await care.backups.create()).path
    await store.append(message("said after the backup"))
    await care.close()
    await store.close()
    monkeypatch.setenv("SOTTOVOCE_HOME", str(places.data))
    before = contents(places.data)
    for as_json in (True, False):  # on no terminal, either way
        with pytest.raises(NobodyToAsk) as caught:
            await restore(RestoreBackup(file=path), argparse.Namespace(json=as_json))
        assert caught.value.exit_code == 3
        assert "20 messages" in caught.value.sentence
        assert "--yes" in caught.value.remedy
    assert contents(places.data) == before


async def test_retention_writes_the_store_anew_once_a_day_at_most(store: EncryptedStore, care: StoreCare) -> None:
    days, now = 30, 1000 * DAY_S + 1800.0
    for hour in range(-12, 60):
        said = now + hour * 3600 - days * DAY_S
        await store.append(message(f"hour {hour}", conversation=f"of {hour}", created_at=said))
    rounds = [await care.erasing.retain(now + hour * 3600, days) for hour in range(48)]
    done = [hour for hour, erased in enumerate(rounds) if erased is not None]
    assert done == [0, 24]
    left = await store.conversations(limit=99)
    assert min(one.started_at for one in left if one.id != "c1") >= now + 47 * 3600 - (days + 1) * DAY_S


def _other_code() -> str:
    from sottovoce.domain.recovery_code import encode  # noqa: PLC0415 - for this one helper

    return encode(b"another code by1")


async def test_a_new_machine_with_the_passphrase_and_no_keyring(
    tmp_path: Path, care: StoreCare, keys: StoreKeys, store: EncryptedStore
) -> None:
    words = "four words picked by chance"
    await keys.set_passphrase(words)
    path = (await care.backups.create()).path
    there, broken = Places.under(tmp_path / "there"), FakeSecrets()
    broken.trouble = KeyringFailed()
    with pytest.raises(BackupLocked):
        await _restore(there, path, Ways(secrets=broken, asker=GivenPassphrase(None)))
    await _restore(there, path, Ways(secrets=broken, asker=GivenPassphrase(words)))
    opened = await open_store(there, broken, asker=GivenPassphrase(words))
    assert len(await opened.messages("c1", limit=99)) == 20
    await opened.close()


async def test_a_key_that_nothing_would_keep_stops_it_before_anything_is_changed(
    tmp_path: Path, care: StoreCare, keys: StoreKeys, store: EncryptedStore
) -> None:
    code = await keys.new_recovery_code()
    path = (await care.backups.create()).path
    there, broken = Places.under(tmp_path / "there"), FakeSecrets()
    broken.trouble = KeyringFailed()
    ways = Ways(secrets=broken, recovery_code=code, cost=CHEAPEST)
    with pytest.raises(KeyringFailed):
        await _restore(there, path, ways)
    assert not [name for name in contents(there.data) if name.startswith("sottovoce.")]
    new = "another four words for it"
    await _restore(there, path, replace(ways, asker=GivenPassphrase(None, new)))
    opened = await open_store(there, broken, asker=GivenPassphrase(new))
    assert len(await opened.messages("c1", limit=99)) == 20
    assert (await opened.report()).audit is None
    events = [(entry.event, entry.detail) for entry in await opened.audit_log(9)]
    assert events[0][0] == "store.opened"  # by another way than before
    assert events[0][1]["way"] == "passphrase"
    assert events[1] == ("key.passphrase", {"set": True})
    assert events[2][0] == "backup.restored"
    await opened.close()


async def test_after_a_change_of_the_key_backups_open_with_it_once_sealed_anew(
    places: Places, care: StoreCare, keys: StoreKeys, store: EncryptedStore, secrets: FakeSecrets
) -> None:
    path = (await care.backups.create()).path
    former = bytes(store.opener.key)
    await keys.rotate()
    assert not (await care.backups.verify(path)).opened
    assert await care.backups.reseal(former) == (1, 0)
    assert (await care.backups.verify(path)).opened
    assert not reseal(path, bytes(32), read_key_file(places), store.opener.key), "not with another key"
    await care.close()
    await store.close()
    await _restore(places, path, Ways(secrets=secrets))
    assert len(await _said(places, secrets)) == 20


async def test_an_older_schema_is_brought_up_to_date_and_a_newer_one_refused(
    places: Places, tmp_path: Path, secrets: FakeSecrets, care: StoreCare, store: EncryptedStore
) -> None:
    path = (await care.backups.create()).path
    await care.close()
    await store.close()
    before = contents(places.data)
    steps = schema.shipped_steps()
    with pytest.raises(BackupTooNew):
        await restore_backup(places, path, Ways(secrets=secrets), NOW, steps=steps[:-1])
    assert contents(places.data) == before
    later = (*steps, schema.Migration(steps[-1].version + 1, "CREATE TABLE later (id TEXT) STRICT;"))
    await restore_backup(places, path, Ways(secrets=secrets), NOW, steps=later)
    opened = await open_store(places, secrets, steps=later)
    assert (await opened.report()).schema_version == later[-1].version
    await opened.close()


async def test_a_damaged_backup_changes_nothing(
    places: Places, secrets: FakeSecrets, care: StoreCare, store: EncryptedStore
) -> None:
    path = (await care.backups.create()).path
    await care.close()
    await store.close()
    flip(path, HEADER_BYTES + 5000)
    before = contents(places.data)
    with pytest.raises(BackupDamaged):
        await _restore(places, path, Ways(secrets=secrets))
    assert contents(places.data) == before


async def test_over_a_store_that_can_not_be_opened(
    places: Places, secrets: FakeSecrets, care: StoreCare, store: EncryptedStore
) -> None:
    path = (await care.backups.create()).path
    await care.close()
    await store.close()
    places.database.write_bytes(b"rubbish" * 1000)
    places.key_file.unlink()
    done = await _restore(places, path, Ways(secrets=secrets))
    assert done.aside is not None
    assert (done.aside / "sottovoce.db").read_bytes().startswith(b"rubbish")
    assert len(await _said(places, secrets)) == 20


async def test_killed_at_any_step_a_home_is_the_old_or_the_new_one(
    places: Places, care: StoreCare, store: EncryptedStore
) -> None:
    path = (await care.backups.create()).path
    await store.append(message("said after the backup"))
    key = bytes(store.opener.key)
    await care.close()
    await store.close()
    outcomes = killed_at("restore", places, path, key)
    assert outcomes["killed"] > 3
    assert set(outcomes["found"]) == {"20", "21"}, "the new home or the old one"
    assert outcomes["laid_aside_with_new"]


def test_a_restore_that_was_decided_is_finished_by_the_next_start(places: Places) -> None:
    places.prepare()
    files = RestoreFiles(places)
    places.database.write_bytes(b"old")
    files.database.write_bytes(b"new")
    files.settle()
    assert (places.database.read_bytes(), files.database.exists()) == (b"old", False)
    files.database.write_bytes(b"new")
    files.keys.write_bytes(b"new keys")
    files.marker.write_text('{"aside": "../outside"}')
    places.data.joinpath("sottovoce.db-wal").write_bytes(b"old log")
    files.settle()
    assert places.database.read_bytes() == b"new"
    assert places.key_file.read_bytes() == b"new keys"
    assert not files.marker.exists()
    (aside,) = laid_aside(places)
    assert {path.name for path in aside.iterdir()} == {"sottovoce.db", "sottovoce.db-wal"}


async def test_killed_at_any_step_a_backup_is_whole_or_not_there(
    places: Places, care: StoreCare, store: EncryptedStore
) -> None:
    key = bytes(store.opener.key)
    await care.close()
    await store.close()
    outcomes = killed_at("create", places, places.backups, key)
    assert outcomes["killed"] > 2
    assert outcomes["found"] == ["20"]

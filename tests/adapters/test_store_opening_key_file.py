"""A key file that is missing or damaged: any key at hand brings the same rows back, else it is told."""

from __future__ import annotations

import json
import shutil
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.erasing.care import CODE_KEPT, erase_home
from sottovoce.adapters.store.opening.recovery import opens_first_page
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileUnreadable, SlotKind, _sum
from sottovoce.adapters.store.sealed.key_file_access import copy_of, read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import (
    KeyFileDamaged,
    KeyFileRestored,
    KeyMissing,
    KeyringLocked,
    KeyTrouble,
    KeyWrong,
    PassphraseWrong,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
    StoreTrouble,
)
from sottovoce.operations.checks import check_recovery
from sottovoce.operations.keys import recovery_made
from tests.adapters.homes import contents, flip
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

SAID = message("said before the accident")
LATER = message("said after the last backup")
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's
C9 = Erasure(scope=Scope.CONVERSATION, of="c9")
LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)


class Person:
    """Knows one passphrase."""

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        return self._passphrase if attempt == 1 else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        return None


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@asynccontextmanager
async def opened(
    places: Places,
    secrets: FakeSecrets | None,
    *,
    key: bytes | None = None,
    passphrase: str | None = None,
    code: str | None = None,
) -> AsyncIterator[EncryptedStore]:
    """The open store."""
    store = await open_store(places, secrets, key=key, limits=LIMITS, asker=Person(passphrase), recovery_code=code)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def code(places: Places, secrets: FakeSecrets) -> str:
    """A home with a backup, a passphrase and a recovery code, which it gives."""
    async with opened(places, secrets) as store:
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
        await store.append(SAID)
        await keys.set_passphrase(PASSPHRASE)
        code = await keys.new_recovery_code()
        care = StoreCare(places, store, lambda: datetime.now().astimezone())
        await care.backups.create()
        await store.append(LATER)
        await care.close()
        await keys.close()
    return code


async def _same_rows(store: EncryptedStore) -> None:
    assert not store.just_made
    assert await store.messages("c1", limit=9) == (SAID, LATER)
    report = await store.report()
    assert (report.faults, report.audit) == ((), None)


def _missing(places: Places) -> None:
    places.key_file.unlink()


def _flipped(places: Places) -> None:
    flip(places.key_file, 60)


def _zeros(places: Places) -> None:
    places.key_file.write_bytes(b"\0" * 100)


def _cut(places: Places) -> None:
    places.key_file.write_bytes(places.key_file.read_bytes()[:-20])


def _emptied(places: Places) -> None:
    places.key_file.write_bytes(b"")


HARMS = [_missing, _flipped, _zeros, _cut, _emptied]


def _signed(where: str, value: object) -> Callable[[Places], None]:
    def harm(places: Places) -> None:
        fields = json.loads(places.key_file.read_bytes())
        fields.pop("sum")
        (fields["slots"][0] if where == "slot" else fields["seen"] if where == "at" else fields)[
            "made" if where == "slot" else where
        ] = value
        places.key_file.write_text(json.dumps(fields | {"sum": _sum(fields)}))

    return harm


@pytest.mark.parametrize("where", ["made", "slot", "at", "generation"])
@pytest.mark.parametrize("value", [10**400, float("nan")], ids=["huge", "nan"])
async def test_a_date_that_is_none_is_a_damaged_key_file(
    places: Places, secrets: FakeSecrets, code: str, where: str, value: object
) -> None:
    _signed(where, value)(places)
    with pytest.raises(KeyFileUnreadable):
        read_key_file(places)
    async with opened(places, secrets) as store:
        assert type(store.warning) is KeyFileRestored
        await _same_rows(store)


def _no_backup(places: Places) -> None:
    shutil.rmtree(places.backups)


def _no_copy(places: Places) -> None:
    copy_of(places).unlink()


def _neither(places: Places) -> None:
    _no_backup(places)
    _no_copy(places)


def _nothing_spoilt(places: Places) -> None:
    pass


STAND_INS = [_nothing_spoilt, _no_copy, _no_backup]


@pytest.mark.parametrize("way", ["keyring", "given", "code", "passphrase"])
@pytest.mark.parametrize("spoil", STAND_INS)
@pytest.mark.parametrize("harm", HARMS)
async def test_any_way_to_the_key_brings_the_same_rows_and_the_key_file_back(
    places: Places,
    secrets: FakeSecrets,
    code: str,
    harm: Callable[[Places], None],
    spoil: Callable[[Places], None],
    way: str,
) -> None:
    before = read_key_file(places)
    (key,) = secrets.kept.values()
    harm(places)
    spoil(places)
    damaged = places.key_file.read_bytes() if places.key_file.exists() else None
    if way in {"code", "passphrase"}:
        secrets.kept.clear()
    async with opened(
        places,
        None if way == "given" else secrets,
        key=bytes.fromhex(key) if way == "given" else None,
        passphrase=PASSPHRASE if way == "passphrase" else None,
        code=code if way == "code" else None,
    ) as store:
        assert type(store.warning) is KeyFileRestored
        await _same_rows(store)
    after = read_key_file(places)
    assert (after.database, after.check, after.slots) == (before.database, before.check, before.slots)
    kept = [path.read_bytes() for path in places.data.glob("sottovoce.keys.damaged-*")]
    assert kept == ([] if damaged is None else [damaged])
    assert copy_of(places).read_bytes() == places.key_file.read_bytes()
    for typed, said in ((code, None), (None, PASSPHRASE)):
        secrets.kept.clear()
        async with opened(places, secrets, code=typed, passphrase=said) as store:
            assert store.warning is None
            await _same_rows(store)


@pytest.mark.parametrize("harm", HARMS)
async def test_the_keyring_is_enough_where_no_key_file_is_left_at_all(
    places: Places, secrets: FakeSecrets, code: str, harm: Callable[[Places], None]
) -> None:
    before = read_key_file(places)
    harm(places)
    _neither(places)
    async with opened(places, secrets) as store:
        assert type(store.warning) is KeyFileRestored
        assert "sottovoce key recovery-code" in store.warning.remedy
        await _same_rows(store)
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
        assert (await keys.status()).recovery_made is None
        new = await keys.new_recovery_code()
        await keys.close()
    after = read_key_file(places)
    assert (after.database, after.check, after.secret_name) == (before.database, before.check, before.secret_name)
    secrets.kept.clear()
    async with opened(places, secrets, code=new) as store:
        await _same_rows(store)


async def test_a_later_key_in_the_keyring_is_found_too(places: Places, secrets: FakeSecrets, code: str) -> None:
    async with opened(places, secrets) as store:
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
        await keys.rotate(PASSPHRASE)
        await keys.close()
    _missing(places)
    _neither(places)
    async with opened(places, secrets) as store:
        await _same_rows(store)
    assert read_key_file(places).generation == 2


async def test_a_code_is_offered_and_nothing_stays_of_a_home_that_is_erased(
    places: Places, secrets: FakeSecrets, code: str
) -> None:
    made = recovery_made(places)
    assert made
    _zeros(places)
    assert recovery_made(places) == made
    (places.state / CODE_KEPT).write_text("1.0")
    erased = await erase_home(places, secrets)
    assert erased.keyring
    assert secrets.kept == {}, "its name was known by the copy"
    assert recovery_made(places) is None
    assert {name for name in contents(places.data) if name.startswith(("sottovoce.", CODE_KEPT))} == set()
    assert places.lock_file.read_text().strip() == ""
    async with opened(places, secrets) as store:
        assert store.just_made


async def test_a_given_key_is_enough_too(places: Places, secrets: FakeSecrets, code: str) -> None:
    (key,) = secrets.kept.values()
    before = read_key_file(places)
    _missing(places)
    _neither(places)
    places.lock_file.write_bytes(b"")
    async with opened(places, None, key=bytes.fromhex(key)) as store:
        await _same_rows(store)
    assert read_key_file(places).database == before.database


def _gone(secrets: FakeSecrets) -> None:
    secrets.kept.clear()


def _other(secrets: FakeSecrets) -> None:
    secrets.kept = dict.fromkeys(secrets.kept, "ab" * 32)


def _locked(secrets: FakeSecrets) -> None:
    secrets.trouble = KeyringLocked()


@pytest.mark.parametrize(
    ("spoil", "keyring", "typed", "expected"),
    [
        (_neither, _gone, {}, KeyFileDamaged),
        (_neither, _other, {}, KeyFileDamaged),
        (_neither, _gone, {"code": "own"}, KeyFileDamaged),
        (_nothing_spoilt, _gone, {}, KeyMissing),
        (_nothing_spoilt, _other, {}, KeyWrong),
        (_no_copy, _locked, {}, KeyringLocked),
        (_no_copy, _gone, {"passphrase": "not the right one"}, PassphraseWrong),
        (_no_backup, _gone, {"code": "ABCD"}, RecoveryCodeMistyped),
        (_no_backup, _gone, {"code": "other"}, RecoveryCodeWrong),
    ],
)
@pytest.mark.parametrize("harm", HARMS)
async def test_where_no_key_is_at_hand_it_is_told_and_nothing_changes(  # noqa: PLR0913, PLR0917 - the table's axes
    places: Places,
    secrets: FakeSecrets,
    code: str,
    harm: Callable[[Places], None],
    spoil: Callable[[Places], None],
    keyring: Callable[[FakeSecrets], None],
    typed: dict[str, str],
    expected: type[KeyTrouble],
) -> None:
    other = await _code_of_another_home(places)
    harm(places)
    spoil(places)
    keyring(secrets)
    before, kept = contents(places.data), dict(secrets.kept)
    codes = {"own": code, "other": other}
    with pytest.raises(expected) as caught:
        async with opened(
            places,
            secrets,
            passphrase=typed.get("passphrase"),
            code=codes.get(typed.get("code", ""), typed.get("code")),
        ):
            pass
    assert type(caught.value) is expected
    assert contents(places.data) == before
    assert secrets.kept == kept
    assert caught.value.__context__ is None


async def _code_of_another_home(places: Places) -> str:
    there, ring = Places.under(places.data.with_name("another")), FakeSecrets()
    async with opened(there, ring) as store:
        keys = StoreKeys(there, store, lambda: ring, CHEAPEST)
        code = await keys.new_recovery_code()
        await keys.close()
    return code


async def test_stand_ins_without_a_passphrase_name_the_code(places: Places, secrets: FakeSecrets, code: str) -> None:
    update_key_file(places, lambda keys: keys.without_slot(SlotKind.PASSPHRASE))
    _no_backup(places)
    _missing(places)
    secrets.kept.clear()
    with pytest.raises(KeyFileDamaged, match="sottovoce key recover"):
        async with opened(places, secrets):
            pass


async def test_a_passphrase_is_tried_on_whatever_may_stand_in(places: Places, secrets: FakeSecrets, code: str) -> None:
    there, ring = Places.under(places.data.with_name("another")), FakeSecrets()
    async with opened(there, ring) as store:
        keys = StoreKeys(there, store, lambda: ring, CHEAPEST)
        await keys.set_passphrase(PASSPHRASE)
        await keys.close()
    copy_of(places).write_bytes(there.key_file.read_bytes())
    _missing(places)
    secrets.kept.clear()
    async with opened(places, secrets, passphrase=PASSPHRASE) as store:
        await _same_rows(store)
    _missing(places)
    _no_backup(places)
    copy_of(places).write_bytes(there.key_file.read_bytes())
    secrets.kept.clear()
    with pytest.raises(KeyFileDamaged):
        async with opened(places, secrets, passphrase=PASSPHRASE):
            pass


def _newer(places: Places) -> None:
    _signed("version", 99)(places)


@pytest.mark.parametrize("harm", [*HARMS, _newer])
async def test_a_key_file_that_is_harmed_while_it_is_used_is_told_with_what_helps(
    places: Places,
    secrets: FakeSecrets,
    code: str,
    harm: Callable[[Places], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(places.data))
    async with opened(places, secrets) as store:
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
        care = StoreCare(places, store, lambda: datetime.now().astimezone())
        harm(places)
        for asked in (care.backups.create(), keys.status(), care.erasing.erase(C9)):
            with pytest.raises(StoreTrouble) as caught:
                await asked
            assert caught.value.remedy.startswith(("Quit Sottovoce and start", "Install that version"))
        if places.key_file.exists():
            with pytest.raises(StoreTrouble):
                await check_recovery()
        await keys.close()
        await care.close()


async def test_another_homes_files_stand_in_for_nothing(places: Places, secrets: FakeSecrets, code: str) -> None:
    there, ring = Places.under(places.data.with_name("another")), FakeSecrets()
    async with opened(there, ring):
        pass
    secrets.kept |= ring.kept
    copy_of(places).write_bytes(there.key_file.read_bytes())
    database = read_key_file(places).database
    _flipped(places)
    async with opened(places, secrets) as store:
        await _same_rows(store)
    assert read_key_file(places).database == database


async def test_a_damaged_database_is_not_taken_for_a_wrong_key_file(
    places: Places, secrets: FakeSecrets, code: str
) -> None:
    _missing(places)
    flip(places.database, 100)
    before = contents(places.data)
    with pytest.raises(KeyTrouble):
        async with opened(places, secrets):
            pass
    assert contents(places.data) == before


async def test_the_first_page_tells_the_key(places: Places, secrets: FakeSecrets, code: str) -> None:
    (key,) = secrets.kept.values()
    assert opens_first_page(places.database, bytes.fromhex(key))
    assert not opens_first_page(places.database, bytes(32))
    flip(places.database, 3000)
    assert not opens_first_page(places.database, bytes.fromhex(key))


async def test_the_copy_follows_every_change(places: Places, secrets: FakeSecrets, code: str) -> None:
    async with opened(places, secrets) as store:
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
        await keys.remove_passphrase()
        assert KeyFile.from_bytes(copy_of(places).read_bytes()) == read_key_file(places)
        await keys.rotate()
        assert KeyFile.from_bytes(copy_of(places).read_bytes()) == read_key_file(places)
        await keys.close()
    stale = copy_of(places).read_bytes()
    update_key_file(places, lambda keys: keys.without_slot(SlotKind.RECOVERY))
    copy_of(places).write_bytes(stale)
    async with opened(places, secrets):
        pass
    assert KeyFile.from_bytes(copy_of(places).read_bytes()) == read_key_file(places)

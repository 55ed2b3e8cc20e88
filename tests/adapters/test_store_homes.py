"""Homes that were copied, moved or restored elsewhere: each has a keyring entry of its own and takes no other's."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.backups.file import read_header
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.erasing.care import HomeErased, erase_home
from sottovoce.adapters.store.folder.home_files import HomeFiles
from sottovoce.adapters.store.keys.change import copy_under
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.home_mark import home_mark
from sottovoce.adapters.store.sealed.key_file import KeyFile, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import KeyringFailed, KeyringMissing, KeyTrouble, StoreFull, StoreSteppedBack
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
NOW = datetime(2027, 3, 1, 12, 0, 0).astimezone()
PASSPHRASE = "four words picked by chance"  # noqa: S105 - of the tests


class Person:
    """Knows one passphrase."""

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        return PASSPHRASE if attempt == 1 else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        return None


@dataclasses.dataclass
class House:
    """Homes side by side, with one keyring."""

    folder: Path
    ring: FakeSecrets = dataclasses.field(default_factory=FakeSecrets)
    code: str = ""
    cares: list[StoreCare] = dataclasses.field(default_factory=list)
    """What was made beside keys, to be closed with the house."""

    def at(self, name: str) -> Places:
        return Places.under(self.folder / name)

    async def open(
        self, name: str, ring: FakeSecrets | None = None, *, person: Person | None = None, code: str | None = None
    ) -> EncryptedStore:
        return await open_store(
            self.at(name), self.ring if ring is None else ring, limits=LIMITS, asker=person, recovery_code=code
        )

    async def said(self, name: str) -> list[str]:
        """What is in it, opened with the keyring alone, as the program opens it."""
        store = await self.open(name)
        care = StoreCare(self.at(name), store, lambda: NOW)
        keys = StoreKeys(self.at(name), store, lambda: self.ring, CHEAPEST, backups=care.backups)
        try:
            await keys.resume()
            return [one.content for one in await store.messages("c1", limit=99)]
        finally:
            for one in (keys, care, store):
                await one.close()

    async def make(self, name: str) -> Path:
        """A home with a message, a recovery code, a passphrase and a backup; returns the backup."""
        store = await self.open(name)
        keys, care = self.keys(name, store), StoreCare(self.at(name), store, lambda: NOW)
        await store.append(message("said in the first"))
        self.code = await keys.new_recovery_code()
        await keys.set_passphrase(PASSPHRASE)
        path = (await care.backups.create()).path
        for one in (care, keys, store):
            await one.close()
        return path

    def keys(self, name: str, store: EncryptedStore) -> StoreKeys:
        care = StoreCare(self.at(name), store, lambda: NOW)
        self.cares.append(care)
        return StoreKeys(self.at(name), store, lambda: self.ring, CHEAPEST, backups=care.backups)

    async def rotate(self, name: str) -> None:
        store = await self.open(name)
        care = StoreCare(self.at(name), store, lambda: NOW)
        keys = StoreKeys(self.at(name), store, lambda: self.ring, CHEAPEST, backups=care.backups)
        await keys.rotate(PASSPHRASE if read_key_file(self.at(name)).slot(SlotKind.PASSPHRASE) else None)
        for one in (keys, care, store):
            await one.close()

    def copy(self, name: str, to: str) -> None:
        shutil.copytree(self.at(name).data, self.at(to).data)

    async def restore(self, backup: Path, to: str, **ways: str) -> None:
        await restore_backup(self.at(to), backup, Ways(secrets=self.ring, cost=CHEAPEST, **ways), NOW)  # type: ignore[arg-type]

    async def erase(self, name: str) -> HomeErased:
        return await erase_home(self.at(name), self.ring)

    def name(self, of: str) -> str:
        return read_key_file(self.at(of)).secret_name

    def key(self, of: str) -> str:
        return self.ring.kept[self.name(of)]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    yield made
    for care in made.cares:
        await care.close()


SAID = ["said in the first"]


async def test_erasing_what_a_backup_was_restored_into_leaves_the_first_home_whole(house: House) -> None:
    backup = await house.make("first")
    before = dict(house.ring.kept)
    await house.restore(backup, "look")
    assert await house.said("look") == SAID
    assert house.name("look") != house.name("first")
    assert house.key("look") != house.key("first"), "a key of its own"
    done = await house.erase("look")
    assert (done.keyring, done.left) == (True, (house.name("first"),))
    assert house.ring.kept == before
    assert await house.said("first") == SAID
    await house.restore(backup, "again")
    assert await house.said("again") == SAID


@pytest.mark.parametrize("done", ["opened", "not opened", "rotated"])
async def test_nothing_done_to_a_copy_concerns_the_first_home(house: House, done: str) -> None:
    backup = await house.make("first")
    before = dict(house.ring.kept)
    house.copy("first", "copy")
    if done != "not opened":
        assert await house.said("copy") == SAID
        assert house.key("copy") != house.key("first")
    if done == "rotated":
        await house.rotate("copy")
        assert before.items() <= house.ring.kept.items()
        assert await house.said("copy") == SAID
    await house.erase("copy")
    assert house.ring.kept == before
    assert await house.said("first") == SAID
    await house.restore(backup, "again")


@pytest.mark.parametrize("first", ["erase", "rotate"])
async def test_nothing_done_to_the_first_home_concerns_a_copy_that_was_opened(house: House, first: str) -> None:
    backup = await house.make("first")
    house.copy("first", "copy")
    await house.restore(backup, "look")
    assert await house.said("copy") == await house.said("look") == SAID
    await (house.erase("first") if first == "erase" else house.rotate("first"))
    assert await house.said("copy") == await house.said("look") == SAID
    await house.restore(max(house.at("copy").backups.iterdir()), "look")
    assert await house.said("look") == SAID
    left = {house.name("copy"), house.name("look"), *([house.name("first")] if first == "rotate" else [])}
    assert set(house.ring.kept) == left


async def test_what_opened_a_home_opens_its_copies_and_theirs(house: House) -> None:
    await house.make("first")
    house.copy("first", "second")
    await house.said("second")
    house.copy("second", "third")
    await house.said("third")
    for name in ("second", "third"):
        keys = read_key_file(house.at(name))
        assert KeyFile.from_bytes(keys.to_bytes()) == keys
        broken = FakeSecrets()
        broken.trouble = KeyringMissing()
        await (await house.open(name, broken, person=Person())).close()
        emptied = FakeSecrets()
        await (await house.open(name, emptied, code=house.code)).close()
        assert list(emptied.kept) == [keys.secret_name]
    await house.rotate("third")
    assert read_key_file(house.at("third")).ways == {SlotKind.PASSPHRASE, SlotKind.RECOVERY}


async def test_a_new_code_or_passphrase_of_a_copy_ends_what_it_had_from_the_first(house: House) -> None:
    backup = await house.make("first")
    await house.restore(backup, "look")
    store = await house.open("look")
    keys = house.keys("look", store)
    await keys.set_passphrase("another four words for it")
    await keys.close()
    await store.close()
    broken = FakeSecrets()
    broken.trouble = KeyringMissing()
    with pytest.raises(KeyTrouble):
        await house.open("look", broken, person=Person())
    await (await house.open("first", broken, person=Person())).close()


async def test_a_moved_home_goes_on_with_its_entry_and_takes_it_along(house: House) -> None:
    await house.make("first")
    before = dict(house.ring.kept)
    for name, to in (("first", "second"), ("second", "third"), ("third", "first")):
        shutil.move(house.at(name).data, house.at(to).data)
        assert await house.said(to) == SAID
        assert house.ring.kept == before
    assert (await house.erase("first")).left == ()
    assert house.ring.kept == {}


async def test_a_moved_home_may_be_erased_at_once(house: House) -> None:
    await house.make("first")
    shutil.move(house.at("first").data, house.at("second").data)
    await house.erase("second")
    assert house.ring.kept == {}


@pytest.mark.parametrize("opened", [(), ("first",), ("look",), ("first", "look"), ("look", "first")])
@pytest.mark.parametrize("done", ["erase", "rotate", "erase-copy", "rotate-copy"])
async def test_two_homes_that_changed_places_by_hand_take_nothing_from_each_other(
    house: House, opened: tuple[str, ...], done: str
) -> None:
    await house.make("first")
    house.copy("first", "look")  # never opened where it lay
    for name, to in (("first", "third"), ("look", "first"), ("third", "look")):
        shutil.move(house.at(name).data, house.at(to).data)
    for name in opened:
        assert await house.said(name) == SAID
    at, other = ("first", "look") if done.endswith("copy") else ("look", "first")
    await (house.rotate if done.startswith("rotate") else house.erase)(at)
    for _ in range(2):
        assert await house.said(other) == SAID
        assert done.startswith("erase") or await house.said(at) == SAID


@pytest.mark.parametrize("opened", [("a/first", "b/look"), ("b/look", "a/first")])
@pytest.mark.parametrize("done", ["erase", "rotate"])
@pytest.mark.parametrize("at", ["a/first", "b/look"])
async def test_once_opened_they_are_apart_wherever_they_lie(
    house: House, opened: tuple[str, str], done: str, at: str
) -> None:
    await house.make("a/first")
    house.copy("a/first", "b/look")
    for name, to in (("a/first", "c"), ("b/look", "a/first"), ("c", "b/look")):
        shutil.move(house.at(name).data, house.at(to).data)
    for name in opened:
        assert await house.said(name) == SAID
    assert house.name("a/first") != house.name("b/look")
    await (house.rotate if done == "rotate" else house.erase)(at)
    (other,) = set(opened) - {at}
    for _ in range(2):
        assert await house.said(other) == SAID


async def test_a_home_that_was_put_back_into_its_place_tells_that_it_is_an_earlier_one(house: House) -> None:
    await house.make("first")
    house.copy("first", "kept")
    store = await house.open("first")
    await store.append(message("said later"))
    await store.close()
    shutil.rmtree(house.at("first").data)
    shutil.move(house.at("kept").data, house.at("first").data)
    store = await house.open("first")
    assert isinstance(store.warning, StoreSteppedBack)
    await store.close()


async def test_a_home_through_a_link_is_the_same_home(house: House) -> None:
    await house.make("first")
    before = dict(house.ring.kept)
    house.at("link").data.symlink_to(house.at("first").data)
    assert await house.said("link") == SAID
    assert house.ring.kept == before


def _of_an_early_version(house: House, *names: str) -> None:
    for name in names:
        update_key_file(house.at(name), lambda keys: dataclasses.replace(keys, mark=None))


@pytest.mark.parametrize("opened", [("first", "copy"), ("copy", "first"), ("copy",), ()])
async def test_homes_of_an_early_version_share_an_entry_that_none_takes_away(
    house: House, opened: tuple[str, ...]
) -> None:
    backup = await house.make("first")
    _of_an_early_version(house, "first")
    house.copy("first", "copy")
    early = dict(house.ring.kept)
    for name in opened:
        assert await house.said(name) == SAID
        assert house.name(name) not in early
        assert early.items() <= house.ring.kept.items()
    done = await house.erase("copy")
    assert done.left == tuple(early)
    assert await house.said("first") == SAID
    await house.restore(backup, "again")
    await house.rotate("first")
    assert early.items() <= house.ring.kept.items()
    await house.erase("again")
    await house.erase("first")
    assert house.ring.kept == early


class _Full(FakeSecrets):
    """Takes nothing new."""

    async def set(self, name: str, secret: str) -> None:
        raise KeyringFailed


async def test_a_copy_that_gets_no_entry_opens_all_the_same_and_takes_none_away(house: House) -> None:
    await house.make("first")
    house.copy("first", "copy")
    full = _Full(**house.ring.kept)
    store = await house.open("copy", full)
    assert len(await store.messages("c1", limit=9)) == 1
    await store.close()
    await erase_home(house.at("copy"), full)
    assert full.kept == house.ring.kept
    assert await house.said("first") == SAID


async def test_an_entry_that_the_keyring_lost_is_put_back_where_it_was(house: House) -> None:
    await house.make("first")
    before = dict(house.ring.kept)
    house.copy("first", "copy")
    house.ring.kept.clear()
    await (await house.open("first", person=Person())).close()
    assert house.ring.kept == before
    await (await house.open("copy", person=Person())).close()
    assert house.name("copy") not in before
    await house.erase("copy")
    assert house.ring.kept == before


async def test_a_copy_takes_no_name_of_the_first_home_that_the_keyring_lost(house: House) -> None:
    await house.make("first")
    before = dict(house.ring.kept)
    house.copy("first", "copy")
    house.ring.kept.clear()
    await (await house.open("copy", person=Person())).close()
    assert before.keys().isdisjoint(house.ring.kept)
    await (await house.open("first", code=house.code)).close()
    await house.erase("copy")
    assert house.ring.kept == before
    assert await house.said("first") == SAID


async def test_a_copy_whose_new_key_was_cut_off_needs_the_first_home_no_more(house: House) -> None:
    await house.make("first")
    house.copy("first", "copy")
    there = house.at("copy")
    files, keys, old = HomeFiles(there), read_key_file(there), bytearray.fromhex(house.key("first"))
    key = bytearray(b"k" * 32)
    following = keys.for_copy(key, old, home_mark(there), tuple(SlotKind))
    files.announce_change(following)
    house.ring.kept[following.secret_name] = key.hex()
    copy_under(ConnectionOpener(there.database, old), files.changing_database, key)
    files.swap_databases()
    await house.erase("first")
    house.ring.kept = {following.secret_name: key.hex()}
    assert await house.said("copy") == SAID
    assert list(house.ring.kept) == [house.name("copy")]


async def test_another_key_under_the_name_of_a_copy_is_not_overwritten(house: House) -> None:
    await house.make("first")
    house.copy("first", "copy")
    house.ring.kept = dict.fromkeys(house.ring.kept, "ab" * 32)
    before = dict(house.ring.kept)
    await (await house.open("copy", code=house.code)).close()
    assert before.items() < house.ring.kept.items()
    assert await house.said("copy") == SAID


async def test_what_a_restore_laid_aside_gives_its_entry_back_with_the_home(house: House) -> None:
    backup = await house.make("other")
    await house.make("first")
    await house.restore(backup, "first")
    assert await house.said("first") == SAID
    assert len(house.ring.kept) == 3
    await house.erase("first")
    assert set(house.ring.kept) == {house.name("other")}


async def test_a_backup_of_a_copy_belongs_to_it(house: House) -> None:
    await house.make("first")
    house.copy("first", "copy")
    store = await house.open("copy")
    keys, care = house.keys("copy", store), StoreCare(house.at("copy"), store, lambda: NOW)
    await keys.resume()  # the backups that were copied along
    for path in sorted(house.at("copy").backups.iterdir()):
        assert read_header(path).keys.secret_name == house.name("copy")
        assert (await care.backups.verify(path)).opened
    for one in (keys, care, store):
        await one.close()


async def test_an_erasure_right_after_a_new_key_takes_no_backup_along(house: House) -> None:
    await house.make("first")
    house.copy("first", "copy")
    store = await house.open("copy")  # with a key of its own; the backups that came along are still under the first's
    await _erases_from_its_backup(house, "copy", store)


class FullDisk:
    """Backups that can't be sealed anew."""

    alone = contextlib.nullcontext()

    async def reseal(self, *_: bytes | bytearray) -> object:
        raise StoreFull


async def test_a_change_of_the_key_that_did_not_reach_the_backups_loses_none_by_an_erasure(house: House) -> None:
    await house.make("first")
    store = await house.open("first")
    keys = StoreKeys(house.at("first"), store, lambda: house.ring, CHEAPEST, backups=FullDisk())
    await keys.rotate(PASSPHRASE)
    await keys.close()
    await _erases_from_its_backup(house, "first", store)


async def _erases_from_its_backup(house: House, name: str, store: EncryptedStore) -> None:
    care = StoreCare(house.at(name), store, lambda: NOW)
    try:
        erased = await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c1"))
        assert (erased.backups_rewritten, erased.removed) == (1, ())
        (backup,) = await care.backups.present()
        assert (await care.backups.verify(backup.path)).opened
        assert backup.header.content.counts.messages == 0
    finally:
        await care.close()
        await store.close()

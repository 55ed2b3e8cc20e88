"""What opens a backup without typing: looking at it finds every way that putting it into place finds."""

from __future__ import annotations

import dataclasses
import shutil
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.opening.restoring import Ways, examine_backup, restore_backup
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import BackupLocked, KeyringFailed
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

NOW = datetime(2027, 3, 1, 12, 0, 0).astimezone()
LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)


@dataclasses.dataclass
class Home:
    """An open home with its parts."""

    places: Places
    store: EncryptedStore
    care: StoreCare
    keys: StoreKeys


@asynccontextmanager
async def opened(places: Places, ring: FakeSecrets) -> AsyncIterator[Home]:
    store = await open_store(places, ring, limits=LIMITS)
    care = StoreCare(places, store, lambda: NOW)
    care.backups.keyring = lambda: ring
    home = Home(places, store, care, StoreKeys(places, store, lambda: ring, CHEAPEST, backups=care.backups))
    try:
        yield home
    finally:
        for part in (home.keys, care, store):
            await part.close()


@dataclasses.dataclass
class Case:
    """A home, its keyring, and a backup that lies elsewhere."""

    places: Places
    ring: FakeSecrets
    backup: Path

    async def verified(self) -> bool:
        async with opened(self.places, self.ring) as home:
            return (await home.care.backups.verify(self.backup)).opened

    async def examined(self) -> bool:
        return (await examine_backup(self.places, self.backup, Ways(secrets=self.ring))).opened

    async def restores(self) -> bool:
        """In a copy of the home, and of the keyring."""
        there, ring = Places.under(self.places.data.with_name("there")), FakeSecrets(**self.ring.kept)
        shutil.copytree(self.places.data, there.data)
        try:
            await restore_backup(there, self.backup, Ways(secrets=ring), NOW)
        except BackupLocked:
            return False
        finally:
            shutil.rmtree(there.data)
        return True


@pytest.fixture
async def case(tmp_path: Path) -> Case:
    made = Case(Places.under(tmp_path / "home"), FakeSecrets(), tmp_path / "elsewhere.backup")
    async with opened(made.places, made.ring) as home:
        await home.store.append(message("said"))
        await home.care.backups.create(made.backup)
    return made


async def _nothing_changed(case: Case) -> None:
    pass


async def _of_another_home(case: Case) -> None:
    shutil.move(case.places.data, case.places.data.with_name("before"))
    async with opened(case.places, case.ring):
        pass


async def _laid_aside(case: Case) -> None:
    """Its own home was laid aside for that of another backup."""
    other = Case(Places.under(case.places.data.with_name("other")), case.ring, case.backup.with_name("other.backup"))
    async with opened(other.places, other.ring) as home:
        await home.care.backups.create(other.backup)
    await restore_backup(case.places, other.backup, Ways(secrets=case.ring), NOW)


async def _retired(case: Case) -> None:
    """The key was changed, and the backups in the home's folder could not be sealed anew yet."""
    former = read_key_file(case.places)
    async with opened(case.places, case.ring) as home:
        before = bytes(home.store.opener.key)
        await home.keys.rotate()
        present = home.store.opener.key
        update_key_file(
            case.places,
            lambda keys: dataclasses.replace(keys, retired=former.for_next_key(present, before).retired, stale=False),
        )
    assert former.secret_name not in case.ring.kept


async def _of_the_copy(case: Case) -> None:
    """The backup is of a copy, which has a key of its own, made from this home's; only this one's is at hand."""
    async with opened(case.places, case.ring) as home:
        await home.keys.new_recovery_code()
    copy, ring = Places.under(case.places.data.with_name("copy")), FakeSecrets(**case.ring.kept)
    shutil.copytree(case.places.data, copy.data)
    async with opened(copy, ring) as home:
        case.backup.unlink()
        await home.care.backups.create(case.backup)
    assert read_key_file(copy).check != read_key_file(case.places).check


WAYS = [_nothing_changed, _of_another_home, _laid_aside, _retired, _of_the_copy]


@pytest.mark.parametrize("happens", WAYS)
async def test_what_can_be_put_into_place_untyped_is_opened_for_a_look(
    case: Case, happens: Callable[[Case], Awaitable[None]]
) -> None:
    await happens(case)
    assert await case.restores()
    assert await case.verified()
    assert await case.examined()


async def test_both_say_no_where_no_key_is_left(case: Case) -> None:
    shutil.move(case.places.data, case.places.data.with_name("before"))
    case.ring.kept.clear()
    async with opened(case.places, case.ring):
        pass
    assert not await case.restores()
    assert not await case.verified()
    assert not await case.examined()


async def test_a_keyring_in_trouble_takes_nothing_from_the_own_key(case: Case) -> None:
    async with opened(case.places, case.ring) as home:
        case.ring.trouble = KeyringFailed()
        assert (await home.care.backups.verify(case.backup)).opened
    assert not await case.examined()

"""Homes whose files lie elsewhere: what is done is done to the files, never to the links alone."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.backups.file import read_header
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.erasing.care import erase_home
from sottovoce.adapters.store.folder.restore_files import _move
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import BackupsUnreachable, StoreInUse, StoreLinked
from sottovoce.home import open_home
from tests.adapters.homes import contents
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
NOW = datetime(2027, 3, 1, 12, 0, 0).astimezone()
LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
KEY = b"k" * 32
CANARY = "murmeltier"


class Home:
    """An open home with its parts."""

    def __init__(self, places: Places, store: EncryptedStore, ring: FakeSecrets) -> None:
        self.store, self.care = store, StoreCare(places, store, lambda: NOW)
        self.keys = StoreKeys(places, store, lambda: ring, CHEAPEST, backups=self.care.backups)


@contextlib.asynccontextmanager
async def opened(places: Places, ring: FakeSecrets) -> AsyncIterator[Home]:
    home = Home(places, await open_store(places, ring, limits=LIMITS), ring)
    try:
        yield home
    finally:
        for part in (home.keys, home.care, home.store):
            await part.close()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk, with somebody's file."""
    (tmp_path / "disk").mkdir(mode=0o700)
    (tmp_path / "disk/db.notes").write_text("mine")
    return tmp_path / "disk"


@pytest.fixture
def ring() -> FakeSecrets:
    return FakeSecrets()


async def make(places: Places, ring: FakeSecrets) -> None:
    async with opened(places, ring) as home:
        await home.store.append(message(CANARY, user_id="me"))
        await home.store.append(message("of another", conversation="c2", user_id="anna"))
        await home.care.backups.create()


def move_and_link(places: Places, disk: Path, *names: str) -> None:
    """Put files on the other disk, each with a link in its place."""
    for name in names:
        there = disk / ("db" if name == "sottovoce.db" else name)
        shutil.move(places.data / name, there)
        (places.data / name).symlink_to(there)


ALL = ("sottovoce.db", "sottovoce.keys", "backups")
SOME = pytest.mark.parametrize("names", [ALL[:1], ALL[1:2], ALL[2:], ALL], ids=["database", "keys", "backups", "all"])


def rows(path: Path, key: str) -> list[str]:
    with contextlib.closing(ConnectionOpener(path, bytearray.fromhex(key)).keyed(mode="ro")) as connection:
        return [str(text) for (text,) in connection.execute("SELECT content FROM message ORDER BY number")]


def links(places: Places) -> set[str]:
    return {path.name for path in places.data.iterdir() if path.is_symlink()}


@SOME
async def test_a_new_key_is_the_one_of_what_the_links_lead_to(
    places: Places, ring: FakeSecrets, disk: Path, names: tuple[str, ...]
) -> None:
    await make(places, ring)
    move_and_link(places, disk, *names)
    (old,) = ring.kept.values()
    async with opened(places, ring) as home:
        await home.keys.rotate()
    (new,) = ring.kept.values()
    assert links(places) == set(names)
    assert rows(places.database, new) == [CANARY, "of another"]
    with pytest.raises(sqlite.DatabaseError):
        rows(places.database, old)
    (backup,) = places.backups.iterdir()
    assert read_header(backup).unseal(bytes.fromhex(new))
    everything = [*contents(places.data).items(), *contents(disk).items()]
    assert not [name for name, _ in everything if "changing" in name]


@SOME
async def test_what_is_erased_is_gone_where_the_links_lead_to(
    places: Places, ring: FakeSecrets, disk: Path, names: tuple[str, ...]
) -> None:
    await make(places, ring)
    move_and_link(places, disk, *names)
    async with opened(places, ring) as home:
        done = await home.care.erasing.erase(Erasure(scope=Scope.USER, of="me"))
    assert done.backups_rewritten == 1
    assert links(places) == set(names)
    (key,) = ring.kept.values()
    assert rows(places.database, key) == ["of another"]
    (backup,) = places.backups.iterdir()
    assert read_header(backup).content.counts.messages == 1


@SOME
async def test_erasing_everything_leaves_nothing_of_ours_anywhere(
    places: Places, ring: FakeSecrets, disk: Path, names: tuple[str, ...]
) -> None:
    await make(places, ring)
    move_and_link(places, disk, *names)
    async with opened(places, ring):
        pass
    if "backups" in names:
        (disk / "backups/holiday.jpg").write_text("mine")
    done = await erase_home(places, ring)
    assert done.keyring
    assert ring.kept == {}
    assert not [path.name for path in places.data.rglob("*") if path.is_file() or path.is_symlink()][1:]
    left = {path.name for path in disk.rglob("*") if path.is_file() and not path.name.endswith(".lock")}
    assert left == {"db.notes"} | ({"holiday.jpg"} if "backups" in names else set())


async def test_the_key_file_s_copy_on_another_disk_follows_and_goes_with_it(
    places: Places, ring: FakeSecrets, disk: Path
) -> None:
    await make(places, ring)
    async with opened(places, ring) as home:
        await home.keys.new_recovery_code()
    move_and_link(places, disk, "sottovoce.keys.copy")
    there = disk / "sottovoce.keys.copy"
    async with opened(places, ring) as home:
        code = await home.keys.rotate()
        await home.keys.confirm_recovery_code(code)
        assert there.read_bytes() == places.key_file.read_bytes(), "what has ended opens nothing, there neither"
    assert links(places) == {"sottovoce.keys.copy"}
    await erase_home(places, ring)
    assert not there.exists()
    assert links(places) == set()


async def test_a_linked_home_folder_is_erased_like_any(places: Places, ring: FakeSecrets, disk: Path) -> None:
    await make(places, ring)
    shutil.move(places.data, disk / "home")
    places.data.symlink_to(disk / "home")
    async with opened(places, ring) as home:
        assert await home.store.messages("c1", limit=9)
    assert (await erase_home(places, ring)).keyring
    left = {path.name for path in (disk / "home").rglob("*") if path.is_file()}
    assert left == {"sottovoce.lock"}


async def test_two_homes_never_write_one_database(places: Places, disk: Path, tmp_path: Path) -> None:
    other = Places.under(tmp_path / "other")
    store = await open_store(places, key=KEY, limits=LIMITS)
    await store.append(message("first"))
    other.prepare()
    for name in ("sottovoce.db", "sottovoce.keys"):
        (other.data / name).symlink_to(places.data / name)
    with pytest.raises(StoreInUse):
        await open_store(other, key=KEY, limits=LIMITS)
    await store.close()
    second = await open_store(other, key=KEY, limits=LIMITS)
    with pytest.raises(StoreInUse):
        await open_store(places, key=KEY, limits=LIMITS)
    await second.append(message("second"))
    await second.close()
    store = await open_store(places, key=KEY, limits=LIMITS)
    assert store.warning is None
    assert [one.content for one in await store.messages("c1", limit=9)] == ["first", "second"]
    await store.close()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
@pytest.mark.parametrize("linked", ["hard", "soft"])
async def test_second_names_that_can_not_be_followed_are_refused(
    places: Places, ring: FakeSecrets, disk: Path, suffix: str, linked: str
) -> None:
    await make(places, ring)
    path = places.data / f"sottovoce.db{suffix}"
    if linked == "hard":
        path.touch()
        os.link(path, disk / "second")
    elif suffix:
        path.symlink_to(disk / "wherever")
    else:
        return
    before = contents(places.data)
    with pytest.raises(StoreLinked, match=path.name):
        await open_store(places, ring, limits=LIMITS)
    assert contents(places.data) == before
    path.unlink()
    if not suffix:
        shutil.copy(disk / "second", path)
    async with opened(places, ring) as home:
        assert await home.store.messages("c1", limit=9)


async def test_backups_on_a_disk_that_is_not_there_are_told_and_caught_up_with(
    places: Places, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sottovoce.home.catching_up.OPENING_S", HANGS_S)  # a busy machine's answer is no later trouble
    async with open_home(places.data, KEY) as home:
        await home.ask(f"remember that {CANARY} sings", user_id="me")
        await home.care.backups.create()
    move_and_link(places, disk, "backups")
    (disk / "backups").rename(disk / "unmounted")
    async with open_home(places.data, KEY) as home:
        with pytest.raises(BackupsUnreachable):
            await home.care.backups.create()
        with pytest.raises(BackupsUnreachable):
            await home.erase(Erasure(scope=Scope.USER, of="me"))
    async with open_home(places.data, KEY) as home:
        assert isinstance(home.warning, BackupsUnreachable)
    assert not (disk / "backups").exists()
    (disk / "unmounted").rename(disk / "backups")
    async with open_home(places.data, KEY) as home:
        assert home.warning is None
        (backup,) = await home.care.backups.present()
        assert backup.header.content.counts.messages == 0


async def test_a_restore_goes_to_where_the_links_lead(places: Places, ring: FakeSecrets, disk: Path) -> None:
    await make(places, ring)
    move_and_link(places, disk, *ALL[:2])
    async with opened(places, ring) as home:
        await home.store.append(message("said later"))
    (backup,) = places.backups.iterdir()
    done = await restore_backup(places, backup, Ways(secrets=ring), NOW)
    assert done.aside is not None
    assert {"db", "sottovoce.keys"} <= {path.name for path in done.aside.iterdir()}
    assert links(places) == set(ALL[:2])
    async with opened(places, ring) as home:
        assert [one.content for one in await home.store.messages("c1", limit=9)] == [CANARY]
        assert home.store.warning is None


def test_files_are_laid_aside_on_another_disk_whole(tmp_path: Path) -> None:
    class Elsewhere(type(tmp_path)):  # type: ignore[misc] # a path that is on another disk
        def replace(self, target: object) -> None:
            raise OSError(errno.EXDEV, "on another disk")

    (tmp_path / "file").write_bytes(b"kept")
    _move(Elsewhere(tmp_path / "file"), tmp_path / "moved")
    assert (tmp_path / "moved").read_bytes() == b"kept"
    assert not (tmp_path / "file").exists()


async def test_the_mark_of_an_early_version_is_found_beside_the_link(
    places: Places, ring: FakeSecrets, disk: Path
) -> None:
    await make(places, ring)
    move_and_link(places, disk, "sottovoce.db", "sottovoce.keys")
    (places.data / "sottovoce.keys.copy").write_bytes(b"stale")
    async with opened(places, ring) as home:
        assert home.store.warning is None
    assert not (places.data / "sottovoce.session").exists()
    assert not (places.data / "sottovoce.keys.copy").exists()
    assert read_key_file(places).database


def test_no_error_is_told_as_none(tmp_path: Path) -> None:
    assert "None" not in to_store_error(OSError("of python itself"), tmp_path).sentence

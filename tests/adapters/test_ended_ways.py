"""What was ended opens nothing on this machine any more: no header, no copy, no store that was laid aside."""

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
from sottovoce.adapters.store.folder.home_files import HomeFiles
from sottovoce.adapters.store.opening.recovery import stand_ins
from sottovoce.adapters.store.opening.restoring import Ways, look_before, restore_backup
from sottovoce.adapters.store.sealed.key_file import KeyFile, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import KeyringMissing, KeyTrouble, SottovoceError, StoreFailed
from sottovoce.domain.recovery_code import decode
from tests.adapters.homes import contents
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from sottovoce.adapters.store.backups.backups import StoreBackups

NOW = datetime(2027, 3, 1, 12, 0, 0).astimezone()
LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
FIRST, SECOND = "four words picked by chance", "four other words by chance"


class Person:
    """Knows one passphrase."""

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        return self._passphrase if attempt == 1 else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        return "a third passphrase of words"


class Home:
    """An open home with its parts."""

    def __init__(self, places: Places, store: EncryptedStore, ring: FakeSecrets) -> None:
        self.places, self.store, self.care = places, store, StoreCare(places, store, lambda: NOW)
        self.keys = StoreKeys(places, store, lambda: ring, CHEAPEST, backups=self.care.backups)
        self.code = ""


@contextlib.asynccontextmanager
async def opened(places: Places, ring: FakeSecrets) -> AsyncIterator[Home]:
    home = Home(places, await open_store(places, ring, limits=LIMITS), ring)
    try:
        await home.keys.resume()
        yield home
    finally:
        for part in (home.keys, home.care, home.store):
            await part.close()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def ring() -> FakeSecrets:
    return FakeSecrets()


async def lived_in(places: Places, ring: FakeSecrets) -> str:
    """A home with a backup, one that its user has named, one laid aside, and a damaged key file; its code."""
    async with opened(places, ring) as home:
        await home.store.append(message("said"))
        await home.keys.set_passphrase(FIRST)
        code = await home.keys.new_recovery_code()
        await home.keys.confirm_recovery_code(code)
        backup = (await home.care.backups.create()).path
        await home.care.backups.create(places.backups / "before the holiday.backup")
        (places.backups / "before-schema-9-1.db").touch()
        (places.backups / "before-schema-9-1.db").unlink()
    await restore_backup(places, backup, Ways(secrets=ring), NOW)
    shutil.copy(places.key_file, places.data / "sottovoce.keys.damaged-1")
    return code


async def opens(places: Places, folder: Path, *, code: str | None = None, passphrase: str | None = None) -> bool:
    """Whether anything that lies in a copy of the home opens so, with whatever key file there is and with none."""
    laid_aside = [path for path in places.data.iterdir() if path.name.startswith("replaced-")]
    key_files = [path.name for path in places.key_file.parent.glob("sottovoce.keys*")]
    for number, kept in enumerate((None, *key_files, *laid_aside)):
        copy = Places.under(folder / f"{number}")
        shutil.copytree(places.data, copy.data)
        if kept in laid_aside:
            for path in kept.iterdir():
                shutil.copy(path, copy.data / path.name)
            (copy.data / "sottovoce.session").unlink(missing_ok=True)
            shutil.rmtree(copy.backups)
        else:
            content = (copy.data / kept).read_bytes() if kept else b""
            for path in copy.data.glob("sottovoce.keys*"):
                path.unlink()
            if content:
                copy.key_file.write_bytes(content)
        broken = FakeSecrets()
        broken.trouble = KeyringMissing()
        with contextlib.suppress(SottovoceError):
            person = Person(passphrase)
            await (await open_store(copy, broken, limits=LIMITS, asker=person, recovery_code=code)).close()
            return True
        for backup in copy.backups.glob("*.backup") if copy.backups.exists() else ():
            with contextlib.suppress(SottovoceError):
                there = Places.under(folder / f"{number}-{backup.name}")
                ways = Ways(asker=Person(passphrase), recovery_code=code)
                await restore_backup(there, backup, ways, NOW)
                return True
    return False


async def test_before_it_ends_everything_opens(places: Places, ring: FakeSecrets, tmp_path: Path) -> None:
    code = await lived_in(places, ring)
    assert await opens(places, tmp_path / "a", code=code)
    assert await opens(places, tmp_path / "b", passphrase=FIRST)


async def _new_code(home: Home) -> None:
    home.code = await home.keys.new_recovery_code()
    await home.keys.confirm_recovery_code(home.code)


async def _rotated(home: Home) -> None:
    home.code = await home.keys.rotate(FIRST)
    await home.keys.confirm_recovery_code()


@pytest.mark.parametrize("change", [_new_code, _rotated])
async def test_an_ended_code_opens_nothing(
    places: Places, ring: FakeSecrets, tmp_path: Path, change: Callable[[Home], Awaitable[None]]
) -> None:
    old = await lived_in(places, ring)
    async with opened(places, ring) as home:
        await change(home)
        assert home.keys.unfinished is None
        for path in places.backups.iterdir():
            assert (await home.care.backups.verify(path)).opened
    assert not await opens(places, tmp_path / "a", code=old)
    assert await opens(places, tmp_path / "b", code=home.code)
    assert await opens(places, tmp_path / "c", passphrase=FIRST)
    (aside,) = [path for path in places.data.iterdir() if path.name.startswith("replaced-")]
    (key,) = ring.kept.values()
    ConnectionOpener(aside / "sottovoce.db", bytearray.fromhex(key)).keyed().close()


@pytest.mark.parametrize("new", [SECOND, None])
async def test_an_ended_passphrase_opens_nothing(
    places: Places, ring: FakeSecrets, tmp_path: Path, new: str | None
) -> None:
    code = await lived_in(places, ring)
    async with opened(places, ring) as home:
        await (home.keys.set_passphrase(new) if new else home.keys.remove_passphrase())
    assert not await opens(places, tmp_path / "a", passphrase=FIRST)
    assert await opens(places, tmp_path / "b", code=code)
    assert new is None or await opens(places, tmp_path / "c", passphrase=new)


class Broken:
    """Backups that can't be written."""

    def __init__(self, real: StoreBackups) -> None:
        self.alone = real.alone

    async def reseal(self, *formers: bytes | bytearray) -> None:
        raise StoreFailed


async def test_what_could_not_end_at_once_ends_at_the_next_start(
    places: Places, ring: FakeSecrets, tmp_path: Path
) -> None:
    old = await lived_in(places, ring)
    async with opened(places, ring) as home:
        keys = StoreKeys(places, home.store, lambda: ring, CHEAPEST, backups=Broken(home.care.backups))
        code = await keys.new_recovery_code()
        await keys.confirm_recovery_code(code)
        assert isinstance(keys.unfinished, StoreFailed)
        assert read_key_file(places).stale
        await keys.close()
    async with opened(places, ring):
        assert not read_key_file(places).stale
    assert not await opens(places, tmp_path / "a", code=old)
    assert await opens(places, tmp_path / "b", code=code)


async def test_two_changes_of_the_key_while_the_backups_are_out_of_reach_lose_none(
    places: Places, ring: FakeSecrets, tmp_path: Path
) -> None:
    await lived_in(places, ring)
    aside = places.data / "replaced-20270603-080000"
    aside.mkdir(mode=0o700)
    for name in ("sottovoce.db", "sottovoce.keys"):
        shutil.copy(places.data / name, aside / name)
    async with opened(places, ring) as home:
        made = (await home.care.backups.create()).path
        disk = tmp_path / "disk"
        places.backups.rename(disk)
        places.backups_entry.symlink_to(disk)
    disk.rename(tmp_path / "unplugged")
    async with opened(places, ring) as home:
        for _ in range(2):
            await home.keys.confirm_recovery_code(await home.keys.rotate(FIRST))
            assert home.keys.unfinished is not None
    (tmp_path / "unplugged").rename(disk)
    async with opened(places, ring) as home:
        assert home.keys.unfinished is None
        assert (await home.care.backups.verify(disk / made.name)).opened
        ConnectionOpener(aside / "sottovoce.db", bytearray(home.store.opener.key)).keyed().close()
        assert read_key_file(places).retired is None


async def test_copies_made_before_an_update_are_kept_under_the_new_key(places: Places, ring: FakeSecrets) -> None:
    await lived_in(places, ring)
    early = places.backups / "before-schema-9-1.db"
    shutil.copy(places.database, early)
    (places.backups / "before-schema-9-2.db").write_bytes(b"of whatever key" * 1000)
    made = early.stat().st_mtime_ns
    async with opened(places, ring) as home:
        former = bytes(home.store.opener.key)
        await home.keys.rotate(FIRST)
        assert await home.care.backups.reseal(former) == (0, 0), "all of it was done"
        ConnectionOpener(early, bytearray(home.store.opener.key)).keyed().close()
    assert early.stat().st_mtime_ns == made
    assert not (places.backups / "before-schema-9-2.db").exists()


async def test_codes_that_nobody_saw_take_no_place(places: Places, ring: FakeSecrets) -> None:
    old = await lived_in(places, ring)
    async with opened(places, ring) as home:
        unseen = [await home.keys.new_recovery_code() for _ in range(5)]
        keys = read_key_file(places)
        assert KeyFile.from_bytes(keys.to_bytes()) == keys
        works = [code for code in (old, *unseen) if keys.unlock(SlotKind.RECOVERY, decode(code))]
        assert works == [old, *unseen[-3:]]
        before = contents(places.data)
        with pytest.raises(KeyTrouble):
            await home.keys.confirm_recovery_code(unseen[0])
        assert contents(places.data)["sottovoce.keys"] == before["sottovoce.keys"]
        await home.keys.confirm_recovery_code(unseen[-2])
        await home.keys.confirm_recovery_code(unseen[-2])
        with pytest.raises(KeyTrouble):
            await home.keys.recover(unseen[-1])
        await home.keys.recover(unseen[-2])


async def test_no_stand_in_offers_what_has_ended(places: Places, ring: FakeSecrets) -> None:
    await lived_in(places, ring)
    async with opened(places, ring) as home:
        await _new_code(home)
    present = read_key_file(places)
    for keys in stand_ins(HomeFiles(places)):
        assert keys.same_ways(present)
    for path in places.backups.iterdir():
        header = read_header(path).keys
        assert header.same_ways(present)
        assert not header.stale


async def test_a_backup_brought_back_with_an_ended_way_is_sealed_anew(places: Places, ring: FakeSecrets) -> None:
    await lived_in(places, ring)
    (first,) = places.backups.glob("sottovoce-*.backup")
    early = first.read_bytes()
    async with opened(places, ring) as home:
        await _new_code(home)
    first.write_bytes(early)
    update_key_file(places, lambda keys: dataclasses.replace(keys, stale=True))
    async with opened(places, ring):
        assert read_header(first).keys.same_ways(read_key_file(places))


async def _audited(places: Places, ring: FakeSecrets) -> list[str]:
    async with opened(places, ring) as home:
        return [entry.event for entry in reversed(await home.store.audit_log(99)) if entry.event.startswith("key.")]


async def test_every_act_on_the_key_is_in_the_audit_log(places: Places, ring: FakeSecrets) -> None:
    code = await lived_in(places, ring)
    assert await _audited(places, ring) == ["key.passphrase", "key.recovery-code", "key.recovery-code"]
    ring.kept.clear()
    store = await open_store(places, ring, limits=LIMITS, recovery_code=code)
    await store.close()
    assert (await _audited(places, ring))[3:] == ["key.recovered"]
    broken = FakeSecrets()
    broken.trouble = KeyringMissing()
    store = await open_store(places, broken, limits=LIMITS, recovery_code=code, asker=Person(None))
    await store.close()
    assert (await _audited(places, ring))[4:] == ["key.recovered", "key.passphrase"]
    async with opened(places, ring) as home:
        await home.keys.recover(code)
        await home.keys.remove_passphrase()
        await home.keys.rotate()
        await home.keys.confirm_recovery_code()
    last = ["key.recovered", "key.passphrase", "key.rotated", "key.recovery-code"]
    assert (await _audited(places, ring))[6:] == last


async def test_a_home_that_begins_with_a_passphrase_says_so(places: Places, ring: FakeSecrets) -> None:
    ring.trouble = KeyringMissing()
    store = await open_store(places, ring, limits=LIMITS, asker=Person(None))
    assert [entry.event for entry in await store.audit_log(9)] == ["key.passphrase", "store.created"]
    await store.close()


async def test_a_home_that_lives_on_a_passphrase_is_counted_before_a_restore(
    places: Places, ring: FakeSecrets, tmp_path: Path
) -> None:
    ring.trouble = KeyringMissing()
    words = "a third passphrase of words"
    store = await open_store(places, ring, limits=LIMITS, asker=Person(words))
    await store.append(message("said"))
    care = StoreCare(places, store, lambda: NOW)
    keys = StoreKeys(places, store, lambda: ring, CHEAPEST, backups=care.backups)
    backup = (await care.backups.create(tmp_path / "elsewhere.backup")).path
    code = await keys.new_recovery_code()
    await store.append(message("said after the backup"))
    for part in (keys, care, store):
        await part.close()
    for ways in (Ways(asker=Person(words)), Ways(recovery_code=code), Ways(secrets=ring, asker=Person(words))):
        _, present = await look_before(places, backup, ways)
        assert present is not None
        assert present.counts is not None
        assert present.counts.messages == 2
    for ways in (Ways(), Ways(asker=Person("none of the words that open")), Ways(recovery_code=code[:-1])):
        _, present = await look_before(places, backup, ways)
        assert present is not None
        assert present.counts is None


async def test_a_restore_over_a_passphrase_home_brings_no_ended_code_back(
    places: Places, ring: FakeSecrets, tmp_path: Path
) -> None:
    ring.trouble = KeyringMissing()
    words = "a third passphrase of words"
    store = await open_store(places, ring, limits=LIMITS, asker=Person(words))
    care = StoreCare(places, store, lambda: NOW)
    keys = StoreKeys(places, store, lambda: ring, CHEAPEST, backups=care.backups)
    old = await keys.new_recovery_code()
    await keys.confirm_recovery_code(old)
    backup = (await care.backups.create(tmp_path / "elsewhere.backup")).path
    await keys.rotate(words)
    await keys.confirm_recovery_code()
    for part in (keys, care, store):
        await part.close()
    await restore_backup(places, backup, Ways(secrets=ring, asker=Person(words), recovery_code=old), NOW)
    with pytest.raises(KeyTrouble):
        await open_store(places, ring, limits=LIMITS, recovery_code=old)
    store = await open_store(places, ring, limits=LIMITS, asker=Person(words))
    await store.close()

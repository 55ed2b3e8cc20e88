"""The user's own files in a backup, and the whole way to a new machine that has nothing but that file."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.secrets import MemorySecrets
from sottovoce.adapters.store import StoreCare, StoreKeys, open_store
from sottovoce.adapters.store.backups.carried import Carried, unpack_files, usual
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import KeyringFailed, KeyTrouble
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import local_now, open_home
from tests.adapters.test_backups import GivenPassphrase
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "four words picked by chance"
CANARY = "xylophonkanarienvogel"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places.under(tmp_path / "home")
    found.prepare()
    (found.knowledge / "sub").mkdir()
    (found.knowledge / "tea.md").write_text(f"# Tea\nWarm the pot, {CANARY}.")
    (found.knowledge / "sub" / "ü.txt").write_text("Umlauts")
    os.utime(found.knowledge / "tea.md", ns=(10**18, 10**18))
    return found


async def _backup(
    places: Places, target: Path, *, knowledge: bool | None = None, ring: FakeSecrets | None = None
) -> tuple[Carried | None, str]:
    """What is carried, and the recovery code."""
    ring = ring or FakeSecrets()
    store = await open_store(places, ring)
    care, keys = StoreCare(places, store, local_now), StoreKeys(places, store, lambda: ring, CHEAPEST)
    try:
        await store.append(message("said", user_id="ann"))
        await keys.set_passphrase(WORDS)
        code = await keys.new_recovery_code()
        made = await care.backups.create(target, knowledge=knowledge)
        assert (await care.backups.verify(made.path)).opened
        return made.carried, code
    finally:
        await keys.close()
        await care.close()
        await store.close()


@pytest.mark.parametrize("by", ["code", "passphrase"])
async def test_a_new_machine_with_nothing_but_the_backup(places: Places, tmp_path: Path, by: str) -> None:
    file = tmp_path / "mine.backup"
    carried, code = await _backup(places, file)
    assert carried == Carried(files=2)
    assert CANARY.encode() not in file.read_bytes()
    there, none = Places.under(tmp_path / "there"), FakeSecrets()
    none.trouble = KeyringFailed()
    ways = Ways(secrets=none, recovery_code=code, cost=CHEAPEST)
    if by == "passphrase":
        ways = Ways(secrets=none, asker=GivenPassphrase(WORDS), cost=CHEAPEST)
    done = await restore_backup(there, file, ways, local_now())
    assert done.carried == Carried(files=2)
    assert (there.knowledge / "tea.md").read_text() == (places.knowledge / "tea.md").read_text()
    assert (there.knowledge / "tea.md").stat().st_mtime_ns == 10**18
    assert (there.knowledge / "sub" / "ü.txt").read_text() == "Umlauts"
    store = await open_store(there, none, asker=GivenPassphrase(WORDS))
    try:
        assert len(await store.messages("c1", limit=9)) == 1
        with contextlib.closing(store.opener.reader()) as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        assert "carried_file" not in names
    finally:
        await store.close()


async def test_without_a_keyring_or_passphrase_the_restore_says_what_helps(places: Places, tmp_path: Path) -> None:
    ring = FakeSecrets()
    store = await open_store(places, ring)
    care, keys = StoreCare(places, store, local_now), StoreKeys(places, store, lambda: ring, CHEAPEST)
    code = await keys.new_recovery_code()
    file = (await care.backups.create(tmp_path / "mine.backup")).path
    for part in (keys, care, store):
        await part.close()
    there, none = Places.under(tmp_path / "there"), FakeSecrets()
    none.trouble = KeyringFailed()
    with pytest.raises(KeyTrouble) as caught:
        await restore_backup(there, file, Ways(secrets=none, recovery_code=code), local_now())
    assert "--new-passphrase" in caught.value.remedy
    ways = Ways(secrets=none, recovery_code=code, asker=GivenPassphrase(new=WORDS), cost=CHEAPEST)
    await restore_backup(there, file, ways, local_now())
    await (await open_store(there, none, asker=GivenPassphrase(WORDS))).close()


async def test_there_is_nothing_to_recover_but_a_backup_to_restore(tmp_path: Path) -> None:
    with pytest.raises(KeyTrouble) as caught:
        await open_store(Places.under(tmp_path), MemorySecrets(), recovery_code="AAAA")
    assert "sottovoce backup restore FILE --recovery-code" in caught.value.remedy


async def test_what_is_there_stays_and_nothing_is_taken_unless_wanted(places: Places, tmp_path: Path) -> None:
    ring = FakeSecrets()
    assert (await _backup(places, tmp_path / "none.backup", knowledge=False, ring=ring))[0] is None
    carried, code = await _backup(places, tmp_path / "all.backup", knowledge=True, ring=ring)
    assert carried == Carried(files=2)
    there = Places.under(tmp_path / "there")
    there.prepare()
    (there.knowledge / "tea.md").write_text("mine")
    ways = Ways(secrets=MemorySecrets(), recovery_code=code, cost=CHEAPEST)
    done = await restore_backup(there, tmp_path / "all.backup", ways, local_now())
    assert done.carried == Carried(files=1, left=1)
    assert (there.knowledge / "tea.md").read_text() == "mine"


async def test_an_erasure_leaves_them_in_the_backup(places: Places) -> None:
    key = bytes(range(32))
    async with open_home(places.data, key, settings=Settings(), policy=Policy()) as home:
        await home.ask("remember that i like pears", user_id="ann")
        await home.ask("remember that i like plums", user_id="bob")
        made = await home.services.maintenance.create_backup()
        assert made.carried == Carried(files=2)
        assert (await home.erase(Erasure(scope=Scope.USER, of="ann"))).backups_rewritten == 1
    (places.knowledge / "tea.md").unlink()
    done = await restore_backup(places, made.path, Ways(key=key), local_now())
    assert done.counts.messages == 2
    assert done.carried == Carried(files=1, left=1)


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    key = bytearray(32)
    body, folder = tmp_path / "body", tmp_path / "knowledge"
    body.touch()
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (folder / "link").symlink_to(tmp_path / "outside")
    with contextlib.closing(ConnectionOpener(body, key).keyed(prove=False)) as connection:
        connection.execute("CREATE TABLE carried_file (path TEXT PRIMARY KEY, modified_ns INTEGER, content BLOB)")
        for name in ("../x", "/tmp/sottovoce-x", "a/../../x", "", "link/x", "fine"):  # noqa: S108 - a name to be refused
            connection.execute("INSERT INTO carried_file VALUES (?, 1, x'41')", (name,))
    assert unpack_files(ConnectionOpener(body, key), folder) == Carried(files=1, left=5)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["body", "fine", "knowledge", "link", "outside"]


def test_links_are_not_followed_and_many_files_are_not_taken_unasked(tmp_path: Path) -> None:
    assert usual(tmp_path / "nowhere")
    (tmp_path / "large").write_bytes(b"")
    os.truncate(tmp_path / "large", 33 << 20)
    assert not usual(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "large")
    assert usual(tmp_path / "folder")

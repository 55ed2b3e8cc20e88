"""Copies of the database that a synchronising program laid beside it: found, told, brought together, nothing lost."""

from __future__ import annotations

import contextlib
import shutil
import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.machine import MachineIdentity
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.engine.conflict_copies import find_copies, is_copy
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.erasing.care import erase_home
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.folder.states import StoreRemains
from sottovoce.adapters.store.sealed.key_file import SlotKind
from sottovoce.adapters.store.sealed.key_file_access import update_key_file
from sottovoce.adapters.store.sealed.sealing import Argon2Cost
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import CopiesFound, CopyLocked, CopyUnreadable, NoCopies, StoreParted
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import AuditEvent, Egress, Note
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.operations.checks import check_store
from tests.contracts.store import memory, message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
ELSEWHERE = MachineIdentity(id="ab" * 16, host="the other one")
COPIES = (
    "sottovoce (conflicted copy 2027-06-03 080000).db",
    "sottovoce (anna's conflicted copy 2027-06-03).db",
    "sottovoce (Konfliktkopie von anna 2027-06-03).db",
    "sottovoce.sync-conflict-20270603-080000-ABCDEFG.db",
    "sottovoce_conflict-20270603-080000.db",
    "sottovoce (SFConflict anna@example.com 2027-06-03-08-00-00).db",
    "sottovoce (1).db",
    "sottovoce 2.db",
    "sottovoce-DESKTOP-AB12.db",
    "sottovoce.db.conflict1",
    "sottovoce.conflict1.db",
    "sottovoce.db.conflict",
    "sottovoce.db (conflicted copy)",
    "sottovoce - Copy.db",
    "Copy of sottovoce.db",
    "[Conflict] sottovoce.db",
    "SOTTOVOCE (2).DB",
    "sottovoce.db~",
    "sottovoce.sync-conflict-20270603-080000-ABCDEFG.db-wal",
    "sottovoce (conflicted copy).keys",
    "sottovoce.sync-conflict-20270603-080000-ABCDEFG.keys",
    "sottovoce.keys (conflicted copy).copy",
    "sottovoce (1).session",
)
OURS = (
    "sottovoce.db",
    "sottovoce.db-wal",
    "sottovoce.db-shm",
    "sottovoce.db-journal",
    *(
        f"sottovoce.db.{what}{beside}"
        for what in ("making", "changing", "erasing", "restoring", "unpacked", "merging", "merged")
        for beside in ("", "-wal")
    ),
    "sottovoce.keys",
    "sottovoce.keys.copy",
    "sottovoce.keys.copy.tmp",
    "sottovoce.keys.damaged-1",
    "sottovoce.session",
    "sottovoce.seen",
    "sottovoce.lock",
    "sottovoce.ballast",
    "before-schema-3-1.db",
    ".sottovoce.db.Xy12",
    "~syncthing~sottovoce.db.tmp",
    ".syncthing.sottovoce.db.tmp",
    "sottovoce (1).db.part",
    "notes about sottovoce.md",
    "mysottovoce.db",
    "sottovocedb.db",
)


@pytest.mark.parametrize("name", COPIES)
def test_every_program_s_name_for_a_copy_is_known(name: str) -> None:
    assert is_copy(name)


@pytest.mark.parametrize("name", OURS)
def test_no_file_of_ours_is_taken_for_one(name: str) -> None:
    assert not is_copy(name)


class Machines:
    """One home, used on two machines that do not see each other; a synchronising program copies files."""

    def __init__(self, folder: Path) -> None:
        self.here = Places.under(folder / "here")
        self.there = Places.under(folder / "there")

    @contextlib.asynccontextmanager
    async def open(self, places: Places, **how: object) -> AsyncIterator[tuple[EncryptedStore, StoreCare]]:
        """A session."""
        machine = ELSEWHERE if places is self.there else None
        store = await open_store(places, key=KEY, machine=machine, **how)  # type: ignore[arg-type] # its arguments
        care = StoreCare(places, store, lambda: datetime.now().astimezone())
        try:
            yield store, care
        finally:
            await care.close()
            await store.close()

    def part(self) -> None:
        """From now on both go on from the same state."""
        shutil.copytree(self.here.data, self.there.data)

    def lay_copy(self, name: str = "sottovoce (conflicted copy).db") -> Path:
        """What was written there comes here under another name."""
        copy = self.here.data / name
        shutil.copyfile(self.there.database, copy)
        return copy


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(tmp_path)


async def _parted(machines: Machines) -> None:
    """Both have said something since."""
    async with machines.open(machines.here) as (store, _):
        await store.append(message("before"))
        await store.add_memory(memory("i like tea"))
    machines.part()
    async with machines.open(machines.here) as (store, _):
        await store.append(message("only here"))
    async with machines.open(machines.there) as (store, _):
        await store.append(message("only there"))
        await store.add_memory(memory("i like pears"))
        await store.save(Note(id="n", text="there", created_at=1.0, changed_at=1.0))
        await store.record_egress(Egress(at=1.0, endpoint="https://there", purpose="x", bytes_out=1))


async def test_a_copy_is_told_at_each_start_until_it_is_merged(machines: Machines) -> None:
    await _parted(machines)
    copy = machines.lay_copy()
    for _ in range(2):
        async with machines.open(machines.here) as (store, _):
            assert isinstance(store.warning, CopiesFound)
            with pytest.raises(CopiesFound):
                await check_store(store)
    async with machines.open(machines.here) as (store, care):
        merged = await care.joining.merge()
        assert (merged.files, merged.left) == ((copy.name,), ())
        assert (merged.joined.messages, merged.joined.memories, merged.joined.records) == (1, 1, 1)
        said = [one.content for one in await store.messages("c1", limit=9)]
        assert said == ["before", "only here", "only there"]
        assert {one.text for one in await store.memories("me", limit=9)} == {"i like tea", "i like pears"}
        assert [one.endpoint for one in await store.egress(9)] == ["https://there"]
        assert (await store.audit_log(1))[0].event == AuditEvent.MERGED
        assert (await store.report()).faults == ()
        with pytest.raises(NoCopies):
            await care.joining.merge()
    async with machines.open(machines.here) as (store, _):
        assert store.warning is None
    (aside,) = laid_aside(machines.here)
    ConnectionOpener(aside / "sottovoce.db", bytearray(KEY)).keyed().close()
    assert (aside / "sottovoce.keys").exists()


async def test_both_machines_end_with_the_same_and_without_an_alarm(machines: Machines) -> None:
    await _parted(machines)
    machines.lay_copy()
    async with machines.open(machines.here) as (_, care):
        await care.joining.merge()
    for name in ("sottovoce.db", "sottovoce.session", "sottovoce.keys"):
        shutil.copyfile(machines.here.data / name, machines.there.data / name)
    async with machines.open(machines.there) as (store, _):
        assert not isinstance(store.warning, StoreParted)
        assert [one.content for one in await store.messages("c1", limit=9)] == ["before", "only here", "only there"]


async def test_merging_again_or_the_other_way_round_changes_nothing(machines: Machines, tmp_path: Path) -> None:
    await _parted(machines)
    elsewhere = tmp_path / "old.db"
    shutil.copyfile(machines.there.database, elsewhere)
    async with machines.open(machines.here) as (store, care):
        await care.joining.merge([elsewhere])
        first = await store.messages("c1", limit=99)
        again = await care.joining.merge([elsewhere])
        assert (again.joined.messages, again.joined.memories, again.joined.records) == (0, 0, 0)
        assert await store.messages("c1", limit=99) == first
        assert len(await store.egress(9)) == 1
    assert elsewhere.exists(), "what does not lie beside the database is the user's"
    async with machines.open(machines.there) as (store, care):
        await care.joining.merge([machines.here.database])
        assert [one.content for one in await store.messages("c1", limit=9)] == ["before", "only here", "only there"]


async def test_a_copy_with_its_log_is_merged_with_what_is_in_the_log(machines: Machines) -> None:
    async with machines.open(machines.here) as (store, _):
        await store.append(message("before"))
    machines.part()
    async with machines.open(machines.there) as (store, _):
        await store.append(message("in the log"))
        machines.lay_copy("sottovoce.sync-conflict-20270603-080000-A.db")
        log = machines.there.database.with_name("sottovoce.db-wal")
        shutil.copyfile(log, machines.here.data / "sottovoce.sync-conflict-20270603-080102-A.db-wal")
    async with machines.open(machines.here) as (store, care):
        await care.joining.merge()
        assert [one.content for one in await store.messages("c1", limit=9)] == ["before", "in the log"]
    assert find_copies(machines.here).all == ()


async def test_what_was_forgotten_here_does_not_come_back(machines: Machines) -> None:
    kept, note = memory("i like tea"), Note(id="n", text="x", created_at=1.0, changed_at=1.0)
    async with machines.open(machines.here) as (store, _):
        await store.append(message("erased", "c2"))
        await store.append(message("kept", "c1"))
        await store.add_memory(kept)
        await store.save(note)
        await store.save_context(UserContext(version=1))
    machines.part()
    async with machines.open(machines.here) as (store, care):
        await store.forget_memory(kept.id)
        await store.remove(Note, "n")
        await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c2"))
    async with machines.open(machines.there) as (store, _):
        await store.append(message("said there before it was erased", "c2"))
    machines.lay_copy()
    async with machines.open(machines.here) as (store, care):
        merged = await care.joining.merge()
        assert merged.joined.erased == 4
        assert merged.removed == merged.files
        assert (find_copies(machines.here).all, laid_aside(machines.here)) == ((), []), "it held what was erased"
        assert (merged.joined.messages, merged.erasures) == (0, ())
        assert await store.messages("c2", limit=9) == ()
        assert await store.memories("me", limit=9) == ()
        assert await store.records(Note, limit=9) == ()


async def test_what_was_forgotten_there_goes_here_too(machines: Machines) -> None:
    kept, note = memory("i like tea"), Note(id="n", text="x", created_at=1.0, changed_at=1.0)
    async with machines.open(machines.here) as (store, _):
        await store.append(message("erased", "c2"))
        await store.append(message("gone on here", "c3"))
        await store.append(message("kept", "c1", user_id="anna"))
        await store.add_memory(kept)
        await store.save(note)
    machines.part()
    async with machines.open(machines.there) as (store, care):
        await store.forget_memory(kept.id)
        await store.remove(Note, "n")
        for what in ("c2", "c3"):
            await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of=what))
        await care.erasing.erase(Erasure(scope=Scope.BEFORE, of=4e9))
    async with machines.open(machines.here) as (store, _):
        await store.append(message("said here after it was erased there", "c3", created_at=9e9))
    machines.lay_copy()
    async with machines.open(machines.here) as (store, care):
        merged = await care.joining.merge()
        assert set(merged.erasures) == {
            Erasure(scope=Scope.MEMORY, of=kept.id),
            Erasure(scope=Scope.CONVERSATION, of="c2"),
        }
        assert await store.records(Note, limit=9) == ()
        assert len(await store.messages("c3", limit=9)) == 2, "nothing that is spoken of still goes without a word"
        assert len(await store.messages("c1", limit=9)) == 1, "each home grows old by its own clock"


async def test_of_three_copies_the_order_of_merging_loses_no_later_word(machines: Machines, tmp_path: Path) -> None:
    async with machines.open(machines.here) as (store, _):
        await store.append(message("before", "c3"))
    machines.part()
    third = Places.under(tmp_path / "third")
    shutil.copytree(machines.here.data, third.data)
    async with machines.open(machines.there) as (_, care):
        await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c3"))
    async with machines.open(third) as (store, _):
        await store.append(message("said there later", "c3", created_at=4e9))
    for number, other in enumerate((machines.there, third)):  # by their names the one that erased comes first
        shutil.copyfile(other.database, machines.here.data / f"sottovoce ({number}).db")
    async with machines.open(machines.here) as (store, care):
        assert len((await care.joining.merge()).files) == 2
        assert await care.erasing.resume() is None
        assert [one.content for one in await store.messages("c3", limit=9)] == ["before", "said there later"]


async def test_a_later_copy_brings_what_was_said_after_an_erasure_that_was_merged(
    machines: Machines, tmp_path: Path
) -> None:
    async with machines.open(machines.here) as (store, _):
        await store.append(message("before", "c3", created_at=1.0))
    machines.part()
    third = Places.under(tmp_path / "third")
    shutil.copytree(machines.here.data, third.data)
    async with machines.open(machines.there) as (_, care):
        await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c3"))
    async with machines.open(third) as (store, _):
        await store.append(message("said there later", "c3", created_at=time.time()))
    machines.lay_copy()
    async with machines.open(machines.here) as (store, care):
        await care.joining.merge()
        assert await care.erasing.resume() is not None
        assert await store.messages("c3", limit=9) == ()
        shutil.copyfile(third.database, machines.here.data / "sottovoce (3).db")
        assert (await care.joining.merge()).joined.messages == 1
        assert [one.content for one in await store.messages("c3", limit=9)] == ["said there later"]


async def test_a_merge_cut_off_before_anything_was_laid_aside_leaves_nothing_to_be_told(machines: Machines) -> None:
    await _parted(machines)
    empty = machines.here.data / "replaced-20270603-080000"
    empty.mkdir(mode=0o700)
    shutil.copyfile(machines.here.key_file, empty / "sottovoce.keys")
    async with machines.open(machines.here) as (_, care):
        assert (await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c1"))).aside_left == ()


async def test_what_can_not_be_merged_stays_where_it_is(machines: Machines, tmp_path: Path) -> None:
    await _parted(machines)
    machines.lay_copy()
    damaged = machines.lay_copy("sottovoce (2).db")
    damaged.write_bytes(damaged.read_bytes()[:-5000] + bytes(5000))
    strange = machines.lay_copy("sottovoce (3).db")
    strange.write_bytes(b"\x07" * 40960)
    other = Places.under(tmp_path / "other")
    await (await open_store(other, key=KEY)).close()
    shutil.copyfile(other.database, machines.here.data / "sottovoce (4).db")
    async with machines.open(machines.here) as (_, care):
        merged = await care.joining.merge()
        assert len(merged.files) == 1
        assert {name: type(trouble) for name, trouble in merged.left} == {
            "sottovoce (2).db": CopyUnreadable,
            "sottovoce (3).db": CopyLocked,
            "sottovoce (4).db": CopyUnreadable,
        }
        with pytest.raises(CopyUnreadable):
            await care.joining.merge()
    assert len(find_copies(machines.here).databases) == 3
    assert not list(machines.here.data.glob("*.merging*"))


async def test_a_copy_that_got_a_key_of_its_own_is_opened_by_its_key_file(tmp_path: Path) -> None:
    here, there, ring = Places.under(tmp_path / "here"), Places.under(tmp_path / "there"), FakeSecrets()
    store = await open_store(here, ring)
    await store.append(message("before"))
    key = bytes(store.opener.key)
    await store.close()
    cheap = Argon2Cost(time=1, memory_kib=8, lanes=1)
    update_key_file(here, lambda keys: keys.with_slot(SlotKind.RECOVERY, key, b"a code", cheap))
    shutil.copytree(here.data, there.data)
    store = await open_store(there, ring)
    await store.append(message("under another key"))
    await store.close()
    shutil.copyfile(there.database, here.data / "sottovoce (1).db")
    store = await open_store(here, ring)
    care = StoreCare(here, store, lambda: datetime.now().astimezone())
    with pytest.raises(CopyLocked):
        await care.joining.merge()
    shutil.copyfile(there.key_file, here.data / "sottovoce (1).keys")
    opened = (await care.joining.merge()).joined
    (aside,) = laid_aside(here)
    ConnectionOpener(aside / "sottovoce.db", store.opener.key).keyed().close()
    erased = await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c1"))
    await care.close()
    await store.close()
    assert opened.messages == 1
    assert (erased.aside_rewritten, erased.aside_left) == (1, ()), "it was laid aside under the key of its key file"


async def test_copies_without_the_database_are_no_empty_folder(machines: Machines) -> None:
    machines.here.prepare()
    (machines.here.data / "sottovoce (1).db").write_bytes(bytes(8192))
    with pytest.raises(StoreRemains):
        await open_store(machines.here, FakeSecrets())


async def test_erasing_everything_takes_the_copies_along(machines: Machines) -> None:
    await _parted(machines)
    for name in COPIES:
        if "SOTTOVOCE" not in name:
            machines.lay_copy(name)
    await erase_home(machines.here, None)
    assert find_copies(machines.here).all == ()


async def test_what_is_held_in_memory_follows_a_merge_and_an_import(machines: Machines, tmp_path: Path) -> None:
    how = {"settings": Settings(), "policy": Policy(), "maintain": False}
    async with open_home(machines.here.data, KEY, **how) as home:  # type: ignore[arg-type] # its arguments
        await home.recollection.conversations.add_message("c1", "user", "before", user_id="me")
    machines.part()
    async with open_home(machines.there.data, KEY, **how) as home:  # type: ignore[arg-type] # as above
        await home.recollection.conversations.add_message("c1", "user", "there", user_id="me")
        await home.memory.save_memory("me", "my name is Anna")
        await home.care.exporting.export(tmp_path / "out")
    machines.lay_copy()
    elsewhere = tmp_path / "elsewhere"
    for folder in (machines.here.data, elsewhere):
        async with open_home(folder, KEY, **how) as home:  # type: ignore[arg-type] # as above
            await home.recollection.conversations.add_message("c1", "user", "here", user_id="me")
            assert (await home.memory.get_user_context("me")).display_name == ""
            await (home.take(tmp_path / "out") if folder == elsewhere else home.merge())
            held = {one.content for one in await home.recollection.conversations.get_history("c1")}
            assert {"here", "there"} <= held
            assert (await home.memory.get_user_context("me")).display_name == "Anna"

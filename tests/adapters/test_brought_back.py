"""What was erased and comes back by the user's own word: by an older backup, or an import that brings it back."""

from __future__ import annotations

import asyncio
import shutil
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.opening.restoring import Restored, Ways, look_before, restore_backup
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.records import AuditEvent, Event, ListEntry, Note, Reminder, Timer
from tests.contracts.store import memory, message
from tests.processes import TIED

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
C1 = Erasure(scope=Scope.CONVERSATION, of="c1")
WAYS = Ways(key=KEY)


class Sessions:
    """One home, opened again and again."""

    def __init__(self, folder: Path) -> None:
        self.places = Places.under(folder / "home")
        self.now = datetime.now().astimezone()
        self.elsewhere = folder / "elsewhere.backup"
        self.export = folder / "export"

    async def __aenter__(self) -> tuple[EncryptedStore, StoreCare]:
        self.store = await open_store(self.places, key=KEY)
        self.care = StoreCare(self.places, self.store, lambda: self.now)
        return self.store, self.care

    async def __aexit__(self, *_: object) -> None:
        await self.care.close()
        await self.store.close()

    async def restore(self, path: Path | None = None) -> Restored:
        """Put a backup into place; the next folder laid aside has another name."""
        self.now += timedelta(seconds=1)
        return await restore_backup(self.places, path or self.elsewhere, WAYS, self.now)


@pytest.fixture
def home(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path)


async def _said(store: EncryptedStore, conversation: str = "c1") -> int:
    return len(await store.messages(conversation, limit=9))


async def test_an_older_backup_says_that_it_brings_back_what_was_erased(home: Sessions) -> None:
    kept = memory("i like tea")
    async with home as (store, care):
        await store.append(message("going", "c1"))
        await store.append(message("staying", "c2"))
        await store.add_memory(kept)
        shutil.copy((await care.backups.create()).path, home.elsewhere)
        await care.erasing.erase(C1)
        await store.forget_memory(kept.id)
        await care.erasing.resume()
        own = (await care.backups.present())[0].path
        copy = home.elsewhere.with_suffix(".db")
        shutil.copy(home.places.database, copy)
    _, present = await look_before(home.places, home.elsewhere, WAYS)
    assert present is not None
    assert len(present.again) == 2
    _, present = await look_before(home.places, own, WAYS)
    assert present is not None
    assert present.again == (), "from those here it was erased, too"
    done = await home.restore()
    assert len(done.again) == 2
    assert abs(done.again[0] - home.now.timestamp()) < 600
    async with home as (store, care):
        restored = next(one for one in await store.audit_log(9) if one.event == AuditEvent.BACKUP_RESTORED)
        assert restored.detail["erased_again"] == 2
        assert await _said(store) == 1
        await care.joining.merge([copy])
        await care.erasing.resume()
        assert await _said(store) == 1, "what the user brought back is not taken away by an old copy"
        await care.erasing.erase(C1)
        await care.erasing.erase(Erasure(scope=Scope.MEMORY, of=kept.id))
        assert await _said(store) == 0
    assert (await home.restore(own)).again == ()


async def test_what_was_erased_stays_away_after_a_restore(home: Sessions) -> None:
    note = Note(id="n", text="x", created_at=1.0, changed_at=1.0)
    async with home as (store, care):
        await store.append(message("staying", "c2"))
        backup = (await care.backups.create()).path
        await store.append(message("going", "c1"))
        await store.save(note)
        await care.exporting.export(home.export)
        await care.erasing.erase(C1)
        await store.remove(Note, "n")
    assert (await home.restore(backup)).again == ()
    async with home as (store, care):
        joined = await care.joining.take(home.export)
        assert (joined.messages, joined.records, joined.erased) == (0, 0, 2)


async def test_an_erasure_that_was_cut_off_is_not_forgotten_by_a_restore(home: Sessions) -> None:
    kept = memory("my sister is called anna")
    async with home as (store, care):
        await store.add_memory(kept)
        await care.backups.create()
        home.now += timedelta(days=1)
        await store.append(message("later", "c2"))
        backup = (await care.backups.create()).path
        await store.forget_memory(kept.id)  # files and backups follow while nobody talks: not in this session
    assert (await home.restore(backup)).again == ()
    async with home as (store, care):
        assert await store.memories("me", limit=9) == ()
        done = await care.erasing.resume()
        assert done is not None
        assert done.backups_rewritten == 2


async def test_two_restores_in_one_second_of_the_clock_keep_both_stores(home: Sessions) -> None:
    async with home as (store, care):
        backup = (await care.backups.create()).path
        await store.append(message("only in the first", "c1"))
    first, second = [await restore_backup(home.places, backup, WAYS, home.now) for _ in range(2)]
    assert first.aside is not None
    assert second.aside is not None
    assert first.aside != second.aside
    there = Sessions(home.places.data.parent / "there")
    shutil.copytree(first.aside, there.places.data)
    async with there as (store, _):
        assert await _said(store) == 1


_DIES = """
import asyncio, os, sys
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
async def main():
    store = await open_store(Places.under(sys.argv[1]), key=bytes(range(32)))
    await store.forget_memory(sys.argv[2])
    os._exit(0)
asyncio.run(main())
"""


async def test_what_was_erased_by_a_session_that_was_cut_off_is_known_to_a_restore(home: Sessions) -> None:
    kept = memory("my sister is called anna")
    async with home as (store, care):
        await store.add_memory(kept)
        backup = (await care.backups.create()).path
    died = await _run(_DIES, str(home.places.data), kept.id)
    assert died == 0
    assert (await home.restore(backup)).again == ()
    async with home as (store, _):
        assert await store.memories("me", limit=9) == ()


async def _run(program: str, *words: str) -> int:
    process = await asyncio.create_subprocess_exec(*TIED, sys.executable, "-c", program, *words)
    return await process.wait()


async def test_what_an_import_brought_back_stays(home: Sessions) -> None:
    kept = memory("i like tea")
    records = (
        Note(id="n", text="x", created_at=1.0, changed_at=1.0),
        Reminder(id="r", text="x", due_at=1.0, created_at=1.0),
        Timer(id="t", label="x", duration_s=1.0, due_at=1.0, created_at=1.0),
        ListEntry(id="l", list="x", text="x", created_at=1.0, changed_at=1.0),
        Event(id="e", title="x", starts_at=1.0, ends_at=1.0, created_at=1.0, changed_at=1.0),
    )
    async with home as (store, care):
        await store.append(message("staying", "c2"))
        copy = home.places.data / "sottovoce (conflicted copy).db"
        await store.append(message("going", "c1"))
        await store.append(message("theirs", "c3", user_id="bert"))
        await store.add_memory(kept)
        for record in records:
            await store.save(record)
        await care.exporting.export(home.export)
        await care.erasing.erase(C1)
        await care.erasing.erase(Erasure(scope=Scope.USER, of="bert"))
        await store.forget_memory(kept.id)
        for record in records:
            await store.remove(type(record), record.id)
        await care.erasing.resume()
    shutil.copyfile(home.places.database, copy)
    async with home as (store, care):
        back = await care.joining.take(home.export, erased_too=True)
        assert (back.messages, back.memories, back.records) == (2, 1, 5)
        assert (await care.joining.merge()).erasures == ()
        assert await care.erasing.resume() is None
        assert (await _said(store), await _said(store, "c3")) == (1, 1)
        assert len(await store.memories("me", limit=9)) == 1
        for record in records:
            assert await store.records(type(record), limit=9) == (record,)
        # And what is erased once more is.
        await care.erasing.erase(C1)
        again = await care.joining.take(home.export)
        assert (again.messages, again.erased) == (0, 1)


async def test_what_was_brought_back_in_a_copy_comes_with_it(home: Sessions, tmp_path: Path) -> None:
    async with home as (store, care):
        await store.append(message("going", "c1"))
        await care.exporting.export(home.export)
        await care.erasing.erase(C1)
    there = Sessions(tmp_path / "there")
    shutil.copytree(home.places.data, there.places.data)
    async with there as (_, care):
        await care.joining.take(home.export, erased_too=True)
    shutil.copyfile(there.places.database, home.places.data / "sottovoce (1).db")
    async with home as (store, care):
        assert (await care.joining.merge()).joined.messages == 1
        assert await care.erasing.resume() is None
        assert await _said(store) == 1


async def test_a_copy_in_which_it_was_brought_back_outdoes_one_in_which_it_was_erased(
    home: Sessions, tmp_path: Path
) -> None:
    async with home as (store, care):
        await store.append(message("going", "c1"))
        await care.exporting.export(home.export)
    for name, back in (("a", False), ("b", True)):
        there = Sessions(tmp_path / name)
        shutil.copytree(home.places.data, there.places.data)
        async with there as (_, care):
            await care.erasing.erase(C1)
            if back:
                await care.joining.take(home.export, erased_too=True)
        shutil.copyfile(there.places.database, home.places.data / f"sottovoce ({name}).db")
    async with home as (store, care):
        assert len((await care.joining.merge()).files) == 2
        assert await care.erasing.resume() is None
        assert await _said(store) == 1

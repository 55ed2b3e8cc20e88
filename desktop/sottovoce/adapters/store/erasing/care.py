"""What is done beside an open store: backups, erasing, export; and what is done to a home that is closed."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters import process_lock
from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.escrow import IN_HOME, NOTE
from sottovoce.adapters.places import companion
from sottovoce.adapters.store.backups.backups import StoreBackups
from sottovoce.adapters.store.backups.own_files import is_of_backups, own_backups
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.engine.clock import StoreClock
from sottovoce.adapters.store.engine.conflict_copies import find_copies
from sottovoce.adapters.store.engine.sittings import seen_file
from sottovoce.adapters.store.erasing.erasing import StoreErasing
from sottovoce.adapters.store.export.exporting import StoreExport
from sottovoce.adapters.store.folder.restore_files import drop_laid_aside, laid_aside, remove_folder
from sottovoce.adapters.store.keys.home_entry import entries_of
from sottovoce.adapters.store.opening.joining import StoreJoining
from sottovoce.adapters.store.sealed.key_file_access import copy_of
from sottovoce.domain.errors import KeyTrouble
from sottovoce.domain.records import AuditEvent
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.keys.home_entry import Entries
    from sottovoce.domain.errors import ClockDoubted
    from sottovoce.memory.ports import Secrets


log = logging.getLogger(__name__)

CODE_KEPT = "recovery-code-kept"
"""File beside the logs: when the recovery code was made that its user said to have kept."""
ASIDE_DAYS = 28
"""Days that what a restore replaced is kept: who notices late that words are missing can still put it back."""


class StoreCare:
    """The store's neighbours, which share one thread. Belongs to the store's event loop; closed before the store."""

    def __init__(self, places: Places, store: EncryptedStore, clock: Callable[[], datetime]) -> None:
        """Prepare; no thread runs before the first call. `clock` is the wall clock, with its zone."""
        self._places = places
        self._store = store
        self.clock = StoreClock(store, clock)
        self._thread = CareThread(places.data)
        self.backups = StoreBackups(places, store, self._thread, clock)
        self.erasing = StoreErasing(places, store, self._thread)
        self.exporting = StoreExport(store, self._thread)
        self.joining = StoreJoining(places, store, self._thread)

    async def laid_aside(self) -> tuple[Path, ...]:
        """Folders with what a restore replaced, once they have been kept for `ASIDE_DAYS`."""
        found = await self._thread.run(lambda _: laid_aside(self._places))
        old = await self.clock.kept_for([path.name for path in found], ASIDE_DAYS, "replaced-")
        return tuple(path for path in found if path.name in old)

    async def drop_laid_aside(self) -> int:
        """Remove them: the restored store has been good; how many."""
        return await self._drop_aside(await self.laid_aside(), why="age")

    async def drop_all_laid_aside(self) -> int:
        """Remove all such folders, on the user's word; how many.

        Raises:
            StoreTrouble: One can't be removed.
        """
        return await self._drop_aside(await self._thread.run(lambda _: tuple(laid_aside(self._places))), why="asked")

    async def _drop_aside(self, folders: tuple[Path, ...], why: str) -> int:
        async def noted(_: object) -> None:
            if folders:
                log.info("%d folders that a restore laid aside were removed: %s", len(folders), why)
                await self._store.audit(AuditEvent.REPLACED_REMOVED, {"folders": len(folders), "why": why})

        async with self._thread.one:
            await self._thread.run(lambda _: drop_laid_aside(folders), then=noted)
        return len(folders)

    async def database_bytes(self) -> int:
        """How large the database is: what a backup writes."""
        return await self._thread.run(lambda _: self._places.database.stat().st_size)

    async def bytes_to_rewrite(self) -> int:
        """How much an erasure may have to write anew: the database, its backups, and what restores laid aside."""

        def sizes() -> int:
            found = [self._places.database, *own_backups(self._places)]
            found += [file for folder in laid_aside(self._places) for file in folder.iterdir()]
            return sum(path.stat().st_size for path in found)

        return await self._thread.run(lambda _: sizes())

    async def clock_doubted(self, days: int, *, once: bool = False) -> ClockDoubted | None:
        """Return what to show of a clock that has jumped far; None if it has not, or nothing hangs on it.

        Args:
            days: How long messages are kept; 0 for ever.
            once: Nothing if it was shown before; if not, it counts as shown now.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        doubt = (await self.clock.look()).doubt
        if doubt is None or not doubt.far or (once and doubt.told):
            return None
        if doubt.gap_s > 0 and not await self.erasing.is_held_back(self.clock.now, days):
            return None
        return await self.clock.show_once(doubt) if once else self.clock.doubted(doubt)

    async def close(self) -> None:
        """End what is going on, and the thread. Idempotent."""
        await self._thread.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeErased:
    """What erasing a whole home did."""

    removed: int
    """Files."""
    keyring: bool
    """Whether the keyring has forgotten the key; one that does not answer keeps it, and it opens nothing any more."""
    aside: int = 0
    """Folders with what restores had replaced: gone with all that was in them."""
    left: tuple[str, ...] = ()
    """Entries of the keyring that were left, because another home opens with them, or may."""


async def erase_home(places: Places, secrets: Secrets | None, *, lock_wait_s: float = 0.0) -> HomeErased:
    """Remove everything said from a home, and what could open it: keys first, so that a crash leaves only what is dead.

    The settings, speech models and the user's documents stay. Needs no key; done again it finishes what was cut off.

    Raises:
        StoreInUse: Somebody has the home open.
        StoreTrouble: A file can't be removed.
    """
    places.prepare()
    thread = CareThread(places.data)
    lock: process_lock.ProcessLock | None = None
    try:
        lock = await thread.run(lambda _: process_lock.hold(places.lock_file, lock_wait_s))
        entries = await thread.run(lambda _: entries_of(places))
        forgotten, left = await _forget(secrets, entries)
        aside = await thread.run(lambda _: len(laid_aside(places)))
        removed = await finish(thread.run(lambda _: _remove(places)))
        lock.note("")
    finally:
        await finish(thread.close())
        if lock is not None:
            lock.release()
    return HomeErased(removed=removed, keyring=forgotten, aside=aside, left=left)


async def _forget(secrets: Secrets | None, entries: Entries) -> tuple[bool, tuple[str, ...]]:
    """Whether the keyring has forgotten what is this home's alone, and the entries left to other homes."""
    if secrets is None:
        return not entries.own, ()
    try:
        for name in entries.own:
            await secrets.delete(name)
        return True, tuple([name for name in entries.shared if await secrets.get(name) is not None])
    except KeyTrouble:
        return False, ()


def _remove(places: Places) -> int:
    """The key file first: without it nothing that is left can be read."""
    backups = places.backups
    keys, databases = _forms(places.key_entry, places.key_file), _forms(places.database_entry, places.database)
    others = [companion(places.database, name) for name in ("session", "ballast")]
    others += [companion(places.database_entry, name) for name in ("session", "ballast", "restore")]
    others += [
        places.state / CODE_KEPT,
        places.state / NOTE,
        places.data / IN_HOME,
        seen_file(places),
        copy_of(places),
        *find_copies(places).all,
    ]
    removed = 0
    for path in dict.fromkeys((*keys, *databases, *others)):
        if path.is_file() or path.is_symlink():
            removed += not path.is_symlink()
            path.unlink()
    sync_folder(places.data)
    for folder in (places.backups_entry, places.logs, places.cache, *laid_aside(places)):
        removed += remove_folder(folder, _ours_in(folder, backups) if folder.is_symlink() else None)
        sync_folder(folder.parent)
    return removed


def _forms(entry: Path, file: Path) -> list[Path]:
    """A file in all its unfinished forms, and those of what it links to: there, only names that are surely ours."""
    found = sorted(entry.parent.glob(f"{entry.name}*"))
    if file != entry and file.parent.is_dir():
        form = re.compile(re.escape(file.name) + _FORMS)
        found = [path for path in sorted(file.parent.iterdir()) if form.fullmatch(path.name)] + found
    return found


_FORMS = (
    r"(?:\.(?:making|changing|restoring|unpacked|erasing|merging|merged|copy|damaged-\d+))?"
    r"(?:-wal|-shm|-journal)?(?:\.tmp)?"
)


def _ours_in(folder: Path, backups: Path) -> list[Path]:
    """What is ours in a folder that a link leads to, and that may hold anything else."""
    if not folder.is_dir():
        return []
    if folder.resolve() == backups.resolve():
        return [path for path in folder.iterdir() if is_of_backups(path.name)]
    return [path for path in folder.iterdir() if path.is_file() and path.name.startswith(("sottovoce", "verify."))]

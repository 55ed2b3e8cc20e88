"""What is done beside an open store: backups, erasing, export; and what is done to a home that is closed."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sottovoce.adapters import process_lock
from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.store.backups import StoreBackups
from sottovoce.adapters.store.care_thread import CareThread
from sottovoce.adapters.store.erasing import StoreErasing
from sottovoce.adapters.store.exporting import StoreExport
from sottovoce.adapters.store.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable
from sottovoce.adapters.store.restore_files import drop_laid_aside, laid_aside
from sottovoce.adapters.store.unlocking import former_name
from sottovoce.domain.errors import KeyTrouble
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.encrypted_store import EncryptedStore
    from sottovoce.memory.ports import Secrets


CODE_KEPT = "recovery-code-kept"
"""File beside the logs: when the recovery code was made that its user said to have kept."""
ASIDE_DAYS = 28
"""Days that what a restore replaced is kept: who notices late that words are missing can still put it back."""


class StoreCare:
    """The store's neighbours, which share one thread. Belongs to the store's event loop; closed before the store."""

    def __init__(self, places: Places, store: EncryptedStore, clock: Callable[[], datetime]) -> None:
        """Prepare; no thread runs before the first call. `clock` is the wall clock, with its zone."""
        self._places = places
        self._clock = clock
        self._thread = CareThread(places.data)
        self.backups = StoreBackups(places, store, self._thread, clock)
        self.erasing = StoreErasing(places, store, self._thread)
        self.exporting = StoreExport(store, self._thread)

    async def laid_aside(self) -> tuple[Path, ...]:
        """Folders with what a restore replaced, once they have been kept for `ASIDE_DAYS`."""
        before = self._outlived()
        return await self._thread.run(lambda _: tuple(laid_aside(self._places, before)))

    async def drop_laid_aside(self) -> int:
        """Remove them: the restored store has been good; how many."""
        before = self._outlived()
        async with self._thread.one:
            return await self._thread.run(lambda _: drop_laid_aside(self._places, before))

    def _outlived(self) -> datetime:
        return self._clock() - timedelta(days=ASIDE_DAYS)

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
        names = await thread.run(lambda _: _secret_names(places))
        forgotten = await _forget(secrets, names)
        removed = await finish(thread.run(lambda _: _remove(places)))
        lock.note("")
    finally:
        await finish(thread.close())
        if lock is not None:
            lock.release()
    return HomeErased(removed=removed, keyring=forgotten)


def _secret_names(places: Places) -> list[str]:
    """What the keyring's entries of this home are called: of the present key, the one before and the one to come."""
    names = []
    for suffix in ("", ".changing", ".making", ".restoring", ".copy"):
        file = places.key_file.with_name(places.key_file.name + suffix)
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
            keys = KeyFile.from_bytes(file.read_bytes())
            names += [keys.secret_name, *([former_name(keys)] if keys.generation > 1 else [])]
    return list(dict.fromkeys(names))


async def _forget(secrets: Secrets | None, names: list[str]) -> bool:
    if secrets is None:
        return not names
    try:
        for name in names:
            await secrets.delete(name)
    except KeyTrouble:
        return False
    return True


def _remove(places: Places) -> int:
    """The key file first: without it nothing that is left can be read."""
    keys = sorted(places.data.glob(f"{places.key_file.name}*"))
    databases = sorted(places.data.glob(f"{places.database.name}*"))
    others = [places.data / name for name in ("sottovoce.session", "sottovoce.ballast", "sottovoce.restore")]
    others.append(places.state / CODE_KEPT)
    removed = 0
    for path in (*keys, *databases, *others):
        if path.is_file():
            path.unlink()
            removed += 1
    sync_folder(places.data)
    for folder in (places.backups, places.logs, places.cache, *laid_aside(places)):
        if folder.is_dir():
            removed += sum(path.is_file() for path in folder.rglob("*"))
            shutil.rmtree(folder)
            sync_folder(folder.parent)
    return removed

"""From a folder and a keyring to an open store, by the table of states."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import secrets as random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters import process_lock
from sottovoce.adapters.durable_file import sync_folder, write_durably
from sottovoce.adapters.store import schema
from sottovoce.adapters.store.connection import Opener, wipe
from sottovoce.adapters.store.encrypted_store import EncryptedStore
from sottovoce.adapters.store.failures import told
from sottovoce.adapters.store.key_file import (
    KEY_BYTES,
    KeyFile,
    KeyFileNewer,
    KeyFileUnreadable,
)
from sottovoce.adapters.store.states import BEFORE_KEY, WITH_KEY, Action, Database, Key, KeyFileState
from sottovoce.adapters.store.threads import GroupLimits
from sottovoce.domain.errors import Bug, KeyringFailed, PlacesUnusable, SottovoceError, StoreUnreadable
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.memory.ports import Secrets

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLimits:
    """How long opening may wait, and how the writer works."""

    lock_wait_s: float = 2.0
    """Seconds waited for another process that is just ending (a command that opened the store itself)."""
    group: GroupLimits = field(default_factory=GroupLimits)


async def open_store(
    places: Places,
    secrets: Secrets | None = None,
    *,
    key: bytes | bytearray | None = None,
    empty_folder_only: bool = False,
    limits: StoreLimits | None = None,
    steps: Sequence[schema.Step] | None = None,
) -> EncryptedStore:
    """Open the store of a home, making it if nothing at all is there yet.

    Args:
        places: The home; its folders are made.
        secrets: The keyring that has, or gets, the key.
        key: 32 bytes in place of a keyring; the caller keeps them. A new store is then made in an empty folder only.
        empty_folder_only: Make a new store in an empty folder only, also with a keyring.
        limits: Waiting times and group sizes.
        steps: The schema's migrations; those of this version of the program if None.

    Raises:
        StoreTrouble: The files can't be used, and were left as they are.
        KeyTrouble: The key can't be had, or is not the right one.
        PlacesUnusable: A folder can't be used.
        ValueError: Both or neither of `secrets` and `key`, or a key of another length.
    """
    if (secrets is None) == (key is None):
        message = "give either a keyring or a key"
        raise ValueError(message)
    if key is not None and len(key) != KEY_BYTES:
        message = "the key must have 32 bytes"
        raise ValueError(message)
    opening = _Opening(places, steps or schema.shipped_steps(), limits or StoreLimits())
    try:
        opener = await opening.run(secrets, key, empty_folder_only=empty_folder_only or key is not None)
        return await opening.hand_over(opener)
    finally:
        opening.end()


@dataclass(frozen=True, slots=True)
class _Sight:
    """What lies in the folder."""

    database: Database
    key_file: KeyFileState
    keys: KeyFile | None = None


class _Opening:
    """One attempt to open: owns a thread for the files, and the process lock until the store takes it over."""

    def __init__(self, places: Places, steps: Sequence[schema.Step], limits: StoreLimits) -> None:
        self._places = places
        self._steps = steps
        self._limits = limits
        self._files = _Files(places)
        self._lock: process_lock.ProcessLock | None = None
        self._give_up = threading.Event()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sottovoce-store-opening")
        self._secret: bytearray | None = None

    async def run(self, secrets: Secrets | None, given: bytes | bytearray | None, *, empty_folder_only: bool) -> Opener:
        """Go through the table until the database is there, whole and up to date."""
        await self._step(self._enter)
        sight = await self._step(self._files.look)
        verdict = BEFORE_KEY[sight.database, sight.key_file]
        if verdict is Action.CLEAR:
            if secrets is not None and sight.keys is not None:
                await secrets.delete(sight.keys.secret_name)
            await self._step(self._files.clear)
            sight = await self._step(self._files.look)
            verdict = BEFORE_KEY[sight.database, sight.key_file]
        if verdict is Action.CREATE:
            if empty_folder_only:
                await self._step(self._files.refuse_strangers)
            return await self._create(secrets, given)
        if verdict is Action.ASK_KEY and sight.keys is not None:
            found, secret = await _key_for(sight.keys, secrets, given)
            verdict = WITH_KEY[sight.key_file, found]
            if secret is not None and isinstance(verdict, Action):
                return await self._open(secret, unfinished=verdict is Action.FINISH)
        if isinstance(verdict, type):
            raise verdict
        raise Bug

    async def _open(self, secret: bytearray, *, unfinished: bool) -> Opener:
        opener = self._opener(secret)
        await self._step(lambda: schema.bring_up_to_date(opener, self._places.backups, self._steps), opening=True)
        if unfinished:
            await self._step(self._files.settle_keys)
        return opener

    async def hand_over(self, opener: Opener) -> EncryptedStore:
        """Give lock and key to a started store."""
        lock, self._lock, self._secret = self._lock, None, None
        if lock is None:
            raise Bug
        store = EncryptedStore(opener, lock, self._limits.group)
        try:
            await store.start()
        except BaseException:
            await finish(store.close())
            raise
        return store

    def end(self) -> None:
        """Free what was not handed over; the thread is idle by now."""
        self._give_up.set()
        self._executor.shutdown(wait=True)
        if self._lock is not None:
            self._lock.release()
        if self._secret is not None:
            wipe(self._secret)

    def _opener(self, secret: bytearray) -> Opener:
        self._secret = secret
        return Opener(self._places.database, secret)

    def _enter(self) -> None:
        self._places.prepare()
        self._lock = process_lock.hold(self._places.lock_file, self._limits.lock_wait_s, self._give_up)

    async def _create(self, secrets: Secrets | None, given: bytes | bytearray | None) -> Opener:
        """Make the home in the order that `states` describes."""
        opener = self._opener(bytearray(given) if given is not None else bytearray(random.token_bytes(KEY_BYTES)))
        keys = KeyFile.for_key(opener.key)
        if secrets is not None:
            await secrets.get(keys.secret_name)  # a keyring that can't be used is told before anything is written
        await self._step(lambda: self._files.announce(keys))
        if secrets is not None:
            await _keep(secrets, keys.secret_name, opener.key)
        try:
            await self._step(lambda: self._files.build(opener, keys, self._steps))
        except BaseException:
            await finish(self._give_back(secrets, keys))
            raise
        return opener

    async def _give_back(self, secrets: Secrets | None, keys: KeyFile) -> None:
        """Take a failed creation back; what can't be is cleared by the next start."""
        sight = await self._step(self._files.look)
        if sight.database is Database.ABSENT:
            with contextlib.suppress(SottovoceError):
                if secrets is not None:
                    await secrets.delete(keys.secret_name)
                await self._step(self._files.clear)

    async def _step(self, run: Callable[[], T], *, opening: bool = False) -> T:
        """Run on the files' thread; if we are cancelled it is waited for, so that nothing goes on behind our back."""
        future = asyncio.get_running_loop().run_in_executor(self._executor, self._guarded, run, opening)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            self._give_up.set()
            await asyncio.wait([future])
            if not future.cancelled():
                future.exception()
            raise

    def _guarded(self, run: Callable[[], T], opening: bool) -> T:  # noqa: FBT001 - run_in_executor passes by position
        trouble = None
        try:
            return run()
        except Exception as error:  # noqa: BLE001 - raised below, without what it refers to
            trouble = told(error, self._places.data, opening=opening)
        raise trouble


@dataclass(frozen=True, slots=True)
class _Files:
    """The home's files and their unfinished forms."""

    places: Places

    @property
    def _making_keys(self) -> Path:
        return self.places.key_file.with_name(f"{self.places.key_file.name}.making")

    @property
    def _making_database(self) -> Path:
        return self.places.database.with_name(f"{self.places.database.name}.making")

    def look(self) -> _Sight:
        """What is there."""
        database = self._database()
        for path, readable in ((self.places.key_file, KeyFileState.OK), (self._making_keys, KeyFileState.MAKING)):
            try:
                return _Sight(database, readable, KeyFile.from_bytes(path.read_bytes()))
            except FileNotFoundError:
                continue
            except KeyFileNewer:
                return _Sight(database, KeyFileState.NEWER)
            except KeyFileUnreadable:
                unfinished = readable is KeyFileState.MAKING and database is Database.ABSENT
                return _Sight(database, KeyFileState.MAKING if unfinished else KeyFileState.DAMAGED)
        return _Sight(database, KeyFileState.ABSENT)

    def _database(self) -> Database:
        try:
            size = self.places.database.stat().st_size
        except FileNotFoundError:
            log = self.places.database.with_name(f"{self.places.database.name}-wal")
            return Database.REMNANT if log.exists() else Database.ABSENT
        return Database.PRESENT if size else Database.EMPTY

    def refuse_strangers(self) -> None:
        """Make sure that a new store is made in a folder holding nothing but ours."""
        own = {
            path.name
            for path in (*self.places.folders, self.places.lock_file, self.places.settings_file, self.places.socket)
        }
        if any(entry.name not in own for entry in self.places.data.iterdir()):
            raise PlacesUnusable(
                f"The folder {self.places.data} holds other files, and no store.",
                "Name an empty folder, or the one that holds sottovoce.db.",
            )

    def announce(self, keys: KeyFile) -> None:
        """Say durably that a home is being made, and under which key."""
        write_durably(self._making_keys, keys.to_bytes())

    def build(self, opener: Opener, keys: KeyFile, steps: Sequence[schema.Step]) -> None:
        """Make the database whole, give it its name, then the key file its own."""
        schema.build(opener, self._making_database, keys.database, steps)
        if self._database() is not Database.ABSENT:
            raise StoreUnreadable
        self._making_database.rename(self.places.database)
        sync_folder(self.places.data)
        self.settle_keys()

    def settle_keys(self) -> None:
        """The last step: the home is made."""
        self._making_keys.rename(self.places.key_file)
        sync_folder(self.places.data)

    def clear(self) -> None:
        """Remove an unfinished home; only files under unfinished names are touched."""
        if self._database() is Database.ABSENT:
            schema.discard(self._making_database)
            self._making_keys.unlink(missing_ok=True)
            sync_folder(self.places.data)


async def _key_for(
    keys: KeyFile, secrets: Secrets | None, given: bytes | bytearray | None
) -> tuple[Key, bytearray | None]:
    """The key for that key file, if the caller or the keyring has it."""
    if given is not None:
        secret = bytearray(given)
    elif secrets is not None:
        kept = await secrets.get(keys.secret_name)
        if kept is None:
            return Key.MISSING, None
        secret = bytearray()
        with contextlib.suppress(ValueError):
            secret = bytearray.fromhex(kept)
    else:
        return Key.MISSING, None
    if len(secret) == KEY_BYTES and keys.fits(secret):
        return Key.FOUND, secret
    wipe(secret)
    return Key.WRONG, None


async def _keep(secrets: Secrets, name: str, key: bytearray) -> None:
    """Put the key into the keyring and see that it is there: some backends accept and discard."""
    await secrets.set(name, key.hex())
    kept = await secrets.get(name)
    if kept is None or not hmac.compare_digest(kept, key.hex()):
        raise KeyringFailed

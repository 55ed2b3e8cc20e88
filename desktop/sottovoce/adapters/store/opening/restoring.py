"""A home from a backup: on this machine or a new one, with the keyring's key, the recovery code or the passphrase."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import secrets as random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters import process_lock
from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.backups.carried import drop_files, unpack_files
from sottovoce.adapters.store.backups.file import read_header, unpack
from sottovoce.adapters.store.backups.one_backup import examine
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.copying import copy_under, counts, prove
from sottovoce.adapters.store.folder.restore_files import RestoreFiles, free_aside
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.keys.at_hand import key_at_hand
from sottovoce.adapters.store.keys.unlocking import by_code, by_passphrase, given_or_kept, keep, sealed_under_passphrase
from sottovoce.adapters.store.opening.predecessor import Predecessor, begin_erasing, has_log
from sottovoce.adapters.store.sealed.home_mark import home_mark
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, KeyFileNewer, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.adapters.store.sealed.sealing import USUAL
from sottovoce.domain.errors import (
    BackupDamaged,
    BackupLocked,
    BackupTooNew,
    KeyTrouble,
    NotABackup,
)
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.backups.carried import Carried
    from sottovoce.adapters.store.backups.file import Header
    from sottovoce.adapters.store.backups.one_backup import Examined
    from sottovoce.adapters.store.engine.care_thread import GoOn
    from sottovoce.adapters.store.engine.copying import Counts
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.adapters.store.sealed.sealing import Argon2Cost
    from sottovoce.memory.ports import Asker, Secrets


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What may open a backup; the first that is given and works does."""

    secrets: Secrets | None = None
    """The keyring; the restored home's key is put there."""
    key: bytes | None = None
    """The data key of the home it was made in, in place of a keyring; the caller keeps it."""
    asker: Asker | None = None
    """Is asked for the passphrase, and for a new one where no keyring takes the key."""
    recovery_code: str | None = None
    """As it was typed."""
    cost: Argon2Cost = USUAL
    """Of a guess at a new passphrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    created: float
    """When the backup was made, seconds since 1970-01-01 UTC."""
    counts: Counts
    aside: Path | None
    """Folder with the files of the home as it was before; None if there were none."""
    carried: Carried | None = None
    """The user's own files; None if they could not be written."""
    again: tuple[float, ...] = ()
    """When what is here again had been erased or forgotten here, seconds since 1970-01-01 UTC, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a restore would lay aside."""

    changed: float
    """When it was last written, seconds since 1970-01-01 UTC."""
    counts: Counts | None
    """None if no key at hand opens it, or its last session was cut off (which the next start puts right)."""
    again: tuple[float, ...] = ()
    """As `Restored.again`; of a backup that the key here does not open, whatever was erased since it was made."""


async def look_before(
    places: Places, path: Path, ways: Ways, *, lock_wait_s: float = 0.0
) -> tuple[Header, Present | None]:
    """What would come, and what would go; nothing is changed.

    Returns:
        The backup's header, and the present store if there is one.

    Raises:
        NotABackup, BackupDamaged, BackupTooNew: The file can't be used.
        StoreInUse: Somebody has the home open.
    """
    places.prepare()
    thread = CareThread(places.data)
    restoring = _Restoring(places, path, ways, thread, schema.shipped_steps())
    try:
        return await restoring.look_before(lock_wait_s)
    finally:
        await finish(restoring.end())
        await finish(thread.close())


async def restore_backup(
    places: Places,
    path: Path,
    ways: Ways,
    now: datetime,
    *,
    lock_wait_s: float = 0.0,
    steps: Sequence[schema.Migration] | None = None,
) -> Restored:
    """Put a backup into the place of a home's store, or into an empty home.

    Nothing of the present store is touched before the new one is proven; then it is laid aside, not removed. If the
    backup is of this very home and its present key is at hand, the restored store has that key; else the key, recovery
    code and passphrase that were in use when the backup was made.

    Args:
        places: The home; nobody has it open.
        path: The backup.
        ways: What may open it.
        now: The wall clock, for the name of what is laid aside.
        lock_wait_s: Seconds to wait for a process that is just ending.
        steps: The schema's migrations; those of this version of the program if None.

    Raises:
        NotABackup, BackupDamaged, BackupTooNew: The file can't be used.
        BackupLocked, KeyTrouble: What was given does not open it, or nothing could keep the restored home's key.
        StoreInUse: Somebody has the home open.
        StoreTrouble: It could not be written.
    """
    places.prepare()
    thread = CareThread(places.data)
    restoring = _Restoring(places, path, ways, thread, steps or schema.shipped_steps())
    try:
        return await restoring.run(now, lock_wait_s)
    finally:
        await finish(restoring.end())
        await finish(thread.close())


class _Restoring:
    """One restore: owns the process lock and the keys until it ends."""

    def __init__(
        self, places: Places, path: Path, ways: Ways, thread: CareThread, steps: Sequence[schema.Migration]
    ) -> None:
        self._places = places
        self._path = path
        self._ways = ways
        self._thread = thread
        self._steps = steps
        self._files = RestoreFiles(places)
        self._lock: process_lock.ProcessLock | None = None
        self._held: list[bytearray] = []
        self._again: tuple[float, ...] = ()

    async def run(self, now: datetime, lock_wait_s: float) -> Restored:
        await self._thread.run(lambda _: self._enter(lock_wait_s))
        header = await self._thread.run(lambda _: self._header())
        then = await self._data_key(header.keys)
        backup_key = header.unseal(then)
        if backup_key is None:
            raise BackupDamaged
        self._held.append(backup_key)
        keys, data_key = await self._keys_from_now_on(header.keys, then)
        keys = await self._thread.run(lambda go_on: self._build(header, backup_key, keys, data_key, go_on))
        await self._keep(keys, data_key)
        # From here on it goes to its end: the old home or the new one, and nothing between.
        aside = await finish(self._thread.run(lambda _: self._files.decide(free_aside(self._places, now))))
        carried = await finish(self._thread.run(lambda _: self._carry(backup_key)))
        return Restored(
            created=header.content.created,
            counts=header.content.counts,
            aside=aside,
            carried=carried,
            again=self._again,
        )

    def _carry(self, backup_key: bytearray) -> Carried | None:
        try:
            return unpack_files(ConnectionOpener(self._files.body, backup_key), self._places.knowledge)
        except (sqlite.Error, OSError) as error:  # the store is in its place, and the backup still has them
            log.warning("the user's files were not all taken from the backup: %s", type(error).__name__)
            return None

    async def look_before(self, lock_wait_s: float) -> tuple[Header, Present | None]:
        """See the function of that name."""
        await self._thread.run(lambda _: self._enter(lock_wait_s))
        header = await self._thread.run(lambda _: self._header())
        if not self._places.database.exists():
            return header, None
        key = await self._present_key()
        present = await self._thread.run(lambda _: self._present(key))
        if key is None:
            return header, present
        again = await self._thread.run(lambda go_on: self._would_return(header, key, go_on))
        return header, dataclasses.replace(present, again=again)

    def _would_return(self, header: Header, key: bytearray, go_on: GoOn) -> tuple[float, ...]:
        """When what the backup holds again was erased here; only one of before needs to be looked into."""
        before = self._before(key)
        since = before.erased_since(header.content.created) if before is not None else ()
        backup_key = header.unseal(key) if since else None
        if before is None or backup_key is None:
            return since
        self._held.append(backup_key)
        unpack(self._path, header, self._files.body, go_on)
        with contextlib.closing(ConnectionOpener(self._files.body, backup_key).keyed()) as connection:
            schema.apply(connection, self._steps)
            begin_erasing(connection)
            return before.into(connection)  # never committed

    async def _present_key(self) -> bytearray | None:
        """What opens the present store, by the ways at hand; forgotten by `end`."""
        ways, key = self._ways, None
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable, KeyTrouble):
            keys = read_key_file(self._places)
            found, key = await given_or_kept(keys, ways.secrets, None if ways.secrets else ways.key)
            if key is None and ways.recovery_code is not None and SlotKind.RECOVERY in keys.ways:
                with contextlib.suppress(KeyTrouble):
                    key = await by_code(keys, ways.recovery_code, lambda run: self._thread.run(lambda _: run()))
            key = key or await self._by_passphrase(keys, found)
        if key is not None:
            self._held.append(key)
        return key

    def _present(self, key: bytearray | None) -> Present:
        database = self._places.database
        log = database.with_name(f"{database.name}-wal")
        changed = max(file.stat().st_mtime for file in (database, log) if file.exists())
        if key is None or has_log(database):
            return Present(changed=changed, counts=None)
        try:
            # Any other way would make files beside it, and empty a log that the next start wants to see.
            with contextlib.closing(ConnectionOpener(database, key).keyed(mode="ro&immutable=1")) as connection:
                return Present(changed=changed, counts=counts(connection)[1])
        except sqlite.Error:
            return Present(changed=changed, counts=None)

    async def open(self) -> bytearray:
        """The data key of the backup; forgotten by `end`."""
        header = await self._thread.run(lambda _: self._header())
        return await self._data_key(header.keys)

    def present_database(self) -> str | None:
        """Id of this home's database; None if there is none that can be read."""
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
            return read_key_file(self._places).database
        return None

    async def end(self) -> None:
        """Drop what was not decided; give the lock back; forget the keys."""
        if self._lock is not None:
            with contextlib.suppress(Exception):  # the next start does it
                await self._thread.run(lambda _: self._files.settle())
            self._lock.release()
        for key in self._held:
            wipe(key)

    def _enter(self, lock_wait_s: float) -> None:
        self._lock = process_lock.hold(self._places.lock_file, lock_wait_s)
        self._files.settle()

    def _header(self) -> Header:
        if not self._path.is_file():
            raise NotABackup(said("error-backup-not-there", path=self._path))
        header = read_header(self._path)
        if header.content.schema > self._steps[-1].version:
            raise BackupTooNew
        return header

    async def _data_key(self, keys: KeyFile) -> bytearray:
        """The data key that was in use when the backup was made."""
        ways = self._ways
        if ways.recovery_code is not None:
            key = await by_code(keys, ways.recovery_code, lambda run: self._thread.run(lambda _: run()))
        else:
            found, kept = await key_at_hand(
                keys,
                self._places,
                None if ways.key else ways.secrets,
                ways.key,
                lambda run: self._thread.run(lambda _: run()),
            )
            passphrase = None if kept else await self._by_passphrase(keys, found)
            key = kept or passphrase or bytearray()
        if not key:
            raise BackupLocked
        self._held.append(key)
        return key

    async def _by_passphrase(self, keys: KeyFile, found: Key) -> bytearray | None:
        if keys.slot(SlotKind.PASSPHRASE) is None or found is Key.FOUND:
            return None
        return await by_passphrase(keys, found, self._ways.asker, lambda run: self._thread.run(lambda _: run()))

    async def _keys_from_now_on(self, then: KeyFile, data_key: bytearray) -> tuple[KeyFile, bytearray]:
        """Those of this home if it is the one the backup was made in and its key is at hand; else those of then.

        Another home's, or a backup put into an empty folder, gets an id and a key of its own, which opens by the code
        and the passphrase of then: the home that the backup was made in goes on beside it with the key it has.
        """
        present = None
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
            present = read_key_file(self._places)
        then = dataclasses.replace(then, former=None)
        if present is not None and present.database == then.database:
            key = None
            if present.generation > then.generation or present.home != then.home:
                key = await self._present_key()
            if key is not None:
                return dataclasses.replace(present, former=None), key
            if present.check == then.check:
                return dataclasses.replace(present, former=None), data_key  # slots made since then
        return await self._own_keys(present, then, data_key)

    async def _own_keys(self, present: KeyFile | None, then: KeyFile, data_key: bytearray) -> tuple[KeyFile, bytearray]:
        here = await self._thread.run(lambda _: home_mark(self._places))
        known = present or (then if self._path.parent == self._places.backups else None)  # its own, without a key file
        same = known is not None and (known.database, known.home) == (then.database, then.home)
        if self._ways.secrets is None or (same and known is not None and known.mark and known.mark.is_of(here)):
            return dataclasses.replace(then, mark=known.mark if known else None), data_key
        key = bytearray(random.token_bytes(KEY_BYTES))
        self._held.append(key)
        following = then.for_copy(key, data_key, here, tuple(SlotKind))
        return dataclasses.replace(following, former=None, retired=None), key

    def _build(self, header: Header, backup_key: bytearray, keys: KeyFile, data_key: bytearray, go_on: GoOn) -> KeyFile:
        """The restored database and its key file beside the present ones, proven and on the disk."""
        unpack(self._path, header, self._files.body, go_on)
        body = ConnectionOpener(self._files.body, backup_key)
        prove(body)
        restored = ConnectionOpener(self._files.database, data_key)
        copy_under(body, restored.path, data_key, go_on)  # the body stays for the user's files
        drop_files(restored)
        with contextlib.closing(restored.keyed()) as connection:
            if counts(connection) != (header.content.schema, header.content.counts):
                raise BackupDamaged
            schema.apply(connection, self._steps)
            begin_erasing(connection)
            if (before := self._before(data_key)) is not None:
                if before.clock is not None:
                    rows.clock.take_over(connection, before.clock)
                self._again = before.into(connection)
            if keys.check != header.keys.check and keys.home != header.keys.home:
                rows.audit.add(connection, AuditEvent.KEY_OWN, {}, time.time())
            ended = rows.powers.end_powers(connection, time.time())
            detail = {
                "messages": header.content.counts.messages,
                "erased_again": len(self._again),
                "powers_ended": ended,
            }
            head = rows.audit.add(connection, AuditEvent.BACKUP_RESTORED, detail, time.time())
            rows.sittings.note_restored(connection)
            connection.execute("COMMIT")
        prove(restored, thoroughly=True)
        schema.sync_file(restored.path)
        keys = dataclasses.replace(keys, anchor=head, seen=None)
        self._write_keys(keys)
        return keys

    def _before(self, data_key: bytearray) -> Predecessor | None:
        """What the store that makes way knows, if its key is the same."""
        database = self._places.database
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable, sqlite.Error):
            if read_key_file(self._places).fits(data_key):
                mode = "ro" if has_log(database) else "ro&immutable=1"  # nothing new beside it, its log as it is
                with contextlib.closing(ConnectionOpener(database, bytearray(data_key)).keyed(mode=mode)) as connection:
                    return Predecessor.of(connection)
        return None

    def _write_keys(self, keys: KeyFile) -> None:
        write_durably(self._files.keys, keys.to_bytes())

    async def _keep(self, keys: KeyFile, data_key: bytearray) -> None:
        """See that the next start finds the key.

        Raises:
            KeyTrouble: Nothing could hold it; the home is as it was.
        """
        ways, trouble = self._ways, None
        if ways.secrets is None:
            return
        try:
            await keep(ways.secrets, keys.secret_name, data_key)
        except KeyTrouble as error:
            trouble = error
        if trouble is None or keys.slot(SlotKind.PASSPHRASE) is not None:
            return
        passphrase = await ways.asker.new_passphrase(trouble) if ways.asker else None
        if passphrase is None:
            raise type(trouble)(remedy=said("error-way-new-passphrase"))
        await self._thread.run(lambda _: self._set_passphrase(keys, data_key, passphrase))

    def _set_passphrase(self, keys: KeyFile, data_key: bytearray, passphrase: str) -> None:
        sealed = sealed_under_passphrase(keys, data_key, passphrase, self._ways.cost)
        restored = ConnectionOpener(self._files.database, data_key)
        with contextlib.closing(restored.keyed()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            head = rows.audit.add(connection, AuditEvent.KEY_PASSPHRASE, {"set": True}, time.time())
            connection.execute("COMMIT")
        schema.sync_file(restored.path)
        self._write_keys(dataclasses.replace(sealed, anchor=head))


async def examine_backup(places: Places, path: Path, ways: Ways | None) -> Examined:
    """Look at a backup without this home being open; nothing is opened or locked.

    Without somebody who is asked or a recovery code it is looked at as closely as a restore's own ways allow.

    Raises:
        NotABackup, BackupDamaged, BackupTooNew: It can't be used.
        BackupLocked, KeyTrouble: What was given does not open it.
    """
    places.prepare()
    thread = CareThread(places.data)
    restoring = _Restoring(places, path, ways or Ways(), thread, schema.shipped_steps())
    try:
        try:
            key = await restoring.open() if ways else None
        except BackupLocked:
            if ways is None or ways.asker is not None:
                raise
            key = None  # nobody typed anything: it is looked at without
        own = await thread.run(lambda _: restoring.present_database())
        return await thread.run(lambda go_on: examine(path, key, places, go_on, own=own))
    finally:
        await finish(restoring.end())
        await finish(thread.close())

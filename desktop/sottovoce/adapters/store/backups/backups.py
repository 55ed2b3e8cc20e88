"""Backups of an open store: made while it is used, looked at, rotated."""

from __future__ import annotations

import contextlib
import logging
import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.backups.carried import usual
from sottovoce.adapters.store.backups.file import read_header, reseal
from sottovoce.adapters.store.backups.one_backup import Backup, Examined, examine, header_of, present_keys, write_backup
from sottovoce.adapters.store.backups.own_files import (
    BEFORE_SCHEMA,
    BEFORE_SCHEMA_DAYS,
    MAKING_SUFFIX,
    aged,
    backup_files,
    clear_unfinished,
    own_backups,
    refuse_unreachable,
    remove,
)
from sottovoce.adapters.store.engine.clock import StoreClock
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.copying import copy_under, state
from sottovoce.adapters.store.engine.failures import poisons
from sottovoce.adapters.store.keys.at_hand import key_at_hand
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.backups import USUAL_ROTATION, backup_name, is_due, surplus
from sottovoce.domain.errors import (
    BackupTrouble,
    StoreTrouble,
)
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.domain.backups import Rotation
    from sottovoce.domain.clock import ClockLedger
    from sottovoce.memory.ports import Secrets

log = logging.getLogger(__name__)


class StoreBackups:
    """The backups of one open store."""

    def __init__(
        self,
        places: Places,
        store: EncryptedStore,
        thread: CareThread,
        clock: Callable[[], datetime],
        rotation: Rotation = USUAL_ROTATION,
    ) -> None:
        """Prepare.

        Args:
            places: The store's home.
            store: Open.
            thread: Where the work is done.
            clock: The wall clock, with its zone.
            rotation: How many local backups are kept.
        """
        self._watch = StoreClock(store, clock)
        self._places = places
        self._store = store
        self._thread = thread
        self._clock = clock
        self._rotation = rotation
        self.keyring: Callable[[], Secrets] | None = None
        """Opens the keyring, which may have the key of a backup of another home."""

    async def create(self, target: Path | None = None, *, knowledge: bool | None = None) -> Backup:
        """Make a backup, consistent in itself, while the store is used.

        Args:
            target: A folder that is there, or the file to make; the home's own folder of backups if None.
            knowledge: Whether the user's own files are taken along; if they are few, where it is None.

        Raises:
            BackupTrouble, StoreTrouble: It could not be made; nothing of it is left.
        """
        async with self._thread.one:
            made = await self._thread.run(
                lambda go_on: self._create(self._free(target), go_on, knowledge=knowledge), then=self._note_made
            )
        if target is None:
            await self._drop_double(made)
        return made

    async def _note_made(self, made: Backup) -> None:
        if made.path.parent == self._places.backups:
            await self._watch.look(lambda ledger: ledger.with_backup(made.path.name))
        await self._store.audit(AuditEvent.BACKUP_CREATED, {"messages": made.header.content.counts.messages})

    async def _remove(self, files: Sequence[Path]) -> None:
        async with self._thread.one:
            await self._thread.run(lambda _: remove(files), then=lambda _: self._note_removed(files))

    async def _note_removed(self, files: Collection[Path]) -> None:
        if files:
            await self._store.audit(AuditEvent.BACKUP_REMOVED, {"files": len(files)})

    async def _drop_double(self, made: Backup) -> None:
        """Remove the backup that was made by itself today, if that one holds just the same."""
        daily = await self._store.in_one_go(rows.clock.daily_backup)
        double = next((one for one in await self.present() if one.path.name == daily), None)
        if double is None or double.path == made.path:
            return
        here, there = made.header.content, double.header.content
        same_day = self._local(here.created).date() == self._local(there.created).date()
        if same_day and here.state == there.state:
            # Its name may be another's from now on.
            await self._store.in_one_go(lambda connection: rows.clock.note_daily_backup(connection, ""))
            await self._remove([double.path])

    async def create_if_due(self) -> Backup | None:
        """Today's backup of the home's own, if there is none yet and anything has changed; then what is surplus goes.

        Raises:
            BackupTrouble, StoreTrouble: It could not be made; then nothing goes either.
        """
        made = None
        if (await self.due())[0]:
            made = await self.create(knowledge=False)
            name = made.path.name
            await self._store.in_one_go(lambda connection: rows.clock.note_daily_backup(connection, name))
        await self.rotate()
        return made

    async def due(self) -> tuple[bool, float | None]:
        """Whether a backup is due today, and when the last one was made (seconds since 1970-01-01 UTC), if ever.

        Raises:
            StoreTrouble: The store can't be read.
        """
        newest = next(iter(await self.present()), None)
        if newest is None:
            return True, None
        created = newest.header.content.created
        if not is_due([self._local(created).replace(microsecond=0)], self._wall_clock()):
            return False, created
        return await self._thread.run(lambda _: self._state()) != newest.header.content.state, created

    def is_own(self, target: Path | None) -> bool:
        """Whether `create` would put it into the home's own folder of backups, whatever way leads there."""
        own = self._places.backups.resolve()
        return target is None or own in (target.resolve(), *target.resolve().parents)

    async def present(self) -> tuple[Backup, ...]:
        """The home's own backups of this database that can be read: the one made last, then by their dates."""
        last = ""
        with contextlib.suppress(StoreTrouble):  # a store that can't be written can still be looked at
            last = (await self._watch.look()).newest_backup
        found = await self._thread.run(lambda _: self._own())
        return tuple(sorted(found, key=lambda backup: backup.path.name != last))

    async def rotate(self) -> tuple[Path, ...]:
        """Remove the local backups that the rotation does not keep, and old copies made before an update; returns them.

        Dates that a wrong clock gave count for nothing, and the backup made last always stays.
        """
        ledger = await self._watch.look()
        async with self._thread.one:
            gone = await self._thread.run(lambda _: self._rotate(ledger), then=self._note_removed)
        return (*gone, *await self.rotate_copies())

    async def before_upgrades(self) -> tuple[tuple[Path, float, int], ...]:
        """Copies that were made before an upgrade, with when and how many bytes, the newest first."""
        return await self._thread.run(lambda _: aged(self._places.backups.glob(BEFORE_SCHEMA)))

    async def rotate_copies(self) -> tuple[Path, ...]:
        """Remove copies made before an update that have been kept for `BEFORE_SCHEMA_DAYS`; returns them."""
        copies = await self._thread.run(lambda _: [path.name for path in self._places.backups.glob(BEFORE_SCHEMA)])
        old = await self._watch.kept_for(copies, BEFORE_SCHEMA_DAYS, "before-schema-")
        gone = [self._places.backups / name for name in sorted(old)]
        if gone:
            await self._remove(gone)
        return tuple(gone)

    async def verify(self, path: Path) -> Examined:
        """Look at a backup with what opens it without typing, as `restore_backup` would.

        Raises:
            NotABackup, BackupDamaged, BackupTooNew: It can't be used.
            StoreTrouble: It can't be read.
        """
        async with self._thread.one:
            key = await self._key_of(path)
            try:
                return await self._thread.run(lambda go_on: self._verify(path, key, go_on))
            finally:
                if key is not None:
                    wipe(key)

    async def _key_of(self, path: Path) -> bytearray | None:
        sought = (await self._thread.run(lambda _: header_of(path))).keys

        async def at_hand(secrets: Secrets | None) -> bytearray | None:
            given = self._store.opener.key
            _, key = await key_at_hand(
                sought, self._places, secrets, given, lambda run: self._thread.run(lambda _: run())
            )
            return key

        key = await at_hand(None)
        if key is not None or self.keyring is None:
            return key
        secrets = self.keyring()
        try:
            return await at_hand(secrets)
        finally:
            await finish(secrets.close())

    @property
    def alone(self) -> asyncio.Lock:
        """Held while the store's long work must wait: nothing then opens the database on its own."""
        return self._thread.one

    async def reseal(self, *formers: bytes | bytearray) -> tuple[int, int]:
        """Seal the home's own backups under the present data key in place of the former ones.

        Also those under the present one whose headers offer other ways to it than the key file does: what has ended
        there must not open a backup, nor by its header the store.

        Returns:
            How many were resealed, and how many copies made before an update were removed, as they could not be.

        Raises:
            BackupTrouble: Some could not be written; they open with a former key, and it can be tried again.
        """
        async with self._thread.one:
            return await self._thread.run(lambda _: self._reseal(formers))

    def _wall_clock(self) -> datetime:
        return self._clock().replace(tzinfo=None, microsecond=0)

    def _free(self, target: Path | None) -> Path:
        """A path for a new backup where nothing is."""
        folder = target or self._places.backups
        if target is not None and not target.is_dir():
            if target.exists():
                raise BackupTrouble(said("error-backup-name-taken", path=target))
            return target
        made = self._wall_clock()
        while (path := folder / backup_name(made)).exists():
            made += timedelta(seconds=1)
        return path

    def _create(self, path: Path, go_on: GoOn, *, knowledge: bool | None) -> Backup:
        if path.parent in {self._places.backups, self._places.backups_entry}:
            refuse_unreachable(self._places)
            make_private_folder(path.parent)
            clear_unfinished(path.parent)
        keys, data_key = present_keys(self._places, self._store.opener)
        try:
            folder = self._places.knowledge
            carry = (usual(folder) if knowledge is None else knowledge) or None
            made = write_backup(self._store.opener, path, keys, data_key, self._watch.now, go_on, carry and folder)
        finally:
            wipe(data_key)
        return Backup(path=path, header=made.header, carried=made.carried)

    def _state(self) -> str:
        with contextlib.closing(self._store.opener.reader()) as connection:
            return state(connection)

    def _own(self) -> list[Backup]:
        database = read_key_file(self._places).database
        found = []
        for path in own_backups(self._places):
            with contextlib.suppress(OSError, BackupTrouble):
                backup = Backup(path=path, header=read_header(path))
                if backup.header.keys.database == database:
                    found.append(backup)
        return found

    def _rotate(self, ledger: ClockLedger) -> tuple[Path, ...]:
        dated: dict[datetime, Path] = {}
        doubted: dict[datetime, Path] = {}
        for backup in self._own():
            created = backup.header.content.created
            made = ledger.backup_made(backup.path.name, created)
            group, moment = (doubted, self._local(created)) if made is None else (dated, self._local(made))
            while moment in group:
                moment += timedelta(microseconds=1)
            group[moment] = backup.path
        limit = self._local(max(ledger.believed, self._watch.now)) + timedelta(days=1)
        gone = [group[moment] for group in (dated, doubted) for moment in surplus(group, self._rotation, apart={limit})]
        gone = [path for path in gone if path.name != ledger.newest_backup]
        remove(gone)
        return tuple(sorted(gone))

    def _local(self, seconds: float) -> datetime:
        """By the wall clock as it is set now: one offset for all, so that no summer time shifts them."""
        return datetime.fromtimestamp(seconds, self._clock().tzinfo).replace(tzinfo=None)

    def _verify(self, path: Path, key: bytearray | None, go_on: GoOn) -> Examined:
        return examine(path, key, self._places, go_on, own=read_key_file(self._places).database)

    def _reseal(self, formers: Sequence[bytes | bytearray]) -> tuple[int, int]:
        refuse_unreachable(self._places)
        keys, data_key = present_keys(self._places, self._store.opener)
        done, left = 0, []
        try:
            for path in backup_files(self._places):
                try:
                    done += _reseal_one(path, formers, keys, data_key)
                except BackupTrouble as trouble:
                    log.warning("a backup was not sealed anew: %s", trouble.code)
                except OSError:
                    left.append(path.name)
        finally:
            wipe(data_key)
        removed = 0
        for copy in self._places.backups.glob(BEFORE_SCHEMA) if formers else ():
            try:
                removed += not _copy_anew(copy, formers, self._store.opener)
            except OSError:
                left.append(copy.name)
        if left:
            folder = self._places.backups
            raise BackupTrouble(said("error-backup-not-sealed", count=len(left), first=left[0], folder=folder))
        return done, removed


def _reseal_one(path: Path, formers: Sequence[bytes | bytearray], keys: KeyFile, data_key: bytearray) -> bool:
    if any(reseal(path, former, keys, data_key) for former in formers):
        return True
    return not read_header(path).keys.same_ways(keys) and reseal(path, data_key, keys, data_key)


def _copy_anew(copy: Path, formers: Sequence[bytes | bytearray], present: ConnectionOpener) -> bool:
    """Put a copy made before an update under the present key; False if it was under no former one, and removed.

    Raises:
        OSError: It could not be written.
    """
    anew = copy.with_suffix(MAKING_SUFFIX)
    with contextlib.suppress(sqlite.Error), contextlib.closing(ConnectionOpener(copy, present.key).keyed(mode="ro")):
        return True  # done before a crash
    for former in formers:
        try:
            copy_under(ConnectionOpener(copy, bytearray(former)), anew, present.key, lambda: None)
        except sqlite.Error as error:
            if poisons(error):
                continue
            raise OSError from error
        times = copy.stat()
        os.utime(anew, ns=(times.st_atime_ns, times.st_mtime_ns))  # its age is that of what it holds
        anew.replace(copy)
        sync_folder(copy.parent)
        return True
    copy.unlink()
    return False

"""Erasing: from the rows, then from every page of the file, then from every backup and what restores laid aside.

The rows go in one transaction, which also notes in `meta` what is left to do. `secure_delete` has overwritten them by
then, and no page of our tests held any of it; but SQLite does not promise it for the copies that splitting a page
leaves in its unused middle. So the whole file is written anew, and the new one takes the old one's place. A backup that
holds any of it is written anew without it, under a new key; the key it had is gone with its header. The note goes last:
what a crash cut off, `resume` does.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.store import rows_erase, rows_memories, schema
from sottovoce.adapters.store.aside_erasing import FromAside, erase_aside, other_keys
from sottovoce.adapters.store.backup_copy import rewrite
from sottovoce.adapters.store.backup_file import read_header, unpack
from sottovoce.adapters.store.backups import (
    BEFORE_SCHEMA,
    BODY_SUFFIX,
    clear_unfinished,
    own_backups,
    present_keys,
    refuse_unreachable,
    write_backup,
)
from sottovoce.adapters.store.connection import Opener, wipe
from sottovoce.adapters.store.restore_files import laid_aside
from sottovoce.adapters.store.session_mark import SessionMark
from sottovoce.domain.erasing import Erased, ErasedEverywhere, Erasure, Scope, outdated
from sottovoce.domain.errors import BackupTrouble, StoreUnreadable
from sottovoce.domain.records import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.care_thread import CareThread
    from sottovoce.adapters.store.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.key_file import KeyFile
    from sottovoce.memory.ports import Secrets

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Backups:
    """What became of the backups."""

    rewritten: int = 0
    copies: int = 0
    """Copies made before an update: removed unseen."""
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class _OfAnotherHome(BackupTrouble):
    """Nothing of this home is in it, as far as can be told."""


def _to_the_end() -> None:
    """An erasure is not ended early."""


class StoreErasing:
    """Erases from one open store and its backups."""

    def __init__(self, places: Places, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` does the work."""
        self._places = places
        self._store = store
        self._thread = thread
        self.keyring: Callable[[], Secrets] | None = None
        """Opens the keyring, which may have the key of what a restore laid aside; None where there is none to ask."""

    async def erase(self, erasure: Erasure) -> ErasedEverywhere:
        """Erase it everywhere; calls of the store wait until its file is written anew.

        Raises:
            StoreTrouble: It is not all done (a full disk, a damaged file): what is left is done by `resume`.
        """
        async with self._thread.one:
            return await self._erase(await self._thread.run(lambda _: self._spelt_out(erasure)))

    async def retain(self, now: float, days: int, *, most: int | None = None) -> ErasedEverywhere | None:
        """Erase messages older than `days` days before `now`; None if there are none (or 0 days: everything is kept).

        A clock in doubt makes nothing older than it was when the clock was last believed (`domain.clock`).

        Args:
            now: Seconds since 1970-01-01 UTC.
            days: How long messages are kept.
            most: Erase about so many, the oldest, from the rows alone; what is left to do `resume` does.

        Raises:
            StoreTrouble: As `erase`.
        """
        ledger = await self._store.clock(now)
        erasure = outdated(ledger.sure(now), days, ledger.misdated)
        if erasure is None:
            return None
        async with self._thread.one:
            if not await self._outdates_any(erasure):
                return None
            return await self._erase((erasure,)) if most is None else await self._erase_rows(erasure, most)

    async def _erase_rows(self, erasure: Erasure, most: int) -> ErasedEverywhere:
        erased = await self._store.erase_outdated(erasure, most)
        await self._store.audit(
            AuditEvent.RETENTION, {"what": erasure.scope.value, "messages": erased.messages, "backups": 0}
        )
        return ErasedEverywhere(erased=erased)

    async def is_held_back(self, now: float, days: int) -> bool:
        """Whether something would be erased at `now` if the clock were believed.

        Raises:
            StoreTrouble: It can't be read.
        """
        ledger = await self._store.clock(now)
        erasure = outdated(now, days, ledger.misdated)
        return bool(erasure and ledger.sure(now) < now and await self._outdates_any(erasure))

    async def _outdates_any(self, erasure: Erasure) -> bool:
        def look() -> bool:
            with contextlib.closing(self._store.opener.reader()) as connection:
                return rows_erase.outdates_any(connection, erasure)

        return await self._thread.run(lambda _: look())

    async def resume(self, *, memories_too: bool = True) -> ErasedEverywhere | None:
        """Do what an earlier erasure could not finish; None if there is nothing.

        Args:
            memories_too: Also where only forgotten memories and old messages wait, whose rows are gone: that can wait
                for a quiet time.

        Raises:
            StoreTrouble: As `erase`.
        """
        async with self._thread.one:
            waiting = await self._thread.run(lambda _: self._unfinished())
            if not memories_too and all(erasure.scope in {Scope.MEMORY, Scope.BEFORE} for erasure in waiting):
                return None
            return await self._erase(waiting) if waiting else None

    async def _erase(self, erasures: Sequence[Erasure]) -> ErasedEverywhere:
        done: list[Erased] = []

        async def exchanged() -> Opener:
            done.append(await self._thread.run(lambda _: self._from_store(erasures)))
            return self._store.opener

        await self._store.exchange(exchanged)
        aside = await self._from_aside(erasures)
        backups = await self._thread.run(lambda _: self._from_backups(erasures))
        removed = backups.copies + len(backups.removed)
        event = AuditEvent.RETENTION if erasures[0].scope is Scope.BEFORE else AuditEvent.ERASED
        await self._store.audit(
            event,
            {
                "what": erasures[0].scope.value,
                "messages": done[0].messages,
                "backups": backups.rewritten + removed,
                "replaced": aside.rewritten,
                "replaced_left": len(aside.left),
            },
        )
        await self._store.forget_unfinished_erasing()
        return ErasedEverywhere(
            erased=done[0],
            backups_rewritten=backups.rewritten,
            backups_removed=removed,
            removed=tuple(backups.removed),
            left=tuple(backups.left),
            aside_rewritten=aside.rewritten,
            aside_left=tuple(aside.left),
        )

    async def _from_aside(self, erasures: Sequence[Erasure]) -> FromAside:
        """From what restores laid aside, which is kept for its days."""
        if not await self._thread.run(lambda _: laid_aside(self._places)):
            return FromAside()
        present = bytearray(self._store.opener.key)
        others = await other_keys(self._places, present, self.keyring() if self.keyring else None)
        try:
            return await self._thread.run(
                lambda _: erase_aside(
                    self._places, present, others, lambda connection: _delete(connection, erasures, note=False)
                )
            )
        finally:
            for key in (present, *others.values()):
                wipe(key)

    def _spelt_out(self, erasure: Erasure) -> tuple[Erasure, ...]:
        """A memory with its chain, each by itself: an older backup may hold only the beginning of it."""
        if erasure.scope is not Scope.MEMORY:
            return (erasure,)
        with contextlib.closing(self._store.opener.reader()) as connection:
            chain = rows_memories.chain(connection, str(erasure.of))
        return tuple(Erasure(scope=Scope.MEMORY, of=known) for known in chain) or (erasure,)

    def _unfinished(self) -> tuple[Erasure, ...]:
        with contextlib.closing(self._store.opener.reader()) as connection:
            return rows_erase.unfinished(connection)

    def _from_store(self, erasures: Sequence[Erasure]) -> Erased:
        """From the store's own file, while nobody else has it open."""
        opener = self._store.opener
        anew = opener.path.with_name(f"{opener.path.name}.erasing")
        mark = SessionMark(opener.path)
        mark.begin()  # a crash from here on may leave a log
        try:
            with contextlib.closing(opener.writer()) as connection:
                erased = _delete(connection, erasures, note=True)
                rows_erase.gather_words(connection)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                rewrite(opener, connection, anew)
            _replace(opener.path, anew)
        finally:
            mark.end()
        return erased

    def _from_backups(self, erasures: Sequence[Erasure]) -> _Backups:
        done = _Backups()
        refuse_unreachable(self._places)
        if not self._places.backups.is_dir():
            return done
        clear_unfinished(self._places.backups)
        keys, data_key = present_keys(self._places, self._store.opener)
        try:
            for path in own_backups(self._places):
                try:
                    done.rewritten += _from_backup(path, erasures, keys, data_key)
                except _OfAnotherHome:
                    done.left.append(path.name)
                except BackupTrouble as trouble:
                    log.warning("a backup is removed, as nothing can be erased from it: %s", trouble.code)
                    path.unlink()
                    done.removed.append(path.name)
        finally:
            wipe(data_key)
        for path in self._places.backups.glob(BEFORE_SCHEMA):
            path.unlink()
            done.copies += 1
        sync_folder(self._places.backups)
        return done


def _from_backup(path: Path, erasures: Sequence[Erasure], keys: KeyFile, data_key: bytearray) -> bool:
    """Erase from one backup; False if it holds nothing of it.

    Raises:
        _OfAnotherHome: It is.
        BackupTrouble: It can't be opened or read.
    """
    header = read_header(path)
    if header.keys.database != keys.database:
        raise _OfAnotherHome
    key = header.unseal(data_key)
    if key is None:
        raise BackupTrouble
    body = path.with_name(f"{path.name}{BODY_SUFFIX}-erasing")
    clean = path.with_name(f"{path.name}{BODY_SUFFIX}-clean")
    try:
        unpack(path, header, body)
        opener = Opener(body, key)
        with contextlib.closing(opener.writer()) as connection:
            schema.apply(connection, schema.shipped_steps())
            if not _delete(connection, erasures, note=False):
                return False
            rows_erase.gather_words(connection)
            rewrite(opener, connection, clean)
        write_backup(Opener(clean, key), path, keys, data_key, header.content.created, _to_the_end)
    finally:
        schema.discard(body)
        schema.discard(clean)
        wipe(key)
    return True


def _delete(connection: sqlite.Connection, erasures: Sequence[Erasure], *, note: bool) -> Erased:
    """Delete the rows in one transaction, with the note of what is left to do or without any."""
    done = []
    connection.execute("BEGIN IMMEDIATE")
    try:
        for erasure in erasures:
            done.append(rows_erase.erase(connection, erasure))
            if note:
                rows_erase.note_unfinished(connection, erasure)
        if not note:
            rows_erase.forget_unfinished(connection)
        connection.execute("COMMIT")
    except sqlite.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return Erased(
        messages=sum(erased.messages for erased in done),
        conversations=sum(erased.conversations for erased in done),
        memories=sum(erased.memories for erased in done),
        records=sum(erased.records for erased in done),
    )


def _replace(path: Path, anew: Path) -> None:
    """Put the file written anew into place; nobody has either open.

    Raises:
        StoreUnreadable: The old one's log is not empty: somebody has it open.
    """
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            schema.discard(anew)
            raise StoreUnreadable("The database is still in use, so its file was not written anew.", "Try again.")
        beside.unlink(missing_ok=True)
    anew.replace(path)
    sync_folder(path.parent)

"""Erasing: from the rows, then from every page of the file, then from every backup and what restores laid aside.

The rows go first, and with them a note in `meta` of what is left to do: from then on nobody reads any of it. Many go
some at a time, so that nobody waits. Their words stay in the indexes, and SQLite does not promise that no copy of a row
lies in the unused middle of a page that was split: so the whole file is written anew beside its use (`rewriting`). A
backup that holds any of it is written anew without it, under a new key; the key it had is gone with its header. The
note goes last: what a crash cut off, `resume` does.
"""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.backups.file import read_header, unpack
from sottovoce.adapters.store.backups.one_backup import present_keys, write_backup
from sottovoce.adapters.store.backups.own_files import (
    BEFORE_SCHEMA,
    BODY_SUFFIX,
    clear_unfinished,
    own_backups,
    refuse_unreachable,
)
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.copying import rewrite
from sottovoce.adapters.store.erasing.aside import FromAside, erase_aside, other_keys
from sottovoce.adapters.store.erasing.rewriting import Rewriting
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.rows.erase import Share
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.erasing import USUAL_BYTES_S, Erased, ErasedEverywhere, ErasingProgress, Erasure, Scope, outdated
from sottovoce.domain.errors import BackupTrouble
from sottovoce.domain.records import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.memory.ports import Secrets

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Messages erased in one transaction, some 10 ms: others come between two of them."""


@dataclass(slots=True)
class _BackupsErased:
    """What became of the backups."""

    rewritten: int = 0
    copies: int = 0
    """Copies made before an update: removed unseen."""
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class _OfAnotherHome(BackupTrouble):
    """Nothing of this home is in it, as far as is known."""


class OutOfService(Protocol):
    """Takes what is held in memory of some users out of service (`Home.out_of_service`)."""

    def __call__(self, users: Collection[str], *, overtaking: bool) -> AbstractAsyncContextManager[None]:
        """For the length of the block, in which rows of theirs go.

        Args:
            users: Whose rows.
            overtaking: Whether what was read or said of them before is not to be written any more.
        """


def _nobody_holds(users: Collection[str], *, overtaking: bool) -> AbstractAsyncContextManager[None]:  # noqa: ARG001 - as said
    return contextlib.nullcontext()


class StoreErasing:
    """Erases from one open store and its backups."""

    def __init__(self, places: Places, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` does the work."""
        self._places = places
        self._store = store
        self._thread = thread
        self.keyring: Callable[[], Secrets] | None = None
        """Opens the keyring, which may have the key of what a restore laid aside; None where there is none to ask."""
        self._rewriting = Rewriting(store, thread)
        self.out_of_service: OutOfService = _nobody_holds
        """Entered around each step in which rows go."""
        self.on_progress: Callable[[ErasingProgress], None] = lambda _: None
        """Called with how far it is, on the event loop's thread."""

    async def erase(self, erasure: Erasure) -> ErasedEverywhere:
        """Erase it everywhere; nobody reads any of it as soon as its rows are gone, and nobody waits for the rest.

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
        erasure = outdated(ledger.sure(now), days, ledger.undated)
        if erasure is None:
            return None
        async with self._thread.one:
            if not await self._outdates_any(erasure):
                return None
            return await self._erase((erasure,)) if most is None else await self._erase_rows(erasure, most)

    async def _erase_rows(self, erasure: Erasure, most: int) -> ErasedEverywhere:
        found = await self._thread.run(lambda _: self._concerned(erasure))
        async with self.out_of_service(found.users, overtaking=False):
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
        erasure = outdated(now, days, ledger.undated)
        return bool(erasure and ledger.sure(now) < now and await self._outdates_any(erasure))

    async def is_unfinished(self) -> bool:
        """Whether files or backups are still to be rid of something.

        Raises:
            StoreTrouble: It can't be read.
        """
        return bool(await self._thread.run(lambda _: self._unfinished()))

    async def _outdates_any(self, erasure: Erasure) -> bool:
        def look() -> bool:
            with contextlib.closing(self._store.opener.reader()) as connection:
                return rows.erase.outdates_any(connection, erasure)

        return await self._thread.run(lambda _: look())

    async def resume_rows(self) -> None:
        """Erase the rows that an erasure which was cut off has left: quick, and nobody may read them before.

        Raises:
            StoreTrouble: They are still there.
        """
        async with self._thread.one:
            for erasure in await self._settled():
                await self._from_rows(erasure)

    async def resume(self, *, memories_too: bool = True) -> ErasedEverywhere | None:
        """Do what an earlier erasure could not finish; None if there is nothing.

        Args:
            memories_too: Also where only forgotten memories and old messages wait, whose rows are gone: that can wait
                for a quiet time.

        Raises:
            StoreTrouble: As `erase`.
        """
        async with self._thread.one:
            waiting = await self._settled()
            if not memories_too and all(erasure.scope in {Scope.MEMORY, Scope.BEFORE} for erasure in waiting):
                return None
            return await self._erase(waiting) if waiting else None

    async def _settled(self) -> tuple[Erasure, ...]:
        """What waits, with what a merge of copies left to be erased."""

        def look() -> tuple[bool, tuple[Erasure, ...]]:
            with contextlib.closing(self._store.opener.reader()) as connection:
                return bool(rows.erase.planned(connection)), rows.erase.unfinished(connection)

        planned, waiting = await self._thread.run(lambda _: look())
        if planned:
            await self._store.in_one_go(rows.erase.settle)
            _, waiting = await self._thread.run(lambda _: look())
        return waiting

    async def _erase(self, erasures: Sequence[Erasure]) -> ErasedEverywhere:
        before = await self._thread.run(lambda _: self._unfinished())
        erased = Erased()
        for erasure in erasures:
            erased += await self._from_rows(erasure)
        # Others may wait: memories that were forgotten, an erasure that was cut off. Theirs is the same work.
        waiting = tuple(dict.fromkeys((*erasures, *await self._thread.run(lambda _: self._unfinished()))))
        report = self.on_progress if erased or before else lambda _: None  # of nothing there is no progress
        progress = _BytesRewritten(self._thread.run_on_loop, report, *self._sizes())
        progress.report()
        if erased or before:
            await self._rewriting.run()
        progress.store_done()
        aside = await self._from_aside(waiting)
        backups = await self._thread.run(lambda go_on: self._from_backups(waiting, progress, go_on))
        removed = backups.copies + len(backups.removed)
        event = AuditEvent.RETENTION if erasures[0].scope is Scope.BEFORE else AuditEvent.ERASED
        await self._store.audit(
            event,
            {
                "what": erasures[0].scope.value,
                "messages": erased.messages,
                "backups": backups.rewritten + removed,
                "replaced": aside.rewritten,
                "replaced_left": len(aside.left),
            },
        )
        await self._store.forget_unfinished_erasing(waiting)
        progress.end()
        return ErasedEverywhere(
            erased=erased,
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
                lambda _: erase_aside(self._places, present, others, lambda connection: _rid(connection, erasures))
            )
        finally:
            for key in (present, *others.values()):
                wipe(key)

    async def _from_rows(self, erasure: Erasure) -> Erased:
        """So many at a time that others hardly wait."""
        found = await self._thread.run(lambda _: self._concerned(erasure))
        overtaking = erasure.scope in {Scope.USER, Scope.CONVERSATION}
        erased = Erased()
        shares = [Share(found.numbers[begin : begin + AT_ONCE]) for begin in range(0, len(found.numbers), AT_ONCE)]
        beyond = found.numbers[-1] if len(shares) > 1 else 0
        for share in (*(shares if beyond else ()), Share(beyond=beyond)):
            async with self.out_of_service(found.users, overtaking=overtaking):
                while share.beyond is not None and found.memories > AT_ONCE:
                    gone = await self._store.erase_memories(str(erasure.of), AT_ONCE)
                    erased += Erased(memories=gone)
                    if gone < AT_ONCE:
                        break
                erased += await self._store.erase_rows(erasure, share)
        return erased

    def _sizes(self) -> tuple[int, int]:
        """Bytes of the store and of its backups."""
        backups = sum(path.stat().st_size for path in own_backups(self._places))
        return self._store.opener.path.stat().st_size, backups

    def _concerned(self, erasure: Erasure) -> rows.erase.Concerned:
        with contextlib.closing(self._store.opener.reader()) as connection:
            return rows.erase.concerned(connection, erasure)

    def _spelt_out(self, erasure: Erasure) -> tuple[Erasure, ...]:
        """A memory with its chain, each by itself: an older backup may hold only the beginning of it."""
        if erasure.scope is not Scope.MEMORY:
            return (erasure,)
        with contextlib.closing(self._store.opener.reader()) as connection:
            chain = rows.memories.chain(connection, str(erasure.of))
        return tuple(Erasure(scope=Scope.MEMORY, of=known) for known in chain) or (erasure,)

    def _unfinished(self) -> tuple[Erasure, ...]:
        with contextlib.closing(self._store.opener.reader()) as connection:
            return rows.erase.unfinished(connection)

    def _from_backups(self, erasures: Sequence[Erasure], progress: _BytesRewritten, go_on: GoOn) -> _BackupsErased:
        done = _BackupsErased()
        refuse_unreachable(self._places)
        if not self._places.backups.is_dir():
            return done
        clear_unfinished(self._places.backups)
        keys, data_key = present_keys(self._places, self._store.opener)
        held = [data_key, *read_key_file(self._places).retired_keys(data_key)]  # some may not be sealed anew yet
        try:
            for path in own_backups(self._places):
                go_on()
                size = path.stat().st_size
                try:
                    done.rewritten += _from_backup(path, erasures, keys, held, go_on)
                except _OfAnotherHome:
                    done.left.append(path.name)
                except BackupTrouble as trouble:
                    log.warning("a backup is removed, as nothing can be erased from it: %s", trouble.code)
                    path.unlink()
                    done.removed.append(path.name)
                progress.backup_done(size)
        finally:
            for key in held:
                wipe(key)
        for path in self._places.backups.glob(BEFORE_SCHEMA):
            path.unlink()
            done.copies += 1
        sync_folder(self._places.backups)
        return done


def _from_backup(
    path: Path, erasures: Sequence[Erasure], keys: KeyFile, held: Sequence[bytearray], go_on: GoOn
) -> bool:
    """Erase from one backup; False, and no byte of it touched, if it holds nothing of it.

    Args:
        path: The backup.
        erasures: What is to go.
        keys: The present key file.
        held: The present data key, then those before it.
        go_on: Called now and then.

    Raises:
        _OfAnotherHome: It is.
        BackupTrouble: It can't be opened or read.
    """
    header = read_header(path)
    if header.keys.database != keys.database:
        raise _OfAnotherHome
    key = next((key for data_key in held if (key := header.unseal(data_key)) is not None), None)
    if key is None:
        raise BackupTrouble
    body = path.with_name(f"{path.name}{BODY_SUFFIX}-erasing")
    clean = path.with_name(f"{path.name}{BODY_SUFFIX}-clean")
    try:
        unpack(path, header, body)
        opener = ConnectionOpener(body, key)
        with contextlib.closing(opener.writer()) as connection:
            schema.apply(connection, schema.shipped_steps())
            if not _rid(connection, erasures):
                return False
            go_on()
            rows.erase.gather_words(connection)
            rewrite(opener, connection, clean, go_on, proven=False)
        write_backup(ConnectionOpener(clean, key), path, keys, held[0], header.content.created, go_on)
    finally:
        schema.discard(body)
        schema.discard(clean)
        wipe(key)
    return True


def _rid(connection: sqlite.Connection, erasures: Sequence[Erasure]) -> bool:
    """Delete the rows from a copy of a store; whether its file held anything of it.

    One made while an erasure was not finished has no row of it, and all the rest.
    """
    noted = bool(rows.erase.unfinished(connection))
    return bool(_delete(connection, erasures)) or noted


def _delete(connection: sqlite.Connection, erasures: Sequence[Erasure]) -> Erased:
    """Delete the rows in one transaction, with all notes of what is left to do."""
    erased = Erased()
    connection.execute("BEGIN IMMEDIATE")
    try:
        with rows.erase.words_left_behind(connection):
            for erasure in erasures:
                erased += rows.erase.erase(connection, erasure)
        rows.erase.forget_unfinished(connection)
        connection.execute("COMMIT")
    except sqlite.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return erased


class _BytesRewritten:
    """How far an erasure is, in bytes of the files to be written anew."""

    def __init__(
        self,
        on_loop: Callable[[Callable[[], None]], None],
        on_progress: Callable[[ErasingProgress], None],
        store_bytes: int,
        backup_bytes: int,
    ) -> None:
        self._on_loop = on_loop
        self._on_progress = on_progress
        self._store, self._all = store_bytes, store_bytes + backup_bytes
        self._done = 0
        self._begun = time.monotonic()

    def report(self) -> None:
        left_s = (self._all - self._done) / USUAL_BYTES_S
        if self._done:
            left_s = (time.monotonic() - self._begun) / self._done * (self._all - self._done)
        progress = ErasingProgress(done_bytes=self._done, total_bytes=self._all, left_s=left_s)
        self._on_loop(lambda: self._on_progress(progress))

    def store_done(self) -> None:
        self._add(self._store)

    def backup_done(self, size: int) -> None:
        self._add(size)

    def end(self) -> None:
        self._add(self._all - self._done)

    def _add(self, size: int) -> None:
        self._done = min(self._done + size, self._all)
        self.report()

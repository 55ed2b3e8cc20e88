"""The open store's file written anew beside its use, and put in place of the old one in a moment.

A copy of one snapshot is rid of every removed word, free page and slack of an old one, and proved; the transactions
that were committed meanwhile are done again on it (`recording`); then the connections are closed, the last few follow,
the new file takes the old one's place, and the store goes on with it. Only that last step makes anybody wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import sync, sync_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.copying import copy_pages, rewrite
from sottovoce.adapters.store.engine.recording import Recording
from sottovoce.domain.errors import SottovoceError, StoreFailed, StoreUnreadable
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.engine.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore

LOOK_S = 0.1
"""Seconds after which it is looked again whether the work is to end, while the writer is waited for."""
FEW = 4
"""Transactions that may be left for the last step, in which everybody waits."""
MOST_ROUNDS = 50
"""Rounds of following before the last step is taken anyhow."""

_FOLLOWING = (
    "PRAGMA journal_mode = OFF",  # a copy that fails is thrown away
    "PRAGMA synchronous = OFF",  # synced as a whole below
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)
"""As the writer's own, apart from durability."""


class Rewriting:
    """Writes one open store's file anew."""

    def __init__(self, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` does the work."""
        self._store = store
        self._thread = thread

    async def run(self, on_copied: Callable[[], None] = lambda: None) -> None:
        """Return once the new file is in its place; ended early, the old one stays. `on_copied`: called half-way.

        Raises:
            SottovoceError: It could not be done; nothing of it is left.
        """
        opener = self._store.opener
        anew = anew_beside(opener.path)
        recording = Recording()
        beginning = asyncio.ensure_future(self._store.begin_recording(recording))
        try:
            try:
                await self._thread.run(lambda go_on: _copied(opener, anew, recording, go_on))
            finally:
                recording.taken()  # nobody waits for a snapshot that does not come
                await asyncio.wait({beginning})
            beginning.result()
            on_copied()
            await self._thread.run(lambda go_on: _caught_up(ConnectionOpener(anew, opener.key), recording, go_on))
            await self._store.exchange(lambda: self._exchanged(anew, recording))
        except BaseException:
            with contextlib.suppress(SottovoceError):
                await self._store.stop_recording()
            raise
        finally:
            await self._thread.run(lambda _: clear(opener.path), always=True)

    async def _exchanged(self, anew: Path, recording: Recording) -> ConnectionOpener:
        opener = self._store.opener
        if not self._store.is_recording(recording):
            raise StoreFailed(said("error-store-exchanged"))
        await self._thread.run(lambda _: _put_in_place(opener, anew, recording), always=True)
        return opener


def anew_beside(database: Path) -> Path:
    """Path of the new file, beside the one that it replaces."""
    return database.with_name(f"{database.name}.erasing")


def clear(database: Path) -> None:
    """Remove what a rewriting that was cut off has left."""
    anew = anew_beside(database)
    for path in (anew, _raw(anew)):
        if path.is_file():
            schema.discard(path)


def _raw(anew: Path) -> Path:
    return anew.with_name(f"{anew.name}-raw")


def _copied(opener: ConnectionOpener, anew: Path, recording: Recording, go_on: GoOn) -> None:
    """Write what is in use of the store anew, as it was when the recording began."""
    raw = ConnectionOpener(_raw(anew), opener.key)
    try:
        with contextlib.closing(opener.keyed(mode="ro")) as present:
            while not recording.is_ready(LOOK_S):
                go_on()
            present.execute("BEGIN")
            present.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            recording.taken()
            copy_pages(present, raw, go_on)
        with contextlib.closing(_follower(raw)) as connection:
            rows.erase.gather_words(connection)
            go_on()
            rewrite(raw, connection, anew, go_on)
    finally:
        recording.taken()
        schema.discard(raw.path)


def _follower(opener: ConnectionOpener) -> sqlite.Connection:
    connection = opener.keyed()
    try:
        for pragma in _FOLLOWING:
            connection.execute(pragma).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _caught_up(copy: ConnectionOpener, recording: Recording, go_on: GoOn) -> None:
    """Follow the writer until few transactions are left."""
    with contextlib.closing(_follower(copy)) as connection:
        for _ in range(MOST_ROUNDS):
            go_on()
            recording.follow(connection)
            if recording.waiting <= FEW:
                break
    _sync(copy.path)


def _put_in_place(opener: ConnectionOpener, anew: Path, recording: Recording) -> None:
    """Follow to the end and take the old file's place, while nobody has either open.

    Raises:
        StoreUnreadable: The old one's log is not empty: somebody has it open.
    """
    with contextlib.closing(_follower(ConnectionOpener(anew, opener.key))) as connection:
        recording.follow(connection)
    _sync(anew)
    path = opener.path
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise StoreUnreadable(said("error-store-unreadable-in-use"))
        beside.unlink(missing_ok=True)
    anew.replace(path)
    sync_folder(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)

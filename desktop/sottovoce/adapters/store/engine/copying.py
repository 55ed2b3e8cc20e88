"""Copies of a database under another key, made and proven while others write. Everything here blocks.

The copy is made of one snapshot (a read transaction), a few pages at a time: writers never wait for it, and a page they
change meanwhile does not make it begin anew. The write-ahead log grows until it is done.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.failures import poisons
from sottovoce.domain.errors import BackupDamaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STEP_PAGES = 64
"""Pages (4 KiB) copied at a time; between two steps the work can be ended."""
LOOK_OPS = 100_000
"""Steps of SQLite's machine after which it is looked whether a long statement is to end: some milliseconds."""
SYNC_PAGES = 256
"""Pages written without an fsync at most (see `backups.file.SYNC_BYTES`)."""

_STATE = (
    "SELECT count(*), max(number) FROM message",
    "SELECT count(*), max(number), count(superseded_by) FROM memory",
    "SELECT count(*), total(version) FROM user_context",
    "SELECT count(*), total(due_at), total(state = 'waiting') FROM reminder",
    "SELECT count(*), total(due_at), total(state = 'waiting') FROM timer",
    "SELECT count(*), max(changed_at) FROM note",
    "SELECT count(*), max(changed_at), total(done) FROM list_entry",
    "SELECT count(*), max(changed_at), total(starts_at) FROM event",
    "SELECT count(*), count(revoked_at), max(created_at) FROM api_key",
)
"""What changes with everything worth a new backup: neither cached answers nor the audit log's own lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows of each kind a copy holds."""

    messages: int
    conversations: int
    memories: int

    def to_json(self) -> dict[str, int]:
        """As the header has it."""
        return {"messages": self.messages, "conversations": self.conversations, "memories": self.memories}


def copy_under(source: ConnectionOpener, target: Path, key: bytearray, go_on: Callable[[], None]) -> None:
    """Copy a database, whether open or not, to `target` under `key`; on the disk when this returns.

    The copy needs no log beside it. What there is of it is removed if this raises.

    Raises:
        sqlite.Error, OSError: It could not be read or written.
    """
    schema.discard(target)
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with contextlib.closing(source.keyed(mode="ro")) as present:
            present.execute("BEGIN")
            present.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            with contextlib.closing(ConnectionOpener(target, key).keyed(prove=False)) as copy:
                copy.execute("PRAGMA synchronous = OFF").fetchall()  # synced below, in small pieces
                present.backup(copy, pages=STEP_PAGES, progress=_Syncing(descriptor, go_on))
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        sync(descriptor)
    except BaseException:
        schema.discard(target)
        raise
    finally:
        os.close(descriptor)


class _Syncing:
    """Called after every step of a copy."""

    def __init__(self, descriptor: int, go_on: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._go_on = go_on
        self._unsynced = 0

    def __call__(self, _status: int, _remaining: int, _total: int) -> None:
        self._go_on()
        self._unsynced += STEP_PAGES
        if self._unsynced >= SYNC_PAGES:
            sync(self._descriptor)
            self._unsynced = 0


def prove(opener: ConnectionOpener, *, thoroughly: bool = False) -> None:
    """Check every page's HMAC (free ones too) and SQLite's structure; `thoroughly` also every index against its table.

    Raises:
        BackupDamaged: Something is wrong with it.
    """
    check = "integrity_check" if thoroughly else "quick_check"
    whole = False
    try:
        with contextlib.closing(opener.keyed()) as connection:
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchmany(1)
            whole = not pages and connection.execute(f"PRAGMA {check}(1)").fetchall() == [("ok",)]
    except sqlite.Error as error:
        if not poisons(error):
            raise
    if not whole:
        raise BackupDamaged


def counts(connection: sqlite.Connection) -> tuple[int, Counts]:
    """Schema version and how much is in a database."""
    version, messages, conversations, memories = rows.messages.counts(connection)
    return version, Counts(messages=messages, conversations=conversations, memories=memories)


def state(connection: sqlite.Connection) -> str:
    """A hash that is another one after every change worth a backup."""
    found = [list(connection.execute(query).fetchone()) for query in _STATE]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def copy_pages(present: sqlite.Connection, target: ConnectionOpener, go_on: Callable[[], None]) -> None:
    """Copy a database page by page under the same key, as the transaction `present` is in sees it; not synced.

    Raises:
        sqlite.Error, OSError: It could not be read or written; what there is of the copy is the caller's to remove.
    """
    schema.discard(target.path)
    os.close(os.open(target.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(target.keyed(prove=False)) as copy:
        copy.execute("PRAGMA synchronous = OFF").fetchall()
        present.backup(copy, pages=STEP_PAGES, progress=lambda _status, _left, _total: go_on())
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def rewrite(
    opener: ConnectionOpener,
    connection: sqlite.Connection,
    target: Path,
    go_on: Callable[[], None] = lambda: None,
    *,
    proven: bool = True,
) -> None:
    """Write what is in use of a database anew to `target`, under the same key: no free page, no slack of an old one.

    Args:
        opener: Of the database.
        connection: To it.
        target: The file to make.
        go_on: Raises if it is to end early.
        proven: Read the copy back and check it (else whoever goes on with it does).

    Raises:
        BackupDamaged: The copy is not the same; it is removed, as with every other error.
        sqlite.Error, OSError: It could not be written.
    """
    schema.discard(target)
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with _ending_early(connection, go_on):
            connection.execute("VACUUM INTO ?", (str(target),))
        copy = ConnectionOpener(target, opener.key)
        if proven:
            prove(copy)
        with contextlib.closing(copy.keyed()) as written:
            _same(table_counts(written), table_counts(connection))
        sync(descriptor)
    except BaseException:
        schema.discard(target)
        raise
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _ending_early(connection: sqlite.Connection, go_on: Callable[[], None]) -> Iterator[None]:
    """Let a long statement end as soon as `go_on` raises, with what it raised."""
    reason: list[BaseException] = []

    def look() -> bool:
        try:
            go_on()
        except Exception as error:  # noqa: BLE001 - raised below; through SQLite it would be lost
            reason.append(error)
        return bool(reason)

    connection.set_progress_handler(look, LOOK_OPS)
    try:
        yield
    except sqlite.Error:
        if reason:
            raise reason[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _same(written: dict[str, int], meant: dict[str, int]) -> None:
    if written != meant:
        raise BackupDamaged


def table_counts(connection: sqlite.Connection) -> dict[str, int]:
    """Rows of every table, with what marks the file as ours."""
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    marks = {
        pragma: int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
        for pragma in ("user_version", "application_id")
    }
    return marks | {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - a name of our schema
        for (name,) in names
    }

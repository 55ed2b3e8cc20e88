"""The schema's version: building it, and bringing an older database up to it after a backup."""

from __future__ import annotations

import contextlib
import functools
import importlib.resources
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.domain.errors import StoreTooNew, StoreUnreadable
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sottovoce.adapters.store.engine.connection import ConnectionOpener

APPLICATION_ID = 0x534F5456
"""Marks the (decrypted) header as ours."""

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration."""

    version: int
    """What `user_version` is after it."""
    sql: str


@functools.cache
def shipped_steps() -> tuple[Migration, ...]:
    """The steps of this version of the program, in order."""
    folder = importlib.resources.files("sottovoce.adapters.store.engine.migrations")
    steps = [
        Migration(int(name[1]), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if (name := _NAME.fullmatch(entry.name))
    ]
    return tuple(sorted(steps, key=lambda step: step.version))


def apply(connection: sqlite.Connection, steps: Sequence[Migration]) -> None:
    """Take each step that is missing, whole or not at all."""
    present = version_of(connection)
    for step in steps:
        if step.version > present:
            try:
                connection.executescript(
                    f"BEGIN IMMEDIATE;\n{step.sql}\nPRAGMA user_version = {step.version};\nCOMMIT;"
                )
            except sqlite.Error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def version_of(connection: sqlite.Connection) -> int:
    """The schema version the database has now."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def build(opener: ConnectionOpener, path: Path, database: str, steps: Sequence[Migration]) -> None:
    """Make a whole new database at `path`, in place of an unfinished one of ours; on the disk when this returns."""
    discard(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(opener.keyed(path=path, prove=False)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = FULL").fetchall()
        apply(connection, steps)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").fetchall()
        connection.execute("INSERT INTO meta (name, value) VALUES ('database', ?)", (database,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    sync_file(path)


def discard(path: Path) -> None:
    """Remove an unfinished database of ours with everything SQLite put beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Put a closed file's content on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def bring_up_to_date(opener: ConnectionOpener, backups: Path, steps: Sequence[Migration]) -> sqlite.Connection:
    """Take an existing database to the newest step, with an encrypted copy of it laid aside first.

    Returns:
        A bare connection to it, to be handed on.

    Raises:
        StoreTooNew: A later version of the program wrote it.
        StoreUnreadable: It is readable, but none of ours.
    """
    with contextlib.ExitStack() as closing:
        connection = opener.keyed(handed_on=True)
        closing.callback(connection.close)
        present = version_of(connection)
        if present > steps[-1].version:
            raise StoreTooNew(said("error-store-too-new-format", present=present, newest=steps[-1].version))
        if present == 0:
            raise StoreUnreadable
        if present == steps[-1].version:
            closing.pop_all()
            return connection
        _copy_aside(connection, opener, backups, present)
    with contextlib.closing(opener.writer()) as connection:
        apply(connection, steps)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return opener.keyed(handed_on=True)


def _copy_aside(source: sqlite.Connection, opener: ConnectionOpener, backups: Path, version: int) -> None:
    """Copy the whole database under the same key to `backups`, and read the copy before trusting it."""
    make_private_folder(backups)
    path = _free(backups, version)
    unproven = path.with_suffix(".making")
    discard(unproven)
    os.close(os.open(unproven, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(opener.keyed(path=unproven, prove=False)) as copy:
        source.backup(copy)
    with contextlib.closing(opener.keyed(path=unproven)) as copy:
        if version_of(copy) != version or copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise StoreUnreadable
    sync_file(unproven)
    unproven.rename(path)
    sync_folder(backups)


def _free(backups: Path, version: int) -> Path:
    number = 1
    while (path := backups / f"before-schema-{version + 1}-{number}.db").exists():
        number += 1
    return path

"""Erasing from what restores laid aside: those folders are kept for their days, so they are rewritten like backups.

One whose key is not at hand can't be: it stays, and its name is told, so that the user may have it removed at once.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.copying import rewrite
from sottovoce.adapters.store.engine.failures import CORRUPT, NOTADB
from sottovoce.adapters.store.engine.session_mark import SessionMark
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.keys.unlocking import given_or_kept
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable
from sottovoce.adapters.store.sealed.key_file_access import key_file_at
from sottovoce.domain.errors import BackupTrouble
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.memory.ports import Secrets

    Delete = Callable[[sqlite.Connection], object]
    """Deletes the rows in one transaction; whether there were any."""

log = logging.getLogger(__name__)

_UNFINISHED = (".changing", ".making", ".erasing", ".rekeyed")
"""Whole or half copies that a crash left beside a database: they hold what it holds."""


@dataclass(slots=True)
class FromAside:
    """What became of the folders that were laid aside."""

    rewritten: int = 0
    left: list[str] = field(default_factory=list)
    """Names of those whose key is not at hand, or that are damaged."""


async def other_keys(places: Places, present: bytes | bytearray, secrets: Secrets | None) -> dict[str, bytearray]:
    """Keys of folders that the `present` one does not open, as far as the keyring has them; to be wiped."""
    found: dict[str, bytearray] = {}
    try:
        for folder in laid_aside(places):
            keys = _keys_in(folder, places)
            if keys is None or keys.fits(present):
                continue
            state, key = await given_or_kept(keys, secrets, None)
            if state is Key.FOUND and key is not None:
                found[folder.name] = key
    finally:
        if secrets is not None:
            await finish(secrets.close())
    return found


def erase_aside(
    places: Places, present: bytes | bytearray, others: Mapping[str, bytearray], delete: Delete
) -> FromAside:
    """Erase from every folder that a key at hand opens.

    Raises:
        sqlite.Error, OSError: One could not be written (a full disk): it is as it was, and it can be tried again.
    """
    done = FromAside()
    for folder in laid_aside(places):
        if not any(path.name.startswith(places.database.name) for path in folder.iterdir()):
            continue  # what a crash left before there was anything in it
        try:
            key = _key_of(folder, places, others.get(folder.name, present))
            done.rewritten += _erase_from(folder / places.database.name, key, delete)
        except BackupTrouble:  # damaged, too
            log.warning("what a restore laid aside can't be opened, so nothing was erased from it")
            done.left.append(folder.name)
    return done


def _erase_from(database: Path, key: bytes | bytearray, delete: Delete) -> bool:
    """Whether there was any of it.

    Raises:
        BackupTrouble: It can't be opened, or is damaged.
    """
    for suffix in _UNFINISHED:
        schema.discard(database.with_name(database.name + suffix))
    if not database.is_file():
        return False
    opener = ConnectionOpener(database, bytearray(key))
    clean = database.with_name(f"{database.name}.erasing")
    try:
        with contextlib.closing(opener.writer()) as connection:
            schema.apply(connection, schema.shipped_steps())
            gone = bool(delete(connection))
            if gone:
                rows.erase.gather_words(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if gone:
                rewrite(opener, connection, clean)
        if gone:
            clean.replace(database)
            SessionMark(database).lay()
            sync_folder(database.parent)
    except sqlite.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {CORRUPT, NOTADB}:
            raise BackupTrouble from None
        raise
    finally:
        schema.discard(clean)
        wipe(opener.key)
    return gone


def _key_of(folder: Path, places: Places, key: bytes | bytearray) -> bytes | bytearray:
    """The key, if it is the folder's: with a wrong one nothing may be opened, it would spoil the log.

    Raises:
        BackupTrouble: It is not.
    """
    keys = _keys_in(folder, places)
    if keys is None or not keys.fits(key):
        raise BackupTrouble
    return key


def _keys_in(folder: Path, places: Places) -> KeyFile | None:
    with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
        return key_file_at(folder / places.key_file.name)
    return None

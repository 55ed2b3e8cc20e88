"""What else on this machine could open with a code, a passphrase or a key that has ended: nothing may, after this.

The backups' headers are sealed anew by `backups`. Here it is what lies beside the key file: damaged ones, and those of
the stores that restores laid aside. A store laid aside under the present key gets the present ways to it; one under the
key before this one is put under this one, or its own old code would be all that opens it.
"""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.store.engine import copying, schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.errors import BackupTrouble
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places

_SUFFIXES = ("", ".copy", ".changing", ".making")


def end_ways(places: Places, key: bytearray, formers: Sequence[bytes | bytearray]) -> None:
    """Let nothing beside the key file open with what has ended.

    Args:
        places: The home, whose lock is held.
        key: The present one.
        formers: Those before, as far as something may still be under one.

    Raises:
        OSError, BackupTrouble: It is not all done; it can be tried again.
    """
    keys = dataclasses.replace(read_key_file(places), former=None, retired=None, stale=False)
    for path in places.key_file.parent.glob(f"{places.key_file.name}.*damaged-*"):
        path.unlink()
    for folder in laid_aside(places):
        for suffix in _SUFFIXES:
            path = folder / f"{places.key_file.name}{suffix}"
            with contextlib.suppress(FileNotFoundError, KeyFileNewer, KeyFileUnreadable):
                aside = KeyFile.from_bytes(path.read_bytes())
                under = next((former for former in formers if aside.fits(former)), None)
                if under is not None:
                    _rekey(folder / places.database.name, bytearray(under), key)
                    write_durably(path, dataclasses.replace(keys, anchor=aside.anchor).to_bytes())
                elif aside.fits(key) and not aside.same_ways(keys):
                    write_durably(path, dataclasses.replace(keys, anchor=aside.anchor).to_bytes())


def _rekey(database: Path, former: bytearray, key: bytearray) -> None:
    """Put a closed database under another key, unless that was done before a crash.

    Raises:
        BackupTrouble: It can't be read or written.
    """
    anew = database.with_name(f"{database.name}.rekeyed")
    try:
        with contextlib.suppress(sqlite.Error), contextlib.closing(ConnectionOpener(database, key).keyed(mode="ro")):
            return
        with contextlib.closing(ConnectionOpener(database, former).keyed()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        copying.copy_under(ConnectionOpener(database, former), anew, key, lambda: None)
        copying.prove(ConnectionOpener(anew, key))
        anew.replace(database)
    except sqlite.Error:
        schema.discard(anew)
    else:
        return
    raise BackupTrouble(said("error-backup-aside-locked"))

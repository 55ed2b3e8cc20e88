"""One backup: written and proven, or looked at as closely as a key allows."""

from __future__ import annotations

import contextlib
import dataclasses
import secrets as random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store.backups.carried import pack_files
from sottovoce.adapters.store.backups.file import Content, Header, body_is_whole, pack, read_header, unpack
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.copying import copy_under, counts, prove, state
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.errors import (
    BackupDamaged,
    BackupTooNew,
    KeyWrong,
    NotABackup,
)
from sottovoce.domain.said import said
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.backups.carried import Carried
    from sottovoce.adapters.store.engine.care_thread import GoOn
    from sottovoce.adapters.store.sealed.key_file import KeyFile

from sottovoce.adapters.store.backups.own_files import BODY_SUFFIX, MAKING_SUFFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was found, with its header."""

    path: Path
    header: Header
    carried: Carried | None = None
    """The user's own files in it, of one that was just made; None if they were not to be taken along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a look at a backup found."""

    path: Path
    header: Header
    own: bool
    """It is of the home that looks."""
    opened: bool
    """Every page was read; if not, only that no byte differs from what was written."""


def present_keys(places: Places, opener: ConnectionOpener) -> tuple[KeyFile, bytearray]:
    """The key file with its key (to be wiped).

    Raises:
        KeyWrong: They do not belong together: the key is just being changed.
    """
    keys, key = read_key_file(places), bytearray(opener.key)
    if not keys.fits(key):
        wipe(key)
        raise KeyWrong(remedy=said("error-way-changing"))
    return dataclasses.replace(keys, former=None, retired=None, stale=False), key


def write_backup(
    source: ConnectionOpener,
    path: Path,
    keys: KeyFile,
    data_key: bytearray,
    created: float,
    go_on: GoOn,
    files: Path | None = None,
) -> Backup:
    """Write a backup of a database under a new key of its own, prove it, then give it its name.

    Args:
        source: The database.
        path: The file to make.
        keys: The key file of `data_key`.
        data_key: What the backup's key is sealed under.
        created: Seconds since 1970-01-01 UTC.
        go_on: Called now and then.
        files: Folder of the user's own files to be taken along.

    Raises:
        sqlite.Error, OSError, BackupDamaged: It could not be made; nothing of it is left.
    """
    key = bytearray(random.token_bytes(KEY_BYTES))
    body, making = path.with_name(path.name + BODY_SUFFIX), path.with_name(path.name + MAKING_SUFFIX)
    making.unlink(missing_ok=True)
    try:
        copy_under(source, body, key, go_on)
        copy = ConnectionOpener(body, key)
        carried = pack_files(files, copy, go_on) if files else None
        prove(copy)
        header = pack(body, making, key, _content(copy, created), keys, data_key, go_on)
        if read_header(making) != header or not body_is_whole(making, header, go_on):
            raise BackupDamaged
        making.replace(path)
    finally:
        schema.discard(body)
        making.unlink(missing_ok=True)
        wipe(key)
    sync_folder(path.parent)
    return Backup(path=path, header=header, carried=carried)


def _content(copy: ConnectionOpener, created: float) -> Content:
    with contextlib.closing(copy.keyed()) as connection:
        version, held = counts(connection)
        return Content(created=created, program=VERSION, schema=version, counts=held, state=state(connection))


def examine(
    path: Path, data_key: bytes | bytearray | None, places: Places, go_on: GoOn, *, own: str | None
) -> Examined:
    """Look at a backup as closely as the key allows.

    Args:
        path: The file.
        data_key: What its key may be sealed under.
        places: Where its body is put (as encrypted as before) while it is read.
        go_on: Called now and then.
        own: Id of the home's database.

    Raises:
        NotABackup, BackupDamaged, BackupTooNew: It can't be used.
        StoreFailed: There is no such file.
    """
    header = header_of(path)
    key = header.unseal(data_key) if data_key is not None else None
    if key is None:
        if not body_is_whole(path, header, go_on):
            raise BackupDamaged
    else:
        try:
            _examine_body(path, header, key, places.cache / f"verify{BODY_SUFFIX}", go_on)
        finally:
            wipe(key)
    return Examined(path=path, header=header, own=header.keys.database == own, opened=key is not None)


def header_of(path: Path) -> Header:
    """The header of a backup.

    Raises:
        NotABackup, BackupDamaged, BackupTooNew: It can't be read.
    """
    if not path.is_file():
        raise NotABackup(said("error-backup-not-there", path=path))
    return read_header(path)


def _examine_body(path: Path, header: Header, key: bytearray, body: Path, go_on: GoOn) -> None:
    if header.content.schema > schema.shipped_steps()[-1].version:
        raise BackupTooNew
    make_private_folder(body.parent)
    try:
        unpack(path, header, body, go_on)
        opener = ConnectionOpener(body, key)
        prove(opener, thoroughly=True)
        with contextlib.closing(opener.keyed()) as connection:
            if counts(connection) != (header.content.schema, header.content.counts):
                raise BackupDamaged
    finally:
        schema.discard(body)

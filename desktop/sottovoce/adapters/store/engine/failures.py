"""SQLite's error codes as errors that can be shown to a user: no SQL, no parameter, no key in any of them."""

from __future__ import annotations

import errno
import shutil
from pathlib import PurePath
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import why
from sottovoce.adapters.store.sealed.key_slot import KeyFileNewer, KeyFileUnreadable
from sottovoce.domain.errors import (
    Bug,
    SottovoceError,
    StoreDamaged,
    StoreFailed,
    StoreFull,
    StoreInUse,
    StoreReadOnly,
    StoreReplaced,
    StoreTooNew,
    StoreTrouble,
    StoreUnreadable,
)
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from pathlib import Path

ERROR, PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 1, 3, 5, 6, 8, 10, 11, 13, 14, 26
READONLY_DBMOVED = READONLY | 4 << 8

POISON = frozenset({IOERR, CORRUPT, NOTADB})
"""After one of these open another connection: SQLCipher answers with the first failed HMAC for ever."""

ROOM_BYTES = 1 << 20
"""Below this much free space a failed write or a failed growth of the WAL index is taken for a full disk (quotas give
SQLITE_IOERR_WRITE, a full tmpfs SQLITE_IOERR_SHMSIZE)."""

_BY_PRIMARY: dict[int, type[StoreTrouble]] = {
    PERM: StoreReadOnly,
    BUSY: StoreInUse,
    LOCKED: StoreInUse,
    READONLY: StoreReadOnly,
    CORRUPT: StoreDamaged,
    FULL: StoreFull,
    NOTADB: StoreDamaged,
}


def poisons(error: BaseException) -> bool:
    """Whether the connection that raised `error` must be replaced."""
    return isinstance(error, sqlite.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in POISON


def to_store_error(error: BaseException, folder: Path, *, opening: bool = False) -> SottovoceError:
    """The error to raise for `error`; it holds no reference to it.

    Args:
        error: What SQLCipher or our own code raised.
        folder: Where the database lies, to see whether its disk is full.
        opening: The database was just being opened under a key known to be right.
    """
    if isinstance(error, SottovoceError):
        return error
    if isinstance(error, KeyFileNewer):
        return StoreTooNew()
    if isinstance(error, KeyFileUnreadable) or _is_without_key_file(error):
        return StoreFailed(said("error-store-failed-key-file"))
    if isinstance(error, OSError):
        return _of_os_error(error, folder)
    if not isinstance(error, sqlite.Error):
        return Bug(f"Something went wrong inside the store ({type(error).__name__}).")
    kind = _kind(getattr(error, "sqlite_errorcode", 0), folder, opening=opening)
    return kind or StoreFailed(said("error-store-failed-code", name=getattr(error, "sqlite_errorname", None)))


def _kind(code: int, folder: Path, *, opening: bool) -> StoreTrouble | None:
    primary = code & 0xFF
    if code == READONLY_DBMOVED:
        return StoreReplaced()
    if opening and primary in {NOTADB, CORRUPT}:
        return StoreUnreadable()
    if primary in {IOERR, CANTOPEN} and _full(folder):
        return StoreFull()
    kind = _BY_PRIMARY.get(primary)
    return kind() if kind else None


def _is_without_key_file(error: BaseException) -> bool:
    return isinstance(error, FileNotFoundError) and PurePath(str(error.filename or "")).name == "sottovoce.keys"


def _of_os_error(error: OSError, folder: Path) -> StoreTrouble:
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return StoreReadOnly()
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or _full(folder):
        return StoreFull()
    return StoreFailed(said("error-store-failed-file", why=why(error)))


def _full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM_BYTES
    except OSError:
        return False

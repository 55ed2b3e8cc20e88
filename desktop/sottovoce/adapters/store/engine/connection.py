"""SQLCipher connections: opened under a checked raw key, in the one order of pragmas that was right."""

from __future__ import annotations

import binascii
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store.sealed.key_file import KEY_BYTES
from sottovoce.domain.folding import indexed

if TYPE_CHECKING:
    from pathlib import Path

CACHE_KIB = 8192
"""Page cache of one connection."""
BUSY_MS = 5000
"""How long a statement waits for another connection's lock."""
WAL_PAGES = 1000
"""Length of the write-ahead log that starts a checkpoint."""
WAL_KEPT_BYTES = 4 << 20
"""Size the log is cut to after a checkpoint."""

_EVERY = (
    "PRAGMA temp_store = MEMORY",  # FILE would leave plain text in temporary files
    f"PRAGMA cache_size = -{CACHE_KIB}",
    "PRAGMA mmap_size = 0",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    f"PRAGMA busy_timeout = {BUSY_MS}",
)
_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL lost acknowledged rows in simulated power cuts
    *(("PRAGMA fullfsync = ON", "PRAGMA checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA recursive_triggers = ON",
    f"PRAGMA wal_autocheckpoint = {WAL_PAGES}",
    f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}",
)


@dataclass(frozen=True, slots=True, repr=False)
class ConnectionOpener:
    """Opens connections to one database; holds the only long-lived copy of the key, until `wipe`.

    The copy is needed as long as the store is open: after a failed HMAC a connection must be replaced.
    """

    path: Path
    key: bytearray
    """Raw, 32 bytes: another length would silently become a passphrase."""

    def __post_init__(self) -> None:
        """Refuse what SQLCipher would quietly misunderstand."""
        if len(self.key) != KEY_BYTES:
            message = "the key must have 32 bytes"
            raise ValueError(message)

    def writer(self, keyed: sqlite.Connection | None = None) -> sqlite.Connection:
        """A connection that may write; the file must be there.

        Args:
            keyed: A bare connection to make one of, in place of a new one.

        Raises:
            sqlite.Error: SQLITE_NOTADB if the key or the first page is wrong, SQLITE_READONLY if it can't be written.
        """
        connection = keyed or self.keyed()
        try:
            for pragma in (*_WRITER, *_EVERY):
                connection.execute(pragma).fetchall()
            # A read-only file opens all the same, even for BEGIN IMMEDIATE: only a statement that writes shows it.
            connection.execute("DELETE FROM meta WHERE 0")
        except sqlite.Error:
            connection.close()
            raise
        return connection

    def reader(self) -> sqlite.Connection:
        """Open a connection that can't write."""
        connection = self.keyed(mode="ro")
        try:
            for pragma in (*_EVERY, "PRAGMA query_only = ON"):
                connection.execute(pragma).fetchall()
        except sqlite.Error:
            connection.close()
            raise
        return connection

    def keyed(
        self, mode: str = "rw", path: Path | None = None, *, prove: bool = True, handed_on: bool = False
    ) -> sqlite.Connection:
        """A bare connection under the key, proven by one read; `mode` is never one that makes a file.

        One that is to be handed on to another thread is used by one after the other.
        """
        connection = sqlite.connect(
            f"{(path or self.path).as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=not handed_on,
        )
        raw = bytearray(b"x'%s'" % binascii.hexlify(self.key))
        try:
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()  # else SQLCipher writes to stderr
            connection.set_key(raw)
            connection.create_function("indexed", 1, indexed, deterministic=True)  # for migrations
            if prove:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except sqlite.Error:
            connection.close()
            raise
        finally:
            wipe(raw)
        return connection

    def wipe(self) -> None:
        """Overwrite the key; the opener opens nothing any more."""
        wipe(self.key)


def wipe(secret: bytearray) -> None:
    """Overwrite in place: best effort, since Python may have made copies of what it was made from."""
    secret[:] = bytes(len(secret))

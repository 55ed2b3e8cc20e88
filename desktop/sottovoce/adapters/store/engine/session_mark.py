"""Whether the last session ended well, and what its write-ahead log must hold if it did not.

SQLite opens a database whose log was deleted or damaged as if nothing had been in it, and takes a foreign log for its
own. A small file beside the database, kept and overwritten in place (a full disk can't stop that), says:

- `closed`: the log was emptied before the end; whatever lies there now is not ours.
- `open`, without a frame: all that was acknowledged is in the database itself.
- `open`, with salt and frames: at least so many frames were acknowledged in the log with that salt.

Every database has its mark before it is first opened, so a mark that is missing together with its log is told too.
The last form is written without a sync after each COMMIT, hence a power cut can only make it promise less. It is taken
back, with a sync, before SQLite may begin the log anew.
"""

from __future__ import annotations

import contextlib
import os
import re
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import read_whole, sync, sync_folder, write_durably
from sottovoce.adapters.places import companion
from sottovoce.domain.errors import StoreLogForeign, StoreLogLost
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.store.engine.connection import ConnectionOpener

_FORM = re.compile(rb"(closed|open  ) ([0-9a-f]{16}) (\d{10})\n")
_FORM_BYTES = 35
_NOTHING = b"0" * 16
_MAGIC = (0x377F0682, 0x377F0683)
_SALT = slice(16, 24)
_HEADER_BYTES = 32


@dataclass(frozen=True, slots=True)
class _MarkContent:
    """What the file says."""

    closed: bool
    salt: bytes
    """Of the log, as hex digits; `_NOTHING` if the log need not hold anything."""
    frames: int


class SessionMark:
    """The file, written by the store's writer alone."""

    def __init__(self, database: Path) -> None:
        """Mark sessions of the database at that path; nothing is touched yet."""
        self.path = companion(database, "session")
        self._log = f"{database}-wal"
        self._descriptor: int | None = None
        self._salt = _NOTHING

    def judge(self, opener: ConnectionOpener) -> StoreLogLost | None:
        """Compare the log with what the last session left, before anything else opens the database.

        Returns:
            What to tell the user, once; None if all is well, or a log is there and nothing is known of it.

        Raises:
            StoreLogForeign: The log belongs to another database, or to a former state of this one.
            sqlite.Error: The database can't be opened.
        """
        noted = self._read()
        header, size = self._look_at_log()
        if noted is None:
            return None if size else StoreLogLost(said("error-store-log-lost-no-mark"))
        if noted.closed:
            if size:
                raise StoreLogForeign
            return None
        if noted.salt == _NOTHING:
            return None
        if _salt_of(header) != noted.salt:
            if _is_header(header):  # SQLite would put another database's pages into this one
                raise StoreLogForeign
            return StoreLogLost()
        with contextlib.closing(opener.keyed()) as connection:
            _, frames, _ = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        return StoreLogLost() if frames < noted.frames else None

    @property
    def has_log(self) -> bool:
        """Whether anything lies in the log."""
        return self._look_at_log()[1] > 0

    def lay(self) -> None:
        """Say durably, of a database that was just put here whole, that no session was cut off.

        Raises:
            OSError: It can't be written.
        """
        write_durably(self.path, _line(b"closed"))

    def begin(self) -> None:
        """Say durably that a session has begun; where even that can't be written, nothing is said from now on."""
        if self._descriptor is None:
            with contextlib.suppress(OSError):
                if not self.path.exists():
                    write_durably(self.path, _line(b"open  "))
                self._descriptor = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
                self._write(b"open  ", durably=True)

    def committed(self, connection: sqlite.Connection) -> None:
        """Note how far the log goes after a COMMIT, or that all of it is in the database."""
        if self._descriptor is None:
            return
        try:  # for every COMMIT, and cheaper than `suppress`
            _, frames, kept = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if frames > kept:
                if self._salt == _NOTHING:
                    self._salt = _salt_of(self._look_at_log()[0])
                self._write(b"open  ", frames)
            elif self._salt != _NOTHING:
                self._salt = _NOTHING
                self._write(b"open  ", durably=True)
        except (sqlite.Error, OSError):
            return

    def emptying(self, connection: sqlite.Connection) -> None:
        """Put what the log holds into the database and say so, before the log is cut."""
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self.committed(connection)

    def end(self) -> None:
        """Say durably that the session is over, if its log is empty; the mark may begin anew."""
        descriptor = self._descriptor
        if descriptor is not None:
            with contextlib.suppress(OSError):
                if self._sync_empty_log():
                    self._salt = _NOTHING
                    self._write(b"closed", durably=True)
            self._descriptor = None
            os.close(descriptor)

    def _write(self, state: bytes, frames: int = 0, *, durably: bool = False) -> None:
        if self._descriptor is not None:
            line = _line(state, self._salt, frames)
            if sys.platform == "win32":
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, line)
            else:
                os.pwrite(self._descriptor, line, 0)
            if durably:
                sync(self._descriptor)

    def _read(self) -> _MarkContent | None:
        with contextlib.suppress(OSError):
            found = _FORM.fullmatch(read_whole(self.path, _FORM_BYTES))
            if found:
                return _MarkContent(found[1] == b"closed", found[2], int(found[3]))
        return None

    def _sync_empty_log(self) -> bool:
        """Whether the log is empty, durably: SQLite cuts it without a sync, and a power cut could bring it back."""
        try:
            # A read-only database has a read-only log; only Windows must be able to write what it syncs.
            with open(self._log, "rb+" if sys.platform == "win32" else "rb") as log:  # noqa: PTH123 - its path is kept as text
                sync(log.fileno())
                return not os.fstat(log.fileno()).st_size
        except FileNotFoundError:
            sync_folder(self.path.parent)
            return True

    def _look_at_log(self) -> tuple[bytes, int]:
        """The log's header and its size; empty and 0 if there is none."""
        with contextlib.suppress(OSError), open(self._log, "rb") as log:  # noqa: PTH123 - its path is kept as text
            return log.read(_HEADER_BYTES), os.fstat(log.fileno()).st_size
        return b"", 0


def _line(state: bytes, salt: bytes = _NOTHING, frames: int = 0) -> bytes:
    return b"%s %s %010d\n" % (state, salt, frames)


def _salt_of(header: bytes) -> bytes:
    return header[_SALT].hex().encode()


def _is_header(header: bytes) -> bool:
    """Whether SQLite would take it for the beginning of a log: magic and checksum (sqlite.org/fileformat2.html)."""
    if len(header) < _HEADER_BYTES or struct.unpack(">I", header[:4])[0] not in _MAGIC:
        return False
    words = struct.unpack(f"{'>' if header[3] & 1 else '<'}6I", header[:24])
    first = second = 0
    for low, high in zip(words[::2], words[1::2], strict=True):
        first = (first + low + second) & 0xFFFFFFFF
        second = (second + high + first) & 0xFFFFFFFF
    return struct.unpack(">2I", header[24:32]) == (first, second)

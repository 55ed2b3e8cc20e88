"""A file that only takes up room: given back on a full disk, since even deleting needs some."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.places import companion

if TYPE_CHECKING:
    from pathlib import Path

BALLAST_BYTES = 4 << 20
"""Enough for a log of 1,000 pages, its index and the pages an erasure touches."""
ROOM_BYTES = 8 * BALLAST_BYTES
"""Free space that must be left over for it to be laid (again)."""


class Ballast:
    """The file beside the database."""

    def __init__(self, database: Path) -> None:
        """Beside the database at that path; nothing is touched yet."""
        self.path = companion(database, "ballast")

    def lay(self) -> None:
        """Take the room, if it is not taken yet and the disk has plenty."""
        with contextlib.suppress(OSError):
            if not self.path.exists() and shutil.disk_usage(self.path.parent).free > ROOM_BYTES + BALLAST_BYTES:
                self._write()

    def give_back(self) -> bool:
        """Free the room; False if there is none to free."""
        try:
            self.path.unlink()
        except OSError:
            return False
        return True

    def _write(self) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if sys.platform == "linux":
                os.posix_fallocate(descriptor, 0, BALLAST_BYTES)
            else:  # random bytes: zeros would be stored as a hole, or compressed
                os.write(descriptor, os.urandom(BALLAST_BYTES))
        except OSError:
            self.path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)

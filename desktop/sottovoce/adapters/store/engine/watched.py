"""Whether the files under the open connections are still the ones at their paths."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.places import companion
from sottovoce.domain.errors import StoreReplaced

if TYPE_CHECKING:
    from pathlib import Path

CALM_NS, COARSELY_CALM_NS = 100_000_000, 3_000_000_000
"""A folder changed longer ago than this shows every further change in its time: clocks tick every 10 ms at least, but a
file system that keeps whole seconds (FAT: two) needs longer."""
SECOND_NS = 1_000_000_000

Identity = tuple[int, int] | None


class WatchedFiles:
    """The database, its log and the home's lock by device and inode.

    SQLite goes on writing into a file moved away or deleted, and a lock whose file is gone keeps nobody out. Each of
    that changes the folder they are in: where its times are those of the last look, one call of the system is enough.
    """

    def __init__(self, database: Path) -> None:
        """Take the files at these paths for the right ones."""
        self._folder = str(database.parent)
        self._paths = (str(database), str(companion(database, "lock")), f"{database}-wal")
        self._known = [_identity(path) for path in self._paths]
        self._calm: tuple[int, int, int] | None = None
        """The folder as it was at a look that found all in place, if it has been so for a while."""
        self._gone = False

    def refresh_log(self) -> None:
        """A new connection may have made a new log; the database itself stays the one it was."""
        self._known[-1] = _identity(self._paths[-1])
        self._calm = None

    def replaced(self, *, log_too: bool = True) -> StoreReplaced | None:
        """The error to raise if one of them is another file now, or none; once it was, it stays so."""
        if not self._gone:
            folder = _seen(self._folder)
            if folder is not None and folder == self._calm:
                return None
            known = self._known if log_too else self._known[:-1]
            in_place = (
                identity is None or _identity(path) == identity
                for path, identity in zip(self._paths, known, strict=False)
            )
            if all(in_place):
                self._calm = folder if log_too and folder is not None and _is_calm(folder[2]) else None
                return None
            self._gone = True
        return StoreReplaced()


def _is_calm(changed_ns: int) -> bool:
    needed = CALM_NS if changed_ns % SECOND_NS else COARSELY_CALM_NS
    return changed_ns < time.time_ns() - needed


def _identity(path: str) -> Identity:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for every COMMIT, and a Path costs twice the time
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _seen(folder: str) -> tuple[int, int, int] | None:
    """Device, inode and time of the last change; None where a folder's times do not show changes of its entries."""
    if sys.platform == "win32":
        return None
    try:
        found = os.stat(folder)  # noqa: PTH116 - as above
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_ctime_ns

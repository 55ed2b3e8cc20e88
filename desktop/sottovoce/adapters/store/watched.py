"""Whether the files under the open connections are still the ones at their paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sottovoce.domain.errors import StoreReplaced

if TYPE_CHECKING:
    from pathlib import Path

Identity = tuple[int, int] | None


class WatchedFiles:
    """The database and its log by device and inode: SQLite goes on writing into a file moved away or deleted."""

    def __init__(self, database: Path) -> None:
        """Take the files at these paths for the right ones."""
        self._paths = (str(database), f"{database}-wal")
        self._known: list[Identity] = [_identity(path) for path in self._paths]
        self._gone = False

    def refresh_log(self) -> None:
        """A new connection may have made a new log; the database itself stays the one it was."""
        self._known[1] = _identity(self._paths[1])

    def replaced(self, *, log_too: bool = True) -> StoreReplaced | None:
        """The error to raise if one of them is another file now, or none; once it was, it stays so."""
        count = 2 if log_too else 1
        if not self._gone:
            self._gone = any(
                known is not None and _identity(path) != known
                for path, known in zip(self._paths[:count], self._known, strict=False)
            )
        return StoreReplaced() if self._gone else None


def _identity(path: str) -> Identity:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked twice for every COMMIT, and a Path costs twice the time
    except OSError:
        return None
    return found.st_dev, found.st_ino

"""The store that a restored one takes the place of: what it knows of erasures and of the clock goes on counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store import rows
from sottovoce.domain.erasing import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.store.rows.marks import Mark
    from sottovoce.domain.clock import ClockLedger
    from sottovoce.domain.erasing import Erasure

_ERASED: Final = (Scope.MEMORY, Scope.CONVERSATION, Scope.USER)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a store that makes way knows and its backup can't."""

    clock: ClockLedger | None
    """Of this machine's clock and backups."""
    marks: tuple[Mark, ...]
    """What was erased."""
    unfinished: tuple[Erasure, ...]
    """What is still to be erased from backups."""

    @classmethod
    def of(cls, connection: sqlite.Connection) -> Predecessor:
        """Read what was erased before the restore."""
        try:
            marks = rows.marks.all_marks(connection)
        except sqlite.OperationalError:  # of an earlier version
            marks = ()
        pending = (one for one in rows.erase.unfinished(connection) if one.scope is not Scope.BEFORE)
        return cls(rows.clock.stored(connection), marks, tuple(pending))

    def erased_since(self, at: float) -> tuple[float, ...]:
        """When something was erased or forgotten later than that, the earliest first."""
        return tuple(sorted({mark.at for mark in self.marks if mark.what in _ERASED and mark.at > at}))

    def into(self, connection: sqlite.Connection) -> tuple[float, ...]:
        """Erase from a backup's rows what was to be erased from it anyway; when what it has again was erased."""
        for erasure in self.unfinished:
            rows.erase.erase(connection, erasure)
            rows.erase.note_unfinished(connection, erasure)
        return rows.marks.take_over(connection, self.marks)


def begin_erasing(connection: sqlite.Connection) -> None:
    """Begin a transaction in which an erasure may take place."""
    for pragma in ("foreign_keys = ON", "temp_store = MEMORY", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN IMMEDIATE")


def has_log(database: Path) -> bool:
    """Whether a log holds something that is not in the file itself."""
    log = database.with_name(f"{database.name}-wal")
    return log.exists() and log.stat().st_size > 0

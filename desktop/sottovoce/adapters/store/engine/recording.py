"""What the writer commits while the store's file is copied, so that the copy can follow.

Each statement is kept as it was given, with its values. Done again in the same order on a copy of the same rows it does
the same: none of ours asks for the time or for chance (values of those kinds are made before and handed over).
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlcipher3.dbapi2 as sqlite

MOST_STATEMENTS = 500_000
"""Kept at most: some 100 MB. More come only if somebody writes without a pause while a huge file is copied."""

_READS = ("SELECT", "PRAGMA")


@dataclass(slots=True)
class Recorded:
    """A connection whose changes are noted; what a job of the writer may do with it is all it can."""

    connection: sqlite.Connection
    statements: list[tuple[str, list[Sequence[Any]]]] = field(default_factory=list)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite.Cursor:
        """Execute a statement, as the connection does."""
        if not sql.startswith(_READS):
            self.statements.append((sql, [values]))
        return self.connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> sqlite.Cursor:
        """Execute a statement for many rows, as the connection does."""
        every = list(rows)
        self.statements.append((sql, every))
        return self.connection.executemany(sql, every)

    @property
    def total_changes(self) -> int:
        """How many rows were changed, as the connection counts."""
        return int(self.connection.total_changes)


class Recording:
    """Filled by the writer's thread, emptied by another one, both in the order of the transactions."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._groups: deque[list[tuple[str, list[Sequence[Any]]]]] = deque()
        self._statements = 0
        self._broken = False
        self._ready = threading.Event()
        self._taken = threading.Event()

    # On the writer's thread

    def begin(self, wait_s: float) -> None:
        """Stand between two transactions until the other side has its snapshot; what is committed after is recorded."""
        self._ready.set()
        if not self._taken.wait(wait_s):
            self._broken = True

    def committed(self, group: Recorded) -> None:
        """Note a transaction that is durable."""
        if self._statements + len(group.statements) > MOST_STATEMENTS:
            self.lose()
        if not self._broken and group.statements:
            self._statements += len(group.statements)
            self._groups.append(group.statements)

    def lose(self) -> None:
        """Something was written that is not noted, or may have been: the copy can't follow any more."""
        self._broken = True
        self._groups.clear()

    # On the other side

    def is_ready(self, wait_s: float) -> bool:
        """Whether the writer stands between two transactions now; waits so long for it."""
        return self._ready.wait(wait_s)

    def taken(self) -> None:
        """Let the writer go on: the snapshot is there, or there will be none."""
        self._taken.set()

    @property
    def waiting(self) -> int:
        """Transactions that wait to be done again."""
        return len(self._groups)

    def follow(self, copy: sqlite.Connection) -> None:
        """Do on the copy what has been committed since the last time, in one transaction.

        Raises:
            StoreFailed: The copy can't follow any more.
            sqlite.Error: It could not be written.
        """
        if self._broken:
            raise StoreFailed(said("error-store-outrun"))
        copy.execute("BEGIN IMMEDIATE")
        for _ in range(len(self._groups)):
            for sql, rows in self._groups.popleft():
                if len(rows) == 1:
                    copy.execute(sql, rows[0])
                else:
                    copy.executemany(sql, rows)
        copy.execute("COMMIT")

"""A copy of the database, read as what it holds: it is copied first, opened under a key of ours, and never changed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine import copying, schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.failures import CORRUPT
from sottovoce.domain.errors import CopyLocked, CopyUnreadable, StoreTooNew
from sottovoce.domain.joining import Holdings, MemoryUse, MessageDate, TurnEnd
from sottovoce.domain.records import KEPT
from sottovoce.domain.said import said
from sottovoce.domain.turns import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sottovoce.adapters.store.engine.care_thread import GoOn
    from sottovoce.adapters.store.rows.marks import Mark
    from sottovoce.adapters.store.rows.powers import Powers
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.records import Kept

ROWS_A_TIME = 500
MOST_ROWS = 1_000_000_000


class DatabaseCopy:
    """One copy. Every method blocks and belongs onto one thread; `close` comes last."""

    def __init__(self, path: Path, logs: Sequence[Path], target: Path, database: str, go_on: GoOn) -> None:
        """Name it.

        Args:
            path: The copy.
            logs: Write-ahead logs that may belong to it.
            target: Where a copy of it is opened; made anew.
            database: Id that it must have.
            go_on: Called now and then.
        """
        self.path = path
        self._logs = (path.with_name(f"{path.name}-wal"), *logs)
        self._target = target
        self._database = database
        self._go_on = go_on
        self._connection: Any = None
        self._key: bytes | bytearray = b""

    def open(self, keys: Sequence[bytes | bytearray]) -> None:
        """Open it under whichever of these keys fits, with the log that belongs to it, if there is one.

        Raises:
            CopyLocked: None of them does.
            CopyUnreadable: It is damaged, or of another home.
            StoreTooNew: A later version of the program wrote it.
        """
        key = self._key = self._fitting(keys)
        for log in (*(log for log in dict.fromkeys(self._logs) if log.exists()), None):
            self._copy(log)
            try:
                self._connection = ConnectionOpener(self._target, bytearray(key)).writer()
                if self._connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]:
                    break
            except sqlite.Error:
                pass
            self.close()
        if self._connection is None:
            raise CopyUnreadable(said("error-copy-unreadable-damaged", name=self.path.name))
        self._refuse_others()
        schema.apply(self._connection, schema.shipped_steps())

    def close(self) -> None:
        """Close it and remove what was opened. Idempotent."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        schema.discard(self._target)

    def put_under(self, key: bytearray, anew: Path, go_on: GoOn) -> None:
        """Put the copy itself, with what its log holds, under another key, unless it is under that one.

        Raises:
            sqlite.Error, OSError: It could not be written; the copy is as it was.
        """
        if bytes(key) == bytes(self._key):
            return
        copying.copy_under(ConnectionOpener(self._target, bytearray(self._key)), anew, key, go_on)
        anew.replace(self.path)
        sync_folder(self.path.parent)

    def check(self) -> Holdings:
        """Check and return the rows of which there are few."""
        connection = self._connection
        users = [row[0] for row in connection.execute("SELECT DISTINCT user_id FROM user_context")]
        contexts = [known for user in users if (known := rows.messages.context(connection, user)) is not None]
        records: list[Kept] = []
        for kind in KEPT:
            records += rows.records.records(connection, kind, MOST_ROWS, None)
        ids = [row[0] for row in connection.execute("SELECT id FROM memory ORDER BY number")]
        return Holdings(
            memories=rows.memories.by_id(connection, ids),
            contexts=tuple(contexts),
            records=tuple(records),
            egress=tuple(reversed(rows.records.egress(connection, MOST_ROWS))),
        )

    def messages(self) -> Iterator[list[Message]]:
        """Messages in the order they were stored."""
        for some in self._rows(f"SELECT {rows.messages.MESSAGE} FROM message AS m ORDER BY m.number"):  # noqa: S608 - a constant
            yield [rows.messages.message_of(row) for row in some]

    def dates(self) -> Iterator[list[MessageDate]]:
        """Messages whose dates say nothing."""
        yield rows.clock.dates(self._connection, doubted=True)

    def turns(self) -> Iterator[list[TurnEnd]]:
        """How turns ended."""
        for some in self._rows("SELECT message_id, closed_at, outcome FROM turn_journal WHERE closed_at IS NOT NULL"):
            yield [TurnEnd(row[0], row[1], Outcome(row[2])) for row in some]

    def uses(self) -> Iterator[list[MemoryUse]]:
        """What answers drew on."""
        for some in self._rows("SELECT message_id, memory_id, place FROM memory_use"):
            yield [MemoryUse(*row) for row in some]

    def marks(self) -> tuple[Mark, ...]:
        """What was erased there."""
        return rows.marks.all_marks(self._connection)

    def powers(self) -> Powers:
        """What may be done there without its user being asked."""
        return rows.powers.powers(self._connection)

    def sittings(self) -> tuple[tuple[str, float, str, str], ...]:
        """When and where it was open."""
        return rows.sittings.all_of(self._connection)

    def _rows(self, query: str) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self._connection.execute(query)
        while some := cursor.fetchmany(ROWS_A_TIME):
            self._go_on()
            yield some

    def _fitting(self, keys: Sequence[bytes | bytearray]) -> bytes | bytearray:
        self._copy(None)
        for key in keys:
            try:
                ConnectionOpener(self._target, bytearray(key)).keyed().close()
            except sqlite.Error as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != CORRUPT:
                    continue
            return key  # under another one the first page is none, whatever else is damaged
        schema.discard(self._target)
        raise CopyLocked(said("error-copy-locked-named", name=self.path.name))

    def _copy(self, log: Path | None) -> None:
        schema.discard(self._target)
        for source, suffix in ((self.path, ""), (log, "-wal")):
            if source is not None:
                target = self._target.with_name(self._target.name + suffix)
                descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with source.open("rb") as content, os.fdopen(descriptor, "wb") as written:
                    shutil.copyfileobj(content, written)

    def _refuse_others(self) -> None:
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'database'").fetchone()
        if row is None or row[0] != self._database:
            raise CopyUnreadable(said("error-copy-unreadable-foreign", name=self.path.name))
        if schema.version_of(self._connection) > schema.shipped_steps()[-1].version:
            raise StoreTooNew

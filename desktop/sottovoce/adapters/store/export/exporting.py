"""The user's data in clear, for other programs and for reading: JSON Lines, Markdown and a description of every field.

`docs/export-format.md` describes the form, which `export/folder.py` reads again. Rows are streamed from one snapshot,
so that an export of any length takes little memory and writers go on. SQLite writes the lines' JSON itself: made from
tuples here, it took more than twice the time. Messages are read once for both forms.
"""

from __future__ import annotations

import base64
import contextlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store.export.clock import ExportClock
from sottovoce.adapters.store.export.conversations import SAID_COLUMNS, ConversationFiles
from sottovoce.adapters.store.export.files import ExportFiles
from sottovoce.adapters.store.export.markdown import escaped, one_line, quoted
from sottovoce.adapters.store.export.tables import FORMAT, FORMAT_VERSION, MANIFEST, TABLES, described
from sottovoce.adapters.store.rows.messages import storable, title_of
from sottovoce.domain.errors import PlacesUnusable, ThingNotFound
from sottovoce.domain.moments import local_now
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import said
from sottovoce.domain.version import VERSION
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.engine.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.export.files import NewFile
    from sottovoce.adapters.store.export.tables import Table

ROWS_A_TIME = 500
MESSAGES = "messages"
"""The table whose rows are also written as conversations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWritten:
    """What an export wrote."""

    folder: Path
    rows: dict[str, int]
    """By table."""


class StoreExport:
    """Exports one open store."""

    def __init__(self, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` does the work."""
        self._store = store
        self._thread = thread

    async def export(self, folder: Path, *, user_id: str | None = None) -> ExportWritten:
        """Write everything, or all of one user, into `folder`, in clear, readable by the user alone.

        Args:
            folder: Absolute; made if it is not there, else it must be empty.
            user_id: Whose data; nothing of another user, nor of what belongs to nobody, is in it then.

        Raises:
            PlacesUnusable: It holds something, or can't be written.
            ThingNotFound: There is nothing of this user.
            StoreTrouble: The store can't be read; what was written is removed.
        """
        user = None if user_id is None else storable(user_id)
        of_one = {} if user_id is None else {"of_one_user": True}

        async def noted(exported: ExportWritten) -> None:
            await self._store.audit(AuditEvent.EXPORTED, {"messages": exported.rows["messages"], **of_one})

        async with self._thread.one:
            return await self._thread.run(lambda go_on: self._export(folder, user, go_on), then=noted)

    def _export(self, folder: Path, user: str | None, go_on: GoOn) -> ExportWritten:
        with contextlib.closing(self._store.opener.reader()) as connection:
            clock = ExportClock()
            connection.create_function("local_zone", 0, lambda: clock.zone)
            connection.create_function("title_of", 1, lambda words_said: title_of(words_said or ""), deterministic=True)
            connection.execute("BEGIN")
            if user is not None:
                _refuse_unknown(connection, user)
            _prepare(folder)
            files = ExportFiles(folder)
            try:
                rows = _Writing(files, clock, go_on, user).all(connection)
            except BaseException:
                files.remove()
                raise
        sync_folder(folder)
        return ExportWritten(folder=folder, rows=rows)


def _refuse_unknown(connection: sqlite.Connection, user: str) -> None:
    theirs = [table for table in TABLES if table.of_user and table.is_stored]
    owned = [table.name for table in theirs if any(one.name == "user_id" for one in table.fields)]
    query = " UNION ALL ".join(f"SELECT 1 FROM {name} WHERE user_id = ?1" for name in owned)  # noqa: S608 - our own names
    if connection.execute(f"{query} LIMIT 1", (user,)).fetchone() is None:
        raise ThingNotFound(said("error-export-nobody"))


def _prepare(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise PlacesUnusable(said("error-export-place-full", folder=folder))
    make_private_folder(folder)


class _Writing:
    """One export."""

    def __init__(self, files: ExportFiles, clock: ExportClock, go_on: GoOn, user: str | None) -> None:
        self._files = files
        self._go_on = go_on
        self._user = user
        self._values = () if user is None else (user,)
        self._clock = clock

    def all(self, connection: sqlite.Connection) -> dict[str, int]:
        """Write every file; the description last, and before it what an import begins with."""
        files: dict[str, dict[str, object]] = {}
        tables = [table for table in TABLES if self._user is None or table.of_user]
        conversations = ConversationFiles(connection, self._files, self._clock, self._user, len(tables) + 1)
        for table in tables:
            with self._files.new(f"{table.file}.jsonl") as file:
                count = self._table(connection, table, file, conversations)
            files[f"{table.file}.jsonl"] = {"rows": count, "bytes": file.bytes, "sha256": file.sum}
        conversations.end()
        rows = {table.file: int(str(files[f"{table.file}.jsonl"]["rows"])) for table in tables}
        self._notes(connection)
        self._lists(connection)
        self._events(connection)
        self._reminders(connection)
        self._memories(connection)
        self._description(rows)
        self._manifest(connection, files)
        return rows

    def _table(self, connection: sqlite.Connection, table: Table, file: NewFile, readable: ConversationFiles) -> int:
        """One JSON object a line; returns how many."""
        count, beside = 0, SAID_COLUMNS if table.file == MESSAGES else ()
        query = table.query(of_user=self._user is not None, beside=beside)
        for rows in self._batches(connection, query):
            lines = [row[0] for row in rows] if table.in_json else [_json(table, row) for row in rows]
            lines.append("")
            # Allowed in JSON, but a new line to many a reader of lines.
            text = "\n".join(lines).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
            file.write(text)
            if beside:
                readable.add(rows)
            count += len(rows)
        return count

    def _head(self, title: str) -> str:
        return f"# {title}\n\n{words('export-zone', zone=self._clock.zone)}\n"

    def _notes(self, connection: sqlite.Connection) -> None:
        with self._files.new("notes.md") as file:
            file.write(self._head(words("export-notes-title")))
            query = f"SELECT created_at, user_id, text FROM note {self._mine} ORDER BY created_at, id"  # noqa: S608 - constants
            for at, user, text in self._rows(connection, query):
                file.write(f"\n{self._clock.minute(at)}, {one_line(user)}:\n\n{quoted(text)}\n")

    def _lists(self, connection: sqlite.Connection) -> None:
        """As check lists, each under its name; a row without a text is the list itself."""
        with self._files.new("lists.md") as file:
            file.write(self._head(words("export-lists-title")))
            query = (
                f"SELECT user_id, list, text, done FROM list_entry {self._mine} ORDER BY user_id, list, created_at, id"  # noqa: S608 - constants
            )
            under = None
            for user, name, text, done in self._rows(connection, query):
                if under != (user, name):
                    under = user, name
                    file.write(f"\n## {one_line(name)}\n\n{one_line(user)}:\n\n")
                if text:
                    file.write(f"- [{'x' if done else ' '}] {one_line(text)}\n")

    def _events(self, connection: sqlite.Connection) -> None:
        with self._files.new("events.md") as file:
            file.write(self._head(words("export-calendar-title")))
            columns = "starts_at, ends_at, user_id, title, place, recurrence"
            query = f"SELECT {columns} FROM event {self._mine} ORDER BY starts_at, id"  # noqa: S608 - constants
            for starts, ends, user, title, place, again in self._rows(connection, query):
                what = "\n".join(filter(None, (title, place, again)))
                until = words("export-until", begin=self._clock.minute(starts), end=self._clock.minute(ends))
                file.write(f"\n{until}, {one_line(user)}:\n\n{quoted(what)}\n")

    def _reminders(self, connection: sqlite.Connection) -> None:
        with self._files.new("reminders.md") as file:
            file.write(self._head(words("export-reminders-title")))
            query = f"SELECT due_at, user_id, state, text, recurrence FROM reminder {self._mine} ORDER BY due_at, id"  # noqa: S608 - constants
            for at, user, state, text, again in self._rows(connection, query):
                what = "\n".join(filter(None, (text, again)))
                file.write(f"\n{self._clock.minute(at)}, {one_line(user)}, {escaped(state)}:\n\n{quoted(what)}\n")

    def _memories(self, connection: sqlite.Connection) -> None:
        """What holds, then what something else took the place of, each with whose it is."""
        with self._files.new("memories.md") as file:
            file.write(self._head(words("export-memories-title")))
            for title, held in ((words("export-held"), "IS NULL"), (words("export-superseded"), "IS NOT NULL")):
                mine = f"{self._mine} AND" if self._mine else "WHERE"
                query = (
                    f"SELECT created_at, user_id, kind, text FROM memory {mine} superseded_by {held} ORDER BY number"  # noqa: S608 - constants
                )
                file.write(f"\n## {title}\n")
                for at, user, kind, text in self._rows(connection, query):
                    file.write(f"\n{self._clock.minute(at)}, {one_line(user)}, {escaped(kind)}:\n\n{quoted(text)}\n")

    @property
    def _mine(self) -> str:
        return "" if self._user is None else "WHERE user_id = ?1"

    def _description(self, rows: Mapping[str, int]) -> None:
        with self._files.new("README.md") as file:
            whose = None if self._user is None else one_line(self._user)
            file.write(described(rows, f"Sottovoce {VERSION}", local_now(), whose))

    def _manifest(self, connection: sqlite.Connection, files: Mapping[str, object]) -> None:
        """Last: an export that was cut off is none."""
        home = connection.execute("SELECT value FROM meta WHERE name = 'database'").fetchone()
        manifest = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "program": f"Sottovoce {VERSION}",
            "made_at": time.time(),
            "zone": self._clock.zone,
            "user": self._user,
            "home": None if home is None else home[0],
            "files": files,
        }
        with self._files.new(MANIFEST) as file:
            file.write(json.dumps(manifest, indent=1) + "\n")

    def _batches(self, connection: sqlite.Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
        cursor = connection.execute(query, self._values)
        while rows := cursor.fetchmany(ROWS_A_TIME):
            self._go_on()
            yield rows

    def _rows(self, connection: sqlite.Connection, query: str) -> Iterable[tuple[Any, ...]]:
        for rows in self._batches(connection, query):
            yield from rows


def _json(table: Table, row: tuple[Any, ...]) -> str:
    values = zip((field.name for field in table.fields), row, strict=True)
    return json.dumps({name: _plain(value) for name, value in values}, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value

"""The user's data in clear, for other programs and for reading: JSON Lines, Markdown and a description of every field.

`docs/export-format.md` describes the form, which `importing` reads again. Rows are streamed from one snapshot, so that
an export of any length takes little memory and writers go on. SQLite writes the lines' JSON itself: made from tuples
here, it took more than twice the time.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store.export_markdown import escaped, one_line, quoted
from sottovoce.adapters.store.export_tables import FORMAT, FORMAT_VERSION, MANIFEST, TABLES, described
from sottovoce.adapters.store.rows import storable, title_of
from sottovoce.domain.errors import PlacesUnusable, ThingNotFound
from sottovoce.domain.moments import local_moment, local_now
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.export_tables import Table

ROWS_A_TIME = 500
CONVERSATIONS = "conversations"
WRITE_BYTES = 1 << 20

_HOUR_S, _DAY_S = 3600, 86_400
_TWO = tuple(f"{number:02}" for number in range(60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
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

    async def export(self, folder: Path, *, user_id: str | None = None) -> Exported:
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
        async with self._thread.one:
            exported = await self._thread.run(lambda go_on: self._export(folder, user, go_on))
        of_one = {} if user_id is None else {"of_one_user": True}
        await self._store.audit(AuditEvent.EXPORTED, {"messages": exported.rows["messages"], **of_one})
        return exported

    def _export(self, folder: Path, user: str | None, go_on: GoOn) -> Exported:
        with contextlib.closing(self._store.opener.reader()) as connection:
            connection.create_function("local_zone", 0, zone_name)
            connection.create_function("title_of", 1, lambda said: title_of(said or ""), deterministic=True)
            connection.execute("BEGIN")
            if user is not None:
                _refuse_unknown(connection, user)
            _prepare(folder)
            writing = _Writing(folder, go_on, user)
            try:
                rows = writing.all(connection)
            except BaseException:
                writing.remove()
                raise
        sync_folder(folder)
        return Exported(folder=folder, rows=rows)


def _refuse_unknown(connection: sqlite.Connection, user: str) -> None:
    theirs = [table for table in TABLES if table.of_user and table.is_stored]
    owned = [table.name for table in theirs if any(one.name == "user_id" for one in table.fields)]
    query = " UNION ALL ".join(f"SELECT 1 FROM {name} WHERE user_id = ?1" for name in owned)  # noqa: S608 - our own names
    if connection.execute(f"{query} LIMIT 1", (user,)).fetchone() is None:
        raise ThingNotFound("Nothing is kept of this user.", "See `sottovoce history list` for the names of users.")


def _prepare(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise PlacesUnusable(f"The folder {folder} is not empty.", "Name a new or empty folder.")
    make_private_folder(folder)


class _File:
    """A new file, 0600, with what an import checks it by."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, text: str) -> None:
        """Add text; what half a surrogate pair is left of becomes a question mark."""
        content = memoryview(text.encode("utf-8", "replace"))
        self._digest.update(content)
        self.bytes += len(content)
        while content:
            content = content[os.write(self._descriptor, content) :]

    def close(self) -> None:
        """Let it go."""
        os.close(self._descriptor)

    @property
    def sum(self) -> str:
        """SHA-256 of all that was written, hex."""
        return self._digest.hexdigest()


class _Writing:
    """Files of one export."""

    def __init__(self, folder: Path, go_on: GoOn, user: str | None) -> None:
        self._folder = folder
        self._go_on = go_on
        self._user = user
        self._values = () if user is None else (user,)
        self._made: list[Path] = []
        self._clock = _Clock()

    def all(self, connection: sqlite.Connection) -> dict[str, int]:
        """Write every file; the description last, and before it what an import begins with."""
        files: dict[str, dict[str, object]] = {}
        tables = [table for table in TABLES if self._user is None or table.of_user]
        for table in tables:
            with self._file(f"{table.file}.jsonl") as file:
                count = self._table(connection, table, file)
            files[f"{table.file}.jsonl"] = {"rows": count, "bytes": file.bytes, "sha256": file.sum}
        rows = {table.file: int(str(files[f"{table.file}.jsonl"]["rows"])) for table in tables}
        self._made.append(self._folder / CONVERSATIONS)
        (self._folder / CONVERSATIONS).mkdir(mode=0o700)
        self._conversations(connection)
        self._notes(connection)
        self._memories(connection)
        self._description(rows)
        self._manifest(connection, files)
        return rows

    def remove(self) -> None:
        """Remove what was made, files before their folder."""
        for path in reversed(self._made):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _file(self, name: str) -> Iterator[_File]:
        path = self._folder / name
        self._made.append(path)
        file = _File(path)
        try:
            yield file
        finally:
            file.close()

    def _table(self, connection: sqlite.Connection, table: Table, file: _File) -> int:
        """One JSON object a line; returns how many."""
        count = 0
        query = table.query(of_user=self._user is not None)
        for rows in self._batches(connection, query):
            lines = [row[0] for row in rows] if table.in_json else [_json(table, row) for row in rows]
            lines.append("")
            # Allowed in JSON, but a new line to many a reader of lines.
            text = "\n".join(lines).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
            file.write(text)
            count += len(rows)
        return count

    def _conversations(self, connection: sqlite.Connection) -> None:
        """A Markdown file for each conversation."""
        where = "" if self._user is None else "WHERE id IN (SELECT conversation_id FROM message WHERE user_id = ?1) "
        query = f"SELECT id, title, started_at, user_id FROM conversation {where}ORDER BY started_at, id"  # noqa: S608 - constants
        for number, row in enumerate(self._rows(connection, query), len(self._made)):
            self._conversation(connection, number, *row)

    def _conversation(self, connection: sqlite.Connection, number: int, name: str, title: str, *row: Any) -> None:  # noqa: ANN401 - columns
        started, user = row
        only = "" if self._user is None else " AND user_id = ?2"
        said = connection.execute(
            f"SELECT role, content, state, created_at, user_id FROM message WHERE conversation_id = ?1{only}"  # noqa: S608 - constants
            " ORDER BY number",
            (name, *self._values),
        )
        rows = said.fetchmany(ROWS_A_TIME)
        if self._user is not None:  # whoever began it is nobody's business else
            user, started = self._user, rows[0][3]
            title = next((title_of(content) for role, content, *_ in rows if role == "user"), "")
        day, begun = self._clock.name_of(started), self._clock.minute(started)
        with self._file(f"{CONVERSATIONS}/{day}-{number:06}.md") as file:
            file.write(
                f"# {one_line(title) or 'Conversation'}\n\n{begun} – {one_line(name)}\n\n"
                f"With: {one_line(user)}. Times are in the zone {self._clock.zone}.\n"
            )
            while rows:
                self._go_on()
                file.write("".join(map(self._said, rows, repeat(user))))
                rows = said.fetchmany(ROWS_A_TIME)

    def _said(self, row: tuple[str, str, str, float, str], whose: str) -> str:
        role, content, state, at, user = row
        who = "You" if role == "user" else "Sottovoce"
        other = "" if user == whose else f" ({one_line(user)})"
        cut = " (cut short)" if state == "partial" else ""
        return f"\n**{who}**{other}, {self._clock.second(at)}{cut}:\n\n{quoted(content)}\n"

    def _notes(self, connection: sqlite.Connection) -> None:
        with self._file("notes.md") as file:
            file.write(f"# Notes\n\nTimes are in the zone {self._clock.zone}.\n")
            query = f"SELECT created_at, user_id, text FROM note {self._mine} ORDER BY created_at, id"  # noqa: S608 - constants
            for at, user, text in self._rows(connection, query):
                file.write(f"\n{self._clock.minute(at)}, {one_line(user)}:\n\n{quoted(text)}\n")

    def _memories(self, connection: sqlite.Connection) -> None:
        """What holds, then what something else took the place of, each with whose it is."""
        with self._file("memories.md") as file:
            file.write(f"# Memories\n\nTimes are in the zone {self._clock.zone}.\n")
            for title, held in (("What holds", "IS NULL"), ("Superseded: no longer so", "IS NOT NULL")):
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
        with self._file("README.md") as file:
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
        with self._file(MANIFEST) as file:
            file.write(json.dumps(manifest, indent=1) + "\n")

    def _batches(self, connection: sqlite.Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
        cursor = connection.execute(query, self._values)
        while rows := cursor.fetchmany(ROWS_A_TIME):
            self._go_on()
            yield rows

    def _rows(self, connection: sqlite.Connection, query: str) -> Iterable[tuple[Any, ...]]:
        for rows in self._batches(connection, query):
            yield from rows


class _Clock:
    """Times in the machine's zone; the difference to UTC is asked for once an hour of what is told."""

    def __init__(self) -> None:
        self.zone = zone_name()
        self._offsets: dict[float, int] = {}

    def name_of(self, seconds: float) -> str:
        """For a file."""
        return f"{self._told(seconds):%Y-%m-%d-%H%M%S}"

    def minute(self, seconds: float) -> str:
        """Day and minute."""
        return f"{self._told(seconds):%Y-%m-%d %H:%M}"

    def second(self, seconds: float) -> str:
        """Within a day: in words of its own, as there is one for each message."""
        try:
            second = int(seconds + self._offset(seconds)) % _DAY_S
        except (OverflowError, ValueError, OSError):
            second = 0
        return f"{_TWO[second // _HOUR_S]}:{_TWO[second // 60 % 60]}:{_TWO[second % 60]}"

    def _offset(self, seconds: float) -> int:
        hour = seconds // _HOUR_S
        offset = self._offsets.get(hour)
        if offset is None:
            offset = self._offsets[hour] = _offset_s(seconds)
        return offset

    def _told(self, seconds: float) -> datetime:
        try:
            return datetime.fromtimestamp(seconds + self._offset(seconds), UTC)
        except (OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(0, UTC)


def _offset_s(seconds: float) -> int:
    offset = local_moment(seconds).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def zone_name() -> str:
    """The machine's zone as people write it, with its present difference to UTC."""
    now = local_now()
    return f"{now.tzname()} (UTC{now:%z})"


def _json(table: Table, row: tuple[Any, ...]) -> str:
    values = zip((field.name for field in table.fields), row, strict=True)
    return json.dumps({name: _plain(value) for name, value in values}, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value

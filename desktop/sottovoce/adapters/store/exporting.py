"""The user's data in clear, for other programs and for reading: JSON Lines, Markdown and a description of every field.

Rows are streamed from one snapshot, so that an export of any length takes little memory and writers go on.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store.export_tables import TABLES, described
from sottovoce.domain.errors import PlacesUnusable
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.export_tables import Table

ROWS_A_TIME = 500
CONVERSATIONS = "conversations"


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

    async def export(self, folder: Path) -> Exported:
        """Write everything into `folder`, in clear, readable by the user alone.

        Args:
            folder: Absolute; made if it is not there, else it must be empty.

        Raises:
            PlacesUnusable: It holds something, or can't be written.
            StoreTrouble: The store can't be read; what was written is removed.
        """
        async with self._thread.one:
            exported = await self._thread.run(lambda go_on: self._export(folder, go_on))
        await self._store.audit(AuditEvent.EXPORTED, {"messages": exported.rows["messages"]})
        return exported

    def _export(self, folder: Path, go_on: GoOn) -> Exported:
        _prepare(folder)
        writing = _Writing(folder, go_on)
        try:
            with contextlib.closing(self._store.opener.reader()) as connection:
                connection.execute("BEGIN")
                rows = {table.file: writing.table(connection, table) for table in TABLES}
                (folder / CONVERSATIONS).mkdir(mode=0o700)
                writing.conversations(connection)
                writing.list_of(
                    connection, "notes.md", "Notes", "SELECT created_at, text FROM note ORDER BY created_at"
                )
                writing.list_of(
                    connection, "memories.md", "Memories", "SELECT created_at, text FROM memory ORDER BY number"
                )
            with writing.file("README.md") as file:
                file.write(described(rows, f"Sottovoce {VERSION}", datetime.now().astimezone()))
        except BaseException:
            writing.remove()
            raise
        sync_folder(folder)
        return Exported(folder=folder, rows=rows)


def _prepare(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise PlacesUnusable(f"The folder {folder} is not empty.", "Name a new or empty folder.")
    make_private_folder(folder)


class _Writing:
    """Files of one export."""

    def __init__(self, folder: Path, go_on: GoOn) -> None:
        self._folder = folder
        self._go_on = go_on
        self._made: list[Path] = []

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[TextIO]:
        """A new file, 0600."""
        path = self._folder / name
        self._made.append(path)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            yield file

    def remove(self) -> None:
        """Remove what was made."""
        for path in self._made:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (self._folder / CONVERSATIONS).rmdir()

    def table(self, connection: sqlite.Connection, table: Table) -> int:
        """One JSON object a line; returns how many."""
        names, count = [field.name for field in table.fields], 0
        with self.file(f"{table.file}.jsonl") as file:
            for row in self._rows(connection, table.query):
                values = zip(names, row, strict=True)
                json.dump({name: _plain(value) for name, value in values}, file, ensure_ascii=False)
                file.write("\n")
                count += 1
        return count

    def conversations(self, connection: sqlite.Connection) -> None:
        """A Markdown file for each conversation."""
        for identifier, title, started in self._rows(
            connection, "SELECT id, title, started_at FROM conversation ORDER BY started_at, id"
        ):
            begun = _time(started)
            with self.file(f"{CONVERSATIONS}/{begun:%Y-%m-%d-%H%M%S}-{len(self._made):06}.md") as file:
                file.write(f"# {_line(title) or 'Conversation'}\n\n{begun:%Y-%m-%d %H:%M} – {_line(identifier)}\n")
                for role, content, state, at in self._rows(
                    connection,
                    "SELECT role, content, state, created_at FROM message WHERE conversation_id = ? ORDER BY number",
                    identifier,
                ):
                    cut = " (cut short)" if state == "partial" else ""
                    who = "You" if role == "user" else "Sottovoce"
                    file.write(f"\n**{who}**, {_time(at):%H:%M:%S}{cut}:\n\n{_quoted(content)}\n")

    def list_of(self, connection: sqlite.Connection, name: str, title: str, query: str) -> None:
        """Texts with their times as one Markdown file."""
        with self.file(name) as file:
            file.write(f"# {title}\n")
            for at, text in self._rows(connection, query):
                file.write(f"\n{_time(at):%Y-%m-%d %H:%M}:\n\n{_quoted(text)}\n")

    def _rows(self, connection: sqlite.Connection, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        cursor = connection.execute(query, values)
        while rows := cursor.fetchmany(ROWS_A_TIME):
            self._go_on()
            yield from rows


def _time(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A Markdown quotation: whatever was said stays text, line by line."""
    return "\n".join(f"> {line}" for line in text.splitlines()) or ">"


def _plain(value: object) -> object:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value

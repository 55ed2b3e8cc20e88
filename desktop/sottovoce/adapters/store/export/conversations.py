"""Conversations as Markdown, a file for each, written while their messages are read for the JSON lines.

Messages come in the order they were stored, in which conversations may alternate: a file is opened for what one batch
has of it, so that neither open files nor memory grow with what is exported.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sottovoce.adapters.store.export.markdown import is_plain, one_line, quoted
from sottovoce.adapters.store.rows.messages import title_of
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.export.clock import ExportClock
    from sottovoce.adapters.store.export.files import ExportFiles

CONVERSATIONS = "conversations"
"""The folder."""
SAID_COLUMNS = ("conversation_id", "role", "content", "state", "created_at", "user_id")
"""What is read of a message beside its line."""

SaidRow = tuple[str, str, str, str, str, float, str]
"""The line, then `SAID_COLUMNS`."""


class ConversationFiles:
    """All conversations of an export, or what one user said in them."""

    def __init__(
        self, connection: sqlite.Connection, files: ExportFiles, clock: ExportClock, user: str | None, first: int
    ) -> None:
        """Make the folder; `first` is the number of the oldest conversation's file."""
        self._connection = connection
        self._files = files
        self._clock = clock
        self._user = user
        files.make_folder(CONVERSATIONS)
        where = "" if user is None else "WHERE id IN (SELECT conversation_id FROM message WHERE user_id = ?1) "
        query = f"SELECT id FROM conversation {where}ORDER BY started_at, id"  # noqa: S608 - constants
        names = connection.execute(query, () if user is None else (user,))
        self._waiting = {name: number for number, (name,) in enumerate(names, first)}
        """Conversations without a file yet, and the number it gets."""
        self._you, self._untitled = words("export-you"), words("export-conversation")
        self._begun: dict[str, tuple[str, str]] = {}
        """A conversation's file and whose it is."""

    def add(self, rows: Iterable[SaidRow]) -> None:
        """Add messages, which follow those added before, to the files of their conversations."""
        said: defaultdict[str, list[SaidRow]] = defaultdict(list)
        for row in rows:
            said[row[1]].append(row)
        for name, theirs in said.items():
            head = self._begin(name, theirs[0][5]) if name in self._waiting else ""
            if name not in self._begun:
                continue  # of no conversation: only a damaged store has such messages
            file, whose = self._begun[name]
            self._files.add(file, head + "".join(self._written(theirs, whose)), new=bool(head))

    def end(self) -> None:
        """Make the files of conversations in which nothing was said."""
        for name in list(self._waiting):
            head = self._begin(name, None)
            self._files.add(self._begun[name][0], head, new=True)

    def _begin(self, name: str, first_at: float | None) -> str:
        """Name a conversation's file; returns what it begins with."""
        title, started, whose = self._connection.execute(
            "SELECT title, started_at, user_id FROM conversation WHERE id = ?", (name,)
        ).fetchone()
        if self._user is not None and first_at is not None:  # whoever began it is nobody's business else
            title, started, whose = self._first_words(name), first_at, self._user
        file = f"{CONVERSATIONS}/{self._clock.name_of(started)}-{self._waiting.pop(name):06}.md"
        self._begun[name] = file, whose
        return (
            f"# {one_line(title) or self._untitled}\n\n{self._clock.minute(started)} – {one_line(name)}\n\n"
            f"{words('export-with', user=one_line(whose), zone=self._clock.zone)}\n"
        )

    def _first_words(self, name: str) -> str:
        found = self._connection.execute(
            "SELECT content FROM message WHERE conversation_id = ? AND user_id = ? AND role = 'user'"
            " ORDER BY number LIMIT 1",
            (name, self._user),
        ).fetchone()
        return "" if found is None else title_of(found[0])

    def _written(self, rows: Iterable[SaidRow], whose: str) -> list[str]:
        """Each message as it is read; a call for each one and its parts would cost a fifth of the whole export."""
        second, you = self._clock.second, self._you
        return [
            f"\n**{you if role == 'user' else 'Sottovoce'}**{'' if user == whose else f' ({one_line(user)})'},"
            f" {words('export-cut-short', at=second(at)) if state == 'partial' else second(at)}:\n\n"
            f"{f'> {content}' if is_plain(content) else quoted(content)}\n"
            for _, _, role, content, state, at, user in rows
        ]

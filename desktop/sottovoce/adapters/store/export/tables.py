"""What an export holds, field by field: the files are written and described from the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FORMAT = "sottovoce-export"
FORMAT_VERSION = 1
"""Grows when a reader of the one before would go wrong; a field more is no such change."""
MANIFEST = "export.json"
"""What an import begins with."""

_AT = "seconds since 1970-01-01 UTC"
_SOURCE = "id of the message it comes from; null if none is known"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line."""

    name: str
    text: str
    made: str = ""
    """SQL, where it is no column of the table."""
    mine: str = ""
    """SQL in an export of one user (`?1`), where the column could tell something of another."""
    blob: bool = False
    """Bytes, which JSON does not know: base64 in the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file: a query whose columns are the fields, in their order."""

    file: str
    text: str
    name: str
    fields: tuple[Field, ...]
    order: str
    of_user: str = "user_id = ?1"
    """Which rows are one user's; empty if they are nobody's, and in no export of one user."""

    @property
    def is_stored(self) -> bool:
        """Whether it is a table of the database; else `name` is a query."""
        return self.name.isidentifier()

    @property
    def in_json(self) -> bool:
        """Whether SQLite can write the whole line."""
        return not any(field.blob for field in self.fields)

    def query(self, *, of_user: bool = False, beside: tuple[str, ...] = ()) -> str:
        """All rows, or those of a user: the line as JSON, or the fields if one of them is bytes; then `beside`."""
        columns = {field.name: (of_user and field.mine) or field.made or field.name for field in self.fields}
        selected = ", ".join(columns.values())
        if self.in_json:
            pairs = ", ".join(f"'{name}', {column}" for name, column in columns.items())
            selected = f"json_object({pairs})"
        selected = ", ".join((selected, *beside))
        where = f" WHERE {self.of_user}" if of_user else ""
        return f"SELECT {selected} FROM {self.name}{where} ORDER BY {self.order}"  # noqa: S608 - constants


def _fields(**texts: str | Field) -> tuple[Field, ...]:
    return tuple(text if isinstance(text, Field) else Field(name, text) for name, text in texts.items())


_SOURCE_MESSAGE = Field(
    "source_message",
    _SOURCE,
    mine="(SELECT m.id FROM message AS m WHERE m.id = source_message AND m.user_id = ?1)",
)
_OWN = "FROM message AS m WHERE m.conversation_id = conversation.id AND m.user_id = ?1"
"""What a user said in a conversation that may be another's, too."""


_USER = "whose it is"

_MISDATED = (
    "SELECT message_id, user_id, number, max(at) AS at FROM ("
    "SELECT m.id AS message_id, m.user_id, m.number, span.value ->> 'at' AS at"
    " FROM json_each((SELECT value FROM meta WHERE name = 'clock'), '$.misdated') AS span JOIN message AS m"
    " ON m.number > span.value ->> 'after' AND m.number <= span.value ->> 'upto' UNION ALL"
    " SELECT m.id, m.user_id, m.number, meta.value ->> 'believed'"
    " FROM meta JOIN message AS m ON m.number > meta.value ->> '$.doubt.strayed' WHERE meta.name = 'clock'"
    ") GROUP BY number"
)

TABLES = (
    Table(
        "conversations",
        "Conversations, the oldest first.",
        "conversation",
        _fields(
            id="names the conversation; messages refer to it",
            user_id=Field("user_id", _USER, mine="?1"),
            title=Field(
                "title",
                "first words said in it",
                mine=f"title_of((SELECT m.content {_OWN} AND m.role = 'user' ORDER BY m.number LIMIT 1))",
            ),
            started_at=Field("started_at", _AT, mine=f"(SELECT min(m.created_at) {_OWN})"),
            last_at=Field("last_at", f"time of the last message, {_AT}", mine=f"(SELECT max(m.created_at) {_OWN})"),
            messages=Field("messages", "how many messages it has", mine=f"(SELECT count(*) {_OWN})"),
            zone=Field("zone", "time zone that the Markdown files tell its times in", made="local_zone()"),
        ),
        "started_at, id",
        f"EXISTS (SELECT 1 {_OWN})",
    ),
    Table(
        "messages",
        "Everything said, in the order it was stored.",
        "message",
        _fields(
            id="names the message",
            conversation_id="the conversation it belongs to",
            user_id=_USER,
            role="`user` or `assistant`",
            content="the words",
            state="`complete`, or `partial` for an answer that was cut short",
            created_at=_AT,
            tokens_input="for answers of a language model: tokens it read",
            tokens_output="tokens it wrote",
            source="for answers: `skill`, `cache`, `model` or `fallback`",
            intent="for answers of a skill: what was understood",
            latency_ms="for answers: milliseconds to the first words",
            model="for answers of a language model: its name",
        ),
        "number",
    ),
    Table(
        "dates",
        "What was said while the clock was wrong: the dates of these messages say nothing.",
        f"({_MISDATED})",
        _fields(message_id="the message", user_id=_USER, at=f"since when it counts as said instead, {_AT}"),
        "number",
    ),
    Table(
        "turns",
        "For each question, whether it was answered.",
        "turn_journal",
        _fields(
            message_id="the question",
            user_id=_USER,
            conversation_id="its conversation",
            opened_at=_AT,
            closed_at=f"{_AT}; null while the answer is open",
            outcome="how it ended; null while the answer is open",
        ),
        "opened_at, message_id",
        "user_id = ?1 AND message_id IN (SELECT id FROM message WHERE user_id = ?1)",
    ),
    Table(
        "memories",
        "What was remembered, in the order it was stored.",
        "memory",
        _fields(
            id="names the memory",
            user_id=_USER,
            kind="`fact`, `like`, `dislike` or `person`",
            text="in the user's words",
            created_at=_AT,
            source_message=_SOURCE_MESSAGE,
            reach="how far it may travel inside a question: `device`, `network` or `any`",
            state=Field(
                "state",
                "`held`, or `superseded` when something told later took its place",
                made="CASE WHEN superseded_by IS NULL THEN 'held' ELSE 'superseded' END",
            ),
            superseded_by=Field(
                "superseded_by",
                "id of the memory that took its place; null while it holds",
                mine="(SELECT next.id FROM memory AS next WHERE next.id = memory.superseded_by AND next.user_id = ?1)",
            ),
            subject="what it tells something about, of which only one thing can hold; may be empty",
            embedder="name and version of what made its vector; empty if there is none",
            embedding=Field(
                "embedding",
                "its vector (base64, a signed byte a dimension: 127 times a unit vector); null if there is none",
                blob=True,
            ),
        ),
        "number",
    ),
    Table(
        "memories_used",
        "Which memories an answer drew on.",
        "memory_use",
        _fields(message_id="the answer", memory_id="the memory", place="order in which they were used, from 0"),
        "message_id, place",
        "message_id IN (SELECT id FROM message WHERE user_id = ?1)"
        " AND memory_id IN (SELECT id FROM memory WHERE user_id = ?1)",
    ),
    Table(
        "documents",
        "Files of the knowledge folder, as far as they are known. What they hold is not here: they are your own files.",
        "document",
        _fields(
            id="names the document",
            path="where it is in the knowledge folder",
            bytes="its size",
            modified_ns="when it was changed, nanoseconds since 1970-01-01 UTC",
            changed_ns="when its content, name or rights were changed, likewise; 0 if nothing told",
            sha256="SHA-256 of its content; empty if it could not be read",
            indexed_at=f"when it was read, {_AT}",
            passages="how many passages it was cut into",
            trouble="code of what kept it from being read; empty if nothing did",
        ),
        "path",
        "",
    ),
    Table(
        "user_contexts",
        "What is known about each user, every version of it.",
        "user_context",
        _fields(user_id=_USER, version="grows with every change", body="the snapshot, JSON as text"),
        "user_id, version",
    ),
    Table(
        "reminders",
        "Reminders.",
        "reminder",
        _fields(
            id="names the reminder",
            user_id=_USER,
            text="what to be reminded of",
            due_at=_AT,
            state="`waiting`, `rung` or `cancelled`",
            created_at=_AT,
            source_message=_SOURCE_MESSAGE,
        ),
        "due_at, id",
    ),
    Table(
        "timers",
        "Timers.",
        "timer",
        _fields(
            id="names the timer",
            user_id=_USER,
            label="what it is for; may be empty",
            duration_s="its length in seconds",
            due_at=_AT,
            state="`waiting`, `rung` or `cancelled`",
            created_at=_AT,
            source_message=_SOURCE_MESSAGE,
        ),
        "due_at, id",
    ),
    Table(
        "notes",
        "Notes.",
        "note",
        _fields(
            id="names the note",
            user_id=_USER,
            text="what was written down",
            created_at=_AT,
            changed_at=_AT,
            source_message=_SOURCE_MESSAGE,
        ),
        "created_at, id",
    ),
    Table(
        "cached_answers",
        "Answers kept for a while.",
        "cache_entry",
        _fields(
            key="names the answer",
            user_id=_USER,
            kind="the skill or tool it came from",
            value="the answer as it is kept, JSON as text",
            created_at=_AT,
            expires_at=f"no longer used after this, {_AT}",
            bytes="what it counts for against the cache's limit",
            source_message="id of the message it first answered; null if none is known",
            depends_on="what it was made from, JSON as text",
        ),
        "created_at, key",
    ),
    Table(
        "api_keys",
        "Keys to the local API, without anything they could be used by.",
        "api_key",
        _fields(
            prefix="first characters of the key",
            name="what it was called",
            created_at=_AT,
            revoked_at=f"{_AT}; null while it holds",
        ),
        "created_at, prefix",
        "",
    ),
    Table(
        "audit_log",
        "Rare things done to everything that is kept; nothing said is in it.",
        "audit_log",
        _fields(
            number="place in the log, from 1",
            at=_AT,
            event="what was done",
            detail="more about it, JSON as text",
            previous="hash of the line before",
            hash="SHA-256 of this line and the hash before it",
        ),
        "number",
        "",
    ),
    Table(
        "egress",
        "What left this machine.",
        "egress",
        _fields(
            at=_AT,
            endpoint="where it went",
            purpose="what for",
            bytes_out="bytes sent",
            bytes_in="bytes received",
        ),
        "number",
        "",
    ),
)


def described(rows: Mapping[str, int], program: str, made: datetime, user: str | None) -> str:
    """The README of an export; `user` (as Markdown) is whose it is, None for everything."""
    lines = [
        "# Your data from Sottovoce" if user is None else f"# The data of {user} from Sottovoce",
        "",
        (
            f"Written by {program} on {made:%Y-%m-%d %H:%M}. **Everything in this folder is in clear**: whoever can"
            " read these files reads all you said. Keep them on an encrypted disk, and delete them when you are done."
        ),
        "",
    ]
    if user is not None:
        lines += ["Nothing of other users is in it, nor what belongs to no user (what was done and sent, files).", ""]
    lines += [
        (
            "- `conversations/` has one readable Markdown file for each conversation, named by its date;"
            " `notes.md` and `memories.md` have the notes and what was remembered."
        ),
        (
            "- The `.jsonl` files hold the same and more for programs: UTF-8, one JSON object a line, all fields always"
            " there. Times are numbers, seconds since 1970-01-01 UTC."
        ),
        (
            f"- `{MANIFEST}` names the form (`{FORMAT}`, version {FORMAT_VERSION}) and each file's length and SHA-256."
            " `sottovoce import FOLDER` takes what is missing from here into another home."
        ),
        "",
    ]
    for table in TABLES:
        if table.file not in rows:
            continue
        count = rows[table.file]
        lines += [f"## {table.file}.jsonl", "", f"{table.text} {count} line{'' if count == 1 else 's'}.", ""]
        lines += ["| field | meaning |", "|---|---|"]
        lines += [f"| `{field.name}` | {field.text} |" for field in table.fields]
        lines.append("")
    return "\n".join(lines)

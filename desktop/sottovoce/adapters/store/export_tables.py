"""What an export holds, field by field: the files are written and described from the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_AT = "seconds since 1970-01-01 UTC"
_SOURCE = "id of the message it comes from; null if none is known"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One file: a query whose columns are the fields, in their order."""

    file: str
    text: str
    name: str
    fields: tuple[Field, ...]
    order: str

    @property
    def query(self) -> str:
        """All rows."""
        return f"SELECT {', '.join(field.name for field in self.fields)} FROM {self.name} ORDER BY {self.order}"  # noqa: S608 - constants


def _fields(**texts: str) -> tuple[Field, ...]:
    return tuple(Field(name, text) for name, text in texts.items())


_USER = "whose it is"

TABLES = (
    Table(
        "conversations",
        "Conversations, the oldest first.",
        "conversation",
        _fields(
            id="names the conversation; messages refer to it",
            user_id=_USER,
            title="first words said in it",
            started_at=_AT,
            last_at=f"time of the last message, {_AT}",
            messages="how many messages it has",
        ),
        "started_at, id",
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
            source_message=_SOURCE,
            reach="how far it may travel inside a question: `device`, `network` or `any`",
            superseded_by="id of the memory that took its place; null while it holds",
            subject="what it tells something about, of which only one thing can hold; may be empty",
            embedder="name and version of what made its vector; empty if there is none",
            embedding="its vector (base64, a signed byte a dimension: 127 times a unit vector); null if there is none",
        ),
        "number",
    ),
    Table(
        "memories_used",
        "Which memories an answer drew on.",
        "memory_use",
        _fields(message_id="the answer", memory_id="the memory", place="order in which they were used, from 0"),
        "message_id, place",
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
            sha256="SHA-256 of its content; empty if it could not be read",
            indexed_at=f"when it was read, {_AT}",
            passages="how many passages it was cut into",
            trouble="code of what kept it from being read; empty if nothing did",
        ),
        "path",
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
            source_message=_SOURCE,
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
            source_message=_SOURCE,
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
            source_message=_SOURCE,
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
            value="the answer as it is kept",
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
    ),
)


def described(rows: Mapping[str, int], program: str, made: datetime) -> str:
    """The README of an export."""
    lines = [
        "# Your data from Sottovoce",
        "",
        (
            f"Written by {program} on {made:%Y-%m-%d %H:%M}. **Everything in this folder is in clear**: whoever can"
            " read these files reads all you said. Keep them on an encrypted disk, and delete them when you are done."
        ),
        "",
        (
            "- `conversations/` has one readable Markdown file for each conversation, named by its date;"
            " `notes.md` and `memories.md` have the notes and what was remembered."
        ),
        (
            "- The `.jsonl` files hold the same and more for programs: UTF-8, one JSON object a line, all fields always"
            " there. Times are numbers, seconds since 1970-01-01 UTC."
        ),
        "",
    ]
    for table in TABLES:
        count = rows[table.file]
        lines += [f"## {table.file}.jsonl", "", f"{table.text} {count} line{'' if count == 1 else 's'}.", ""]
        lines += ["| field | meaning |", "|---|---|"]
        lines += [f"| `{field.name}` | {field.text} |" for field in table.fields]
        lines.append("")
    return "\n".join(lines)

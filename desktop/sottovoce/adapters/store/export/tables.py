"""What an export holds, field by field: the files are written and described from the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.said import said
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FORMAT = "sottovoce-export"
FORMAT_VERSION = 1
"""Grows when a reader of the one before would go wrong; a field more is no such change."""
MANIFEST = "export.json"
"""What an import begins with."""


@dataclass(frozen=True, slots=True)
class LineField:
    """One field of a line."""

    name: str
    text: str
    """Key of the message that says what it means."""
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
    """Key of the message that says what is in it."""
    name: str
    fields: tuple[LineField, ...]
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


def _fields(**texts: str | LineField) -> tuple[LineField, ...]:
    return tuple(text if isinstance(text, LineField) else LineField(name, text) for name, text in texts.items())


_SOURCE_MESSAGE = LineField(
    "source_message",
    "export-source",
    mine="(SELECT m.id FROM message AS m WHERE m.id = source_message AND m.user_id = ?1)",
)
_OWN = "FROM message AS m WHERE m.conversation_id = conversation.id AND m.user_id = ?1"
"""What a user said in a conversation that may be another's, too."""


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
        "export-conversations",
        "conversation",
        _fields(
            id="export-conversations-id",
            user_id=LineField("user_id", "export-whose", mine="?1"),
            title=LineField(
                "title",
                "export-conversations-title",
                mine=f"title_of((SELECT m.content {_OWN} AND m.role = 'user' ORDER BY m.number LIMIT 1))",
            ),
            started_at=LineField("started_at", "export-seconds", mine=f"(SELECT min(m.created_at) {_OWN})"),
            last_at=LineField("last_at", "export-conversations-last-at", mine=f"(SELECT max(m.created_at) {_OWN})"),
            messages=LineField("messages", "export-conversations-messages", mine=f"(SELECT count(*) {_OWN})"),
            zone=LineField("zone", "export-conversations-zone", made="local_zone()"),
        ),
        "started_at, id",
        f"EXISTS (SELECT 1 {_OWN})",
    ),
    Table(
        "messages",
        "export-messages",
        "message",
        _fields(
            id="export-messages-id",
            conversation_id="export-messages-conversation-id",
            user_id="export-whose",
            role="export-messages-role",
            content="export-messages-content",
            state="export-messages-state",
            created_at="export-seconds",
            tokens_input="export-messages-tokens-input",
            tokens_output="export-messages-tokens-output",
            source="export-messages-source",
            intent="export-messages-intent",
            latency_ms="export-messages-latency-ms",
            model="export-messages-model",
            dialogue="export-messages-dialogue",
        ),
        "number",
    ),
    Table(
        "dates",
        "export-dates",
        f"({_MISDATED})",
        _fields(message_id="export-dates-message-id", user_id="export-whose", at="export-dates-at"),
        "number",
    ),
    Table(
        "turns",
        "export-turns",
        "turn_journal",
        _fields(
            message_id="export-turns-message-id",
            user_id="export-whose",
            conversation_id="export-turns-conversation-id",
            opened_at="export-seconds",
            closed_at="export-turns-closed-at",
            outcome="export-turns-outcome",
        ),
        "opened_at, message_id",
        "user_id = ?1 AND message_id IN (SELECT id FROM message WHERE user_id = ?1)",
    ),
    Table(
        "memories",
        "export-memories",
        "memory",
        _fields(
            id="export-memories-id",
            user_id="export-whose",
            kind="export-memories-kind",
            text="export-memories-text",
            created_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
            reach="export-memories-reach",
            state=LineField(
                "state",
                "export-memories-state",
                made="CASE WHEN superseded_by IS NULL THEN 'held' ELSE 'superseded' END",
            ),
            superseded_by=LineField(
                "superseded_by",
                "export-memories-superseded-by",
                mine="(SELECT next.id FROM memory AS next WHERE next.id = memory.superseded_by AND next.user_id = ?1)",
            ),
            subject="export-memories-subject",
            embedder="export-memories-embedder",
            embedding=LineField(
                "embedding",
                "export-memories-embedding",
                blob=True,
            ),
        ),
        "number",
    ),
    Table(
        "memories_used",
        "export-memories-used",
        "memory_use",
        _fields(
            message_id="export-memories-used-message-id",
            memory_id="export-memories-used-memory-id",
            place="export-memories-used-place",
        ),
        "message_id, place",
        "message_id IN (SELECT id FROM message WHERE user_id = ?1)"
        " AND memory_id IN (SELECT id FROM memory WHERE user_id = ?1)",
    ),
    Table(
        "documents",
        "export-documents",
        "document",
        _fields(
            id="export-documents-id",
            path="export-documents-path",
            bytes="export-documents-bytes",
            modified_ns="export-documents-modified-ns",
            changed_ns="export-documents-changed-ns",
            sha256="export-documents-sha256",
            indexed_at="export-documents-indexed-at",
            passages="export-documents-passages",
            trouble="export-documents-trouble",
        ),
        "path",
        "",
    ),
    Table(
        "user_contexts",
        "export-user-contexts",
        "user_context",
        _fields(user_id="export-whose", version="export-user-contexts-version", body="export-user-contexts-body"),
        "user_id, version",
    ),
    Table(
        "reminders",
        "export-reminders",
        "reminder",
        _fields(
            id="export-reminders-id",
            user_id="export-whose",
            text="export-reminders-text",
            due_at="export-reminders-due-at",
            state="export-ringing",
            kind="export-reminders-kind",
            recurrence="export-recurrence",
            wall="export-reminders-wall",
            created_at="export-seconds",
            changed_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
        ),
        "due_at, id",
    ),
    Table(
        "timers",
        "export-timers",
        "timer",
        _fields(
            id="export-timers-id",
            user_id="export-whose",
            label="export-timers-label",
            duration_s="export-timers-duration-s",
            due_at="export-seconds",
            state="export-ringing",
            left_s="export-timers-left-s",
            boot="export-timers-boot",
            boot_due_s="export-timers-boot-due-s",
            created_at="export-seconds",
            changed_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
        ),
        "due_at, id",
    ),
    Table(
        "notes",
        "export-notes",
        "note",
        _fields(
            id="export-notes-id",
            user_id="export-whose",
            text="export-notes-text",
            created_at="export-seconds",
            changed_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
        ),
        "created_at, id",
    ),
    Table(
        "lists",
        "export-lists",
        "list_entry",
        _fields(
            id="export-lists-id",
            user_id="export-whose",
            list="export-lists-list",
            text="export-lists-text",
            done="export-lists-done",
            created_at="export-seconds",
            changed_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
        ),
        "list, created_at, id",
    ),
    Table(
        "events",
        "export-events",
        "event",
        _fields(
            id="export-events-id",
            user_id="export-whose",
            title="export-events-title",
            place="export-events-place",
            starts_at="export-seconds",
            ends_at="export-seconds",
            all_day="export-events-all-day",
            zone="export-events-zone",
            recurrence="export-recurrence",
            created_at="export-seconds",
            changed_at="export-seconds",
            source_message=_SOURCE_MESSAGE,
        ),
        "starts_at, id",
    ),
    Table(
        "cached_answers",
        "export-cached-answers",
        "cache_entry",
        _fields(
            key="export-cached-answers-key",
            user_id="export-whose",
            kind="export-cached-answers-kind",
            value="export-cached-answers-value",
            created_at="export-seconds",
            expires_at="export-cached-answers-expires-at",
            bytes="export-cached-answers-bytes",
            source_message="export-cached-answers-source-message",
            depends_on="export-cached-answers-depends-on",
        ),
        "created_at, key",
    ),
    Table(
        "api_keys",
        "export-api-keys",
        "api_key",
        _fields(
            prefix="export-api-keys-prefix",
            name="export-api-keys-name",
            created_at="export-seconds",
            revoked_at="export-api-keys-revoked-at",
            scopes="export-api-keys-scopes",
            expires_at="export-api-keys-expires-at",
        ),
        "created_at, prefix",
        "",
    ),
    Table(
        "api_key_uses",
        "export-api-key-uses",
        "api_key_use",
        _fields(
            id="export-api-key-uses-id",
            prefix="export-api-keys-prefix",
            day="export-api-key-uses-day",
            requests="export-api-key-uses-requests",
            tokens="export-api-key-uses-tokens",
            last_at="export-api-key-uses-last-at",
        ),
        "day, prefix",
        "",
    ),
    Table(
        "audit_log",
        "export-audit-log",
        "audit_log",
        _fields(
            number="export-audit-log-number",
            at="export-seconds",
            event="export-audit-log-event",
            detail="export-audit-log-detail",
            previous="export-audit-log-previous",
            hash="export-audit-log-hash",
        ),
        "number",
        "",
    ),
    Table(
        "egress",
        "export-egress",
        "egress",
        _fields(
            at="export-seconds",
            endpoint="export-egress-endpoint",
            purpose="export-egress-purpose",
            bytes_out="export-egress-bytes-out",
            bytes_in="export-egress-bytes-in",
        ),
        "number",
        "",
    ),
)


def described(rows: Mapping[str, int], program: str, made: datetime, user: str | None) -> str:
    """The README of an export; `user` (as Markdown) is whose it is, None for everything."""
    paragraphs = [
        words("export-title", user=user),
        words("export-in-clear", program=program, made=f"{made:%Y-%m-%d %H:%M}"),
        *([words("export-of-one")] if user is not None else []),
        "\n".join(
            (
                words("export-for-reading"),
                words("export-for-programs"),
                words("export-manifest", file=MANIFEST, format=FORMAT, version=FORMAT_VERSION),
            )
        ),
        *(_described(table, rows[table.file]) for table in TABLES if table.file in rows),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _described(table: Table, count: int) -> str:
    """What a file is, and what its fields mean."""
    fields = [f"| `{field.name}` | {words(field.text)} |" for field in table.fields]
    head = words("export-file", what=said(table.text), count=count)
    columns = words("export-columns")
    return "\n".join((f"## {table.file}.jsonl", "", head, "", columns, "|---|---|", *fields))

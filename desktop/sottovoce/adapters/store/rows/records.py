"""What is kept by keys, cached answers among it, and egress as rows. Runs on its connection's own thread."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.store.rows.marks import mark
from sottovoce.adapters.store.rows.messages import storable
from sottovoce.domain.records import (
    KEPT,
    WORD,
    AnyRecord,
    ApiKey,
    ApiKeyUse,
    CacheEntry,
    Egress,
    Event,
    ListEntry,
    Note,
    Reminder,
    Timer,
)
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.records import Change, Record

_SCHEDULE_ORDER = "state <> 'waiting', due_at, rowid"


@dataclass(frozen=True, slots=True)
class _RecordTable:
    """Where a kind of record lies; its columns are the value's fields."""

    name: str
    key: str
    order: str
    owned: bool = True


_TABLES: dict[type[Any], _RecordTable] = {
    Reminder: _RecordTable("reminder", "id", _SCHEDULE_ORDER),
    Timer: _RecordTable("timer", "id", _SCHEDULE_ORDER),
    Note: _RecordTable("note", "id", "changed_at DESC, rowid DESC"),
    ListEntry: _RecordTable("list_entry", "id", "list, created_at, rowid"),
    Event: _RecordTable("event", "id", "starts_at, rowid"),
    CacheEntry: _RecordTable("cache_entry", "key", "created_at DESC, rowid DESC"),
    ApiKey: _RecordTable("api_key", "prefix", "created_at DESC, rowid DESC", owned=False),
    ApiKeyUse: _RecordTable("api_key_use", "id", "day DESC, prefix", owned=False),
}
_FLAGS = frozenset({"done", "all_day"})
_COLUMNS = {kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in _TABLES}


def save(connection: sqlite.Connection, record: Record) -> None:
    """Store a record in place of the one with its key."""
    table, columns = _TABLES[type(record)], _COLUMNS[type(record)]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != table.key)
    connection.execute(
        f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names
        f" ON CONFLICT ({table.key}) DO UPDATE SET {changes}",
        tuple(_plain(name, getattr(record, name)) for name in columns),
    )


def replace(connection: sqlite.Connection, record: Record) -> bool:
    """Store a record in place of the one with its key, if that is still there: what was erased does not come back."""
    table, columns = _TABLES[type(record)], _COLUMNS[type(record)]
    changes = ", ".join(f"{name} = ?" for name in columns)
    changed = connection.execute(
        f"UPDATE {table.name} SET {changes} WHERE {table.key} = ?",  # noqa: S608 - our own names
        (*(_plain(name, getattr(record, name)) for name in columns), storable(getattr(record, table.key))),
    )
    return bool(changed.rowcount)


def remove(connection: sqlite.Connection, kind: type[Record], key: str) -> bool:
    """Remove a record; one of the user's own stays away, whatever is joined to this store."""
    table = _TABLES[kind]
    removed = connection.execute(f"DELETE FROM {table.name} WHERE {table.key} = ?", (storable(key),))  # noqa: S608 - our own names
    if removed.rowcount and kind in KEPT:
        mark(connection, table.name, [key])
    return bool(removed.rowcount)


def table_of(kind: type[Record]) -> str:
    """Where records of a kind lie."""
    return _TABLES[kind].name


KEPT_TABLES: Final = tuple(table_of(kind) for kind in KEPT)
"""Where what a user has had kept lies: each row has an id, an owner, when it was made and the message it comes from."""


def record(connection: sqlite.Connection, kind: type[AnyRecord], key: str) -> AnyRecord | None:
    """Read one record."""
    table = _TABLES[kind]
    row = connection.execute(
        f"SELECT {', '.join(_COLUMNS[kind])} FROM {table.name} WHERE {table.key} = ?",  # noqa: S608 - our own names
        (storable(key),),
    ).fetchone()
    return None if row is None else _value(kind, row)


def records(
    connection: sqlite.Connection, kind: type[AnyRecord], limit: int, user_id: str | None
) -> tuple[AnyRecord, ...]:
    """Those of a user, or all, in the order of their kind."""
    table = _TABLES[kind]
    user = (storable(user_id),) if user_id is not None and table.owned else ()
    where = "WHERE user_id = ?" if user else ""
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS[kind])} FROM {table.name} {where} ORDER BY {table.order} LIMIT ?",  # noqa: S608 - our own names
        (*user, max(limit, 0)),
    ).fetchall()
    return tuple(_value(kind, row) for row in rows)


def trim_cache(connection: sqlite.Connection, now: float, most_bytes: int) -> int:
    """Remove what expired, then the oldest beyond `most_bytes`; how many went."""
    expired = connection.execute("DELETE FROM cache_entry WHERE expires_at <= ?", (now,)).rowcount
    surplus = connection.execute(
        "DELETE FROM cache_entry WHERE key IN (SELECT key FROM (SELECT key, sum(bytes) OVER"
        " (ORDER BY created_at DESC, rowid DESC) AS upto FROM cache_entry) WHERE upto > ?)",
        (most_bytes,),
    ).rowcount
    return int(expired + surplus)


def remove_dependent(connection: sqlite.Connection, memory_ids: Iterable[str]) -> int:
    """Remove cached answers that were made from any of these memories; how many went."""
    return _remove_made_from(connection, [f"memory:{identifier}" for identifier in memory_ids])


def change_cache(
    connection: sqlite.Connection, changes: Sequence[Change], removed: Iterable[str], saved: Iterable[CacheEntry]
) -> None:
    """Remove cached answers that these changes make void and those of these keys, then save others."""
    _remove_made_from(connection, frozenset().union(*(change.gone for change in changes)))
    words = [change for change in changes if change.words]
    void = _answerable(connection, words) if words else []
    connection.executemany("DELETE FROM cache_entry WHERE key = ?", [(storable(key),) for key in (*void, *removed)])
    for entry in saved:
        save(connection, entry)


def _remove_made_from(connection: sqlite.Connection, names: Iterable[str]) -> int:
    removed = connection.execute(
        "DELETE FROM cache_entry WHERE key IN (SELECT key FROM cache_need WHERE name IN (SELECT value FROM"
        " json_each(?)))",
        (json.dumps([storable(name) for name in names]),),
    )
    return int(removed.rowcount)


def _answerable(connection: sqlite.Connection, changes: Sequence[Change]) -> list[str]:
    """Keys of answers all of whose words one of these changes has: found by the words of all, then told apart."""
    words = frozenset().union(*(change.words for change in changes))
    found = connection.execute(
        "SELECT hit.key, (SELECT json_group_array(name) FROM cache_need WHERE key = hit.key AND name GLOB 'word:*')"
        " FROM (SELECT key, count(*) AS words FROM cache_need WHERE name IN (SELECT value FROM json_each(?))"
        " GROUP BY key) AS hit"
        " WHERE words = (SELECT count(*) FROM cache_need WHERE key = hit.key AND name GLOB 'word:*')",
        (json.dumps([storable(f"{WORD}{word}") for word in words]),),
    ).fetchall()
    return [key for key, asked in found if any(change.voids(json.loads(asked)) for change in changes)]


def add_egress(connection: sqlite.Connection, sent: Egress) -> None:
    """Note what left the machine."""
    connection.execute(
        "INSERT INTO egress (at, endpoint, purpose, bytes_out, bytes_in) VALUES (?, ?, ?, ?, ?)",
        (sent.at, storable(sent.endpoint), storable(sent.purpose), sent.bytes_out, sent.bytes_in),
    )


def egress(connection: sqlite.Connection, limit: int) -> tuple[Egress, ...]:
    """What was sent last, newest first."""
    rows = connection.execute(
        "SELECT at, endpoint, purpose, bytes_out, bytes_in FROM egress ORDER BY number DESC LIMIT ?", (max(limit, 0),)
    ).fetchall()
    return tuple(Egress(at=row[0], endpoint=row[1], purpose=row[2], bytes_out=row[3], bytes_in=row[4]) for row in rows)


def _plain(name: str, value: object) -> object:
    """As SQLite takes it: a StrEnum as its text, any text as UTF-8 can hold it, several texts or any value as JSON."""
    if name == "value":
        return json.dumps(value)
    if isinstance(value, tuple):
        return json.dumps([storable(text) for text in value])
    return storable(str(value)) if isinstance(value, str) else value


def _value(kind: type[AnyRecord], row: tuple[Any, ...]) -> AnyRecord:
    fields = dict(zip(_COLUMNS[kind], row, strict=True))
    if "state" in fields:
        fields["state"] = ScheduleState(fields["state"])
    if kind is Reminder:
        fields["kind"] = ReminderKind(fields["kind"])
    for name in _FLAGS & fields.keys():
        fields[name] = bool(fields[name])
    if "depends_on" in fields:
        fields |= {"value": json.loads(fields["value"]), "depends_on": tuple(json.loads(fields["depends_on"]))}
    if "scopes" in fields:
        fields["scopes"] = tuple(json.loads(fields["scopes"]))
    return kind(**fields)

"""The audit log as a chain of hashes, and what its anchor says about it. Runs on its connection's own thread.

Each entry's hash is SHA-256 over the canonical JSON of `[number, at, event, detail, previous hash]`; the first one's
previous hash is 64 zeros. Whoever has the key can write a whole new chain: the anchor outside the database (number and
hash of an entry, in the key file) tells that, and a tail cut off. The chain may have grown beyond its anchor.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.key_file import AuditHead
from sottovoce.domain.errors import AuditAltered, AuditShortened
from sottovoce.domain.records import AuditEntry, AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.records import AuditDetail

START = AuditHead(count=0, hash="0" * 64)
"""Where an empty log ends."""

_ROW = "number, at, event, detail, previous, hash"


def add(
    connection: sqlite.Connection, event: AuditEvent, detail: Mapping[str, AuditDetail], at: float | None = None
) -> AuditHead:
    """Add an entry; returns the new end of the log."""
    last = head(connection)
    number = last.count + 1
    if at is None:
        (at,) = connection.execute("SELECT unixepoch('subsec')").fetchone()
    said = _canonical(dict(detail))
    digest = _hash(number, at, event.value, said, last.hash)
    connection.execute(
        f"INSERT INTO audit_log ({_ROW}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (number, at, event.value, said, last.hash, digest),
    )
    return AuditHead(count=number, hash=digest)


def head(connection: sqlite.Connection) -> AuditHead:
    """Where the log ends."""
    row = connection.execute("SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1").fetchone()
    return START if row is None else AuditHead(count=row[0], hash=row[1])


def newest(connection: sqlite.Connection, limit: int) -> tuple[AuditEntry, ...]:
    """The newest entries, newest first."""
    rows = connection.execute(
        f"SELECT {_ROW} FROM audit_log ORDER BY number DESC LIMIT ?",  # noqa: S608 - a constant
        (max(limit, 0),),
    ).fetchall()
    return tuple(_entry(row) for row in rows)


def last(connection: sqlite.Connection, event: AuditEvent) -> AuditEntry | None:
    """The newest entry about such an event."""
    row = connection.execute(
        f"SELECT {_ROW} FROM audit_log WHERE event = ? ORDER BY number DESC LIMIT 1",  # noqa: S608 - a constant
        (event.value,),
    ).fetchone()
    return _entry(row) if row else None


def _entry(row: tuple[Any, ...]) -> AuditEntry:
    return AuditEntry(number=row[0], at=row[1], event=row[2], detail=_object(row[3]), hash=row[5])


def check_tail(connection: sqlite.Connection, anchor: AuditHead | None) -> type[AuditTrouble] | None:
    """What is wrong from the anchored entry on: quick, whatever the length of the log."""
    anchor = anchor or START
    if head(connection).count < anchor.count:
        return AuditShortened
    if anchor.count:
        row = connection.execute("SELECT hash FROM audit_log WHERE number = ?", (anchor.count,)).fetchone()
        if row is None or row[0] != anchor.hash:
            return AuditAltered
    rows = connection.execute(
        f"SELECT {_ROW} FROM audit_log WHERE number >= ? ORDER BY number",  # noqa: S608 - a constant
        (max(anchor.count, 1),),
    )
    return None if _holds(rows, None if anchor.count else START) else AuditAltered


def check(connection: sqlite.Connection, anchor: AuditHead | None) -> type[AuditTrouble] | None:
    """What is wrong with the whole log, as far as it goes back to the last time the user accepted it."""
    if trouble := check_tail(connection, anchor):
        return trouble
    (accepted,) = connection.execute(
        "SELECT ifnull(max(number), 0) FROM audit_log WHERE event = ?", (AuditEvent.AUDIT_ACCEPTED.value,)
    ).fetchone()
    rows = connection.execute(f"SELECT {_ROW} FROM audit_log WHERE number >= ? ORDER BY number", (accepted,))  # noqa: S608 - a constant
    return None if _holds(rows, None if accepted else START) else AuditAltered


def _holds(rows: Iterable[tuple[Any, ...]], before: AuditHead | None) -> bool:
    """Whether each row follows from the one before it; None takes the first one's own word for that."""
    for number, at, event, detail, previous, digest in rows:
        before = before or AuditHead(count=number - 1, hash=previous)
        if (number, previous) != (before.count + 1, before.hash):
            return False
        if digest != _hash(number, at, event, detail, previous):
            return False
        before = AuditHead(count=number, hash=digest)
    return True


def _hash(number: int, at: float, event: str, detail: str, previous: str) -> str:
    return hashlib.sha256(_canonical([number, at, event, detail, previous]).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _object(detail: str) -> dict[str, AuditDetail]:
    """The detail; an altered row may hold anything."""
    try:
        found = json.loads(detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

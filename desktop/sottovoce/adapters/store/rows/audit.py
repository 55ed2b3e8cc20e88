"""The audit log as a chain of hashes, and what its anchor says about it. Runs on its connection's own thread.

Each entry's hash is HMAC-SHA256 over the canonical JSON of `[number, at, event, detail, previous hash]`; before the
first one's stand 64 zeros. The key is derived from the data key; as that changes, `meta` has the key of each part of
the log (`Chain`). Parts that an early version wrote have SHA-256 alone. The anchor outside the database (number and
hash of an entry with a MAC, in the key file) shows a tail that was cut off, and a whole new chain. The log may have
grown beyond it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import math
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.sealed.audit_head import AuditHead
from sottovoce.domain.errors import AuditAltered, AuditShortened
from sottovoce.domain.records import AuditEntry, AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.sealed.seen import Seen
    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.records import AuditDetail

START = AuditHead(count=0, hash="0" * 64)
"""The head of an empty log."""

_KEYS = "audit-keys"
"""Name in `meta`: `[first number, key as hex digits]` of each part of the log, in their order."""
_DERIVED = b"sottovoce audit chain key 1:"

_ROW = "number, at, event, detail, previous, hash"


def add(
    connection: sqlite.Connection, event: AuditEvent, detail: Mapping[str, AuditDetail], at: float | None = None
) -> AuditHead:
    """Add an entry; returns the log's new head, with its MAC."""
    last = head(connection)
    number = last.count + 1
    if at is None:
        (at,) = connection.execute("SELECT unixepoch('subsec')").fetchone()
    said = _canonical(dict(detail))
    chain = Chain(connection)
    digest = chain.hash(number, at, event.value, said, last.hash)
    connection.execute(
        f"INSERT INTO audit_log ({_ROW}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (number, at, event.value, said, last.hash, digest),
    )
    return chain.anchor(AuditHead(count=number, hash=digest))


class Chain:
    """The keys of a log's parts, as `meta` has them."""

    def __init__(self, connection: sqlite.Connection) -> None:
        """Read them."""
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (_KEYS,)).fetchone()
        stored = [] if row is None else json.loads(row[0])
        self._parts = [(int(first), bytes.fromhex(key)) for first, key in stored]

    def begin(self, connection: sqlite.Connection, data_key: bytes | bytearray) -> None:
        """Begin a part under the key that is derived from the present data key, if the last one is under another."""
        (database,) = connection.execute("SELECT ifnull(max(value), '') FROM meta WHERE name = 'database'").fetchone()
        key = hmac.new(data_key, _DERIVED + str(database).encode(), hashlib.sha256).digest()
        if not self._parts or not hmac.compare_digest(self._parts[-1][1], key):
            self._parts.append((head(connection).count + 1, key))
            connection.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                (_KEYS, json.dumps([[first, key.hex()] for first, key in self._parts])),
            )

    def hash(self, number: int, at: float, event: str, detail: str, previous: str) -> str:
        """Return the hash of an entry: 64 hex digits."""
        content = _canonical([number, at, event, detail, previous]).encode()
        for first, key in reversed(self._parts):
            if first <= number:
                return hmac.new(key, content, hashlib.sha256).hexdigest()
        return hashlib.sha256(content).hexdigest()

    def mac(self, content: list[Any]) -> str:
        """Under the newest key; empty if there is none yet."""
        return _mac(self._parts[-1][1], content) if self._parts else ""

    def made(self, outside: AuditHead | Seen) -> bool:
        """Whether what a file outside says has a MAC of ours, of any part."""
        return any(hmac.compare_digest(_mac(key, outside.content()), outside.mac) for _, key in self._parts)

    def anchor(self, head: AuditHead) -> AuditHead:
        """The anchor of a head, as the key file keeps it: with our MAC."""
        return dataclasses.replace(head, mac=self.mac(head.content()))


def _mac(key: bytes, content: list[Any]) -> str:
    return hmac.new(key, _canonical(content).encode(), hashlib.sha256).hexdigest()


def head(connection: sqlite.Connection) -> AuditHead:
    """The log's head: number and hash of its last entry."""
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
    at = row[1] if math.isfinite(row[1]) else 0.0  # an altered one, as is told; JSON has no such number
    return AuditEntry(number=row[0], at=at, event=row[2], detail=_object(row[3]), hash=row[5], previous=row[4])


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
    return None if _holds(Chain(connection), rows, None if anchor.count else START) else AuditAltered


def check(connection: sqlite.Connection, anchor: AuditHead | None) -> type[AuditTrouble] | None:
    """What is wrong with the whole log, as far as it goes back to the last time the user accepted it."""
    if trouble := check_tail(connection, anchor):
        return trouble
    (accepted,) = connection.execute(
        "SELECT ifnull(max(number), 0) FROM audit_log WHERE event = ?", (AuditEvent.AUDIT_ACCEPTED.value,)
    ).fetchone()
    rows = connection.execute(f"SELECT {_ROW} FROM audit_log WHERE number >= ? ORDER BY number", (accepted,))  # noqa: S608 - a constant
    return None if _holds(Chain(connection), rows, None if accepted else START) else AuditAltered


def _holds(chain: Chain, rows: Iterable[tuple[Any, ...]], before: AuditHead | None) -> bool:
    """Whether each row follows from the one before it; None takes the first one's own word for that."""
    for number, at, event, detail, previous, digest in rows:
        before = before or AuditHead(count=number - 1, hash=previous)
        if (number, previous) != (before.count + 1, before.hash):
            return False
        if not math.isfinite(at) or digest != chain.hash(number, at, event, detail, previous):
            return False
        before = AuditHead(count=number, hash=digest)
    return True


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _object(detail: str) -> dict[str, AuditDetail]:
    """The detail; an altered row may hold anything."""
    try:
        found = json.loads(detail)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

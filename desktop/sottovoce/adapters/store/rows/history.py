"""The history, page by page, in the same time wherever a page lies. Runs on its connection's own thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows.messages import MESSAGE, message_of, storable

if TYPE_CHECKING:
    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.conversations import Message

_JOINED = f"SELECT {MESSAGE} FROM conversation AS c CROSS JOIN message AS m ON m.conversation_id = c.id WHERE"  # noqa: S608 - constants
"""CROSS JOIN: conversations in their order outside, messages in theirs inside, so that nothing is sorted."""
_DOWN = "ORDER BY c.last_at DESC, c.rowid DESC, m.number DESC LIMIT ?"
_UP = "ORDER BY c.last_at, c.rowid, m.number LIMIT ?"


def page(
    connection: sqlite.Connection,
    limit: int,
    *,
    older_than: str | None = None,
    newer_than: str | None = None,
    conversation: str | None = None,
) -> tuple[Message, ...]:
    """See `StoreReader.page`."""
    at = older_than if older_than is not None else newer_than
    up = older_than is None and newer_than is not None
    if at is None:
        return _one(connection, conversation, None, limit, up=False) or _rest(connection, None, limit, conversation)
    place = connection.execute(
        "SELECT m.number, c.id, c.last_at, c.rowid FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id"
        " WHERE m.id = ?",
        (storable(at),),
    ).fetchone()
    if place is None or (conversation is not None and place[1] != storable(conversation)):
        return ()
    found = _one(connection, place[1], place[0], limit, up=up)
    if conversation is None and len(found) < limit:
        more = _rest(connection, (place[2], place[3]), limit - len(found), None, up=up)
        found = more + found if up else found + more
    return found


def _one(
    connection: sqlite.Connection, conversation: str | None, number: int | None, limit: int, *, up: bool
) -> tuple[Message, ...]:
    """Those of one conversation before (or, going up, after) a number, the newest first."""
    if conversation is None:
        return ()
    side, order = (">", "ASC") if up else ("<", "DESC")
    rows = connection.execute(
        f"SELECT {MESSAGE} FROM message AS m WHERE m.conversation_id = ? AND m.number {side} ?"  # noqa: S608 - constants
        f" ORDER BY m.number {order} LIMIT ?",
        (storable(conversation), number if number is not None else 1 << 62, max(limit, 0)),
    ).fetchall()
    return tuple(message_of(row) for row in (reversed(rows) if up else rows))


def _rest(
    connection: sqlite.Connection,
    place: tuple[float, int] | None,
    limit: int,
    conversation: str | None,
    *,
    up: bool = False,
) -> tuple[Message, ...]:
    """Those of the conversations after (or, going up, before) a place, the newest first."""
    if conversation is not None:
        return ()
    where, values = ("TRUE", ()) if place is None else (f"(c.last_at, c.rowid) {'>' if up else '<'} (?, ?)", place)
    rows = connection.execute(f"{_JOINED} {where} {_UP if up else _DOWN}", (*values, max(limit, 0))).fetchall()
    return tuple(message_of(row) for row in (reversed(rows) if up else rows))

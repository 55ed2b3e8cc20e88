"""The turn journal: which questions still wait for their answer. Runs on its connection's own thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows import memories, messages
from sottovoce.domain.conversations import Arrival

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import Outcome

MOST_OFFERED = 100
"""Unfinished turns listed at most: a crash leaves one."""


def open_turn(connection: sqlite.Connection, message: Message) -> Arrival:
    """Store a question with its open turn; a turn that is there already stays as it is."""
    arrival = messages.add_message(connection, message)
    connection.execute(
        "INSERT INTO turn_journal (message_id, user_id, conversation_id, opened_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (message_id) DO NOTHING",
        (
            messages.storable(message.id),
            messages.storable(message.user_id),
            messages.storable(message.conversation_id),
            message.created_at,
        ),
    )
    return arrival


def close_turn(
    connection: sqlite.Connection, message_id: str, answer: Message | None, outcome: Outcome, used: Sequence[str]
) -> Arrival | None:
    """End an open turn and store its answer with what it drew on; None, nothing stored, if there is no such turn."""
    (now,) = connection.execute("SELECT unixepoch('subsec')").fetchone()  # a value: see `recording`
    closed = connection.execute(
        "UPDATE turn_journal SET closed_at = ?, outcome = ? WHERE message_id = ? AND closed_at IS NULL",
        (now, outcome.value, messages.storable(message_id)),
    )
    if not closed.rowcount:
        return None
    if answer is None:
        return Arrival(0, first=False)
    arrival = messages.add_message(connection, answer)
    memories.note_use(connection, answer.id, used)
    return arrival


def unfinished_turns(connection: sqlite.Connection) -> tuple[Message, ...]:
    """The questions of open turns, newest first."""
    found = connection.execute(
        f"SELECT {messages.MESSAGE} FROM turn_journal AS t JOIN message AS m ON m.id = t.message_id"  # noqa: S608 - a constant
        " WHERE t.closed_at IS NULL ORDER BY m.number DESC LIMIT ?",
        (MOST_OFFERED,),
    ).fetchall()
    return tuple(messages.message_of(row) for row in found)

"""What may be done without its user being asked: keys to the local API, and what tools were allowed once and for all.

Either may have been taken back since a backup was made, or in a copy. So none of them comes back with rows of before:
what is asked about once too often does no harm. Runs on its connection's own thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows.messages import context, save_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlcipher3.dbapi2 as sqlite


@dataclass(frozen=True, slots=True)
class Powers:
    """What holds in a copy of the database, and what does not any more."""

    revoked: Mapping[str, float]
    """Prefixes of keys that were revoked there, and when: seconds since 1970-01-01 UTC."""
    allowed: Mapping[str, tuple[str, ...]]
    """By user, what their tools may still do there."""


def powers(connection: sqlite.Connection) -> Powers:
    """What holds here."""
    revoked = connection.execute("SELECT prefix, revoked_at FROM api_key WHERE revoked_at IS NOT NULL").fetchall()
    found = ((user, context(connection, user)) for user in _users(connection))
    return Powers(dict(revoked), {user: known.allowed for user, known in found if known is not None})


def end_powers(connection: sqlite.Connection, now: float) -> int:
    """End every key, and have every tool ask again; how many held until now."""
    ended = connection.execute("UPDATE api_key SET revoked_at = ? WHERE revoked_at IS NULL", (now,)).rowcount
    return int(ended) + sum(_allow_less(connection, user, ()) for user in _users(connection))


def take_ends(connection: sqlite.Connection, there: Powers) -> int:
    """Let what has ended in a copy end here, too; how many."""
    ended = 0
    for prefix, at in there.revoked.items():
        row = (at, prefix)
        ended += connection.execute(
            "UPDATE api_key SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL", row
        ).rowcount
    return ended + sum(_allow_less(connection, user, allowed) for user, allowed in there.allowed.items())


def _users(connection: sqlite.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT DISTINCT user_id FROM user_context").fetchall()]


def _allow_less(connection: sqlite.Connection, user: str, most: tuple[str, ...]) -> int:
    known = context(connection, user)
    if known is None:
        return 0
    left = tuple(name for name in known.allowed if name in most)
    if left != known.allowed:
        save_context(connection, known.copy_with(version=known.version + 1, allowed=left))
    return len(known.allowed) - len(left)

"""When and where the database was opened and closed, as rows. Runs on its connection's own thread."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.store.sealed.seen import Seen

if TYPE_CHECKING:
    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.machine import MachineIdentity

MOST_SITTINGS = 2000
"""Rows kept: with ten openings a day, a hundred days in which another machine may come back with its state."""
_OUTSIDE = "sitting-outside"
"""Name in `meta`: the number that the key file is known to have."""
_RESTORED = "sitting-restored"
"""Name in `meta`: the database was put here by us, whatever was here before."""


@dataclass(frozen=True, slots=True)
class LastPlace:
    """Where the database was last open."""

    seen: Seen
    machine: str
    host: str


def last(connection: sqlite.Connection) -> LastPlace | None:
    """The newest; None if there is none."""
    row = connection.execute(
        "SELECT number, id, at, machine, host FROM sitting ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return None if row is None else LastPlace(Seen(number=row[0], id=row[1], at=row[2]), row[3], row[4])


def of_number(connection: sqlite.Connection, number: int) -> Seen | None:
    """Return the sitting of this number."""
    row = connection.execute("SELECT number, id, at FROM sitting WHERE number = ?", (number,)).fetchone()
    return None if row is None else Seen(number=row[0], id=row[1], at=row[2])


def knows(connection: sqlite.Connection, seen: Seen) -> bool:
    """Whether that very sitting is part of this database's past, its own or of what was merged with it."""
    return connection.execute("SELECT 1 FROM sitting WHERE id = ?", (seen.id,)).fetchone() is not None


def all_of(connection: sqlite.Connection) -> tuple[tuple[str, float, str, str], ...]:
    """Id, time, machine and host of each."""
    return tuple(connection.execute("SELECT id, at, machine, host FROM sitting ORDER BY number").fetchall())


def take(connection: sqlite.Connection, others: tuple[tuple[str, float, str, str], ...]) -> None:
    """Let sittings of a copy be of this database's past, too: below zero, where no number of its own is."""
    for identifier, at, machine, host in others:
        connection.execute(
            "INSERT INTO sitting (number, id, at, machine, host)"
            " SELECT (SELECT min(ifnull(min(number), 0), 0) - 1 FROM sitting), ?1, ?2, ?3, ?4"
            " WHERE NOT EXISTS (SELECT 1 FROM sitting WHERE id = ?1)",
            (identifier, at, machine, host),
        )


def add(connection: sqlite.Connection, after: int, machine: MachineIdentity) -> Seen:
    """Note one more, whose number is greater than `after`."""
    seen = Seen(number=after + 1, id=secrets.token_hex(16), at=time.time())
    connection.execute(
        "INSERT INTO sitting (number, id, at, machine, host) VALUES (?, ?, ?, ?, ?)",
        (seen.number, seen.id, seen.at, machine.id, machine.host),
    )
    connection.execute(
        "DELETE FROM sitting WHERE number <= (SELECT number FROM sitting ORDER BY number DESC LIMIT 1 OFFSET ?)",
        (MOST_SITTINGS,),
    )
    connection.execute("DELETE FROM meta WHERE name = ?", (_RESTORED,))
    return seen


def outside(connection: sqlite.Connection) -> int | None:
    """The number that the key file has at least; None if it never got one."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_OUTSIDE,)).fetchone()
    return None if row is None else int(row[0])


def note_outside(connection: sqlite.Connection, number: int) -> None:
    """Note that the key file has this number."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_OUTSIDE, str(number)),
    )


def note_restored(connection: sqlite.Connection) -> None:
    """Note that we put this database here: it is no wonder that it is an earlier state."""
    connection.execute("DELETE FROM meta WHERE name = ?", (_OUTSIDE,))
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, '1')", (_RESTORED,))


def is_restored(connection: sqlite.Connection) -> bool:
    """Whether it was put here by us and not opened since."""
    return connection.execute("SELECT 1 FROM meta WHERE name = ?", (_RESTORED,)).fetchone() is not None

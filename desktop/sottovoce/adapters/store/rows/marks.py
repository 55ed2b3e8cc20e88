"""Marks of what was erased, forgotten or removed, so that no merge and no import brings it back.

A mark holds no word and no name: one that is asked for is found by its digest. What the user has since brought back has
a mark that says so, and the later of the two holds. Runs on its connection's own thread.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows.messages import storable
from sottovoce.domain.erasing import Erasure, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlcipher3.dbapi2 as sqlite

_BACK = "back: "
"""Begins the kind of a mark that says when something was brought back; stands in the statements below, too."""
_MARK = (
    "INSERT INTO erased (what, digest, at) VALUES (?, ?, ?)"
    " ON CONFLICT (what, digest) DO UPDATE SET at = max(at, excluded.at)"
)
_MARK_ANEW = (
    "INSERT INTO erased (what, digest, at) SELECT ?1, ?2, max(?3, ifnull((SELECT at + 0.001 FROM erased"
    " WHERE what = 'back: ' || ?1 AND digest = ?2), 0)) WHERE true"
    " ON CONFLICT (what, digest) DO UPDATE SET at = max(at, excluded.at)"
)
"""Whatever it was brought back by, and whatever the clock said then."""
_MARK_BACK = (
    "INSERT INTO erased (what, digest, at) SELECT 'back: ' || what, digest, max(at, ?3) FROM erased"
    " WHERE what = ?1 AND digest = ?2"
    " ON CONFLICT (what, digest) DO UPDATE SET at = max(at, excluded.at)"
)
_HOLDS = (
    "NOT EXISTS (SELECT 1 FROM erased AS back"
    " WHERE back.what = 'back: ' || mark.what AND back.digest = mark.digest AND back.at >= mark.at)"
)
_TABLES = ("reminder", "timer", "note", "list_entry", "event")
"""Whose rows are removed one by one: those of `records.KEPT`."""
_THEIRS = " UNION ALL ".join(
    f"SELECT user_id, created_at AS at FROM {table}"  # noqa: S608 - our own names
    for table in ("message", "memory", *_TABLES)
)

_NEWEST = {
    Scope.CONVERSATION: "SELECT max(created_at) FROM message WHERE conversation_id = ?",
    Scope.USER: f"SELECT max(at) FROM ({_THEIRS}) WHERE user_id = ?",  # noqa: S608 - our own names
}


def mark(connection: sqlite.Connection, what: str, ids: Iterable[str], *, least: float = 0.0) -> None:
    """Note that these are gone for good, as of now or of `least`: `what` is a scope of erasing, or a table."""
    (now,) = connection.execute("SELECT unixepoch('subsec')").fetchone()  # a value: see `recording`
    connection.executemany(_MARK_ANEW, [(what, digest(what, identifier), max(now, least)) for identifier in ids])


def mark_erasure(connection: sqlite.Connection, erasure: Erasure) -> None:
    """Note what an erasure takes, whether or not anything of it is here."""
    if erasure.scope is Scope.BEFORE:
        connection.execute(_MARK, (Scope.BEFORE.value, "", float(erasure.of)))
    elif erasure.as_of is not None:
        connection.execute(_MARK, (erasure.scope.value, digest(erasure.scope, str(erasure.of)), erasure.as_of))
    elif erasure.scope in _NEWEST:
        # What a clock that ran ahead had dated is gone with the rest.
        (newest,) = connection.execute(_NEWEST[erasure.scope], (storable(str(erasure.of)),)).fetchone()
        mark(connection, erasure.scope.value, [str(erasure.of)], least=newest or 0.0)
    else:
        mark(connection, erasure.scope.value, [str(erasure.of)])


def note_back(connection: sqlite.Connection, things: Iterable[tuple[str, str]]) -> None:
    """Note that these, each a kind and an id, are here again by the user's word: marks of before hold no more."""
    (now,) = connection.execute("SELECT unixepoch('subsec')").fetchone()  # as above
    connection.executemany(_MARK_BACK, [(str(what), digest(what, identifier), now) for what, identifier in things])


def digest(what: str, identifier: str) -> str:
    """Return the digest by which a mark knows a thing."""
    return hashlib.sha256(f"sottovoce erased 1:{what}:{storable(identifier)}".encode()).hexdigest()


class Marks:
    """What the marks say, each asked for once. Belongs to one transaction."""

    def __init__(self, connection: sqlite.Connection, *, heeded: bool = True) -> None:
        """Ask `connection`; marks that are not `heeded` hold nothing back, and hold no more after `overrule`."""
        self._connection = connection
        self._heeded = heeded
        self._known: dict[tuple[str, str], float | None] = {}
        self._overruled: dict[tuple[str, str], None] = {}

    def outdated(self, at: float) -> bool:
        """Whether a message of that time grew too old to be kept."""
        limit = self._at(Scope.BEFORE, "")
        return self._heeded and limit is not None and at < limit

    def conversation(self, conversation: str, at: float) -> bool:
        """Whether a message of that time was erased with its conversation."""
        return self._since(Scope.CONVERSATION, conversation, at)

    def user(self, user: str, at: float) -> bool:
        """Whether all that was this user's at that time was erased."""
        return self._since(Scope.USER, user, at)

    def one(self, what: str, identifier: str) -> bool:
        """Whether this very thing was erased."""
        return self._since(what, identifier, -math.inf)

    def overrule(self) -> None:
        """Let what was not heeded hold no more: else a merge would take away what was brought back."""
        note_back(self._connection, self._overruled)

    def _since(self, what: str, identifier: str, at: float) -> bool:
        erased = self._at(what, identifier)
        holds = erased is not None and at <= erased
        if holds and not self._heeded:
            self._overruled[str(what), identifier] = None
        return holds and self._heeded

    def _at(self, what: str, identifier: str) -> float | None:
        key = (str(what), identifier)
        if key not in self._known:
            row = self._connection.execute(
                f"SELECT at FROM erased AS mark WHERE what = ? AND digest = ? AND {_HOLDS}",  # noqa: S608 - a constant
                (key[0], digest(*key) if identifier else ""),
            ).fetchone()
            self._known[key] = None if row is None else float(row[0])
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of something that was erased."""

    what: str
    digest: str
    at: float


def all_marks(connection: sqlite.Connection) -> tuple[Mark, ...]:
    """Every mark of what was erased, forgotten or removed."""
    return tuple(Mark(*row) for row in connection.execute("SELECT what, digest, at FROM erased").fetchall())


def take_marks(connection: sqlite.Connection, marks: Iterable[Mark]) -> list[Erasure]:
    """Let marks of a copy of this database hold here, too; what is still here of it, to be erased.

    How old messages may grow is each home's own to say, by its own clock: no such mark is taken.
    """
    wanted = {(mark.what, mark.digest): mark for mark in marks if mark.what != Scope.BEFORE}
    connection.executemany(_MARK, [(mark.what, mark.digest, mark.at) for mark in wanted.values()])
    back = _brought_back(connection)
    wanted = {key: mark for key, mark in wanted.items() if mark.at > back.get(key, -math.inf)}
    return [
        Erasure(scope=scope, of=identifier, as_of=mark.at)
        for scope in _KEPT
        for identifier, last in _kept(connection, scope).items()
        if (mark := wanted.get((scope.value, digest(scope, identifier)))) is not None and last <= mark.at
    ]


def take_over(connection: sqlite.Connection, marks: Iterable[Mark]) -> tuple[float, ...]:
    """Let the marks of the store that makes way hold in this one, a backup of it, but for what this one has again.

    Returns:
        When what is here again was erased or forgotten, the earliest first.
    """
    again = take_marks(connection, marks)
    removed = [
        (table, row[0])
        for table in _TABLES
        for row in connection.execute(f"SELECT id FROM {table}").fetchall()  # noqa: S608 - our own names
    ]
    note_back(connection, [*((one.scope, str(one.of)) for one in again), *removed])
    return tuple(sorted({one.as_of for one in again if one.as_of is not None}))


def holding(connection: sqlite.Connection, erasures: Iterable[Erasure]) -> list[Erasure]:
    """Return the marks that still hold.

    What was said by a user, or in a conversation, after it was erased elsewhere stays, and with it what was before; so
    does what was brought back later.
    """
    kept = {scope: _kept(connection, scope) for scope in dict.fromkeys(one.scope for one in erasures)}
    back = _brought_back(connection)

    def last(one: Erasure) -> float:
        key = (one.scope.value, digest(one.scope, str(one.of)))
        return max(kept[one.scope].get(str(one.of), 0.0), back.get(key, 0.0))

    return [one for one in erasures if last(one) <= (one.as_of or 0.0)]


def _brought_back(connection: sqlite.Connection) -> dict[tuple[str, str], float]:
    """What was brought back, by what its mark would be, and when."""
    rows = connection.execute("SELECT what, digest, at FROM erased WHERE what LIKE ?", (f"{_BACK}%",)).fetchall()
    return {(row[0].removeprefix(_BACK), row[1]): row[2] for row in rows}


def _kept(connection: sqlite.Connection, scope: Scope) -> dict[str, float]:
    return {str(row[0]): row[1] for row in connection.execute(_KEPT[scope]).fetchall()}


_KEPT = {
    Scope.MEMORY: "SELECT id, 0.0 FROM memory",
    Scope.CONVERSATION: "SELECT conversation_id, max(created_at) FROM message GROUP BY conversation_id",
    Scope.USER: f"SELECT user_id, max(at) FROM ({_THEIRS}) GROUP BY user_id",  # noqa: S608 - our own names
}
"""What can be erased, and how long after it something of it was still said."""


def take_removals(connection: sqlite.Connection) -> int:
    """Remove what the user had had kept and is marked as removed; how many."""
    removed = 0
    for table in _TABLES:
        ids = [row[0] for row in connection.execute(f"SELECT id FROM {table}").fetchall()]  # noqa: S608 - our own names
        gone = [one for one in ids if connection.execute(_IS_MARKED, (table, digest(table, one))).fetchone()]
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(one,) for one in gone])  # noqa: S608 - as above
        removed += len(gone)
    return removed


_IS_MARKED = f"SELECT 1 FROM erased AS mark WHERE what = ? AND digest = ? AND {_HOLDS}"  # noqa: S608 - a constant

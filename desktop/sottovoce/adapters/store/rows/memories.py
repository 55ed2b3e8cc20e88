"""What is remembered about users, as rows. Runs on its connection's own thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.rows.match import WordIndex
from sottovoce.adapters.store.rows.messages import context, end_dialogues, replace_contexts, searched_as, storable
from sottovoce.adapters.store.rows.records import remove_dependent
from sottovoce.domain.memories import Memory, MemoryKind, Reach, Vectors
from sottovoce.domain.topics import without_topics
from sottovoce.memory.learnt import unlearnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.memories import Vector

ROWS_AT_ONCE = 512
"""Vectors taken from the database at a time: fewer than would set off Python's garbage collector, which stops all."""

_MEMORY = "m.id, m.user_id, m.kind, m.text, m.created_at, m.source_message, m.reach, m.superseded_by, m.subject"
_ADD = (
    "INSERT INTO memory (id, user_id, kind, text, created_at, source_message, reach, superseded_by, subject, embedder,"
    " embedding, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
_INDEX_WORDS = (
    "INSERT INTO memory_words (rowid, owner, text) SELECT number, owner, text FROM memory_held WHERE number = ?"
)
_CHAIN = (
    "WITH RECURSIVE chain (id) AS (SELECT id FROM memory WHERE id = ?1"
    " UNION SELECT m.id FROM memory AS m JOIN chain ON m.superseded_by = chain.id"
    " WHERE (SELECT superseded_by FROM memory WHERE id = ?1) IS NULL) SELECT id FROM chain"
)
"""A memory and, if it holds, those whose place it took, in turn, itself first; UNION ends a circle."""


def add(connection: sqlite.Connection, memory: Memory, vector: Vector | None, supersedes: Sequence[str]) -> None:
    """Store a memory that takes the place of others; one that is there already changes nothing."""
    identifier = storable(memory.id)
    added = connection.execute(
        _ADD,
        (
            identifier,
            storable(memory.user_id),
            memory.kind.value,
            storable(memory.text),
            memory.created_at,
            None if memory.source_message is None else storable(memory.source_message),
            memory.reach.value,
            None if memory.superseded_by is None else storable(memory.superseded_by),
            storable(memory.subject),
            "" if vector is None else storable(vector.embedder),
            None if vector is None else vector.values,
            searched_as(storable(memory.text)),
        ),
    )
    if added.rowcount:
        connection.execute(_INDEX_WORDS, (added.lastrowid,))
        # One whose place was taken before keeps its successor: that is how the chain is walked.
        connection.execute(
            "UPDATE memory SET superseded_by = ? WHERE id IN (SELECT value FROM json_each(?)) AND id <> ?"
            " AND superseded_by IS NULL",
            (identifier, _json(supersedes), identifier),
        )


def chain(connection: sqlite.Connection, memory_id: str) -> tuple[str, ...]:
    """What goes with a memory: those whose place it took, in turn, if it holds; empty if there is none of this id."""
    return tuple(row[0] for row in connection.execute(_CHAIN, (storable(memory_id),)))


def forget(connection: sqlite.Connection, memory_id: str) -> tuple[tuple[Memory, ...], int]:
    """Remove a memory with its chain and what was made from them; all of these, and how many cached answers went.

    One that does not hold goes alone, and what took its place takes that of those before it. Of its user's context the
    newest snapshot stays, without what it had learnt from what is gone. No answer to that user leaves anything open any
    more: "call her" may have meant whom nobody remembers now.
    """
    wanted = _json(chain(connection, memory_id))
    gone = _found(
        connection, "json_each(?) AS wanted JOIN memory AS m ON m.id = wanted.value ORDER BY wanted.key", wanted
    )
    if not gone:
        return (), 0
    answers = remove_dependent(connection, [memory.id for memory in gone])
    if (known := context(connection, gone[0].user_id)) is not None:
        if gone[0].superseded_by is None:
            known = unlearnt(known, [memory.text for memory in gone])
        else:  # what took its place taught the same thing anew, and goes on to hold
            known = known.copy_with(topics=without_topics(known.topics, gone[0].text))
        replace_contexts(connection, known)
    end_dialogues(connection, [gone[0].user_id])
    connection.execute("DELETE FROM memory WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    connection.execute(
        "UPDATE memory SET superseded_by = ? WHERE superseded_by = ?", (gone[0].superseded_by, storable(memory_id))
    )
    return gone, answers


def set_reach(connection: sqlite.Connection, memory_id: str, reach: Reach) -> bool:
    """Change how far a memory may travel; False if there is none."""
    changed = connection.execute("UPDATE memory SET reach = ? WHERE id = ?", (reach.value, storable(memory_id)))
    return bool(changed.rowcount)


def set_vectors(connection: sqlite.Connection, embedder: str, values: Mapping[str, bytes]) -> None:
    """Give memories vectors, in place of any other's."""
    connection.executemany(
        "UPDATE memory SET embedder = ?, embedding = ? WHERE id = ?",
        [(storable(embedder), vector, storable(identifier)) for identifier, vector in values.items()],
    )


def note_use(connection: sqlite.Connection, message_id: str, used: Iterable[str]) -> None:
    """Note which memories an answer drew on, as far as they are there."""
    answer = storable(message_id)
    connection.executemany(
        "INSERT INTO memory_use (message_id, memory_id, place) SELECT ?, id, ? FROM memory WHERE id = ?"
        " ON CONFLICT (message_id, memory_id) DO NOTHING",
        [(answer, place, storable(identifier)) for place, identifier in enumerate(used)],
    )


def newest(
    connection: sqlite.Connection, user_id: str, limit: int, kinds: Iterable[MemoryKind] = ()
) -> tuple[Memory, ...]:
    """What holds about a user, of these kinds or of all, newest first."""
    user, most = storable(user_id), max(limit, 0)
    wanted = tuple(kind.value for kind in kinds)
    if not wanted:
        return _found(
            connection,
            "memory AS m WHERE m.user_id = ? AND m.superseded_by IS NULL ORDER BY m.number DESC LIMIT ?",
            user,
            most,
        )
    numbers: list[int] = []
    for kind in wanted:  # each is the newest end of an index, however many there are
        numbers += [
            row[0]
            for row in connection.execute(
                "SELECT number FROM memory WHERE user_id = ? AND kind = ? AND superseded_by IS NULL"
                " ORDER BY number DESC LIMIT ?",
                (user, kind, most),
            )
        ]
    return _numbered(connection, sorted(numbers, reverse=True)[:most])


def count(connection: sqlite.Connection, user_id: str, kinds: Iterable[MemoryKind] = ()) -> int:
    """How much holds about a user, of these kinds or of all."""
    found = connection.execute(
        "SELECT count(*) FROM memory WHERE user_id = ? AND kind IN (SELECT value FROM json_each(?))"
        " AND superseded_by IS NULL",
        (storable(user_id), _json(kind.value for kind in tuple(kinds) or MemoryKind)),
    ).fetchone()
    return int(found[0])


def by_id(connection: sqlite.Connection, ids: Sequence[str]) -> tuple[Memory, ...]:
    """Those that are there, superseded or not, in the order of `ids`."""
    return _found(
        connection, "json_each(?) AS wanted JOIN memory AS m ON m.id = wanted.value ORDER BY wanted.key", _json(ids)
    )


def about(connection: sqlite.Connection, user_id: str, subject: str) -> tuple[Memory, ...]:
    """What holds about a subject, newest first."""
    return _found(
        connection,
        "memory AS m WHERE m.user_id = ? AND m.subject = ? AND m.subject <> '' AND m.superseded_by IS NULL"
        " ORDER BY m.number DESC",
        storable(user_id),
        storable(subject),
    )


def of_message(connection: sqlite.Connection, message_id: str) -> tuple[Memory, ...]:
    """What was learnt from a message and holds, oldest first."""
    return _found(
        connection,
        "memory AS m WHERE m.source_message = ? AND m.superseded_by IS NULL ORDER BY m.number",
        storable(message_id),
    )


def used(connection: sqlite.Connection, message_id: str) -> tuple[Memory, ...]:
    """What an answer drew on, in the order it was given."""
    return _found(
        connection,
        "memory_use AS u JOIN memory AS m ON m.id = u.memory_id WHERE u.message_id = ? ORDER BY u.place",
        storable(message_id),
    )


def match(connection: sqlite.Connection, user_id: str, query: str, limit: int) -> tuple[tuple[str, float], ...]:
    """Ids of what holds and shares words with `query`, with their scores, the best match first."""
    found = WordIndex(connection, "memory_words", _owned(user_id)).best(query, limit)
    names: dict[int, str] = dict(
        connection.execute(
            "SELECT number, id FROM memory WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([number for number, _ in found]),),
        ).fetchall()
    )
    return tuple((names[number], score) for number, score in found)


def vectors(connection: sqlite.Connection, user_id: str, embedder: str) -> Vectors:
    """The vectors of what holds about a user, oldest first."""
    found = connection.execute(
        # The plus keeps to the index of users: that of embedders would go through everybody's.
        "SELECT id, embedding FROM memory WHERE user_id = ? AND +embedder = ? AND embedding IS NOT NULL"
        " AND superseded_by IS NULL ORDER BY number",
        (storable(user_id), storable(embedder)),
    )
    return gathered(found)


def gathered(found: sqlite.Cursor) -> Vectors:
    """Rows of a name and a vector, some at a time: freeing 100,000 at once holds up every other thread for 10 ms."""
    names: list[str] = []
    values: list[bytes] = []
    while some := found.fetchmany(ROWS_AT_ONCE):
        names += [str(row[0]) for row in some]
        values.append(b"".join([row[1] for row in some]))
    return Vectors(tuple(names), b"".join(values))


def without_vector(connection: sqlite.Connection, embedder: str, limit: int) -> tuple[Memory, ...]:
    """What holds and has no vector of this embedder, newest first."""
    others = [name for name in _embedders(connection) if name != storable(embedder)]
    found: list[tuple[int]] = []
    for other in others:  # each is the newest end of an index, however many there are
        found += connection.execute(
            "SELECT number FROM memory WHERE embedder = ? AND superseded_by IS NULL ORDER BY number DESC LIMIT ?",
            (other, max(limit, 0)),
        ).fetchall()
    return _numbered(connection, sorted((row[0] for row in found), reverse=True)[: max(limit, 0)])


def _numbered(connection: sqlite.Connection, numbers: Sequence[int]) -> tuple[Memory, ...]:
    return _found(
        connection,
        "json_each(?) AS wanted JOIN memory AS m ON m.number = wanted.value ORDER BY wanted.key",
        json.dumps(numbers),
    )


def _embedders(connection: sqlite.Connection) -> list[str]:
    """Names of all that made a vector, "" among them for none: a step in the index for each, not for each memory."""
    names: list[str] = []
    query = "SELECT min(embedder) FROM memory WHERE superseded_by IS NULL"
    (name,) = connection.execute(query).fetchone()
    while name is not None:
        names.append(name)
        (name,) = connection.execute(f"{query} AND embedder > ?", (name,)).fetchone()
    return names


def _found(connection: sqlite.Connection, where: str, *values: object) -> tuple[Memory, ...]:
    found = connection.execute(f"SELECT {_MEMORY} FROM {where}", values).fetchall()  # noqa: S608 - constants
    return tuple(_memory(row) for row in found)


def _owned(user_id: str) -> str:
    """Matches what is this user's, exactly: see the view `memory_held`."""
    return f'owner : "u{storable(user_id).encode().hex()}"'


def _json(texts: Iterable[str]) -> str:
    """An array that `json_each` takes apart."""
    return json.dumps([storable(text) for text in texts])


def _memory(row: tuple[Any, ...]) -> Memory:
    return Memory(
        id=row[0],
        user_id=row[1],
        kind=MemoryKind(row[2]),
        text=row[3],
        created_at=row[4],
        source_message=row[5],
        reach=Reach(row[6]),
        superseded_by=row[7],
        subject=row[8],
    )

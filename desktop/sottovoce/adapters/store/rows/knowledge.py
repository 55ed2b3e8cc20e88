"""The user's own files and their passages, as rows. Runs on its connection's own thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.rows.match import WordIndex
from sottovoce.adapters.store.rows.memories import gathered
from sottovoce.adapters.store.rows.messages import searched_as, storable
from sottovoce.domain.knowledge import Document, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.knowledge import NewPassage
    from sottovoce.domain.memories import Vectors

REMOVED_AT_ONCE = 10
"""Passages one transaction takes away: each costs 4 ms in an index of 100k, where every word is taken out by itself."""

_DOCUMENT = "id, path, bytes, modified_ns, sha256, indexed_at, passages, trouble, changed_ns"
_THEIRS = "document IN (SELECT value FROM json_each(?))"
_PASSAGE = "p.number, p.document, d.path, p.place, p.text"


def save(
    connection: sqlite.Connection, document: Document, passages: Sequence[NewPassage], embedder: str
) -> tuple[int, ...]:
    """Store a file and its passages in place of what its path or id had; numbers of the passages."""
    identifier, path = storable(document.id), storable(document.path)
    remove(connection, former(connection, document))
    connection.execute(
        f"INSERT INTO document ({_DOCUMENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (
            identifier,
            path,
            document.bytes,
            document.modified_ns,
            storable(document.sha256),
            document.indexed_at,
            len(passages),
            storable(document.trouble),
            document.changed_ns,
        ),
    )
    first = _next_number(connection)
    numbers = tuple(range(first, first + len(passages)))
    connection.executemany(
        "INSERT INTO passage (number, document, place, text, folded) VALUES (?, ?, ?, ?, ?)",
        [
            (number, identifier, storable(passage.place), text := storable(passage.text), searched_as(text))
            for number, passage in zip(numbers, passages, strict=True)
        ],
    )
    connection.execute(
        "INSERT INTO passage_words (rowid, text) SELECT number, ifnull(folded, text) FROM passage WHERE document = ?",
        (identifier,),
    )
    vectors = {number: one.vector for number, one in zip(numbers, passages, strict=True) if one.vector is not None}
    if embedder:
        set_vectors(connection, embedder, vectors)
    return numbers


def remove(connection: sqlite.Connection, ids: Sequence[str]) -> tuple[int, ...]:
    """Remove files with their passages; numbers of the passages that are gone."""
    gone = _remove_passages(connection, ids, -1)
    connection.execute("DELETE FROM document WHERE id IN (SELECT value FROM json_each(?))", (_json(ids),))
    return gone


def shrink(connection: sqlite.Connection, ids: Sequence[str]) -> tuple[int, ...]:
    """Remove some passages of files that are about to go or to be read again; empty if few enough are left for one go.

    What is cut off in the middle is read again: the files no longer look as they did when they were read.
    """
    (left,) = connection.execute(f"SELECT count(*) FROM passage WHERE {_THEIRS}", (_json(ids),)).fetchone()  # noqa: S608 - a constant
    if left <= REMOVED_AT_ONCE:
        return ()
    connection.execute(
        "UPDATE document SET modified_ns = 0, sha256 = '' WHERE id IN (SELECT value FROM json_each(?))", (_json(ids),)
    )
    return _remove_passages(connection, ids, REMOVED_AT_ONCE)


def former(connection: sqlite.Connection, document: Document) -> tuple[str, ...]:
    """Ids of what a file takes the place of."""
    found = connection.execute(
        "SELECT id FROM document WHERE path = ? OR id = ?", (storable(document.path), storable(document.id))
    ).fetchall()
    return tuple(row[0] for row in found)


def _remove_passages(connection: sqlite.Connection, ids: Sequence[str], most: int) -> tuple[int, ...]:
    """Remove passages with their words and vectors, the lowest numbers first; -1 is all."""
    gone = connection.execute(
        f"SELECT number FROM passage WHERE {_THEIRS} ORDER BY number LIMIT ?",  # noqa: S608 - a constant
        (_json(ids), most),
    ).fetchall()
    numbers = json.dumps([row[0] for row in gone])
    connection.execute(
        "INSERT INTO passage_words (passage_words, rowid, text)"
        " SELECT 'delete', number, ifnull(folded, text) FROM passage WHERE number IN (SELECT value FROM json_each(?))",
        (numbers,),
    )
    connection.execute("DELETE FROM passage WHERE number IN (SELECT value FROM json_each(?))", (numbers,))
    return tuple(row[0] for row in gone)


def _json(ids: Sequence[str]) -> str:
    """An array that `json_each` takes apart."""
    return json.dumps([storable(identifier) for identifier in ids])


def set_vectors(connection: sqlite.Connection, embedder: str, values: Mapping[int, bytes]) -> None:
    """Give passages vectors, in place of any other's."""
    for number, vector in values.items():
        there = connection.execute("UPDATE passage SET embedder = ? WHERE number = ?", (storable(embedder), number))
        if there.rowcount:
            connection.execute(
                "INSERT INTO passage_vector (number, embedding) VALUES (?, ?)"
                " ON CONFLICT (number) DO UPDATE SET embedding = excluded.embedding",
                (number, vector),
            )


def documents(connection: sqlite.Connection) -> tuple[Document, ...]:
    """Every file that is known, by path."""
    found = connection.execute(f"SELECT {_DOCUMENT} FROM document ORDER BY path").fetchall()  # noqa: S608 - a constant
    return tuple(_document(row) for row in found)


def match(connection: sqlite.Connection, query: str, limit: int) -> tuple[tuple[int, float], ...]:
    """Numbers of passages sharing words with `query`, with their scores, the best match first."""
    return tuple(WordIndex(connection, "passage_words").best(query, limit))


def passages(connection: sqlite.Connection, numbers: Sequence[int]) -> tuple[Passage, ...]:
    """Those that are there, in the order of `numbers`."""
    return _found(
        connection,
        "json_each(?) AS wanted JOIN passage AS p ON p.number = wanted.value JOIN document AS d ON d.id = p.document"
        " ORDER BY wanted.key",
        json.dumps(list(numbers)),
    )


def vectors(connection: sqlite.Connection, embedder: str) -> Vectors:
    """The vectors of all passages by this embedder, by number."""
    found = connection.execute(
        "SELECT p.number, v.embedding FROM passage AS p JOIN passage_vector AS v ON v.number = p.number"
        " WHERE p.embedder = ? ORDER BY p.number",
        (storable(embedder),),
    )
    return gathered(found)


def without_vector(connection: sqlite.Connection, embedder: str, limit: int) -> tuple[Passage, ...]:
    """Passages that have no vector of this embedder."""
    return _found(
        connection,
        # Two ranges of an index instead of <>, which would look at every passage.
        "(SELECT number FROM passage WHERE embedder < ?1 UNION ALL SELECT number FROM passage WHERE embedder > ?1"
        " LIMIT ?2) AS wanted JOIN passage AS p ON p.number = wanted.number JOIN document AS d ON d.id = p.document"
        " ORDER BY p.number",
        storable(embedder),
        max(limit, 0),
    )


def _next_number(connection: sqlite.Connection) -> int:
    """One that no passage ever had."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passage'").fetchone()
    return 1 if row is None else int(row[0]) + 1


def _found(connection: sqlite.Connection, where: str, *values: object) -> tuple[Passage, ...]:
    found = connection.execute(f"SELECT {_PASSAGE} FROM {where}", values).fetchall()  # noqa: S608 - constants
    return tuple(Passage(number=row[0], document=row[1], path=row[2], place=row[3], text=row[4]) for row in found)


def _document(row: tuple[Any, ...]) -> Document:
    return Document(
        id=row[0],
        path=row[1],
        bytes=row[2],
        modified_ns=row[3],
        sha256=row[4],
        indexed_at=row[5],
        passages=row[6],
        trouble=row[7],
        changed_ns=row[8],
    )

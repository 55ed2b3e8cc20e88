"""Rows that an erasure takes away, and what it leaves to be done. Runs on its connection's own thread.

They go together with a note in `meta`, which stays until files and backups are rewritten too. So many that others would
wait for it go some at a time: each step takes messages with all that was learnt from them, the last one what is left.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.rows import memories as memory_rows
from sottovoce.adapters.store.rows.marks import holding, mark, mark_erasure
from sottovoce.adapters.store.rows.messages import context, end_dialogues, replace_contexts, storable, title_of
from sottovoce.adapters.store.rows.records import KEPT_TABLES, remove_dependent
from sottovoce.domain.conversations import Role
from sottovoce.domain.erasing import Erased, Erasure, Scope
from sottovoce.domain.topics import without_topics
from sottovoce.memory.learnt import learnt, unlearnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.memories import Memory

UNFINISHED = "erasing"
"""Name in `meta` of what is still to be erased from files and backups."""
PLANNED = "erased elsewhere"
"""Name in `meta` of what was erased in copies that are being merged: whether it holds is settled after the last."""

_LEARNT = ("memory", *KEPT_TABLES, "cache_entry")
"""Tables whose rows name the message they come from."""
_PASSING = ("cache_entry",)
"""Of these, what goes with its message when it merely grew old; the rest the user asked to be kept."""

_GONE = "IN (SELECT id FROM temp.gone)"
_WHERE = {
    Scope.CONVERSATION: "conversation_id = :of",
    Scope.USER: "user_id = :of",
    Scope.BEFORE: "created_at < :of",
}
_SAID = (
    "coalesce((SELECT max(span.value ->> 'at') FROM json_each(:misdated) AS span"
    " WHERE number > span.value ->> 'after' AND number <= span.value ->> 'upto'), created_at)"
)
"""When a message counts as said: the dates of some say nothing."""
_MISDATED = f"{_SAID} < :of"
"""As `Scope.BEFORE`, with those."""
_INDEXES = ("message_words", "memory_words", "passage_words")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what an erasure takes: the messages with these numbers, or all beyond a number, and the rest."""

    numbers: Sequence[int] = ()
    beyond: int | None = None
    """None in all but the last part."""


ALL = Share(beyond=0)


@dataclass(frozen=True, slots=True)
class Concerned:
    """The messages, users and memories that an erasure will take."""

    numbers: tuple[int, ...]
    """Of the messages, in their order."""
    users: tuple[str, ...]
    """Whose words and memories they are."""
    memories: int
    """How many of a user, if all of theirs go."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.numbers or self.users)


def concerned(connection: sqlite.Connection, erasure: Erasure) -> Concerned:
    """What an erasure will take; nothing is changed."""
    value = _value(erasure)
    if erasure.scope is Scope.MEMORY:
        owner = connection.execute("SELECT user_id FROM memory WHERE id = ?", (value,)).fetchall()
        return Concerned((), tuple(row[0] for row in owner), 0)
    which, values = _which(erasure)
    found = connection.execute(
        f"SELECT number, user_id FROM message WHERE {which} ORDER BY number",  # noqa: S608 - constants
        values,
    ).fetchall()
    users = {row[1] for row in found}
    memories = 0
    if erasure.scope is Scope.USER:
        users = {value}
        (memories,) = connection.execute("SELECT count(*) FROM memory WHERE user_id = ?", (value,)).fetchone()
    return Concerned(tuple(row[0] for row in found), tuple(sorted(users)), memories)


def erase(connection: sqlite.Connection, erasure: Erasure, share: Share = ALL) -> Erased:
    """Delete the rows; to be called inside a transaction on a database of the present schema, foreign keys on."""
    mark_erasure(connection, erasure)
    if erasure.scope is Scope.MEMORY:
        forgotten, answers = memory_rows.forget(connection, str(erasure.of))
        mark(connection, Scope.MEMORY, [memory.id for memory in forgotten])
        return Erased(memories=len(forgotten), records=answers)
    value, whole = _value(erasure), share.beyond is not None
    which, values = _which(erasure)
    connection.execute("DROP TABLE IF EXISTS temp.gone")
    connection.execute("CREATE TEMP TABLE gone (id TEXT PRIMARY KEY, conversation_id TEXT)")  # temp_store = MEMORY
    # By the condition, too: a number may have come to mean another message since it was looked up.
    connection.execute(
        f"INSERT INTO temp.gone SELECT id, conversation_id FROM message WHERE {which} AND"  # noqa: S608 - constants
        f" {'number > :beyond' if whole else 'number IN (SELECT value FROM json_each(:numbers))'}",
        values | {"beyond": share.beyond, "numbers": json.dumps(share.numbers)},
    )
    taught = _taught(connection, erasure.scope)
    counts = _learnt(connection, erasure.scope, value, taught, whole=whole)
    connection.execute(f"DELETE FROM turn_journal WHERE message_id {_GONE}")  # noqa: S608 - constants
    said = connection.execute(f"DELETE FROM message WHERE id {_GONE}").rowcount  # noqa: S608 - constants
    ended = _conversations(connection, erasure.scope, value, whole=whole)
    connection.execute("DROP TABLE temp.gone")
    memories = counts.pop("memory")
    return Erased(messages=said, conversations=ended, memories=memories, records=sum(counts.values()))


def outdates_any(connection: sqlite.Connection, erasure: Erasure) -> bool:
    """Whether there is a message that old; every hour, so it looks at conversations where their dates show it."""
    which, values = _which(erasure)
    query = f"SELECT 1 FROM message WHERE {which} LIMIT 1"  # noqa: S608 - constants
    if not erasure.misdated:
        query = "SELECT 1 FROM conversation WHERE started_at < :of LIMIT 1"
    return connection.execute(query, values).fetchone() is not None


def _which(erasure: Erasure) -> tuple[str, dict[str, Any]]:
    """Which messages go: a condition, and its values."""
    values = {"of": _value(erasure)}
    if erasure.misdated:
        return _MISDATED, values | {"misdated": json.dumps(erasure.to_json()["misdated"])}
    return _WHERE[erasure.scope], values


def erase_outdated(connection: sqlite.Connection, erasure: Erasure, most: int) -> Erased:
    """Erase about `most` of the messages that are that old, the oldest first, and note what is left to be done."""
    row = connection.execute(
        f"SELECT {_SAID} AS said FROM message WHERE said < :of ORDER BY said LIMIT 1 OFFSET :most",  # noqa: S608 - constants
        {"of": erasure.of, "misdated": json.dumps(erasure.to_json().get("misdated", [])), "most": most},
    ).fetchone()
    if row is not None:
        erasure = dataclasses.replace(erasure, of=row[0])
    erased = erase(connection, erasure)
    note_unfinished(connection, erasure)
    return erased


def erase_memories(connection: sqlite.Connection, user_id: str, most: int) -> int:
    """Delete some memories of a user of whom all goes, with the cached answers made from them; how many."""
    gone = connection.execute(
        "SELECT number, id FROM memory WHERE user_id = ? LIMIT ?", (storable(user_id), most)
    ).fetchall()
    remove_dependent(connection, [row[1] for row in gone])
    connection.execute(
        "DELETE FROM memory WHERE number IN (SELECT value FROM json_each(?))", (json.dumps([row[0] for row in gone]),)
    )
    return len(gone)


def _value(erasure: Erasure) -> str | float:
    return storable(erasure.of) if isinstance(erasure.of, str) else erasure.of


@contextlib.contextmanager
def words_left_behind(connection: sqlite.Connection) -> Iterator[None]:
    """Let the indexes only mark removed words inside this transaction: their file is written anew right after.

    FTS5 takes each word out of the index by itself else (secure-delete), 15 times as slow.
    """
    _secure(connection, on=False)
    yield
    _secure(connection, on=True)  # an error takes the transaction back, and this with it


def _secure(connection: sqlite.Connection, *, on: bool) -> None:
    for table in _INDEXES:
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('secure-delete', ?)", (int(on),))  # noqa: S608 - constants


def forget_memory(connection: sqlite.Connection, memory_id: str) -> tuple[Memory, ...]:
    """Forget a memory with its chain now, and note that files and backups are to be rid of them later."""
    gone, _ = memory_rows.forget(connection, memory_id)
    mark(connection, Scope.MEMORY, [memory.id for memory in gone])
    for memory in gone:
        note_unfinished(connection, Erasure(scope=Scope.MEMORY, of=memory.id))
    return gone


@dataclass(slots=True)
class _Taught:
    """What a user's context may have learnt from what is erased."""

    memories: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Memories that hold again."""


def _taught(connection: sqlite.Connection, scope: Scope) -> dict[str, _Taught]:
    """By user; of a user who goes altogether the context goes too."""
    taught: dict[str, _Taught] = {}
    if scope is Scope.USER:
        return taught
    said = connection.execute(
        f"SELECT user_id, content FROM message WHERE role = ? AND id {_GONE}",  # noqa: S608 - constants
        (Role.USER.value,),
    )
    for user, content in said:
        taught.setdefault(user, _Taught()).messages.append(content)
    if scope is Scope.CONVERSATION:
        for user, text in connection.execute(f"SELECT user_id, text FROM memory WHERE source_message {_GONE}"):  # noqa: S608
            taught.setdefault(user, _Taught()).memories.append(text)
    return taught


def _unlearn(connection: sqlite.Connection, taught: Mapping[str, _Taught]) -> None:
    """Keep of each user's contexts the newest, without what it had learnt from what is erased."""
    for user, gone in taught.items():
        known = context(connection, user)
        if known is None:
            continue
        known = unlearnt(known, gone.memories)
        known = known.copy_with(topics=without_topics(known.topics, " ".join(gone.messages)))
        for text in gone.again:
            known = learnt(known, text)
        replace_contexts(connection, known)


def _learnt(
    connection: sqlite.Connection, scope: Scope, value: str | float, taught: dict[str, _Taught], *, whole: bool
) -> dict[str, int]:
    """Delete what came from these messages, and with a whole user all that is theirs."""
    counts = dict.fromkeys(_LEARNT, 0)
    theirs, values = (" OR user_id = ?", (value,)) if scope is Scope.USER and whole else ("", ())
    where = f"WHERE source_message {_GONE}{theirs}"
    if scope is not Scope.BEFORE:
        gone = dict(connection.execute(f"SELECT id, superseded_by FROM memory {where}", values).fetchall())  # noqa: S608 - constants
        counts["cache_entry"] += remove_dependent(connection, list(gone))
        _relink(connection, gone)
        end_dialogues(connection, [user for user, learnt_from in taught.items() if learnt_from.memories])
    if scope is Scope.CONVERSATION:
        _mark_learnt(connection)
    for table in _LEARNT:
        if scope is Scope.BEFORE and table not in _PASSING:
            connection.execute(f"UPDATE {table} SET source_message = NULL WHERE source_message {_GONE}")  # noqa: S608 - constants
            continue
        counts[table] += connection.execute(f"DELETE FROM {table} {where}", values).rowcount  # noqa: S608 - constants
    counts["cache_entry"] += _known_again(connection, taught)
    _unlearn(connection, taught)
    if scope is Scope.USER and whole:
        counts["user_context"] = connection.execute("DELETE FROM user_context WHERE user_id = ?", (value,)).rowcount
    return counts


def _mark_learnt(connection: sqlite.Connection) -> None:
    """Note what goes with its messages, each by itself: where it is offered again, its message may be unknown."""
    for table in _LEARNT:
        if table not in _PASSING:
            ids = connection.execute(f"SELECT id FROM {table} WHERE source_message {_GONE}").fetchall()  # noqa: S608 - constants
            mark(connection, table, [row[0] for row in ids])


def _relink(connection: sqlite.Connection, gone: Mapping[str, str | None]) -> None:
    """Of what erased memories had taken the place of, let what took their own place be the successor, if it stays."""
    for memory_id in gone:
        heir, passed = gone[memory_id], {memory_id}
        while heir is not None and heir in gone and heir not in passed:
            passed.add(heir)
            heir = gone[heir]
        if heir is not None and heir not in gone:
            connection.execute("UPDATE memory SET superseded_by = ? WHERE superseded_by = ?", (heir, memory_id))


def _known_again(connection: sqlite.Connection, taught: dict[str, _Taught]) -> int:
    """Let what an erased memory had taken the place of hold again, as if the later words had never been said.

    Returns:
        How many cached answers went: what is known has changed, so none that depends on it holds any more.
    """
    again = connection.execute(
        "UPDATE memory SET superseded_by = NULL WHERE superseded_by IS NOT NULL"
        " AND superseded_by NOT IN (SELECT id FROM memory) RETURNING user_id, text"
    ).fetchall()
    for user, text in again:
        taught.setdefault(user, _Taught()).again.append(text)
    users = json.dumps(list(dict.fromkeys(row[0] for row in again)))
    return int(
        connection.execute(
            "DELETE FROM cache_entry WHERE depends_on <> '[]' AND user_id IN (SELECT value FROM json_each(?))", (users,)
        ).rowcount
    )


def _conversations(connection: sqlite.Connection, scope: Scope, value: str | float, *, whole: bool) -> int:
    """Delete conversations with nothing left in them, and put the others' counts and titles right."""
    touched = [row[0] for row in connection.execute("SELECT DISTINCT conversation_id FROM temp.gone")]
    if scope is Scope.CONVERSATION:
        touched = [str(value)] if whole else []  # it goes as a whole in the end
    if scope is Scope.USER and whole:
        owned = connection.execute("SELECT id FROM conversation WHERE user_id = ?", (value,))
        touched = list(dict.fromkeys([*touched, *(row[0] for row in owned)]))
    return settle_conversations(connection, touched)


def settle_conversations(connection: sqlite.Connection, touched: Iterable[str]) -> int:
    """Put counts, times and titles of conversations right, of which messages went or came; how many were empty.

    An empty one is deleted.
    """
    ended = 0
    for conversation in touched:
        left, first, last = connection.execute(
            "SELECT count(*), min(created_at), max(created_at) FROM message WHERE conversation_id = ?", (conversation,)
        ).fetchone()
        if not left:
            ended += connection.execute("DELETE FROM conversation WHERE id = ?", (conversation,)).rowcount
            continue
        row = connection.execute(
            "SELECT content, user_id FROM message WHERE conversation_id = ? AND role = ? ORDER BY number LIMIT 1",
            (conversation, Role.USER.value),
        ).fetchone()
        connection.execute(
            "UPDATE conversation SET title = ?, user_id = ifnull(?, user_id), started_at = ?, last_at = ?, messages = ?"
            " WHERE id = ?",
            (title_of(row[0]) if row else "", row[1] if row else None, first, last, left, conversation),
        )
    return ended


def note_unfinished(connection: sqlite.Connection, erasure: Erasure) -> None:
    """Remember what has to be done to files and backups; several may wait."""
    _note(connection, UNFINISHED, [erasure])


def unfinished(connection: sqlite.Connection) -> tuple[Erasure, ...]:
    """What is still to be erased from files and backups."""
    return _noted(connection, UNFINISHED)


def plan(connection: sqlite.Connection, erasures: Sequence[Erasure]) -> None:
    """Remember what was erased in a copy: `settle` makes it an erasure, unless something more is said of it."""
    _note(connection, PLANNED, erasures)


def planned(connection: sqlite.Connection) -> tuple[Erasure, ...]:
    """What `settle` would look at."""
    return _noted(connection, PLANNED)


def settle(connection: sqlite.Connection) -> None:
    """Have what was planned, and still holds, done as an erasure that was cut off is."""
    for erasure in holding(connection, planned(connection)):
        chain = memory_rows.chain(connection, str(erasure.of)) if erasure.scope is Scope.MEMORY else ()
        for of in chain or (erasure.of,):  # a backup may hold only the beginning of it
            note_unfinished(connection, dataclasses.replace(erasure, of=of))
    connection.execute("DELETE FROM meta WHERE name = ?", (PLANNED,))


def _note(connection: sqlite.Connection, name: str, erasures: Sequence[Erasure]) -> None:
    noted = [known.to_json() for known in _noted(connection, name)]
    noted += [one.to_json() for one in erasures if one.to_json() not in noted]
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(noted)),
    )


def _noted(connection: sqlite.Connection, name: str) -> tuple[Erasure, ...]:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return () if row is None else tuple(Erasure.from_json(stored) for stored in json.loads(row[0]))


def forget_unfinished(connection: sqlite.Connection, done: Sequence[Erasure] | None = None) -> None:
    """Everything has been done, or these have."""
    left = [known.to_json() for known in unfinished(connection) if done is not None and known not in done]
    if left:
        connection.execute("UPDATE meta SET value = ? WHERE name = ?", (json.dumps(left), UNFINISHED))
    else:
        connection.execute("DELETE FROM meta WHERE name = ?", (UNFINISHED,))


def gather_words(connection: sqlite.Connection) -> None:
    """Write all word indexes anew as one segment each: nothing of a removed word is left in an older one."""
    for table in _INDEXES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - constants

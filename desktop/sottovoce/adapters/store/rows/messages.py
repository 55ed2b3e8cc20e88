"""SQL and rows: the domain's values in and out of the tables. Every function runs on its connection's own thread."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.rows.snippets import snippet
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Arrival, Conversation, Message, MessageState, Role, SearchHit
from sottovoce.domain.folding import folded, indexed, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlcipher3.dbapi2 as sqlite

TITLE_CHARS = 60
SNIPPET_WORDS = 16
MARK, END = "\ufdd0", "\ufdd1"
"""Stand around a match while it is on its way: Unicode keeps them for a program's own use."""
MOST_RANKED = 1000
"""Newest hits that a search by relevance looks at: ranking all hits of a common word took 513 ms at 1M messages."""
MOST_WORDS = 32
"""Words of a search that are looked at; a pasted page is cut."""

_WORD = re.compile(r"[^\W_]+")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

MESSAGE = (
    "m.id, m.conversation_id, m.role, m.content, m.state, m.created_at, m.tokens_input, m.tokens_output, m.user_id,"
    " m.source, m.intent, m.latency_ms, m.model, m.dialogue, m.number"
)
_ADD_MESSAGE = (
    "INSERT INTO message (id, conversation_id, role, content, state, created_at, tokens_input, tokens_output, user_id,"
    " source, intent, latency_ms, model, dialogue, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)
_LEFT_OPEN = "SELECT number FROM message WHERE user_id = ? AND conversation_id = ? AND dialogue <> '' AND number < ?"
_LATEST_DIALOGUE = "UPDATE message SET dialogue = '' WHERE number = ?"
"""What an answer leaves open ends what those before it have left open: nobody reads it any more."""
_INDEX_WORDS = "INSERT INTO message_words (rowid, content) VALUES (?, ?)"
"""Gathers the words of a group's messages into one segment of the index, as long as no statement between them is one
that SQLite may have to take back by itself: in a trigger, with RETURNING, or where several rows may change, FTS5 writes
a segment for each message (three quarters of what a message of a long group cost)."""
_GO_ON = (
    "UPDATE conversation SET last_at = max(last_at, ?), messages = messages + 1,"
    " title = CASE WHEN title = '' THEN ? ELSE title END WHERE id = ? AND messages > 0"
)
_BEGIN = (
    "INSERT INTO conversation (id, user_id, title, started_at, last_at, messages) VALUES (?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at), messages = messages + 1,"
    " title = CASE WHEN title = '' THEN excluded.title ELSE title END"
)


MOST_VERSIONS = 1000
"""Versions of a user's context that are kept: months of use."""
MERGED_PAGES = 64
"""Pages of the index that one step of a merge works on."""


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it: half a surrogate pair (a broken paste) becomes a replacement mark."""
    return text if text.isascii() else _LONE_SURROGATES.sub("\ufffd", text)


def searched_as(text: str) -> str | None:
    """What goes into an index in place of a text; None if that has the same words."""
    if text.isascii():
        return None
    form = indexed(text)
    return None if _WORD.findall(form) == _WORD.findall(text) else form


def add_message(connection: sqlite.Connection, message: Message) -> Arrival:
    """Store a message and its conversation; one that is there already changes nothing."""
    conversation, user = storable(message.conversation_id), storable(message.user_id)
    content = storable(message.content)
    row = (
        storable(message.id),
        conversation,
        message.role.value,
        content,
        message.state.value,
        message.created_at,
        message.tokens_input,
        message.tokens_output,
        user,
        storable(message.source),
        storable(message.intent),
        message.latency_ms,
        storable(message.model),
        storable(message.dialogue),
        searched_as(content),
    )
    added = connection.execute(_ADD_MESSAGE, row)
    if not added.rowcount:
        ((number,),) = connection.execute("SELECT number FROM message WHERE id = ?", row[:1]).fetchall()
        return Arrival(number, first=False)
    number = added.lastrowid
    connection.execute(_INDEX_WORDS, (number, row[-1] or content))
    if message.dialogue:
        for former in connection.execute(_LEFT_OPEN, (user, conversation, number)).fetchall():
            connection.execute(_LATEST_DIALOGUE, former)
    title, at = title_of(content) if message.role is Role.USER else "", message.created_at
    first = not connection.execute(_GO_ON, (at, title, conversation)).rowcount
    if first:
        connection.execute(_BEGIN, (conversation, user, title, at, at))
    return Arrival(number, first=first)


def end_dialogues(connection: sqlite.Connection, users: Iterable[str]) -> None:
    """Let nothing be left open any more by what these users were answered: it may hold what is forgotten."""
    connection.executemany(
        "UPDATE message SET dialogue = '' WHERE user_id = ? AND dialogue <> ''",
        [(storable(user),) for user in dict.fromkeys(users)],
    )


def merge_words(connection: sqlite.Connection) -> bool:
    """Merge a little of the index of words, in a transaction of its own; whether there is more to merge.

    A step works on `MERGED_PAGES` pages: whoever comes meanwhile waits some milliseconds.
    """
    before = int(connection.total_changes)
    connection.execute("INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)", (MERGED_PAGES,))
    # FTS5 counts its own writes: fewer than two means that nothing was left to merge (sqlite.org/fts5.html).
    return int(connection.total_changes) - before >= 2  # noqa: PLR2004 - as said


def title_of(content: str) -> str:
    """The first words, cut between words where there are any."""
    words = " ".join(content.split())
    return words if len(words) <= TITLE_CHARS else words[: TITLE_CHARS + 1].rpartition(" ")[0] or words[:TITLE_CHARS]


def message(connection: sqlite.Connection, message_id: str) -> Message | None:
    """Return one message by its id."""
    row = connection.execute(
        f"SELECT {MESSAGE} FROM message AS m WHERE m.id = ?",  # noqa: S608 - a constant
        (storable(message_id),),
    ).fetchone()
    return None if row is None else message_of(row)


def messages(connection: sqlite.Connection, conversation_id: str, limit: int) -> tuple[Message, ...]:
    """The newest of a conversation, oldest first."""
    rows = connection.execute(
        f"SELECT {MESSAGE} FROM message AS m WHERE m.conversation_id = ? ORDER BY m.number DESC LIMIT ?",  # noqa: S608 - a constant
        (storable(conversation_id), max(limit, 0)),
    ).fetchall()
    return tuple(message_of(row) for row in reversed(rows))


def conversations(
    connection: sqlite.Connection, limit: int, user_id: str | None, older_than: str | None = None
) -> tuple[Conversation, ...]:
    """The one last spoken in first; those behind `older_than`, if it is given."""
    where = {
        "user_id = ?": user_id,
        "(last_at, rowid) < (SELECT last_at, rowid FROM conversation WHERE id = ?)": older_than,
    }
    given = {clause: storable(value) for clause, value in where.items() if value is not None}
    rows = connection.execute(
        "SELECT id, user_id, title, started_at, last_at, messages FROM conversation"  # noqa: S608 - constants
        f" WHERE {' AND '.join(given) or 'true'} ORDER BY last_at DESC, rowid DESC LIMIT ?",
        (*given.values(), max(limit, 0)),
    ).fetchall()
    return tuple(
        Conversation(id=row[0], user_id=row[1], title=row[2], started_at=row[3], last_at=row[4], messages=row[5])
        for row in rows
    )


def search(
    connection: sqlite.Connection, text: str, limit: int, older_than: str | None = None
) -> tuple[SearchHit, ...]:
    """Messages holding all words, newest first; the last word as far as it is typed if too few hold it whole.

    Of those older than the message with the id `older_than`, if it is given; none if that is gone. A page takes the
    last word as the first page of that length did.

    Whole words are read from the index's newest end, in the same time whatever its size. All that begins with a word
    has to be gathered first: 54 ms for three common letters among 1M messages.
    """
    return _found(connection, text, limit, "", most=None, older_than=older_than)


def search_best(
    connection: sqlite.Connection,
    text: str,
    limit: int,
    *,
    most: int = MOST_RANKED,
    user_id: str | None = None,
    role: Role | None = None,
) -> tuple[SearchHit, ...]:
    """As `search`, the best match first, among the newest `most` that match; of one user and role if they are given."""
    order = "message_words.rank, "
    return _found(connection, text, limit, order, most=most, whose=(user_id, role.value if role else None))


def _found(
    connection: sqlite.Connection,
    text: str,
    limit: int,
    order: str,
    *,
    most: int | None,
    whose: tuple[str | None, str | None] = (None, None),
    older_than: str | None = None,
) -> tuple[SearchHit, ...]:
    """The matches, in that order, then the newest first; of them only the newest `most` if a number is given.

    Whose they are is asked before they are counted: another one's hits are none of them.
    """
    words, found = quoted_words(text), []
    whole = " ".join(words)
    before = None if older_than is None else storable(older_than)
    for query in (whole, f"{whole}*") if words and limit > 0 else ():
        if before is not None and query == whole and newest_hits(connection, "message_words", query, limit)[0] < limit:
            continue
        found = connection.execute(
            f"SELECT {MESSAGE},"  # noqa: S608 - constants
            f" iif(m.folded IS NULL, snippet(message_words, 0, '{MARK}', '{END}', '…', {SNIPPET_WORDS}), NULL)"
            " FROM message_words JOIN message AS m ON m.number = message_words.rowid"
            f" WHERE message_words MATCH ?1 AND {_WHOSE} AND message_words.rowid >= ?4"
            " AND (?6 IS NULL OR message_words.rowid < (SELECT number FROM message WHERE id = ?6))"
            f" ORDER BY {order}message_words.rowid DESC LIMIT ?5",
            (query, *whose, _oldest(connection, query, most, whose) if most else 0, limit, before),
        ).fetchall()
        if len(found) >= limit or before is not None:
            break
    return tuple(_hit(message_of(row), row[-1], text) for row in found)


_WHOSE = "(?2 IS NULL OR m.user_id = ?2) AND (?3 IS NULL OR m.role = ?3)"


def _oldest(connection: sqlite.Connection, query: str, most: int, whose: tuple[str | None, str | None]) -> int:
    """The oldest of the newest `most` hits, among those of one user and role if they are given."""
    if whose == (None, None):
        return newest_hits(connection, "message_words", query, most)[1]
    (oldest,) = connection.execute(
        "SELECT ifnull(min(number), 0) FROM (SELECT m.number FROM message_words"  # noqa: S608 - constants
        " JOIN message AS m ON m.number = message_words.rowid"
        f" WHERE message_words MATCH ?1 AND {_WHOSE} ORDER BY message_words.rowid DESC LIMIT ?4)",
        (query, *whose, most),
    ).fetchone()
    return int(oldest)


def _hit(found: Message, marked: str | None, text: str) -> SearchHit:
    if marked is None:  # FTS5 would show the form that is indexed
        marked = snippet(found.content, text.split(), MARK, END)
    return SearchHit.of(found, marked, MARK, END)


def newest_hits(connection: sqlite.Connection, table: str, query: str, most: int = MOST_RANKED) -> tuple[int, int]:
    """How many rows of a word index match, the newest `most` of them, and the oldest of these."""
    count, oldest = connection.execute(
        f"SELECT count(*), ifnull(min(rowid), 0) FROM (SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - our own name
        " ORDER BY rowid DESC LIMIT ?)",
        (query, most),
    ).fetchone()
    return int(count), int(oldest)


def quoted_words(text: str) -> list[str]:
    """The words of any text as FTS5 strings; nothing in them is taken for an operator."""
    words = folded(storable(text).replace("\0", " ")).split()
    return [_quoted(word) for word in words if any(c.isalnum() for c in word)][:MOST_WORDS]


def quoted_parts(text: str) -> list[str]:
    """As `quoted_words`, where what is looked for may share a part of a run of letters alone."""
    words = folded(storable(text).replace("\0", " ")).split()
    parts = [part for word in words for part in pairs(word) if any(c.isalnum() for c in part)]
    return [_quoted(part) for part in parts][:MOST_WORDS]


def _quoted(word: str) -> str:
    return '"' + indexed(word).replace('"', '""') + '"'


def save_context(connection: sqlite.Connection, context: UserContext) -> None:
    """Store a snapshot under its version, or the next free one if that is taken by another snapshot."""
    user = storable(context.user_id)
    newest = _context_row(connection, user)
    if newest is not None:
        if newest == (context.version, _body(context)):
            return
        context = context.copy_with(version=max(context.version, newest[0] + 1))
    connection.execute(
        "INSERT INTO user_context (user_id, version, body) VALUES (?, ?, ?)", (user, context.version, _body(context))
    )
    connection.execute(
        "DELETE FROM user_context WHERE user_id = ? AND version <= ?", (user, context.version - MOST_VERSIONS)
    )


def replace_contexts(connection: sqlite.Connection, context: UserContext) -> None:
    """Store a snapshot in place of every one of this user: what is to be forgotten stands in the former ones."""
    user = storable(context.user_id)
    connection.execute("DELETE FROM user_context WHERE user_id = ?", (user,))
    connection.execute(
        "INSERT INTO user_context (user_id, version, body) VALUES (?, ?, ?)", (user, context.version, _body(context))
    )


def context(connection: sqlite.Connection, user_id: str) -> UserContext | None:
    """The newest snapshot."""
    row = _context_row(connection, storable(user_id))
    return None if row is None else UserContext.from_json(json.loads(row[1]))


def _body(snapshot: UserContext) -> str:
    return json.dumps(snapshot.to_json(), sort_keys=True)  # ASCII: JSON escapes even half a surrogate pair


def _context_row(connection: sqlite.Connection, user: str) -> tuple[int, str] | None:
    row: tuple[int, str] | None = connection.execute(
        "SELECT version, body FROM user_context WHERE user_id = ? ORDER BY version DESC LIMIT 1", (user,)
    ).fetchone()
    return row


def counts(connection: sqlite.Connection) -> tuple[int, int, int, int]:
    """Schema version, messages, conversations, memories."""
    version, said, held, kept = connection.execute(
        "SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM message),"
        " (SELECT count(*) FROM conversation), (SELECT count(*) FROM memory)"
    ).fetchone()
    return int(version), int(said), int(held), int(kept)


def message_of(row: tuple[Any, ...]) -> Message:
    """The message of a row that has the columns `MESSAGE`."""
    return Message(
        id=row[0],
        conversation_id=row[1],
        role=Role(row[2]),
        content=row[3],
        state=MessageState(row[4]),
        created_at=row[5],
        tokens_input=row[6],
        tokens_output=row[7],
        user_id=row[8],
        source=row[9],
        intent=row[10],
        latency_ms=row[11],
        model=row[12],
        dialogue=row[13],
        number=row[14],
    )

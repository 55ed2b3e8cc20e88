"""The union of two stores, as rows: what is missing is added, what is there stays, what was erased stays away.

Messages and memories are immutable values with ids, so the order of joining changes nothing, and joining again does
nothing. What can change is left as it is here, with these exceptions: a memory that something new takes the place of no
longer holds; of several memories of one subject the latest holds; of a reminder, timer, note, event or thing on a list
the later change holds, and where its words differ both stay; a question that was answered elsewhere waits no longer.
Runs on its connection's own thread.
"""

from __future__ import annotations

import dataclasses
import heapq
import json
import uuid
from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows import clock, erase, memories, messages, records
from sottovoce.adapters.store.rows.marks import Marks, take_marks, take_removals
from sottovoce.adapters.store.rows.messages import storable
from sottovoce.domain.erasing import Scope
from sottovoce.domain.joining import Joined
from sottovoce.domain.records import Event, ListEntry, Reminder, Timer
from sottovoce.domain.schedule_states import ScheduleState
from sottovoce.memory.learnt import learnt, unlearnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.store.rows.marks import Mark
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.erasing import Erasure
    from sottovoce.domain.joining import Holdings, MemoryUse, MessageDate, TurnEnd
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.records import Egress, Kept

_TURN_ENDED = (
    "INSERT INTO turn_journal (message_id, user_id, conversation_id, opened_at, closed_at, outcome)"
    " SELECT id, user_id, conversation_id, created_at, ?2, ?3 FROM message WHERE id = ?1 AND role = 'user'"
    " ON CONFLICT (message_id) DO UPDATE SET closed_at = excluded.closed_at, outcome = excluded.outcome"
    " WHERE closed_at IS NULL"
)
_USED = (
    "INSERT INTO memory_use (message_id, memory_id, place) SELECT ?1, ?2, ?3"
    " WHERE EXISTS (SELECT 1 FROM message WHERE id = ?1) AND EXISTS (SELECT 1 FROM memory WHERE id = ?2)"
    " ON CONFLICT (message_id, memory_id) DO NOTHING"
)


class Union:
    """One joining, over several transactions; each method is one, and can be run again if it was rolled back."""

    def __init__(self, *, erased_too: bool = False) -> None:
        """Prepare; `erased_too` brings back what was erased here."""
        self.joined = Joined()
        """What has become of what was offered so far; counted by whoever runs the transactions."""
        self.begun = False
        self._heed = not erased_too
        self._last = 0
        """Number of the newest message before; what comes later is new."""
        self._held_before: dict[str, bool] = {}
        """Whether a conversation that got messages had been here before."""
        self._dates: dict[str, float] = {}
        """By message whose date says nothing: since when it counts as said instead."""
        self._refused: set[str] = set()
        """Messages that were erased with all that was learnt from them."""

    def begin(self, connection: sqlite.Connection) -> None:
        """Look at what is here before anything is added."""
        self.begun = True
        (self._last,) = connection.execute("SELECT ifnull(max(number), 0) FROM message").fetchone()
        self._dates = {one.message_id: one.at for one in clock.dates(connection)}

    def messages(self, connection: sqlite.Connection, offered: Sequence[Message]) -> Joined:
        """Add messages, in this order."""
        marks = Marks(connection, heeded=self._heed)
        here = _contents(connection, [one.id for one in offered])
        added = present = differing = erased = 0
        for one in offered:
            if one.id in here:
                present += 1
                differing += here[one.id] != (one.role.value, one.content)
            elif self._erased(marks, one):
                erased += 1
                self._refused.add(one.id)
            elif marks.outdated(self._said(one)):
                erased += 1
            else:
                if one.conversation_id not in self._held_before:
                    found = connection.execute("SELECT 1 FROM conversation WHERE id = ?", (one.conversation_id,))
                    self._held_before[one.conversation_id] = found.fetchone() is not None
                messages.add_message(connection, one)
                here[one.id] = (one.role.value, one.content)
                added += 1
        marks.overrule()
        return Joined(messages=added, present=present, differing=differing, erased=erased)

    def _said(self, message: Message) -> float:
        return self._dates.get(message.id, message.created_at)

    def _erased(self, marks: Marks, one: Message) -> bool:
        at = self._dates.get(one.id)
        if at is None:
            return marks.conversation(one.conversation_id, one.created_at) or marks.user(one.user_id, one.created_at)
        # It may have been said long before its date was found wrong: in doubt it was said before the erasure.
        return marks.one(Scope.CONVERSATION, one.conversation_id) or marks.user(one.user_id, min(one.created_at, at))

    def erased_there(self, connection: sqlite.Connection, marks: Sequence[Mark]) -> list[Erasure]:
        """Let what was erased in a copy be erased here too; what is left to be erased everywhere, which is noted."""
        self.begun = True
        left = take_marks(connection, marks)
        erase.plan(connection, left)
        take_removals(connection)
        return left

    def grown(self) -> tuple[str, ...]:
        """Conversations that were here and got messages: they are to be put in order."""
        return tuple(one for one, before in self._held_before.items() if before)

    def put_in_order(self, connection: sqlite.Connection, conversations: Iterable[str]) -> None:
        """Let new messages stand among the former ones by their times; neither change their own order."""
        for conversation in conversations:
            found = connection.execute(
                "SELECT number, created_at FROM message WHERE conversation_id = ? ORDER BY number", (conversation,)
            ).fetchall()
            former = [row for row in found if row[0] <= self._last]
            new = [row for row in found if row[0] > self._last]
            wanted = [row[0] for row in heapq.merge(former, new, key=lambda row: row[1])]
            _renumber(connection, dict(zip(wanted, [row[0] for row in found], strict=True)))
        erase.settle_conversations(connection, tuple(conversations))

    def holdings(self, connection: sqlite.Connection, offered: Holdings) -> Joined:
        """Add memories, contexts and records; the messages they come from must be there by now."""
        marks = Marks(connection, heeded=self._heed)
        joined, gone = self._memories(connection, marks, offered.memories)
        messages.end_dialogues(connection, gone)  # what answers elsewhere left open may hold it
        for context in offered.contexts:
            joined += _context(connection, marks, context, gone)
        for record in offered.records:
            joined += self._record(connection, marks, record)
        for sent in offered.egress:
            _egress(connection, sent)
        marks.overrule()
        return joined

    def turns(self, connection: sqlite.Connection, ended: Iterable[TurnEnd]) -> Joined:
        """Note how turns ended whose questions are here."""
        connection.executemany(_TURN_ENDED, [(one.message_id, one.closed_at, one.outcome.value) for one in ended])
        return Joined()

    def dates(self, _: sqlite.Connection, offered: Iterable[MessageDate]) -> Joined:
        """Take over which messages have dates that say nothing, before they are added."""
        self._dates = {one.message_id: one.at for one in offered} | self._dates
        return Joined()

    def uses(self, connection: sqlite.Connection, used: Iterable[MemoryUse]) -> Joined:
        """Note which memories answers drew on, where both are here."""
        connection.executemany(_USED, [(one.message_id, one.memory_id, one.place) for one in used])
        return Joined()

    def _memories(
        self, connection: sqlite.Connection, marks: Marks, offered: Sequence[Memory]
    ) -> tuple[Joined, dict[str, list[str]]]:
        """Also the texts of those that were forgotten here, by user: a context must not know them either."""
        here = dict(
            connection.execute(
                "SELECT id, text FROM memory WHERE id IN (SELECT value FROM json_each(?))", (_ids(offered),)
            ).fetchall()
        )
        missing = list({one.id: one for one in offered if one.id not in here}.values())
        refused, heirs = self._fates(connection, marks, missing)
        gone: dict[str, list[str]] = {}
        for one in missing:
            if one.id in refused:
                gone.setdefault(one.user_id, []).append(one.text)
        new = [one for one in missing if one.id not in refused]
        for one in new:
            source = _present_message(connection, one.source_message)
            whole = dataclasses.replace(one, superseded_by=heirs.get(one.id), source_message=source)
            memories.add(connection, whole, None, ())
        ids = {one.id for one in new}
        for one in offered:
            if one.id in here and one.superseded_by in ids:  # it held here, until now
                connection.execute(
                    "UPDATE memory SET superseded_by = ? WHERE id = ? AND superseded_by IS NULL",
                    (one.superseded_by, one.id),
                )
        _latest_holds(connection, new)
        _learn(connection, new)
        return (
            Joined(
                memories=len(new),
                present=sum(one.id in here for one in offered),
                differing=sum(here.get(one.id, one.text) != one.text for one in offered),
                erased=len(refused),
            ),
            gone,
        )

    def _fates(
        self, connection: sqlite.Connection, marks: Marks, missing: Sequence[Memory]
    ) -> tuple[set[str], dict[str, str]]:
        """Which of these were forgotten here, and what takes the place of the others that do not hold.

        What was superseded by something forgotten goes with it, as it does when one forgets, unless something that
        stays stands behind.
        """
        refused = {
            one.id
            for one in missing
            if marks.one(Scope.MEMORY, one.id)
            or marks.user(one.user_id, one.created_at)
            or one.source_message in self._refused
        }
        successors = {one.id: one.superseded_by for one in missing}
        heirs: dict[str, str] = {}
        before = -1
        while before != len(refused):  # each round may break another chain
            before, heirs = len(refused), {}
            for identifier, step in successors.items():
                passed = {identifier}
                while step in refused and step not in passed:
                    passed.add(step)
                    step = successors[step]  # noqa: PLW2901 - a walk along the chain
                if step is not None and (step in successors or _is_here(connection, step)):
                    heirs[identifier] = step
                elif len(passed) > 1:
                    refused.add(identifier)
        return refused, heirs

    def _record(self, connection: sqlite.Connection, marks: Marks, offered: Kept) -> Joined:
        kind = type(offered)
        here = records.record(connection, kind, offered.id)
        if here is not None and _changed(offered) > _changed(here) and _words(offered) != _words(here):
            # Neither text may be lost, and a second joining must find the same id.
            name = uuid.uuid5(uuid.NAMESPACE_OID, f"{offered.id}:{offered.changed_at!r}:{_words(offered)}").hex
            offered = dataclasses.replace(offered, id=name)
            here = records.record(connection, kind, name)
        if here is not None and _changed(offered) <= _changed(here):
            return Joined(present=1)
        user, at = offered.user_id, offered.created_at
        if (
            marks.one(records.table_of(kind), offered.id)
            or marks.user(user, at)
            or offered.source_message in self._refused
        ):
            return Joined(erased=1)
        source = _present_message(connection, offered.source_message)
        records.save(connection, dataclasses.replace(offered, source_message=source))
        return Joined(records=1)


def _contents(connection: sqlite.Connection, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    found = connection.execute(
        "SELECT id, role, content FROM message WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row[0]: (row[1], row[2]) for row in found.fetchall()}


def _ids(values: Iterable[Memory]) -> str:
    return json.dumps([one.id for one in values])


def _is_here(connection: sqlite.Connection, memory_id: str) -> bool:
    return connection.execute("SELECT 1 FROM memory WHERE id = ?", (memory_id,)).fetchone() is not None


def _present_message(connection: sqlite.Connection, message_id: str | None) -> str | None:
    if message_id is None:
        return None
    row = connection.execute("SELECT id FROM message WHERE id = ?", (message_id,)).fetchone()
    return None if row is None else str(row[0])


def _latest_holds(connection: sqlite.Connection, new: Sequence[Memory]) -> None:
    """Of what holds about one subject let the latest take the place of the others."""
    for user, subject in dict.fromkeys((one.user_id, one.subject) for one in new if one.subject):
        held = connection.execute(
            "SELECT id FROM memory WHERE user_id = ? AND subject = ? AND subject <> '' AND superseded_by IS NULL"
            " ORDER BY created_at DESC, number DESC",
            (user, subject),
        ).fetchall()
        connection.executemany(
            "UPDATE memory SET superseded_by = ? WHERE id = ?", [(held[0][0], row[0]) for row in held[1:]]
        )


def _learn(connection: sqlite.Connection, new: Sequence[Memory]) -> None:
    """Let a context that is here learn from new memories, as far as they hold."""
    by_user: dict[str, list[Memory]] = {}
    for one in sorted(memories.by_id(connection, [one.id for one in new]), key=lambda one: one.created_at):
        if one.superseded_by is None:
            by_user.setdefault(one.user_id, []).append(one)
    for user, learnt_from in by_user.items():
        known = messages.context(connection, user)
        if known is not None:
            after = known
            for one in learnt_from:
                after = learnt(after, one.text)
            if after != known:
                messages.save_context(connection, after.copy_with(version=known.version + 1))


def _context(
    connection: sqlite.Connection, marks: Marks, offered: UserContext, gone: Mapping[str, Sequence[str]]
) -> Joined:
    """Take a context where there is none; it must not know what was forgotten here, nor allow what nobody here did."""
    if messages.context(connection, offered.user_id) is not None:
        return Joined(present=1)
    if marks.user(offered.user_id, offered.last_seen or 0.0):
        return Joined(erased=1)
    messages.save_context(connection, unlearnt(offered, gone.get(offered.user_id, ())).copy_with(allowed=()))
    return Joined(records=1)


_REACHED = (
    ScheduleState.WAITING,
    ScheduleState.PAUSED,
    ScheduleState.RINGING,
    ScheduleState.RUNG,
    ScheduleState.CANCELLED,
)
"""How far a reminder or timer got, the last word last."""


def _changed(record: Kept) -> tuple[float, int]:
    """When it was changed last, then what was more likely done to it later: the greater one holds."""
    if isinstance(record, Reminder | Timer):
        return record.changed_at or record.created_at, _REACHED.index(record.state)
    return record.changed_at, int(isinstance(record, ListEntry) and record.done)


def _words(record: Kept) -> str:
    """What the user has had written down; a timer's name is none of it: two of them would ring."""
    if isinstance(record, Timer):
        return ""
    return storable(f"{record.title}\n{record.place}" if isinstance(record, Event) else record.text)


def _egress(connection: sqlite.Connection, sent: Egress) -> None:
    row = (sent.at, sent.endpoint, sent.purpose, sent.bytes_out, sent.bytes_in)
    connection.execute(
        "INSERT INTO egress (at, endpoint, purpose, bytes_out, bytes_in) SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS"
        " (SELECT 1 FROM egress WHERE at = ?1 AND endpoint = ?2 AND purpose = ?3 AND bytes_out = ?4 AND bytes_in = ?5)",
        row,
    )


def _renumber(connection: sqlite.Connection, numbers: Mapping[int, int]) -> None:
    """Move messages to other numbers, their words with them."""
    moved = {old: new for old, new in numbers.items() if old != new}
    if not moved:
        return
    words = connection.execute(
        "SELECT number, content FROM message_searched WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(moved)),),
    ).fetchall()
    connection.executemany("INSERT INTO message_words (message_words, rowid, content) VALUES ('delete', ?, ?)", words)
    # Below zero first: each number is taken until the one that has it has moved.
    connection.executemany("UPDATE message SET number = ? WHERE number = ?", [(-old, old) for old in moved])
    connection.executemany(
        "UPDATE message SET number = ? WHERE number = ?", [(new, -old) for old, new in moved.items()]
    )
    connection.executemany(
        "INSERT INTO message_words (rowid, content) VALUES (?, ?)", [(moved[old], content) for old, content in words]
    )

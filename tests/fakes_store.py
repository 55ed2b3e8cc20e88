"""Stand-ins for `Store` and `Secrets`, under the same contract as the real ones (tests/contracts/store.py)."""

from __future__ import annotations

import dataclasses
import threading
from datetime import date
from typing import TYPE_CHECKING, Any

from sottovoce.domain.conversations import Arrival, Conversation, Message, Role, SearchHit
from sottovoce.domain.errors import SottovoceError, StoreFailed
from sottovoce.domain.records import (
    AnyRecord,
    ApiKey,
    ApiKeyUse,
    AuditDetail,
    AuditEntry,
    AuditEvent,
    CacheEntry,
    Egress,
    Event,
    ListEntry,
    Note,
    Record,
    Reminder,
    Timer,
)
from sottovoce.domain.schedule_states import ScheduleState
from sottovoce.domain.topics import without_topics
from sottovoce.memory.learnt import unlearnt
from sottovoce.memory.ports import StoreReport
from tests.fakes_memory import FakeKnowledge, FakeMemories, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.records import Change
    from sottovoce.domain.turns import Outcome

TITLE_CHARS = 60


class FakeStore(FakeMemories, FakeKnowledge):
    """A `Store` in memory. Set `trouble` to make every call fail with it; `None` ends that."""

    def __init__(self) -> None:
        FakeMemories.__init__(self)
        FakeKnowledge.__init__(self)
        self.trouble: SottovoceError | None = None
        self.closed = False
        self._arriving = threading.Lock()
        self.said: list[Message] = []
        self.snapshots: list[UserContext] = []
        self.turns: dict[str, Outcome | None] = {}
        self.audited: list[AuditEntry] = []
        self.sent: list[Egress] = []
        self._conversations: dict[str, Conversation] = {}

    async def append(self, message: Message) -> Arrival:
        self._check()
        with self._arriving:
            return self._append(message)

    def _append(self, message: Message) -> Arrival:
        stored = next((known for known in self.said if known.id == message.id), None)
        if stored is not None:
            return Arrival(stored.number, first=False)
        number = self.said[-1].number + 1 if self.said else 1
        message = dataclasses.replace(message, content=_storable(message.content), number=number)
        if message.dialogue:
            self._end_dialogues({message.user_id}, message.conversation_id)
        self.said.append(message)
        title = _title(message.content) if message.role is Role.USER else ""
        known = self._conversations.get(message.conversation_id) or Conversation(
            id=message.conversation_id,
            user_id=message.user_id,
            title="",
            started_at=message.created_at,
            last_at=message.created_at,
            messages=0,
        )
        self._conversations[message.conversation_id] = dataclasses.replace(
            known,
            title=known.title or title,
            last_at=max(known.last_at, message.created_at),
            messages=known.messages + 1,
        )
        return Arrival(number, first=known.messages == 0)

    def _end_dialogues(self, users: Collection[str], conversation: str | None = None) -> None:
        self.said = [
            dataclasses.replace(one, dialogue="")
            if one.user_id in users and conversation in {None, one.conversation_id}
            else one
            for one in self.said
        ]

    async def open_turn(self, message: Message) -> Arrival:
        arrival = await self.append(message)
        self.turns.setdefault(message.id, None)
        return arrival

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        self._check()
        if self.turns.get(message_id, outcome) is not None:
            return None
        self.turns[message_id] = outcome
        if answer is None:
            return Arrival(0, first=False)
        arrival = await FakeStore.append(self, answer)
        self._note_use(answer.id, used)
        return arrival

    async def save(self, record: Record) -> None:
        self._check()
        clean: dict[str, Any] = {name: _storable(text) for name, text in _texts(record).items()}
        self.kept_records[type(record), _key(record)] = dataclasses.replace(record, **clean)

    async def replace(self, record: Record) -> bool:
        self._check()
        there = (type(record), _key(record)) in self.kept_records
        if there:
            await FakeStore.save(self, record)  # at once, whatever a test makes of `save`
        return there

    async def remove(self, kind: type[Record], key: str) -> bool:
        self._check()
        return self.kept_records.pop((kind, key), None) is not None

    async def change_cache(
        self, *, changes: Sequence[Change] = (), removed: Collection[str] = (), saved: Sequence[CacheEntry] = ()
    ) -> None:
        self._check()
        for (kind, key), entry in list(self.kept_records.items()):
            if isinstance(entry, CacheEntry) and any(change.voids(entry.depends_on) for change in changes):
                del self.kept_records[kind, key]
        for key in removed:
            self.kept_records.pop((CacheEntry, key), None)
        for entry in saved:
            await FakeStore.save(self, entry)

    async def trim_cache(self, now: float, most_bytes: int) -> int:
        entries = await self.records(CacheEntry, limit=len(self.kept_records))
        kept = 0
        gone = [entry for entry in entries if entry.expires_at <= now]
        for entry in entries:
            if entry.expires_at > now:
                kept += entry.bytes
                if kept > most_bytes:
                    gone.append(entry)
        return sum([await self.remove(CacheEntry, entry.key) for entry in gone])

    async def audit(self, event: AuditEvent, detail: Mapping[str, AuditDetail] | None = None) -> None:
        self._check()
        number = len(self.audited) + 1
        self.audited.append(AuditEntry(number=number, at=0.0, event=event, detail=dict(detail or {}), hash=""))

    async def accept_audit_log(self) -> None:
        await self.audit(AuditEvent.AUDIT_ACCEPTED)

    async def record_egress(self, sent: Egress) -> None:
        self._check()
        self.sent.append(sent)

    async def save_context(self, context: UserContext) -> None:
        self._check()
        newest = await self.context(context.user_id)
        if newest is not None:
            if newest == context:
                return
            context = context.copy_with(version=max(context.version, newest.version + 1))
        self.snapshots.append(context)

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        gone = await super().forget_memory(memory_id)
        self._end_dialogues({memory.user_id for memory in gone})
        for user in {memory.user_id for memory in gone}:
            newest = self._newest(user)
            self.snapshots = [context for context in self.snapshots if context.user_id != user]
            if newest is None:
                continue
            if gone[0].superseded_by is None:
                self.snapshots.append(unlearnt(newest, [memory.text for memory in gone]))
            else:
                self.snapshots.append(newest.copy_with(topics=without_topics(newest.topics, gone[0].text)))
        return gone

    async def message(self, message_id: str) -> Message | None:
        self._check()
        return next((message for message in self.said if message.id == message_id), None)

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        self._check()
        found = [message for message in self.said if message.conversation_id == conversation_id]
        return tuple(found[-limit:] if limit > 0 else ())

    async def conversations(
        self, *, limit: int, user_id: str | None = None, older_than: str | None = None
    ) -> tuple[Conversation, ...]:
        self._check()
        every = sorted(self._conversations.values(), key=lambda c: c.last_at)[::-1]
        if older_than is not None:
            ids = [c.id for c in every]
            every = every[ids.index(older_than) + 1 :] if older_than in ids else []
        return tuple([c for c in every if user_id in {None, c.user_id}][: max(limit, 0)])

    async def page(
        self,
        *,
        limit: int,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        order = [c.id for c in await self.conversations(limit=len(self._conversations))]
        said = [one for name in order for one in reversed(await self.messages(name, limit=len(self.said)))]
        if conversation is not None:
            said = [one for one in said if one.conversation_id == conversation]
        ids = [one.id for one in said]
        for at in (older_than, newer_than):
            if at is not None and at not in ids:
                return ()
        if older_than is not None:
            said = said[ids.index(older_than) + 1 :]
        elif newer_than is not None:
            said = said[max(0, ids.index(newer_than) - limit) : ids.index(newer_than)]
        return tuple(said[: max(limit, 0)])

    async def search(self, text: str, *, limit: int, older_than: str | None = None) -> tuple[SearchHit, ...]:
        self._check()
        words = words_of(text)
        hits = [message for message in reversed(self.said) if words and set(words) <= set(words_of(message.content))]
        if len(hits) < limit:
            hits = [message for message in reversed(self.said) if words and _holds(message.content, words)]
        if older_than is not None:
            place = next((at for at, message in enumerate(self.said) if message.id == older_than), 0)
            older = {message.id for message in self.said[:place]}
            hits = [hit for hit in hits if hit.id in older]
        return tuple(
            SearchHit.of(hit, _marked(hit.content, words), "\ufdd0", "\ufdd1") for hit in hits[: max(limit, 0)]
        )

    async def search_best(
        self, text: str, *, limit: int, user_id: str | None = None, role: Role | None = None
    ) -> tuple[SearchHit, ...]:
        words = words_of(text)
        found = [
            hit
            for hit in await self.search(text, limit=len(self.said))
            if user_id in {None, hit.message.user_id} and role in {None, hit.message.role}
        ]

        def rank(hit: SearchHit) -> float:
            held = words_of(hit.message.content)
            return -sum(held.count(word) for word in words) / len(held)

        return tuple(sorted(found, key=rank)[: max(limit, 0)])

    async def unfinished_turns(self) -> tuple[Message, ...]:
        self._check()
        return tuple(
            message for message in reversed(self.said) if message.id in self.turns and not self.turns[message.id]
        )

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        self._check()
        return next((r for r in await self.records(kind, limit=len(self.kept_records)) if _key(r) == key), None)

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        self._check()
        found = [
            record
            for record in self.kept_records.values()
            if isinstance(record, kind)
            and (isinstance(record, ApiKey | ApiKeyUse) or user_id in {None, record.user_id})
        ]
        return tuple(sorted(found, key=_order)[: max(limit, 0)])

    async def audit_log(self, limit: int) -> tuple[AuditEntry, ...]:
        self._check()
        return tuple(self.audited[::-1][: max(limit, 0)])

    async def last_audit(self, event: AuditEvent) -> AuditEntry | None:
        return next((entry for entry in self.audited[::-1] if entry.event == event), None)

    async def audit_trouble(self) -> AuditTrouble | None:
        self._check()
        return None

    async def egress(self, limit: int) -> tuple[Egress, ...]:
        self._check()
        return tuple(self.sent[::-1][: max(limit, 0)])

    async def context(self, user_id: str) -> UserContext | None:
        self._check()
        return self._newest(user_id)

    def _newest(self, user_id: str) -> UserContext | None:
        return next((context for context in reversed(self.snapshots) if context.user_id == user_id), None)

    async def report(self, *, check: bool = True) -> StoreReport:
        self._check()
        return StoreReport(
            schema_version=4,
            messages=len(self.said),
            conversations=len(self._conversations),
            memories=len(self.kept),
            file_bytes=0,
        )

    async def close(self) -> None:
        self.closed = True

    def _check(self) -> None:
        if self.closed:
            raise StoreFailed("The store is closed.")
        if self.trouble is not None:
            raise self.trouble


class FakeSecrets:
    """`Secrets` in memory. Set `trouble` to make every call fail with it."""

    def __init__(self, **kept: str) -> None:
        self.kept = dict(kept)
        self.seen: dict[str, str] = {}
        """What tells when a home was last open, apart from the keys."""
        self.foreign: dict[str, list[str]] = {}
        """What other programs have filed under the same names: found before our own."""
        self.trouble: SottovoceError | None = None
        self.closed = False
        self.calls: list[str] = []

    async def get(self, name: str) -> str | None:
        self._check("get")
        return next(iter(self._under(name)), None)

    async def get_all(self, name: str) -> tuple[str, ...]:
        await self.get(name)
        return self._under(name)

    def _under(self, name: str) -> tuple[str, ...]:
        own = self._of(name)
        return (*self.foreign.get(name, ()), *([own[name]] if name in own else ()))

    async def set(self, name: str, secret: str) -> None:
        self._check("set")
        if not secret or set(secret) - set("0123456789abcdef"):
            raise ValueError("a secret must be lower-case hex digits")
        self._of(name)[name] = secret

    async def delete(self, name: str) -> None:
        self._check("delete")
        self._of(name).pop(name, None)

    def _of(self, name: str) -> dict[str, str]:
        return self.seen if name.startswith("seen-") else self.kept

    async def close(self) -> None:
        self.closed = True

    def _check(self, call: str) -> None:
        self.calls.append(call)
        if self.trouble is not None:
            raise self.trouble


def _key(record: Record) -> str:
    if isinstance(record, ApiKey):
        return record.prefix
    return record.key if isinstance(record, CacheEntry) else record.id


def _texts(record: Record) -> dict[str, Any]:
    fields = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {name: value for name, value in fields.items() if type(value) is str and name != "value"}


def _order(record: Record) -> tuple[Any, ...]:
    if isinstance(record, Reminder | Timer):
        return record.state is not ScheduleState.WAITING, record.due_at
    if isinstance(record, ListEntry):
        return record.list, record.created_at
    if isinstance(record, Event):
        return (record.starts_at,)
    if isinstance(record, ApiKeyUse):
        return -date.fromisoformat(record.day).toordinal(), record.prefix
    return (-(record.changed_at if isinstance(record, Note) else record.created_at),)


def _storable(text: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


def _title(content: str) -> str:
    words = " ".join(content.split())
    if len(words) <= TITLE_CHARS:
        return words
    return words[: TITLE_CHARS + 1].rpartition(" ")[0] or words[:TITLE_CHARS]


def _holds(content: str, words: list[str]) -> bool:
    held = words_of(content)
    *whole, last = words
    return all(word in held for word in whole) and any(word.startswith(last) for word in held)


def _marked(content: str, words: list[str]) -> str:
    *whole, last = words
    return " ".join(
        f"\ufdd0{piece}\ufdd1" if any(word in whole or word.startswith(last) for word in words_of(piece)) else piece
        for piece in content.split()
    )

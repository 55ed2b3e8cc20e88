"""Stand-ins for `Store` and `Secrets`, under the same contract as the real ones (tests/contracts/store.py)."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING

from sottovoce.domain.conversations import Conversation, Found, Message, Role
from sottovoce.domain.errors import SottovoceError, StoreFailed
from sottovoce.memory.ports import StoreReport

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.memories import Memory

TITLE_CHARS = 60


class FakeStore:
    """A `Store` in memory. Set `trouble` to make every call fail with it; `None` ends that."""

    def __init__(self) -> None:
        self.trouble: SottovoceError | None = None
        self.closed = False
        self.said: list[Message] = []
        self.kept: list[Memory] = []
        self.snapshots: list[UserContext] = []
        self._conversations: dict[str, Conversation] = {}

    async def append(self, message: Message) -> None:
        self._check()
        if any(known.id == message.id for known in self.said):
            return
        message = dataclasses.replace(message, content=_storable(message.content))
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

    async def save_context(self, context: UserContext) -> None:
        self._check()
        newest = await self.context(context.user_id)
        if newest is not None:
            if newest == context:
                return
            context = context.copy_with(version=max(context.version, newest.version + 1))
        self.snapshots.append(context)

    async def add_memory(self, memory: Memory) -> None:
        self._check()
        if all(known.id != memory.id for known in self.kept):
            self.kept.append(memory)

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        self._check()
        found = [message for message in self.said if message.conversation_id == conversation_id]
        return tuple(found[-limit:] if limit > 0 else ())

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        self._check()
        found = [c for c in reversed(self._conversations.values()) if user_id in {None, c.user_id}]
        return tuple(sorted(found, key=lambda c: -c.last_at)[: max(limit, 0)])

    async def search(self, text: str, *, limit: int) -> tuple[Found, ...]:
        self._check()
        words = _words(text)
        hits = [message for message in reversed(self.said) if words and _holds(message.content, words)]
        return tuple(Found(message=hit, snippet=_marked(hit.content, words)) for hit in hits[: max(limit, 0)])

    async def context(self, user_id: str) -> UserContext | None:
        self._check()
        return next((context for context in reversed(self.snapshots) if context.user_id == user_id), None)

    async def memories(self, user_id: str, *, limit: int) -> tuple[Memory, ...]:
        self._check()
        return tuple([memory for memory in reversed(self.kept) if memory.user_id == user_id][: max(limit, 0)])

    async def search_memories(self, user_id: str, query: str, *, limit: int) -> tuple[Memory, ...]:
        self._check()
        words = set(_words(query))
        ranked = [(len(words & set(_words(memory.text))), memory) for memory in reversed(self.kept)]
        hits = [(shared, memory) for shared, memory in ranked if shared and memory.user_id == user_id]
        return tuple(memory for _, memory in sorted(hits, key=lambda hit: -hit[0])[: max(limit, 0)])

    async def report(self, *, check: bool = True) -> StoreReport:
        self._check()
        return StoreReport(
            schema_version=1,
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
        self.trouble: SottovoceError | None = None
        self.closed = False
        self.calls: list[str] = []

    async def get(self, name: str) -> str | None:
        self._check("get")
        return self.kept.get(name)

    async def set(self, name: str, secret: str) -> None:
        self._check("set")
        if not secret or set(secret) - set("0123456789abcdef"):
            raise ValueError("a secret must be lower-case hex digits")
        self.kept[name] = secret

    async def delete(self, name: str) -> None:
        self._check("delete")
        self.kept.pop(name, None)

    async def close(self) -> None:
        self.closed = True

    def _check(self, call: str) -> None:
        self.calls.append(call)
        if self.trouble is not None:
            raise self.trouble


def _storable(text: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


def _title(content: str) -> str:
    words = " ".join(content.split())
    if len(words) <= TITLE_CHARS:
        return words
    return words[: TITLE_CHARS + 1].rpartition(" ")[0] or words[:TITLE_CHARS]


def _words(text: str) -> list[str]:
    """Words as FTS5's unicode61 cuts them: letters and digits, case and diacritics folded."""
    folded = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in folded).split()


def _holds(content: str, words: list[str]) -> bool:
    held = _words(content)
    *whole, last = words
    return all(word in held for word in whole) and any(word.startswith(last) for word in held)


def _marked(content: str, words: list[str]) -> str:
    *whole, last = words
    return " ".join(
        f"[{piece}]" if any(word in whole or word.startswith(last) for word in _words(piece)) else piece
        for piece in content.split()
    )

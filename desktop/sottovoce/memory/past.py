"""What one user said and was answered, found again by when it was and what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.domain.conversations import Role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from sottovoce.domain.conversations import Conversation, Message, SearchHit

MOST_HITS: Final = 300
"""Messages of the user looked at for a topic, the best ones."""
MOST_CONVERSATIONS: Final = 5_000
"""Conversations among which those of a time are looked for, the last ones: a row each."""
MOST_MESSAGES: Final = 400
"""Messages looked at of one conversation, the last ones."""
MOST_READ: Final = 30
"""Conversations read for one question."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the user said, and what was answered, as far as that was."""

    said: Message
    answer: Message | None

    @property
    def family(self) -> str:
        """That of the answer's intent: "timer" of "timer.set"."""
        return self.answer.intent.partition(".")[0] if self.answer is not None else ""


class PastStore(Protocol):
    """What is asked of a store. All methods raise `StoreTrouble`."""

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """See `ConversationReader`."""

    async def conversations(self, *, limit: int, user_id: str | None = None) -> tuple[Conversation, ...]:
        """See `ConversationReader`."""

    async def page(
        self,
        *,
        limit: int,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        """See `HistoryReader`."""

    async def search_best(
        self, text: str, *, limit: int, user_id: str | None = None, role: Role | None = None
    ) -> tuple[SearchHit, ...]:
        """See `HistoryReader`."""


class Past:
    """Looks through what was said. Another user's words are never among it."""

    def __init__(self, store: PastStore) -> None:
        """Look into `store`."""
        self._store = store

    async def between(self, user_id: str, start: float, end: float) -> tuple[Exchange, ...]:
        """What was said from `start` to before `end` (seconds since 1970), oldest first, in this user's conversations.

        Raises:
            StoreTrouble: It could not be read.
        """
        known = await self._store.conversations(limit=MOST_CONVERSATIONS, user_id=user_id)
        there = [one for one in known if one.started_at < end and one.last_at >= start][:MOST_READ]
        found: list[Exchange] = []
        for conversation in reversed(there):
            held = await self._store.messages(conversation.id, limit=MOST_MESSAGES)
            found += (one for one in _exchanges(held, user_id) if start <= one.said.created_at < end)
        return tuple(sorted(found, key=lambda one: (one.said.created_at, one.said.number)))

    async def latest(self, user_id: str) -> AsyncIterator[Exchange]:
        """What was said, the newest first, as far back as it is asked for.

        Raises:
            StoreTrouble: It could not be read.
        """
        for conversation in await self._store.conversations(limit=MOST_READ, user_id=user_id):
            held = await self._store.messages(conversation.id, limit=MOST_MESSAGES)
            for one in reversed(tuple(_exchanges(held, user_id))):
                yield one

    async def about(self, user_id: str, topic: str, *, answers: bool = False) -> tuple[Exchange, ...]:
        """What was said that has all words of `topic`, the newest first.

        Args:
            user_id: By whom.
            topic: What it is about.
            answers: Whether it is as good if only the answer has them.

        Raises:
            StoreTrouble: It could not be read.
        """
        found: dict[str, Exchange] = {}
        role = None if answers else Role.USER
        for hit in await self._store.search_best(topic, limit=MOST_HITS, user_id=user_id, role=role):
            one = await self._around(hit.message, user_id)
            if one is not None:
                found[one.said.id] = one
        return tuple(sorted(found.values(), key=lambda one: (one.said.created_at, one.said.number), reverse=True))

    async def _around(self, message: Message, user_id: str) -> Exchange | None:
        """The exchange that a message is of; None where what it answers is gone."""
        if message.role is Role.USER:
            after = await self._store.page(limit=1, newer_than=message.id, conversation=message.conversation_id)
            return next(_exchanges((message, *after), user_id))
        before = await self._store.page(limit=1, older_than=message.id, conversation=message.conversation_id)
        return next(_exchanges((*before, message), user_id), None)


def _exchanges(held: Iterable[Message], user_id: str) -> Iterator[Exchange]:
    """Each thing this user said, with the answer that follows it."""
    said: Message | None = None
    for message in held:
        if message.user_id != user_id:
            continue
        if message.role is Role.USER:
            if said is not None:
                yield Exchange(said, None)
            said = message
        elif said is not None:
            yield Exchange(said, message)
            said = None
    if said is not None:
        yield Exchange(said, None)

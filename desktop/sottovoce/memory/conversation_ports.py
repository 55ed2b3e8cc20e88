"""What the memory of conversations asks of a store: messages, conversations, turns that are still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sottovoce.memory.ports import ReportingStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.conversations import Arrival, Conversation, Message
    from sottovoce.domain.turns import Outcome


class ConversationReader(Protocol):
    """What was said. All methods raise `StoreTrouble`."""

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        """The newest `limit` messages of a conversation, oldest first; empty if there is no such conversation."""

    async def conversations(
        self, *, limit: int, user_id: str | None = None, older_than: str | None = None
    ) -> tuple[Conversation, ...]:
        """Conversations, the one last spoken in first; those behind `older_than`, an id; none if that is gone."""

    async def unfinished_turns(self) -> tuple[Message, ...]:
        """Questions whose turn is still open, newest first: one under way, or cut off by a crash."""


class ConversationStore(ConversationReader, ReportingStore, Protocol):
    """The same, and the one who writes it; see `store.Store` for what a write promises."""

    async def append(self, message: Message) -> Arrival:
        """Store a message (and its conversation). Appending the same id again changes nothing."""

    async def open_turn(self, message: Message) -> Arrival:
        """Store a question and note that it waits for its answer, both or neither. Again changes nothing."""

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        """Store the answer (None: there is none) and end the turn, both or neither.

        Args:
            message_id: The question.
            answer: Its answer.
            outcome: How the turn ended.
            used: Ids of the memories the answer drew on; those that are gone by now are passed over.

        Returns:
            Where the answer stands; None, with nothing stored, if the turn was closed already or is not there any more
            (erased).
        """

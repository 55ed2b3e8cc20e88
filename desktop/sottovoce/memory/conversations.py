"""Conversations: durable in the store, the recent ones at hand in memory."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import DEFAULT_USER
from sottovoce.domain.conversations import Message, MessageState, Role
from sottovoce.domain.dialogue import NOTHING_LEFT
from sottovoce.domain.errors import StoreTrouble, ThingNotFound
from sottovoce.domain.identifiers import answer_id, new_id
from sottovoce.domain.said import said
from sottovoce.domain.turns import Outcome
from sottovoce.memory.fence import Fence
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.domain.conversations import Arrival
    from sottovoce.domain.dialogue import Dialogue
    from sottovoce.memory.conversation_ports import ConversationStore

WARM_S = 30 * 60
"""Seconds after the last word within which a question belongs to the same conversation."""


class ConversationMemory:
    """The last messages of each conversation, read through to the store and written through to it.

    Its coroutines may run in any event loop of any thread, as far as the store's may.
    """

    def __init__(
        self,
        store: ConversationStore,
        max_messages: int = 10,
        max_conversations: int = 1000,
        conversation_ttl_hours: float = 24,
        *,
        fence: Fence | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep at most `max_messages` of each of `max_conversations` in memory, for so many hours after their last use.

        Args:
            store: Where every message is durable.
            max_messages: Messages of one conversation handed out by `get_history`.
            max_conversations: Conversations held in memory; the one unused longest leaves first.
            conversation_ttl_hours: Hours a conversation stays in memory unused.
            fence: Refuses what is said and answered in a turn that an erasure has overtaken.
            clock: Seconds since 1970-01-01 UTC.
        """
        if min(max_messages, max_conversations) < 1 or conversation_ttl_hours <= 0:
            message = "the limits of a conversation memory must be positive"
            raise ValueError(message)
        self._store = store
        self._fence = fence or Fence()
        self._max_messages = max_messages
        self._max_conversations = max_conversations
        self._ttl_s = conversation_ttl_hours * 3600
        self._clock = clock
        self._recent: OrderedDict[str, tuple[float, tuple[Message, ...]]] = OrderedDict()
        self._lock = threading.Lock()
        # What is being read from the store, by conversation: messages that came meanwhile may be missing in it.
        self._reads: dict[str, list[_Read]] = {}
        self._forgotten = 0  # how often all was dropped: a message stored before may be erased by now
        # The highest place of a message that reached us: one that came late is no proof that nothing follows it.
        self._newest = 0
        # The last conversation of each user with the time of its last word, as far as the store can't know another.
        self._latest: dict[str, tuple[str, float]] = {}
        # For each search of it in the store: conversations spoken in meanwhile; "" once all may have changed.
        self._searches: list[set[str]] = []
        # Ids of questions being answered just now: open in the store, yet not unfinished.
        self._under_way: set[str] = set()

    async def add_message(  # noqa: PLR0913 - the public contract names these
        self,
        conversation_id: str,
        role: Role | str,
        content: str,
        *,
        user_id: str | None = None,
        tokens_input: int = 0,
        tokens_output: int = 0,
        state: MessageState = MessageState.COMPLETE,
        source: str = "",
        intent: str = "",
        latency_ms: float = 0.0,
    ) -> Message:
        """Store one message; returns once it is durable.

        Raises:
            StoreTrouble: It could not be stored; then it is not in the history either.
        """
        message = Message(
            id=new_id(),
            conversation_id=conversation_id,
            role=Role(role),
            content=content,
            state=state,
            created_at=self._clock(),
            tokens_input=tokens_input,
            tokens_output=tokens_output,
            user_id=user_id or DEFAULT_USER,
            source=source,
            intent=intent,
            latency_ms=latency_ms,
        )
        return await self._append(message)

    @finishing
    async def _append(self, message: Message) -> Message:
        forgotten = self._forgotten
        arrival = await self._store.append(message)
        if not self._add_to_held(message, arrival, forgotten):
            with contextlib.suppress(StoreTrouble):  # it is durable; the rest is read when it is wanted
                await self.get_history(message.conversation_id)
        return replace(message, number=arrival.number)

    async def begin_turn(self, conversation_id: str, text: str, *, user_id: str) -> Message:
        """Store a question that waits for its answer; returns once it is durable.

        Cancelled meanwhile, the question is kept and its turn ended: only a crash leaves one open.

        Raises:
            ThingNotFound: The user's words were erased since the operation it belongs to began.
            StoreTrouble: It could not be stored; then it is not in the history either.
        """
        question = Message(
            id=new_id(),
            conversation_id=conversation_id,
            role=Role.USER,
            content=text,
            created_at=self._clock(),
            user_id=user_id,
        )
        self._under_way.add(question.id)
        try:
            await self._open_turn(question)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreTrouble):  # it stays open, and is offered again
                await self.end_turn(question, Outcome.CANCELLED)
            raise
        except BaseException:
            self._under_way.discard(question.id)
            raise
        return question

    @finishing
    async def _open_turn(self, question: Message) -> None:
        self._fence.check(question.user_id)
        forgotten = self._forgotten
        self._add_to_held(question, await self._store.open_turn(question), forgotten)

    async def end_turn(  # noqa: PLR0913 - what is stored with an answer
        self,
        question: Message,
        outcome: Outcome,
        content: str | None = None,
        *,
        state: MessageState = MessageState.COMPLETE,
        source: str = "",
        intent: str = "",
        latency_ms: float = 0.0,
        used: Sequence[str] = (),
        model: str = "",
        tokens_input: int = 0,
        tokens_output: int = 0,
        dialogue: Dialogue = NOTHING_LEFT,
    ) -> Message | None:
        """Store the answer (None: there is none) and with it the turn's end, both or neither.

        Args:
            question: What `begin_turn` or `take_up` gave.
            outcome: How the turn ended.
            content: The answer.
            state: Whether it is whole.
            source: What gave it.
            intent: What was understood.
            latency_ms: Milliseconds to its first words.
            used: Ids of the memories it drew on.
            model: Name of the language model that gave it.
            tokens_input: Tokens that were sent for it.
            tokens_output: Tokens of the model's answer.
            dialogue: What it leaves open.

        Returns:
            The stored answer; None if there is none, or the turn was ended before, or erased: then nothing was stored.

        Raises:
            StoreTrouble: It could not be stored; the turn stays open.
        """
        answer = None
        if content is not None:
            answer = Message(
                id=answer_id(question.id),
                conversation_id=question.conversation_id,
                role=Role.ASSISTANT,
                content=content,
                state=state,
                created_at=self._clock(),
                user_id=question.user_id,
                source=source,
                intent=intent,
                latency_ms=latency_ms,
                model=model,
                tokens_input=tokens_input,
                tokens_output=tokens_output,
                dialogue=dialogue.to_json(),
            )
        return await self._close_turn(question, outcome, answer, used)

    @finishing
    async def _close_turn(
        self, question: Message, outcome: Outcome, answer: Message | None, used: Sequence[str]
    ) -> Message | None:
        forgotten = self._forgotten
        try:
            if answer is not None and self._fence.overtaken(question.user_id):  # it may say what is erased
                answer, outcome = None, Outcome.CANCELLED
            arrival = await self._store.close_turn(question.id, answer, outcome, used=used)
        finally:
            self._under_way.discard(question.id)
        if arrival is None or answer is None:
            return None
        self._add_to_held(answer, arrival, forgotten)
        return replace(answer, number=arrival.number)

    async def unfinished_turns(self) -> tuple[Message, ...]:
        """Questions that a crash left without an answer, newest first; those being answered now are none of them.

        Raises:
            StoreTrouble: The store could not be read.
        """
        return tuple(m for m in await self._store.unfinished_turns() if m.id not in self._under_way)

    async def take_up(self, question: Message) -> tuple[Message, ...]:
        """Take an unfinished turn up, for whoever is first to; it must be ended by `end_turn`.

        Returns:
            The history up to the question, oldest first.

        Raises:
            ThingNotFound: It is answered, dismissed or erased by now, or being answered.
            StoreTrouble: The store could not be read.
        """
        if question.id in self._under_way:
            raise ThingNotFound(said("error-question-under-way"))
        self._under_way.add(question.id)
        waits = False
        try:
            history = await self.get_history(question.conversation_id)
            waits = any(known.id == question.id for known in await self._store.unfinished_turns())
        finally:
            if not waits:
                self._under_way.discard(question.id)
        if not waits:
            raise ThingNotFound(said("error-question-not-waiting"))
        return tuple(itertools.takewhile(lambda message: message.id != question.id, history))

    async def get_history(
        self, conversation_id: str, *, from_database: bool = False, limit: int | None = None
    ) -> tuple[Message, ...]:
        """Return the newest messages, oldest first.

        Args:
            conversation_id: Of which conversation.
            from_database: Read them anew from the store.
            limit: How many at most; `max_messages` if None.

        Raises:
            ValueError: `limit` is negative.
            StoreTrouble: The store could not be read.
        """
        most = self._max_messages if limit is None else limit
        if most < 0:
            message = "a history can't be limited to fewer than no messages"
            raise ValueError(message)
        with self._lock:
            held = None if from_database else self._held(conversation_id)
            # With as many as are held, there may be more in the store.
            if held is not None and (most <= self._max_messages or len(held) < self._max_messages):
                self._hold(conversation_id, held)
                return _last(held, most)
        return _last(await self._read(conversation_id, max(most, self._max_messages)), most)

    async def _read(self, conversation_id: str, limit: int) -> tuple[Message, ...]:
        """The last `limit` messages out of the store, to be held from then on."""
        read = _Read()
        with self._lock:
            self._reads.setdefault(conversation_id, []).append(read)
        try:
            messages = await self._store.messages(conversation_id, limit=limit)
            with self._lock:
                if read.holds:
                    known = self._held(conversation_id) or ()
                    if now := _in_order(messages, (*known, *read.meanwhile)):
                        self._hold(conversation_id, now)
        finally:
            with self._lock:
                self._reads[conversation_id].remove(read)
                if not self._reads[conversation_id]:
                    del self._reads[conversation_id]
        return messages

    async def current(self, user_id: str) -> str:
        """Id of the conversation a new question belongs to: the last one while it is warm, else a new one.

        Raises:
            StoreTrouble: The store could not be read.
        """
        found = self._latest.get(user_id) or await self._search_latest(user_id)
        if found is not None and 0 <= self._clock() - found[1] <= WARM_S:
            return found[0]
        return new_id()

    async def _search_latest(self, user_id: str) -> tuple[str, float] | None:
        """The user's last conversation by the store, to be held from then on if no other was spoken in meanwhile."""
        meanwhile = set[str]()
        with self._lock:
            self._searches.append(meanwhile)
        try:
            for last in await self._store.conversations(limit=1, user_id=user_id):
                with self._lock:
                    if meanwhile <= {last.id}:
                        if len(self._latest) >= self._max_conversations:
                            self._latest.clear()
                        self._latest[user_id] = last.id, last.last_at
                return last.id, last.last_at
        finally:
            with self._lock:
                self._searches = [one for one in self._searches if one is not meanwhile]
        return None

    def forget(self) -> None:
        """Drop what is held in memory: it may have been erased from the store."""
        with self._lock:
            self._forgotten += 1
            for read in itertools.chain.from_iterable(self._reads.values()):
                read.holds = False
            self._recent.clear()
            self._all_changed()

    async def get_stats(self) -> dict[str, int | bool]:
        """Counts of what is in memory and in the store."""
        report = await self._store.report(check=False)
        now = self._clock()
        with self._lock:
            active = sum(now - used <= self._ttl_s for used, _ in self._recent.values())
            held = len(self._recent)
        return {
            "active_conversations": active,
            "active_conversations_memory": held,
            "total_conversations_database": report.conversations,
            "total_messages_database": report.messages,
            "persistent": True,
            "thread_safe": True,
        }

    def _add_to_held(self, message: Message, arrival: Arrival, forgotten: int) -> bool:
        """Whether its conversation is held; `forgotten` is what `_forgotten` was before the message was stored."""
        message = replace(message, number=arrival.number)
        with self._lock:
            self._spoken_in(message)
            if forgotten != self._forgotten:
                for read in self._reads.get(message.conversation_id, ()):
                    read.holds = False
                self._recent.pop(message.conversation_id, None)
                return False
            for read in self._reads.get(message.conversation_id, ()):
                read.meanwhile.append(message)
            held = self._held(message.conversation_id)
            latest, self._newest = arrival.number > self._newest, max(self._newest, arrival.number)
            if held is None and not (arrival.first and latest):
                return False
            # Threads are told in another order than the store's, or after another one has read it.
            self._hold(message.conversation_id, _in_order(held or (), (message,)))
            return True

    # Under the lock

    def _spoken_in(self, message: Message) -> None:
        """Keep step with the last conversations; whose another one is only the store knows: then none is held."""
        here = [user for user, (known, _) in self._latest.items() if known == message.conversation_id]
        for user in here:
            self._latest[user] = message.conversation_id, max(self._latest[user][1], message.created_at)
        if not here:
            self._latest.clear()
        for search in self._searches:
            search.add(message.conversation_id)

    def _all_changed(self) -> None:
        self._latest.clear()
        for search in self._searches:
            search.add("")

    def _held(self, conversation_id: str) -> tuple[Message, ...] | None:
        used, messages = self._recent.get(conversation_id, (0.0, None))
        if messages is not None and self._clock() - used > self._ttl_s:
            del self._recent[conversation_id]
            return None
        return messages

    def _hold(self, conversation_id: str, messages: tuple[Message, ...]) -> None:
        self._recent[conversation_id] = (self._clock(), messages[-self._max_messages :])
        self._recent.move_to_end(conversation_id)
        while len(self._recent) > self._max_conversations:
            self._recent.popitem(last=False)


@dataclass(slots=True, eq=False)
class _Read:
    """A conversation that is being read from the store."""

    holds: bool = True
    """False once it may have been erased."""
    meanwhile: list[Message] = field(default_factory=list)


def _in_order(messages: tuple[Message, ...], more: tuple[Message, ...]) -> tuple[Message, ...]:
    """All of them in the order of arrival, each once."""
    known = {message.id for message in messages}
    fresh = {message.id: message for message in more if message.id not in known}
    return tuple(sorted((*messages, *fresh.values()), key=lambda message: message.number))


def _last(messages: tuple[Message, ...], most: int) -> tuple[Message, ...]:
    return messages[-most:] if most else ()

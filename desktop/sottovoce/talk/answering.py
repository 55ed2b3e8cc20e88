"""From words to a durable answer: what a spoken turn, `ask` and `listen` have in common."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.agent.questions import Question
from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import StoreTrouble
from sottovoce.domain.turns import Answer, Answered, AnswerGrew, Heard, TurnFailed
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.agent import Agent
    from sottovoce.agent.questions import Reply
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.memory.conversations import ConversationMemory
    from sottovoce.memory.system import MemorySystem

log = logging.getLogger(__name__)


def _unheard(_: object) -> None:
    """Nobody listens."""


class Answering:
    """Stores what was said, asks the agent, stores the answer."""

    def __init__(self, agent: Agent, memory: MemorySystem, conversations: ConversationMemory) -> None:
        """Answer by `agent` with what these remember."""
        self._agent = agent
        self._memory = memory
        self._conversations = conversations

    async def answer(
        self,
        text: str,
        *,
        user_id: str,
        conversation: str | None = None,
        on_event: Callable[[TurnEvent], None] = _unheard,
        on_piece: Callable[[str], None] = _unheard,
        latency_ms: dict[str, float] | None = None,
    ) -> Answer:
        """Answer `text`.

        What was said is durable before the agent sees it; the answer is durable on return. One cut short (cancelled,
        failing agent) is kept as far as it came, marked partial.

        Args:
            text: What was said or typed.
            user_id: Whose conversation it is.
            conversation: Its id; None for the warm one or a new one.
            on_event: Told Heard, AnswerGrew, Answered (and TurnFailed where the answer stands nevertheless).
            on_piece: Given the text as it arrives.
            latency_ms: Milliseconds of earlier steps, to stand in the answer beside those measured here.

        Raises:
            StoreTrouble: Something could not be stored or read.
            SottovoceError: What the skill or model raised.
        """
        clock = asyncio.get_running_loop().time
        started = clock()
        conversation = conversation or await self._conversations.current(user_id)
        history = await self._conversations.get_history(conversation)
        said = await self._conversations.add_message(conversation, Role.USER, text, user_id=user_id)
        on_event(Heard(text))
        context = await self._memory.get_user_context(user_id)
        reply = self._agent.answer(Question(text=text, context=context, history=history, message_id=said.id))
        written, first_s = "", 0.0
        try:
            async for piece in reply.pieces:
                first_s = first_s or clock() - started
                written += piece
                on_piece(piece)
                on_event(AnswerGrew(written))
        except BaseException:
            if written:
                partial = self._store(conversation, user_id, reply, written, MessageState.PARTIAL, first_s * 1000)
                await finish(partial)
            raise
        whole = self._store(conversation, user_id, reply, written, MessageState.COMPLETE, first_s * 1000)
        message = await finish(whole)
        steps = {"answer": first_s * 1000, "total": (clock() - started) * 1000}
        answer = Answer(
            reply=written,
            source=reply.source,
            intent=reply.intent,
            conversation=conversation,
            message=message,
            latency_ms={name: round(ms, 2) for name, ms in ((latency_ms or {}) | steps).items()},
        )
        on_event(Answered(answer))
        await self._count(user_id, text, answer.reply, on_event)
        return answer

    async def _store(
        self, conversation: str, user_id: str, reply: Reply, text: str, state: MessageState, latency_ms: float
    ) -> str:
        message = await self._conversations.add_message(
            conversation,
            Role.ASSISTANT,
            text,
            user_id=user_id,
            state=state,
            source=reply.source,
            intent=reply.intent,
            latency_ms=latency_ms,
        )
        return message.id

    async def _count(self, user_id: str, text: str, reply: str, on_event: Callable[[TurnEvent], None]) -> None:
        try:
            await self._memory.update_context(user_id, text, reply)
        except StoreTrouble as error:
            # Question and answer are durable: a counter that is not is no reason to take the answer back.
            log.warning("context not updated: %s", error.code)
            on_event(TurnFailed(error))

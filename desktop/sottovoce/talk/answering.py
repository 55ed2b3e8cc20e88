"""From words to a durable answer: what a spoken turn, `ask` and `listen` have in common."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.agent.tools import Question
from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.dialogue import NOTHING_LEFT, PENDING_S, REFERRED_S, Dialogue
from sottovoce.domain.errors import StoreTrouble, ThingNotFound
from sottovoce.domain.figures import ANSWERS, QUESTION_ERRORS, Attribute, Step
from sottovoce.domain.said import said
from sottovoce.domain.turns import Answer, Answered, AnswerGrew, Heard, Outcome, TurnFailed
from sottovoce.domain.voices import Delivery
from sottovoce.domain.words import legible
from sottovoce.language import ENGLISH, is_available
from sottovoce.memory.figures import Figures, code_of
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from sottovoce.agent.agent import Agent
    from sottovoce.agent.tools import Reply
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.memory.conversations import ConversationMemory
    from sottovoce.memory.system import MemorySystem

log = logging.getLogger(__name__)


def _unheard(_: object) -> None:
    """Nobody listens."""


def _own(history: tuple[Message, ...], user_id: str) -> tuple[Message, ...]:
    """What this user said and was told: another one's words in the same conversation are none of theirs."""
    return tuple(message for message in history if message.user_id == user_id)


def _left(exchange: _QuestionUnderWay) -> Dialogue:
    """What the answer before has left open, as far as it holds still: not for long."""
    before = exchange.history[-1] if exchange.history else None
    if before is None or before.role is not Role.ASSISTANT:
        return NOTHING_LEFT
    since_s = abs(exchange.question.created_at - before.created_at)
    if since_s > REFERRED_S:
        return NOTHING_LEFT
    left, waits = Dialogue.from_json(before.dialogue), since_s <= PENDING_S
    return left if waits or left.pending is None else dataclasses.replace(left, pending=None)


@dataclass(slots=True, eq=False)
class _QuestionUnderWay:
    """A question on its way to its answer."""

    question: Message
    history: tuple[Message, ...]
    on_event: Callable[[TurnEvent], None]
    on_piece: Callable[[str], None]
    on_delivery: Callable[[Delivery], None]
    latency_ms: dict[str, float]
    started: float
    """On the event loop's clock."""
    heard_in: str = ""
    """Language of the speech model; empty where it was typed, or is not known any more."""
    unsure: frozenset[str] = frozenset()
    """Words that may have been misheard."""
    reply: Reply | None = None
    written: str = ""
    first_ms: float = 0.0
    """From `started` to the first words."""


class Answering:
    """Stores what was said, asks the agent, stores the answer."""

    def __init__(
        self,
        agent: Agent,
        memory: MemorySystem,
        conversations: ConversationMemory,
        *,
        decided: Callable[[], Collection[str]] = frozenset,
        figures: Figures | None = None,
    ) -> None:
        """Answer by `agent` with what these remember, and count that in `figures`.

        `decided` are settings that no user has their own way with.
        """
        self._figures = figures or Figures()
        self._decided = decided
        self._agent = agent
        self._memory = memory
        self._conversations = conversations

    async def answer(  # noqa: PLR0913 - what is asked, and who hears what of it
        self,
        text: str,
        *,
        user_id: str,
        conversation: str | None = None,
        on_event: Callable[[TurnEvent], None] = _unheard,
        on_piece: Callable[[str], None] = _unheard,
        on_delivery: Callable[[Delivery], None] = _unheard,
        latency_ms: dict[str, float] | None = None,
        heard_in: str = "",
        unsure: frozenset[str] = frozenset(),
    ) -> Answer:
        """Answer `text`.

        What was said is durable, as a turn that waits for its answer, before the agent sees it; answer and the turn's
        end are durable on return. An answer cut short (cancelled, failing agent) is kept as far as it came, marked
        partial, and ends the turn as well: only a crash leaves one open.

        Args:
            text: What was said or typed.
            user_id: Whose conversation it is.
            conversation: Its id; None for the warm one or a new one.
            on_event: Called with Heard, AnswerGrew, Answered (and TurnFailed where the answer stands nevertheless).
            on_piece: Given the text as it arrives.
            on_delivery: Called, before the first of it, with how it is to be said: that may be what was asked for.
            latency_ms: Milliseconds of earlier steps, to stand in the answer beside those measured here.
            heard_in: Tag of the language of the model that heard it; empty if it was typed.
            unsure: Words, in small letters, that may have been misheard.

        Raises:
            StoreTrouble: Something could not be stored or read.
            ThingNotFound: The question, or what its answer was made from, was erased meanwhile.
            SottovoceError: What the skill or model raised.
        """
        with self._memory.fence.operation():
            exchange = functools.partial(
                _QuestionUnderWay,
                on_event=on_event,
                on_piece=on_piece,
                on_delivery=on_delivery,
                latency_ms=latency_ms or {},
                heard_in=heard_in,
                unsure=unsure,
            )
            return await self._counted(self._answer(legible(text), user_id, conversation, exchange))

    async def _answer(
        self, text: str, user_id: str, conversation: str | None, exchange: functools.partial[_QuestionUnderWay]
    ) -> Answer:
        started = asyncio.get_running_loop().time()
        conversation = conversation or await self._conversations.current(user_id)
        await self._memory.get_user_context(user_id)  # a user who can't be is refused before anything is stored
        history = _own(await self._conversations.get_history(conversation), user_id)
        with self._figures.step(Step.STORE):
            question = await self._conversations.begin_turn(conversation, text, user_id=user_id)
        return await self._finished(exchange(question, history, started=started))

    async def keep(self, text: str, user_id: str) -> None:
        """Store what was said as a turn that stays open: the next start of the program offers to answer it.

        Raises:
            StoreTrouble: It could not be stored.
        """
        with self._memory.fence.operation():
            conversation = await self._conversations.current(user_id)
            await self._conversations.begin_turn(conversation, legible(text), user_id=user_id)

    async def resume(
        self,
        question: Message,
        *,
        on_event: Callable[[TurnEvent], None] = _unheard,
        on_piece: Callable[[str], None] = _unheard,
        on_delivery: Callable[[Delivery], None] = _unheard,
    ) -> Answer:
        """Answer a question whose turn was cut off; it is stored already, and its answer is stored once.

        Raises:
            ThingNotFound: It is answered, dismissed or erased by now, or being answered.
            StoreTrouble: Something could not be stored or read.
            SottovoceError: What the skill or model raised.
        """
        with self._memory.fence.operation():
            exchange = functools.partial(
                _QuestionUnderWay, on_event=on_event, on_piece=on_piece, on_delivery=on_delivery
            )
            return await self._counted(self._resume(question, exchange))

    async def _counted(self, answering: Awaitable[Answer]) -> Answer:
        """The answer, once what is known of it without its words is counted."""
        with self._figures.step(Step.QUESTION) as step:
            try:
                answer = await answering
            except BaseException as error:
                self._figures.counter(QUESTION_ERRORS, code_of(error)).add()
                raise
            step.mark(Attribute.SOURCE, answer.source)
            self._figures.counter(ANSWERS, answer.source).add()
            return answer

    async def _resume(self, question: Message, exchange: functools.partial[_QuestionUnderWay]) -> Answer:
        started = asyncio.get_running_loop().time()
        history = _own(await self._conversations.take_up(question), question.user_id)
        return await self._finished(exchange(question, history, latency_ms={}, started=started))

    async def delivery(self, user_id: str) -> Delivery:
        """How the answers of this user are to be said.

        Raises:
            StoreTrouble: It could not be read.
        """
        context = await self._memory.get_user_context(user_id)
        how = context.personality
        language = context.language if is_available(context.language) else ENGLISH
        decided = self._decided()
        return Delivery(
            rate=None if "speech_rate" in decided else how.speech_rate,
            volume=None if "volume" in decided else how.volume,
            voice=how.voice,
            language=language,
        )

    async def warm(self, user_id: str) -> None:
        """Have at hand what the first question of this user will need.

        Raises:
            StoreTrouble: It could not be read.
        """
        await self._agent.warm((await self._memory.get_user_context(user_id)).language)

    async def dismiss(self, question: Message) -> None:
        """End an unfinished turn without an answer.

        Raises:
            ThingNotFound: It is answered, dismissed or erased by now, or being answered.
            StoreTrouble: It could not be stored or read.
        """
        await self._conversations.take_up(question)
        await self._conversations.end_turn(question, Outcome.DISMISSED)

    async def _finished(self, exchange: _QuestionUnderWay) -> Answer:
        """Take the turn to its end, and end it in the store whatever happens."""
        try:
            with self._figures.step(Step.ANSWER):
                reply = await self._reply(exchange)
        except BaseException as error:
            outcome = Outcome.CANCELLED if isinstance(error, asyncio.CancelledError) else Outcome.FAILED
            with contextlib.suppress(StoreTrouble):  # what ended the turn is the news; left open, it is offered again
                await self._end(exchange, outcome, MessageState.PARTIAL)
            raise
        return await self._answered(exchange, reply)

    @finishing
    async def _answered(self, exchange: _QuestionUnderWay, reply: Reply) -> Answer:
        state = MessageState.PARTIAL if reply.partial else MessageState.COMPLETE
        with self._figures.step(Step.KEEP):
            message = await self._end(exchange, Outcome.ANSWERED, state)
        if message is None:
            raise ThingNotFound(said("turns-answer-not-kept"))
        total_ms = (asyncio.get_running_loop().time() - exchange.started) * 1000
        steps = exchange.latency_ms | {"answer": exchange.first_ms, "total": total_ms}
        answer = Answer(
            reply=exchange.written,
            source=reply.source,
            intent=reply.intent,
            conversation=exchange.question.conversation_id,
            message=message.id,
            latency_ms={name: round(ms, 2) for name, ms in steps.items()},
            age_s=None if reply.age_s is None else round(reply.age_s, 1),
        )
        exchange.on_event(Answered(answer))
        learnt_from = "" if reply.private else exchange.question.content
        await self._count(exchange.question.user_id, learnt_from, answer.reply, exchange.on_event)
        return answer

    async def _reply(self, exchange: _QuestionUnderWay) -> Reply:
        """Have the agent answer; the pieces are in `exchange.written` as far as they came."""
        clock = asyncio.get_running_loop().time
        question = exchange.question
        exchange.on_event(Heard(question.content))
        context = await self._memory.get_user_context(question.user_id)
        await self._agent.ready(context.language, question.content)
        exchange.reply = self._agent.answer(
            Question(
                text=question.content,
                context=context,
                history=exchange.history,
                message_id=question.id,
                heard_in=exchange.heard_in,
                unsure=exchange.unsure,
                dialogue=_left(exchange),
            )
        )
        async for piece in exchange.reply.pieces:
            if not exchange.first_ms:
                exchange.first_ms = (clock() - exchange.started) * 1000
                exchange.on_delivery(await self.delivery(question.user_id))
            exchange.written += piece
            exchange.on_piece(piece)
            exchange.on_event(AnswerGrew(exchange.written))
        return exchange.reply

    async def _end(self, exchange: _QuestionUnderWay, outcome: Outcome, state: MessageState) -> Message | None:
        """End the turn in the store with what was written; a turn cut short before its first word has no answer."""
        if exchange.reply is None or (state is MessageState.PARTIAL and not exchange.written):
            return await self._conversations.end_turn(exchange.question, outcome)
        return await self._conversations.end_turn(
            exchange.question,
            outcome,
            exchange.written,
            state=state,
            source=exchange.reply.source,
            intent=exchange.reply.intent,
            latency_ms=exchange.first_ms,
            used=exchange.reply.used,
            model=exchange.reply.model,
            tokens_input=exchange.reply.tokens_input,
            tokens_output=exchange.reply.tokens_output,
            dialogue=exchange.reply.dialogue,
        )

    async def _count(self, user_id: str, text: str, reply: str, on_event: Callable[[TurnEvent], None]) -> None:
        try:
            await self._memory.update_context(user_id, text, reply)
        except ThingNotFound:
            log.info("a context is not updated: its user's words were erased meanwhile")
        except StoreTrouble as error:
            # Question and answer are durable: a counter that can't be read is no reason to take the answer back.
            log.warning("context not updated: %s", error.code)
            on_event(TurnFailed(error))

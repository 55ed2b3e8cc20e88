"""Answers by a language model that the user named, and the facts it finds in what was said."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sottovoce.agent.skills.confirm import proposal
from sottovoce.domain.contexts import Tone, Verbosity
from sottovoce.domain.errors import LanguageModelFailed, SottovoceError
from sottovoce.domain.words import words_of
from sottovoce.memory.outgoing import allowed_out

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
    from datetime import datetime

    from sottovoce.agent.questions import Question, Reply
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.learning import Learning
    from sottovoce.memory.outgoing import Outgoing
    from sottovoce.memory.system import MemorySystem

log = logging.getLogger(__name__)

MODEL = "model"
"""Intent of an answer by a language model."""
MOST_MEMORIES = 5
ANSWER_TOKENS = 400
"""About a minute of speech."""
FACTS_TOKENS = 120
EXTRACT_S = 15.0
"""Seconds the search for facts may take; the answer has been given by then."""
MOST_UNSAID = 1
"""Words a fact may have that were not said ("called", "named"): a model makes up the rest."""

_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
_JOINING = _FIRST_PERSON | {"am", "is", "are", "was", "were", "be", "a", "an", "the", "s", "of", "to", "in"}
_BULLET = re.compile(r"^\s*(?:[-*•]+|\d+[.)])\s*")
_FACTS = (
    "You read what a user said to a voice assistant and list the lasting facts about the user's own life in it:"
    " people, likes, dislikes, habits, places, dates. One short sentence a line, in the first person and in the user's"
    " own words, without bullets. Leave out questions, passing moods, and whatever was not said."
    " If there is nothing, write NONE."
)

_ITSELF = (
    "You are Sottovoce, a voice assistant. Your words are spoken aloud: answer in plain sentences without lists, links,"
    " code or formatting. Say so if you do not know."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation with a language model."""

    role: str
    """`system`, `user` or `assistant`."""
    text: str


class LanguageModel(Protocol):
    """A language model at an endpoint that the user named, or none."""

    @property
    def endpoint(self) -> str:
        """Its address; empty where none is named, and then nothing may be asked."""

    def complete(self, lines: Sequence[Line], *, purpose: str, most_tokens: int) -> AsyncGenerator[str]:
        """The model's next message, in pieces as they arrive; closing it ends the asking.

        Args:
            lines: The conversation so far.
            purpose: What it is asked for, as the list of what was sent names it.
            most_tokens: Where the message is cut off.

        Raises:
            LanguageModelTrouble: It can't be asked, or failed on the way.
            StoreTrouble: What would be sent could not be noted; nothing was.
        """


class ModelFacts:
    """`FactExtractor` that asks a language model, and believes of it only what was said."""

    def __init__(self, model: LanguageModel) -> None:
        """Ask `model`."""
        self._model = model

    async def facts(self, text: str) -> tuple[str, ...]:
        """Sentences in the first person; none where nobody speaks of themselves, or no model is named.

        Raises:
            SottovoceError: The model can't be asked.
        """
        if not self._model.endpoint or not _FIRST_PERSON.intersection(words_of(text)):
            return ()
        lines = (Line("system", _FACTS), Line("user", text))
        said = ""
        async with contextlib.aclosing(
            self._model.complete(lines, purpose="facts", most_tokens=FACTS_TOKENS)
        ) as pieces:
            async for piece in pieces:
                said += piece
        found = (_BULLET.sub("", line).strip().rstrip(".") for line in said.splitlines())
        return tuple(fact for fact in found if _was_said(fact, text))


def _was_said(fact: str, text: str) -> bool:
    """Whether a fact is of the user's, and made of what was said."""
    words = frozenset(words_of(fact))
    new = words - frozenset(words_of(text)) - _JOINING
    return bool(words & _FIRST_PERSON) and bool(words - _JOINING - new) and len(new) <= MOST_UNSAID


class ModelAnswers:
    """Answers what no skill understands, with what may leave for the model and nothing else."""

    def __init__(
        self, model: LanguageModel, memory: MemorySystem, learning: Learning, now: Callable[[], datetime]
    ) -> None:
        """Ask `model`.

        Args:
            model: Is asked.
            memory: Recalls what may help.
            learning: Proposes to remember what the model finds in the question.
            now: The present time with its zone.
        """
        self._model = model
        self._memory = memory
        self._learning = learning
        self._now = now

    @property
    def ready(self) -> bool:
        """Whether a model is named."""
        return bool(self._model.endpoint)

    async def answer(self, question: Question, reply: Reply) -> AsyncGenerator[str]:
        """The answer in pieces, then what might be remembered of the question; `reply` gets the memories it drew on.

        Raises:
            SottovoceError: The model, or the store, can't be asked.
        """
        user = question.context.user_id
        found = await self._memory.recall(user, question.text, MOST_MEMORIES)
        recalled = [one.memory for one in found if one.shares_words or one.alike]
        out = await allowed_out(self._memory, self._model.endpoint, question.context, question.history, recalled)
        reply.used = tuple(memory.id for memory in out.memories)
        lines = (Line("system", _task(out, self._now())), *_before(out), Line("user", question.text))
        async with contextlib.aclosing(
            self._model.complete(lines, purpose="answer", most_tokens=ANSWER_TOKENS)
        ) as pieces:
            said, last = False, ""
            async for piece in pieces:
                said, last = said or bool(piece.strip()), piece
                yield piece
        if not said:
            raise LanguageModelFailed("The language model answered with nothing.")
        proposed = await self._proposed(question)
        if proposed:
            yield f"{'' if last[-1:].isspace() else ' '}{proposal(proposed)}"

    async def _proposed(self, question: Question) -> tuple[str, ...]:
        """What is proposed to be remembered; trouble with that is no trouble with the answer."""
        user = question.context.user_id
        try:
            async with asyncio.timeout(EXTRACT_S):
                return await self._learning.propose(user, question.text, question.message_id)
        except (SottovoceError, TimeoutError) as error:
            log.warning("no facts were looked for: %s", getattr(error, "code", "time-out"))
            return ()


def _before(out: Outgoing) -> Iterable[Line]:
    return (Line(str(message.role), message.content) for message in out.history if message.content.strip())


def _task(out: Outgoing, now: datetime) -> str:
    """What the model is told of itself, the user and the moment."""
    told = [
        _ITSELF,
        _manner(out.context),
        f"It is {now:%A, %d %B %Y, %H:%M}. Answer in the language of the tag {out.context.language}.",
        *_of_user(out.context, out.memories),
    ]
    return "\n".join(filter(None, told))


def _manner(context: UserContext) -> str:
    length = {
        Verbosity.BRIEF: "Answer in one short sentence.",
        Verbosity.DETAILED: "Answer in up to six sentences.",
    }.get(context.personality.verbosity, "Answer in one to three sentences.")
    tone = {Tone.FORMAL: " Be formal.", Tone.WARM: " Be warm."}.get(context.personality.tone, "")
    return length + tone


def _of_user(context: UserContext, memories: Sequence[Memory]) -> Iterable[str]:
    if context.display_name:
        yield f"The user is called {context.display_name}."
    if memories:
        yield "The user has said before, of themselves:"
        yield from (f"- {memory.text}" for memory in memories)

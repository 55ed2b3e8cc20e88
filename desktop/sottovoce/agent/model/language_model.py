"""Answers by a language model that the user named, and the facts it finds in what was said."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sottovoce.agent.model.model_claims import NOT_IN_FILES, Checked
from sottovoce.agent.model.model_prompt import Blocks, conversation, instructions
from sottovoce.agent.model.model_text import Circles, ReplyFilter, thinks_first
from sottovoce.agent.model.sharing import SharedStreams
from sottovoce.agent.skills.confirm import proposal
from sottovoce.agent.skills.lookup import UNASKED
from sottovoce.agent.tools.saying import in_words
from sottovoce.domain.errors import LanguageModelFailed, SottovoceError
from sottovoce.domain.figures import MODEL_SHARED
from sottovoce.domain.said import said
from sottovoce.domain.turns import Source
from sottovoce.domain.words import words_of
from sottovoce.language import language
from sottovoce.memory.figures import Figures
from sottovoce.memory.outgoing import OF_FILES, allowed_out, is_of_kept

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question, Reply
    from sottovoce.language.languages import Language
    from sottovoce.memory.knowledge import FoundPassage
    from sottovoce.memory.learning import Learning
    from sottovoce.memory.outgoing import Outgoing
    from sottovoce.memory.system import MemorySystem

log = logging.getLogger(__name__)

MODEL = "model"
"""Intent of an answer by a language model."""
MODEL_WITH_FILES = f"{OF_FILES}model"
"""Intent of one that was given passages of the user's files, and may hold their words."""
MODEL_WITH_KEPT = "kept.model"
"""Intent of one that was given what is kept here, a note that was read, and may tell it again."""
MOST_MEMORIES = 5
MOST_PASSAGES = 3
ANSWER_TOKENS = 400
"""About a minute of speech."""
FACTS_TOKENS = 120
EXTRACT_S = 15.0
"""Seconds the search for facts may take; the answer has been given by then."""
MOST_UNSAID = 1
"""Words a fact may have that were not said ("called", "named"): a model makes up the rest."""

_BULLET = re.compile(r"^\s*(?:[-*•]+|\d+[.)])\s*")
_FACTS = (
    "You read what a user said to a voice assistant and list the lasting facts about the user's own life in it:"
    " people, likes, dislikes, habits, places, dates. One short sentence a line, in the first person and in the user's"
    " own words, without bullets. Leave out questions, passing moods, and whatever was not said."
    " If there is nothing, write NONE."
)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a conversation with a language model."""

    role: str
    """`system`, `user` or `assistant`."""
    text: str


@dataclass(slots=True)
class Completion:
    """What becomes known of a completion while it is read."""

    model: str = ""
    """Name of the model that gives it."""
    cut_off: str = ""
    """Why it is not whole ("length", "content_filter", "loop"); empty if it is."""
    tokens_input: int = 0
    """Tokens that were sent, as the server counts them, or reckoned from their length."""
    tokens_output: int = 0
    """Those that it said."""


class LanguageModel(Protocol):
    """A language model at an endpoint that the user named, or none."""

    @property
    def endpoint(self) -> str:
        """Its address; empty where none is named, and then nothing may be asked."""

    def complete(
        self, lines: Sequence[ChatMessage], *, purpose: str, most_tokens: int, about: Completion | None = None
    ) -> AsyncGenerator[str]:
        """The model's next message, in pieces as they arrive; closing it ends the asking.

        Args:
            lines: The conversation so far.
            purpose: What it is asked for, as the list of what was sent names it.
            most_tokens: Where the message is cut off.
            about: Is told what becomes known of the message.

        Raises:
            LanguageModelTrouble: It can't be asked, or failed on the way.
            StoreTrouble: What would be sent could not be noted; nothing was.
        """


class Files(Protocol):
    """Finds passages of the user's files."""

    async def __call__(self, query: str, /, *, tag: str) -> Sequence[FoundPassage]:
        """The best one first; `tag` names the language of `query`."""


class ModelFacts:
    """`FactExtractor` that asks a language model, and believes of it only what was said."""

    def __init__(self, model: LanguageModel) -> None:
        """Ask `model`."""
        self._model = model
        self._voice = ModelVoice(model)

    async def facts(self, text: str, *, tag: str) -> tuple[str, ...]:
        """Sentences in the first person; none where nobody tells of themselves, or no model is named.

        Raises:
            SottovoceError: The model can't be asked.
        """
        if not self._model.endpoint or not _tells(text, language(tag)):
            return ()
        lines = (ChatMessage("system", _FACTS), ChatMessage("user", text))
        said = ""
        async with contextlib.aclosing(self._voice.complete(lines, "facts", FACTS_TOKENS, Completion())) as pieces:
            async for piece in pieces:
                said += piece
        found = (_BULLET.sub("", line).strip().rstrip(".") for line in said.splitlines())
        return tuple(fact for fact in found if _was_said(fact, text, language(tag)))


def _tells(text: str, own: Language) -> bool:
    """Whether somebody tells of themselves in it, and does not only ask or order."""
    first, how = own.words.FIRST_PERSON, own.statements
    parts = [how.stated(part) for part in how.clauses(text)]
    return any(first & set(words_of(part)) and not how.asks(part) and not how.is_command(part) for part in parts)


def _was_said(fact: str, text: str, own: Language) -> bool:
    """Whether a fact is of the user's, made of what was said, and in the sense in which it was said."""
    words = frozenset(words_of(fact))
    first, joining = own.words.FIRST_PERSON, own.words.FIRST_PERSON | own.words.JOINING
    new = words - frozenset(words_of(text)) - joining
    made_of_it = bool(words & first) and bool(words - joining - new) and len(new) <= MOST_UNSAID
    return made_of_it and own.sense.keeps_sense(fact, text)


class ModelVoice:
    """A language model as it may be heard: without what it thinks, and ended where it goes in circles."""

    def __init__(self, model: LanguageModel) -> None:
        """Ask `model`."""
        self._model = model
        self._think_first: set[str] = set()

    async def complete(
        self, lines: Sequence[ChatMessage], purpose: str, most_tokens: int, about: Completion
    ) -> AsyncGenerator[str]:
        """As `LanguageModel.complete`."""
        text: ReplyFilter | None = None
        circles = Circles()
        completion = self._model.complete(lines, purpose=purpose, most_tokens=most_tokens, about=about)
        async with contextlib.aclosing(completion) as pieces:
            async for piece in pieces:
                text = text or ReplyFilter(thinks_first=about.model in self._think_first or thinks_first(about.model))
                said = text.feed(piece)
                if text.closed_unopened:
                    self._think_first.add(about.model)
                if sure := circles.until(said):
                    yield sure
                if circles.closed:
                    about.cut_off = "loop"
                    return
                if text.over:
                    break
        if text and (rest := text.end()):
            yield rest


class ModelAnswers:
    """Answers what no skill understands, with what may leave for the model and nothing else."""

    def __init__(
        self,
        model: LanguageModel,
        memory: MemorySystem,
        learning: Learning,
        now: Callable[[], datetime],
        *,
        files: Files | None = None,
        own_network: Callable[[], str] = lambda: "",
        figures: Figures | None = None,
    ) -> None:
        """Ask `model`.

        Args:
            model: Is asked.
            memory: Recalls what may help.
            learning: Proposes to remember what the model finds in the question.
            now: The present time with its zone.
            files: Finds passages of the user's files, the best one first.
            own_network: What the user counts to the own network (`reach_of`).
            figures: Count who shares another one's answer.
        """
        self._model = model
        self._voice = ModelVoice(model)
        self._memory = memory
        self._learning = learning
        self._now = now
        self._files = files
        self._own_network = own_network
        self._blocks = Blocks()
        self._streams = SharedStreams[Completion]((figures or Figures()).counter(MODEL_SHARED).add)

    @property
    def ready(self) -> bool:
        """Whether a model is named."""
        return bool(self._model.endpoint)

    async def answer(self, question: Question, reply: Reply) -> AsyncGenerator[str]:
        """The answer in pieces, then what might be remembered of the question.

        `reply` gets the memories it drew on, the model's name, its tokens, and whether it was cut off. Who asks the
        same at the same time gets the same answer: the model is asked once. What only the user's files can tell, it is
        asked only with passages of them.

        Raises:
            SottovoceError: The model, or the store, can't be asked.
        """
        out = await self._outgoing(question)
        asks_of_files = language(question.context.language).questions.asks_of_files
        if asks_of_files(question.text) and not out.passages:
            reply.source, reply.intent = Source.FALLBACK, UNASKED
            yield in_words(NOT_IN_FILES, question.context)
            return
        reply.used = tuple(memory.id for memory in out.memories)
        if out.passages:
            reply.intent = MODEL_WITH_FILES
        elif any(map(is_of_kept, out.history)):  # it may say what that holds
            reply.intent = MODEL_WITH_KEPT
        context = question.context
        told = instructions(out.context)
        lines = (
            ChatMessage("system", told),
            *(ChatMessage(role, text) for role, text in conversation(out, question.text, self._now())),
        )
        same = (context.user_id, self._model.endpoint, told, question.text, out.history, out.memories, out.passages)
        async with self._streams.joined(
            same, Completion(), lambda about: self._stream(lines, question, out, about)
        ) as stream:
            try:
                async with contextlib.aclosing(stream.pieces()) as pieces:
                    async for piece in pieces:
                        yield piece
            finally:
                about = stream.about
                reply.model, reply.partial = about.model, bool(about.cut_off)
                reply.tokens_input, reply.tokens_output = about.tokens_input, about.tokens_output

    async def _outgoing(self, question: Question) -> Outgoing:
        """What goes along with a question."""
        user = question.context.user_id
        found = await self._memory.recall(user, question.text, MOST_MEMORIES)
        recalled = [one.memory for one in found if one.shares_words or one.alike]
        in_files = await self._files(question.text, tag=question.context.language) if self._files else ()
        passages = [one.passage for one in in_files[:MOST_PASSAGES]]
        out = await allowed_out(
            self._memory,
            self._model.endpoint,
            question.context,
            question.history,
            recalled,
            passages,
            own_network=self._own_network(),
        )
        return dataclasses.replace(out, history=self._blocks.cut(out.history))

    async def _stream(
        self, lines: Sequence[ChatMessage], question: Question, out: Outgoing, about: Completion
    ) -> AsyncGenerator[str]:
        """What is said: the model's sentences, as far as they may be, and what is proposed."""
        checked, said = Checked(question.text, out.passages, question.context), ""
        completion = self._voice.complete(lines, "answer", ANSWER_TOKENS, about)
        try:
            async with contextlib.aclosing(completion) as pieces:
                async for piece in pieces:
                    if sure := checked.feed(piece):
                        said += sure
                        yield sure
                    if checked.over:
                        break
        except SottovoceError:
            if rest := checked.end():  # what came is kept
                yield rest
            raise
        if about.cut_off != "loop" and (rest := checked.end()):
            said += rest
            yield rest
        if not said.strip():
            raise LanguageModelFailed(_NOTHING_SAID.get(about.cut_off, _NOTHING))
        proposed = await self._proposed(question)
        if proposed:
            yield f" {in_words(proposal(proposed), question.context)}"

    async def _proposed(self, question: Question) -> tuple[str, ...]:
        """What is proposed to be remembered; trouble with that is no trouble with the answer."""
        user = question.context.user_id
        try:
            async with asyncio.timeout(EXTRACT_S):
                return await self._learning.propose(
                    user, question.text, question.message_id, tag=question.context.language
                )
        except (SottovoceError, TimeoutError) as error:
            log.warning("no facts were looked for: %s", getattr(error, "code", "time-out"))
            return ()


_NOTHING = said("error-language-model-failed-nothing")
_NOTHING_SAID = {
    "length": said("error-language-model-failed-thinking"),
    "content_filter": said("error-language-model-failed-held"),
    "loop": said("error-language-model-failed-circles"),
}

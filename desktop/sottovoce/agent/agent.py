"""From a question to an answer: what it asks for, else the user's own files, a language model, an honest word."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Protocol

from sottovoce.agent.dialogue.declining import DROPPED, Declining, proposal
from sottovoce.agent.dialogue.examples import SURELY
from sottovoce.agent.dialogue.running import Calls
from sottovoce.agent.dialogue.spoken_of import in_full, noted
from sottovoce.agent.dialogue.turn import Turn, is_free
from sottovoce.agent.dialogue.understanding import Interpretation, Request, understood
from sottovoce.agent.model.language_model import MODEL
from sottovoce.agent.skills.speak import asked_in_itself, wished_in
from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import NotMeant, Reply, SkillAnswer
from sottovoce.agent.tools.saying import in_words
from sottovoce.agent.tools.tools import Tools
from sottovoce.domain.dialogue import Asked, Dialogue
from sottovoce.domain.effects import Effect
from sottovoce.domain.moments import local_now
from sottovoce.domain.said import Said, said
from sottovoce.domain.speech_models import language_said
from sottovoce.domain.turns import Source
from sottovoce.language import ENGLISH, is_available, language
from sottovoce.memory.cache_rules import cache_key, cacheable, lasting_s, shaped_by
from sottovoce.memory.cache_values import How, Made
from sottovoce.memory.outgoing import most_private
from sottovoce.memory.system import memory_dependency

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Sequence
    from datetime import datetime

    from sottovoce.agent.dialogue.examples import Examples
    from sottovoce.agent.dialogue.running import Consents
    from sottovoce.agent.intents.intents import IntentRecognizer
    from sottovoce.agent.model.language_model import ModelAnswers
    from sottovoce.agent.tools.questions import LastResort, Question
    from sottovoce.agent.tools.tools import Skill
    from sottovoce.domain.dialogue import Pending
    from sottovoce.memory.cache import ResponseCache
    from sottovoce.memory.figures import Figures

FALLBACK = "fallback"
"""Intent of an answer that nothing else could give."""
SKILLS = "skills-1"
"""Stands in the cache's keys where a language model's name would: a new number voids what older skills answered."""


class Preparing(Protocol):
    """Makes the recognisers of languages, by their tags, beside the loop."""

    async def make(self, tag: str) -> None:
        """Have that of a language made."""

    async def complete(self, tag: str) -> None:
        """Have it made, and go on with what takes long and is else made when a sentence needs it."""


MOST_UNDERSTOOD_CHARS = 10_000
"""Of a sentence: ten minutes of speech have 9000. What is longer was pasted, and asks for nothing."""


class Agent:
    """Answers questions."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        recognizer: Callable[[str], IntentRecognizer],
        skills: Iterable[Skill],
        *,
        cache: ResponseCache | None = None,
        last_resort: LastResort | None = None,
        model: ModelAnswers | None = None,
        consents: Consents | None = None,
        examples: Examples | None = None,
        now: Callable[[], datetime] = local_now,
        preparing: Preparing | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Answer by `skills`.

        Args:
            recognizer: Gives what finds out what a sentence of a language asks for, by the language's tag.
            skills: What can be done.
            cache: Keeps the answers that stay true for a while.
            last_resort: Is asked what no skill understands.
            model: Is asked what even that can't answer, where one is named.
            consents: Keeps what a user allowed once and for all.
            examples: Tell what comes near to a sentence that nothing understood.
            now: The present time with its zone.
            preparing: Makes beside the loop what a sentence is understood by; without it, that is made when asked for.
            figures: Count what tools do.

        Raises:
            ValueError: Two tools have the same name.
        """
        self._recognizer = recognizer
        self._cache = cache
        self._last_resort = last_resort
        self._model = model
        self._now = now
        self._preparing = preparing
        skills = tuple(skills)
        self._tools = Tools(skills)
        self._calls = Calls(consents, figures)
        self._examples = examples
        self._declining = Declining([skill.offer for skill in skills if skill.offer is not None])
        self._unspoken: dict[str, str] = {}  # users' languages of which it was said that nobody speaks them here

    async def ready(self, tag: str, text: str = "") -> None:
        """Wait until a sentence of a language, or one that names another, can be understood without a pause."""
        if self._preparing is not None:
            for needed in (tag, *wished_in(text, tag)):
                await self._preparing.make(needed)

    async def warm(self, tag: str) -> None:
        """The same for all sentences of a language, by and by: for who is there for long."""
        if self._preparing is not None:
            await self._preparing.complete(tag)

    def answer(self, question: Question) -> Reply:
        """The answer to `question`; its text comes while the pieces are read."""
        tag = question.context.language
        now = question.now or local_to(question.context, self._now())
        question = in_full(question, language(tag)) if _is_sentence(question) else question
        turn = Turn(question, self._recognizer(tag), self._tools, language(tag), now)
        meant = None
        if _is_sentence(question):
            meant = self._known(understood(turn)) or self._known(_of_another_language(question, self._recognizer))

        async def pieces() -> AsyncIterator[str]:
            async with contextlib.aclosing(self._spoken(turn, meant, reply)) as answered:
                async for piece in answered:
                    yield piece
            reply.dialogue = noted(reply.dialogue, turn.question.text, turn.spoken)

        reply = Reply(source=Source.SKILL, intent=_name_of(meant), pieces=pieces())
        if meant is None:
            reply.source = Source.FALLBACK
        waiting = question.dialogue.pending  # nothing was done in between: what was asked back is still to be answered
        still = waiting if meant is None and waiting is not None and _may_wait(waiting) else None
        reply.dialogue = Dialogue(pending=still).after(question.dialogue)
        return reply

    async def _spoken(self, turn: Turn, meant: Interpretation | None, reply: Reply) -> AsyncGenerator[str]:
        instead: SkillAnswer | None = None
        for one in (meant, *meant.otherwise) if meant is not None else ():
            reply.source, reply.intent = Source.SKILL, _name_of(one)
            try:
                yield self._noted(turn.question) + await self._answered(turn, one, reply)
            except NotMeant as refused:
                instead = refused.instead
                reply.source = Source.FALLBACK
            else:
                return
        async with contextlib.aclosing(self._unasked(turn, reply, instead)) as unasked:
            async for piece in unasked:
                yield piece

    def _known(self, meant: Interpretation | None) -> Interpretation | None:
        """What was meant, if there are tools for it: a language may have words for more than can be done here."""
        wanted = meant.requests if meant else ()
        return meant if all(self._tools.get(request.asked.tool) for request in wanted) else None

    async def _answered(self, turn: Turn, meant: Interpretation, reply: Reply) -> str:
        before = turn.question.dialogue
        if meant.settled is not None:
            answer = self._declining.settled(turn, meant.settled)
            reply.dialogue = _left(answer).after(before)
        elif meant.guess is not None:
            answer = self._declining.guessed(meant.guess)
            reply.dialogue = _left(answer).after(before)
        elif (ttl_s := self._kept_for(turn, meant)) is not None:
            return await self._kept(ttl_s, turn, meant.requests[0], reply)
        else:
            answer = await self._done(turn, meant.requests, reply)
        return _in_words(answer, turn.question)

    async def _done(self, turn: Turn, requests: Sequence[Request], reply: Reply) -> SkillAnswer:
        """The answers to all requests as one; a question back stands at the end, and what it keeps waiting is said."""
        left, answers = turn.question.dialogue, list[SkillAnswer]()
        waiting: SkillAnswer | None = None
        undone: list[str] = []
        unknown: list[str] = []
        for request in requests:
            try:
                prepared = await self._calls.prepared(turn, request, left)
            except NotMeant:
                if len(requests) == 1:
                    raise
                unknown.append(request.text)  # what was done before it must be told all the same
                continue
            asks = prepared.asks is not None and prepared.asks.pending is not None
            if asks and waiting is not None:  # one question at a time
                undone.append(request.text)
                continue
            answer = prepared.asks or await self._calls.done(turn, request, prepared)
            left = _left(answer).after(left)
            if answer.pending is None:
                answers.append(answer)
            else:
                waiting = answer
        if unknown:
            answers.append(SkillAnswer(said=said("dialogue-unknown", rest=tuple(unknown))))
        if undone:
            answers.append(SkillAnswer(said=said("dialogue-undone", rest=tuple(undone))))
        joined = _joined([*answers, *([waiting] if waiting else [])])
        reply.used, reply.private = joined.used, joined.private
        still = self._still_asked(turn, requests)
        reply.dialogue = dataclasses.replace(left, pending=waiting.pending if waiting else still)
        return joined

    def _still_asked(self, turn: Turn, requests: Sequence[Request]) -> Pending | None:
        """The question back that something asked in between leaves open, once: "when?", "what time is it"."""
        pending = turn.question.dialogue.pending
        if pending is None or not _may_wait(pending):
            return None
        asks = all(self._tools[request.asked.tool].effect is Effect.READ for request in requests)
        return dataclasses.replace(pending, repeated=True) if asks else None

    def _kept_for(self, turn: Turn, meant: Interpretation) -> float | None:
        """Seconds for which the answer to a sentence stays true; None where it is not to be kept."""
        if self._cache is None or len(meant.requests) != 1 or not meant.requests[0].plain:
            return None
        tool = self._tools[meant.requests[0].asked.tool]
        return lasting_s(tool.name) if cacheable(tool.name, question=turn.question.text) else None

    async def _kept(self, ttl_s: float, turn: Turn, request: Request, reply: Reply) -> str:
        """The answer out of the cache, or made now and kept."""
        question = turn.question
        asked = SkillAnswer(said="", asked=request.asked)

        async def generate() -> Made:
            nonlocal asked
            asked = made = await self._calls.run(turn, request, question.dialogue)
            needs = (*made.depends_on, *map(memory_dependency, made.used))
            keep = not made.private and made.pending is None
            return Made(value=_in_words(made, question), keep=keep, depends_on=needs)

        user, cache = question.context.user_id, self._cache
        assert cache is not None  # noqa: S101 - else nothing is kept
        served = await cache.answer(
            cache_key(user, shaped_by(question.context), SKILLS, question.text),
            generate,
            ttl_s=ttl_s,
            kind=reply.intent,
            user_id=user,
            source_message=question.message_id,
        )
        of_memory = memory_dependency("")
        reply.used = tuple(one.removeprefix(of_memory) for one in served.depends_on if one.startswith(of_memory))
        left = _left(asked).after(question.dialogue)
        reply.dialogue = dataclasses.replace(left, pending=asked.pending or self._still_asked(turn, (request,)))
        text = str(served.value)  # as `generate` made it
        if served.how is How.GENERATED:
            return text
        reply.source, reply.age_s = Source.CACHE, served.age_s
        if served.trouble is None:
            return text
        return in_words(said("answer-stale", age_s=served.age_s, answer=text), question.context)

    async def _unasked(self, turn: Turn, reply: Reply, instead: SkillAnswer | None) -> AsyncGenerator[str]:
        question, understood_as = turn.question, reply.intent
        reply.intent = FALLBACK
        last = self._last_resort if _is_sentence(question) else None
        found = await last.answer_unasked(question) if last else None
        if found is not None:
            reply.intent, answer = found
            reply.source, reply.used = Source.SKILL, answer.used
            yield _in_words(answer, question)
        elif instead is not None:
            reply.source, reply.intent, reply.private = Source.SKILL, understood_as, instead.private
            reply.dialogue = _left(instead).after(question.dialogue)
            yield _in_words(instead, question)
        elif self._model is not None and self._model.ready:
            reply.source, reply.intent = Source.MODEL, MODEL
            async with contextlib.aclosing(self._model.answer(question, reply)) as stream:
                async for piece in stream:
                    yield piece
        else:
            yield self._noted(question) + await self._proposed(turn, reply)

    async def _proposed(self, turn: Turn, reply: Reply) -> str:
        """Whether something was meant that comes near; else an honest word, and what could be said."""
        spoken = turn.spoken.tag == ENGLISH and _is_sentence(turn.question)  # the language of the examples' meaning
        near = await self._examples.near(turn) if self._examples is not None and spoken else ()
        if near and near[0].likeness >= SURELY:
            answer = proposal(near[0].sentence, near[0].asked)
            reply.dialogue = _left(answer).after(turn.question.dialogue)
            reply.intent = most_private([near[0].asked.tool, FALLBACK])
            return _in_words(answer, turn.question)
        offers = [said("answer-as-it-is", text=f"{one.sentence.capitalize()}.") for one in near]
        return in_words(self._declining.declined(turn.question, offers), turn.question.context)

    def _noted(self, question: Question) -> str:
        """That a user's language is not spoken, said once before an answer."""
        user, tag = question.context.user_id, question.context.language
        if is_available(tag) or self._unspoken.get(user) == tag:
            return ""
        self._unspoken[user] = tag
        return f"{in_words(said('language-unknown', language=language_said(tag)), question.context)} "


def _is_sentence(question: Question) -> bool:
    """Whether it is looked for what is meant; in a book of words that would hold everything else up."""
    return len(question.text) <= MOST_UNDERSTOOD_CHARS


def _of_another_language(question: Question, recognizer: Callable[[str], IntentRecognizer]) -> Interpretation | None:
    intent = asked_in_itself(question, recognizer)
    return Interpretation(requests=(Request(asked=Asked(intent.name), text=question.text),)) if intent else None


def _name_of(meant: Interpretation | None) -> str:
    """The intent of an answer; of several requests that which keeps most of it here."""
    if meant is None:
        return FALLBACK
    if meant.settled is not None:
        return DROPPED if meant.settled.dropped else meant.settled.asked.tool
    return meant.guess.name if meant.guess else most_private([request.asked.tool for request in meant.requests])


def _may_wait(pending: Pending) -> bool:
    """Whether only a value of its kind answers a question back, and it was not asked again or passed over already."""
    return bool(pending.slot) and not pending.repeated and not is_free(pending.slot)


def _left(answer: SkillAnswer) -> Dialogue:
    return Dialogue(pending=answer.pending, last=answer.asked, entities=answer.entities)


def _joined(answers: Sequence[SkillAnswer]) -> SkillAnswer:
    """Several answers, one after the other."""
    if len(answers) == 1:
        return answers[0]
    parts: list[Said] = []
    for answer in answers:
        parts += _sayings(answer.said)
    return SkillAnswer(
        said=tuple(parts),
        used=tuple(dict.fromkeys(one for answer in answers for one in answer.used)),
        private=any(answer.private for answer in answers),
        language=next((answer.language for answer in answers if answer.language), ""),
    )


def _sayings(told: Said | str | tuple[Said, ...]) -> tuple[Said, ...]:
    if isinstance(told, str):
        return (said("answer-as-it-is", text=told),)
    return told if isinstance(told, tuple) else (told,)


def _in_words(answer: SkillAnswer, question: Question) -> str:
    context = question.context
    return in_words(answer.said, context.copy_with(language=answer.language) if answer.language else context)

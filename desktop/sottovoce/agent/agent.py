"""From a question to an answer: the cache, a skill, the user's own files, a language model, else an honest word."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sottovoce.agent.language_model import MODEL
from sottovoce.agent.questions import NotMeant, Reply, SkillAnswer
from sottovoce.agent.saying import in_words
from sottovoce.agent.skills.clock import local_to
from sottovoce.agent.skills.correct import corrects
from sottovoce.agent.skills.remember import told_when_asked
from sottovoce.agent.skills.speak import asked_in_itself
from sottovoce.agent.skills.tell import told_plainly
from sottovoce.agent.tools import ToolCall, Tools
from sottovoce.domain.dialogue import Asked, Dialogue, Pending
from sottovoce.domain.moments import local_now
from sottovoce.domain.said import Said, said
from sottovoce.domain.speech_models import in_another_script, language_said
from sottovoce.domain.turns import Source
from sottovoce.language import is_available, language
from sottovoce.memory.cache_rules import cache_key, cacheable, lasting_s, shaped_by
from sottovoce.memory.cache_values import How, Made
from sottovoce.memory.system import memory_dependency

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
    from datetime import datetime

    from sottovoce.agent.intents import Intent, IntentRecognizer
    from sottovoce.agent.language_model import ModelAnswers
    from sottovoce.agent.questions import LastResort, Question
    from sottovoce.agent.tools import Skill, Tool
    from sottovoce.memory.cache import ResponseCache

    Answering = Callable[[], Awaitable[SkillAnswer | Said | str]]

FALLBACK = "fallback"
"""Intent of an answer that nothing else could give."""
SKILLS = "skills-1"
"""Stands in the cache's keys where a language model's name would: a new number voids what older skills answered."""


class Agent:
    """Answers questions."""

    def __init__(
        self,
        recognizer: Callable[[str], IntentRecognizer],
        skills: Iterable[Skill],
        *,
        cache: ResponseCache | None = None,
        last_resort: LastResort | None = None,
        model: ModelAnswers | None = None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        """Answer by `skills`.

        Args:
            recognizer: Gives what finds out what a sentence of a language asks for, by the language's tag.
            skills: What can be done.
            cache: Keeps the answers that stay true for a while.
            last_resort: Is asked what no skill understands.
            model: Is asked what even that can't answer, where one is named.
            now: The present time with its zone.

        Raises:
            ValueError: Two tools have the same name.
        """
        self._recognizer = recognizer
        self._cache = cache
        self._last_resort = last_resort
        self._model = model
        self._now = now
        skills = tuple(skills)
        self._tools = Tools(skills)
        self._offers = [skill.offer for skill in skills if skill.offer is not None]
        self._unspoken: dict[str, str] = {}  # users' languages of which it was said that nobody speaks them here

    def answer(self, question: Question) -> Reply:
        """The answer to `question`; its text comes while the pieces are read."""
        tag = question.context.language
        understood = self._recognizer(tag).intent(question.text) or told_plainly(question.text, tag)
        intent = corrects(question, told_when_asked(question, understood)) or asked_in_itself(
            question, self._recognizer
        )
        tool = self._tools.get(intent.name) if intent else None

        async def pieces() -> AsyncIterator[str]:
            if intent is not None and tool is not None:
                try:
                    yield self._noted(question) + await self._asked(question, intent, tool, reply)
                except NotMeant:
                    reply.source, reply.intent = Source.FALLBACK, FALLBACK
                else:
                    return
            async with contextlib.aclosing(self._unasked(question, reply)) as unasked:
                async for piece in unasked:
                    yield piece

        if intent is None or tool is None:
            reply = Reply(source=Source.FALLBACK, intent=FALLBACK, pieces=pieces())
        else:
            reply = Reply(source=Source.SKILL, intent=intent.name, pieces=pieces())
        return reply

    async def _asked(self, question: Question, intent: Intent, tool: Tool, reply: Reply) -> str:
        if self._cache is None or not cacheable(intent.name, question=question.text):
            answer = _whole(await self._run(question, intent, tool))
            reply.used, reply.private = answer.used, answer.private
            asked = Asked(intent.name, intent.slots)
            reply.dialogue = Dialogue(pending=answer.pending, last=asked, entities=answer.entities)
            return _in_words(answer, question)
        return await self._kept(self._cache, question, reply, lambda: self._run(question, intent, tool))

    async def _run(self, question: Question, intent: Intent, tool: Tool) -> SkillAnswer | Said | str:
        """Call the tool; where it lacks something, ask for that."""
        call = self._tools.call(intent, language(question.context.language).values, self._here(question))
        if isinstance(call, ToolCall):
            if tool.check is not None:
                await tool.check(question, call)
            return await tool.run(question, call)
        asked = Asked(intent.name, intent.slots)
        return SkillAnswer(said=call.ask or said("answer-what-exactly"), pending=Pending(asked=asked, slot=call.name))

    def _here(self, question: Question) -> datetime:
        return question.now or local_to(question.context, self._now())

    async def _kept(self, cache: ResponseCache, question: Question, reply: Reply, answer: Answering) -> str:
        """The answer out of the cache, or made now and kept."""

        async def generate() -> Made:
            made = _whole(await answer())
            needs = (*made.depends_on, *map(memory_dependency, made.used))
            return Made(value=_in_words(made, question), keep=not made.private, depends_on=needs)

        user = question.context.user_id
        served = await cache.answer(
            cache_key(user, shaped_by(question.context), SKILLS, question.text),
            generate,
            ttl_s=lasting_s(reply.intent),
            kind=reply.intent,
            user_id=user,
            source_message=question.message_id,
        )
        of_memory = memory_dependency("")
        reply.used = tuple(one.removeprefix(of_memory) for one in served.depends_on if one.startswith(of_memory))
        text = str(served.value)  # as `generate` made it
        if served.how is How.GENERATED:
            return text
        reply.source, reply.age_s = Source.CACHE, served.age_s
        if served.trouble is None:
            return text
        return in_words(said("answer-stale", age_s=served.age_s, answer=text), question.context)

    async def _unasked(self, question: Question, reply: Reply) -> AsyncGenerator[str]:
        found = await self._last_resort.answer_unasked(question) if self._last_resort else None
        if found is not None:
            reply.intent, answer = found
            reply.source, reply.used = Source.SKILL, answer.used
            yield _in_words(answer, question)
        elif self._model is not None and self._model.ready:
            reply.source, reply.intent = Source.MODEL, MODEL
            async with contextlib.aclosing(self._model.answer(question, reply)) as stream:
                async for piece in stream:
                    yield piece
        else:
            yield self._noted(question) + in_words(self._fallback(question), question.context)

    def _noted(self, question: Question) -> str:
        """That a user's language is not spoken, said once before an answer."""
        user, tag = question.context.user_id, question.context.language
        if is_available(tag) or self._unspoken.get(user) == tag:
            return ""
        self._unspoken[user] = tag
        return f"{in_words(said('language-unknown', language=language_said(tag)), question.context)} "

    def _fallback(self, question: Question) -> Said:
        heard, spoken = question.heard_in, language(question.context.language).tag
        if heard and is_available(heard) and language(heard).tag != spoken:
            wish = language(heard).text("language-wish")
            return said("language-other", language=language_said(heard), wish=wish)
        if heard and not is_available(heard):
            return said("answer-heard-in", language=language_said(heard))
        if in_another_script(question.text):
            return said("answer-other-script")
        return said("answer-unknown", offers=tuple(self._offers)) if self._offers else said("answer-unknown-bare")


def _whole(answer: SkillAnswer | Said | str) -> SkillAnswer:
    return answer if isinstance(answer, SkillAnswer) else SkillAnswer(said=answer)


def _in_words(answer: SkillAnswer, question: Question) -> str:
    context = question.context
    return in_words(answer.said, context.copy_with(language=answer.language) if answer.language else context)

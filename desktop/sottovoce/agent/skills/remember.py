"""Remembering what the user asks to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.saying import in_any_language
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.domain.words import words_and_emoji
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.language import Language
    from sottovoce.memory.system import MemorySystem, Saved

WHAT = said("memory-what")
"""Asked where the fact is missing; what is said next is the fact."""
_FEWEST_WORDS = 2
"""Of what was told, those that mean something."""


class Remember:
    """Keeps a fact in the user's own words."""

    offer = said("memory-offer")

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Keep it in `memory`; a day that is named from today on is one from `now` on."""
        self._memory = memory
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "memory.remember", effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """Say what is remembered; it is durable then.

        Raises:
            NotMeant: Nothing is to be remembered.
            StoreTrouble: It could not be stored.
        """
        own = language(question.context.language)
        fact = own.statements.stated(told_in(own, intent))
        words = words_and_emoji(own.words.without_smiles(fact))
        if set(words) <= own.words.EMPTY_WORDS | {"something"}:  # the end was cut off, or it is what was said before
            fact = _said_before(own, question) if words and set(words) <= own.words.POINTING else ""
            if not fact:
                return WHAT
        if own.statements.is_nothing(fact):
            raise NotMeant
        if own.statements.is_question(fact):
            return said("memory-question")
        if own.statements.is_to_do(fact) or own.statements.is_command(fact):
            return _reminder(fact)
        return await remembered(self._memory, question, fact, self._now())


def _said_before(own: Language, question: Question) -> str:
    """What was told in the sentence before: "remember that"; empty where that told nothing."""
    before = last_of(Role.USER, question)
    text = own.statements.stated(before.content) if before is not None else ""
    if (
        len(own.words.key_words(text)) < _FEWEST_WORDS
        or own.statements.asks(text)
        or own.statements.is_question(text)
        or own.statements.is_command(text)
    ):
        return ""
    return text if own.holders.holder_of(text).own else ""


def _reminder(fact: str) -> SkillAnswer:
    """Something to be done is a reminder: when it is wanted is asked."""
    return SkillAnswer(
        said=said("memory-reminder"), pending=Pending(asked=Asked("reminder.set", {"what": fact}), slot="when")
    )


def told_in(own: Language, intent: Intent) -> str:
    """The fact that a sentence names: as it is, or in a subordinate clause."""
    return intent.slots.get("fact") or own.grammar.main_clause(intent.slots.get("clause", ""))


def told_when_asked(question: Question, intent: Intent | None) -> Intent | None:
    """What is understood in the light of what was said before: after "What should I remember?" comes a fact."""
    last = last_of(Role.ASSISTANT, question)
    if (
        last is None
        or not last.content.endswith(in_any_language(WHAT))
        or (intent is not None and intent.name != "memory.tell")
    ):
        return intent
    statements = language(question.context.language).statements
    fits = not statements.asks(question.text) and not statements.is_command(statements.stated(question.text))
    return Intent("memory.remember", {"fact": question.text}) if fits else intent


async def remembered(memory: MemorySystem, question: Question, fact: str, now: datetime) -> SkillAnswer:
    """Remember what the user who asks has told, each fact for itself, and say so.

    Raises:
        StoreTrouble: It could not be stored.
    """
    context = question.context
    own = language(context.language)
    statements = own.statements
    parts = [statements.stated(part) for part in statements.clauses(fact)]
    others = [part for part in parts if statements.is_command(part) or statements.is_question(part)]
    rest = others if len(parts) > 1 else []
    facts = [own.days.resolved(part, local_to(context, now)) for part in parts if part not in rest]
    saved = [await memory.save_memory(context.user_id, told, source_message=question.message_id) for told in facts]
    return SkillAnswer(said=tuple(_answer(saved, rest)), used=tuple(one.memory.id for one in saved))


def _answer(saved: Sequence[Saved], rest: Sequence[str]) -> Iterator[Said]:
    fresh = tuple(one.memory.text for one in saved if one.new)
    if fresh:
        yield said("memory-kept", facts=fresh)
    else:
        yield said("memory-known", facts=tuple(one.memory.text for one in saved))
    if former := tuple(memory.text for one in saved for memory in one.superseded):
        yield said("memory-instead", facts=former)  # however brief the answer, as it may have been misheard
    if rest:
        yield said("memory-undone", rest=(*rest[:-1], rest[-1].rstrip("?")))

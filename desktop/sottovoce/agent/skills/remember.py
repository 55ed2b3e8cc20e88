"""Remembering what the user asks to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.intents import Intent
from sottovoce.agent.manner import in_manner, in_tone, named
from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.skills.clock import local_to
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.wording import enumeration, second_person
from sottovoce.domain.conversations import Role
from sottovoce.domain.words import words_and_emoji
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.questions import Question
    from sottovoce.memory.system import MemorySystem, Saved

WHAT = "What should I remember?"
"""Asked where the fact is missing; what is said next is the fact."""
NO_QUESTION = "That is a question, so I have not kept it. You can ask it, or tell me what is so."
NO_REMINDER = "I can't remind you of anything yet, so I have not kept that."


class Remember:
    """Keeps a fact in the user's own words."""

    intents = ("memory.remember",)
    offer = "Remember that I like Python."

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Keep it in `memory`; a day that is named from today on is one from `now` on."""
        self._memory = memory
        self._now = now

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | str:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        own = language(question.context.language)
        fact = own.statements.stated(intent.slots.get("fact", ""))
        words = words_and_emoji(own.words.without_smiles(fact))
        if set(words) <= own.words.EMPTY_WORDS | {"something"}:  # the end was cut off: "remember that"
            return WHAT
        if own.statements.is_question(fact):
            return NO_QUESTION
        if own.statements.is_to_do(fact) or own.statements.is_command(fact):
            return NO_REMINDER
        return await remembered(self._memory, question, fact, self._now())


def told_when_asked(question: Question, intent: Intent | None) -> Intent | None:
    """What is understood in the light of what was said before: after "What should I remember?" comes a fact."""
    last = last_of(Role.ASSISTANT, question)
    if last is None or last.content != WHAT or (intent is not None and intent.name != "memory.tell"):
        return intent
    said = language(question.context.language).statements
    fits = not said.asks(question.text) and not said.is_command(said.stated(question.text))
    return Intent("memory.remember", {"fact": question.text}) if fits else intent


async def remembered(memory: MemorySystem, question: Question, fact: str, now: datetime) -> SkillAnswer:
    """Remember what the user who asks has told, each fact for itself, and say so.

    Raises:
        StoreTrouble: It could not be stored.
    """
    context = question.context
    own = language(context.language)
    said = own.statements
    parts = [said.stated(part) for part in said.clauses(fact)]
    rest = [part for part in parts if said.is_command(part) or said.is_question(part)] if len(parts) > 1 else []
    facts = [own.days.resolved(part, local_to(context, now)) for part in parts if part not in rest]
    saved = [await memory.save_memory(context.user_id, told, source_message=question.message_id) for told in facts]
    fresh = [one for one in saved if one.new]
    told = enumeration([_that(one.memory.text) for one in fresh or saved])
    if not fresh:
        text = f"I remember already {told}."
    else:
        text = in_tone(
            context,
            neutral=f"I will remember {told}.",
            formal=f"I shall remember {told}.",
            warm=f"Got it{named(context)}, I will remember {told}.",
        )
        text = in_manner(context, brief="Noted.", normal=text)
    undone = f" I have not done the rest: {enumeration(rest).rstrip('?')}. Say it by itself." if rest else ""
    return SkillAnswer(text=f"{text}{_instead_of(saved)}{undone}", used=tuple(one.memory.id for one in saved))


def _instead_of(saved: Sequence[Saved]) -> str:
    """What does not hold any more; told however brief the answer, as it may have been misheard."""
    former = [_that(memory.text) for one in saved for memory in one.superseded]
    return f" Before, you told me {enumeration(former)}." if former else ""


def _that(text: str) -> str:
    return f"that {second_person(text).rstrip('.')}"

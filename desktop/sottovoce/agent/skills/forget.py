"""Forgetting what was remembered, because the user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.manner import in_manner
from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.wording import enumeration, second_person
from sottovoce.domain.conversations import Role
from sottovoce.domain.words import words_and_emoji, words_of
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.system import MemorySystem


MOST_NAMED = 20
"""Memories of somebody that are forgotten together."""
SHALL_I = "Shall I forget that?"
"""Ends an answer that names what a "yes" forgets."""


class Forget:
    """Forgets one thing and all that was made from it; never more than was meant."""

    intents = ("memory.forget", "memory.forget_that", "memory.forget_all")
    offer = ""

    def __init__(self, memory: MemorySystem) -> None:
        """Forget from `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say what is forgotten; it is gone then.

        Raises:
            StoreTrouble: It is not forgotten.
        """
        match intent.name:
            case "memory.forget_all":
                text = "That is too much to do by voice. Run sottovoce erase; it asks which data you mean."
            case "memory.forget_that":
                text = await self._that(question)
            case _:
                said = language(question.context.language).statements
                wanted = said.stated(intent.slots["fact"]).removeprefix("about ")
                theirs = await self._told_of(question, wanted)
                if theirs:
                    told = enumeration([f"that {second_person(memory.text).rstrip('.')}" for memory in theirs])
                    used = tuple(memory.id for memory in theirs)
                    return SkillAnswer(text=f"You told me {told}. {SHALL_I}", used=used, private=True)
                text = await self._named(question, wanted)
        return SkillAnswer(text=text, private=True)  # its own words name what is to be forgotten

    async def _told_of(self, question: Question, wanted: str) -> tuple[Memory, ...]:
        """All that was told of somebody who is named without a word of what: "forget my sister"."""
        own = language(question.context.language)
        someone = own.holders.holder_of(wanted)
        named = 1 + sum(map(len, someone.path))
        if not someone.path or not own.facts.is_bare(wanted) or len(words_of(wanted)) > named:
            return ()
        found = await self._memory.recall(question.context.user_id, wanted, MOST_NAMED)
        theirs = (one.memory for one in found if one.shares_words)
        return tuple(memory for memory in theirs if own.holders.holder_of(memory.text).answers(someone))

    async def _that(self, question: Question) -> str:
        """What the user has just told, else the one thing the last answer came from."""
        said, answered = last_of(Role.USER, question), last_of(Role.ASSISTANT, question)
        user = question.context.user_id
        found = await self._memory.memories_of_message(said.id, user_id=user) if said else ()
        if not found and answered:
            found = await self._memory.memories_used(answered.id, user_id=user)
            if len(found) > 1:
                return f"Which of it? {_examples(found)}"
        if not found:
            return "There is nothing in what we just said that I remember."
        return await self._forgotten(question, found)

    async def _named(self, question: Question, fact: str) -> str:
        user = question.context.user_id
        wanted = fact
        found = await self._memory.memories_about(user, wanted)
        words = words_and_emoji(wanted)  # who speaks can't say the smile that was typed
        meant = [memory for memory in found if words in (words_and_emoji(memory.text), words_of(memory.text))]
        if meant or (found and language(question.context.language).facts.is_bare(wanted)):
            return await self._forgotten(question, meant or found)
        if found:  # about the same, and not what was said: "i like tea" for "i hate tea"
            return f"I don't remember just that. {_examples(found)}"
        near = [one for one in await self._memory.recall(user, wanted, 3) if one.shares_words or one.alike]
        if not near:
            return f"I don't remember anything about {second_person(wanted)}."
        return f"I don't remember just that. {_examples([one.memory for one in near])}"

    async def _forgotten(self, question: Question, memories: Sequence[Memory]) -> str:
        return await forgotten(self._memory, question, memories)


async def forgotten(memory: MemorySystem, question: Question, memories: Sequence[Memory]) -> str:
    """Forget these, and say so.

    Raises:
        StoreTrouble: Not all are forgotten.
    """
    for one in memories:
        await memory.forget_memory(one)
    told = enumeration([f"that {second_person(one.text).rstrip('.')}" for one in memories])
    return in_manner(
        question.context,
        brief="Forgotten.",
        normal=f"I have forgotten {told}. Your words are still in the history.",
        detailed=f"I have forgotten {told}, and the answers I had kept from it. "
        "Your words are still in the history; sottovoce erase takes a conversation out of it.",
    )


def _examples(memories: Sequence[Memory]) -> str:
    sayings = [f"forget that {memory.text.rstrip('.')}." for memory in memories]
    return f"You can say: {' Or: '.join(sayings)}"

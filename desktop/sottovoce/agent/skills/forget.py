"""Forgetting what was remembered, because the user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.remember import told_in
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.domain.words import words_and_emoji, words_of
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.system import MemorySystem


MOST_NAMED = 20
"""Memories of somebody that are forgotten together."""
SHALL_I = said("memory-forget")
NAMED = "named"
"""The slot of somebody of whom the last answer named what a "yes" forgets."""


class Forget:
    """Forgets one thing and all that was made from it; never more than was meant."""

    offer = None

    def __init__(self, memory: MemorySystem) -> None:
        """Forget from `memory`."""
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "memory.forget", "memory.forget_that", "memory.forget_all", effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say what is forgotten; it is gone then.

        Raises:
            StoreTrouble: It is not forgotten.
        """
        match intent.name:
            case "memory.forget_all":
                answer = said("memory-erase")
            case "memory.forget_that":
                answer = await self._that(question)
            case _ if NAMED in intent.slots:
                answer = await self._those(question)
            case _:
                own = language(question.context.language)
                wanted = own.statements.stated(told_in(own, intent)).removeprefix("about ")
                theirs = await self._told_of(question, wanted)
                if theirs:
                    named = said("memory-to-forget", facts=tuple(memory.text for memory in theirs))
                    used = tuple(memory.id for memory in theirs)
                    pending = Pending(asked=Asked(intent.name, {NAMED: wanted}))
                    return SkillAnswer(said=(named, SHALL_I), used=used, private=True, pending=pending)
                answer = await self._named(question, wanted)
        return SkillAnswer(said=answer, private=True)  # its own words name what is to be forgotten

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

    async def _those(self, question: Question) -> Said:
        """What the last answer named, and the user agreed to."""
        asked = last_of(Role.ASSISTANT, question)
        found = await self._memory.memories_used(asked.id, user_id=question.context.user_id) if asked else ()
        return await forgotten(self._memory, found) if found else said("memory-nothing-said")

    async def _that(self, question: Question) -> Said:
        """What the user has just told, else the one thing the last answer came from."""
        told, answered = last_of(Role.USER, question), last_of(Role.ASSISTANT, question)
        user = question.context.user_id
        found = await self._memory.memories_of_message(told.id, user_id=user) if told else ()
        if not found and answered:
            found = await self._memory.memories_used(answered.id, user_id=user)
            if len(found) > 1:
                return said("memory-which", sayings=_examples(found))
        if not found:
            return said("memory-nothing-said")
        return await forgotten(self._memory, found)

    async def _named(self, question: Question, fact: str) -> Said:
        user = question.context.user_id
        wanted = fact
        found = await self._memory.memories_about(user, wanted)
        words = words_and_emoji(wanted)  # who speaks can't say the smile that was typed
        meant = [memory for memory in found if words in (words_and_emoji(memory.text), words_of(memory.text))]
        if meant or (found and language(question.context.language).facts.is_bare(wanted)):
            return await forgotten(self._memory, meant or found)
        if found:  # about the same, and not what was said: "i like tea" for "i hate tea"
            return said("memory-not-that", sayings=_examples(found))
        near = [one for one in await self._memory.recall(user, wanted, 3) if one.shares_words or one.alike]
        if not near:
            return said("memory-nothing-of", topic=wanted)
        return said("memory-not-that", sayings=_examples([one.memory for one in near]))


async def forgotten(memory: MemorySystem, memories: Sequence[Memory]) -> Said:
    """Forget these, and say so.

    Raises:
        StoreTrouble: Not all are forgotten.
    """
    for one in memories:
        await memory.forget_memory(one)
    return said("memory-forgotten", facts=tuple(one.text for one in memories))


def _examples(memories: Sequence[Memory]) -> tuple[Said, ...]:
    return tuple(said("memory-saying", fact=memory.text.rstrip(".")) for memory in memories)

"""Answering yes or no to what was proposed to be remembered, or asked to be forgotten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.skills.forget import SHALL_I, forgotten
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.wording import enumeration, second_person
from sottovoce.domain.conversations import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.learning import Learning
    from sottovoce.memory.system import MemorySystem


_SHALL_I_REMEMBER = "Shall I remember"
_PROPOSAL = re.compile(rf"\s*{re.escape(_SHALL_I_REMEMBER)} that [^\n]*\?$")


def proposal(facts: Sequence[str]) -> str:
    """How facts that were found are proposed to the user."""
    return f"{_SHALL_I_REMEMBER} {enumeration([_that(fact) for fact in facts])}?"


def without_proposal(answer: str) -> str:
    """An answer as it was before facts were proposed."""
    return _PROPOSAL.sub("", answer)


class Confirm:
    """Keeps or drops what a language model found in what was said; forgets what was named to be forgotten."""

    intents = ("memory.yes", "memory.no")
    offer = ""

    def __init__(self, learning: Learning, memory: MemorySystem) -> None:
        """Confirm what `learning` holds, and what the last answer named of `memory`."""
        self._learning = learning
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        user = question.context.user_id
        if named := await self._to_be_forgotten(question):
            if intent.name == "memory.no":
                return SkillAnswer(text="Okay, I will keep it.")
            return SkillAnswer(text=await forgotten(self._memory, question, named), private=True)
        if not self._learning.proposed(user):
            return SkillAnswer(text="I have not asked you anything just now.")
        if intent.name == "memory.no":
            self._learning.refuse(user)
            return SkillAnswer(text="Okay, I will not keep it.")
        saved = await self._learning.confirm(user)
        told = enumeration([_that(one.memory.text) for one in saved])
        return SkillAnswer(text=f"I will remember {told}.", used=tuple(one.memory.id for one in saved))

    async def _to_be_forgotten(self, question: Question) -> tuple[Memory, ...]:
        """What the last answer asked about whether to forget it."""
        last = last_of(Role.ASSISTANT, question)
        if last is None or last.intent != "memory.forget" or not last.content.endswith(SHALL_I):
            return ()
        return await self._memory.memories_used(last.id, user_id=question.context.user_id)


def _that(fact: str) -> str:
    return f"that {second_person(fact).rstrip('.')}"

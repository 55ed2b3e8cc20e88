"""Answering yes or no to what was proposed to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.questions import SkillAnswer
from sottovoce.agent.wording import enumeration, second_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.memory.learning import Learning


def proposal(facts: Sequence[str]) -> str:
    """How facts that were found are proposed to the user."""
    return f"Shall I remember {enumeration([_that(fact) for fact in facts])}?"


class Confirm:
    """Keeps or drops what a language model found in what was said."""

    intents = ("memory.yes", "memory.no")
    offer = ""

    def __init__(self, learning: Learning) -> None:
        """Confirm what `learning` holds."""
        self._learning = learning

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        user = question.context.user_id
        if not self._learning.proposed(user):
            return SkillAnswer(text="I have not asked you anything just now.")
        if intent.name == "memory.no":
            self._learning.refuse(user)
            return SkillAnswer(text="Okay, I will not keep it.")
        saved = await self._learning.confirm(user)
        told = enumeration([_that(one.memory.text) for one in saved])
        return SkillAnswer(text=f"I will remember {told}.", used=tuple(one.memory.id for one in saved))


def _that(fact: str) -> str:
    return f"that {second_person(fact).rstrip('.')}"

"""From a question to an answer: a skill if one understands it, else an honest word that none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.questions import Reply
from sottovoce.domain.turns import Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from sottovoce.agent.intents import Intent, Understanding
    from sottovoce.agent.questions import Question, Skill

FALLBACK = "fallback"
"""Intent of an answer that nothing else could give."""


class Agent:
    """Answers questions. Later floors of the ladder (cache, language model) take their place in `answer`."""

    def __init__(self, understanding: Understanding, skills: Iterable[Skill]) -> None:
        """Answer by `skills`.

        Raises:
            ValueError: Two skills want the same intent.
        """
        self._understanding = understanding
        self._skills: dict[str, Skill] = {}
        self._offers: list[str] = []
        for skill in skills:
            for name in skill.intents:
                if name in self._skills:
                    message = f"two skills for intent {name}"
                    raise ValueError(message)
                self._skills[name] = skill
            if skill.offer:
                self._offers.append(skill.offer)

    def answer(self, question: Question) -> Reply:
        """The answer to `question`; its text comes while the pieces are read."""
        intent = self._understanding.intent(question.text)
        skill = self._skills.get(intent.name) if intent else None
        if intent is None or skill is None:
            return Reply(Source.FALLBACK, FALLBACK, _one(self._fallback()))
        return Reply(Source.SKILL, intent.name, _asked(skill, question, intent))

    def _fallback(self) -> str:
        return f"Sorry, I can't answer that yet. You can say, for example: {' '.join(self._offers)}"


async def _asked(skill: Skill, question: Question, intent: Intent) -> AsyncIterator[str]:
    yield await skill.answer(question, intent)


async def _one(text: str) -> AsyncIterator[str]:
    yield text

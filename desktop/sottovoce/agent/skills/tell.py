"""Remembering what the user says of himself without being asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.remember import remembered
from sottovoce.domain.facts import told_by
from sottovoce.domain.words import EMPTY_WORDS, without_smiles, words_and_emoji, words_of
from sottovoce.memory.cache_rules import PASSING_WORDS

if TYPE_CHECKING:
    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question, SkillAnswer
    from sottovoce.memory.system import MemorySystem


_POINTING = frozenset({"it", "over", "ready", "right", "that", "there", "these", "this", "those", "true", "wrong"})
"""What begins a remark on what was said or happened just now, not a fact."""


def _passing(words: list[str]) -> bool:
    """Whether it is talk of the moment: "I like it when it rains", "my turn is over", "my computer is slow today"."""
    return set(words) <= EMPTY_WORDS or words[0] in _POINTING or bool(set(words) & PASSING_WORDS)


class Tell:
    """Keeps plain statements: "my sister is called Anna", "I like tea"."""

    intents = ("memory.tell",)
    offer = ""

    def __init__(self, memory: MemorySystem) -> None:
        """Keep them in `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | str:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        name = told_by(question.text).display_name
        if words_of(question.text)[:2] == ["call", "me"]:
            if not name:  # "call me back"
                return "Sorry, I can't call anybody."
            return await remembered(self._memory, question, f"I am called {name}")
        if not name and _passing(words_and_emoji(without_smiles(intent.slots["what"]))):
            return "I see."
        return await remembered(self._memory, question, question.text)

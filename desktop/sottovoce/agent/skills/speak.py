"""Speaking another language, because the user asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.domain.words import words_of
from sottovoce.language import available, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.agent.intents.intents import IntentRecognizer
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.memory.system import MemorySystem

_FAMILY = "language."


class Speak:
    """Sets the language of a context: that of the answers, of what is understood, and of the windows."""

    offer = None

    def __init__(self, memory: MemorySystem) -> None:
        """Change contexts of `memory`."""
        self._memory = memory

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, *(f"{_FAMILY}{tag}" for tag in available()), effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """Say in the language what is spoken from now on.

        Raises:
            StoreTrouble: It could not be stored.
        """
        tag = intent.name.removeprefix(_FAMILY)
        if language(question.context.language).tag != tag:  # "de-AT" stays what it is
            await self._memory.set_context(question.context.user_id, language=tag)
        return SkillAnswer(said=said("language-changed"), language=tag)


def asked_in_itself(question: Question, recognizer: Callable[[str], IntentRecognizer]) -> Intent | None:
    """A wish for another language that was said in that one: "sprich deutsch" to who speaks English."""
    for tag in wished_in(question.text, question.context.language):  # else its templates need no reading
        if recognizer(tag).intent(question.text) == Intent(f"{_FAMILY}{tag}"):
            return Intent(f"{_FAMILY}{tag}")
    return None


def wished_in(text: str, spoken: str) -> Iterator[str]:
    """Tags of the languages that may be wished for in their own words, by who speaks the one with this tag."""
    words, own = set(words_of(text)), language(spoken).tag
    for tag in available():
        if tag != own and not words.isdisjoint(words_of(language(tag).text("language-wish"))):
            yield tag

"""Remembering what the user says of himself without being asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.remember import remembered
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.effects import Effect
from sottovoce.domain.facts import HOW, SAID
from sottovoce.domain.said import said
from sottovoce.domain.words import words_and_emoji
from sottovoce.language import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question, SkillAnswer
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.said import Said
    from sottovoce.language import Language
    from sottovoce.memory.system import MemorySystem


def is_of_the_moment(own: Language, text: str) -> bool:
    """Whether it tells how something is just now: "my eyes are tired", but not "my sister is coming on friday"."""
    return own.facts.is_passing(text) and not own.days.names_a_coming_day(text)


def _passing(own: Language, text: str, words: list[str]) -> bool:
    """Whether it is talk of the moment: "I like it when it rains", "my turn is over", "my eyes are tired"."""
    if set(words) <= own.words.EMPTY_WORDS or words[0] in own.words.POINTING or is_of_the_moment(own, text):
        return True
    subject = own.facts.told_by(text).subject
    lasts = not subject.startswith(SAID) and not subject.endswith(HOW)  # "i live in berlin now"
    return not own.days.names_a_coming_day(text) and not lasts and not own.words.MOMENT.isdisjoint(words)


def asks_besides(text: str, tag: str) -> bool:
    """Whether a clause of it tells something and asks for something, too: it is no fact as a whole."""
    statements = language(tag).statements
    return any(map(statements.holds_request, statements.clauses(statements.stated(text))))


def told_plainly(text: str, tag: str = ENGLISH) -> Intent | None:
    """A plain statement that no template of its language knows, as one that a template does."""
    own = language(tag)
    what = "" if asks_besides(text, tag) else own.facts.plain(own.statements.stated(text))
    return Intent("memory.tell", {"what": what}) if what else None


class Tell:
    """Keeps plain statements: "my sister is called Anna", "I like tea"."""

    offer = None

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Keep them in `memory`; a day that is named from today on is one from `now` on."""
        self._memory = memory
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "memory.tell", effect=Effect.WRITE)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """Say what is remembered; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        own = language(question.context.language)
        statements = own.statements
        text = statements.stated(question.text)
        if text.endswith("?"):  # "my sister is called anna?"
            return said("memory-tell-me")
        first, *more = statements.clauses(text)
        name = own.facts.told_by(first).display_name
        if "nickname" in intent.slots:
            if not name:  # "call me back"
                return said("memory-no-calls")
            text = own.text("memory-name", called=name)
            for clause in more:
                text = own.grammar.enumeration([text, clause])
        elif not name and _passing(
            own, text, words_and_emoji(own.words.without_smiles(statements.stated(intent.slots["what"])))
        ):
            return said("memory-remark")
        return await remembered(self._memory, question, text, self._now())

"""Remembering what the user says of himself without being asked to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.intents import Intent
from sottovoce.agent.skills.remember import remembered
from sottovoce.domain.facts import HOW, SAID
from sottovoce.domain.said import said
from sottovoce.domain.words import words_and_emoji
from sottovoce.language import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.questions import Question, SkillAnswer
    from sottovoce.domain.said import Said
    from sottovoce.language import Language
    from sottovoce.memory.system import MemorySystem


_PLAIN = re.compile(
    r"i(?:'m| am) (?:not )?(?:allergic to|fond of|a fan of|called) (?P<a>.+)"
    r"|i (?:can't|cannot|can not) (?:stand|bear) (?P<b>.+)"
    r"|i (?:(?:really|also|just|absolutely) )*(?:adore|detest|loathe|like|love|hate) (?P<c>.+)"
    r"|i (?:don't|do not|no longer) (?:live|work|study) (?:in|at|for|near) (?P<f>.+)"
    r"|i(?:'ve| have)? (?:(?:just|recently|now) )*moved (?:back )?to (?P<g>.+)"
    r"|i(?:'m| am) (?:now )?(?P<h>[\w-]+(?: [\w-]+)?) years old(?: now)?"
    r"|my [^?]+? (?:lives|works|studies|(?:doesn't|does not) (?:live|work|study)) (?:in|at|for|near) (?P<d>.+)"
    r"|my [^?]+? (?:likes|loves|hates|(?:doesn't|does not) like) (?P<e>.+)",
    re.IGNORECASE,
)
"""What the templates do not hold: these words can be typed, and the model that ships does not hear them all."""
_POINTING = frozenset({"it", "over", "ready", "right", "that", "there", "these", "this", "those", "true", "wrong"})
"""What begins a remark on what was said or happened just now, not a fact."""
_MOMENT = frozenset({"today", "tonight", "now", "currently", "still", "yet", "soon", "recently"})
"""What tells of the moment rather than of what lasts."""


def _passing(own: Language, text: str, words: list[str]) -> bool:
    """Whether it is talk of the moment: "I like it when it rains", "my turn is over", "my computer is slow today"."""
    if set(words) <= own.words.EMPTY_WORDS or words[0] in _POINTING:
        return True
    subject = own.facts.told_by(text).subject
    lasts = not subject.startswith(SAID) and not subject.endswith(HOW)  # "i live in berlin now"
    return not own.days.names_a_coming_day(text) and not lasts and not _MOMENT.isdisjoint(words)


def told_plainly(text: str, tag: str = ENGLISH) -> Intent | None:
    """A plain statement that no template of its language knows, as one that a template does."""
    if language(tag).tag != ENGLISH:
        return None
    statements = language(ENGLISH).statements
    plain = statements.stated(text)
    found = None if statements.asks(plain) else _PLAIN.fullmatch(plain.rstrip(" .!"))
    return Intent("memory.tell", {"what": next(filter(None, found.groups()))}) if found else None


class Tell:
    """Keeps plain statements: "my sister is called Anna", "I like tea"."""

    intents = ("memory.tell",)
    offer = None

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Keep them in `memory`; a day that is named from today on is one from `now` on."""
        self._memory = memory
        self._now = now

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
        if "name" in intent.slots:
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

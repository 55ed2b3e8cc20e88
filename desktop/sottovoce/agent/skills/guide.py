"""Saying what can be asked: all of it by family, and each family by examples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sottovoce.agent.skills.told_in_turn import left_by
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Skill, Tool
    from sottovoce.domain.said import Said


@dataclass(frozen=True, slots=True)
class Topic:
    """What the help calls one thing that can be done."""

    intent: str
    """Of being asked for it."""
    families: frozenset[str]
    """What the names of its tools begin with: any one of these is enough for the topic to be there."""
    does: str
    """Message of what can be done, to follow on "I can"."""
    ask: str
    """Message of how it is asked for."""
    examples: tuple[str, ...]
    """Messages of what can be said."""

    @property
    def sentences(self) -> tuple[Said, ...]:
        """What can be said."""
        return tuple(map(said, self.examples))


TOPICS: Final = (
    Topic(
        "help.time",
        frozenset({"clock", "zone", "date", "sun", "stopwatch"}),
        "guide-time",
        "guide-time-ask",
        ("guide-time-1", "guide-time-2", "guide-time-3"),
    ),
    Topic(
        "help.timers",
        frozenset({"timer", "alarm", "reminder"}),
        "guide-timers",
        "guide-timers-ask",
        ("guide-timers-1", "guide-timers-2", "guide-timers-3", "guide-timers-4"),
    ),
    Topic(
        "help.lists",
        frozenset({"list"}),
        "guide-lists",
        "guide-lists-ask",
        ("guide-lists-1", "guide-lists-2", "guide-lists-3", "guide-lists-4"),
    ),
    Topic(
        "help.notes",
        frozenset({"note"}),
        "guide-notes",
        "guide-notes-ask",
        ("guide-notes-1", "guide-notes-2", "guide-notes-3", "guide-notes-4"),
    ),
    Topic(
        "help.numbers",
        frozenset({"math", "unit", "letters", "chance"}),
        "guide-numbers",
        "guide-numbers-ask",
        ("guide-numbers-1", "guide-numbers-2", "guide-numbers-3", "guide-numbers-4"),
    ),
    Topic(
        "help.memory",
        frozenset({"memory"}),
        "guide-memory",
        "guide-memory-ask",
        ("guide-memory-1", "guide-memory-2", "guide-memory-3", "guide-memory-4"),
    ),
    Topic(
        "help.files",
        frozenset({"knowledge"}),
        "guide-files",
        "guide-files-ask",
        ("guide-files-1", "guide-files-2", "guide-files-3"),
    ),
    Topic(
        "help.history",
        frozenset({"history"}),
        "guide-history",
        "guide-history-ask",
        ("guide-history-1", "guide-history-2", "guide-history-3"),
    ),
    Topic(
        "help.desktop",
        frozenset({"open", "window", "system", "brightness"}),
        "guide-desktop",
        "guide-desktop-ask",
        ("guide-desktop-1", "guide-desktop-2", "guide-desktop-3", "guide-desktop-4"),
    ),
    Topic(
        "help.sound",
        frozenset({"volume", "media"}),
        "guide-sound",
        "guide-sound-ask",
        ("guide-sound-1", "guide-sound-2", "guide-sound-3", "guide-sound-4"),
    ),
    Topic(
        "help.dictation",
        frozenset({"dictation"}),
        "guide-dictation",
        "guide-dictation-ask",
        ("guide-dictation-1", "guide-dictation-2", "guide-dictation-3", "guide-dictation-4"),
    ),
    Topic(
        "help.calendar",
        frozenset({"calendar"}),
        "guide-calendar",
        "guide-calendar-ask",
        ("guide-calendar-1", "guide-calendar-2", "guide-calendar-3", "guide-calendar-4"),
    ),
    Topic(
        "help.manners",
        frozenset({"manners"}),
        "guide-manners",
        "guide-manners-ask",
        ("guide-manners-1", "guide-manners-2", "guide-manners-3", "guide-manners-4"),
    ),
    Topic(
        "help.smalltalk",
        frozenset({"smalltalk"}),
        "guide-smalltalk",
        "guide-smalltalk-ask",
        ("guide-smalltalk-1", "guide-smalltalk-2", "guide-smalltalk-3", "guide-smalltalk-4"),
    ),
)
"""In the order in which they are named."""
AT_ONCE: Final = 6
"""Topics named in one answer: more are not kept in mind."""
EXAMPLES: Final = 4
"""Sentences told in one answer."""
_SHOWN: Final = "help"
"""The entity that says how many topics have been named."""


class Guide:
    """The help."""

    offer = None

    def __init__(self, skills: Iterable[Skill]) -> None:
        """Tell of these skills."""
        self._skills = tuple(skills)

    @cached_property
    def _served(self) -> tuple[tuple[Said | None, frozenset[str]], ...]:
        """Each skill's example and families; looked for with the first question, since skills make their tools anew."""
        return tuple((skill.offer, _families(skill)) for skill in self._skills)

    @cached_property
    def _topics(self) -> tuple[Topic, ...]:
        families = frozenset().union(*(theirs for _, theirs in self._served))
        return tuple(topic for topic in TOPICS if topic.families & families)

    @cached_property
    def _others(self) -> tuple[Said, ...]:
        known = frozenset().union(*(topic.families for topic in TOPICS))
        return tuple(offer for offer, theirs in self._served if offer and not theirs & known)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        topics = (topic.intent for topic in TOPICS)
        return by_words(self.answer, "help.skills", "help.more", "help.examples", "help.topic", *topics)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """What can be said, as far as one can listen to it."""
        match intent.name:
            case "help.skills":
                return self._named(0)
            case "help.more":
                return self._named(self._shown(question))
            case "help.examples":
                return said("guide-examples", offers=self._mixed())
            case "help.topic":
                return said("guide-unknown", topic=intent.slots["topic"], topics=_does(self._topics[:AT_ONCE]))
            case _:
                return self._of_topic(intent.name)

    def _named(self, first: int) -> SkillAnswer | Said:
        """The next topics, and how to ask for the rest of them."""
        topics = self._topics[first : first + AT_ONCE]
        if not topics:
            return said("guide-no-more", offers=self._others) if self._others else said("guide-all")
        shown = first + len(topics)
        more = shown < len(self._topics) or self._others
        how = said("guide-ask-more" if more else "guide-ask", example=said(topics[0].ask))
        answer = said("guide-can" if first == 0 else "guide-can-too", topics=_does(topics), how=how)
        return SkillAnswer(said=answer, entities={_SHOWN: str(shown)})

    def _shown(self, question: Question) -> int:
        shown = next((left[_SHOWN] for left in left_by(question) if _SHOWN in left), "0")
        return int(shown) if shown.isdecimal() else 0

    def _mixed(self) -> tuple[Said, ...]:
        """The first example of some topics."""
        return (*(topic.sentences[0] for topic in self._topics), *self._others)[:EXAMPLES]

    def _of_topic(self, intent: str) -> Said:
        found = next((topic for topic in self._topics if topic.intent == intent), None)
        if found is None:  # its skill needs what this machine does not have
            return said("guide-not-here", topics=_does(self._topics[:AT_ONCE]))
        return said("guide-topic", offers=found.sentences, first=found.sentences[0])


def _does(topics: Sequence[Topic]) -> tuple[Said, ...]:
    return tuple(said(topic.does) for topic in topics)


def _families(skill: Skill) -> frozenset[str]:
    return frozenset(tool.name.partition(".")[0] for tool in skill.tools)

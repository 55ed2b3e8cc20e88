"""Small talk: who it is, how it is, and riddles, facts and stories."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.agent.skills.told_in_turn import FACTS, RIDDLES, SERIES, STORIES, last_kind, last_told, next_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Tool, by_words
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.said import said
from sottovoce.domain.words import words_of
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.skills.told_in_turn import Series
    from sottovoce.agent.tools.questions import Question
    from sottovoce.domain.said import Said

_ONE_ANSWER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "smalltalk.how": "smalltalk-how",
        "smalltalk.doing": "smalltalk-doing",
        "smalltalk.fine": "smalltalk-fine",
        "smalltalk.age": "smalltalk-age",
        "smalltalk.maker": "smalltalk-maker",
        "smalltalk.human": "smalltalk-human",
        "smalltalk.gender": "smalltalk-gender",
        "smalltalk.love_me": "smalltalk-love-me",
        "smalltalk.i_love_you": "smalltalk-i-love-you",
        "smalltalk.marry": "smalltalk-marry",
        "smalltalk.listening": "smalltalk-listening",
        "smalltalk.privacy": "smalltalk-privacy",
        "smalltalk.offline": "smalltalk-offline",
        "smalltalk.home": "smalltalk-home",
        "smalltalk.night": "smalltalk-night",
        "smalltalk.praise": "smalltalk-praise",
        "smalltalk.insult": "smalltalk-insult",
        "smalltalk.sing": "smalltalk-sing",
        "smalltalk.dance": "smalltalk-dance",
        "smalltalk.sorry": "smalltalk-sorry",
        "smalltalk.birthday": "smalltalk-birthday",
        "smalltalk.my_birthday": "smalltalk-my-birthday",
        "smalltalk.christmas": "smalltalk-christmas",
        "smalltalk.new_year": "smalltalk-new-year",
        "smalltalk.easter": "smalltalk-easter",
        "smalltalk.meaning": "smalltalk-meaning",
        "smalltalk.think": "smalltalk-think",
        "smalltalk.feelings": "smalltalk-feelings",
        "smalltalk.bored": "smalltalk-bored",
        "smalltalk.sad": "smalltalk-sad",
        "smalltalk.tired": "smalltalk-tired",
        "smalltalk.favourite": "smalltalk-favourite",
        "smalltalk.family": "smalltalk-family",
        "smalltalk.others": "smalltalk-others",
        "smalltalk.body": "smalltalk-body",
        "smalltalk.called": "smalltalk-called",
        "smalltalk.languages": "smalltalk-languages",
        "smalltalk.secret": "smalltalk-secret",
        "smalltalk.compliment": "smalltalk-compliment",
        "smalltalk.test": "smalltalk-test",
        "smalltalk.laugh": "smalltalk-laugh",
        "smalltalk.unfunny": "smalltalk-unfunny",
        "smalltalk.nice_to_meet": "smalltalk-nice-to-meet",
        "smalltalk.welcome": "smalltalk-welcome",
        "smalltalk.okay": "smalltalk-okay",
    }
)
"""What is answered by one message."""
_TOLD: Final[Mapping[str, Series]] = MappingProxyType(
    {"smalltalk.fact": FACTS, "smalltalk.story": STORIES, "smalltalk.riddle": RIDDLES}
)
_KNOCK, _SOLUTION, _ANOTHER = "smalltalk.knock", "smalltalk.solution", "smalltalk.another"


class Smalltalk:
    """Answers what people say to be friendly, curious or cross."""

    offer = None

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, *_ONE_ANSWER, *_TOLD, _ANOTHER, _SOLUTION, _KNOCK)

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said:
        """A short sentence, or the next of what is told in turn."""
        if intent.name in _TOLD:
            return told(question, _TOLD[intent.name])
        if intent.name in _ONE_ANSWER:
            return said(_ONE_ANSWER[intent.name])
        match intent.name:
            case "smalltalk.another":
                kind = last_kind(question)
                return told(question, SERIES[kind]) if kind else said("smalltalk-another-what")
            case "smalltalk.solution":
                return _solution(question, intent.slots.get("guess", ""))
            case _:
                return _knock(intent.slots)


def told(question: Question, series: Series) -> SkillAnswer:
    """The next of a series; a riddle waits for a guess."""
    number = next_of(question, series)
    it = said(series.message, number=number)
    entities = {series.kind: str(number)}
    if series is not RIDDLES:
        return SkillAnswer(said=it, entities=entities)
    pending = Pending(asked=Asked(_SOLUTION), slot="guess")
    return SkillAnswer(said=said("smalltalk-riddle", riddle=it), pending=pending, entities=entities)


def _solution(question: Question, guess: str) -> Said:
    number = last_told(question, RIDDLES)
    if number is None:
        return said("smalltalk-riddle-none")
    answer = said("riddles-solved", number=number)
    if not guess:
        return answer
    right = set(words_of(language(question.context.language).text("riddles-words", number=number)))
    found = not right.isdisjoint(words_of(guess))
    return said("smalltalk-riddle-right" if found else "smalltalk-riddle-wrong", answer=answer)


def _knock(slots: Mapping[str, str]) -> SkillAnswer | Said:
    """Somebody's own joke: who is there, what it is called, and what comes of that."""
    if "line" in slots:
        return said("smalltalk-knock-end")
    if "guest" not in slots:
        return SkillAnswer(said=said("smalltalk-knock"), pending=Pending(asked=Asked(_KNOCK), slot="guest"))
    pending = Pending(asked=Asked(_KNOCK, {"guest": slots["guest"]}), slot="line")
    return SkillAnswer(said=said("smalltalk-knock-who", guest=slots["guest"]), pending=pending)

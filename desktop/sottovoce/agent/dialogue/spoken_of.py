"""Whom and what a sentence is about that names nobody: "how old is he", "it's in june"."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from sottovoce.domain.dialogue import ABOUT, UNTOLD, WHO, Dialogue

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.language import Language

_DAY: Final = "moment"
_DATES: Final = "date."
_STILL_ABOUT: Final = 2
"""Answers after which "it" may mean something else than the fact that was told."""


def in_full(question: Question, spoken: Language) -> Question:
    """The question with the name of whom, or what, it only points at."""
    left, text = question.dialogue, question.text
    asked = "" if left.ages.get(UNTOLD) else left.entities.get(UNTOLD, "")
    if asked:
        text = spoken.spoken_of.as_told(text, asked)
    about = left.entities.get(ABOUT, "") if left.ages.get(ABOUT, 0) < _STILL_ABOUT else ""
    if text == question.text and about:
        text = spoken.spoken_of.with_about(text, about)
    if text == question.text and (who := left.entities.get(WHO)):
        text = spoken.spoken_of.with_named(text, who)
    last = left.last
    if text == question.text and last is not None and last.tool.startswith(_DATES) and (day := last.words.get(_DAY)):
        text = spoken.spoken_of.with_day(text, day)
    return question if text == question.text else dataclasses.replace(question, text=text)


def noted(left: Dialogue, text: str, spoken: Language) -> Dialogue:
    """What an answer leaves, and whom the question named; nobody, once somebody else was asked for by "who"."""
    named = {WHO: spoken.spoken_of.named_in(text), ABOUT: spoken.spoken_of.told_of(text)}
    named = {kind: name for kind, name in named.items() if name}
    if WHO not in named and spoken.spoken_of.asks_for_another(text):
        left = dataclasses.replace(left, entities={kind: name for kind, name in left.entities.items() if kind != WHO})
    return Dialogue(pending=left.pending, last=left.last, entities=named).after(_younger(left)) if named else left


def _younger(left: Dialogue) -> Dialogue:
    """The same as of the answer before: what it named is no older for what is added to it."""
    return dataclasses.replace(left, ages={kind: left.ages.get(kind, 0) - 1 for kind in left.entities})

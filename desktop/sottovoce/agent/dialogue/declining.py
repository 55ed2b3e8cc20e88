"""What is said where nothing is done: it was taken back, not understood, or nobody knows an answer."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.said import Said, said
from sottovoce.domain.speech_models import in_another_script, language_said
from sottovoce.language import is_available, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.dialogue.pending import Settled
    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question

DROPPED = "dialogue.dropped"
"""Intent of an answer to who takes a request back."""
MOST_OFFERS = 3
_WORDINGS = ("first", "second", "third", "fourth")


class Declining:
    """Finds the words for it, and says what could be said instead."""

    def __init__(self, offers: Sequence[Said]) -> None:
        """Know examples of what can be asked."""
        self._offers = tuple(offers)

    def settled(self, turn: Turn, answer: Settled) -> SkillAnswer:
        """That a request is dropped, or that its slot is still not known."""
        pending = turn.question.dialogue.pending
        if answer.dropped:
            proposed = pending is not None and pending.proposed
            unfilled = pending is not None and pending.slot
            key = "dialogue-reworded" if proposed else "dialogue-dropped" if unfilled else "dialogue-refused"
            return SkillAnswer(said=said(key))
        tool = turn.tool_of(answer.asked)
        ask = next((slot.ask for slot in tool.slots if slot.name == answer.again), None) if tool else None
        again = Pending(asked=answer.asked, slot=answer.again, repeated=True)
        question = ask or said("answer-what-exactly")
        if answer.named:
            again = Pending(asked=answer.asked, slot=answer.again)
            return SkillAnswer(said=question, pending=again)
        return SkillAnswer(said=(said("dialogue-unclear"), question), pending=again)

    def guessed(self, guess: Intent) -> SkillAnswer:
        """Whether a sentence was meant in which a word was put right."""
        return proposal(guess.repaired, Asked(guess.name, guess.slots))

    def declined(self, question: Question, nearest: Sequence[Said | str] = ()) -> Said:
        """That nobody knows an answer, and what can be said; `nearest` are sentences that come near it."""
        heard, spoken = question.heard_in, language(question.context.language).tag
        if heard and is_available(heard) and language(heard).tag != spoken:
            wish = language(heard).text("language-wish")
            return said("language-other", language=language_said(heard), wish=wish)
        if heard and not is_available(heard):
            return said("answer-heard-in", language=language_said(heard))
        if in_another_script(question.text):
            return said("answer-other-script")
        number = zlib.crc32(question.text.casefold().encode())
        wording = _WORDINGS[number % len(_WORDINGS)]
        if nearest:
            return said("answer-nearest", wording=wording, offers=tuple(nearest))
        if not self._offers:
            return said("answer-unknown-bare")
        return said("answer-unknown", wording=wording, offers=_some(self._offers, number // len(_WORDINGS)))


def proposal(sentence: str, asked: Asked) -> SkillAnswer:
    """Whether this was meant; a yes has it asked."""
    question = said("dialogue-did-you-mean", sentence=sentence)
    return SkillAnswer(said=question, pending=Pending(asked=asked, proposed=True))


def _some(offers: tuple[Said, ...], number: int) -> tuple[Said, ...]:
    """A few of them in their order, other ones for another number."""
    begin = number % len(offers)
    chosen = {(begin + step) % len(offers) for step in range(MOST_OFFERS)}
    return tuple(offer for place, offer in enumerate(offers) if place in chosen)

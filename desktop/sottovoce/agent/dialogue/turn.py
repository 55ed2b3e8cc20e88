"""One sentence, with all that is needed to take it in the light of what was said before."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import FREE, kind_of, value_of
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sottovoce.agent.intents.intents import Intent, IntentRecognizer
    from sottovoce.agent.sentences.phrases import Phrases
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, Tools
    from sottovoce.domain.dialogue import Asked
    from sottovoce.language import Language


class Turn:
    """What was said, and by what it is understood."""

    def __init__(
        self, question: Question, recognizer: IntentRecognizer, tools: Tools, spoken: Language, now: datetime
    ) -> None:
        """Take `question`, in the language `spoken`, at `now` where the user is."""
        self.question = question
        self.recognizer = recognizer
        self.tools = tools
        self.spoken = spoken
        self.now = now
        self.sentence = Sentence(question.text)
        self._read: dict[str, list[Intent]] = {}

    @functools.cached_property
    def bare(self) -> Sentence:
        """What was said, without fillers at its ends."""
        return Sentence(self.recognizer.fillers.bare(self.sentence))

    @functools.cached_property
    def readings(self) -> list[Intent]:
        """All that the sentence may ask for by itself, the likeliest first."""
        return self.readings_of(self.question.text)

    def readings_of(self, text: str) -> list[Intent]:
        """The same of a part of it, or of other words; only what there are tools for."""
        if text not in self._read:
            self._read[text] = [one for one in self.recognizer.requests(text) if self._can_be(one)]
        return self._read[text]

    def _can_be(self, intent: Intent) -> bool:
        tool = self.tools.get(intent.name)
        return tool is not None and (tool.effect is Effect.READ or not intent.asks)

    def phrases(self, purpose: str) -> Phrases:
        """Those of the language for this."""
        return self.recognizer.phrases[purpose]

    def is_one_of(self, purpose: str) -> bool:
        """Whether the sentence, fillers or not, is a phrase for this."""
        phrases = self.phrases(purpose)
        return self.sentence.words in phrases or self.bare.words in phrases

    def value(self, slot: str, words: str) -> Any:  # noqa: ANN401 - a type for each kind
        """What words in a slot stand for."""
        return value_of(slot, words, self.spoken.values, self.now)

    def tool_of(self, asked: Asked) -> Tool | None:
        """The tool that was asked."""
        return self.tools.get(asked.tool)

    def effect_of(self, asked: Asked) -> Effect | None:
        """What it does."""
        tool = self.tool_of(asked)
        return tool.effect if tool else None

    def slots_of(self, asked: Asked) -> tuple[str, ...]:
        """Names of its slots, those that were filled first."""
        tool = self.tool_of(asked)
        more = (slot.name for slot in tool.slots) if tool else ()
        return tuple(dict.fromkeys((*asked.words, *more)))

    def without_lead_ins(self, text: str) -> Iterator[str]:
        """A text as it is, and without what may stand before a value in it: "for ten minutes"."""
        sentence = Sentence(text)
        begin, count = 0, len(sentence.words)
        while begin < count:
            yield sentence.part(begin, count)
            length = self.phrases("lead_ins").longest(sentence.words[begin:])
            if not length:
                return
            begin += length

    def without_all_lead_ins(self, text: str) -> str:
        """A text without any of them; empty where it has no word."""
        return next(iter([*self.without_lead_ins(text)][-1:]), "")


def is_free(slot: str) -> bool:
    """Whether any words may stand in it."""
    return kind_of(slot) in FREE

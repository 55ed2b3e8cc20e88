"""Things that are described: "the timer i set for the pasta" is that for the pasta."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import is_named
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.intents.intents import Intent

_TOLD = "memory."


def without_description(turn: Turn, whole: Intent | None) -> Intent | None:
    """What is asked for if how a thing came about is left out; `whole` where that is nothing else.

    What tells which thing is meant is kept. Where nothing does, the thing is only looked at: of several lists "the list
    i made" is none to be deleted.
    """
    if whole is not None and not _takes_description(turn, whole):
        return whole
    for text, tells_which in _shortened(turn):
        for intent in turn.readings_of(text):
            tool = turn.tools.get(intent.name)
            if tool is None or intent.name.startswith(_TOLD) or (whole is not None and intent.name != whole.name):
                continue
            if tells_which or tool.effect is Effect.READ:
                return intent
    return whole


def _takes_description(turn: Turn, whole: Intent) -> bool:
    """Whether the name of a thing has it in it: "meeting i have with anna"."""
    named = (Sentence(words).words for slot, words in whole.slots.items() if is_named(slot))
    return any(any(place for place, _ in turn.phrases("described.by").places(words)) for words in named)


def _shortened(turn: Turn) -> Iterator[tuple[str, bool]]:
    """The sentence without such a part, and whether what follows it tells which thing is meant."""
    sentence, count = turn.sentence, len(turn.sentence.words)
    endings = turn.phrases("described.ends")
    for begin, behind in turn.phrases("described.by").places(sentence.words):
        if not begin:
            continue
        for length in endings.ends(sentence.words[behind:]) if endings else (0,):
            rest = sentence.words[behind : count - length]
            tells_which = any(turn.phrases("described.which").begins(rest))
            if tells_which or not rest or rest in turn.phrases("described.when"):
                kept = sentence.part(behind, count - length) if tells_which else ""
                yield " ".join(filter(None, (sentence.part(0, begin), kept))), tells_which

"""What "it", "that", "her" and "there" mean: the newest thing of a fitting kind that was named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import Kind, is_named, kind_of
from sottovoce.domain.dialogue import ABOUT, UNDOING, UNTOLD, WHO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sottovoce.agent.intents.intents import IntentRecognizer

_ID = re.compile(r"(?:[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|[0-9A-HJKMNP-TV-Z]{26})(?: .*)?")
"""Things without a name are kept by their ids, which are nothing to look for or to say."""
_PLACES = ("place", "city", "zone")
_REMEMBER = "memory.remember"
_PERSON, _PLACE = "person", "place"
_MEANT_BY_NONE = frozenset({ABOUT, UNDOING, UNTOLD, WHO})


def is_pronoun(recognizer: IntentRecognizer, words: str) -> bool:
    """Whether words in a slot only point at something."""
    plain = Sentence(words).words
    return any(plain in phrases for phrases in recognizer.phrases.within("pronouns").values())


def has_pronoun(recognizer: IntentRecognizer, words: tuple[str, ...]) -> bool:
    """Whether a sentence points at something; "what time is it" does not."""
    empty = [range(*place) for place in recognizer.phrases["impersonal"].places(words)]
    if any(any(recognizer.phrases[f"in_row.{of}"].places(words)) for of in ("one", "many")):
        return True
    if any(recognizer.phrases["in_row.such"].ends(words)) or any(recognizer.phrases["in_row.made"].places(words)):
        return True
    return any(
        not any(begin in span for span in empty)
        for some in recognizer.phrases.within("pronouns").values()
        for begin, _ in some.places(words)
    )


def resolved(recognizer: IntentRecognizer, intent: Intent, entities: Mapping[str, str]) -> Intent:
    """The same with each pronoun in a slot replaced by what it means, where that is known."""
    slots = dict(intent.slots)
    for slot, words in intent.slots.items() if intent.name != _REMEMBER else ():  # "remember that": all that was said
        plain = Sentence(words).words
        for pointing, phrases in recognizer.phrases.within("pronouns").items():
            if plain in phrases and (meant := next(_meant(pointing, intent, slot, entities), None)) is not None:
                slots[slot] = meant
                break
    return intent if slots == dict(intent.slots) else Intent(intent.name, slots, intent.repaired)


def named_by_family(recognizer: IntentRecognizer, sentence: Sentence, families: Iterable[str]) -> list[Intent]:
    """What a sentence asks for with the thing it points at called by its noun: "pause it", "pause the timer"."""
    words = sentence.words
    places = list(recognizer.phrases["pronouns.thing"].places(words))
    for family in dict.fromkeys(families):
        if in_row := list(_in_row(recognizer, sentence, family)):
            return in_row
        for noun in recognizer.phrases[f"noun.{family}"]:
            for begin, end in places:
                said = " ".join((sentence.part(0, begin), noun, sentence.part(end, len(words)))).strip()
                if same := [one for one in recognizer.readings(said) if one.name.partition(".")[0] == family]:
                    return [_pointing(one, noun, sentence.part(begin, end)) for one in same]
    return []


def _in_row(recognizer: IntentRecognizer, sentence: Sentence, family: str) -> Iterator[Intent]:
    """The same of what a number points at: "cancel the first one", "cancel the first alarm"; "both", "both alarms"."""
    count = len(sentence.words)
    for pointing in ("one", "many"):
        nouns = recognizer.phrases[f"{pointing}_of.{family}"]
        for begin, end in recognizer.phrases[f"in_row.{pointing}"].places(sentence.words) if nouns else ():
            kept = sentence.part(begin, end - 1 if pointing == "one" else end)
            for noun in nouns:
                said = " ".join(filter(None, (sentence.part(0, begin), kept, noun, sentence.part(end, count))))
                yield from (one for one in recognizer.readings(said) if one.name.partition(".")[0] == family)
    for _, end in recognizer.phrases["in_row.made"].places(sentence.words):
        for noun in recognizer.phrases[f"one_of.{family}"]:  # "set one for five minutes"
            said = f"{sentence.part(0, end - 1)} {noun} {sentence.part(end, count)}".strip()
            yield from (one for one in recognizer.readings(said) if one.name.partition(".")[0] == family)
    for length in recognizer.phrases["in_row.such"].ends(sentence.words):
        for noun in recognizer.phrases[f"one_of.{family}"]:  # "cancel the five minute one"
            said = f"{sentence.part(0, count - length)} {noun}"
            yield from (one for one in recognizer.readings(said) if one.name.partition(".")[0] == family and one.slots)


def _pointing(intent: Intent, noun: str, pronoun: str) -> Intent:
    """The same with the pronoun in a slot that holds nothing but the noun: which one is meant is found by it."""
    slots = {slot: pronoun if noun.endswith(f" {words}") else words for slot, words in intent.slots.items()}
    return Intent(intent.name, slots, intent.repaired)


def by_context(readings: list[Intent], families: Iterable[str]) -> list[Intent]:
    """The readings, those first that are about what was talked of: "delete that", said of a note, of a memory."""
    for family in families:
        if same := [intent for intent in readings if intent.name.partition(".")[0] == family]:
            return [*same, *(intent for intent in readings if intent not in same)]
    return readings


def _meant(pointing: str, intent: Intent, slot: str, entities: Mapping[str, str]) -> Iterator[str]:
    """What may be meant, the likeliest first."""
    kind = kind_of(slot)
    if pointing == _PERSON:
        if kind in {Kind.PERSON, Kind.TEXT} and _PERSON in entities:
            yield entities[_PERSON]
    elif pointing == _PLACE:
        yield from (entities[place] for place in _PLACES if place in entities)
    else:
        family = intent.name.partition(".")[0]
        yield from (entities[own] for own in (slot.rstrip("0123456789"), family) if own in entities)
        if kind in {Kind.LIST, Kind.TEXT} and not is_named(slot):
            yield from (name for of, name in entities.items() if of not in _MEANT_BY_NONE and not _ID.fullmatch(name))

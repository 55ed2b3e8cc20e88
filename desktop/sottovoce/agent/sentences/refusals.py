"""Why words may not stand in a slot, whatever they stand for: they are more of a sentence, or of another sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.sentences.sentence import Sentence

if TYPE_CHECKING:
    from sottovoce.agent.sentences.phrases import PhraseBook

_OF_CALENDARS: Final = frozenset(
    {"event", "entry", "occasion", "appointment", "plan", "engagement", "booked", "dated", "kept"}
)
_LACKING: Final = "lacking"
_POINTED: Final = "pointed"
_NAMING_THINGS: Final = _OF_CALENDARS | {"name", "things", "done", "what"}
_NAMED: Final = (_NAMING_THINGS - {"plan", "engagement", "booked", "dated", "kept", "what"}) | {"place"}
"""Those that hold a name and no time, nor all of what is to be done."""


def is_refused(phrases: PhraseBook, slot: str, words: str) -> bool:
    """Whether words may not stand in the slot of that name, by the phrases of a language."""
    of, said = slot.rstrip("0123456789"), Sentence(words).words
    refuses = (_is_no_name, _points_at_nothing, _is_more_of_a_sentence, _names_other_things, _is_elsewhere)
    return any(one(phrases, of, said) for one in refuses)


def _is_no_name(phrases: PhraseBook, slot: str, said: tuple[str, ...]) -> bool:
    """Whether what stands for a name is more of a sentence: "did you set a", "hold the"."""
    return slot == "name" and (any(phrases["nameless"].places(said)) or any(phrases["little"].ends(said)))


def _points_at_nothing(phrases: PhraseBook, slot: str, said: tuple[str, ...]) -> bool:
    return slot == _POINTED and said not in phrases["pronouns.thing"]


def _is_more_of_a_sentence(phrases: PhraseBook, slot: str, said: tuple[str, ...]) -> bool:
    """Whether it begins or ends as nothing does that is named: "was cancelled", "you to put milk", "eggs for"."""
    if (slot in _NAMING_THINGS and phrases["openings"].longest(said)) or phrases[f"openings.{slot}"].longest(said):
        return True
    if slot in _NAMING_THINGS - {"what"} and any(phrases["asked_besides"].places(said)):
        return True
    return any(phrases[f"unsaid.{slot}"].places(said)) or (slot in _NAMED and any(phrases["hanging"].ends(said)))


def _names_other_things(phrases: PhraseBook, slot: str, said: tuple[str, ...]) -> bool:
    """Whether what stands for an event, or for what is bought, is of another sort: "the alarm i've set", "time to"."""
    if slot not in _OF_CALENDARS | {_LACKING}:
        return False
    head = said[: next((place for place, _ in phrases["other_things.before"].places(said)), len(said))]
    of = ("", f".{slot}") if slot in _OF_CALENDARS else (f".{slot}",)
    return any(any(phrases[f"other_things{one}"].ends(head)) for one in of)


def _is_elsewhere(phrases: PhraseBook, slot: str, said: tuple[str, ...]) -> bool:
    """Whether it is what a bank or a post office knows, and nobody tells here ("my balance"); or ends in thanks."""
    if slot != "mine":
        return False
    thanked = next(phrases["thanks"].ends(said), 0)
    return any(phrases["elsewhere"].ends(said)) or bool(thanked and not any(phrases["quoting"].ends(said[:-thanked])))

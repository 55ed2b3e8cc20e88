"""What is said in answer to a question that the assistant asked back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.agent.dialogue.replacing import MOST_WORDS, with_free, with_typed
from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import Kind, is_named, kind_of
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.sentences.phrases import Phrases
    from sottovoce.domain.dialogue import Asked, Pending

_TOLD = "memory.tell"
_ADDS_TO = "list.add"
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an answer to a question back comes to."""

    asked: Asked
    dropped: bool = False
    """It is not to be done."""
    confirmed: bool = False
    """It was agreed to."""
    again: str = ""
    """Slot whose value was not understood: to be asked about once more."""
    named: bool = False
    """Something else was told of it, and understood."""


def settled(turn: Turn) -> Settled | None:
    """What the sentence says to what was asked back; None where it is about something else."""
    pending = turn.question.dialogue.pending
    if pending is None:
        return None
    if not pending.slot:
        return _agreed(turn, pending)
    if pending.repeated and turn.phrases("again").longest(
        turn.sentence.words
    ):  # "and on monday", of what was asked since
        return None
    if turn.is_one_of("drop"):
        return Settled(asked=pending.asked, dropped=True)
    if (words := _filling(turn, pending.slot)) is not None:
        return Settled(asked=pending.asked.with_words(**{pending.slot: words}))
    name = _name_told(turn, pending)
    return Settled(asked=pending.asked.with_words(name=name), again=pending.slot, named=True) if name else None


def _name_told(turn: Turn, pending: Pending) -> str:
    """What a thing is called of which a length is asked for: "for the eggs"; empty where that is not told."""
    tool = turn.tool_of(pending.asked)
    if tool is None or kind_of(pending.slot) is not Kind.DURATION or "name" in pending.asked.words:
        return ""
    name = turn.without_all_lead_ins(turn.bare.plain)
    words = Sentence(name).words
    while words and words[:1] in turn.phrases("little"):  # "my tea"
        name, words = Sentence(name).part(1, len(words)), words[1:]
    remark = any((word,) in turn.phrases("remark") for word in words)
    if not words or len(words) > _LONGEST_NAME or remark or turn.readings or turn.spoken.statements.asks(name):
        return ""
    return name if any(slot.name == "name" for slot in tool.slots) and turn.value("number", name) is None else ""


def unclear(turn: Turn) -> Settled | None:
    """That the value was not understood, where nothing else was, either; asked about once more, not for ever."""
    pending = turn.question.dialogue.pending
    if pending is None or not pending.slot or pending.repeated or is_free(pending.slot):
        return None
    if len(turn.sentence.words) > MOST_WORDS or turn.spoken.statements.asks(turn.question.text):
        return None
    return Settled(asked=pending.asked, again=pending.slot)


def _agreed(turn: Turn, pending: Pending) -> Settled | None:
    yes, no = turn.phrases("yes"), turn.phrases("no")
    if turn.is_one_of("yes"):
        return Settled(asked=pending.asked, confirmed=True)
    if turn.is_one_of("no"):
        return Settled(asked=pending.asked, dropped=True)
    if pending.asked.tool == _ADDS_TO and (named := _list_named(turn)):
        return Settled(asked=pending.asked.with_words(list=named), confirmed=True)
    words = turn.sentence.words
    if length := no.longest(words):
        rest = turn.sentence.part(length, len(words))
        other = with_typed(turn, pending.asked, rest) or _other(turn, pending, rest)
        return Settled(asked=other) if other else Settled(asked=pending.asked, dropped=True)
    if any(_goes_on(turn, pending, turn.sentence.part(length, len(words))) for length in yes.begins(words)):
        return Settled(asked=pending.asked, confirmed=True)
    return None


def _list_named(turn: Turn) -> str:
    """The list to which something is to go, behind a word that says so: "to my work list"; empty where none is."""
    named = turn.without_all_lead_ins(turn.bare.plain)
    led = named and named != turn.bare.plain and not turn.readings
    return named if led and turn.spoken.keeping.list_named(named) is not None else ""


def _goes_on(turn: Turn, pending: Pending, rest: str) -> bool:
    """Whether it agrees once more: "yes, please do", "yes, clear the list"."""
    return _is_all(turn.phrases("yes"), Sentence(rest).words) or any(
        intent.name == pending.asked.tool for intent in turn.readings_of(rest)
    )


def _is_all(phrases: Phrases, words: tuple[str, ...]) -> bool:
    """Whether words are nothing but phrases, one behind the other: "yeah", "sure", "do it"."""
    return words in phrases or any(_is_all(phrases, words[length:]) for length in phrases.begins(words))


def _other(turn: Turn, pending: Pending, rest: str) -> Asked | None:
    """The same of something else: "no, the work list"."""
    words = Sentence(rest).words
    remark = any((word,) in turn.phrases("remark") for word in words)
    if remark or len(words) > MOST_WORDS // 2 or turn.effect_of(pending.asked) is Effect.READ:
        return None
    return None if turn.readings_of(rest) else with_free(turn, pending.asked, rest)


def in_minutes(turn: Turn, slot: str, said: str) -> str:
    """A bare number as who is asked "for how long" means it: so many minutes; empty where it is none."""
    words = f"{said} {next(iter(turn.phrases('minutes')), '')}"
    return words if turn.value("number", said) is not None and turn.value(slot, words) is not None else ""


def _filling(turn: Turn, slot: str) -> str | None:
    """What the sentence puts into a slot; None where it does not, or is a request of its own."""
    if not is_free(slot):
        for text in (turn.question.text, turn.bare.part(0, len(turn.bare.words))):
            for said in turn.without_lead_ins(text):
                if turn.value(slot, said) is not None:
                    return said
                if kind_of(slot) is Kind.DURATION and (length := in_minutes(turn, slot, said)):
                    return length
        return None
    asks = is_named(slot) and turn.spoken.statements.asks(turn.question.text)  # no timer is called "how are you"
    if asks or any(intent.name != _TOLD for intent in turn.readings):
        return None
    bare = turn.bare.part(0, len(turn.bare.words))
    if kind_of(slot) is Kind.TEXT:
        return bare or None
    return turn.without_all_lead_ins(bare) or None

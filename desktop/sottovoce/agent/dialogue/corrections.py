"""Corrections of what was just asked for: "no, i meant ten", "make it twenty", "not five, ten"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.agent.dialogue.replacing import MOST_WORDS, with_free, with_typed
from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import Kind, holds_own_words, kind_of
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.domain.dialogue import Asked

_FEW_WORDS = 4
"""Of a value that takes any words, behind what need not begin a correction."""
_SET_ANEW = frozenset({"timer.set", "alarm.set", "reminder.set", "calendar.add"})
"""What a correction takes the place of; elsewhere it would stand beside what it corrects."""
_REMINDS = "reminder.set"
_MEMORY = "memory."
"""Facts are corrected by telling what is so."""


def corrected(turn: Turn) -> Asked | None:
    """The last request as it should have been; None where the sentence corrects nothing."""
    last = turn.question.dialogue.last
    if last is None or turn.tool_of(last) is None or _is_kept_fact(turn, last):
        return None
    if last.tool.startswith(_MEMORY) and turn.phrases("correct.telling").longest(turn.sentence.words):
        return None  # "no it's abba" tells what is so
    return _other_than_before(turn, last) or (
        _named(turn, last) or _comes_again(turn, last) or _other_half(turn, last) or _other_value(turn, last)
    )


def _other_half(turn: Turn, last: Asked) -> Asked | None:
    """With the other half of the day: "pm", behind "set an alarm for five"."""
    if last.tool not in _SET_ANEW or not turn.is_one_of("correct.half"):
        return None
    return with_typed(turn, last, turn.sentence.plain)


def _comes_again(turn: Turn, last: Asked) -> Asked | None:
    """With a repetition: "on weekdays only", behind "wake me at seven"."""
    if last.tool not in _SET_ANEW or "when" not in last.words or turn.value("recurrence", turn.bare.plain) is None:
        return None
    return with_typed(turn, last, turn.bare.plain)


def _named(turn: Turn, last: Asked) -> Asked | None:
    """With a name: "call it rice", of a timer."""
    tool = turn.tool_of(last)
    length = turn.phrases("correct.naming").longest(turn.bare.words)
    name = turn.bare.part(length, len(turn.bare.words)) if length else ""
    named = tool is not None and last.tool in _SET_ANEW and any(slot.name == "name" for slot in tool.slots)
    return last.with_words(name=name) if name and named and len(name.split()) <= _FEW_WORDS else None


def _other_than_before(turn: Turn, last: Asked) -> Asked | None:
    """By a sentence that names what was wrong and what is right."""
    for before, after, surely in _exchanged(turn):
        if not _holds(last, before) or not turn.spoken.words.key_words(before):  # "not at the moment" exchanges nothing
            continue
        bare = len(before.split()) == len(after.split()) == 1 and bool(turn.spoken.words.key_words(after))
        found = _within(turn, last, before, after) if surely or bare else None  # "not dave steve"
        if found := found or with_typed(turn, last, after) or with_free(turn, last, after):
            return found
    return None


def _within(turn: Turn, last: Asked, before: str, after: str) -> Asked | None:
    """With other words in the middle of those that were set down: "call dave", "not dave but steve"."""
    if any(turn.value("when", one) is not None for one in (before, after)):
        return None
    first, _, rest = after.partition(" ")
    for slot, held in last.words.items():
        if last.tool not in _SET_ANEW:
            things = turn.value(slot, held) if kind_of(slot) is Kind.LIST else ()
            if len(things) > 1 and before in things:  # of several things on a list one is another
                return last.with_words(**{slot: ", ".join(after if one == before else one for one in things)})
            continue
        if rest and f" {first} {before} " in f" {held} ":  # "with bill not bob", of "a meeting with bob"
            before = f"{first} {before}"
        exchanged = f" {held} ".replace(f" {before} ", f" {after} ", 1).strip()
        if exchanged != held and turn.value(slot, exchanged) is not None:  # "not minutes but hours", never "but apples"
            return last.with_words(**{slot: exchanged})
    return None


def _other_value(turn: Turn, last: Asked) -> Asked | None:
    """By one that names only what is right."""
    begun = _begun(turn, turn.sentence)
    if not begun.rest:
        begun = _begun(turn, Sentence(turn.recognizer.noise.steadied(turn.sentence)))  # "um no i meant ten"
    if not begun.rest:
        begun = _begun(turn, turn.bare)  # "can you make that ten"
    rest = begun.rest
    if not rest:
        return None
    found = with_typed(turn, last, rest)
    if found is not None and not (begun.doing and _names_other(turn, last, found, rest)):
        return found
    if begun.doing and not _is_alike(turn, last, rest):  # "make it warmer in here"
        return None
    if turn.readings or turn.readings_of(rest):  # "make it louder", "actually what time is it"
        return None
    words = Sentence(rest).words
    remark = any((word,) in turn.phrases("remark") for word in words)
    alike = _begins_alike(last, rest)
    asks = turn.spoken.statements.asks(rest)
    if alike is not None or (not begun.surely and (remark or len(words) > _FEW_WORDS or asks)):
        return alike
    return with_free(turn, last, rest) if len(words) <= MOST_WORDS else None


def _begins_alike(last: Asked, rest: str) -> Asked | None:
    """With the same to be done of another one: "no call mom", behind "remind me to call dad"."""
    first, *more = Sentence(rest).words or ("",)
    if last.tool != _REMINDS or not more:
        return None
    held = {slot: Sentence(words).words for slot, words in last.words.items() if holds_own_words(slot)}
    like = (slot for slot, words in held.items() if words[:1] == (first,) and len(words) > 1)
    slot = next(like, "")
    return last.with_words(**{slot: rest}) if slot else None


def _is_kept_fact(turn: Turn, last: Asked) -> bool:
    return last.tool.startswith(_MEMORY) and turn.effect_of(last) is not Effect.READ


def _holds(last: Asked, words: str) -> bool:
    """Whether one of its slots has these words in it."""
    looked_for = f" {' '.join(Sentence(words).words)} "
    return any(looked_for in f" {' '.join(Sentence(held).words)} " for held in last.words.values())


@dataclass(frozen=True, slots=True)
class _CorrectionBegun:
    """A sentence that begins like a correction."""

    rest: str = ""
    """What stands behind its beginning; empty where it is none."""
    surely: bool = False
    """Whether it can be nothing else."""
    doing: bool = False
    """Whether it begins as an order of another kind may, so that only what fits is a value: "make it"."""


def _begun(turn: Turn, sentence: Sentence) -> _CorrectionBegun:
    begin, end = 0, len(sentence.words)
    leads = {kind: turn.phrases(f"correct.{kind}") for kind in ("surely", "doing", "perhaps")}
    began = set[str]()
    while begin < end:
        lengths = {kind: phrases.longest(sentence.words[begin:]) for kind, phrases in leads.items()}
        kind = max(lengths, key=lambda one: lengths[one])  # of two alike the surer one
        if not lengths[kind]:
            break
        began.add(kind)
        begin += lengths[kind]
    tail = next(turn.phrases("correct.after").ends(sentence.words[begin:]), 0)
    if not began and not tail:
        return _CorrectionBegun()
    thanks = 0 if tail else next(turn.phrases("thanks").ends(sentence.words[begin:]), 0)
    surely = "surely" in began or (bool(tail) and "perhaps" not in began)
    rest = sentence.part(begin, end - tail - thanks)
    return _CorrectionBegun(rest, surely, "doing" in began and "surely" not in began and not tail)


def _names_other(turn: Turn, last: Asked, found: Asked, rest: str) -> bool:
    """Whether a plan would be of another thing, which any words may name."""
    changed = [slot for slot in found.words if kind_of(slot) is Kind.PLAN and found.words[slot] != last.words.get(slot)]
    other = any(_title(turn, last, slot) != _title(turn, found, slot) for slot in changed)
    return other and not _is_alike(turn, last, rest)


def _title(turn: Turn, asked: Asked, slot: str) -> str | None:
    plan = turn.spoken.plans.plan(asked.words.get(slot, ""), turn.now)
    return plan.title if plan else None


def _is_alike(turn: Turn, last: Asked, rest: str) -> bool:
    """Whether it names another thing of the same kind: "oat milk" after "milk"."""
    named = [said if is_free(slot) else _title(turn, last, slot) or "" for slot, said in last.words.items()]
    return any(Sentence(said).words[-1:] == Sentence(rest).words[-1:] for said in named)


def _exchanged(turn: Turn) -> Iterator[tuple[str, str, bool]]:
    """What was wrong, what is right, and whether a word stands between: "not five but ten", "ten instead of five"."""
    sentence = turn.sentence
    words, count = sentence.words, len(sentence.words)
    if count > MOST_WORDS:
        return
    lead = 0
    while length := turn.phrases("correct.perhaps").longest(words[lead:]):
        lead += length
    if length := turn.phrases("correct.not").longest(words[lead:]):
        begin = lead + length
        for middle, behind in turn.phrases("correct.but").places(words[begin:]):
            yield sentence.part(begin, begin + middle), sentence.part(begin + behind, count), True
        for middle in range(begin + 1, count):
            yield sentence.part(begin, middle), sentence.part(middle, count), False
    for middle, behind in turn.phrases("correct.instead").places(words):
        if lead < middle and behind < count:
            begin = lead
            while length := max(
                turn.phrases(f"correct.{kind}").longest(words[begin:middle]) for kind in ("surely", "doing")
            ):
                begin += length
            if begin < middle:
                yield sentence.part(behind, count), sentence.part(begin, middle), True

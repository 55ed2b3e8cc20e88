"""Corrections of what was just asked for: "no, i meant ten", "make it twenty", "not five, ten"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.replacing import MOST_WORDS, with_free, with_typed
from sottovoce.agent.sentence import Sentence
from sottovoce.agent.tools import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.turn import Turn
    from sottovoce.domain.dialogue import Asked

_FEW_WORDS = 4
"""Of a value that takes any words, behind what need not begin a correction."""
_MEMORY = "memory."
"""Facts are corrected by telling what is so."""


def corrected(turn: Turn) -> Asked | None:
    """The last request as it should have been; None where the sentence corrects nothing."""
    last = turn.question.dialogue.last
    if last is None or turn.tool_of(last) is None or _is_kept_fact(turn, last):
        return None
    return _other_than_before(turn, last) or _other_value(turn, last)


def _other_than_before(turn: Turn, last: Asked) -> Asked | None:
    """By a sentence that names what was wrong and what is right."""
    for before, after in _exchanged(turn):
        if _holds(last, before) and (found := with_typed(turn, last, after) or with_free(turn, last, after)):
            return found
    return None


def _other_value(turn: Turn, last: Asked) -> Asked | None:
    """By one that names only what is right."""
    rest, surely = _rest(turn, turn.sentence)
    if not rest:
        steady = Sentence(turn.recognizer.noise.steadied(turn.sentence))  # "um no i meant ten"
        rest, surely = _rest(turn, steady)
    if not rest or (found := with_typed(turn, last, rest)) is not None:
        return found if rest else None
    if turn.readings or turn.readings_of(rest):  # "make it louder", "actually what time is it"
        return None
    words = Sentence(rest).words
    remark = any((word,) in turn.phrases("remark") for word in words)
    if not surely and (remark or len(words) > _FEW_WORDS or turn.spoken.statements.asks(rest)):
        return None
    return with_free(turn, last, rest) if len(words) <= MOST_WORDS else None


def _is_kept_fact(turn: Turn, last: Asked) -> bool:
    return last.tool.startswith(_MEMORY) and turn.effect_of(last) is not Effect.READ


def _holds(last: Asked, words: str) -> bool:
    """Whether one of its slots has these words in it."""
    looked_for = f" {' '.join(Sentence(words).words)} "
    return any(looked_for in f" {' '.join(Sentence(held).words)} " for held in last.words.values())


def _rest(turn: Turn, sentence: Sentence) -> tuple[str, bool]:
    """What stands behind the beginning of a correction, and whether that surely is one; empty for none."""
    begin, end, surely, began = 0, len(sentence.words), False, False
    surely_phrases, perhaps = turn.phrases("correct.surely"), turn.phrases("correct.perhaps")
    while begin < end:
        words = sentence.words[begin:]
        certain, likely = surely_phrases.longest(words), perhaps.longest(words)
        if not certain and not likely:
            break
        surely, began = surely or certain >= likely, True
        begin += max(certain, likely)
    tail = next(turn.phrases("correct.after").ends(sentence.words[begin:]), 0)
    if not began and not tail:
        return "", False
    thanks = 0 if tail else next(turn.phrases("thanks").ends(sentence.words[begin:]), 0)
    return sentence.part(begin, end - tail - thanks), surely or (bool(tail) and not began)


def _exchanged(turn: Turn) -> Iterator[tuple[str, str]]:
    """What was wrong and what is right in it: "not five but ten", "ten not five", "ten instead of five"."""
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
            yield sentence.part(begin, begin + middle), sentence.part(begin + behind, count)
        for middle in range(begin + 1, count):
            yield sentence.part(begin, middle), sentence.part(middle, count)
    for middle, behind in turn.phrases("correct.instead").places(words):
        if lead < middle and behind < count:
            begin = lead
            while length := turn.phrases("correct.surely").longest(words[begin:middle]):
                begin += length
            if begin < middle:
                yield sentence.part(behind, count), sentence.part(begin, middle)

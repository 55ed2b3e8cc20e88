"""Asking the same of something else: "and in london", "what about tomorrow", "the same in miles"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.agent.dialogue.replacing import MOST_WORDS, with_free, with_rest, with_typed
from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.slots.slots import Kind, kind_of
from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Asked
from sottovoce.domain.effects import Effect
from sottovoce.domain.values import Moment, Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sottovoce.agent.dialogue.turn import Turn

_FEW_WORDS = 5
_OF_TODAY = frozenset({"clock.day", "clock.date"})
_OF_A_DAY = "date.in"
_OF_ENTRIES = frozenset({"calendar.next"})
_ADDS_EVENT = "calendar.add"
_OF_A_DAYS_ENTRIES = "calendar.agenda"


def continued(turn: Turn) -> Asked | None:
    """The last request, of what the sentence names; None where it continues nothing."""
    last = turn.question.dialogue.last
    if last is None or turn.tool_of(last) is None or len(turn.sentence.words) > MOST_WORDS:
        return None
    if last.tool == _ADDS_EVENT and turn.spoken.statements.asks(turn.question.text):
        return _on_that_day(turn)
    return _continued(turn, last)


def _continued(turn: Turn, last: Asked) -> Asked | None:
    reads = turn.effect_of(last) is Effect.READ
    for rest, led in _rests(turn):
        if not led and not reads:
            continue
        if reads and Sentence(rest).words in turn.phrases("next_day"):
            return _of_the_next_day(turn, last)  # no place, and no name
        if reads and (found := _of_another_day(turn, last, rest)) is not None:
            return found
        if (found := with_typed(turn, last, rest) or _said_before(turn, last, rest)) is not None:
            return found
        words = Sentence(rest).words
        remark = any((word,) in turn.phrases("remark") for word in words)
        if remark or len(words) > _FEW_WORDS or turn.spoken.statements.asks(rest):
            continue
        if (found := with_free(turn, last, rest)) is not None:
            return found
    return None


def _of_the_next_day(turn: Turn, last: Asked) -> Asked | None:
    """The same of the day after that which was asked about; None where it asks about no day."""
    days = (_day_of(turn.value(slot, words)) for slot, words in last.words.items() if not is_free(slot))
    day = next((day for day in days if day is not None), turn.now.date()) + timedelta(days=1)
    return with_typed(turn, last, str(turn.spoken.grammar.functions["DATE"](day)))


def _day_of(value: object) -> date | None:
    """The day of a value that has one."""
    match value:
        case Period():
            return value.start.date()
        case Moment():
            return value.at.date()
        case _:
            return None


def _of_another_day(turn: Turn, last: Asked, rest: str) -> Asked | None:
    """What day another one is, behind "what day is it today"."""
    if last.tool in _OF_ENTRIES:  # "what's my next appointment", "what about tomorrow"
        said = (words for words in turn.without_lead_ins(rest) if turn.value("period", words) is not None)
        return next((Asked(_OF_A_DAYS_ENTRIES, {"period": words}) for words in said), None)
    if last.tool not in _OF_TODAY:
        return None
    said = (words for words in turn.without_lead_ins(rest) if turn.value("moment", words) is not None)
    return next((Asked(_OF_A_DAY, {"moment": words}) for words in said), None)


def _on_that_day(turn: Turn) -> Asked | None:
    """What there is on a day: "what about monday", behind what was put into the calendar, puts nothing there."""
    bare = turn.recognizer.fillers.bare
    rests = [text for rest, led in _rests(turn) if led for text in (rest, bare(Sentence(rest)))]
    said = (words for rest in rests for words in turn.without_lead_ins(rest))
    return next((Asked(_OF_A_DAYS_ENTRIES, {"period": words}) for words in said if turn.value("period", words)), None)


def ended_otherwise(turn: Turn) -> Asked | None:
    """The last request with another end of what it was about, in words that are none of a request: "and of ten"."""
    last = turn.question.dialogue.last
    if last is None or turn.effect_of(last) is not Effect.READ or len(turn.sentence.words) > _FEW_WORDS:
        return None
    found = list(_rests(turn))
    shares = (_other_share(turn, last, rest) for rest, led in found if led)
    if (share := next((asked for asked in shares if asked is not None), None)) is not None:
        return share
    ended = (with_rest(turn, last, rest) for rest, _ in found if not _calculates_on(turn, last, rest))
    return next((asked for asked in ended if asked is not None), None)


_SOUND: Final = (("sound.up", "volume.up"), ("sound.down", "volume.down"))
_SOUNDING: Final = frozenset({"media", "volume"})


def of_the_sound(turn: Turn) -> Asked | None:
    """Louder or softer of what was talked of: "a bit louder" behind "play some music" is not about the voice."""
    last = turn.question.dialogue.last
    if last is None or last.tool.partition(".")[0] not in _SOUNDING:
        return None
    if last.tool in dict(_SOUND).values() and turn.is_one_of("sound.more"):
        return Asked(last.tool)
    return next((Asked(tool) for purpose, tool in _SOUND if turn.is_one_of(purpose) and turn.tools.get(tool)), None)


def _other_share(turn: Turn, last: Asked, rest: str) -> Asked | None:
    """Another share of the same: "and fifteen percent", behind "ten percent of eighty"."""
    if not any(turn.phrases("share").ends(Sentence(rest).words)):
        return None
    for slot, held in last.words.items():
        sentence = Sentence(held)
        count = len(sentence.words)
        ends = (end for _, end in turn.phrases("share").places(sentence.words) if 0 < end < count)
        words = next((f"{rest} {sentence.part(end, count)}" for end in ends), "")
        if words and kind_of(slot) is Kind.CALCULATION and turn.value(slot, words) is not None:
            return last.with_words(**{slot: words})
    return None


def _calculates_on(turn: Turn, last: Asked, rest: str) -> bool:
    """Whether it is all of a calculation, from the last result on: "and times two"."""
    return any(kind_of(slot) is Kind.CALCULATION and turn.value(slot, rest) is not None for slot in last.words)


def _rests(turn: Turn) -> Iterator[tuple[str, bool]]:
    """What stands behind words that continue something, and whether there were any."""
    last = turn.question.dialogue.last
    reads = last is not None and turn.effect_of(last) is Effect.READ  # "and in tokyo then"
    for sentence in (turn.sentence, turn.bare):
        begin, count = 0, len(sentence.words)
        while begin < count and (length := turn.phrases("again").longest(sentence.words[begin:])):
            begin += length
        if 0 < begin < count:
            rest = Sentence(sentence.part(begin, count))
            yield turn.recognizer.fillers.without_thanks(rest, own_words=not reads), True
    bare = turn.bare
    text = bare.part(0, len(bare.words))
    if text and turn.phrases("lead_ins").longest(bare.words):  # "in london"
        yield text, False


def _said_before(turn: Turn, last: Asked, rest: str) -> Asked | None:
    """What the sentence before asks for with `rest` behind it: "what time is it", "in london"."""
    before = last_of(Role.USER, turn.question)
    if before is None or len(before.content.split()) > MOST_WORDS:
        return None
    for intent in turn.readings_of(f"{before.content.rstrip(' ?.!')} {rest}"):
        tool = turn.tools[intent.name]
        same = all(intent.slots.get(slot) == words for slot, words in last.words.items())
        if same and len(intent.slots) > len(last.words) and tool.effect is turn.effect_of(last):
            return Asked(intent.name, intent.slots)
    return None

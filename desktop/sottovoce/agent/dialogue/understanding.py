"""What a sentence asks for: one request or several, by itself or in the light of what was said before.

In this order: the answer to a question back, a correction, a request of its own, the same of something else. What its
pronouns mean is found when a request is called: that of the second may be what the first one made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sottovoce.agent.dialogue.corrections import corrected
from sottovoce.agent.dialogue.described import without_description
from sottovoce.agent.dialogue.ellipsis import continued, ended_otherwise, of_the_sound
from sottovoce.agent.dialogue.pending import in_minutes, settled, unclear
from sottovoce.agent.dialogue.pronouns import by_context, has_pronoun, is_pronoun, named_by_family
from sottovoce.agent.dialogue.replacing import with_typed
from sottovoce.agent.dialogue.taken_back import is_nothing_to_undo, taken_back
from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.planning import MADE
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.skills.correct import corrects
from sottovoce.agent.skills.remember import told_when_asked
from sottovoce.agent.skills.tell import asks_besides, is_of_the_moment, told_plainly
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.slots.slots import holds_own_words, is_named
from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Asked
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.dialogue.pending import Settled
    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.sentences.remarks import Part

MOST_REQUESTS = 4
"""Of one sentence."""
_MOST_JOINTS = 6
_FEW_WORDS = 2
_POINTING_WORDS = 6
"""Words of a sentence whose "it" may decide what it asks for."""
_MEMORY = "memory."
_TELL = "memory.tell"
_REMEMBER = "memory.remember"
_COURTESY = "courtesy"
_CLOCK = "clock."
_OF_A_PLACE = "zone.time"
_NO_DAY = "date.no_day"
_STANDS_STILL = frozenset({"pause", "left"})
"""What tools do or tell after which "carry on" has a thing go on."""
_OF_DAYS = frozenset({"alarm", "calendar", "date", "reminder"})
"""Families that a day which is none means nothing to."""
_NO_PART = frozenset({_TELL, "memory.yes", "memory.no", "courtesy.enough", "smalltalk.okay", "calendar.whole_day"})
"""What is no request beside another one: a remark, or an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to be done."""

    asked: Asked
    text: str
    """The words that asked for it."""
    plain: bool = True
    """Whether its words say all of it, to whomever and whenever they are said."""
    confirmed: bool = False
    """Whether the user agreed to it when asked."""
    corrects: Asked | None = None
    """The request in whose place it comes."""
    said_at: datetime | None = None
    """When its words were said, if that was before this turn: moments in them count from then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """What a sentence comes to."""

    requests: tuple[Request, ...] = ()
    settled: Settled | None = None
    """A question back that was not answered with something to be done."""
    guess: Intent | None = None
    """What is asked for if a word in it was put right as it was meant; it does something, so it is asked first."""
    otherwise: tuple[Interpretation, ...] = ()
    """What is meant where the tool knows nothing of what is named, one after the other."""


def understood(turn: Turn) -> Interpretation | None:
    """What is meant by the sentence; None where nothing knows it."""
    meant = _understood(turn)
    if not turn.spoken.values.names_no_day(turn.question.text):
        return meant
    wanted = (request.asked.tool.partition(".")[0] for request in (meant.requests if meant else ()))
    return _one(turn, Request(asked=Asked(_NO_DAY), text="")) if set(wanted) <= _OF_DAYS else meant


def _understood(turn: Turn) -> Interpretation | None:
    if (answer := settled(turn)) is not None:
        return _of_settled(turn, answer)
    if (asked := corrected(turn)) is not None:
        return _one(turn, Request(asked=asked, text="", plain=False, corrects=turn.question.dialogue.last))
    if (asked := _by_its_verb(turn) or _anew(turn) or of_the_sound(turn) or ended_otherwise(turn)) is not None:
        return _one(turn, Request(asked=asked, text="", plain=False))
    meant = _taking_back(turn, _by_itself(turn))
    if meant is not None:
        return meant
    if (asked := continued(turn)) is not None:
        return _one(turn, Request(asked=asked, text="", plain=False))
    again = unclear(turn)
    return Interpretation(settled=again) if again else (_in_its_place(turn) or _at_last(turn))


def _in_its_place(turn: Turn) -> Interpretation | None:
    """What is asked behind words that turn an answer down: "not that one another one"; only what does nothing."""
    words, begin = turn.sentence.words, 0
    while length := turn.phrases("correct.perhaps").longest(words[begin:]):
        begin += length
    rest = turn.sentence.part(begin, len(words)) if begin else ""
    asked = (Asked(one.name, one.slots) for one in (turn.readings_of(rest) if rest else ()))
    found = next(asked, None)
    reads = found is not None and turn.effect_of(found) is Effect.READ
    return _one(turn, Request(asked=found, text="", plain=False)) if found and reads else None


def _by_its_verb(turn: Turn) -> Asked | None:
    """What ends that which was talked of last, or has it go on: "cancel", of a timer; "carry on", of a paused one."""
    last = turn.question.dialogue.last
    family, _, doing = last.tool.partition(".") if last else ("", "", "")
    bare = "bare_resume" if doing in _STANDS_STILL and turn.is_one_of("bare_resume") else "bare_cancel"
    if family not in turn.question.dialogue.entities or not turn.is_one_of(bare):
        return None
    meant = (Sentence(said) for said in turn.phrases(f"{bare}.it"))
    found = (one for said in meant for one in named_by_family(turn.recognizer, said, [family]))
    return next((Asked(one.name, one.slots) for one in found if turn.tools.get(one.name)), None)


def _taking_back(turn: Turn, usual: Interpretation | None) -> Interpretation | None:
    """What takes back that which was set just now, if it is there still; else, and elsewhere, what is meant usually."""
    asked = taken_back(turn)
    if asked is None:
        return None if is_nothing_to_undo(turn) else usual
    taking = _one(turn, Request(asked=asked, text="", plain=False))
    return Interpretation(requests=taking.requests, otherwise=(usual,) if usual and MADE in asked.words else ())


def _at_last(turn: Turn) -> Interpretation | None:
    """What is meant if there is a thing of the name that is said: "cancel yoga"."""
    named = [
        Request(asked=Asked(intent.name, intent.slots), text=turn.question.text)
        for intent in turn.recognizer.at_last(turn.sentence)
        if turn.tools.get(intent.name)
        and not any(is_pronoun(turn.recognizer, words) for words in intent.slots.values())
    ]
    if not named:
        return None
    return Interpretation(
        requests=(named[0],), otherwise=tuple(Interpretation(requests=(request,)) for request in named[1:])
    )


def _anew(turn: Turn) -> Asked | None:
    """What was asked last, where that may be asked once more without harm: "again", "another one"."""
    last = turn.question.dialogue.last
    if last is None or turn.effect_of(last) is not Effect.READ or not turn.is_one_of("anew"):
        return None
    family = last.tool.partition(".")[0]  # "another one" of jokes is a tool of theirs
    return None if any(intent.name.partition(".")[0] == family for intent in turn.readings) else last


def _one(turn: Turn, request: Request) -> Interpretation:
    said = Request(
        asked=request.asked,
        text=turn.question.text,
        plain=request.plain,
        confirmed=request.confirmed,
        corrects=request.corrects,
        said_at=request.said_at,
    )
    return Interpretation(requests=(said,))


def _of_settled(turn: Turn, answer: Settled) -> Interpretation:
    pending = turn.question.dialogue.pending
    if answer.dropped or answer.again or pending is None:
        return Interpretation(settled=answer)
    confirmed = answer.confirmed and not pending.proposed
    said_at = _asked_at(turn) if answer.confirmed else None
    return _one(turn, Request(asked=answer.asked, text="", plain=False, confirmed=confirmed, said_at=said_at))


def _asked_at(turn: Turn) -> datetime | None:
    """When the user was asked what they agree to now: what "tomorrow" meant then."""
    asked = last_of(Role.ASSISTANT, turn.question)
    return datetime.fromtimestamp(asked.created_at, turn.now.tzinfo) if asked else None


def _by_itself(turn: Turn) -> Interpretation | None:
    text = turn.question.text
    if (named := _named_by_a_remark(turn)) is not None:
        return Interpretation(requests=(Request(asked=Asked(named.name, named.slots), text=text),))
    whole = _fitting(turn, _without_requests_kept(turn))
    if parts := _parts(turn, whole):
        requests = (Request(asked=Asked(intent.name, intent.slots), text=said) for intent, said in parts)
        return Interpretation(requests=tuple(requests))
    besides = _beside_a_remark(turn) if whole is None or whole.name == _TELL else []
    if besides:  # a fact that takes a request in is none
        return Interpretation(
            requests=tuple(Request(asked=Asked(one.name, one.slots), text=said) for one, said in besides)
        )
    whole = without_description(turn, whole or told_plainly(text, turn.spoken.tag))
    if whole is None:
        whole = turn.recognizer.repaired(text)
        if whole is not None and _is_bold(turn, whole):
            tool = turn.tools.get(whole.name)
            return Interpretation(guess=whole) if tool and tool.effect is Effect.ACT else None
    whole = told_when_asked(turn.question, whole)
    whole = corrects(turn.question, _there(turn, whole))
    return Interpretation(requests=(Request(asked=_in_minutes(turn, whole), text=text),)) if whole else None


def _there(turn: Turn, whole: Intent | None) -> Intent | None:
    """The time of a place that was named, where that of here would be told: "what day is it there"."""
    place = turn.question.dialogue.entities.get("place", "")
    if whole is None or not place or not whole.name.startswith(_CLOCK):
        return whole
    there = any(turn.phrases("pronouns.place").ends(turn.sentence.words))
    return Intent(_OF_A_PLACE, {"place": place}) if there else whole


def _in_minutes(turn: Turn, intent: Intent) -> Asked:
    """The request, a bare number of it as the length of time that is asked for: "a timer for twenty"."""
    tool, number = turn.tools.get(intent.name), intent.slots.get("number", "")
    known = {slot.name for slot in tool.slots} if tool else set[str]()
    lacks = number and "duration" in known and "number" not in known
    length = in_minutes(turn, "duration", number) if lacks else ""
    if not length:
        return Asked(intent.name, intent.slots)
    kept = {slot: words for slot, words in intent.slots.items() if slot != "number"}
    return Asked(intent.name, {**kept, "duration": length})


def _named_by_a_remark(turn: Turn) -> Intent | None:
    """What is asked for of that which only a remark names: "i'm done with firefox close it"."""
    done = turn.phrases("remarks.done")
    if not any(done.places(turn.sentence.words)):
        return None
    for part in turn.recognizer.beside_remarks(turn.question.text):
        remark, said = Sentence(part.remark), Sentence(part.text)
        end = next((end for _, end in done.places(remark.words)), 0)
        thing = remark.part(end, len(remark.words)) if part.begins and end else ""
        places = list(turn.phrases("pronouns.thing").places(said.words))
        if not thing or len(places) != 1:
            continue
        (begin, behind), count = places[0], len(said.words)
        words = " ".join(filter(None, (said.part(0, begin), thing, said.part(behind, count))))
        named = next((one for one in turn.readings_of(words) if any(map(is_free, one.slots))), None)
        if named is not None and _is_request(named):
            return named
    return None


def _without_requests_kept(turn: Turn) -> list[Intent]:
    """The readings without those that would keep a question or an order as part of a fact."""
    if not any(intent.name == _TELL for intent in turn.readings):
        return turn.readings
    besides = asks_besides(turn.question.text, turn.spoken.tag)
    return [intent for intent in turn.readings if intent.name != _TELL or not besides]


def _beside_a_remark(turn: Turn) -> list[tuple[Intent, str]]:
    """What is asked for by a part of the sentence, where the rest is a remark; before it what that has to be kept."""
    for part in turn.recognizer.beside_remarks(turn.question.text):
        intent = next(filter(_is_request, turn.readings_of(part.text)), None)
        if intent is not None and not _takes_in(intent, part) and not _misses_what_is_meant(turn, intent, part):
            besides = _told_besides(turn, part)
            if besides and intent.name == _REMEMBER:  # "my dog is called rex please remember that"
                return besides
            both = [(intent, part.text), *besides]
            return both[::-1] if part.begins else both
    return []


def _told_besides(turn: Turn, part: Part) -> list[tuple[Intent, str]]:
    """What a remark asks for or tells by itself: "i need an alarm at seven turn the volume up" are two requests."""
    words = Sentence(part.remark)
    length = 0 if part.begins else turn.phrases("joints").longest(words.words)
    remark = words.part(length, len(words.words))
    asked = next(filter(_is_request, turn.readings_of(remark)), None)
    told = asked or told_plainly(remark, turn.spoken.tag)
    told = told or next((one for one in turn.readings_of(remark) if one.name == _TELL), None)
    passing = told is not None and told.name == _TELL and is_of_the_moment(turn.spoken, remark)
    return [(told, remark)] if told and not passing else []


def _misses_what_is_meant(turn: Turn, intent: Intent, part: Part) -> bool:
    """Whether what it is about is only in the remark: what it destroys or tells the time of, or all that is asked.

    As in "the shop list can go delete it".
    """
    tool = turn.tools.get(intent.name)
    words = Sentence(part.text).words
    if intent.name.startswith(_CLOCK):  # "my brother lives in tokyo is it late there"
        return any(turn.phrases("pronouns.place").places(words))
    if not part.begins and not turn.spoken.statements.is_sure(words[-1]):  # "do you think my sister likes jazz"
        return True
    pointing = not intent.slots and has_pronoun(turn.recognizer, words)
    return pointing and tool is not None and tool.effect is Effect.DESTROY


def _is_request(intent: Intent) -> bool:
    """Whether it may be what somebody wants who tells something besides."""
    return intent.name not in _NO_PART and intent.name.partition(".")[0] != _COURTESY


def _takes_in(intent: Intent, part: Part) -> bool:
    """Whether words of the remark may belong to the request: its own words stand at that end, or are described."""
    said = Sentence(part.text).words
    at_end = ""
    for slot, text in intent.slots.items():
        words = Sentence(text).words
        if words == (said[: len(words)] if part.begins else said[-len(words) :]):
            at_end = slot
    if part.described:
        return not at_end or is_free(at_end)
    return bool(at_end) and is_free(at_end) and (part.begins or not is_named(at_end))


def _is_bold(turn: Turn, intent: Intent) -> bool:
    """Whether it does what a guess is not enough for."""
    tool = turn.tools.get(intent.name)
    return tool is not None and tool.effect in {Effect.ACT, Effect.DESTROY}


def _fitting(turn: Turn, readings: list[Intent]) -> Intent | None:
    """The best reading; of several, where the sentence points at something, that about what was talked of."""
    words = turn.sentence.words
    left = turn.question.dialogue
    families = [*([left.last.tool.partition(".")[0]] if left.last else []), *left.entities]
    if len(words) > _POINTING_WORDS or not has_pronoun(turn.recognizer, words):
        if len(readings) > 1 and not readings[0].slots and families[:1] != ["memory"]:  # "what's left", of a list
            readings = by_context(readings, families[:1])
        return readings[0] if readings else None
    if len(readings) > 1:
        readings = by_context(readings, families)
    same = readings[0].name.partition(".")[0] in families if readings else False
    named = [] if same else named_by_family(turn.recognizer, turn.bare, families)
    known = [intent for intent in named if turn.tools.get(intent.name)]
    if not known and not same:  # "then add it", of a list: no sum goes on
        known = [one for one in turn.readings_of(turn.bare.plain) if one.name.partition(".")[0] in families]
    return next(iter(known or readings), None)


# --- Two requests in one sentence -------------------------------------------------------------------------------------


def _parts(turn: Turn, whole: Intent | None) -> list[tuple[Intent, str]]:
    """The requests that a sentence is made of, with their words; none where it is one, or not all is known."""
    sentence = turn.sentence
    if whole is not None and not _holds_joint(turn, whole):
        return []
    found = _split(turn, sentence, MOST_REQUESTS)
    if found is None or len(found) < _FEW_WORDS:
        return []
    if whole is None or _is_swallowed(found[0][0], whole, sentence):
        return found
    return found if all(_stands_out(intent, said, whole) for intent, said in found[1:]) else []


def _is_swallowed(first: Intent, whole: Intent, sentence: Sentence) -> bool:
    """Whether the whole begins with a slot in which a request stands: nothing on a list is called "set a timer"."""
    values = (Sentence(words).words for words in whole.slots.values())
    begins = any(words == sentence.words[: len(words)] for words in values)
    return begins and not any(map(is_free, first.slots))


def _holds_joint(turn: Turn, whole: Intent) -> bool:
    """Whether one of its slots may have swallowed a second request; what is remembered is taken apart there."""
    if whole.name.startswith(_MEMORY):
        return False
    texts = [Sentence(words) for slot, words in whole.slots.items() if is_free(slot)]
    return any(text.pauses or next(turn.phrases("joints").places(text.words), None) for text in texts)


def _stands_out(part: Intent, said: str, whole: Intent) -> bool:
    """Whether a part is surely a request of its own, and no words of a slot of the whole."""
    if any(map(is_free, part.slots)):
        return False
    own_words = any(map(holds_own_words, whole.slots))
    return bool(part.slots) or (not own_words and len(said.split()) >= _FEW_WORDS)


def _split(turn: Turn, sentence: Sentence, most: int) -> list[tuple[Intent, str]] | None:
    """All parts, each of which is known; None where that can't be."""
    count = len(sentence.words)
    if most > 1:
        for begin, end in _joints(turn, sentence):
            head = sentence.part(0, begin)
            first = _part(turn, head)
            if first is None:
                continue
            tail = sentence.part(end, count)
            rest = _split(turn, Sentence(tail), most - 1) or _same_again(turn, first, head, tail)
            if rest is not None:
                return [(first, head), *rest]
    text = sentence.part(0, count)
    alone = _part(turn, text)
    return [(alone, text)] if alone else None


def _same_again(turn: Turn, first: Intent, head: str, text: str) -> list[tuple[Intent, str]] | None:
    """The first part once more, of something else: "... and another one for ten minutes", "two alarms for ... and"."""
    words = Sentence(text).words
    length = turn.phrases("again").longest(words)
    if not length and not any(turn.phrases("several").places(Sentence(head).words)):
        return None
    asked = Asked(first.name, first.slots)
    other = with_typed(turn, asked, Sentence(text).part(length, len(words)))
    return [(Intent(other.tool, other.words), text)] if other else None


def _part(turn: Turn, text: str) -> Intent | None:
    found = next(iter(turn.readings_of(text)), None)
    return found if found and found.name not in _NO_PART else None


def _joints(turn: Turn, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where it may be parted: before which word the first part ends, and with which one the second begins."""
    count = len(sentence.words)
    joints = dict(turn.phrases("joints").places(sentence.words))
    places = sorted({*joints, *sentence.pauses})
    for place in places[:_MOST_JOINTS]:
        end = joints.get(place, place)
        if place > 0 and end < count:
            yield place, end

"""Putting other words into a slot of what was asked: the slot whose kind they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.slots.slots import Kind, holds_own_words, kind_of
from sottovoce.agent.slots.when import When
from sottovoce.domain.dialogue import Asked
from sottovoce.domain.effects import Effect
from sottovoce.domain.values import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.domain.values import Recurrence

MOST_WORDS = 12
"""A longer text is no value of a slot."""
_MOST_SPLICED = 10
_OWNERS = "'s "
_ITS_WORD_AND_MORE = 2
_PARTS = ("day", "clock")


def with_typed(turn: Turn, asked: Asked, text: str) -> Asked | None:
    """The request with `text` in the first slot where it stands for something; None where it does nowhere."""
    if len(text.split()) > MOST_WORDS:
        return None
    if (found := with_rest(turn, asked, text)) is not None:
        return found
    for said in turn.without_lead_ins(text):
        for slot in turn.slots_of(asked):
            if is_free(slot) or _is_of_another(turn, asked, slot, said) or _is_quantity(turn, asked, slot, said):
                continue
            words = _in_place(turn, slot, asked.words.get(slot, ""), said)
            if words and words != asked.words.get(slot):
                return _without_told_again(turn, asked.with_words(**{slot: words}), slot)
    return None


def _without_told_again(turn: Turn, asked: Asked, slot: str) -> Asked:
    """The request without another time that names only what this one does: "monday at nine" behind "seven"."""
    new = _parts(turn.value(slot, asked.words[slot])) if kind_of(slot) is Kind.WHEN else frozenset()
    others = {one: _parts(turn.value(one, words)) for one, words in asked.words.items() if one != slot}
    again = {one for one, old in others.items() if old and old <= new and kind_of(one) is Kind.WHEN}
    return Asked(asked.tool, {one: words for one, words in asked.words.items() if one not in again}) if again else asked


def _is_of_another(turn: Turn, asked: Asked, slot: str, said: str) -> bool:
    """Whether another slot names what `said` does, and this one does not: "eight" behind "tomorrow" and "seven"."""
    alike = {one: _parts(turn.value(one, words)) for one, words in asked.words.items() if kind_of(one) is kind_of(slot)}
    new = _parts(turn.value(slot, said))
    return slot in alike and new.isdisjoint(alike[slot]) and not all(map(new.isdisjoint, alike.values()))


def _is_quantity(turn: Turn, asked: Asked, slot: str, said: str) -> bool:
    """Whether it is so much of a unit, and no unit alone: "a kilo", of "how many ounces in a pound"."""
    if kind_of(slot) is not Kind.UNIT or all(kind_of(one) is not Kind.QUANTITY for one in asked.words):
        return False
    return _is_counted(turn, said)


def _is_counted(turn: Turn, said: str) -> bool:
    """Whether it is a quantity by its first word: "a kilo"."""
    first, _, rest = said.partition(" ")
    counts = (first,) in turn.phrases("little") or turn.value("number", first) is not None
    return bool(rest) and counts and turn.value("quantity", said) is not None


def with_rest(turn: Turn, asked: Asked, text: str) -> Asked | None:
    """The request with what ends a value exchanged for `text`: "fifteen percent of eighty", "of two hundred"."""
    for slot, before in asked.words.items():
        behind = _from_there(before, text)
        if behind and not is_free(slot) and turn.value(slot, behind) is not None:
            return asked.with_words(**{slot: behind})
    return None


def with_free(turn: Turn, asked: Asked, text: str) -> Asked | None:
    """The request with `text` in the one of its filled slots that takes any words.

    A sentence of the user's own that is kept or sent is never exchanged for a few words by guess.
    """
    said = turn.without_all_lead_ins(text)
    keeps = turn.effect_of(asked) is not Effect.READ
    for slot in _likely(turn, asked, said):
        if is_free(slot) and not (keeps and holds_own_words(slot)):
            thing, time = _thing_and_time(turn, asked, said) if keeps else (said, {})
            return asked.with_words(**{slot: _of_owner(asked.words[slot], thing)}, **time)
    return None


def _thing_and_time(turn: Turn, asked: Asked, said: str) -> tuple[str, dict[str, str]]:
    """A thing and the time behind it, by the slot of that: "pilates on friday", of "yoga" and "thursday at six"."""
    words = said.split()
    for slot in asked.words:
        if kind_of(slot) in {Kind.MOMENT, Kind.WHEN}:
            for begin in range(1, len(words)):
                time = " ".join(words[begin:])
                for bare in turn.without_lead_ins(time):
                    if turn.value(slot, bare) is not None:
                        return " ".join(words[:begin]), {slot: bare}
    return said, {}


def _likely(turn: Turn, asked: Asked, said: str) -> Iterator[str]:
    """Filled slots, that which is named in what was said first ("the work list"), then as the tool has them."""
    tool = turn.tool_of(asked)
    order = [slot.name for slot in tool.slots] if tool else []
    filled = sorted(asked.words, key=lambda slot: order.index(slot) if slot in order else len(order))
    named = [slot for slot in filled if slot in said.casefold().split()]
    yield from dict.fromkeys((*named, *filled))


def _of_owner(before: str, said: str) -> str:
    """The same thing of somebody else: "my sister's name", "my brother" make "my brother's name"."""
    owner, owned, thing = before.partition(_OWNERS)
    if not owned or _OWNERS in said:
        return said
    return f"{said}{owned}{thing}" if owner else said


def _in_place(turn: Turn, slot: str, before: str, said: str) -> str | None:
    """The words of a slot when `said` takes the place of what it names of them: "ten" in "five minutes"."""
    if kind_of(slot) is Kind.PLAN:
        return _in_plan(turn, before, said) if before else None
    best: tuple[int, str] | None = None
    old = turn.value(slot, before) if before else None
    anywhere = kind_of(slot) in {Kind.MOMENT, Kind.WHEN}
    counted = isinstance(old, When) and old.counted  # "in ten minutes" and "twenty": nothing comes between
    spliced = _spliced(before.split(), said, anywhere=anywhere, between=not counted)
    for words in dict.fromkeys((said, *spliced)):
        value = turn.value(slot, words)
        if value is None:
            continue
        lost = _lost(old, value) + (_is_told_twice(value) and not _is_told_twice(old))
        if best is None or lost < best[0]:
            best = lost, words
        if not lost:
            break
    return best[1] if best and (best[1] != said or _fits_alone(turn, slot, said)) else None


def _in_plan(turn: Turn, before: str, said: str) -> str | None:
    """The words of a plan with its time or its thing exchanged: "two" in "lunch with anna tomorrow at one"."""
    plan_of = turn.spoken.plans.plan
    old = plan_of(before, turn.now)
    time = turn.value("when", said) is not None
    if old is None or (not time and plan_of(said, turn.now) is not None):
        return said  # all of it anew
    best: tuple[int, str] | None = None
    for words in _spliced(before.split(), said, anywhere=True):
        plan = plan_of(words, turn.now)
        if plan is None or plan == old:
            continue
        if time:
            lost = _lost(old.moment, plan.moment) + (plan.moment is None) + bool(old.recurrence and not plan.recurrence)
            same = plan.title == old.title and plan.length == old.length
        else:
            lost = 0
            same = plan.title.casefold() == said.casefold() and plan.moment == old.moment
        if same and (best is None or lost < best[0]):
            best = lost, words
    return best[1] if best else None


def _from_there(before: str, said: str) -> str:
    """The words of a slot up to the one with which something else begins: "fifteen percent of eighty", "of ten"."""
    old, new = before.split(), said.split()
    if len(new) < _ITS_WORD_AND_MORE or new[0] not in old[1:]:
        return ""
    return " ".join([*old[: old.index(new[0], 1)], *new])


def _fits_alone(turn: Turn, slot: str, said: str) -> bool:
    """Whether it is a value by itself: of a quantity not the bare unit alone."""
    return kind_of(slot) is not Kind.QUANTITY or turn.value("unit", said) is None or _is_counted(turn, said)


def _spliced(old: list[str], said: str, *, anywhere: bool, between: bool = True) -> Iterator[str]:
    """`said` in place of the first words, the most first; anywhere, of some words, or `between` two."""
    if len(old) > _MOST_SPLICED:
        return
    for end in range(len(old), -1 if anywhere else 0, -1):
        for begin in range(end + between if anywhere else 1):
            yield " ".join([*old[:begin], said, *old[end:]])


def _lost(old: Any, new: Any) -> int:  # noqa: ANN401 - of any kind
    """How much of what an old moment named a new one does not name: the day, the hour, its half of the day."""
    again = isinstance(old, When) and isinstance(new, When) and _is_less_of_a_series(old.recurrence, new)
    if isinstance(old, When) and isinstance(new, When) and new.recurrence and not old.recurrence and not new.moment:
        at = new.recurrence.at is not None
        return int(old.moment is not None and (old.moment.clock and not at) + old.moment.day)
    if isinstance(new, When) and new.counted:
        return 0
    before, after = _moment(old), _moment(new)
    if before is None or after is None:
        return int(again)
    named = ((before.day, after.day), (before.clock, after.clock), (before.half_known, after.half_known))
    return again + sum(was and not still for was, still in named)


def _is_told_twice(value: Any) -> bool:  # noqa: ANN401 - of any kind
    """Whether two times of day are named for one series: "seven on weekdays eight"."""
    if not isinstance(value, When) or value.recurrence is None or value.moment is None:
        return False
    return value.moment.clock and value.recurrence.at is not None


def _is_less_of_a_series(old: Recurrence | None, new: When) -> bool:
    """Whether it is no series any more, or one without its time: "every monday", behind "seven on weekdays"."""
    if old is None or new.recurrence is None:
        return old is not None
    return old.at is not None and new.recurrence.at is None


def _parts(value: Any) -> frozenset[str]:  # noqa: ANN401 - of any kind
    """What a time names."""
    if isinstance(value, When) and value.counted:
        return frozenset(_PARTS)
    moment, again = _moment(value), value.recurrence if isinstance(value, When) else None
    of_series = ("day",) * (again is not None) + ("clock",) * (again is not None and again.at is not None)
    return frozenset((*of_series, *(part for part in _PARTS if moment is not None and getattr(moment, part))))


def _moment(value: Any) -> Moment | None:  # noqa: ANN401 - of any kind
    value = value.moment if isinstance(value, When) else value
    return value if isinstance(value, Moment) else None

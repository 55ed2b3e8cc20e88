"""What follows from what was told: days until, ages, counts, yes or no; never more than was said."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.said import Said, said
from sottovoce.domain.typed import Want
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sottovoce.agent.tools.questions import Question
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.typed import TypedFact, TypedQuestion
    from sottovoce.language import Language
    from sottovoce.memory.system import MemorySystem

LOOKED_AT: Final = 20
"""Memories that are read for one question: the best ones by words and meaning."""
GROWN_S: Final = 182 * 86_400.0
"""After half a year an age that was told is said with the day on which it was told."""
MOST_QUOTED: Final = 3
"""Sentences quoted where nothing certain can be said."""
INTENT: Final = "memory.reckon"
_DAYS: Final = {"weeks": 7}
_OVERTAKEN: Final = frozenset({Want.WHETHER, Want.COUNT})
"""What something told later of the same one, which is no plain fact, may have changed."""


def quoted(memories: Sequence[Memory]) -> SkillAnswer:
    """What was told in the user's own words, where nothing else can be said for certain; the best one first."""
    shown = memories[:MOST_QUOTED]
    answer = said("memory-quoted", facts=tuple(memory.text for memory in shown))
    return SkillAnswer(said=answer, used=tuple(memory.id for memory in shown))


class Reckon:
    """Answers by reckoning with facts that were told of just the one who is asked about."""

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Look into `memory`; days are counted from `now`."""
        self._memory = memory
        self._now = now

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """See `LastResort.answer_unasked`.

        Raises:
            StoreTrouble: The memories could not be read.
        """
        own = language(question.context.language)
        wish = own.typed.wish(question.text)
        if wish is None:
            return None
        now = local_to(question.context, self._now())
        found = await self._memory.recall(question.context.user_id, wish.search, LOOKED_AT)
        told = sorted((one.memory for one in found), key=lambda one: one.created_at, reverse=True)
        newest = [(memory, own.typed.fact(memory.text)) for memory in told]
        clouds = _overtaking(own, question.text) if wish.want in _OVERTAKEN else None
        for asked in _asked_of(own, wish, [fact for _, fact in newest if fact is not None]):
            later: list[Memory] = []
            for memory, fact in newest:
                answer = _answer(own, asked, memory, fact, now) if fact is not None else None
                if answer is None:
                    if clouds is not None and clouds(memory.text, fact):
                        later.append(memory)
                    continue
                if (
                    later
                ):  # "I sold my car" may have made an end of "I have a car": both are told, and neither yes nor no
                    return INTENT, quoted([*later[: MOST_QUOTED - 1], memory])
                return INTENT, SkillAnswer(said=answer, used=(memory.id,))
        return None


def _asked_of(own: Language, wish: TypedQuestion, told: Sequence[TypedFact]) -> Iterator[TypedQuestion]:
    """The wish, and that of the same one by a name that is surely theirs alone: "lily" for my daughter."""
    yield wish
    pairs = {pair for fact in told if (pair := own.typed.named(fact)) is not None}
    names, paths = Counter(name for name, _ in pairs), Counter(path for _, path in pairs)
    for name, path in sorted(pairs):
        if names[name] == paths[path] == 1 and own.typed.path_of(name) == wish.holder:
            yield dataclasses.replace(wish, holder=path)


def _overtaking(own: Language, asked: str) -> Callable[[str, TypedFact | None], bool]:
    """Whether a text, and what it tells for certain, may have changed the answer: it is of the same, or just whose."""
    wanted, needed = own.recollection.wanted(asked), own.recollection.needed(asked)

    def clouds(text: str, fact: TypedFact | None) -> bool:
        if wanted is not None and wanted.fits(text):
            return True
        whose = own.holders.holder_of(text)  # "my dog died", of "do i have a dog"
        theirs = fact is None and whose.own and len(whose.path) <= 1
        return theirs and bool(needed) and own.recollection.has(text, needed)

    return clouds


def _answer(own: Language, wish: TypedQuestion, memory: Memory, fact: TypedFact, now: datetime) -> Said | None:
    """What one fact answers; None where it is about another, or tells something else."""
    match wish.want:
        case Want.COUNT:
            return _count(own, wish, fact)
        case Want.WHETHER:
            return _whether(own, wish, fact, now)
        case Want.SINCE:
            return _since(own, wish, fact, now)
        case Want.VALUE:
            return _value(own, wish, fact)
        case Want.AGE:
            return _age(own, wish, memory, fact, now)
        case _:
            return _day(own, wish, fact, now)


def _day(own: Language, wish: TypedQuestion, fact: TypedFact, now: datetime) -> Said | None:
    day = own.typed.day_in(fact, now) if fact.holder == wish.holder and fact.positive else None
    if day is None:
        return None
    if day.year_known and day.day < now.date() and not own.typed.comes_again(fact):
        return said("memory-day-past", fact=fact.text)
    there = day.next(now.date())
    if wish.want is Want.WEEKDAY:
        return said("memory-on-day", day=there)
    days = (there - now.date()).days
    if wish.unit in _DAYS and days >= _DAYS[wish.unit]:
        weeks, rest = divmod(days, _DAYS[wish.unit])
        return said("memory-weeks-until", weeks=weeks, days=rest, day=there)
    return said("memory-days-until", days=days, day=there)


def _age(own: Language, wish: TypedQuestion, memory: Memory, fact: TypedFact, now: datetime) -> Said | None:
    born = own.typed.born(fact)
    if born == wish.holder:
        return _age_of(own, fact, now)
    if fact.holder != wish.holder or not fact.positive or own.typed.years_in(fact) is None:
        return None
    if now.timestamp() - memory.created_at > GROWN_S:
        told = datetime.fromtimestamp(memory.created_at, tz=UTC).astimezone(now.tzinfo)
        return said("memory-told-on", day=told, fact=fact.text)
    return said("memory-fact", fact=fact.text)


def _age_of(own: Language, fact: TypedFact, now: datetime) -> Said | None:
    day = own.typed.day_in(fact, now)
    if day is not None and day.year_known:
        return said("memory-age", years=day.age(now.date()), fact=fact.text)
    year = own.typed.year_in(fact)
    if year is None or year > now.year:
        return None
    return said("memory-age-about", least=max(now.year - year - 1, 0), most=now.year - year, fact=fact.text)


def _since(own: Language, wish: TypedQuestion, fact: TypedFact, now: datetime) -> Said | None:
    if not fact.positive or fact.holder != wish.holder or not own.typed.of_the_same(fact, wish.value):
        return None
    day = own.typed.day_in(fact, now)
    if day is not None and day.year_known and day.day <= now.date():
        return said("memory-since", years=day.age(now.date()), fact=fact.text)
    year = own.typed.year_in(fact)
    return said("memory-since-about", years=now.year - year, fact=fact.text) if year and year < now.year else None


def _count(own: Language, wish: TypedQuestion, fact: TypedFact) -> Said | None:
    if not fact.positive:
        return None
    if fact.values and fact.holder == own.typed.belonging(wish.holder, wish.value):
        return said("memory-count", count=len(fact.values), fact=fact.text)
    counted, thing = own.typed.path_of(wish.value)[-1:], own.typed.path_of(own.typed.head_of(fact.value))[-1:]
    had = fact.holder == wish.holder and fact.relation == wish.relation
    return said("memory-fact", fact=fact.text) if had and thing == counted else None


def _whether(own: Language, wish: TypedQuestion, fact: TypedFact, now: datetime) -> Said | None:
    """Yes only to what was said just so, as one of several even; no only where just that was denied."""
    if fact.holder != wish.holder or fact.relation != wish.relation:
        return None
    period = own.values.period(wish.value, now) if fact.positive else None
    if period is not None and (day := own.typed.day_in(fact, now)) is not None:
        there = day.next(period.start.date())
        inside = period.start.date() <= there < period.end.date()
        return said("memory-yes" if inside else "memory-no", fact=fact.text)
    if own.typed.bare(wish.value) not in {own.typed.bare(one) for one in (fact.value, *fact.values)}:
        return None
    return said("memory-yes" if fact.positive else "memory-no", fact=fact.text)


def _value(own: Language, wish: TypedQuestion, fact: TypedFact) -> Said | None:
    if wish.relation == "born":
        return said("memory-quoted", facts=(fact.text,)) if own.typed.born(fact) == wish.holder else None
    if fact.holder != wish.holder or wish.relation not in {"", fact.relation}:
        return None
    fits = wish.relation or own.typed.measures(fact, wish.value)
    return said("memory-quoted", facts=(fact.text,)) if fits else None

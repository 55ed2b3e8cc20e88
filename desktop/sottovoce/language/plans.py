"""Takes the times out of what somebody plans; each language's `plans.py` brings its words."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sottovoce.domain.plans import Plan

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from sottovoce.domain.values import Moment, Period, Recurrence
    from sottovoce.language.analysis import SlotValues

LONGEST_TIME: Final = 12
"""Words of the longest time that is told in one go: "on the last friday of every month at half past ten"."""
MOST_WORDS: Final = 40
"""Words of a plan: a longer text is none."""
FEW_WORDS: Final = 6
"""Words of a title inside of which a time is looked for, too: "lunch tomorrow with anna"; of more it takes too long."""
_MOST_PHRASES: Final = 2000
"""That are known at once."""
_MOST_OF_DAY: Final = timedelta(hours=22)
_EDGES: Final = '.,;:!?"()'


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """What a language joins times and titles with; all in small letters."""

    length: re.Pattern[str]
    """A length of time behind a plan, its words in the group `length`."""
    spans: tuple[re.Pattern[str], ...]
    """Both ends of a stretch, in the groups `first` and `last`, and a day before them in `day`."""
    all_day: AbstractSet[str]
    """What says that it takes the whole day."""
    dangling: AbstractSet[str]
    """Words that a name follows, not a time: "with june"."""
    leading: AbstractSet[str]
    """What a title does not begin with."""
    trailing: AbstractSet[str]
    """What it does not end with."""
    deeds: AbstractSet[str]
    """What begins something other than a thing: "i have to go", "i have been"."""
    engagements: AbstractSet[str]
    """What is put into calendars."""
    whole_days: AbstractSet[str]
    """What takes whole days."""


class _TimePhrase:
    """Some words that follow one another, and what they tell of times: each found when it is first asked for, once."""

    def __init__(self, text: str, now: datetime, values: SlotValues, words: PlanWords) -> None:
        self.text = text
        self._now = now
        self._values = values
        self._words = words

    @cached_property
    def is_all_day(self) -> bool:
        return self.text.lower() in self._words.all_day

    @cached_property
    def is_number(self) -> bool:
        return self._values.number(self.text) is not None

    @cached_property
    def recurrence(self) -> Recurrence | None:
        return self._values.recurrence(self.text)

    @cached_property
    def spans(self) -> tuple[tuple[str, Moment, Moment], ...]:
        """What may be both ends of a stretch, and the words before them."""
        found = []
        for form in self._words.spans:
            if (told := form.fullmatch(self.text.lower())) is not None:
                first, last = (self._values.moment(told[end], self._now) for end in ("first", "last"))
                if first is not None and last is not None:
                    found.append((told["day"] or "", first, last))
        return tuple(found)

    @cached_property
    def span(self) -> tuple[Moment, Moment] | None:
        """Both ends of a stretch; a day before them, or that of the last, is the day of those without one."""
        for before, first, last in self.spans:
            if not before:
                return (_with_day(first, last) if last.day else first), last
            day = self._values.moment(before, self._now)
            if day is not None and not day.clock:
                return _with_day(first, day), last
        return None

    @cached_property
    def length(self) -> timedelta | None:
        told = self._words.length.fullmatch(self.text.lower())
        return self._values.duration(told["length"]) if told else None

    @cached_property
    def moment(self) -> Moment | None:
        """Not where a day was named together with a part of it: "friday afternoon"."""
        moment = self._values.moment(self.text, self._now)
        within_day = (
            moment is not None
            and not moment.clock
            and self.period is not None
            and self.period.end - self.period.start < _MOST_OF_DAY
        )
        return None if within_day else moment

    @cached_property
    def period(self) -> Period | None:
        return self._values.period(self.text, self._now)


def _with_time(plan: Plan, piece: _TimePhrase) -> Plan | None:  # noqa: PLR0911 - a kind of time each
    """The plan with what a piece tells of its time; None where it tells nothing that is missing."""
    if piece.is_all_day:
        return dataclasses.replace(plan, whole_days=True)
    if piece.is_number:  # "room two"
        return None
    hours = any(first.clock and last.clock for _, first, last in piece.spans)
    if plan.recurrence is None and not hours and piece.recurrence:
        return dataclasses.replace(plan, recurrence=piece.recurrence)
    if plan.until is None and piece.span:
        return _joined(dataclasses.replace(plan, until=piece.span[1]), piece.span[0])
    if plan.length is None and piece.length:
        return dataclasses.replace(plan, length=piece.length)
    if piece.moment and (joined := _joined(plan, piece.moment)):
        return joined
    if plan.period is None and not (plan.moment and plan.moment.day) and piece.period:
        return dataclasses.replace(plan, period=piece.period)
    return None


class Planner:
    """Finds title and times, whichever stands first."""

    def __init__(self, values: SlotValues, words: PlanWords) -> None:
        """Understand times by `values`."""
        self._values = values
        self._words = words
        self._known: tuple[object, dict[str, _TimePhrase]] = (None, {})

    def plan(self, text: str, now: datetime) -> Plan | None:
        """What is planned; None where no time is told, or too much is said."""
        words = [word for part in text.split() if (word := part.strip(_EDGES))]
        if len(words) > MOST_WORDS:
            return None
        plan = Plan()
        for places in (_ends, _beginnings):
            plan, words = self._without_times(plan, words, places, now)
        if len(words) <= FEW_WORDS:
            plan, words = self._without_times(plan, words, _insides, now)
        title = self._title(words)
        named = _forms(title)
        plan = dataclasses.replace(
            plan,
            title=title,
            is_thing=words[:1] == [] or words[0].lower() not in self._words.deeds,
            engagement=not named.isdisjoint(self._words.engagements),
            whole_days=plan.whole_days or not named.isdisjoint(self._words.whole_days),
        )
        return plan if plan.timed else None

    def is_engagement(self, text: str) -> bool:
        """See `Plans.is_engagement`."""
        named = _forms(text)
        return not named.isdisjoint(self._words.engagements) and named.isdisjoint(self._words.whole_days)

    def _without_times(
        self, plan: Plan, words: list[str], places: Callable[[int], Iterator[tuple[int, int]]], now: datetime
    ) -> tuple[Plan, list[str]]:
        """Take out what tells a time at these places, the longest first, until there is none."""
        going = True
        while going:
            going = False
            for begin, end in places(len(words)):
                if begin and words[begin - 1].lower() in self._words.dangling:
                    continue
                more = _with_time(plan, self._phrase(" ".join(words[begin:end]), now))
                if more is not None:
                    plan, words = more, words[:begin] + words[end:]
                    going = True
                    break
        return plan, words

    def _phrase(self, text: str, now: datetime) -> _TimePhrase:
        """Known from the same moment's other plans: a correction tries a sentence at each of its places."""
        moment = now.replace(tzinfo=None), now.tzinfo  # equal times of two zones are not the same
        at, known = self._known
        if at != moment or len(known) >= _MOST_PHRASES:
            at, known = self._known = moment, {}
        phrase = known.get(text)
        if phrase is None:
            phrase = known[text] = _TimePhrase(text, now, self._values, self._words)
        return phrase

    def _title(self, words: Sequence[str]) -> str:
        left = list(words)
        while left and left[0].lower() in self._words.leading:
            del left[0]
        while left and left[-1].lower() in self._words.trailing:
            del left[-1]
        return " ".join(left)


def _forms(text: str) -> set[str]:
    """The words of a title, each also without the ending of several or of whose it is."""
    return {form for word in text.lower().split() for form in (word, *map(word.removesuffix, ("s", "'s")))}


def _with_day(moment: Moment, day: Moment) -> Moment:
    return moment if moment.day or not moment.clock else clock_on(moment, day.at)


def _joined(plan: Plan, moment: Moment) -> Plan | None:
    """The plan with a moment, or with the day or the time of day that its moment lacks."""
    known = plan.moment
    if known is None:
        return dataclasses.replace(plan, moment=moment)
    day, clock = (known, moment) if not known.clock else (moment, known)
    if day.clock or clock.day:
        return None
    return dataclasses.replace(plan, moment=clock_on(clock, day.at))


def clock_on(clock: Moment, day: datetime) -> Moment:
    """A time of day on a day."""
    at = datetime.combine(day.date(), clock.at.time(), tzinfo=clock.at.tzinfo)
    return dataclasses.replace(clock, at=at, day=True)


def _ends(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(count, LONGEST_TIME), 0, -1):
        yield count - length, count


def _beginnings(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(count, LONGEST_TIME), 0, -1):
        yield 0, length


def _insides(count: int) -> Iterator[tuple[int, int]]:
    """Of few words, so that a long title takes no time."""
    for length in range(min(count - 2, LONGEST_TIME // 2), 0, -1):
        for begin in range(1, count - length):
            yield begin, begin + length

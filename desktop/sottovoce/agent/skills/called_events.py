"""Which events of the calendar a sentence means, by their names, their days or what was talked of."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning.calendar_words import with_its_day
from sottovoce.agent.planning.planned_times import is_at
from sottovoce.agent.slots.slots import OCCASION
from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.dialogue import NOTHING_LEFT, Asked, Pending
from sottovoce.domain.errors import CalendarFilesTooMany, CalendarFilesUnread
from sottovoce.domain.said import Said, said
from sottovoce.domain.values import Period
from sottovoce.language import language
from sottovoce.memory.calendar import LONGEST_AHEAD
from sottovoce.memory.recurring import with_summer_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.memory.calendar import Calendar, Occurrence

_BACK: Final = timedelta(hours=12)
"""So long ago something may have begun that is still meant."""
_ID_CHARS: Final = 32

_MISSING: Final[Mapping[type, str]] = {
    CalendarFilesUnread: "calendar-files-unread",
    CalendarFilesTooMany: "calendar-files-too-many",
}
"""What is said where files are not known, by what keeps them from being; of anything else that they can't be seen."""


@dataclass(frozen=True, slots=True)
class AllCalled:
    """What "all" are."""

    title: str
    """Empty for everything there is."""
    events: tuple[Occurrence, ...]
    """The next time of each."""


class CalledEvents:
    """Finds events in the calendar, and answers about them."""

    def __init__(self, calendar: Calendar, now: Callable[[], datetime]) -> None:
        """Look into `calendar`; days are counted from `now` on."""
        self._calendar = calendar
        self._now = now

    async def the_one(self, question: Question, call: ToolCall, day: str) -> Occurrence | SkillAnswer:
        """The one event that is meant and can be changed; else what to say."""
        now = self.here(question)
        named = call.slots.get(day)
        if named is None and not name_in(call) and (last := question.dialogue.entities.get("event")):
            call = dataclasses.replace(call, words={**call.words, "event": last})
        if named is None and not name_in(call):
            return SkillAnswer(
                said=said("calendar-ask-which"), pending=Pending(asked=Asked(call.name, call.words), slot="event")
            )
        found = await self.found(question, call)
        if named is not None:
            found = [one for one in found if is_at(one, named)]
        if not found and named is None:
            found = await self._found_with_its_day(question, call)
        if not found:
            return self.told((nothing_called(name_in(call)),))
        first_of = list({one.event.id: one for one in reversed(found)}.values())[::-1]
        if len(first_of) > 1 and named is None:
            items = tuple(with_its_day(one, now) for one in first_of[:3])
            pending = Pending(asked=Asked(call.name, call.words), slot=day)
            return SkillAnswer(said=said("calendar-which", items=items), pending=pending)
        one = first_of[0]
        if not one.own:
            return self.told((_refused(one),))
        return one

    async def _found_with_its_day(self, question: Question, call: ToolCall) -> list[Occurrence]:
        """What is named together with its day: "meeting with anna tomorrow"."""
        dated = language(question.context.language).plans.plan(name_in(call), self.here(question))
        if dated is None or dated.moment is None or not dated.title:
            return []
        found = await self.found(question, dataclasses.replace(call, words={"event": dated.title}))
        return [one for one in found if is_at(one, dated.moment)]

    async def all_meant(self, question: Question, call: ToolCall) -> AllCalled | SkillAnswer:
        """All own events that bear a name; "all my appointments" are all there are. Else what to say.

        "All my meetings" are those that are called so, where there are any.
        """
        own, title = language(question.context.language), call.words["event"]
        wanted = own.words.key_words(title)
        if not wanted:
            return SkillAnswer(said=said("calendar-ask-which"), pending=Pending(asked=Asked(call.name), slot="event"))
        question = dataclasses.replace(question, dialogue=NOTHING_LEFT)  # one that was talked of is not all
        general = wanted <= own.plans.GENERAL
        found = [] if general and wanted & own.plans.EVENTS else await self.found(question, call)
        everything = general and not found
        if everything:
            found = await self.found(question, dataclasses.replace(call, words={}))
        events = tuple({one.event.id: one for one in found if one.own}.values())
        if events:
            name = events[0].event.title if len(events) == 1 else title
            return AllCalled("" if everything else name, events)
        none = said("calendar-none-coming") if everything else nothing_called(title)
        return self.told((_refused(found[0]) if found else none,))

    async def found(self, question: Question, call: ToolCall, period: Period | None = None) -> list[Occurrence]:
        """What words name, in order; from now on unless another stretch is given."""
        now = self.here(question)
        period = period or Period(start=now - _BACK, end=now + LONGEST_AHEAD)
        found = [one for one in await self._calendar.agenda(question.context.user_id, period) if one.end > period.start]
        words = name_in(call)
        if period.end > now:
            found = [one for one in found if one.end > now]
        if len(words) == _ID_CHARS:
            return [one for one in found if one.event.id == words]
        own = language(question.context.language)
        wanted = own.words.key_words(words)
        core = wanted - own.plans.GENERAL
        named = [one for one in found if (core or wanted) <= own.words.key_words(one.event.title) or not wanted]
        it = "" if core else question.dialogue.entities.get("event", "")  # "the appointment" that was talked of
        return named or [one for one in found if one.event.id == it]

    def here(self, question: Question) -> datetime:
        """The present time where the user is, with summer time as it comes."""
        return with_summer_time(question.now or local_to(question.context, self._now()))

    def told(self, answer: Sequence[Said], one: Occurrence | None = None) -> SkillAnswer:
        """An answer, with what keeps it from being whole; "it" is `one` from now on."""
        trouble = self._calendar.trouble
        missing = () if trouble is None else (said(_MISSING.get(type(trouble), "calendar-files-missing")),)
        entities = {"event": one.event.id} if one is not None and one.own else {}
        return SkillAnswer(said=(*answer, *missing), entities=entities, private=True)


def _refused(one: Occurrence) -> Said:
    return said("calendar-only-read", title=one.event.title, calendar=one.calendar)


def nothing_called(title: str) -> Said:
    """That there is none; one without a name, or that went meanwhile, is not called anything."""
    if len(title) in {0, _ID_CHARS}:
        return said("calendar-no-such")
    return said("calendar-not-found", title=title)


def name_in(call: ToolCall) -> str:
    """What a call names an event by; its id where it was talked of, nothing where it names none."""
    return call.words.get("event") or call.words.get(OCCASION, "")

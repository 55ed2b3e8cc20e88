"""The calendar: what there is, what is free, adding, moving and cancelling."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning.calendar_words import (
    again,
    in_period,
    its_time,
    listed,
    on_day,
    on_its_day,
    with_its_day,
    with_its_end,
)
from sottovoce.agent.planning.planned_times import (
    later,
    midnight,
    moved_to,
    nearest_half,
    settled,
    when,
    with_moment,
)
from sottovoce.agent.skills.called_events import CalledEvents, name_in
from sottovoce.agent.slots.slots import ENGAGEMENT, OCCASION
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.plans import Plan
from sottovoce.domain.said import Said, said
from sottovoce.domain.values import Period
from sottovoce.language import language
from sottovoce.memory.calendar import LONGEST_AHEAD, free_times, occurrence, waking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.records import Event
    from sottovoce.domain.values import Moment
    from sottovoce.memory.calendar import Calendar, Occurrence

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_COMING: Final = timedelta(weeks=4)
_WHEN: Final = (Slot(name="period"), Slot(name="moment"))
_PLAN: Final = (
    Slot(name="plan", kept=True),
    Slot(name=ENGAGEMENT, kept=True),
    Slot(name="event", kept=True),
    Slot(name="moment"),
    Slot(name="moment2"),
    Slot(name="duration"),
    Slot(name="recurrence"),
    Slot(name="period"),
)
_WHICH: Final = Slot(name="event", required=True, ask=said("calendar-ask-which"))
_LENGTH: Final = Slot(name="duration", required=True, ask=said("calendar-ask-length"))


class CalendarSkill:
    """Answers from the calendar, and changes the user's own part of it."""

    offer = said("calendar-offer")

    def __init__(self, calendar: Calendar, now: Callable[[], datetime]) -> None:
        """Know `calendar`; days are counted from `now` on."""
        self._calendar = calendar
        self._events = CalledEvents(calendar, now)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return (
            Tool(name="calendar.agenda", run=self._agenda, slots=_WHEN),
            Tool(name="calendar.next", run=self._next),
            Tool(name="calendar.coming", run=self._coming),
            Tool(name="calendar.when", run=self._when, slots=(Slot(name="event"), Slot(name=OCCASION))),
            Tool(name="calendar.is_free", run=self._is_free, slots=(*_WHEN, Slot(name="plan"))),
            Tool(name="calendar.free", run=self._free, slots=_WHEN),
            Tool(name="calendar.add", run=self._add, slots=_PLAN, effect=Effect.WRITE),
            Tool(name="calendar.block", run=self._add, slots=_PLAN, effect=Effect.WRITE),
            Tool(name="calendar.whole_day", run=self._whole_day, effect=Effect.WRITE),
            Tool(
                name="calendar.move",
                run=self._move,
                slots=(
                    Slot(name="event"),
                    Slot(name="moment", required=True, ask=said("calendar-ask-when")),
                    Slot(name="moment2"),
                    Slot(name=OCCASION),
                ),
                effect=Effect.WRITE,
            ),
            Tool(name="calendar.later", run=self._shift, slots=(_WHICH, _LENGTH), effect=Effect.WRITE),
            Tool(name="calendar.earlier", run=self._shift, slots=(_WHICH, _LENGTH), effect=Effect.WRITE),
            Tool(
                name="calendar.cancel",
                run=self._cancel,
                slots=(Slot(name="event"), Slot(name="moment"), Slot(name=OCCASION)),
                effect=Effect.DESTROY,
                confirm=self._cancel_sure,
            ),
            Tool(name="calendar.call_off", run=self._call_off, slots=(_WHICH,), effect=Effect.WRITE),
            Tool(
                name="calendar.cancel_all",
                run=self._cancel_all,
                slots=(_WHICH,),
                effect=Effect.DESTROY,
                confirm=self._cancel_all_sure,
            ),
        )

    # --- asking -------------------------------------------------------------------------------------------------------

    async def _agenda(self, question: Question, call: ToolCall) -> SkillAnswer:
        """What there is in a stretch of time; of today what is not over.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        period = _asked_for(call, now)
        found = await self._calendar.agenda(question.context.user_id, period)
        left = found
        if period.start <= now < period.end:
            left = tuple(one for one in found if one.end > now)
            period = dataclasses.replace(period, start=max(period.start, midnight(now)))
        if left:
            return self._events.told(listed(left, period, now), left[0] if len(left) == 1 else None)
        key = "calendar-nothing-more" if found else "calendar-nothing"
        return self._events.told((said(key, when=in_period(period, now)),))

    async def _next(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - takes no slots
        """What comes next; things of whole days are passed over while there are others.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        user = question.context.user_id
        coming = await self._calendar.coming(user, now, lambda one: not one.event.all_day)
        coming = coming or await self._calendar.coming(user, now)
        if not coming:
            return self._events.told((said("calendar-none-coming"),))
        return self._events.told((said("calendar-next", one=with_its_day(coming[0], now)),), coming[0])

    async def _coming(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - takes no slots
        """What there is in the next weeks, or what comes after them.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        user = question.context.user_id
        coming = await self._calendar.agenda(user, Period(start=now, end=now + _COMING))
        coming = coming or await self._calendar.coming(user, now)
        if not coming:
            return self._events.told((said("calendar-none-coming"),))
        days = Period(start=midnight(now), end=max(now + _COMING, coming[-1].end))
        return self._events.told(listed(coming, days, now), coming[0] if len(coming) == 1 else None)

    async def _when(self, question: Question, call: ToolCall) -> SkillAnswer:
        """When something is, or was.

        Raises:
            NotMeant: Nothing there is called so.
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        title = name_in(call)
        found = await self._events.found(question, call)
        if found:
            key = "calendar-is"
        else:
            past = Period(start=now - LONGEST_AHEAD, end=now)
            key, found = "calendar-was", await self._events.found(question, call, past)
            found = found[-1:]
        if not found:
            # It may have been told: "anna's birthday is ...".
            raise NotMeant(self._events.told((said("calendar-not-found", title=title),)))
        one = found[0]
        told = said(key, title=one.event.title, time=its_time(one, now))
        told = said("calendar-item-of", item=told, calendar=one.calendar) if one.calendar else told
        return self._events.told((said("calendar-sentence", one=told),), one)

    async def _is_free(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Whether nothing is at a time; things of whole days are told, and keep nobody busy.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        period = _asked_for(call, now) if call.slots else Period(start=now, end=now + _HOUR)
        if "plan" in call.words:  # "can i fit in a coffee tomorrow at ten"
            period = _of_plan(language(question.context.language).plans.plan(call.words["plan"], now), now)
        found = await self._calendar.agenda(question.context.user_id, period)
        busy = [one for one in found if not one.event.all_day]
        if not found:
            return self._events.told((said("calendar-free", when=in_period(period, now)),))
        if busy:
            items = tuple(on_its_day(one, midnight(period.start)) for one in busy[:3])
            return self._events.told((said("calendar-busy", when=in_period(period, now), items=items),))
        items = tuple(on_its_day(one, midnight(period.start)) for one in found[:3])
        return self._events.told((said("calendar-free-but", when=in_period(period, now), items=items),))

    async def _free(self, question: Question, call: ToolCall) -> SkillAnswer:
        """When nothing is.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        now = self._events.here(question)
        period = waking(_asked_for(call, now))
        if period.start < now < period.end:
            period = dataclasses.replace(period, start=now.replace(second=0, microsecond=0))
        found = await self._calendar.agenda(question.context.user_id, period)
        free = free_times(found, period)
        day = on_day(period.start, now)
        if not free:
            return self._events.told((said("calendar-never-free", when=in_period(period, now)),))
        if free == (period,):
            return self._events.told((said("calendar-free", when=in_period(period, now)),))
        gaps = tuple(said("calendar-gap", start=gap.start, end=gap.end) for gap in free[:5])
        return self._events.told((said("calendar-free-times", when=day, gaps=gaps),))

    # --- changing -----------------------------------------------------------------------------------------------------

    async def _add(self, question: Question, call: ToolCall, *, whole: bool = False) -> SkillAnswer:
        """Put something in, or ask for what is missing.

        Raises:
            StoreTrouble: It was not put in.
        """
        now = self._events.here(question)
        own = language(question.context.language)
        plan = _planned(own.plans.plan(_plan_words(call), now), call)
        plan = dataclasses.replace(plan, whole_days=plan.whole_days or whole or call.name == "calendar.block")
        asked = Asked(call.name, call.words)
        title = plan.title or (own.text("calendar-blocked") if call.name == "calendar.block" else "")
        if not title:
            return SkillAnswer(said=said("calendar-ask-title"), pending=Pending(asked=asked, slot="event"))
        planned = when(plan, now)
        if planned is None:
            ask = said("calendar-ask-time" if plan.timed else "calendar-ask-when")
            asked = _with_its_day(asked, title, lambda text: own.plans.plan(text, now))
            return SkillAnswer(said=ask, pending=Pending(asked=asked, slot="moment"))
        wrong = await self._to_be_replaced(question, call)
        if wrong is not None and wrong.title == title and plan.moment is not None and not plan.moment.half_known:
            planned = nearest_half(planned, wrong.starts_at, now)
        event = self._calendar.new(
            question.context.user_id,
            title,
            planned.start,
            planned.end,
            all_day=planned.all_day,
            recurrence=planned.recurrence,
            source_message=question.message_id,
        )
        beside = [one for one in await self._calendar.add(event) if wrong is None or one.event.id != wrong.id]
        if wrong is not None:
            await self._calendar.remove(wrong)
        one = occurrence(event, planned.start)
        named = with_its_end(one, now)
        if plan.recurrence is not None:
            named = said("calendar-named-again", one=named, every=again(plan.recurrence))
        answer = [said("calendar-added", one=named)]
        if planned.end <= now:
            answer.append(said("calendar-in-the-past"))
        return self._events.told((*answer, *_also(beside, planned.start)), one)

    async def _to_be_replaced(self, question: Question, call: ToolCall) -> Event | None:
        """What the call before put in, where this one corrects it: "no, at two"."""
        made = question.dialogue.entities.get("event", "")
        if call.corrects is None or call.corrects.name not in {"calendar.add", "calendar.block"}:
            return None
        return await self._calendar.event(question.context.user_id, made)

    async def _whole_day(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """The answer "all day" to the question for a time.

        Raises:
            StoreTrouble: It was not put in.
        """
        pending = question.dialogue.pending
        if pending is None or pending.asked.tool not in {"calendar.add", "calendar.block"}:
            return said("calendar-not-asked")
        asked = dataclasses.replace(call, name=pending.asked.tool, words=pending.asked.words, slots={})
        return await self._add(question, asked, whole=True)

    async def _move(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Move something to another time, day, or both.

        Raises:
            StoreTrouble: It was not moved.
        """
        return await self._moved(question, call, lambda one, now: moved_to(one, call.slots["moment"], now))

    async def _shift(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Move something by a length of time.

        Raises:
            StoreTrouble: It was not moved.
        """
        length: timedelta = call.slots["duration"]
        by = -length if call.name == "calendar.earlier" else length
        return await self._moved(question, call, lambda one, _: later(one.start, by))

    async def _moved(
        self, question: Question, call: ToolCall, to: Callable[[Occurrence, datetime], datetime]
    ) -> SkillAnswer:
        now = self._events.here(question)
        one = await self._events.the_one(question, call, "moment2")
        if isinstance(one, SkillAnswer):
            return one
        start = to(one, now)
        moved, beside = await self._calendar.move(one, start)
        there = occurrence(moved, start)
        answer = [said("calendar-moved", title=there.event.title, time=its_time(there, now))]
        if one.repeats:
            answer.append(said("calendar-others-stay"))
        return self._events.told((*answer, *_also(beside, start)), there)

    async def _cancel_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Ask whether to take out the event that was found; a yes means just that one.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        one = await self._events.the_one(question, call, "moment")
        if isinstance(one, SkillAnswer):
            return one
        it = one.event.id
        return SkillAnswer(
            said=said("calendar-shall-i", one=with_its_day(one, self._events.here(question))),
            pending=Pending(asked=Asked(call.name, {**call.words, "event": it})),
            entities={"event": it},
            private=True,
        )

    async def _cancel(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Take something out; of a series this one time.

        Raises:
            StoreTrouble: It is still there.
        """
        now = self._events.here(question)
        one = await self._events.the_one(question, call, "moment")
        if isinstance(one, SkillAnswer):
            return one
        await self._calendar.cancel(one)
        answer = [said("calendar-cancelled", one=with_its_day(one, now))]
        if one.repeats:
            answer.append(said("calendar-cancelled-one", title=one.event.title))
        return dataclasses.replace(self._events.told(answer), entities={"event": one.event.title})

    async def _cancel_all_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Ask whether to take out all that bears a name, or all there is.

        Raises:
            StoreTrouble: The calendar could not be read.
        """
        found = await self._events.all_meant(question, call)
        if isinstance(found, SkillAnswer):
            return found
        asks = said("calendar-shall-i-everything", count=len(found.events))
        if found.title:
            asks = said("calendar-shall-i-all", title=found.title)
        return SkillAnswer(said=asks, pending=Pending(asked=Asked(call.name, call.words)), private=True)

    async def _call_off(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Ask whether to take out what is there by a name that might be anything's: "cancel yoga".

        Raises:
            NotMeant: Nothing there is called so.
            StoreTrouble: The calendar could not be read.
        """
        named = language(question.context.language).words.key_words(call.words["event"])
        if not named or not await self._events.found(question, call):
            raise NotMeant
        return await self._cancel_sure(question, dataclasses.replace(call, name="calendar.cancel"))

    async def _cancel_all(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Take out all that bears a name, or all there is, each with all its times.

        Raises:
            StoreTrouble: Not all are gone.
        """
        found = await self._events.all_meant(question, call)
        if isinstance(found, SkillAnswer):
            return found
        for one in found.events:
            await self._calendar.cancel(one, all_times=True)
        told = said("calendar-cancelled-everything", count=len(found.events))
        return self._events.told((said("calendar-cancelled-all", title=found.title) if found.title else told,))


def _with_its_day(asked: Asked, title: str, plan_of: Callable[[str], Plan | None]) -> Asked:
    """The request with a day that was told apart as part of its plan: the time comes beside it."""
    words = dict(asked.words)
    day = words.pop("moment", "")
    text = f"{title} {day}"
    plan = plan_of(text) if day else None
    if plan is None or plan.title.casefold() != title.casefold() or plan.moment is None:
        return asked
    return Asked(asked.tool, {**words, "plan": text})


def _plan_words(call: ToolCall) -> str:
    return call.words.get("plan") or call.words.get(ENGAGEMENT, "")


def _asked_for(call: ToolCall, now: datetime) -> Period:
    """The stretch of time a question is about: today where it names none."""
    if (period := call.slots.get("period")) is not None:
        found: Period = period
        return found
    moment: Moment | None = call.slots.get("moment")
    if moment is None or not moment.clock:
        day = midnight(moment.at if moment else now)
        return Period(start=day, end=day + _DAY)
    start = settled(moment, now)
    return Period(start=start, end=start + _HOUR)


def _of_plan(plan: Plan | None, now: datetime) -> Period:
    """The stretch of time that a plan would take; today where it tells none."""
    plan = plan or Plan()
    planned = when(plan, now)
    if planned is not None:
        return Period(start=planned.start, end=planned.end)
    day = midnight(plan.moment.at if plan.moment else now)
    return Period(start=day, end=day + _DAY)


def _planned(plan: Plan | None, call: ToolCall) -> Plan:
    """The plan with what was said apart from it: an answer to a question, a correction."""
    plan = plan or Plan()
    if "event" in call.words:
        plan = dataclasses.replace(plan, title=call.words["event"])
    if (moment := call.slots.get("moment")) is not None:
        plan = with_moment(plan, moment)
    named = {"until": "moment2", "length": "duration", "recurrence": "recurrence", "period": "period"}
    more = {part: call.slots[slot] for part, slot in named.items() if slot in call.slots}
    return dataclasses.replace(plan, **more)


def _also(beside: Sequence[Occurrence], start: datetime) -> tuple[Said, ...]:
    """What else is at that time."""
    items = tuple(on_its_day(one, midnight(start)) for one in beside[:3])
    return (said("calendar-also", items=items),) if items else ()

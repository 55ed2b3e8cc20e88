"""Alarms."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    RUNG_WITHIN_S,
    SNOOZE_S,
    ScheduleSkill,
    Unclear,
    asked_back,
    back_said,
    brought_back,
    coming_then,
    due_of,
    every_one,
    is_then,
    is_within,
    just_made,
    matching,
    moved_due,
    only_the_next,
    only_then,
    replaced,
    restored,
    shifted_due,
    skipped,
    spoken_of,
    unclear,
    undoable,
    when_said,
)
from sottovoce.agent.skills.clock import local_to
from sottovoce.agent.skills.timers import seconds_of
from sottovoce.agent.slots.when import joined
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import TooMuch
from sottovoce.domain.records import Reminder
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.values import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.planning.scheduled import Due
    from sottovoce.agent.slots.when import When
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall


class Alarms(ScheduleSkill):
    """Sets alarms, tells of them, and silences them."""

    offer = said("alarm-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        when, name = Slot(name="when"), Slot(name="name")
        by = Slot(name="duration", required=True, ask=said("timer-how-long"))
        write = Effect.WRITE
        length = (Slot(name="duration"), Slot(name="number"))
        return (
            Tool(name="alarm.set", run=self.set, slots=(when, Slot(name="when2"), name), effect=write),
            Tool(name="alarm.list", run=self.tell, slots=(when, Slot(name="period"))),
            Tool(name="alarm.cancel", run=self.cancel, slots=(when, name), effect=write),
            Tool(
                name="alarm.cancel_all",
                run=self.cancel_all,
                effect=Effect.DESTROY,
                confirm=self.cancel_all_sure,
            ),
            Tool(name="alarm.move", run=self.move, slots=(when, name), effect=write),
            *(
                Tool(name=f"alarm.{way}", run=self.shift, slots=(by, name), effect=write)
                for way in ("later", "earlier")
            ),
            Tool(name="alarm.snooze", run=self.snooze, slots=length, effect=write),
            Tool(name="alarm.stop", run=self.stop, effect=write),
        )

    async def set(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Set one; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        now = local_to(question.context, self._now())
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", said("alarm-when"))
        try:
            due = due_of(when, now, wakes=True)
            if due is None:
                return asked_back(call, "when2", said("schedule-at"))
            made = await self._schedule.set_reminder(
                str(call.slots.get("name", "")),
                kind=ReminderKind.ALARM,
                wall=due.wall,
                due_at=due.due_at,
                recurrence=due.recurrence,
                user_id=question.context.user_id,
                source_message=question.message_id,
            )
        except Unclear as nobody:
            return nobody.answer
        except TooMuch:
            return said("schedule-full")
        await self._schedule.cancel(*replaced(call, question, await self._mine(question), "alarm"))
        told = said("alarm-set", when=when_said(made, now), label=made.text or None)
        return _of(made, *((told,) if self._rings() else (told, said("schedule-silent"))))

    async def tell(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """All of them, or those of a day."""
        now = local_to(question.context, self._now())
        alarms = await self._mine(question)
        when = call.slots.get("when")
        if when is not None:
            alarms = [one for one in alarms if is_then(one, when, now)]
        period = call.slots.get("period")
        if isinstance(period, Period):
            alarms = [one for one in alarms if is_within(one, period, now)]
        if not alarms and (when is not None or period is not None):
            return said("alarm-none-then")
        if not alarms:
            return said("alarm-none")
        many = [said("alarm-count", count=len(alarms))] if len(alarms) > 1 else []
        told = (*many, *(_told(one, now) for one in alarms[:MOST_TOLD]))
        return _of(alarms[0], *told) if len(alarms) == 1 else SkillAnswer(said=told)

    async def cancel(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one: what rings before what waits.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        now = local_to(question.context, self._now())
        alarms = await self._mine(question)
        if (back := await restored(self._schedule, alarms, call, now)) is not None:
            return back
        if those := await brought_back(Reminder, self._schedule, question, call):
            return _of(those[0], *(back_said(one, now) for one in those[:MOST_TOLD]))
        if (made := just_made(alarms, call)) is not None:
            return await self._ended(made, now, once=False)
        return await self._cancel_named(question, call, alarms, now)

    async def _cancel_named(
        self, question: Question, call: ToolCall, alarms: Sequence[Reminder], now: datetime
    ) -> SkillAnswer | Said:
        try:
            some = self._some(alarms, question, call)
        except Unclear as nobody:
            return nobody.answer
        if not some:
            return said("alarm-none")
        ringing = [one for one in some if one.state is ScheduleState.RINGING]
        if ringing:
            await self._schedule.told(ringing)
            return said("alarm-off")
        if every_one(some, str(call.slots.get("name", "")), "name", question, now):
            await self._schedule.cancel(*some)
            return undoable(said("alarm-all-cancelled", count=len(some)), some)
        if len(some) > 1:
            return asked_back(call, "name", said("alarm-which", alarms=_whens(some, now)))
        return await self._ended(some[0], now, once=only_then(some[0], call, question, now))

    async def _ended(self, one: Reminder, now: datetime, *, once: bool) -> SkillAnswer:
        """End it, or leave out its next time `once`."""
        if once and (left_out := await skipped(self._schedule, one, now)):
            return left_out
        await self._schedule.cancel(one)
        return undoable(_of(one, said("alarm-cancelled", when=when_said(one, now))), [one])

    async def cancel_all_sure(self, question: Question, _: ToolCall) -> SkillAnswer | Said:
        """Whether to end all; or that there is none."""
        alarms = await self._mine(question)
        return said("alarm-confirm-all", count=len(alarms)) if alarms else SkillAnswer(said=said("alarm-none"))

    async def cancel_all(self, question: Question, _: ToolCall) -> SkillAnswer:
        """End all."""
        alarms = await self._mine(question)
        await self._schedule.cancel(*alarms)
        told = said("alarm-all-cancelled", count=len(alarms)) if alarms else said("alarm-none")
        return undoable(told, alarms)

    async def move(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one ring at another time."""
        now = local_to(question.context, self._now())
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", said("alarm-when"))
        return await self._moved(question, call, now, lambda one: moved_due(one, when, now, wakes=True))

    async def shift(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one ring by so much later or earlier."""
        now, length = local_to(question.context, self._now()), call.slots["duration"]
        by = -length if call.name == "alarm.earlier" else length
        return await self._moved(question, call, now, lambda one: shifted_due(one, by, now))

    async def _moved(
        self, question: Question, call: ToolCall, now: datetime, to: Callable[[Reminder], Due | None]
    ) -> SkillAnswer | Said:
        name = str(call.slots.get("name", ""))
        alarms = await self._mine(question)
        some = matching(alarms, name, question, now) if name else alarms
        if not some:
            those = _whens(alarms, now)
            which, unknown = said("alarm-which", alarms=those), said("alarm-unknown", alarms=those)
            return unclear(call, "name", question, which, unknown) if alarms else said("alarm-none")
        last = spoken_of(question, some, "alarm") if "duration" in call.slots and not name else None
        if len(some) > 1 and last is None:
            return asked_back(call, "name", said("alarm-which", alarms=_whens(some, now)))
        one = last or some[0]
        try:
            due = to(one)
        except Unclear as nobody:
            return nobody.answer
        if due is None:
            return asked_back(dataclasses.replace(call, name="alarm.move", words={}), "when", said("alarm-when"))
        moved = await self._schedule.move(one, due.wall, due.due_at, due.recurrence)
        return _of(moved, said("alarm-set", when=when_said(moved, now), label=moved.text or None))

    async def snooze(self, question: Question, call: ToolCall) -> Said:
        """Have what rings, or rang just now, come once more."""
        rung = await self._schedule.rung_last(question.context.user_id, RUNG_WITHIN_S)
        if not rung:
            return said("schedule-nothing-rings")
        seconds = seconds_of(call) or SNOOZE_S
        for one in rung:
            await self._schedule.snooze(one, seconds)
        return said("schedule-snoozed", length=seconds)

    async def stop(self, question: Question, _: ToolCall) -> Said:
        """Silence what rings; the key that was pressed to say so may have done that."""
        rung = await self._schedule.rung_last(question.context.user_id, RUNG_WITHIN_S)
        if not rung:
            return said("schedule-nothing-rings")
        await self._schedule.told(rung)
        return said("alarm-off")

    async def _mine(self, question: Question) -> Sequence[Reminder]:
        return await self._schedule.reminders(question.context.user_id, ReminderKind.ALARM)

    def _some(self, alarms: Sequence[Reminder], question: Question, call: ToolCall) -> Sequence[Reminder]:
        """Those that may be meant.

        Raises:
            Unclear: None is.
        """
        now = local_to(question.context, self._now())
        when, name = call.slots.get("when"), str(call.slots.get("name", ""))
        some = alarms
        if when is not None:
            some = [one for one in alarms if is_then(one, when, now)]
        if name:
            some = every_one(some, name, "name", question, now) or matching(some, name, question, now)
        later = coming_then(alarms, when, now)
        if later and not some:
            raise Unclear(only_the_next(later[0], now))
        if alarms and not some:
            those = _whens(alarms, now)
            which, unknown = said("alarm-which", alarms=those), said("alarm-unknown", alarms=those)
            raise Unclear(unclear(call, "name", question, which, unknown))
        return some


def when_asked(call: ToolCall) -> When | None:
    """When it is to be; what was said to a question back fills in what had been left open."""
    first, second = call.slots.get("when"), call.slots.get("when2")
    return joined(first, second) if first is not None and second is not None else first or second


def _whens(alarms: Sequence[Reminder], now: datetime) -> tuple[Said, ...]:
    return tuple(when_said(one, now) for one in alarms[:MOST_TOLD])


def _told(one: Reminder, now: datetime) -> Said:
    return said("alarm-rings", when=when_said(one, now), label=one.text or None)


def _of(one: Reminder, *told: Said) -> SkillAnswer:
    return SkillAnswer(said=told, entities={"alarm": one.id})

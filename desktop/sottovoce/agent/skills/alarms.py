"""Alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.planning.reminder_skill import ReminderSkill
from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    RUNG_WITHIN_S,
    SNOOZE_S,
    Unclear,
    asked_back,
    coming_then,
    every_one,
    is_then,
    is_within,
    matching,
    only_the_next,
    only_then,
    spoken_of,
    unclear,
    undoable,
    when_said,
)
from sottovoce.agent.skills.timers import seconds_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.values import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.records import Reminder


class Alarms(ReminderSkill):
    """Sets alarms, tells of them, and silences them."""

    offer = said("alarm-offer")
    kind = ReminderKind.ALARM
    wakes = True
    ask_when = said("alarm-when")
    none = said("alarm-none")

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
        return await self._made(question, call, str(call.slots.get("name", "")))

    async def tell(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """All of them, or those of a day."""
        now = self._local(question)
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
            return self.none
        many = [said("alarm-count", count=len(alarms))] if len(alarms) > 1 else []
        told = (*many, *(_told(one, now) for one in alarms[:MOST_TOLD]))
        return self._of(alarms[0], *told) if len(alarms) == 1 else SkillAnswer(said=told)

    async def cancel(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one: what rings before what waits.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        now = self._local(question)
        alarms = await self._mine(question)
        if (back := await self._taken_back(question, call, alarms, now)) is not None:
            return back
        return await self._cancel_named(question, call, alarms, now)

    async def _cancel_named(
        self, question: Question, call: ToolCall, alarms: Sequence[Reminder], now: datetime
    ) -> SkillAnswer | Said:
        try:
            some = self._some(alarms, question, call)
        except Unclear as nobody:
            return nobody.answer
        if not some:
            return self.none
        ringing = [one for one in some if one.state is ScheduleState.RINGING]
        if ringing:
            await self._schedule.told(ringing)
            return said("alarm-off")
        if every_one(some, str(call.slots.get("name", "")), "name", question, now):
            await self._schedule.cancel(*some)
            return undoable(self._all_cancelled(len(some)), some)
        if len(some) > 1:
            return asked_back(call, "name", said("alarm-which", alarms=_whens(some, now)))
        return await self._ended(some[0], now, once=only_then(some[0], call, question, now))

    async def _which(
        self, question: Question, call: ToolCall, mine: Sequence[Reminder], now: datetime
    ) -> Reminder | SkillAnswer | Said:
        name = str(call.slots.get("name", ""))
        some = matching(mine, name, question, now) if name else mine
        if not some:
            those = _whens(mine, now)
            which, unknown = said("alarm-which", alarms=those), said("alarm-unknown", alarms=those)
            return unclear(call, "name", question, which, unknown) if mine else self.none
        last = spoken_of(question, some, "alarm") if "duration" in call.slots and not name else None
        if len(some) > 1 and last is None:
            return asked_back(call, "name", said("alarm-which", alarms=_whens(some, now)))
        return last or some[0]

    def _is_set(self, one: Reminder, now: datetime) -> Said:
        return said("alarm-set", when=when_said(one, now), label=one.text or None)

    def _is_cancelled(self, one: Reminder, now: datetime) -> Said:
        return said("alarm-cancelled", when=when_said(one, now))

    def _all_cancelled(self, count: int) -> Said:
        return said("alarm-all-cancelled", count=count)

    def _confirm_all(self, count: int) -> Said:
        return said("alarm-confirm-all", count=count)

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

    def _some(self, alarms: Sequence[Reminder], question: Question, call: ToolCall) -> Sequence[Reminder]:
        """Those that may be meant.

        Raises:
            Unclear: None is.
        """
        now = self._local(question)
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


def _whens(alarms: Sequence[Reminder], now: datetime) -> tuple[Said, ...]:
    return tuple(when_said(one, now) for one in alarms[:MOST_TOLD])


def _told(one: Reminder, now: datetime) -> Said:
    return said("alarm-rings", when=when_said(one, now), label=one.text or None)

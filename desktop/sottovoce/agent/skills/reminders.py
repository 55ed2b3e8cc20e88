"""Reminders."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.agent.planning.reminder_skill import ReminderSkill
from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    asked_back,
    bears,
    coming_then,
    every_one,
    is_then,
    local,
    matching,
    named,
    only_the_next,
    only_then,
    spoken_of,
    unclear,
    undoable,
    when_said,
    with_its_day,
)
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.records import Reminder
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall

WHAT = said("reminder-what")


class Reminders(ReminderSkill):
    """Sets reminders and tells of them."""

    offer = said("reminder-offer")
    kind = ReminderKind.REMINDER
    ask_when = said("reminder-when")
    none = said("reminder-none")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        when, again, what = Slot(name="when"), Slot(name="when2"), Slot(name="what", required=True, ask=WHAT, kept=True)
        which, by = Slot(name="what"), Slot(name="duration", required=True, ask=said("timer-how-long"))
        write = Effect.WRITE
        return (
            Tool(name="reminder.set", run=self.set, slots=(what, when, again), effect=write),
            Tool(name="reminder.list", run=self.tell, slots=(Slot(name="period"), which)),
            Tool(name="reminder.cancel", run=self.cancel, slots=(which, when), effect=write),
            Tool(name="reminder.call_off", run=self.call_off, slots=(which,), effect=write),
            Tool(
                name="reminder.cancel_all",
                run=self.cancel_all,
                effect=Effect.DESTROY,
                confirm=self.cancel_all_sure,
            ),
            Tool(name="reminder.move", run=self.move, slots=(which, when), effect=write),
            *(
                Tool(name=f"reminder.{way}", run=self.shift, slots=(by, which), effect=write)
                for way in ("later", "earlier")
            ),
        )

    async def set(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Set one; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        return await self._made(question, call, str(call.slots["what"]))

    async def tell(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """All of them, those of a time, or those of something."""
        now = self._local(question)
        reminders = await self._mine(question)
        if reminders and (what := str(call.slots.get("what", ""))):
            those = tuple(map(named, reminders[:MOST_TOLD]))
            reminders = matching(reminders, what, question, now)
            if not reminders:
                return said("reminder-unknown", reminders=those)
        period = call.slots.get("period")
        if period is not None:
            reminders = [one for one in reminders if period.start <= local(one.due_at, now) < period.end]
            if not reminders:
                return said("reminder-none-then")
        if not reminders:
            return self.none
        many = [said("reminder-count", count=len(reminders))] if len(reminders) > 1 else []
        told = (*many, *(_told(one, now) for one in reminders[:MOST_TOLD]))
        return self._of(reminders[0], *told) if len(reminders) == 1 else SkillAnswer(said=told)

    async def cancel(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        now, which = self._local(question), str(call.slots.get("what", ""))
        mine = await self._mine(question)
        if (back := await self._taken_back(question, call, mine, now)) is not None:
            return back
        if every := every_one(mine, which, "what", question, now):
            await self._schedule.cancel(*every)
            return undoable(self._all_cancelled(len(every)), every)
        call = with_its_day(call, question, now)
        found = await self._one(question, call, call.slots.get("when"))
        if not isinstance(found, Reminder):
            return found
        return await self._ended(found, now, once=only_then(found, call, question, now))

    async def call_off(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one by a name that might be anything's: "cancel yoga".

        Raises:
            NotMeant: None is called so.
        """
        if not bears(await self._mine(question), call.words["what"], question):
            raise NotMeant
        return await self.cancel(question, dataclasses.replace(call, name="reminder.cancel"))

    async def _which(
        self, question: Question, call: ToolCall, mine: Sequence[Reminder], now: datetime
    ) -> Reminder | SkillAnswer | Said:
        del now
        if "duration" in call.slots and "what" not in call.slots and (last := spoken_of(question, mine, "reminder")):
            return last
        return await self._one(question, call, None)

    def _words_of(self, one: Reminder) -> dict[str, str]:
        return {"what": one.text}

    def _is_set(self, one: Reminder, now: datetime) -> Said:
        if not one.wall:
            return said("reminder-set-in", length=max(round(one.due_at - now.timestamp()), 1), what=one.text)
        return said("reminder-set", when=when_said(one, now), what=one.text)

    def _is_cancelled(self, one: Reminder, now: datetime) -> Said:
        del now
        return said("reminder-cancelled", what=one.text)

    def _all_cancelled(self, count: int) -> Said:
        return said("reminder-all-cancelled", count=count)

    def _confirm_all(self, count: int) -> Said:
        return said("reminder-confirm-all", count=count)

    async def _one(self, question: Question, call: ToolCall, when: object) -> Reminder | SkillAnswer | Said:
        """The one that is meant, or what is said where that is not clear."""
        now = self._local(question)
        reminders = await self._mine(question)
        if not reminders:
            return self.none
        some: Sequence[Reminder] = reminders
        if when is not None:
            some = [one for one in reminders if is_then(one, when, now)]  # type: ignore[arg-type] # a `When`
        if what := str(call.slots.get("what", "")):
            some = matching(some, what, question, now)
        later = coming_then(reminders, when, now)
        if later and not some:
            return only_the_next(later[0], now)
        if not some:
            those = tuple(map(named, reminders[:MOST_TOLD]))
            which, unknown = said("reminder-which", reminders=those), said("reminder-unknown", reminders=those)
            return unclear(call, "what", question, which, unknown)
        if len(some) > 1:
            return asked_back(call, "what", said("reminder-which", reminders=tuple(map(named, some[:MOST_TOLD]))))
        return some[0]


def _told(one: Reminder, now: datetime) -> Said:
    return said("reminder-comes", when=when_said(one, now), what=one.text)

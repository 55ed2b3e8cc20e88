"""Reminders."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    ScheduleSkill,
    Unclear,
    asked_back,
    back_said,
    bears,
    brought_back,
    coming_then,
    due_of,
    every_one,
    is_then,
    just_made,
    local,
    matching,
    moved_due,
    named,
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
    with_its_day,
)
from sottovoce.agent.skills.alarms import when_asked
from sottovoce.agent.skills.clock import local_to
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import TooMuch
from sottovoce.domain.records import Reminder
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.planning.scheduled import Due
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall

WHAT = said("reminder-what")
WHEN = said("reminder-when")


class Reminders(ScheduleSkill):
    """Sets reminders and tells of them."""

    offer = said("reminder-offer")

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
        now = local_to(question.context, self._now())
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", WHEN)
        try:
            due = due_of(when, now)
            if due is None:
                return asked_back(call, "when2", said("schedule-at"))
            made = await self._schedule.set_reminder(
                str(call.slots["what"]),
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
        await self._schedule.cancel(*replaced(call, question, await self._mine(question), "reminder"))
        told = _set(made, now)
        return _of(made, *((told,) if self._rings() else (told, said("schedule-silent"))))

    async def tell(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """All of them, those of a time, or those of something."""
        now = local_to(question.context, self._now())
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
            return said("reminder-none")
        many = [said("reminder-count", count=len(reminders))] if len(reminders) > 1 else []
        told = (*many, *(_told(one, now) for one in reminders[:MOST_TOLD]))
        return _of(reminders[0], *told) if len(reminders) == 1 else SkillAnswer(said=told)

    async def cancel(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        now, which = local_to(question.context, self._now()), str(call.slots.get("what", ""))
        mine = await self._mine(question)
        if (back := await restored(self._schedule, mine, call, now)) is not None:
            return back
        if those := await brought_back(Reminder, self._schedule, question, call):
            return _of(those[0], *(back_said(one, now) for one in those[:MOST_TOLD]))
        if (made := just_made(mine, call)) is not None:
            return await self._ended(made, now, once=False)
        if every := every_one(mine, which, "what", question, now):
            await self._schedule.cancel(*every)
            return undoable(said("reminder-all-cancelled", count=len(every)), every)
        call = with_its_day(call, question, now)
        found = await self._one(question, call, call.slots.get("when"))
        if not isinstance(found, Reminder):
            return found
        return await self._ended(found, now, once=only_then(found, call, question, now))

    async def _ended(self, one: Reminder, now: datetime, *, once: bool) -> SkillAnswer:
        """End it, or leave out its next time `once`."""
        if once and (left_out := await skipped(self._schedule, one, now)):
            return left_out
        await self._schedule.cancel(one)
        return undoable(_of(one, said("reminder-cancelled", what=one.text)), [one])

    async def call_off(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one by a name that might be anything's: "cancel yoga".

        Raises:
            NotMeant: None is called so.
        """
        if not bears(await self._mine(question), call.words["what"], question):
            raise NotMeant
        return await self.cancel(question, dataclasses.replace(call, name="reminder.cancel"))

    async def cancel_all_sure(self, question: Question, _: ToolCall) -> SkillAnswer | Said:
        """Whether to end all; or that there is none."""
        reminders = await self._mine(question)
        none = SkillAnswer(said=said("reminder-none"))
        return said("reminder-confirm-all", count=len(reminders)) if reminders else none

    async def cancel_all(self, question: Question, _: ToolCall) -> SkillAnswer:
        """End all."""
        reminders = await self._mine(question)
        await self._schedule.cancel(*reminders)
        told = said("reminder-all-cancelled", count=len(reminders)) if reminders else said("reminder-none")
        return undoable(told, reminders)

    async def move(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one told at another time."""
        now = local_to(question.context, self._now())
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", WHEN)
        return await self._moved(question, call, now, lambda one: moved_due(one, when, now))

    async def shift(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one told by so much later or earlier."""
        now, length = local_to(question.context, self._now()), call.slots["duration"]
        by = -length if call.name == "reminder.earlier" else length
        return await self._moved(question, call, now, lambda one: shifted_due(one, by, now))

    async def _moved(
        self, question: Question, call: ToolCall, now: datetime, to: Callable[[Reminder], Due | None]
    ) -> SkillAnswer | Said:
        found: Reminder | SkillAnswer | Said | None = None
        if "duration" in call.slots and "what" not in call.slots:
            found = spoken_of(question, await self._mine(question), "reminder")
        found = found or await self._one(question, call, None)
        if not isinstance(found, Reminder):
            return found
        try:
            due = to(found)
        except Unclear as nobody:
            return nobody.answer
        if due is None:
            words = {"what": found.text}
            return asked_back(dataclasses.replace(call, name="reminder.move", words=words), "when", WHEN)
        moved = await self._schedule.move(found, due.wall, due.due_at, due.recurrence)
        return _of(moved, _set(moved, now))

    async def _one(self, question: Question, call: ToolCall, when: object) -> Reminder | SkillAnswer | Said:
        """The one that is meant, or what is said where that is not clear."""
        now = local_to(question.context, self._now())
        reminders = await self._mine(question)
        if not reminders:
            return said("reminder-none")
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

    async def _mine(self, question: Question) -> Sequence[Reminder]:
        return await self._schedule.reminders(question.context.user_id, ReminderKind.REMINDER)


def _set(one: Reminder, now: datetime) -> Said:
    if not one.wall:
        return said("reminder-set-in", length=max(round(one.due_at - now.timestamp()), 1), what=one.text)
    return said("reminder-set", when=when_said(one, now), what=one.text)


def _told(one: Reminder, now: datetime) -> Said:
    return said("reminder-comes", when=when_said(one, now), what=one.text)


def _of(one: Reminder, *told: Said) -> SkillAnswer:
    return SkillAnswer(said=told, entities={"reminder": one.id})

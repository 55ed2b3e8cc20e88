"""What alarms and reminders are asked for alike: both wait for a time of the clock."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    ScheduleSkill,
    Unclear,
    asked_back,
    back_said,
    brought_back,
    due_of,
    just_made,
    moved_due,
    replaced,
    restored,
    shifted_due,
    skipped,
    undoable,
)
from sottovoce.agent.slots.when import joined
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.domain.errors import TooMuch
from sottovoce.domain.records import Reminder
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.planning.scheduled import Due
    from sottovoce.agent.slots.when import When
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.schedule_states import ReminderKind


class ReminderSkill(ScheduleSkill, ABC):
    """Alarms or reminders, by their `kind`; what is said of them differs."""

    kind: ClassVar[ReminderKind]
    wakes: ClassVar[bool] = False
    """Whether a time without a part of the day is one at which people wake."""
    ask_when: ClassVar[Said]
    none: ClassVar[Said]

    @abstractmethod
    def _is_set(self, one: Reminder, now: datetime) -> Said:
        """That it comes then."""

    @abstractmethod
    def _is_cancelled(self, one: Reminder, now: datetime) -> Said:
        """That it comes no more."""

    @abstractmethod
    def _all_cancelled(self, count: int) -> Said:
        """That none comes any more."""

    @abstractmethod
    def _confirm_all(self, count: int) -> Said:
        """Whether to end all."""

    @abstractmethod
    async def _which(
        self, question: Question, call: ToolCall, mine: Sequence[Reminder], now: datetime
    ) -> Reminder | SkillAnswer | Said:
        """The one that is to be moved, or what is said where that is not clear."""

    async def _mine(self, question: Question) -> Sequence[Reminder]:
        return await self._schedule.reminders(question.context.user_id, self.kind)

    def _of(self, one: Reminder, *told: Said) -> SkillAnswer:
        return SkillAnswer(said=told, entities={str(self.kind): one.id})

    async def _made(self, question: Question, call: ToolCall, text: str) -> SkillAnswer | Said:
        """Set one of these words; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        now = self._local(question)
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", self.ask_when)
        try:
            due = due_of(when, now, wakes=self.wakes)
            if due is None:
                return asked_back(call, "when2", said("schedule-at"))
            made = await self._schedule.set_reminder(
                text,
                kind=self.kind,
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
        await self._schedule.cancel(*replaced(call, question, await self._mine(question), str(self.kind)))
        silent = () if self._rings() else (said("schedule-silent"),)
        return self._of(made, self._is_set(made, now), *silent)

    async def _taken_back(
        self, question: Question, call: ToolCall, mine: Sequence[Reminder], now: datetime
    ) -> SkillAnswer | None:
        """What becomes of it where something is taken back that was just done; None where nothing is.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        if (back := await restored(self._schedule, mine, call, now)) is not None:
            return back
        if those := await brought_back(Reminder, self._schedule, question, call):
            return self._of(those[0], *(back_said(one, now) for one in those[:MOST_TOLD]))
        if (made := just_made(mine, call)) is not None:
            return await self._ended(made, now, once=False)
        return None

    async def _ended(self, one: Reminder, now: datetime, *, once: bool) -> SkillAnswer:
        """End it, or leave out its next time `once`."""
        if once and (left_out := await skipped(self._schedule, one, now)):
            return left_out
        await self._schedule.cancel(one)
        return undoable(self._of(one, self._is_cancelled(one, now)), [one])

    async def cancel_all_sure(self, question: Question, _: ToolCall) -> SkillAnswer | Said:
        """Whether to end all; or that there is none."""
        mine = await self._mine(question)
        return self._confirm_all(len(mine)) if mine else SkillAnswer(said=self.none)

    async def cancel_all(self, question: Question, _: ToolCall) -> SkillAnswer:
        """End all."""
        mine = await self._mine(question)
        await self._schedule.cancel(*mine)
        return undoable(self._all_cancelled(len(mine)) if mine else self.none, mine)

    async def move(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one come at another time."""
        now = self._local(question)
        when = when_asked(call)
        if when is None:
            return asked_back(call, "when", self.ask_when)
        return await self._moved(question, call, now, lambda one: moved_due(one, when, now, wakes=self.wakes))

    async def shift(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Have one come by so much later or earlier."""
        now, length = self._local(question), call.slots["duration"]
        by = -length if call.name == f"{self.kind}.earlier" else length
        return await self._moved(question, call, now, lambda one: shifted_due(one, by, now))

    async def _moved(
        self, question: Question, call: ToolCall, now: datetime, to: Callable[[Reminder], Due | None]
    ) -> SkillAnswer | Said:
        one = await self._which(question, call, await self._mine(question), now)
        if not isinstance(one, Reminder):
            return one
        try:
            due = to(one)
        except Unclear as nobody:
            return nobody.answer
        if due is None:
            again = dataclasses.replace(call, name=f"{self.kind}.move", words=self._words_of(one))
            return asked_back(again, "when", self.ask_when)
        moved = await self._schedule.move(one, due.wall, due.due_at, due.recurrence)
        return self._of(moved, self._is_set(moved, now))

    def _words_of(self, one: Reminder) -> dict[str, str]:
        """The words by which it is found again once a question back is answered."""
        del one
        return {}


def when_asked(call: ToolCall) -> When | None:
    """When it is to be; what was said to a question back fills in what had been left open."""
    first, second = call.slots.get("when"), call.slots.get("when2")
    return joined(first, second) if first is not None and second is not None else first or second

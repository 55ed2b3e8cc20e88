"""Timers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.agent.planning.scheduled import (
    MOST_TOLD,
    ScheduleSkill,
    Unclear,
    asked_back,
    bears,
    brought_back,
    every_one,
    is_paused,
    just_made,
    matching,
    named,
    replaced,
    spoken_of,
    unclear,
    undoable,
)
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import TooMuch
from sottovoce.domain.records import Timer
from sottovoce.domain.said import Said, said
from sottovoce.memory.schedule import LONGEST_TIMER_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall

HOW_LONG = said("timer-how-long")
_SHORTEST_S = 1.0
_LONGEST_NAME = 60
"""Letters; a longer one is a sentence that was not understood."""


class Timers(ScheduleSkill):
    """Sets timers, tells of them, and changes them."""

    offer = said("timer-offer")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        length, name = Slot(name="duration", required=True, ask=HOW_LONG), Slot(name="name")
        by = (Slot(name="duration"), Slot(name="number"), name)
        write = Effect.WRITE
        return (
            Tool(name="timer.set", run=self.set, slots=(length, name), effect=write),
            Tool(name="timer.left", run=self.left, slots=(name,)),
            Tool(name="timer.list", run=self.tell),
            Tool(name="timer.cancel", run=self.cancel, slots=(name,), effect=write),
            Tool(name="timer.call_off", run=self.call_off, slots=(name,), effect=write),
            Tool(
                name="timer.cancel_all",
                run=self.cancel_all,
                effect=Effect.DESTROY,
                confirm=self.cancel_all_sure,
            ),
            Tool(name="timer.pause", run=self.pause, slots=(name,), effect=write),
            Tool(name="timer.resume", run=self.resume, slots=(name,), effect=write),
            Tool(name="timer.restart", run=self.restart, slots=(name,), effect=write),
            Tool(name="timer.extend", run=self.extend, slots=by, effect=write),
            Tool(name="timer.shorten", run=self.shorten, slots=by, effect=write),
        )

    async def set(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Set one; it is durable then.

        Raises:
            StoreTrouble: It could not be stored.
        """
        seconds = call.slots["duration"].total_seconds()
        name = _name(call)
        if seconds < _SHORTEST_S:
            return SkillAnswer(said=said("timer-too-short"))
        if not seconds <= LONGEST_TIMER_S or len(name) > _LONGEST_NAME:
            return SkillAnswer(said=said("timer-too-long"))
        user = question.context.user_id
        try:
            made = await self._schedule.set_timer(seconds, name, user_id=user, source_message=question.message_id)
        except TooMuch:
            return SkillAnswer(said=said("schedule-full"))
        await self._schedule.cancel(*replaced(call, question, await self._mine(question), "timer"))
        told = said("timer-set", label=name or None, length=seconds)
        return _of(made, *((told,) if self._rings() else (told, said("schedule-silent"))))

    async def left(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """How long is left."""
        timers = await self._mine(question)
        if not timers:
            return said("timer-none")
        try:
            some = self._some(timers, question, call)
        except Unclear as nobody:
            return nobody.answer
        told = tuple(self._left(one) for one in some[:MOST_TOLD])
        return SkillAnswer(said=told, entities={"timer": some[0].id}) if len(some) == 1 else SkillAnswer(said=told)

    async def tell(self, question: Question, _: ToolCall) -> SkillAnswer | Said:
        """All of them."""
        timers = await self._mine(question)
        if not timers:
            return said("timer-none")
        many = [said("timer-count", count=len(timers))] if len(timers) > 1 else []
        told = (*many, *(self._left(one) for one in timers[:MOST_TOLD]))
        return _of(timers[0], *told) if len(timers) == 1 else SkillAnswer(said=told)

    async def cancel(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one.

        Raises:
            NotMeant: What is taken back is there no more.
        """
        gone: list[Timer] = []

        async def end(one: Timer) -> Said:
            await self._schedule.cancel(one)
            gone.append(one)
            return said("timer-cancelled", label=one.label or None)

        if back := await brought_back(Timer, self._schedule, question, call):
            return _of(back[0], *(self._goes_on(one) for one in back[:MOST_TOLD]))
        if (made := just_made(await self._mine(question), call)) is not None:
            return undoable(_of(made, await end(made)), gone)
        return undoable(await self._with_one(question, call, end), gone)

    async def call_off(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """End one by a name that might be anything's: "cancel pizza".

        Raises:
            NotMeant: None is called so.
        """
        if not bears(await self._mine(question), _name(call), question):
            raise NotMeant
        return await self.cancel(question, dataclasses.replace(call, name="timer.cancel"))

    async def cancel_all_sure(self, question: Question, _: ToolCall) -> SkillAnswer | Said:
        """Whether to end all; or that there is none."""
        timers = await self._mine(question)
        return said("timer-confirm-all", count=len(timers)) if timers else SkillAnswer(said=said("timer-none"))

    async def cancel_all(self, question: Question, _: ToolCall) -> SkillAnswer:
        """End all."""
        timers = await self._mine(question)
        await self._schedule.cancel(*timers)
        told = said("timer-all-cancelled", count=len(timers)) if timers else said("timer-none")
        return undoable(told, timers)

    async def pause(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Let one stand still."""

        async def stop(one: Timer) -> Said:
            paused = await self._schedule.pause(one)
            return said("timer-paused", label=one.label or None, left=self._rest(paused))

        return await self._with_one(question, call, stop, prefer=lambda one: not is_paused(one))

    async def resume(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Let one go on."""

        async def go_on(one: Timer) -> Said:
            if not is_paused(one):
                return said("timer-runs", label=one.label or None, left=self._rest(one))
            running = await self._schedule.resume(one)
            return said("timer-resumed", label=one.label or None, left=self._rest(running))

        return await self._with_one(question, call, go_on, prefer=is_paused)

    async def restart(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Let one begin anew."""

        async def anew(one: Timer) -> Said:
            await self._schedule.restart(one)
            return said("timer-set", label=one.label or None, length=one.duration_s)

        return await self._with_one(question, call, anew)

    async def extend(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Let one last longer."""
        return await self._change(question, call, 1)

    async def shorten(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Let one end sooner."""
        return await self._change(question, call, -1)

    async def _change(self, question: Question, call: ToolCall, sign: int) -> SkillAnswer | Said:
        seconds = seconds_of(call)
        if seconds is None:
            return asked_back(call, "duration", HOW_LONG)

        async def change(one: Timer) -> Said:
            if sign < 0 and self._schedule.left_s(one) <= seconds:
                return said("timer-not-so-much", left=self._rest(one))
            try:
                changed = await self._schedule.extend(one, sign * seconds)
            except TooMuch:
                return said("timer-too-long")
            return said("timer-changed", label=one.label or None, left=self._rest(changed))

        return await self._with_one(question, call, change)

    async def _with_one(
        self,
        question: Question,
        call: ToolCall,
        do: Callable[[Timer], object],
        prefer: Callable[[Timer], bool] = lambda _: True,
    ) -> SkillAnswer | Said:
        timers = await self._mine(question)
        if not timers:
            return said("timer-none")
        try:
            some = self._some(timers, question, call)
        except Unclear as nobody:
            return nobody.answer
        if self._every(timers, question, call):
            told = tuple([await do(one) for one in some])  # type: ignore[misc] # each gives a coroutine of a `Said`
            many = call.name == "timer.cancel"
            return SkillAnswer(said=said("timer-all-cancelled", count=len(some)) if many else told)
        likely = [one for one in some if prefer(one)] or some
        if len(likely) > 1:
            last = spoken_of(question, likely, "timer")
            if last is None or call.name in {"timer.cancel", "timer.restart"}:
                return asked_back(call, "name", said("timer-which", timers=tuple(map(named, likely[:MOST_TOLD]))))
            likely = [last]
        (one,) = likely
        return _of(one, await do(one))  # type: ignore[misc] # each gives a coroutine of a `Said`

    async def _mine(self, question: Question) -> tuple[Timer, ...]:
        return await self._schedule.timers(question.context.user_id)

    def _some(self, timers: tuple[Timer, ...], question: Question, call: ToolCall) -> list[Timer]:
        """Those that may be meant.

        Raises:
            Unclear: None has that name.
        """
        if every := self._every(timers, question, call):
            return every
        if name := _name(call):
            found = matching(timers, name, question, self._local(question))
            if not found:
                those = tuple(map(named, timers[:MOST_TOLD]))
                which, unknown = said("timer-which", timers=those), said("timer-unknown", label=name, timers=those)
                raise Unclear(unclear(call, "name", question, which, unknown))
            return found
        return list(timers)

    def _every(self, timers: tuple[Timer, ...], question: Question, call: ToolCall) -> list[Timer]:
        return every_one(timers, _name(call), "name", question, self._local(question))

    def _rest(self, one: Timer) -> int:
        """Whole seconds that are left."""
        return max(round(self._schedule.left_s(one)), 1)

    def _left(self, one: Timer) -> Said:
        key = "timer-stands" if is_paused(one) else "timer-left"
        return said(key, label=one.label or None, length=one.duration_s, left=self._rest(one))

    def _goes_on(self, one: Timer) -> Said:
        """That it is back: it stands still if it did before."""
        if is_paused(one):
            return self._left(one)
        return said("timer-resumed", label=one.label or None, left=self._rest(one))


def seconds_of(call: ToolCall) -> float | None:
    """The length of time of a call, which may be a number of minutes."""
    if (length := call.slots.get("duration")) is not None:
        return float(length.total_seconds())
    number = call.slots.get("number")
    return None if number is None else float(number) * 60


def _name(call: ToolCall) -> str:
    return " ".join(str(call.slots.get("name", "")).split())


def _of(one: Timer, *told: Said) -> SkillAnswer:
    return SkillAnswer(said=told, entities={"timer": one.id})

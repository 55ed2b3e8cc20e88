"""A stopwatch for each user, which runs on through a restart: it is kept with what the user prefers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sottovoce.agent.tools.tools import Tool
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.said import Said
    from sottovoce.memory.system import MemorySystem

PREFERENCE: Final = "stopwatch"
MOST_LAPS: Final = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class _StopwatchTime:
    """What a stopwatch shows."""

    held: float = 0.0
    """Seconds from before it was started last."""
    since: float | None = None
    """When it was started, seconds since 1970-01-01 UTC; None while it stands."""
    laps: tuple[float, ...] = ()
    """Seconds at the end of each."""

    def seconds(self, now: float) -> float:
        """What it shows; a clock that was set back does not turn it back."""
        return self.held + (max(now - self.since, 0.0) if self.since is not None else 0.0)


class Stopwatch:
    """Starts, stops, and tells the time between."""

    offer = said("stopwatch-offer")

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Keep it in `memory`, and measure by `now`."""
        self._memory = memory
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return (
            Tool(name="stopwatch.start", run=self._start, effect=Effect.WRITE),
            Tool(name="stopwatch.stop", run=self._stop, effect=Effect.WRITE),
            Tool(name="stopwatch.lap", run=self._lap, effect=Effect.WRITE),
            Tool(name="stopwatch.reset", run=self._reset, effect=Effect.WRITE),
            Tool(name="stopwatch.read", run=self._read),
        )

    async def _start(self, question: Question, _: ToolCall) -> Said:
        now, watch = self._now().timestamp(), _watch(question.context)
        if watch.since is not None:
            return said("stopwatch-running", length=_length(watch.seconds(now)))
        await self._keep(question.context, dataclasses.replace(watch, since=now))
        return said("stopwatch-goes-on", length=_length(watch.held)) if watch.held else said("stopwatch-started")

    async def _stop(self, question: Question, _: ToolCall) -> Said:
        now, watch = self._now().timestamp(), _watch(question.context)
        if watch.since is None:
            return said("stopwatch-stands", length=_length(watch.held)) if watch.held else said("stopwatch-none")
        seconds = watch.seconds(now)
        await self._keep(question.context, dataclasses.replace(watch, held=seconds, since=None))
        return said("stopwatch-stopped", length=_length(seconds))

    async def _lap(self, question: Question, _: ToolCall) -> Said:
        now, watch = self._now().timestamp(), _watch(question.context)
        if watch.since is None:
            return said("stopwatch-none")
        if len(watch.laps) >= MOST_LAPS:
            return said("stopwatch-full", most=MOST_LAPS)
        seconds = watch.seconds(now)
        lap = seconds - (watch.laps[-1] if watch.laps else 0.0)
        await self._keep(question.context, dataclasses.replace(watch, laps=(*watch.laps, seconds)))
        return said("stopwatch-lap", count=len(watch.laps) + 1, length=_length(lap), whole=_length(seconds))

    async def _reset(self, question: Question, _: ToolCall) -> Said:
        await self._keep(question.context, None)
        return said("stopwatch-reset")

    async def _read(self, question: Question, _: ToolCall) -> Said:
        watch = _watch(question.context)
        if watch.since is None:
            return said("stopwatch-stands", length=_length(watch.held)) if watch.held else said("stopwatch-none")
        return said("stopwatch-shows", length=_length(watch.seconds(self._now().timestamp())))

    async def _keep(self, context: UserContext, watch: _StopwatchTime | None) -> None:
        others: dict[str, Any] = {name: kept for name, kept in context.preferences.items() if name != PREFERENCE}
        kept = others if watch is None else {**others, PREFERENCE: _as_kept(watch)}
        await self._memory.set_context(context.user_id, preferences=kept)


def _as_kept(watch: _StopwatchTime) -> dict[str, Any]:
    return {"held": watch.held, "since": watch.since, "laps": list(watch.laps)}


def _watch(context: UserContext) -> _StopwatchTime:
    """As it was kept; one that stands at zero for what is none."""
    kept: Any = context.preferences.get(PREFERENCE)
    try:
        since = kept["since"]
        return _StopwatchTime(
            held=float(kept["held"]),
            since=None if since is None else float(since),
            laps=tuple(float(lap) for lap in kept["laps"]),
        )
    except (TypeError, KeyError, ValueError):
        return _StopwatchTime()


def _length(seconds: float) -> timedelta:
    return timedelta(seconds=round(seconds))

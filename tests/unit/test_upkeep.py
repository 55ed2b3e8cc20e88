"""Chores are done in the background: when nobody talks, told of once, never ending."""

from __future__ import annotations

import asyncio
import contextlib

from sottovoce.domain.errors import SottovoceError, StoreFull, StoreReadOnly
from sottovoce.memory.upkeep import BUSY_S, PERIOD_S, START_S, Upkeep
from tests.virtual_time import START_S as CLOCK_S
from tests.virtual_time import run_virtual


class Parts:
    """Two chores that note when they were done, and what may go wrong with the first."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float]] = []
        self.told: list[SottovoceError] = []
        self.trouble: SottovoceError | None = None
        self.busy_until = 0.0
        self.upkeep = Upkeep({"first": self.first, "second": self.second}, idle=self.idle, tell=self.told.append)

    async def first(self) -> None:
        if self.trouble:
            raise self.trouble
        self._note("first")

    async def second(self) -> None:
        self._note("second")

    def idle(self) -> bool:
        return self._now() >= self.busy_until

    def _note(self, name: str) -> None:
        self.done.append((name, self._now()))

    def _now(self) -> float:
        return asyncio.get_running_loop().time() - CLOCK_S

    async def for_s(self, seconds: float) -> None:
        task = asyncio.create_task(self.upkeep.run())
        await asyncio.sleep(seconds)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def test_once_an_hour_after_the_start() -> None:
    async def main() -> None:
        parts = Parts()
        await parts.for_s(START_S + PERIOD_S + 1)
        assert parts.done == [
            ("first", START_S),
            ("second", START_S),
            ("first", START_S + PERIOD_S),
            ("second", START_S + PERIOD_S),
        ]

    run_virtual(main())


def test_not_while_a_turn_runs() -> None:
    async def main() -> None:
        parts = Parts()
        parts.busy_until = START_S + 2 * BUSY_S
        await parts.for_s(START_S + 2 * BUSY_S + 1)
        assert parts.done == [("first", START_S + 2 * BUSY_S), ("second", START_S + 2 * BUSY_S)]

    run_virtual(main())


def test_trouble_is_told_once_and_stops_nothing() -> None:
    async def main() -> None:
        parts = Parts()
        parts.trouble = StoreFull()
        await parts.for_s(START_S + 2 * PERIOD_S + 1)
        assert parts.told == [parts.trouble]
        assert parts.upkeep.troubles == {"first": parts.trouble}
        assert [name for name, _ in parts.done] == ["second"] * 3
        parts.trouble = StoreReadOnly()
        await parts.for_s(START_S + 1)
        assert len(parts.told) == 2, "another trouble is news"
        parts.trouble = None
        await parts.for_s(START_S + 1)
        assert parts.upkeep.troubles == {}

    run_virtual(main())

"""Chores are done in the background: when nobody talks, told of once, never ending."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from sottovoce.domain.errors import Bug, SottovoceError, StoreFull, StoreReadOnly
from sottovoce.memory.upkeep import BUSY_S, PERIOD_S, START_S, Upkeep
from tests.virtual_time import START_S as CLOCK_S
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    import pytest


class Parts:
    """Two chores that note when they were done, and what may go wrong with the first."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float]] = []
        self.told: list[SottovoceError] = []
        self.trouble: Exception | None = None
        self.busy_until = 0.0
        self.upkeep = Upkeep({"first": self.first, "second": self.second}, idle=self.idle, on_trouble=self.told.append)

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


def test_a_mistake_in_one_chore_ends_neither_the_others_nor_the_next_round(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        parts = Parts()
        parts.trouble = ZeroDivisionError("words")
        task = asyncio.create_task(parts.upkeep.run())
        await asyncio.sleep(START_S + 2 * PERIOD_S + 1)
        assert parts.done == [("second", START_S + round_ * PERIOD_S) for round_ in range(3)]
        assert [type(one) for one in parts.told] == [Bug]
        assert set(parts.upkeep.troubles) == {"first"}
        parts.trouble = None
        await asyncio.sleep(PERIOD_S)
        assert parts.upkeep.troubles == {}
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    run_virtual(main())
    assert "ZeroDivisionError" in caplog.text


def test_who_can_not_be_told_ends_nothing() -> None:
    async def main() -> None:
        def deaf(_: SottovoceError) -> None:
            raise ZeroDivisionError

        parts = Parts()
        parts.trouble = StoreFull()
        parts.upkeep = Upkeep({"first": parts.first, "second": parts.second}, idle=parts.idle, on_trouble=deaf)
        await parts.for_s(START_S + PERIOD_S + 1)
        assert [name for name, _ in parts.done] == ["second", "second"]

    run_virtual(main())

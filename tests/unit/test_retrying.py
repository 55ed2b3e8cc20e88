"""Background work that failed is tried again, after pauses that grow."""

from __future__ import annotations

import asyncio
import contextlib
import math

import pytest

from sottovoce.domain.errors import Bug, SottovoceError, StoreFull
from sottovoce.memory.retrying import Backoff, RetryPolicy, keep_trying
from tests.virtual_time import START_S, run_virtual

POLICY = RetryPolicy(first_s=10, longest_s=45)


def test_pauses_double_up_to_the_longest_and_begin_anew() -> None:
    backoff = Backoff(POLICY)
    assert [backoff.next_s() for _ in range(5)] == [10, 20, 40, 45, 45]
    backoff.reset()
    assert backoff.next_s() == 10


def test_without_a_longest_pause_they_grow_for_ever() -> None:
    backoff = Backoff(RetryPolicy(first_s=1))
    assert [backoff.next_s() for _ in range(12)][-1] == 2048


@pytest.mark.parametrize(("first_s", "longest_s"), [(-1, 1), (2, 1), (math.nan, 1)])
def test_a_policy_that_cant_be_kept_is_refused(first_s: float, longest_s: float) -> None:
    with pytest.raises(ValueError, match="the first pause"):
        RetryPolicy(first_s=first_s, longest_s=longest_s)


class Work:
    """Fails as its plan says, a round each second; None is a round that works."""

    def __init__(self, *plan: Exception | None) -> None:
        self.plan = list(plan)
        self.rounds: list[float] = []
        self.failures: list[SottovoceError] = []

    async def round(self) -> None:
        self.rounds.append(asyncio.get_running_loop().time() - START_S)
        await asyncio.sleep(1)
        if self.plan and (failure := self.plan.pop(0)) is not None:
            raise failure

    async def run_for(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await keep_trying(self.round, POLICY, self.failures.append)


def test_what_fails_waits_longer_each_time_until_it_has_worked() -> None:
    async def main() -> None:
        full = StoreFull()
        work = Work(full, full, None, full)
        await work.run_for(46)
        assert work.rounds == pytest.approx([0, 11, 32, 33, 44, 45])
        assert work.failures == [full, full, full]

    run_virtual(main())


def test_a_mistake_of_ours_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        work = Work(ZeroDivisionError())
        await work.run_for(12)
        assert work.rounds == pytest.approx([0, 11])
        assert [type(failure) for failure in work.failures] == [Bug]

    run_virtual(main())
    assert "ZeroDivisionError" in caplog.text


def test_whoever_cancels_it_ends_it_at_once() -> None:
    async def main() -> None:
        work = Work(StoreFull())
        task = asyncio.create_task(work.run_for(math.inf))
        await asyncio.sleep(5)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert len(work.rounds) == 1

    run_virtual(main())

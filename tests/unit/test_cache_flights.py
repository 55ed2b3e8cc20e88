"""One generation for all who ask at once, in tasks, loops and threads; and what old answers are good for."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.memory import How, ResponseCache
from tests.unit.test_cache import Clock, together
from tests.virtual_time import run_virtual, settle
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable


class NoAnswer(Exception):
    """What a `generate` raises here."""


def loop_clock() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Source:
    """Generates after a while; counts, and fails as often as told."""

    value: str = "new"
    takes_s: float = 1.0
    failures: int = 0
    calls: int = 0
    now: int = 0
    most: int = 0

    async def __call__(self) -> str:
        self.calls += 1
        self.now += 1
        self.most = max(self.most, self.now)
        failing = self.calls <= self.failures
        try:
            await asyncio.sleep(self.takes_s)
        finally:
            self.now -= 1
        if failing:
            raise NoAnswer
        return self.value


def idle(cache: ResponseCache) -> bool:
    return not cache.get_stats()["under_way"]


async def until(happened: Callable[[], bool]) -> None:
    """Let others run until then; for what another thread does."""
    while not happened():  # noqa: ASYNC110 - a thread's doing has no asyncio.Event
        await asyncio.sleep(0)


@pytest.mark.parametrize("count", [10, 1000])
def test_all_who_miss_at_once_share_one_generation(count: int) -> None:
    async def main() -> None:
        cache, source = ResponseCache(clock=loop_clock), Source()
        got = await asyncio.gather(*(cache.get_or_generate("a", source) for _ in range(count)))
        assert set(got) == {"new"}
        stats = cache.get_stats()
        assert (source.calls, stats["generations"], stats["misses"], stats["waits"]) == (1, 1, count, count - 1)
        assert await cache.get_or_generate("a", source) == cache.get("a") == "new"
        assert cache.get_stats()["hits"] == 2
        assert idle(cache)

    run_virtual(main())


def test_other_keys_do_not_wait() -> None:
    async def main() -> None:
        cache, source = ResponseCache(), Source()
        await asyncio.gather(*(cache.get_or_generate(f"k{number}", source) for number in range(50)))
        assert source.most == 50

    run_virtual(main())


def test_each_failure_is_told_to_its_own_caller() -> None:
    async def main() -> None:
        cache, source = ResponseCache(clock=loop_clock), Source(failures=2)
        got = await asyncio.gather(*(cache.get_or_generate("a", source) for _ in range(10)), return_exceptions=True)
        assert [type(one) for one in got] == [NoAnswer, NoAnswer] + [str] * 8
        stats = cache.get_stats()
        assert (source.most, stats["generations"], stats["failures"], stats["waits"]) == (1, 3, 2, 9)
        assert idle(cache)

    run_virtual(main())


def test_a_failure_leaves_nothing_behind() -> None:
    async def main() -> None:
        cache = ResponseCache()
        with pytest.raises(NoAnswer):
            await cache.get_or_generate("a", Source(failures=1))
        assert idle(cache)
        assert len(cache) == 0

    run_virtual(main())


def test_a_cancelled_leader_hands_over() -> None:
    async def main() -> None:
        cache, source = ResponseCache(), Source()
        tasks = [asyncio.create_task(cache.get_or_generate("a", source)) for _ in range(10)]
        await settle()
        tasks[0].cancel()
        got = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(got[0], asyncio.CancelledError)
        assert got[1:] == ["new"] * 9
        assert source.calls == 2
        assert idle(cache)

    run_virtual(main())


def test_who_is_made_to_lead_while_being_cancelled_hands_over_too() -> None:
    async def main() -> None:
        cache, source = ResponseCache(), Source(failures=1)
        tasks = [asyncio.create_task(cache.get_or_generate("a", source)) for _ in range(3)]
        await settle()
        tasks[0].add_done_callback(lambda _: tasks[1].cancel())
        got = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in got] == [NoAnswer, asyncio.CancelledError, str]
        assert idle(cache)

    run_virtual(main())


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.none() | st.integers(0, 5)), min_size=1, max_size=12),
    st.integers(0, 4),
    st.lists(st.integers(0, 8), max_size=3),
)
def test_any_interleaving(callers: list[tuple[int, bool, int | None]], failures: int, invalidations: list[int]) -> None:
    """Callers come at any time, are cancelled at any time; generations fail; the key is invalidated."""

    async def main() -> None:
        cache, source = ResponseCache(ttl_s=3, clock=loop_clock), Source(takes_s=2, failures=failures)

        async def call(after_s: int, cancelled_s: int | None, *, allow_stale: bool) -> object:
            await asyncio.sleep(after_s)
            with contextlib.suppress(TimeoutError, NoAnswer):
                async with asyncio.timeout(cancelled_s):
                    return await cache.get_or_generate("a", source, allow_stale=allow_stale)
            return "none"

        async def invalidate(after_s: int) -> None:
            await asyncio.sleep(after_s)
            cache.invalidate("a")

        got = await asyncio.gather(
            *(call(after_s, cancelled_s, allow_stale=allow) for after_s, allow, cancelled_s in callers),
            *(invalidate(after_s) for after_s in invalidations),
        )
        assert set(got) <= {"new", "none", None}
        assert source.now == 0
        assert source.most <= 1 + len(invalidations)
        stats = cache.get_stats()
        assert stats["hits"] + stats["misses"] == len(callers)
        assert stats["generations"] == source.calls
        assert idle(cache)
        await cache.aclose()

    run_virtual(main())


def test_loops_in_ten_threads_share_one_generation() -> None:
    cache, source = ResponseCache(), Source(takes_s=0)
    asked = threading.Semaphore(0)
    got: list[str] = []

    async def generate() -> str:
        for _ in range(10):
            assert asked.acquire(timeout=HANGS_S)
        await until(lambda: cache.get_stats()["waits"] == 9)
        return await source()

    def ask(_: int) -> None:
        asked.release()
        got.append(asyncio.run(cache.get_or_generate("a", generate)))

    together(10, ask, 10)
    assert got == ["new"] * 10
    assert source.calls == 1
    assert idle(cache)


def test_a_leader_s_loop_that_ends_hands_over_to_another_thread_s() -> None:
    cache = ResponseCache()
    leading = threading.Event()
    got: list[str] = []

    async def endless() -> str:
        leading.set()
        await until(lambda: cache.get_stats()["waits"] == 1)
        raise KeyboardInterrupt

    def lead() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(cache.get_or_generate("a", endless))

    def follow() -> None:
        assert leading.wait(HANGS_S)
        got.append(asyncio.run(cache.get_or_generate("a", Source(takes_s=0))))

    together(2, lambda number: (lead, follow)[number](), 2)
    assert got == ["new"]
    assert idle(cache)


def test_a_waiter_whose_loop_was_closed_over_it_is_passed_over() -> None:
    cache = ResponseCache()
    loop = asyncio.new_event_loop()

    async def main() -> None:
        leader = asyncio.create_task(cache.get_or_generate("a", Source(failures=1)))
        await settle()
        await asyncio.get_running_loop().run_in_executor(pool, begin_and_close)
        with pytest.raises(NoAnswer):
            await leader
        assert idle(cache)

    def begin_and_close() -> None:
        waiting.append(loop.create_task(cache.get_or_generate("a", Source())))
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    waiting: list[asyncio.Task[str]] = []
    with contextlib.closing(loop), ThreadPoolExecutor(1) as pool:
        asyncio.run(main())
    _abandon(waiting[0])


def _abandon(task: asyncio.Task[str]) -> None:
    """End the coroutine of a task whose loop is gone, so that nobody tells of it."""
    task._log_destroy_pending = False  # type: ignore[attr-defined] # noqa: SLF001 - asyncio's own way to say so
    coroutine = task.get_coro()
    assert coroutine is not None
    with contextlib.suppress(RuntimeError):
        coroutine.close()


# Old answers


def test_an_old_answer_instead_of_a_failure_tells_its_age() -> None:
    async def main() -> None:
        cache, source = ResponseCache(ttl_s=10, stale_s=100, clock=loop_clock), Source(failures=99)
        cache.set("a", "old")
        await asyncio.sleep(60)
        got = await asyncio.gather(*(cache.answer("a", source) for _ in range(5)))
        assert {(one.value, one.how, one.age_s, type(one.trouble)) for one in got} == {
            ("old", How.STALE, 61.0, NoAnswer)
        }
        assert (source.calls, cache.get_stats()["stale"], idle(cache)) == (1, 5, True)
        assert await cache.get_or_generate("a", Source()) == "new"

    run_virtual(main())


def test_who_wants_no_old_answer_gets_none() -> None:
    async def main() -> None:
        cache, source = ResponseCache(ttl_s=10, clock=loop_clock), Source(failures=2)
        cache.set("a", "old")
        await asyncio.sleep(60)
        takes = (False, True, False, True)
        got = await asyncio.gather(
            *(cache.get_or_generate("a", source, allow_stale=allow) for allow in takes), return_exceptions=True
        )
        assert [one if isinstance(one, str) else type(one) for one in got] == [NoAnswer, "old", NoAnswer, "old"]
        assert (cache.get_stats()["stale"], idle(cache)) == (2, True)

    run_virtual(main())


def test_too_old_an_answer_is_no_answer() -> None:
    async def main() -> None:
        cache = ResponseCache(ttl_s=10, stale_s=100, clock=loop_clock)
        cache.set("a", "old")
        await asyncio.sleep(110)
        with pytest.raises(NoAnswer):
            await cache.get_or_generate("a", Source(failures=1))
        assert (len(cache), idle(cache)) == (0, True)

    run_virtual(main())


def test_an_expired_answer_is_given_at_once_and_renewed_behind() -> None:
    async def main() -> None:
        cache = ResponseCache(ttl_s=10, revalidate_s=30, clock=loop_clock)
        source = Source()
        cache.set("a", "old", kind="define")
        await asyncio.sleep(20)
        got = [await cache.answer("a", source) for _ in range(5)]
        assert {(one.value, one.how, one.age_s, one.trouble) for one in got} == {("old", How.STALE, 20.0, None)}
        assert await cache.get_or_generate("a", source, allow_stale=False) == "new"
        assert (source.calls, cache.get("a"), idle(cache)) == (1, "new", True)
        assert cache.get_stats()["kinds"]["define"]["stale"] == 5
        await cache.aclose()

    run_virtual(main())


def test_a_renewal_that_fails_is_tried_again() -> None:
    async def main() -> None:
        cache = ResponseCache(ttl_s=10, revalidate_s=30, clock=loop_clock)
        source = Source(failures=1)
        cache.set("a", "old")
        await asyncio.sleep(20)
        for _ in range(2):
            assert await cache.get_or_generate("a", source) == "old"
            await asyncio.sleep(2)
        assert (source.calls, cache.get("a"), cache.get_stats()["stale"]) == (2, "new", 2)

    run_virtual(main())


def test_closing_ends_what_is_renewed() -> None:
    async def main() -> None:
        cache = ResponseCache(ttl_s=10, revalidate_s=30, clock=loop_clock)
        source = Source(takes_s=1000)
        cache.set("a", "old")
        await asyncio.sleep(20)
        assert await cache.get_or_generate("a", source) == "old"
        await settle()
        await cache.aclose()
        await cache.aclose()
        assert (source.calls, source.now, idle(cache)) == (1, 0, True)
        assert len(asyncio.all_tasks()) == 1
        assert await cache.get_or_generate("a", Source()) == "new"

    run_virtual(main())


def test_a_renewal_cancelled_before_it_begins_leaves_nothing_behind() -> None:
    async def main() -> None:
        cache = ResponseCache(ttl_s=10, revalidate_s=30, clock=loop_clock)
        source = Source()
        cache.set("a", "old")
        await asyncio.sleep(20)
        assert await cache.get_or_generate("a", source) == "old"
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await settle()
        assert (source.calls, idle(cache)) == (0, True)

    run_virtual(main())


def test_closing_ends_what_another_loop_renews_or_left_behind() -> None:
    clock = Clock()
    cache = ResponseCache(ttl_s=1, revalidate_s=1000, clock=clock)
    loop, gone = asyncio.new_event_loop(), asyncio.new_event_loop()
    entered = threading.Semaphore(0)

    async def endless() -> str:
        entered.release()
        await asyncio.Event().wait()
        return ""

    async def ask(key: str) -> None:
        await cache.get_or_generate(key, endless)
        await until(lambda: entered.acquire(blocking=False))

    cache.set("a", "old")
    cache.set("b", "old")
    clock.now += 5
    gone.run_until_complete(ask("a"))
    left = asyncio.all_tasks(gone)
    gone.close()
    loop.run_until_complete(ask("b"))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run(cache.aclose())
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    assert not asyncio.all_tasks(loop)
    loop.close()
    for task in left:
        _abandon(task)


# What is forgotten or set meanwhile


@pytest.mark.parametrize("how", ["invalidate", "where", "clear"])
def test_what_was_generated_from_before_an_invalidation_is_not_kept(how: str) -> None:
    async def main() -> None:
        cache, before, after = ResponseCache(clock=loop_clock), Source("before", 5), Source("after", 1)
        early = [asyncio.create_task(cache.get_or_generate("a", before)) for _ in range(3)]
        await asyncio.sleep(1)
        if how == "invalidate":
            cache.invalidate("a")
        elif how == "where":
            cache.invalidate_where(lambda _: False)
        else:
            cache.clear()
        assert await cache.get_or_generate("a", after) == "after"
        assert await asyncio.gather(*early) == ["before"] * 3
        assert (cache.get("a"), before.calls, idle(cache)) == ("after", 1, True)
        assert cache.get_stats()["refusals"] == 1

    run_virtual(main())


def test_what_is_set_meanwhile_wins() -> None:
    async def main() -> None:
        cache = ResponseCache(clock=loop_clock)
        early = asyncio.create_task(cache.get_or_generate("a", Source("slow")))
        await settle()
        cache.set("a", "set")
        assert (await early, cache.get("a")) == ("slow", "set")

    run_virtual(main())


def test_what_is_set_meanwhile_helps_who_fails() -> None:
    async def main() -> None:
        cache = ResponseCache(clock=loop_clock)
        early = asyncio.create_task(cache.answer("a", Source(failures=1), allow_stale=False))
        await settle()
        cache.set("a", "set")
        served = await early
        assert (served.value, served.how, served.trouble) == ("set", How.HIT, None)
        assert cache.get_stats()["stale"] == 0

    run_virtual(main())


def test_its_own_time_and_a_wrong_one() -> None:
    async def main() -> None:
        cache = ResponseCache(clock=loop_clock)
        await cache.get_or_generate("a", Source(), ttl_s=5)
        await asyncio.sleep(5)
        assert cache.get("a") is None
        with pytest.raises(ValueError, match="positive"):
            await cache.get_or_generate("a", Source(), ttl_s=0)
        assert idle(cache)

    run_virtual(main())

"""The cache as threads see it: bounded, ageing, counted exactly; against a plain dict under a clock of its own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sottovoce.memory import ResponseCache
from sottovoce.memory.cache_table import WatchedLock
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def together(count: int, work: Callable[[int], object], workers: int) -> None:
    """Run `work(0…count-1)` in so many threads that all begin at once."""
    gate = threading.Barrier(workers)

    def share(first: int) -> None:
        gate.wait()
        for number in range(first, count, workers):
            work(number)

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(share, first) for first in range(workers)]:
            done.result()


def test_what_was_set_is_there_until_its_time_is_over() -> None:
    clock = Clock()
    cache = ResponseCache(max_entries=10, ttl_s=60, clock=clock)
    cache.set("a", "one")
    cache.set("b", "two", 5, kind="define", user_id="anna", source_message="m1")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == ("one", "two", None)
    clock.now += 5
    assert (cache.get("a"), cache.get("b", kind="define")) == ("one", None)
    clock.now += 55
    assert cache.get("a") is None
    stats = cache.get_stats()
    assert (stats["hits"], stats["misses"], stats["kinds"]["define"]["misses"]) == (3, 3, 1)
    assert stats["kinds"]["define"]["hits"] == 1
    assert stats["store"] is None


def test_a_clock_set_back_keeps_what_is_there() -> None:
    clock = Clock()
    cache = ResponseCache(clock=clock)
    cache.set("a", "one")
    clock.now -= 100
    assert cache.get("a") == "one"


def test_the_one_unused_longest_leaves() -> None:
    cache = ResponseCache(max_entries=2)
    cache.set("a", "1")
    cache.set("b", "2")
    cache.get("a")
    cache.set("c", "3")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == ("1", None, "3")
    assert cache.get_stats()["evictions"] == 1


def test_bytes_are_bounded_as_utf_8() -> None:
    cache = ResponseCache(max_bytes=10)
    cache.set("a", "x" * 9)
    assert cache.get_stats()["bytes"] == 10
    cache.set("b", "\u00e9\ud800")
    assert cache.get_stats()["bytes"] == 1 + 2 + 3
    assert cache.get("a") is None
    cache.set("b", "x" * 10)
    stats = cache.get_stats()
    assert (cache.get("b"), stats["entries"], stats["bytes"], stats["refusals"]) == (None, 0, 0, 1)


def test_forgetting_one_some_and_all() -> None:
    cache = ResponseCache()
    for key, user in (("a", "me"), ("b", "anna"), ("c", "me"), ("d", "anna")):
        cache.set(key, "x", user_id=user)
    cache.invalidate("a")
    cache.invalidate("not there")
    assert len(cache) == 3
    cache.invalidate_where(lambda entry: entry.user_id == "anna")
    assert [key for key in "abcd" if cache.get(key)] == ["c"]
    cache.clear()
    assert len(cache) == cache.get_stats()["bytes"] == 0


@pytest.mark.parametrize(
    "limited",
    [
        lambda: ResponseCache(max_entries=0),
        lambda: ResponseCache(max_bytes=0),
        lambda: ResponseCache(revalidate_s=-1),
        lambda: ResponseCache(stale_s=-1),
    ],
    ids=["no entries", "no bytes", "negative renewal", "negative age"],
)
def test_limits_that_make_no_sense(limited: Callable[[], ResponseCache]) -> None:
    with pytest.raises(ValueError, match="limits"):
        limited()


@pytest.mark.parametrize("ttl_s", [0, -1, float("nan"), float("inf")])
def test_a_time_that_makes_no_sense(ttl_s: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        ResponseCache(ttl_s=ttl_s)
    with pytest.raises(ValueError, match="positive"):
        ResponseCache().set("a", "x", ttl_s)


def test_a_hundred_threads_set_and_get() -> None:
    cache = ResponseCache(max_entries=100)
    wrong: list[str] = []

    def work(number: int) -> None:
        cache.set(f"k{number}", f"v{number}")
        if cache.get(f"k{number}") != f"v{number}":
            wrong.append(f"k{number}")

    together(100, work, 100)
    assert not wrong
    assert cache.get_stats()["hits"] == cache.get_stats()["entries"] == 100


def test_a_hundred_sets_by_ten_workers_stay_within_a_hundred() -> None:
    cache = ResponseCache(max_entries=100)
    most: list[int] = []

    def work(number: int) -> None:
        cache.set(f"k{number % 150}", "v")
        most.append(len(cache))

    together(1000, work, 10)
    assert max(most) <= 100


def test_fifty_sets_at_a_limit_of_twenty_leave_twenty() -> None:
    cache = ResponseCache(max_entries=20)
    together(50, lambda number: cache.set(f"k{number}", "v"), 50)
    assert len(cache) == 20
    assert cache.get_stats()["evictions"] == 30


def test_a_hundred_hits_at_once_are_a_hundred() -> None:
    cache = ResponseCache()
    cache.set("a", "x")
    together(100, lambda _: cache.get("a"), 100)
    stats = cache.get_stats()
    assert (stats["hits"], stats["misses"]) == (100, 0)


def test_a_storm_of_threads_loses_no_count() -> None:
    cache = ResponseCache(max_entries=30, max_bytes=600)

    def work(number: int) -> None:
        key = f"k{number * 7 % 60}"
        if number % 5 == 0:
            cache.set(key, "v" * (number % 40), kind=f"kind{number % 3}")
        elif number % 97 == 0:
            cache.invalidate_where(lambda entry: entry.bytes % 2 == 0)
        else:
            cache.get(key)

    together(20_000, work, 100)
    stats = cache.get_stats()
    looks = sum(1 for number in range(20_000) if number % 5 and number % 97)
    assert stats["hits"] + stats["misses"] == looks
    assert stats["entries"] == len(cache) <= 30
    assert 0 <= stats["bytes"] <= 600
    for name in ("hits", "bytes", "evictions", "entries"):
        assert stats[name] == sum(kind[name] for kind in stats["kinds"].values())


def test_waiting_for_the_lock_is_measured() -> None:
    reading = threading.Event()
    readings = iter([10.0, 12.5])

    def stopwatch() -> float:
        reading.set()
        return next(readings)

    lock = WatchedLock(stopwatch)

    def second() -> None:
        with lock:
            pass

    with lock:
        thread = threading.Thread(target=second)
        thread.start()
        assert reading.wait(HANGS_S)  # it waits, or is about to
    thread.join()
    assert lock.waited_s == 2.5


def test_a_get_that_waits_is_measured() -> None:
    waiting = threading.Event()
    readings = iter([1.0, 4.0])

    def stopwatch() -> float:
        waiting.set()
        return next(readings)

    cache = ResponseCache(stopwatch=stopwatch)
    cache.set("a", "x")
    found: list[str | None] = []

    def look(_: object) -> bool:
        if not thread.is_alive():  # the lock is held: another thread's `get` has to wait
            thread.start()
            assert waiting.wait(HANGS_S)
        return False

    thread = threading.Thread(target=lambda: found.append(cache.get("a")))
    cache.invalidate_where(look)
    thread.join()
    assert found == ["x"]
    assert cache.get_stats()["lock_wait_s"] == 3.0


KEYS = st.sampled_from("abcdef")


class AgainstADict(RuleBasedStateMachine):
    """Any sequence of calls gives what a dict with the same rules written down plainly gives."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.cache = ResponseCache(max_entries=4, max_bytes=40, ttl_s=10, clock=self.clock)
        self.plain: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self.hits = self.misses = self.evictions = 0

    def bytes(self) -> int:
        return sum(len(key) + len(value) for key, (value, _) in self.plain.items())

    @rule(key=KEYS, length=st.integers(0, 42), ttl_s=st.none() | st.integers(1, 30))
    def set(self, key: str, length: int, ttl_s: int | None) -> None:
        self.cache.set(key, "x" * length, ttl_s)
        self.plain.pop(key, None)
        if length + 1 > 40:
            return
        while len(self.plain) >= 4 or self.bytes() + length + 1 > 40:
            self.plain.popitem(last=False)
            self.evictions += 1
        self.plain[key] = ("x" * length, self.clock.now + (ttl_s or 10))

    @rule(key=KEYS)
    def get(self, key: str) -> None:
        value, until = self.plain.get(key, ("", 0.0))
        fresh = self.clock.now < until
        assert self.cache.get(key) == (value if fresh else None)
        self.hits += fresh
        self.misses += not fresh
        if fresh:
            self.plain.move_to_end(key)

    @rule(key=KEYS)
    def invalidate(self, key: str) -> None:
        self.cache.invalidate(key)
        self.plain.pop(key, None)

    @rule(seconds=st.integers(0, 20))
    def wait(self, seconds: int) -> None:
        self.clock.now += seconds

    @invariant()
    def same(self) -> None:
        stats = self.cache.get_stats()
        assert (stats["entries"], stats["bytes"]) == (len(self.plain), self.bytes())
        assert (stats["hits"], stats["misses"], stats["evictions"]) == (self.hits, self.misses, self.evictions)


TestAgainstADict = AgainstADict.TestCase


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=30)), max_size=30))
def test_any_text_is_kept_as_it_is(pairs: list[tuple[str, str]]) -> None:
    cache = ResponseCache()
    for key, value in pairs:
        cache.set(key, value)
    assert all(cache.get(key) == value for key, value in dict(pairs).items())

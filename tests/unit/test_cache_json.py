"""Any JSON value is an answer; what asks for itself, or waits for a loop that has stopped, comes to an end."""

from __future__ import annotations

import asyncio
import math
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.records import CacheEntry, Change
from sottovoce.memory import How, ResponseCache
from sottovoce.memory.cache_disk import CHANGES_AT_ONCE, WRITTEN_AT_ONCE
from tests.fakes_store import FakeStore
from tests.unit.test_cache import Clock
from tests.unit.test_cache_disk import SlowStore, on_disk, opened
from tests.unit.test_cache_flights import Source, idle, loop_clock, until
from tests.virtual_time import run_virtual, settle
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def test_a_dictionary_is_kept_and_given_as_a_copy() -> None:
    cache = ResponseCache(max_entries=2)
    response = {"response": "response1", "parts": [1, {"two": None}]}
    cache.set("query1", response)
    response["parts"] = []
    first = cache.get("query1")
    assert first == {"response": "response1", "parts": [1, {"two": None}]}
    first["parts"][1]["two"] = "changed"
    assert cache.get("query1") == {"response": "response1", "parts": [1, {"two": None}]}
    cache.set("query2", {"response": "response2"})
    cache.set("query3", {"response": "response3"})
    assert (cache.get("query1"), cache.get_stats()["entries"]) == (None, 2)


@given(VALUES)
def test_any_json_value_comes_back_as_it_was_also_after_a_restart(value: Any) -> None:  # noqa: ANN401 - any JSON value
    async def main() -> None:
        store = FakeStore()
        cache = opened(store)
        cache.set("a", value)
        assert cache.get("a") == value
        await cache.aclose()
        again = opened(store)
        assert await again.get_or_generate("a", Source()) == value
        await again.aclose()

    run_virtual(main())


@pytest.mark.parametrize(
    "value", [b"bytes", {1: "one"}, {"a", "b"}, object(), math.nan, [math.inf], ("a", 1), {"a": lambda: None}]
)
def test_what_json_does_not_hold_is_refused(value: Any) -> None:  # noqa: ANN401 - no JSON value
    async def generate() -> Any:  # noqa: ANN401
        return value

    cache = ResponseCache()
    cache.set("a", "kept")
    with pytest.raises(ValueError, match="JSON"):
        cache.set("a", value)
    with pytest.raises(ValueError, match="JSON"):
        asyncio.run(cache.get_or_generate("b", generate))
    assert (cache.get("a"), cache.get_stats()["failures"], idle(cache)) == ("kept", 1, True)


def test_a_circle_is_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="JSON"):
        ResponseCache().set("a", circle)


async def test_those_who_share_an_answer_do_not_share_its_value() -> None:
    async def generate() -> dict[str, list[int]]:
        await asyncio.sleep(0)
        return {"list": [1]}

    cache = ResponseCache()
    one, other = await asyncio.gather(*(cache.get_or_generate("a", generate) for _ in range(2)))
    one["list"].append(2)
    assert (other, cache.get("a")) == ({"list": [1]}, {"list": [1]})


def test_a_clock_that_was_far_ahead_keeps_nothing_fresh_for_years() -> None:
    clock = Clock()
    cache = ResponseCache(ttl_s=3600, clock=clock)
    cache.set("a", "x")
    clock.now -= 10 * 365 * 86_400
    assert cache.get("a") is None
    assert asyncio.run(cache.get_or_generate("a", Source("new", 0))) == "new"


# What asks for itself


async def test_an_answer_made_from_itself_is_an_error_at_once() -> None:
    cache = ResponseCache()

    async def own() -> object:
        return await cache.get_or_generate("a", own)

    with pytest.raises(RuntimeError, match="from itself"):
        await asyncio.wait_for(cache.get_or_generate("a", own), HANGS_S)
    assert await cache.get_or_generate("a", Source("fine", 0)) == "fine"
    assert idle(cache)


def _asking(cache: ResponseCache, *keys: str) -> Callable[[], Awaitable[object]]:
    """A generate that asks for the next key, and so on; the last asks for the first again."""

    async def generate() -> object:
        await asyncio.sleep(0)
        first, *rest = keys
        return await cache.get_or_generate(first, _asking(cache, *rest, first))

    return generate


@pytest.mark.parametrize("apart", [True, False])
async def test_answers_made_from_each_other_are_an_error_at_once(*, apart: bool) -> None:
    cache = ResponseCache()
    asked = [cache.get_or_generate("a", _asking(cache, "b", "c", "a"))]
    if apart:
        asked += [
            cache.get_or_generate("b", _asking(cache, "c", "a", "b")),
            cache.get_or_generate("c", _asking(cache, "a", "b", "c")),
        ]
    got = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), HANGS_S)
    assert {type(one) for one in got} == {RuntimeError}
    assert idle(cache)


async def test_an_answer_made_from_others_is_none() -> None:
    cache = ResponseCache()

    async def sum_up() -> int:
        parts = await asyncio.gather(
            *(cache.get_or_generate(key, Source(key, 0)) for key in "bcb"), cache.get_or_generate("d", nested)
        )
        return len(parts)

    async def nested() -> Any:  # noqa: ANN401
        return await cache.get_or_generate("b", Source("b", 0))

    together = asyncio.gather(*(cache.get_or_generate("a", sum_up) for _ in range(2)))
    assert await asyncio.wait_for(together, HANGS_S) == [4, 4]


def test_what_tells_which_match_must_not_ask_the_cache() -> None:
    cache = ResponseCache()
    cache.set("a", "x")
    with pytest.raises(RuntimeError, match="must not use"):
        cache.invalidate_where(lambda entry: cache.get(entry.key) is not None)
    assert cache.get("a") == "x"


# Loops that have stopped


def _stale(clock: Clock, loop: asyncio.AbstractEventLoop) -> ResponseCache:
    """A cache whose "a" is revalidated on a loop that has stopped."""
    cache = ResponseCache(ttl_s=1, revalidate_s=1000, clock=clock)
    cache.set("a", "old")
    clock.now += 2
    assert loop.run_until_complete(cache.get_or_generate("a", Source("behind", 5))) == "old"
    return cache


@pytest.mark.parametrize("how", ["stopped", "closed"])
def test_closing_waits_for_no_loop_that_does_not_run(how: str) -> None:
    loop = asyncio.new_event_loop()
    cache = _stale(Clock(), loop)
    left = asyncio.all_tasks(loop)
    if how == "closed":
        loop.close()
    asyncio.run(asyncio.wait_for(cache.aclose(), HANGS_S))
    for task in left:
        _end(loop, task)


@pytest.mark.parametrize("soon", [True, False])
def test_what_is_generated_on_a_stopped_loop_is_generated_anew(*, soon: bool) -> None:
    loop, clock = asyncio.new_event_loop(), Clock()
    cache = _stale(clock, loop)
    left = asyncio.all_tasks(loop)
    if soon:

        async def renewed() -> None:
            assert (await cache.answer("a", Source("new", 0))).how is How.STALE
            await until(lambda: cache.get("a") == "new")

        asyncio.run(renewed())
    else:
        clock.now += 5000
        assert asyncio.run(asyncio.wait_for(cache.get_or_generate("a", Source("new", 0)), HANGS_S)) == "new"
    for task in left:
        _end(loop, task)
    assert cache.get("a") == "new"


def test_those_who_wait_for_a_stopped_loop_get_what_the_next_one_generates() -> None:
    loop = asyncio.new_event_loop()
    cache = ResponseCache()
    leading = loop.create_task(cache.get_or_generate("a", Source("never", 100)))
    waiting = threading.Event()
    got: list[str] = []

    async def wait() -> None:
        asking = asyncio.create_task(cache.get_or_generate("a", Source("mine", 0)))
        await asyncio.sleep(0)
        waiting.set()
        got.append(await asking)

    async def led() -> None:
        thread.start()
        await until(waiting.is_set)

    thread = threading.Thread(target=lambda: asyncio.run(wait()))
    loop.run_until_complete(led())
    assert asyncio.run(cache.get_or_generate("a", Source("next", 0))) == "next"
    thread.join(10)
    assert got == ["next"]
    _end(loop, leading)


def _end(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> None:
    """End what a test left on a loop."""
    if loop.is_closed():
        task._log_destroy_pending = False  # type: ignore[attr-defined] # noqa: SLF001 - its loop was closed over it on purpose
        task.get_coro().close()
        return
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()


# The store


def test_flush_ends_while_others_go_on_to_set() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store, max_entries=1000)
        cache.set("a", "before")

        async def go_on() -> None:
            number = 0
            while True:
                number += 1
                cache.set("a", f"{number}")
                cache.set(f"k{number % 5}", "x")
                cache.invalidate_void(Change(frozenset({f"memory:{number}"})))
                await asyncio.sleep(0.3)

        going_on = asyncio.create_task(go_on())
        await asyncio.wait_for(cache.flush(), HANGS_S)
        assert "a" in on_disk(store)
        going_on.cancel()
        await cache.aclose()

    run_virtual(main())


def test_closing_on_another_loop_than_that_of_the_start() -> None:
    store = FakeStore()
    loop = asyncio.new_event_loop()
    cache = ResponseCache(store=store)

    async def start() -> None:
        cache.start()
        await asyncio.sleep(0)

    loop.run_until_complete(start())
    cache.set("a", "x")
    asyncio.run(asyncio.wait_for(cache.aclose(), HANGS_S))
    assert on_disk(store) == {"a": "x"}
    while left := asyncio.all_tasks(loop):
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()


def test_many_changes_and_writes_are_few_transactions() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store, max_entries=1000, max_bytes=10**6)
        for number in range(500):
            cache.set(f"k{number}", "x", depends_on=(f"document:{number}", "word:plum", f"word:w{number % 3}"))
        await cache.flush()
        assert len(store.calls) <= 500 // WRITTEN_AT_ONCE + 2
        store.calls.clear()
        for number in range(100):
            cache.invalidate_void(Change(frozenset({f"document:{number}"}), frozenset({"w1"})))
        cache.invalidate_void(Change(words=frozenset({"plum", "w2", "pear"})))
        assert cache.get("k200") is None
        assert cache.get("k201") == "x"
        await cache.flush()
        assert len(store.calls) <= 101 // CHANGES_AT_ONCE + 1
        assert set(on_disk(store)) == {f"k{n}" for n in range(100, 500) if n % 3 != 2}
        await cache.aclose()

    run_virtual(main())


def test_what_a_change_makes_void_is_not_found_while_it_waits() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store, max_entries=1)
        cache.set("a", "old", depends_on=("memory:1",))
        cache.set("b", "old", depends_on=("word:plum",))
        await cache.flush()
        cache.set("c", "waits", depends_on=("memory:1",))
        await settle()
        cache.invalidate_void(Change(frozenset({"memory:1"}), frozenset({"plum"})))
        assert [await cache.get_or_generate(key, Source()) for key in "abc"] == ["new"] * 3
        await cache.aclose()
        assert on_disk(store) == dict.fromkeys("abc", "new")

    run_virtual(main())


def test_what_was_set_after_a_change_stays() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store)
        cache.set("a", "old", depends_on=("memory:1",))
        cache.invalidate_void(Change(frozenset({"memory:1"})))
        cache.set("a", "new", depends_on=("memory:1",))
        await cache.aclose()
        assert on_disk(store) == {"a": "new"}

    run_virtual(main())


def test_what_is_generated_when_something_changes_is_not_kept() -> None:
    async def main() -> None:
        cache = ResponseCache(clock=loop_clock)
        asking = asyncio.create_task(cache.get_or_generate("a", Source("before")))
        await settle()
        cache.invalidate_void(Change())
        assert await asking == "before"
        assert cache.get("a") is None

    run_virtual(main())


def test_an_entry_says_what_makes_it_void() -> None:
    entry = CacheEntry(key="k", kind="k", value=1, created_at=0, expires_at=1, bytes=1, depends_on=("memory:1",))
    assert Change(frozenset({"memory:1"})).voids(entry.depends_on)
    assert not Change(frozenset({"memory:2"}), frozenset({"memory:1"})).voids(entry.depends_on)
    assert not Change(words=frozenset({"plum"})).voids(("word:plum", "word:pear"))
    assert Change(words=frozenset({"plum", "pear", "fig"})).voids(("word:plum", "word:pear"))

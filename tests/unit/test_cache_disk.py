"""Cached answers outlive a restart; a store that is slow, failing or gone costs cached answers only."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.records import AnyRecord, CacheEntry, Change
from sottovoce.memory import How, ResponseCache
from sottovoce.memory.cache_disk import MOST_WAITING, RETRY
from tests.fakes_store import FakeStore
from tests.unit.test_cache import together
from tests.unit.test_cache_flights import NoAnswer, Source, idle, loop_clock
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class SlowStore(FakeStore):
    """Reads and writes of cached answers take a second each; notes the calls."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    async def change_cache(
        self, *, changes: Sequence[Change] = (), removed: Collection[str] = (), saved: Sequence[CacheEntry] = ()
    ) -> None:
        self.calls.append("change")
        await asyncio.sleep(1)
        await super().change_cache(changes=changes, removed=removed, saved=saved)

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        found = await super().record(kind, key)
        self.calls.append("record")
        await asyncio.sleep(1)
        return found

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        found = await super().records(kind, limit=limit, user_id=user_id)
        await asyncio.sleep(0)
        return found


def opened(store: FakeStore, *, max_entries: int = 100, max_bytes: int = 10_000) -> ResponseCache:
    cache = ResponseCache(max_entries, max_bytes, ttl_s=100, stale_s=200, store=store, clock=loop_clock)
    cache.start()
    cache.start()
    return cache


def on_disk(store: FakeStore) -> dict[str, object]:
    return {key: record.value for (_, key), record in store.kept_records.items() if isinstance(record, CacheEntry)}


def test_an_answer_outlives_a_restart_and_is_read_once() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store)
        cache.set("a", "kept", kind="define", user_id="anna", source_message="m1")
        assert on_disk(store) == {}
        await cache.aclose()
        entry = await FakeStore.record(store, CacheEntry, "a")
        assert entry
        assert (entry.kind, entry.user_id, entry.source_message, entry.bytes) == ("define", "anna", "m1", 5)

        again, source = opened(store), Source()
        assert again.get("a") is None
        got = await asyncio.gather(*(again.answer("a", source) for _ in range(100)))
        assert {(one.value, one.how) for one in got} == {("kept", How.LOADED)}
        assert got[0].age_s == pytest.approx(2, abs=0.1)
        assert (store.calls.count("record"), source.calls, again.get("a")) == (1, 0, "kept")
        assert again.get_stats()["kinds"]["define"]["loads"] == 1
        assert await again.get_or_generate("b", source) == "new"
        await again.aclose()
        assert on_disk(store) == {"a": "kept", "b": "new"}

    run_virtual(main())


def test_an_old_answer_from_disk_instead_of_a_failure() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store)
        cache.set("a", "kept")
        cache.set("b", "kept", 1)
        await cache.aclose()
        await asyncio.sleep(150)
        again = opened(store)
        served = await again.answer("a", Source(failures=1))
        assert (served.value, served.how, served.age_s) == ("kept", How.STALE, 151.0)
        await asyncio.sleep(100)
        with pytest.raises(NoAnswer):
            await again.get_or_generate("b", Source(failures=1))
        await again.aclose()

    run_virtual(main())


def test_what_is_forgotten_is_not_found_again() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store)
        for key in "abc":
            cache.set(key, "kept", user_id="anna" if key == "b" else "me")
        await cache.flush()
        cache.invalidate("a")
        cache.invalidate_where(lambda entry: entry.user_id == "anna")
        assert [await cache.get_or_generate(key, Source()) for key in "ab"] == ["new", "new"]
        await cache.flush()
        assert on_disk(store) == {"a": "new", "b": "new", "c": "kept"}
        cache.clear()
        cache.set("d", "kept")
        await cache.aclose()
        assert on_disk(store) == {"d": "kept"}

    run_virtual(main())


def test_what_is_forgotten_while_it_is_read_or_written() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store)
        cache.set("a", "kept")
        await settle()  # being written
        cache.clear()
        cache.set("b", "kept")
        cache.set("b", "kept later")
        await cache.flush()
        assert on_disk(store) == {"b": "kept later"}
        await cache.aclose()

        again = opened(store)
        reading = asyncio.create_task(again.get_or_generate("b", Source()))
        await settle()
        again.invalidate("b")
        assert await reading == "new"
        assert again.get("b") is None
        await again.aclose()
        assert on_disk(store) == {}

    run_virtual(main())


def test_what_changes_while_it_is_written_or_waits() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store)
        cache.set("a", "old")
        await settle()  # being written
        cache.set("a", "newer")
        await cache.flush()
        assert on_disk(store) == {"a": "newer"}
        cache.set("a", "newest")
        await settle()
        cache.set("b", "waits")
        cache.clear()
        await cache.aclose()
        assert on_disk(store) == {}

    run_virtual(main())


def test_what_leaves_memory_before_it_is_written_is_found() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store, max_entries=1)
        cache.set("a", "kept")
        cache.set("b", "kept")
        assert (await cache.answer("a", Source())).how is How.LOADED
        await cache.aclose()
        assert on_disk(store) == {"a": "kept", "b": "kept"}

    run_virtual(main())


def test_an_answer_too_large_leaves_no_older_one() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store, max_bytes=100)
        cache.set("a", "kept")
        await cache.flush()
        cache.set("a", "x" * 100)
        assert await cache.get_or_generate("a", Source()) == "new"
        await cache.aclose()
        assert on_disk(store) == {"a": "new"}
        smaller = opened(store, max_bytes=3)
        assert (await smaller.answer("a", Source("newer"))).how is How.GENERATED
        await smaller.aclose()

    run_virtual(main())


def test_the_disk_is_trimmed() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store, max_bytes=400)
        for number in range(1000):
            cache.set(f"k{number:03}", "x" * 36)
            await settle()
        await cache.aclose()
        assert sum(len(key) + len(str(value)) for key, value in on_disk(store).items()) <= 400 * 1.25
        assert "k999" in on_disk(store)
        await asyncio.sleep(301)
        again = opened(store)
        await settle()
        assert on_disk(store) == {}
        await again.aclose()

    run_virtual(main())


def test_a_failing_store_is_tried_again_and_never_in_the_way(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store)
        await settle()
        store.trouble = StoreFailed()
        cache.set("a", "secret words")
        assert (cache.get("a"), await cache.get_or_generate("b", Source())) == ("secret words", "new")
        with pytest.raises(StoreFailed):
            await cache.flush()
        assert cache.get_stats()["store"] == {"waiting": 2, "troubles": 2}
        store.trouble = None
        await asyncio.sleep(RETRY.first_s + 1)
        assert on_disk(store) == {"a": "secret words", "b": "new"}
        store.trouble = StoreFailed()
        cache.invalidate("a")
        await cache.aclose()
        assert cache.get_stats()["store"] == {"waiting": 1, "troubles": 3}

    run_virtual(main())
    assert "secret" not in caplog.text


def test_too_many_waiting_writes_give_all_up_and_bring_nothing_old_back() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = opened(store, max_entries=5)
        cache.set("k0", "old")
        await cache.flush()
        store.trouble = StoreFailed()
        for number in range(5 * MOST_WAITING + 1):
            cache.set(f"k{number}", "new")
        assert cache.get_stats()["store"]["waiting"] == 1
        store.trouble = None
        await cache.aclose()
        assert on_disk(store) == {}

    run_virtual(main())


def test_all_given_up_while_a_search_goes_on() -> None:
    async def main() -> None:
        store = SlowStore()
        cache = opened(store, max_entries=1)
        cache.set("a", "old")
        await cache.flush()
        cache.invalidate_where(lambda entry: entry.key == "a")
        await settle()
        for number in range(MOST_WAITING + 1):
            cache.set(f"k{number}", "new")
        await cache.aclose()
        assert on_disk(store) == {}

    run_virtual(main())


def test_a_cache_without_start_writes_nothing_and_works() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = ResponseCache(store=store)
        cache.set("a", "kept")
        cache.start()
        await cache.aclose()
        assert on_disk(store) == {"a": "kept"}
        never = ResponseCache(store=store)
        assert await never.get_or_generate("a", Source()) == "new"
        await never.aclose()
        alone = ResponseCache()
        alone.start()
        await alone.flush()

    run_virtual(main())


def test_threads_and_their_loops_write_through_the_store_s_own() -> None:
    async def main() -> None:
        store = FakeStore()
        cache = ResponseCache(store=store)
        cache.start()

        def work(number: int) -> None:
            cache.set(f"s{number}", "x")
            asyncio.run(cache.get_or_generate(f"g{number}", Source("y", 0)))

        with ThreadPoolExecutor(1) as pool:
            await asyncio.get_running_loop().run_in_executor(pool, together, 40, work, 8)
        await cache.aclose()
        assert len(on_disk(store)) == 80
        assert idle(cache)

    asyncio.run(main())


def test_a_loop_closed_without_closing_the_cache_breaks_nothing() -> None:
    cache = ResponseCache(store=FakeStore())

    async def main() -> None:
        cache.start()
        await asyncio.sleep(0)

    asyncio.run(main())
    cache.set("a", "x")
    assert cache.get("a") == "x"

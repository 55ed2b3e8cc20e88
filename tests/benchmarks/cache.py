"""How fast the cache is, beside the least a cache with a time limit could do, in the same run.

    ./dev exec python -m tests.benchmarks.cache [--out FILE.json]

- `hit`: one hit, beside the same keys in `cachetools.TTLCache` under a lock where that is installed, and always beside
  `LockedTtl`: the least own table with a lock, a time limit and an order of use, which counts nothing.
- `thousand`: 1,000 writes and 1,000 reads, with and without a store behind them.
- `waiters`: 1,000 tasks that ask for one missing answer.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import statistics
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.memory import ResponseCache
from tests.benchmarks.measured import origin
from tests.fakes_store import FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).with_name("cache.json")
ROUNDS = 15
HITS = 20_000
KEYS = [f"{number:064x}" for number in range(1000)]
GOAL_RATIO = 2.5
GOALS_MS = {"writes_ms": 20.0, "reads_ms": 5.0}


class LockedTtl:
    """The least there can be: a lock, a time limit, an order of use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def set(self, key: str, value: str) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic() + 60, value)

    def get(self, key: str) -> str | None:
        with self._lock:
            until, value = self._kept[key]
            if time.monotonic() >= until:
                return None
            self._kept.move_to_end(key)
            return value


class LockedCachetools:
    """`cachetools.TTLCache` as its documentation says it is to be shared."""

    def __init__(self, cachetools: Any) -> None:  # noqa: ANN401 - a module that need not be installed
        self._lock = threading.Lock()
        self._kept = cachetools.TTLCache(maxsize=10_000, ttl=60)

    def set(self, key: str, value: str) -> None:
        with self._lock:
            self._kept[key] = value

    def get(self, key: str) -> str | None:
        with self._lock:
            found: str | None = self._kept.get(key)
            return found


def hit_us(get: Callable[[str], str | None]) -> float:
    """Microseconds a hit takes, the loop around it included."""
    keys = KEYS * (HITS // len(KEYS))
    begun = time.perf_counter()
    for key in keys:
        get(key)
    return (time.perf_counter() - begun) / len(keys) * 1e6


def hits() -> dict[str, Any]:
    """All take turns; a ratio is the median of those of neighbours in time."""
    ours, least = ResponseCache(max_entries=10_000), LockedTtl()
    others: dict[str, Callable[[str], str | None]] = {"least": least.get}
    for key in KEYS:
        ours.set(key, "an answer")
        least.set(key, "an answer")
    try:
        library = LockedCachetools(importlib.import_module("cachetools"))
    except ModuleNotFoundError:
        pass
    else:
        for key in KEYS:
            library.set(key, "an answer")
        others["cachetools"] = library.get
    rounds = [{"ours": hit_us(ours.get)} | {name: hit_us(get) for name, get in others.items()} for _ in range(ROUNDS)]
    figures: dict[str, Any] = {
        f"{name}_us": round(statistics.median(one[name] for one in rounds), 3) for name in ("ours", *others)
    }
    for name in others:
        figures[f"ratio_to_{name}"] = round(statistics.median(one["ours"] / one[name] for one in rounds), 2)
    return figures


async def thousand(*, stored: bool) -> dict[str, float]:
    """Medians of 1,000 writes and reads, in milliseconds, in one loop with the write-behind."""
    writes, reads = [], []
    for _ in range(ROUNDS):
        cache = ResponseCache(max_entries=1000, store=FakeStore() if stored else None)
        cache.start()
        begun = time.perf_counter()
        for key in KEYS:
            cache.set(key, "an answer")
        middle = time.perf_counter()
        for key in KEYS:
            cache.get(key)
        reads.append((time.perf_counter() - middle) * 1000)
        writes.append((middle - begun) * 1000)
        await cache.aclose()
    return {"writes_ms": round(statistics.median(writes), 2), "reads_ms": round(statistics.median(reads), 2)}


async def waiters() -> dict[str, float]:
    """1,000 tasks, one generation."""
    cache = ResponseCache()
    calls = 0

    async def generate() -> str:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        return "an answer"

    begun = time.perf_counter()
    await asyncio.gather(*(cache.get_or_generate("a", generate) for _ in range(1000)))
    return {"calls": calls, "all_ms": round((time.perf_counter() - begun) * 1000, 2)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the cache.")
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    hit = hits()
    plain, stored = asyncio.run(thousand(stored=False)), asyncio.run(thousand(stored=True))
    waited = asyncio.run(waiters())
    named = "cachetools" if "ratio_to_cachetools" in hit else "least"
    met = {
        f"hit_ratio_to_{named}": hit[f"ratio_to_{named}"] <= GOAL_RATIO,
        **{name: max(plain[name], stored[name]) < goal for name, goal in GOALS_MS.items()},
        "one_call": waited["calls"] == 1,
    }
    report = {
        **origin("cache"),
        "hit": hit,
        "goal_ratio": GOAL_RATIO,
        "thousand": plain,
        "thousand_with_store": stored,
        "goals_ms": GOALS_MS,
        "waiters": waited,
        "met": met,
    }
    out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How fast the store is, beside raw sqlcipher3 in the same run.

    ./dev bench store [--quick] [--out FILE.json]

- `raw`: a synchronous loop of BEGIN IMMEDIATE, the store's own statements, COMMIT, on a connection with its pragmas.
- `tasks`: the store with 1, 10 and 100 tasks that each append one message after another; the ratio is to `raw`,
  which runs in turns with it.
- `sizes`: a store of so many messages: reading, searching, opening, memory, and the p99 of single appends.
- `backup`: 100 appends a second while a backup is made.
- `busy_main_thread`: a COMMIT beside a main thread that computes, at two switch intervals.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.hardening import SWITCH_INTERVAL_S
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store, rows, schema
from sottovoce.adapters.store.backups import StoreBackups
from sottovoce.adapters.store.care_thread import CareThread
from sottovoce.adapters.store.connection import Opener
from sottovoce.adapters.store.threads import submit
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

OUT = Path(__file__).with_name("store.json")
KEY = bytes(range(32))
GOALS = {"1": 0.7, "10": 5.0, "100": 12.0}
GOALS_MS = {"last_50_ms": 2.0, "newest_search_ms": 2.0, "bounded_relevance_ms": 50.0, "open_ms": 10.0}
ROUNDS = 5
PER_ROUND = {1: 600, 10: 2400, 100: 6000}
SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000)
CONVERSATION = 200
"""Messages of a conversation in the large stores."""
WORDS = [
    "the",
    "weather",
    "in",
    "oslo",
    "is",
    "fine",
    "today",
    "and",
    "we",
    "will",
    "walk",
    "along",
    "the",
    "river",
    "before",
    "the",
    "meeting",
    "about",
    "the",
    "garden",
    "house",
    "remind",
    "me",
    "to",
    "call",
    "anna",
    "when",
    "the",
    "train",
    "from",
    "bergen",
    "has",
    "arrived",
    "and",
    "order",
    "more",
    "coffee",
    "for",
    "the",
    "office",
    "kitchen",
]
SINGLE_APPENDS = 400
APPENDS_A_SECOND = 100
BUSY_APPENDS = 20
BUSY_S = 0.15


def message(number: int, conversation: str = "c") -> Message:
    """A sentence of nine words, some of them rare."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 7, 11, 13, 17, 19)]
    return Message(
        id=new_id(),
        conversation_id=conversation,
        role=Role.USER if number % 2 else Role.ASSISTANT,
        content=" ".join([*words, f"n{number % 5000}", f"m{number % 97}"]),
        created_at=time.time(),
        user_id="me",
    )


def raw_rate(folder: Path, count: int) -> float:
    """Durable appends a second without our threads."""
    opener = Opener(folder / "raw.db", bytearray(KEY))
    schema.build(opener, opener.path, "raw", schema.shipped_steps())
    messages = [message(number) for number in range(count)]
    with contextlib.closing(opener.writer()) as connection:
        begun = time.perf_counter()
        for one in messages:
            connection.execute("BEGIN IMMEDIATE")
            rows.add_message(connection, one)
            connection.execute("COMMIT")
        return count / (time.perf_counter() - begun)


async def task_rate(folder: Path, tasks: int, count: int) -> float:
    """Durable appends a second by so many tasks."""
    store = await open_store(Places.under(folder / "home"), key=KEY)
    messages = iter([message(number) for number in range(count)])

    async def write() -> None:
        for one in messages:
            await store.append(one)

    begun = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(tasks)))
    rate = count / (time.perf_counter() - begun)
    await store.close()
    return rate


def ratios(work: Path, rounds: int) -> dict[str, Any]:
    """Raw and each number of tasks take turns: a ratio is the median of those of neighbours in time."""
    raw: list[float] = []
    ours: dict[int, list[tuple[float, float]]] = {tasks: [] for tasks in PER_ROUND}
    for _ in range(rounds):
        for tasks, count in PER_ROUND.items():
            with tempfile.TemporaryDirectory(dir=work) as folder:
                raw.append(raw_rate(Path(folder), PER_ROUND[1]))
            with tempfile.TemporaryDirectory(dir=work) as folder:
                rate = asyncio.run(task_rate(Path(folder), tasks, count))
            ours[tasks].append((rate, rate / raw[-1]))
    return {
        "raw_per_s": round(statistics.median(raw)),
        "tasks": {
            str(tasks): {
                "per_s": round(statistics.median(rate for rate, _ in found)),
                "ratio": round(statistics.median(ratio for _, ratio in found), 2),
                "ratios": [round(ratio, 2) for _, ratio in found],
            }
            for tasks, found in ours.items()
        },
    }


def grow(places: Places, present: int, wanted: int) -> None:
    """Fill a closed store up to `wanted` messages."""
    opener = Opener(places.database, bytearray(KEY))
    with contextlib.closing(opener.writer()) as connection:
        for start in range(present, wanted, 10_000):
            connection.execute("BEGIN IMMEDIATE")
            for number in range(start, min(start + 10_000, wanted)):
                rows.add_message(connection, message(number, f"c{number // CONVERSATION}"))
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def resident_mb() -> float:
    """This process's memory, in MB; 0 where it can't be asked so."""
    with contextlib.suppress(OSError), open("/proc/self/statm", encoding="ascii") as found:  # noqa: PTH123 - no file
        return int(found.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


async def _median_ms(call: Callable[[], Awaitable[object]], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 3)


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def at_size(places: Places, size: int) -> dict[str, Any]:
    """Everything that might grow with the store."""
    memory = resident_mb()
    opening = []
    for _ in range(5):
        begun = time.perf_counter()
        store = await open_store(places, key=KEY)
        opening.append((time.perf_counter() - begun) * 1000)
        await store.close()
    store = await open_store(places, key=KEY)
    middle = f"c{size // CONVERSATION // 2}"
    figures: dict[str, Any] = {
        "messages": size,
        "file_mb": round(places.database.stat().st_size / 1e6, 1),
        "open_ms": round(statistics.median(opening), 2),
        "last_50_ms": await _median_ms(lambda: store.messages(middle, limit=50)),
        "newest_search_ms": await _median_ms(lambda: store.search("weather", limit=20)),
        "newest_rare_search_ms": await _median_ms(lambda: store.search("n4711", limit=20)),
        "bounded_relevance_ms": await _median_ms(lambda: store.search_best("weather", limit=20), 5),
    }
    appends = []
    for number in range(SINGLE_APPENDS):
        one = message(number, f"new{number // CONVERSATION}")
        begun = time.perf_counter()
        await store.append(one)
        appends.append((time.perf_counter() - begun) * 1000)
    figures["append_p50_ms"] = round(statistics.median(appends), 3)
    figures["append_p99_ms"] = round(_percentile(appends, 0.99), 3)
    figures["rss_mb_per_connection"] = round((resident_mb() - memory) / 3, 1)
    await store.close()
    return figures


async def during_backup(places: Places) -> dict[str, Any]:
    """Appends at a steady pace while a backup is made."""
    store = await open_store(places, key=KEY)
    thread = CareThread(places.data)
    backups = StoreBackups(places, store, thread, lambda: datetime.now().astimezone())
    begun = time.perf_counter()
    making = asyncio.ensure_future(backups.create())
    waits = []
    number = 0
    while not making.done():
        due = begun + number / APPENDS_A_SECOND
        await asyncio.wait({making}, timeout=max(due - time.perf_counter(), 0))
        start = time.perf_counter()
        await store.append(message(number, "during"))
        waits.append((time.perf_counter() - start) * 1000)
        number += 1
    making.result()
    taken = time.perf_counter() - begun
    await thread.close()
    await store.close()
    return {
        "seconds": round(taken, 2),
        "appends": number,
        "append_p50_ms": round(statistics.median(waits), 2),
        "append_p99_ms": round(_percentile(waits, 0.99), 2),
        "append_worst_ms": round(max(waits), 2),
    }


def busy_main_thread(work: Path) -> dict[str, float]:
    """Median ms from the call of an append to its COMMIT while the loop's thread computes, by switch interval in ms."""

    async def measure(folder: Path) -> float:
        store = await open_store(Places.under(folder / "home"), key=KEY)
        waits = []
        for number in range(BUSY_APPENDS):
            begun = time.perf_counter()
            appending = asyncio.ensure_future(store.append(message(number)))
            await asyncio.sleep(0)
            done = submit(store._writer.jobs, lambda _: time.perf_counter(), alone=True)  # noqa: SLF001 - the loop, which is busy, can't tell
            while time.perf_counter() < begun + BUSY_S:
                sum(range(1000))
            await appending
            waits.append((await done - begun) * 1000)
        await store.close()
        return round(statistics.median(waits), 2)

    found = {}
    before = sys.getswitchinterval()
    for interval in (0.005, SWITCH_INTERVAL_S):
        sys.setswitchinterval(interval)
        with tempfile.TemporaryDirectory(dir=work) as folder:
            found[f"{interval * 1000:g}"] = asyncio.run(measure(Path(folder)))
    sys.setswitchinterval(before)
    return found


def _checks(result: dict[str, Any]) -> list[tuple[str, float, float, bool]]:
    """Each goal: what, measured, wanted, met."""
    found = [
        (f"{tasks} tasks, ratio to raw", entry["ratio"], GOALS[tasks], entry["ratio"] >= GOALS[tasks])
        for tasks, entry in result["tasks"].items()
    ]
    sizes = result["sizes"]
    for name, goal in GOALS_MS.items():
        worst = max(size[name] for size in sizes)
        found.append((f"{name}, worst of all sizes", worst, goal, worst < goal))
    growth = round(sizes[-1]["append_p99_ms"] / sizes[0]["append_p99_ms"], 2)
    found.append(("append p99, growth from the smallest to the largest", growth, 2.0, growth <= 2.0))
    memory = max(size["rss_mb_per_connection"] for size in sizes)
    found.append(("rss_mb_per_connection", memory, 40.0, memory <= 40.0))
    wait = result["backup"]["append_p99_ms"]
    found.append(("append p99 while a backup is made, ms", wait, 50.0, wait < 50.0))
    return found


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./dev bench store", description="Measure the store beside raw sqlcipher3.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, small stores only")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    result: dict[str, Any] = {"command": "./dev bench store", "machine": machine}
    sys.setswitchinterval(SWITCH_INTERVAL_S)  # as the product does
    with tempfile.TemporaryDirectory(prefix="sottovoce-bench-") as folder:
        work = Path(folder)
        result |= ratios(work, 2 if options.quick else ROUNDS)
        result["busy_main_thread_ms"] = busy_main_thread(work)
        places, present = Places.under(work / "large"), 0

        async def make() -> None:
            await (await open_store(places, key=KEY)).close()

        asyncio.run(make())
        result["sizes"] = []
        for size in QUICK_SIZES if options.quick else SIZES:
            grow(places, present, size)
            present = size
            result["sizes"].append(asyncio.run(at_size(places, size)))
            print(json.dumps(result["sizes"][-1]), flush=True)
        result["backup"] = asyncio.run(during_backup(places))
    result["goals"] = [
        {"goal": what, "measured": measured, "wanted": wanted, "met": met}
        for what, measured, wanted, met in _checks(result)
    ]
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(
        f"raw {result['raw_per_s']} appends/s; busy main thread {result['busy_main_thread_ms']} ms; {result['backup']}"
    )
    for goal in result["goals"]:
        print(f"{goal['goal']:52} {goal['measured']:>9} goal {goal['wanted']:>6} {'met' if goal['met'] else 'NOT MET'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

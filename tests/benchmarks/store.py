"""How fast the store is, beside raw sqlcipher3 in the same run.

    ./dev bench store [--quick] [--part NAME…] [--out FILE.json]

The exit code is 1 if a goal is missed.

- `raw`: a synchronous loop of BEGIN IMMEDIATE, the store's own statements, COMMIT, on a connection with its pragmas.
- `tasks`: the store with 1, 10 and 100 tasks that each append one message after another; the ratio is to `raw`,
  which runs in turns with it.
- `sizes`: a store of so many messages, each in a process of its own: reading, searching (whole words, the beginning of
  one, two common words that are never together), opening, the memory of a connection that has filled its cache, and
  the p99 of single appends.
- `backup`: 100 appends a second while a backup is made, three times; each wait counts from when its append was due.
- `export`: everything that is kept, in clear, of the largest store; the rate is of three, the median.
- `erasing`: a conversation, then a user, out of stores with two backups: how long, how much CPU time, and how long
  reads and appends wait meanwhile (`erasing.py`).
- `busy_main_thread`: a COMMIT beside a main thread that computes, at two switch intervals.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.hardening import SWITCH_INTERVAL_S
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store, rows
from sottovoce.adapters.store.backups.backups import StoreBackups
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.encrypted_store import READERS
from sottovoce.adapters.store.engine.threads import submit
from sottovoce.adapters.store.export.exporting import StoreExport
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.identifiers import new_id
from tests.benchmarks import erasing
from tests.benchmarks.measured import origin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.adapters.store import EncryptedStore

OUT = Path(__file__).with_name("store.json")
KEY = bytes(range(32))
GOALS = {"1": 0.7, "10": 4.0, "100": 12.0}
"""Ten reach 4.7 where neither syncs nor hand-overs cost anything (processor time: 0.30 ms alone, 0.063 of ten)."""
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
BACKUPS = 3
EXPORTS = 3
EXPORTED_PER_S = 100_000
PARTS = ("tasks", "busy", "sizes", "backup", "export", "erasing")
ERASED_FROM = (10_000, 100_000)
QUICK_ERASED_FROM = (2_000,)
SETTLING_S = 0.2
"""A home that was opened just now is looked at more closely at every COMMIT (`watched.CALM_NS`)."""
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
    opener = ConnectionOpener(folder / "raw.db", bytearray(KEY))
    schema.build(opener, opener.path, "raw", schema.shipped_steps())
    messages = [message(number) for number in range(count)]
    with contextlib.closing(opener.writer()) as connection:
        begun = time.perf_counter()
        for one in messages:
            connection.execute("BEGIN IMMEDIATE")
            rows.messages.add_message(connection, one)
            connection.execute("COMMIT")
        return count / (time.perf_counter() - begun)


async def task_rate(folder: Path, tasks: int, count: int) -> float:
    """Durable appends a second by so many tasks."""
    store = await open_store(Places.under(folder / "home"), key=KEY)
    await asyncio.sleep(SETTLING_S)
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
    """Fill a closed store up to `wanted` messages, and merge its index of words as the writer does when it is idle.

    Without that the 16th large segment would be merged inside one append: 600 ms, as after no day's talk.
    """
    opener = ConnectionOpener(places.database, bytearray(KEY))
    with contextlib.closing(opener.writer()) as connection:
        for start in range(present, wanted, 10_000):
            connection.execute("BEGIN IMMEDIATE")
            for number in range(start, min(start + 10_000, wanted)):
                rows.messages.add_message(connection, message(number, f"c{number // CONVERSATION}"))
            connection.execute("COMMIT")
        while rows.messages.merge_words(connection):
            pass
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def resident_mb() -> float:
    """This process's memory, in MB; 0 where it can't be asked so."""
    with contextlib.suppress(OSError), open("/proc/self/statm", encoding="ascii") as found:  # noqa: PTH123 - no file
        return int(found.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _spread(name: str, taken: list[float]) -> dict[str, float]:
    """The median under the plain name, and what the slow ones took."""
    return {
        f"{name}_ms": round(statistics.median(taken), 3),
        f"{name}_p95_ms": round(_percentile(taken, 0.95), 3),
        f"{name}_worst_ms": round(max(taken), 3),
    }


async def _timed(name: str, call: Callable[[], Awaitable[object]], times: int = 40) -> dict[str, float]:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - begun) * 1000)
    return _spread(name, taken)


def words_apart() -> tuple[str, str]:
    """Two common words that no message holds together: their lists are read to the end, in vain."""
    held = [set(message(number).content.split()[:7]) for number in range(len(WORDS))]
    common = sorted({word for words in held for word in words}, key=lambda word: -sum(word in one for one in held))
    pairs = itertools.combinations(common, 2)
    return next(pair for pair in pairs if not any(set(pair) <= words for words in held))


async def filled_mb(store: EncryptedStore, before: float) -> float:
    """Memory a connection takes once it has read more than its cache holds, in MB."""
    both = threading.Barrier(READERS)

    def read(connection: Any) -> None:  # noqa: ANN401 - sqlcipher3 has no types
        connection.execute("SELECT sum(length(content)), sum(length(id)) FROM message").fetchall()

    def read_on_each(connection: Any) -> None:  # noqa: ANN401 - as above
        both.wait(30)  # so that no reader takes both
        read(connection)

    await submit(store._writer.jobs, read, alone=True)  # noqa: SLF001 - no port tells what a connection holds
    await asyncio.gather(*(submit(store._questions, read_on_each) for _ in range(READERS)))  # noqa: SLF001 - as above
    return round((resident_mb() - before) / (1 + READERS), 1)


async def at_size(places: Places, size: int) -> dict[str, Any]:
    """Everything that might grow with the store; in a process of its own, whose memory is looked at."""
    memory = resident_mb()
    store = await open_store(places, key=KEY)
    figures: dict[str, Any] = {
        "messages": size,
        "file_mb": round(places.database.stat().st_size / 1e6, 1),
        "rss_mb_per_connection": await filled_mb(store, memory),
    }
    await store.close()
    opening = []
    for _ in range(9):
        begun = time.perf_counter()
        store = await open_store(places, key=KEY)
        opening.append((time.perf_counter() - begun) * 1000)
        await store.close()
    store = await open_store(places, key=KEY)
    middle, apart = f"c{size // CONVERSATION // 2}", " ".join(words_apart())
    figures |= _spread("open", opening)
    figures |= await _timed("last_50", lambda: store.messages(middle, limit=50))
    figures |= await _timed("newest_search", lambda: store.search("weather", limit=20))
    figures |= await _timed("newest_rare_search", lambda: store.search("n4711", limit=20))
    figures |= await _timed("prefix_search", lambda: store.search("weath", limit=20))
    figures |= await _timed("apart_search", lambda: store.search(apart, limit=20))
    figures |= await _timed("bounded_relevance", lambda: store.search_best("weather", limit=20), 15)
    appends = []
    for number in range(SINGLE_APPENDS):
        one = message(number, f"new{number // CONVERSATION}")
        begun = time.perf_counter()
        await store.append(one)
        appends.append((time.perf_counter() - begun) * 1000)
    figures["append_p50_ms"] = round(statistics.median(appends), 3)
    figures["append_p99_ms"] = round(_percentile(appends, 0.99), 3)
    await store.close()
    return figures


def in_its_own_process(places: Places, size: int) -> dict[str, Any]:
    """`at_size`, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.store", "--at", str(places.data), str(size)],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


async def during_backup(places: Places) -> dict[str, Any]:
    """Appends at a steady pace while backups are made; each begins when it is due, whether the last one is back or not.

    A wait is measured from the moment at which its append was due: one that is held up holds up no other's clock.
    """
    store = await open_store(places, key=KEY)
    thread = CareThread(places.data)
    backups = StoreBackups(places, store, thread, lambda: datetime.now().astimezone())
    waits: list[list[float]] = []
    seconds = []
    for _ in range(BACKUPS):
        waits.append([])
        begun = time.perf_counter()
        making = asyncio.ensure_future(backups.create())
        appends = [asyncio.ensure_future(_append_at(store, begun, 0, waits[-1]))]
        while not making.done():
            due = begun + len(appends) / APPENDS_A_SECOND
            await asyncio.wait({making}, timeout=max(due - time.perf_counter(), 0))
            appends.append(asyncio.ensure_future(_append_at(store, begun, len(appends), waits[-1])))
        (await making).path.unlink()
        seconds.append(time.perf_counter() - begun)
        await asyncio.gather(*appends)
    await thread.close()
    await store.close()
    every = [wait for one in waits for wait in one]
    return {
        "seconds": [round(one, 2) for one in seconds],
        "appends": len(every),
        "append_p50_ms": round(statistics.median(every), 2),
        "append_p99_ms": round(max(_percentile(one, 0.99) for one in waits), 2),
        "append_worst_ms": [round(max(one), 2) for one in waits],
    }


async def export_rate(places: Places, work: Path) -> dict[str, Any]:
    """Messages a second, each exported as JSON and as Markdown."""
    store = await open_store(places, key=KEY)
    thread = CareThread(places.data)
    rates, messages = [], 0
    for number in range(EXPORTS):
        with tempfile.TemporaryDirectory(dir=work) as folder:
            begun = time.perf_counter()
            messages = (await StoreExport(store, thread).export(Path(folder) / str(number))).rows["messages"]
            rates.append(messages / (time.perf_counter() - begun))
    await thread.close()
    await store.close()
    return {"messages": messages, "per_s": round(statistics.median(rates))}


async def _append_at(store: EncryptedStore, begun: float, number: int, waits: list[float]) -> None:
    await store.append(message(number, "during"))
    waits.append((time.perf_counter() - begun - number / APPENDS_A_SECOND) * 1000)


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
        for tasks, entry in result.get("tasks", {}).items()
    ]
    if sizes := result.get("sizes"):
        for name, goal in GOALS_MS.items():
            worst = max(size[name] for size in sizes)
            found.append((f"{name}, worst of all sizes", worst, goal, worst < goal))
        growth = round(sizes[-1]["append_p99_ms"] / sizes[0]["append_p99_ms"], 2)
        found.append(("append p99, growth from the smallest to the largest", growth, 2.0, growth <= 2.0))
        memory = max(size["rss_mb_per_connection"] for size in sizes)
        found.append(("rss_mb_per_connection", memory, 40.0, memory <= 40.0))
    if backup := result.get("backup"):
        wait = backup["append_p99_ms"]
        found.append(("append p99 while a backup is made, ms", wait, 50.0, wait < 50.0))
    if erased := result.get("erasing"):
        wait = max(size[what]["read_p99_ms"] for size in erased["sizes"] for what in ("conversation", "user"))
        found.append(("read p99 while something is erased, ms", wait, 50.0, wait < 50.0))
    if export := result.get("export"):
        rate = export["per_s"]
        found.append(("messages exported a second", rate, EXPORTED_PER_S, rate >= EXPORTED_PER_S))
    return found


def measured(work: Path, parts: set[str], *, quick: bool) -> dict[str, Any]:
    """The parts that are wanted, one after another."""
    result: dict[str, Any] = {}
    if "tasks" in parts:
        result |= ratios(work, 2 if quick else ROUNDS)
    if "busy" in parts:
        result["busy_main_thread_ms"] = busy_main_thread(work)
    places, present = Places.under(work / "large"), 0

    async def make() -> None:
        await (await open_store(places, key=KEY)).close()

    if parts & {"sizes", "backup", "export"}:
        asyncio.run(make())
        for size in QUICK_SIZES if quick else SIZES:
            grow(places, present, size)
            present = size
            if "sizes" in parts:
                result.setdefault("sizes", []).append(in_its_own_process(places, size))
                print(json.dumps(result["sizes"][-1]), flush=True)
    if "backup" in parts:
        result["backup"] = asyncio.run(during_backup(places))
    if "export" in parts:
        result["export"] = asyncio.run(export_rate(places, work))
    if "erasing" in parts:
        result["erasing"] = erased_from(work, QUICK_ERASED_FROM if quick else ERASED_FROM)
    return result


def erased_from(work: Path, sizes: tuple[int, ...]) -> dict[str, Any]:
    """Erasing at each size."""
    found = []
    for size in sizes:
        found.append(asyncio.run(erasing.measured(Places.under(work / f"erasing-{size}"), KEY, message, size)))
        print(json.dumps(found[-1]), flush=True)
    return {"sizes": found, "cpu_s_per_100k_and_file": erasing.per_file(found)}


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./dev bench store", description="Measure the store beside raw sqlcipher3.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, small stores only")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part (may be given again)")
    parser.add_argument("--out", type=Path, help="where the JSON goes (a part goes nowhere unless told)")
    parser.add_argument("--at", nargs=2, metavar=("HOME", "MESSAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sys.setswitchinterval(SWITCH_INTERVAL_S)  # as the product does
    if options.at:
        print(json.dumps(asyncio.run(at_size(Places.under(options.at[0]), int(options.at[1])))))
        return 0
    result: dict[str, Any] = origin("store")
    with tempfile.TemporaryDirectory(prefix="sottovoce-bench-") as folder:
        result |= measured(Path(folder), set(options.part or PARTS), quick=options.quick)
    result["goals"] = [
        {"goal": what, "measured": found, "wanted": wanted, "met": met} for what, found, wanted, met in _checks(result)
    ]
    out = options.out or (None if options.part else OUT)
    if out is not None:
        out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    for name in ("raw_per_s", "busy_main_thread_ms", "backup", "export"):
        if name in result:
            print(f"{name}: {result[name]}")
    for goal in result["goals"]:
        print(f"{goal['goal']:52} {goal['measured']:>9} goal {goal['wanted']:>6} {'met' if goal['met'] else 'NOT MET'}")
    return 0 if all(goal["met"] for goal in result["goals"]) else 1


if __name__ == "__main__":
    sys.exit(main())

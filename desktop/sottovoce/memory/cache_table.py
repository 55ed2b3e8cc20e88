"""The cached answers in memory: so many entries, so many bytes, the one unused longest leaves first."""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.domain.records import WORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from sottovoce.domain.records import CacheEntry, Change


@dataclass(slots=True)
class CacheCounts:
    """What happened to the answers of one kind. Written under the cache's lock only."""

    hits: int = 0
    misses: int = 0
    """Looks that found nothing fresh in memory; hits and misses together are all looks."""
    stale: int = 0
    """Callers who got an expired answer."""
    loads: int = 0
    """Answers taken from the store instead of generated."""
    generations: int = 0
    """Calls of a `generate`, failed ones too."""
    failures: int = 0
    """Calls of a `generate` that raised; a cancelled one is none."""
    waits: int = 0
    """Callers who waited for another one's answer."""
    evictions: int = 0
    """Answers that left for want of room."""
    refusals: int = 0
    """Answers larger than the whole cache, not to be kept, or voided while they were generated."""
    entries: int = 0
    bytes: int = 0


class WatchedLock:
    """A lock that knows for how long it was waited for."""

    __slots__ = ("_lock", "_stopwatch", "acquire_now", "asking", "release", "waited_s")

    def __init__(self, stopwatch: Callable[[], float]) -> None:
        """Measure with `stopwatch`, in seconds."""
        self._lock = threading.Lock()
        self._stopwatch = stopwatch
        self.waited_s = 0.0
        self.asking = 0
        """The thread that holds it while it runs a caller's code, which must not want it; 0 for none."""
        self.acquire_now = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self) -> None:
        if not self.acquire_now(blocking=False):
            self.wait()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def wait(self) -> None:
        """Acquire the lock, and note how long that took.

        Raises:
            RuntimeError: The code that wants it was called by who holds it.
        """
        if self.asking == threading.get_ident():
            raise RuntimeError("what chooses the answers that match must not use the cache")
        begun = self._stopwatch()
        self.acquire_now()
        self.waited_s += self._stopwatch() - begun  # ours by now


class CacheTable:
    """Entries in the order of their last use, and their counts. Its owner holds the lock for every call."""

    def __init__(self, max_entries: int, max_bytes: int) -> None:
        """Hold at most so many entries and bytes."""
        self.max_entries = max_entries
        self.max_bytes = max_bytes
        self.bytes = 0
        self.entries: OrderedDict[str, CacheEntry] = OrderedDict()
        self._made_from: dict[str, set[str]] = {}  # keys by what they depend on
        self.counts: dict[str, CacheCounts] = {}

    def of(self, kind: str) -> CacheCounts:
        """The counts of a kind."""
        counts = self.counts.get(kind)
        if counts is None:
            counts = self.counts[kind] = CacheCounts()
        return counts

    def put(self, entry: CacheEntry) -> bool:
        """Make room, then add it; False if it is larger than the whole cache; what it replaces is gone anyway."""
        self.drop(entry.key)
        if entry.bytes > self.max_bytes:
            self.of(entry.kind).refusals += 1
            return False
        while len(self.entries) >= self.max_entries or self.bytes + entry.bytes > self.max_bytes:
            unused = next(iter(self.entries.values()))
            self.drop(unused.key)
            self.of(unused.kind).evictions += 1
        self.entries[entry.key] = entry
        for need in entry.depends_on:
            self._made_from.setdefault(need, set()).add(entry.key)
        self._weigh(entry, 1)
        return True

    def drop(self, key: str) -> CacheEntry | None:
        """Remove an entry."""
        entry = self.entries.pop(key, None)
        if entry is not None:
            self._weigh(entry, -1)
            for need in dict.fromkeys(entry.depends_on):
                self._made_from[need].discard(key)
                if not self._made_from[need]:
                    del self._made_from[need]
        return entry

    def drop_void(self, change: Change) -> None:
        """Remove the entries that a change makes void."""
        names = change.gone.union(f"{WORD}{word}" for word in change.words)
        touched = set[str]().union(*(self._made_from[name] for name in self._made_from.keys() & names))
        for key in touched:
            if change.voids(self.entries[key].depends_on):
                self.drop(key)

    def stats(self) -> dict[str, Any]:
        """All counts summed up, and those of each kind."""
        kinds = {kind: dataclasses.asdict(counts) for kind, counts in self.counts.items()}
        names = (field.name for field in dataclasses.fields(CacheCounts))
        return {name: sum(counts[name] for counts in kinds.values()) for name in names} | {"kinds": kinds}

    def _weigh(self, entry: CacheEntry, sign: int) -> None:
        counts = self.of(entry.kind)
        counts.entries += sign
        counts.bytes += sign * entry.bytes
        self.bytes += sign * entry.bytes

"""Cached answers in the store: written behind the callers' backs, read when one is missing in memory."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.records import CacheEntry
from sottovoce.memory.finish import finishing
from sottovoce.memory.retrying import RetryPolicy, keep_trying

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.domain.records import Change
    from sottovoce.memory.cache_ports import CacheStore

log = logging.getLogger(__name__)

RETRY = RetryPolicy(first_s=30.0, longest_s=30.0)
"""Until a write that failed is tried again; nobody waits for it."""
MOST_RECORDS = 1_000_000
"""Entries looked through for an invalidation: all there can be."""
MOST_WAITING = 4
"""Writes that may wait, in entries the memory holds: beyond that the store fails or is far too slow."""
WRITTEN_AT_ONCE = 256
"""Writes of one transaction: some milliseconds, in which others wait."""
CHANGES_AT_ONCE = 64
"""Changes whose void answers are looked for together."""


class CacheDisk:
    """The store's part of the cache. What asks for a write is thread-safe and never waits for the store.

    A crash loses what still waits to be written; `flush` returns once nothing of what was asked for before does.
    """

    def __init__(self, store: CacheStore, *, most_bytes: int, most_waiting: int, oldest: Callable[[], float]) -> None:
        """Prepare.

        Args:
            store: Holds the entries.
            most_bytes: Left after each trimming, which comes whenever a quarter of that has been written.
            most_waiting: Writes that may wait; at one more all cached answers are given up and removed.
            oldest: From when on entries are of use: those that expired before are of none.
        """
        self._store = store
        self._most_bytes = most_bytes
        self._most_waiting = most_waiting
        self._oldest = oldest
        self._lock = threading.Lock()
        self._asked = itertools.count(1)  # numbers whatever is asked for, so that `flush` knows what was before it
        # What is to be done, by key: an entry to save, or None to remove. It stays until it is done, and is in the
        # order of the numbers.
        self._waiting: dict[str, tuple[int, CacheEntry | None]] = {}
        self._being_written: frozenset[str] = frozenset()
        # Done before those: whatever matches was on disk before they were asked for.
        self._searches: list[tuple[int, Callable[[CacheEntry], bool]]] = []
        self._changes: list[tuple[int, Change]] = []
        self._written = 0
        self._troubles = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Write from now on, on the running loop; what was asked for before comes first. Again changes nothing."""
        if self._task is None:
            self._loop = asyncio.get_running_loop()
            self._task = self._loop.create_task(self._run(), name="cache write-behind")

    def save(self, entry: CacheEntry) -> None:
        """Store an entry soon."""
        self._add(entry.key, entry)

    def remove(self, key: str) -> None:
        """Remove it soon; `find` does not give it any more from now on."""
        self._add(key, None)

    def remove_where(self, matches: Callable[[CacheEntry], bool]) -> None:
        """Remove all that match soon; `find` does not give them any more from now on."""
        with self._lock:
            self._take_back(matches)
            if matches is not everything or all(search is not everything for _, search in self._searches):
                self._searches.append((next(self._asked), matches))
        self._ring()

    def remove_void(self, change: Change) -> None:
        """Remove what a change makes void soon; `find` does not give it any more from now on."""
        with self._lock:
            self._take_back(lambda entry: change.voids(entry.depends_on))
            self._changes.append((next(self._asked), change))
        self._ring()

    @contextlib.asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Let nothing be written for the length of the block; what is being written is waited for."""
        async with self._writing:
            yield

    async def find(self, key: str) -> CacheEntry | None:
        """What the store has for `key`, or soon will; None from another loop than that of `start`, or in trouble."""
        with self._lock:
            if key in self._waiting:
                return self._waiting[key][1]
            # Those asked for now: one may be done before the read comes back with what it has removed.
            searches = tuple(matches for _, matches in self._searches)
            changes = tuple(change for _, change in self._changes)
        if asyncio.get_running_loop() is not self._loop:
            return None
        try:
            found = await self._store.record(CacheEntry, key)
        except SottovoceError as trouble:
            self._note(trouble)
            return None
        if found is None or any(change.voids(found.depends_on) for change in changes):
            return None
        return None if any(matches(found) for matches in searches) else found

    async def flush(self) -> None:
        """Return once everything asked for so far is in the store, whatever is asked for meanwhile.

        Raises:
            StoreTrouble: It could not be written; it will be tried again.
        """
        upto = next(self._asked)
        async with self._writing:
            while self._begun_before(upto):
                await self._one_step()
            await self._trim()

    async def close(self) -> None:
        """Write what waits (tried once) and end the task. Idempotent."""
        if self._task is None:
            return
        loop = self._task.get_loop()
        if loop is asyncio.get_running_loop():
            self._task.cancel()
            await asyncio.wait({self._task})
        else:  # it may never run again, nor give back the lock
            self._writing = asyncio.Lock()
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._task.cancel)
        try:
            await self.flush()
        except SottovoceError as trouble:
            self._note(trouble)
        with self._lock:
            self._loop = None
        self._task = None

    def stats(self) -> dict[str, int]:
        """What waits, and how often the store failed."""
        with self._lock:
            waiting = len(self._waiting) + len(self._searches) + len(self._changes)
            return {"waiting": waiting, "troubles": self._troubles}

    def _add(self, key: str, entry: CacheEntry | None) -> None:
        with self._lock:
            asked = next(self._asked)
            if key in self._being_written:  # then what was asked for before is done by that
                self._waiting.pop(key, None)
            self._waiting[key] = (self._waiting.get(key, (asked, None))[0], entry)
            if len(self._waiting) > self._most_waiting:
                # Forgetting a single write would bring back, at the next start, the answer it replaced.
                self._waiting.clear()
                self._changes.clear()
                self._searches = [(asked, everything)]
        self._ring()

    def _take_back(self, matches: Callable[[CacheEntry], bool]) -> None:
        """Under the lock."""
        for key, (asked, entry) in self._waiting.items():
            if entry and matches(entry):
                self._waiting[key] = (asked, None)

    def _ring(self) -> None:
        loop = self._loop
        # A loop that closed without `close` leaves what waits unwritten: cached answers only.
        if loop is not None and not self._wake.is_set():
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake.set)

    async def _run(self) -> None:
        self._written = self._most_bytes  # what another run left is trimmed first
        self._wake.set()
        await keep_trying(self._write_soon, RETRY, self._try_again)

    async def _write_soon(self) -> None:
        await self._wake.wait()
        self._wake.clear()
        await self.flush()

    def _try_again(self, trouble: SottovoceError) -> None:
        self._note(trouble)
        self._wake.set()

    def _begun_before(self, upto: int) -> bool:
        with self._lock:
            oldest = next(iter(self._waiting.values()), None)
            asked = [number for number, _ in (*self._searches[:1], *self._changes[:1])]
            return any(number < upto for number in (*asked, *((oldest[0],) if oldest else ())))

    async def _one_step(self) -> None:
        with self._lock:
            searches = list(self._searches)
            changes = self._changes[:CHANGES_AT_ONCE]
            writes = dict(itertools.islice(self._waiting.items(), WRITTEN_AT_ONCE))
        if searches:
            await self._remove_matching(searches)
        else:
            await self._write(changes, writes)

    @finishing
    async def _remove_matching(self, searches: list[tuple[int, Callable[[CacheEntry], bool]]]) -> None:
        found = await self._store.records(CacheEntry, limit=MOST_RECORDS)
        gone = [entry.key for entry in found if any(matches(entry) for _, matches in searches)]
        for begin in range(0, len(gone), WRITTEN_AT_ONCE):
            await self._store.change_cache(removed=gone[begin : begin + WRITTEN_AT_ONCE])
        with self._lock:  # all may have been given up meanwhile
            self._searches = [search for search in self._searches if search not in searches]

    @finishing
    async def _trim(self) -> None:
        if self._written * 4 >= self._most_bytes:
            await self._store.trim_cache(self._oldest(), self._most_bytes)
            self._written = 0

    @finishing
    async def _write(self, changes: list[tuple[int, Change]], writes: dict[str, tuple[int, CacheEntry | None]]) -> None:
        saved = [entry for _, entry in writes.values() if entry]
        removed = [key for key, (_, entry) in writes.items() if entry is None]
        with self._lock:
            self._being_written = frozenset(writes)
        try:
            if changes or removed:  # first, and apart: a full disk refuses only what is saved
                await self._store.change_cache(changes=[change for _, change in changes], removed=removed)
            if saved:
                await self._store.change_cache(saved=saved)
        finally:
            with self._lock:
                self._being_written = frozenset()
        self._written += sum(entry.bytes for entry in saved)
        with self._lock:
            self._changes = [change for change in self._changes if change not in changes]
            for key, write in writes.items():
                # Asked for something else meanwhile, that is still to be done.
                if self._waiting.get(key) is write:
                    del self._waiting[key]

    def _note(self, trouble: SottovoceError) -> None:
        self._troubles += 1
        log.warning("cached answers: %s", trouble.code)


def everything(entry: CacheEntry) -> bool:  # noqa: ARG001 - the form of a search
    """Matches every entry."""
    return True

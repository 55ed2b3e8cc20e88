"""Cached answers in the store: written behind the callers' backs, read when one is missing in memory."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.records import CacheEntry
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.memory.ports import Store

log = logging.getLogger(__name__)

RETRY_S = 30.0
"""Seconds until a write that failed is tried again; nobody waits for it."""
MOST_RECORDS = 1_000_000
"""Entries looked through for an invalidation: all there can be."""
MOST_WAITING = 4
"""Writes that may wait, in entries the memory holds: beyond that the store fails or is far too slow."""


class CacheDisk:
    """The store's part of the cache. `save`, `remove` and `remove_where` are thread-safe and never wait for the store.

    A crash loses what still waits to be written; `flush` returns once nothing does.
    """

    def __init__(self, store: Store, *, most_bytes: int, most_waiting: int, oldest: Callable[[], float]) -> None:
        """Prepare.

        Args:
            store: Holds the entries.
            most_bytes: Left after each trimming, which comes whenever a quarter of that has been written.
            most_waiting: Writes that may wait; at one more all cached answers are given up and removed.
            oldest: Tells which entries are of no use any more: those that expired before.
        """
        self._store = store
        self._most_bytes = most_bytes
        self._most_waiting = most_waiting
        self._oldest = oldest
        self._lock = threading.Lock()
        # What is to be done, by key: an entry to save, or None to remove. It stays until it is done.
        self._waiting: dict[str, CacheEntry | None] = {}
        # Done before those: whatever matches was on disk before they were asked for.
        self._searches: list[Callable[[CacheEntry], bool]] = []
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
        """Store it soon."""
        self._add(entry.key, entry)

    def remove(self, key: str) -> None:
        """Remove it soon; `find` does not give it any more from now on."""
        self._add(key, None)

    def remove_where(self, matches: Callable[[CacheEntry], bool]) -> None:
        """Remove all that match soon; `find` does not give them any more from now on."""
        with self._lock:
            self._waiting.update({key: None for key, entry in self._waiting.items() if entry and matches(entry)})
            self._searches.append(matches)
        self._ring()

    async def find(self, key: str) -> CacheEntry | None:
        """What the store has for `key`, or soon will; None from another loop than that of `start`, or in trouble."""
        with self._lock:
            if key in self._waiting:
                return self._waiting[key]
            # Those asked for now: one may be done before the read comes back with what it has removed.
            searches = tuple(self._searches)
        if asyncio.get_running_loop() is not self._loop:
            return None
        try:
            found = await self._store.record(CacheEntry, key)
        except SottovoceError as trouble:
            self._note(trouble)
            return None
        return None if found and any(matches(found) for matches in searches) else found

    async def flush(self) -> None:
        """Return once everything asked for so far is in the store.

        Raises:
            StoreTrouble: It could not be written; it will be tried again.
        """
        async with self._writing:
            while await self._one_step():
                pass

    async def close(self) -> None:
        """Write what waits (tried once) and end the task. Idempotent."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
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
            return {"waiting": len(self._waiting) + len(self._searches), "troubles": self._troubles}

    def _add(self, key: str, entry: CacheEntry | None) -> None:
        with self._lock:
            self._waiting[key] = entry
            if len(self._waiting) > self._most_waiting:
                # Forgetting a single write would bring back, at the next start, the answer it replaced.
                self._waiting.clear()
                self._searches = [_everything]
        self._ring()

    def _ring(self) -> None:
        loop = self._loop
        # A loop that closed without `close` leaves what waits unwritten: cached answers only.
        if loop is not None and not self._wake.is_set():
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake.set)

    async def _run(self) -> None:
        self._written = self._most_bytes  # what another run left is trimmed first
        self._wake.set()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.flush()
            except SottovoceError as trouble:
                self._note(trouble)
                self._wake.set()
                await asyncio.sleep(RETRY_S)

    async def _one_step(self) -> bool:
        with self._lock:
            search = self._searches[0] if self._searches else None
            key = next(iter(self._waiting), None)
            entry = self._waiting[key] if key is not None else None
        if search is not None:
            await self._remove_matching(search)
        elif key is not None:
            await self._write(key, entry)
        elif self._written * 4 >= self._most_bytes:
            await self._trim()
        else:
            return False
        return True

    @finishing
    async def _remove_matching(self, search: Callable[[CacheEntry], bool]) -> None:
        for found in await self._store.records(CacheEntry, limit=MOST_RECORDS):
            if search(found):
                await self._store.remove(CacheEntry, found.key)
        with self._lock, contextlib.suppress(ValueError):  # all may have been given up meanwhile
            self._searches.remove(search)

    @finishing
    async def _trim(self) -> None:
        await self._store.trim_cache(self._oldest(), self._most_bytes)
        self._written = 0

    @finishing
    async def _write(self, key: str, entry: CacheEntry | None) -> None:
        if entry is None:
            await self._store.remove(CacheEntry, key)
        else:
            await self._store.save(entry)
            self._written += entry.bytes
        with self._lock:
            # Asked for something else meanwhile, that is still to be done.
            if self._waiting.get(key) is entry:
                self._waiting.pop(key, None)

    def _note(self, trouble: SottovoceError) -> None:
        self._troubles += 1
        log.warning("cached answers: %s", trouble.code)


def _everything(entry: CacheEntry) -> bool:  # noqa: ARG001 - the form of a search
    return True

"""The folder of the user's own files: the port `KnowledgeFiles` on a watching thread and a worker process."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from sottovoce.adapters.knowledge.notifying import notifier
from sottovoce.adapters.knowledge.reader import DocumentReader
from sottovoce.adapters.knowledge.scanning import look
from sottovoce.adapters.knowledge.watching import FolderWatch, WatchLimits
from sottovoce.adapters.own_thread import CLOSE_S, OwnThread
from sottovoce.domain.errors import KnowledgeMisnamed, KnowledgeTooDeep, KnowledgeUnwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from sottovoce.adapters.knowledge.notifying import Notifier
    from sottovoce.adapters.knowledge.reader import ReaderLimits
    from sottovoce.domain.errors import KnowledgeTrouble
    from sottovoce.memory.knowledge_ports import FileRead, Listing


LOOK_S = 1.0
"""Seconds an answer waits to hear whether its file is still there."""


class KnowledgeFolder:
    """Belongs to one loop. Nothing runs before the first call, and no process but while files are read."""

    def __init__(
        self,
        folder: Path,
        *,
        embedder: str,
        on_trouble: Callable[[KnowledgeTrouble], None],
        reading: ReaderLimits | None = None,
        watching: WatchLimits | None = None,
        command: Sequence[str] = (),
        make: Callable[[Sequence[str]], Notifier] = notifier,
    ) -> None:
        """Prepare.

        Args:
            folder: Absolute; it need not be there, and may come and go.
            embedder: Name of the embedder whose vectors are wanted (`Embedder.name`); empty for none.
            on_trouble: Called once if changes can't be watched, for the first name that is no text, and for the first
                folder that lies too deep.
            reading: How long a file may take.
            watching: How often is looked.
            command: What to start instead of the worker that ships.
            make: What watches folders.
        """
        self._folder = folder
        self._on_trouble = on_trouble
        self._reported = False
        self._misnamed = self._too_deep = False
        self._watching = watching or WatchLimits()
        self._make = make
        self._thread = OwnThread("document-reader")
        self._looker = OwnThread("document-looker")  # the other one may be reading for minutes
        self._reader = DocumentReader(folder, self._thread, embedder=embedder, limits=reading, command=command)
        self._watch: FolderWatch | None = None
        self._news = asyncio.Event()
        self._unwatching = asyncio.Event()
        self._closed = False

    @property
    def passed_over(self) -> KnowledgeTrouble | None:
        """See `KnowledgeFiles.passed_over`."""
        if self._too_deep:
            return KnowledgeTooDeep()
        return KnowledgeMisnamed() if self._misnamed else None

    async def scan(self) -> Listing:
        """See `KnowledgeFiles.scan`."""
        self._start()
        found = await self._thread.run(lambda: look(self._folder))
        if found.misnamed and not self._misnamed:
            self._on_trouble(KnowledgeMisnamed())
        self._misnamed = found.misnamed
        if found.too_deep and not self._too_deep:
            self._on_trouble(KnowledgeTooDeep())
        self._too_deep = found.too_deep
        return found.listing

    async def present(self, paths: Collection[str]) -> frozenset[str]:
        """See `KnowledgeFiles.present`."""
        wanted = tuple(paths)

        def there() -> frozenset[str]:
            return frozenset(path for path in wanted if (self._folder / path).is_file())

        try:
            return await self._looker.run(there, deadline_s=LOOK_S)
        except TimeoutError:  # a network drive that hangs says nothing against a file
            return frozenset(wanted)

    async def changed(self) -> None:
        """See `KnowledgeFiles.changed`."""
        self._start()
        await self._news.wait()
        self._news.clear()

    async def read(self, path: str) -> FileRead:
        """See `KnowledgeFiles.read`."""
        return await self._reader.read(path)

    async def close(self) -> None:
        """See `KnowledgeFiles.close`; takes up to `WatchLimits.step_ms`."""
        if self._closed:
            return
        self._closed = True
        if self._watch is not None:
            self._watch.stop()
        self._reader.close()
        await self._thread.close()
        await self._looker.close()
        if self._watch is not None:
            with contextlib.suppress(TimeoutError):  # stuck in a network drive: it is a daemon and is left behind
                async with asyncio.timeout(CLOSE_S):
                    await self._unwatching.wait()
                self._watch.join()

    def _start(self) -> None:
        if self._watch is not None or self._closed:
            return
        loop = asyncio.get_running_loop()

        def on_loop(callback: Callable[[], None]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody is left to hear of it
                loop.call_soon_threadsafe(callback)

        self._watch = FolderWatch(
            self._folder,
            changed=lambda: on_loop(self._news.set),
            unwatched=lambda: on_loop(self._on_unwatched),
            ended=lambda: on_loop(self._unwatching.set),
            limits=self._watching,
            make=self._make,
        )
        self._watch.start()

    def _on_unwatched(self) -> None:
        if not self._reported:
            self._reported = True
            self._on_trouble(KnowledgeUnwatched())

"""One stream of text for all who want the same at the same time."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Generic, TypeVar

from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Hashable

T = TypeVar("T")


class SharedStream(Generic[T]):
    """What is read once, and kept for as long as somebody reads along."""

    def __init__(self, about: T, start: Callable[[T], AsyncGenerator[str]]) -> None:
        """Begin to read what `start` gives for `about`."""
        self.about = about
        self.readers = 0
        self.done = False
        self._pieces: list[str] = []
        self._grown = asyncio.Event()
        self._trouble: Exception | None = None
        self._task = asyncio.create_task(self._read(start(about)))

    async def pieces(self) -> AsyncGenerator[str]:
        """All of it, from its beginning; raises what its reading raised."""
        at = 0
        while True:
            grown = self._grown
            while at < len(self._pieces):
                at += 1
                yield self._pieces[at - 1]
            if self.done:
                break
            await grown.wait()
        if self._trouble is not None:
            raise self._trouble

    async def stop(self) -> None:
        """End the reading."""
        self.done = True
        self._task.cancel()
        await asyncio.wait((self._task,))

    async def _read(self, source: AsyncGenerator[str]) -> None:
        try:
            async with contextlib.aclosing(source):
                async for piece in source:
                    self._pieces.append(piece)
                    self._wake()
        except Exception as trouble:  # noqa: BLE001 - raised to every reader
            self._trouble = trouble
        finally:
            self.done = True
            self._wake()

    def _wake(self) -> None:
        woken, self._grown = self._grown, asyncio.Event()
        woken.set()


class SharedStreams(Generic[T]):
    """Streams by what they are wanted for. Belongs to one loop."""

    def __init__(self, on_joined: Callable[[], None] = lambda: None) -> None:
        """Have none; `on_joined` is called for each that another one's stream is good for."""
        self._on_joined = on_joined
        self._running: dict[Hashable, SharedStream[T]] = {}

    @contextlib.asynccontextmanager
    async def joined(
        self, key: Hashable, about: T, start: Callable[[T], AsyncGenerator[str]]
    ) -> AsyncIterator[SharedStream[T]]:
        """The stream of `key`: the one that runs, else a new one; it ends when nobody reads it any more.

        Args:
            key: Equal for those who want the same.
            about: What a new stream is about.
            start: Gives the pieces of a new stream.
        """
        stream = self._running.get(key)
        if stream is None or stream.done:
            stream = self._running[key] = SharedStream(about, start)
        else:
            self._on_joined()
        stream.readers += 1
        try:
            yield stream
        finally:
            stream.readers -= 1
            if not stream.readers:
                if self._running.get(key) is stream:
                    del self._running[key]
                await finish(stream.stop())

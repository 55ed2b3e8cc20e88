"""The thread on which long work beside the store is done: backups, restoring, erasing, export."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path
    from typing import Protocol

T = TypeVar("T")
GoOn = Callable[[], None]
"""Called now and then by long work; raises `StoreFailed` if it is to end early."""


if TYPE_CHECKING:

    class BlockingStep(Protocol):
        """Runs something that blocks on its owner's thread."""

        def __call__(self, run: Callable[[], T]) -> Awaitable[T]:
            """The outcome of `run`."""


async def _awaited(what: Awaitable[object]) -> None:
    await what


class CareThread:
    """Runs one piece of long work after another. Belongs to the running event loop."""

    def __init__(self, folder: Path) -> None:
        """Prepare; no thread runs before the first call. `folder` is where a full disk would be."""
        self.one = asyncio.Lock()
        """Held over several steps that belong together."""
        self._folder = folder
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sottovoce-store-care")
        self._ending = threading.Event()

    async def run(
        self, work: Callable[[GoOn], T], *, always: bool = False, then: Callable[[T], Awaitable[object]] | None = None
    ) -> T:
        """Run `work(go_on)`; if we are cancelled it ends at its next `go_on`, and is waited for.

        Args:
            work: Blocks; calls `go_on` now and then.
            always: Also while we are closing: a short step that ends what was begun before.
            then: Follows whatever was done, also if we were cancelled and it was too late to end it.

        Raises:
            SottovoceError: What went wrong, made showable.
        """
        if self._ending.is_set() and not always:
            raise StoreFailed(said("error-store-closed"))
        stop = threading.Event()
        future = asyncio.get_running_loop().run_in_executor(self._executor, self._guarded, work, stop)
        try:
            done = await asyncio.shield(future)
        except asyncio.CancelledError:
            stop.set()
            await finish(asyncio.wait([future]))
            if not future.cancelled() and future.exception() is None and then is not None:
                await finish(_awaited(then(future.result())))
            raise
        if then is not None:
            await finish(_awaited(then(done)))
        return done

    def run_on_loop(self, call: Callable[[], None]) -> None:
        """From this thread or the loop's: have the loop do `call` soon."""
        with contextlib.suppress(RuntimeError):  # it is closed: nobody is left to hear of it
            self._loop.call_soon_threadsafe(call)

    async def close(self) -> None:
        """End what is going on at its next `go_on`, and the thread. Idempotent."""
        self._ending.set()
        async with self.one:
            self._executor.shutdown(wait=True)

    def _guarded(self, work: Callable[[GoOn], T], stop: threading.Event) -> T:
        def go_on() -> None:
            if stop.is_set() or self._ending.is_set():
                raise StoreFailed(said("error-store-ended"))

        trouble = None
        try:
            return work(go_on)
        except BaseException as error:  # noqa: BLE001 - raised below, without what it refers to
            trouble = to_store_error(error, self._folder)
        raise trouble

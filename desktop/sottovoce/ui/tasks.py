"""The owner of every coroutine that a click starts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sottovoce.domain.errors import SottovoceError, to_user_error
from sottovoce.ui.faults import log_bug

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Tasks:
    """Starts coroutines from slots, tells their failures, and ends them all on `close`."""

    def __init__(self, on_error: Callable[[SottovoceError], None]) -> None:
        """Take who shows a failure: it gets a `SottovoceError` as it is, and one calm `Bug` for anything else."""
        self._on_error = on_error
        self._running: set[asyncio.Task[None]] = set()
        self._lasting: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self, work: Coroutine[Any, Any, None], *, lasts: bool = False) -> asyncio.Task[None] | None:
        """Run `work` beside everything else; after `close`, or after the loop's end, it is dropped unstarted.

        Args:
            work: Its failures are told.
            lasts: It goes on until it is cancelled: `idle` does not wait for it.

        Returns:
            Its task, for who wants to cancel it before; None where it was dropped.
        """
        if self._closed or asyncio._get_running_loop() is None:  # noqa: SLF001 - the public one raises
            work.close()
            return None
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        kept = self._lasting if lasts else self._running
        kept.add(task)
        task.add_done_callback(kept.discard)
        task.add_done_callback(lambda _task: work.close())  # for work that was cancelled before it began
        return task

    async def idle(self) -> None:
        """Wait until nothing runs any more."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Cancel what runs and wait until it has ended. Idempotent."""
        self._closed = True
        ending = (*self._running, *self._lasting)
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except SottovoceError as error:
            self._on_error(error)
        except Exception as error:  # noqa: BLE001 - whatever broke in the work of a click is told and logged here
            log_bug("Work started from the interface failed", error)
            self._on_error(to_user_error(error))

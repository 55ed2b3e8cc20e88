"""A microphone that stays open for the moment before a press, and comes back after every trouble."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.locked_memory import MemoryNotLocked
from sottovoce.adapters.preroll import Standby
from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.memory.finish import finish
from sottovoce.memory.retrying import Backoff, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.adapters.microphone_stream import Capture, MicrophoneLimits
    from sottovoce.adapters.own_thread import OwnThread

logger = logging.getLogger(__name__)

STALE_S = 0.25
"""Without a block for so long, the stream is none any more; they come every 20 ms, and up to 65 ms late."""

PAUSE_S = 1.0
"""Before an ended stream is opened again."""
RETRY = RetryPolicy(first_s=2.0, longest_s=15.0)
"""From an opening that failed until the next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What opens and closes streams; all of it waits, and is called on the microphone's thread."""

    open_stream: Callable[[Any], Any]
    """Open one that calls its `callback` with sound and its `finished` at the end."""
    close_stream: Callable[[Any], None]
    is_elsewhere: Callable[[Any], bool]
    """Whether this one listens to something else than a stream that is opened now would."""


class StandbyKeeper:
    """Keeps a stream open while it is wanted; whoever listens takes it over."""

    def __init__(
        self, device: Device, thread: OwnThread, limits: MicrophoneLimits, on_change: Callable[[bool], None]
    ) -> None:
        """Call `on_change` with whether sound is being kept now."""
        self._device = device
        self._thread = thread
        self._limits = limits
        self._on_change = on_change
        self._lock = asyncio.Lock()
        self._again = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._standby: Standby | None = None
        self._stream: Any = None
        self.is_stuck = False
        """Whether the last stream did not close in time."""

    @property
    def keeps(self) -> bool:
        """Whether sound is being kept now."""
        return self._standby is not None

    @property
    def stream(self) -> Any:  # noqa: ANN401 - what `Device.open_stream` has returned
        """The one that is open; None if there is none."""
        return self._stream

    def start(self) -> None:
        """Keep sound from now on. Idempotent."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep(), name="standby")

    async def stop(self) -> None:
        """Wipe what is kept at once, and give the device back. Idempotent."""
        if self._standby is not None:
            self._standby.forget()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await finish(asyncio.wait({task}))

    def forget(self) -> None:
        """Overwrite the sound that is kept until now."""
        if self._standby is not None:
            self._standby.forget()

    @asynccontextmanager
    async def taken(self, capture: Capture) -> AsyncIterator[bool]:
        """Have the stream deliver to `capture` for the length of the block, what was kept first.

        Yields:
            Whether it does. If not, the block has the device for itself: it opens a stream of its own, for a new
            `Capture`.
        """
        async with self._lock:
            standby = self._standby
            if standby is None or not await self._is_right(standby, capture):
                await self._close()
                self._again.set()
                yield False
                return
        try:
            yield True
        finally:
            standby.detach()
            if standby.silent_s > STALE_S:
                self._again.set()

    async def _is_right(self, standby: Standby, capture: Capture) -> bool:
        if standby.ended or standby.silent_s > STALE_S:
            return False
        standby.attach(capture)  # what comes while we look waits there
        stream = self._stream
        with contextlib.suppress(TimeoutError, RuntimeError):
            if not await self._thread.run(lambda: self._device.is_elsewhere(stream), deadline_s=self._limits.open_s):
                return True
        standby.detach()
        return False

    async def _keep(self) -> None:
        backoff = Backoff(RETRY)
        try:
            while True:
                self._again.clear()
                async with self._lock:
                    await self._close()
                    opened = await self._open()
                if opened:
                    backoff.reset()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(None if opened else backoff.next_s()):
                        await self._again.wait()
                if opened:
                    await asyncio.sleep(PAUSE_S)
        except MemoryNotLocked:
            logger.warning("no sound is kept before a press: the system locks no memory")
        finally:
            async with self._lock:
                await finish(self._close())

    async def _open(self) -> bool:
        loop = asyncio.get_running_loop()

        def ended() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has been closed
                loop.call_soon_threadsafe(self._again.set)

        standby = Standby(ended)
        try:
            self._stream = await self._thread.run(
                lambda: self._device.open_stream(standby),
                deadline_s=self._limits.open_s,
                undo=self._device.close_stream,
            )
        except (MicrophoneMissing, TimeoutError) as error:
            logger.info("no sound is kept before a press for now: %s", type(error).__name__)
            standby.close()
            return False
        except BaseException:
            standby.close()
            raise
        self._standby = standby
        self._on_change(True)  # noqa: FBT003 - it is what it is called with
        return True

    async def _close(self) -> None:
        standby, stream, self._standby, self._stream = self._standby, self._stream, None, None
        if standby is None:
            return
        standby.close()
        self._on_change(False)  # noqa: FBT003 - as above
        try:
            await self._thread.run(lambda: self._device.close_stream(stream), deadline_s=self._limits.close_s)
            self.is_stuck = False
        except TimeoutError:
            self.is_stuck = True
        except RuntimeError:  # the thread has been closed
            return

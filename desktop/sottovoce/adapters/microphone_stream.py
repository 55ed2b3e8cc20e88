"""What a microphone's stream delivers, on its way to who listens; and the limits of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.process_clock import asleep_s
from sottovoce.domain.errors import MicrophoneLost
from sottovoce.domain.figures import SOUND_BLOCKS, SOUND_DROPPED
from sottovoce.memory.figures import Figures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

logger = logging.getLogger(__name__)

SLEPT_S = 1.0
"""So long a machine must have slept to count; the two clocks are read a moment apart."""

HELD_UP_S = 0.1
"""Seconds of grace before silence is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneLimits:
    """How long the device may take, and how much may wait."""

    latency_s: float = 0.05
    """Asked of PortAudio: first block after 27 to 65 ms on PulseAudio and PipeWire (measured)."""
    open_s: float = 3.0
    """Longest wait for opening and starting; usual are 2 to 15 ms, a frozen sound server never answers."""
    server_s: float = 0.9
    """The same for one try of a sound server that has just answered a question; usual are 5 to 20 ms."""
    first_block_s: float = 3.0
    """Longest wait for the first block; a headset changing its profile takes up to 2 s."""
    watchdog_s: float = 1.5
    """Longest gap between blocks; a suspended source or frozen server stops calling without any error."""
    source_s: float = 0.1
    """Between two looks at what the sound server has us listen to: it reports to nobody that it moves a stream."""
    tries: int = 3
    """How often a microphone that the sound server has is tried: a busy server, or a headset changing its profile."""
    close_s: float = 0.4
    """Longest wait for closing (usual are 2 to 20 ms); past it the device's thread finishes alone. It is a part of the
    second that quitting may take."""
    queue_blocks: int = 500
    """Blocks that may wait for who listens (10 s); later ones are dropped and counted."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        waits = (self.latency_s, self.open_s, self.server_s, self.source_s, self.close_s)
        if min(*waits, self.first_block_s, self.watchdog_s) <= 0 or self.tries < 1:
            raise ValueError("limits must be positive")
        if self.queue_blocks < 1:
            raise ValueError("queue_blocks must be at least 1")


class Capture:
    """One opened stream's way to who listens; what arrives after its end goes nowhere."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        limits: MicrophoneLimits,
        asleep_s: Callable[[], float] = asleep_s,
        figures: Figures | None = None,
    ) -> None:
        """For who listens on `loop`; `asleep_s` returns how long the machine has slept altogether."""
        self._figures = figures or Figures()
        self._taken = 0
        self._loop = loop
        self._asleep_s = asleep_s
        self._asleep_before_s = asleep_s()
        self._limits = limits
        self._queue: asyncio.Queue[bytes | MicrophoneLost | StopAsyncIteration] = asyncio.Queue()
        self._over = False
        self._dropped = 0
        self._last_s = loop.time()
        self._started = False
        self._timer: asyncio.TimerHandle | None = None

    # On PortAudio's thread: copy and hand over, nothing else.

    def callback(self, data: Any, _frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - cffi's values
        """Take one block of sound from the library."""
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody listens
            self._loop.call_soon_threadsafe(self._take, bytes(data))

    def finished(self) -> None:
        """The stream ended, by us or by itself."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.lose)

    # On the loop.

    def before(self, blocks: Iterable[bytes]) -> None:
        """What was kept from before: delivered first."""
        for block in blocks:
            self._queue.put_nowait(block)

    def _take(self, block: bytes) -> None:
        if self._over:
            return
        if self._asleep_s() - self._asleep_before_s > SLEPT_S:
            logger.info("the machine has slept: what is said now is another turn's")
            self.break_off()
            return
        self._started, self._last_s = True, self._loop.time()
        self._taken += 1
        if self._queue.qsize() < self._limits.queue_blocks:
            self._queue.put_nowait(block)
            return
        if not self._dropped:
            logger.warning("sound was dropped: who listens is more than %d blocks behind", self._limits.queue_blocks)
        self._dropped += 1

    def lose(self) -> None:
        """Nothing comes any more: what was delivered before stands. Idempotent."""
        self._finish(MicrophoneLost())

    def break_off(self) -> None:
        """What comes from now on is no microphone's: what was delivered before stands. Idempotent."""
        self._finish(StopAsyncIteration())

    def _finish(self, last: MicrophoneLost | StopAsyncIteration) -> None:
        if not self._over:
            self._over = True
            self._queue.put_nowait(last)

    def watch(self) -> None:
        """Begin to expect blocks: silence is trouble from now on."""
        self._last_s = self._loop.time()
        self._timer = self._loop.call_later(self._limit_s, self._check)

    def _check(self) -> None:
        if self._over:
            return
        left_s = self._last_s + self._limit_s - self._loop.time()
        # A loop that was held up itself has blocks waiting behind this timer: give them their turn.
        again = (left_s, self._check) if left_s > 0 else (HELD_UP_S, self._check_again)
        self._timer = self._loop.call_later(*again)

    def _check_again(self) -> None:
        if self._loop.time() - self._last_s < self._limit_s:
            self._check()
        elif not self._over:
            logger.warning("the microphone delivered nothing for %.1f s", self._limit_s)
            self.lose()

    @property
    def _limit_s(self) -> float:
        return self._limits.watchdog_s if self._started else self._limits.first_block_s

    def end(self) -> None:
        """Take no more sound. Idempotent."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        self._figures.counter(SOUND_BLOCKS).add(self._taken)
        self._figures.counter(SOUND_DROPPED).add(self._dropped)
        self._taken = 0
        if self._dropped:
            logger.warning("%d blocks of sound were dropped", self._dropped)
        self._dropped = 0

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        block = await self._queue.get()
        if not isinstance(block, bytes):
            self._queue.put_nowait(block)  # whoever asks again gets the same answer
            raise block
        return block

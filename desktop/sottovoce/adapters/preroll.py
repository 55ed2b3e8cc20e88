"""The last moment before a press, kept while the setting is on: a ring of 0.3 s in locked memory."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.locked_memory import LockedMemory
from sottovoce.domain.audio import BLOCK_BYTES, BLOCK_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.microphone_stream import Capture

PREROLL_MS = 300
"""What is kept: who presses late is late by less; more would be somebody else's sentence."""

BLOCKS = PREROLL_MS // BLOCK_MS


class SoundRing:
    """The newest blocks, oldest first out; only ever in locked memory until they are taken. Thread-safe."""

    def __init__(self) -> None:
        """Keep nothing yet.

        Raises:
            MemoryNotLocked: The system locks no memory.
        """
        self._memory = LockedMemory(BLOCKS * BLOCK_BYTES)
        self._next = 0
        self._count = 0

    def add(self, block: Any) -> None:  # noqa: ANN401 - cffi's buffer, of one block
        """Keep one block in place of the oldest."""
        self._memory.write(self._next * BLOCK_BYTES, block)
        self._next = (self._next + 1) % BLOCKS
        self._count = min(self._count + 1, BLOCKS)

    def take(self) -> list[bytes]:
        """All that is kept, oldest first; nothing is kept of it."""
        places = [(self._next - self._count + n) % BLOCKS for n in range(self._count)]
        blocks = [self._memory.read(place * BLOCK_BYTES, (place + 1) * BLOCK_BYTES) for place in places]
        self.wipe()
        return blocks

    def wipe(self) -> None:
        """Overwrite the sound that is kept."""
        self._next = self._count = 0
        self._memory.wipe()

    def close(self) -> None:
        """Forget everything and give the memory back. Idempotent."""
        self._next = self._count = 0
        self._memory.close()


class Standby:
    """What an open stream delivers: kept in the ring until somebody listens, then theirs."""

    def __init__(self, on_end: Callable[[], None]) -> None:
        """Have `on_end` called, on PortAudio's thread, when the stream has ended by itself.

        Raises:
            MemoryNotLocked: The system locks no memory.
        """
        self._ring = SoundRing()
        self._on_end = on_end
        self._lock = threading.Lock()
        self._listening: Capture | None = None
        self._closed = False
        self._last_s = time.monotonic()
        self.ended = False
        """Whether the stream has ended by itself."""

    # On PortAudio's thread.

    def callback(self, data: Any, frames: int, when: Any, status: Any) -> None:  # noqa: ANN401 - cffi's values
        """Take one block of sound from the library."""
        with self._lock:
            self._last_s = time.monotonic()
            if self._listening is not None:
                self._listening.callback(data, frames, when, status)
            elif not self._closed and memoryview(data).nbytes == BLOCK_BYTES:
                self._ring.add(data)

    def finished(self) -> None:
        """The stream ended, by us or by itself."""
        with self._lock:
            self.ended = True
            listening, closed = self._listening, self._closed
            if not closed:
                self._ring.wipe()
        if listening is not None:
            listening.finished()
        if not closed:
            self._on_end()

    # On the loop.

    @property
    def silent_s(self) -> float:
        """Seconds since the last block: a suspended source or a frozen server delivers none, without any error."""
        return time.monotonic() - self._last_s

    def attach(self, capture: Capture) -> None:
        """Give it what is kept, and from now on everything that comes."""
        with self._lock:
            capture.before(self._ring.take())
            self._listening = capture

    def detach(self) -> None:
        """Keep for nobody again. Idempotent."""
        with self._lock:
            self._listening = None

    def forget(self) -> None:
        """Overwrite the sound that is kept."""
        with self._lock:
            self._ring.wipe()

    def close(self) -> None:
        """Wipe what is kept and keep nothing more. Idempotent."""
        with self._lock:
            self._closed = True
            self._listening = None
            self._ring.close()

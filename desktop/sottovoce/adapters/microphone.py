"""The microphone by PortAudio: opened at the press, closed after the tail, watched while it is open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.alsa import native_stderr_dropped
from sottovoce.adapters.microphone_source import NAMES_TOLD, SERVERS, MicrophoneSource, sources_of_server
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.portaudio import (
    choose_devices,
    close_stream,
    sources_of_portaudio,
    start_stream,
    terminate,
)
from sottovoce.adapters.portaudio import import_sounddevice as _import_sounddevice
from sottovoce.domain.errors import MicrophoneLost, MicrophoneMissing
from sottovoce.domain.microphones import SoundSource
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.adapters.pulse import Source

__all__ = ["Capture", "MicrophoneLimits", "SoundDeviceMicrophone", "choose_devices"]

logger = logging.getLogger(__name__)

HELD_UP_S = 0.1
"""Seconds of grace before silence is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneLimits:
    """How long the device may take, and how much may wait."""

    latency_s: float = 0.05
    """Asked of PortAudio: first block after 27 to 65 ms on PulseAudio and PipeWire (measured)."""
    open_s: float = 3.0
    """Longest wait for opening and starting; usual are 2 to 15 ms, a frozen sound server never answers."""
    first_block_s: float = 3.0
    """Longest wait for the first block; a headset changing its profile takes up to 2 s."""
    watchdog_s: float = 1.5
    """Longest gap between blocks; a suspended source or frozen server stops calling without any error."""
    source_s: float = 0.1
    """Between two looks at what the sound server has us listen to: it tells nobody when it moves a stream."""
    tries: int = 3
    """How often a microphone that the sound server has is tried: a busy server, or a headset changing its profile."""
    close_s: float = 0.4
    """Longest wait for closing (usual are 2 to 20 ms); past it the device's thread finishes alone. It is a part of the
    second that quitting may take."""
    queue_blocks: int = 500
    """Blocks that may wait for who listens (10 s); later ones are dropped and counted."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        waits = (self.latency_s, self.open_s, self.first_block_s, self.watchdog_s, self.source_s, self.close_s)
        if min(waits) <= 0 or self.tries < 1:
            raise ValueError("limits must be positive")
        if self.queue_blocks < 1:
            raise ValueError("queue_blocks must be at least 1")


class Capture:
    """One opened stream's way to who listens; what arrives after its end goes nowhere."""

    def __init__(self, loop: asyncio.AbstractEventLoop, limits: MicrophoneLimits) -> None:
        self._loop = loop
        self._limits = limits
        self._queue: asyncio.Queue[bytes | MicrophoneLost | StopAsyncIteration] = asyncio.Queue()
        self._over = False
        self._dropped = 0
        self._last_s = loop.time()
        self._started = False
        self._timer: asyncio.TimerHandle | None = None

    # On PortAudio's thread: copy and hand over, nothing else.

    def callback(self, data: Any, _frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - cffi's values
        """Take one block."""
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody listens
            self._loop.call_soon_threadsafe(self._take, bytes(data))

    def finished(self) -> None:
        """The stream ended, by us or by itself."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._lose)

    # On the loop.

    def _take(self, block: bytes) -> None:
        if self._over:
            return
        self._started, self._last_s = True, self._loop.time()
        if self._queue.qsize() < self._limits.queue_blocks:
            self._queue.put_nowait(block)
            return
        if not self._dropped:
            logger.warning("sound was dropped: who listens is more than %d blocks behind", self._limits.queue_blocks)
        self._dropped += 1

    def _lose(self) -> None:
        self._finish(MicrophoneLost())

    def break_off(self) -> None:
        """What comes from now on is no microphone's: what was delivered before stands. Idempotent."""
        self._finish(StopAsyncIteration())

    def _finish(self, last: MicrophoneLost | StopAsyncIteration) -> None:
        if not self._over:
            self._over = True
            self._queue.put_nowait(last)

    def watch(self) -> None:
        """Begin to expect blocks."""
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
            self._lose()

    @property
    def _limit_s(self) -> float:
        return self._limits.watchdog_s if self._started else self._limits.first_block_s

    def end(self) -> None:
        """Take nothing more. Idempotent."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        if self._dropped:
            logger.warning("%d blocks of sound were dropped", self._dropped)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        block = await self._queue.get()
        if not isinstance(block, bytes):
            self._queue.put_nowait(block)  # whoever asks again gets the same answer
            raise block
        return block


_NO_ANSWER = ("The sound system does not answer.", "Restart it, or log out and in again, then press again.")

_users: set[SoundDeviceMicrophone] = set()
_using = threading.Lock()
# A process has one PortAudio. Ending it ends every stream, so that is left to its last user: `doctor` tries the
# microphone while somebody talks, and new settings bring a second one before the first is closed.


class SoundDeviceMicrophone:
    """The `Microphone` port on sounddevice.

    Everything that can block (PortAudio's start, opening, closing) happens on a thread of its own with a deadline.
    The device has one owner: a `listen` inside another one's block is a mistake and raises; one that comes while the
    former is only still closing waits for it.
    """

    def __init__(self, device: str = "", limits: MicrophoneLimits | None = None) -> None:
        """Take the device, or the sound server's source, by its name (indices change with every plug).

        "" is the system's default, which is never a loudspeaker's monitor: that hears what is played.
        """
        self._device = device
        self._source = MicrophoneSource(device)  # only ever used on the thread
        self.heard: Source | None = None
        """What was listened to last, as far as a sound server tells."""
        self._limits = limits or MicrophoneLimits()
        self._thread = OwnThread("microphone")
        self._portaudio: Any = None  # the module sounddevice, only ever touched on the thread
        self._owned = False
        self._stuck = False
        self._free = asyncio.Event()
        self._free.set()

    async def open(self) -> None:
        """Load PortAudio ahead of the first press (60 to 100 ms); failing is no error yet."""
        with contextlib.suppress(MicrophoneMissing, TimeoutError):
            await self._thread.run(self._load, deadline_s=self._limits.open_s)

    async def sources(self) -> tuple[SoundSource, ...]:
        """Everything that can be listened to now, microphones first; empty where there is nothing.

        Raises:
            MicrophoneMissing: There is no sound system, or it doesn't answer.
        """
        try:
            return await self._thread.run(self._listed, deadline_s=self._limits.open_s)
        except TimeoutError:
            raise MicrophoneMissing(*_NO_ANSWER) from None

    @property
    def heard_source(self) -> SoundSource | None:
        """What is, or was last, listened to, as far as a sound server tells."""
        heard = self.heard
        if heard is None:
            return None
        return SoundSource(name=heard.name, label=heard.description, is_monitor=heard.monitor)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[bytes]]:
        """See `sottovoce.talk.ports.Microphone`."""
        if self._owned:
            raise RuntimeError("the microphone is being listened to already")
        self._owned = True
        capture = Capture(asyncio.get_running_loop(), self._limits)
        try:
            stream = await self._acquire(capture)
        except BaseException:
            self._owned = False
            raise
        looking = asyncio.create_task(self._look_after(capture))
        try:
            capture.watch()
            yield capture
        finally:
            capture.end()
            looking.cancel()
            self._owned = False
            await finish(self._release(stream, looking))

    async def _look_after(self, capture: Capture) -> None:
        """See that the sound server leaves us with a microphone; a film's words are not the user's."""
        with contextlib.suppress(RuntimeError):  # closed
            while True:
                await asyncio.sleep(self._limits.source_s)
                if await self._thread.run(self._source.moved_to_monitor):
                    logger.warning("the sound server has moved the microphone to a loudspeaker's monitor")
                    capture.break_off()
                    return

    async def _acquire(self, capture: Capture) -> Any:  # noqa: ANN401 - a sounddevice stream
        try:
            async with asyncio.timeout(self._limits.open_s):
                await self._free.wait()
                self._free.clear()
                try:
                    return await self._thread.run(lambda: self._open_stream(capture), undo=self._close_stream)
                except BaseException:
                    capture.end()
                    self._free.set()
                    raise
        except TimeoutError:
            raise MicrophoneMissing(*_NO_ANSWER) from None

    async def _release(self, stream: Any, looking: asyncio.Task[None]) -> None:  # noqa: ANN401 - a sounddevice stream
        await asyncio.wait({looking})
        try:
            await self._thread.run(lambda: self._close_stream(stream), deadline_s=self._limits.close_s)
            self._stuck = False
        except TimeoutError:
            self._stuck = True
            logger.warning("the microphone did not close within %.1f s", self._limits.close_s)
        except RuntimeError:  # `close` came first and ended PortAudio with the stream in it
            logger.debug("the microphone was closed while somebody listened")
        finally:
            self._free.set()

    async def close(self) -> None:
        """End the thread and PortAudio. Idempotent; a frozen sound server delays it by the closing limit at most."""
        try:
            # One that did not close a stream in time is not waited for a second time, only left to end by itself.
            await self._thread.run(self._unload, deadline_s=0 if self._stuck else self._limits.close_s)
        except TimeoutError:
            await self._thread.close(0)
        except RuntimeError:  # closed before
            return
        else:
            await self._thread.close(self._limits.close_s)

    # On the thread.

    def _load(self) -> Any:  # noqa: ANN401 - the module
        with _using:
            if self._portaudio is None:
                self._portaudio = _import_sounddevice()
            if not self._portaudio._initialized:  # noqa: SLF001 - ended by a former owner in this process
                try:
                    self._portaudio._initialize()  # noqa: SLF001
                except self._portaudio.PortAudioError:
                    raise MicrophoneMissing from None
            _users.add(self)
            return self._portaudio

    def _unload(self) -> None:
        with _using:
            _users.discard(self)
            portaudio, self._portaudio = self._portaudio, None
            if portaudio is not None and not _users:
                with contextlib.suppress(portaudio.PortAudioError):
                    terminate(portaudio)

    def _listed(self) -> tuple[SoundSource, ...]:
        told = sources_of_server()
        if told is not None:
            return told
        fresh = self._portaudio is None
        portaudio = self._load()
        if not fresh:
            self._look_again(portaudio)
        return sources_of_portaudio(portaudio)

    def _look_again(self, portaudio: Any) -> None:  # noqa: ANN401 - the module
        """Have PortAudio list the devices anew (42 to 75 ms); it must have no stream of ours, nor of anybody else."""
        with _using, contextlib.suppress(portaudio.PortAudioError):
            if _users == {self}:
                terminate(portaudio)
                portaudio._initialize()  # noqa: SLF001

    def _open_stream(self, capture: Capture) -> Any:  # noqa: ANN401 - a sounddevice stream
        self._source.choose()
        fresh = self._portaudio is None
        portaudio = self._load()
        try:
            with self._source.in_force():
                stream = self._tried_stream(portaudio, capture, fresh=fresh)
        except BaseException:
            self._source.end()
            raise
        self.heard = self._source.heard
        return stream

    def _tried_stream(self, portaudio: Any, capture: Capture, *, fresh: bool) -> Any:  # noqa: ANN401 - as above
        # PortAudio's list of devices is as old as its start.
        refreshes = self._limits.tries - 1 if self._source.heard else int(not fresh)
        for _ in range(refreshes):
            with contextlib.suppress(MicrophoneMissing):
                return self._try_devices(portaudio, capture)
            self._look_again(portaudio)
        return self._try_devices(portaudio, capture)

    def _try_devices(self, portaudio: Any, capture: Capture) -> Any:  # noqa: ANN401 - sounddevice's things
        try:
            names = [d["name"] if d["max_input_channels"] > 0 else "" for d in portaudio.query_devices()]
        except portaudio.PortAudioError:
            raise MicrophoneMissing from None
        candidates = choose_devices(self._device, names, sys.platform)
        if self._source.chosen:  # only what leads to the server can listen to its source
            candidates = [i for server in SERVERS for i, name in enumerate(names) if name == server]
        elif self._device and not candidates:
            there = "; ".join(self._source.names[:NAMES_TOLD])
            raise MicrophoneMissing(
                "The microphone named in the settings is not there.",
                "Plug it in, or name another one (or none) under `microphone` in the settings, then press again."
                + (f" There is: {there}." if there else ""),
            ) from None
        for device in candidates:
            with contextlib.suppress(portaudio.PortAudioError, ValueError), native_stderr_dropped():
                return start_stream(portaudio, device, capture.callback, capture.finished, self._limits.latency_s)
        if self._source.names and not set(SERVERS) & set(names):
            raise MicrophoneMissing(
                "There is a microphone, but ALSA has no way to the sound server.",
                "Install libasound2-plugins (with PipeWire: pipewire-alsa), then press again.",
            )
        raise MicrophoneMissing

    def _close_stream(self, stream: Any) -> None:  # noqa: ANN401 - a sounddevice stream
        self._source.end()
        try:
            close_stream(stream)
        except Exception as error:  # noqa: BLE001 - whatever a device in trouble says when it is given back
            logger.warning("the microphone did not close cleanly: %s", type(error).__name__)

"""The microphone, by the sound server or by PortAudio: open from the press to the tail, and watched meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.alsa import native_stderr_dropped, plugin_missing
from sottovoce.adapters.microphone_source import NAMES_SHOWN, NO_ANSWER, MicrophoneSource, ServerGone, sources_of_server
from sottovoce.adapters.microphone_stream import Capture, MicrophoneLimits
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.portaudio import (
    Looked,
    choose_devices,
    close_stream,
    portaudio_used,
    sources_of_portaudio,
    start_stream,
    terminate,
    without_pulse,
)
from sottovoce.adapters.portaudio import import_sounddevice as _import_sounddevice
from sottovoce.adapters.pulse import ServerSilent
from sottovoce.adapters.pulse_stream import PulseStream
from sottovoce.adapters.standby import Device, StandbyKeeper
from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.domain.figures import SOUND_DROPPED
from sottovoce.domain.microphones import SoundSource
from sottovoce.domain.said import said
from sottovoce.memory.figures import Figures
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.adapters.preroll import Standby
    from sottovoce.adapters.pulse import PulseSource

__all__ = ["Capture", "MicrophoneLimits", "SoundDeviceMicrophone", "choose_devices"]

logger = logging.getLogger(__name__)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


STUCK_S = 10.0
"""Seconds after which a call never returns; the slowest that does is a first import of PortAudio from a slow disk."""


@dataclass(frozen=True, slots=True)
class _OpenStream:
    """An open stream, and what the sound server says of it: a call that comes back late has its own."""

    stream: Any
    source: MicrophoneSource

    def is_elsewhere(self) -> bool:
        return self.source.is_elsewhere()


_users: set[SoundDeviceMicrophone] = set()
# A process has one PortAudio. Ending it ends every stream, so that is left to its last user: `doctor` tries the
# microphone while somebody talks, and new settings bring a second one before the first is closed.


class SoundDeviceMicrophone:
    """The `Microphone` port on sounddevice.

    Everything that can block (PortAudio's start, opening, closing) happens on a thread of its own with a deadline.
    The device has one owner: a `listen` inside another one's block is a mistake and raises; one that comes while the
    former is only still closing waits for it.
    """

    def __init__(
        self,
        device: str = "",
        limits: MicrophoneLimits | None = None,
        *,
        preroll: bool = False,
        on_preroll: Callable[[bool], None] = lambda _keeps: None,
        figures: Figures | None = None,
    ) -> None:
        """Take the device, or the sound server's source, by its name (indices change with every plug).

        Args:
            device: "" is the system's default, which is never a loudspeaker's monitor: that hears what is played.
            limits: How long it may take.
            preroll: Keep it open, and the last 0.3 s in memory, so that a word begun before the press is heard.
            on_preroll: Called with whether sound is being kept now.
            figures: Count blocks of sound.
        """
        self._figures = figures or Figures()
        self._figures.counter(SOUND_DROPPED)  # 0 is told, too: Prometheus sees growth only from what it has seen before
        self._device = device
        self.heard: PulseSource | None = None
        """What was listened to last, as far as a sound server says."""
        self._limits = limits or MicrophoneLimits()
        self._thread = OwnThread("microphone", stuck_s=STUCK_S)
        self._portaudio: Any = None  # the module sounddevice, only ever touched on the thread
        self._looked: Looked | None = None
        self._owned = False
        self._stuck = False
        self._free = asyncio.Event()
        self._free.set()
        self._keeper: StandbyKeeper | None = None
        if preroll:
            ways = Device(
                open_stream=self._open_stream, close_stream=self._close_stream, is_elsewhere=_OpenStream.is_elsewhere
            )
            self._keeper = StandbyKeeper(ways, self._thread, self._limits, on_preroll)

    async def open(self) -> None:
        """Load what is needed ahead of the first press (PortAudio takes 100 ms), and keep sound if that is wanted.

        Failing is no error yet.
        """
        if self._keeper is not None:
            self._keeper.start()
            return
        with contextlib.suppress(MicrophoneMissing, TimeoutError):
            await self._thread.run(self._warm, deadline_s=self._limits.open_s)

    async def rest(self, *, resting: bool) -> None:
        """Keep no sound from now on, and wipe what is kept, until that is taken back: the screen is locked, say."""
        if self._keeper is None:
            return
        if resting:
            await self._keeper.stop()
        else:
            self._keeper.start()

    def forget(self) -> None:
        """See `sottovoce.talk.ports.Microphone`."""
        if self._keeper is not None:
            self._keeper.forget()

    async def sources(self) -> tuple[SoundSource, ...]:
        """Everything that can be listened to now, microphones first; empty where there is nothing.

        Raises:
            MicrophoneMissing: There is no sound system, or it doesn't answer.
        """
        try:
            return await self._thread.run(self._listed, deadline_s=self._limits.open_s)
        except TimeoutError:
            raise MicrophoneMissing(NO_ANSWER) from None

    @property
    def heard_source(self) -> SoundSource | None:
        """What is, or was last, listened to, as far as a sound server says."""
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
        async with contextlib.AsyncExitStack() as stack:
            try:
                capture = await self._begin(stack)
            except BaseException:
                self._owned = False
                raise
            try:
                yield capture
            finally:
                capture.end()
                self._owned = False
                await finish(stack.aclose())

    async def _begin(self, stack: contextlib.AsyncExitStack) -> Capture:
        """Have a stream deliver: the one that is kept open, or else a new one; `stack` ends it."""
        loop = asyncio.get_running_loop()
        capture = Capture(loop, self._limits, figures=self._figures)
        opened: _OpenStream
        if self._keeper is not None and await stack.enter_async_context(self._keeper.taken(capture)):
            opened = self._keeper.stream
        else:
            capture = Capture(loop, self._limits, figures=self._figures)
            opened = await self._acquire(capture)
            stack.push_async_callback(self._release, opened)
        self.heard = opened.source.heard
        looking = asyncio.create_task(self._look_after(capture, opened.source))
        stack.push_async_callback(_ended, looking)
        capture.watch()
        return capture

    async def _look_after(self, capture: Capture, source: MicrophoneSource) -> None:
        """See that the sound server leaves us with a microphone; a film's words are not the user's."""
        with contextlib.suppress(RuntimeError):  # closed
            while True:
                await asyncio.sleep(self._limits.source_s)
                try:
                    moved = await self._thread.run(source.moved_to_monitor)
                except ServerGone:
                    logger.warning("the sound server has died")
                    capture.lose()
                    return
                if moved:
                    logger.warning("the sound server has moved the microphone to a loudspeaker's monitor")
                    capture.break_off()
                    return

    async def _acquire(self, capture: Capture) -> _OpenStream:
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
            raise MicrophoneMissing(NO_ANSWER) from None

    async def _release(self, opened: _OpenStream) -> None:
        try:
            await self._thread.run(lambda: self._close_stream(opened), deadline_s=self._limits.close_s)
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
        if self._keeper is not None:
            await self._keeper.stop()
            self._stuck = self._stuck or self._keeper.is_stuck
        try:
            # One that did not close a stream in time is not waited for a second time, only left to end by itself.
            await self._thread.run(self._unload, deadline_s=0 if self._stuck else self._limits.close_s)
        except TimeoutError:
            await self._thread.close(0)
        except RuntimeError:  # closed before
            return
        else:
            await self._thread.close(self._limits.close_s)

    # On the thread. One that doesn't come back from a call is left behind: it may go on beside another.

    def _warm(self) -> None:
        if sources_of_server() is None:  # a server is reached without PortAudio
            self._load()

    def _load(self) -> Any:  # noqa: ANN401 - the module
        with portaudio_used():
            portaudio = self._portaudio or _import_sounddevice()
            if not portaudio._initialized:  # noqa: SLF001 - ended by a former owner in this process
                try:
                    portaudio._initialize()  # noqa: SLF001
                    self._looked = Looked()
                except portaudio.PortAudioError:
                    raise MicrophoneMissing from None
            self._portaudio = portaudio
            _users.add(self)
            return portaudio

    def _unload(self) -> None:
        with contextlib.suppress(MicrophoneMissing), portaudio_used():  # a call that doesn't return: it ends with us
            _users.discard(self)
            portaudio, self._portaudio = self._portaudio, None
            if portaudio is not None and not _users:
                with contextlib.suppress(portaudio.PortAudioError):
                    terminate(portaudio)

    def _listed(self) -> tuple[SoundSource, ...]:
        asked = sources_of_server()
        if asked is not None:
            return asked
        fresh = self._portaudio is None
        portaudio = self._load()
        if not fresh:
            self._look_again(portaudio)
        return sources_of_portaudio(portaudio)

    def _look_again(self, portaudio: Any) -> None:  # noqa: ANN401 - the module
        """Have PortAudio list the devices anew (42 to 75 ms); it must have no stream of ours, nor of anybody else."""
        with portaudio_used(), contextlib.suppress(portaudio.PortAudioError):
            if _users == {self}:
                terminate(portaudio)
                portaudio._initialize()  # noqa: SLF001
                self._looked = Looked()

    def _open_stream(self, capture: Capture | Standby) -> _OpenStream:
        source = MicrophoneSource(self._device)
        try:
            source.choose()
            open_stream = self._stream_of_server if source.is_of_server else self._stream_of_device
            return _OpenStream(open_stream(capture, source), source)
        except BaseException:
            source.end()
            raise

    def _stream_of_server(self, capture: Capture | Standby, source: MicrophoneSource) -> PulseStream:
        name = source.chosen.name if source.chosen else ""
        for _ in range(self._limits.tries):
            with contextlib.suppress(ServerSilent):
                return PulseStream(name, capture.callback, capture.finished, self._limits.server_s)
        raise MicrophoneMissing

    def _stream_of_device(self, capture: Capture | Standby, source: MicrophoneSource) -> Any:  # noqa: ANN401 - sounddevice's
        fresh = self._portaudio is None
        portaudio = self._load()
        if not fresh and (self._looked is None or self._looked.may_be_old()):
            with contextlib.suppress(MicrophoneMissing):
                return self._try_devices(portaudio, capture, source)
            self._look_again(portaudio)
        return self._try_devices(portaudio, capture, source)

    def _try_devices(self, portaudio: Any, capture: Capture | Standby, source: MicrophoneSource) -> Any:  # noqa: ANN401 - as above
        try:
            names = [d["name"] if d["max_input_channels"] > 0 else "" for d in portaudio.query_devices()]
        except portaudio.PortAudioError:
            raise MicrophoneMissing from None
        candidates = choose_devices(self._device, names, sys.platform)
        if self._device and not candidates:
            there = "; ".join(source.names[:NAMES_SHOWN])
            if there:
                raise MicrophoneMissing(said("error-microphone-missing-named-others", there=there)) from None
            raise MicrophoneMissing(said("error-microphone-missing-named")) from None
        for device in candidates if source.has_server else without_pulse(candidates, names):
            with (
                portaudio_used(),
                contextlib.suppress(portaudio.PortAudioError, ValueError),
                native_stderr_dropped(),
            ):
                return start_stream(portaudio, device, capture.callback, capture.finished, self._limits.latency_s)
        raise MicrophoneMissing(said("error-microphone-missing-plugin") if plugin_missing() else None)

    def _close_stream(self, opened: _OpenStream) -> None:
        opened.source.end()
        try:
            if isinstance(opened.stream, PulseStream):
                opened.stream.close()
            else:
                close_stream(opened.stream)
        except Exception as error:  # noqa: BLE001 - whatever a device in trouble says when it is given back
            logger.warning("the microphone did not close cleanly: %s", type(error).__name__)

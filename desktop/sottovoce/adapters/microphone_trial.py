"""Trying microphones out: which there are, how loud one is now, and a recording to listen to."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.microphone_source import SERVERS
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.portaudio import close_stream, import_sounddevice
from sottovoce.domain.audio import BLOCK_BYTES, SAMPLE_BYTES, SAMPLE_RATE_HZ, duration_s
from sottovoce.domain.errors import MicrophoneLost, SoundTrouble, SpeechTrouble
from sottovoce.domain.microphones import LevelHistory, SoundLevel, SoundSource, level_of
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_RECORDED_S = 30.0
"""Longest recording that is kept in memory (1 MB)."""

BLOCKS_A_LEVEL = 3
"""Blocks (60 ms) between two levels: a meter moves smoothly, and little is done for it."""


class Microphones:
    """What can be listened to; each test has a microphone of its own."""

    async def sources(self) -> tuple[SoundSource, ...]:
        """Everything there is, microphones first.

        Raises:
            MicrophoneMissing: There is no sound system.
        """
        microphone = SoundDeviceMicrophone()
        try:
            return await microphone.sources()
        finally:
            await finish(microphone.close())

    @asynccontextmanager
    async def test(self, name: str) -> AsyncIterator[MicrophoneTrial]:
        """Open the microphone of this name, or the default one, for the length of the block.

        Raises:
            MicrophoneMissing: It is not there, or doesn't open.
        """
        microphone = SoundDeviceMicrophone(name)
        try:
            async with microphone.listen() as blocks:
                trial = MicrophoneTrial(microphone.heard_source)
                hearing = asyncio.create_task(trial.hear(blocks))
                try:
                    yield trial
                finally:
                    hearing.cancel()
                    await finish(asyncio.wait({hearing}))
        finally:
            await finish(microphone.close())


class MicrophoneTrial:
    """One that is open: its levels, and a recording that is nowhere but in memory."""

    def __init__(self, source: SoundSource | None) -> None:
        """Of this source; None where the sound system doesn't say."""
        self.source = source
        self._history = LevelHistory()
        self._newest: asyncio.Queue[SoundLevel | SoundTrouble] = asyncio.Queue(1)
        self._recording: list[bytes] = []
        self._recorded = asyncio.Event()
        self._wanted_bytes = 0
        self._lost: SoundTrouble | None = None

    async def hear(self, blocks: AsyncIterator[bytes]) -> None:
        """Take what the microphone delivers until it ends."""
        piece: list[bytes] = []
        try:
            async for block in blocks:
                self._history.hear(level_of(block))
                self._keep(block)
                piece.append(block)
                if len(piece) == BLOCKS_A_LEVEL:
                    self._report(level_of(b"".join(piece)))
                    piece.clear()
            self._lose(MicrophoneLost())
        except SoundTrouble as trouble:
            self._lose(trouble)

    def _keep(self, block: bytes) -> None:
        if not self._recorded.is_set() and self._wanted_bytes:
            self._recording.append(block)
            if len(self._recording) * BLOCK_BYTES >= self._wanted_bytes:
                self._recorded.set()

    def _report(self, level: SoundLevel | SoundTrouble) -> None:
        if self._newest.full():
            self._newest.get_nowait()
        self._newest.put_nowait(level)

    def _lose(self, trouble: SoundTrouble) -> None:
        self._lost = trouble
        self._report(trouble)
        self._recorded.set()

    async def levels(self) -> AsyncIterator[SoundLevel]:
        """How loud it is, each 60 ms; who asks late gets the newest.

        Raises:
            MicrophoneLost: It was taken away or stopped.
        """
        while True:
            level = await self._newest.get()
            if isinstance(level, SoundTrouble):
                self._report(level)
                raise level
            yield level

    def trouble(self) -> SoundTrouble | None:
        """What is wrong with its level so far."""
        return self._history.trouble()

    async def record(self, length_s: float) -> None:
        """Keep what is heard from now on, in place of what was; returns when it is that long.

        Raises:
            MicrophoneLost: It was taken away or stopped; what was heard before is kept.
        """
        self._recording.clear()
        self._recorded.clear()
        self._wanted_bytes = round(min(length_s, MOST_RECORDED_S) * SAMPLE_RATE_HZ) * SAMPLE_BYTES
        try:
            if self._lost is None:
                await self._recorded.wait()
        finally:
            self._wanted_bytes = 0
        if self._lost is not None:
            raise self._lost

    @property
    def recorded_s(self) -> float:
        """Seconds of the recording."""
        return duration_s(sum(map(len, self._recording)))

    async def play(self) -> None:
        """Play the recording; returns when it has sounded. Cancelling it silences it.

        Raises:
            SpeechTrouble: It can't be played.
        """
        await play(b"".join(self._recording))


async def play(pcm: bytes) -> None:
    """Play 16 kHz mono int16; returns when it has sounded. Cancelling it silences it.

    Raises:
        SpeechTrouble: There is nothing to play through.
    """
    thread, enough = OwnThread("playback"), threading.Event()
    playing = asyncio.ensure_future(thread.run(lambda: _play(pcm, enough)))
    try:
        await asyncio.shield(playing)
    finally:
        enough.set()
        await finish(asyncio.wait({playing}, timeout=CLOSE_S))
        playing.cancel()
        await finish(thread.close(CLOSE_S))


AHEAD_S = 0.2
"""So far ahead of the loudspeaker it is written; with much less, ALSA's way to a sound server stumbles."""

CLOSE_S = 0.4
"""Longest wait for a playing that was cancelled; a frozen sound server is left behind."""


def _play(pcm: bytes, enough: threading.Event) -> None:
    portaudio = import_sounddevice()
    try:
        names = [d["name"] if d["max_output_channels"] > 0 else "" for d in portaudio.query_devices()]
        device = next((names.index(name) for name in SERVERS if name in names), None)
        stream: Any = portaudio.RawOutputStream(
            samplerate=SAMPLE_RATE_HZ, device=device, channels=1, dtype="int16", latency=AHEAD_S
        )
    except portaudio.PortAudioError:
        raise SpeechTrouble(said("error-no-loudspeaker")) from None
    with contextlib.suppress(portaudio.PortAudioError):
        try:
            stream.start()
            # ALSA's way to a sound server takes its leave when all is written: silence waits until all has sounded.
            pcm += bytes(round(AHEAD_S * SAMPLE_RATE_HZ) * SAMPLE_BYTES)
            for start in range(0, len(pcm), BLOCK_BYTES):
                if enough.is_set():
                    return
                stream.write(pcm[start : start + BLOCK_BYTES])
            stream.stop()
        finally:
            close_stream(stream)

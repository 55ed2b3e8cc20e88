"""Whether somebody is speaking, by Silero's network in sherpa-onnx, on one thread; loaded when it is first needed."""

from __future__ import annotations

import contextlib
import importlib
import logging
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.audio import SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

WINDOW = 512
"""Samples that Silero looks at together (32 ms)."""

THRESHOLD = 0.5
"""Probability of speech from which on it is taken for one."""

BRIDGED_S = 0.1
"""A gap within a word, and the shortest sound that is speech."""


class SileroActivity:
    """The `VoiceActivity` port."""

    def __init__(self, network: Path | None = None) -> None:
        """Take the network that ships, or another one of its kind."""
        self._network = network or resource("models", "silero-vad", "silero_vad_16k_op15.onnx")
        self._thread = OwnThread("voice-activity")
        self._closed = False

    def begin(self) -> SileroHeard:
        """See `sottovoce.talk.ports.VoiceActivity`."""
        return SileroHeard(self._thread, self._network)

    async def caught_up(self) -> None:
        """Wait until all that was fed is judged."""
        await self._thread.run(lambda: None)

    async def close(self) -> None:
        """End the thread. Idempotent."""
        if not self._closed:
            self._closed = True
            await self._thread.close()


class SileroHeard:
    """One recording's activity: fed on the loop, judged on the thread some milliseconds later."""

    def __init__(self, thread: OwnThread, network: Path) -> None:
        """Made by `SileroActivity.begin`."""
        self._thread = thread
        self._network = network
        self._detector: Any = None  # this and the next two: thread only
        self._numpy: Any = None
        self._rest = b""
        self.works = True
        self.has_spoken = False
        self.silent_ms = 0

    def hear(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.ActivityHeard`."""
        with contextlib.suppress(RuntimeError):  # closed
            self._thread.submit(lambda: self._judge(pcm))

    # On the thread.

    def _judge(self, pcm: bytes) -> None:
        if not self.works:
            return
        try:
            if self._detector is None:
                self._load()
            self._rest += pcm
            while len(self._rest) >= WINDOW * SAMPLE_BYTES:
                window, self._rest = self._rest[: WINDOW * SAMPLE_BYTES], self._rest[WINDOW * SAMPLE_BYTES :]
                self._look(window)
        except Exception as error:  # noqa: BLE001 - onnxruntime raises bare ones; their words may hold paths
            log.warning("pauses are found by loudness alone: %s", type(error).__name__)
            self.works = False

    def _load(self) -> None:
        sherpa = importlib.import_module("sherpa_onnx")
        self._numpy = importlib.import_module("numpy")
        if not self._network.is_file():  # it would end the process
            raise FileNotFoundError(self._network.name)
        config = sherpa.VadModelConfig()
        config.sample_rate = SAMPLE_RATE_HZ
        config.silero_vad.model = str(self._network)
        config.silero_vad.threshold = THRESHOLD
        config.silero_vad.min_silence_duration = BRIDGED_S
        config.silero_vad.min_speech_duration = BRIDGED_S
        self._detector = sherpa.VoiceActivityDetector(config, buffer_size_in_seconds=30)

    def _look(self, window: bytes) -> None:
        np = self._numpy
        self._detector.accept_waveform(np.frombuffer(window, "<i2").astype(np.float32) / 32768)
        while not self._detector.empty():
            self._detector.pop()
        if self._detector.is_speech_detected():
            self.has_spoken, self.silent_ms = True, 0
        else:
            self.silent_ms += WINDOW * 1000 // SAMPLE_RATE_HZ

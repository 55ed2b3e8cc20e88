"""Speech to text for all words, by Moonshine and Silero's voice activity in sherpa-onnx, on one thread.

While the key is held, each phrase is decoded as soon as a pause ends it, so that at release only the last one is left.
A phrase in decoding can't be stopped; what waits behind it can.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.recognition.normaliser import plain
from sottovoce.adapters.recognition.utterance import QueuedUtterance
from sottovoce.domain.audio import SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.domain.errors import ModelBroken, ModelTrouble
from sottovoce.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseLimits:
    """Where speech is cut into phrases."""

    pause_s: float = 0.5
    """A silence that ends a phrase; shorter ones are within a sentence."""
    shortest_s: float = 0.1
    """Shorter sounds are no speech; "no" takes 0.2."""
    longest_s: float = 15.0
    """A phrase without a pause is cut here: decoding it takes about a second."""
    before_s: float = 0.3
    """Sound given along before a phrase: its first consonant is quiet."""
    after_s: float = 0.2
    """The same behind it."""
    threshold: float = 0.5
    """Probability of speech from which on it is taken for one."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not 0 < self.shortest_s < self.pause_s < self.longest_s or not 0 < self.threshold < 1:
            raise ValueError("phrases must be longer than what ends them")


_PIECE_BYTES = 200 * SAMPLE_RATE_HZ * SAMPLE_BYTES // 1000
WINDOW = 512
"""Samples that Silero looks at together (32 ms)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the open recogniser made of an utterance."""

    speech: bool
    """Whether anybody spoke at all."""
    text: str
    """With capitals and punctuation; empty if nobody did."""

    @property
    def plain(self) -> str:
        """As the small model writes it."""
        return plain(self.text)


NOTHING_SAID = Said(speech=False, text="")


def _untold(_: str) -> None:
    """Nobody looks at the words so far."""


class OpenUtterance(QueuedUtterance[Said]):
    """An utterance that also tells of its sound."""

    async def heard_speech(self) -> bool:
        """Whether anybody has spoken in what was fed; decodes nothing more.

        Raises:
            ModelTrouble: The models can't be used.
        """
        return (await self.ask(lambda decoder: cast("_Phrases", decoder).listened())).speech


class OpenRecognizer:
    """Loaded by the first utterance; its thread owns the model."""

    def __init__(
        self, model: Path | None = None, activity: Path | None = None, limits: PhraseLimits | None = None
    ) -> None:
        """Take the models that ship, or others of the same kinds.

        Args:
            model: A folder with Moonshine's encoder, decoder and tokens.
            activity: Silero's network for voice activity.
            limits: Where phrases end.
        """
        self._folder = model or resource("models", "moonshine-tiny-en")
        self._activity = activity or resource("models", "silero-vad", "silero_vad_16k_op15.onnx")
        self.limits = limits or PhraseLimits()
        self._thread = OwnThread("open-recognizer")
        self._sherpa: Any = None  # this and the next: thread only
        self._moonshine: Any = None
        self._failure: ModelTrouble | None = None
        self._closed = False

    def begin(self, on_partial: Callable[[str], None] = _untold) -> OpenUtterance:
        """Start an utterance; the first one loads the models (half a second) while it is being spoken."""
        utterance = OpenUtterance(
            self._thread,
            self._new_phrases,
            Said(speech=False, text=""),
            piece_bytes=_PIECE_BYTES,
            on_partial=on_partial,
        )
        utterance.prepare()
        return utterance

    @property
    def name(self) -> str:
        """Of the model of words."""
        return self._folder.name

    async def check(self) -> None:
        """Load what is not loaded yet.

        Raises:
            ModelBroken: The models, or what runs them, can't be used.
        """
        await self._thread.run(self.load)

    async def caught_up(self) -> None:
        """Wait until all that was fed is cut and decoded."""
        await self._thread.run(lambda: None)

    async def close(self) -> None:
        """Free the models and end the thread. Idempotent."""
        if not self._closed:
            self._closed = True
            with contextlib.suppress(RuntimeError):
                self._thread.submit(self._free)
            await self._thread.close()

    # On the thread.

    def load(self) -> None:
        """Load the models, once; what failed fails again.

        Raises:
            ModelBroken: They can't be used.
        """
        if self._failure is not None:
            raise self._failure
        if self._moonshine is not None:
            return
        try:
            self._sherpa = importlib.import_module("sherpa_onnx")
            folder = self._folder
            self._moonshine = self._sherpa.OfflineRecognizer.from_moonshine_v2(
                encoder=_there(folder / "encoder_model.ort"),
                decoder=_there(folder / "decoder_model_merged.ort"),
                tokens=_there(folder / "tokens.txt"),
                num_threads=2,
            )
            self.detector()
        except Exception as error:  # noqa: BLE001 - onnxruntime raises bare ones; their words may hold paths
            log.warning("free speech is not understood: %s", type(error).__name__)
            self._failure = ModelBroken(
                "The open speech model cannot be loaded; only the words of commands are understood.",
                "Install Sottovoce again; `sottovoce doctor` tells more.",
            )
            raise self._failure from None

    def _new_phrases(self, dropped: Callable[[], bool]) -> _Phrases:
        self.load()
        return _Phrases(self, dropped)

    def detector(self) -> Any:  # noqa: ANN401 - sherpa-onnx has no types
        """A fresh detector of voice activity."""
        config, limits = self._sherpa.VadModelConfig(), self.limits
        config.sample_rate = SAMPLE_RATE_HZ
        silero = config.silero_vad
        silero.model = _there(self._activity)
        silero.threshold = limits.threshold
        silero.min_silence_duration = limits.pause_s
        silero.min_speech_duration = limits.shortest_s
        silero.max_speech_duration = limits.longest_s
        return self._sherpa.VoiceActivityDetector(config, buffer_size_in_seconds=2 * limits.longest_s)

    def decode(self, samples: Any) -> str:  # noqa: ANN401 - NumPy, loaded late
        """What is said in these samples."""
        stream = self._moonshine.create_stream()
        stream.accept_waveform(SAMPLE_RATE_HZ, samples)
        self._moonshine.decode_stream(stream)
        return str(stream.result.text).strip()

    def _free(self) -> None:
        self._moonshine = self._sherpa = None


def _there(file: Path) -> str:
    """Its name, if it is a file: sherpa-onnx ends the process where one is missing.

    Raises:
        FileNotFoundError: It is none.
    """
    if not file.is_file():
        raise FileNotFoundError(file.name)
    return str(file)


class _Phrases:
    """The phrases of an utterance: found by their pauses, decoded one by one; lives on the thread."""

    def __init__(self, recognizer: OpenRecognizer, dropped: Callable[[], bool]) -> None:
        self._recognizer = recognizer
        self._dropped = dropped
        self._detector = recognizer.detector()
        self._numpy: Any = importlib.import_module("numpy")
        self._sound = self._numpy.zeros(0, self._numpy.float32)
        self._begin = 0  # samples that are no longer in `_sound`
        self._texts: list[str] = []
        self.speech = False

    def hear(self, pcm: bytes) -> str | None:
        """Take a piece of any length; a phrase that it ends is decoded."""
        np = self._numpy
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
        self._sound = np.concatenate([self._sound, samples])
        for start in range(0, len(samples), WINDOW):  # fed more at once, it loses count of where phrases begin
            if self._dropped():
                return None
            self._detector.accept_waveform(samples[start : start + WINDOW])
            self.speech = self.speech or self._detector.is_speech_detected()
            self._decode_ended()
        return None

    def listened(self) -> Said:
        """Whether anybody has spoken; decodes nothing more."""
        return Said(self.speech, "")

    def final(self) -> Said:
        """Decode what is left."""
        self._detector.flush()
        self._decode_ended()
        return Said(self.speech, " ".join(filter(None, self._texts)))

    def _decode_ended(self) -> None:
        limits = self._recognizer.limits
        while not self._detector.empty() and not self._dropped():
            found = self._detector.front
            begin, end = found.start, found.start + len(found.samples)
            self._detector.pop()
            self.speech = True
            first = max(0, begin - self._begin - round(limits.before_s * SAMPLE_RATE_HZ))
            last = end - self._begin + round(limits.after_s * SAMPLE_RATE_HZ)
            self._texts.append(self._recognizer.decode(self._sound[first:last]))
            keep = max(0, end - self._begin - round(limits.before_s * SAMPLE_RATE_HZ))
            self._sound, self._begin = self._sound[keep:], self._begin + keep

"""Speech to text for all words, by Moonshine and Silero's voice activity in sherpa-onnx, on one thread.

While the key is held, each piece of speech is decoded as soon as it has ended (`phrases`), so that at release only the
last one is left. A piece in decoding can't be stopped; what waits behind it can.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sottovoce.adapters.native_memory import give_back_memory
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.recognition.moonshine import EncodedSound, Moonshine
from sottovoce.adapters.recognition.onnx import OnnxError
from sottovoce.adapters.recognition.phrases import CONTEXT, WINDOW, WINDOW_S, OpenText, PhraseLimits, SpeechPieces
from sottovoce.adapters.recognition.utterance import QueuedUtterance
from sottovoce.adapters.recognition.weighing import weighed
from sottovoce.domain.audio import SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.domain.errors import ModelBroken, ModelTrouble
from sottovoce.domain.said import Said, said
from sottovoce.resources import resource

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from sottovoce.adapters.recognition.utterance import Decoder
    from sottovoce.domain.turns import Transcript

log = logging.getLogger(__name__)


_PIECE_BYTES = 200 * SAMPLE_RATE_HZ * SAMPLE_BYTES // 1000
NOTHING_SAID = OpenText(speech=False, text="")


def _unseen(_: str) -> None:
    """Ignore the words so far."""


@dataclass(frozen=True, slots=True)
class TextResult:
    """What sherpa-onnx makes of a sound: its text alone."""

    text: str


class OpenUtterance(QueuedUtterance[OpenText]):
    """An utterance that also knows whether anybody near spoke."""

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`; what decoding left behind is given back."""
        if not self._over:
            super().cancel()
            with contextlib.suppress(RuntimeError):  # the engine was closed before
                self._thread.submit(give_back_memory)

    def heard_speech(self) -> bool:
        """Whether anybody near is known to have spoken; asks nothing of the thread, which may be decoding."""
        decoder = self.decoder
        return decoder is not None and cast("SpeechPieces[Any]", decoder).speech

    async def finish_beside(
        self, small: Transcript, others: Awaitable[Sequence[str]], is_command: Callable[[str], bool]
    ) -> OpenText:
        """End it, and weigh what may have been said against what the small model made of it.

        Args:
            small: What it made of it.
            others: What it may have been besides; found out meanwhile.
            is_command: Whether the assistant understands a plain text.

        Raises:
            ModelTrouble: The models can't be used.
        """

        def heard(decoder: Decoder[OpenText]) -> tuple[OpenText, EncodedSound | None]:
            phrases = cast("SpeechPieces[EncodedSound | TextResult]", decoder)
            text, only = phrases.final(), phrases.only
            return text, only if isinstance(only, EncodedSound) and text.text else None

        nothing: tuple[OpenText, EncodedSound | None] = (NOTHING_SAID, None)
        try:
            (text, only), alternatives = await asyncio.gather(self.ask(heard, nothing), others)
            if only is None:
                return text
            sound = only
            return await self.ask(
                lambda _: replace(text, others=tuple(weighed(small, sound, alternatives, is_command))), text
            )
        finally:
            self.cancel()

    async def listened(self) -> bool:
        """Whether anybody near has spoken in all that was fed; decodes no more words.

        Raises:
            ModelTrouble: The models can't be used.
        """
        if self.heard_speech():
            return True
        return (await self.ask(lambda pieces: cast("SpeechPieces[Any]", pieces).listened(), NOTHING_SAID)).speech


class OpenRecognizer:
    """Loaded by the first utterance; its thread owns the model."""

    failure: ClassVar[Said] = said("error-model-open-not-loaded")
    """What is told if it can't be loaded."""

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
        self._steps: Moonshine | None = None
        self._loaded = False
        self._failure: ModelTrouble | None = None
        self._closed = False

    def begin(self, on_partial: Callable[[str], None] = _unseen) -> OpenUtterance:
        """Start an utterance; the first one loads the models (half a second) while it is being spoken."""
        utterance = OpenUtterance(
            self._thread,
            self.new_phrases,
            OpenText(speech=False, text=""),
            piece_bytes=_PIECE_BYTES,
            on_partial=on_partial,
        )
        utterance.prepare()
        return utterance

    @property
    def name(self) -> str:
        """Name of the model that decodes words."""
        return self._folder.name

    async def check(self) -> None:
        """Load what is not loaded yet.

        Raises:
            ModelBroken: The models, or what runs them, can't be used.
        """
        await self._thread.run(self.load)

    def submit(self, job: Callable[[], object]) -> None:
        """Queue a job on the thread, behind all that was fed."""
        self._thread.submit(job)

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
        self._load_once(self._load_words)

    def _load_words(self) -> None:
        try:
            steps = Moonshine(self._folder)
            EncodedSound(
                steps, importlib.import_module("numpy").zeros(SAMPLE_RATE_HZ // 2)
            )  # a network of other inputs fails
            self._steps = steps
        except OnnxError as error:  # or an onnxruntime inside of the library: texts are compared, and not weighed
            log.warning("speech is decoded as a whole: %s", type(error).__name__)
            self._load_whole()

    def _load_whole(self) -> None:
        folder = self._folder
        self._moonshine = self._sherpa.OfflineRecognizer.from_moonshine_v2(
            encoder=_there(folder / "encoder_model.ort"),
            decoder=_there(folder / "decoder_model_merged.ort"),
            tokens=_there(folder / "tokens.txt"),
            num_threads=1,  # a second one costs twice the work for no time
        )

    def _load_once(self, load: Callable[[], None]) -> None:
        """Load the library and what `load` does, unless that was done before; what failed fails again."""
        if self._failure is not None:
            raise self._failure
        if self._loaded:
            return
        try:
            self._sherpa = importlib.import_module("sherpa_onnx")
            load()
            self._activity_detector()
            give_back_memory()  # 28 MB of what loading left behind
            self._loaded = True
        except Exception as error:  # noqa: BLE001 - onnxruntime raises bare ones; their words may hold paths
            log.warning("a model of %s cannot be loaded: %s", type(self).__name__, type(error).__name__)
            self._failure = ModelBroken(self.failure)
            raise self._failure from None

    def new_phrases(self, dropped: Callable[[], bool]) -> SpeechPieces[EncodedSound | TextResult]:
        """Begin to take speech apart; `dropped` returns whether nobody wants the result any more.

        Raises:
            ModelBroken: The models can't be used.
        """
        self.load()
        return SpeechPieces(
            self._activity_detector().is_speech,
            lambda samples, before: self.decode(samples, before, dropped),
            self.limits,
            dropped,
        )

    def _activity_detector(self) -> Any:  # noqa: ANN401 - sherpa-onnx has no types
        """A fresh detector of whether there is speech in a window."""
        config = self._sherpa.VadModelConfig()
        config.sample_rate, config.num_threads = SAMPLE_RATE_HZ, 1
        silero = config.silero_vad
        silero.model = _there(self._activity)
        silero.threshold = self.limits.threshold
        silero.min_silence_duration, silero.min_speech_duration = WINDOW_S, 0.0
        detector = self._sherpa.VadModel.create(config)
        if detector.window_size() != CONTEXT + WINDOW:  # it would end the process at the first window
            raise ValueError("the detector of voice activity looks at other windows")
        return detector

    def decode(
        self,
        samples: Any,  # noqa: ANN401 - NumPy, loaded late
        before: EncodedSound | TextResult | None,
        dropped: Callable[[], bool],
    ) -> EncodedSound | TextResult:
        """What is said in these samples.

        Args:
            samples: float32, -1 to 1.
            before: What was decoded of their beginning.
            dropped: Whether nobody wants it any more.
        """
        if self._steps is not None:
            return EncodedSound(self._steps, samples, dropped, before if isinstance(before, EncodedSound) else None)
        stream = self._moonshine.create_stream()
        stream.accept_waveform(SAMPLE_RATE_HZ, samples)
        self._moonshine.decode_stream(stream)
        return TextResult(str(stream.result.text).strip())

    def _free(self) -> None:
        self._moonshine = self._sherpa = self._steps = None
        give_back_memory()
        self._loaded = False


def _there(file: Path) -> str:
    """Its name, if it is a file: sherpa-onnx ends the process where one is missing.

    Raises:
        FileNotFoundError: It is none.
    """
    if not file.is_file():
        raise FileNotFoundError(file.name)
    return str(file)

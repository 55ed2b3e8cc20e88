"""Speech to text by Vosk, on one thread that decodes while the key is held."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.loudness import Loudness
from sottovoce.adapters.native_memory import give_back_memory
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.speech_model import Trial, kaldi_path
from sottovoce.domain.audio import BLOCK_MS, SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.domain.errors import ModelBroken, ModelTrouble
from sottovoce.domain.turns import Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

logger = logging.getLogger(__name__)

UNKNOWN = "[unk]"
"""How the models mark a word they don't know; never shown."""

BYTES_PER_MS = SAMPLE_RATE_HZ * SAMPLE_BYTES // 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingLimits:
    """How finely sound is handed to libvosk."""

    piece_ms: int = 200
    """Longest piece decoded at once: a cancelled utterance frees the thread after it (20 ms with a small model)."""
    partial_ms: int = 5 * BLOCK_MS
    """Sound between two looks at the words so far; each look walks back through the whole utterance."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not BLOCK_MS <= self.piece_ms <= 5000 or not BLOCK_MS <= self.partial_ms <= 5000:  # noqa: PLR2004
            raise ValueError("pieces and partials must be from 20 to 5000 ms")


class VoskUtterance:
    """The `Utterance` port: fed on the loop, decoded on the recogniser's thread."""

    def __init__(self, recognizer: VoskRecognizer, on_partial: Callable[[str], None]) -> None:
        """Made by `VoskRecognizer.begin`."""
        self._recognizer = recognizer
        self._on_partial = on_partial
        self._loop = asyncio.get_running_loop()
        self._told = ""
        self._over = False
        self._waiting: deque[bytes] = deque()  # the loop appends, the thread takes: both are atomic
        self._dropped = threading.Event()
        self._decoder: _Decoder | None = None  # thread only
        self._failure: ModelTrouble | None = None  # thread only

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`; what comes after the end is dropped."""
        if not self._over:
            self._waiting.append(pcm)
            self._recognizer.submit(self._decode)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`."""
        if self._over:
            raise RuntimeError("the utterance is over")
        try:
            return await self._recognizer.run(self._finish)
        finally:
            self.cancel()

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        if not self._over:
            self._over = True
            self._dropped.set()
            self._waiting.clear()
            with contextlib.suppress(
                RuntimeError
            ):  # the recogniser was closed before: the decoder went with its thread
                self._recognizer.submit(self._forget)

    def _tell(self, text: str) -> None:
        if not self._over and text != self._told:
            self._told = text
            self._on_partial(text)

    # On the thread.

    def _decode(self) -> None:
        """Decode what waits; a failure is kept for `finish`."""
        if self._failure is not None or self._dropped.is_set():
            return
        try:
            if self._decoder is None:
                self._decoder = self._recognizer.new_decoder()
            while not self._dropped.is_set():
                try:
                    pcm = self._waiting.popleft()
                except IndexError:
                    return
                self._decode_pieces(self._decoder, pcm)
        except Exception as error:  # noqa: BLE001 - libvosk raises bare exceptions; their words may hold paths
            logger.warning("decoding failed: %s", type(error).__name__)
            self._failure = ModelBroken("The speech model could not decode this recording.")

    def _decode_pieces(self, decoder: _Decoder, pcm: bytes) -> None:
        piece_bytes = self._recognizer.limits.piece_ms * BYTES_PER_MS
        for start in range(0, len(pcm), piece_bytes):
            if self._dropped.is_set():
                return
            text = decoder.accept(pcm[start : start + piece_bytes])
            if text is not None:
                with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody is left to be told
                    self._loop.call_soon_threadsafe(self._tell, text)

    def _finish(self) -> Transcript:
        self._decode()
        if self._failure is not None:
            raise self._failure
        if self._decoder is None or self._dropped.is_set():
            return Transcript(text="")
        try:
            return self._decoder.final()
        except Exception as error:  # noqa: BLE001 - as above
            logger.warning("decoding failed: %s", type(error).__name__)
            raise ModelBroken("The speech model could not decode this recording.") from None

    def _forget(self) -> None:
        self._decoder = None


class _Decoder:
    """One Kaldi recogniser and the segments it has closed so far; lives on the thread."""

    def __init__(self, kaldi: Any, partial_bytes: int) -> None:  # noqa: ANN401 - vosk is untyped
        self._kaldi = kaldi
        self._partial_bytes = partial_bytes
        self._since_partial = 0
        self._words: list[Word] = []
        self._texts: list[str] = []
        self._unknown = 0
        self._odd = b""
        self._loudness = Loudness()

    def accept(self, pcm: bytes) -> str | None:
        """Decode a piece of any length; returns the words so far when it is time to look at them."""
        pcm, self._odd = self._odd + pcm, b""
        if len(pcm) % SAMPLE_BYTES:
            pcm, self._odd = pcm[:-1], pcm[-1:]
        if not pcm:
            return None
        self._loudness.hear(pcm)
        self._since_partial += len(pcm)
        if self._kaldi.AcceptWaveform(pcm):
            self._close_segment(self._kaldi.Result())
        elif self._since_partial < self._partial_bytes:
            return None
        self._since_partial = 0
        if not self._loudness.speech_possible():
            return ""
        return _joined([*self._texts, clean(json.loads(self._kaldi.PartialResult()).get("partial", ""))])

    def final(self) -> Transcript:
        """Everything that was understood."""
        self._close_segment(self._kaldi.FinalResult())
        if not self._loudness.speech_possible(len(self._words)):
            return Transcript(text="")
        sure = sum(word.confidence for word in self._words) / max(1, len(self._words) + self._unknown)
        return Transcript(text=_joined(self._texts), words=tuple(self._words), confidence=sure)

    def _close_segment(self, result: str) -> None:
        segment = json.loads(result)
        self._texts.append(clean(segment.get("text", "")))
        self._unknown += sum(word["word"].lower() == UNKNOWN for word in segment.get("result", ()))
        self._words += [
            Word(
                text=word["word"].lower(),
                start_s=float(word["start"]),
                end_s=float(word["end"]),
                confidence=min(1.0, max(0.0, float(word["conf"]))),
            )
            for word in segment.get("result", ())
            if word["word"].lower() != UNKNOWN
        ]


def clean(text: str) -> str:
    """Recognised text as it is shown: lower case, single spaces, no unknown-word marks."""
    return " ".join(word for word in text.lower().split() if word != UNKNOWN)


def _joined(texts: list[str]) -> str:
    return " ".join(text for text in texts if text)


class VoskRecognizer:
    """The `Recognizer` port on one model.

    The thread owns everything of libvosk: the model is loaded, used and freed there.
    """

    def __init__(self, folder: Path, limits: DecodingLimits | None = None) -> None:
        """Take a folder that `find_model` has returned."""
        self.folder = folder
        self.limits = limits or DecodingLimits()
        self._thread = OwnThread("recognizer")
        self._trial = Trial()
        self._model: list[Any] = []  # the loaded model, or nothing; thread only
        self._vosk: Any = None
        self._opened = False

    async def open(self) -> None:
        """Load the model (0.03 s for the one that ships, seconds for large ones). A failed open leaves no thread.

        Raises:
            ModelBroken: libvosk can't use the folder.
        """
        try:
            await self._thread.run(self._load)
        except BaseException:
            await self.close()
            raise
        self._opened = True

    def begin(self, on_partial: Callable[[str], None]) -> VoskUtterance:
        """See `sottovoce.talk.ports.Recognizer`.

        Raises:
            RuntimeError: It is not open.
        """
        if not self._opened:
            raise RuntimeError("the recogniser is not open")
        return VoskUtterance(self, on_partial)

    async def transcribe(self, pcm: bytes) -> Transcript:
        """Recognise a whole recording (16 kHz mono int16).

        Raises:
            ModelTrouble: Decoding failed.
        """
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(self, pieces: Iterable[bytes]) -> Transcript:
        """Recognise a recording that comes piece by piece: the next one is asked for when the last one is decoded.

        Raises:
            ModelTrouble: Decoding failed.
        """
        utterance = self.begin(lambda _text: None)
        try:
            for piece in pieces:
                utterance.feed(piece)
                await self.caught_up()
            return await utterance.finish()
        finally:
            utterance.cancel()

    async def caught_up(self) -> None:
        """Wait until all that was fed is decoded."""
        await self._thread.run(lambda: None)

    async def close(self) -> None:
        """Free the model and end the thread. Idempotent."""
        self._opened = False
        self._trial.stop()
        with contextlib.suppress(RuntimeError):  # closed before
            self._thread.submit(self._free)
        await self._thread.close()

    # For utterances.

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job of an utterance on the thread."""
        self._thread.submit(job)

    async def run(self, work: Callable[[], Transcript]) -> Transcript:
        """Run the last job of an utterance on the thread."""
        return await self._thread.run(work)

    # On the thread.

    def new_decoder(self) -> _Decoder:
        """A fresh decoder (0.2 ms), so that nothing of one utterance reaches the next."""
        kaldi = self._vosk.KaldiRecognizer(self._model[0], SAMPLE_RATE_HZ)
        kaldi.SetWords(True)  # noqa: FBT003 - vosk's own signature
        return _Decoder(kaldi, self.limits.partial_ms * BYTES_PER_MS)

    def _free(self) -> None:
        self._model.clear()
        give_back_memory()

    def _load(self) -> None:
        self._trial.prove(self.folder)
        broken = ModelBroken(f"The speech model “{self.folder.name}” cannot be loaded.")
        try:
            self._vosk = importlib.import_module("vosk")
            self._vosk.SetLogLevel(-1)
            with kaldi_path(self.folder) as path:
                self._model.append(self._vosk.Model(str(path)))
            self.new_decoder()
        except Exception as error:  # noqa: BLE001 - libvosk raises bare exceptions; their words may hold paths
            self._model.clear()
            logger.warning("the speech model could not be loaded: %s", type(error).__name__)
            raise broken from None

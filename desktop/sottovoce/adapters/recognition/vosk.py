"""Vosk: commands, the words so far, the times of words; on one thread that decodes while the key is held."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sottovoce.adapters.loudness import Loudness
from sottovoce.adapters.model_identity import language_of
from sottovoce.adapters.native_memory import give_back_memory
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.recognition.marks import clean, shown_word
from sottovoce.adapters.recognition.utterance import QueuedUtterance, in_pieces
from sottovoce.adapters.speech_model import IN_MEMORY, Trial, kaldi_path
from sottovoce.domain.audio import BLOCK_MS, SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.domain.errors import ModelBroken
from sottovoce.domain.said import said
from sottovoce.domain.turns import Transcript, Word
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from sottovoce.adapters.model_proofs import Proofs

logger = logging.getLogger(__name__)

AROUND_MS = 200
"""Silence put before and behind the sound: of a word that begins or ends at once, half is lost without (4 ms)."""
BYTES_PER_MS = SAMPLE_RATE_HZ * SAMPLE_BYTES // 1000
_AROUND = bytes(AROUND_MS * BYTES_PER_MS)
ALTERNATIVES = 10
"""Texts that are looked at beside the likeliest."""
ALTERNATIVES_MS = 9000
"""Longer sound has no alternatives: it is several pieces to the open model, of which no text is weighed."""


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


class _Alternatives:
    """A second Kaldi recogniser that hears the same: one can't tell them and how sure it is of each word."""

    def __init__(self, kaldi: Any) -> None:  # noqa: ANN401 - vosk is untyped
        kaldi.SetMaxAlternatives(ALTERNATIVES)
        self._kaldi = kaldi
        self._room = ALTERNATIVES_MS * BYTES_PER_MS
        self._segments: list[tuple[str, ...]] = []

    def hear(self, pcm: bytes) -> None:
        """Decode a piece, as long as it is of use."""
        self._room -= len(pcm)
        if self._room >= 0 and self._kaldi.AcceptWaveform(pcm):
            self._close_segment(self._kaldi.Result())

    def final(self) -> tuple[str, ...]:
        """Whole texts, the likeliest first."""
        self._close_segment(self._kaldi.FinalResult())
        return self._segments[0] if len(self._segments) == 1 and self._room >= 0 else ()

    def _close_segment(self, result: str) -> None:
        texts = [each["text"].strip() for each in json.loads(result).get("alternatives", ())]
        if any(texts):
            self._segments.append(tuple(text for text in texts if text and clean(text) == text))


class _VoskDecoder:
    """One Kaldi recogniser and the segments it has closed so far; lives on the thread."""

    def __init__(self, kaldi: Any, partial_bytes: int, beside: _Alternatives | None) -> None:  # noqa: ANN401 - vosk is untyped
        self._kaldi = kaldi
        self._beside = beside
        self._partial_bytes = partial_bytes
        self._since_partial = 0
        self._begun = False
        self._words: list[Word] = []
        self._texts: list[str] = []
        self._unknown = 0
        self._loudness = Loudness()

    def hear(self, pcm: bytes, *, more: bool) -> str | None:  # noqa: ARG002 - each look is cheap
        """Decode a piece of any length; returns the words so far when it is time to look at them."""
        if not self._begun:
            self._begun = True
            self._kaldi.AcceptWaveform(_AROUND)
            self._hear_beside(_AROUND)
        self._hear_beside(pcm)
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
        """Return everything that was understood."""
        if self._begun and self._kaldi.AcceptWaveform(_AROUND):
            self._close_segment(self._kaldi.Result())
        self._close_segment(self._kaldi.FinalResult())
        if not self._loudness.speech_possible(len(self._words)):
            return Transcript(text="")
        sure = sum(word.confidence for word in self._words) / max(1, len(self._words) + self._unknown)
        return Transcript(text=_joined(self._texts), words=tuple(self._words), confidence=sure)

    def alternatives(self) -> tuple[str, ...]:
        """Whole texts that it may have been, the likeliest first; none of sound with a pause, or that is long."""
        if self._beside is None:
            return ()
        self._hear_beside(_AROUND)
        return self._beside.final()

    def _hear_beside(self, pcm: bytes) -> None:
        if self._beside is not None:
            self._beside.hear(pcm)

    def _close_segment(self, result: str) -> None:
        segment = json.loads(result)
        self._texts.append(clean(segment.get("text", "")))
        self._unknown += sum(not shown_word(word["word"]) for word in segment.get("result", ()))
        self._words += [
            Word(
                text=shown_word(word["word"]),
                start_s=max(0.0, float(word["start"]) - AROUND_MS / 1000),
                end_s=max(0.0, float(word["end"]) - AROUND_MS / 1000),
                confidence=min(1.0, max(0.0, float(word["conf"]))),
            )
            for word in segment.get("result", ())
            if shown_word(word["word"])
        ]


def _unseen(_: str) -> None:
    """Ignore the words so far."""


def _joined(texts: list[str]) -> str:
    return " ".join(text for text in texts if text)


class VoskUtterance(QueuedUtterance[Transcript]):
    """An utterance that can be asked for more than its text before it is over."""

    async def heard(self) -> Transcript:
        """What was understood; it is not over with that.

        Raises:
            ModelTrouble: Decoding failed.
        """
        if self._over:
            raise RuntimeError("the utterance is over")
        return await self.ask(lambda decoder: decoder.final(), self._nothing)

    async def alternatives(self) -> tuple[str, ...]:
        """Whole texts that it may have been besides, if it was begun with them.

        Raises:
            ModelTrouble: Decoding failed.
        """
        return await self.ask(lambda decoder: cast("_VoskDecoder", decoder).alternatives(), ())


class VoskRecognizer:
    """Speech to text by one Vosk model (the `Recognizer` port).

    The thread owns everything of libvosk: the model is loaded, used and freed there.
    """

    def __init__(
        self, folder: Path, limits: DecodingLimits | None = None, *, proofs: Proofs = IN_MEMORY, language: str = ""
    ) -> None:
        """Take a folder that `find_model` has returned.

        Args:
            folder: Of the model.
            limits: Of its decoding.
            proofs: Know whether it was tried out before.
            language: Tag of its language, where its own files do not name it.
        """
        self._folder = folder
        self._limits = limits or DecodingLimits()
        self._thread = OwnThread("recognizer")
        self._language = language or language_of(folder)
        self._trial = Trial(proofs)
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

    @property
    def name(self) -> str:
        """Name of the model's folder."""
        return self._folder.name

    @property
    def language(self) -> str:
        """As its name or README has it: "en-us" of vosk-model-small-en-us-0.15, "en" of starter-en."""
        return self._language

    async def check(self) -> str:
        """See `SpeechRecognizer`."""
        await self.transcribe(bytes(BYTES_PER_MS * 500))
        return words("models-decodes", model=self.name)

    def begin(self, on_partial: Callable[[str], None], *, alternatives: bool = False) -> VoskUtterance:
        """See `sottovoce.talk.ports.Recognizer`.

        Args:
            on_partial: As there.
            alternatives: Whether it will be asked for them; it takes as much again as decoding.

        Raises:
            RuntimeError: It is not open.
        """
        if not self._opened:
            raise RuntimeError("the recogniser is not open")
        return VoskUtterance(
            self._thread,
            lambda _dropped: self._new_decoder(alternatives=alternatives),
            Transcript(text=""),
            piece_bytes=self._limits.piece_ms * BYTES_PER_MS,
            on_partial=on_partial,
        )

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """See `SpeechRecognizer`."""
        return await in_pieces(self.begin(_unseen), pieces, self.caught_up, before_each)

    async def caught_up(self) -> None:
        """Wait until all that was fed is decoded."""
        await self._thread.run(lambda: None)

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job on the thread, behind all that was fed."""
        self._thread.submit(job)

    async def close(self) -> None:
        """Free the model and end the thread. Idempotent."""
        self._opened = False
        self._trial.stop()
        with contextlib.suppress(RuntimeError):  # closed before
            self._thread.submit(self._free)
        await self._thread.close()

    # On the thread.

    def _new_decoder(self, *, alternatives: bool = False) -> _VoskDecoder:
        """A fresh decoder (0.2 ms), so that nothing of one utterance reaches the next."""
        kaldi = self._vosk.KaldiRecognizer(self._model[0], SAMPLE_RATE_HZ)
        kaldi.SetWords(True)  # noqa: FBT003 - vosk's own signature
        beside = None
        if alternatives:
            beside = _Alternatives(self._vosk.KaldiRecognizer(self._model[0], SAMPLE_RATE_HZ))
        return _VoskDecoder(kaldi, self._limits.partial_ms * BYTES_PER_MS, beside)

    def _free(self) -> None:
        self._model.clear()
        give_back_memory()

    def _load(self) -> None:
        self._trial.prove(self._folder)
        broken = ModelBroken(said("error-model-not-loaded", model=self._folder.name))
        try:
            self._vosk = importlib.import_module("vosk")
            self._vosk.SetLogLevel(-1)
            with kaldi_path(self._folder) as path:
                self._model.append(self._vosk.Model(str(path)))
            self._new_decoder()
        except Exception as error:  # noqa: BLE001 - libvosk raises bare exceptions; their words may hold paths
            self._model.clear()
            logger.warning("the speech model could not be loaded: %s", type(error).__name__)
            raise broken from None

"""Any official model of Vosk, heard only where somebody speaks: left alone it makes words of hiss and music."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.recognition.sherpa import OpenRecognizer, TextResult
from sottovoce.adapters.recognition.utterance import in_pieces
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speech_model import IN_MEMORY
from sottovoce.domain.errors import ModelTrouble
from sottovoce.domain.said import said
from sottovoce.domain.turns import Transcript

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from sottovoce.adapters.model_proofs import Proofs
    from sottovoce.talk.ports import Utterance

log = logging.getLogger(__name__)


class VoiceGate(OpenRecognizer):
    """Silero alone, on a thread of its own: whether anybody near speaks, and not what."""

    failure = said("error-model-activity-not-loaded")

    def load(self) -> None:
        """Load the detector, once.

        Raises:
            ModelBroken: It can't be used.
        """
        self._load_once(lambda: None)

    def decode(self, *_: object) -> TextResult:
        """Return no words: this engine only detects speech."""
        return TextResult("")


class GatedUtterance:
    """The `Utterance` port: the model's text, if anybody near spoke at all."""

    def __init__(self, vosk: VoskRecognizer, activity: VoiceGate, on_partial: Callable[[str], None]) -> None:
        """Made by `GatedRecognizer.begin`."""
        self._inner: Utterance = vosk.begin(on_partial)
        self._activity = activity.begin()

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._inner.feed(pcm)
        self._activity.feed(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`; nothing where nobody near spoke."""
        try:
            heard = await self._inner.finish()
            try:
                return heard if not heard.text or await self._activity.listened() else Transcript(text="")
            except ModelTrouble as trouble:  # words are still understood; the doctor tells
                log.warning("nothing separates speech from noise: %s", trouble.code)
                return heard
        finally:
            self.cancel()

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._inner.cancel()
        self._activity.cancel()


class GatedRecognizer:
    """`SpeechRecognizer` on a model of Vosk and Silero."""

    def __init__(self, folder: Path, *, activity: VoiceGate | None = None, proofs: Proofs = IN_MEMORY) -> None:
        """Take a model.

        Args:
            folder: As `find_model` has returned it.
            activity: In place of the detector that ships.
            proofs: Know whether it was tried out before.
        """
        self._vosk = VoskRecognizer(folder, proofs=proofs)
        self._activity = activity or VoiceGate()

    @property
    def name(self) -> str:
        """Name of the model's folder."""
        return self._vosk.name

    @property
    def language(self) -> str:
        """Tag of the model's language."""
        return self._vosk.language

    async def open(self) -> None:
        """See `SpeechRecognizer`."""
        try:
            await self._vosk.open()
        except BaseException:
            await self.close()
            raise

    async def check(self) -> str:
        """See `SpeechRecognizer`."""
        sentence = await self._vosk.check()
        await self._activity.check()
        return sentence

    def begin(self, on_partial: Callable[[str], None]) -> GatedUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        return GatedUtterance(self._vosk, self._activity, on_partial)

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """See `SpeechRecognizer`."""

        async def caught_up() -> None:
            await self._vosk.caught_up()
            await self._activity.caught_up()

        return await in_pieces(self.begin(lambda _text: None), pieces, caught_up, before_each)

    async def close(self) -> None:
        """Free both. Idempotent."""
        await asyncio.gather(self._vosk.close(), self._activity.close())

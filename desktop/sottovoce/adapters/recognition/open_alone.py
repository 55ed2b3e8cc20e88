"""Other models of the open engine: by itself for other languages, beside the small engine for English."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.adapters.model_identity import language_of
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.recognition.marks import clean
from sottovoce.adapters.recognition.sherpa import OpenRecognizer
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.utterance import in_pieces
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speech_model import IN_MEMORY, Trial
from sottovoce.domain.speech_models import hears_english
from sottovoce.domain.turns import Transcript
from sottovoce.language import words
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from sottovoce.adapters.model_proofs import Proofs
    from sottovoce.adapters.recognition.arbiter import CommandMatch
    from sottovoce.adapters.recognition.phrases import OpenText
    from sottovoce.adapters.recognition.sherpa import OpenUtterance


class OpenAloneUtterance:
    """One utterance heard by the open engine alone (the `Utterance` port)."""

    def __init__(self, inner: OpenUtterance, written: Callable[[OpenText], str]) -> None:
        """Made by `OpenAloneRecognizer.begin`."""
        self._inner = inner
        self._written = written

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._inner.feed(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`; nothing where nobody spoke."""
        said = await self._inner.finish()
        return Transcript(text=self._written(said) if said.speech else "")

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._inner.cancel()


class OpenAloneRecognizer:
    """`SpeechRecognizer` on a Moonshine model alone."""

    def __init__(self, folder: Path, *, proofs: Proofs = IN_MEMORY) -> None:
        """Take a folder that `find_model` has returned; `proofs` know whether it was tried out before."""
        self._folder = folder
        self._open = OpenRecognizer(folder)
        self._trial = Trial(proofs)
        self._language = language_of(folder)

    @property
    def name(self) -> str:
        """Name of the model's folder."""
        return self._folder.name

    @property
    def language(self) -> str:
        """Tag of the model's language, from its name or README."""
        return self._language

    async def open(self) -> None:
        """See `SpeechRecognizer`."""
        try:
            await _prove(self._trial, self._folder)
            await self._open.check()
        except BaseException:
            await self.close()
            raise

    async def check(self) -> str:
        """See `SpeechRecognizer`."""
        await self._open.check()
        return words("models-decodes", model=self.name)

    def begin(self, on_partial: Callable[[str], None]) -> OpenAloneUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        return OpenAloneUtterance(self._open.begin(on_partial), self._written)

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """See `SpeechRecognizer`."""
        return await in_pieces(self.begin(lambda _text: None), pieces, self._open.caught_up, before_each)

    async def close(self) -> None:
        """Free the model and end its thread. Idempotent."""
        self._trial.stop()
        await asyncio.gather(self._open.close())

    def _written(self, said: OpenText) -> str:
        """English as commands are written; another language as it came: its numbers have other words."""
        return said.plain if hears_english(self._language) else clean_cased(said.text)


class OpenBesideCommands(TwoEngineRecognizer):
    """Both engines, with another Moonshine model for free speech in place of the one that ships."""

    def __init__(self, folder: Path, sense: Callable[[str], CommandMatch], *, proofs: Proofs = IN_MEMORY) -> None:
        """Take an English model's folder.

        Args:
            folder: As `find_model` has returned it.
            sense: See `arbiter.is_certain`.
            proofs: Know whether it was tried out before.
        """
        super().__init__(VoskRecognizer(starter_model()), OpenRecognizer(folder), sense)
        self._folder = folder
        self._trial = Trial(proofs)

    @property
    def name(self) -> str:
        """Name of the chosen model's folder."""
        return self._folder.name

    async def open(self) -> None:
        """See `SpeechRecognizer`."""
        try:
            await _prove(self._trial, self._folder)
            await super().open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Free both. Idempotent."""
        self._trial.stop()
        await super().close()


async def _prove(trial: Trial, folder: Path) -> None:
    thread = OwnThread("model-trial")
    try:
        await thread.run(lambda: trial.prove(folder))
    except BaseException:
        trial.stop()
        raise
    finally:
        await thread.close()


def clean_cased(text: str) -> str:
    """Recognised text without marks, its capitals and punctuation as they are."""
    return " ".join(word for word in text.split() if clean(word))

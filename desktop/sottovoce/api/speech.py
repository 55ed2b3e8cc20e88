"""Speech for programs: a recording to words, words to a recording; one after another, behind the microphone's turns."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.adapters.model_proofs import PROOFS, Proofs
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.recognition.resting import RestingRecognizer, RestLimits
from sottovoce.adapters.recordings import open_sound
from sottovoce.adapters.sound_encoding import KINDS, encoded
from sottovoce.adapters.speech_model import find_model
from sottovoce.adapters.synthesis import synthesise
from sottovoce.api.ports import not_counted
from sottovoce.domain.errors import ApiBusy, UsageWrong
from sottovoce.home.sound import make_recognizer
from sottovoce.language import ENGLISH, available
from sottovoce.operations.transcribe import TranscriptShown, transcript_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager

    from sottovoce.home import Home

REST_S = 300.0
"""Seconds without a recording after which the model's memory is given back."""
MOST_WAITING = 8
"""Recordings, or texts, that wait for their turn."""
MOST_CHARS = 5000
"""Of a text to be said: some five minutes."""
NAMED_OTHERWISE = {"en": "en-us"}
"""Voices of espeak-ng that are not called as their language."""


def voices() -> dict[str, str]:
    """Voices of espeak-ng by the languages that ship."""
    return {tag: NAMED_OTHERWISE.get(tag, tag) for tag in available()}


class ApiSpeech:
    """A recogniser of its own, so that a long recording never keeps the microphone's turns waiting, and a voice.

    Such a recording stops while somebody talks, too: it would take the processor that a spoken turn needs.
    """

    def __init__(
        self,
        home: Home,
        spoken_first: Callable[[], Awaitable[None]] | None = None,
        using: Callable[[str], AbstractContextManager[None]] = not_counted,
    ) -> None:
        """Load nothing yet; a recording that is being heard stops as long as `spoken_first` waits.

        `using` is held open for as long as something is heard or said.
        """
        self._using = using
        self._home = home
        self._spoken_first = spoken_first
        self._ear: RestingRecognizer | None = None
        self._listening = asyncio.Lock()
        self._speaking = asyncio.Lock()
        self._encoder = OwnThread("sound-encoder")
        self._waiting = 0

    async def transcribed(self, sound: bytes, name: str = "") -> TranscriptShown:
        """What is said in a sound file.

        Raises:
            RecordingUnusable: It is none that can be read.
            ModelTrouble: There is no usable model.
            ApiBusy: Too many wait already.
        """
        with self._using("transcribe"), open_sound(sound) as pieces:  # what is no sound waits for nobody
            async with self._in_turn(self._listening):
                return await transcript_of(await self._recognizer(), pieces, name, self._spoken_first)

    async def spoken(self, text: str, language: str = "", kind: str = "wav") -> bytes:
        """A text as a sound file, of one of `sound_encoding.KINDS`.

        Raises:
            UsageWrong: There is nothing in it, or too much, or no such kind.
            SpeechTrouble: Nothing can be said here.
            ApiBusy: Too many wait already.
        """
        if kind not in KINDS:
            raise UsageWrong
        pcm = await self.pcm(text, language)
        return await self._encoder.run(lambda: encoded(pcm, kind))

    async def pcm(self, text: str, language: str = "") -> bytes:
        """A text as 16-bit mono PCM at 16 000 Hz.

        Raises:
            UsageWrong: There is nothing in it, or too much.
            SpeechTrouble: Nothing can be said here.
            ApiBusy: Too many wait already.
        """
        if not text.strip() or len(text) > MOST_CHARS:
            raise UsageWrong
        if not language:
            language = (await self._home.memory.get_user_context(self._home.settings.user)).language
        spoken = voices()
        voice = spoken.get(language.partition("-")[0], spoken[ENGLISH])
        sayable = text.encode("utf-8", "replace").decode().replace("\0", " ")
        with self._using("speak"):
            async with self._in_turn(self._speaking):
                return await synthesise(sayable, voice=voice)

    async def close(self) -> None:
        """Free the model. Idempotent."""
        ear, self._ear = self._ear, None
        if ear is not None:
            await ear.close()
        await self._encoder.close()

    def _in_turn(self, lock: asyncio.Lock) -> _LockTicket:
        if self._waiting >= MOST_WAITING:
            raise ApiBusy
        return _LockTicket(self, lock)

    async def _recognizer(self) -> RestingRecognizer:
        if self._ear is None:
            settings, places = self._home.policy.applied(self._home.settings), self._home.places
            folder, proofs = find_model(settings.model, places.models), Proofs(places.state / PROOFS)
            ear = RestingRecognizer(lambda: make_recognizer(folder, proofs), RestLimits(idle_s=REST_S))
            await ear.open()
            self._ear = ear
        return self._ear

    def counted(self, change: int) -> None:
        """Count who waits."""
        self._waiting += change


class _LockTicket:
    """Waits for a lock, and is counted meanwhile."""

    def __init__(self, speech: ApiSpeech, lock: asyncio.Lock) -> None:
        self._speech = speech
        self._lock = lock

    async def __aenter__(self) -> None:
        self._speech.counted(1)
        try:
            await self._lock.acquire()
        except BaseException:
            self._speech.counted(-1)
            raise

    async def __aexit__(self, *_: object) -> None:
        self._lock.release()
        self._speech.counted(-1)

"""Which voices the system has, and how one sounds with the settings that somebody tries out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.speaker import MISSING, SpeakerLimits, WorkerSpeaker
from sottovoce.adapters.speech_process import SpeechWorker
from sottovoce.domain.errors import SottovoceError, VoiceLost, VoiceMissing, VoiceUnknown
from sottovoce.domain.said import said
from sottovoce.domain.voices import VoiceChoice
from sottovoce.language import words

if TYPE_CHECKING:
    from sottovoce.domain.settings import Settings


async def installed_voices(limits: SpeakerLimits | None = None) -> tuple[VoiceChoice, ...]:
    """Ask the speech engine, in a process of its own, which voices it has.

    Raises:
        VoiceMissing: There is no engine. VoiceLost: It did not answer.
    """
    limits = limits or SpeakerLimits()
    answer: asyncio.Future[tuple[VoiceChoice, ...]] = asyncio.get_running_loop().create_future()

    def hear(worker: SpeechWorker, message: dict[str, Any]) -> None:
        error: SottovoceError | None = None
        if message["event"] == "voices" and not answer.done():
            answer.set_result(tuple(_choice(voice) for voice in message["voices"]))
        elif message["event"] == "missing":
            error = MISSING[message["part"]]()
        elif message["event"] == "ended":
            error = VoiceMissing()
            worker.part()
        if error is not None and not answer.done():
            answer.set_exception(error)

    worker = SpeechWorker(hear, {"list": True})
    try:
        async with asyncio.timeout(limits.ready_s):
            return await answer
    except TimeoutError:
        raise VoiceLost(said("error-voice-lost-list")) from None
    finally:
        answer.cancel()
        worker.kill()
        await worker.gone.wait()


def _choice(voice: dict[str, str]) -> VoiceChoice:
    return VoiceChoice(name=voice["name"], language=voice["language"], gender=voice["gender"])


class SampleVoice:
    """Says a sample with settings that are only tried out; one at a time, a new one silences the one before."""

    def __init__(self) -> None:
        """Nothing sounds yet."""
        self._speaker: WorkerSpeaker | None = None

    async def say(self, settings: Settings, text: str = "") -> None:
        """Say `text` with the voice, rate and volume of `settings`; returns when it has ended or was silenced.

        Cancelling it silences it. Where no text is given, it is two sentences, so that the pause between them is heard.

        Raises:
            SpeechTrouble: It can't be said; `VoiceUnknown`: not by this voice (nothing is said then).
        """
        self.hush()
        speaker = WorkerSpeaker(rate=settings.speech_rate, volume=settings.volume, voice=settings.voice)
        self._speaker = speaker
        try:
            await speaker.check()
            await speaker.say(text or words("notice-voice-sample"), lambda: None)
        except VoiceUnknown:
            raise VoiceUnknown(said("error-voice-unknown-tried")) from None
        finally:
            if self._speaker is speaker:
                self._speaker = None
            await speaker.close()

    def hush(self) -> None:
        """Silence it now; never waits. Idempotent."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.end()

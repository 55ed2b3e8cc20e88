"""The parts that hear and speak, built from the settings: single ones for commands, all of them for spoken turns."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, NoReturn, Self

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.speaker import NoSpeaker, WorkerSpeaker
from sottovoce.adapters.speech_model import find_model
from sottovoce.adapters.vosk_recognizer import VoskRecognizer
from sottovoce.domain.errors import ModelTrouble, SottovoceError
from sottovoce.talk.conversation import Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.adapters.places import Places
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.ports import Recognizer


@contextlib.asynccontextmanager
async def open_recognizer(places: Places, settings: Settings) -> AsyncIterator[VoskRecognizer]:
    """The recogniser with the model that is set.

    Raises:
        ModelTrouble: The model is missing or broken.
    """
    recognizer = VoskRecognizer(find_model(settings.model, places.models))
    await recognizer.open()
    try:
        yield recognizer
    finally:
        await recognizer.close()


def make_microphone(settings: Settings) -> SoundDeviceMicrophone:
    """The microphone that is set, not yet opened."""
    return SoundDeviceMicrophone(settings.microphone)


def make_speaker(settings: Settings) -> WorkerSpeaker | NoSpeaker:
    """The voice that is set, not yet opened; a silent one where answers are not to be spoken."""
    if not settings.speak:
        return NoSpeaker()
    return WorkerSpeaker(rate=settings.speech_rate, volume=settings.volume, voice=settings.voice)


async def check_voice(settings: Settings) -> None:
    """See whether something could be said with these settings, saying nothing.

    Raises:
        SpeechTrouble: It could not, or not with the voice that is named.
    """
    speaker = make_speaker(settings)
    try:
        await speaker.check()
    finally:
        await speaker.close()


class NoRecognizer:
    """Stands where the model can't be used: every press says why."""

    def __init__(self, error: ModelTrouble) -> None:
        """Say `error`."""
        self._error = error

    def begin(self, on_partial: Callable[[str], None]) -> NoReturn:  # noqa: ARG002 - the port's form
        """Say why there is none.

        Raises:
            ModelTrouble: Always.
        """
        raise type(self._error)(self._error.sentence, self._error.remedy)


class TurnParts:
    """Microphone, recogniser, voice and the talk that owns them."""

    def __init__(
        self, talk: Talk, stack: contextlib.AsyncExitStack, model: str, troubles: list[SottovoceError]
    ) -> None:
        """Own what `stack` closes; use `open`."""
        self.talk = talk
        self.model = model
        """Name of the speech model in use; empty if none is."""
        self.troubles = tuple(troubles)
        """What could not be opened."""
        self._stack = stack

    @classmethod
    async def open(
        cls,
        places: Places,
        answering: Answering,
        settings: Settings,
        on_event: Callable[[TurnEvent], None],
        microphone: SoundDeviceMicrophone | None = None,
        *,
        on_sound: Callable[[], None] = lambda: None,
    ) -> Self:
        """Open everything; a model that can't be used is among the troubles and told at every press.

        Args:
            places: Where models are.
            answering: Answers what was heard.
            settings: Which microphone, model and voice.
            on_event: Told what happens in the turns.
            microphone: In place of the one that is set.
            on_sound: Called with the first sound of each turn.
        """
        troubles: list[SottovoceError] = []
        async with contextlib.AsyncExitStack() as stack:
            microphone, speaker = microphone or make_microphone(settings), make_speaker(settings)
            stack.push_async_callback(microphone.close)
            stack.push_async_callback(speaker.close)
            recognizer: Recognizer
            model = ""
            await asyncio.gather(microphone.open(), speaker.open())
            try:
                vosk = await stack.enter_async_context(open_recognizer(places, settings))
                recognizer, model = vosk, vosk.folder.name
            except ModelTrouble as error:
                troubles.append(error)
                recognizer = NoRecognizer(error)
            talk = Talk(
                microphone=microphone,
                recognizer=recognizer,
                speaker=speaker,
                answering=answering,
                on_event=on_event,
                on_sound=on_sound,
                user_id=settings.user,
            )
            stack.push_async_callback(talk.close)
            return cls(talk, stack.pop_all(), model, troubles)

    async def close(self) -> None:
        """End the turn under way and close every part. Idempotent."""
        await self._stack.aclose()

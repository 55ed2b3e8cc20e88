"""The parts that hear and speak, built from the settings: single ones for commands, all of them for spoken turns."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, Self, TypeVar

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.model_identity import identify, language_of
from sottovoce.adapters.model_proofs import PROOFS, Proofs
from sottovoce.adapters.recognition.arbiter import CommandMatch
from sottovoce.adapters.recognition.gated import GatedRecognizer
from sottovoce.adapters.recognition.open_alone import OpenAloneRecognizer, OpenBesideCommands
from sottovoce.adapters.recognition.resting import RestingRecognizer, RestLimits
from sottovoce.adapters.recognition.sherpa import OpenRecognizer
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speaker import NoSpeaker, WorkerSpeaker
from sottovoce.adapters.speech_model import IN_MEMORY, find_model, look_at
from sottovoce.adapters.voice_activity import SileroActivity
from sottovoce.domain.errors import ModelTrouble, SottovoceError
from sottovoce.domain.speech_models import Engine, hears_english
from sottovoce.language import ENGLISH
from sottovoce.resources import starter_model
from sottovoce.talk.conversation import Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.recognition.port import SpeechRecognizer
    from sottovoce.agent.intents import IntentRecognizers
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.memory.figures import Figures
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.dictation import Dictation


@contextlib.asynccontextmanager
async def open_recognizer(places: Places, settings: Settings) -> AsyncIterator[SpeechRecognizer]:
    """The recogniser with the model that is set; beside the small one that ships, an open one takes free speech.

    Raises:
        ModelTrouble: The model is missing or broken.
    """
    recognizer = make_recognizer(find_model(settings.model, places.models), Proofs(places.state / PROOFS))
    await recognizer.open()
    try:
        yield recognizer
    finally:
        await recognizer.close()


def make_recognizer(folder: Path, proofs: Proofs = IN_MEMORY) -> SpeechRecognizer:
    """The recogniser on a model's folder, not yet opened; `proofs` tell whether it was tried out before."""
    if folder == starter_model():
        return TwoEngineRecognizer(VoskRecognizer(folder), OpenRecognizer(), sense_of)
    if identify(folder).engine is Engine.MOONSHINE:
        if (tag := language_of(folder)) and hears_english(tag):
            return OpenBesideCommands(folder, sense_of, proofs=proofs)
        return OpenAloneRecognizer(folder, proofs=proofs)
    return GatedRecognizer(folder, proofs=proofs)


def sense_of(text: str) -> CommandMatch:
    """What the assistant makes of `text`."""
    intent = _recognizers().of(ENGLISH).intent(text)
    if intent is None:
        return CommandMatch.NONE
    return CommandMatch.OPEN if intent.slots else CommandMatch.WHOLE


@functools.cache
def _recognizers() -> IntentRecognizers:
    from sottovoce.agent.intents import IntentRecognizers  # noqa: PLC0415 - when something has been said

    return IntentRecognizers({ENGLISH: lambda _word: True})  # nothing is put right


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


_OF_SOUND = (
    *("microphone", "preroll"),
    *("model", "model_unload_min"),
    *("voice", "speech_rate", "volume", "speak", "user"),
)
"""Settings that the parts of a turn are made from."""


class _Closable(Protocol):
    async def close(self) -> None: ...


T = TypeVar("T")
P = TypeVar("P", bound=_Closable)


class NoRecognizer:
    """Stands where the model can't be used: every press says why."""

    name = language = ""

    def __init__(self, error: ModelTrouble) -> None:
        """Say `error`."""
        self._error = error

    def begin(self, on_partial: Callable[[str], None]) -> NoReturn:  # noqa: ARG002 - the port's form
        """Refuse: there is no model, and this is why.

        Raises:
            ModelTrouble: Always.
        """
        raise self._error.again()


@dataclass(frozen=True, slots=True)
class _Opened(Generic[T]):
    """One part with what it was made from: as long as that is the same, it need not be opened anew."""

    part: T
    made_from: object
    close: Callable[[], Awaitable[None]]


class TurnParts:
    """Microphone, recogniser, voice and the talk that owns them."""

    def __init__(
        self,
        talk: Talk,
        opened: Sequence[_Opened[Any]],
        settings: Settings,
        troubles: Sequence[SottovoceError],
        model: str,
    ) -> None:
        """Own what was opened, in this order; use `open`."""
        self.talk = talk
        self.model = model
        """Name of the speech model in use; empty if none is."""
        self._troubles = tuple(troubles)
        self.opened = tuple(opened)
        self._settings = settings

    @property
    def troubles(self) -> tuple[SottovoceError, ...]:
        """What could not be opened, also what was loaded behind everybody's back."""
        found = [one.part.trouble for one in self.opened if isinstance(one.part, RestingRecognizer)]
        return (*self._troubles, *(one for one in found if one is not None))

    @property
    def preroll(self) -> bool:
        """Whether sound from before a press is to be kept."""
        return self._settings.preroll

    def serves(self, settings: Settings) -> bool:
        """Whether these parts are what `settings` ask for, so that nothing need be opened or closed."""
        return not self.troubles and all(getattr(settings, name) == getattr(self._settings, name) for name in _OF_SOUND)

    @classmethod
    async def open(  # noqa: PLR0913 - each by its name
        cls,
        places: Places,
        answering: Answering,
        settings: Settings,
        on_event: Callable[[TurnEvent], None],
        microphone: SoundDeviceMicrophone | None = None,
        *,
        on_sound: Callable[[], None] = lambda: None,
        on_preroll: Callable[[bool], None] = lambda _keeps: None,
        former: TurnParts | None = None,
        on_trouble: Callable[[ModelTrouble], None] = lambda _: None,
        dictation: Dictation | None = None,
        figures: Figures | None = None,
    ) -> Self:
        """Open everything; a model that can't be used is among the troubles and told at every press.

        At the start the model is loaded beside everything else: what is said meanwhile waits for it. One that is
        chosen later is loaded first, so that a broken one changes nothing.

        Args:
            places: Where models are.
            answering: Answers what was heard.
            settings: Which microphone, model and voice.
            on_event: Called with what happens in the turns.
            microphone: In place of the one that is set.
            on_sound: Called with the first sound of each turn.
            on_preroll: Called with whether sound is being kept from before a press.
            former: The parts before: those that are the same are taken over, and must not be closed with it.
            on_trouble: Called with a model that could not be loaded later than that.
            dictation: Types what is said, while it is on.
            figures: Count what happens in the turns.
        """
        async with contextlib.AsyncExitStack() as stack:

            def part(made_from: tuple[object, ...], make: Callable[[], P]) -> _Opened[P]:
                for one in former.opened if former else ():
                    if one.made_from == made_from:
                        return one
                made = make()
                stack.push_async_callback(made.close)
                return _Opened(made, made_from, made.close)

            ear = part(
                ("microphone", settings.microphone, settings.preroll, microphone),
                lambda: (
                    microphone
                    or SoundDeviceMicrophone(
                        settings.microphone, preroll=settings.preroll, on_preroll=on_preroll, figures=figures
                    )
                ),
            )
            voice = part(
                ("voice", settings.speak, settings.speech_rate, settings.volume, settings.voice),
                lambda: make_speaker(settings),
            )
            activity = part(("activity",), SileroActivity)
            await asyncio.gather(ear.part.open(), voice.part.open())
            opened: list[_Opened[Any]] = [ear, voice, activity]
            troubles: list[SottovoceError] = []
            recognizer: RestingRecognizer | NoRecognizer
            try:
                folder = find_model(settings.model, places.models)
                rest = RestLimits(idle_s=settings.model_unload_min * 60.0)
                proofs = Proofs(places.state / PROOFS)
                ears = part(
                    ("model", look_at(folder), rest),
                    lambda: RestingRecognizer(lambda: make_recognizer(folder, proofs), rest, on_trouble),
                )
                if former is None:
                    ears.part.wake()
                elif ears not in former.opened or ears.part.trouble is not None:
                    await ears.part.open()
                recognizer = ears.part
                opened.append(ears)
            except ModelTrouble as error:
                troubles.append(error)
                recognizer = NoRecognizer(error)
            talk = Talk(
                microphone=ear.part,
                recognizer=recognizer,
                speaker=voice.part,
                answering=answering,
                on_event=on_event,
                on_sound=on_sound,
                activity=activity.part,
                user_id=settings.user,
                last_turns=former.talk.last_turns if former else None,
                dictation=dictation,
                figures=figures,
            )
            stack.pop_all()
            return cls(talk, opened, settings, troubles, recognizer.name)

    async def rest(self, *, resting: bool) -> None:
        """Keep no sound from before a press from now on, or again what the settings say."""
        for one in self.opened:
            if isinstance(one.part, SoundDeviceMicrophone):
                await one.part.rest(resting=resting)

    async def close(self, *, but: TurnParts | None = None) -> None:
        """End the turn under way and close every part. Idempotent.

        Args:
            but: Parts that have taken over some of these: they stay open.
        """
        async with contextlib.AsyncExitStack() as stack:
            for one in self.opened:
                if but is None or one not in but.opened:
                    stack.push_async_callback(one.close)
            stack.push_async_callback(self.talk.close)

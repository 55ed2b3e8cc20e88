"""The `Recognizer` port on two engines that hear the same: Vosk for commands, an open one for free speech."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.recognition.arbiter import better, is_certain
from sottovoce.adapters.recognition.utterance import in_pieces
from sottovoce.domain.errors import ModelTrouble
from sottovoce.domain.turns import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sottovoce.adapters.recognition.sherpa import OpenRecognizer, OpenUtterance
    from sottovoce.adapters.recognition.vosk import VoskRecognizer
    from sottovoce.talk.ports import Utterance

log = logging.getLogger(__name__)


class TwoEngineUtterance:
    """The `Utterance` port: both engines are fed; which text counts is told at the end."""

    def __init__(self, small: Utterance, free: OpenUtterance, understood: Callable[[str], bool]) -> None:
        """Made by `TwoEngineRecognizer.begin`."""
        self._small = small
        self._free = free
        self._understood = understood

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._small.feed(pcm)
        self._free.feed(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`; nothing where nobody spoke."""
        try:
            small = await self._small.finish()
            try:
                if is_certain(small, self._understood):
                    return small if await self._free.heard_speech() else Transcript(text="")
                said = await self._free.finish()
            except ModelTrouble as trouble:  # commands are still understood; the doctor tells
                log.warning("only the small model is heard: %s", trouble.code)
                return small
        finally:
            self.cancel()
        if not said.speech:
            return Transcript(text="")
        text = better(small, said.plain)
        return small if text == small.text else Transcript(text=text)

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._small.cancel()
        self._free.cancel()


class TwoEngineRecognizer:
    """The small model opens at once; the open one is loaded by the first utterance."""

    def __init__(self, small: VoskRecognizer, free: OpenRecognizer, understood: Callable[[str], bool]) -> None:
        """Own both.

        Args:
            small: For commands and partials.
            free: For free speech.
            understood: See `arbiter.is_certain`.
        """
        self._small = small
        self._free = free
        self._understood = understood

    @property
    def name(self) -> str:
        """Of the small model."""
        return self._small.name

    @property
    def language(self) -> str:
        """Of both."""
        return self._small.language

    async def open(self) -> None:
        """Load the small model.

        Raises:
            ModelBroken: It can't be used.
        """
        await self._small.open()

    async def check(self) -> str:
        """See `SpeechRecognizer`; loads the open model now."""
        await self._small.check()
        await self._free.check()
        return f"The speech model {self._small.name} decodes commands, and {self._free.name} free speech."

    def begin(self, on_partial: Callable[[str], None]) -> TwoEngineUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        return TwoEngineUtterance(self._small.begin(on_partial), self._free.begin(), self._understood)

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(self, pieces: Iterable[bytes]) -> Transcript:
        """See `SpeechRecognizer`."""

        async def caught_up() -> None:
            await self._small.caught_up()
            await self._free.caught_up()

        return await in_pieces(self.begin(lambda _text: None), pieces, caught_up)

    async def close(self) -> None:
        """Free both. Idempotent."""
        await asyncio.gather(self._small.close(), self._free.close())

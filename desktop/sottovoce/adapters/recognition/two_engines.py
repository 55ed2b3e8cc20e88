"""The `Recognizer` port on two engines that hear the same: Vosk for commands, an open one for free speech."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from sottovoce.adapters.recognition.arbiter import CommandMatch, better, is_certain, is_spelled, likeness
from sottovoce.adapters.recognition.normaliser import names, plain, with_names
from sottovoce.adapters.recognition.utterance import in_pieces
from sottovoce.domain.errors import ModelTrouble
from sottovoce.domain.turns import Transcript
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sottovoce.adapters.recognition.phrases import OpenText
    from sottovoce.adapters.recognition.sherpa import OpenRecognizer
    from sottovoce.adapters.recognition.vosk import VoskRecognizer

log = logging.getLogger(__name__)


class PartialWords:
    """The words so far of two engines as one line that does not flicker.

    The small engine's come first and often. Once the open one has heard clearly other words, its own are shown, and
    stay: they come at pauses and every other second. Names get their capitals as soon as one of them is known. With the
    end of the sound nothing is shown any more: what comes next is the text that counts.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        """Call `show` with each change."""
        self._show = show
        self._small = ""
        self._open = ""
        self._names: dict[str, str] = {}
        self._over = False

    def end(self) -> None:
        """Show nothing more."""
        self._over = True

    def hear_small(self, text: str) -> None:
        """Take the small engine's words so far."""
        self._small = text
        if not self._open:
            self._show_words(text)

    def hear_open(self, cased: str) -> None:
        """Take the open engine's words so far, with capitals and punctuation."""
        self._names |= names(cased)
        text = plain(cased)
        if text and (self._open or self._clearly_other(text)):
            self._open = text
            self._show_words(text)

    def _show_words(self, text: str) -> None:
        if not self._over:
            self._show(with_names(text, self._names))

    def _clearly_other(self, text: str) -> bool:
        """Whether the small engine has other words behind those that both begin with; it may be ahead or behind."""
        small, free = self._small.split(), text.split()
        same = next((at for at, (one, other) in enumerate(zip(small, free, strict=False)) if one != other), None)
        if same is None:
            return len(small) < len(free)
        theirs, ours = " ".join(small[same:]), " ".join(free[same:])
        return likeness(theirs[: len(ours)], ours) < CLEARLY_OTHER


CLEARLY_OTHER = 0.6
"""Share of letters below which two engines have heard other words."""


class TwoEngineUtterance:
    """The `Utterance` port: both engines are fed; which text counts is decided at the end."""

    def __init__(
        self,
        small: VoskRecognizer,
        free: OpenRecognizer,
        sense: Callable[[str], CommandMatch],
        on_partial: Callable[[str], None],
    ) -> None:
        """Made by `TwoEngineRecognizer.begin`."""
        self._words = PartialWords(on_partial)
        self._small = small.begin(self._words.hear_small, alternatives=True)
        self._free = free.begin(self._words.hear_open)
        self._sense = sense

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._small.feed(pcm)
        self._free.feed(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`; nothing where nobody near spoke."""
        self._words.end()
        try:
            small = await self._small.heard()
            try:
                if is_certain(small, self._sense):
                    return small if await self._free.listened() else Transcript(text="")
                said = await self._free.finish_beside(small, self._small.alternatives(), self._is_command)
            except ModelTrouble as trouble:  # commands are still understood; the doctor tells
                log.warning("only the small model is heard: %s", trouble.code)
                return small
        finally:
            self.cancel()
        return self._counted(small, said) if said.speech else Transcript(text="")

    def _is_command(self, text: str) -> bool:
        return self._sense(text) is not CommandMatch.NONE

    def _counted(self, small: Transcript, said: OpenText) -> Transcript:
        weighs = said.others and not is_spelled(small.text)
        heard = said.others[0].text if weighs else said.text
        found = names(heard)
        text = plain(heard) if weighs else better(small, said.plain, self._sense, found)
        written = with_names(text, found)
        return replace(small, written=written) if text == small.text else Transcript(text=text, written=written)

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        self._small.cancel()
        self._free.cancel()


class TwoEngineRecognizer:
    """The small model opens at once; the open one is loaded by the first utterance."""

    def __init__(self, small: VoskRecognizer, free: OpenRecognizer, sense: Callable[[str], CommandMatch]) -> None:
        """Own both.

        Args:
            small: For commands and partials.
            free: For free speech.
            sense: See `arbiter.is_certain`.
        """
        self._small = small
        self._free = free
        self._sense = sense
        self._begun = False

    @property
    def name(self) -> str:
        """Name of the small model."""
        return self._small.name

    @property
    def language(self) -> str:
        """Tag of the language of both models."""
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
        return words("models-decode-both", small=self._small.name, free=self._free.name)

    def begin(self, on_partial: Callable[[str], None]) -> TwoEngineUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        utterance = TwoEngineUtterance(self._small, self._free, self._sense, on_partial)
        if not self._begun:
            self._begun = True
            self._free.submit(lambda: self._sense("help"))  # what it reads the first time is not waited for at the end
        return utterance

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """See `SpeechRecognizer`."""

        async def caught_up() -> None:
            await self._small.caught_up()
            await self._free.caught_up()

        return await in_pieces(self.begin(lambda _text: None), pieces, caught_up, before_each)

    async def close(self) -> None:
        """Free both. Idempotent."""
        await asyncio.gather(self._small.close(), self._free.close())

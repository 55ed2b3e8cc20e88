"""Speaking one answer while it is still being written."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Self

from sottovoce.domain.errors import SottovoceError, VoiceLost
from sottovoce.memory.finish import finish
from sottovoce.talk.sentences import SLOWEST, spoken_s
from sottovoce.talk.spoken_text import SpokenText

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from sottovoce.talk.ports import Speaker


AHEAD = 2
"""Sentences that the speaker has at a time: while one sounds, the next one's sound is made."""


class _HandedOver:
    """One sentence that the speaker has."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.begun = False
        self.over: asyncio.Task[None]


class Voice:
    """Speaks the sentences of one answer in order, on a task of its own; leaving the block silences what is left.

    What is fed is said in its spoken form (`spoken_text`). A voice that fails is told once and is silent from then on:
    the answer goes on without it.
    """

    def __init__(
        self,
        speaker: Speaker,
        sentence_s: float,
        *,
        on_start: Callable[[], None],
        on_trouble: Callable[[SottovoceError], None],
        language: str = "en",
    ) -> None:
        """Speak through `speaker`.

        Args:
            speaker: The voice.
            sentence_s: Longest time until a sentence begins to sound, and longest delay of its end beyond what it may
                take to say: past it the voice is taken for lost.
            on_start: Called when the first sentence is taken by the voice.
            on_trouble: Called once if the voice fails.
            language: Of what is fed, as in BCP 47.
        """
        self._speaker = speaker
        self._sentence_s = sentence_s
        self._on_start = on_start
        self._on_trouble = on_trouble
        self._started = False
        self._failed = False
        self._text = SpokenText(language)
        self._waiting: deque[str | None] = deque()
        self._handed: asyncio.Queue[_HandedOver | None] = asyncio.Queue()
        self._under_way: set[asyncio.Task[None]] = set()
        self._awaited: tuple[_HandedOver, asyncio.Timeout] | None = None
        """The sentence whose end is waited for, and until when."""
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._speak_all())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Silence what is left, and wait until it is silent."""
        if not self._task.done():
            self._speaker.hush()
            self._task.cancel()
        await finish(_ended(self._task))

    def feed(self, piece: str) -> None:
        """Take the next piece of the answer; sentences that are whole are spoken."""
        self._waiting.extend(self._text.feed(piece))
        self._hand_over()

    async def finished(self) -> None:
        """Wait until all that was fed has been spoken (or the voice has failed)."""
        self._waiting.extend([*self._text.flush(), None])
        self._hand_over()
        await asyncio.shield(self._task)

    def _hand_over(self) -> None:
        """Let the speaker have as many sentences as it may."""
        while self._waiting and len(self._under_way) < AHEAD and not self._task.done():
            text = self._waiting.popleft()
            self._handed.put_nowait(None if text is None else self._handed_over(text))

    def _handed_over(self, text: str) -> _HandedOver:
        sentence = _HandedOver(text)
        sentence.over = asyncio.create_task(self._say(sentence))
        self._under_way.add(sentence.over)
        return sentence

    async def _say(self, sentence: _HandedOver) -> None:
        if self._failed:
            return
        try:
            await self._speaker.say(sentence.text, lambda: self._begun(sentence))
        except SottovoceError:
            self._failed = True  # before the next one gets its turn
            raise

    async def _speak_all(self) -> None:
        try:
            while (sentence := await self._handed.get()) is not None:
                await self._said(sentence)
                self._under_way.discard(sentence.over)
                self._hand_over()
        except TimeoutError:
            self._speaker.hush()
            self._on_trouble(VoiceLost())
        except SottovoceError as error:
            self._on_trouble(error)
        finally:
            for task in self._under_way:
                task.cancel()
            if self._under_way:
                await finish(asyncio.wait(self._under_way))

    async def _said(self, sentence: _HandedOver) -> None:
        """Wait until it has ended; once it sounds, that may take what the slowest rate takes."""
        try:
            async with asyncio.timeout(self._longest_s(sentence)) as limit:
                self._awaited = sentence, limit
                await sentence.over
        finally:
            self._awaited = None

    def _longest_s(self, sentence: _HandedOver) -> float:
        return self._sentence_s + (SLOWEST * spoken_s(sentence.text) if sentence.begun else 0)

    def _begun(self, sentence: _HandedOver) -> None:
        sentence.begun = True
        if self._awaited is not None and self._awaited[0] is sentence:
            self._awaited[1].reschedule(asyncio.get_running_loop().time() + self._longest_s(sentence))
        if not self._started:
            self._started = True
            self._on_start()


async def _ended(task: asyncio.Task[None]) -> None:
    await asyncio.wait({task})
    if not task.cancelled() and (error := task.exception()):
        raise error

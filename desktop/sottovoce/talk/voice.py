"""Speaking one answer while it is still being written."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Self

from sottovoce.domain.errors import SottovoceError, VoiceLost
from sottovoce.memory.finish import finish
from sottovoce.talk.sentences import SLOWEST, Sentences, spoken_s

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from sottovoce.talk.ports import Speaker


class Voice:
    """Speaks the sentences of one answer in order, on a task of its own; leaving the block silences what is left.

    A voice that fails is told once and is silent from then on: the answer goes on without it.
    """

    def __init__(
        self,
        speaker: Speaker,
        sentence_s: float,
        *,
        on_start: Callable[[], None],
        on_trouble: Callable[[SottovoceError], None],
    ) -> None:
        """Speak through `speaker`.

        Args:
            speaker: The voice.
            sentence_s: Longest time until a sentence begins to sound, and longest delay of its end beyond what it may
                take to say: past it the voice is taken for lost.
            on_start: Called when the first sentence is taken by the voice.
            on_trouble: Called once if the voice fails.
        """
        self._speaker = speaker
        self._sentence_s = sentence_s
        self._on_start = on_start
        self._on_trouble = on_trouble
        self._started = False
        self._sentences = Sentences()
        self._waiting: asyncio.Queue[str | None] = asyncio.Queue()
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
        for sentence in self._sentences.feed(piece):
            self._waiting.put_nowait(sentence)

    async def finished(self) -> None:
        """Wait until all that was fed has been spoken (or the voice has failed)."""
        for sentence in self._sentences.flush():
            self._waiting.put_nowait(sentence)
        self._waiting.put_nowait(None)
        await asyncio.shield(self._task)

    async def _speak_all(self) -> None:
        try:
            while (sentence := await self._waiting.get()) is not None:
                async with asyncio.timeout(self._sentence_s) as limit:
                    await self._speaker.say(sentence, functools.partial(self._begun, sentence, limit))
        except TimeoutError:
            self._speaker.hush()
            self._on_trouble(VoiceLost())
        except SottovoceError as error:
            self._on_trouble(error)

    def _begun(self, sentence: str, limit: asyncio.Timeout) -> None:
        """It sounds: from now on it may take as long as it takes at the slowest rate."""
        limit.reschedule(asyncio.get_running_loop().time() + self._sentence_s + SLOWEST * spoken_s(sentence))
        if not self._started:
            self._started = True
            self._on_start()


async def _ended(task: asyncio.Task[None]) -> None:
    await asyncio.wait({task})
    if not task.cancelled() and (error := task.exception()):
        raise error

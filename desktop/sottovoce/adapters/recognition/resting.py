"""A recogniser that is loaded beside everything else, and gives its memory back while nobody talks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import ModelLoading, ModelTrouble
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sottovoce.adapters.recognition.port import SpeechRecognizer
    from sottovoce.domain.turns import Transcript
    from sottovoce.talk.ports import Utterance

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestLimits:
    """When it is unloaded, and how long a turn waits for it."""

    idle_s: float = 1800.0
    """Without an utterance, after which it is unloaded; 0: never."""
    patience_s: float = 20.0
    """From the end of an utterance on: the largest models take 20 s from a slow disk; a turn gives up after 30."""

    def __post_init__(self) -> None:
        """Refuse what can't be waited for."""
        if self.idle_s < 0 or self.patience_s <= 0:
            raise ValueError("limits must not be negative")


class RestingUtterance:
    """The `Utterance` port; its sound waits for a model that is still being loaded."""

    def __init__(self, recognizer: RestingRecognizer, on_partial: Callable[[str], None]) -> None:
        """Made by `RestingRecognizer.begin`."""
        self._recognizer = recognizer
        self._on_partial = on_partial
        self._waiting: list[bytes] = []
        self._inner: Utterance | None = None
        self._over = False
        self._loading = recognizer.wake()
        if self._loading is None:
            self._attach()
        else:
            self._loading.add_done_callback(self._loaded)

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        if self._over:
            return
        if self._inner is None:
            self._waiting.append(pcm)
        else:
            self._inner.feed(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`.

        Raises:
            ModelLoading: Its model is still being loaded, and nobody can wait any longer.
            ModelTrouble: It can't be loaded, or decoding failed.
        """
        if self._over:
            raise RuntimeError("the utterance is over")
        try:
            if self._inner is None and self._loading is not None:
                await self._loaded_in_time(self._loading)
            if self._inner is None:  # it was just loaded: the callback comes behind us
                self._attach()
            return await self._started().finish()
        finally:
            self.cancel()

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        if not self._over:
            self._over = True
            self._waiting.clear()
            if self._inner is not None:
                self._inner.cancel()
            self._recognizer.ended()

    async def _loaded_in_time(self, loading: asyncio.Task[SpeechRecognizer]) -> None:
        try:
            async with asyncio.timeout(self._recognizer.limits.patience_s):
                await asyncio.shield(loading)
        except TimeoutError:
            raise ModelLoading from None
        except ModelTrouble as error:  # several utterances may raise the same one
            raise error.again() from None

    def _loaded(self, loading: asyncio.Task[SpeechRecognizer]) -> None:
        if not self._over and self._inner is None and not loading.cancelled() and loading.exception() is None:
            self._attach()

    def _attach(self) -> None:
        inner = self._inner = self._recognizer.loaded().begin(self._on_partial)
        for pcm in self._waiting:
            inner.feed(pcm)
        self._waiting.clear()

    def _started(self) -> Utterance:
        if self._inner is None:
            raise RuntimeError("the utterance has not begun")
        return self._inner


class RestingRecognizer:
    """`SpeechRecognizer` on another one, which is made anew each time it is loaded."""

    def __init__(
        self,
        make: Callable[[], SpeechRecognizer],
        limits: RestLimits | None = None,
        on_trouble: Callable[[ModelTrouble], None] = lambda _: None,
    ) -> None:
        """Load nothing yet.

        Args:
            make: Makes the recogniser, not yet opened.
            limits: Of idleness and patience.
            on_trouble: Called with the error of a model that could not be loaded behind everybody's back.
        """
        self._make = make
        self._on_trouble = on_trouble
        self.limits = limits or RestLimits()
        self.trouble: ModelTrouble | None = None
        """Why the last loading failed; None if it did not."""
        self._known = make()
        self._fresh = True  # `_known` has never been opened
        self._inner: SpeechRecognizer | None = None
        self._loading: asyncio.Task[SpeechRecognizer] | None = None
        self._unloading: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._open_utterances = 0
        self._awaited = 0
        """Callers that get the error themselves."""
        self._closed = False

    @property
    def name(self) -> str:
        """Name of the model, loaded or not."""
        return self._known.name

    @property
    def language(self) -> str:
        """Tag of the model's language, loaded or not."""
        return self._known.language

    async def open(self) -> None:
        """Load the model now.

        Raises:
            ModelTrouble: It can't be used.
        """
        loading = self.wake()
        if loading is None:
            return
        self._awaited += 1
        try:
            await asyncio.shield(loading)
        finally:
            self._awaited -= 1

    def wake(self) -> asyncio.Task[SpeechRecognizer] | None:
        """Begin to load the model; None if it is loaded."""
        if self._closed:
            raise RuntimeError("the recogniser is closed")
        self._stop_timer()
        if self._inner is not None:
            return None
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load(), name="loading a model")
            self._loading.add_done_callback(self._loaded)
        return self._loading

    def loaded(self) -> SpeechRecognizer:
        """Return the loaded recogniser.

        Raises:
            RuntimeError: None is.
        """
        if self._inner is None:
            raise RuntimeError("the recogniser is not loaded")
        return self._inner

    async def check(self) -> str:
        """See `SpeechRecognizer`."""
        await self.open()
        try:
            return await self.loaded().check()
        finally:
            self._rest_later()

    def begin(self, on_partial: Callable[[str], None]) -> RestingUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        utterance = RestingUtterance(self, on_partial)
        self._open_utterances += 1
        return utterance

    def ended(self) -> None:
        """Count an utterance as over; the last one begins the rest."""
        self._open_utterances -= 1
        self._rest_later()

    async def transcribe(self, pcm: bytes) -> Transcript:
        """See `SpeechRecognizer`."""
        return await self.transcribe_pieces([pcm])

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """See `SpeechRecognizer`."""
        await self.open()
        self._open_utterances += 1
        try:
            return await self.loaded().transcribe_pieces(pieces, before_each)
        finally:
            self.ended()

    async def close(self) -> None:
        """Unload it and stop what is under way. Idempotent."""
        self._closed = True
        self._stop_timer()
        if self._loading is not None:
            self._loading.cancel()
            await finish(asyncio.wait({self._loading}))
        if self._unloading is not None:
            await finish(asyncio.wait({self._unloading}))
        inner, self._inner = self._inner, None
        if inner is not None:
            await inner.close()

    async def _load(self) -> SpeechRecognizer:
        if self._unloading is not None:
            await asyncio.wait({self._unloading})
        inner = self._known if self._fresh else self._make()
        self._fresh = False
        await inner.open()  # one that fails leaves no thread
        self._known = self._inner = inner
        self.trouble = None
        self._rest_later()
        return inner

    def _loaded(self, loading: asyncio.Task[SpeechRecognizer]) -> None:
        if loading.cancelled() or (error := loading.exception()) is None:
            return
        if isinstance(error, ModelTrouble):
            self.trouble = error
            if not (self._open_utterances or self._awaited):
                self._on_trouble(error)
        else:
            log.error("a model could not be loaded", exc_info=error)

    def _rest_later(self) -> None:
        self._stop_timer()
        if self.limits.idle_s and not self._closed and self._inner is not None and not self._open_utterances:
            self._timer = asyncio.get_running_loop().call_later(self.limits.idle_s, self._rest)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _rest(self) -> None:
        inner, self._inner = self._inner, None
        if inner is not None:
            log.info("the speech model is unloaded: nobody has talked for a while")
            self._unloading = asyncio.create_task(self._unload(inner), name="unloading a model")

    async def _unload(self, inner: SpeechRecognizer) -> None:
        with contextlib.suppress(ModelTrouble):
            await inner.close()

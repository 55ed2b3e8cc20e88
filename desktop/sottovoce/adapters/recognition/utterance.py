"""An utterance on its way through an engine: fed on the loop, decoded on the engine's thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from sottovoce.domain.audio import SAMPLE_BYTES
from sottovoce.domain.errors import ModelBroken, ModelTrouble
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from sottovoce.adapters.own_thread import OwnThread
    from sottovoce.domain.turns import Transcript
    from sottovoce.talk.ports import Utterance

log = logging.getLogger(__name__)

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
A = TypeVar("A")


class Decoder(Protocol[R_co]):
    """An engine's state for one utterance; lives on the thread."""

    def hear(self, pcm: bytes, *, more: bool) -> str | None:
        """Take the next piece; returns the words so far when there is news of them.

        Args:
            pcm: 16 kHz mono int16, whole samples.
            more: Whether more is waiting already: no time for what is only looked at.
        """

    def final(self) -> R_co:
        """Return what was said in all that was heard."""


class QueuedUtterance(Generic[R]):
    """The `Utterance` port with a result of the engine's own."""

    def __init__(
        self,
        thread: OwnThread,
        new_decoder: Callable[[Callable[[], bool]], Decoder[R]],
        nothing: R,
        *,
        piece_bytes: int,
        on_partial: Callable[[str], None],
    ) -> None:
        """Decode on `thread`.

        Args:
            thread: The engine's.
            new_decoder: Called there for the first sound; gets what says whether the utterance was dropped.
            nothing: The result where nothing was fed, or the utterance was dropped.
            piece_bytes: Longest piece decoded at once: a cancelled utterance frees the thread after it.
            on_partial: Called with the words so far, on the loop.
        """
        self._thread = thread
        self._new_decoder = new_decoder
        self._nothing = nothing
        self._piece_bytes = piece_bytes
        self._on_partial = on_partial
        self._loop = asyncio.get_running_loop()
        self._reported = ""
        self._odd = b""  # thread only: half a sample
        self._over = False
        self._waiting: deque[bytes] = deque()  # the loop appends, the thread takes: both are atomic
        self._dropped = threading.Event()
        self._decoder: Decoder[R] | None = None  # thread only
        self._failure: ModelTrouble | None = None  # thread only

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`; what comes after the end is dropped."""
        if not self._over:
            self._waiting.append(pcm)
            self._thread.submit(self._decode)

    @property
    def decoder(self) -> Decoder[R] | None:
        """The engine's state, if there is one yet; what may be read of it on the loop is for the engine to know."""
        return self._decoder

    def prepare(self) -> None:
        """Let the engine load before the first sound."""
        self._thread.submit(self._decode)

    async def finish(self) -> R:
        """See `sottovoce.talk.ports.Utterance`."""
        if self._over:
            raise RuntimeError("the utterance is over")
        try:
            return await self.ask(lambda decoder: decoder.final(), self._nothing)
        finally:
            self.cancel()

    async def ask(self, question: Callable[[Decoder[R]], A], nothing: A) -> A:
        """Ask the decoder about all that was fed, on the thread.

        Args:
            question: Called there.
            nothing: The answer where nothing was fed, or the utterance was dropped.

        Raises:
            ModelTrouble: Decoding failed.
        """
        return await self._thread.run(lambda: self._answer(question, nothing))

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        if not self._over:
            self._over = True
            self._dropped.set()
            self._waiting.clear()
            with contextlib.suppress(RuntimeError):  # the engine was closed before: the decoder went with its thread
                self._thread.submit(self._forget)

    def _report(self, text: str) -> None:
        if not self._over and text != self._reported:
            self._reported = text
            self._on_partial(text)

    # On the thread.

    def _decode(self) -> None:
        """Decode what waits; a failure is kept for whoever asks."""
        if self._failure is not None or self._dropped.is_set():
            return
        with self._failures_kept():
            if self._decoder is None:
                self._decoder = self._new_decoder(self._dropped.is_set)
            while not self._dropped.is_set():
                try:
                    pcm = self._waiting.popleft()
                except IndexError:
                    return
                self._decode_pieces(self._decoder, pcm)

    def _decode_pieces(self, decoder: Decoder[R], pcm: bytes) -> None:
        pcm = self._odd + pcm
        whole = len(pcm) - len(pcm) % SAMPLE_BYTES
        pcm, self._odd = pcm[:whole], pcm[whole:]
        for start in range(0, len(pcm), self._piece_bytes):
            if self._dropped.is_set():
                return
            more = start + self._piece_bytes < len(pcm) or bool(self._waiting)
            text = decoder.hear(pcm[start : start + self._piece_bytes], more=more)
            if text is not None:
                with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody is left to hear of it
                    self._loop.call_soon_threadsafe(self._report, text)

    def _answer(self, question: Callable[[Decoder[R]], A], nothing: A) -> A:
        self._decode()
        answer = nothing
        if self._decoder is not None and not self._dropped.is_set():
            with self._failures_kept():
                answer = question(self._decoder)
        if self._failure is not None:
            raise self._failure
        return answer

    @contextlib.contextmanager
    def _failures_kept(self) -> Iterator[None]:
        try:
            yield
        except ModelTrouble as trouble:
            self._failure = trouble
        except Exception as error:  # noqa: BLE001 - engines raise bare exceptions; their words may hold paths
            log.warning("decoding failed: %s", type(error).__name__)
            self._failure = ModelBroken(said("error-model-not-decoding"))

    def _forget(self) -> None:
        self._decoder = None


async def in_pieces(
    utterance: Utterance,
    pieces: Iterable[bytes],
    caught_up: Callable[[], Awaitable[None]],
    before_each: Callable[[], Awaitable[None]] | None = None,
) -> Transcript:
    """Feed a recording that comes piece by piece: the next one is asked for when the last one is decoded.

    Raises:
        ModelTrouble: Decoding failed.
    """
    try:
        for piece in pieces:
            if before_each is not None:
                await before_each()
            utterance.feed(piece)
            await caught_up()
        return await utterance.finish()
    finally:
        utterance.cancel()

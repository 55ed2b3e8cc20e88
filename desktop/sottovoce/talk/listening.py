"""What is said in one turn: the microphone from the press to the end of the tail after the release."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS, duration_s
from sottovoce.domain.errors import MicrophoneLost, MicrophoneSilent
from sottovoce.domain.microphones import level_of
from sottovoce.talk.speech_level import SpeechLevel
from sottovoce.talk.tail import tail_left_s
from sottovoce.talk.turn_states import Signal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.domain.turns import TurnLimits
    from sottovoce.talk.end_of_speech import EndOfSpeech
    from sottovoce.talk.gain import AutomaticGain
    from sottovoce.talk.ports import Microphone, Utterance

log = logging.getLogger(__name__)

LATE_S = 0.25
"""Seconds waited past the tail for blocks that are owed but late (a busy loop): then they are given up."""

BEHIND_BLOCKS = 3
"""So many blocks are on their way at any moment (60 ms); more are waiting for a loop that is busy."""

SILENT_S = 0.5
"""Seconds of nothing but digital zeros that mean a muted microphone; a tap on the key is shorter."""


class Listening:
    """Feeds a recogniser's utterance from the microphone; its device is closed when `run` returns.

    It reports what happens (`turn_states.Signal`) and does as it is told; what that means for the turn is none of its
    business.
    """

    def __init__(
        self, microphone: Microphone, limits: TurnLimits, on_signal: Callable[[Signal], None], gain: AutomaticGain
    ) -> None:
        """Record from `microphone`; `on_signal` is called with what happens."""
        self._gain = gain
        self._microphone = microphone
        self._limits = limits
        self._on_signal = on_signal
        self._released = asyncio.Event()
        self._tail_from: float | None = None
        """Loop time of the release from which a tail runs; None while there was none."""
        self._blocks = 0
        self._blocks_due = math.inf
        """So many are fed before it is enough, once that is known."""
        self._stopped = False
        self._first_at = 0.0
        self._bytes = 0
        self._end_of_speech: EndOfSpeech | None = None
        self.level = SpeechLevel()
        """How loud it was, and what that says."""
        self.cut_off = False
        """Whether it ended before its time: what was heard until then is there to be answered."""
        self.too_long = False
        """Whether the longest hold ended it, and not the key."""
        self.sound_over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the last block has been fed, before the device is closed; or the failure of the recording."""

    def start_tail(self, from_s: float) -> None:
        """The key came up at this loop time: listen on for the tail, then stop."""
        self._tail_from = from_s
        self._released.set()

    def listen_on(self) -> None:
        """The key is down again: there is no tail."""
        self._tail_from = None
        self._released.clear()

    def stay(self, end_of_speech: EndOfSpeech) -> None:
        """No key is held for it: report when nothing more is said."""
        self._end_of_speech = end_of_speech

    @property
    def holds_sound(self) -> bool:
        """Whether anything has been heard."""
        return self._blocks > 0

    def stop(self) -> None:
        """Feed no more from now on: the utterance is being dropped. Idempotent."""
        self._stopped = True

    async def run(self, utterance: Utterance) -> None:
        """Record until the tail is over; failures are reported through `sound_over`.

        Raises:
            asyncio.CancelledError: The turn was cancelled; the device is closed.
        """
        try:
            async with self._microphone.listen() as blocks:
                feeding = asyncio.create_task(self._feed(blocks, utterance))
                try:
                    await self._until_tail(feeding)
                finally:
                    feeding.cancel()
                    await asyncio.wait({feeding})
                self._check_sound(feeding)
                self.sound_over.set_result(None)
        except Exception as error:  # noqa: BLE001 - handed to the turn, which reports it
            if self.sound_over.done():
                # Every word was heard; only giving the device back failed.
                log.warning("the microphone did not close cleanly")
            else:
                self.sound_over.set_exception(error)
                self.sound_over.exception()  # seen: a cancelled turn asks no more
        finally:
            self.sound_over.cancel()

    async def _until_tail(self, feeding: asyncio.Task[None]) -> None:
        loop = asyncio.get_running_loop()
        warn_s = max(0.0, self._limits.hold_s - self._limits.warn_s)
        timers = (
            loop.call_later(warn_s, self._on_signal, Signal.WARN),
            loop.call_later(self._limits.hold_s, self._end_hold),
        )
        try:
            end: float | None = None
            while end is None and not feeding.done():
                await self._until_released(feeding)
                end = await self._after_tail(feeding)
        finally:
            for timer in timers:
                timer.cancel()
        self.cut_off = self._tail_from is None and self.holds_sound
        self._on_signal(Signal.ENDED)
        # Blocks that the device delivered in time may still queue behind a busy loop: they hold the last word.
        self._blocks_due = self._due(end or loop.time())
        if self._blocks < self._blocks_due:
            await asyncio.wait({feeding}, timeout=LATE_S)

    def _end_hold(self) -> None:
        self.too_long = self._tail_from is None
        self._on_signal(Signal.LIMIT)

    async def _until_released(self, feeding: asyncio.Task[None]) -> None:
        released = asyncio.create_task(self._released.wait())
        try:
            await asyncio.wait({feeding, released}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            released.cancel()
            await asyncio.wait({released})

    async def _after_tail(self, feeding: asyncio.Task[None]) -> float | None:
        """Listen on for the tail; returns when it ended, or None if the key had only bounced."""
        loop = asyncio.get_running_loop()
        end = released_at = self._tail_from
        while released_at is not None and not feeding.done():  # else it bounced before we got here
            since_s = loop.time() - released_at
            left_s = tail_left_s(since_s, self.level, self._limits, up_to_date=self._up_to_date())
            if left_s <= 0:
                break
            end = released_at + max(since_s + left_s, min(since_s, self._limits.tail_ms / 1000))
            await asyncio.wait({feeding}, timeout=left_s)
            if self._tail_from != released_at:
                return None
        return end

    def _up_to_date(self) -> bool:
        return self._blocks + BEHIND_BLOCKS >= self._due(asyncio.get_running_loop().time())

    def _due(self, at: float) -> int:
        """Blocks that the device has delivered by then."""
        return math.floor((at - self._first_at) * 1000 / BLOCK_MS) + 1 if self._blocks else 0

    async def _feed(self, blocks: AsyncIterator[bytes], utterance: Utterance) -> None:
        async for block in blocks:
            if self._stopped:
                return
            if not self._blocks:
                self._first_at = asyncio.get_running_loop().time()
                self._on_signal(Signal.SOUND)
            level = level_of(block)
            self.level.hear(level)
            block = self._gain.applied(block, level, self.level)  # noqa: PLW2901 - nobody wants the other one any more
            utterance.feed(block)
            if self._end_of_speech and self._end_of_speech.hear(block, self.level):
                self._on_signal(Signal.PAUSE)
            self._blocks += 1
            self._bytes += len(block)
            if self._blocks >= self._blocks_due:
                return

    def _check_sound(self, feeding: asyncio.Task[None]) -> None:
        """See what came of it.

        Raises:
            MicrophoneSilent: Nothing but zeros came.
            SottovoceError: The microphone failed before anything was heard.
        """
        failure = None if feeding.cancelled() else feeding.exception()
        if failure is not None and not (isinstance(failure, MicrophoneLost) and self.holds_sound):
            raise failure
        # What was kept from before the press came at once, and says nothing of how long the key was held.
        heard_s = min(duration_s(self._bytes), asyncio.get_running_loop().time() - self._first_at)
        if self.level.history.zeros_only and heard_s >= SILENT_S:
            raise MicrophoneSilent
        self.cut_off = self.cut_off or failure is not None

"""One recording: the microphone from the press to the end of the tail after the release."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS, duration_s
from sottovoce.domain.errors import MicrophoneSilent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.turns import TurnLimits
    from sottovoce.talk.ports import Microphone, Utterance

log = logging.getLogger(__name__)

LATE_S = 0.25
"""Seconds waited past the tail for blocks that are owed but late (a busy loop): then they are given up."""

SILENT_S = 0.5
"""Seconds of nothing but digital zeros that mean a muted microphone; a tap on the key is shorter."""


class Capture:
    """Feeds a recogniser's utterance from the microphone; its device is closed when `run` returns."""

    def __init__(self, microphone: Microphone, limits: TurnLimits) -> None:
        """Record from `microphone`."""
        self._microphone = microphone
        self._limits = limits
        self._released = asyncio.Event()
        self._counted = asyncio.Event()
        self._blocks = 0
        self._owed = math.inf
        self._stopped = False
        self._first_at = 0.0
        self._bytes = 0
        self._zeros_only = True
        self.sound_over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the last block has been fed, before the device is closed; or the failure of the recording."""
        self.released_at: float | None = None
        """Loop time of the release."""

    def release(self) -> None:
        """The key is up: listen on for the tail, then stop. Idempotent."""
        if self.released_at is None:
            self.released_at = asyncio.get_running_loop().time()
            self._released.set()

    def stop(self) -> None:
        """Feed no more from now on: the utterance is being dropped. Idempotent."""
        self._stopped = True

    async def run(self, utterance: Utterance) -> None:
        """Record until the tail is over; failures are told through `sound_over`.

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
                if not feeding.cancelled():
                    feeding.result()
                self._check_sound()
                self.sound_over.set_result(None)
        except Exception as error:  # noqa: BLE001 - handed to the turn, which tells it
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
        opened = loop.time()
        released = asyncio.create_task(self._released.wait())
        try:
            await asyncio.wait({feeding, released}, timeout=self._limits.hold_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            released.cancel()
            await asyncio.wait({released})
        self.release()
        tail_s = self._limits.tail_ms / 1000
        end = (self.released_at or opened) + tail_s
        await asyncio.wait({feeding}, timeout=max(0.0, end - loop.time()))
        # Blocks that the device delivered in time may still queue behind a busy loop: they hold the last word.
        self._owed = math.floor((end - self._first_at) * 1000 / BLOCK_MS) + 1 if self._blocks else 0
        if self._blocks < self._owed:
            await asyncio.wait({feeding}, timeout=LATE_S)

    async def _feed(self, blocks: AsyncIterator[bytes], utterance: Utterance) -> None:
        async for block in blocks:
            if self._stopped:
                return
            if not self._blocks:
                self._first_at = asyncio.get_running_loop().time()
            utterance.feed(block)
            self._blocks += 1
            self._bytes += len(block)
            self._zeros_only = self._zeros_only and not any(block)
            if self._blocks >= self._owed:
                return

    def _check_sound(self) -> None:
        if self._zeros_only and duration_s(self._bytes) >= SILENT_S:
            raise MicrophoneSilent

"""“Listening” is told when it is true: whoever sees it begins to talk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.domain.stages import ListensOn, Stage, StageChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.turns import TurnEvent

LIMIT_S = 0.25
"""Longest wait for the first sound, usually there after 30 to 60 ms: a slow device must not look like a dead key."""


class FirstSound:
    """Hands the events of turns on, in their order; that it listens only when the first sound has come.

    Showing it takes the loop some 20 to 100 ms the first time. While it was shown first, the microphone was opened
    after that, and the word said meanwhile was lost.
    """

    def __init__(self, on_event: Callable[[TurnEvent], None]) -> None:
        """Hand on to `on_event`."""
        self._on_event = on_event
        self._held: list[TurnEvent] = []
        self._timer: asyncio.TimerHandle | None = None

    def hear(self, event: TurnEvent) -> None:
        """Take one event."""
        if self._held and isinstance(event, ListensOn):
            self._held.append(event)
            return
        self.arrived()
        if isinstance(event, StageChanged) and event.stage is Stage.LISTENING:
            self._held = [event]
            self._timer = asyncio.get_running_loop().call_later(LIMIT_S, self.arrived)
        else:
            self._on_event(event)

    def arrived(self) -> None:
        """The first sound has come, or nothing is to be waited for any more. Idempotent."""
        if self._timer:
            self._timer.cancel()
        held, self._held, self._timer = self._held, [], None
        for event in held:
            self._on_event(event)

"""The times of the last turns, as long as the program runs."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from sottovoce.domain.figures import TURNS, WAIT
from sottovoce.domain.turn_times import FIRST_SOUND, FIRST_VOICE, STORED, TEXT
from sottovoce.memory.figures import Figures
from sottovoce.talk.turn_states import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.turn_times import TurnTimes

MOST_KEPT = 10
"""So many of the last turns are kept, in memory alone."""

REPORTED: Mapping[Signal, str] = {
    Signal.SOUND: FIRST_SOUND,
    Signal.TEXT: TEXT,
    Signal.STORED: STORED,
    Signal.VOICE: FIRST_VOICE,
}
"""Stages by the signal that reports them."""


class LastTurns:
    """Counts turns, and keeps the times of the last ones."""

    def __init__(self, figures: Figures | None = None) -> None:
        """There was none yet; how each ends is counted in `figures`."""
        self._figures = figures or Figures()
        self._wait = self._figures.histogram(WAIT)
        self._times: deque[TurnTimes] = deque(maxlen=MOST_KEPT)
        self._begun = 0

    def begin(self) -> int:
        """The number of a turn that begins now."""
        self._begun += 1
        return self._begun

    def add(self, times: TurnTimes) -> None:
        """Keep the times of a turn that is over, in place of the oldest."""
        self._times.append(times)
        self._figures.counter(TURNS, times.outcome).add()
        if times.wait_ms is not None:
            self._wait.observe(times.wait_ms / 1000)

    @property
    def times(self) -> tuple[TurnTimes, ...]:
        """The newest first."""
        return tuple(reversed(self._times))

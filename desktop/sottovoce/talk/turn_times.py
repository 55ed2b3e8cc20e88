"""When the last turns reached their stages, and how they ended; never a word of what was said."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.talk.turn_states import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.turns import Outcome

MOST_KEPT = 10
"""So many of the last turns are kept, in memory alone."""

REPORTED: Mapping[Signal, str] = {
    Signal.SOUND: "first_sound",
    Signal.TEXT: "text",
    Signal.STORED: "stored",
    Signal.VOICE: "first_voice",
}
"""Stages by the signal that reports them."""

PRESS, RELEASE, END = "press", "release", "end"
"""The other stages; `release` is the moment from which it listened no more, whatever was the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTimes:
    """One turn that is over."""

    number: int
    """Turns are counted from 1."""
    spoken: bool
    """Whether it was said; else it was typed, or taken up after a crash."""
    outcome: Outcome
    aside: bool
    """Whether a press took its place before its words were stored, and it went on in silence."""
    ended_s: float
    """When it was over, by the event loop's clock."""
    stages_ms: Mapping[str, float]
    """Milliseconds from its beginning to each stage that it reached, in their order."""

    @property
    def wait_ms(self) -> float | None:
        """How long the user waited for the voice; None where none was heard."""
        voice = self.stages_ms.get(REPORTED[Signal.VOICE])
        return None if voice is None else voice - self.stages_ms.get(RELEASE, 0.0)


class LastTurns:
    """The times of the last turns."""

    def __init__(self) -> None:
        """There was none yet."""
        self._last: deque[TurnTimes] = deque(maxlen=MOST_KEPT)
        self._begun = 0

    def begin(self) -> int:
        """The number of a turn that begins now."""
        self._begun += 1
        return self._begun

    def add(self, times: TurnTimes) -> None:
        """Keep the times of a turn that is over, in place of the oldest."""
        self._last.append(times)

    @property
    def times(self) -> tuple[TurnTimes, ...]:
        """The newest first."""
        return tuple(reversed(self._last))

"""When a short sound tells what no eye sees: it listens, it has heard, something went wrong."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from sottovoce.domain.turns import Stage, StageChanged, TurnEnded, TurnFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.turns import TurnEvent


class Cue(enum.StrEnum):
    """A short sound that stands for an event."""

    LISTENING = "listening"
    """What is said now is heard: it never sounds before the microphone's first block."""
    DONE = "done"
    """It listens no more, and has sound to recognise."""
    ERROR = "error"


class TurnCues:
    """Plays the cues of spoken turns. Who interrupts it by a press hears that: it falls silent, with no cue."""

    def __init__(self, play: Callable[[Cue], None]) -> None:
        """Have cues played by `play`, which returns at once."""
        self._play = play
        self._stage = Stage.READY
        self._interrupts = False
        self._hears = False

    def sound_arrived(self) -> None:
        """The microphone's first block has come."""
        self._hears = True
        if not self._interrupts:
            self._play(Cue.LISTENING)

    def hear(self, event: TurnEvent) -> None:
        """Take one event, in the order of all of them."""
        if isinstance(event, StageChanged):
            self._on_stage(event.stage)
        elif isinstance(event, TurnFailed):
            self._play(Cue.ERROR)
        elif isinstance(event, TurnEnded):
            self._hears = False

    def _on_stage(self, stage: Stage) -> None:
        if stage is Stage.LISTENING:
            self._interrupts = self._stage is Stage.SPEAKING
        elif stage is Stage.THINKING and self._hears:
            self._hears = False
            self._play(Cue.DONE)
        self._stage = stage

"""What is wrong with the microphone's level, told when it helps and not at every turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.domain.errors import SoundTrouble
    from sottovoce.domain.microphones import LevelHistory


class LevelAdvice:
    """Remembers what was told: it is told again when nothing was understood, or when it went well in between."""

    def __init__(self) -> None:
        """Nothing has been told yet."""
        self._told: type[SoundTrouble] | None = None
        self.standing: SoundTrouble | None = None
        """What was wrong with the last recording that was long enough to judge."""

    def due(self, history: LevelHistory, *, understood: bool) -> SoundTrouble | None:
        """What to tell after a recording of these levels; None for nothing."""
        trouble = self.standing = history.trouble()
        known, self._told = self._told, type(trouble) if trouble else None
        return None if understood and known is self._told else trouble

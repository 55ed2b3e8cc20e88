"""Whether somebody is speaking, by loudness alone: against the noise and against the voice heard before."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS
from sottovoce.domain.microphones import LevelHistory

if TYPE_CHECKING:
    from sottovoce.domain.microphones import SoundLevel

KEPT_BLOCKS = 100
"""Blocks (2 s) whose loudness is looked back at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechLimits:
    """In decibels of blocks of 20 ms: vowels reach 20 to 40 over a quiet room, the ends of words fall to 10 over it."""

    over_noise_db: float = 8.0
    """Louder than the noise by this may be speech; a fan or hiss stays within 3."""
    under_voice_db: float = 26.0
    """Quieter than the voice by this is none of it: others far off, what a film says."""
    sure_db: float = 4.0
    """Within this of the noise nobody speaks for sure."""
    contrast_db: float = 12.0
    """From the noise to the loudest blocks: with less, nothing can be known."""


class SpeechLevel:
    """The loudness of one recording as it comes, and what it says about speech; keeps numbers only."""

    def __init__(self, limits: SpeechLimits | None = None) -> None:
        """Nothing has been heard yet."""
        self._limits = limits or SpeechLimits()
        self.history = LevelHistory()
        """Of all of it."""
        self._recent: deque[float] = deque(maxlen=KEPT_BLOCKS)

    def hear(self, level: SoundLevel) -> None:
        """Take the level of the next block."""
        self.history.hear(level)
        self._recent.append(level.rms_dbfs)

    @property
    def can_judge(self) -> bool:
        """Whether there was a voice over the noise: without one, neither speech nor silence is sure."""
        return self.history.loudest_dbfs - self.history.noise_dbfs >= self._limits.contrast_db

    def spoke_within(self, ms: int) -> bool:
        """Whether a block of the last `ms` milliseconds may be speech."""
        limits, history = self._limits, self.history
        least = max(history.noise_dbfs + limits.over_noise_db, history.loudest_dbfs - limits.under_voice_db)
        return self.can_judge and any(level >= least for level in self._last(ms))

    def silent_for(self, ms: int) -> bool:
        """Whether for sure nobody spoke in the last `ms` milliseconds, and somebody did before."""
        last = self._last(ms)
        most = self.history.noise_dbfs + self._limits.sure_db
        return self.can_judge and len(last) * BLOCK_MS >= ms and all(level <= most for level in last)

    def _last(self, ms: int) -> list[float]:
        return list(self._recent)[-(ms // BLOCK_MS) :]

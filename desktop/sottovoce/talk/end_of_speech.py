"""Where nobody holds a key: whether what is being said is over, by voice activity and by loudness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnLimits
    from sottovoce.talk.ports import ActivityHeard
    from sottovoce.talk.speech_level import SpeechLevel


class EndOfSpeech:
    """Finds where speech ends in one recording.

    A pause counts if either says so: voice activity is not misled by a fan, loudness not by people far off. That
    somebody has begun to speak, voice activity alone decides where there is any: a cup put down is loud, too.
    """

    def __init__(self, limits: TurnLimits, activity: ActivityHeard | None) -> None:
        """Nobody has spoken yet; `activity` is None where there is no such detector."""
        self._limits = limits
        self._activity = activity
        self._blocks = 0

    def hear(self, block: bytes, level: SpeechLevel) -> bool:
        """Take the next block; returns whether it is over.

        Args:
            block: As the recogniser gets it.
            level: Of the recording until now, this block included.
        """
        self._blocks += 1
        if self._activity is not None:
            self._activity.hear(block)
        works = self._activity is not None and self._activity.works
        spoken = self._activity.has_spoken if self._activity is not None and works else level.can_judge
        heard_ms = self._blocks * BLOCK_MS
        if not spoken:
            return heard_ms >= self._limits.nobody_s * 1000
        pause_ms = self._limits.pause_ms
        if heard_ms < pause_ms:
            return False
        if self._activity is not None and works and self._activity.silent_ms >= pause_ms:
            return True
        return level.can_judge and not level.spoke_within(pause_ms)

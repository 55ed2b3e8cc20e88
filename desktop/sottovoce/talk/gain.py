"""Automatic gain: a voice that is quiet all the time is raised, slowly, and never so far that anything is cut off.

Both engines understand speech of −50 dBFS as they do loud speech; below, the first one that fails is who tells speech
from silence. So gain is for the quiet ones alone: what is loud enough passes unchanged.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS, SAMPLE_BYTES

if TYPE_CHECKING:
    from sottovoce.domain.microphones import SoundLevel
    from sottovoce.talk.speech_level import SpeechLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLimits:
    """How far and how fast."""

    wanted_dbfs: float = -30.0
    """Where the loudest blocks of a voice are brought to, if they are lower."""
    most_db: float = 24.0
    """More would be the noise's."""
    noise_dbfs: float = -50.0
    """The noise is not raised over this."""
    up_db_s: float = 12.0
    """Rise within a second: a word is not louder at its end than at its beginning."""
    down_db_s: float = 24.0
    """The same downwards, where nothing would be cut off."""
    peak_dbfs: float = -1.0
    """No sample is brought over this: there the gain gives way at once."""


class AutomaticGain:
    """The gain of one microphone; it stays from one recording to the next."""

    def __init__(self, limits: GainLimits | None = None) -> None:
        """Begin without any."""
        self._limits = limits or GainLimits()
        self.gain_db = 0.0
        """What is added now."""

    def applied(self, block: bytes, level: SoundLevel, heard: SpeechLevel) -> bytes:
        """The block as it goes to the recogniser.

        Args:
            block: 16 kHz mono int16.
            level: Of this block.
            heard: Of the recording until now, this block included.
        """
        before = min(self.gain_db, self._limits.peak_dbfs - level.peak_dbfs)
        after = min(self._next(heard), self._limits.peak_dbfs - level.peak_dbfs)
        self.gain_db = max(0.0, after)
        first, last = _factor(before), _factor(after)
        if first == last == 1.0:
            return block
        samples = array("h", block[: len(block) - len(block) % SAMPLE_BYTES])
        step = (last - first) / max(1, len(samples))
        return array("h", [round(sample * (first + step * n)) for n, sample in enumerate(samples)]).tobytes()

    def _next(self, heard: SpeechLevel) -> float:
        """Where the gain goes with this block, as fast as it may."""
        limits, history = self._limits, heard.history
        if not heard.can_judge:
            return self.gain_db
        most = max(0.0, min(limits.most_db, limits.noise_dbfs - history.noise_dbfs))
        wanted = min(most, max(0.0, limits.wanted_dbfs - history.loudest_dbfs))
        up, down = (rate * BLOCK_MS / 1000 for rate in (limits.up_db_s, limits.down_db_s))
        return min(self.gain_db + up, max(self.gain_db - down, wanted))


def _factor(gain_db: float) -> float:
    return 10 ** (max(0.0, gain_db) / 20)

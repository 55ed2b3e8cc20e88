"""Microphones as values: which there are, and how loud one is."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from operator import mul

from sottovoce.domain.audio import SAMPLE_BYTES
from sottovoce.domain.errors import MicrophoneSilent, MicrophoneTooLoud, MicrophoneTooQuiet, SoundTrouble

SILENCE_DBFS = -96.0
"""What digital silence counts as: the least that 16 bits can hold."""

FULL_SCALE = 32_768.0
"""The largest 16-bit sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSource:
    """One thing that can be listened to."""

    name: str
    """What the setting `microphone` holds to choose it; it stays the same over plugging and restarting."""
    label: str
    """What people read, like Built-in Audio Analog Stereo."""
    is_default: bool = False
    """It is what the system takes where none is named."""
    is_monitor: bool = False
    """It is no microphone: it repeats what a loudspeaker plays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLevel:
    """How loud a piece of sound is, in decibels below full scale (0 is the loudest, −96 silence)."""

    rms_dbfs: float = SILENCE_DBFS
    """Its mean loudness, a constant added by a cheap sound card taken away."""
    peak_dbfs: float = SILENCE_DBFS
    """Its largest sample."""
    is_clipped: bool = False
    """Samples were cut off at full scale: it was too loud for the microphone."""


CUT_OFF = 32_700
"""From here on a sample counts as cut off (−0.02 dBFS)."""

CUT_OFF_SAMPLES = 3
"""So many in a piece are no accident."""


def level_of(pcm: bytes) -> SoundLevel:
    """Measure a piece of 16 kHz mono int16, best one block (20 µs a block)."""
    samples = array("h", pcm[: len(pcm) - len(pcm) % SAMPLE_BYTES])
    if not samples:
        return SoundLevel()
    high, low = max(samples), min(samples)
    mean = sum(samples) / len(samples)
    power = sum(map(mul, samples, samples)) / len(samples) - mean * mean
    clipped = max(high, -low) >= CUT_OFF and sum(abs(sample) >= CUT_OFF for sample in samples) >= CUT_OFF_SAMPLES
    return SoundLevel(rms_dbfs=dbfs(math.sqrt(max(0.0, power))), peak_dbfs=dbfs(max(high, -low)), is_clipped=clipped)


def dbfs(amplitude: float) -> float:
    """Decibels below full scale of an amplitude from 0 to 32,768."""
    return max(SILENCE_DBFS, 20 * math.log10(amplitude / FULL_SCALE)) if amplitude > 0 else SILENCE_DBFS


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLimits:
    """From where on a microphone is set wrong."""

    quiet_dbfs: float = -50.0
    """The loudest block of speech below this: hard to understand. Speech of −40 dBFS on the mean has blocks of −33."""
    speech_db: float = 12.0
    """From the noise to the loudest block: less is no speech, and no reason to say that somebody is too quiet."""
    clipped_share: float = 0.05
    """Part of the blocks with speech that may be cut off: a laugh or a bump on the table is more for a moment."""
    silent_blocks: int = 25
    """Nothing but digital zeros for so long (0.5 s) is a muted microphone."""
    least_blocks: int = 25
    """Blocks (0.5 s) before anything is said about loudness."""


class LevelHistory:
    """The levels of one recording, and what is to be told about them; keeps numbers only."""

    def __init__(self, limits: LevelLimits | None = None) -> None:
        """Nothing has been heard yet."""
        self.limits = limits or LevelLimits()
        self._counts: dict[int, int] = {}  # blocks by their loudness in whole decibels
        self._blocks = 0
        self._clipped = 0
        self._zeros_only = True

    def hear(self, level: SoundLevel) -> None:
        """Take the level of the next block."""
        place = round(level.rms_dbfs)
        self._counts[place] = self._counts.get(place, 0) + 1
        self._blocks += 1
        self._clipped += level.is_clipped
        self._zeros_only = self._zeros_only and level.peak_dbfs <= SILENCE_DBFS

    @property
    def zeros_only(self) -> bool:
        """Whether all of it was digital silence."""
        return self._zeros_only

    @property
    def noise_dbfs(self) -> float:
        """Where the quietest tenth of the blocks ends: what is heard while nobody speaks."""
        return self._quantile(0.1)

    @property
    def loudest_dbfs(self) -> float:
        """Where the loudest twentieth begins: the strong syllables, without a single bump."""
        return self._quantile(0.95)

    def _quantile(self, share: float) -> float:
        seen, wanted = 0, max(1, round(share * self._blocks))
        for place in sorted(self._counts):
            seen += self._counts[place]
            if seen >= wanted:
                return float(place)
        return SILENCE_DBFS

    def trouble(self) -> SoundTrouble | None:
        """What is wrong with the microphone's level, as one sentence and what helps; None while all is well."""
        if self._zeros_only:
            return MicrophoneSilent() if self._blocks >= self.limits.silent_blocks else None
        if self._blocks < self.limits.least_blocks:
            return None
        loudest, noise = self.loudest_dbfs, self.noise_dbfs
        spoken = sum(count for place, count in self._counts.items() if place >= noise + self.limits.speech_db)
        if self._clipped > self.limits.clipped_share * max(spoken, 1):
            return MicrophoneTooLoud()
        if loudest < self.limits.quiet_dbfs and loudest - noise >= self.limits.speech_db:
            return MicrophoneTooQuiet()
        return None

"""Whether a recording can hold speech at all: recognisers make words out of silence and steady noise."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from dataclasses import dataclass
from operator import mul

from sottovoce.domain.audio import BLOCK_BYTES, SAMPLE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechGate:
    """The loudness that no speech falls below.

    Measured with espeak-ng's speech attenuated step by step (loudest 20 ms, as RMS of 16-bit samples): whole sentences
    are recognised at 20, single words at 11, nothing at 6. Steady noise of any level stays within 1.4 dB, mains hum
    within 0.1 dB; a word rises and falls by more than 20 dB.
    """

    floor_rms: float = 8.0
    """Loudest 20 ms below this (−72 dBFS): nothing was said."""
    steady_db: float = 3.0
    """A lone word in a recording whose loudness varies less than this is a hallucination."""
    steady_blocks: int = 25
    """Blocks (0.5 s) from which loudness can be called steady."""


_STEPS_PER_DB = 2


class Loudness:
    """The loudness of a recording, heard piece by piece (20 µs a block); keeps numbers only."""

    def __init__(self, gate: SpeechGate | None = None) -> None:
        """Nothing has been heard yet."""
        self._gate = gate or SpeechGate()
        self._loudest = 0.0
        self._levels: Counter[int] = Counter()  # blocks by level in half decibels
        self._rest = b""

    def hear(self, pcm: bytes) -> None:
        """Take the next piece (whole int16 samples, any length)."""
        pcm = self._rest + pcm
        whole = len(pcm) - len(pcm) % BLOCK_BYTES
        self._rest = pcm[whole:]
        for start in range(0, whole, BLOCK_BYTES):
            self._measure(pcm[start : start + BLOCK_BYTES])

    def _measure(self, block: bytes) -> None:
        samples = array("h", block)
        mean = sum(samples) / len(samples)  # a cheap sound card adds a constant
        rms = math.sqrt(max(0.0, sum(map(mul, samples, samples)) / len(samples) - mean * mean))
        self._loudest = max(self._loudest, rms)
        self._levels[round(20 * _STEPS_PER_DB * math.log10(max(rms, 1.0)))] += 1

    def _range_db(self) -> float:
        """From the loudest block down to the quietest tenth."""
        quiet, wanted = 0, max(1, self._levels.total() // 10)
        for level in sorted(self._levels):
            quiet += self._levels[level]
            if quiet >= wanted:
                return (max(self._levels) - level) / _STEPS_PER_DB
        return 0.0

    def speech_possible(self, words: int | None = None) -> bool:
        """Whether what was heard can be speech.

        Args:
            words: How many were recognised; None while that is open, then only silence is trouble.
        """
        if self._rest and not self._levels:
            self._measure(self._rest[: len(self._rest) - len(self._rest) % SAMPLE_BYTES])
        if self._loudest < self._gate.floor_rms:
            return False
        steady = self._levels.total() >= self._gate.steady_blocks and self._range_db() < self._gate.steady_db
        return not (words == 1 and steady)

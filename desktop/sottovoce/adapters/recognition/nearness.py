"""Whether who speaks is near: other people's far-off talk is no word to the assistant."""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class NearLimits:
    """How far-off talk is known: it is quiet, and dull, or the room fills up the gaps between its syllables.

    Measured: after loud sounds, near speech falls by 13 to 27 dB within 0.1 s, with a room around by 9 to 19; talk
    through a door or down a hall by 5 to 9. In near speech the hissing sounds have, from 2.8 to 3.8 kHz, 4 to 22 dB
    less than vowels below 2.4 kHz (over a telephone, in a room, 30 dB quieter as well); through a wall 28 to 45. Near
    speech has loud sounds of -28 to -10 dB of full scale; automatic gain raises others up to -30.
    """

    quiet_db: float = -28.0
    """Speech with louder sounds than this (dB of full scale) is near."""
    fall_db: float = 9.0
    """What quieter near speech falls by at least, in the tenth of its loud sounds that fall most."""
    low_db: float = -35.0
    """Below this, more is asked for."""
    low_fall_db: float = 11.0
    """As `fall_db`, there."""
    dull_db: float = 25.0
    """Quiet speech whose hisses are so far below its vowels comes through a wall, however dry the room."""
    below_db: float = 20.0
    """Speech so far below the loudest of the same recording is somebody else's."""


_VOWELS, _HISSES = slice(7, 77), slice(90, 122)
"""Frequencies in the spectrum of a window: 0.2 to 2.4 kHz, 2.8 to 3.8 kHz; a telephone has no higher ones."""
_WITHIN = 3
"""Windows in which the level is to fall."""


class Nearness:
    """Levels of one utterance, heard window by window (32 ms); keeps numbers only."""

    def __init__(self, limits: NearLimits | None = None) -> None:
        """Nothing has been heard yet."""
        self._limits = limits or NearLimits()
        self._np: Any = importlib.import_module("numpy")
        self._levels: list[float] = []
        self._speech: list[int] = []
        self._vowels: list[float] = []  # powers in these bands, of the windows with speech
        self._hisses: list[float] = []

    def hear(self, window: Any, *, speech: bool) -> float:  # noqa: ANN401 - NumPy, loaded late
        """Take a window; returns its level in dB of full scale."""
        power = float(self._np.square(window - window.mean()).mean())
        level_db = 10 * math.log10(power + 1e-10)
        self._levels.append(level_db)
        if speech:
            spectrum = self._np.square(self._np.abs(self._np.fft.rfft(window * self._np.hanning(len(window)))))
            self._vowels.append(float(spectrum[_VOWELS].mean()))
            self._hisses.append(float(spectrum[_HISSES].mean()))
            self._speech.append(len(self._levels) - 1)  # the last: another thread may ask meanwhile
        return level_db

    def is_near(self) -> bool:
        """Whether near speech was heard at all."""
        if not self._speech:
            return False
        limits, loud_db = self._limits, self._loud_db()
        if loud_db >= limits.quiet_db:
            return True
        return not self._is_dull() and self._fall_db() >= (
            limits.low_fall_db if loud_db < limits.low_db else limits.fall_db
        )

    def is_same(self, loud_db: float) -> bool:
        """Whether speech of this level may be that of the one who spoke loudest."""
        return not self._speech or loud_db >= self._loud_db() - self._limits.below_db

    def _loud_db(self) -> float:
        return self._share([self._levels[at] for at in self._speech], 0.95)

    def _is_dull(self) -> bool:
        hisses, vowels = self._share(self._hisses, 0.95), self._share(self._vowels, 0.9)  # no single loud one counts
        return hisses < vowels / 10 ** (self._limits.dull_db / 10)

    def _fall_db(self) -> float:
        speech, levels = list(self._speech), list(self._levels)  # in this order: they may grow meanwhile
        loud_db = self._share([levels[at] for at in speech], 0.7)
        ends = [*levels, *[levels[-1]] * _WITHIN]
        return self._share(
            [levels[at] - min(ends[at + 1 : at + 1 + _WITHIN]) for at in speech if levels[at] >= loud_db], 0.9
        )

    @staticmethod
    def _share(values: list[float], share: float) -> float:
        return sorted(values)[min(len(values) - 1, int(len(values) * share))]

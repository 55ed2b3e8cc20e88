"""Sounds that no words are in: hum, tones, sweeps, chords, clicks, coloured noise (our own)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.starter_model.utterances import PEAK, RATE_HZ, Utterance

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

Wave = np.ndarray[Any, np.dtype[np.float64]]


def made(count: int, draw: random.Random) -> Iterator[Utterance]:
    """So many, of one to four seconds."""
    random = np.random.default_rng(draw.getrandbits(32))
    kinds = (_hum, _tone, _sweep, _notes, _knocks, _coloured)
    for _ in range(count):
        moments = np.arange(int(random.uniform(1, 4) * RATE_HZ)) / RATE_HZ
        wave = kinds[random.integers(len(kinds))](moments, random)
        wave = wave + random.normal(0, 1, len(moments)) * 10 ** random.uniform(-4, -1.5)
        yield Utterance((wave / (np.abs(wave).max() + 1e-9) * PEAK).astype(np.int16), "", "noise")


def _hum(moments: Wave, random: np.random.Generator) -> Wave:
    hertz = random.choice([50, 60, 100, 120, random.uniform(40, 400)])
    parts = (
        np.sin(2 * np.pi * hertz * harmonic * moments + random.uniform(0, 2 * np.pi)) * random.uniform(0, 1) / harmonic
        for harmonic in range(1, int(random.integers(2, 9)))
    )
    return np.asarray(np.sum(list(parts), axis=0))


def _tone(moments: Wave, random: np.random.Generator) -> Wave:
    hertz = np.exp(random.uniform(np.log(80), np.log(6000)))
    return np.asarray(np.sin(2 * np.pi * hertz * moments))


def _sweep(moments: Wave, random: np.random.Generator) -> Wave:
    begin, end = random.uniform(80, 5000, 2)
    phase = begin * moments + (end - begin) * moments**2 / (2 * moments[-1])
    return np.asarray(np.sin(2 * np.pi * phase))


def _notes(moments: Wave, random: np.random.Generator) -> Wave:
    wave, at = np.zeros(len(moments)), 0
    while at < len(moments):
        length = int(random.uniform(0.1, 0.6) * RATE_HZ)
        within, hertz = moments[: len(wave[at : at + length])], random.uniform(100, 1500)
        for interval in (1, 1.26, 1.5, 2)[: random.integers(1, 5)]:
            wave[at : at + length] += np.sin(2 * np.pi * hertz * interval * within) * np.exp(
                -within * random.uniform(0, 8)
            )
        at += length
    return wave


def _knocks(moments: Wave, random: np.random.Generator) -> Wave:
    wave = np.zeros(len(moments))
    for _ in range(random.integers(1, 12)):
        at, length = random.integers(0, len(wave) - 2000), int(random.uniform(10, 1800))
        decay = np.exp(-np.arange(length) / (length / 5))
        wave[at : at + length] += random.normal(0, 1, length) * decay * random.uniform(0.2, 1)
    return wave


def _coloured(moments: Wave, random: np.random.Generator) -> Wave:
    walk = np.cumsum(random.normal(0, 1, len(moments)))
    walk -= np.convolve(walk, np.ones(401) / 401, "same")
    colour = walk / walk.std() * random.uniform(0, 1) + random.normal(0, 1, len(moments)) * random.uniform(0, 1)
    return np.asarray(colour * (1 + 0.9 * np.sin(2 * np.pi * random.uniform(0.2, 4) * moments)))

"""What may happen to speech on its way to a microphone: rooms, equalisers, telephones, noise, other voices, gain.

Everything is drawn from one generator, so that a seed gives the same sounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.starter_model.features import BINS, FRAME, RATE_HZ, STEP
from tools.starter_model.fourier import irfft, rfft

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.Generator

RESAMPLED_P = 0.4
FILTERED_P = 0.4
"""For each of low cut, telephone band, room."""
CLEAN_P, BABBLE_P, HUM_P, CLICKS_P = 0.08, 0.17, 0.1, 0.08
LONGEST_ROOM = 8000
"""Samples of reverberation."""
_TAIL = 4000
_FULL = 32_767


def resampled(samples: Array, random: Random) -> Array:
    """Faster and higher, or slower and lower, now and then."""
    if random.random() > RESAMPLED_P:
        return samples
    places = np.arange(0, len(samples) - 1, random.uniform(0.84, 1.2))
    return np.asarray(np.interp(places, np.arange(len(samples)), samples), np.int16)


def placed(sounds: Sequence[Array], random: Random) -> Array:
    """Each somewhere in a row of a common length, with silence around: (batch, samples) float32."""
    before = [int(random.uniform(200, 8000)) for _ in sounds]
    ends = [at + len(sound) for at, sound in zip(before, sounds, strict=True)]
    length = max(ends) + int(random.uniform(2000, 9000))
    rows = np.zeros((len(sounds), -(-length // STEP) * STEP + FRAME), np.float32)
    for row, at, end, sound in zip(rows, before, ends, sounds, strict=True):
        row[at:end] = sound
    return rows


def augmented(rows: Array, lengths: Sequence[int], random: Random) -> Array:
    """Heard through a room and a microphone, with noise and at another level.

    Args:
        rows: (batch, samples) in the scale of 16-bit integers.
        lengths: How many samples of each are speech.
        random: Decides all of it.
    """
    heard, noises = _filtered(rows, random)
    others = np.roll(np.roll(heard, 1, axis=0), rows.shape[1] // 3, axis=1)
    power = np.sqrt((heard**2).sum(axis=1) / np.maximum(np.array(lengths), 1))
    out = np.empty_like(heard)
    for at, row in enumerate(heard):
        out[at] = row + _disturbance(noises[at], others[at], float(power[at]), random)
    gain = 10 ** random.uniform(-1.7, 0.15, len(out)) * 8000 / (np.abs(out).max(axis=1) * 0.5 + 1)
    return np.asarray(np.clip(out * gain[:, None], -_FULL, _FULL).round(), np.float32)


def _filtered(rows: Array, random: Random) -> tuple[Array, Array]:
    """The rows through equaliser and room, and coloured noise of their length."""
    count, length = rows.shape
    size = -(-(length + _TAIL) // 4096) * 4096
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ).astype(np.float32)
    octaves = np.log2(np.maximum(hertz, 50) / 1000)
    white = rfft(random.standard_normal((count, length), np.float32), size)
    heard, noises = np.empty_like(rows), np.empty_like(rows)
    for at in range(count):
        response = rfft(_room(random), size) * 10 ** (_equaliser(hertz, octaves, random) / 20)
        heard[at] = irfft(rfft(rows[at], size) * response, size)[:length]
        colour = 10 ** (np.clip(random.uniform(-6, 1) * octaves, -30, 20) / 20)
        noises[at] = irfft(white[at] * colour, size)[:length]
    return heard, noises


def _equaliser(hertz: Array, octaves: Array, random: Random) -> Array:
    """Decibels: a tilt, a bell, and at times a low cut or the band of a telephone."""
    decibels = random.uniform(-3, 3) * octaves
    middle, width, height = random.uniform(200, 6000), random.uniform(0.3, 1.5), random.uniform(-8, 8)
    decibels = decibels + height * np.exp(-((np.log2(np.maximum(hertz, 30) / middle) / width) ** 2))
    if random.random() < FILTERED_P:
        decibels = decibels - 12 * np.log2(np.maximum(random.uniform(60, 350) / np.maximum(hertz, 20), 1))
    if random.random() < FILTERED_P:
        decibels = decibels - 60 * np.log2(np.maximum(hertz / random.uniform(3300, 4200), 1))
    return np.asarray(np.clip(decibels, -60, 25), np.float32)


def _room(random: Random) -> Array:
    """An impulse response: the direct sound alone, or with a decaying tail."""
    response = np.zeros(LONGEST_ROOM, np.float32)
    if random.random() < FILTERED_P:
        decay = np.exp(-6.9 * np.arange(LONGEST_ROOM) / RATE_HZ / random.uniform(0.12, 0.6))
        tail = decay * random.standard_normal(LONGEST_ROOM)
        tail[: int(RATE_HZ * random.uniform(0.001, 0.01))] = 0
        response += tail / np.linalg.norm(tail) * 10 ** (random.uniform(-18, -1) / 20)
    response[0] += 1
    return response


def _disturbance(noise: Array, other: Array, level: float, random: Random) -> Array | float:
    """What is heard beside the speech, 3 to 40 dB below it."""
    kind = random.random()
    if kind < CLEAN_P:
        return 0.0
    loudness = (level + 1e-3) * 10 ** (-random.uniform(3, 40) / 20)
    sound = noise / (noise.std() + 1e-6)
    if random.random() < HUM_P:
        sound = sound * 0.4 + _hum(len(noise), random) * 0.8
    if random.random() < CLICKS_P:
        sound = sound + _clicks(len(noise), random)
    if kind < CLEAN_P + BABBLE_P and level > 0:
        return np.asarray(0.6 * loudness * (sound * 0.3 + other / (other.std() + 1e-3) * 0.9))
    return np.asarray(loudness * sound)


def _hum(length: int, random: Random) -> Array:
    phase = 2 * np.pi * random.uniform(50, 400) * np.arange(length) / RATE_HZ
    parts = [np.sin(phase * part + random.uniform(0, 6.28)) / part for part in (1, 2, 3)]
    return np.asarray(np.sum(parts, axis=0))


def _clicks(length: int, random: Random) -> Array:
    sound = np.zeros(length)
    for _ in range(int(random.uniform(1, 8))):
        at, lasts = int(random.uniform(0, length - 300)), int(random.uniform(5, 200))
        sound[at : at + lasts] += random.standard_normal() * random.uniform(2, 8)
    return sound


def mask(features: Array, random: Random) -> None:
    """Silence a band of some, and a moment of some: (batch, frames, bins), in place."""
    for one in features:
        if random.random() < 0.4:  # noqa: PLR2004 - shares, found by trying
            low = int(random.integers(0, BINS - 4))
            one[:, low : low + int(random.integers(1, 7))] = 0
        if random.random() < 0.3:  # noqa: PLR2004
            at = int(random.integers(0, max(1, len(one) - 10)))
            one[at : at + int(random.integers(1, 10))] = 0

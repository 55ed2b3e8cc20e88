"""What may happen to a recording on its way to the recogniser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from sottovoce.domain.audio import SAMPLE_RATE_HZ as RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.hearing_sets import Sound


def pcm_of(sound: Sound) -> bytes:
    """16-bit mono, with a quarter of a second around."""
    return bytes((quiet(sound, 0.25, 0.25) * 32767).clip(-32768, 32767).astype("<i2").tobytes())


def quiet(sound: Sound, before_s: float, after_s: float) -> Sound:
    """Silence around it."""
    return np.concatenate([np.zeros(round(before_s * RATE)), sound, np.zeros(round(after_s * RATE))]).astype(np.float32)


def faster(sound: Sound, times: float) -> Sound:
    """Faster and higher."""
    return np.asarray(soxr.resample(sound, RATE, RATE / times))


def noisy(sound: Sound, below_db: float, *, pink: bool = False) -> Sound:
    """Noise so far below the speech's loud half."""
    noise = np.random.default_rng(5).normal(0, 1, len(sound))
    if pink:
        spectrum = np.fft.rfft(noise)
        noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), len(sound))
    powers = np.square(sound[: len(sound) // 320 * 320]).reshape(-1, 320).mean(axis=1)
    speech = np.sqrt(powers[powers > np.percentile(powers, 60)].mean())
    return np.asarray(sound + noise / noise.std() * speech / 10 ** (below_db / 20), np.float32)


def louder(sound: Sound, by_db: float) -> Sound:
    """Amplified from a peak of half of full scale, cut off at full scale."""
    return np.asarray((sound / np.abs(sound).max() * 0.5 * 10 ** (by_db / 20)).clip(-1, 1), np.float32)


def room(sound: Sound, seconds: float, wet: float) -> Sound:
    """With the echo of a room beside the direct sound."""
    count = round(seconds * RATE)
    echo = np.random.default_rng(6).normal(0, 1, count) * np.exp(-6.9 * np.arange(count) / count)
    echo *= wet / np.sqrt(np.square(echo).sum())
    echo[0] += 1
    size = len(sound) + count
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size) * 0.6, np.float32)


def telephone(sound: Sound) -> Sound:
    """Nothing above 4 kHz."""
    return np.asarray(soxr.resample(soxr.resample(sound, RATE, RATE // 2), RATE // 2, RATE))


def late(sound: Sound, lost_ms: int) -> Sound:
    """The recording begins in its first word."""
    first = int(np.argmax(np.abs(sound) > 0.05 * np.abs(sound).max()))
    return sound[max(0, first + (lost_ms - 50) * RATE // 1000) :]


def interrupted(sound: Sound, pause_s: float) -> Sound:
    """A long pause at the quietest place of the middle third."""
    third = len(sound) // 3
    smooth = np.convolve(np.square(sound), np.ones(1600) / 1600, "same")
    at = third + int(np.argmin(smooth[third : 2 * third]))
    return np.concatenate([sound[:at], np.zeros(round(pause_s * RATE), np.float32), sound[at:]])


VARIATIONS: dict[str, Callable[[Sound], Sound]] = {
    "as recorded": lambda sound: sound,
    "slower by 13 %": lambda sound: faster(sound, 0.87),
    "faster by 15 %": lambda sound: faster(sound, 1.15),
    "white noise, 20 dB": lambda sound: noisy(sound, 20),
    "white noise, 10 dB": lambda sound: noisy(sound, 10),
    "pink noise, 15 dB": lambda sound: noisy(sound, 15, pink=True),
    "gain -30 dB": lambda sound: louder(sound, -30),
    "gain +6 dB, clipped": lambda sound: louder(sound, 12),
    "room of 0.4 s": lambda sound: room(sound, 0.4, 0.5),
    "8 kHz": telephone,
    "3 s before, 5 s behind": lambda sound: quiet(sound, 3, 5),
    "begins 30 ms late": lambda sound: late(sound, 30),
    "a pause of 4 s": lambda sound: interrupted(sound, 4),
}

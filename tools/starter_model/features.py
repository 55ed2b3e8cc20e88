"""Log-mel features as Kaldi computes them (fbank without dither) and its online normalisation of their mean, in NumPy.

Sounds are batches of float32 samples in the scale of 16-bit integers; features are (batch, frames, `BINS`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tools.starter_model.fourier import rfft

RATE_HZ = 16_000
BINS = 40
FRAME, STEP = 400, 160
"""Samples: 25 ms every 10 ms."""
LOWEST_HZ, HIGHEST_HZ = 20.0, 7600.0
EMPHASIS = 0.97
WINDOW = 600
"""Frames over which the mean is taken."""
GLOBAL_FRAMES = 200
"""For how many frames of history the mean of all training speech stands at most."""
_FFT = 512
_LEAST = np.float32(np.finfo(np.float32).eps)
_POVEY = ((0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / (FRAME - 1))) ** 0.85).astype(np.float32)
_VTLN_LOW_HZ, _VTLN_HIGH_HZ = 60.0, 7400.0

Array = np.ndarray[Any, np.dtype[Any]]


def mel_bank(warp: float = 1.0) -> Array:
    """Triangular filters over the spectrum, (257, `BINS`); `warp` is the length of the vocal tract, 1 as it is."""
    lowest, highest = _mel(LOWEST_HZ), _mel(HIGHEST_HZ)
    edges = lowest + (highest - lowest) / (BINS + 1) * np.arange(BINS + 2)
    if warp != 1:
        edges = _mel(_warped(700 * (np.exp(edges / 1127) - 1), warp))
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    points = _mel(np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT)[:, None]
    rising, falling = (points - left) / (middle - left), (right - points) / (right - middle)
    bank = np.maximum(np.where(points <= middle, rising, falling), 0)
    bank[-1] = 0  # Kaldi leaves the last bin out
    return np.asarray(bank, np.float32)


def _mel(hertz: Any) -> Any:  # noqa: ANN401 - a number or an array of them
    return 1127 * np.log(1 + hertz / 700)


def _warped(hertz: Array, warp: float) -> Array:
    """Kaldi's piecewise linear warp, which leaves the ends of the range where they are."""
    low, high, scale = _VTLN_LOW_HZ * max(1, warp), _VTLN_HIGH_HZ * min(1, warp), 1 / warp
    below = LOWEST_HZ + (scale * low - LOWEST_HZ) / (low - LOWEST_HZ) * (hertz - LOWEST_HZ)
    above = HIGHEST_HZ + (HIGHEST_HZ - scale * high) / (HIGHEST_HZ - high) * (hertz - HIGHEST_HZ)
    warped = np.where(hertz < low, below, np.where(hertz < high, scale * hertz, above))
    return np.asarray(np.where((hertz < LOWEST_HZ) | (hertz > HIGHEST_HZ), hertz, warped))


def fbank(samples: Array, bank: Array) -> Array:
    """Features of whole frames.

    Args:
        samples: (batch, samples).
        bank: Of `mel_bank`, for all, or (batch, 257, `BINS`).
    """
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME, axis=1)[:, ::STEP]
    frames = frames - frames.mean(axis=2, keepdims=True)
    shifted = np.concatenate([frames[..., :1], frames[..., :-1]], axis=2)
    spectrum = rfft((frames - EMPHASIS * shifted) * _POVEY, _FFT)
    power = spectrum.real**2 + spectrum.imag**2
    return np.asarray(np.log(np.maximum(power @ bank, _LEAST)))


def normalised(features: Array, mean: Array, history: Array | None = None) -> Array:
    """Without the mean of the frames so far, as Kaldi's online CMVN does it.

    Args:
        features: (batch, frames, bins).
        mean: Of all training speech, (bins,): it stands in for what was not heard yet.
        history: (batch,) frames that each was heard before, with the utterance's own mean.
    """
    count = np.arange(1, features.shape[1] + 1, dtype=np.float32)[None, :, None]
    total = np.cumsum(features, axis=1)
    if history is not None:
        count = count + history[:, None, None]
        total = total + history[:, None, None] * features.mean(axis=1, keepdims=True)
    missing = np.clip(WINDOW - count, 0, GLOBAL_FRAMES)
    if features.shape[1] > WINDOW:
        total[:, WINDOW:] -= np.cumsum(features, axis=1)[:, :-WINDOW]
        count = np.minimum(count, WINDOW)
    return np.asarray(features - (total + missing * mean) / (count + missing), np.float32)

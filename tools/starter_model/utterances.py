"""Spoken training texts: sound, what is said in it and by which voice, kept together in one file a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RATE_HZ = 16_000
PEAK = 20_000
AUDIBLE = 120
"""Quieter samples, of `PEAK`, are silence at the ends."""
MARGIN = RATE_HZ // 20
SHORTEST, LONGEST = 3_000, 9 * RATE_HZ
"""Samples; fewer audible ones are a voice that failed."""

Samples = np.ndarray[Any, np.dtype[np.int16]]


@dataclass(frozen=True, slots=True)
class Utterance:
    """16-bit mono sound at 16 kHz, the words in it (none in a noise), and the voice's name."""

    samples: Samples
    text: str
    voice: str


def trimmed(samples: np.ndarray[Any, Any], rate_hz: float) -> Samples | None:
    """At 16 kHz and one level, with a short silence at its ends; None if it holds no speech or is too long.

    Args:
        samples: Mono sound in any scale.
        rate_hz: Its rate; another than the true one changes pitch, formants and tempo together.
    """
    sound = soxr.resample(np.asarray(samples, np.float32), rate_hz, RATE_HZ)
    sound = sound / (np.abs(sound).max(initial=0.0) + 1e-6) * PEAK
    audible = np.flatnonzero(np.abs(sound) > AUDIBLE)
    if len(audible) < SHORTEST:
        return None
    sound = sound[max(0, audible[0] - MARGIN) : audible[-1] + MARGIN]
    return np.asarray(sound, np.int16) if len(sound) <= LONGEST else None


def read_wave(file: Path, speed: float = 1.0) -> Samples | None:
    """What a synthesiser wrote, `trimmed`, and spoken at `speed`; None if it wrote nothing of use."""
    try:
        samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return None
    return trimmed(samples[:, 0], rate_hz * speed) if len(samples) else None


def write_utterances(file: Path, utterances: Iterable[Utterance]) -> None:
    """Keep them in one NumPy archive, whole or not at all."""
    kept = list(utterances)
    begun = file.with_suffix(".part.npz")
    np.savez(
        begun,
        samples=np.concatenate([np.zeros(0, np.int16), *(one.samples for one in kept)]),
        lengths=np.array([len(one.samples) for one in kept], np.int64),
        texts=np.array([one.text for one in kept], np.str_),
        voices=np.array([one.voice for one in kept], np.str_),
    )
    begun.replace(file)


def read_utterances(file: Path) -> list[Utterance]:
    """What `write_utterances` kept."""
    with np.load(file) as archive:
        pieces = np.split(archive["samples"], np.cumsum(archive["lengths"])[:-1])
        said = zip(pieces, archive["texts"].tolist(), archive["voices"].tolist(), strict=False)
        return [Utterance(*one) for one in said]

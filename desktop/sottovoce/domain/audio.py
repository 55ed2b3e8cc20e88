"""The one audio format that travels through the house."""

from __future__ import annotations

SAMPLE_RATE_HZ = 16_000
"""Samples per second: what the acoustic models are trained on."""

SAMPLE_BYTES = 2
"""Bytes per sample: 16-bit signed little-endian, mono."""

BLOCK_MS = 20
"""Milliseconds of sound in one microphone block."""

BLOCK_BYTES = SAMPLE_RATE_HZ * SAMPLE_BYTES * BLOCK_MS // 1000
"""Bytes of one microphone block (640)."""


def duration_s(pcm_bytes: int) -> float:
    """Seconds of sound in that many bytes of 16 kHz mono int16."""
    return pcm_bytes / (SAMPLE_RATE_HZ * SAMPLE_BYTES)


def blocks_of(pcm: bytes, block_bytes: int = BLOCK_BYTES) -> list[bytes]:
    """Cut `pcm` into microphone-sized blocks; the last one may be shorter."""
    return [pcm[start : start + block_bytes] for start in range(0, len(pcm), block_bytes)]

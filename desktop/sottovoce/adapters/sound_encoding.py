"""Samples as a sound file of a kind that programs ask for."""

from __future__ import annotations

import importlib
import io
import wave
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sottovoce.domain.audio import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"wav": "audio/wav", "mp3": "audio/mpeg", "flac": "audio/flac", "opus": "audio/ogg", "pcm": "audio/pcm"}
)
"""Media types by name; `pcm` is 16-bit mono at `PCM_HZ`, without a header."""
PCM_HZ: Final = 24_000
_FORMATS: Final = MappingProxyType({"mp3": ("MP3", None), "flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")})


def encoded(pcm: bytes, kind: str) -> bytes:
    """16-bit mono PCM at 16 000 Hz as a file of this kind, one of `KINDS`; blocking.

    Raises:
        KeyError: There is no such kind.
    """
    whole = io.BytesIO()
    if kind == "wav":
        with wave.open(whole, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE_HZ)
            file.writeframes(pcm)
        return whole.getvalue()
    np: Any = importlib.import_module("numpy")
    samples = np.frombuffer(pcm, dtype="<i2")
    if kind == "pcm":
        soxr: Any = importlib.import_module("soxr")
        return bytes(soxr.resample(samples, SAMPLE_RATE_HZ, PCM_HZ).astype("<i2").tobytes())
    form, subtype = _FORMATS[kind]
    soundfile: Any = importlib.import_module("soundfile")
    soundfile.write(whole, samples, SAMPLE_RATE_HZ, format=form, subtype=subtype)
    return whole.getvalue()

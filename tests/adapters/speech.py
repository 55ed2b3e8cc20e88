"""Speech for the adapters' tests, and players that need no sound card."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from sottovoce.adapters.synthesis import synthesise
from sottovoce.talk.ports import Recognizer

PAUSE = bytes(16_000)
"""Half a second of silence."""


async def spoken(text: str) -> bytes:
    """`text` as 16 kHz mono int16, between two pauses."""
    return PAUSE + await synthesise(text) + PAUSE


@dataclass
class RealListener:
    """A recogniser of a model, for `RecognizerContract`."""

    recognizer: Recognizer
    pcm: bytes
    spoken: str

    def begin_with(self, text: str) -> None:
        """It hears by itself."""


def put_player(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program `aplay` first on the path; the speech worker takes its sound there."""
    folder.mkdir(exist_ok=True)
    player = folder / "aplay"
    player.write_text(f"#!/bin/sh\n{script}\n")
    player.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

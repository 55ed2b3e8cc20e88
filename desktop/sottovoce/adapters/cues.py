"""The short sounds, played by the system's own means on a thread of their own."""

from __future__ import annotations

import functools
import importlib
import logging
import subprocess
import sys
import wave
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.alsa import alsa_usable, quieten_alsa
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.speech_worker import Alsa
from sottovoce.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.talk.cues import Cue

log = logging.getLogger(__name__)

PLAYER_S = 5.0
"""Longest time the player of macOS may take."""


class SoundCues:
    """Plays them; one that can't be played is left out, and nobody waits for it."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._thread = OwnThread("cues")
        self._playing = False
        self._closed = False

    def play(self, cue: Cue) -> None:
        """Sound it now; returns at once. While one sounds, or a frozen sound server holds it, no other is begun."""
        if self._playing or self._closed:
            return
        self._playing = True
        self._thread.submit(functools.partial(self._play, resource("sounds", f"{cue}.wav")))

    async def close(self) -> None:
        """End the thread. Idempotent."""
        self._closed = True
        await self._thread.close()

    def _play(self, file: Path) -> None:
        try:
            _PLAYERS.get(sys.platform, _by_alsa)(file)
        except Exception as error:  # noqa: BLE001 - whatever a sound system raises, a cue is not worth it
            log.debug("a cue was not played: %s", type(error).__name__)
        finally:
            self._playing = False


def samples(file: Path) -> bytes:
    """The samples of a WAV file: 16-bit mono, 22 050 Hz."""
    with wave.open(str(file), "rb") as sound:
        return sound.readframes(sound.getnframes())


def _by_alsa(file: Path) -> None:
    quieten_alsa()
    alsa = Alsa()
    if alsa_usable() and alsa.open():
        try:
            if alsa.write(samples(file)):
                alsa.drain()
        finally:
            alsa.close()


def _by_windows(file: Path) -> None:
    winsound: Any = importlib.import_module("winsound")
    winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)


def _by_afplay(file: Path) -> None:
    subprocess.run(["/usr/bin/afplay", str(file)], check=False, timeout=PLAYER_S)


_PLAYERS = {"win32": _by_windows, "darwin": _by_afplay}

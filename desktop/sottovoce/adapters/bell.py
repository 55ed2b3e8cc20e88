"""The tones of alarms and reminders, played on a thread of their own and silent the moment they are to be."""

from __future__ import annotations

import functools
import importlib
import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.alsa import alsa_usable, quieten_alsa
from sottovoce.adapters.cues import PLAYER_S, samples
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.speech_worker import SAMPLE_RATE_HZ, Alsa
from sottovoce.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

_PIECE: Final = SAMPLE_RATE_HZ // 20 * 2
"""Bytes of 50 ms: a tone ends as soon after it is hushed, but for what the device has (it drops that)."""


class SoundBell:
    """Rings (`talk.ringing.Bell`); a tone that can't be played is left out, and nobody waits for it."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._thread = OwnThread("bell")
        self._silent = threading.Event()
        self._playing = False
        self._closed = False

    def ring(self, *, soft: bool) -> None:
        """See `Bell`. While one sounds no other is begun."""
        if self._playing or self._closed:
            return
        self._playing = True
        self._silent.clear()
        self._thread.submit(functools.partial(self._play, resource("sounds", "reminder.wav" if soft else "alarm.wav")))

    @property
    def rings(self) -> bool:
        """Whether one sounds, or is about to."""
        return self._playing

    def hush(self) -> None:
        """See `Bell`."""
        self._silent.set()

    async def close(self) -> None:
        """End the thread. Idempotent."""
        self._closed = True
        self.hush()
        await self._thread.close()

    def _play(self, file: Path) -> None:
        try:
            if sys.platform == "win32":
                _by_windows(file)
            elif sys.platform == "darwin":
                self._by_afplay(file)
            else:
                self._by_alsa(file)
        except Exception as error:  # noqa: BLE001 - whatever a sound system raises: it is shown and said, too
            log.info("a tone was not played: %s", type(error).__name__)
        finally:
            self._playing = False

    def _by_alsa(self, file: Path) -> None:
        quieten_alsa()
        alsa = Alsa()
        if not alsa_usable() or not alsa.open():
            return
        try:
            sound = samples(file)
            for begin in range(0, len(sound), _PIECE):
                if self._silent.is_set() or not alsa.write(sound[begin : begin + _PIECE]):
                    return
            alsa.drain()
        finally:
            alsa.close()

    def _by_afplay(self, file: Path) -> None:
        with subprocess.Popen(["/usr/bin/afplay", str(file)]) as player:
            if self._silent.wait(PLAYER_S / 2):
                player.terminate()


def _by_windows(file: Path) -> None:
    winsound: Any = importlib.import_module("winsound")
    winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)

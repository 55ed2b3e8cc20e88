"""Other programs' music makes way while somebody talks; a process of its own gives it back, come what may."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.python_process import python_command

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

LEAVE = "leave"
"""The choice to leave them alone."""
PAUSE = "pause"
"""The choice to pause them."""

ANSWER_S = 1.0
"""Longest wait for which players are held: each may take 0.3 s to be paused."""

HELD_MEDIA = "lowered.json"
"""File, beside the logs, of the volumes that are lowered now: numbers alone."""

FAREWELL_S = 0.3
"""Longest wait for the process at the end; it gives back and ends by itself when its input has ended."""


class OtherMedia:
    """What other programs play (Linux; elsewhere nothing is done). All of it returns at once and never raises."""

    def __init__(self, held: Path) -> None:
        """`held` is the file for volumes that are lowered."""
        self._held = held
        self._thread = OwnThread("media")
        self._process: subprocess.Popen[bytes] | None = None
        self._holds = ""
        self._asked = 0
        self._closed = False

    def open(self) -> None:
        """Give back what a process that was killed had lowered."""
        if sys.platform == "linux" and self._held.exists():
            self._thread.submit(functools.partial(self._send, {"release": True}))

    def hold(self, how: str) -> None:
        """Pause ("pause") or lower ("lower") what plays now; what is held already stays so."""
        if sys.platform == "linux" and not self._holds and not self._closed:
            self._holds = how
            self._thread.submit(functools.partial(self._send, {"hold": how}))

    async def held(self) -> Sequence[str]:
        """See `HeldPlayers`."""
        if self._holds != PAUSE or self._closed:
            return ()
        try:
            return await self._thread.run(self._held_now, deadline_s=ANSWER_S)
        except TimeoutError:
            return ()

    def keep_paused(self) -> None:
        """See `HeldPlayers`."""
        if self._holds and not self._closed:
            self._thread.submit(functools.partial(self._send, {"keep": True}))

    def go_on_with(self, player: str) -> bool:
        """See `HeldPlayers`."""
        if self._holds != PAUSE or self._closed:
            return False
        self._thread.submit(functools.partial(self._send, {"add": player}))
        return True

    def release(self) -> None:
        """Let go on what was playing. Idempotent."""
        if self._holds and not self._closed:
            self._holds = ""
            self._thread.submit(functools.partial(self._send, {"release": True}))

    async def close(self) -> None:
        """Give everything back and end the process. Idempotent."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._end)
        await self._thread.close()

    # On its thread.

    def _send(self, message: dict[str, object]) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = self._started()
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(message).encode() + b"\n")
                self._process.stdin.flush()
        except OSError:
            log.warning("the process that minds other media is gone")

    def _held_now(self) -> tuple[str, ...]:
        """Which players the process holds; none where it does not say so in time."""
        self._asked += 1
        self._send({"tell": self._asked})
        end = time.monotonic() + ANSWER_S
        output = self._process.stdout if self._process else None
        while output is not None and select.select([output], [], [], max(0.0, end - time.monotonic()))[0]:
            line = output.readline()
            if not line:
                break
            reply = json.loads(line)
            if reply["tell"] == self._asked:  # one before may have come too late
                return tuple(reply["held"])
        return ()

    def _started(self) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            python_command("media_worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,  # what it tells is waited for, and must not lie in a buffer
        )
        if started.stdin is not None:
            started.stdin.write(json.dumps({"file": str(self._held)}).encode() + b"\n")
        return started

    def _end(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.communicate(timeout=FAREWELL_S)  # ends its input

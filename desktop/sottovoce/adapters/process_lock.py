"""One process for one home: a lock the operating system drops when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from sottovoce.domain.errors import PlacesUnusable, StoreInUse

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PAUSE_S = 0.01
LONGEST_PAUSE_S = 0.2
"""Pauses between two tries double up to here: neither flock nor msvcrt can wait for a limited time."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class ProcessLock:
    """A held lock. Files stay behind: removing one that another process waits on would give two holders."""

    def __init__(self, descriptor: int) -> None:
        """Own an open, locked descriptor; use `hold`."""
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the home free. Idempotent."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def hold(path: Path, wait_s: float, give_up: threading.Event | None = None) -> ProcessLock:
    """Take the lock at `path`, waiting up to `wait_s` seconds for another holder; blocks the calling thread.

    Args:
        path: The lock's file, made if it is missing.
        wait_s: Seconds to wait; 0 tries once.
        give_up: Set by another thread to end the waiting early.

    Raises:
        StoreInUse: Somebody holds it (another process, or this one a second time).
        PlacesUnusable: The file can't be made.
    """
    sentence = None
    descriptor = -1
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        if _wait(descriptor, wait_s, give_up or threading.Event()):
            return ProcessLock(descriptor)
        os.close(descriptor)
    except OSError as error:
        if descriptor >= 0:
            os.close(descriptor)
        sentence = f"The file {path} cannot be used ({error.strerror})."
    if sentence:
        raise PlacesUnusable(sentence)
    raise StoreInUse


def _wait(descriptor: int, wait_s: float, give_up: threading.Event) -> bool:
    end = time.monotonic() + wait_s
    pause = FIRST_PAUSE_S
    while not _try_lock(descriptor):
        left = end - time.monotonic()
        if left <= 0 or give_up.wait(min(pause, left)):
            return False
        pause = min(pause * 2, LONGEST_PAUSE_S)
    return True

"""One process for one home: a lock the operating system drops when its holder ends, however it ends.

The lock's file also keeps one line for its holders (`note`), which nothing depends on.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import why
from sottovoce.domain.errors import PlacesUnusable, StoreInUse
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PAUSE_S = 0.01
LONGEST_PAUSE_S = 0.2
"""Pauses between two tries double up to here: neither flock nor msvcrt can wait for a limited time."""
MOST_FILES = 3
"""Times that the lock's file is opened anew because it was deleted or replaced before it was locked."""

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


_FLAGS = os.O_RDWR | os.O_CREAT | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
"""Never through a link: whoever planted one would have a file of ours written to."""

NOTE_BYTES = 200
"""Longest line that is kept in a lock's file."""


class ProcessLock:
    """A held lock. Files stay behind: removing one that another process waits on would give two holders."""

    def __init__(self, descriptor: int) -> None:
        """Own an open, locked descriptor; use `hold`."""
        self._descriptor: int | None = descriptor

    def noted(self) -> str | None:
        """The line that the last holder left; None if there is none."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if self._descriptor is not None:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                return os.read(self._descriptor, NOTE_BYTES).decode("ascii").strip() or None
        return None

    def note(self, line: str) -> None:
        """Leave a line to the next holder, if it can be written; no matter if not."""
        with contextlib.suppress(OSError):
            if self._descriptor is not None and self.noted() != line:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, line.encode("ascii").ljust(NOTE_BYTES - 1) + b"\n")

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
    wrong = None
    try:
        for _ in range(MOST_FILES):
            descriptor = os.open(path, _FLAGS, 0o600)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError(errno.EINVAL, "it is not a plain file")
                if not _wait(descriptor, wait_s, give_up or threading.Event()):
                    break
                if _is_at(descriptor, path):
                    lock, descriptor = ProcessLock(descriptor), -1
                    return lock
            finally:
                if descriptor >= 0:
                    os.close(descriptor)
    except OSError as error:
        wrong = said("error-places-unusable-file", path=path, why=why(error))
    if wrong is not None:
        raise PlacesUnusable(wrong)
    raise StoreInUse


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the file is still the one at its path: else others lock another one."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _wait(descriptor: int, wait_s: float, give_up: threading.Event) -> bool:
    end = time.monotonic() + wait_s
    pause = FIRST_PAUSE_S
    while not _try_lock(descriptor):
        left = end - time.monotonic()
        if left <= 0 or give_up.wait(min(pause, left)):
            return False
        pause = min(pause * 2, LONGEST_PAUSE_S)
    return True

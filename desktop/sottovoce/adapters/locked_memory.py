"""Memory that is never written to a disk: kept out of swap, of core dumps and of child processes."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import sys
from typing import Any

_DONTFORK, _DONTDUMP = 10, 16  # of Linux; `mmap` names them since its kernel headers do


class MemoryNotLocked(Exception):
    """The system locks no memory for this process."""


class LockedMemory:
    """A piece of memory that stays where it is, and is wiped when it is given back."""

    def __init__(self, size_bytes: int) -> None:
        """Take that much, zeroed.

        Raises:
            MemoryNotLocked: It can't be locked; nothing is taken.
        """
        self._map = mmap.mmap(-1, size_bytes)
        self._size = size_bytes
        self._view = (ctypes.c_char * size_bytes).from_buffer(self._map)
        if not _locked(ctypes.addressof(self._view), size_bytes):
            self._give_back()
            raise MemoryNotLocked
        if sys.platform == "linux":
            for advice in (_DONTFORK, _DONTDUMP):
                with contextlib.suppress(OSError, ValueError):
                    self._map.madvise(advice)

    def write(self, at: int, data: Any) -> None:  # noqa: ANN401 - anything with a buffer
        """Write bytes at a place of the locked memory."""
        size = memoryview(data).nbytes
        if at < 0 or at + size > self._size:
            raise ValueError("outside of the memory")
        self._map[at : at + size] = bytes(data)

    def read(self, start: int, end: int) -> bytes:
        """Return a copy of bytes of the locked memory."""
        return self._map[start:end]

    def wipe(self) -> None:
        """Overwrite all of the locked memory with zeros."""
        if not self._map.closed:
            ctypes.memset(ctypes.addressof(self._view), 0, self._size)

    def close(self) -> None:
        """Wipe it and give it back. Idempotent."""
        if not self._map.closed:
            self.wipe()
            self._give_back()

    def _give_back(self) -> None:
        del self._view  # the map can't be closed while it is looked at
        self._map.close()  # the pages are unlocked with it


def _locked(address: int, size: int) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.VirtualLock(ctypes.c_void_p(address), ctypes.c_size_t(size)))
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    return bool(library.mlock(ctypes.c_void_p(address), ctypes.c_size_t(size)) == 0)

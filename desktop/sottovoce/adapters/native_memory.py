"""What this process holds, and what C libraries take and give back.

glibc keeps a heap for each thread, and what was freed there (Linux).
"""

from __future__ import annotations

import sys
from typing import Any

_M_ARENA_MAX = -8
ARENAS = 2
"""Heaps for all threads together; glibc's own limit is eight a processor, each keeping the most it ever held."""


def resident_bytes() -> int:
    """How much of this process is in memory."""
    import psutil  # noqa: PLC0415 - takes 12 ms, and few ask

    return int(psutil.Process().memory_info().rss)


def bound_heaps() -> None:
    """Have few heaps; to be called before there is a second thread."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, ARENAS)


def give_back_memory() -> None:
    """Give back to the system what a large thing held that has just been freed (some milliseconds)."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> Any:  # noqa: ANN401 - ctypes' own kind; None where there is another
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - only where it is needed

    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None

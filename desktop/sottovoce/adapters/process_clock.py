"""One clock for every process of this machine: it only goes on, also while the machine sleeps; seconds.

Loaded by `sottovoce press` before anything else, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import time


def now_s() -> float:
    """This moment; on Linux since the machine was started."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


def asleep_s() -> float:
    """Seconds that this machine has slept since it was started (Linux); elsewhere 0."""
    if sys.platform != "linux":
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def process_started_s() -> float:
    """When this process was started: to a hundredth of a second on Linux; elsewhere this moment."""
    try:
        with open("/proc/self/stat", "rb") as file:  # noqa: PTH123 - pathlib takes longer than all the rest
            # The second field is the program's name in brackets, whatever its letters are.
            fields = file.read().rpartition(b")")[2].split()
        return int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return now_s()


def caller() -> dict[str, float]:
    """Whose call it is, and since when: puts the calls of several processes into their order."""
    return {"started_s": process_started_s(), "process": os.getpid()}

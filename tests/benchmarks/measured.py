"""What every file of figures says first: the command that renews it, the machine, and what else that was doing."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

TICKS_A_S = 100
"""What Linux counts processor time in."""


def _all_busy_s() -> float | None:
    """Seconds of processor that all programs have taken since the machine was started; None where nobody tells."""
    try:
        counted, *_ = Path("/proc/stat").read_text("ascii").splitlines()
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *interrupts = map(int, counted.split()[1:8])
    return (user + nice + system + sum(interrupts)) / TICKS_A_S


def _own_busy_s() -> float:
    """The same of this process and of those it has started and seen end."""
    return sum(os.times()[:4])


_BEGAN = time.monotonic(), _all_busy_s(), _own_busy_s()


def origin(command: str) -> dict[str, object]:
    """Where figures come from; to be asked when they are there.

    `beside` is how many processors other programs kept busy meanwhile, on average; processes of the measurement that
    have not ended count as others. `load` is the system's own, of the last minutes, this measurement's included.

    Args:
        command: What renews them, behind `./dev bench`.
    """
    began, all_before, own_before = _BEGAN
    all_now, lasted_s = _all_busy_s(), time.monotonic() - began
    beside = None
    if all_before is not None and all_now is not None:
        beside = round(max(0.0, all_now - all_before - _own_busy_s() + own_before) / lasted_s, 2)
    return {
        "command": f"./dev bench {command}",
        "measured_on": time.strftime("%Y-%m-%d"),
        "machine": {
            "cpus": os.cpu_count(),
            "processor": platform.machine(),
            "python": platform.python_version(),
            "system": platform.system(),
        },
        "load": [round(load, 1) for load in os.getloadavg()],
        "beside": beside,
    }

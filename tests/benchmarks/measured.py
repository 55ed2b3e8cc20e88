"""What every file of figures says first: the command that renews it, the machine, and what else that was doing."""

from __future__ import annotations

import os
import platform
import time


def origin(command: str) -> dict[str, object]:
    """Where figures come from; to be asked when they are there.

    Args:
        command: What renews them, behind `./dev bench`.
    """
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
    }

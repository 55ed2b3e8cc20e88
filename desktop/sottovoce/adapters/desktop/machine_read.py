"""What every system tells of itself alike: disk, memory, processors, addresses."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.agent.desktop import Battery, Network, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_S: Final = 0.3
"""For which the processors are watched."""
_NOT_OURS: Final = ("lo", "docker", "br-", "veth", "virbr", "vmnet", "tun", "wg")
"""How the names of networks within the machine begin, and of those that go through others."""


def disk() -> Usage:
    """Where the user's files are."""
    import psutil  # noqa: PLC0415 - takes 12 ms: on the thread

    found = psutil.disk_usage(str(Path.home()))
    return Usage(free=found.free, total=found.total)


def memory() -> Usage:
    """What programs work in."""
    import psutil  # noqa: PLC0415 - as above

    found = psutil.virtual_memory()
    return Usage(free=found.available, total=found.total)


def load() -> int:
    """How busy the processors are."""
    import psutil  # noqa: PLC0415 - as above

    return round(float(psutil.cpu_percent(interval=LOOK_S)))


def up_s() -> float:
    """Seconds since the start."""
    import psutil  # noqa: PLC0415 - as above

    return max(0.0, time.time() - float(psutil.boot_time()))


def battery() -> Battery | None:
    """None where there is none, or nobody knows."""
    import psutil  # noqa: PLC0415 - as above

    found = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if found is None:
        return None
    left = float(found.secsleft) if found.secsleft and found.secsleft > 0 else None
    charging = bool(found.power_plugged)
    return Battery(percent=round(found.percent), charging=charging, left_s=None if charging else left)


def network() -> Network:
    """Whether any network that leads out is up, and what this machine is called in it."""
    addresses = tuple(_addresses())
    return Network(connected=bool(addresses), addresses=addresses)


def _addresses() -> Iterator[str]:
    import psutil  # noqa: PLC0415 - as above

    states = psutil.net_if_stats()
    for name, found in psutil.net_if_addrs().items():
        if name.startswith(_NOT_OURS) or not (name in states and states[name].isup):
            continue
        for one in found:
            if one.family == socket.AF_INET and not one.address.startswith(("127.", "169.254.")):
                yield one.address

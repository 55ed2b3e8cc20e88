"""Which machine this is, so that a home that is used on several can tell them apart."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
MOST_HOST_CHARS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineIdentity:
    """The identity of a machine."""

    id: str
    """Hash of what the system names it by, 32 hex digits: that itself is for nobody else to know (machine-id(5))."""
    host: str
    """What its user calls it."""


def this_machine() -> MachineIdentity:
    """The one we run on."""
    named = hashlib.sha256(b"sottovoce machine 1:" + _named().encode()).hexdigest()[:32]
    return MachineIdentity(id=named, host=platform.node()[:MOST_HOST_CHARS])


def _named() -> str:
    for file in MACHINE_FILES:
        with contextlib.suppress(OSError, ValueError):
            if found := file.read_text("ascii").strip():
                return found
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - there is none elsewhere

        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key,
        ):
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    return f"{uuid.getnode():012x}"

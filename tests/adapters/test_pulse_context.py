"""How a connection to a sound server begins; the server itself is in the virtual desktop."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = """
import ctypes, os, subprocess, sys
from pathlib import Path
from sottovoce.adapters.pulse import Pulse, ServerSilent, libpulse
from sottovoce.adapters.pulse_context import new_context
P = ctypes.c_void_p
library = libpulse({"pa_mainloop_new": (P, ()), "pa_mainloop_get_api": (P, (P,)), "pa_context_new": (P, (P, P))})
library.pa_context_new.argtypes = [P, ctypes.c_char_p]
before = dict(os.environ)
kept = new_context(library, library.pa_mainloop_get_api(library.pa_mainloop_new()))
print(any("memfd:pulse" in os.readlink(one) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()))
print(subprocess.run(["printenv", "PULSE_CLIENTCONFIG"], stdout=subprocess.PIPE, text=True).stdout.strip())
assert dict(os.environ) == before
try:
    Pulse(0.1)
except ServerSilent:
    pass
"""


def begun(environment: dict[str, str]) -> list[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "XDG_"))}
    return subprocess.run(
        (sys.executable, "-c", BEGIN), env=inherited | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        stdout=subprocess.PIPE, text=True, check=True, timeout=60,
    ).stdout.splitlines()  # fmt: skip


@pytest.mark.parametrize("place", ["named", ".pulse/client.conf", ".config/pulse/client.conf", "client.conf.d/1.conf"])
def test_no_memory_is_shared_and_what_the_user_has_configured_counts(tmp_path: Path, place: str) -> None:
    file = tmp_path / ".config/pulse" / place if place.startswith("client") else tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    if place.startswith("client"):
        (tmp_path / ".config/pulse/client.conf").touch()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "native"))
        server.listen()
        server.settimeout(0)
        file.write_text(f"default-server = unix:{tmp_path}/native\nenable-shm = yes\n")
        named = {"PULSE_CLIENTCONFIG": str(file)} if place == "named" else {}
        assert begun({"HOME": str(tmp_path)} | named) == ["False", named.get("PULSE_CLIENTCONFIG", "")]
        server.accept()[0].close()

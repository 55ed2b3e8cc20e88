"""A connection to the sound server is begun without shared memory: on the way to it libpulse can hang for ever.

Where the server dies between offering a channel in it and our answer, libpulse 16.1 closes that channel over and over,
with its lock held: nobody comes out of it, and a processor is lost. The server offers none to who shares no memory, and
one voice at 16 kHz needs none. Only libpulse's configuration file can say so, and only the environment can name that.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARIABLE = "PULSE_CLIENTCONFIG"
_SYSTEM = Path("/etc/pulse/client.conf")

_turn = threading.Lock()


def new_context(library: Any, api: Any) -> Any:  # noqa: ANN401 - ctypes' own kinds
    """A context of libpulse for this main loop; NULL where there is no memory for one."""
    with _turn, _named(_configuration()):
        return library.pa_context_new(api, b"sottovoce")


@functools.cache
def _configuration() -> str:
    """Path of what the user or the system has configured, with that one thing more; "" where there can be none."""
    try:
        lines = [*(f".include {file}" for file in _configured()), "enable-shm = no", ""]
        kept = os.memfd_create("sottovoce-client.conf")  # for the life of the process
    except (AttributeError, OSError, RuntimeError):  # no such thing here, no home
        return ""
    os.write(kept, "\n".join(lines).encode())
    path = f"/proc/self/fd/{kept}"
    if os.access(path, os.R_OK):
        return path
    os.close(kept)
    return ""


def _configured() -> list[Path]:
    """The files that libpulse would read, in its order."""
    named = os.environ.get(_VARIABLE)
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser())
    own = (Path("~/.pulse/client.conf").expanduser(), home / "pulse/client.conf", _SYSTEM)
    main = Path(named) if named else next((file for file in own if file.is_file()), _SYSTEM)
    return [file for file in (main, *sorted(Path(f"{main}.d").glob("*.conf"))) if file.is_file()]


@contextlib.contextmanager
def _named(configuration: str) -> Iterator[None]:
    """Name it in the environment of C for that moment; Python's own, which children are given, is left as it is."""
    if not configuration:
        yield
        return
    libc = ctypes.CDLL(None)
    before, name = os.environ.get(_VARIABLE), _VARIABLE.encode()
    libc.setenv(name, configuration.encode(), 1)
    try:
        yield
    finally:
        if before is None:
            libc.unsetenv(name)
        else:
            libc.setenv(name, before.encode(), 1)

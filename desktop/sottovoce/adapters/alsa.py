"""What ALSA and PortAudio do to a process on Linux: chatter on stderr, and an end of it where ALSA has no devices."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)


def _say_nothing(_file: bytes, _line: int, _function: bytes, _code: int, _form: bytes) -> None:
    """Take an error message of ALSA and drop it; the call that failed returns its error all the same."""


_handler = _HANDLER(_say_nothing)  # kept for the life of the process: ALSA keeps the pointer


def alsa_usable() -> bool:
    """Whether ALSA's configuration names any device; True where there is no ALSA.

    Without one (a mistake in ~/.asoundrc is enough) PortAudio aborts the whole process.
    """
    alsa = _alsa()
    if alsa is None:
        return True
    if alsa.snd_config_update() < 0:
        return False
    root, devices = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
    return bool(root) and alsa.snd_config_search(root, b"pcm", ctypes.byref(devices)) == 0


_NEXT = (b"slave.pcm", b"capture.pcm")
"""Where a device's definition names the one behind it."""
_MOST_BEHIND = 4


def leads_to_pulse(name: str) -> bool:
    """Whether the device of this name leads to the sound server that libpulse finds, through ALSA's plug-in for it.

    False where its definition names a server of its own, and where there is no ALSA.
    """
    alsa = _alsa()
    if alsa is None or alsa.snd_config_update() < 0:
        return False
    behind: bytes | None = name.encode()
    for _ in range(_MOST_BEHIND):
        if behind is None:
            return False
        kind, has_server, behind = _defined(alsa, behind)
        if kind == b"pulse":
            return not has_server
    return False


def _defined(alsa: ctypes.CDLL, name: bytes) -> tuple[bytes | None, bool, bytes | None]:
    """Of a device's definition: its type, whether it names a server, the device behind it."""
    root, found = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
    if alsa.snd_config_search_definition(root, b"pcm", name, ctypes.byref(found)) < 0:
        return None, False, None

    def text(key: bytes) -> bytes | None:
        node, value = ctypes.c_void_p(), ctypes.c_char_p()
        if alsa.snd_config_search(found, key, ctypes.byref(node)) < 0:
            return None
        return value.value if alsa.snd_config_get_string(node, ctypes.byref(value)) >= 0 else None

    try:
        behind = next((one for one in map(text, _NEXT) if one), None)
        return text(b"type"), text(b"server") is not None, behind
    finally:
        alsa.snd_config_delete(found)


@functools.cache
def _alsa() -> ctypes.CDLL | None:
    """ALSA's library, if there is one."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL("libasound.so.2")
    except OSError:
        return None


@functools.cache
def quieten_alsa() -> None:
    """Keep ALSA off stderr in this process; without ALSA there is nothing to do."""
    alsa = _alsa()
    if alsa is not None:
        alsa.snd_lib_error_set_handler(_handler)


SERVER_SOCKETS = ("pipewire-0", "pulse/native")
"""Where sound servers listen, below the user's run-time folder."""
_PLUGINS = ("libasound_module_pcm_pipewire.so", "libasound_module_pcm_pulse.so")
_PLUGIN_FOLDERS = ("/usr/lib/alsa-lib", "/usr/lib64/alsa-lib", "/usr/lib/*/alsa-lib")


def plugin_missing(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a sound server runs that nothing leads to by ALSA; False where it can't be told."""
    running = environment.get("XDG_RUNTIME_DIR", "")
    if not running or not any(Path(running, name).is_socket() for name in SERVER_SOCKETS):
        return False
    named = environment.get("ALSA_PLUGIN_DIR")
    folders = [Path(named)] if named else [found for one in _PLUGIN_FOLDERS for found in Path("/").glob(one[1:])]
    return bool(folders) and not any((folder / name).exists() for folder in folders for name in _PLUGINS)


@contextlib.contextmanager
def native_stderr_dropped() -> Iterator[None]:
    """Drop what C libraries write to stderr meanwhile (PortAudio has no switch for it); for a few milliseconds only.

    The descriptor belongs to the whole process: a line another thread writes to stderr meanwhile is dropped too.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program has no stderr
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)

"""Whether there is a screen, asked as Qt will ask: Qt itself ends the whole process where it finds none."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from sottovoce.adapters.qt_libraries import loadable, require_qt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANSWER_S = 3.0
"""Seconds a display server may take to let us in; one that is frozen, or a host far away, would hold us up for ever."""

KINDS = ("wayland", "xcb")
"""Qt's platforms that need a display server."""


def screen_arguments(environment: Mapping[str, str] = os.environ, *, answer_s: float = ANSWER_S) -> list[str] | None:
    """What to tell Qt about the screen: nothing, or which of two to take; None if there is no screen."""
    if sys.platform != "linux":
        return []
    chosen = environment.get("QT_QPA_PLATFORM", "")
    wanted = [name.partition(":")[0].partition("-")[0] for name in chosen.split(";") if name]
    if any(name not in KINDS for name in wanted):
        return []  # offscreen, vnc, …: no server is asked
    asked = {"wayland": _wayland_answers, "xcb": _x_answers}
    there = [kind for kind in wanted or KINDS if asked[kind](environment, answer_s)]
    if not there:
        return None
    if wanted:
        return []
    # A dead server beside a good one is not even tried: Qt would complain on stderr. Where both are good it is
    # Xwayland: under Wayland itself the overlay can't be placed, and takes the keyboard from what is being written.
    return ["-platform", there[0] if len(there) == 1 else "xcb;wayland"]


def only_loadable(arguments: list[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """The same, without a platform that Qt could not load: it would end the process over a library that is missing.

    Raises:
        QtLibraryMissing: None can be loaded.
    """
    kinds = platforms(arguments, environment)
    require_qt(kinds)
    there = loadable(kinds)
    return arguments if there == kinds else ["-platform", ";".join(there)]


def platforms(arguments: list[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """Those of `KINDS` that Qt will try, in their order, when it is told this."""
    named = arguments[1] if arguments else environment.get("QT_QPA_PLATFORM", "")
    return [kind for kind in (name.partition(":")[0].partition("-")[0] for name in named.split(";")) if kind in KINDS]


def _wayland_answers(environment: Mapping[str, str], answer_s: float) -> bool:
    """Whether a compositor takes connections."""
    if environment.get("WAYLAND_SOCKET"):  # a connection that is open already
        return True
    name = environment.get("WAYLAND_DISPLAY", "")
    path = os.path.join(environment.get("XDG_RUNTIME_DIR", ""), name)  # noqa: PTH118 - an absolute name stays as it is
    if not name or not path.startswith("/"):
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(answer_s)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _x_answers(environment: Mapping[str, str], answer_s: float) -> bool:
    """Whether an X server lets us in.

    By libxcb, as Qt does: only so both look for the same cookie (python-xlib finds none that holds for any host).
    """
    if not environment.get("DISPLAY"):
        return False
    let_in = threading.Event()

    def shake_hands() -> None:
        if _handshake():
            let_in.set()

    asking = threading.Thread(target=shake_hands, name="screen", daemon=True)
    with _stderr_dropped():  # libxcb prints why it is refused
        asking.start()
        asking.join(answer_s)
    return let_in.is_set()


def _handshake() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # Qt's own part for X needs it as well
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


@contextlib.contextmanager
def _stderr_dropped() -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            kept = os.dup(2)
        except OSError:  # there is none
            yield
            return
        stack.callback(os.close, kept)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        stack.callback(os.close, nowhere)
        os.dup2(nowhere, 2)
        stack.callback(os.dup2, kept, 2)
        yield

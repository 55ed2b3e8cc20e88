"""Whether there is a screen, asked as Qt will ask: Qt itself ends the whole process where it finds none."""

from __future__ import annotations

import contextlib
import ctypes
import enum
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from sottovoce.adapters.qt_libraries import loadable, require_qt
from sottovoce.adapters.wayland.announced import announced, has_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANSWER_S = 3.0
"""Seconds a display server may take to let us in; one that is frozen, or a host far away, would hold us up for ever."""

LAYERS_S = 1.0
"""Seconds a compositor may take to say what it has (it takes milliseconds); past them X is taken where it is there."""

KINDS = ("wayland", "xcb")
"""Qt's platforms that need a display server."""


class OverlayPlace(enum.Enum):
    """Where the overlay is shown."""

    LAYER = enum.auto()
    """Above all windows of a Wayland compositor that has layers."""
    WINDOW = enum.auto()
    """In a window that no window manager touches."""
    NOTICE = enum.auto()
    """Nowhere: the tray icon tells the stage, and notifications the rest."""


def overlay_place(platform: str, wanted: str, *, layers: bool) -> OverlayPlace:
    """Where the overlay is shown under one of Qt's platforms.

    Args:
        platform: Its name.
        wanted: The setting `overlay`.
        layers: Whether the session's compositor has them.
    """
    if wanted == "notification":
        return OverlayPlace.NOTICE
    if not is_wayland(platform):
        return OverlayPlace.WINDOW
    # An ordinary window would be tiled, or stand in the middle, and take the keyboard from what is being written.
    return OverlayPlace.LAYER if layers else OverlayPlace.NOTICE


def is_wayland(platform: str) -> bool:
    """Whether one of Qt's platforms is Wayland's: "wayland", "wayland-egl"."""
    return platform.partition("-")[0] == "wayland"


def has_layer(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the session's compositor can show something above all windows that is no window."""
    return has_layers(announced(environment, LAYERS_S))


def screen_arguments(
    environment: Mapping[str, str] = os.environ, *, answer_s: float = ANSWER_S, overlay: str = "auto"
) -> list[str] | None:
    """What to tell Qt about the screen: nothing, or which of two to take; None if there is no screen.

    Args:
        environment: Says where the display servers are.
        answer_s: Seconds that each may take.
        overlay: The setting of that name: how the overlay is to be shown.
    """
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
    # A dead server beside a good one is not even tried: Qt would complain on stderr. Where both are good it is Wayland,
    # whose windows are sharp in every scale, if the overlay can be shown there; else it would take the keyboard.
    if len(there) == 1:
        return ["-platform", there[0]]
    return ["-platform", "wayland;xcb" if overlay != "window" and has_layer(environment) else "xcb;wayland"]


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

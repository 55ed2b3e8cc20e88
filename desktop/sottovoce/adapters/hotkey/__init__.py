"""The key held while talking, on each desktop."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.hotkey.unsupported import NoHotkey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.talk.ports import Hotkey

__all__ = ["NoHotkey", "open_hotkey"]


def open_hotkey(
    on_lost: Callable[[SottovoceError | None], None] | None = None,
    on_given: Callable[[], None] | None = None,
    *,
    session: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> Hotkey:
    """The hotkey of this platform and session; grabs nothing and starts nothing yet.

    Args:
        on_lost: Called on the event loop, once, if a held key is lost (the X server went away, or another program took
            the key when the keyboard's layout changed); with None if it is there again.
        on_given: Called on the event loop when a desktop that decides itself has given another key (`Hotkey.given`).
        session: The environment that says which kind of session this is.
        platform: The system, as Python names it.
    """
    if platform == "linux" and session.get("DISPLAY") and not _wayland(session):
        from sottovoce.adapters.hotkey.x11 import X11Hotkey  # noqa: PLC0415 - python-xlib is there on Linux only

        return X11Hotkey(session["DISPLAY"], on_lost)
    if platform in {"win32", "darwin"}:
        from sottovoce.adapters.hotkey.hooked import HookedHotkey  # noqa: PLC0415 - as above
        from sottovoce.adapters.hotkey.pynput_hook import PynputHook  # noqa: PLC0415

        return HookedHotkey(PynputHook(platform))
    if platform == "linux" and _wayland(session) and session.get("DBUS_SESSION_BUS_ADDRESS"):
        from sottovoce.adapters.hotkey.portal_hotkey import PortalHotkey  # noqa: PLC0415 - as above

        return PortalHotkey(session, on_lost, on_given)
    return NoHotkey(session)


def _wayland(session: Mapping[str, str]) -> bool:
    """Whether keys of other windows stay hidden from X: under Wayland a grab sees only what goes to X programs."""
    return session.get("XDG_SESSION_TYPE") == "wayland" or bool(session.get("WAYLAND_DISPLAY"))

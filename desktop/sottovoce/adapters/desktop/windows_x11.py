"""Windows under X11, by what window managers agreed on (EWMH)."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.desktop.commands import Commands
from sottovoce.agent.desktop import Cannot, DesktopWindow
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from Xlib.display import Display

T = TypeVar("T")

_BY_PAGER = 2
"""Says to the window manager that a user wants it, not a program on its own."""
_ADD = 1
_ICONIC = 3
_NO_WINDOWS_OF_USERS = frozenset({"_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP"})


class X11Windows:
    """See `Windows`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Ask nobody yet."""
        self._environment = environment
        self._commands = Commands("desktop-windows")

    async def listed(self) -> Sequence[DesktopWindow]:
        """See `Windows`."""
        return await self._on(lambda screen: list(screen.windows()))

    async def activate(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        await self._send(window.id, "_NET_ACTIVE_WINDOW", _BY_PAGER, 0, 0)

    async def minimise(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        await self._send(window.id, "WM_CHANGE_STATE", _ICONIC)

    async def maximise(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        await self._on(
            lambda screen: screen.send(
                window.id,
                "_NET_WM_STATE",
                _ADD,
                screen.atom("_NET_WM_STATE_MAXIMIZED_VERT"),
                screen.atom("_NET_WM_STATE_MAXIMIZED_HORZ"),
                _BY_PAGER,
            )
        )

    async def close(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        await self._send(window.id, "_NET_CLOSE_WINDOW", 0, _BY_PAGER)

    async def show_desktop(self) -> None:
        """See `Windows`."""
        await self._send(None, "_NET_SHOWING_DESKTOP", 1)

    async def _send(self, window: int | None, what: str, *data: int) -> None:
        await self._on(lambda screen: screen.send(window, what, *data))

    async def _on(self, work: Callable[[_Screen], T]) -> T:
        session = self._environment.get("XDG_SESSION_TYPE", "")
        if session == "wayland" or self._environment.get("WAYLAND_DISPLAY"):
            raise Cannot(said("desktop-wayland"))
        name = self._environment.get("DISPLAY")
        if not name:
            raise Cannot(said("desktop-no-screen"))
        return await self._commands.run(lambda: _on_screen(name, work))

    async def end(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()


def _on_screen(name: str, work: Callable[[_Screen], T]) -> T:
    from Xlib.display import Display  # noqa: PLC0415 - on the thread
    from Xlib.error import DisplayError, XError  # noqa: PLC0415 - as above

    try:
        display = Display(name)
    except (DisplayError, OSError, ValueError):
        raise Cannot(said("desktop-no-screen")) from None
    try:
        screen = _Screen(display)
        found = work(screen)
        display.sync()
    except XError:  # the window has gone this moment
        raise Cannot(said("desktop-silent")) from None
    finally:
        with contextlib.suppress(OSError, XError):
            display.close()
    return found


class _Screen:
    """One connection; belongs to the thread."""

    def __init__(self, display: Display) -> None:
        """Ask about its only screen.

        Raises:
            Cannot: Nobody manages windows there.
        """
        self._display = display
        self._root = display.screen().root
        if self._property(self._root, "_NET_SUPPORTED") is None:
            raise Cannot(said("desktop-no-screen"))

    def atom(self, name: str) -> int:
        """The server's number for a name."""
        return int(self._display.intern_atom(name))

    def send(self, window: int | None, what: str, *data: int) -> None:
        """Ask the window manager for something."""
        from Xlib import X  # noqa: PLC0415 - see `_on_screen`
        from Xlib.protocol.event import ClientMessage  # noqa: PLC0415 - as above

        about = self._root if window is None else self._display.create_resource_object("window", window)
        values = [*data, 0, 0, 0, 0, 0][:5]
        message = ClientMessage(window=about, client_type=self.atom(what), data=(32, values))
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)

    def windows(self) -> Iterator[DesktopWindow]:
        """Those of a task bar, the topmost first."""
        from Xlib.error import XError  # noqa: PLC0415 - see `_on_screen`

        listed = self._property(self._root, "_NET_CLIENT_LIST_STACKING") or self._property(
            self._root, "_NET_CLIENT_LIST"
        )
        active = next(iter(self._property(self._root, "_NET_ACTIVE_WINDOW") or ()), 0)
        for id_ in reversed(list(listed or ())):
            with contextlib.suppress(XError):
                if found := self._window(int(id_), active=id_ == active):
                    yield found

    def _window(self, id_: int, *, active: bool) -> DesktopWindow | None:
        window = self._display.create_resource_object("window", id_)
        kinds = {self._display.get_atom_name(one) for one in self._property(window, "_NET_WM_WINDOW_TYPE") or ()}
        states = {self._display.get_atom_name(one) for one in self._property(window, "_NET_WM_STATE") or ()}
        if kinds & _NO_WINDOWS_OF_USERS or "_NET_WM_STATE_SKIP_TASKBAR" in states:
            return None
        title = self._property(window, "_NET_WM_NAME")
        if title is None:  # older programs
            title = self._property(window, "WM_NAME") or b""
        names = window.get_wm_class() or ("", "")
        return DesktopWindow(id=id_, title=_text(title), application=names[1], active=active)

    def _property(self, window: Any, name: str) -> Any:  # noqa: ANN401 - as Xlib has them
        from Xlib import X  # noqa: PLC0415 - see `_on_screen`

        found = window.get_full_property(self.atom(name), X.AnyPropertyType)
        return None if found is None else found.value


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)

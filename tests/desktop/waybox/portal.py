"""The keys of a desktop by its portal: the real frontend, and behind it a desktop that a test leads."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.waybox.desk import WaylandDesk

FRONTEND = "/usr/libexec/xdg-desktop-portal"
NAME = "org.freedesktop.portal.Desktop"
BACKEND = "org.freedesktop.impl.portal.desktop.waybox"

# Prints what it is asked, and does what a line of its input says.
SHORTCUTS = """
import asyncio, os, sys
from dbus_fast import PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

class Session(ServiceInterface):
    @dbus_method()
    def Close(self):
        print("closed", flush=True)

    @dbus_signal()
    def Closed(self):
        pass

class Shortcuts(ServiceInterface):
    refuses, session, sessions, key, dialog = False, "", {}, "Ctrl+Alt+F9", None

    @dbus_property(access=PropertyAccess.READ)
    def version(self) -> "u":
        return 1

    @dbus_method()
    def CreateSession(self, handle: "o", session: "o", app: "s", options: "a{sv}") -> "ua{sv}":
        self.sessions[session] = Session("org.freedesktop.impl.portal.Session")
        bus.export(session, self.sessions[session])
        return [0, {}]

    @dbus_method()
    async def BindShortcuts(
        self, handle: "o", session: "o", shortcuts: "a(sa{sv})", parent: "s", options: "a{sv}"
    ) -> "ua{sv}":
        for name, told in shortcuts:
            trigger = told["preferred_trigger"].value if "preferred_trigger" in told else "no key"
            print(f"asked for {trigger}: {told['description'].value}", flush=True)
        if self.dialog:
            self.key = await self.dialog
            self.refuses = not self.key
        if self.refuses:
            return [1, {}]
        self.session = session
        return [0, {"shortcuts": Variant("a(sa{sv})", self.given())}]

    def given(self):
        keys = {"talk": self.key, "cancel": "Meta+Esc"} if self.key != "removed" else {"cancel": "Meta+Esc"}
        return [[name, {"trigger_description": Variant("s", key)}] for name, key in keys.items()]

    @dbus_signal()
    def ShortcutsChanged(self) -> "oa(sa{sv})":
        return [self.session, self.given()]

    @dbus_signal()
    def Activated(self) -> "osta{sv}":
        return [self.session, self.pressed, 0, {}]

    @dbus_signal()
    def Deactivated(self) -> "osta{sv}":
        return [self.session, "talk", 0, {}]

    def read(self):
        lines = os.read(0, 65536).decode().split("\\n")[:-1]
        if not lines:
            sys.exit()
        for line in lines:
            self.do(line)

    def do(self, line):
        match line.split(" ", 1):
            case ["press"]:
                self.pressed = "talk"
                self.Activated()
            case ["cancel"]:
                self.pressed = "cancel"
                self.Activated()
            case ["ask"]:
                self.dialog = asyncio.get_running_loop().create_future()
            case ["dismiss"]:
                self.dialog.set_result("")
            case ["choose", key]:
                self.dialog.set_result(key)
            case ["change", key]:
                self.key = key
                self.ShortcutsChanged()
            case ["release"]:
                self.Deactivated()
            case ["refuse"]:
                self.refuses = True
            case ["close"]:
                self.sessions[self.session].Closed()

async def main():
    global bus
    bus = await MessageBus().connect()
    shortcuts = Shortcuts("org.freedesktop.impl.portal.GlobalShortcuts")
    bus.export("/org/freedesktop/portal/desktop", shortcuts)
    await bus.request_name(sys.argv[1])
    asyncio.get_running_loop().add_reader(0, shortcuts.read)
    await bus.wait_for_disconnect()

asyncio.run(main())
"""


class Portal:
    """Both parts of it, in a desk."""

    def __init__(self, desk: WaylandDesk) -> None:
        """Start them."""
        self._desk = desk
        folder = desk.root / "portals"
        folder.mkdir()
        file = folder / "waybox.portal"
        interface = "org.freedesktop.impl.portal.GlobalShortcuts"
        file.write_text(f"[portal]\nDBusName={BACKEND}\nInterfaces={interface};\nUseIn={desk.options.compositor}\n")
        desk.give(file)
        desk.env["XDG_DESKTOP_PORTAL_DIR"] = str(desk.give(folder))
        argv = (sys.executable, "-c", SHORTCUTS, BACKEND)
        self._desktop = desk.popen(*argv, log="portal-desktop", stdin=subprocess.PIPE)
        wait_for(lambda: desk.owned(BACKEND), what="the desktop's part of the portal")
        self.start()

    def start(self) -> None:
        """Start the frontend, again."""
        self._frontend = self._desk.popen(FRONTEND, log="portal")
        wait_for(lambda: self._desk.owned(NAME), what="the portal")

    def kill(self) -> None:
        """Take the frontend away."""
        self._frontend.kill()
        self._frontend.wait()

    def tell(self, line: str) -> None:
        """Have the desktop do something.

        Args:
            line: `press`, `release`, `cancel`: its keys; `refuse`; `close`, the session; `ask`: from now on there is a
                dialog, which `choose KEY` and `dismiss` end; `change KEY`: its settings give another, or `removed`.
        """
        assert self._desktop.stdin is not None
        self._desktop.stdin.write(f"{line}\n".encode())
        self._desktop.stdin.flush()

    def await_asked(self, what: str, times: int = 1) -> None:
        """Wait until it was asked for this so many times."""
        line = f"asked for {what}\n"
        wait_for(lambda: self._desk.log("portal-desktop").count(line) == times, what=f"asked {times} times")

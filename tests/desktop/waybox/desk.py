"""A private, throw-away Wayland desktop of real parts: sway without hardware, waybar's tray, PipeWire.

Everything in it, the commands that a test runs too, belongs to an ordinary user, whoever runs the tests.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from tests import processes
from tests.desktop.deskbox import Desk, DeskError
from tests.desktop.waybox import parts
from tests.desktop.waybox.parts import WaylandOptions
from tests.desktop.waybox.screen import WaylandScreen
from tests.waiting import wait_for

CAP_DAC_READ_SEARCH = 2
SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers listen


class WaylandDesk(Desk):
    """One Wayland desktop, from `with WaylandDesk(options) as desk:` to the end of the block; otherwise as `Desk`."""

    options: WaylandOptions

    def __init__(self, options: WaylandOptions | None = None) -> None:
        super().__init__(options or WaylandOptions())
        self.screen: WaylandScreen = WaylandScreen(self)
        self.env.pop("QT_QPA_PLATFORM")
        self.env.update(parts.FIXED, WLR_HEADLESS_OUTPUTS=str(len(self.options.scales)))
        self.env["XDG_CURRENT_DESKTOP"] = self.options.compositor
        self.commands = self.root / "bin"
        """Where the compositor looks first for what a key binding calls."""
        self.commands.mkdir()
        self.env["PATH"] = f"{self.commands}:{self.env['PATH']}"
        if os.getuid() == 0:
            self.tied = (*processes.TIED[:-1], *_as_nobody(), "--")
            for found in (self.root, *self.root.rglob("*")):
                self.give(found)

    def give(self, path: Path) -> Path:
        """See `Desk`."""
        if os.getuid() == 0:
            os.chown(path, parts.NOBODY, parts.NOBODY)
        return path

    def check_packages(self) -> None:
        """See `Desk`."""
        if missing := parts.missing_packages(self.options):
            raise DeskError("the virtual desktop lacks: " + ", ".join(missing))

    def _start_screen(self) -> None:
        if self.options.compositor == "sway":
            self._start_sway()
        else:
            self._start_weston()

    def _start_manager(self) -> None:
        """The compositor is its own."""

    def _start_tray(self) -> None:
        if self.options.tray == "sni":
            self._start_waybar()

    def _start_sway(self) -> None:
        config = self.root / "sway.conf"
        if self.options.xwayland and not SOCKETS.exists():  # sway would make it its user's own
            SOCKETS.mkdir()
            SOCKETS.chmod(0o1777)
        xwayland = "enable" if self.options.xwayland else "disable"
        scales = "\n".join(f"output HEADLESS-{n} scale {scale}" for n, scale in enumerate(self.options.scales, 1))
        config.write_text(parts.SWAY_CONFIG.format(xwayland=xwayland, scales=scales))
        told = self.root / "sway.env"
        self.part("sway", "sway", "--config", str(config), up=told.exists)
        for line in told.read_text().splitlines():
            name, _, value = line.partition("=")
            if name in {"DISPLAY", "SWAYSOCK", "WAYLAND_DISPLAY"}:
                self.env[name] = value
        # A keyboard that is always there: the first key of one that has just come would be lost on its way to X.
        self.part("keyboard", "wtype", "-s", "2000000000", up=self.screen.has_keyboard)

    def _start_weston(self) -> None:
        argv = ("--backend=headless-backend.so", "--socket=wayland-1", "--width=1280", "--height=800", "--idle-time=0")
        self.part("weston", "weston", *argv, "--no-config", up=(self.root / "run/wayland-1").exists)
        self.env["WAYLAND_DISPLAY"] = "wayland-1"

    def _start_waybar(self) -> None:
        config = self.root / "waybar.json"
        config.write_text(parts.WAYBAR_CONFIG)
        self.part("tray", "waybar", "--config", str(config), up=self.tray_hosted)

    def icons(self) -> int:
        """How many programs show an icon in the tray."""
        watcher = "org.kde.StatusNotifierWatcher"
        query = ("dbus-send", "--print-reply=literal", f"--dest={watcher}", "/StatusNotifierWatcher")
        get = ("org.freedesktop.DBus.Properties.Get", f"string:{watcher}", "string:RegisteredStatusNotifierItems")
        return len(re.findall(r"StatusNotifierItem", self.run(*query, *get, check=False).stdout))

    def await_icon(self) -> None:
        """Wait until a program shows an icon."""
        wait_for(self.icons, what="an icon in the tray")


def _as_nobody() -> Sequence[str]:
    """What has setpriv change to an ordinary user, who may read what root may: checkout and Python are root's."""
    bounding = int(re.findall(r"CapBnd:\s*(\w+)", Path("/proc/self/status").read_text())[0], 16)
    reads = "dac_read_search" if bounding & (1 << CAP_DAC_READ_SEARCH) else "dac_override"  # a container may lack one
    ids = f"--reuid={parts.NOBODY}", f"--regid={parts.NOBODY}", "--clear-groups"
    # access(2), by which Qt looks for its plugins, asks what the real user may, unless nothing is fixed up for it: the
    # checkout may be in root's own folder.
    return (
        *ids,
        "--securebits=+no_setuid_fixup",
        f"--inh-caps=-all,+{reads}",
        f"--ambient-caps=+{reads}",
        f"--bounding-set=-all,+{reads}",
    )

"""What a Wayland desktop is made of: its options, the programs it needs, and their configurations."""

import shutil
from dataclasses import dataclass
from typing import Literal

from tests.desktop.deskbox import parts
from tests.desktop.deskbox.parts import DeskOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class WaylandOptions(DeskOptions):
    """Which Wayland desktop is wanted: with PipeWire, as those that have it do, and a tray in waybar."""

    tray: Literal["xembed", "sni", "none"] = "sni"
    sound: Literal["pulseaudio", "pipewire"] = "pipewire"
    notifications: bool = False
    compositor: Literal["sway", "weston"] = "sway"
    """weston has no layer-shell, and nothing of a tray."""
    xwayland: bool = False
    scales: tuple[float, ...] = (1.0,)
    """Of each screen, all of 1280 × 800 pixels, side by side."""


# The program, and Debian's package for it.
BASE = {
    "dbus-daemon": "dbus-daemon",
    "dbus-send": "dbus-bin",
    "grim": "grim",
    "setpriv": "util-linux",
    "wtype": "wtype",
}
COMPOSITOR = {"sway": {"sway": "sway", "swaybg": "swaybg"}, "weston": {"weston": "weston"}}


def missing_packages(options: WaylandOptions) -> list[str]:
    """Debian packages that this desk would need and that are not there, as "package (program)"."""
    needed = BASE | COMPOSITOR[options.compositor]
    if options.tray == "sni":
        needed |= {"waybar": "waybar"}
    if options.xwayland:
        needed |= {"Xwayland": "xwayland"}
    if options.audio:
        needed |= parts.AUDIO | parts.SOUND[options.sound]
    if options.keyring != "none":
        needed |= parts.KEYRING
    if options.notifications:
        needed |= parts.NOTIFICATIONS
    return [f"{package} ({program})" for program, package in needed.items() if shutil.which(program) is None]


FIXED = {
    "GDK_BACKEND": "wayland",
    "WLR_BACKENDS": "headless",
    "WLR_LIBINPUT_NO_DEVICES": "1",
    "WLR_RENDERER": "pixman",
    "XDG_SESSION_TYPE": "wayland",
}

NOBODY = 65534
"""Who uses the desk where the tests are run by root: sway refuses root, who hasn't a desktop either."""

BACKGROUND = (0x33, 0x66, 0x99)
"""Red, green and blue of the bare screen."""

SWAY_CONFIG = """\
xwayland {xwayland}
focus_follows_mouse no
seat * hide_cursor 1
output * resolution 1280x800 background #336699 solid_color
output HEADLESS-1 position 0 0
{scales}
exec sh -c 'env > "$DESKBOX/sway.new" && mv "$DESKBOX/sway.new" "$DESKBOX/sway.env"'
"""

WAYBAR_CONFIG = """\
{
  "layer": "top", "position": "top", "height": 30,
  "modules-left": ["sway/workspaces"], "modules-right": ["tray"], "tray": {"icon-size": 21}
}
"""

"""What to write into a desktop's own settings where a program can't grab a key itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.hotkey.names import KeyName, Modifier, keysym_name
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.domain.said import Said

TOGGLE = "sottovoce toggle"
"""The command where a desktop tells no release of a key."""

_SWAY = {Modifier.SUPER: "Mod4"}
_RIVER = {Modifier.CTRL: "Control", Modifier.ALT: "Alt", Modifier.SHIFT: "Shift", Modifier.SUPER: "Super"}
_LABWC = {Modifier.CTRL: "C", Modifier.ALT: "A", Modifier.SHIFT: "S", Modifier.SUPER: "W"}
_SETTINGS = ("gnome", "kde", "cinnamon", "xfce", "unity", "cosmic", "budgie")
"""Desktops whose keyboard settings bind commands, and know no release."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What makes a desktop call us for a key."""

    remedy: Said
    """All of it in words."""
    lines: str
    """What is to be copied, as it is."""


def binding(name: KeyName, session: Mapping[str, str]) -> Binding:
    """What to bind to the key, in the words of the desktop that runs.

    Args:
        name: The key that is wanted.
        session: The environment that says which desktop this is.
    """
    desktop = session.get("XDG_CURRENT_DESKTOP", "").casefold()
    for named, socket, lines in _COMPOSITORS:
        if named in desktop.split(":") or session.get(socket):
            return lines(name)
    if any(known in desktop for known in _SETTINGS):
        return Binding(said("hotkey-bind-toggle", key=str(name)), TOGGLE)
    return Binding(said("hotkey-bind-elsewhere", key=str(name)), TOGGLE)


def _sway(name: KeyName) -> Binding:
    held = "+".join([*(_SWAY.get(one, one.value) for one in _held(name)), _keysym(name)])
    # Without --no-repeat sway presses again and again while the key is held.
    return _both(
        f"bindsym --no-repeat {held} exec sottovoce press",
        f"bindsym --release {held} exec sottovoce release",
        "~/.config/sway/config",
    )


def _hyprland(name: KeyName) -> Binding:
    down, up = (" ".join(one.value.upper() for one in held) for held in (_held(name), _held_at_release(name)))
    return _both(
        f"bind = {down}, {_keysym(name)}, exec, sottovoce press",
        f"bindr = {up}, {_keysym(name)}, exec, sottovoce release",
        "~/.config/hypr/hyprland.conf",
    )


def _river(name: KeyName) -> Binding:
    down, up = ("+".join(_RIVER[one] for one in held) or "None" for held in (_held(name), _held_at_release(name)))
    return _both(
        f"riverctl map normal {down} {_keysym(name)} spawn 'sottovoce press'",
        f"riverctl map -release normal {up} {_keysym(name)} spawn 'sottovoce release'",
        "~/.config/river/init",
    )


def _labwc(name: KeyName) -> Binding:
    """One binding: of two for a key labwc drops the first. That of a release is not repeated while the key is held."""
    key = "-".join([*(_LABWC[one] for one in _held(name)), _keysym(name)])
    line = f'<keybind key="{key}" onRelease="yes"><action name="Execute" command="{TOGGLE}"/></keybind>'
    return Binding(said("hotkey-bind-labwc", line=line, file="~/.config/labwc/rc.xml"), line)


def _both(press: str, release: str, file: str) -> Binding:
    return Binding(said("hotkey-bind-both", press=press, release=release, file=file), f"{press}\n{release}")


_COMPOSITORS: tuple[tuple[str, str, Callable[[KeyName], Binding]], ...] = (
    ("sway", "SWAYSOCK", _sway),
    ("hyprland", "HYPRLAND_INSTANCE_SIGNATURE", _hyprland),
    ("river", "", _river),
    ("labwc", "LABWC_PID", _labwc),
)
"""What each is called, a variable that is there where it runs, and how it writes a binding."""


def _held(name: KeyName) -> list[Modifier]:
    return [one for one in Modifier if one in name.modifiers]


def _held_at_release(name: KeyName) -> list[Modifier]:
    """A modifier that is the key itself counts as held while it comes up."""
    itself = {f"Right{one.value}": one for one in Modifier}.get(name.key)
    return [one for one in Modifier if one in name.modifiers or one is itself]


def _keysym(name: KeyName) -> str:
    return keysym_name(name.key).replace("XF86_", "XF86")

"""What to write into a desktop's own settings where a program can't grab a key itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.hotkey.names import KeyName, Modifier, keysym_name
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.said import Said

_SWAY = {Modifier.SUPER: "Mod4"}
_HYPRLAND = {Modifier.CTRL: "CTRL", Modifier.ALT: "ALT", Modifier.SHIFT: "SHIFT", Modifier.SUPER: "SUPER"}


def how_to_bind(name: KeyName, session: Mapping[str, str]) -> Said:
    """One remedy that says what to bind to the key, in the words of the desktop that runs.

    Args:
        name: The key that is wanted.
        session: The environment that says which desktop this is.
    """
    desktop = session.get("XDG_CURRENT_DESKTOP", "").casefold()
    key = keysym_name(name.key).replace("XF86_", "XF86")
    modifiers = [modifier for modifier in Modifier if modifier in name.modifiers]
    if session.get("SWAYSOCK") or "sway" in desktop:
        # Without --no-repeat sway presses again and again while the key is held.
        held = "+".join([_SWAY.get(modifier, modifier.value) for modifier in modifiers] + [key])
        return said("hotkey-bind-sway", key=held)
    if session.get("HYPRLAND_INSTANCE_SIGNATURE") or "hyprland" in desktop:
        held = f"{' '.join(_HYPRLAND[modifier] for modifier in modifiers)}, {key}"
        return said("hotkey-bind-hyprland", key=held)
    if any(known in desktop for known in ("gnome", "kde", "cinnamon", "xfce", "unity", "cosmic", "budgie")):
        return said("hotkey-bind-toggle", key=str(name))
    return said("hotkey-bind-elsewhere", key=str(name))

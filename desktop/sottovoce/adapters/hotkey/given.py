"""What a desktop calls the key that it has given, read as a key of ours where it is one."""

from __future__ import annotations

import re

from sottovoce.adapters.hotkey.names import parse
from sottovoce.domain.errors import HotkeyUnknown

LETTERS = 60
"""Of a name that is shown at most; it comes from another program."""

_ACCELERATOR = re.compile(r"<(\w+)>")
"""A modifier as GTK writes it: <Control><Alt>space."""
_GTK = {"primary": "Ctrl", "control": "Ctrl", "mod4": "Super", "mod1": "Alt"}


def given_key(text: str) -> str:
    """The key in its usual spelling where it is one that can be named ("Ctrl+F12"), else the desktop's own words.

    Args:
        text: The portal's `trigger_description`, which is for people: "Ctrl+F12", "Meta+Space", "Press <Control>F12".
    """
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(line.split())
    written = _ACCELERATOR.sub(lambda found: _GTK.get(found[1].casefold(), found[1]) + "+", words)
    for key in (written, written.partition(" ")[2]):  # "Press …", in the desktop's language
        try:
            return str(parse(key.strip().replace("_", ""), passing=True))  # GTK: Page_Up
        except HotkeyUnknown:
            continue
    return words if len(words) <= LETTERS else f"{words[:LETTERS].rstrip()}…"

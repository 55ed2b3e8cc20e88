"""Names of keys as people write them ("Ctrl+Alt+Space"), taken apart once for every platform."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from sottovoce.domain.errors import HotkeyUnknown


class Modifier(enum.StrEnum):
    """A key held beside the key."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    SUPER = "Super"


_MODIFIERS = {
    "ctrl": Modifier.CTRL,
    "control": Modifier.CTRL,
    "alt": Modifier.ALT,
    "option": Modifier.ALT,
    "opt": Modifier.ALT,
    "shift": Modifier.SHIFT,
    "super": Modifier.SUPER,
    "meta": Modifier.SUPER,
    "win": Modifier.SUPER,
    "windows": Modifier.SUPER,
    "cmd": Modifier.SUPER,
    "command": Modifier.SUPER,
}

_KEYS = (
    "Space",
    "Enter",
    "Tab",
    "Escape",
    "Backspace",
    "Delete",
    "Insert",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Up",
    "Down",
    "Left",
    "Right",
    "Pause",
    "Print",
    "Menu",
    "ScrollLock",
    "Plus",
    "Minus",
    "Comma",
    "Period",
    "Slash",
    "Backslash",
    "Semicolon",
    "Apostrophe",
    "Grave",
    "Equal",
    "BracketLeft",
    "BracketRight",
)

_NAMED = {name.lower(): name for name in _KEYS} | {
    "return": "Enter",
    "esc": "Escape",
    "del": "Delete",
    "ins": "Insert",
    "pgup": "PageUp",
    "pgdown": "PageDown",
    "pgdn": "PageDown",
    "printscreen": "Print",
    "+": "Plus",
    "-": "Minus",
    ",": "Comma",
    ".": "Period",
    "/": "Slash",
    "\\": "Backslash",
    ";": "Semicolon",
    "'": "Apostrophe",
    "`": "Grave",
    "=": "Equal",
    "[": "BracketLeft",
    "]": "BracketRight",
}

_KEYSYM_NAMES = {
    "Space": "space",
    "Enter": "Return",
    "Backspace": "BackSpace",
    "PageUp": "Page_Up",
    "PageDown": "Page_Down",
    "ScrollLock": "Scroll_Lock",
    "BracketLeft": "bracketleft",
    "BracketRight": "bracketright",
} | {
    name: name.lower()
    for name in ("Plus", "Minus", "Comma", "Period", "Slash", "Backslash", "Semicolon", "Apostrophe", "Grave", "Equal")
}

_FUNCTION_KEY = re.compile(r"f([1-9]|[12][0-9]|3[0-5])")

_ALONE = re.compile(r"F\d+|Pause|Print|Menu|ScrollLock|XF86\w+")
"""Keys that may be taken without a modifier: nobody types with them."""


@dataclass(frozen=True, slots=True)
class KeyName:
    """A key and what is held beside it."""

    modifiers: frozenset[Modifier]
    key: str
    """A capital letter, a digit, F1 to F35, one of the names above, or an XF86 keysym name in its own spelling."""

    def __str__(self) -> str:
        """The name in its usual spelling."""
        return "+".join([m.value for m in Modifier if m in self.modifiers] + [self.key])


def parse(text: str) -> KeyName:
    """Take a name apart; spelling of capitals and blanks around the plus signs do not matter.

    Raises:
        HotkeyUnknown: No key by that name, only modifiers, or a key that nobody could type with any more.
    """
    words = [word.strip() for word in re.split(r"\+(?=.)", text.strip(), flags=re.DOTALL)]
    key = words.pop()
    if key == "" and words:  # "Ctrl++": the last plus is the key
        key = "+"
    modifiers: set[Modifier] = set()
    for word in words:
        if word.lower() not in _MODIFIERS:
            raise HotkeyUnknown
        modifiers.add(_MODIFIERS[word.lower()])
    name = KeyName(frozenset(modifiers), _key(key))
    if not (modifiers - {Modifier.SHIFT} or _ALONE.fullmatch(name.key)):
        raise HotkeyUnknown(
            f"The key {name} alone would be lost for typing.",
            'Hold Ctrl, Alt or Super with it, like "Ctrl+Alt+Space".',
        )
    return name


def _key(word: str) -> str:
    """The usual spelling of one key."""
    lower = word.lower()
    if lower in _NAMED:
        return _NAMED[lower]
    if _FUNCTION_KEY.fullmatch(lower):
        return lower.upper()
    if len(word) == 1 and word.isalnum():
        return word.upper()
    if re.fullmatch(r"XF86\w+", word):
        return word
    raise HotkeyUnknown


def keysym_name(key: str) -> str:
    """X's name for a key of ours: letters in lower case, as they lie on the key unshifted."""
    return key.lower() if len(key) == 1 else _KEYSYM_NAMES.get(key, key.replace("XF86", "XF86_"))

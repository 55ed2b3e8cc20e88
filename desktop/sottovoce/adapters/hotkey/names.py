"""X's names and numbers for the keys that people name."""

from __future__ import annotations

from sottovoce.domain.hotkeys import KeyName, Modifier, parse

__all__ = ["KeyName", "Modifier", "keysym_name", "keysyms_of_letter", "parse"]

_KEYSYM_NAMES = {
    "Space": "space",
    "Enter": "Return",
    "Backspace": "BackSpace",
    "PageUp": "Page_Up",
    "PageDown": "Page_Down",
    "ScrollLock": "Scroll_Lock",
    "BracketLeft": "bracketleft",
    "BracketRight": "bracketright",
    "RightCtrl": "Control_R",
    "RightAlt": "Alt_R",
    "RightShift": "Shift_R",
    "RightSuper": "Super_R",
} | {
    name: name.lower()
    for name in ("Plus", "Minus", "Comma", "Period", "Slash", "Backslash", "Semicolon", "Apostrophe", "Grave", "Equal")
}

_OLD_PAGES = {
    "iso8859-2": 0x100,
    "iso8859-3": 0x200,
    "iso8859-4": 0x300,
    "iso8859-6": 0x500,
    "koi8-r": 0x600,
    "iso8859-7": 0x700,
    "iso8859-8": 0xC00,
}
"""Keysyms from before Unicode: a page for each of these sets of letters (X protocol, appendix A)."""

_LATIN_1, _UNICODE, _UPPER_HALF = 0x100, 0x1000000, 0xA0


def keysym_name(key: str) -> str:
    """X's name for a key of ours: letters in lower case, as they lie on the key unshifted."""
    return key.lower() if len(key) == 1 else _KEYSYM_NAMES.get(key, key.replace("XF86", "XF86_"))


def keysyms_of_letter(letter: str) -> tuple[int, ...]:
    """The numbers under which layouts have this letter (of any script), the likelier first."""
    sign = letter.lower()
    if len(sign) != 1:
        return ()
    if ord(sign) < _LATIN_1:
        return (ord(sign),)
    found = [_UNICODE + ord(sign)]
    for page, base in _OLD_PAGES.items():
        code = sign.encode(page, "ignore")
        if code and code[0] >= _UPPER_HALF:
            found.insert(0, base + code[0])
    return tuple(found)

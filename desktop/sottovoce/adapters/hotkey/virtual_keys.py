"""The numbers that Windows and macOS give keys, by our names.

Sources: "Virtual-Key Codes" (Microsoft Learn, winuser.h) and Apple's HIToolbox/Events.h (kVK_…), which counts places:
there a letter is where an American keyboard has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.hotkeys import KeyName, Modifier

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class VirtualKeys:
    """The key numbers of one operating system."""

    keys: Mapping[str, int]
    modifiers: Mapping[int, Modifier]
    """Which of them are held beside others; left and right ones have numbers of their own."""
    plain: Mapping[int, int]
    """Modifiers that are reported without their side, and the number they are counted by."""

    def number(self, name: KeyName) -> int | None:
        """The number of the key; None if there is none here."""
        return self.keys.get(name.key)


WINDOWS = VirtualKeys(
    keys={sign: ord(sign) for sign in _LETTERS_AND_DIGITS}
    | {f"F{number}": 0x6F + number for number in range(1, 25)}
    | {
        "Backspace": 0x08, "Tab": 0x09, "Enter": 0x0D, "Pause": 0x13, "Escape": 0x1B, "Space": 0x20, "PageUp": 0x21,
        "PageDown": 0x22, "End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26, "Right": 0x27, "Down": 0x28,
        "Print": 0x2C, "Insert": 0x2D, "Delete": 0x2E, "Menu": 0x5D, "ScrollLock": 0x91, "Semicolon": 0xBA,
        "Equal": 0xBB, "Plus": 0xBB, "Comma": 0xBC, "Minus": 0xBD, "Period": 0xBE, "Slash": 0xBF, "Grave": 0xC0,
        "BracketLeft": 0xDB, "Backslash": 0xDC, "BracketRight": 0xDD, "Apostrophe": 0xDE,
        "RightShift": 0xA1, "RightCtrl": 0xA3, "RightAlt": 0xA5, "RightSuper": 0x5C,
        "XF86AudioMute": 0xAD, "XF86AudioLowerVolume": 0xAE, "XF86AudioRaiseVolume": 0xAF, "XF86AudioNext": 0xB0,
        "XF86AudioPrev": 0xB1, "XF86AudioStop": 0xB2, "XF86AudioPlay": 0xB3,
    },
    modifiers={
        0xA0: Modifier.SHIFT, 0xA1: Modifier.SHIFT, 0xA2: Modifier.CTRL, 0xA3: Modifier.CTRL,
        0xA4: Modifier.ALT, 0xA5: Modifier.ALT, 0x5B: Modifier.SUPER, 0x5C: Modifier.SUPER,
    },
    plain={0x10: 0xA0, 0x11: 0xA2, 0x12: 0xA4},
)  # fmt: skip

_MAC_PLACES = {
    "A": 0, "S": 1, "D": 2, "F": 3, "H": 4, "G": 5, "Z": 6, "X": 7, "C": 8, "V": 9, "B": 11, "Q": 12, "W": 13, "E": 14,
    "R": 15, "Y": 16, "T": 17, "1": 18, "2": 19, "3": 20, "4": 21, "6": 22, "5": 23, "Equal": 24, "Plus": 24, "9": 25,
    "7": 26, "Minus": 27, "8": 28, "0": 29, "BracketRight": 30, "O": 31, "U": 32, "BracketLeft": 33, "I": 34, "P": 35,
    "Enter": 36, "L": 37, "J": 38, "Apostrophe": 39, "K": 40, "Semicolon": 41, "Backslash": 42, "Comma": 43,
    "Slash": 44, "N": 45, "M": 46, "Period": 47, "Tab": 48, "Space": 49, "Grave": 50, "Backspace": 51, "Escape": 53,
    "RightSuper": 54, "RightShift": 60, "RightAlt": 61, "RightCtrl": 62, "Insert": 114, "Home": 115, "PageUp": 116,
    "Delete": 117, "End": 119, "PageDown": 121, "Left": 123, "Right": 124, "Down": 125, "Up": 126,
}  # fmt: skip
_MAC_F = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113, 106, 64, 79, 80, 90)

MACOS = VirtualKeys(
    keys=_MAC_PLACES | {f"F{number}": code for number, code in enumerate(_MAC_F, 1)},
    modifiers={
        54: Modifier.SUPER, 55: Modifier.SUPER, 56: Modifier.SHIFT, 60: Modifier.SHIFT,
        58: Modifier.ALT, 61: Modifier.ALT, 59: Modifier.CTRL, 62: Modifier.CTRL,
    },
    plain={},
)  # fmt: skip

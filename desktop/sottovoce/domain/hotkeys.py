"""Names of keys as people write them ("Ctrl+Alt+Space"), and what is seen of a key while it is tried."""

from __future__ import annotations

import enum
import functools
import re
from dataclasses import dataclass, replace

from sottovoce.domain.errors import HotkeyUnknown
from sottovoce.domain.said import Said, said


class Modifier(enum.StrEnum):
    """A key that is held beside another: Ctrl, Alt, Shift, Super."""

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

_RIGHT = ("RightCtrl", "RightAlt", "RightShift", "RightSuper")
"""Modifiers that may be the key themselves: the left one is there for typing."""

_NAMED = {name.lower(): name for name in (*_KEYS, *_RIGHT)} | {
    "ctrl_r": "RightCtrl",
    "control_r": "RightCtrl",
    "rctrl": "RightCtrl",
    "alt_r": "RightAlt",
    "altgr": "RightAlt",
    "ralt": "RightAlt",
    "shift_r": "RightShift",
    "rshift": "RightShift",
    "super_r": "RightSuper",
    "rightwin": "RightSuper",
    "rightcmd": "RightSuper",
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

_FUNCTION_KEY = re.compile(r"f([1-9]|[12][0-9]|3[0-5])")

_ALONE = re.compile(r"F\d+|Pause|Print|Menu|ScrollLock|XF86\w+|Right\w+")
"""Keys that may be taken without a modifier: nobody types with them."""


@dataclass(frozen=True, slots=True)
class KeyName:
    """A key and what is held beside it."""

    modifiers: frozenset[Modifier]
    key: str
    """A capital letter, a digit, F1 to F35, one of the names above, or an XF86 keysym name in its own spelling."""

    @property
    def is_modifier(self) -> bool:
        """Whether the key is one that is otherwise held beside others."""
        return self.key in _RIGHT

    def __str__(self) -> str:
        """The name in its usual spelling."""
        return "+".join([m.value for m in Modifier if m in self.modifiers] + [self.key])


def parse(text: str, *, passing: bool = False) -> KeyName:
    """Take a name apart; spelling of capitals and blanks around the plus signs do not matter.

    Args:
        text: The name.
        passing: Whether the key is taken for moments only, so that it may be one that people type with.

    Raises:
        HotkeyUnknown: No key by that name, only modifiers, or a key that nobody could type with any more.
    """
    words = [word.strip() for word in _BETWEEN.split(text.strip())]
    key = words.pop()
    modifiers: set[Modifier] = set()
    for word in words:
        if word.lower() not in _MODIFIERS:
            raise HotkeyUnknown
        modifiers.add(_MODIFIERS[word.lower()])
    name = KeyName(frozenset(modifiers), _key(key))
    if name.is_modifier and modifiers:
        raise HotkeyUnknown(said("talkkey-alone", key=name.key))
    if not (passing or modifiers - {Modifier.SHIFT} or _ALONE.fullmatch(name.key)):
        raise HotkeyUnknown(said("talkkey-lost", key=str(name)))
    return name


def _key(word: str) -> str:
    """The usual spelling of one key."""
    lower = word.lower()
    if lower in _NAMED:
        return _NAMED[lower]
    if _FUNCTION_KEY.fullmatch(lower):
        return lower.upper()
    if len(word) == 1 and word.isalnum():
        return word.upper() if len(word.upper()) == 1 else word  # ß has no capital of one letter
    if re.fullmatch(r"XF86\w+", word):
        return word
    raise HotkeyUnknown


class Edge(enum.StrEnum):
    """A press, a release or a repetition of a key."""

    PRESS = "press"
    RELEASE = "release"
    REPEAT = "repeat"
    """It is reported down once more though it never came up: the keyboard or the desktop repeats held keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyProof:
    """What has been seen of a key while it was tried."""

    presses: int = 0
    releases: int = 0
    repeats: int = 0
    down: bool = False
    """Whether it is held now, as far as is seen."""

    def seen(self, edge: Edge) -> KeyProof:
        """This, and one edge more; a press of a key that is down already is a repetition."""
        if edge is Edge.RELEASE:
            return replace(self, releases=self.releases + self.down, down=False)
        if edge is Edge.REPEAT or self.down:
            return replace(self, repeats=self.repeats + 1, down=True)
        return replace(self, presses=self.presses + 1, down=True)

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes that this key can serve, the usual one first; holding needs a release, and nothing works unseen."""
        if not self.presses:
            return ()
        return ("hold", "toggle") if self.releases else ("toggle",)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenKeys:
    """What a desktop that decides itself has made of the keys it was asked for, as it calls them.

    Names like those of `parse` where they are such, else the desktop's own words; "" where it names none.
    """

    talk: str
    cancel: str


_BETWEEN = re.compile(r"\+(?=.)", flags=re.DOTALL)
"""Between the keys of a name; the last may be the plus sign itself."""


def shown_key(name: str) -> Said:
    """A key and what is held beside it, as people read it on their keyboard."""
    first, *others = (said("talkkey-names", key=part.strip()) for part in _BETWEEN.split(name.strip()))
    return functools.reduce(lambda held, key: said("talkkey-chord", held=held, key=key), others, first)


def how_to_talk(hotkey: str, mode: str) -> Said:
    """What opens the microphone, as a sentence for people.

    Args:
        hotkey: The key's name; empty for none.
        mode: "hold" or "toggle".
    """
    if not hotkey:
        return said("talkkey-how-none")
    if mode == "toggle":
        return said("talkkey-how-toggle", key=shown_key(hotkey))
    return said("talkkey-how-hold", key=shown_key(hotkey))

"""Who has a key that is taken: X does not say, but desktops and programs say in their settings which keys they take.

Only the settings of programs that run are looked at. What is found in none of them is not guessed.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sottovoce.adapters.hotkey.names import Modifier, keysym_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.adapters.hotkey.names import KeyName

ASKING_S = 1.5
"""Longest wait for a desktop to list its keys."""

MOST_BYTES = 2_000_000
"""Of a settings file; one that is longer is none."""

_WORDS = {
    Modifier.CTRL: ["c", "ctrl", "control", "primary", "control_l"],
    Modifier.ALT: ["a", "alt", "mod1", "alt_l"],
    Modifier.SHIFT: ["s", "shift", "shift_l"],
    Modifier.SUPER: ["w", "super", "mod4", "meta", "win", "super_l"],
}
_MODIFIERS = {word: modifier for modifier, words in _WORDS.items() for word in words}
_KEYS = {"enter": "return", "esc": "escape", "pgup": "pageup", "pgdown": "pagedown", "del": "delete", "ins": "insert"}
_KEYS |= {"prior": "pageup", "next": "pagedown"}

Chord = tuple[frozenset[Modifier], str]


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A program that takes a key, by its own settings."""

    program: str
    file: str = ""
    """That says so; empty where it is the desktop's own settings."""


def chord_of(text: str) -> Chord | None:
    """The combination as one program or another writes it: C-A-space, <Primary><Alt>space, Ctrl+Alt+Space, $mod."""
    tokens = [token.lower() for token in re.split(r"[\s<>+-]+", text) if token]
    if not tokens or any(token not in _MODIFIERS for token in tokens[:-1]):
        return None
    key = tokens[-1].replace("_", "")
    return frozenset(_MODIFIERS[token] for token in tokens[:-1]), _KEYS.get(key, key)


def _wanted(name: KeyName) -> Chord:
    return name.modifiers, keysym_name(name.key).lower().replace("_", "")


# The forms of settings: each gives the combinations that a text names


def _openbox(text: str) -> Iterator[str]:
    yield from re.findall(r"<keybind\s+key=[\"']([^\"']+)", text)


def _xfce(text: str) -> Iterator[str]:
    for found in re.findall(r"<property\s+name=\"([^\"]+)\"\s+type=\"(?:string|array)\"", text):
        yield unescape(found)


def _kde(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from re.split(r"\\t|\t", line.partition("=")[2].partition(",")[0])


def _lxqt(text: str) -> Iterator[str]:
    for found in re.findall(r"^\[(.+?)\.\d+\]", text, re.MULTILINE):
        yield unquote(found)


def _i3(text: str) -> Iterator[str]:
    names = dict(re.findall(r"^\s*set\s+(\$\w+)\s+(\S+)", text, re.MULTILINE))
    for found in re.findall(r"^\s*bindsym\s+(?:--\S+\s+)*(\S+)", text, re.MULTILINE):
        yield re.sub(r"\$\w+", lambda match: str(names.get(match.group(), match.group())), found)


def _sxhkd(text: str) -> Iterator[str]:
    yield from (line.lstrip("~@") for line in text.splitlines() if line and not line[0].isspace() and line[0] != "#")


def _xbindkeys(text: str) -> Iterator[str]:
    yield from (line for line in text.splitlines() if not line.lstrip().startswith(('"', "#")))


def _fcitx(text: str) -> Iterator[str]:
    yield from re.findall(r"^\d+=(.+)$", text, re.MULTILINE)


def _gsettings(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if re.match(r"\S*(?:keybindings|media-keys|hotkey|binding)", line):
            yield from re.findall(r"'([^']+)'", line)


@dataclass(frozen=True, slots=True)
class _Known:
    """A program that takes keys: how its processes are called, where it says which, and how that is written."""

    program: str
    processes: tuple[str, ...]
    files: tuple[str, ...]
    form: Callable[[str], Iterator[str]]


_KNOWN = (
    _Known(
        "openbox",
        ("openbox",),
        ("~/.config/openbox/lxde-rc.xml", "~/.config/openbox/lxqt-rc.xml", "~/.config/openbox/rc.xml"),
        _openbox,
    ),
    _Known(
        "Xfce",
        ("xfwm4", "xfsettingsd"),
        tuple(
            f"{folder}/xfce4/xfconf/xfce-perchannel-xml/xfce4-keyboard-shortcuts.xml"
            for folder in ("~/.config", "/etc/xdg")
        ),
        _xfce,
    ),
    _Known(
        "KDE", ("kwin_x11", "kglobalaccel5", "kglobalacceld", "plasmashell"), ("~/.config/kglobalshortcutsrc",), _kde
    ),
    _Known("LXQt", ("lxqt-globalkeysd", "lxqt-globalkeys"), ("~/.config/lxqt/globalkeyshortcuts.conf",), _lxqt),
    _Known("i3", ("i3",), ("~/.config/i3/config", "~/.i3/config", "/etc/i3/config"), _i3),
    _Known("sxhkd", ("sxhkd",), ("~/.config/sxhkd/sxhkdrc",), _sxhkd),
    _Known("xbindkeys", ("xbindkeys",), ("~/.xbindkeysrc",), _xbindkeys),
    _Known("fcitx", ("fcitx5", "fcitx"), ("~/.config/fcitx5/config",), _fcitx),
)
_OPENBOX_USUAL = "/etc/xdg/openbox/rc.xml"
"""Read only where the user has no file of their own."""

_ASKED = ("gnome-shell", "gsd-media-keys", "mutter", "metacity", "cinnamon", "marco", "budgie-wm", "ibus-daemon")
"""Those whose keys stand among the desktop's settings."""


def who_holds(name: KeyName, *, home: Path | None = None, running: frozenset[str] | None = None) -> KeyHolder | None:
    """The program whose settings name this key, if it runs; None if that can't be known.

    Args:
        name: The key that is taken.
        home: The user's folder.
        running: Names of the user's processes.
    """
    running = _processes() if running is None else running
    home = Path.home() if home is None else home
    wanted = _wanted(name)
    for known in _KNOWN:
        if running.isdisjoint(known.processes):
            continue
        for file in _files(known, home):
            if any(chord_of(one) == wanted for one in known.form(_text(file))):
                return KeyHolder(known.program, str(file))
    desktop = next((one for one in _ASKED if one[:15] in running), "")
    if desktop and any(chord_of(one) == wanted for one in _gsettings(_listed())):
        return KeyHolder(desktop)
    return None


def _files(known: _Known, home: Path) -> list[Path]:
    found = [home / file[2:] if file.startswith("~") else Path(file) for file in known.files]
    present = [file for file in found if file.is_file()]
    if known.program == "openbox" and not present:
        return [Path(_OPENBOX_USUAL)]
    return present


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _processes() -> frozenset[str]:
    """What runs of this user's, by the names the system keeps (15 letters of them)."""
    names = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == os.getuid():
                names.add((folder / "comm").read_text("utf-8", "replace").strip())
        except OSError:  # it has ended meanwhile
            continue
    return frozenset(names)


def _listed() -> str:
    """What the desktop's settings say, one key a line; "" if they can't be asked."""
    listed = []
    for command in (("gsettings", "list-recursively"), ("dconf", "dump", "/")):
        try:
            done = subprocess.run(command, capture_output=True, timeout=ASKING_S, check=False)  # by the user's PATH
        except (OSError, subprocess.TimeoutExpired):
            continue
        listed.append(done.stdout[:MOST_BYTES].decode("utf-8", "replace"))
    return "\n".join(listed)

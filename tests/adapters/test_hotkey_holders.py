"""Who has a taken key, told from the settings of what runs, and never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.hotkey.holders import KeyHolder, chord_of, who_holds
from sottovoce.adapters.hotkey.names import Modifier, parse

if TYPE_CHECKING:
    from pathlib import Path

CHORD = "Ctrl+Alt+Space"

SETTINGS = {
    "openbox": (
        "openbox", ".config/openbox/rc.xml",
        '<keyboard><keybind key="C-A-space"><action name="ShowMenu"/></keybind></keyboard>',
    ),
    "Xfce": (
        "xfwm4", ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-keyboard-shortcuts.xml",
        '<property name="&lt;Primary&gt;&lt;Alt&gt;space" type="string" value="rofi"/>',
    ),
    "KDE": (
        "kwin_x11", ".config/kglobalshortcutsrc",
        "[kwin]\nSwitch=Meta+Tab\\tCtrl+Alt+Space,none,Switch\n",
    ),
    "LXQt": ("lxqt-globalkeysd", ".config/lxqt/globalkeyshortcuts.conf", "[Control%2BAlt%2Bspace.7]\nComment=Run\n"),
    "i3": ("i3", ".config/i3/config", "set $mod Mod1\nbindsym --release Control+$mod+space exec dmenu\n"),
    "sxhkd": ("sxhkd", ".config/sxhkd/sxhkdrc", "# keys\nctrl + alt + space\n    rofi -show run\n"),
    "xbindkeys": ("xbindkeys", ".xbindkeysrc", '"rofi"\n  Control+Alt + space\n'),
    "fcitx": ("fcitx5", ".config/fcitx5/config", "[Hotkey/TriggerKeys]\n0=Control+Alt+space\n"),
}  # fmt: skip


@pytest.mark.parametrize("program", SETTINGS)
def test_a_program_is_named_by_its_own_settings(tmp_path: Path, program: str) -> None:
    process, file, text = SETTINGS[program]
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert who_holds(parse(CHORD), home=tmp_path, running=frozenset({process})) == KeyHolder(program, str(path))
    assert who_holds(parse("Ctrl+Alt+F9"), home=tmp_path, running=frozenset({process})) is None
    assert who_holds(parse(CHORD), home=tmp_path, running=frozenset({"bash"})) is None  # it does not run


@pytest.mark.parametrize(
    ("text", "modifiers", "key"),
    [
        ("C-A-space", {Modifier.CTRL, Modifier.ALT}, "space"),
        ("<Primary><Alt>Page_Up", {Modifier.CTRL, Modifier.ALT}, "pageup"),
        ("W-S-Return", {Modifier.SUPER, Modifier.SHIFT}, "return"),
        ("Meta+PgUp", {Modifier.SUPER}, "pageup"),
        ("<Super>Prior", {Modifier.SUPER}, "pageup"),
        ("Mod4+Enter", {Modifier.SUPER}, "return"),
        ("XF86AudioMicMute", set(), "xf86audiomicmute"),
    ],
)
def test_combinations_are_read_in_any_spelling(text: str, modifiers: set[Modifier], key: str) -> None:
    assert chord_of(text) == (frozenset(modifiers), key)


@pytest.mark.parametrize("text", ["", "  ", "$mod+x", "run a thing", "rofi -show run", "{a,b} + c"])
def test_what_is_no_combination_is_none(text: str) -> None:
    assert chord_of(text) is None


def test_files_that_cant_be_read_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / ".xbindkeysrc").write_bytes(b"\xff\xfe\x00Control+Alt + space")
    (tmp_path / ".config/sxhkd/sxhkdrc").mkdir(parents=True)
    running = frozenset({"xbindkeys", "sxhkd"})
    assert who_holds(parse(CHORD), home=tmp_path, running=running) is None
    who_holds(parse(CHORD), home=tmp_path)  # among what runs here, whatever it is


def test_a_desktop_is_asked_for_its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "gsettings"
    program.write_text(
        "#!/bin/sh\necho \"org.gnome.desktop.wm.keybindings switch ['<Super>Tab', '<Control><Alt>space']\"\n"
        "echo \"org.gnome.desktop.interface font-name '<Control>q'\"\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    running = frozenset({"gnome-shell"})
    assert who_holds(parse(CHORD), home=tmp_path, running=running) == KeyHolder("gnome-shell")
    assert who_holds(parse("Ctrl+Q"), home=tmp_path, running=running) is None
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert who_holds(parse(CHORD), home=tmp_path, running=running) is None

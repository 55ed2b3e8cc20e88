"""Names of keys, the choice of the hotkey, and the contract over the fake; the real one is in tests/desktop."""

from __future__ import annotations

import asyncio
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.hotkey import NoHotkey, open_hotkey, portal_hotkey
from sottovoce.adapters.hotkey.given import given_key
from sottovoce.adapters.hotkey.names import KeyName, Modifier, parse
from sottovoce.adapters.hotkey.portal import trigger_of
from sottovoce.adapters.hotkey.portal_hotkey import PortalHotkey
from sottovoce.adapters.hotkey.x11 import X11Hotkey
from sottovoce.domain.errors import HotkeyTaken, HotkeyUnknown, HotkeyUnsupported
from sottovoce.domain.settings import Settings
from tests.contracts.hotkey import HotkeyContract
from tests.fakes_talk import FakeHotkey


class FakeKeyboard:
    def __init__(self) -> None:
        self.hotkey = FakeHotkey()

    def down(self, key: str) -> None:
        if self.hotkey.key == key:
            self.hotkey.press()

    def up(self, key: str) -> None:
        if self.hotkey.key == key:
            self.hotkey.release()

    async def take_elsewhere(self, key: str) -> None:
        self.hotkey.failure = HotkeyTaken()


class TestFakeHotkey(HotkeyContract):
    @pytest.fixture
    def keyboard(self) -> FakeKeyboard:
        return FakeKeyboard()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (Settings().hotkey, "Ctrl+Alt+Space"),
        ("ctrl + ALT + space", "Ctrl+Alt+Space"),
        ("Control+Option+Return", "Ctrl+Alt+Enter"),
        ("Win+f5", "Super+F5"),
        ("Meta+Shift+a", "Shift+Super+A"),
        ("Ctrl++", "Ctrl+Plus"),
        ("Alt+-", "Alt+Minus"),
        ("Shift+F35", "Shift+F35"),
        ("Pause", "Pause"),
        ("XF86AudioMicMute", "XF86AudioMicMute"),
        ("Super+PgUp", "Super+PageUp"),
    ],
)
def test_names_people_write_are_understood(text: str, name: str) -> None:
    assert str(parse(text)) == name


@pytest.mark.parametrize(
    "text", ["", "+", "Ctrl", "Ctrl+Alt", "Ctrl+", "Hyper+A", "Ctrl+F36", "Ctrl+F0", "Ctrl+ab", "a b"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(HotkeyUnknown):
        parse(text)


@pytest.mark.parametrize("text", ["a", "Space", "Shift+7", "Enter", "Shift+Delete"])
def test_a_key_people_type_with_is_not_taken_from_them(text: str) -> None:
    with pytest.raises(HotkeyUnknown, match="lost for typing"):
        parse(text)


@given(st.text())
def test_any_text_is_a_key_or_is_refused(text: str) -> None:
    try:
        name = parse(text)
    except HotkeyUnknown:
        return
    assert parse(str(name)) == name


@given(st.sets(st.sampled_from(Modifier), min_size=1).filter(lambda held: held != {Modifier.SHIFT}))
def test_modifiers_may_stand_in_any_order(held: set[Modifier]) -> None:
    forward = "+".join([*held, "Space"])
    backward = "+".join([*reversed(list(held)), "Space"])
    assert parse(forward) == parse(backward) == KeyName(frozenset(held), "Space")


@pytest.mark.parametrize(
    ("session", "kind"),
    [
        ({"DISPLAY": ":7"}, X11Hotkey),
        ({"DISPLAY": ":7", "XDG_SESSION_TYPE": "x11"}, X11Hotkey),
        ({"DISPLAY": ":7", "XDG_SESSION_TYPE": "wayland"}, NoHotkey),
        ({"DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-0"}, NoHotkey),
        ({"WAYLAND_DISPLAY": "wayland-0", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}, PortalHotkey),
        ({}, NoHotkey),
    ],
)
def test_the_session_decides(session: dict[str, str], kind: type) -> None:
    assert type(open_hotkey(session=session)) is kind


LABWC = '<keybind key="C-A-space" onRelease="yes"><action name="Execute" command="sottovoce toggle"/></keybind>'


@pytest.mark.parametrize(
    ("session", "key", "lines", "told"),
    [
        (
            {"SWAYSOCK": "/run/sway"},
            "Ctrl+Alt+Space",
            (
                "bindsym --no-repeat Ctrl+Alt+space exec sottovoce press",
                "bindsym --release Ctrl+Alt+space exec sottovoce release",
            ),
            "to the file ~/.config/sway/config.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "sway:wlroots"},
            "Super+F9",
            (
                "bindsym --no-repeat Mod4+F9 exec sottovoce press",
                "bindsym --release Mod4+F9 exec sottovoce release",
            ),
            "to the file ~/.config/sway/config.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "Hyprland"},
            "Super+Shift+V",
            ("bind = SHIFT SUPER, v, exec, sottovoce press", "bindr = SHIFT SUPER, v, exec, sottovoce release"),
            "to the file ~/.config/hypr/hyprland.conf.",
        ),
        (  # which counts as held beside itself when it comes up
            {"HYPRLAND_INSTANCE_SIGNATURE": "a_1"},
            "RightCtrl",
            ("bind = , Control_R, exec, sottovoce press", "bindr = CTRL, Control_R, exec, sottovoce release"),
            "to the file ~/.config/hypr/hyprland.conf.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "river"},
            "Ctrl+Alt+Space",
            (
                "riverctl map normal Control+Alt space spawn 'sottovoce press'",
                "riverctl map -release normal Control+Alt space spawn 'sottovoce release'",
            ),
            "to the file ~/.config/river/init.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "river"},
            "RightAlt",
            (
                "riverctl map normal None Alt_R spawn 'sottovoce press'",
                "riverctl map -release normal Alt Alt_R spawn 'sottovoce release'",
            ),
            "to the file ~/.config/river/init.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "labwc:wlroots"},
            "Ctrl+Alt+Space",
            (LABWC,),
            "to the part <keyboard> of the file ~/.config/labwc/rc.xml.",
        ),
        (
            {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"},
            "ctrl+alt+space",
            ("sottovoce toggle",),
            "`sottovoce toggle` to Ctrl+Alt+Space in the keyboard settings",
        ),
        ({"XDG_CURRENT_DESKTOP": "KDE"}, "Pause", ("sottovoce toggle",), "`sottovoce toggle` to Pause in the keyboard"),
        (
            {},
            "XF86AudioMicMute",
            ("sottovoce toggle",),
            "`sottovoce press` to XF86AudioMicMute going down (not repeated)",
        ),
    ],
)
async def test_where_there_is_none_the_lines_to_bind_are_told(
    session: dict[str, str], key: str, lines: tuple[str, ...], told: str
) -> None:
    hotkey = NoHotkey(session)
    with pytest.raises(HotkeyUnsupported) as caught:
        await hotkey.grab(key, lambda: None, lambda: None)
    assert str(caught.value.facts["lines"]).split("\n") == list(lines)
    assert told in caught.value.remedy
    assert all(f"`{line}`" in caught.value.remedy for line in lines)
    assert '`hotkey = ""`' in caught.value.remedy
    with pytest.raises(HotkeyUnknown):
        await hotkey.grab("Space", lambda: None, lambda: None)
    await hotkey.close()


@pytest.mark.parametrize(
    ("key", "trigger"),
    [
        ("Ctrl+Alt+Space", "CTRL+ALT+space"),
        ("Super+Shift+V", "SHIFT+LOGO+v"),
        ("XF86AudioMicMute", "XF86AudioMicMute"),
        ("RightCtrl", ""),
    ],
)
def test_the_portal_is_asked_in_its_own_words(key: str, trigger: str) -> None:
    assert trigger_of(parse(key)) == trigger


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space"),
        ("Meta+PgUp", "Super+PageUp"),
        ("Press <Control><Alt>space", "Ctrl+Alt+Space"),
        ("<Primary>Page_Up drücken", "<Primary>Page_Up drücken"),
        ("<Super>\nPage_Up", "Super+PageUp"),
        ("Strg+Leertaste", "Strg+Leertaste"),
        ("", ""),
        ("\x1b[31m<b>" + "x" * 80, "[31m<b>" + "x" * 53 + "…"),
    ],
)
def test_the_desktops_words_for_a_key_are_read_and_never_more_than_a_short_line(told: str, key: str) -> None:
    assert given_key(told) == key


async def test_where_no_portal_answers_the_lines_to_bind_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    hotkey = PortalHotkey({"SWAYSOCK": "sway"})
    for key in ("Ctrl+Alt+Space", "RightCtrl"):
        with pytest.raises(HotkeyUnsupported) as caught:
            await hotkey.grab(key, lambda: None, lambda: None)
        assert str(caught.value.facts["lines"]).startswith("bindsym")
    assert not hotkey.reports_release
    with pytest.raises(HotkeyUnknown):
        await hotkey.grab("Space", lambda: None, lambda: None)
    await hotkey.close()


WORKER = """
import json, sys, time
for line in sys.stdin:
    print(json.dumps({"had": True}), flush=True)
    print(json.dumps({"edge": "press", "at_s": 1.5}), flush=True)
    if json.loads(line)["key"] == "Pause":
        break
"""


async def test_a_portal_worker_that_ends_lets_the_key_go_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal_hotkey, "python_command", lambda _: [sys.executable, "-c", WORKER])
    told: asyncio.Queue[object] = asyncio.Queue()
    hotkey = PortalHotkey({"SWAYSOCK": "sway"}, told.put_nowait)
    press, release = (lambda: told.put_nowait(hotkey.edge_s)), (lambda: told.put_nowait("up"))
    await hotkey.grab("Ctrl+Alt+Space", press, release)
    assert hotkey.reports_release
    assert await told.get() == 1.5
    await hotkey.grab("Pause", press, release)  # as if the key before had come up
    assert [await told.get() for _ in range(3)] == ["up", 1.5, "up"]
    lost = await told.get()
    assert isinstance(lost, HotkeyUnsupported)
    assert "bindsym --no-repeat Pause" in str(lost.facts["lines"])
    assert not hotkey.reports_release
    await hotkey.close()


async def test_a_portal_worker_that_has_ended_unseen_lets_the_key_go_with_the_next_grab(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portal_hotkey, "python_command", lambda _: [sys.executable, "-c", WORKER])
    told: asyncio.Queue[str] = asyncio.Queue()
    hotkey = PortalHotkey({"SWAYSOCK": "sway"})
    press, release = (lambda: told.put_nowait("down")), (lambda: told.put_nowait("up"))
    await hotkey.grab("Ctrl+Alt+Space", press, release)
    assert await told.get() == "down"
    worker = hotkey._process  # noqa: SLF001 - to end it while the loop sees nothing
    assert worker is not None
    worker.kill()
    worker.wait()
    await hotkey.grab("Ctrl+Alt+Space", press, release)
    assert [await told.get() for _ in range(2)] == ["up", "down"]
    await hotkey.close()


async def test_without_an_x_server_nothing_is_left_running() -> None:
    hotkey = X11Hotkey(":4711")
    with pytest.raises(HotkeyUnsupported):
        await hotkey.grab("Ctrl+Alt+Space", lambda: None, lambda: None)
    await hotkey.close()

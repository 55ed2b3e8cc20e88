"""The interface on a real desktop: trays of both kinds, none, and late ones; the focus; the end."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.interface_probe import SCENES
from tests.desktop.probing import Probed
from tests.waiting import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.conftest import DeskFactory

OVERLAY = "^Sottovoce overlay$"
WINDOW = "^Sottovoce$"
QUIT_S = 10.0
SNI = DeskOptions(tray="sni", keyring="none", notifications=False, audio=False)
NO_TRAY = DeskOptions(tray="none", keyring="none", notifications=False, audio=False)
WATCHER = "org.kde.StatusNotifierWatcher"


def bad_words(probe: Probed) -> list[str]:
    """Lines of the probe's log that are neither its answers nor calm."""
    return [line for line in probe.log().splitlines() if not line.startswith(("up ", "did ", "asked ", "closed"))]


def quits(probe: Probed) -> None:
    """It ends by itself, soon, without a bad word and with nothing left."""
    begun = time.monotonic()
    probe.do("quit")
    assert probe.process.wait(QUIT_S) == 0
    assert time.monotonic() - begun < QUIT_S
    assert probe.log().endswith("closed\n")
    assert bad_words(probe) == []


def docked(desk: Desk) -> list[str]:
    """XEmbed: windows of the probe inside the panel."""
    tree = desk.run("xwininfo", "-root", "-tree").stdout
    return [
        line
        for line in tree.splitlines()
        if '"sottovoce"' in line.lower() and "22x22" in line.replace("24x24", "22x22")
    ]


def registered(desk: Desk) -> str:
    """StatusNotifier: the items the watcher knows."""
    return desk.run(
        "dbus-send", "--print-reply", f"--dest={WATCHER}", "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties.Get", f"string:{WATCHER}", "string:RegisteredStatusNotifierItems",
        check=False,
    ).stdout  # fmt: skip


def item_names(desk: Desk) -> list[str]:
    return [line.split('"')[1] for line in registered(desk).splitlines() if "StatusNotifierItem" in line]


def test_the_icon_is_docked_and_changes_with_the_stage(desk: Desk, tmp_path: Path) -> None:
    probe = Probed(desk)
    wait_for(lambda: docked(desk), what="the icon is in the panel")
    seen: set[bytes] = set()
    for scene in ("ready", "listening", "thinking", "speaking", "trouble"):
        probe.do(scene)

        def changed(before: set[bytes] = seen) -> bytes:
            shot = tmp_path / "tray.rgb"
            desk.run("import", "-window", "root", "-crop", "40x32+1240+768", "+repage", f"rgb:{shot}")
            return b"" if shot.read_bytes() in before else shot.read_bytes()

        seen.add(wait_for(changed, what=f"another picture for {scene}"))
        probe.do("ready")
    assert len(seen) == 5
    quits(probe)
    wait_for(lambda: not docked(desk), what="the icon is gone")


def test_a_click_on_the_icon_opens_the_window_and_a_middle_click_talks(desk: Desk) -> None:
    probe = Probed(desk)
    wait_for(lambda: docked(desk), what="the icon is in the panel")
    x, y = place_of_icon(desk)
    desk.screen.click(x, y, button=2)
    wait_for(lambda: "asked toggle" in probe.log(), what="a middle click talks")
    assert desk.screen.windows(WINDOW) == []
    desk.screen.click(x, y)
    desk.screen.window(WINDOW)
    probe.do("unseen")
    quits(probe)


def place_of_icon(desk: Desk) -> tuple[int, int]:
    """The middle of the docked icon on the screen."""
    line = docked(desk)[0].split()
    across, down = line[-1].lstrip("+").split("+")
    return int(across) + 8, int(down) + 8


def test_the_overlay_never_takes_the_focus_and_lets_clicks_through(desk: Desk) -> None:
    probe = Probed(desk)
    probe.do("about")
    other = desk.screen.window("^About Sottovoce")
    wait_for(lambda: desk.screen.focused() == other, what="another window has the focus")
    active = desk.run("xdotool", "getactivewindow").stdout
    for scene in sorted(SCENES, key="unfinished".__eq__):  # last, for that one stays until it is answered
        probe.do("ready")
        wait_for(lambda: not desk.screen.windows(OVERLAY), what="the overlay is gone")
        probe.do(scene)
        if scene != "ready":
            overlay = desk.screen.window(OVERLAY)
            assert "Override Redirect State: yes" in desk.run("xwininfo", "-id", str(overlay)).stdout
        assert desk.screen.focused() == other, scene
        assert desk.run("xdotool", "getactivewindow").stdout == active, scene
        desk.screen.type("a")  # keys still go where they went
        assert desk.screen.focused() == other, scene
    probe.do("unseen")
    quits(probe)


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("recovery", "^Recovery code$"),
        ("remind", "^Recovery code$"),
        ("passphrase", "^Unlock Sottovoce$"),
        ("choose", "^Protect your conversations$"),
    ],
)
def test_a_window_that_comes_by_itself_leaves_the_focus_where_it_is(desk: Desk, word: str, title: str) -> None:
    probe = Probed(desk)
    probe.do("about")
    other = desk.screen.window("^About Sottovoce")
    wait_for(lambda: desk.screen.focused() == other, what="another window has the focus")
    probe.do(word)
    shown = desk.screen.window(title)
    for key in ("space", "a"):  # what is typed goes where it went
        desk.screen.tap(key)
    assert desk.screen.focused() == other
    assert desk.screen.windows(title) == [shown]
    probe.do("unseen")
    quits(probe)


def test_a_cancelled_turn_takes_the_overlay_away(desk: Desk) -> None:
    probe = Probed(desk)
    probe.do("listening")
    desk.screen.window(OVERLAY)
    probe.do("ready")
    wait_for(lambda: not desk.screen.windows(OVERLAY), what="the overlay is gone")
    quits(probe)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_a_second_and_leaves_nothing(desk: Desk, number: signal.Signals) -> None:
    probe = Probed(desk)
    for scene in ("window", "settings", "speaking"):
        probe.do(scene)
    begun = time.monotonic()
    probe.process.send_signal(number)
    assert probe.process.wait(QUIT_S) == 0
    assert time.monotonic() - begun < QUIT_S
    assert probe.log().endswith("closed\n")
    assert bad_words(probe) == []


def test_a_status_notifier_is_registered_and_goes_away(make_desk: DeskFactory) -> None:
    desk = make_desk(SNI)
    probe = Probed(desk)
    wait_for(lambda: item_names(desk), what="the item is registered")
    probe.do("speaking")
    quits(probe)
    wait_for(lambda: not item_names(desk), what="the item is gone")


def test_a_tray_that_comes_late_gets_the_icon(make_desk: DeskFactory) -> None:
    desk = make_desk(SNI)
    desk.kill("tray")
    wait_for(lambda: not desk.owned(WATCHER), what="the tray is gone")
    probe = Probed(desk)
    assert "up False" in probe.log()
    desk.part("tray", "xfce4-panel", "--disable-wm-check", up=desk.tray_hosted)
    wait_for(lambda: item_names(desk), what="the item is registered with the late tray")
    quits(probe)


def test_without_any_tray_the_window_comes_up_beside_what_the_user_does(make_desk: DeskFactory) -> None:
    desk = make_desk(NO_TRAY)
    probe = Probed(desk)
    probe.do("about")
    other = desk.screen.window("^About Sottovoce")
    wait_for(lambda: desk.screen.focused() == other, what="another window has the focus")
    desk.screen.window(WINDOW)
    assert desk.screen.focused() == other
    quits(probe)


def test_without_a_session_bus_there_is_still_a_tray_icon(desk: Desk) -> None:
    probe = Probed(desk, bus=False)
    wait_for(lambda: docked(desk), what="the icon is in the panel")
    probe.do("listening")
    quits(probe)

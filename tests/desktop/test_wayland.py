"""Talking under Wayland, where programs place no windows and take no keys: by commands, as key bindings call them."""

import contextlib
import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sottovoce.ui.theme import LIGHT
from tests.desktop.app import AT_ONCE_S, Overlay
from tests.desktop.conftest import WaylandDeskFactory
from tests.desktop.taps import HOLD_MS, TAP_MS, BoundKey, pressed, typed_while_overlays_come_and_go
from tests.desktop.test_waybox import FIELD
from tests.desktop.waybox import WaylandDesk, WaylandOptions
from tests.desktop.wayland_app import WaylandApp
from tests.waiting import wait_for

SETTINGS = 'speech_rate = 300\nhotkey = ""\n'
TIMES = int(os.environ.get("WAYLAND_OVERLAYS", "10"))
"""How many overlays come and go while somebody types; `./dev taps` does more."""


# Prints title and text of each notification.
NOTIFICATIONS = """
import asyncio
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method

class Notifications(ServiceInterface):
    @dbus_method()
    def GetCapabilities(self) -> "as":
        return ["body"]

    @dbus_method()
    def Notify(
        self, app: "s", id: "u", icon: "s", title: "s", text: "s", buttons: "as", hints: "a{sv}", ms: "i"
    ) -> "u":
        print(f"{title}: {text}", flush=True)
        return 7

    @dbus_method()
    def CloseNotification(self, id: "u"):
        print("closed", flush=True)

async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications("org.freedesktop.Notifications"))
    await bus.request_name("org.freedesktop.Notifications")
    await bus.wait_for_disconnect()

asyncio.run(main())
"""


@pytest.fixture
def make_app(make_wayland_desk: WaylandDeskFactory, tmp_path: Path) -> Iterator[Callable[..., WaylandApp]]:
    """Start the application in a new desk with these options, and a field to type into in front of it."""
    with contextlib.ExitStack() as stack:

        def make(settings: str = SETTINGS, **options: object) -> WaylandApp:
            desk = make_wayland_desk(WaylandOptions(**options))  # type: ignore[arg-type] # as they are declared
            app = WaylandApp(desk, Overlay(desk, tmp_path), settings=settings)
            stack.callback(lambda: app.process.poll() is None and app.end())
            desk.popen(sys.executable, "-c", FIELD, log="field", env={"QT_QPA_PLATFORM": "wayland"})
            desk.screen.focus("a-field")
            app.start()
            desk.screen.window("^Welcome")
            return app

        yield make


def _overlay_shown(desk: WaylandDesk, output: str = "HEADLESS-1") -> bool:
    """Whether the overlay's ground is seen at the lower edge of the screen, in the middle."""
    pixels = desk.screen.pixels(output)
    rows, columns, _ = pixels.shape
    lower = pixels[rows * 7 // 8 :, columns // 2 - 40 : columns // 2 + 40]
    ground = [int(LIGHT.ground[place : place + 2], 16) for place in (1, 3, 5)]
    return bool(((lower == ground).all(axis=2).mean()) > 0.3)


def _await_overlay(desk: WaylandDesk, output: str = "HEADLESS-1") -> None:
    wait_for(lambda: _overlay_shown(desk, output), what=f"the overlay on {output}")


def test_a_turn_is_shown_above_the_windows_and_takes_nothing_from_them(make_app: Callable[..., WaylandApp]) -> None:
    app = make_app()
    desk, screen = app.desk, app.desk.screen
    desk.await_icon()
    assert "layer above all windows" in app.checked("windows")
    field, windows = screen.focused(), sorted(screen.windows(""))
    assert screen.windows("a-field") == [field]  # the welcome, which came after it, has taken nothing
    assert not _overlay_shown(desk)
    with app.held() as since:
        _await_overlay(desk)
        desk.sound.say("what time is it", "-s", "160")
    app.overlay.wait("^Speaking what time is it It is", since)
    assert (screen.focused(), sorted(screen.windows(""))) == (field, windows)
    assert app.answer_to("what time is it", since).startswith("It is")
    assert not typed_while_overlays_come_and_go(app, TIMES)
    wait_for(lambda: not _overlay_shown(desk), what="the overlay has gone")

    second = app.popen()
    assert second.wait(timeout=60) == 0
    screen.window("^Sottovoce")
    assert app.end() < AT_ONCE_S
    assert app.alive() == []
    assert not app.socket.exists()


def test_beside_xwayland_on_the_screen_where_the_user_is_and_in_a_window_where_that_is_set(
    make_app: Callable[..., WaylandApp],
) -> None:
    app = make_app(xwayland=True, scales=(1.25, 1.5))
    desk, screen = app.desk, app.desk.screen
    for here, there in (("HEADLESS-1", "HEADLESS-2"), ("HEADLESS-2", "HEADLESS-1")):
        screen.sway("focus", "output", here)
        since = app.overlay.mark()
        app.call("press")
        app.overlay.wait("^Listening", since)
        _await_overlay(desk, here)
        assert not _overlay_shown(desk, there)
        app.call("cancel")
        app.overlay.wait("^Ready", since)
    app.json("settings", "set", "overlay", "window")
    app.ended(lambda: app.call("quit"))
    screen.focus("a-field")
    app.start()
    screen.window("^Welcome")  # of X, too, it takes nothing
    assert not typed_while_overlays_come_and_go(app, 2)
    app.call("press")
    overlay = ("xdotool", "search", "--onlyvisible", "--name", "Sottovoce overlay")
    wait_for(lambda: desk.run(*overlay, check=False).stdout, what="the overlay's window")
    desk.sound.say("who are you", "-s", "160")
    app.overlay.wait("^Listening… who are you")
    app.ended(lambda: desk.kill("sway"))
    assert app.alive() == []
    assert [one["content"] for one in app.json("history", "unfinished")["unfinished"]] == ["who are you"]
    assert not app.socket.exists()


def test_what_the_compositor_is_to_bind_is_copied_with_one_click_and_both_ends_of_the_key_are_seen(
    make_app: Callable[..., WaylandApp],
) -> None:
    app = make_app(settings='speech_rate = 300\nhotkey = "Ctrl+Alt+F9"\n')
    desk, screen = app.desk, app.desk.screen
    desk.give(app.command_for(desk.commands))

    def shown(pattern: str) -> bool:
        return any(re.search(pattern, thing.name) for thing in desk.seen.things())

    screen.focus("^Welcome")
    screen.choose("alt+t", "^Try the key")
    screen.choose("alt+o", "^Copy what to write there")
    wait_for(lambda: shown("^Copied$"), what="it is copied")
    screen.focus("a-field")
    screen.tap("ctrl+v")
    wait_for(lambda: "exec sottovoce release" in desk.log("field"), what="what was copied")
    lines = re.findall(r"bindsym (?:(?!bindsym).)+? exec sottovoce \w+", desk.log("field"))
    assert len(lines) == 2
    for line in lines:
        assert all(answer["success"] for answer in screen.sway(line))
    held = ("wtype", "-M", "ctrl", "-M", "alt", "-P", "F9")
    let_go = ("-p", "F9", "-m", "alt", "-m", "ctrl")
    desk.run(*held, "-s", "700", *let_go)  # long enough to be repeated
    wait_for(lambda: shown("Release: seen"), what="both ends of the key")
    assert shown("Press: seen")
    assert app.turns == []  # the microphone stayed closed

    screen.focus("^Welcome")
    screen.choose("alt+t", "^End the trial")
    wait_for(lambda: shown("^Try the key"), what="the trial is over")
    since = app.overlay.mark()
    holding = desk.popen(*held, "-s", "60000", *let_go)
    app.overlay.wait("^Listening", since)
    holding.kill()  # and its keyboard is gone: the compositor lets its keys go
    wait_for(lambda: app.turns, what="the turn is over")
    for times, lengths_ms, repeats in ((4, TAP_MS, False), (1, HOLD_MS, True)):  # `./dev taps` does more
        key, before = BoundKey(app, repeats=repeats), len(app.turns)
        assert not list(pressed(app, key, times, lengths_ms, random.Random(times)))  # noqa: S311 - how long, no secret
        assert len(app.turns) > before


def test_where_there_is_no_layer_no_xwayland_and_no_tray_notifications_tell(
    make_wayland_desk: WaylandDeskFactory,
) -> None:
    desk = make_wayland_desk(WaylandOptions(compositor="weston", tray="none", audio=False))
    desk.popen(sys.executable, "-c", NOTIFICATIONS, log="notifications")
    wait_for(lambda: desk.owned("org.freedesktop.Notifications"), what="notifications")
    app = WaylandApp(desk, settings=SETTINGS)
    app.start()
    app.call("press")
    wait_for(lambda: "No microphone was found" in desk.log("notifications"), what="the trouble in a notification")
    app.end()

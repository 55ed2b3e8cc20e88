"""The key to talk by the desktop's portal: the real frontend, and behind it a desktop that the test leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import TURN_S, Overlay
from tests.desktop.waybox import WaylandOptions
from tests.desktop.waybox.portal import Portal
from tests.desktop.wayland_app import WaylandApp
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.conftest import WaylandDeskFactory

ASKED = "CTRL+ALT+F9: Hold to talk"
LOST = "trouble: hotkey-unsupported"


@pytest.fixture
def app(make_wayland_desk: WaylandDeskFactory, tmp_path: Path) -> Iterator[WaylandApp]:
    desk = make_wayland_desk(WaylandOptions(tray="none"))
    made = WaylandApp(desk, Overlay(desk, tmp_path), settings='speech_rate = 300\nhotkey = "Ctrl+Alt+F9"\n')
    yield made
    if made.process.poll() is None:
        made.end()


def test_a_key_of_the_desktop_is_held_to_talk_and_is_there_again_after_the_portal_has_died(app: WaylandApp) -> None:
    portal = Portal(app.desk)
    app.start()
    portal.await_asked(ASKED)
    assert "trouble" not in app.log

    since = app.overlay.mark()
    portal.tell("press")
    app.overlay.wait("^Listening", since)
    app.desk.sound.say("what time is it", "-s", "160")
    portal.tell("release")
    app.overlay.wait("^Speaking what time is it It is", since)
    app.overlay.wait("^Ready", since)

    app.json("settings", "set", "hands_free", "false")
    since = app.overlay.mark()
    portal.tell("press")
    app.overlay.wait("^Listening", since)
    portal.await_asked(ASKED)  # what is held is not asked for again
    portal.kill()  # no release is ever told
    wait_for(lambda: len(app.turns) == 2, TURN_S, "the turn is over")
    wait_for(lambda: app.log.count(LOST) == 1, what="nobody begins the portal anew: the key is lost")
    portal.start()
    portal.await_asked(ASKED, 2)
    since = app.overlay.mark()
    portal.tell("press")
    app.overlay.wait("^Listening", since)
    portal.tell("release")
    wait_for(lambda: len(app.turns) == 3, TURN_S, "the turn is over")

    portal.tell("close")
    wait_for(lambda: app.log.count(LOST) == 2, what="the key is lost")


def test_the_key_that_the_desktops_user_has_chosen_is_shown_and_may_change_and_another_drops_what_is_said(
    app: WaylandApp,
) -> None:
    portal = Portal(app.desk)
    portal.tell("ask")
    app.start()
    portal.await_asked(ASKED)
    portal.await_asked("no key: Drop what is said or answered")
    portal.tell("choose Press <Control>F12")

    def checked(words: str) -> None:
        wait_for(lambda: words in app.checked("hotkey"), what=words)

    checked("Your desktop gives Ctrl+F12 for Ctrl+Alt+F9")
    assert "trouble" not in app.log
    shown = app.desk.seen
    wait_for(lambda: any("Hold Ctrl+F12 and talk" in one.name for one in shown.things()), what="the key in the window")

    since = app.overlay.mark()
    portal.tell("press")
    app.overlay.wait("^Listening", since)
    portal.tell("cancel")
    app.overlay.wait("^Ready", since)
    portal.tell("release")
    portal.tell("cancel")  # with nothing to drop
    assert app.turns == ["cancelled"]

    portal.tell("change Meta+Umschalt+Leertaste")
    checked("Your desktop gives Meta+Umschalt+Leertaste")
    portal.tell("change ")
    checked("does not say which key it gives")
    portal.tell("change removed")
    wait_for(lambda: app.log.count(LOST) == 1, what="the key is lost")
    portal.tell("change Ctrl+Alt+F9")
    checked("Ctrl+Alt+F9 is held")
    since = app.overlay.mark()
    portal.tell("press")
    app.overlay.wait("^Listening", since)
    app.call("cancel")


@pytest.mark.parametrize("way", ["at once", "later"])
def test_who_refuses_is_told_what_to_bind_instead(app: WaylandApp, way: str) -> None:
    portal = Portal(app.desk)
    portal.tell("refuse" if way == "at once" else "ask")
    app.start()
    portal.await_asked(ASKED)
    if way == "later":
        portal.tell("dismiss")
    wait_for(lambda: LOST in app.log, what="the trouble")
    (check,) = (one for one in app.json("doctor", code=1)["checks"] if one["name"] == "hotkey")
    assert "bindsym --no-repeat Ctrl+Alt+F9 exec sottovoce press" in check["remedy"]

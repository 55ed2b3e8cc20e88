"""Timers in the real application: told aloud and by a notification, once, also to who was killed while it rang."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.desktop.app import App, LevelMeter
from tests.desktop.deskbox import Desk
from tests.waiting import wait_for


@pytest.fixture(scope="module")
def meter(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> LevelMeter:
    """Measures what the speaker plays."""
    return LevelMeter(plain_desk, tmp_path_factory.mktemp("level"))


@pytest.fixture
def app(plain_desk: Desk) -> Iterator[App]:
    """An application that has not started yet."""
    app = App(plain_desk)
    yield app
    if hasattr(app, "process") and app.process.poll() is None:
        app.end()


def count(desk: Desk, what: str) -> int:
    return int(desk.run("dunstctl", "count", what).stdout)


def test_a_timer_is_told_aloud_and_shown_and_stopped_by_talking(app: App, meter: LevelMeter) -> None:
    app.start()
    answered = app.json("ask", "set a pasta timer for two seconds")
    assert answered["reply"] == "Your pasta timer is set for 2 seconds."
    since = time.monotonic()
    wait_for(lambda: count(app.desk, "displayed") == 1, what="a notification")
    meter.wait_for_sound(since)
    assert app.json("ask", "what timers do i have")["reply"]
    assert app.json("ask", "stop the alarm")["reply"] == "The alarm is off."
    wait_for(lambda: count(app.desk, "displayed") == 0, what="no notification any more")
    assert app.json("ask", "what timers do i have")["reply"] == "You have no timer running."
    assert "Your pasta timer is done." in app.desk.run("dunstctl", "history").stdout


def test_killed_while_it_rings_it_is_told_once_at_the_next_start(app: App) -> None:
    app.start()
    app.json("ask", "set a pasta timer for one second")
    wait_for(lambda: count(app.desk, "displayed") == 1, what="a notification")
    app.kill()
    app.desk.run("dunstctl", "close-all")
    app.start()
    wait_for(lambda: count(app.desk, "displayed") == 1, what="a notification after the start")
    app.json("ask", "stop the alarm")
    wait_for(lambda: count(app.desk, "displayed") == 0, what="no notification any more")
    app.end()
    app.start()
    assert app.json("ask", "what timers do i have")["reply"] == "You have no timer running."
    assert count(app.desk, "displayed") == 0


def test_its_button_lets_it_come_again(app: App) -> None:
    app.start()
    app.json("ask", "set a pasta timer for one second")
    wait_for(lambda: count(app.desk, "displayed") == 1, what="a notification")
    signal = ("dbus-send", "--session", "--type=signal", "/org/freedesktop/Notifications")
    for number in range(1, 30):  # dunst counts those of the tests before, too
        chosen = ("org.freedesktop.Notifications.ActionInvoked", f"uint32:{number}", "string:snooze")
        app.desk.run(*signal, *chosen)
    wait_for(lambda: count(app.desk, "displayed") == 0, what="no notification any more")
    left = app.json("ask", "how much time is left")["reply"]
    assert re.fullmatch(r"Your pasta timer has (9 minutes|8 minutes and \d+ seconds?) left\.", left)

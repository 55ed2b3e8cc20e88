"""What of running speech is heard through a real sound server, and what a storm of faults leaves behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.capture import GOALS, MEASURED_MS, measured
from tests.desktop.app import App, Overlay, running
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.storm import storm
from tests.waiting import wait_for

PLAIN = DeskOptions(tray="none", keyring="none", notifications=False)
BUSY_MS = 100.0
"""The same as `GOALS` where other tests keep the processors busy."""


@pytest.mark.timeout(240)
def test_little_is_lost_at_a_press_nothing_with_what_was_kept_and_no_last_word(make_desk: DeskFactory) -> None:
    found = measured(make_desk(PLAIN), presses=4, ends=1)
    assert [len(values) for values in found.values()] == [4, 4, 1, 1]
    assert max(found["lost_ms"]) < GOALS["lost_ms"] + BUSY_MS
    assert max(found["lost_with_preroll_ms"]) < 0
    assert max(found["cut_0_ms_early_ms"]) <= MEASURED_MS
    assert max(found["cut_150_ms_early_ms"]) <= MEASURED_MS


@pytest.mark.timeout(300)
def test_a_storm_of_faults_leaves_nothing_stuck_and_nothing_behind(make_desk: DeskFactory) -> None:
    # The long form of it, with other faults each time, is `./dev storm 1000`.
    desk = make_desk(PLAIN)
    desk.sound.await_samples()
    assert storm(desk, 24, seed=7) == []


@pytest.fixture
def keeping(make_desk: DeskFactory, tmp_path: Path) -> Iterator[App]:
    desk = make_desk(DeskOptions(notifications=False))
    with running(desk, Overlay(desk, tmp_path), settings="preroll = true\n") as app:
        yield app


def recorders(desk: Desk) -> int:
    """Streams that take from the microphone."""
    return desk.run("pactl", "list", "source-outputs").stdout.count('media.name = "Push to talk"')


@pytest.mark.timeout(120)
def test_the_microphone_is_open_before_a_press_only_while_that_is_wanted_and_the_screen_unlocked(keeping: App) -> None:
    desk = keeping.desk
    wait_for(lambda: recorders(desk) == 1, what="sound is kept")
    saver = "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged"
    desk.run("dbus-send", "--session", "--type=signal", *saver, "boolean:true")
    wait_for(lambda: recorders(desk) == 0, what="none is kept behind a locked screen")
    desk.run("dbus-send", "--session", "--type=signal", *saver, "boolean:false")
    wait_for(lambda: recorders(desk) == 1, what="sound is kept again")
    with keeping.held() as since:
        desk.sound.say("what time is it", "-s", "160")
    keeping.answer_to("what time is it", since)
    assert recorders(desk) == 1
    keeping.run("settings", "set", "preroll", "false")
    wait_for(lambda: recorders(desk) == 0, what="none is kept")

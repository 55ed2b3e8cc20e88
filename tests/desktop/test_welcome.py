"""The welcome of the real application: by the keyboard alone, with real sound, as a screen reader tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import AT_ONCE_S, KEY, START_S, TURN_S, App, Overlay
from tests.desktop.deskbox import DeskOptions, sound_seconds
from tests.desktop.screen_reader import Reader
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.conftest import DeskFactory
    from tests.desktop.deskbox import Desk

WELCOME, RECOVERY = "^Welcome to Sottovoce", "^Recovery code"
STEPS = 5


@pytest.fixture
def desk(make_desk: DeskFactory) -> Desk:
    return make_desk(DeskOptions(tray="none", notifications=False))


@pytest.fixture
def app(desk: Desk, tmp_path: Path) -> Iterator[App]:
    made = App(desk, Overlay(desk, tmp_path), settings="speech_rate = 260\n")
    made.start()
    yield made
    if made.process.poll() is None:
        made.end()


def activate(app: App, title: str = WELCOME) -> None:
    """Bring it to the front, as Alt+Tab does."""
    app.desk.screen.activate(title, limit_s=START_S)


def go_on(app: App, reader: Reader, number: int) -> None:
    app.desk.screen.choose("alt+n", "^Next$")
    reader.await_shown(f"^Step {number} of {STEPS}")
    reader.await_announced(f"^Step {number} of {STEPS}")


def code_of(reader: Reader) -> list[str]:
    """The groups of the code that is shown."""
    shown = reader.await_shown(r"^([0-9A-Z]{4}\s+){6}[0-9A-Z]{4}$")
    return shown.split()


def test_the_whole_welcome_by_keyboard_and_screen_reader(app: App, desk: Desk, tmp_path: Path) -> None:
    reader = Reader(desk, tmp_path)
    activate(app)
    roles = {name: role for role, name, _, _ in reader.shown()}
    assert {roles[name] for name in ("Skip the welcome", "Next", "Back")} <= {"push button", "button"}

    with desk.screen.holding(KEY):
        reader.await_shown("Press: seen")
    reader.await_shown("Release: seen")
    reader.await_announced("^pressed$")
    reader.await_announced("^let go$")
    wait_for(lambda: app.turns, TURN_S, "the turn without a word is over")

    go_on(app, reader, 2)
    (level,) = ((role, value) for role, name, _, value in reader.shown() if name == "Level of the microphone")
    assert level[0] == "progress bar"
    desk.sound.say("one two three four five six", "-s", "160")
    reader.await_announced("^You are heard")
    with desk.sound.recorded(tmp_path / "test.wav") as recording:
        desk.screen.choose("alt+t", "^Record a test")
        reader.await_announced("^Recording")
        desk.sound.say("this is how i sound", "-s", "160")
        reader.await_announced("^If you have understood yourself", TURN_S)
    assert sound_seconds(recording) > 0.5

    go_on(app, reader, 3)
    app.talk("what time is it")
    reader.await_shown("^You: what time is it$", TURN_S)
    reader.await_announced("^Sottovoce: It is")

    go_on(app, reader, 4)
    wait_for(lambda: app.json("show")["stage"] == "ready", TURN_S, "the answer has been said")
    activate(app)
    with desk.sound.recorded(tmp_path / "voice.wav") as recording:
        desk.screen.choose("alt+l", "^Listen$")
        reader.await_shown("^Stop listening$")
        reader.await_shown("^Listen$", TURN_S)
    assert sound_seconds(recording) > 0.5

    go_on(app, reader, 5)
    group = code_of(reader)[3]
    desk.screen.tap("alt+t")
    desk.screen.fill("^One group", group.lower())
    desk.screen.tap("Return")
    wait_for(lambda: not desk.screen.windows(WELCOME), AT_ONCE_S, "the welcome is over")
    assert group not in app.log + app.output
    app.end()

    app.start()
    app.json("show")
    desk.screen.window("^Sottovoce$")
    assert desk.screen.windows(WELCOME) == desk.screen.windows(RECOVERY) == []


def test_a_crash_in_the_last_step_loses_no_way_back(app: App, desk: Desk, tmp_path: Path) -> None:
    reader = Reader(desk, tmp_path)
    activate(app)
    for number in range(2, STEPS + 1):
        go_on(app, reader, number)
    first = code_of(reader)
    app.kill()

    app.start()
    activate(app)
    reader.await_shown("^A recovery code was made")
    desk.screen.choose("alt+m", "^Make")
    second = code_of(reader)
    assert second != first
    desk.screen.tap("alt+t")
    desk.screen.fill("^One group", second[0])
    desk.screen.tap("Return")
    wait_for(lambda: not desk.screen.windows(WELCOME), AT_ONCE_S, "the welcome is over")
    app.end()
    app.start()
    app.json("show")
    desk.screen.window("^Sottovoce$")
    assert desk.screen.windows(WELCOME) == desk.screen.windows(RECOVERY) == []

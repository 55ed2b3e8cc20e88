"""The key proved by being pressed, held or toggled or tapped twice, dropped and recorded, on a real desktop."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sottovoce
from tests.desktop.app import KEY, TURN_S, App, Overlay, running
from tests.desktop.fingers import ALT, CTRL, SPACE, Fingers
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.deskbox import Desk

SILENT = "speak = false\n"


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


def proving(app: App, *words: str, press: Callable[[], object]) -> tuple[int, dict[str, Any]]:
    """`sottovoce doctor --key`, while `press` is done again and again: its exit code, and what it printed."""
    command = app.desk.popen_python(
        "-m", "sottovoce", "doctor", "--key", *words, "--json", env=app.env, log="doctor-key"
    )
    printed = app.desk.log("doctor-key").count("\n{")

    def ended() -> bool:
        press()
        return command.poll() is not None

    wait_for(ended, 60, "the key is proved")
    lines = [line for line in app.desk.log("doctor-key").splitlines() if line.startswith("{")]
    assert len(lines) > printed
    assert command.returncode is not None
    return command.returncode, json.loads(lines[-1])


def states(result: dict[str, Any]) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in result["checks"]}


def test_without_the_application_the_key_is_proved_here(desk: Desk) -> None:
    app = App(desk)
    code, result = proving(app, press=lambda: desk.screen.tap(KEY))
    assert code == 0
    assert states(result) == {"hotkey": True, "press": True, "release": True, "repeat": True}
    assert result["modes"] == ["hold", "toggle"]
    assert result["key"] == "Ctrl+Alt+Space"


def test_who_has_the_key_is_told_by_the_doctor(desk: Desk) -> None:
    ended = App(desk).run("doctor", "--key", "Ctrl+Alt+Left")
    assert ended.returncode == 1
    assert "openbox already uses Ctrl+Alt+Left" in ended.stdout
    assert App(desk).run("doctor", "--key", "Pause", "--seconds", "0").returncode == 2


def test_the_application_proves_its_own_key_and_goes_on(desk: Desk, overlay: Overlay) -> None:
    with running(desk, overlay, settings=SILENT) as app:
        code, result = proving(app, press=lambda: desk.screen.tap(KEY))
        assert code == 0
        assert result["modes"] == ["hold", "toggle"]
        code, result = proving(app, "Super+F9", press=lambda: desk.screen.tap("super+F9"))
        assert code == 0
        with app.held():  # the key in force is back
            pass


def test_what_the_desktop_binds_to_the_commands_is_proved_too(desk: Desk) -> None:
    with running(desk, settings=f'{SILENT}hotkey = ""\n') as app:

        def press_and_release() -> None:
            app.run("press")
            app.run("release")

        code, result = proving(app, press=press_and_release)
        assert code == 0
        assert result["modes"] == ["hold", "toggle"]
        assert app.said() == []
    found = App(desk, settings=f'{SILENT}hotkey = ""\n').run("doctor", "--json")
    assert states(json.loads(found.stdout))["hotkey"]  # no key is no trouble


def test_pressed_to_begin_and_again_to_end(desk: Desk, overlay: Overlay) -> None:
    with running(desk, overlay, settings=f'{SILENT}hotkey_mode = "toggle"\n'):
        since = overlay.mark()
        desk.screen.tap(KEY)
        overlay.wait("^Listening", since)
        desk.sound.say("what time is it", "-s", "160")
        desk.screen.tap(KEY)
        overlay.wait("^(Thinking…|Speaking) what time is it .+", since)


def test_tapped_twice_it_listens_with_free_hands_and_a_tap_ends_it(desk: Desk, overlay: Overlay) -> None:
    with running(desk, overlay, settings=SILENT) as app:
        since = overlay.mark()
        with contextlib.closing(Fingers(desk.env["DISPLAY"])) as fingers:
            for _ in range(2):  # the X server keeps the time between them; another program may be held up
                fingers.tap(CTRL, ALT, SPACE, after_ms=60)
        overlay.wait("^Listening", since)
        desk.sound.say("what time is it", "-s", "160")
        desk.screen.tap(KEY)
        overlay.wait("^(Thinking…|Speaking) what time is it .+", since)
        assert app.turns[-1:] != ["failed"]


def test_escape_drops_what_is_said_and_is_everybodys_else(desk: Desk, overlay: Overlay) -> None:
    with running(desk, overlay, settings=SILENT) as app:
        with app.held():
            desk.sound.say("what time is it", "-s", "160")
            desk.screen.tap("Escape")
            wait_for(lambda: app.turns == ["cancelled"], TURN_S, "the turn is dropped")
        assert app.said() == []
        answer = app.turn("what time is it")
        assert answer


def test_the_recorder_sees_keys_that_the_desktop_itself_takes(desk: Desk) -> None:
    env = {"PYTHONPATH": str(Path(sottovoce.__file__).parents[1])}
    probe = Path(__file__).with_name("recorder_probe.py")
    process = desk.popen(sys.executable, str(probe), env=env, log="recorder")
    wait_for(lambda: "recording" in desk.log("recorder"), what="the recorder records")
    desk.screen.tap("ctrl+alt+Left")  # openbox's own
    wait_for(lambda: "Ctrl+Alt+Left" in desk.log("recorder"), what="a key of the desktop")
    desk.screen.tap("Control_R")
    wait_for(lambda: "RightCtrl" in desk.log("recorder"), what="a modifier")
    desk.screen.tap("XF86AudioMicMute")
    wait_for(lambda: "XF86AudioMicMute" in desk.log("recorder"), what="a media key")
    process.terminate()

"""Another language by a command and by voice, in the running application: windows, answers and errors follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import AT_ONCE_S, START_S, App, Overlay, running
from tests.desktop.deskbox import DeskOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.conftest import DeskFactory


@pytest.fixture
def app(make_desk: DeskFactory, tmp_path: Path) -> Iterator[App]:
    desk = make_desk(DeskOptions(tray="none", notifications=False))
    with running(desk, Overlay(desk, tmp_path)) as started:
        yield started


def test_german_is_shown_answered_and_told_at_once_english_again_and_german_by_voice(app: App) -> None:
    screen = app.desk.screen
    app.json("show", "settings")
    screen.window("^Settings", limit_s=START_S)
    error = app.json("settings", "set", "volume", "400", code=3)["error"]
    assert "must be from 0 to 100" in error["sentence"]

    app.run("context", "set", "language", "de")
    screen.window("^Einstellungen", limit_s=AT_ONCE_S)
    error = app.json("settings", "set", "volume", "400", code=3)["error"]
    assert "muss zwischen 0 und 100 liegen" in error["sentence"]
    assert app.json("ask", "wie spät ist es")["reply"].startswith("Es ist ")
    assert app.run("memory", "list").stdout == "Noch ist nichts gemerkt.\n"
    assert "settings.toml enthält keine Fehler." in app.run("doctor").stdout
    assert app.run("history", "show", "0190").stderr.startswith("sottovoce: Es gibt kein Gespräch mit dieser ID. ")

    app.run("context", "set", "language", "en")
    screen.window("^Settings", limit_s=AT_ONCE_S)

    since = app.talk("speak german")
    app.overlay.wait("Okay, ich spreche ab jetzt Deutsch", since)
    screen.window("^Einstellungen", limit_s=AT_ONCE_S)
    assert app.said()[-1] == ("assistant", "Okay, ich spreche ab jetzt Deutsch.")
    assert app.json("ask", "wie spät ist es")["reply"].startswith("Es ist ")

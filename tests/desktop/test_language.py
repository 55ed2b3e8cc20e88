"""Another language by a command, in the running application: windows, answers and errors follow at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import AT_ONCE_S, START_S, App
from tests.desktop.deskbox import DeskOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.conftest import DeskFactory


@pytest.fixture
def app(make_desk: DeskFactory) -> Iterator[App]:
    made = App(make_desk(DeskOptions(tray="none", notifications=False)))
    made.start()
    yield made
    if made.process.poll() is None:
        made.end()


def test_german_is_shown_answered_and_told_at_once_and_english_again(app: App) -> None:
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

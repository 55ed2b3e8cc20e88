"""The settings of the real application, by the keyboard alone and as a screen reader tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import AT_ONCE_S, START_S, App
from tests.desktop.deskbox import DeskOptions
from tests.desktop.screen_reader import Reader
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.conftest import DeskFactory

PAGES = {"h": "Hearing", "v": "Voice", "k": "Key", "s": "Answers", "y": "Privacy & data", "b": "About"}
TYPED = {"text", "combo box", "spin button", "slider", "check box", "radio button", "push button", "button"}
"""Roles of what a user works with."""


@pytest.fixture
def app(make_desk: DeskFactory) -> Iterator[App]:
    made = App(make_desk(DeskOptions(tray="none", notifications=False)))
    made.start()
    yield made
    if made.process.poll() is None:
        made.end()


def test_each_page_is_told_and_a_change_is_in_force_at_once(app: App, tmp_path: Path) -> None:
    reader, screen = Reader(app.desk, tmp_path), app.desk.screen
    app.json("show", "settings")
    screen.activate("^Settings$", limit_s=START_S)
    for letter, page in PAGES.items():
        screen.tap(f"alt+{letter}")
        reader.await_shown(f"^{page}$")
        nameless = [role for role, name, _, _ in reader.shown() if role in TYPED and not name.strip()]
        assert nameless == [], page

    screen.tap("alt+v")
    reader.await_shown("^Say answers aloud$")
    screen.tap("alt+a")
    wait_for(lambda: app.json("settings", "get", "speak")["value"] is False, AT_ONCE_S, "it is in force")
    app.json("settings", "set", "volume", "40")
    wait_for(
        lambda: any(name == "Volume" and value == 40 for _, name, _, value in reader.shown()),
        START_S,
        "what a command sets is shown",
    )

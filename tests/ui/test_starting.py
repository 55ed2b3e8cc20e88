"""The icon before the application: what it can do, what waits for it, and what is not loaded for it."""

from __future__ import annotations

import asyncio
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import StillStarting
from sottovoce.domain.settings import Settings
from sottovoce.operations.history import ReadPage, SearchHistory, SettleOffered
from sottovoce.operations.settings import SetSetting
from sottovoce.talk.ringing import Notice
from sottovoce.ui.interface import Interface
from sottovoce.ui.ports import Actions
from sottovoce.ui.starting import Starting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

    from tests.ui.fakes import FakeActions

HEAVY = ("numpy", "hassil", "sqlcipher3", "vosk", "tomlkit", "pypdf", "yaml", "cryptography", "keyring", "watchfiles")
LATER = (
    *("sottovoce.domain.turns", "sottovoce.domain.policy"),
    *("sottovoce.ui.overlay", "sottovoce.ui.window", "sottovoce.ui.history_window"),
)
# A start of its own, which ends where the icon is there and everything else would begin.
START = """
import builtins, json, sys
before = builtins.__import__
import sottovoce.__main__, sottovoce.runtime.app
from PySide6 import QtCore

async def begun(stack, places, reception, interface, starting):
    modules, made = sorted(sys.modules), "Qt" in vars(QtCore)
    found = {"modules": modules, "enumerations": made, "import": builtins.__import__ is before}
    print(json.dumps({**found, "icon": interface.tray.icon.isVisible()}))
    reception.quitting.set()

sottovoce.runtime.app._opened = begun
sys.argv = ["sottovoce"]
sys.exit(sottovoce.__main__.main())
"""


@pytest.fixture
def starting() -> Starting:
    return Starting(Settings(hotkey="Super+F9"), asyncio.Event())


@pytest.fixture
async def interface(qapp: QApplication, starting: Starting) -> AsyncIterator[Interface]:
    made = Interface(starting, started=False)
    starting.tell = made.tell_error
    yield made
    await made.close()


def test_the_icon_waits_for_nothing_that_is_behind_it(tmp_path: Path) -> None:
    source = Path(inspect.getfile(Interface)).parents[2]
    surroundings = {"PYTHONPATH": str(source), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    surroundings["XDG_RUNTIME_DIR"] = surroundings["SOTTOVOCE_HOME"] = str(tmp_path / "home")
    ran = subprocess.run([sys.executable, "-c", START], env=surroundings, capture_output=True, check=True)
    found = json.loads(ran.stdout.splitlines()[0])
    assert found["icon"]
    assert [name for name in (*HEAVY, *LATER) if name in found["modules"]] == []
    rooms = {".".join(name.split(".")[:2]) for name in found["modules"] if name.startswith("sottovoce.")}
    assert rooms & {"sottovoce.home", "sottovoce.agent", "sottovoce.runtime.application"} == set()
    assert "sottovoce.operations.declared" not in found["modules"], "their names alone"
    assert not found["enumerations"], "nobody asks for `Qt`, which has all its enumerations made at once"
    assert found["import"], "PySide's own import, which reads the source of every module, stays out of the way"


def test_it_can_be_asked_all_that_an_application_can(starting: Starting) -> None:
    named = {name for name, _ in inspect.getmembers(Actions, inspect.isfunction) if not name.startswith("_")}
    assert [name for name in named if not callable(getattr(starting, name, None))] == []


async def test_the_menu_is_there_and_what_it_cannot_do_yet_is_told(interface: Interface) -> None:
    assert interface.tray.icon.isVisible()
    assert interface.menu.talk.text() == "&Talk (Super+F9)"
    interface.menu.talk.trigger()
    assert interface.overlay.trouble.text() == StillStarting().sentence


async def test_a_window_that_is_asked_for_comes_when_it_can(
    interface: Interface, starting: Starting, actions: FakeActions
) -> None:
    for entry in (interface.menu.history, interface.menu.settings, interface.menu.about):
        entry.trigger()
    interface.tray.missing.emit()
    assert (interface.history, interface.settings, interface.about) == (None, None, None)
    starting.hand_over(actions)
    interface.begin()
    await interface.tasks.idle()
    for window in (interface.history, interface.settings, interface.about):
        assert window is not None
        assert window.isVisible()
    assert interface.menu.talk.text() == "&Talk (Ctrl+Alt+Space)"
    interface.menu.talk.trigger()
    assert actions.calls == ["toggle"]


def test_the_latest_notice_waits_for_the_application(starting: Starting, actions: FakeActions) -> None:
    first, latest = Notice(title="one", text=""), Notice(title="two", text="")
    starting.notify(first)
    starting.notify(latest)
    starting.hand_over(actions)
    assert actions.notices == [latest]


async def test_everything_is_handed_on(starting: Starting, actions: FakeActions) -> None:
    with pytest.raises(StillStarting):
        await starting.ask(SettleOffered(answer=True))
    assert starting.locked() == {}
    starting.hand_over(actions)
    for act in (starting.press, starting.release, starting.toggle, starting.cancel):
        act()
    await starting.ask(SettleOffered(answer=True))
    await starting.ask(SettleOffered(answer=False))
    await starting.ask(SetSetting(key="volume", value=5))
    assert actions.calls == ["press", "release", "toggle", "cancel", "answer", "dismiss"]
    assert starting.settings().volume == 5
    assert not (await starting.ask(ReadPage(limit=5))).messages
    assert not (await starting.ask(SearchHistory(text="x"))).found
    assert starting.about() == actions.about()
    assert starting.microphones() is actions.microphones()


def test_before_there_is_an_application_it_can_be_quit() -> None:
    quitting = asyncio.Event()
    Starting(Settings(), quitting).quit()
    assert quitting.is_set()

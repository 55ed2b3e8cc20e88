"""A session's bus that takes connections and says nothing is done without; every other one is left as it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.session_bus import ADDRESS, NOWHERE, only_if_it_answers
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")

AT_ONCE_S = 0.01

PROGRAM = """
from PySide6.QtDBus import QDBusConnection
from sottovoce.adapters import session_bus
from sottovoce.runtime import app
session_bus.ANSWER_S = 0.01
async def live(*_):
    print(QDBusConnection.sessionBus().isConnected())
    return 0
app._live = live
print(app.run_application())
"""
"""Starts the application, of which nothing is but what asks for the bus first."""


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """Where somebody takes connections and says nothing."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "b us"))
        listening.listen()
        yield tmp_path / "b us"


def test_one_that_says_nothing_is_done_without(silent: Path) -> None:
    known = {ADDRESS: f"unix:path={silent}-none,guid=1;unix:path={str(silent).replace(' ', '%20')},guid=1"}
    only_if_it_answers(known, AT_ONCE_S)
    assert known == {ADDRESS: NOWHERE}


def test_one_that_is_named_nowhere_is_looked_for_in_its_place(silent: Path) -> None:
    silent.rename(silent.parent / "bus")
    known = {"XDG_RUNTIME_DIR": str(silent.parent)}
    only_if_it_answers(known, AT_ONCE_S)
    assert known[ADDRESS] == NOWHERE


def test_an_abstract_one_is_asked_too() -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("")  # the system thinks of a name
        listening.listen()
        known = {ADDRESS: f"unix:abstract={listening.getsockname()[1:].decode()}"}
        only_if_it_answers(known, AT_ONCE_S)
    assert known[ADDRESS] == NOWHERE


@pytest.mark.parametrize("address", ["unix:path=/proc/none", "tcp:host=localhost", "autolaunch:", "nonsense", ""])
def test_where_nobody_is_or_nobody_can_be_asked_it_stays(address: str, tmp_path: Path) -> None:
    known = {ADDRESS: address, "XDG_RUNTIME_DIR": str(tmp_path)}
    only_if_it_answers(known, AT_ONCE_S)
    assert known[ADDRESS] == address


def test_a_real_one_stays(tmp_path: Path) -> None:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        known = {ADDRESS: daemon.stdout.readline().strip()}
        before = dict(known)
        only_if_it_answers(known, HANGS_S)
        daemon.terminate()
    assert known == before


def test_the_application_begins_beside_one_that_hangs(silent: Path, tmp_path: Path) -> None:
    address = f"unix:path={str(silent).replace(' ', '%20')}"
    known = os.environ | {ADDRESS: address, "QT_QPA_PLATFORM": "offscreen", "SOTTOVOCE_HOME": str(tmp_path / "home")}
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=known, capture_output=True, text=True, timeout=HANGS_S, check=True
    )
    assert (program.stdout, program.stderr) == ("False\nTrue\n", "")
    assert "does not answer" in (tmp_path / "home/logs/sottovoce.log").read_text()

"""The application's name on the bus: a real daemon, real processes, which it starts by a service file."""

from __future__ import annotations

import asyncio
import configparser
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from installer.linux.root import COPIED, FILES
from installer.product import ID
from sottovoce.ui.activation import ACTIONS, BUS_NAME, PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bus is Linux's")

PROGRAM = """
import os, sys
from PySide6.QtCore import QCoreApplication
from sottovoce.ui.activation import Activation
log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def tell(*what):
    os.write(log, (" ".join(map(str, what)) + "\\n").encode())
app = QCoreApplication([])
def ask(command, arguments):
    tell(command, *arguments.values())
    if command == "toggle":
        app.quit()
one = Activation(ask)
tell("start", one.open(), one.open())
if one.open():
    app.exec()
    one.close()
tell("end", one.close())
"""
"""Stands around the real part for the rest of the application; the action `talk` ends it."""

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><servicedir>{folder}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bus that starts the program for its name; what that tells is in the file `told`."""
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / f"{BUS_NAME}.service").write_text(
        f"[D-BUS Service]\nName={BUS_NAME}\nExec={sys.executable} {tmp_path}/program.py {tmp_path}/told\n"
    )
    (tmp_path / "bus.conf").write_text(CONFIG.format(folder=tmp_path))
    command = ["dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield tmp_path
        daemon.terminate()


async def _caller() -> MessageBus:
    return await MessageBus(bus_type=BusType.SESSION).connect()


async def _call(bus: MessageBus, member: str, signature: str, *body: object) -> list[object]:
    """What the call of the application returns."""
    answer = await bus.call(
        Message(
            destination=BUS_NAME,
            path=PATH,
            interface="org.freedesktop.Application",
            member=member,
            signature=signature,
            body=list(body),
        )
    )
    assert answer is not None
    assert answer.message_type is MessageType.METHOD_RETURN, answer.body
    return answer.body


async def _process(bus: MessageBus) -> int:
    """Who has the name."""
    daemon = "org.freedesktop.DBus"
    asked = Message(
        destination=daemon,
        path="/org/freedesktop/DBus",
        interface=daemon,
        member="GetConnectionUnixProcessID",
        signature="s",
        body=[BUS_NAME],
    )
    answer = await bus.call(asked)
    assert answer is not None
    return int(answer.body[0])


async def test_calls_at_once_start_it_once_and_reach_the_same_one(bus: Path) -> None:
    callers = [await _caller() for _ in range(5)]
    one, told = callers[0], bus / "told"
    answers = await asyncio.gather(*(_call(each, "Activate", "a{sv}", {}) for each in callers))
    assert answers == [[]] * 5
    assert told.read_text().splitlines() == ["start True True", *["show"] * 5]
    ending = os.pidfd_open(await _process(one))
    await _call(one, "Open", "asa{sv}", ["file:///etc/hostname"], {})
    await _call(one, "ActivateAction", "sava{sv}", "settings", [], {"desktop-startup-id": Variant("s", "x")})
    await _call(one, "ActivateAction", "sava{sv}", "unheard-of", [], {})
    assert told.read_text().splitlines()[6:] == ["show", "show settings"]
    second = await asyncio.create_subprocess_exec(sys.executable, bus / "program.py", told)
    assert await second.wait() == 0
    await _call(one, "ActivateAction", "sava{sv}", "talk", [], {})
    select.select([ending], [], [])
    os.close(ending)
    assert told.read_text().splitlines()[8:] == ["start False False", "end None", "toggle", "end None"]
    for each in callers:
        each.disconnect()
        await each.wait_for_disconnect()  # type: ignore[no-untyped-call]


def test_the_actions_are_those_of_the_desktop_entry() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(FILES / "sottovoce.desktop", "utf-8")
    assert set(entry["Desktop Entry"]["actions"].strip(";").split(";")) == set(ACTIONS)
    for name, (command, arguments) in ACTIONS.items():
        words = ["sottovoce", command, *arguments.values()]
        assert entry[f"Desktop Action {name}"]["exec"].split() == words


def test_the_service_file_names_what_the_application_owns() -> None:
    service = configparser.ConfigParser(interpolation=None)
    service.read(FILES / "dbus.service", "utf-8")
    assert dict(service["D-BUS Service"]) == {"name": ID, "exec": "/usr/bin/sottovoce"}
    assert (ID, "/" + ID.replace(".", "/")) == (BUS_NAME, PATH)
    assert COPIED["dbus.service"] == f"usr/share/dbus-1/services/{ID}.service"


def test_without_a_bus_it_goes_on_and_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    (tmp_path / "program.py").write_text(PROGRAM)
    ended = subprocess.run(
        [sys.executable, tmp_path / "program.py", tmp_path / "told"], check=True, capture_output=True
    )
    assert (ended.stdout, ended.stderr) == (b"", b"")
    assert (tmp_path / "told").read_text() == "start False False\nend None\n"

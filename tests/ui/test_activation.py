"""The application's name on the bus: a real daemon, real processes, which it starts by a service file."""

from __future__ import annotations

import asyncio
import configparser
import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

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
import logging, os, sys
from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection
from sottovoce.ui.activation import Activation
log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def tell(*what):
    os.write(log, (" ".join(map(str, what)) + "\\n").encode())
app = QCoreApplication([])
def ask(command, arguments):
    tell(command, *arguments.values())
    if command == "toggle":
        app.quit()
class Told(logging.Handler):
    def emit(self, record):
        tell(record.levelname, record.getMessage())
        app.quit()
logging.basicConfig(level=logging.INFO, handlers=[Told()])
one = Activation(ask)
there = QDBusConnection.sessionBus().isConnected()
if len(sys.argv) > 2:
    print("there", flush=True)
    sys.stdin.readline()
    ends = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ends.activated.connect(app.quit)
one.open()
one.open()
tell("opened")
if len(sys.argv) > 2:
    print("opened", flush=True)
if there:
    app.exec()
one.close()
one.close()
tell("end")
"""
"""Stands around the real part for the rest of the application; the action `talk`, or a line of the log, ends it.

With a second argument it waits for a line of its input once it is on the bus, and ends at another one.
"""

OTHER = "the name on the session's bus is another Sottovoce's"
FOREIGN = "the name on the session's bus is another program's: calls for it there do not reach this one"

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><servicedir>{folder}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A bus that starts the program for its name."""
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / f"{BUS_NAME}.service").write_text(
        f"[D-BUS Service]\nName={BUS_NAME}\nExec={sys.executable} {tmp_path}/program.py {tmp_path}/told\n"
    )
    (tmp_path / "bus.conf").write_text(CONFIG.format(folder=tmp_path))
    command = ["dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        yield daemon
        daemon.send_signal(signal.SIGCONT)
        daemon.terminate()


@pytest.fixture
def bus(daemon: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bus that is the session's; what the program tells is in the file `told` in it."""
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    return tmp_path


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


async def _of_name(bus: MessageBus, member: str) -> Any:  # noqa: ANN401 - whatever it returns
    """What the bus itself says of the name."""
    service = "org.freedesktop.DBus"
    asked = Message(
        destination=service,
        path="/org/freedesktop/DBus",
        interface=service,
        member=member,
        signature="s",
        body=[BUS_NAME],
    )
    answer = await bus.call(asked)
    assert answer is not None
    return answer.body[0]


async def test_calls_at_once_start_it_once_and_reach_the_same_one(bus: Path) -> None:
    callers = [await _caller() for _ in range(5)]
    one, told = callers[0], bus / "told"
    answers = await asyncio.gather(*(_call(each, "Activate", "a{sv}", {}) for each in callers))
    assert answers == [[]] * 5
    assert told.read_text().splitlines() == ["opened", *["show"] * 5]
    ending = os.pidfd_open(await _of_name(one, "GetConnectionUnixProcessID"))
    await _call(one, "Open", "asa{sv}", ["file:///etc/hostname"], {})
    await _call(one, "ActivateAction", "sava{sv}", "settings", [], {"desktop-startup-id": Variant("s", "x")})
    await _call(one, "ActivateAction", "sava{sv}", "unheard-of", [], {})
    assert told.read_text().splitlines()[6:] == ["show", "show settings"]
    second = await asyncio.create_subprocess_exec(sys.executable, bus / "program.py", told)
    assert await second.wait() == 0
    await _call(one, "ActivateAction", "sava{sv}", "talk", [], {})
    select.select([ending], [], [])
    os.close(ending)
    assert told.read_text().splitlines()[8:] == ["opened", f"INFO {OTHER}", "end", "toggle", "end"]
    for each in callers:
        each.disconnect()
        await each.wait_for_disconnect()  # type: ignore[no-untyped-call]


async def test_a_name_that_is_a_stranger_s_is_told(bus: Path) -> None:
    stranger = await _caller()
    await stranger.request_name(BUS_NAME)
    program = await asyncio.create_subprocess_exec(sys.executable, bus / "program.py", bus / "told")
    assert await program.wait() == 0
    assert (bus / "told").read_text().splitlines() == ["opened", f"WARNING {FOREIGN}", "end"]
    stranger.disconnect()
    await stranger.wait_for_disconnect()  # type: ignore[no-untyped-call]


async def test_a_bus_that_hangs_holds_neither_the_start_nor_the_end(bus: Path, daemon: subprocess.Popen[str]) -> None:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, bus / "program.py", bus / "told", "waits"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    assert await program.stdout.readline() == b"there\n"
    daemon.send_signal(signal.SIGSTOP)
    program.stdin.write(b"\n")
    assert await program.stdout.readline() == b"opened\n"
    daemon.send_signal(signal.SIGCONT)
    caller = await _caller()
    while not await _of_name(caller, "NameHasOwner"):
        """It asks for it as soon as the bus answers."""
    assert await _call(caller, "Activate", "a{sv}", {}) == []
    daemon.send_signal(signal.SIGSTOP)
    program.stdin.write(b"\n")
    assert await program.wait() == 0
    daemon.send_signal(signal.SIGCONT)
    assert (bus / "told").read_text().splitlines() == ["opened", "show", "end"]
    caller.disconnect()
    await caller.wait_for_disconnect()  # type: ignore[no-untyped-call]


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
    assert (tmp_path / "told").read_text() == "opened\nend\n"

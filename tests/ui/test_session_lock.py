"""When nobody is at the screen; the signals themselves are tried in the virtual desktop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from typing import TYPE_CHECKING

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from sottovoce.ui.session_lock import SessionLock

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

_OWN = "/org/freedesktop/login1/session/_32"


def test_whatever_locks_is_told_once_and_the_end_of_all_of_it(qapp: QApplication) -> None:
    told: list[bool] = []
    lock = SessionLock(told.append)
    lock.saver_changed(True)  # noqa: FBT003 - as Qt calls it
    lock.locked()
    lock.sleep_changed(True)  # noqa: FBT003 - as above
    assert told == [True]
    lock.sleep_changed(False)  # noqa: FBT003 - as above
    assert told == [True]
    lock.saver_changed(False)  # noqa: FBT003 - as above
    assert told == [True, False]
    lock.locked()
    lock.unlocked()
    lock.unlocked()
    assert told == [True, False, True, False]


async def _logind(address: str) -> MessageBus:
    """Stands for logind, which wants its arguments in just its form."""

    def answer(message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.destination != "org.freedesktop.login1":
            return None
        if (message.member, message.signature, message.body) == ("GetSession", "s", ["auto"]):
            return Message.new_method_return(message, "o", [_OWN])
        return Message.new_error(message, "org.freedesktop.DBus.Error.InvalidArgs", "no")

    bus = await MessageBus(bus_address=address).connect()
    bus.add_message_handler(answer)
    await bus.request_name("org.freedesktop.login1")
    return bus


@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
async def test_a_session_that_logind_locks_is_followed(tmp_path: Path) -> None:
    own_bus = ("--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus")
    daemon = await asyncio.create_subprocess_exec("dbus-daemon", *own_bus, stdout=asyncio.subprocess.PIPE)
    assert daemon.stdout is not None
    address = (await daemon.stdout.readline()).decode().strip()
    logind = await _logind(address)
    names = dict.fromkeys(("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"), address)
    probe = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.ui.session_lock_probe"),
        env=os.environ | names,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert probe.stdout is not None
    try:
        assert await probe.stdout.readline() == b"follows\n"
        for member, told in (("Lock", b"locked\n"), ("Unlock", b"unlocked\n")):
            line = asyncio.create_task(probe.stdout.readline())
            while not line.done():  # it asks which session is its own before it hears of it
                await logind.send(Message.new_signal(_OWN, "org.freedesktop.login1.Session", member))
                await asyncio.wait({line}, timeout=0.05)
            assert line.result() == told
    finally:
        logind.disconnect()
        for process in (probe, daemon):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()

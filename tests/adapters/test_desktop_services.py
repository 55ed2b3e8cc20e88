"""What the desktop's adapters ask of services, on a message bus of their own with services made for it."""

from __future__ import annotations

import asyncio
import os
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from sottovoce.adapters.desktop.bus import Bus, Refused
from sottovoce.adapters.desktop.machine_linux import LinuxMachine, new_picture
from sottovoce.adapters.desktop.media_mpris import MprisMedia
from sottovoce.agent.desktop.ports import Battery, Cannot, Network, Status, Steer
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

POWER = ("/org/freedesktop/UPower/devices/DisplayDevice", "org.freedesktop.UPower.Device")
NET = "org.freedesktop.NetworkManager"
LOGIND = "org.freedesktop.login1"
SPOTIFY = "org.mpris.MediaPlayer2.spotify"


@dataclass
class Services:
    """Answers calls on one connection, and notes them.

    Attributes:
        properties: By path and interface.
        answers: What methods return (signature and body), by their name.
        silent: Names of methods that are never answered.
        called: The methods that were called, with what they were given.
    """

    bus: MessageBus
    properties: dict[tuple[str, str], dict[str, Variant]] = field(default_factory=dict)
    answers: dict[str, tuple[str, list[Any]]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    called: list[tuple[Any, ...]] = field(default_factory=list)

    def answer(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.destination == "org.freedesktop.DBus":
            return None
        return True if message.member in self.silent else self._answered(message)

    def _answered(self, message: Message) -> Message:
        there = self.properties.get((message.path or "", message.body[0] if message.body else ""), {})
        match message.member:
            case "GetAll" if there:
                return Message.new_method_return(message, "a{sv}", [there])
            case "Get" if message.body[1] in there:
                return Message.new_method_return(message, "v", [there[message.body[1]]])
            case "Set" if message.body[1] in there:
                self.called.append(("Set", message.body[1], message.body[2].value))
                return Message.new_method_return(message)
            case str(member) if member in self.answers:
                self.called.append((member, *message.body))
                return Message.new_method_return(message, *self.answers[member])
        return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "no")


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus of our own, which stands for the session's and the system's."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        found = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", found)
        yield found
        daemon.terminate()


class HangingBus:
    """Takes connections, lets them in, and says nothing more."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix:path={path}"
        self._path = path
        self._ends: asyncio.Queue[None] = asyncio.Queue()

    async def start(self) -> asyncio.Server:
        return await asyncio.start_unix_server(self._serve, self._path)

    async def left(self, count: int) -> None:
        """Return when so many connections were ended by who opened them."""
        for _ in range(count):
            await self._ends.get()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            if line.lstrip(b"\0").startswith(b"AUTH"):
                writer.write(b"OK 0123456789abcdef0123456789abcdef\r\n")
            elif line.startswith(b"BEGIN"):
                await reader.read()
                break
        self._ends.put_nowait(None)
        writer.close()


@pytest.fixture
async def hanging(tmp_path: Path) -> AsyncIterator[HangingBus]:
    made = HangingBus(tmp_path / "hangs")
    async with await made.start():
        yield made


@pytest.fixture
async def services(address: str) -> AsyncIterator[Services]:
    connection = await MessageBus(bus_address=address).connect()
    made = Services(connection)
    connection.add_message_handler(made.answer)
    yield made
    connection.disconnect()
    await connection.wait_for_disconnect()  # type: ignore[no-untyped-call]


@pytest.fixture
async def bus() -> AsyncIterator[Bus]:
    made = Bus()
    yield made
    await made.close()


@pytest.fixture
async def machine(bus: Bus, tmp_path: Path) -> AsyncIterator[LinuxMachine]:
    light = tmp_path / "backlight" / "panel"
    light.mkdir(parents=True)
    (light / "max_brightness").write_text("400\n")
    (light / "brightness").write_text("100\n")
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    made = LinuxMachine(bus, None, environment, tmp_path / "backlight")
    yield made
    await made.close()


async def test_the_battery_as_upower_tells_it(services: Services, machine: LinuxMachine) -> None:
    await services.bus.request_name("org.freedesktop.UPower")
    told = {
        "Type": Variant("u", 2),
        "IsPresent": Variant("b", True),  # noqa: FBT003 - a value
        "Percentage": Variant("d", 79.6),
        "State": Variant("u", 2),
        "TimeToEmpty": Variant("x", 7200),
        "TimeToFull": Variant("x", 0),
    }
    services.properties[POWER] = told
    assert await machine.battery() == Battery(percent=80, charging=False, left_s=7200.0)
    told["State"] = Variant("u", 1)
    assert await machine.battery() == Battery(percent=80, charging=True)
    told["IsPresent"] = Variant("b", False)  # noqa: FBT003 - a value
    assert await machine.battery() is None


async def test_without_services_the_machine_is_read(machine: LinuxMachine, services: Services) -> None:
    await machine.battery()  # whatever this one has
    assert isinstance((await machine.network()).connected, bool)
    disk, memory = await machine.disk(), await machine.memory()
    assert 0 < disk.free < disk.total
    assert 0 < memory.free < memory.total
    assert 0 <= await machine.load() <= 100
    assert await machine.up_s() > 0


async def test_the_network_as_network_manager_tells_it(services: Services, machine: LinuxMachine) -> None:
    await services.bus.request_name(NET)
    state = {"State": Variant("u", 70), "PrimaryConnection": Variant("o", "/a/1")}
    services.properties[f"/{NET.replace('.', '/')}", NET] = state
    services.properties["/a/1", f"{NET}.Connection.Active"] = {
        "Id": Variant("s", "Attic"),
        "Type": Variant("s", "802-11-wireless"),
        "SpecificObject": Variant("o", "/p/1"),
    }
    found = await machine.network()
    assert (found.connected, found.name, found.signal) == (True, "Attic", None)
    services.properties["/p/1", f"{NET}.AccessPoint"] = {"Strength": Variant("y", 63)}
    assert (await machine.network()).signal == 63
    state["State"] = Variant("u", 20)
    found = await machine.network()
    assert (found.connected, found.wireless) == (False, False)
    assert Network(connected=False, addresses=found.addresses) == found


async def test_the_brightness_is_read_and_set(services: Services, machine: LinuxMachine) -> None:
    assert await machine.brightness() == 25
    with pytest.raises(Cannot, match="desktop-no-brightness"):
        await machine.set_brightness(50)
    await services.bus.request_name(LOGIND)
    services.answers["SetBrightness"] = ("", [])
    assert await machine.set_brightness(50) == 50
    assert services.called == [("SetBrightness", "backlight", "panel", 200)]


async def test_a_screen_without_a_light_of_its_own(bus: Bus, tmp_path: Path) -> None:
    machine = LinuxMachine(bus, None, {}, tmp_path / "none")
    with pytest.raises(Cannot, match="desktop-no-brightness"):
        await machine.brightness()
    await machine.close()


async def test_without_a_system_bus_it_is_told_what_can_not_be_done(
    address: str, machine: LinuxMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert address
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    with pytest.raises(Cannot, match="desktop-no-brightness"):
        await machine.set_brightness(50)
    with pytest.raises(Cannot, match="desktop-not-locked"):
        await machine.lock()
    with pytest.raises(Cannot, match="desktop-no-sleep"):
        await machine.sleep()


async def test_a_session_that_is_locked_a_moment_later_is_locked(services: Services, machine: LinuxMachine) -> None:
    session = f"{LOGIND}.Session"
    hint = Variant("b", True)  # noqa: FBT003 - a value
    there = services.properties[f"/{LOGIND.replace('.', '/')}/session/auto", session] = {
        "LockedHint": Variant("b", False),  # noqa: FBT003 - a value
    }
    await services.bus.request_name(LOGIND)
    services.answers["Lock"] = ("", [])

    def locks(message: Message) -> None:
        if message.member == "Get" and not looks:  # the first look finds it unlocked
            looks.append(asyncio.get_running_loop().call_soon(locked))

    def locked() -> None:
        there["LockedHint"] = hint
        body = [session, {"LockedHint": hint}, []]
        at = f"/{LOGIND.replace('.', '/')}/session/_31"
        signal = Message.new_signal(at, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)
        looks.append(services.bus.send(signal))

    looks: list[object] = []

    services.bus.remove_message_handler(services.answer)
    services.bus.add_message_handler(locks)
    services.bus.add_message_handler(services.answer)
    await machine.lock()
    assert services.called == [("Lock",)]


async def test_the_screen_is_locked_by_whoever_can(services: Services, bus: Bus) -> None:
    machine = LinuxMachine(bus, environment={}, locked_s=0.2)
    with pytest.raises(Cannot, match="desktop-not-locked"):
        await machine.lock()
    await services.bus.request_name(LOGIND)
    services.answers["Lock"] = ("", [])
    session = services.properties[f"/{LOGIND.replace('.', '/')}/session/auto", f"{LOGIND}.Session"] = {}
    session["LockedHint"] = Variant("b", False)  # noqa: FBT003 - a value
    with pytest.raises(Cannot, match="desktop-not-locked"):  # nothing listens
        await machine.lock()
    session["LockedHint"] = Variant("b", True)  # noqa: FBT003 - a value
    await machine.lock()
    services.called.clear()
    await services.bus.request_name("org.mate.ScreenSaver")
    await machine.lock()
    assert services.called == [("Lock",)]
    await machine.close()


async def test_sleep_is_asked_for_only_where_it_is_allowed(services: Services, machine: LinuxMachine) -> None:
    with pytest.raises(Cannot, match="desktop-no-sleep"):
        await machine.sleep()
    await services.bus.request_name(LOGIND)
    services.answers |= {"CanSuspend": ("s", ["na"]), "Suspend": ("", [])}
    with pytest.raises(Cannot, match="desktop-no-sleep"):
        await machine.sleep()
    services.answers["CanSuspend"] = ("s", ["yes"])
    await machine.sleep()
    assert services.called[-1] == ("Suspend", False)


async def test_notifications_are_held_back(services: Services, bus: Bus, tmp_path: Path) -> None:
    (tmp_path / "gsettings").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/set\n')
    (tmp_path / "gsettings").chmod(0o755)
    plain, gnome = (
        LinuxMachine(bus, None, {"PATH": str(tmp_path), "XDG_CURRENT_DESKTOP": name}) for name in ("", "ubuntu:GNOME")
    )
    with pytest.raises(Cannot, match="desktop-no-quiet"):
        await plain.quiet(on=True)
    await gnome.quiet(on=True)
    await gnome.quiet(on=False)
    written = (tmp_path / "set").read_text().split("\n")
    assert [line.rpartition(" ")[2] for line in written[:2]] == ["false", "true"]
    await services.bus.request_name("org.freedesktop.Notifications")
    at = ("/org/freedesktop/Notifications", "org.dunstproject.cmd0")
    services.properties[at] = {"paused": Variant("b", False)}  # noqa: FBT003 - a value
    await plain.quiet(on=True)
    assert services.called == [("Set", "paused", True)]
    await plain.close()
    await gnome.close()


async def test_a_player_tells_what_it_plays_and_is_steered(services: Services, bus: Bus) -> None:
    media = MprisMedia(bus)
    assert list(await media.players()) == []
    await services.bus.request_name(SPOTIFY)
    await services.bus.request_name("org.mpris.MediaPlayer2.playerctld")
    tags = {"xesam:title": Variant("s", "So\nWhat"), "xesam:artist": Variant("as", ["Miles", "Bill"])}
    at = "/org/mpris/MediaPlayer2"
    services.properties[at, "org.mpris.MediaPlayer2"] = {"Identity": Variant("s", "Spotify")}
    told = services.properties[at, "org.mpris.MediaPlayer2.Player"] = {
        "PlaybackStatus": Variant("s", "Playing"),
        "Metadata": Variant("a{sv}", tags),
        "Shuffle": Variant("b", False),  # noqa: FBT003 - a value
    }
    (player,) = await media.players()
    assert (player.name, player.status, player.title, player.artist) == (
        "Spotify",
        Status.PLAYING,
        "So What",
        "Miles, Bill",
    )
    services.answers |= {"Pause": ("", []), "Seek": ("", [])}
    await media.steer(player, Steer.PAUSE)
    await media.seek(player, -2.5)
    await media.shuffle(player, on=True)
    assert services.called == [("Pause",), ("Seek", -2_500_000), ("Set", "Shuffle", True)]
    with pytest.raises(Cannot, match="desktop-player-refuses"):
        await media.steer(player, Steer.NEXT)
    told["PlaybackStatus"] = Variant("s", "Dreaming")
    assert list(await media.players()) == []


async def test_a_service_that_hangs_costs_one_answer(services: Services) -> None:
    bus = Bus(call_s=0.05)
    await services.bus.request_name("org.mpris.MediaPlayer2.stuck")
    services.silent |= {"GetAll", "Pause"}
    async with asyncio.timeout(HANGS_S):
        assert list(await MprisMedia(bus).players()) == []
        with pytest.raises(Refused):
            await bus.run(lambda one: one.call("org.mpris.MediaPlayer2.stuck", "/x", "a.b", "Pause"))
    await bus.close()


async def test_without_a_bus_it_is_told_that_there_is_no_desktop(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    with pytest.raises(Cannot, match="desktop-no-screen"):
        await MprisMedia(bus).players()


async def test_a_bus_that_hangs_leaves_no_connection(hanging: HangingBus, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus(call_s=0.2)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", hanging.address)
    async with asyncio.timeout(HANGS_S):
        for _ in range(2):
            with pytest.raises(Cannot, match="desktop-no-screen"):
                await MprisMedia(bus).players()
        await hanging.left(2)
    await bus.close()


async def test_pictures_of_the_screen_are_files_of_their_own(bus: Bus, tmp_path: Path) -> None:
    at = datetime(2026, 11, 30, 10, 15, 29, tzinfo=UTC)
    first = new_picture(tmp_path, at)
    assert first == tmp_path / "Screenshots" / "Screenshot 2026-11-30 10-15-29.png"
    first.touch()
    assert new_picture(tmp_path, at).name == "Screenshot 2026-11-30 10-15-29 2.png"
    (tmp_path / "file").touch()
    with pytest.raises(Cannot, match="desktop-picture-unsaved"):
        new_picture(tmp_path / "file", at)

    taken = []

    async def take(path: Path) -> bool:
        taken.append(path)
        return len(taken) == 1

    machine = LinuxMachine(bus, take, {"HOME": str(tmp_path)})
    assert (await machine.screenshot()).parent == tmp_path / "Pictures" / "Screenshots"
    with pytest.raises(Cannot, match="desktop-no-picture"):
        await machine.screenshot()
    await machine.close()
    without = LinuxMachine(bus, None, os.environ | {"HOME": str(tmp_path), "WAYLAND_DISPLAY": ""})
    with pytest.raises(Cannot, match="desktop-picture-needs-window"):
        await without.screenshot()
    await without.close()

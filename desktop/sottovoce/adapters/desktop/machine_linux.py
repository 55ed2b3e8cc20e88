"""The machine under Linux: what its services tell over D-Bus, and do; what they don't know is read."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.bus import Refused
from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.desktop.opener_xdg import folder_of, started
from sottovoce.adapters.desktop.read_machine import ReadMachine
from sottovoce.agent.desktop import Battery, Cannot, Network, Place
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sottovoce.adapters.desktop.bus import Bus, Connected

_POWER = "org.freedesktop.UPower"
_BATTERY = "/org/freedesktop/UPower/devices/DisplayDevice"
_IS_BATTERY = 2
_CHARGES = frozenset({1, 4, 5})
"""UPower's states in which it is fed: charging, full, about to be charged."""

_NET = "org.freedesktop.NetworkManager"
_NET_PATH = "/org/freedesktop/NetworkManager"
_NET_CONNECTED = 50
"""NetworkManager's state from which on there is a connection, if only to the own network."""
_WIRELESS = "802-11-wireless"
_NOTHING = "/"

_LOGIND = "org.freedesktop.login1"
_LOGIND_PATH = "/org/freedesktop/login1"
_SESSION = f"{_LOGIND_PATH}/session/auto"
_SAVERS = tuple(
    (f"org.{desktop}.ScreenSaver", path)
    for desktop, path in (
        ("gnome", "/org/gnome/ScreenSaver"),
        ("cinnamon", "/org/cinnamon/ScreenSaver"),
        ("mate", "/org/mate/ScreenSaver"),
        ("xfce", "/org/xfce/ScreenSaver"),
        ("freedesktop", "/org/freedesktop/ScreenSaver"),
    )
)
_LOCKERS = (("xscreensaver-command", "-lock"), ("light-locker-command", "--lock"))

_NOTES = "org.freedesktop.Notifications"
_NOTES_PATH = "/org/freedesktop/Notifications"
_DUNST = "org.dunstproject.cmd0"

LOCKED_S = 1.0
"""Seconds until whatever locks the session has told so: it is only asked to."""
BACKLIGHTS = Path("/sys/class/backlight")


class LinuxMachine(ReadMachine):
    """See `Machine`."""

    def __init__(
        self,
        bus: Bus,
        take_picture: Callable[[Path], Awaitable[bool]] | None = None,
        environment: Mapping[str, str] = os.environ,
        backlights: Path = BACKLIGHTS,
        *,
        locked_s: float = LOCKED_S,
    ) -> None:
        """Ask over `bus`.

        Args:
            bus: To services.
            take_picture: Writes what is on the screen to a file; whether it could. None where no window system is used.
            environment: Of the session.
            backlights: Where the kernel tells of screens' lights.
            locked_s: How long whatever locks the session may take to tell so.
        """
        super().__init__(Commands("desktop-machine"))
        self._bus = bus
        self._take_picture = take_picture
        self._environment = environment
        self._backlights = backlights
        self._locked_s = locked_s

    async def battery(self) -> Battery | None:
        """See `Machine`."""
        try:
            reply = await self._bus.run(lambda bus: bus.all_of(_POWER, _BATTERY, f"{_POWER}.Device"), system=True)
        except (Refused, Cannot):
            return await super().battery()
        if reply.get("Type") != _IS_BATTERY or not reply.get("IsPresent"):
            return None
        charging = reply.get("State") in _CHARGES
        left = reply.get("TimeToFull" if charging else "TimeToEmpty") or None
        return Battery(
            percent=round(reply.get("Percentage", 0)), charging=charging, left_s=None if left is None else float(left)
        )

    async def network(self) -> Network:
        """See `Machine`."""
        read = await super().network()
        try:
            reply = await self._bus.run(_network, system=True)
        except (Refused, Cannot):
            return read
        return replace(reply, addresses=read.addresses)

    async def brightness(self) -> int:
        """See `Machine`."""
        _, now, most = await self._commands.run(self._backlight)
        return round(100 * now / most)

    async def set_brightness(self, percent: int) -> int:
        """See `Machine`."""
        name, _, most = await self._commands.run(self._backlight)
        wanted = max(1, round(most * percent / 100))
        body = ("backlight", name, wanted)
        try:
            await self._bus.run(
                lambda bus: bus.call(_LOGIND, _SESSION, f"{_LOGIND}.Session", "SetBrightness", "ssu", body), system=True
            )
        except (Refused, Cannot):
            raise Cannot(said("desktop-no-brightness")) from None
        return percent

    def _backlight(self) -> tuple[str, int, int]:
        """The name of the screen's light, how bright it is, and how bright it can be."""
        try:
            for folder in sorted(self._backlights.iterdir()):
                most = int((folder / "max_brightness").read_text())
                if most > 0:
                    return folder.name, int((folder / "brightness").read_text()), most
        except (OSError, ValueError):
            pass
        raise Cannot(said("desktop-no-brightness"))

    async def screenshot(self) -> Path:
        """See `Machine`."""
        path = await self._commands.run(lambda: new_picture(folder_of(Place.PICTURES, self._environment)))
        if self._environment.get("WAYLAND_DISPLAY"):
            taken = await self._commands.run(lambda: _grim(path, self._environment))
        elif self._take_picture is None:
            raise Cannot(said("desktop-picture-needs-window"))
        else:
            taken = await self._take_picture(path)
        if not taken:
            raise Cannot(said("desktop-no-picture"))
        return path

    async def lock(self) -> None:
        """See `Machine`."""
        for name, path in _SAVERS:
            if await self._did(name, path, name, "Lock"):
                return

        def by_command() -> bool:
            there = self._environment.get("PATH")
            commands = [(found, *rest) for name, *rest in _LOCKERS if (found := shutil.which(name, path=there))]
            return any(started(command, self._environment) for command in commands)

        if await self._commands.run(by_command):
            return
        if not await self._bus_locks():
            raise Cannot(said("desktop-not-locked"))

    async def _bus_locks(self) -> bool:
        """Have the session locked by whatever listens for that; whether anything did."""

        async def ask(bus: Connected) -> bool:
            await bus.call(_LOGIND, _SESSION, f"{_LOGIND}.Session", "Lock")
            return await bus.becomes(
                _LOGIND, _SESSION, f"{_LOGIND}.Session", "LockedHint", value=True, within_s=self._locked_s
            )

        try:
            return await self._bus.run(ask, system=True)
        except (Refused, Cannot):
            return False

    async def sleep(self) -> None:
        """See `Machine`."""

        async def ask(bus: Connected) -> None:
            (can,) = await bus.call(_LOGIND, _LOGIND_PATH, f"{_LOGIND}.Manager", "CanSuspend")
            if can != "yes":
                raise Refused(_LOGIND)
            await bus.call(_LOGIND, _LOGIND_PATH, f"{_LOGIND}.Manager", "Suspend", "b", (False,))

        try:
            await self._bus.run(ask, system=True)
        except (Refused, Cannot):
            raise Cannot(said("desktop-no-sleep")) from None

    async def quiet(self, *, on: bool) -> None:
        """See `Machine`."""
        if await self._tried(lambda bus: _dunst(bus, on=on)):
            return
        command = _silencer(self._environment.get("XDG_CURRENT_DESKTOP", ""), on=on)
        found = shutil.which(command[0], path=self._environment.get("PATH")) if command else None
        whole = [found, *command[1:]] if found else []
        if not whole or not await self._commands.run(lambda: started(whole, self._environment)):
            raise Cannot(said("desktop-no-quiet"))

    async def _did(self, service: str, path: str, interface: str, member: str) -> bool:
        async def ask(bus: Connected) -> None:
            if service not in await bus.names():  # asking would start one that then does nothing
                raise Refused(service)
            await bus.call(service, path, interface, member)

        return await self._tried(ask)

    async def _tried(self, work: Callable[[Connected], Awaitable[None]]) -> bool:
        try:
            await self._bus.run(work)
        except (Refused, Cannot):
            return False
        return True

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()


async def _network(bus: Connected) -> Network:
    reply = await bus.all_of(_NET, _NET_PATH, _NET)
    connected = int(reply.get("State", 0)) >= _NET_CONNECTED
    path = reply.get("PrimaryConnection", _NOTHING)
    if not connected or path == _NOTHING:
        return Network(connected=connected)
    active = await bus.all_of(_NET, path, f"{_NET}.Connection.Active")
    wireless = active.get("Type") == _WIRELESS
    signal = await _strength(bus, active.get("SpecificObject", _NOTHING)) if wireless else None
    return Network(connected=True, name=str(active.get("Id", "")) if wireless else "", wireless=wireless, signal=signal)


async def _strength(bus: Connected, point: str) -> int | None:
    try:
        return int(await bus.get(_NET, point, f"{_NET}.AccessPoint", "Strength"))
    except (Refused, ValueError):
        return None


async def _dunst(bus: Connected, *, on: bool) -> None:
    if _NOTES not in await bus.names():
        raise Refused(_NOTES)
    await bus.set(_NOTES, _NOTES_PATH, _DUNST, "paused", ("b", on))


def _silencer(desktops: str, *, on: bool) -> list[str]:
    """The command that shows no notifications on this desktop, or shows them again; empty where nobody knows one."""
    there = {one.casefold() for one in desktops.split(":")}
    off = str(not on).lower()
    if there & {"gnome", "ubuntu", "unity", "budgie"}:
        return ["gsettings", "set", "org.gnome.desktop.notifications", "show-banners", off]
    if "x-cinnamon" in there:
        return ["gsettings", "set", "org.cinnamon.desktop.notifications", "display-notifications", off]
    if "mate" in there:
        return ["gsettings", "set", "org.mate.NotificationDaemon", "do-not-disturb", str(on).lower()]
    if "xfce" in there:
        value = str(on).lower()
        return ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb", "-n", "-t", "bool", "-s", value]
    return []


def new_picture(pictures: Path, now: datetime | None = None) -> Path:
    """A file for a picture of the screen that is not there yet; its folder is made.

    Raises:
        Cannot: It can't be.
    """
    folder = pictures / "Screenshots"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Cannot(said("desktop-picture-unsaved", what=folder)) from None
    stem = f"Screenshot {(now or datetime.now().astimezone()):%Y-%m-%d %H-%M-%S}"
    names = (folder / f"{stem}{number}.png" for number in ("", *(f" {more}" for more in range(2, 100))))
    return next((path for path in names if not path.exists()), folder / f"{stem}.png")


def _grim(path: Path, environment: Mapping[str, str]) -> bool:
    """Whether a picture could be taken under Wayland, which only few desktops let programs do without asking."""
    grim = shutil.which("grim", path=environment.get("PATH"))
    return grim is not None and started([grim, str(path)], environment) and path.exists()

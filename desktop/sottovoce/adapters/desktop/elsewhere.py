"""What Windows and macOS let a program do without more than they bring; the rest is declined by the system's name."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.machine_linux import new_picture
from sottovoce.adapters.desktop.opener_xdg import folders_in, started
from sottovoce.adapters.desktop.read_machine import ReadMachine
from sottovoce.agent.desktop import Cannot, Level, Place, Program
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sottovoce.adapters.desktop.commands import Commands
    from sottovoce.agent.desktop import DesktopWindow, Player, ProgramRole, Steer

SYSTEMS = {"win32": "Windows", "darwin": "macOS"}
"""What people call a system, by `sys.platform`."""
_FOLDERS = {
    Place.HOME: "",
    Place.DESKTOP: "Desktop",
    Place.DOCUMENTS: "Documents",
    Place.DOWNLOADS: "Downloads",
    Place.MUSIC: "Music",
    Place.PICTURES: "Pictures",
    Place.VIDEOS: "Movies" if sys.platform == "darwin" else "Videos",
    Place.TRASH: ".Trash",
}
_PROGRAMS = ("/Applications", "/System/Applications", "~/Applications", "/System/Applications/Utilities")


def not_here() -> Cannot:
    """The sentence that this is not possible on this system."""
    return Cannot(said("desktop-not-here", what=SYSTEMS.get(sys.platform, sys.platform)))


class OtherApplications:
    """See `Applications`."""

    def __init__(self, commands: Commands) -> None:
        """Start programs on this thread."""
        self._commands = commands

    async def installed(self) -> Sequence[Program]:
        """See `Applications`."""
        return await self._commands.run(_start_menu if sys.platform == "win32" else _bundles)

    async def usual(self, role: ProgramRole) -> Program | None:
        """See `Applications`."""
        return None

    async def open(self, application: Program) -> None:
        """See `Applications`."""
        if not await self._commands.run(lambda: _shown(application.id)):
            raise Cannot(said("desktop-not-started", what=application.name))


class OtherOpener:
    """See `Opener`."""

    def __init__(self, commands: Commands) -> None:
        """Open things on this thread."""
        self._commands = commands

    async def place(self, place: Place) -> None:
        """See `Opener`."""
        if place is Place.TRASH and sys.platform == "win32":
            await self._open("shell:RecycleBinFolder")
        else:
            await self.path(Path.home() / _FOLDERS[place])

    async def folders(self) -> Sequence[Path]:
        """See `Opener`."""
        return await self._commands.run(lambda: folders_in(Path.home()))

    async def path(self, path: Path) -> None:
        """See `Opener`."""
        if not await self._commands.run(path.exists):
            raise Cannot(said("desktop-not-there"))
        await self._open(str(path))

    async def address(self, address: str) -> None:
        """See `Opener`."""
        await self._open(address)

    async def _open(self, what: str) -> None:
        if not await self._commands.run(lambda: _shown(what)):
            raise Cannot(said("desktop-cannot-open"))


class NoWindows:
    """See `Windows`: none can be moved here."""

    async def listed(self) -> Sequence[DesktopWindow]:
        """See `Windows`."""
        raise not_here()

    async def activate(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        raise not_here()

    async def minimise(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        raise not_here()

    async def maximise(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        raise not_here()

    async def close(self, window: DesktopWindow) -> None:
        """See `Windows`."""
        raise not_here()

    async def show_desktop(self) -> None:
        """See `Windows`."""
        raise not_here()


class OtherSound:
    """See `Sound`: macOS is asked by AppleScript, Windows not yet."""

    def __init__(self, commands: Commands) -> None:
        """Ask on this thread."""
        self._commands = commands

    async def level(self) -> Level:
        """See `Sound`."""
        reply = await self._script("output volume of (get volume settings) & output muted of (get volume settings)")
        percent, _, muted = reply.partition(",")
        if not percent.strip().isdecimal():  # a device without a volume of its own
            raise Cannot(said("desktop-no-loudspeaker"))
        return Level(int(percent), muted.strip() == "true")

    async def set(self, percent: int) -> Level:
        """See `Sound`."""
        await self._script(f"set volume output volume {max(0, min(100, percent))} without output muted")
        return await self.level()

    async def change(self, by: int) -> Level:
        """See `Sound`."""
        return await self.set((await self.level()).percent + by)

    async def mute(self, *, muted: bool) -> Level:
        """See `Sound`."""
        await self._script(f"set volume {'with' if muted else 'without'} output muted")
        return await self.level()

    async def _script(self, script: str) -> str:
        if sys.platform != "darwin":
            raise not_here()
        return await self._commands.run(lambda: _output_of(script))


class NoMedia:
    """See `Media`: no player can be reached here."""

    async def players(self) -> Sequence[Player]:
        """See `Media`."""
        raise not_here()

    async def steer(self, player: Player, how: Steer) -> None:
        """See `Media`."""
        raise not_here()

    async def seek(self, player: Player, seconds: float) -> None:
        """See `Media`."""
        raise not_here()

    async def shuffle(self, player: Player, *, on: bool) -> None:
        """See `Media`."""
        raise not_here()


class OtherMachine(ReadMachine):
    """See `Machine`."""

    def __init__(self, commands: Commands, take_picture: Callable[[Path], Awaitable[bool]] | None = None) -> None:
        """Ask on this thread; `take_picture` as for `LinuxMachine`."""
        super().__init__(commands)
        self._take_picture = take_picture

    async def brightness(self) -> int:
        """See `Machine`."""
        raise not_here()

    async def set_brightness(self, percent: int) -> int:
        """See `Machine`."""
        raise not_here()

    async def screenshot(self) -> Path:
        """See `Machine`."""
        path = await self._commands.run(lambda: new_picture(Path.home() / "Pictures"))
        if sys.platform == "darwin":  # it asks for the right to, which Qt does not
            command = ["screencapture", "-x", str(path)]
            taken = await self._commands.run(lambda: started(command, os.environ) and path.exists())
        elif self._take_picture is None:
            raise Cannot(said("desktop-picture-needs-window"))
        else:
            taken = await self._take_picture(path)
        if not taken:
            raise Cannot(said("desktop-no-picture"))
        return path

    async def lock(self) -> None:
        """See `Machine`."""
        if not await self._commands.run(_locked):
            raise Cannot(said("desktop-not-locked"))

    async def sleep(self) -> None:
        """See `Machine`."""
        if sys.platform != "darwin":
            raise not_here()
        if not await self._commands.run(lambda: started(["pmset", "sleepnow"], os.environ)):
            raise Cannot(said("desktop-no-sleep"))

    async def quiet(self, *, on: bool) -> None:
        """See `Machine`."""
        raise not_here()


def _shown(what: str) -> bool:
    if sys.platform == "win32":
        try:
            os.startfile(what)  # noqa: S606 - what its user has asked for, in the program chosen for it
        except OSError:
            return False
        return True
    opener = shutil.which("open")
    return opener is not None and started([opener, what], os.environ)


def _bundles() -> list[Program]:
    folders = [Path(folder).expanduser() for folder in _PROGRAMS]
    found = {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.app"))}
    return [Program(id=str(path), name=name) for name, path in found.items()]


def _start_menu() -> list[Program]:
    roots = [os.environ.get(name, "") for name in ("APPDATA", "PROGRAMDATA")]
    folders = [Path(root, "Microsoft", "Windows", "Start Menu", "Programs") for root in roots if root]
    found = {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*.lnk"))}
    return [Program(id=str(path), name=name) for name, path in found.items()]


def _output_of(script: str) -> str:
    import subprocess  # noqa: PLC0415 - under macOS alone

    try:
        done = subprocess.run(
            ["/usr/bin/osascript", "-e", script], capture_output=True, text=True, timeout=2, check=True
        )
    except (OSError, subprocess.SubprocessError):
        raise Cannot(said("desktop-sound-silent")) from None
    return done.stdout


def _locked() -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - under Windows alone

        return bool(ctypes.windll.user32.LockWorkStation())
    keys = 'tell application "System Events" to keystroke "q" using {control down, command down}'
    return started(["/usr/bin/osascript", "-e", keys], os.environ)

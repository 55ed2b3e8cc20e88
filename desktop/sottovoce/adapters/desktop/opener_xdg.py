"""Files, folders and pages, shown in the programs that the user of a Linux desktop has chosen for them."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.commands import Commands
from sottovoce.agent.desktop import Cannot, Place
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

START_S = 2.5
"""After which a program that goes on is taken for started: openers stay as long as what they opened, some of them."""
MOST_FOLDERS = 2000
"""Folders that are looked through by name."""
_NAMES = {
    Place.DESKTOP: ("XDG_DESKTOP_DIR", "Desktop"),
    Place.DOCUMENTS: ("XDG_DOCUMENTS_DIR", "Documents"),
    Place.DOWNLOADS: ("XDG_DOWNLOAD_DIR", "Downloads"),
    Place.MUSIC: ("XDG_MUSIC_DIR", "Music"),
    Place.PICTURES: ("XDG_PICTURES_DIR", "Pictures"),
    Place.VIDEOS: ("XDG_VIDEOS_DIR", "Videos"),
}
_LINE = re.compile(r'^\s*(XDG_[A-Z]+_DIR)="(?P<path>[^"\n]*)"', re.MULTILINE)


class XdgOpener:
    """See `Opener`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Open nothing yet."""
        self._environment = environment
        self._commands = Commands("desktop-opener")

    async def place(self, place: Place) -> None:
        """See `Opener`."""
        await self._open("trash:///" if place is Place.TRASH else folder_of(place, self._environment))

    async def folders(self) -> Sequence[Path]:
        """See `Opener`."""
        home = folder_of(Place.HOME, self._environment)
        return await self._commands.run(lambda: folders_in(home))

    async def path(self, path: Path) -> None:
        """See `Opener`."""
        await self._open(path)

    async def address(self, address: str) -> None:
        """See `Opener`."""
        await self._open(address)

    async def _open(self, what: Path | str) -> None:
        def work() -> bool:
            if isinstance(what, Path) and not what.exists():
                raise Cannot(said("desktop-not-there"))
            path = self._environment.get("PATH")
            if gio := shutil.which("gio", path=path):
                return started([gio, "open", str(what)], self._environment)
            opener = shutil.which("xdg-open", path=path)
            return opener is not None and started([opener, str(what)], self._environment)

        if not await self._commands.run(work):
            raise Cannot(said("desktop-cannot-open"))

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()


_left: list[subprocess.Popen[bytes]] = []
"""Openers that are still at it, to be asked for their end."""


def started(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether it did it, or is still at it."""
    nothing = subprocess.DEVNULL
    _left[:] = [one for one in _left if one.poll() is None]
    try:
        running = subprocess.Popen(
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=dict(environment)
        )
    except OSError:
        return False
    try:
        return running.wait(START_S) == 0
    except subprocess.TimeoutExpired:
        _left.append(running)
        return True


def folder_of(place: Place, environment: Mapping[str, str]) -> Path:
    """Where the user has this folder."""
    home = Path(environment.get("HOME") or Path.home())
    if place not in _NAMES:
        return home
    key, usual = _NAMES[place]
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for found in _LINE.finditer((config / "user-dirs.dirs").read_text("utf-8")):
            if found[1] == key:
                return Path(found["path"].replace("$HOME", str(home)))
    return home / usual


def folders_in(home: Path) -> list[Path]:
    """The folders of a home, and those in them; hidden ones are not named aloud."""
    first = list(_shown(home))
    found = [*first, *(inner for outer in first for inner in _shown(outer))]
    return found[:MOST_FOLDERS]


def _shown(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(one.name for one in entries if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return
    yield from (folder / name for name in names)

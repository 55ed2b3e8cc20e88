"""The programs of a Linux desktop, as its menu shows them, and those its user has chosen for something."""

from __future__ import annotations

import configparser
import contextlib
import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.desktop.opener_xdg import started
from sottovoce.agent.desktop import Cannot, Program, ProgramRole
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xdg.DesktopEntry import DesktopEntry

_TYPES = {
    ProgramRole.BROWSER: ("x-scheme-handler/https", "x-scheme-handler/http", "text/html"),
    ProgramRole.FILES: ("inode/directory",),
    ProgramRole.MAIL: ("x-scheme-handler/mailto",),
    ProgramRole.EDITOR: ("text/plain",),
    ProgramRole.PICTURES: ("image/png", "image/jpeg"),
    ProgramRole.VIDEOS: ("video/mp4", "video/x-matroska"),
    ProgramRole.MUSIC: ("audio/mpeg", "audio/flac"),
    ProgramRole.CALENDAR: ("text/calendar",),
    ProgramRole.TERMINAL: ("x-scheme-handler/terminal",),
    ProgramRole.CALCULATOR: (),
    ProgramRole.SETTINGS: (),
}
_CATEGORIES = {
    ProgramRole.BROWSER: "WebBrowser",
    ProgramRole.FILES: "FileManager",
    ProgramRole.MAIL: "Email",
    ProgramRole.EDITOR: "TextEditor",
    ProgramRole.PICTURES: "Viewer",
    ProgramRole.VIDEOS: "Video",
    ProgramRole.MUSIC: "Audio",
    ProgramRole.CALENDAR: "Calendar",
    ProgramRole.TERMINAL: "TerminalEmulator",
    ProgramRole.CALCULATOR: "Calculator",
    ProgramRole.SETTINGS: "Settings",
}
"""What a program must be of where nothing is chosen."""
_SETTINGS = frozenset(
    {"org.gnome.Settings", "gnome-control-center", "systemsettings", "xfce-settings-manager", "cinnamon-settings"}
    | {"mate-control-center", "lxqt-config", "org.kde.systemsettings", "budgie-control-center", "matecc"}
)
"""The one window that holds all settings, by desktop: others of that category each hold a few."""
_ALSO = (Path("/var/lib/flatpak/exports/share"), Path("/var/lib/snapd/desktop"))
"""Where programs are that some sessions do not name."""


@dataclass(frozen=True, slots=True)
class _Found:
    application: Program
    file: Path
    categories: frozenset[str]
    types: frozenset[str]
    command: str


class XdgApplications:
    """See `Applications`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read nothing yet."""
        self._environment = environment
        self._commands = Commands("desktop-applications")
        self._read: tuple[object, list[_Found]] | None = None

    async def installed(self) -> Sequence[Program]:
        """See `Applications`."""
        return [one.application for one in await self._commands.run(self._all)]

    async def usual(self, role: ProgramRole) -> Program | None:
        """See `Applications`."""
        return await self._commands.run(lambda: self._usual(role))

    async def open(self, application: Program) -> None:
        """See `Applications`."""

        def launch() -> bool:
            found = next((one for one in self._all() if one.application.id == application.id), None)
            return found is not None and _launched(found, self._environment)

        if not await self._commands.run(launch):
            raise Cannot(said("desktop-not-started", what=application.name))

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()

    # On its thread.

    def _folders(self) -> list[Path]:
        """Those with entries, the user's own first."""
        home = Path(self._environment.get("HOME") or Path.home())
        own = self._environment.get("XDG_DATA_HOME") or home / ".local" / "share"
        shared = self._environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        roots = [Path(own), Path(own, "flatpak", "exports", "share"), *map(Path, shared.split(":")), *_ALSO]
        return [root / "applications" for root in dict.fromkeys(roots) if str(root)]

    def _all(self) -> list[_Found]:
        """Every program; read again when something was installed or removed."""
        folders = self._folders()
        state = tuple(_changed_at(folder) for folder in folders)
        if self._read is None or self._read[0] != state:
            self._read = state, list(_entries(folders, self._environment))
        return self._read[1]

    def _usual(self, role: ProgramRole) -> Program | None:
        there = self._all()
        by_id = {one.file.name: one for one in there} | {f"{one.application.id}.desktop": one for one in there}
        for kind in _TYPES[role]:
            for chosen in self._chosen(kind):
                if chosen in by_id:
                    return by_id[chosen].application
        if role is ProgramRole.SETTINGS:
            return next((one.application for one in there if one.application.id in _SETTINGS), None)
        of_type = [one for one in there if one.types.intersection(_TYPES[role])]
        suiting = [one for one in there if _CATEGORIES[role] in one.categories]
        both = [one for one in suiting if one in of_type]
        return next((one.application for one in (*both, *suiting, *of_type)), None)

    def _chosen(self, kind: str) -> Iterator[str]:
        """The entries that are chosen for a type of files, the strongest choice first."""
        environment = self._environment
        home = Path(environment.get("HOME") or Path.home())
        config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        shared = [Path(one) for one in (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")]
        desktops = [one.lower() for one in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if one]
        for folder in (config, *shared, *self._folders()):
            for name in (*(f"{desktop}-mimeapps.list" for desktop in desktops), "mimeapps.list"):
                yield from _listed(folder / name, kind)


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


class _AsWritten(configparser.RawConfigParser):
    """Keeps capitals in keys."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _listed(file: Path, kind: str) -> list[str]:
    lists = _AsWritten(delimiters="=", strict=False, interpolation=None)
    with contextlib.suppress(OSError, configparser.Error, UnicodeDecodeError):
        lists.read_string(file.read_text("utf-8"))
    chosen = lists.get("Default Applications", kind, fallback="")
    return [one.strip() for one in chosen.split(";") if one.strip()]


def _entries(folders: Sequence[Path], environment: Mapping[str, str]) -> Iterator[_Found]:
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*.desktop")) if folder.is_dir() else ():
            id_ = "-".join(file.relative_to(folder).with_suffix("").parts)
            if id_ in seen:  # the user's own takes the place of the system's
                continue
            seen.add(id_)
            if found := _entry(file, id_, environment):
                yield found


def _entry(file: Path, id_: str, environment: Mapping[str, str]) -> _Found | None:
    """The program of an entry; None where it is none for the menu of this desktop."""
    from xdg.DesktopEntry import DesktopEntry  # noqa: PLC0415 - there is none elsewhere
    from xdg.Exceptions import Error  # noqa: PLC0415 - as above

    try:
        entry = DesktopEntry(str(file))
        if entry.getType() != "Application" or entry.getNoDisplay() or entry.getHidden():
            return None
        if not _is_shown(entry, environment) or not _is_there(entry.getTryExec(), environment):
            return None
        return _Found(
            Program(id=id_, name=entry.getName() or id_, names=_names(entry, id_), window=entry.getStartupWMClass()),
            file,
            frozenset(entry.getCategories()),
            frozenset(entry.getMimeTypes()),
            entry.getExec(),
        )
    except (Error, OSError, ValueError, UnicodeDecodeError):  # somebody else's mistake: the others are there
        return None


def _is_shown(entry: DesktopEntry, environment: Mapping[str, str]) -> bool:
    desktops = {one for one in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if one}
    only = set(entry.getOnlyShowIn())
    return (not only or bool(only & desktops)) and not desktops.intersection(entry.getNotShowIn())


def _is_there(program: str, environment: Mapping[str, str]) -> bool:
    return not program or shutil.which(program, path=environment.get("PATH")) is not None


def _names(entry: DesktopEntry, id_: str) -> tuple[str, ...]:
    """What else it may be called: in English, by its kind, by its command and its entry."""
    plain = entry.content.get("Desktop Entry", {})
    command = _command(entry.getExec())
    names = (
        plain.get("Name", ""),
        entry.getGenericName(),
        plain.get("GenericName", ""),
        Path(command[0]).name if command else "",
        id_.rpartition(".")[2],
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _command(line: str) -> list[str]:
    """The words of an entry's command, without what stands for files."""
    try:
        words = shlex.split(line)
    except ValueError:
        return []
    return [word.replace("%%", "%") for word in words if not (len(word) == 2 and word[0] == "%" and word != "%%")]  # noqa: PLR2004 - "%u"


def _launched(found: _Found, environment: Mapping[str, str]) -> bool:
    """Whether it was started: by what knows all about entries, else by its command."""
    if gio := shutil.which("gio", path=environment.get("PATH")):
        return started([gio, "launch", str(found.file)], environment)
    command = _command(found.command)
    if not command or shutil.which(command[0], path=environment.get("PATH")) is None:
        return False
    # Behind a shell that does not wait: it is nobody's child then, and lives on without us.
    return started(["/bin/sh", "-c", '"$@" &', "sh", *command], environment)

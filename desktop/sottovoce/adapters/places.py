"""Where everything of one home lies: settings, database, keys, models, logs, socket; folders 0700, files 0600."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from sottovoce.adapters.durable_file import sync_folder, why
from sottovoce.domain.errors import PlacesUnusable
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOME_VARIABLE = "SOTTOVOCE_HOME"

SOCKET_PATH_BYTES = 103
"""Longest path a unix socket takes everywhere: `sun_path` has 104 bytes on macOS and 108 on Linux, with a final NUL."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The files and folders of one home, absolute. Making the value touches nothing; `prepare` makes the folders."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @classmethod
    def under(cls, folder: Path | str) -> Places:
        """Everything under one folder.

        Raises:
            PlacesUnusable: It begins with the name of a user there is not (`~nobody/…`).
        """
        try:
            home = Path(folder).expanduser().absolute()
        except RuntimeError:
            raise PlacesUnusable(said("error-places-unusable-no-user", folder=folder)) from None
        return cls(config=home, data=home, state=home, cache=home / "cache")

    @property
    def settings_file(self) -> Path:
        """Plain settings, never anything said."""
        return self.config / "settings.toml"

    @property
    def database_entry(self) -> Path:
        """Where the SQLCipher file is looked for: itself, or a link to it."""
        return _within(self.data, "sottovoce.db")

    @property
    def key_entry(self) -> Path:
        """Where the key file is looked for: itself, or a link to it."""
        return _within(self.data, "sottovoce.keys")

    @property
    def backups_entry(self) -> Path:
        """Where the folder of backups is looked for: itself, or a link to it."""
        return _within(self.data, "backups")

    @property
    def database(self) -> Path:
        """The SQLCipher file itself, wherever it lies: what replaces or removes it must not stop at a link to it."""
        return _found(self.database_entry)

    @property
    def key_file(self) -> Path:
        """Id and check value of the database's key; the file itself, as `database`."""
        return _found(self.key_entry)

    @property
    def lock_file(self) -> Path:
        """Held by the one process that has the database open; beside the file itself, so that one has one lock."""
        return companion(self.database, "lock")

    @property
    def models(self) -> Path:
        """Speech models the user has put here."""
        return self.data / "models"

    @property
    def knowledge(self) -> Path:
        """Documents the user has put here."""
        return self.data / "knowledge"

    @property
    def backups(self) -> Path:
        """Encrypted copies of the database."""
        return _found(self.backups_entry)  # none is made where a disk is not mounted

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.state / "logs"

    @property
    def socket(self) -> Path:
        """The local socket; use it through `socket_address`."""
        return self.state / "sottovoce.sock"

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders, parents first."""
        made = (self.config, self.data, self.state, self.cache, self.models, self.knowledge, self.logs)
        return tuple(dict.fromkeys(made))

    def prepare(self) -> None:
        """Make every folder that is missing, each for this user alone.

        What is the user's own, `models` and `knowledge`, is theirs to make in whatever way, as a link to a disk that is
        not there today as well.

        Raises:
            PlacesUnusable: One can't be made, belongs to another user, or is open to others.
        """
        for folder in self.folders:
            if folder not in {self.models, self.knowledge} or not os.path.lexists(folder):
                make_private_folder(folder)


@functools.lru_cache(maxsize=64)
def _within(folder: Path, name: str) -> Path:
    """A path, made once: a home's files are asked for some fifty times while it is opened."""
    return folder / name


@functools.lru_cache(maxsize=64)
def companion(database: Path, name: str) -> Path:
    """A file of ours beside the database; a database of another name (a link leads to it) has its own."""
    stem = "sottovoce" if database.name == "sottovoce.db" else database.name
    return database.with_name(f"{stem}.{name}")


def target_of(entry: Path) -> Path:
    """What a link leads to, whether it is there or not; the path itself if it is no link."""
    return Path(os.path.realpath(entry)) if entry.is_symlink() else entry


def _found(entry: Path) -> Path:
    """What a link leads to; a link that leads nowhere stands for itself."""
    if not entry.is_symlink():  # asked a hundred times while a home is opened
        return entry
    target = target_of(entry)
    return target if target.exists() else entry


def places(environment: Mapping[str, str]) -> Places:
    """The places named by `SOTTOVOCE_HOME`, else the operating system's own for this user."""
    home = environment.get(HOME_VARIABLE, "")
    if home:
        return Places.under(home)
    system = platformdirs.PlatformDirs("sottovoce", appauthor=False)
    return Places(
        config=system.user_config_path.absolute(),
        data=system.user_data_path.absolute(),
        state=system.user_state_path.absolute(),
        cache=system.user_cache_path.absolute(),
    )


def keep_new_files_private() -> None:
    """Let every file this process makes from now on be readable by its user alone; called once, first thing."""
    os.umask(0o077)


def make_private_folder(folder: Path) -> None:
    """Make `folder` (and its parents), or take the one that is there if it is this user's alone.

    A folder that only its user could write is closed to readers when it is empty or ours; a stranger's full
    folder (somebody named `/usr` by mistake) is never touched.

    Raises:
        PlacesUnusable: It can't be made, is no folder, belongs to another user, or is open to others; or everybody may
            put another one in its place.
    """
    try:
        wrong = _exposed(folder)
        if wrong is not None:
            raise PlacesUnusable(wrong)
        missing = [] if folder.exists() else [one for one in (folder, *folder.parents) if not one.exists()]
        if missing:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
        for made in reversed(missing):  # a power cut would take a new folder with all that was synced inside it
            with contextlib.suppress(OSError):
                sync_folder(made.parent)
        wrong = _unsuitable(folder)
    except OSError as error:
        wrong = said("error-places-unusable-folder", folder=folder, why=why(error))
    if wrong is not None:
        raise PlacesUnusable(wrong)


def _exposed(folder: Path) -> Said | None:
    """Why `folder` is not safe there: in a folder that all may write to, only a sticky bit keeps names in place."""
    if sys.platform != "win32":
        above = os.path.dirname(os.path.realpath(folder))  # noqa: PTH120 - as text: each home has some twelve of them
        while True:
            with contextlib.suppress(OSError):  # not there yet, or not to be looked at
                mode = os.stat(above).st_mode  # noqa: PTH116 - as above
                if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
                    return said("error-places-unusable-exposed", folder=folder, above=Path(above))
            if above == (further := os.path.dirname(above)):  # noqa: PTH120 - as above
                return None
            above = further
    return None


def _unsuitable(folder: Path) -> Said | None:
    """Why `folder` can't be used; it is closed to others where that is safe."""
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        return said("error-places-unusable-no-folder", folder=folder)
    if sys.platform == "win32":
        return None
    if found.st_uid != os.geteuid():
        return said("error-places-unusable-others", folder=folder)
    if found.st_mode & _OTHERS_WRITE:
        return said("error-places-unusable-writable", folder=folder)
    return _not_closed(folder) if found.st_mode & _OTHERS else None


def _not_closed(folder: Path) -> Said | None:
    """Close a folder to others; why it can't be."""
    if not _ours(folder):
        return said("error-places-unusable-open", folder=folder)
    folder.chmod(0o700)
    if folder.stat().st_mode & _OTHERS:
        return said("error-places-unusable-unclosable", folder=folder)
    return None


def _ours(folder: Path) -> bool:
    names = {entry.name for entry in folder.iterdir()}
    mine = {"settings.toml", "sottovoce.db", "sottovoce.keys"}
    return names <= {"models", "knowledge", "backups"} or folder.name == "sottovoce" or bool(names & mine)


@contextlib.contextmanager
def socket_address(path: Path) -> Iterator[str]:
    """An address for `path` that `bind` and `connect` take however long the path is; good inside the block only.

    Raises:
        PlacesUnusable: The folder of `path` can't be opened.
    """
    plain = str(path)
    if len(os.fsencode(plain)) <= SOCKET_PATH_BYTES or sys.platform == "win32":
        yield plain
    elif sys.platform == "linux":
        try:
            folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise PlacesUnusable(said("error-places-unusable-folder", folder=path.parent, why=why(error))) from None
        try:
            yield f"/proc/self/fd/{folder}/{path.name}"
        finally:
            os.close(folder)
    else:
        with tempfile.TemporaryDirectory(prefix="sv-", dir="/tmp") as short:  # TMPDIR's own path is long there
            link = Path(short, "s")
            link.symlink_to(path.parent)
            yield str(link / path.name)

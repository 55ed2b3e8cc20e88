"""The last step of a restore: the old files make way for the new ones, whole or not at all.

Beside the home's files lie `sottovoce.db.restoring` and `sottovoce.keys.restoring`, both proven and on the disk. Then
`sottovoce.restore` is written: from that moment on the restore has happened, and whatever a crash left undone is done
by the next start, before anything is opened. Without it, the files named `.restoring` are dropped.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import sync, sync_folder, write_durably
from sottovoce.adapters.places import make_private_folder, target_of
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.session_mark import SessionMark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sottovoce.adapters.places import Places

_ASIDE = re.compile(r"replaced-\d{8}-\d{6}", re.ASCII)
_DATABASE_SUFFIXES = ("-wal", "-shm", "-journal", ".changing", ".making", "")
"""The database itself goes last: as long as it is there, its log is not taken for another one's."""
_KEY_SUFFIXES = (".changing", ".making", ".copy", "")


@dataclass(frozen=True, slots=True)
class RestoreFiles:
    """A restore's files in a home; every method blocks."""

    places: Places

    @property
    def database(self) -> Path:
        """The new database."""
        return self._beside(self.places.database_entry, "restoring")

    @property
    def body(self) -> Path:
        """The backup's database, as it was unpacked."""
        return self._beside(self.places.database_entry, "unpacked")

    @property
    def keys(self) -> Path:
        """Path of its key file."""
        return self._beside(self.places.key_entry, "restoring")

    @property
    def marker(self) -> Path:
        """There from the moment on at which the restore has happened, until all files are in place."""
        return self.places.data / "sottovoce.restore"

    @staticmethod
    def _beside(entry: Path, suffix: str) -> Path:
        """Beside the file itself, also while a link to it leads nowhere because it is just being replaced."""
        target = target_of(entry)
        return target.with_name(f"{target.name}.{suffix}")

    def settle(self) -> None:
        """Finish what was decided, or drop what was not; called under the home's lock, before anything is opened."""
        if self.marker.exists():
            self._finish()
        if any(path.exists() for path in (self.database, self.body, *self._unfinished())):
            self.drop()

    def drop(self) -> None:
        """Remove a restore that was not decided."""
        schema.discard(self.body)
        schema.discard(self.database)
        for path in self._unfinished():
            path.unlink(missing_ok=True)
        sync_folder(self.places.data)

    def _unfinished(self) -> list[Path]:
        return [self.keys, *(path.with_name(f"{path.name}.tmp") for path in (self.keys, self.marker))]

    def decide(self, aside: str) -> Path | None:
        """Put the new files into place; the old ones go into a folder called `aside`, returned if there are any.

        Raises:
            OSError: It could not be finished; the next start goes on with it.
        """
        if not _ASIDE.fullmatch(aside):
            message = "not a name for files laid aside"
            raise ValueError(message)
        write_durably(self.marker, json.dumps({"aside": aside}).encode())
        self._finish()
        folder = self.places.data / aside
        return folder if folder.is_dir() else None

    def _finish(self) -> None:
        aside = self.places.data / self._aside()
        for new, present, suffixes in (
            (self.database, target_of(self.places.database_entry), _DATABASE_SUFFIXES),
            (self.keys, target_of(self.places.key_entry), _KEY_SUFFIXES),
        ):
            if new.exists():  # else this was done before the crash
                self._lay_aside(present, suffixes, aside)
                new.replace(present)
                sync_folder(self.places.data)
        SessionMark(self.places.database).lay()
        self.marker.unlink()
        self.marker.with_name(f"{self.marker.name}.tmp").unlink(missing_ok=True)
        sync_folder(self.places.data)

    def _aside(self) -> str:
        name = str(json.loads(self.marker.read_bytes())["aside"])
        return name if _ASIDE.fullmatch(name) else "replaced-00000000-000000"

    def _lay_aside(self, present: Path, suffixes: tuple[str, ...], aside: Path) -> None:
        # What the last session said of the old log is no word about the new database.
        mark = SessionMark(target_of(self.places.database_entry)).path
        for path in (mark, *(present.with_name(present.name + suffix) for suffix in suffixes)):
            if path.exists():
                make_private_folder(aside)
                _move(path, aside / path.name)
                sync_folder(aside)
                sync_folder(self.places.data)


def _move(path: Path, target: Path) -> None:
    """Move a file, to another disk if it must be: there it is whole before it leaves its old place."""
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    else:
        return
    copy = target.with_name(f"{target.name}.tmp")
    copy.unlink(missing_ok=True)
    with path.open("rb") as source, os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        shutil.copyfileobj(source, to)
        to.flush()
        sync(to.fileno())
    copy.replace(target)
    sync_folder(target.parent)
    path.unlink()


def remove_folder(folder: Path, ours: list[Path] | None) -> int:
    """Remove a folder with all that is in it, or of what a link leads to only what is `ours`; how many files."""
    if not folder.is_symlink():
        removed = sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
        if folder.is_dir():
            shutil.rmtree(folder)
        return removed
    target = Path(os.path.realpath(folder))
    for path in ours or ():
        path.unlink()
    with contextlib.suppress(OSError):  # it may hold other files, or be the root of a disk
        target.rmdir()
    folder.unlink()
    return len(ours or ())


def free_aside(places: Places, at: datetime) -> str:
    """A name for what is laid aside at that time, which no folder has: a clock may stand still, or repeat an hour."""
    while (places.data / (name := f"replaced-{at:%Y%m%d-%H%M%S}")).exists():
        at += timedelta(seconds=1)
    return name


def laid_aside(places: Places) -> list[Path]:
    """Folders with what restores replaced."""
    return sorted(path for path in places.data.iterdir() if _ASIDE.fullmatch(path.name) and path.is_dir())


def drop_laid_aside(folders: Sequence[Path]) -> None:
    """Remove such folders."""
    for folder in folders:
        remove_folder(folder, [path for path in folder.iterdir() if path.name.startswith("sottovoce.")])
        sync_folder(folder.parent)

"""The user's own files inside a backup: rows of its database, so as encrypted and as proven as all the rest.

Only a backup's database has the table: it is made on the copy that becomes the backup, and dropped from the one that
is put into place.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.adapters.store.engine.connection import ConnectionOpener

USUAL_BYTES = 32 << 20
"""Taken along unasked if all of them have no more than this."""
MOST_BYTES = 128 << 20
"""Of one file, which is held in memory while it is copied."""

_TABLE = "carried_file"


@dataclass(frozen=True, slots=True)
class Carried:
    """How many of the user's files were taken along."""

    files: int = 0
    left: int = 0
    """Too large, not readable, or there already."""


def usual(folder: Path) -> bool:
    """Whether the files in a folder are few enough to be taken along unasked."""
    return sum(path.stat().st_size for path in _files(folder)) <= USUAL_BYTES


def pack_files(folder: Path, copy: ConnectionOpener, go_on: Callable[[], None]) -> Carried:
    """Put the files of a folder into a closed database that becomes a backup.

    Raises:
        sqlite.Error, OSError: It could not be written.
    """
    done = left = 0
    with contextlib.closing(copy.keyed()) as connection:
        connection.execute(f"CREATE TABLE {_TABLE} (path TEXT PRIMARY KEY, modified_ns INTEGER, content BLOB) STRICT")
        for path in _files(folder):
            go_on()
            try:
                if path.stat().st_size > MOST_BYTES:
                    raise OSError  # noqa: TRY301 - left like one that can't be read
                name = path.relative_to(folder).as_posix()
                row = name.encode().decode(), path.stat().st_mtime_ns, path.read_bytes()
            except (OSError, UnicodeError):
                left += 1
                continue
            connection.execute(f"INSERT INTO {_TABLE} VALUES (?, ?, ?)", row)  # noqa: S608 - a constant
            done += 1
    return Carried(done, left)


def unpack_files(body: ConnectionOpener, folder: Path) -> Carried:
    """Write the files of a backup's database into a folder; what is there already stays as it is.

    Raises:
        sqlite.Error, OSError: They could not all be written.
    """
    done = left = 0
    with contextlib.closing(body.keyed(mode="ro")) as connection:
        if not _has_files(connection):
            return Carried()
        for (name,) in connection.execute(f"SELECT path FROM {_TABLE} ORDER BY path").fetchall():  # noqa: S608 - a constant
            target = _inside(folder, name)
            if target is None or target.exists():
                left += 1
                continue
            content, modified_ns = connection.execute(
                f"SELECT content, modified_ns FROM {_TABLE} WHERE path = ?",  # noqa: S608 - a constant
                (name,),
            ).fetchone()
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.utime(target, ns=(modified_ns, modified_ns))
            sync_folder(target.parent)
            done += 1
    return Carried(done, left)


def drop_files(copy: ConnectionOpener) -> None:
    """Rid the copy of a backup's database of them; its file shrinks."""
    with contextlib.closing(copy.keyed()) as connection:
        if _has_files(connection):
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"DROP TABLE {_TABLE}")
            connection.execute("VACUUM")


def _has_files(connection: object) -> bool:
    found = connection.execute(  # type: ignore[attr-defined]
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", (_TABLE,)
    ).fetchone()
    return bool(found[0])


def _files(folder: Path) -> Sequence[Path]:
    """Plain files below a folder, by path; links out of it are not followed."""
    if not folder.is_dir():
        return ()
    found = [Path(where) / name for where, _, names in os.walk(folder) for name in names]
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _inside(folder: Path, name: str) -> Path | None:
    """Where a file goes; None for a name that leads out of the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts:
        return None
    target = folder.joinpath(*path.parts)
    inside = Path(os.path.realpath(target.parent)).is_relative_to(os.path.realpath(folder))
    return target if inside else None

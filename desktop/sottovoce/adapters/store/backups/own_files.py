"""The files of a home's folder of backups: which they are, and what a crash left among them."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import sync_folder
from sottovoce.domain.backups import made_at
from sottovoce.domain.errors import (
    BackupsUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places


BODY_SUFFIX = ".body"
MAKING_SUFFIX = ".making"
BEFORE_SCHEMA = "before-schema-*.db"
"""What `schema` laid aside before it migrated: under the data key itself."""
BEFORE_SCHEMA_DAYS = 28


def aged(files: Iterable[Path]) -> tuple[tuple[Path, float, int], ...]:
    """Each file that is there, with when it was changed and its bytes, the newest first."""
    found = []
    for file in files:
        with contextlib.suppress(FileNotFoundError):  # it goes this very moment
            stat = file.stat()
            found.append((file, stat.st_mtime, stat.st_size))
    return tuple(sorted(found, key=lambda one: -one[1]))


_OURS = re.compile(r"(?:sottovoce-\d{8}-\d{6}\.backup|before-schema-\d+-\d+)(?:\..*)?", re.ASCII)


def is_of_backups(name: str) -> bool:
    """Whether a file is a backup, a copy made before an update, or what is left of one that was being made."""
    return _OURS.fullmatch(name) is not None


def refuse_unreachable(places: Places) -> None:
    """See that what is to be done to the backups can be: their folder may be a link to a disk that is not mounted.

    Raises:
        BackupsUnreachable: It is.
    """
    if places.backups_entry.is_symlink() and not places.backups_entry.is_dir():
        raise BackupsUnreachable


def remove(files: Sequence[Path]) -> None:
    """Remove them, durably."""
    for path in files:
        path.unlink()
    if files:
        sync_folder(files[0].parent)


def own_backups(places: Places) -> list[Path]:
    """Files in the home's folder that are named like backups, newest first."""
    if not places.backups.is_dir():
        return []
    return sorted((path for path in places.backups.iterdir() if made_at(path.name)), reverse=True)


def backup_files(places: Places) -> list[Path]:
    """Every backup in the home's folder, whatever its user has called it."""
    if not places.backups.is_dir():
        return []
    clear_unfinished(places.backups)
    return sorted(path for path in places.backups.iterdir() if path.suffix == ".backup" and path.is_file())


def clear_unfinished(folder: Path) -> None:
    """Remove what a crash left of a backup that was being made."""
    for suffix in (BODY_SUFFIX, MAKING_SUFFIX):
        for path in folder.glob(f"*{suffix}*"):
            path.unlink(missing_ok=True)

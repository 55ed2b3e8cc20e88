"""What lies in the folder: which files are read, which folders are watched, and what is passed over."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.knowledge.reading import ENDINGS
from sottovoce.memory.knowledge_ports import FileSeen, Listing

if TYPE_CHECKING:
    from pathlib import Path

MOST_DEPTH: Final = 32
"""Folders inside folders; a mistake of a program that copies a folder into itself ends here."""

_PASSED_OVER = re.compile(
    r"\.|~\$|#.*#$|.*(?:~|\.(?:sw[a-z]|part|partial|crdownload|download|tmp|temp|bak))$", re.IGNORECASE
)
"""Hidden ones, and what editors, browsers and office programs write beside the file itself."""

_CONFLICT = re.compile(
    r"(?P<name>.+?)(?:"
    r"[ _-]?[(\[][^()\[\]]*(?:conflict|konflikt|conflit)[^()\[\]]*[)\]]"  # Dropbox, Nextcloud, Seafile, pCloud
    r"|[._-](?:sync-)?conflict(?:ed)?(?:[._-][\w-]+)?"  # Syncthing, ownCloud, Resilio
    r")(?P<ending>\.[^.]+)",
    re.IGNORECASE,
)
"""Names that programs give to the other one of two versions of a file."""

MOST_LOOKS: Final = 3
"""Looks at a folder that is taken away each time; the last one counts."""

_AS_WE_ARE: Final = os.access in os.supports_effective_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The files and folders that one look at the whole folder found."""

    listing: Listing
    folders: tuple[str, ...]
    """Absolute, the folder itself first; none if it is not there."""
    misnamed: bool
    """Whether a file that would be read, or a folder, is left out as its name is no text."""
    too_deep: bool
    """Whether a folder is left out as it lies in too many others."""


def passed_over(path: str) -> bool:
    """Whether a path below the folder, with any slashes, is hidden or temporary, or lies in something that is."""
    return any(_PASSED_OVER.match(part) is not None for part in re.split(r"[/\\]", path) if part)


def original(name: str) -> str | None:
    """What a file is a conflicted copy of, by its name: that one answers, never the copy in its place."""
    found = _CONFLICT.fullmatch(name)
    return f"{found['name'].rstrip()}{found['ending']}" if found else None


def look(folder: Path) -> Scan:
    """List everything below `folder`; links are never followed, for they may lead out of it or round in circles.

    Half of a folder that was moved or unmounted meanwhile is no look at it: the other half would count as removed.
    """
    for _ in range(MOST_LOOKS - 1):
        found, identities = _look(folder)
        if list(map(_identity, found.folders)) == identities:
            return found
    return _look(folder)[0]


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)  # noqa: PTH116 - thousands of times
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _look(folder: Path) -> tuple[Scan, list[tuple[int, int] | None]]:
    """What is there, and which folders those were, each seen before it was listed."""
    identities: list[tuple[int, int] | None] = []
    files: list[FileSeen] = []
    folders: list[str] = []
    unlisted: list[str] = []
    misnamed = too_deep = False
    waiting = [("", 0)]
    while waiting:
        below, depth = waiting.pop()
        here = os.path.join(folder, below) if below else str(folder)  # noqa: PTH118 - thousands of times
        identity = _identity(here)
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue  # it went meanwhile: so did what was in it
        except OSError:
            unlisted.append(below)
            continue
        folders.append(here)
        identities.append(identity)
        names = {entry.name for entry in inside}
        for entry in inside:
            if _PASSED_OVER.match(entry.name):
                continue
            path = f"{below}{entry.name}"
            deeper = entry.is_dir(follow_symlinks=False)
            if not _storable(entry.name):
                misnamed = misnamed or deeper or bool(_seen(entry, path))
            elif deeper:
                if depth < MOST_DEPTH:
                    waiting.append((f"{path}/", depth + 1))
                else:
                    too_deep = True
            elif original(entry.name) not in names:
                files += _seen(entry, path)
    files.sort(key=lambda file: file.path)
    listing = Listing(files=tuple(files), unlisted=tuple(unlisted))
    return Scan(listing=listing, folders=tuple(folders), misnamed=misnamed, too_deep=too_deep), identities


def _seen(entry: os.DirEntry[str], path: str) -> list[FileSeen]:
    """A plain file that is read; nothing for a link, a pipe, or one that went meanwhile."""
    if not entry.name.lower().endswith(ENDINGS):
        return []
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return []
    if not stat.S_ISREG(found.st_mode):
        return []
    readable = os.access(entry.path, os.R_OK, effective_ids=_AS_WE_ARE)
    return [
        FileSeen(
            path=path,
            bytes=found.st_size,
            modified_ns=found.st_mtime_ns,
            changed_ns=found.st_ctime_ns,
            readable=readable,
        )
    ]


def _storable(name: str) -> bool:
    """Whether a name is text at all (Linux takes any bytes)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True

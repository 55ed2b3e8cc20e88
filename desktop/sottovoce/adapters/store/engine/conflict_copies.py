"""Copies of a home's files that a synchronising program lays beside them when two machines wrote the same one.

Each program has its own way of naming them (`sottovoce (conflicted copy …).db`, `sottovoce.sync-conflict-….db`,
`sottovoce (1).db`, `sottovoce-HOST.db`, `sottovoce.db.conflict1`, …), and translates it: so whatever has the name of
one of our files in it, and is none of ours, is taken for a copy; whether it is one its content shows.
"""

from __future__ import annotations

import contextlib
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.adapters.places import Places

_COPY = re.compile(r"(?i)(?![.~])(?:.{0,80}[^a-z0-9])?sottovoce(?![a-z0-9]).*\.(?P<kind>db|keys|session)(?![a-z0-9]).*")
_UNFINISHED = re.compile(r"(?i).*\.(?:tmp|temp|part|partial|crdownload|!sync|download)")
"""What is still being fetched; it gets its name when it is whole."""
_OURS = re.compile(r"sottovoce\.(?:db|keys|session)(?:[.-][a-z]+(?:-\d+)?)*")
_CONFLICT = re.compile(r"(?i)[ck]onfli")
_LOG = re.compile(r"(?i).*-wal\b.*")
_PASSING = re.compile(r"(?i).*-(?:shm|journal)\b.*")
_PAGE_BYTES = 4096
MERGING_SUFFIX = ".merging"
"""Of the database's name: a copy while it is read."""
MERGED_SUFFIX = ".merged"
"""A copy that is being put under the present key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What lies beside a home's files."""

    databases: tuple[Path, ...] = ()
    logs: tuple[Path, ...] = ()
    """Write-ahead logs; which database one belongs to is not said."""
    others: tuple[Path, ...] = ()
    """Key files, marks of sessions, and what SQLite needs only while it has a database open."""

    @property
    def all(self) -> tuple[Path, ...]:
        """Every conflict copy beside the database."""
        return (*self.databases, *self.logs, *self.others)


def find_copies(places: Places) -> Copies:
    """The copies beside a home's files, as far as their names show."""
    databases: list[Path] = []
    logs: list[Path] = []
    others: list[Path] = []
    for path, size in _candidates(places):
        if _kind(path.name) != "db" or _PASSING.fullmatch(path.name):
            others.append(path)
        elif _LOG.fullmatch(path.name):
            (logs if size else others).append(path)
        elif size >= _PAGE_BYTES:
            databases.append(path)
    return Copies(databases=tuple(databases), logs=tuple(logs), others=tuple(others))


def is_copy(name: str) -> bool:
    """Whether that is the name of a copy of a file of ours."""
    ours = _OURS.fullmatch(name) is not None and _CONFLICT.search(name) is None
    return _COPY.fullmatch(name) is not None and not ours and _UNFINISHED.fullmatch(name) is None


def _kind(name: str) -> str:
    found = _COPY.fullmatch(name)
    return found["kind"].lower() if found else ""


def _candidates(places: Places) -> Iterator[tuple[Path, int]]:
    for folder in dict.fromkeys((places.data, places.database.parent)):
        with contextlib.suppress(OSError):
            for path in sorted(folder.iterdir()):
                if is_copy(path.name):
                    found = path.lstat()
                    if stat.S_ISREG(found.st_mode):
                        yield path, found.st_size

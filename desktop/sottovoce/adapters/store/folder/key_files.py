"""Key files that can be read: a home's, those of what restores laid aside in it, and those of the folders beside it."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING

from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.adapters.places import Places

_SUFFIXES = ("", ".changing", ".making", ".restoring", ".copy")
"""What the key file of a home may be called."""
MOST_BESIDE = 1000
"""Folders beside a home that are looked into."""


def key_files_of(places: Places) -> Iterator[KeyFile]:
    """What key files of a home can be read, and those of what restores laid aside."""
    for folder in (places.key_file.parent, *laid_aside(places)):
        yield from key_files_in(folder, places)


def key_files_in(folder: Path, places: Places) -> Iterator[KeyFile]:
    """What key files in one folder can be read, by the names that a home's have."""
    for suffix in _SUFFIXES:
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
            yield KeyFile.from_bytes((folder / f"{places.key_file.name}{suffix}").read_bytes())


def needed_beside(places: Places) -> frozenset[str]:
    """Entries of the keyring that homes in the folders beside this one open with: copies that were not opened yet."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        home = places.data.resolve()
        ours = {home, places.key_file.parent.resolve(), places.database.parent.resolve()}  # links may lead beside it
        for folder in itertools.islice(home.parent.iterdir(), MOST_BESIDE):
            if folder.resolve() not in ours:
                found.update(keys.secret_name for keys in key_files_in(folder, places))
    return frozenset(found)

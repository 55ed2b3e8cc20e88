"""`sottovoce.keys` and its copy on the disk: read, changed by one thread at a time, replaced durably."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.durable_file import open_plain, write_durably
from sottovoce.adapters.places import target_of
from sottovoce.adapters.store.sealed.key_file import MOST_BYTES, KeyFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sottovoce.adapters.places import Places

FREE_TRIES: Final = 2
"""How often a change is worked out without holding off others, who may then have been quicker."""

_changing = threading.Lock()


def read_key_file(places: Places) -> KeyFile:
    """Read `sottovoce.keys`.

    Raises:
        OSError: It can't be read.
        KeyFileUnreadable, KeyFileNewer: See `KeyFile.from_bytes`.
    """
    return key_file_at(places.key_file)


def key_file_at(path: Path) -> KeyFile:
    """Read a key file.

    Raises:
        OSError, KeyFileUnreadable, KeyFileNewer: As `read_key_file`.
    """
    return KeyFile.from_bytes(key_file_bytes(path))


def key_file_bytes(path: Path) -> bytes:
    """What a key file holds, or more than one can.

    Raises:
        OSError: It can't be read, or is no plain file.
    """
    with open_plain(path) as file:
        return file.read(MOST_BYTES + 1)


def update_key_file(places: Places, change: Callable[[KeyFile], KeyFile], *, copy_too: bool = True) -> KeyFile:
    """Read, change and durably replace `sottovoce.keys` and its copy.

    Blocks for four fsyncs, so not for the event loop.

    For those inside the process that holds the home's lock: any of its threads, one at a time.

    Args:
        places: The home.
        change: Makes the new value from the present one; nothing is written if it returns the same one or raises. It is
            called again if another thread changed the file meanwhile.
        copy_too: Write the copy, too; else `mirror_key_file` does it later (two fsyncs each), which no change of what
            opens the database may wait for.

    Returns:
        What the file says now.

    Raises:
        OSError: It can't be read or written; the file is as it was.
        KeyFileUnreadable, KeyFileNewer: See `KeyFile.from_bytes`; the file is as it was.
    """
    for _ in range(FREE_TRIES):  # sealing a slot takes Argon2id's time, in which the audit log's anchor must not wait
        present = read_key_file(places)
        changed = change(present)
        with _changing:
            if read_key_file(places) == present:
                return _replaced(places, present, changed, copy_too=copy_too)
    with _changing:
        present = read_key_file(places)
        return _replaced(places, present, change(present), copy_too=copy_too)


def _replaced(places: Places, present: KeyFile, changed: KeyFile, *, copy_too: bool) -> KeyFile:
    if changed != present:
        content = changed.to_bytes()
        write_durably(places.key_file, content)
        if copy_too:
            with contextlib.suppress(OSError):
                _mirror(places, content)
    return changed


def copy_of(places: Places) -> Path:
    """The key file's copy, where a link in its place leads: beside it, what has ended would open on."""
    return target_of(places.key_file.with_name(f"{places.key_file.name}.copy"))


def mirror_key_file(places: Places, still: KeyFile | None = None) -> None:
    """Write the key file's copy if it is not the same, byte by byte.

    Args:
        places: The home.
        still: Nothing is written if the key file is not this one any more: it may have been harmed.

    Raises:
        OSError: The key file can't be read, or the copy can't be written; then there is none.
    """
    with _changing:
        content, held = key_file_bytes(places.key_file), None
        if still is not None and content != still.to_bytes():
            return
        with contextlib.suppress(OSError):
            held = key_file_bytes(copy_of(places))
        if held != content:
            _mirror(places, content)


def _mirror(places: Places, content: bytes) -> None:
    try:
        write_durably(copy_of(places), content)
    except OSError:
        copy_of(places).unlink(missing_ok=True)  # it may hold slots that are gone from the key file
        raise

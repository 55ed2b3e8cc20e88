"""Homes for tests of the store: made, looked at, damaged."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sottovoce.adapters.store import EncryptedStore, StoreLimits, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.domain.conversations import Message
    from sottovoce.memory.ports import Secrets

IMPATIENT = StoreLimits(lock_wait_s=0)


async def open_at(places: Places, secrets: Secrets) -> EncryptedStore:
    """Open, telling a second holder at once."""
    return await open_store(places, secrets, limits=IMPATIENT)


async def make_home(places: Places, secrets: Secrets, *messages: Message) -> None:
    """A home with some messages, closed again."""
    store = await open_at(places, secrets)
    for message in messages:
        await store.append(message)
    await store.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, the lock apart."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "sottovoce.lock"
    }


def plain_sqlite(path: Path) -> None:
    """An ordinary database at `path`."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE message (content TEXT)")
    connection.commit()
    connection.close()


def flip(path: Path, *offsets: int) -> None:
    """Change single bytes of a file."""
    changed = bytearray(path.read_bytes())
    for offset in offsets:
        changed[offset] ^= 0xFF
    path.write_bytes(changed)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


_CAPABILITY_VERSION_3 = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1 << 1, 1 << 2


@contextmanager
def permissions_count() -> Iterator[None]:
    """Let a folder's permissions hold for root too, in this thread and those it starts.

    Root may write a read-only folder; a test of such folders must show the same as root and as anybody else.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = _CapabilityHeader(_CAPABILITY_VERSION_3, 0), (_CapabilityData * 2)()
    assert libc.capget(ctypes.byref(header), data) == 0
    before = data[0].effective
    data[0].effective = before & ~(_DAC_OVERRIDE | _DAC_READ_SEARCH)
    assert libc.capset(ctypes.byref(header), data) == 0
    try:
        yield
    finally:
        data[0].effective = before
        assert libc.capset(ctypes.byref(header), data) == 0

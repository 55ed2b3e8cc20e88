"""Run as a program with mounts of its own: what the store does on a disk that is really full.

unshare --map-root-user --mount python -m tests.adapters.full_disk SCENARIO FOLDER
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import GroupLimits, StoreLimits, open_store
from sottovoce.adapters.store.engine.ballast import BALLAST_BYTES
from sottovoce.domain.errors import StoreFull
from sottovoce.domain.records import Note
from tests.adapters.homes import contents
from tests.contracts.store import message
from tests.waiting import wait_for

if TYPE_CHECKING:
    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
PAGE = 4096
IDLE = StoreLimits(group=GroupLimits(idle_checkpoint_s=0.05))


def mount(folder: Path, size: str) -> None:
    folder.mkdir(mode=0o700)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size},mode=0700".encode()):
        raise OSError(ctypes.get_errno(), "a small disk could not be mounted")


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(PAGE)):
                pass
        except OSError:
            return


async def append_until_full(store: EncryptedStore) -> list[str]:
    """Ids of what was acknowledged before the disk was full."""
    acknowledged: list[str] = []
    for number in range(20_000):
        one = message(f"{number} " + "word " * 2000)
        try:
            await store.append(one)
        except StoreFull:
            return acknowledged
        acknowledged.append(one.id)
    raise AssertionError("the disk never was full")


async def full_in_the_middle(folder: Path) -> None:
    """Told, and nothing acknowledged is lost, neither here nor in a copy."""
    mount(folder / "disk", "1m")
    store = await open_store(Places.under(folder / "disk"), key=KEY)
    acknowledged = await append_until_full(store)
    assert acknowledged
    assert [one.id for one in await store.messages("c1", limit=999)] == acknowledged
    await store.close()
    copy = folder / "copy"
    copy.mkdir(mode=0o700)
    for name, content in contents(folder / "disk").items():
        (copy / name).write_bytes(content)
    store = await open_store(Places.under(copy), key=KEY)
    assert (await store.report()).faults == ()
    assert [one.id for one in await store.messages("c1", limit=999)] == acknowledged
    await store.close()


async def new_home(folder: Path) -> None:
    """A home that can't be made is taken back."""
    mount(folder / "disk", "1m")
    places = Places.under(folder / "disk")
    places.prepare()
    fill(places.models / "big")
    try:
        await open_store(places, key=KEY)
    except StoreFull:
        pass
    else:
        raise AssertionError("a home was made on a full disk")
    assert {name for name in contents(places.data) if name.startswith("sottovoce")} == set()


async def ballast(folder: Path) -> None:
    """On a full disk something can be deleted, and the store can be opened; the ballast comes back with the room."""
    mount(folder / "disk", "64m")
    places = Places.under(folder / "disk")
    weight = places.database.with_name("sottovoce.ballast")
    store = await open_store(places, key=KEY, limits=IDLE)
    notes = [Note(id=f"n{n}", user_id="me", text="x" * 3000, created_at=1.0, changed_at=1.0) for n in range(300)]
    await asyncio.gather(*(store.save(note) for note in notes))
    # It is there before it has its length.
    wait_for(lambda: weight.exists() and weight.stat().st_blocks * 512 >= BALLAST_BYTES, what="the ballast")
    fill(places.models / "big")
    acknowledged = await append_until_full(store)
    assert weight.exists()
    for note in notes:
        assert await store.remove(Note, note.id)
    assert not weight.exists()
    assert await store.records(Note, limit=9) == ()
    (places.models / "big").unlink()
    await store.append(message("room again", conversation="c2"))
    wait_for(weight.exists, what="the ballast again")
    await store.close()
    fill(places.models / "big")
    store = await open_store(places, key=KEY, limits=IDLE)
    assert not weight.exists()
    assert [one.id for one in await store.messages("c1", limit=9999)] == acknowledged
    (places.models / "big").unlink()
    await store.close()


SCENARIOS = {scenario.__name__: scenario for scenario in (full_in_the_middle, new_home, ballast)}

if __name__ == "__main__":
    asyncio.run(SCENARIOS[sys.argv[1]](Path(sys.argv[2])))
    sys.stdout.write("done\n")

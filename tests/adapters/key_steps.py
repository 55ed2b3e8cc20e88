"""A process that is killed at each step of each change of keys, and looks at what the next start makes of it.

Run with a folder, the name of an operation and, to look at every n-th step only, n; prints one JSON object. It forks
(so it must be young, with one thread): every attempt is a child that dies as by SIGKILL at the n-th time Python opens
for writing, renames or removes a file. (What merely opens a store is left to its own tests: counting starts when the
operation does.)
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import json
import os
import shutil
import sys
import traceback
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.sealed.home_mark import home_mark
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import KeyringMissing, KeyTrouble, SottovoceError
from tests.contracts.store import message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
OLD, NEW = "the passphrase it had before", "the passphrase it gets now"
SAID = message("said before the crash", id="a" * 32)
MOST_STEPS = 200
KILLED = 9
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}


class _Countdown:
    """Counts changes of files once it is going, and ends the process at the last one."""

    left = 0
    going = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.going:
            return
        if event in _CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            if self.left == 0:
                os._exit(KILLED)
            self.left -= 1


_countdown = _Countdown()


class FileSecrets:
    """A keyring in a file beside the home, or none at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _kept(self) -> dict[str, str]:
        if not self._path.exists():
            raise KeyringMissing
        kept: dict[str, str] = json.loads(self._path.read_bytes())
        return kept

    async def get(self, name: str) -> str | None:
        return self._kept().get(name)

    async def set(self, name: str, secret: str) -> None:
        write_durably(self._path, json.dumps(self._kept() | {name: secret}).encode())

    async def delete(self, name: str) -> None:
        kept = self._kept()
        if kept.pop(name, None) is not None:
            write_durably(self._path, json.dumps(kept).encode())

    async def close(self) -> None:
        pass


class Person:
    """Knows one passphrase."""

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        return self._passphrase if attempt == 1 else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        return self._passphrase


class Box:
    """A home with its keyring, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places = Places.under(folder / "home")
        self.keyring = folder / "keyring"
        self.note = folder / "code"
        self.seen = folder / "seen"

    async def store(self, passphrase: str | None = None, code: str | None = None) -> EncryptedStore:
        return await open_store(
            self.places, FileSecrets(self.keyring), limits=LIMITS, asker=Person(passphrase), recovery_code=code
        )

    def keys(self, store: EncryptedStore) -> StoreKeys:
        return StoreKeys(self.places, store, lambda: FileSecrets(self.keyring), CHEAPEST)

    def code(self) -> str:
        return self.note.read_text()


async def _with_keys(box: Box, run: Callable[[StoreKeys], Awaitable[object]], passphrase: str | None = None) -> None:
    store = await box.store(passphrase)
    keys = box.keys(store)
    _countdown.going = True
    try:
        await run(keys)
    finally:
        await keys.close()
        await store.close()


async def _shown(box: Box, keys: StoreKeys, making: Awaitable[str]) -> None:
    """Make a code, show it to somebody, and say so."""
    code = await making
    box.seen.write_text(code)
    await keys.confirm_recovery_code(code)


async def _create(box: Box) -> None:
    _countdown.going = True
    await (await box.store()).close()


async def _create_without_keyring(box: Box) -> None:
    _countdown.going = True
    await (await box.store(OLD)).close()


async def _recover(box: Box) -> None:
    _countdown.going = True
    await (await box.store(code=box.code())).close()


async def _recover_to_passphrase(box: Box) -> None:
    _countdown.going = True
    await (await box.store(NEW, box.code())).close()


async def _open(box: Box) -> None:
    _countdown.going = True
    await (await box.store(OLD)).close()


OPERATIONS: dict[str, tuple[str, Callable[[Box], Awaitable[None]]]] = {
    "create": ("nothing", _create),
    "create-without-keyring": ("nothing without keyring", _create_without_keyring),
    "recovery-code": ("home", lambda box: _with_keys(box, lambda keys: _shown(box, keys, keys.new_recovery_code()))),
    "passphrase": ("home", lambda box: _with_keys(box, lambda keys: keys.set_passphrase(NEW))),
    "remove-passphrase": ("home", lambda box: _with_keys(box, StoreKeys.remove_passphrase)),
    "recover": ("home with wiped keyring", _recover),
    "recover-to-passphrase": ("home without keyring or passphrase", _recover_to_passphrase),
    "rotate": ("home", lambda box: _with_keys(box, lambda keys: _shown(box, keys, keys.rotate(OLD)))),
    "rotate-without-passphrase": (
        "home without passphrase",
        lambda box: _with_keys(box, lambda keys: _shown(box, keys, keys.rotate())),
    ),
    "rotate-without-keyring": (
        "home without keyring",
        lambda box: _with_keys(box, lambda keys: _shown(box, keys, keys.rotate(OLD)), OLD),
    ),
    "open-a-copy": ("home", _open),
    "open-one-of-an-early-version": ("home", _open),
}
"""Each with what it starts from."""


async def prepare(box: Box, kind: str) -> None:
    """Lay out what an operation starts from."""
    box.folder.mkdir(parents=True)
    box.keyring.write_text("{}")
    if not kind.startswith("nothing"):
        store = await box.store()
        await store.append(SAID)
        keys = box.keys(store)
        if "without passphrase" not in kind and "or passphrase" not in kind:
            await keys.set_passphrase(OLD)
        box.note.write_text(await keys.new_recovery_code())
        await keys.close()
        await store.close()
    if "without keyring" in kind:
        box.keyring.unlink()
    elif "wiped" in kind:
        box.keyring.write_text("{}")


def forked(run: Callable[[], Awaitable[None]], *, die_at: int | None = None) -> int:
    """Run in a child; its exit code: 0, `KILLED`, or 1 with a trace on stderr."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if die_at is not None:
                _die_at(die_at)
            asyncio.run(_finished(run))
            code = 0
        except BaseException:  # noqa: BLE001 - the child must end here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


async def _finished(run: Callable[[], Awaitable[None]]) -> None:
    await run()


def _die_at(number: int) -> None:
    _countdown.left = number
    sys.addaudithook(_countdown)


def placed(origin: Box, box: Box, operation: str) -> None:
    """Copy the origin, so that it is a home of its own and no copy, unless that is what is asked for."""
    shutil.copytree(origin.folder, box.folder)
    if operation.startswith("create"):
        return
    mark = None if operation == "open-one-of-an-early-version" else home_mark(box.places)
    for path in box.places.data.glob("sottovoce.keys*") if operation != "open-a-copy" else ():
        with contextlib.suppress(KeyFileUnreadable):
            path.write_bytes(dataclasses.replace(KeyFile.from_bytes(path.read_bytes()), mark=mark).to_bytes())


async def look(box: Box, operation: str) -> None:
    """Start after the crash and check that all is there under exactly one key; raises if not."""
    created = operation.startswith("create")
    ways: list[tuple[str | None, str | None]] = [(None, None), (OLD, None), (NEW, None)]
    if box.note.exists():
        ways.append((NEW, box.code()))
    store = None
    for passphrase, code in ways:
        try:
            store = await box.store(passphrase, code)
            break
        except SottovoceError:
            continue
    if store is None:
        raise AssertionError("nothing opens it")
    said = await store.messages("c1", limit=9)
    assert said == (() if created else (SAID,)), said
    assert (await store.report()).faults == ()
    keys = read_key_file(box.places)
    assert keys.fits(store.opener.key)
    assert keys.former is None
    assert created or keys.slot(SlotKind.RECOVERY), "no recovery code opens it"
    await store.close()
    left = {path.name for path in box.places.data.iterdir() if path.name.startswith("sottovoce.")}
    assert not [name for name in left if name.endswith((".tmp", ".making", ".changing", "-wal", "-shm"))], left
    if box.keyring.exists():
        held = json.loads(box.keyring.read_text())
        held = {name: key for name, key in held.items() if not name.startswith("seen-")}
        if operation.startswith("open-"):
            others = json.loads((box.folder.with_name("origin") / "keyring").read_text())
            others = {name: key for name, key in others.items() if not name.startswith("seen-")}
            assert others.items() <= held.items(), "the entry of the home that was copied is gone"
            held = {name: key for name, key in held.items() if name == keys.secret_name}
            assert held, "it has no entry of its own"
            assert (keys.generation == 2) == (operation == "open-a-copy")
        assert list(held) in ([keys.secret_name], []), sorted(held)
        assert all(keys.fits(bytes.fromhex(key)) for key in held.values())
        assert held or keys.slot(SlotKind.PASSPHRASE), "only the code opens it"


async def look_without_key_file(box: Box, operation: str) -> None:
    """Whatever step it died at, the loss of the key file on top of it loses nothing: the start finds another way."""
    box.places.key_file.unlink(missing_ok=True)
    await look(box, operation)


async def look_by_code(box: Box, *, done: bool) -> None:
    """With nothing but a code that somebody has seen it opens, and goes on doing so; what has ended opens nothing."""
    codes = [box.code(), *([box.seen.read_text()] if box.seen.exists() and box.seen.stat().st_size else [])]
    opened = []
    for code in codes * 2:
        if box.keyring.exists():
            box.keyring.write_text("{}")
        try:
            store = await box.store(NEW, code)
        except SottovoceError:
            continue
        opened.append(code)
        assert await store.messages("c1", limit=9) == (SAID,)
        await store.close()
    assert opened, "no code that was seen opens it"
    assert all(opened.count(code) in {0, 2} for code in codes)
    assert not done or set(opened) == {codes[1]}, "what has ended opens it"


def main(folder: Path, operation: str, every: int = 1) -> dict[str, int]:
    """Kill at the first step, the second, … until none is left; every crash is looked at by the starts after it.

    Args:
        folder: Where to work.
        operation: One of `OPERATIONS`.
        every: Look at every n-th step only; which ones differs from one operation to the next.
    """
    kind, run = OPERATIONS[operation]
    origin = Box(folder / "origin")
    assert forked(lambda: prepare(origin, kind)) == 0
    steps = range(zlib.crc32(operation.encode()) % every, MOST_STEPS, every)
    for tried, number in enumerate(steps, start=1):
        box, copy = Box(folder / f"at-{number}"), Box(folder / f"copy-{number}")
        placed(origin, box, operation)
        ended = forked(lambda box=box: run(box), die_at=number)  # type: ignore[misc] # the default binds this round's
        assert ended in {0, KILLED}, f"{operation} failed by itself at {number}"
        if operation.startswith(("rotate", "recovery-code")):
            placed(box, copy, operation)
            by_code = functools.partial(look_by_code, copy, done=ended == 0)
            assert forked(by_code) == 0, f"{operation} {number} by code"
            shutil.rmtree(copy.folder)
            placed(box, copy, operation)
            lost = lambda copy=copy: look_without_key_file(copy, operation)  # noqa: E731 - as above
            assert forked(lost) == 0, f"{operation} {number} without its key file"
            shutil.rmtree(copy.folder)
        assert forked(lambda box=box: look(box, operation)) == 0, f"{operation} {number}"  # type: ignore[misc] # as above
        shutil.rmtree(box.folder)
        if ended == 0:
            return {"steps": number, "tried": tried}
    raise AssertionError("it never ends")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))))  # noqa: T201 - its answer

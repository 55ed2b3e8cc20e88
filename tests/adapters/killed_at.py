"""Does one thing to a copy of a home again and again, killed at another step of it each time; prints what was found.

Run as `killed_at.py restore|erase|create HOME BACKUP KEY STRIDE`. A step is an event of Python's audit hooks about a
file: opened for writing, renamed, removed, made. Each try is a fork: the parent has no thread yet.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.domain.erasing import Erasure, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "open", "sqlite3.connect", "os.truncate"}
NOW = datetime(2026, 3, 5, 12, 0, 0, tzinfo=UTC)


def die_at(step: int, folder: Path) -> None:
    """Kill this process at the step of that number."""
    left = [step]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and str(folder) in str(arguments[0]):
            if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
                return
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


async def act(what: str, places: Places, backup: Path, key: bytes) -> None:
    """The thing that is killed."""
    if what == "restore":
        await restore_backup(places, backup, Ways(key=key), NOW)
        return
    store = await open_store(places, key=key)
    care = StoreCare(places, store, lambda: NOW)
    try:
        if what == "erase":
            await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="secret"))
        else:
            await care.backups.create()
    finally:
        await care.close()
        await store.close()


async def found(places: Places, key: bytes) -> int:
    """Open it as the next start does; how many messages there are."""
    store = await open_store(places, key=key)
    care = StoreCare(places, store, lambda: NOW)
    try:
        await care.erasing.resume()
        report = await store.report()
        assert report.faults == ()
        assert await store.audit_trouble() is None
        for backup in await care.backups.present():
            assert (await care.backups.verify(backup.path)).opened
        return report.messages
    finally:
        await care.close()
        await store.close()


def main() -> None:
    """Kill at every `stride`-th step until one try gets through."""
    what, home, backup, key = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), bytes.fromhex(sys.argv[4])
    outcomes: dict[str, list[object]] = {"found": [], "laid_aside_with_new": []}
    step, through, stride = 1 - int(sys.argv[5]), False, int(sys.argv[5])
    with tempfile.TemporaryDirectory() as scratch:
        while not through:
            step += stride
            copy = Path(scratch, f"home{step}")
            shutil.copytree(home, copy, ignore=shutil.ignore_patterns("*.sock"))
            places = Places.under(copy)
            through = _forked(partial(_act, what, places, backup, key, step)) == 0
            answer = copy.with_suffix(".answer")
            assert _forked(partial(_look, places, key, answer)) == 0, f"step {step}"
            outcomes["found"].append(answer.read_text())
            outcomes["laid_aside_with_new"].append(len(laid_aside(places)))
            assert not list(copy.glob("*.restor*")), "nothing unfinished is left"
            assert not list(copy.glob("*.unpacked*"))
            shutil.rmtree(copy)
    with_new = zip(outcomes["laid_aside_with_new"], outcomes["found"], strict=True)
    told = {
        "killed": (step - 1) // stride,
        "found": sorted(set(map(str, outcomes["found"]))),
        "laid_aside_with_new": all(bool(aside) == (count == outcomes["found"][-1]) for aside, count in with_new),
    }
    sys.stdout.write(json.dumps(told))


def _act(what: str, places: Places, backup: Path, key: bytes, step: int) -> None:
    die_at(step, places.data)
    asyncio.run(act(what, places, backup, key))


def _look(places: Places, key: bytes, answer: Path) -> None:
    answer.write_text(str(asyncio.run(found(places, key))))


def _forked(run: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run()
            code = 0
        except BaseException:  # noqa: BLE001 - told by the code and on stderr
            import traceback  # noqa: PLC0415 - in the child alone

            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()

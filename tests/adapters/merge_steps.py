"""A process that is killed at each step of a merge of two copies, and looks at what the next start makes of it.

Run with a folder and of how many steps one is tried; prints one JSON object. A step is a change of a file or a
transaction, before and after it. It forks, so it must be young: every attempt is a child that dies as by SIGKILL.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.machine import MachineIdentity
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreCare, open_store
from sottovoce.adapters.store.engine.conflict_copies import find_copies
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import NoCopies
from sottovoce.domain.moments import local_now
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from tests.adapters.erased_pages import hits, plain_pages
from tests.adapters.key_steps import KILLED, forked
from tests.contracts.store import memory, message

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = bytes(range(32))
MOST_STEPS = 400
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
FORGOTTEN = memory("i like murmeltier", id="f" * 32)
SECRETS = ("murmeltier", "hornisse", "zaunkoenig")


class _Countdown:
    left = -1

    def step(self) -> None:
        if self.left == 0:
            os._exit(KILLED)
        self.left -= 1

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            self.step()


_countdown = _Countdown()


async def _in(places: Places, machine: str, run: Callable[[EncryptedStore, StoreCare], Any]) -> None:
    store = await open_store(places, key=KEY, machine=MachineIdentity(id=machine * 16, host=machine))
    care = StoreCare(places, store, local_now)
    await run(store, care)
    await care.close()
    await store.close()


async def prepare(places: Places) -> None:
    """A home; what two other machines made of it lies beside it as two copies."""

    async def before(store: EncryptedStore, care: StoreCare) -> None:
        await store.append(message("kept", "c1"))
        await store.append(message("the hornisse", "c2"))
        await store.append(message("goes on", "c3"))
        await store.append(message("the zaunkoenig", "c4", user_id="anna"))
        await store.add_memory(FORGOTTEN)
        await care.backups.create()

    async def erased(store: EncryptedStore, care: StoreCare) -> None:
        await store.append(message("first there", "c1"))
        await store.forget_memory(FORGOTTEN.id)
        for scope, of in ((Scope.CONVERSATION, "c2"), (Scope.CONVERSATION, "c3"), (Scope.USER, "anna")):
            await care.erasing.erase(Erasure(scope=scope, of=of))

    async def went_on(store: EncryptedStore, _: StoreCare) -> None:
        await store.append(message("second there", "c1"))
        await store.append(message("said after it was erased elsewhere", "c3", created_at=4e9))

    await _in(places, "a", before)
    for number, (machine, run) in enumerate((("b", erased), ("c", went_on)), start=1):
        other = Places.under(places.data.with_name(f"other-{number}"))
        shutil.copytree(places.data, other.data)
        await _in(other, machine, run)
        shutil.copyfile(other.database, places.data / f"sottovoce ({number}).db")
    await _in(places, "a", lambda store, _: store.append(message("only here", "c1")))


async def merge(places: Places) -> None:
    """What is killed."""
    async with open_home(places.data, KEY, settings=Settings(), policy=Policy(), maintain=False) as home:
        write = EncryptedStore._write  # noqa: SLF001 - every transaction passes it

        async def counted(store: EncryptedStore, *args: Any, **how: Any) -> Any:  # noqa: ANN401 - as it is
            _countdown.step()
            done = await write(store, *args, **how)
            _countdown.step()
            return done

        EncryptedStore._write = counted  # type: ignore[assignment, method-assign] # noqa: SLF001 - here alone
        sys.addaudithook(_countdown)
        await home.merge()


async def look(places: Places) -> None:
    """The next start, which finishes what it finds, and a merge of what still lies there."""
    async with open_home(places.data, KEY, settings=Settings(), policy=Policy(), maintain=False) as home:
        here = {one.content for one in await home.store.messages("c1", limit=9)}
        assert {"kept", "only here"} <= here, "acknowledged, and lost"
        if find_copies(places).databases:
            try:
                await home.merge()
            except NoCopies as none:
                raise AssertionError from none
        await home.catch_up()
        here = {one.content for one in await home.store.messages("c1", limit=9)}
        assert here == {"kept", "only here", "first there", "second there"}, here
        assert await home.store.memories("me", limit=9) == ()
        assert await home.store.messages("c2", limit=9) == ()
        assert await home.store.messages("c4", limit=9) == ()
        assert "said after it was erased elsewhere" in {one.content for one in await home.store.messages("c3", limit=9)}
        assert (await home.store.report()).faults == ()
        assert await home.store.audit_trouble() is None
        assert find_copies(places).databases == ()
        backups = await home.care.backups.present()
        for backup in backups:
            assert (await home.care.backups.verify(backup.path)).opened
            assert backup.header.content.counts.memories == 0
            assert backup.header.content.counts.messages in {1, 2}  # c3's first word was there when it was erased
    assert not list(places.data.glob("*.merg*")), "a copy of a copy is left"
    plain = plain_pages(places.database, KEY)
    assert not [word for word in SECRETS if hits(plain, word)], "what was erased is in the file"
    async with open_home(places.data, KEY, settings=Settings(), policy=Policy(), maintain=False) as home:
        assert home.warning is None, home.warning


def main(folder: Path, stride: int) -> dict[str, int]:
    """Kill at every `stride`-th step until none is left."""
    origin = folder / "origin"
    assert forked(lambda: prepare(Places.under(origin))) == 0
    for number in range(0, MOST_STEPS, stride):
        places = Places.under(folder / f"at-{number}")
        shutil.copytree(origin, places.data)
        _countdown.left = number
        ended = forked(lambda places=places: merge(places))  # type: ignore[misc] # the default binds this round's
        assert ended in {0, KILLED}, f"it failed by itself at {number}"
        _countdown.left = -1
        assert forked(lambda places=places: look(places)) == 0, f"after {number}"  # type: ignore[misc] # as above
        shutil.rmtree(places.data)
        if ended == 0:
            return {"steps": number}
    raise AssertionError("it never ends")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201 - its answer

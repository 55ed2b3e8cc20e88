"""Every act has its line in the audit log, also where whoever asked for it was cut off as soon as it was done."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import StoreTrouble
from sottovoce.domain.records import AuditEvent
from sottovoce.home.api_keys import ApiKeys
from sottovoce.memory.finish import finish
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
WORDS = "four words picked by chance"


class Home:
    """An open home, and what is done with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.places, self.ring = folder, Places.under(folder / "home"), FakeSecrets()
        self.code = self.key = ""

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Home]:
        self.store = await open_store(self.places, self.ring, limits=LIMITS)
        self.care = StoreCare(self.places, self.store, lambda: datetime.now().astimezone())
        self.keys = StoreKeys(self.places, self.store, lambda: self.ring, CHEAPEST, backups=self.care.backups)
        self.api_keys = ApiKeys(self.store, lambda: 1.0)
        try:
            yield self
        finally:
            for part in (self.keys, self.care, self.store):
                await part.close()

    async def prepare(self) -> None:
        """Have all there that the acts need."""
        await self.store.append(message("said"))
        await self.keys.set_passphrase(WORDS)
        await self.keys.new_recovery_code()
        self.code = await self.keys.new_recovery_code()
        await self.care.exporting.export(self.folder / "taken")
        self.key = (await self.api_keys.create("editor", ()))[0].prefix

    async def revoke(self) -> None:
        (one, *_) = [one for one in await self.api_keys.all() if one.revoked_at is None]
        await self.api_keys.revoke(one.prefix)

    async def merge(self) -> None:
        await self.care.joining.merge()


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(tmp_path)
    async with made.open():
        await made.prepare()
    copy = made.places.data / "sottovoce (conflicted copy).db"
    shutil.copyfile(made.places.database, copy)
    async with made.open():
        yield made


ACTS: dict[AuditEvent, Callable[[Home], Coroutine[Any, Any, object]]] = {
    AuditEvent.MERGED: Home.merge,
    AuditEvent.IMPORTED: lambda home: home.care.joining.take(home.folder / "taken"),
    AuditEvent.EXPORTED: lambda home: home.care.exporting.export(home.folder / "export"),
    AuditEvent.BACKUP_CREATED: lambda home: home.care.backups.create(home.folder / "elsewhere.backup"),
    AuditEvent.KEY_RECOVERY_CODE: lambda home: home.keys.confirm_recovery_code(home.code),
    AuditEvent.KEY_RECOVERED: lambda home: home.keys.recover(home.code),
    AuditEvent.KEY_ROTATED: lambda home: home.keys.rotate(WORDS),
    AuditEvent.KEY_PASSPHRASE: lambda home: home.keys.remove_passphrase(),
    AuditEvent.API_KEY_CREATED: lambda home: home.api_keys.create("phone", ()),
    AuditEvent.API_KEY_ROTATED: lambda home: home.api_keys.rotate(home.key),
    AuditEvent.API_KEY_REVOKED: Home.revoke,
}


async def test_an_act_that_was_cut_off_once_it_was_done_is_noted(home: Home) -> None:
    note, missing = home.store.audit, []
    for event, act in ACTS.items():
        before = await _lines(home, event)

        async def cut_off(*line: Any) -> None:  # noqa: ANN401 - as the store's
            acting.cancel()  # noqa: B023 - of this round
            await asyncio.sleep(0)  # where it comes
            await note(*line)

        home.store.audit = cut_off  # type: ignore[assignment,method-assign] # in that very moment
        acting = asyncio.ensure_future(act(home))
        with contextlib.suppress(asyncio.CancelledError):
            await acting
        if await _lines(home, event) != before + 1:
            missing.append(event)
    assert missing == []


@pytest.mark.parametrize("event", [AuditEvent.IMPORTED, AuditEvent.MERGED])
async def test_what_was_cut_off_half_way_is_noted(home: Home, event: AuditEvent) -> None:
    before, change, steps = await _lines(home, event), home.store.in_one_go, 0

    async def cut_off(run: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as the store's
        nonlocal steps
        steps += 1
        done = await change(run)
        if steps == 3:
            acting.cancel()
            await asyncio.sleep(0)
        return done

    home.store.in_one_go = cut_off  # type: ignore[method-assign] # as above
    acting = asyncio.ensure_future(ACTS[event](home))
    with pytest.raises(asyncio.CancelledError):
        await acting
    assert await _lines(home, event) == before + 1


async def test_what_could_not_be_begun_is_not_noted(home: Home) -> None:
    before = await _lines(home, AuditEvent.IMPORTED)
    with pytest.raises(StoreTrouble):
        await home.care.joining.take(home.folder / "nothing")
    assert await _lines(home, AuditEvent.IMPORTED) == before


async def test_what_follows_long_work_is_done_though_it_was_too_late_to_end_it(tmp_path: Path) -> None:
    thread, done, followed = CareThread(tmp_path), asyncio.Event(), []

    def work(_: object) -> int:
        thread.run_on_loop(done.set)
        return 7

    async def follow(result: int) -> None:
        followed.append(result)

    working = asyncio.ensure_future(thread.run(work, then=follow))
    await done.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert followed == [7]
    assert await thread.run(lambda _: 8, then=follow) == 8
    assert followed == [7, 8]
    await finish(thread.close())


async def _lines(home: Home, event: AuditEvent) -> int:
    return sum(entry.event == event for entry in await home.store.audit_log(99))

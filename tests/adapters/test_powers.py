"""What may be done without asking, and was taken back, comes back by no backup, no replay, no copy and no import."""

from __future__ import annotations

import contextlib
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.machine import MachineIdentity
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.errors import StoreParted, StoreSteppedBack
from sottovoce.domain.records import ApiKey, AuditEvent
from tests.contracts.store import message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
ELSEWHERE = MachineIdentity(id="elsewhere", host="laptop")
FUTURE = 9e9
"""Made while the clock ran ahead: what is closed does not hang on a date."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@contextlib.asynccontextmanager
async def opened(
    places: Places, machine: MachineIdentity | None = None
) -> AsyncIterator[tuple[EncryptedStore, StoreCare]]:
    store = await open_store(places, key=KEY, machine=machine)
    care = StoreCare(places, store, lambda: datetime.now().astimezone())
    try:
        yield store, care
    finally:
        await care.close()
        await store.close()


async def grant(store: EncryptedStore) -> None:
    """A key, and tools that act without asking, of two users."""
    await store.append(message("one"))
    await store.save(ApiKey(prefix="sv_1", name="editor", sha256="ab" * 32, created_at=FUTURE))
    for user in ("me", "anna"):
        await store.save_context(UserContext(user_id=user, allowed=("open", "type"), display_name=user.title()))


async def take_back(store: EncryptedStore) -> None:
    await store.save(ApiKey(prefix="sv_1", name="editor", sha256="ab" * 32, created_at=FUTURE, revoked_at=5.0))
    await store.save_context(UserContext(user_id="me", version=1, allowed=("type",), display_name="Me"))


async def held(store: EncryptedStore) -> tuple[int, dict[str, tuple[str, ...]]]:
    """How many keys hold, and what tools may do by user."""
    keys = await store.records(ApiKey, limit=9)
    contexts = {user: await store.context(user) for user in ("me", "anna")}
    for user, known in contexts.items():
        assert known is None or known.display_name == user.title(), "all else stays as it was"
    return (
        sum(one.revoked_at is None for one in keys),
        {user: known.allowed for user, known in contexts.items() if known is not None},
    )


NOTHING = (0, {"me": (), "anna": ()})


async def test_not_by_a_restored_backup_whatever_the_clock_said(places: Places) -> None:
    async with opened(places) as (store, care):
        await grant(store)
        backup = await care.backups.create()
        await take_back(store)
    await restore_backup(places, backup.path, Ways(key=KEY), datetime.now().astimezone())
    async with opened(places) as (store, _):
        assert await held(store) == NOTHING
        restored = await store.last_audit(AuditEvent.BACKUP_RESTORED)
        assert restored is not None
        assert restored.detail["powers_ended"] == 5
        await grant(store)
        assert (await held(store))[0] == 1, "a key that is made since holds"


async def test_not_by_an_earlier_database_put_back(places: Places, tmp_path: Path) -> None:
    async with opened(places) as (store, _):
        await grant(store)
    old = shutil.copytree(places.data, tmp_path / "old")
    async with opened(places) as (store, _):
        await take_back(store)
    shutil.copyfile(old / "sottovoce.db", places.database)
    for times in range(2):
        async with opened(places) as (store, _):
            assert isinstance(store.warning, StoreSteppedBack) is (times == 0)
            assert await held(store) == NOTHING
            told = await store.last_audit(AuditEvent.STORE_STEPPED_BACK)
            assert told is not None
            assert told.detail["powers_ended"] == 5


async def test_not_by_the_database_of_a_machine_that_went_on_by_itself(places: Places, tmp_path: Path) -> None:
    async with opened(places) as (store, _):
        await grant(store)
    there = Places.under(tmp_path / "there")
    shutil.copytree(places.data, there.data)
    async with opened(there, ELSEWHERE) as (store, _):
        await store.append(message("there"))
    async with opened(places) as (store, _):
        await take_back(store)
    shutil.copyfile(there.database, places.database)
    async with opened(places) as (store, _):
        assert isinstance(store.warning, StoreParted)
        assert await held(store) == NOTHING


async def test_what_was_taken_back_in_a_copy_is_taken_back_here(places: Places, tmp_path: Path) -> None:
    async with opened(places) as (store, _):
        await grant(store)
        await store.save(ApiKey(prefix="sv_2", name="other", sha256="cd" * 32, created_at=1.0))
    there = Places.under(tmp_path / "there")
    shutil.copytree(places.data, there.data)
    async with opened(there, ELSEWHERE) as (store, _):
        await take_back(store)
    shutil.copyfile(there.database, places.data / "sottovoce (conflicted copy).db")
    async with opened(places) as (store, care):
        await care.joining.merge()
        assert await held(store) == (1, {"me": ("type",), "anna": ("open", "type")})
        (revoked,) = [one for one in await store.records(ApiKey, limit=9) if one.revoked_at is not None]
        assert (revoked.prefix, revoked.revoked_at) == ("sv_1", 5.0)


async def test_an_import_allows_nothing(places: Places, tmp_path: Path) -> None:
    async with opened(places) as (store, care):
        await grant(store)
        await care.exporting.export(tmp_path / "export")
    async with opened(Places.under(tmp_path / "other")) as (store, care):
        await care.joining.take(tmp_path / "export")
        assert await held(store) == NOTHING

"""How the last session ended, and what its log must hold: told by a mark beside the database."""

from __future__ import annotations

import asyncio
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.durable_file import sync
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, GroupLimits, StoreLimits, open_store
from sottovoce.adapters.store.engine import session_mark
from sottovoce.adapters.store.engine.session_mark import SessionMark
from sottovoce.adapters.store.folder.home_files import HomeFiles
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.errors import (
    PlacesUnusable,
    StoreDamaged,
    StoreLogForeign,
    StoreLogLost,
    StoreReadOnly,
    StoreTrouble,
    StoreUnreadable,
)
from tests.adapters.homes import contents, flip, permissions_count
from tests.adapters.test_store_faults import KEY, PAGE, on_writer, writing
from tests.contracts.store import message
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


def _log(places: Places) -> Path:
    return places.database.with_name("sottovoce.db-wal")


def _mark(places: Places) -> bytes:
    return places.database.with_name("sottovoce.session").read_bytes()


def _killed(places: Places) -> list[str]:
    """A home whose session was killed with words in its log; what had been acknowledged."""
    with writing(places) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        seen += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
    assert _log(places).stat().st_size > 100_000
    return [line.decode().strip() for line in seen]


async def _reopened(places: Places) -> tuple[StoreTrouble | None, set[str]]:
    store = await open_store(places, key=KEY)
    try:
        assert (await store.report()).faults == ()
        return store.warning, {one.id for one in await store.messages("c1", limit=1_000_000)}
    finally:
        await store.close()


async def test_a_killed_session_with_its_log_is_no_trouble(places: Places) -> None:
    acknowledged = _killed(places)
    warning, stored = await _reopened(places)
    assert warning is None
    assert set(acknowledged) <= stored


def _delete(log: Path) -> None:
    log.unlink()


def _empty(log: Path) -> None:
    log.write_bytes(b"")


def _cut(log: Path) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def _damage_header(log: Path) -> None:
    flip(log, 17)


def _damage_frame(log: Path) -> None:
    flip(log, log.stat().st_size // 2)


@pytest.mark.parametrize("harm", [_delete, _empty, _cut, _damage_header, _damage_frame])
async def test_a_log_that_is_lost_or_damaged_is_told_once_and_blocks_nothing(
    places: Places, harm: Callable[[Path], None]
) -> None:
    acknowledged = _killed(places)
    harm(_log(places))
    warning, stored = await _reopened(places)
    assert type(warning) is StoreLogLost
    assert not set(acknowledged) <= stored
    assert (await _reopened(places))[0] is None


async def test_a_log_beside_a_well_ended_database_is_foreign(places: Places, tmp_path: Path) -> None:
    other = Places.under(tmp_path / "other")
    _killed(other)
    store = await open_store(places, key=KEY)
    await store.append(message("kept"))
    await store.close()
    shutil.copy(_log(other), _log(places))
    before = contents(places.data)
    for _ in range(2):
        with pytest.raises(StoreLogForeign):
            await open_store(places, key=KEY)
        assert contents(places.data) == before
    _log(places).unlink()
    warning, stored = await _reopened(places)
    assert (warning, len(stored)) == (None, 1)


@pytest.mark.parametrize("killed", [False, True], ids=["ended", "killed"])
async def test_an_opening_that_is_given_up_leaves_no_session_that_was_cut_off(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, killed: bool
) -> None:
    other = Places.under(tmp_path / "other")
    _killed(other)
    if killed:
        _killed(places)
    else:
        await (await open_store(places, key=KEY)).close()
    with monkeypatch.context() as patched:
        patched.setattr("sottovoce.adapters.store.opening.opening._StoreOpening.hand_over", given_up)
        with pytest.raises(asyncio.CancelledError):
            await open_store(places, key=KEY)
    assert _mark(places).startswith(b"closed")
    shutil.copy(_log(other), _log(places))
    with pytest.raises(StoreLogForeign):
        await open_store(places, key=KEY)


async def given_up(*_: object) -> EncryptedStore:
    raise asyncio.CancelledError


async def test_a_foreign_log_in_place_of_the_killed_sessions_own(places: Places, tmp_path: Path) -> None:
    other = Places.under(tmp_path / "other")
    _killed(other)
    _killed(places)
    shutil.copy(_log(other), _log(places))
    before = contents(places.data)
    with pytest.raises(StoreLogForeign):
        await open_store(places, key=KEY)
    after = contents(places.data)
    assert after == before


async def test_a_log_whose_mark_is_missing_or_unreadable_is_read_all_the_same(places: Places) -> None:
    acknowledged = _killed(places)
    places.database.with_name("sottovoce.session").write_bytes(b"open")
    warning, stored = await _reopened(places)
    assert (warning, set(acknowledged) <= stored) == (None, True)


@pytest.mark.parametrize("harm", [_delete, _empty])
async def test_a_log_that_is_lost_together_with_its_mark_is_told_once(
    places: Places, harm: Callable[[Path], None]
) -> None:
    acknowledged = _killed(places)
    harm(_log(places))
    places.database.with_name("sottovoce.session").unlink()
    warning, stored = await _reopened(places)
    assert type(warning) is StoreLogLost
    assert not set(acknowledged) <= stored
    assert (await _reopened(places))[0] is None
    assert _mark(places).startswith(b"closed")


async def test_a_new_home_has_its_mark_before_it_is_opened(places: Places) -> None:
    made = await open_store(places, key=KEY)
    assert made.warning is None
    await made.close()
    assert (await _reopened(places))[0] is None


async def test_a_session_is_marked_once_before_it_writes(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    await (await open_store(places, key=KEY)).close()
    synced: list[bytes] = []

    def noting(descriptor: int) -> None:
        synced.append(_mark(places)[:6])
        sync(descriptor)

    monkeypatch.setattr(session_mark, "sync", noting)
    store = await open_store(places, key=KEY)
    opened = list(synced)
    await store.close()
    assert opened == [b"open  "]
    assert synced[-1] == b"closed"


@pytest.mark.parametrize("noted", [True, False])
async def test_what_lies_in_the_log_of_a_session_cut_off_is_in_the_database_before_the_next_one(
    places: Places, monkeypatch: pytest.MonkeyPatch, *, noted: bool
) -> None:
    kept = _killed(places)
    if not noted:  # killed between a COMMIT and its note
        places.database.with_name("sottovoce.session").write_bytes(b"open   0000000000000000 0000000000\n")
    at_start: list[int] = []
    start = EncryptedStore.start

    async def looking(store: EncryptedStore) -> None:
        at_start.append(_log(places).stat().st_size if _log(places).exists() else 0)
        await start(store)

    monkeypatch.setattr(EncryptedStore, "start", looking)
    assert set(kept) <= (await _reopened(places))[1]
    assert at_start == [0]


async def test_the_mark_follows_the_log(places: Places) -> None:
    store = await open_store(places, key=KEY, limits=StoreLimits(group=GroupLimits(idle_checkpoint_s=0.05)))
    await store.append(message("hello"))
    wait_for(lambda: _log(places).stat().st_size == 0, what="an empty log")
    assert _mark(places) == b"open   0000000000000000 0000000000\n"
    await store.close()
    # Never idle for long enough from here on: the log stays as it is while it is looked at.
    store = await open_store(places, key=KEY, limits=StoreLimits(group=GroupLimits(idle_checkpoint_s=3600.0)))
    await store.append(message("again"))
    # The mark is written behind the acknowledgement.
    salt, frames = wait_for(lambda: int(_mark(places).split()[2]) and _mark(places).split()[1:], what="a mark") or []
    assert salt == _log(places).read_bytes()[16:24].hex().encode()
    assert 0 < int(frames) <= (_log(places).stat().st_size - 32) // (24 + 4096)
    await store.close()
    assert _mark(places) == b"closed 0000000000000000 0000000000\n"


async def test_a_failed_opening_leaves_a_well_ended_session_as_it_was(places: Places) -> None:
    await (await open_store(places, key=KEY)).close()
    flip(places.database, 20)
    before = contents(places.data)
    with pytest.raises(StoreUnreadable):
        await open_store(places, key=KEY)
    assert contents(places.data) == before


async def test_a_read_only_database_is_told_and_left_alone(places: Places) -> None:
    store = await open_store(places, key=KEY)
    await store.append(message("kept"))
    await store.close()
    places.database.chmod(0o400)
    before = contents(places.data)
    with permissions_count():
        with pytest.raises(StoreReadOnly):
            await open_store(places, key=KEY)
        after = contents(places.data)
    places.database.chmod(0o600)
    assert {name: after[name] for name in before} == before
    assert len((await _reopened(places))[1]) == 1


async def test_a_failed_hmac_is_left_behind_by_another_connection(places: Places) -> None:
    store = await open_store(places, key=KEY)
    root = "SELECT rootpage FROM sqlite_schema WHERE name = 'user_context'"
    page = await on_writer(store, lambda connection: connection.execute(root).fetchone()[0])
    await store.close()
    flip(places.database, (page - 1) * PAGE + 50)
    store = await open_store(places, key=KEY)
    first = await on_writer(store, id)
    with pytest.raises(StoreDamaged):
        await store.save_context(UserContext(version=1))
    assert await on_writer(store, id) != first
    await store.append(message("after"))
    await store.close()


def test_half_a_file_that_a_power_cut_left_of_the_first_step_is_no_stranger(tmp_path: Path) -> None:
    places = Places.under(tmp_path / "home")
    places.prepare()
    files = HomeFiles(places)
    for name in ("sottovoce.seen", files.making_keys.name, SessionMark(places.database).path.name):
        (places.data / f"{name}.tmp").write_bytes(b"half")
    files.refuse_strangers()
    (places.data / "letter.tmp").write_text("mine")
    with pytest.raises(PlacesUnusable):
        files.refuse_strangers()

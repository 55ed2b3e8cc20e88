"""What happens to an open store: killed, damaged, full, replaced; and what its files give away (nothing)."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sqlite3
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from sottovoce.adapters.places import Places
from sottovoce.adapters.process_lock import ProcessLock, hold
from sottovoce.adapters.store import EncryptedStore, GroupLimits, StoreLimits, open_store, rows
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.engine.threads import submit
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Arrival
from sottovoce.domain.errors import (
    Bug,
    PlacesUnusable,
    StoreDamaged,
    StoreFailed,
    StoreFull,
    StoreInUse,
    StoreReplaced,
    StoreTrouble,
)
from tests.adapters import full_disk
from tests.adapters.homes import contents, flip
from tests.contracts.store import memory, message
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.adapters.store.engine.connection import ConnectionOpener

KEY = bytes(range(32))
CANARY = "xylophonkanarienvogel"
PAGE = 4096
ROOT = Path(__file__).parents[2]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
async def store(places: Places) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(places, key=KEY)
    yield opened
    await opened.close()


async def _ids(places: Places) -> list[str]:
    store = await open_store(places, key=KEY)
    try:
        assert (await store.report()).faults == ()
        return [one.id for one in await store.messages("c1", limit=1_000_000)]
    finally:
        await store.close()


# A process that is killed


def writing(places: Places) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "tests.adapters.writer_process", str(places.data), KEY.hex())
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths})


async def test_a_file_replaced_between_the_look_and_the_commit_acknowledges_nothing(places: Places) -> None:
    store = await open_store(places, key=KEY)

    def replaced(connection: sqlcipher.Connection) -> None:
        rows.messages.add_message(connection, message("to a file that nobody will find"))
        aside = places.database.with_name("aside.db")
        places.database.rename(aside)
        places.database.write_bytes(aside.read_bytes())

    with pytest.raises(StoreReplaced):
        await store._write(replaced)  # noqa: SLF001 - in the middle of a transaction
    with pytest.raises(StoreReplaced):
        await store.append(message("nor this"))
    await store.close()


@pytest.mark.parametrize("acknowledged", [1, 60, 400])
async def test_a_killed_process_has_lost_nothing_it_acknowledged(places: Places, acknowledged: int) -> None:
    told_ids: list[str] = []
    for _ in range(2):
        with writing(places) as process:
            assert process.stdout is not None
            seen = [process.stdout.readline() for _ in range(acknowledged)]
            process.kill()
            seen += process.stdout.read().splitlines(keepends=True)
        told_ids += [line.decode().strip() for line in seen if line.endswith(b"\n")]
        assert process.returncode == -9
    stored = await _ids(places)
    assert set(told_ids) <= set(stored)
    assert len(stored) == len(set(stored))


async def test_another_process_is_refused_while_one_writes(places: Places) -> None:
    with writing(places) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StoreInUse):
            await open_store(places, key=KEY, limits=StoreLimits(lock_wait_s=0.05))
        process.kill()
        process.stdout.read()
    assert await _ids(places)


# What the files give away


async def test_no_word_is_in_any_file_open_or_closed(store: EncryptedStore, places: Places) -> None:
    await store.append(message(f"the {CANARY} sings", conversation=CANARY, user_id=CANARY))
    await store.add_memory(memory(f"i like the {CANARY}"))
    await store.save_context(UserContext(display_name=CANARY))
    await store.search(CANARY, limit=5)
    await asyncio.gather(*(store.append(message(f"{CANARY} " * 500)) for _ in range(100)))
    for look in range(2):
        files = contents(places.data)
        assert any(len(content) > PAGE for content in files.values())
        for name, content in files.items():
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert CANARY.encode(encoding) not in content, name
            assert KEY not in content, name
            assert KEY.hex().encode() not in content.lower(), name
        if look == 0:
            await store.close()


async def test_sqlite_cannot_read_it_and_sqlcipher_with_the_key_can(store: EncryptedStore, places: Places) -> None:
    await store.append(message("hello"))
    await store.close()
    connection = sqlite3.connect(places.database)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()
    raw = sqlcipher.connect(places.database)
    raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    assert raw.execute("SELECT content FROM message").fetchall() == [("hello",)]
    raw.close()


# Durability is what it is set to


T = TypeVar("T")


def on_writer(store: EncryptedStore, run: Callable[[Any], T]) -> asyncio.Future[T]:
    """Look at the writing connection itself: no port tells how durable a store is."""
    return submit(store._writer.jobs, run, alone=True)  # noqa: SLF001 - as said


def on_reader(store: EncryptedStore, run: Callable[[Any], T]) -> asyncio.Future[T]:
    """Look at a reading connection itself."""
    return submit(store._questions, run)  # noqa: SLF001 - as said


async def test_the_writer_syncs_every_commit(store: EncryptedStore) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "mmap_size": 0,
    }
    found = await on_writer(store, lambda c: {name: c.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted})
    assert found == wanted


async def test_a_reader_cannot_write(store: EncryptedStore) -> None:
    with pytest.raises(StoreTrouble):
        await on_reader(store, lambda connection: connection.execute("DELETE FROM message"))


async def test_many_waiting_appends_share_their_commits(store: EncryptedStore) -> None:
    commits: list[str] = []

    def note(sql: str) -> None:
        if sql == "COMMIT":
            commits.append(sql)

    await on_writer(store, lambda connection: connection.set_trace_callback(note))
    await asyncio.gather(*(store.append(message(f"number {n}")) for n in range(200)))
    assert 1 <= len(commits) < 50


async def test_one_bad_statement_of_a_group_takes_no_other_down(store: EncryptedStore) -> None:
    good = [message(f"number {n}") for n in range(20)]
    jobs = [store.append(one) for one in good]
    bad = store.append(message("bad", tokens_input=1 << 80))
    outcomes = await asyncio.gather(*jobs[:10], bad, *jobs[10:], return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Arrival] * 10 + [Bug] + [Arrival] * 10
    assert set(await store.messages("c1", limit=99)) == set(good)


async def test_the_log_is_emptied_when_nothing_is_written_for_a_while(places: Places) -> None:
    store = await open_store(places, key=KEY, limits=StoreLimits(group=GroupLimits(idle_checkpoint_s=0.05)))
    log = places.database.with_name("sottovoce.db-wal")
    await store.append(message("hello"))
    wait_for(lambda: log.stat().st_size == 0, what="an empty log")
    await store.append(message("again"))
    assert len(await store.messages("c1", limit=9)) == 2
    await store.close()
    assert not log.exists()


# Accidents


async def test_a_damaged_page_is_told_and_spoils_nothing_else(places: Places) -> None:
    store = await open_store(places, key=KEY)
    await store.append(message("before"))
    root = "SELECT rootpage FROM sqlite_schema WHERE name = 'user_context'"
    page = await on_reader(store, lambda connection: connection.execute(root).fetchone()[0])
    await store.close()
    flip(places.database, (page - 1) * PAGE + 50)
    store = await open_store(places, key=KEY)
    for n in range(3):
        outcomes = await asyncio.gather(
            store.save_context(UserContext(version=n)),
            store.append(message(f"during {n}")),
            store.context("me"),
            store.context("me"),
            return_exceptions=True,
        )
        assert [type(outcome) for outcome in outcomes] == [StoreDamaged, Arrival, StoreDamaged, StoreDamaged]
        assert len(await store.messages("c1", limit=9)) == n + 2
    await store.close()


async def test_the_report_finds_a_damaged_page(places: Places) -> None:
    store = await open_store(places, key=KEY)
    for n in range(30):
        await store.append(message(f"{n} {CANARY} " * 200))
    await store.close()
    flip(places.database, places.database.stat().st_size - PAGE + 50)
    store = await open_store(places, key=KEY)
    faults = (await store.report()).faults
    assert faults
    assert CANARY not in "".join(faults)
    await store.close()


@pytest.mark.parametrize("replace", ["moved", "deleted", "swapped", "log deleted"])
async def test_a_file_replaced_underneath_is_noticed_before_anything_is_acknowledged(
    places: Places, tmp_path: Path, replace: str
) -> None:
    store = await open_store(places, key=KEY)
    await store.append(message("kept"))
    if replace == "moved":
        places.database.rename(tmp_path / "elsewhere")
    elif replace == "deleted":
        places.database.unlink()
    elif replace == "swapped":
        (tmp_path / "other").write_bytes(places.database.read_bytes())
        (tmp_path / "other").replace(places.database)
    else:
        places.database.with_name("sottovoce.db-wal").unlink()
    present = places.database.read_bytes() if places.database.exists() else None
    for _ in range(2):
        with pytest.raises(StoreReplaced):
            await store.append(message("into nothing"))
    await store.close()
    if replace == "log deleted":
        assert len(await _ids(places)) == 1
    elif present is not None:
        assert places.database.read_bytes() == present


@pytest.mark.parametrize("name", ["sottovoce.db", "sottovoce.db-wal", "sottovoce.lock"])
async def test_a_calm_folder_hides_no_replacement(places: Places, name: str) -> None:
    store = await open_store(places, key=KEY, limits=StoreLimits(group=GroupLimits(idle_checkpoint_s=0.02)))
    watched = store._watched  # noqa: SLF001 - to see that the short way is taken
    async with asyncio.timeout(HANGS_S):
        while watched._calm is None:  # noqa: SLF001 - as above
            await store.append(message("kept"))
            await asyncio.sleep(0.05)
    path = places.data / name
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(StoreReplaced):
        await store.append(message("into nothing"))
    await store.close()


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("x")], ids=["folder", "link"])
def test_a_lock_that_is_no_file_is_not_to_be_made_a_folder(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "sottovoce.lock")
    with pytest.raises(PlacesUnusable) as refused:
        hold(tmp_path / "sottovoce.lock", 0)
    assert "sottovoce.lock" in refused.value.sentence
    assert refused.value.remedy.startswith("Move it away")


async def test_a_lock_file_that_is_deleted_lets_nobody_write_beside_another(places: Places) -> None:
    store = await open_store(places, key=KEY)
    await store.append(message("kept"))
    places.lock_file.unlink()
    hold(places.lock_file, 0).release()  # as a second process would, which sees no holder
    with pytest.raises(StoreReplaced):
        await store.append(message("beside another"))
    await store.close()
    assert len(await _ids(places)) == 1


def test_a_lock_is_held_on_the_file_that_is_there(places: Places) -> None:
    places.prepare()
    first = hold(places.lock_file, 0)
    held: list[ProcessLock] = []
    waiting = threading.Thread(target=lambda: held.append(hold(places.lock_file, 10)))
    waiting.start()
    wait_for(lambda: _opened_files(places.lock_file) == 2, what="the other one at the lock")
    places.lock_file.unlink()
    first.release()
    waiting.join()
    with pytest.raises(StoreInUse):
        hold(places.lock_file, 0)
    held[0].release()
    hold(places.lock_file, 0).release()


def _opened_files(path: Path) -> int:
    wanted = path.stat().st_ino
    found = 0
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found += entry.stat().st_ino == wanted
    return found


def test_a_line_is_left_to_the_next_holder(places: Places) -> None:
    places.prepare()
    for line, before in (("database-a", None), ("database-b", "database-a"), ("c", "database-b")):
        lock = hold(places.lock_file, 0)
        assert lock.noted() == before
        lock.note(line)
        assert lock.noted() == line
        lock.release()
        assert lock.noted() is None


async def test_a_database_that_another_connection_writes_to_is_told(store: EncryptedStore, places: Places) -> None:
    await store.append(message("before"))
    await on_writer(store, lambda connection: connection.execute("PRAGMA busy_timeout = 20").fetchall())
    other = sqlcipher.connect(places.database, isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreInUse):
        await store.append(message("meanwhile"))
    other.execute("ROLLBACK")
    other.close()
    await store.append(message("after"))
    assert [one.content for one in await store.messages("c1", limit=9)] == ["before", "after"]


async def test_a_database_that_another_connection_locks_is_told_and_left_alone(places: Places) -> None:
    await (await open_store(places, key=KEY)).close()
    other = sqlcipher.connect(places.database, isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    before = contents(places.data)
    with pytest.raises(StoreInUse):
        await open_store(places, key=KEY)
    after = contents(places.data)
    other.execute("ROLLBACK")
    other.close()
    assert after == before
    assert await _ids(places) == []


async def test_relevance_is_found_among_the_newest_hits_alone(store: EncryptedStore) -> None:
    await store.append(message("pears"))
    said = [message(f"pears are number {number} " + "of very many words " * 9) for number in range(7)]
    for one in said:
        await store.append(one)

    async def best(most: int, limit: int) -> list[str]:
        found = await on_reader(
            store, lambda connection: rows.messages.search_best(connection, "pears", limit, most=most)
        )
        return [hit.message.content for hit in found]

    assert (await best(8, 1)) == ["pears"], "the shortest is the best"
    assert "pears" not in await best(7, 99)
    assert sorted(await best(3, 99)) == sorted(one.content for one in said[-3:])
    assert (await store.search_best("pears", limit=1))[0].message.content == "pears"


async def test_a_store_that_cannot_be_opened_again_tells_everybody_why(places: Places) -> None:
    store = await open_store(places, key=KEY)
    await store.append(message("kept"))
    waiting: list[asyncio.Future[object]] = []

    async def spoil() -> ConnectionOpener:
        waiting.extend(
            asyncio.ensure_future(call) for call in (store.append(message("queued")), store.messages("c1", limit=9))
        )
        await asyncio.sleep(0)
        places.database.rename(places.database.with_name("elsewhere"))
        places.database.write_bytes(b"no database at all")
        return store.opener

    with pytest.raises(StoreTrouble) as caught:
        await store.exchange(spoil)
    outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), HANGS_S)
    assert [type(outcome) for outcome in outcomes] == [type(caught.value)] * 2
    for call in (store.append(message("later")), store.messages("c1", limit=9), store.exchange(spoil)):
        with pytest.raises(type(caught.value)) as again:
            await asyncio.wait_for(call, HANGS_S)
        assert again.value.sentence == caught.value.sentence
    await store.close()
    places.database.with_name("elsewhere").replace(places.database)
    assert len(await _ids(places)) == 1


async def test_a_full_database_is_told_and_takes_more_when_there_is_room(store: EncryptedStore) -> None:
    await store.append(message("before"))

    async def limit(pages: int) -> None:
        await on_writer(store, lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchall())

    await limit(40)
    outcomes = await asyncio.gather(
        *(store.append(message(f"{n} " + "word " * 4000)) for n in range(20)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    kept = len(outcomes) - len(refused)
    assert {type(refusal) for refusal in refused} == {StoreFull}
    assert len(await store.messages("c1", limit=99)) == kept + 1
    await limit(1_000_000)
    await store.append(message("after"))
    assert len(await store.messages("c1", limit=99)) == kept + 2


_AS_ROOT = () if os.geteuid() == 0 else ("--map-root-user",)


@pytest.mark.parametrize("scenario", full_disk.SCENARIOS)
def test_a_full_disk(tmp_path: Path, scenario: str) -> None:
    """In a process with mounts of its own: a plain user needs user namespaces, and fails where there are none."""
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    ran = subprocess.run(
        ["unshare", *_AS_ROOT, "--mount", sys.executable, "-m", full_disk.__name__, scenario, str(tmp_path)],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout == b"done\n"


# Errors say nothing


async def test_no_error_holds_what_was_said(store: EncryptedStore) -> None:
    with pytest.raises(Bug) as caught:
        await store.append(message(CANARY, tokens_input=1 << 80))
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert CANARY not in shown
    assert "INSERT" not in shown
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_an_unknown_failure_names_sqlites_code_only(tmp_path: Path) -> None:
    connection = sqlcipher.connect(":memory:")
    with pytest.raises(sqlcipher.Error) as caught:
        connection.execute(f"SELECT {CANARY}")
    connection.close()
    trouble = to_store_error(caught.value, tmp_path)
    assert isinstance(trouble, StoreFailed)
    assert "SQLITE_ERROR" in trouble.sentence
    assert CANARY not in str(trouble)


# Closing


async def test_closing_finishes_what_is_queued_and_ends_every_thread(places: Places) -> None:
    before = threading.active_count()
    store = await open_store(places, key=KEY)
    assert threading.active_count() > before
    appends = [asyncio.ensure_future(store.append(message(f"number {n}"))) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    assert threading.active_count() == before
    await asyncio.gather(*appends)
    assert len(await _ids(places)) == 50
    assert {path.name for path in places.data.iterdir() if path.is_file()} == {
        "sottovoce.db",
        "sottovoce.keys",
        "sottovoce.keys.copy",
        "sottovoce.lock",
        "sottovoce.seen",
        "sottovoce.session",
    }


async def test_a_cancelled_close_goes_on(places: Places) -> None:
    before = threading.active_count()
    store = await open_store(places, key=KEY)
    await asyncio.gather(*(store.append(message(f"number {n}")) for n in range(50)))
    closing = asyncio.ensure_future(store.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)
    await store.close()
    assert threading.active_count() == before


def test_a_loop_that_is_gone_harms_nobody(places: Places) -> None:
    before = threading.active_count()

    async def leave_in_the_middle() -> EncryptedStore:
        store = await open_store(places, key=KEY)
        await store.append(message("acknowledged"))
        asyncio.ensure_future(store.append(message("not waited for"))).cancel()
        return store

    store = asyncio.run(leave_in_the_middle())
    store._questions.put(None)  # noqa: SLF001 - nobody is left to call `close`
    store._questions.put(None)  # noqa: SLF001 - one for each reader
    store._writer.jobs.put(None)  # noqa: SLF001 - the same for the writer
    wait_for(lambda: threading.active_count() == before)
    store._lock.release()  # noqa: SLF001 - as the end of the process would
    gc.collect()
    assert len(asyncio.run(_ids(places))) >= 1

"""Files are written anew beside the store's use: nobody waits, nothing said meanwhile is lost, it can be cut off."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store, rows
from sottovoce.adapters.store.engine.care_thread import CareThread
from sottovoce.adapters.store.engine.recording import Recording
from sottovoce.adapters.store.erasing.erasing import AT_ONCE, StoreErasing
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.erasing import ErasingProgress, Erasure, Scope
from sottovoce.domain.errors import StoreFailed, StoreTrouble, ThingNotFound
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.memories import Reach, Vector
from sottovoce.domain.records import CacheEntry, Event, ListEntry, Note
from sottovoce.domain.turns import Outcome
from sottovoce.home import open_home
from tests.adapters.test_erasing import CANARY, KEY, NOW, SECRET, _everywhere, _fill
from tests.contracts.store import memory, message
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.adapters.store.engine.care_thread import GoOn

T = TypeVar("T")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
async def store(places: Places) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(places, key=KEY)
    yield opened
    await opened.close()


@pytest.fixture
async def care(places: Places, store: EncryptedStore) -> AsyncIterator[StoreCare]:
    days = (NOW + timedelta(days=number) for number in range(100))
    opened = StoreCare(places, store, lambda: next(days))
    yield opened
    await opened.close()


class HeldThread(CareThread):
    """Long work waits at its second `go_on` until it is let go: in the middle of a copy."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.reached = threading.Event()
        self.let_go = threading.Event()

    async def run(
        self, work: Callable[[GoOn], T], *, always: bool = False, then: Callable[[T], Awaitable[object]] | None = None
    ) -> T:
        calls = 0

        def held(go_on: GoOn) -> None:
            nonlocal calls
            calls += 1
            if calls == 2:
                self.reached.set()
                assert self.let_go.wait(HANGS_S)
            go_on()

        return await super().run(lambda go_on: work(lambda: held(go_on)), always=always, then=then)

    async def held_up(self) -> None:
        while not self.reached.is_set():  # noqa: ASYNC110 - set on another thread
            await asyncio.sleep(0.001)


@pytest.fixture
async def held(places: Places, store: EncryptedStore) -> AsyncIterator[tuple[StoreErasing, HeldThread]]:
    thread = HeldThread(places.data)
    yield StoreErasing(places, store, thread), thread
    thread.let_go.set()
    await thread.close()


async def _busy(store: EncryptedStore) -> None:
    """One of everything that writes."""
    question = message("when was that", conversation="later", id="q", created_at=5.0)
    await store.open_turn(question)
    first, second = memory("i like tea", id="m1", created_at=6.0), memory("i like cocoa", id="m2", created_at=6.0)
    await store.add_memory(first, Vector("units", b"123456789"))
    await store.add_memory(second, supersedes=["m1"])
    await store.close_turn(
        "q", message("then", conversation="later", id="a", created_at=5.0), Outcome.ANSWERED, used=["m1", "m2"]
    )
    await store.add_memory(memory("i like soup", id="m3", created_at=6.0))
    await store.forget_memory("m3")
    await store.set_memory_reach("m2", Reach.ANY)
    await store.set_memory_vectors("units", {"m2": b"987654321"})
    for version in (1, 2):
        await store.save_context(UserContext(version=version, preferences={"food": "rice"}))
    document = Document(id="d", path="a.md", bytes=4, modified_ns=5, sha256="", indexed_at=1.0)
    await store.save_document(document, [NewPassage("", "one passage", b"1"), NewPassage("", "two")], embedder="units")
    await store.save_document(dataclasses.replace(document, bytes=5), [NewPassage("", "three")])
    entry = CacheEntry(
        key="k", kind="model", value="v", created_at=1.0, expires_at=9e9, bytes=1, depends_on=("word:x",)
    )
    for key in ("k", "l"):
        await store.save(dataclasses.replace(entry, key=key))
    await store.remove(CacheEntry, "k")
    await store.save(Note(id="n", text="a note", created_at=1.0, changed_at=2.0))
    thing = ListEntry(id="l", list="shopping", text="a thing", created_at=1.0, changed_at=2.0)
    for one in (thing, dataclasses.replace(thing, done=True), dataclasses.replace(thing, id="gone")):
        await store.save(one)
    await store.remove(ListEntry, "gone")
    await store.save(Event(id="e", title="an event", starts_at=1.0, ends_at=2.0, created_at=1.0, changed_at=2.0))
    for number in range(2):
        left = message(
            "which", conversation="later", id=f"left{number}", created_at=5.0, dialogue=f'{{"{number}": ""}}'
        )
        await store.append(left)
    await store.trim_cache(1.0, 10)
    for number in range(40):
        await store.append(message(f"number {number}", conversation="later", id=f"n{number}", created_at=5.0))


def _rows(store: EncryptedStore) -> dict[str, list[Any]]:
    """All that is in the tables, numbers included; the indexes of words are checked against it."""
    with contextlib.closing(store.opener.writer()) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        own = [
            name for name in names if "_words" not in name and name not in {"audit_log", "meta", "erased", "sitting"}
        ]
        for index in ("message_words", "memory_words", "passage_words"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        found = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in own}  # noqa: S608
    found["turn_journal"] = [(*row[:4], row[4] is None, row[5]) for row in found["turn_journal"]]  # when it ended
    return found


async def test_what_is_written_meanwhile_is_in_the_new_file_as_in_the_old_one(
    places: Places, store: EncryptedStore, held: tuple[StoreErasing, HeldThread], tmp_path: Path
) -> None:
    erasing, thread = held
    await store.append(message(CANARY, conversation="secret", id="s", created_at=1.0))
    await store.append(message("stays", id="stays", created_at=2.0))
    before = places.database.stat().st_ino
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()
    assert await store.messages("secret", limit=9) == (), "nobody reads it from the first moment on"
    await _busy(store)
    assert not running.done(), "nobody waited for the file"
    thread.let_go.set()
    await running
    await store.append(message("and on it goes", conversation="later", id="last", created_at=7.0))
    assert places.database.stat().st_ino != before
    control = await open_store(Places.under(tmp_path / "control"), key=KEY)
    await control.append(message(CANARY, conversation="secret", id="s", created_at=1.0))
    await control.append(message("stays", id="stays", created_at=2.0))
    with contextlib.closing(control.opener.writer()) as connection:
        connection.execute("DELETE FROM conversation WHERE id = 'secret'")
    await _busy(control)
    await control.append(message("and on it goes", conversation="later", id="last", created_at=7.0))
    assert _rows(store) == _rows(control)
    assert (await store.report()).faults == ()
    await control.close()
    assert await erasing.resume() is not None, "the memory that was forgotten meanwhile still waits"
    assert await erasing.resume() is None
    await store.close()
    assert _everywhere(places) == 0


def test_no_statement_that_changes_rows_asks_for_the_time_or_for_chance() -> None:
    room = Path(rows.__file__).parent
    sources = [path.read_text("utf-8") for path in room.glob("*.py")]
    sources += [path.read_text("utf-8") for path in (room.parent / "engine" / "migrations").glob("*.sql")]
    assert len(sources) > len(rows.__all__), "there is something to read"
    for source in sources:
        for asked in re.finditer(r"unixepoch|random\(|randomblob|julianday|strftime|CURRENT_|'now'", source):
            assert source[: asked.start()].rstrip("(").endswith("SELECT "), "made by a read, handed over as a value"


async def test_cut_off_the_rows_are_gone_and_the_rest_goes_on_later(
    places: Places, store: EncryptedStore, care: StoreCare, held: tuple[StoreErasing, HeldThread]
) -> None:
    await _fill(store)
    await care.backups.create()
    erasing, thread = held
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()
    running.cancel()
    thread.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await store.messages("secret", limit=9) == ()
    assert not list(places.data.glob("*.erasing*")), "nothing unfinished lies about"
    await store.append(message("on it goes"))
    done = await care.erasing.resume()
    assert done is not None
    assert done.backups_rewritten == 1
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_a_store_exchanged_meanwhile_is_not_overwritten(
    store: EncryptedStore, care: StoreCare, held: tuple[StoreErasing, HeldThread]
) -> None:
    erasing, thread = held
    await store.append(message(CANARY, conversation="secret"))
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()

    async def nothing() -> Any:  # noqa: ANN401 - an opener
        return store.opener

    await store.exchange(nothing)  # as a change of the key does
    said = message("after the exchange")
    await store.append(said)
    thread.let_go.set()
    with pytest.raises(StoreFailed, match="exchanged"):
        await running
    assert [one.id for one in await store.messages(said.conversation_id, limit=1)] == [said.id]
    assert await care.erasing.resume() is not None


@pytest.mark.parametrize("breaks", ["lost", "too much"])
async def test_a_copy_that_cannot_follow_is_thrown_away(
    places: Places, store: EncryptedStore, care: StoreCare, held: tuple[StoreErasing, HeldThread], breaks: str
) -> None:
    erasing, thread = held
    await store.append(message(CANARY, conversation="secret"))
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()
    recording = store._writer.recording  # noqa: SLF001 - what the writer was told
    assert recording is not None
    if breaks == "lost":
        damaged = sqlite.DatabaseError("made up")
        damaged.sqlite_errorcode = 11

        def fail(_: object) -> None:
            raise damaged

        with pytest.raises(StoreTrouble):
            await store._write(fail)  # noqa: SLF001 - a COMMIT of which nobody knows
    else:
        recording._statements = 10**6  # noqa: SLF001 - as after hours of writing
    said = message("kept")
    await store.append(said)
    thread.let_go.set()
    with pytest.raises(StoreFailed, match="could follow"):
        await running
    assert not list(places.data.glob("*.erasing*"))
    assert [one.id for one in await store.messages(said.conversation_id, limit=1)] == [said.id]
    assert await care.erasing.resume() is not None


async def test_a_writer_waits_for_no_snapshot_that_does_not_come() -> None:
    recording = Recording()
    recording.begin(0.01)
    with contextlib.closing(sqlite.connect(":memory:")) as connection, pytest.raises(StoreFailed):
        recording.follow(connection)


async def test_how_far_it_is_is_told(store: EncryptedStore, care: StoreCare) -> None:
    await _fill(store)
    await care.backups.create()
    told: list[ErasingProgress] = []
    care.erasing.on_progress = told.append
    await care.erasing.erase(SECRET)
    await asyncio.sleep(0)
    assert [one.done_bytes for one in told] == sorted(one.done_bytes for one in told)
    assert (told[0].done_bytes, told[-1].done_bytes) == (0, told[-1].total_bytes)
    assert told[0].left_s > 0
    assert told[-1].left_s == 0
    told.clear()
    await care.erasing.erase(SECRET)
    await asyncio.sleep(0)
    assert told == [], "nothing was there, and nobody hears that it is gone"


async def test_many_rows_go_some_at_a_time(places: Places, store: EncryptedStore, care: StoreCare) -> None:
    count = 2 * AT_ONCE + 7

    def fill(connection: Any) -> None:  # noqa: ANN401 - a connection
        for number in range(count):
            user = "eve" if number % 2 else "me"
            conversation = "shared" if number < 20 else f"{user}'s"
            rows.messages.add_message(
                connection, message(f"{CANARY} {number}", user_id=user, conversation=conversation, created_at=number)
            )

    await store._write(fill)  # noqa: SLF001 - all in one
    for number in range(AT_ONCE + 3):
        await store.add_memory(memory(f"{CANARY} m{number}", "eve"))
    await store.save_context(UserContext(user_id="eve", version=1, display_name=CANARY))
    steps: list[tuple[tuple[str, ...], bool]] = []

    @contextlib.asynccontextmanager
    async def out_of_service(users: Any, *, overtaking: bool) -> AsyncIterator[None]:  # noqa: ANN401 - users
        steps.append((tuple(users), overtaking))
        yield

    care.erasing.out_of_service = out_of_service
    done = await care.erasing.erase(Erasure(scope=Scope.USER, of="eve"))
    assert (done.erased.messages, done.erased.memories) == (count // 2, AT_ONCE + 3)
    assert steps == [(("eve",), True)] * (2 + 1)
    assert await store.context("eve") is None
    assert {one.id: one.messages for one in await store.conversations(limit=9)} == {
        "shared": 10,
        "me's": count - count // 2 - 10,
    }
    steps.clear()
    done_before = await care.erasing.retain(86_400.0 * 2 + count - 1, 2)
    assert done_before is None, "the limit is the beginning of a day"
    done = await care.erasing.erase(Erasure(scope=Scope.BEFORE, of=float(count - 1)))
    assert done.erased.messages == count - count // 2 - 1
    assert steps == [(("me",), False)] * len(steps)
    (left,) = await store.conversations(limit=9)
    assert (left.messages, left.started_at) == (1, count - 1)
    await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="me's"))
    assert await store.conversations(limit=9) == ()
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_what_was_forgotten_leaves_the_backups_whatever_else_is_erased_first(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    kept = memory(f"{CANARY} lives here")
    await store.add_memory(kept)
    await care.backups.create()
    await store.forget_memory(kept.id)
    done = await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="another"))
    assert done.backups_rewritten == 1
    assert await care.erasing.resume() is None
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_a_backup_made_before_an_erasure_was_finished_is_written_anew(
    places: Places, store: EncryptedStore, care: StoreCare, held: tuple[StoreErasing, HeldThread]
) -> None:
    await _fill(store)
    erasing, thread = held
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()
    running.cancel()
    thread.let_go.set()
    await asyncio.wait({running})
    await care.backups.create()  # no row of it, but its words in the indexes
    done = await care.erasing.resume()
    assert done is not None
    assert done.backups_rewritten == 1
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_what_is_forgotten_while_an_erasure_runs_still_waits_after_it(
    store: EncryptedStore, care: StoreCare, held: tuple[StoreErasing, HeldThread]
) -> None:
    kept = memory("i like tea")
    await store.append(message(CANARY, conversation="secret"))
    await store.add_memory(kept)
    erasing, thread = held
    running = asyncio.ensure_future(erasing.erase(SECRET))
    await thread.held_up()
    await store.forget_memory(kept.id)
    thread.let_go.set()
    await running
    assert await care.erasing.resume() is not None
    assert await care.erasing.resume() is None


async def test_turns_of_a_user_who_is_erased_bring_nothing_back(places: Places) -> None:
    async with open_home(places.data, KEY) as home:
        home.memory._autosave.interval_s = 0.001  # noqa: SLF001 - far more often than it saves
        await home.ask(f"remember that my name is {CANARY}", user_id="eve")
        await home.care.backups.create()
        for pause in range(6):
            turns = [
                asyncio.ensure_future(home.ask(f"remember that i like {CANARY} {number}", user_id="eve"))
                for number in range(3)
            ]
            for _ in range(pause * 3):
                await asyncio.sleep(0.001)
            done = asyncio.ensure_future(home.erase(Erasure(scope=Scope.USER, of="eve")))
            counted = 0
            while not done.done():
                await home.memory.update_context("ada", "hello", "hi")
                counted += 1
                await asyncio.sleep(0.001)
            await done
            for outcome in await asyncio.gather(*turns, return_exceptions=True):
                assert not isinstance(outcome, BaseException) or isinstance(outcome, ThingNotFound)
            assert await home.store.memories("eve", limit=9) == ()
            await home.memory.flush()
            context = await home.store.context("eve")
            assert context is None or CANARY not in str(context.to_json())
    async with open_home(places.data, KEY) as home:
        await home.erase(Erasure(scope=Scope.USER, of="eve"))
    assert _everywhere(places) == 0


async def test_what_was_to_be_kept_before_an_erasure_is_not_kept_after_it(places: Places) -> None:
    async with open_home(places.data, KEY) as home:
        planner = home.planner
        notes, lists, schedule, calendar = planner.notes, planner.lists, planner.schedule, planner.calendar
        with home.memory.fence.operation():
            timer = await schedule.set_timer(600, CANARY, user_id="eve")
            await home.erase(Erasure(scope=Scope.USER, of="eve"))
            for late in (
                notes.write("eve", CANARY),
                lists.create("eve", CANARY),
                schedule.pause(timer),
                calendar.add(calendar.new("eve", CANARY, NOW, NOW)),
            ):
                with pytest.raises(ThingNotFound):
                    await late
        with pytest.raises(ThingNotFound):
            await schedule.pause(timer)  # in another request, with what it had read before
    assert _everywhere(places) == 0


async def test_an_opening_goes_on_with_a_large_erasure_beside_its_use(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store)
    await care.backups.create()
    await store.erase_rows(SECRET, rows.erase.ALL)
    await care.close()
    await store.close()
    assert _everywhere(places)
    async with open_home(places.data, KEY) as home:
        assert await home.store.messages("secret", limit=9) == ()
    assert _everywhere(places) == 0, "closing waited for it"

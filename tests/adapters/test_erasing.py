"""What was erased is on no page of any file of ours, and all else is as it was."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import random
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.secrets import MemorySecrets
from sottovoce.adapters.store import StoreCare, open_store, rows
from sottovoce.adapters.store.backups.file import HEADER_BYTES, read_header, reseal
from sottovoce.adapters.store.backups.own_files import own_backups
from sottovoce.adapters.store.erasing.care import erase_home
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.agent.model import ModelFacts
from sottovoce.domain.backups import backup_name
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import StoreInUse, StoreTrouble
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.memories import Vector
from sottovoce.domain.records import AuditEvent, CacheEntry, Event, ListEntry, Note, Reminder, Timer
from sottovoce.domain.turns import Outcome
from sottovoce.home import open_home
from sottovoce.language.en.facts import told_by
from tests.adapters.erased_pages import hits, plain_pages
from tests.adapters.killing import killed_at
from tests.contracts.store import memory, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
CANARY = "xylophonkanarienvogel"
NOW = datetime(2026, 3, 5, 12, 0, 0).astimezone()
SECRET = Erasure(scope=Scope.CONVERSATION, of="secret")
DOCUMENT = Document(id="d", path="a.md", bytes=4, modified_ns=5, sha256="", indexed_at=1.0)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def days() -> Iterator[datetime]:
    return (NOW + timedelta(days=number) for number in range(100))


@pytest.fixture
async def store(places: Places) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(places, key=KEY)
    yield opened
    await opened.close()


@pytest.fixture
async def care(places: Places, store: EncryptedStore, days: Iterator[datetime]) -> AsyncIterator[StoreCare]:
    opened = StoreCare(places, store, lambda: next(days))
    yield opened
    await opened.close()


def _records(source: str, text: str, user: str = "me") -> list[Any]:
    plain = {"user_id": user, "created_at": 1.0, "source_message": source}
    return [
        Reminder(id=f"r{source}", text=text, due_at=5.0, **plain),  # type: ignore[arg-type] # by name
        Timer(id=f"t{source}", label=text, duration_s=5.0, due_at=5.0, **plain),  # type: ignore[arg-type]
        Note(id=f"n{source}", text=text, changed_at=5.0, **plain),  # type: ignore[arg-type]
        ListEntry(id=f"l{source}", list=text[:20], text=text, changed_at=5.0, **plain),  # type: ignore[arg-type]
        Event(id=f"e{source}", title=text, place=text, starts_at=5.0, ends_at=5.0, changed_at=5.0, **plain),  # type: ignore[arg-type]
        CacheEntry(key=f"c{source}", kind="k", value=text, expires_at=9e9, bytes=9, **plain),  # type: ignore[arg-type]
    ]


async def _fill(store: EncryptedStore, *, secret: bool = True, contexts: bool = False, seed: int = 5) -> None:
    """Pages split and filled in every table, with the canary among them."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible text
    words = [f"word{number}" for number in range(400)]
    for number in range(150):
        hidden = secret and number % 7 == 3
        text = " ".join(chance.choices(words, k=chance.choice([2, 8, 30, 400])))
        if hidden:
            text = f"{CANARY}{number} {text} {CANARY}"
        user = "eve" if hidden else "me"
        said = message(text, conversation="secret" if hidden else f"c{number // 20}", user_id=user)
        await store.open_turn(said)
        if number % 3 == 0:
            await store.close_turn(said.id, message(text[::-1], conversation=said.conversation_id), Outcome.ANSWERED)
        if number % 5 == 3:
            await store.add_memory(memory(text, user=user, source_message=said.id))
            for record in _records(said.id, text, user):
                await store.save(record)
        if contexts and number % 9 == 3:
            preferences = {"food": text[:200]}
            await store.save_context(UserContext(user_id=user, version=number, preferences=preferences))


def _open(places: Places, path: Path) -> bytes:
    """The decrypted pages of a backup."""
    key = read_header(path).unseal(KEY)
    assert key is not None
    return plain_pages(path, key, HEADER_BYTES)


def _everywhere(places: Places) -> int:
    """Hits on the decrypted pages of the database and its backups; in all other files as they are."""
    found = hits(plain_pages(places.database, KEY), CANARY)
    for path in places.data.rglob("*"):
        if path.is_file() and path != places.database:
            found += hits(path.read_bytes(), CANARY)
    return found + sum(hits(_open(places, path), CANARY) for path in own_backups(places))


@pytest.mark.parametrize("scope", ["conversation", "user"])
async def test_what_is_erased_is_on_no_page_any_more(
    places: Places, store: EncryptedStore, care: StoreCare, scope: str
) -> None:
    await _fill(store, contexts=scope == "user")  # a context does not say which words shaped it
    await care.backups.create()
    await care.backups.create()
    keys = {read_header(path).sealed for path in own_backups(places)}
    kept = await store.messages("c3", limit=99)
    assert _everywhere(places) > 100
    if scope == "user":
        await store.append(message("by another", conversation="secret"))
    done = await care.erasing.erase(Erasure(scope=Scope(scope), of="secret" if scope == "conversation" else "eve"))
    if scope == "user":  # a message turned around was stored as another user's answer
        done = await care.erasing.erase(SECRET)
    await care.close()
    await store.close()
    assert _everywhere(places) == 0
    assert done.erased.messages
    assert done.backups_rewritten
    assert not {read_header(path).sealed for path in own_backups(places)} & keys, "each has a new key"
    assert not list(places.data.glob("*.erasing*"))
    again = await open_store(places, key=KEY)
    assert await again.messages("c3", limit=99) == kept
    assert (await again.report()).faults == ()
    assert await again.messages("secret", limit=9) == ()
    assert await again.search(CANARY, limit=9) == ()
    detail = next(entry.detail for entry in await again.audit_log(9) if entry.event == AuditEvent.ERASED)
    assert "secret" not in str(detail)
    assert "eve" not in str(detail)
    assert await again.audit_trouble() is None
    await again.close()


async def test_a_memory_goes_with_its_chain_and_what_was_made_from_it(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store, secret=False)
    question, answer = message("where do i live"), message("there", role=Role.ASSISTANT)
    await store.open_turn(question)
    first, second, other = memory(f"{CANARY} one"), memory(f"two {CANARY}", subject=CANARY), memory("i like pears")
    await store.add_memory(first, Vector(CANARY, bytes(range(9))))
    await care.backups.create()  # holds the beginning of the chain only
    await store.add_memory(second, Vector(CANARY, CANARY.encode()), supersedes=[first.id])
    await store.add_memory(other, Vector("units", b"123456789"))
    await store.close_turn(question.id, answer, Outcome.ANSWERED, used=[second.id, other.id])
    made = CacheEntry(key="made", kind="model", value=CANARY, created_at=1.0, expires_at=9e9, bytes=1)
    await store.save(dataclasses.replace(made, depends_on=("word:x", f"memory:{first.id}")))
    await store.save(dataclasses.replace(made, key="other", value="pears", depends_on=(f"memory:{other.id}",)))
    await store.save_document(DOCUMENT, [NewPassage("", "a passage stays")])
    await care.backups.create()
    assert _everywhere(places) > 5
    done = await care.erasing.erase(Erasure(scope=Scope.MEMORY, of=second.id))
    assert (done.erased.memories, done.erased.records, done.erased.messages) == (2, 1, 0)
    assert done.backups_rewritten == 2
    assert await store.memories_used(answer.id) == (other,)
    assert await store.record(CacheEntry, "other") is not None
    assert len(await store.match_passages("passage", limit=9)) == 1
    assert not await care.erasing.resume()
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_what_was_forgotten_is_on_no_page_once_anything_is_erased(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store, secret=False)
    kept = memory(f"{CANARY} was here")
    await store.add_memory(kept, Vector("units", CANARY.encode()))
    await store.save_document(DOCUMENT, [NewPassage("", f"{CANARY} in a file", CANARY.encode())], embedder="units")
    await store.forget_memory(kept.id)
    await store.remove_documents([DOCUMENT.id])
    await care.erasing.erase(SECRET)
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_what_an_erased_conversation_taught_the_context_is_unlearnt(
    store: EncryptedStore, care: StoreCare
) -> None:
    said = message("my favorite color is turquoise and griselda agrees", conversation="secret")
    await store.append(said)
    color = told_by("my favorite color is red").subject
    red = memory("my favorite color is red", subject=color)
    turquoise = memory("my favorite color is turquoise", subject=color, source_message=said.id)
    name = memory("my name is Zebulon", subject="my name", source_message=said.id)
    await store.add_memory(red)
    await store.add_memory(turquoise, supersedes=[red.id])
    await store.add_memory(name)
    learnt = {"favorite color": "turquoise", "food": "rice"}
    for version in (1, 2):
        await store.save_context(
            UserContext(
                version=version, display_name="Zebulon", preferences=learnt, topics={"griselda": 1, "garden": 2}
            )
        )
    await store.save_context(UserContext(user_id="ada", version=1, topics={"griselda": 1}))
    await care.erasing.erase(SECRET)
    context, other = await store.context("me"), await store.context("ada")
    assert context is not None
    assert (context.display_name, dict(context.topics)) == ("", {"garden": 2})
    assert dict(context.preferences) == {"favorite color": "red", "food": "rice"}
    with contextlib.closing(store.opener.reader()) as connection:
        bodies = [row[0] for row in connection.execute("SELECT body FROM user_context WHERE user_id = 'me'")]
    assert len(bodies) == 1
    assert other == UserContext(user_id="ada", version=1, topics={"griselda": 1})


async def test_what_was_forgotten_can_wait_for_a_quiet_time(store: EncryptedStore, care: StoreCare) -> None:
    kept = memory("i like tea")
    await store.add_memory(kept)
    await store.forget_memory(kept.id)
    assert await care.erasing.resume(memories_too=False) is None
    assert await care.erasing.resume() is not None
    assert await care.erasing.resume() is None


@pytest.mark.parametrize("scope", [Scope.CONVERSATION, Scope.USER])
async def test_answers_made_from_what_is_erased_go_too(store: EncryptedStore, care: StoreCare, scope: Scope) -> None:
    said = message("i moved to paris", conversation="secret", user_id="eve")
    await store.append(said)
    rome, tea = memory("i live in rome", "eve"), memory("i like tea", "eve")
    paris = memory("i live in paris", "eve", source_message=said.id)
    for each in (rome, tea):
        await store.add_memory(each)
    await store.add_memory(paris, supersedes=[rome.id])
    question, answer = message("where do i live", user_id="ada"), message("in paris", role=Role.ASSISTANT)
    await store.open_turn(question)
    await store.close_turn(question.id, answer, Outcome.ANSWERED, used=[tea.id, paris.id, rome.id])
    made = CacheEntry(key="", kind="model", value="v", created_at=1.0, expires_at=9e9, bytes=1)
    for key, user, depends_on in (
        ("paris", "me", (f"memory:{paris.id}",)),
        ("changed", "eve", ("word:live",)),
        ("others", "me", ("word:live", f"memory:{tea.id}x")),
        ("plain", "me", ()),
    ):
        await store.save(dataclasses.replace(made, key=key, user_id=user, depends_on=depends_on))
    done = await care.erasing.erase(Erasure(scope=scope, of="secret" if scope is Scope.CONVERSATION else "eve"))
    left = {entry.key for entry in await store.records(CacheEntry, limit=9)}
    if scope is Scope.CONVERSATION:
        assert left == {"others", "plain"}, "that i live in rome is known again"
        assert (done.erased.memories, done.erased.records) == (1, 2)
        assert await store.memories_used(answer.id) == (tea, rome)
        assert [found for found, _ in await store.match_memories("eve", "live", limit=9)] == [rome.id]
    else:
        assert left == {"others", "plain"}
        assert (done.erased.memories, done.erased.records) == (3, 2)
        assert await store.memories_used(answer.id) == ()
        assert await store.match_memories("eve", "live", limit=9) == ()


async def test_backups_that_nothing_can_be_erased_from_are_named(
    places: Places, store: EncryptedStore, care: StoreCare, tmp_path: Path
) -> None:
    await _fill(store)
    damaged = (await care.backups.create()).path
    damaged.write_bytes(damaged.read_bytes()[:-5])
    under_another_key = places.backups / backup_name(NOW.replace(tzinfo=None) - timedelta(days=1))
    made = (await care.backups.create()).path
    shutil.copyfile(made, under_another_key)
    key = bytearray(bytes(reversed(KEY)))
    reseal(under_another_key, KEY, dataclasses.replace(read_key_file(places), generation=2), key)
    there = Places.under(tmp_path / "there")
    others = await open_store(there, key=KEY)
    their_care = StoreCare(there, others, lambda: NOW - timedelta(days=2))
    theirs = (await their_care.backups.create()).path
    await their_care.close()
    await others.close()
    shutil.copyfile(theirs, places.backups / theirs.name)
    done = await care.erasing.erase(SECRET)
    assert done.left == (theirs.name,)
    assert set(done.removed) == {damaged.name, under_another_key.name}
    assert done.backups_removed == 2
    assert {path.name for path in places.backups.iterdir()} == {made.name, theirs.name}


async def test_a_control_the_raw_pages_do_show_what_is_not_erased(places: Places, store: EncryptedStore) -> None:
    await _fill(store)
    await store.close()
    assert hits(plain_pages(places.database, KEY), CANARY) > 50


async def test_backups_without_it_are_left_alone_and_unreadable_ones_removed(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store, secret=False)
    untouched = (await care.backups.create()).path
    before = untouched.read_bytes()
    await _fill(store, seed=6)
    rewritten = await care.backups.create()
    damaged = (await care.backups.create()).path
    damaged.write_bytes(damaged.read_bytes()[:-5])
    other = places.backups / "somebody's.backup"
    other.write_bytes(b"not ours")
    copied = places.backups / "before-schema-2-1.db"
    copied.write_bytes(b"under the data key")
    done = await care.erasing.erase(SECRET)
    assert (done.backups_rewritten, done.backups_removed) == (1, 2)
    assert untouched.read_bytes() == before
    assert not damaged.exists()
    assert not copied.exists()
    assert other.exists()
    header = read_header(rewritten.path)
    assert header.content.created == rewritten.header.content.created
    assert header.content.counts.messages < rewritten.header.content.counts.messages
    assert (await care.backups.verify(rewritten.path)).opened
    await store.audit(AuditEvent.EXPORTED)  # it goes on


async def test_retention_erases_old_messages_and_keeps_what_was_asked_to_be_kept(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    day = 86_400.0
    for number in range(10):
        words = f"day {number} {CANARY if number < 4 else 'plain'}"
        await store.append(message(words, conversation="long", created_at=number * day))
    await store.append(message(f"{CANARY} alone", conversation="short", created_at=day))
    said = (await store.messages("long", limit=10))[0]
    await store.add_memory(memory("i like pears", source_message=said.id))
    note = Note(id="n", text="a note", created_at=1.0, changed_at=1.0, source_message=said.id)
    await store.save(note)
    assert await care.erasing.retain(10 * day, 0) is None
    assert await care.erasing.retain(10 * day, 10) is None, "nothing is that old"
    done = await care.erasing.retain(10 * day, 6)
    assert done is not None
    assert (done.erased.messages, done.erased.conversations) == (5, 1)
    (left,) = await store.conversations(limit=9)
    assert (left.title, left.messages, left.started_at) == ("day 4 plain", 6, 4 * day)
    assert await store.memories("me", limit=9)
    assert await store.record(Note, "n") == dataclasses.replace(note, source_message=None)
    await care.close()
    await store.close()
    assert _everywhere(places) == 0


async def test_what_answers_left_open_goes_with_the_memories_it_may_mean(
    store: EncryptedStore, care: StoreCare
) -> None:
    told = message("my sister is called anna", conversation="secret")
    await store.append(told)
    await store.add_memory(memory("my sister is called anna", source_message=told.id))
    for user in ("me", "bert"):
        await store.append(message("anna is", conversation=user, user_id=user, role=Role.ASSISTANT, dialogue="anna"))
    await care.erasing.erase(SECRET)
    assert [[one.dialogue for one in await store.messages(user, limit=1)] for user in ("me", "bert")] == [
        [""],
        ["anna"],
    ]


async def test_what_an_erased_memory_replaced_is_known_again(store: EncryptedStore, care: StoreCare) -> None:
    later = message("i moved to paris", conversation="secret")
    await store.append(later)
    new = memory("i live in paris", source_message=later.id)
    await store.add_memory(memory("i live in rome", superseded_by=new.id))
    await store.add_memory(new)
    assert [known.text for known in await store.memories("me", limit=9)] == ["i live in paris"]
    await care.erasing.erase(SECRET)
    assert [known.text for known in await store.memories("me", limit=9)] == ["i live in rome"]


async def test_what_an_erased_memory_replaced_stays_replaced_where_a_later_one_holds(
    store: EncryptedStore, care: StoreCare
) -> None:
    said = message("i moved to paris and then to oslo", conversation="secret")
    await store.append(said)
    present = memory("i live in berlin")
    oslo = memory("i live in oslo", source_message=said.id, superseded_by=present.id)
    paris = memory("i live in paris", source_message=said.id, superseded_by=oslo.id)
    rome = memory("i live in rome", superseded_by=paris.id)
    for one in (rome, paris, oslo, present):
        await store.add_memory(one)
    await care.erasing.erase(SECRET)
    assert [known.text for known in await store.memories("me", limit=9)] == ["i live in berlin"]
    left = await store.memories_by_id([one.id for one in (rome, paris, oslo, present)])
    assert [(one.text, one.superseded_by) for one in left] == [
        ("i live in rome", present.id),
        ("i live in berlin", None),
    ]


async def test_calls_made_meanwhile_are_done_and_nothing_of_them_is_lost(
    store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store)
    erasing = asyncio.create_task(care.erasing.erase(SECRET))
    ids = []
    while not erasing.done():
        said = message("meanwhile", conversation="now")
        await store.append(said)
        ids.append(said.id)
    await erasing
    assert [said.id for said in await store.messages("now", limit=len(ids) + 1)] == ids


async def test_an_erasure_cut_off_goes_on_at_the_next_opening(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store)
    await care.backups.create()
    await care.close()
    (places.data / "sottovoce.db.erasing").mkdir()  # nothing can be written anew
    broken = StoreCare(places, store, lambda: NOW)
    with pytest.raises(StoreTrouble):
        await broken.erasing.erase(SECRET)
    await broken.close()
    assert await store.messages("secret", limit=9) == (), "from the rows it is gone at once"
    await store.close()
    assert _everywhere(places)
    (places.data / "sottovoce.db.erasing").rmdir()
    async with open_home(places.data, KEY) as home:
        assert await home.care.erasing.resume() is None, "opening has done it"
    assert _everywhere(places) == 0


async def test_what_is_held_in_memory_goes_too(places: Places) -> None:
    async with open_home(places.data, KEY) as home:
        answer = await home.ask(f"remember that {CANARY} sings", user_id="me")
        assert await home.recollection.conversations.get_history(answer.conversation)
        context = await home.memory.get_user_context("me")
        await home.erase(Erasure(scope=Scope.USER, of="me"))
        assert await home.recollection.conversations.get_history(answer.conversation) == ()
        assert (await home.memory.get_user_context("me")).version < context.version
        assert await home.memory.memories("me") == ()
    assert _everywhere(places) == 0


async def test_what_waits_for_a_yes_and_what_will_ring_goes_too(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(*_: object, **__: object) -> tuple[str, ...]:
        return (f"I like {CANARY}",)

    monkeypatch.setattr(ModelFacts, "facts", found)
    async with open_home(places.data, KEY, maintain=False) as home:
        for user in ("me", "you"):
            await home.ask("set a timer for ten minutes", user_id=user)
            await home.recollection.learning.propose(user, f"i like {CANARY}")
        assert len(await home.planner.schedule.timers("me")) == 1
        assert home.recollection.learning.proposed("me")
        await home.erase(Erasure(scope=Scope.USER, of="me"))
        assert await home.planner.schedule.timers("me") == ()
        assert len(await home.planner.schedule.timers("you")) == 1
        assert home.recollection.learning.proposed("me") == ()
        assert await home.recollection.learning.confirm("me") == ()


async def test_everything_leaves_an_empty_home(places: Places) -> None:
    secrets = MemorySecrets()
    store = await open_store(places, secrets)
    await store.append(message(CANARY))
    care = StoreCare(places, store, lambda: NOW)
    await care.backups.create()
    name = read_key_file(places).secret_name
    with pytest.raises(StoreInUse):
        await erase_home(places, secrets)
    assert await store.messages("c1", limit=1)
    await care.close()
    await store.close()
    (places.models / "small").mkdir()
    places.settings_file.write_text('user = "me"\n')
    (places.logs / "sottovoce.log").write_text("x")
    done = await erase_home(places, secrets)
    assert done.keyring
    assert await secrets.get(name) is None
    left = {str(path.relative_to(places.data)) for path in places.data.rglob("*") if path.name != "sottovoce.lock"}
    assert left == {"models", "models/small", "knowledge", "settings.toml"}
    assert (await erase_home(places, secrets)).removed == 0
    again = await open_store(places, secrets)
    assert await again.conversations(limit=1) == ()
    await again.close()


async def test_a_note_of_what_is_left_survives_and_ends(store: EncryptedStore) -> None:
    with contextlib.closing(store.opener.writer()) as connection:
        for erasure in (SECRET, SECRET, Erasure(scope=Scope.BEFORE, of=4.5)):
            rows.erase.note_unfinished(connection, erasure)
        assert len(rows.erase.unfinished(connection)) == 2
    await store.forget_unfinished_erasing()
    with contextlib.closing(store.opener.reader()) as connection:
        assert rows.erase.unfinished(connection) == ()


async def test_killed_at_any_step_an_erasure_is_finished_by_the_next_start(
    places: Places, store: EncryptedStore, care: StoreCare
) -> None:
    for number in range(6):
        await store.append(message(f"{CANARY} {number}", conversation="secret" if number % 2 else "c1"))
    await care.backups.create()
    await care.close()
    await store.close()
    outcomes = killed_at("erase", places, places.backups, KEY, stride=15)  # at each step in `./dev durability`
    assert outcomes["killed"] > 2
    assert set(outcomes["found"]) == {"3", "6"}, "all of it, or nothing was begun"

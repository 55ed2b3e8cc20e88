"""An export taken into a home: what is missing comes, nothing is doubled, what was erased stays away."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import json
import os
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.export.tables import TABLES
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import ExportDamaged, ExportTooNew, NotAnExport, StoreTrouble
from sottovoce.domain.joining import Joined
from sottovoce.domain.records import AuditEvent, Event, Kept, ListEntry, Note, Reminder, Timer
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.turns import Outcome
from sottovoce.memory.learnt import learnt
from tests.contracts.store import memory, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.domain.conversations import Message

KEY = bytes(range(32))
KEPT = (
    "messages",
    "memories",
    "memories_used",
    "turns",
    "reminders",
    "timers",
    "notes",
    "lists",
    "events",
    "conversations",
)


class House:
    """One open home."""

    def __init__(self, store: EncryptedStore, care: StoreCare, folder: Path) -> None:
        self.store = store
        self.care = care
        self._folder = folder
        self._exports = 0

    async def export(self) -> Path:
        """To a new folder."""
        self._exports += 1
        folder = self._folder / f"export-{self._exports}"
        await self.care.exporting.export(folder)
        return folder

    async def content(self) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of users, as an export has it."""
        folder = await self.export()
        return {name: lines(folder / f"{name}.jsonl") for name in KEPT} | {
            "contexts": [json.loads(line["body"]) for line in lines(folder / "user_contexts.jsonl")]
        }

    async def take(self, folder: Path, **how: bool) -> Joined:
        """An export."""
        return await self.care.joining.take(folder, **how)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


@pytest.fixture
async def homes(tmp_path: Path) -> AsyncIterator[Callable[[str], Any]]:
    """Opens homes by name."""
    async with contextlib.AsyncExitStack() as stack:

        async def opened(name: str) -> House:
            places = Places.under(tmp_path / name)
            store = await open_store(places, key=KEY)
            stack.push_async_callback(store.close)
            care = StoreCare(places, store, lambda: datetime.now().astimezone())
            stack.push_async_callback(care.close)
            return House(store, care, tmp_path / f"{name}-exports")

        yield opened


async def turn(store: EncryptedStore, words: str, conversation: str = "c1", **fields: object) -> Message:
    """A question with its answer and what was learnt and used."""
    said = message(words, conversation, **fields)
    await store.open_turn(said)
    kept = memory(f"{words}, kept", user=said.user_id, source_message=said.id)
    await store.add_memory(kept)
    answer = message(
        f"so {words}",
        conversation,
        role=Role.ASSISTANT,
        user_id=said.user_id,
        created_at=said.created_at + 0.5,
    )
    await store.close_turn(said.id, answer, Outcome.ANSWERED, used=[kept.id])
    return said


async def fill(store: EncryptedStore) -> None:
    for number in range(3):
        await turn(store, f"words {number}", f"c{number}")
    old = memory("i live in oslo", subject="where i live")
    await store.add_memory(old)
    await store.add_memory(memory("i live in bergen", subject="where i live"), supersedes=[old.id])
    await store.save_context(UserContext(version=3, display_name="Anna", preferences={"food": "pears"}))
    await store.save(Reminder(id="r", text="pears", due_at=9.0, created_at=1.0))
    await store.save(Timer(id="t", label="pears", duration_s=4.0, due_at=9.0, created_at=1.0))
    await store.save(Note(id="n", text="buy \ud800pears\0", created_at=1.0, changed_at=1.0))
    again, zone = "FREQ=WEEKLY;BYDAY=MO", "Europe/Oslo"
    at: dict[str, Any] = {"created_at": 1.0, "changed_at": 2.0}
    alarm = Reminder(
        id="a", text="up", due_at=9.0, kind=ReminderKind.ALARM, recurrence=again, wall="2026-01-01T07:00:00", **at
    )
    await store.save(alarm)
    paused = ScheduleState.PAUSED
    await store.save(
        Timer(id="p", duration_s=4.0, due_at=9.0, state=paused, left_s=2.5, boot="b", boot_due_s=7.0, **at)
    )
    await store.save(ListEntry(id="l", list="shopping", text="pears", done=True, **at))
    await store.save(ListEntry(id="m", list="camping", text="", **at))
    await store.save(
        Event(id="e", title="x", place="y", starts_at=3.0, ends_at=4.0, all_day=True, zone=zone, recurrence=again, **at)
    )
    said = message("when", "c0")
    await store.open_turn(said)
    asks = message("which", "c0", role=Role.ASSISTANT, dialogue='{"entities": {"person": "anna"}}')
    await store.close_turn(said.id, asks, Outcome.ANSWERED)


async def test_a_new_home_has_all_of_it_and_nothing_twice(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    await fill(first.store)
    folder = await first.export()
    joined = await second.take(folder)
    assert joined == Joined(messages=8, memories=5, records=9)
    content = await first.content()
    assert await second.content() == content
    assert (await second.store.audit_log(2))[1].event == AuditEvent.IMPORTED
    assert (await second.store.audit_log(2))[1].detail == {"messages": 8, "memories": 5}
    again = await second.take(folder)
    assert again == Joined(present=8 + 5 + 9)
    assert await first.take(folder) == again, "the home it came from"
    assert await first.content() == await second.content() == content
    assert [found.message.content for found in await second.store.search("words 1", limit=9)] == [
        "so words 1",
        "words 1",
    ]
    assert len(await second.store.match_memories("me", "bergen", limit=9)) == 1
    assert await second.store.match_memories("me", "oslo", limit=9) == ()
    assert (await second.store.report()).faults == ()


async def test_only_what_is_missing_comes_and_stands_where_it_was_said(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    said = [message(f"words {number}") for number in range(8)]
    said[3] = dataclasses.replace(
        said[3], content="a \ufb01ne soft\u00adhyphen"
    )  # indexed in another form than it was written
    for one in said:
        await first.store.append(one)
    for one in (said[2], said[5]):
        await second.store.append(one)
    await second.store.append(mine := message("only here", created_at=said[6].created_at + 0.5))
    joined = await second.take(await first.export())
    assert (joined.messages, joined.present) == (6, 2)
    assert await second.store.messages("c1", limit=99) == (*said[:7], mine, said[7])
    (listed,) = await second.store.conversations(limit=9)
    assert (listed.title, listed.started_at, listed.messages) == ("words 0", said[0].created_at, 9)
    for one in (*said, mine):
        (hit,) = await second.store.search(f'"{one.content}"', limit=9)
        assert hit.message == one
    assert (await second.store.report()).faults == ()
    await second.store.in_one_go(
        lambda c: c.execute("INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)")
    )
    assert await first.take(await second.export()) == Joined(messages=1, present=8)
    assert await first.store.messages("c1", limit=99) == await second.store.messages("c1", limit=99)


async def test_the_same_id_with_other_words_is_told_and_those_here_stay(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    said, kept = message("here"), memory("here")
    await first.store.append(dataclasses.replace(said, content="there"))
    await first.store.add_memory(dataclasses.replace(kept, text="there"))
    await second.store.append(said)
    await second.store.add_memory(kept)
    assert await second.take(await first.export()) == Joined(present=2, differing=2)
    assert await second.store.messages("c1", limit=9) == (said,)
    assert await second.store.memories("me", limit=9) == (kept,)


async def test_of_one_subject_the_latest_holds(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    for house, early, late in ((first, "oslo", "rome"), (second, "bergen", "paris")):
        await house.store.add_memory(memory(f"my city is {early}", subject="city", created_at=1.0))
        await house.store.add_memory(memory(f"my color is {late}", subject="color", created_at=1.0))
    await second.store.add_memory(newest := memory("my city is bonn", subject="city", created_at=9.0), supersedes=[])
    await second.store.save_context(UserContext(version=1))
    joined = await second.take(await first.export())
    assert joined.memories == 2
    about = await second.store.memories_about("me", "city")
    assert about == (newest,)
    assert len(await second.store.memories_about("me", "color")) == 1


async def test_what_something_new_takes_the_place_of_holds_no_longer(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    old = memory("my name is ann")
    for house in (first, second):
        await house.store.add_memory(old)
        await house.store.save_context(UserContext(version=1, display_name="Ann"))
    await first.store.add_memory(memory("my name is anna", created_at=2e9), supersedes=[old.id])
    await second.take(await first.export())
    (held,) = await second.store.memories("me", limit=9)
    assert held.text == "my name is anna"
    context = await second.store.context("me")
    assert context is not None
    assert context.display_name.lower() == "anna", "what is known of the user follows"
    assert context.version == 2


async def test_a_note_changed_elsewhere_comes_beside_the_one_here(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    note = Note(id="n", text="milk", created_at=1.0, changed_at=1.0)
    await second.store.save(note)
    await first.store.save(note)
    before = await first.export()
    await first.store.save(dataclasses.replace(note, text="milk and bread", changed_at=2.0))
    for _ in range(2):
        await second.take(await first.export())
        assert {one.text for one in await second.store.records(Note, limit=9)} == {"milk", "milk and bread"}
    assert await first.take(before) == Joined(present=1), "what it was before is not missing"


AT_ONE: dict[str, Any] = {"id": "x", "created_at": 1.0, "changed_at": 1.0}
BEGUN: dict[str, tuple[Kept, dict[str, Any]]] = {
    "a timer cancelled": (Timer(duration_s=4.0, due_at=9.0, **AT_ONE), {"state": ScheduleState.CANCELLED}),
    "a timer named": (Timer(duration_s=4.0, due_at=9.0, **AT_ONE), {"label": "eggs"}),
    "a reminder put off": (Reminder(text="pears", due_at=9.0, **AT_ONE), {"due_at": 99.0}),
    "a thing ticked off": (ListEntry(list="shopping", text="pears", **AT_ONE), {"done": True}),
    "an event moved": (Event(title="pears", starts_at=3.0, ends_at=4.0, **AT_ONE), {"starts_at": 3.5}),
}
WORDED: dict[str, tuple[Kept, dict[str, Any]]] = {
    "a reminder": (Reminder(text="pears", due_at=9.0, **AT_ONE), {"text": "milk"}),
    "a thing on a list": (ListEntry(list="shopping", text="pears", **AT_ONE), {"text": "milk"}),
    "an event's place": (Event(title="pears", starts_at=3.0, ends_at=4.0, **AT_ONE), {"place": "oslo"}),
}


@pytest.mark.parametrize("case", BEGUN)
async def test_of_two_changes_the_later_one_holds_on_both_sides(homes: Callable[[str], Any], case: str) -> None:
    first, second = await homes("a"), await homes("b")
    begun, change = BEGUN[case]
    changed = dataclasses.replace(begun, changed_at=2.0, **change)
    await first.store.save(changed)
    await second.store.save(begun)
    before = await second.export()
    assert await second.take(await first.export()) == Joined(records=1)
    assert await second.take(await first.export()) == Joined(present=1)
    assert await first.take(before) == Joined(present=1), "what it was before changes nothing"
    for house in (first, second):
        assert await house.store.records(type(begun), limit=9) == (changed,)


@pytest.mark.parametrize("case", WORDED)
async def test_of_what_got_other_words_elsewhere_both_stay(homes: Callable[[str], Any], case: str) -> None:
    first, second = await homes("a"), await homes("b")
    begun, change = WORDED[case]
    changed = dataclasses.replace(begun, changed_at=2.0, **change)
    await first.store.save(changed)
    await second.store.save(begun)
    for _ in range(2):
        await second.take(await first.export())
        kept = await second.store.records(type(begun), limit=9)
        assert {dataclasses.replace(one, id="x") for one in kept} == {begun, changed}


async def test_of_a_timer_from_before_changes_were_dated_the_one_that_was_cancelled_holds(
    homes: Callable[[str], Any],
) -> None:
    first, second = await homes("a"), await homes("b")
    timer = Timer(id="t", duration_s=4.0, due_at=9.0, created_at=1.0)
    cancelled = dataclasses.replace(timer, state=ScheduleState.CANCELLED)
    await first.store.save(timer)
    await second.store.save(cancelled)
    for one, other in ((first, second), (second, first)):
        await one.take(await other.export())
        assert await one.store.records(Timer, limit=9) == (dataclasses.replace(cancelled, changed_at=0.0),)


async def test_what_answers_elsewhere_left_open_does_not_know_what_was_forgotten_here(
    homes: Callable[[str], Any],
) -> None:
    first, second = await homes("a"), await homes("b")
    kept = memory("my sister is called anna")
    for house in (first, second):
        await house.store.add_memory(kept)
    for user in ("me", "bert"):
        said = message(f"so {user}", f"of {user}", role=Role.ASSISTANT, user_id=user, dialogue=f'{{"anna": "{user}"}}')
        await first.store.append(said)
    await second.store.forget_memory(kept.id)
    assert (await second.take(await first.export())).messages == 2
    assert [one.dialogue for one in await second.store.messages("of me", limit=9)] == [""]
    assert [one.dialogue for one in await second.store.messages("of bert", limit=9)] == ['{"anna": "bert"}']


async def test_an_open_question_that_was_answered_elsewhere_waits_no_longer(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    asked = message("what time is it")
    for house in (first, second):
        await house.store.open_turn(asked)
    still_open = await first.export()
    await first.store.close_turn(asked.id, message("five", role=Role.ASSISTANT), Outcome.ANSWERED)
    await second.take(await first.export())
    assert await second.store.unfinished_turns() == ()
    third = await homes("c")
    await third.take(still_open)
    assert await third.store.unfinished_turns() == (), "a question to another machine is not asked again here"
    assert len(await third.store.messages("c1", limit=9)) == 1


ERASURES = {
    "conversation": Erasure(scope=Scope.CONVERSATION, of="c1"),
    "user": Erasure(scope=Scope.USER, of="bert"),
    "before": Erasure(scope=Scope.BEFORE, of=2_000_000.0),
}


@pytest.mark.parametrize("scope", ERASURES)
async def test_what_was_erased_stays_away_until_it_is_asked_for(homes: Callable[[str], Any], scope: str) -> None:
    house = await homes("a")
    await turn(house.store, "going", "c1", user_id="bert", created_at=1.0)
    await turn(house.store, "staying", "c2", user_id="anna", created_at=3e9)
    await house.store.save_context(UserContext(user_id="bert", version=1, last_seen=1.0))
    folder = await house.export()
    await house.care.erasing.erase(ERASURES[scope])
    before = await house.content()
    joined = await house.take(folder)
    assert await house.content() == before
    assert (joined.messages, joined.memories, joined.records) == (0, 0, 0)
    assert joined.erased >= 2
    assert (await house.take(folder, erased_too=True)).messages == 2
    assert [one.content for one in await house.store.messages("c1", limit=9)] == ["going", "so going"]


async def test_what_is_said_after_an_erasure_is_taken(homes: Callable[[str], Any]) -> None:
    house, other = await homes("a"), await homes("b")
    await turn(house.store, "going", user_id="bert")
    for erasure in list(ERASURES.values())[:2]:
        await house.care.erasing.erase(erasure)
    later = await turn(other.store, "later", user_id="bert", created_at=4e9)
    assert (await house.take(await other.export())).messages == 2
    assert later in await house.store.messages("c1", limit=9)


@pytest.mark.parametrize("held", [True, False])
async def test_what_was_forgotten_stays_forgotten_in_every_form(homes: Callable[[str], Any], held: bool) -> None:  # noqa: FBT001 - a parameter
    house = await homes("a")
    first = memory("my city is oslo", created_at=1.0)
    await house.store.add_memory(first)
    second = memory("my city is rome", created_at=2.0)
    await house.store.add_memory(second, supersedes=[first.id])
    third = memory("my city is bonn", created_at=3.0)
    await house.store.add_memory(third, supersedes=[second.id])
    folder = await house.export()
    gone = await house.store.forget_memory(third.id if held else second.id)
    left = await house.content()
    joined = await house.take(folder)
    assert (joined.memories, joined.erased) == (0, len(gone))
    assert await house.content() == left
    other = await homes("b")
    assert (await other.take(await house.export())).memories == 3 - len(gone)
    records = (
        Note(id="n", text="x", created_at=1.0, changed_at=1.0),
        Reminder(id="r", text="x", due_at=1.0, created_at=1.0),
        ListEntry(id="l", list="x", text="x", created_at=1.0, changed_at=1.0),
        Event(id="e", title="x", starts_at=1.0, ends_at=1.0, created_at=1.0, changed_at=1.0),
    )
    for record in records:
        await house.store.save(record)
    folder = await house.export()
    for record in records:
        await house.store.remove(type(record), record.id)
    assert (await house.take(folder)).records == 0


async def test_a_context_does_not_bring_what_was_forgotten(homes: Callable[[str], Any]) -> None:
    house = await homes("a")
    kept = memory("my name is anna")
    await house.store.add_memory(kept)
    await house.store.save_context(learnt(UserContext(version=1, topics={"anna": 2}), kept.text))
    folder = await house.export()
    await house.store.forget_memory(kept.id)
    await house.store.in_one_go(lambda connection: connection.execute("DELETE FROM user_context"))
    await house.take(folder)
    context = await house.store.context("me")
    assert context is not None
    assert (context.display_name, dict(context.topics)) == ("", {})


def _rewrite(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change a file as somebody who writes the form himself: the description fits again."""
    found = lines(folder / name)
    change(found)
    content = "".join(json.dumps(line) + "\n" for line in found).encode()
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "export.json").read_text())
    manifest["files"][name] = {"sha256": hashlib.sha256(content).hexdigest()}
    (folder / "export.json").write_text(json.dumps(manifest))


def _set(name: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    return lambda found: found[-1].__setitem__(name, value)


NO_IDS: tuple[object, ...] = (None, "", 5, "x" * 300, [], True)
HOSTILE: tuple[tuple[str, str, object], ...] = (
    *(("messages.jsonl", "id", value) for value in NO_IDS),
    *(("messages.jsonl", "role", value) for value in ("system", None, 1)),
    *(("messages.jsonl", "created_at", value) for value in ("now", None, True, float("nan"), float("inf"), 10**400)),
    *(("messages.jsonl", "tokens_input", value) for value in (-1, 2**63, 1.5, "1")),
    ("messages.jsonl", "content", {"a": 1}),
    ("messages.jsonl", "model", "x" * 300),
    ("memories.jsonl", "reach", "everywhere"),
    ("memories.jsonl", "superseded_by", 5),
    ("turns.jsonl", "outcome", "lost"),
    ("user_contexts.jsonl", "body", "{"),
    ("user_contexts.jsonl", "body", "[" * 100_000),
    ("user_contexts.jsonl", "body", '{"user_id": "somebody else"}'),
    ("user_contexts.jsonl", "body", '{"user_id": "me", "friendship_level": 1000}'),
    ("reminders.jsonl", "state", "overdue"),
    ("notes.jsonl", "changed_at", None),
    ("reminders.jsonl", "kind", "siren"),
    ("reminders.jsonl", "recurrence", "x" * 300),
    ("timers.jsonl", "left_s", "long"),
    ("lists.jsonl", "list", ""),
    ("lists.jsonl", "done", 2),
    ("lists.jsonl", "done", "yes"),
    ("lists.jsonl", "done", None),
    ("events.jsonl", "ends_at", 0.0),
    ("events.jsonl", "all_day", [1]),
    ("messages.jsonl", "dialogue", {}),
)


async def _refused(house: House, folder: Path) -> StoreTrouble:
    before = await house.content()
    with pytest.raises(StoreTrouble) as told:
        await house.take(folder)
    assert await house.content() == before
    assert str(folder) not in told.value.sentence
    return told.value


async def test_what_can_not_be_meant_is_one_calm_sentence_and_changes_nothing(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    await fill(first.store)
    for name, field, value in HOSTILE:
        folder = await first.export()
        _rewrite(folder, name, _set(field, value))
        trouble = await _refused(second, folder)
        assert isinstance(trouble, ExportDamaged), (name, field, value)
        assert name in trouble.sentence


def _cut(folder: Path) -> None:
    file = folder / "messages.jsonl"
    file.write_bytes(file.read_bytes()[:-30])


def _flip(folder: Path) -> None:
    file = folder / "memories.jsonl"
    file.write_bytes(file.read_bytes().replace(b"oslo", b"rome"))


def _manifest(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "export.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | changes))

    return change


def _pipe(folder: Path) -> None:
    (folder / "messages.jsonl").unlink()
    os.mkfifo(folder / "messages.jsonl")


DAMAGES: dict[str, tuple[Callable[[Path], object], type[StoreTrouble]]] = {
    "cut": (_cut, ExportDamaged),
    "altered": (_flip, ExportDamaged),
    "a file is missing": (lambda folder: (folder / "turns.jsonl").unlink(), ExportDamaged),
    "a pipe": (_pipe, ExportDamaged),
    "no description": (lambda folder: (folder / "export.json").unlink(), NotAnExport),
    "another format": (_manifest(format="chat"), NotAnExport),
    "no version": (_manifest(version=None), NotAnExport),
    "a later version": (_manifest(version=2), ExportTooNew),
    "no files": (_manifest(files=None), ExportDamaged),
    "files that are none": (_manifest(files={"messages.jsonl": 5}), ExportDamaged),
    "a length that is a list": (_manifest(files={"messages.jsonl": {"bytes": []}}), ExportDamaged),
    "a sum that is a table": (_manifest(files={"messages.jsonl": {"sha256": {}}}), ExportDamaged),
    "no JSON": (lambda folder: (folder / "export.json").write_text("{"), ExportDamaged),
    "a deep one": (lambda folder: (folder / "export.json").write_text("[" * 100_000), ExportDamaged),
    "a number of 5000 digits": (
        lambda folder: (folder / "export.json").write_text('{"version": ' + "9" * 5000 + "}"),
        ExportDamaged,
    ),
    "no text": (lambda folder: (folder / "messages.jsonl").write_bytes(os.urandom(9000)), ExportDamaged),
    "nothing": (lambda folder: (folder / "messages.jsonl").write_bytes(b""), ExportDamaged),
}


async def test_a_damaged_export_is_one_calm_sentence_and_changes_nothing(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    await fill(first.store)
    for what, (damage, kind) in DAMAGES.items():
        folder = await first.export()
        damage(folder)
        assert type(await _refused(second, folder)) is kind, what
    folder = await first.export()
    assert type(await _refused(second, folder / "README.md")) is NotAnExport
    assert type(await _refused(second, folder / "nowhere")) is NotAnExport


async def test_the_form_may_be_written_by_others(homes: Callable[[str], Any]) -> None:
    house = await homes("a")
    folder = await house.export()
    for file in folder.iterdir():
        if file.name.endswith(".jsonl"):
            file.unlink()
    said = {"id": "1", "conversation_id": "c", "user_id": "me", "role": "user", "content": "hi", "created_at": 5}
    (folder / "messages.jsonl").write_text(json.dumps(said | {"more": [1]}) + "\n")
    manifest = {"format": "sottovoce-export", "version": 1, "files": {"messages.jsonl": {}, "../../x.jsonl": {}}}
    (folder / "export.json").write_text(json.dumps(manifest))
    assert await house.take(folder) == Joined(messages=1)


async def test_others_write_meanwhile(homes: Callable[[str], Any]) -> None:
    first, second = await homes("a"), await homes("b")
    await asyncio.gather(*(first.store.append(message(f"w{number}", f"c{number}")) for number in range(1200)))
    folder = await first.export()
    taking = asyncio.ensure_future(second.take(folder))
    mine = 0
    while not taking.done():
        await second.store.append(message("meanwhile", "mine"))
        mine += 1
    assert (await taking).messages == 1200
    assert mine > 3
    assert len(await second.store.messages("mine", limit=9999)) == mine


def test_every_file_of_an_export_is_taken_or_told_of_in_the_description() -> None:
    text = (Path(__file__).parents[2] / "docs" / "export-format.md").read_text("utf-8")
    for table in TABLES:
        described = text.partition(f"### {table.file}.jsonl")[2].partition("\n### ")[0]
        for field in table.fields:
            assert f"`{field.name}`" in described, (table.file, field.name)


DAY = 86_400.0


async def _believe(house: House, *moments: float, then: Sequence[Message] = ()) -> None:
    """Looks at the clock; after the last but one `then` is said."""
    for moment in moments[:-1]:
        await house.store.clock(moment)
    for one in then:
        await house.store.append(one)
    await house.store.clock(moments[-1])


async def _kept_after(house: House, now: float, days: int) -> set[str]:
    await house.store.clock(now, lambda ledger: ledger.accepted(now))
    await house.care.erasing.retain(now, days)
    found = [one for name in ("c1", "c2") for one in await house.store.messages(name, limit=99)]
    return {one.content for one in found}


@pytest.mark.parametrize("since", [-100, 5], ids=["found wrong before", "found wrong after it was erased"])
async def test_what_was_erased_stays_away_whatever_date_it_has(homes: Callable[[str], Any], since: int) -> None:
    first, second = await homes("first"), await homes("second")
    now = time.time() + since * DAY
    said = message("by a wrong clock", "c1", created_at=now + 3650 * DAY)
    await _believe(first, now, now + 3650 * DAY, now + 1, then=[said])
    folder = await first.export()
    await second.care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="c1"))
    assert (await second.take(folder)).erased == 1


async def test_what_a_clock_ahead_had_dated_is_erased_with_its_user(homes: Callable[[str], Any]) -> None:
    house = await homes("a")
    ahead = time.time() + 3650 * DAY
    await house.store.append(message("now", "c1"))
    await house.store.add_memory(memory("my city is oslo", created_at=ahead))
    await house.store.save(Note(id="n", text="x", created_at=ahead, changed_at=ahead))
    await house.store.save(Reminder(id="r", text="x", due_at=ahead, created_at=ahead))
    await house.store.save(ListEntry(id="l", list="x", text="x", created_at=ahead, changed_at=ahead))
    await house.store.save(Event(id="e", title="x", starts_at=ahead, ends_at=ahead, created_at=ahead, changed_at=ahead))
    folder = await house.export()
    await house.care.erasing.erase(Erasure(scope=Scope.USER, of="me"))
    joined = await house.take(folder)
    assert (joined.memories, joined.records) == (0, 0)

"""What every `Store` must do, the real one and its fake. A subclass gives the fixture `store`."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, MessageState, Role
from sottovoce.domain.errors import StoreTrouble
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.memories import Memory, MemoryKind
from sottovoce.domain.records import (
    ApiKey,
    ApiKeyUse,
    AuditEvent,
    CacheEntry,
    Egress,
    Event,
    Kept,
    ListEntry,
    Note,
    Reminder,
    Timer,
)
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.turns import Outcome

if TYPE_CHECKING:
    from sottovoce.memory.store import Store

_number = itertools.count(1)


def message(content: str, conversation: str = "c1", **fields: object) -> Message:
    """A message with an id of its own."""
    number = next(_number)
    plain: dict[str, object] = {
        "id": f"{number:032x}",
        "conversation_id": conversation,
        "role": Role.USER,
        "content": content,
        "created_at": 1_000_000.0 + number,
    }
    return Message(**(plain | fields))  # type: ignore[arg-type] # the fields of Message, by name


def memory(text: str, user: str = "me", **fields: object) -> Memory:
    """A memory with an id of its own."""
    number = next(_number)
    plain: dict[str, object] = {
        "id": f"{number:032x}",
        "user_id": user,
        "kind": MemoryKind.FACT,
        "text": text,
        "created_at": 1_000_000.0 + number,
    }
    return Memory(**(plain | fields))  # type: ignore[arg-type] # the fields of Memory, by name


class StoreContract:
    """One suite for all."""

    async def test_a_message_comes_back_whole(self, store: Store) -> None:
        whole = message(
            "what time is it",
            role=Role.ASSISTANT,
            state=MessageState.PARTIAL,
            tokens_input=3,
            tokens_output=5,
            user_id="ada",
            source="skill",
            intent="time",
            latency_ms=12.5,
            model="small-model",
        )
        await store.append(whole)
        assert await store.messages("c1", limit=5) == (whole,)
        assert await store.message(whole.id) == whole
        assert await store.message("none") is None

    async def test_the_newest_messages_come_oldest_first(self, store: Store) -> None:
        said = [message(f"number {n}") for n in range(5)]
        for one in said:
            await store.append(one)
        assert await store.messages("c1", limit=3) == tuple(said[2:])

    async def test_order_is_that_of_arrival_even_if_the_clock_went_back(self, store: Store) -> None:
        first, second = message("first", created_at=2000.0), message("second", created_at=1000.0)
        await store.append(first)
        await store.append(second)
        assert await store.messages("c1", limit=9) == (first, second)

    async def test_a_message_is_told_its_place_and_whether_its_conversation_begins_with_it(self, store: Store) -> None:
        first, second, question, answer = (message(text) for text in ("first", "second", "question", "answer"))
        other = message("other", "c2")
        told = [await store.append(first), await store.append(second), await store.append(other)]
        told.append(await store.open_turn(question))
        told.append(await store.close_turn(question.id, answer, Outcome.ANSWERED) or told[0])
        assert [arrival.first for arrival in told] == [True, False, True, False, False]
        numbers = [arrival.number for arrival in told]
        assert numbers == sorted(set(numbers))
        assert await store.append(first) == (numbers[0], False)
        assert [m.number for m in await store.messages("c1", limit=9)] == [numbers[at] for at in (0, 1, 3, 4)]

    async def test_an_unknown_conversation_is_empty(self, store: Store) -> None:
        assert await store.messages("nobody", limit=5) == ()

    async def test_the_same_id_again_changes_nothing(self, store: Store) -> None:
        once = message("said once")
        await store.append(once)
        await store.append(once)
        await store.append(message("other words", id=once.id))
        assert await store.messages("c1", limit=5) == (once,)
        (conversation,) = await store.conversations(limit=5)
        assert conversation.messages == 1

    async def test_a_question_waits_until_its_answer_is_stored(self, store: Store) -> None:
        first, second = message("first"), message("second", "c2")
        await store.open_turn(first)
        await store.open_turn(second)
        await store.append(message("no turn"))
        assert await store.unfinished_turns() == (second, first)
        answer = message("the answer", role=Role.ASSISTANT)
        assert await store.close_turn(first.id, answer, Outcome.ANSWERED)
        assert await store.unfinished_turns() == (second,)
        assert (await store.messages("c1", limit=9))[-1] == answer
        assert await store.close_turn(second.id, None, Outcome.CANCELLED)
        assert await store.unfinished_turns() == ()
        assert await store.messages("c2", limit=9) == (second,)

    async def test_a_turn_is_closed_once(self, store: Store) -> None:
        question = message("asked once")
        await store.open_turn(question)
        first, second = (message(text, role=Role.ASSISTANT) for text in ("first answer", "second answer"))
        assert await store.close_turn(question.id, first, Outcome.ANSWERED)
        assert not await store.close_turn(question.id, second, Outcome.ANSWERED)
        assert not await store.close_turn("nobody", message("no question"), Outcome.ANSWERED)
        assert await store.messages("c1", limit=9) == (question, first)
        await store.open_turn(question)
        assert await store.unfinished_turns() == ()
        assert len(await store.messages("c1", limit=9)) == 2

    async def test_of_many_answers_at_once_one_is_stored(self, store: Store) -> None:
        question = message("asked once")
        await store.open_turn(question)
        answers = [message(f"answer {n}", role=Role.ASSISTANT) for n in range(20)]
        closed = await asyncio.gather(*(store.close_turn(question.id, one, Outcome.ANSWERED) for one in answers))
        (kept,) = [answer for answer, stands in zip(answers, closed, strict=True) if stands]
        assert await store.messages("c1", limit=99) == (question, kept)

    async def test_opening_a_turn_twice_changes_nothing(self, store: Store) -> None:
        question = message("asked once")
        await store.open_turn(question)
        await store.open_turn(question)
        assert await store.unfinished_turns() == (question,)
        assert (await store.conversations(limit=1))[0].messages == 1

    @pytest.mark.parametrize(
        "record",
        [
            Reminder(id="1", user_id="ada", text="call \ud800 mum", due_at=5.5, created_at=1.0, source_message="m"),
            Timer(id="1", label="eggs", duration_s=360.0, due_at=361.0, created_at=1.0, state=ScheduleState.RUNG),
            Reminder(
                id="1",
                text="up",
                due_at=5.5,
                created_at=1.0,
                kind=ReminderKind.ALARM,
                recurrence="FREQ=DAILY",
                wall="2026-11-30T07:00:00",
                changed_at=2.0,
            ),
            Timer(
                id="1",
                duration_s=360.0,
                due_at=361.0,
                created_at=1.0,
                state=ScheduleState.PAUSED,
                left_s=0.0,
                boot="b",
                boot_due_s=7.5,
                changed_at=2.0,
            ),
            Note(id="1", text="naïve ☕ 東京", created_at=1.0, changed_at=2.0),
            ListEntry(id="1", list="shopping", text="Milch ☕", done=True, created_at=1.0, changed_at=2.0),
            ListEntry(id="1", list="camping", text="", created_at=1.0, changed_at=2.0, source_message="m"),
            Event(
                id="1",
                title="dentist",
                place="Oslo",
                starts_at=1.0,
                ends_at=2.0,
                all_day=True,
                zone="Europe/Oslo",
                recurrence="FREQ=WEEKLY;BYDAY=MO",
                created_at=1.0,
                changed_at=2.0,
            ),
            CacheEntry(key="1", kind="weather", value="{}", created_at=1.0, expires_at=2.0, bytes=100),
            CacheEntry(
                key="1",
                kind="model",
                value="v",
                created_at=1.0,
                expires_at=2.0,
                bytes=1,
                depends_on=("memory:a", 'word:"naïve" ☕'),
            ),
            ApiKey(prefix="1", name="script", sha256="ab" * 32, created_at=1.0, revoked_at=2.0),
            ApiKey(prefix="1", name="x", sha256="", created_at=1.0, scopes=("lists:read", "speech"), expires_at=9.0),
        ],
    )
    async def test_a_record_is_kept_changed_and_removed(self, store: Store, record: Kept | CacheEntry | ApiKey) -> None:
        kind = type(record)
        assert await store.record(kind, "1") is None
        await store.save(record)
        clean = record
        if isinstance(record, Reminder):
            clean = dataclasses.replace(record, text=record.text.replace("\ud800", "\ufffd"))
        assert await store.record(kind, "1") == clean
        assert await store.records(kind, limit=5) == (clean,)
        changed = dataclasses.replace(clean, created_at=3.0)
        await store.save(changed)
        assert await store.records(kind, limit=5) == (changed,)
        assert await store.replace(clean)
        assert await store.records(kind, limit=5) == (clean,)
        assert await store.remove(kind, "1")
        assert not await store.replace(changed), "what is gone does not come back"
        assert not await store.remove(kind, "1")
        assert await store.records(kind, limit=5) == ()

    async def test_the_use_of_a_key_is_kept_by_day_the_last_first(self, store: Store) -> None:
        def use(day: str, requests: int = 1) -> ApiKeyUse:
            return ApiKeyUse(id=f"sv_1 {day}", prefix="sv_1", day=day, requests=requests, tokens=2, last_at=3.0)

        for one in (use("2026-01-31"), use("2026-02-01"), use("2025-12-31")):
            await store.save(one)
        await store.save(use("2026-01-31", requests=5))
        assert await store.records(ApiKeyUse, limit=2) == (use("2026-02-01"), use("2026-01-31", requests=5))
        assert await store.remove(ApiKeyUse, "sv_1 2025-12-31")
        assert len(await store.records(ApiKeyUse, limit=9)) == 2

    async def test_conversations_are_read_page_by_page(self, store: Store) -> None:
        for number in range(5):
            said = message(str(number), conversation=f"c{number}", created_at=float(number // 2))
            await store.append(said)
        whole = [one.id for one in await store.conversations(limit=9)]
        assert len(whole) == 5
        read: list[str] = []
        while page := await store.conversations(limit=2, older_than=read[-1] if read else None):
            read += [one.id for one in page]
        assert read == whole
        assert await store.conversations(limit=9, older_than="nobody's") == ()

    async def test_waiting_reminders_come_first_the_soonest_first(self, store: Store) -> None:
        def reminder(name: str, due_at: float, state: ScheduleState, user_id: str = "me") -> Reminder:
            return Reminder(id=name, user_id=user_id, text=name, due_at=due_at, created_at=0.0, state=state)

        for one in (
            reminder("late", 9.0, ScheduleState.WAITING),
            reminder("rung", 1.0, ScheduleState.RUNG),
            reminder("soon", 5.0, ScheduleState.WAITING),
            reminder("other", 2.0, ScheduleState.WAITING, "ada"),
        ):
            await store.save(one)
        assert [r.id for r in await store.records(Reminder, limit=9, user_id="me")] == ["soon", "late", "rung"]
        assert [r.id for r in await store.records(Reminder, limit=2)] == ["other", "soon"]

    async def test_notes_come_the_last_changed_first(self, store: Store) -> None:
        for name, changed_at in (("a", 1.0), ("b", 3.0), ("c", 2.0)):
            await store.save(Note(id=name, text=name, created_at=0.0, changed_at=changed_at))
        assert [note.id for note in await store.records(Note, limit=9)] == ["b", "c", "a"]

    async def test_things_on_lists_come_by_list_in_their_order_and_events_by_their_beginning(
        self, store: Store
    ) -> None:
        for name, which, at in (("a", "todo", 1.0), ("b", "shopping", 3.0), ("c", "shopping", 2.0)):
            await store.save(ListEntry(id=name, list=which, text=name, created_at=at, changed_at=9.0 - at))
            await store.save(Event(id=name, title=name, starts_at=at, ends_at=9.0, created_at=0.0, changed_at=0.0))
        assert [one.id for one in await store.records(ListEntry, limit=9)] == ["c", "b", "a"]
        assert [one.id for one in await store.records(Event, limit=2)] == ["a", "c"]

    async def test_what_an_answer_leaves_open_ends_with_the_next_and_with_what_is_forgotten(self, store: Store) -> None:
        def answer(conversation: str, left: str, user: str = "me") -> Message:
            return message("so", conversation, role=Role.ASSISTANT, dialogue=left, user_id=user)

        async def left(conversation: str) -> list[str]:
            return [one.dialogue for one in await store.messages(conversation, limit=9)]

        kept = memory("my sister is called anna")
        await store.add_memory(kept)
        for one in (answer("c1", "anna"), answer("c2", "anna"), answer("c2", "bert", "bert")):
            await store.append(one)
        await store.append(message("and now"))
        await store.append(answer("c1", ""))
        assert (await left("c1"), await left("c2")) == (["anna", "", ""], ["anna", "bert"])
        await store.append(answer("c1", "her"))
        assert await left("c1") == ["", "", "", "her"]
        await store.forget_memory(kept.id)
        assert (await left("c1"), await left("c2")) == ([""] * 4, ["", "bert"])
        assert await store.forget_memory(kept.id) == ()

    async def test_the_cache_loses_what_expired_and_then_the_oldest(self, store: Store) -> None:
        for number in range(6):
            await store.save(
                CacheEntry(
                    key=str(number),
                    kind="weather",
                    value="v",
                    created_at=float(number),
                    expires_at=10.0 if number == 4 else 100.0,
                    bytes=10,
                )
            )
        assert await store.trim_cache(10.0, 30) == 3
        assert [entry.key for entry in await store.records(CacheEntry, limit=9)] == ["5", "3", "2"]
        assert await store.trim_cache(10.0, 30) == 0

    async def test_the_audit_log_and_egress_come_newest_first(self, store: Store) -> None:
        await store.audit(AuditEvent.EXPORTED, {"messages": 5, "to": "folder", "all": True, "user": None})
        await store.audit(AuditEvent.ERASED)
        newest, before = await store.audit_log(2)
        assert (newest.event, newest.detail, newest.number) == ("erased", {}, before.number + 1)
        assert before.detail == {"messages": 5, "to": "folder", "all": True, "user": None}
        assert len(await store.audit_log(1)) == 1
        assert await store.last_audit(AuditEvent.EXPORTED) == before
        assert await store.last_audit(AuditEvent.KEY_ROTATED) is None
        sent = [
            Egress(at=float(n), endpoint="https://example.org", purpose="model", bytes_out=n, bytes_in=9)
            for n in range(3)
        ]
        for one in sent:
            await store.record_egress(one)
        assert await store.egress(2) == (sent[2], sent[1])
        assert (await store.report()).audit is None

    async def test_any_text_is_kept(self, store: Store) -> None:
        texts = ["", "a\0b", "naïve ☕ 東京 🎙", "'; DROP TABLE message; --", "x" * 100_000, "line\nline"]
        for text in texts:
            await store.append(message(text))
        assert [m.content for m in await store.messages("c1", limit=99)] == texts

    async def test_half_a_surrogate_pair_becomes_a_mark(self, store: Store) -> None:
        await store.append(message("broken \ud83c paste"))
        assert [m.content for m in await store.messages("c1", limit=1)] == ["broken \ufffd paste"]

    async def test_a_hundred_at_once_are_a_hundred(self, store: Store) -> None:
        said = [message(f"number {n}") for n in range(100)]
        await asyncio.gather(*(store.append(one) for one in said))
        assert set(await store.messages("c1", limit=1000)) == set(said)
        assert (await store.report()).messages == 100

    async def test_a_cancelled_append_is_whole_or_absent(self, store: Store) -> None:
        one = message("cancelled")
        task = asyncio.ensure_future(store.append(one))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await store.append(message("after"))
        found = await store.messages("c1", limit=5)
        assert found[-1].content == "after"
        assert found[:-1] in {(), (one,)}
        await store.append(one)
        assert len(await store.messages("c1", limit=5)) == 2

    async def test_conversations_come_the_last_spoken_in_first(self, store: Store) -> None:
        await store.append(message("hello   there", "a", created_at=1.0))
        await store.append(message("bonjour", "b", created_at=2.0, user_id="ada"))
        await store.append(message("again", "a", created_at=3.0, role=Role.ASSISTANT))
        first, second = await store.conversations(limit=5)
        assert (first.id, first.title, first.started_at, first.last_at, first.messages) == ("a", "hello there", 1, 3, 2)
        assert (second.id, second.user_id, second.messages) == ("b", "ada", 1)
        assert await store.conversations(limit=1) == (first,)
        assert await store.conversations(limit=5, user_id="ada") == (second,)

    async def test_the_title_is_the_first_words_the_user_said(self, store: Store) -> None:
        await store.append(message("welcome", role=Role.ASSISTANT))
        assert (await store.conversations(limit=1))[0].title == ""
        await store.append(message("word " * 30))
        await store.append(message("later words"))
        title = (await store.conversations(limit=1))[0].title
        assert title.startswith("word word")
        assert len(title) <= 60

    async def test_the_history_comes_in_pages_and_every_page_leads_to_its_neighbours(self, store: Store) -> None:
        for number in range(12):
            await store.append(message(f"{number}", f"c{number % 3}", created_at=float(number)))
        whole = [f"{number}" for number in (11, 8, 5, 2, 10, 7, 4, 1, 9, 6, 3, 0)]
        first = await store.page(limit=5)
        assert [one.content for one in first] == whole[:5]
        second = await store.page(limit=5, older_than=first[-1].id)
        assert [one.content for one in second] == whole[5:10]
        last = await store.page(limit=5, older_than=second[-1].id)
        assert [one.content for one in last] == whole[10:]
        assert await store.page(limit=5, older_than=last[-1].id) == ()
        assert await store.page(limit=5, newer_than=last[0].id) == second
        assert await store.page(limit=2, newer_than=last[0].id) == second[-2:]
        assert await store.page(limit=50, newer_than=second[0].id) == first
        assert await store.page(limit=5, newer_than=first[0].id) == ()
        assert await store.page(limit=5, older_than="gone") == ()
        assert await store.page(limit=0) == ()

    async def test_the_pages_of_one_conversation_hold_nothing_else(self, store: Store) -> None:
        for number in range(9):
            await store.append(message(f"{number}", f"c{number % 2}", created_at=float(number)))
        newest = await store.page(limit=2, conversation="c0")
        assert [one.content for one in newest] == ["8", "6"]
        older = await store.page(limit=9, conversation="c0", older_than=newest[-1].id)
        assert [one.content for one in older] == ["4", "2", "0"]
        assert await store.page(limit=9, conversation="c0", newer_than=older[0].id) == newest
        assert await store.page(limit=9, conversation="c1", older_than=newest[-1].id) == ()
        assert await store.page(limit=9, conversation="none") == ()

    async def test_what_a_search_marks_is_the_match_and_nothing_else(self, store: Store) -> None:
        await store.append(message("items[0] is <b>blue</b> and \ufdd0blue\ufdd1"))
        await store.append(message("the items[0] of the blue train"))
        hit, signs = await store.search("blue", limit=9)
        assert [hit.text[first:end] for first, end in hit.marks] == ["blue"]
        assert hit.text == "the items[0] of the blue train"
        assert hit.snippet == "the items[0] of the [blue] train"
        assert signs.marks == ()
        assert "blue" in signs.text

    async def test_a_search_goes_on_behind_a_message(self, store: Store) -> None:
        for number in range(5):
            await store.append(message(content=f"milk {number} milkshake"))
        await store.append(message(content="a milkman"))
        for text, there in (("milk", 5), ("milksh", 5), ("mil", 6)):
            whole = [hit.message.id for hit in await store.search(text, limit=there)]
            assert len(whole) == there
            first = [hit.message.id for hit in await store.search(text, limit=2)]
            second = await store.search(text, limit=2, older_than=first[-1])
            assert [*first, *(hit.message.id for hit in second)] == whole[:4]
            assert await store.search(text, limit=2, older_than=whole[-1]) == ()
        assert await store.search("milk", limit=2, older_than="nothing") == ()

    async def test_search_finds_all_words_newest_first(self, store: Store) -> None:
        for text in ("the blue train", "the green train", "a train that is blue", "nothing"):
            await store.append(message(text))
        found = await store.search("blue train", limit=9)
        assert [hit.message.content for hit in found] == ["a train that is blue", "the blue train"]
        assert found[1].snippet == "the [blue] [train]"
        assert [hit.message.content for hit in await store.search("TRAIN", limit=1)] == ["a train that is blue"]

    @pytest.mark.parametrize(
        ("said", "looked_for"),
        [
            ("the o\ufb03ce is closed", "office"),
            ("the office is closed", "o\ufb03ce"),
            ("\uff26\uff29\uff2c\uff25 number \uff11\uff12", "file 12"),
            ("file number 12", "\uff26\uff49\uff4c\uff45 \uff11\uff12"),
            ("Zu\u00adsam\u00admen geht es", "zusammen"),
            ("zusammen geht es", "zu\u00adsammen"),
            ("the pass\u200bword", "password"),
            ("园丁给花坛浇水", "花坛"),
            ("园丁给花坛浇水", "花坛浇"),
            ("庭師は花壇に水をやります", "水をやり"),
            ("\uff76\uff9e\uff97\uff7dの花瓶", "ガラス"),
            ("정원사는 물을 준다", "원사"),
            ("WiFi密码是abc", "密码"),
            ("cre\u0300me", "crème"),
        ],
    )
    async def test_words_are_found_whatever_form_they_have(self, store: Store, said: str, looked_for: str) -> None:
        await store.append(message("something else 花 の 물 12"))
        await store.append(message(said))
        await store.add_memory(memory(said, id="m"))
        numbers = await store.save_document(
            Document(id="d", path="a", bytes=1, modified_ns=1, sha256="", indexed_at=1.0), (NewPassage("", said),)
        )
        for hits in (await store.search(looked_for, limit=9), await store.search_best(looked_for, limit=9)):
            assert [hit.message.content for hit in hits] == [said]
            assert hits[0].text == said
        assert [found for found, _ in await store.match_memories("me", looked_for, limit=9)] == ["m"]
        assert [number for number, _ in await store.match_passages(looked_for, limit=9)] == list(numbers)
        await store.remove_documents(["d"])
        await store.forget_memory("m")
        assert await store.match_memories("me", looked_for, limit=9) == ()
        assert await store.match_passages(looked_for, limit=9) == ()

    async def test_a_question_in_a_script_without_gaps_finds_what_it_shares_a_part_with(self, store: Store) -> None:
        await store.add_memory(memory("我的花坛在阳台上", id="m"))
        await store.add_memory(memory("我喜欢茶", id="n"))
        found = [identifier for identifier, _ in await store.match_memories("me", "花坛在哪里", limit=9)]
        assert found[0] == "m"

    async def test_the_last_word_may_be_half_typed(self, store: Store) -> None:
        await store.append(message("the blue train"))
        assert await store.search("blue tra", limit=9)
        assert not await store.search("blu train", limit=9)

    async def test_whole_words_are_enough_where_there_are_enough(self, store: Store) -> None:
        for text in ("a train", "trains", "the train"):
            await store.append(message(text))
        assert [hit.message.content for hit in await store.search("train", limit=2)] == ["the train", "a train"]
        assert [hit.message.content for hit in await store.search("train", limit=3)] == [
            "the train",
            "trains",
            "a train",
        ]
        assert await store.search("train", limit=0) == ()

    async def test_the_best_match_comes_first(self, store: Store) -> None:
        best = message("tea tea tea")
        for one in (best, message("we had tea with all the others in the old garden house"), message("coffee")):
            await store.append(one)
        found = await store.search_best("tea", limit=2)
        assert found[0].message == best
        assert len(found) == 2
        assert found[0].snippet == "[tea] [tea] [tea]"
        assert await store.search_best("tea", limit=1) == found[:1]
        assert [hit.message.content for hit in await store.search_best("coff", limit=5)] == ["coffee"]

    async def test_the_best_matches_of_one_user_are_not_crowded_out(self, store: Store) -> None:
        mine = message("we had tea with all the others in the old garden house")
        await store.append(mine)
        for _ in range(5):
            await store.append(dataclasses.replace(message("tea"), user_id="anna"))
            await store.append(message("tea for you", role=Role.ASSISTANT))
        found = await store.search_best("tea", limit=2, user_id=mine.user_id, role=Role.USER)
        assert [hit.message for hit in found] == [mine]
        anna = await store.search_best("tea", limit=9, user_id="anna")
        assert [hit.message.user_id for hit in anna] == ["anna"] * 5
        assert await store.search_best("tea", limit=9, user_id="nobody") == ()

    async def test_diacritics_and_case_do_not_matter(self, store: Store) -> None:
        await store.append(message("Café Ünter den Linden"))
        assert await store.search("cafe unter", limit=9)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            '"',
            '""',
            "*",
            "AND",
            "OR NOT",
            "a AND",
            "NEAR(a b)",
            "content:x",
            "-x",
            "^x",
            "(",
            "x)",
            "{x}",
            "a\0b",
            "\ud800",
            "🎙",
            "!!!",
            "x" * 10_000,
            "a " * 5_000,
            "'; DROP TABLE message; --",
        ],
    )
    async def test_any_text_is_a_valid_search(self, store: Store, text: str) -> None:
        await store.append(message("hello world"))
        await store.search(text, limit=5)
        await store.search_best(text, limit=5)
        await store.match_memories("me", text, limit=5)
        await store.match_passages(text, limit=5)
        assert len(await store.search("hello", limit=5)) == 1

    async def test_operators_are_words(self, store: Store) -> None:
        await store.append(message("cats and dogs"))
        assert await store.search("cats AND dogs", limit=5)
        assert not await store.search("cats OR birds", limit=5)

    async def test_contexts_are_versions(self, store: Store) -> None:
        assert await store.context("me") is None
        first = UserContext(version=1, preferences=MappingProxyType({"food": "pizza"}), last_seen=2.5)
        second = first.copy_with(version=2, language="de")
        await store.save_context(first)
        await store.save_context(first)
        await store.save_context(second)
        await store.save_context(UserContext(user_id="ada", version=7))
        assert await store.context("me") == second

    async def test_a_version_that_is_taken_becomes_the_next_one(self, store: Store) -> None:
        await store.save_context(UserContext(version=4, language="de"))
        await store.save_context(UserContext(version=4, language="fr"))
        assert await store.context("me") == UserContext(version=5, language="fr")
        await store.save_context(UserContext(version=1, language="it"))
        assert await store.context("me") == UserContext(version=6, language="it")

    async def test_the_report_counts(self, store: Store) -> None:
        await store.append(message("one", "a"))
        await store.append(message("two", "b"))
        await store.add_memory(memory("three"))
        report = await store.report()
        assert (report.messages, report.conversations, report.memories, report.faults) == (2, 2, 1, ())
        assert (await store.report(check=False)).messages == 2

    async def test_closing_twice_is_fine_and_later_calls_are_told(self, store: Store) -> None:
        await store.append(message("kept"))
        await store.close()
        await store.close()
        with pytest.raises(StoreTrouble):
            await store.append(message("late"))
        with pytest.raises(StoreTrouble):
            await store.messages("c1", limit=1)

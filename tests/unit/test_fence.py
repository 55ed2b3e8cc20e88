"""Erased while something of the user runs: wherever that is just then, nothing of what was said before comes back."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import StoreFull, ThingNotFound
from sottovoce.domain.values import Period
from sottovoce.home import Home
from sottovoce.memory import ConversationMemory, MemorySystem, ResponseCache
from sottovoce.memory.autosave import AutoSave
from sottovoce.memory.cache_values import Made
from sottovoce.memory.calendar import Calendar
from sottovoce.memory.fence import Fence, FencedRecords
from sottovoce.memory.learning import Learning
from sottovoce.memory.lists import Lists
from sottovoce.memory.notes import Notes
from sottovoce.memory.schedule import Schedule
from sottovoce.memory.system import memory_dependency
from sottovoce.talk.answering import Answering
from tests.fakes_embedder import FakeEmbedder
from tests.fakes_schedule import FakeClocks, user_zone
from tests.fakes_store import FakeStore
from tests.unit.parts import NOW, RECOGNIZERS, Clock
from tests.unit.test_finishing import SlowStore, _late

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Arrival, Message

HOUR = timedelta(hours=1)
SECRET = "Zebulon"  # noqa: S105 - a name that is to be forgotten


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


class Facts:
    async def facts(self, text: str, *, tag: str) -> tuple[str, ...]:
        for _ in range(9):
            await asyncio.sleep(0)
        return (text,)


class Place:
    """What a home holds, on a store whose writes come back late and in order."""

    def __init__(self) -> None:
        from sottovoce.agent.agent import Agent  # noqa: PLC0415 - one place that needs it
        from sottovoce.agent.skills import all_skills  # noqa: PLC0415 - as above

        self.store = SlowStore()
        self.clock = Clock()
        self.cache = ResponseCache(store=self.store, clock=self.clock)
        self.cache.start()
        self.memory = MemorySystem(self.store, embedder=FakeEmbedder(), cache=self.cache, clock=self.clock)
        self.conversations = ConversationMemory(self.store, fence=self.memory.fence, clock=self.clock)
        self.learning = Learning(self.memory, Facts(), clock=self.clock)
        records = FencedRecords(self.store, self.memory.fence)
        self.schedule = Schedule(records, FakeClocks(self.clock), user_zone)
        self.lists, self.notes, self.calendar = Lists(records), Notes(records), Calendar(records)
        # As in `Home`, whose `out_of_service` this place is given.
        self.recollection = SimpleNamespace(cache=self.cache, conversations=self.conversations, learning=self.learning)
        self.planner = SimpleNamespace(schedule=self.schedule)
        agent = Agent(RECOGNIZERS.of, all_skills(self.memory, lambda: NOW), cache=self.cache)
        self.answering = Answering(agent, self.memory, self.conversations)

    async def fill(self) -> None:
        saved = (await self.memory.save_memory("anna", f"my name is {SECRET}")).memory
        self.cache.set("name", SECRET, user_id="anna", depends_on=(memory_dependency(saved.id),))
        await self.conversations.add_message("c", Role.USER, f"i am {SECRET}", user_id="anna")
        await self.memory.update_context("anna", f"i am {SECRET}", "hello")
        await self.memory.set_context("ben", display_name="Ben")
        await self.memory.retrieve_memory("anna", "name")
        await self.lists.put("anna", "shopping", [SECRET], words_in)
        await self.notes.write("anna", SECRET)
        await self.calendar.add(self.calendar.new("anna", SECRET, NOW, NOW + HOUR, recurrence="FREQ=DAILY"))
        await self.schedule.set_timer(600, SECRET, user_id="anna")
        await self.schedule.set_reminder(SECRET, due_at=NOW.timestamp() + 60, user_id="anna")

    async def erase(self, user: str = "anna", *, overtaking: bool = True) -> None:
        parts = cast("Any", self)
        async with Home.out_of_service(parts, {user}, overtaking=overtaking):
            await _late(self._erase, user)

    async def _erase(self, user: str) -> None:
        """As the store does, in one transaction."""
        gone = {m.id for m in self.store.said if m.user_id == user}
        self.store.said[:] = [m for m in self.store.said if m.user_id != user]
        self.store.turns = {key: outcome for key, outcome in self.store.turns.items() if key not in gone}
        for key in gone:
            self.store.turns[key] = cast("Any", "erased")  # no turn is open any more
        self.store.kept[:] = [m for m in self.store.kept if m.user_id != user]
        self.store.snapshots[:] = [c for c in self.store.snapshots if c.user_id != user]
        for name, record in list(self.store.kept_records.items()):
            if getattr(record, "user_id", None) == user:
                del self.store.kept_records[name]

    async def nothing_is_back(self) -> None:
        await self.cache.flush()
        await self.memory.flush()
        everything = (self.store.said, self.store.kept, self.store.snapshots, self.store.kept_records)
        assert SECRET.lower() not in repr(everything).lower()
        context = await self.memory.get_user_context("anna")
        assert (context.display_name, dict(context.topics), dict(context.preferences)) == ("", {}, {})
        assert await self.conversations.get_history("c") == ()
        assert await self.memory.retrieve_memory("anna", f"name {SECRET}") == ()
        assert self.cache.get("name") is None
        assert await self.schedule.timers("anna") == ()
        assert await self.schedule.reminders("anna") == ()
        assert self.learning.proposed("anna") == ()
        assert (await self.memory.get_user_context("ben")).display_name == "Ben"

    async def close(self) -> None:
        await self.memory.aclose()
        await self.cache.aclose()


@pytest.fixture
async def places() -> AsyncIterator[Callable[[], Place]]:
    async with contextlib.AsyncExitStack() as stack:

        def make() -> Place:
            place = Place()
            stack.push_async_callback(place.close)
            return place

        yield make


async def a_turn(place: Place) -> None:
    await place.answering.answer(f"remember that my name is {SECRET}", user_id="anna", conversation="c")


async def a_turn_that_recalls(place: Place) -> None:
    await place.answering.answer("what is my name", user_id="anna", conversation="c")


async def a_turn_that_is_taken_up(place: Place) -> None:
    question = await place.conversations.begin_turn("c", f"remember that i like {SECRET}", user_id="anna")
    place.conversations._under_way.clear()  # noqa: SLF001 - as after a crash
    await place.answering.resume(question)


async def an_update_in_a_turn(place: Place) -> None:
    with place.memory.fence.operation():
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await place.memory.update_context("anna", f"the {SECRET} garden", "yes")


async def a_field_of_the_context(place: Place) -> None:
    with place.memory.fence.operation():
        await asyncio.sleep(0)
        await place.memory.set_context("anna", display_name=SECRET)


async def a_memory(place: Place) -> None:
    await place.memory.save_memory("anna", f"my name is {SECRET} Junior")


async def a_memory_told_again(place: Place) -> None:
    await place.memory.save_memory("anna", f"my name is {SECRET}")


async def a_forgetting(place: Place) -> None:
    for memory in await place.memory.memories("anna"):
        await place.memory.forget_memory(memory)


async def a_proposal(place: Place) -> None:
    await place.learning.propose("anna", f"i like {SECRET}")


async def a_cached_answer(place: Place) -> None:
    async def generate() -> Made:
        known = await place.memory.memories("anna")
        for _ in range(4):
            await asyncio.sleep(0)
        return Made(value=" ".join(one.text for one in known), depends_on=tuple(f"memory:{one.id}" for one in known))

    await place.cache.answer("all", generate, user_id="anna")


async def a_cached_answer_on_its_way_to_the_store(place: Place) -> None:
    place.cache.set("again", SECRET, user_id="anna")
    await place.cache.flush()


async def a_message(place: Place) -> None:
    await place.conversations.add_message("c", Role.USER, f"more of {SECRET}", user_id="anna")


async def a_list(place: Place) -> None:
    with place.memory.fence.operation():
        old = await place.lists.entries("anna")
        await place.lists.put("anna", "shopping", [f"{SECRET} {number}" for number in range(9)], words_in)
        for entry in old:
            await place.lists.tick_off(entry)
        await place.lists.rename("anna", "shopping", SECRET)


async def a_note(place: Place) -> None:
    with place.memory.fence.operation():
        notes = await place.notes.newest("anna")
        for _ in range(9):
            await place.notes.write("anna", f"more of {SECRET}")
        for note in notes:
            await place.notes.add_to(note, SECRET)


async def an_event(place: Place) -> None:
    with place.memory.fence.operation():
        found = await place.calendar.agenda("anna", Period(start=NOW, end=NOW + HOUR))
        for _ in range(9):
            await place.calendar.add(place.calendar.new("anna", f"{SECRET} again", NOW, NOW + HOUR))
        for one in found:
            await place.calendar.move(one, NOW + 2 * HOUR)


async def a_timer(place: Place) -> None:
    timers = await place.schedule.timers("anna")
    for timer in timers * 5:
        await place.schedule.pause(timer)
        await place.schedule.resume(timer)
        await place.schedule.snooze(timer, 60)
        await place.schedule.cancel(timer)


async def a_reminder(place: Place) -> None:
    with place.memory.fence.operation():
        reminders = await place.schedule.reminders("anna")
        for _ in range(9):
            await place.schedule.set_reminder(f"{SECRET} too", due_at=NOW.timestamp() + 60, user_id="anna")
        for one in reminders:
            await place.schedule.move(one, None, NOW.timestamp() + 90)
            await place.schedule.snooze(one, 60)


async def what_is_due(place: Place) -> None:
    place.clock.now += 3600
    await place.schedule.told(await place.schedule.due())


OPERATIONS = (
    a_turn,
    a_turn_that_recalls,
    a_turn_that_is_taken_up,
    an_update_in_a_turn,
    a_field_of_the_context,
    a_memory,
    a_memory_told_again,
    a_forgetting,
    a_proposal,
    a_cached_answer,
    a_cached_answer_on_its_way_to_the_store,
    a_message,
    a_list,
    a_note,
    an_event,
    a_timer,
    a_reminder,
    what_is_due,
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
async def test_erased_at_any_moment_nothing_comes_back(
    places: Callable[[], Place], operation: Callable[[Place], Coroutine[Any, Any, None]]
) -> None:
    steps, whole = 1, False
    while not whole:
        place = places()
        await place.fill()
        task = asyncio.ensure_future(operation(place))
        for _ in range(steps):
            await asyncio.sleep(0)
        whole = task.done()
        await place.erase()
        with contextlib.suppress(ThingNotFound):
            await task
        await place.nothing_is_back()
        steps += 1
    assert steps > 2


BEGUN_MEANWHILE = (
    a_turn,
    a_turn_that_recalls,
    an_update_in_a_turn,
    a_field_of_the_context,
    a_memory,
    a_proposal,
    a_list,
    a_note,
    an_event,
    a_reminder,
)


@pytest.mark.parametrize("operation", BEGUN_MEANWHILE, ids=lambda operation: operation.__name__)
async def test_what_begins_while_the_rows_go_is_overtaken_too(
    places: Callable[[], Place], operation: Callable[[Place], Coroutine[Any, Any, None]]
) -> None:
    shut = 0
    for steps in range(1, 30):
        place = places()
        await place.fill()
        erasing = asyncio.ensure_future(place.erase())
        for _ in range(steps):
            await asyncio.sleep(0)
        if "anna" in place.memory.fence._shut:  # noqa: SLF001 - in the middle of it
            shut += 1
            with contextlib.suppress(ThingNotFound):
                await operation(place)
            await erasing
            await place.nothing_is_back()
        await erasing
    assert shut > 2


async def test_an_answer_made_from_what_is_erased_is_not_stored_in_another_conversation(
    places: Callable[[], Place],
) -> None:
    outcomes = set()
    for steps in range(1, 30):
        place = places()
        await place.fill()

        def answers(place: Place = place) -> int:
            return sum(message.role is Role.ASSISTANT for message in place.store.said)

        async def erase(place: Place = place) -> int:
            place.store.kept.clear()  # what the erased conversation had taught
            return answers(place)

        turn = asyncio.ensure_future(place.answering.answer("what is my name", user_id="anna", conversation="d"))
        for _ in range(steps):
            await asyncio.sleep(0)
        async with Home.out_of_service(cast("Any", place), {"anna"}, overtaking=True):
            before = cast("int", await _late(erase))
        with contextlib.suppress(ThingNotFound):
            await turn
        assert answers() == before
        assert await place.store.unfinished_turns() == ()
        outcomes.add(before)
    assert outcomes == {0, 1}


async def test_a_message_stored_before_an_erasure_and_told_after_it_is_not_held() -> None:
    class Late(FakeStore):
        told = asyncio.Event()

        async def append(self, message: Message) -> Arrival:
            arrival = await super().append(message)
            await self.told.wait()
            return arrival

    store = Late()
    conversations = ConversationMemory(store)
    adding = asyncio.ensure_future(conversations.add_message("c", Role.USER, SECRET))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert store.said
    store.said.clear()
    conversations.forget()
    reading = asyncio.ensure_future(conversations.get_history("c"))
    store.told.set()
    await adding
    await reading
    assert await conversations.get_history("c") == ()


async def test_nobody_else_s_changes_are_lost_by_it(places: Callable[[], Place]) -> None:
    place = places()
    await place.fill()
    before = await place.memory.get_user_context("ben")
    erasing = asyncio.ensure_future(place.erase())
    count = 0
    while not erasing.done():
        await place.memory.update_context("ben", "hello", "hi")
        await asyncio.sleep(0)
        count += 1
    await place.memory.flush()
    stored = await place.store.context("ben")
    assert count > 3
    assert stored is not None
    assert stored.conversations_count == before.conversations_count + count


async def test_of_a_user_whose_old_words_go_nothing_else_is_lost(places: Callable[[], Place]) -> None:
    place = places()
    await place.fill()
    await place.memory.update_context("ben", "about gardens", "yes")  # not saved yet
    task = asyncio.ensure_future(place.answering.answer("remember that i like pears", user_id="ben"))
    async with Home.out_of_service(cast("Any", place), {"ben"}, overtaking=False):
        stored = await place.store.context("ben")
        assert stored is not None
        assert "gardens" in stored.topics, "what waits is saved before"
        asking = asyncio.ensure_future(place.memory.get_user_context("ben"))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not asking.done(), "nobody reads it meanwhile"
    assert "gardens" in (await asking).topics
    await task
    assert [memory.text for memory in await place.memory.memories("ben")] == ["i like pears"]


async def test_what_cannot_be_saved_does_not_keep_an_erasure_waiting(places: Callable[[], Place]) -> None:
    place = places()
    await place.fill()
    await place.memory.update_context("anna", f"the {SECRET} again", "yes")
    place.store.write_failure = StoreFull()
    await place.erase()
    place.store.write_failure = None
    await place.nothing_is_back()


async def test_a_fence_knows_who_and_since_when() -> None:
    fence, other = Fence(), Fence()
    with fence.operation():
        begun = fence.begun()
        fence.shut({"anna"}, overtaking=True)
        fence.open({"anna"}, overtaking=True)
        assert (fence.overtaken("anna"), fence.overtaken("ben"), other.overtaken("anna")) == (True, False, False)
        with pytest.raises(ThingNotFound):
            fence.check("anna", begun)
        with other.operation():
            other.check("anna")
        with fence.operation():
            fence.check("anna")
    fence.check("anna")
    fence.shut({"anna"}, overtaking=False)
    fence.open({"anna"}, overtaking=False)
    fence.check("anna", fence.begun())
    await fence.passed("anna")


async def test_paused_saving_waits_for_what_is_being_saved() -> None:
    saved: list[UserContext] = []

    async def save(context: UserContext) -> None:
        await asyncio.sleep(0)
        saved.append(context)

    place = Place()
    saving = AutoSave(save, interval_s=1000)
    context = await place.memory.get_user_context("me")
    saving.mark(context)
    flushing = asyncio.ensure_future(saving.flush())
    await asyncio.sleep(0)
    async with saving.paused():
        assert saved == [context]
        saving.mark(context.copy_with(version=9))
        late = asyncio.ensure_future(saving.flush())
        for _ in range(9):
            await asyncio.sleep(0)
        assert not late.done()
        saving.drop(["me", "nobody"])
    await asyncio.gather(flushing, late)
    assert saved == [context]
    await saving.close()
    await place.close()


async def test_what_nobody_erased_is_changed_and_taken_away(places: Callable[[], Place]) -> None:
    place = places()
    note = await place.notes.write("anna", "it rains")
    note = await place.notes.add_to(note, "again")
    assert await place.notes.note("anna", note.id) == note
    assert await place.notes.delete(note)
    with pytest.raises(ThingNotFound):
        await place.notes.add_to(note, "and again")
    assert await place.notes.newest("anna") == ()

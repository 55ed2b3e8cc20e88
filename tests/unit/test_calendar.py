"""The calendar's rules: what lies when, what is free, what comes next, and what changing one time of a series does."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sottovoce.domain.errors import SottovoceError, StoreTrouble, ThingNotFound
from sottovoce.domain.records import Event
from sottovoce.domain.values import Period
from sottovoce.memory.calendar import Calendar, Occurrence, free_times, waking, zone_name
from sottovoce.memory.calendar_ports import FileEvent
from sottovoce.memory.recurring import HERE
from tests.fakes_store import FakeStore

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30, tzinfo=BERLIN)
DAY = timedelta(days=1)


class FilesOfWork:
    """One event of a file, and trouble with another file."""

    def __init__(self, *events: Event) -> None:
        self.events = events
        self.trouble: SottovoceError | None = None
        self.asked: list[tuple[datetime, datetime]] = []

    async def within(self, start: datetime, end: datetime) -> tuple[FileEvent, ...]:
        self.asked.append((start, end))
        return tuple(FileEvent(event=one, calendar="work") for one in self.events)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def calendar(store: FakeStore) -> Calendar:
    return Calendar(store, clock=lambda: 5.0)


def hours(start: float, end: float, day: datetime = MONDAY) -> tuple[datetime, datetime]:
    return day + timedelta(hours=start), day + timedelta(hours=end)


def named(found: tuple[Occurrence, ...]) -> list[str]:
    return [f"{one.event.title} {one.start:%d. %H}" for one in found]


async def test_a_day_in_order_whole_days_first(calendar: Calendar) -> None:
    await calendar.add(calendar.new("me", "dentist", *hours(15, 16)))
    await calendar.add(calendar.new("me", "birthday", *hours(0, 24), all_day=True))
    await calendar.add(calendar.new("me", "standup", *hours(9, 9.5), recurrence="FREQ=DAILY"))
    await calendar.add(calendar.new("me", "party", *hours(-3, 2)))  # since Sunday
    await calendar.add(calendar.new("anna", "secret", *hours(9, 10)))
    await calendar.add(calendar.new("me", "old", *hours(-99, -98)))
    found = await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + DAY))
    assert named(found) == ["party 29. 21", "birthday 30. 00", "standup 30. 09", "dentist 30. 15"]
    assert [one.repeats for one in found] == [False, False, True, False]


async def test_files_are_read_with_it_and_are_nobodys_to_change(store: FakeStore) -> None:
    files = FilesOfWork(Calendar(store).new("me", "review", *hours(10, 11)))
    calendar = Calendar(store, files=files)
    await calendar.add(calendar.new("me", "dentist", *hours(15, 16)))
    found = await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + DAY))
    assert [(one.event.title, one.calendar, one.own) for one in found] == [
        ("review", "work", False),
        ("dentist", "", True),
    ]
    assert calendar.trouble is None
    files.trouble = StoreTrouble()
    assert calendar.trouble is files.trouble


async def test_what_else_is_there_is_told(calendar: Calendar) -> None:
    assert await calendar.add(calendar.new("me", "dentist", *hours(15, 16))) == ()
    await calendar.add(calendar.new("me", "birthday", *hours(0, 24), all_day=True))
    await calendar.add(calendar.new("me", "tablet", *hours(15, 15)))
    assert named(await calendar.add(calendar.new("me", "lunch", *hours(15.5, 17)))) == ["dentist 30. 15"]
    assert await calendar.add(calendar.new("me", "tea", *hours(17, 18))) == ()  # one ends, the other begins
    assert await calendar.add(calendar.new("me", "holiday", *hours(0, 48), all_day=True)) == ()


async def test_what_comes_next_is_found_however_far_it_is(calendar: Calendar) -> None:
    assert await calendar.coming("me", MONDAY) == ()
    far = calendar.new("me", "exam", *hours(10, 12, MONDAY + 300 * DAY))
    await calendar.add(far)
    assert named(await calendar.coming("me", MONDAY)) == ["exam 26. 10"]
    await calendar.add(calendar.new("me", "lunch", *hours(12, 13)))
    assert named(await calendar.coming("me", MONDAY + timedelta(hours=11))) == ["lunch 30. 12"]
    assert named(await calendar.coming("me", MONDAY + timedelta(hours=12.5))) == ["exam 26. 10"]
    assert named(await calendar.coming("me", MONDAY, lambda one: one.event.title == "exam")) == ["exam 26. 10"]


async def test_an_event_is_found_by_its_id_by_its_user(calendar: Calendar) -> None:
    one = calendar.new("me", "lunch", *hours(12, 13), place="luigi's")
    assert (one.zone, one.place, one.created_at) == ("Europe/Berlin", "luigi's", 5.0)
    await calendar.add(one)
    assert await calendar.event("me", one.id) == one
    assert await calendar.event("anna", one.id) is None
    assert await calendar.event("me", "0" * 32) is None


async def the(calendar: Calendar, title: str, day: datetime = MONDAY) -> Occurrence:
    found = await calendar.agenda("me", Period(start=day, end=day + DAY))
    (one,) = (one for one in found if one.event.title == title)
    return one


async def test_an_event_is_moved_with_its_length(calendar: Calendar) -> None:
    await calendar.add(calendar.new("me", "dentist", *hours(15, 16.5)))
    await calendar.add(calendar.new("me", "lunch", *hours(10, 11, MONDAY + DAY)))
    moved, beside = await calendar.move(await the(calendar, "dentist"), MONDAY + DAY + timedelta(hours=10))
    assert named(beside) == ["lunch 01. 10"]
    assert moved.changed_at == 5.0
    assert named(await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + DAY))) == []
    assert (await the(calendar, "dentist", MONDAY + DAY)).end == MONDAY + DAY + timedelta(hours=11.5)


async def test_whole_days_are_moved_by_days(calendar: Calendar) -> None:
    start = datetime(2026, 10, 25, tzinfo=BERLIN)  # 25 hours long
    await calendar.add(calendar.new("me", "trip", start, start + DAY, all_day=True))
    await calendar.move(await the(calendar, "trip", start), MONDAY)
    one = await the(calendar, "trip")
    assert (one.start, one.end) == (MONDAY, MONDAY + DAY)


async def test_one_time_of_a_series_is_moved_or_cancelled_alone(calendar: Calendar) -> None:
    await calendar.add(calendar.new("me", "yoga", *hours(18, 19), recurrence="FREQ=DAILY"))
    alone, beside = await calendar.move(await the(calendar, "yoga", MONDAY + DAY), MONDAY + timedelta(hours=18.5))
    assert (alone.recurrence, named(beside)) == ("", ["yoga 30. 18"])
    await calendar.cancel(await the(calendar, "yoga", MONDAY + 3 * DAY))
    found = await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + 5 * DAY))
    assert named(found) == ["yoga 30. 18", "yoga 30. 18", "yoga 02. 18", "yoga 04. 18"]
    await calendar.cancel(await the(calendar, "yoga", MONDAY + 2 * DAY), all_times=True)
    assert named(await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + 5 * DAY))) == ["yoga 30. 18"]
    await calendar.cancel(await the(calendar, "yoga"))
    assert await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + 5 * DAY)) == ()


async def test_a_series_that_went_meanwhile_is_left_out_of_nowhere(calendar: Calendar, store: FakeStore) -> None:
    await calendar.add(calendar.new("me", "yoga", *hours(18, 19), recurrence="FREQ=DAILY"))
    one = await the(calendar, "yoga", MONDAY + DAY)
    await store.remove(Event, one.event.id)
    await calendar.cancel(one)
    assert await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + 5 * DAY)) == ()


async def test_what_is_free_lies_between(calendar: Calendar) -> None:
    await calendar.add(calendar.new("me", "birthday", *hours(0, 24), all_day=True))
    for start, end in ((9, 10), (9.5, 9.75), (10.25, 12), (15, 20)):
        await calendar.add(calendar.new("me", "busy", *hours(start, end)))
    day = waking(Period(start=MONDAY, end=MONDAY + DAY))
    found = free_times(await calendar.agenda("me", day), day)
    assert [(one.start.hour, one.end.hour) for one in found] == [(8, 9), (12, 15)]
    assert free_times((), day) == (day,)


def test_waking_hours_are_those_of_whole_days() -> None:
    autumn = datetime(2026, 10, 25, tzinfo=BERLIN)
    assert waking(Period(start=autumn, end=autumn + DAY)).start.hour == 8
    for length in (timedelta(hours=5), 2 * DAY):
        assert waking(Period(start=MONDAY, end=MONDAY + length)).end == MONDAY + length


def test_zones_have_names() -> None:
    assert zone_name(MONDAY) == "Europe/Berlin"
    assert zone_name(MONDAY.astimezone(UTC)) == "UTC"
    assert zone_name(MONDAY.astimezone(HERE)) == ""


async def test_what_was_read_from_a_file_is_taken_once(calendar: Calendar) -> None:
    events = tuple(calendar.new("me", f"event {at}", *hours(at, at + 1)) for at in range(3))
    assert await calendar.take(events) == 3
    changed = tuple(dataclasses.replace(one, title="x", created_at=9.0, changed_at=9.0) for one in events[:2])
    assert await calendar.take(changed) == 0
    kept = await calendar.events("me")
    assert [(one.title, one.created_at, one.changed_at) for one in kept] == [
        ("x", 5.0, 9.0),
        ("x", 5.0, 9.0),
        ("event 2", 5.0, 5.0),
    ]
    assert await calendar.take(()) == 0
    await calendar.remove(kept[0])
    assert len(await calendar.events("me")) == 2


async def test_what_was_erased_is_not_moved_back(calendar: Calendar) -> None:
    event = calendar.new("me", "dentist", *hours(15, 16))
    await calendar.add(event)
    (one,) = await calendar.agenda("me", Period(start=MONDAY, end=MONDAY + DAY))
    await calendar.remove(event)
    with pytest.raises(ThingNotFound):
        await calendar.move(one, MONDAY + DAY)
    assert await calendar.events("me") == ()

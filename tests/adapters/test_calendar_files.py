"""iCalendar files as programs write them: zones, series and what is moved in them, whole days, and broken ones."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from sottovoce.adapters.calendars.files import read_events, write_events
from sottovoce.adapters.calendars.folder import CalendarFolder, FolderLimits
from sottovoce.adapters.calendars.process import CalendarProcess, FileLimits
from sottovoce.adapters.calendars.reading import MOST_BYTES
from sottovoce.domain.errors import (
    CalendarFileGone,
    CalendarFilesTooMany,
    CalendarFilesUnread,
    CalendarFileTooLarge,
    CalendarFileUnreadable,
    CalendarFileUnwritable,
    CalendarFolderGone,
    CalendarTrouble,
)
from sottovoce.domain.values import Period
from sottovoce.memory.calendar import Calendar
from tests.fakes_store import FakeStore
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from pathlib import Path

    from sottovoce.domain.records import Event

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 15, 5, tzinfo=BERLIN)
SERIES = (
    """UID:a
DTSTART;TZID=Europe/Berlin:20260310T180000
DTEND;TZID=Europe/Berlin:20260310T190000
RRULE:FREQ=WEEKLY;COUNT=5
EXDATE;TZID=Europe/Berlin:20260317T180000
SUMMARY:Yoga""",
    """UID:a
RECURRENCE-ID;TZID=Europe/Berlin:20260324T180000
DTSTART;TZID=Europe/Berlin:20260325T200000
DTEND;TZID=Europe/Berlin:20260325T210000
SUMMARY:Yoga with Max""",
)


def calendar_file(*events: str, head: str = "") -> bytes:
    """A file with these events, each some lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *head.split("\n")]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*filter(None, lines), "END:VCALENDAR", ""]).encode()


async def read(path: Path, *events: str, head: str = "", zone: str = "Europe/Berlin") -> tuple[Event, ...]:
    if events:
        path.write_bytes(calendar_file(*events, head=head))
    return await read_events(path, user="me", zone=zone, now=NOW.timestamp(), untitled="busy")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "work.ics"


def shown(events: tuple[Event, ...]) -> list[str]:
    return [f"{one.title} {datetime.fromtimestamp(one.starts_at, ZoneInfo(one.zone)):%m-%d %H:%M}" for one in events]


async def agenda(events: tuple[Event, ...], start: datetime, days: int) -> list[str]:
    calendar = Calendar(FakeStore())
    await calendar.take(events)
    found = await calendar.agenda("me", Period(start=start, end=start + timedelta(days=days)))
    return [f"{one.event.title} {one.start:%m-%d %H:%M}" for one in found]


def in_spring(file: Path) -> list[str]:
    """As another library opens it."""
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    found = recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 5, 1))
    return sorted(f"{one['SUMMARY']} {one.start:%m-%d %H:%M}" for one in found)


async def test_a_series_is_kept_as_a_rule_and_what_was_moved_by_itself(file: Path) -> None:
    events = await read(file, *SERIES)
    assert [one.recurrence.partition("\n")[0] for one in events] == ["FREQ=WEEKLY;UNTIL=20260407T180000", ""]
    told = await agenda(events, datetime(2026, 3, 1, tzinfo=BERLIN), 60)
    assert told == ["Yoga 03-10 18:00", "Yoga with Max 03-25 20:00", "Yoga 03-31 18:00", "Yoga 04-07 18:00"]
    oracle = recurring_ical_events.of(icalendar.Calendar.from_ical(file.read_bytes())).between(
        (2026, 3, 1), (2026, 5, 1)
    )
    assert sorted(f"{one['SUMMARY']} {one.start:%m-%d %H:%M}" for one in oracle) == sorted(told)


async def test_zones_by_every_way_they_are_named(file: Path) -> None:
    made = """BEGIN:VTIMEZONE
TZID:Home
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""
    events = await read(
        file,
        "UID:1\nDTSTART;TZID=America/New_York:20261130T090000\nSUMMARY:named",
        "UID:2\nDTSTART;TZID=Home:20261130T090000\nSUMMARY:its own",
        "UID:3\nDTSTART:20261130T090000\nSUMMARY:floating",
        "UID:4\nDTSTART:20261130T090000Z\nSUMMARY:utc",
        "UID:5\nDTSTART;VALUE=DATE:20261130\nSUMMARY:day",
        head=made,
    )
    assert shown(events) == [
        "named 11-30 09:00",
        "its own 11-30 09:00",
        "floating 11-30 09:00",
        "utc 11-30 10:00",
        "day 11-30 00:00",
    ]
    assert [one.zone for one in events] == ["America/New_York", *["Europe/Berlin"] * 4]
    assert events[-1].all_day
    assert events[-1].ends_at - events[-1].starts_at == 86_400
    google = await read(file, "UID:4\nDTSTART:20261130T090000Z\nSUMMARY:utc", head="X-WR-TIMEZONE:Asia/Tokyo")
    assert shown(google) == ["utc 11-30 18:00"]
    both = await read(
        file,
        "UID:2\nDTSTART;TZID=Home:20261130T090000\nSUMMARY:its own",
        "UID:3\nDTSTART:20261130T090000\nSUMMARY:floating",
        "UID:4\nDTSTART:20261130T090000Z\nSUMMARY:utc",
        head=f"X-WR-TIMEZONE:Asia/Tokyo\n{made}",
    )
    assert [one.starts_at - both[0].starts_at for one in both] == [0, -8 * 3600, 3600]


async def test_what_stands_beside_the_start(file: Path) -> None:
    events = await read(
        file,
        "UID:1\nDTSTART:20261130T090000\nDURATION:PT90M\nLOCATION:  Room\\, 2 \nSUMMARY:" + "x" * 500,
        "UID:2\nDTSTART:20261130T090000",
        "UID:3\nDTSTART:20261130T090000\nSTATUS:CANCELLED\nSUMMARY:off",
        "DTSTART:20261130T090000\nDTEND:20261130T080000\nSUMMARY:no id\nATTACH:http://example.com/x",
        "UID:4\nDTSTART:00010101T090000\nSUMMARY:long ago",
        "UID:5\nDTSTART:20261130T090000\nRDATE:20261202T100000\nSUMMARY:twice",
    )
    assert [one.title for one in events] == ["x" * 200, "busy", "no id", "twice", "twice"]
    assert (events[0].place, events[0].ends_at - events[0].starts_at) == ("Room, 2", 5400)
    assert [one.ends_at - one.starts_at for one in events[1:]] == [0, 0, 0, 0]
    assert shown(events)[-1] == "twice 12-02 10:00"


async def test_series_that_no_simple_rule_says_are_kept_time_by_time(file: Path) -> None:
    hourly = await read(file, "UID:1\nDTSTART:20261130T090000\nRRULE:FREQ=HOURLY;COUNT=3\nSUMMARY:pill")
    assert shown(hourly) == ["pill 11-30 09:00", "pill 11-30 10:00", "pill 11-30 11:00"]
    always = await read(file, "UID:1\nDTSTART:20260101T090000\nRRULE:FREQ=MINUTELY\nSUMMARY:pill")
    assert len(always) == 500
    ended = "FREQ=HOURLY;UNTIL=20261130T090000Z"
    some = await read(file, f"UID:1\nDTSTART;TZID=Europe/Berlin:20261130T090000\nRRULE:{ended}\nSUMMARY:pill")
    assert shown(some) == ["pill 11-30 09:00", "pill 11-30 10:00"]
    days = await read(file, "UID:1\nDTSTART;VALUE=DATE:20260503\nRRULE:FREQ=YEARLY;UNTIL=20280101\nSUMMARY:birthday")
    assert days[0].recurrence == "FREQ=YEARLY;UNTIL=20280101T235959"
    until = await read(
        file, "UID:1\nDTSTART;TZID=Europe/Berlin:20260706T090000\nRRULE:FREQ=DAILY;UNTIL=20260708T070000Z\nSUMMARY:x"
    )
    assert until[0].recurrence == "FREQ=DAILY;UNTIL=20260708T090000"


async def test_a_second_import_doubles_nothing_and_out_and_in_is_the_same(file: Path) -> None:
    events = await read(file, *SERIES, "UID:5\nDTSTART;VALUE=DATE:20261130\nRRULE:FREQ=YEARLY\nSUMMARY:day")
    store = FakeStore()
    calendar = Calendar(store)
    assert await calendar.take(events) == 3
    assert await calendar.take(await read(file)) == 0
    out = file.with_name("out.ics")
    await write_events(out, await calendar.events("me"), zone="Europe/Berlin")
    assert await calendar.take(await read(out)) == 0

    def plain(some: tuple[Event, ...]) -> list[Event]:
        return sorted((dataclasses.replace(one, created_at=0, changed_at=0) for one in some), key=lambda one: one.id)

    assert plain(await calendar.events("me")) == plain(events)
    oracle = recurring_ical_events.of(icalendar.Calendar.from_ical(out.read_bytes())).between(
        (2026, 3, 1), (2026, 5, 1)
    )
    assert sorted(f"{one['SUMMARY']} {one.start:%m-%d %H:%M}" for one in oracle) == [
        "Yoga 03-10 18:00",
        "Yoga 03-31 18:00",
        "Yoga 04-07 18:00",
        "Yoga with Max 03-25 20:00",
    ]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", CalendarFileUnreadable),
        (b"PK\x03\x04" + b"\0" * 1000, CalendarFileUnreadable),
        (calendar_file("UID:1\nDTSTART:20261130T090000\nSUMMARY:x")[:80], CalendarFileUnreadable),
        (calendar_file("UID:1\nSUMMARY:no start"), CalendarFileUnreadable),
        (calendar_file("UID:1\nDTSTART:yesterday"), CalendarFileUnreadable),
        (calendar_file("UID:1\nDTSTART:20261130T090000\nRRULE:FREQ=NEVER"), CalendarFileUnreadable),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", CalendarFileUnreadable),
        (b"BEGIN:VCALENDAR\r\n" * 5000, CalendarFileUnreadable),
        (b"BEGIN:VEVENT\r\n" * 20_001, CalendarFileTooLarge),
        (b"x" * (MOST_BYTES + 1), CalendarFileTooLarge),
    ],
    ids=["empty", "a zip", "cut", "no start", "no date", "no rule", "a card", "deep", "many", "large"],
)
async def test_a_file_that_is_none_is_refused_by_one_sentence(
    file: Path, content: bytes, trouble: type[CalendarTrouble]
) -> None:
    file.write_bytes(content)
    with pytest.raises(trouble):
        await read(file)


async def test_files_that_are_not_there(file: Path) -> None:
    with pytest.raises(CalendarFileGone):
        await read(file)
    with pytest.raises(CalendarFileUnwritable):
        await write_events(file.parent / "none" / "x.ics", (), zone="")
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("code", ["", 'print(\'{"trouble": "what"}\')'], ids=["ends", "unknown"])
async def test_a_helper_that_fails_is_told(code: str) -> None:
    process = CalendarProcess(command=[sys.executable, "-c", code])
    with pytest.raises(CalendarFileUnreadable):
        await process.do({"do": "import"})
    await process.close()
    with pytest.raises(RuntimeError):
        await process.do({"do": "import"})


async def test_a_helper_that_hangs_is_killed() -> None:
    hanging = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    process = CalendarProcess(command=hanging, limits=FileLimits(deadline_s=0.5))
    with pytest.raises(CalendarFileUnreadable):
        await process.do({"do": "import"})
    await process.close()


# What a file may take: the real helper, with files that would take more.


async def times(path: Path, days: int, limits: FileLimits | None = None) -> int:
    """How many times of a file's events the helper finds; the clock is no limit here."""
    process = CalendarProcess(limits=limits or FileLimits(deadline_s=600))
    start, end = NOW.timestamp(), (NOW + timedelta(days=days)).timestamp()
    try:
        async with asyncio.timeout(HANGS_S):
            return len(await process.do({"do": "within", "path": str(path), "zone": "UTC", "start": start, "end": end}))
    finally:
        await process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
async def test_a_file_that_takes_too_much_work_ends_the_helper(file: Path) -> None:
    """Seconds are counted from 1970 on to find those of this month."""
    file.write_bytes(calendar_file("UID:1\nDTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;INTERVAL=7"))
    with pytest.raises(CalendarFileUnreadable):
        await times(file, 1, FileLimits(cpu_s=2, deadline_s=600))


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
async def test_a_file_that_takes_too_much_memory_is_refused(file: Path) -> None:
    file.write_bytes(calendar_file("UID:1\nDTSTART:20261130T090000Z\nDESCRIPTION:" + "x" * 8_000_000))
    assert await times(file, 30) == 1
    with pytest.raises(CalendarFileUnreadable):
        await times(file, 30, FileLimits(memory_bytes=32 * 1024 * 1024, deadline_s=600))


async def test_a_series_may_not_have_more_times_than_are_kept(file: Path) -> None:
    file.write_bytes(calendar_file("UID:1\nDTSTART:20261101T000000Z\nRRULE:FREQ=MINUTELY\nSUMMARY:pill"))
    assert await times(file, 2) == 2 * 24 * 60
    with pytest.raises(CalendarFileTooLarge):
        await times(file, 14)


async def test_a_file_of_many_series_is_refused_when_it_is_imported(file: Path) -> None:
    """41 series, of each of which 500 times are taken."""
    series = (f"UID:{at}\nDTSTART:20261130T090000\nRRULE:FREQ=MINUTELY\nSUMMARY:pill" for at in range(41))
    with pytest.raises(CalendarFileTooLarge):
        await read(file, *series)


async def test_one_helper_does_many_things_and_another_takes_the_place_of_one_that_ended(file: Path) -> None:
    file.write_bytes(calendar_file("UID:1\nDTSTART:20261130T090000\nSUMMARY:Review"))
    process = CalendarProcess()
    asked = {"do": "import", "path": str(file), "zone": "UTC", "now": 0}
    try:
        assert len(await process.do(asked)) == 1
        first = process._process  # noqa: SLF001 - whether it stays the same
        with pytest.raises(CalendarFileGone):
            await process.do(asked | {"path": f"{file}.none"})
        assert len(await process.do(asked)) == 1
        assert first is not None
        assert process._process is first  # noqa: SLF001 - as above
        first.kill()
        first.wait()
        assert len(await process.do(asked)) == 1
        process.rest()
        assert len(await process.do(asked)) == 1
        with pytest.raises(CalendarFileUnreadable):
            await process.do(asked | {"do": "within"})  # not all is said: it ends
        assert len(await process.do(asked)) == 1
    finally:
        await process.close()


# The folder.


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[CalendarFolder]:
    there = CalendarFolder(lambda: str(tmp_path / "calendars"))
    yield there
    await there.close()


async def titles(folder: CalendarFolder, days: int = 30) -> list[str]:
    found = await folder.within(NOW, NOW + timedelta(days=days))
    return sorted(f"{one.calendar}: {one.event.title}" for one in found)


async def test_a_folder_is_read_when_it_changes(folder: CalendarFolder, tmp_path: Path) -> None:
    assert await titles(folder) == []
    assert isinstance(folder.trouble, CalendarFolderGone)
    there = tmp_path / "calendars"
    there.mkdir()
    assert await titles(folder) == []
    assert folder.trouble is None
    (there / "work.ics").write_bytes(calendar_file("UID:1\nDTSTART:20261130T090000\nSUMMARY:Review"))
    (there / "notes.txt").write_text("no calendar")
    (there / ".hidden.ics").write_text("no calendar")
    assert await titles(folder) == ["work: Review"]
    known = await folder.within(NOW, NOW + timedelta(days=30))
    assert await folder.within(NOW, NOW + timedelta(days=60)) is known  # read with it
    (there / "home.ics").write_bytes(calendar_file("UID:1\nDTSTART:20261130T090000\nRRULE:FREQ=DAILY;COUNT=2"))
    assert await titles(folder) == ["home: home", "home: home", "work: Review"]
    (there / "home.ics").write_bytes(b"BEGIN:VCALENDAR")
    assert await titles(folder) == ["work: Review"]
    assert isinstance(folder.trouble, CalendarFileUnreadable)
    (there / "home.ics").unlink()
    (there / "work.ics").unlink()
    assert await titles(folder) == []
    assert folder.trouble is None


async def test_no_folder_is_no_trouble(folder: CalendarFolder) -> None:
    none = CalendarFolder(lambda: "")
    assert await titles(none) == []
    assert none.trouble is None
    await none.close()


def fill(there: Path, count: int) -> list[Path]:
    """As vdirsyncer keeps them: a file for each event."""
    there.mkdir(exist_ok=True)
    files = [there / f"{at:05}.ics" for at in range(count)]
    for at, file in enumerate(files):
        file.write_bytes(calendar_file(f"UID:{at}\nDTSTART:20261130T090000\nSUMMARY:Event {at}"))
    return files


def as_it_lies(there: Path) -> dict[str, tuple[bytes, int, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns, one.stat().st_mode) for one in there.iterdir()}


async def test_hundreds_of_small_files_are_read_at_once_and_stay_as_they_are(tmp_path: Path) -> None:
    there = tmp_path / "calendars"
    files = fill(there, 300)
    before, changed = as_it_lies(there), there.stat().st_mtime_ns
    started: list[float] = []

    class Counted(CalendarProcess):
        async def do(
            self, asked: Mapping[str, object], events: Iterable[Mapping[str, object]] = ()
        ) -> list[dict[str, Any]]:
            started.append(asyncio.get_running_loop().time())
            return await super().do(asked, events)

    folder = CalendarFolder(lambda: str(there), process=Counted())
    try:
        began = asyncio.get_running_loop().time()
        assert len(await titles(folder)) == 300
        assert asyncio.get_running_loop().time() - began < FolderLimits().answer_s
        assert folder.trouble is None
        assert (as_it_lies(there), there.stat().st_mtime_ns) == (before, changed)
        files[7].write_bytes(calendar_file("UID:7\nDTSTART:20261130T100000\nSUMMARY:moved"))
        files[8].unlink()
        found = await titles(folder)
        assert len(found) == 299
        assert "00007: moved" in found
        assert len(started) == 301  # the one that changed
    finally:
        await folder.close()


SPINS = calendar_file("UID:1\nDTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;INTERVAL=7")
SMALL = calendar_file("UID:2\nDTSTART:20261130T090000\nSUMMARY:Review")


async def test_a_slow_file_is_told_as_being_read_and_keeps_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(SMALL)
    (tmp_path / "b.ics").write_bytes(SPINS)
    (tmp_path / "c.ics").write_bytes(SMALL)
    folder = CalendarFolder(
        lambda: str(tmp_path),
        process=CalendarProcess(limits=FileLimits(cpu_s=6)),
        limits=FolderLimits(answer_s=2),
    )
    loop = asyncio.get_running_loop()
    try:
        began = loop.time()
        first, second = await asyncio.gather(
            titles(folder), titles(folder, 300)
        )  # the second waits for what the first reads
        assert loop.time() - began < 4
        assert (first, second) == (["a: Review"], [])
        assert isinstance(folder.trouble, CalendarFilesUnread)
        async with asyncio.timeout(HANGS_S):
            while await titles(folder) != ["a: Review", "c: Review"]:
                pass
        assert isinstance(folder.trouble, CalendarFileUnreadable)
        began = loop.time()
        assert len(await titles(folder)) == 2
        assert loop.time() - began < 1  # what can't be read is not tried again until it changes
    finally:
        await folder.close()


async def test_a_reading_that_takes_too_long_ends_and_the_next_question_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(SMALL)
    (tmp_path / "b.ics").write_bytes(SPINS)
    folder = CalendarFolder(lambda: str(tmp_path), limits=FolderLimits(answer_s=20, reading_s=2))
    try:
        for _ in range(2):
            assert await titles(folder) == ["a: Review"]
            assert isinstance(folder.trouble, CalendarFilesUnread)
        (tmp_path / "b.ics").write_bytes(SMALL)
        assert await titles(folder) == ["a: Review", "b: Review"]
    finally:
        await folder.close()


@pytest.mark.parametrize("limits", [FolderLimits(most_files=3), FolderLimits(most_events=3)], ids=["files", "events"])
async def test_what_is_left_out_is_told(tmp_path: Path, limits: FolderLimits) -> None:
    files = fill(tmp_path / "calendars", 5)
    folder = CalendarFolder(lambda: str(tmp_path / "calendars"), limits=limits)
    try:
        for _ in range(2):
            assert len(await titles(folder)) == 3
            assert isinstance(folder.trouble, CalendarFilesTooMany)
        for file in files[:2]:
            file.unlink()
        assert await titles(folder) == ["00002: Event 2", "00003: Event 3", "00004: Event 4"]
        assert folder.trouble is None
    finally:
        await folder.close()


async def test_thousands_of_events_leave_the_loop_free(folder: CalendarFolder, tmp_path: Path) -> None:
    """5,000 of a file, as a calendar of ten years has."""
    there = tmp_path / "calendars"
    there.mkdir()
    day = datetime(2020, 1, 1, 9, tzinfo=UTC)
    events = (f"UID:{at}\nDTSTART:{day + timedelta(days=at):%Y%m%dT%H%M%SZ}\nSUMMARY:Event {at}" for at in range(5000))
    (there / "work.ics").write_bytes(calendar_file(*events))
    worst = 0.0

    async def beat() -> None:
        """See how long the loop's thread works in a row; what the machine does meanwhile is not ours."""
        nonlocal worst
        before = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            worst, before = max(worst, now - before), now

    beating = asyncio.ensure_future(beat())
    found = await titles(folder)
    beating.cancel()
    assert len(found) >= 90
    assert worst < 0.02

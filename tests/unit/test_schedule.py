"""Timers, alarms and reminders: due on time, told once, whatever clocks and power do."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain.errors import StoreFailed, ThingNotFound, TooMuch
from sottovoce.domain.occurrences import at_wall, wall_at
from sottovoce.domain.records import Reminder, Timer
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.values import Cycle, Recurrence
from sottovoce.memory.schedule import KEPT_S, MOST_WAITING, Schedule, Wakes
from tests.fakes_schedule import FakeClocks
from tests.unit.parts import NOW, Clock, StoryStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo


BERLIN = ZoneInfo("Europe/Berlin")
HERE = NOW.astimezone(BERLIN).replace(tzinfo=None)
"""Saturday, 21 November 2026, 16:05."""
DAILY = Recurrence(step=Cycle.DAY)
DAY_S = 86_400.0
wall = datetime
"""What clocks show, in no zone."""


class Machine:
    """A store and the clocks of a machine, on which the program is started again and again."""

    def __init__(self, zone: tzinfo | None = BERLIN) -> None:
        self.clock = Clock()
        self.clocks = FakeClocks(self.clock)
        self.store = StoryStore()
        self.zone = zone
        self.told: list[tuple[str, str]] = []
        self.sure: Callable[[], float] = self.clocks.now
        self.start()

    def start(self) -> None:
        """The program begins anew."""
        self.schedule = Schedule(self.store, self.clocks, self._zone, self._believed)

    async def _zone(self, _: str) -> tzinfo | None:
        return self.zone

    async def _believed(self) -> float:
        return self.sure()

    async def tell(self) -> list[str]:
        """Tell what is due; the words of it."""
        due = await self.schedule.due()
        now = wall_at(self.clocks.now(), self.zone).isoformat(sep=" ", timespec="minutes")
        words = [one.label if isinstance(one, Timer) else one.text for one in due]
        self.told += [(now, word) for word in words]
        await self.schedule.told(due)
        return words

    async def live(self, seconds: float) -> None:
        """Let time pass, told at each moment that the schedule wants to be woken for."""
        end = self.clock.now + seconds
        while True:
            await self.tell()
            wakes = await self.schedule.wakes()
            steps = [wakes.boot_s - self.clocks.since_boot()] if wakes.boot_s is not None else []
            steps += [wakes.wall - self.clocks.now()] if wakes.wall is not None else []
            step = max(min(steps, default=seconds), 0.0)
            if self.clock.now + step > end:
                break
            self.clock.now += step
        self.clock.now = end


async def test_a_timer_is_told_when_it_ends() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600, "pasta")
    assert machine.schedule.left_s(timer) == 600
    assert await machine.schedule.wakes() == Wakes(boot_s=600)
    machine.clock.now += 599
    assert await machine.tell() == []
    machine.clock.now += 1
    assert await machine.tell() == ["pasta"]
    assert await machine.tell() == []
    assert await machine.schedule.timers() == ()
    assert await machine.schedule.wakes() == Wakes()


async def test_a_timer_does_not_care_for_a_clock_that_is_set() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "pasta")
    machine.clocks.stepped_s = 3600
    assert await machine.tell() == []
    machine.clocks.stepped_s = -3600
    machine.clock.now += 600
    assert await machine.tell() == ["pasta"]


async def test_after_a_new_start_of_the_machine_the_clock_on_the_wall_counts() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "pasta")
    machine.clock.now += 100
    machine.clocks.start_anew()
    machine.start()
    assert await machine.schedule.wakes() == Wakes(wall=NOW.timestamp() + 600)
    machine.clock.now += 499
    assert await machine.tell() == []
    machine.clock.now += 1
    assert await machine.tell() == ["pasta"]


async def test_a_clock_that_went_back_meanwhile_makes_no_timer_longer() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "pasta")
    machine.clocks.start_anew()
    machine.clocks.stepped_s = -10 * DAY_S
    machine.start()
    assert await machine.tell() == []
    machine.clock.now += 600
    assert await machine.tell() == ["pasta"]


async def test_where_no_clock_goes_on_in_sleep_the_one_on_the_wall_does() -> None:
    machine = Machine()
    machine.clocks.started = ""
    timer = await machine.schedule.set_timer(600)
    assert (timer.boot, timer.boot_due_s) == ("", 0.0)
    machine.clock.now += 600
    assert await machine.tell() == [""]


async def test_a_timer_stands_still_and_goes_on() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600)
    machine.clock.now += 100
    timer = await machine.schedule.pause(timer)
    assert await machine.schedule.pause(timer) is timer
    machine.clock.now += 5000
    assert await machine.tell() == []
    machine.start()
    (timer,) = await machine.schedule.timers()
    assert machine.schedule.left_s(timer) == 500
    timer = await machine.schedule.extend(timer, 60)
    assert (timer.state, machine.schedule.left_s(timer)) == (ScheduleState.PAUSED, 560)
    timer = await machine.schedule.resume(timer)
    machine.clock.now += 560
    assert await machine.tell() == [""]


async def test_a_timer_is_made_longer_and_shorter_and_begun_anew() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600)
    timer = await machine.schedule.extend(timer, 300)
    assert machine.schedule.left_s(timer) == 900
    timer = await machine.schedule.extend(timer, -800)
    assert machine.schedule.left_s(timer) == 100
    timer = await machine.schedule.restart(timer)
    assert machine.schedule.left_s(timer) == 100
    timer = await machine.schedule.extend(timer, -1000)
    assert machine.schedule.left_s(timer) == 0


@pytest.mark.parametrize("seconds", [0, -1, 400 * DAY_S])
async def test_a_timer_that_can_not_be_is_refused(seconds: float) -> None:
    machine = Machine()
    with pytest.raises(TooMuch):
        await machine.schedule.set_timer(seconds)
    timer = await machine.schedule.set_timer(60)
    with pytest.raises(TooMuch):
        await machine.schedule.extend(timer, 400 * DAY_S)


async def test_killed_between_firing_and_telling_it_is_told_once() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "pasta")
    machine.clock.now += 600
    assert [one.state for one in await machine.schedule.due()] == [ScheduleState.RINGING]
    machine.start()
    assert await machine.tell() == ["pasta"]
    machine.start()
    assert await machine.tell() == []


async def test_what_can_not_be_stored_is_tried_again() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "pasta")
    machine.clock.now += 600
    machine.store.trouble = StoreFailed("full")
    with pytest.raises(StoreFailed):
        await machine.schedule.due()
    machine.store.trouble = None
    assert await machine.tell() == ["pasta"]


async def test_an_alarm_stays_at_seven_in_summer_and_winter() -> None:
    machine = Machine()
    await machine.schedule.set_reminder(
        "up", kind=ReminderKind.ALARM, wall=HERE.replace(hour=7, minute=0), recurrence=DAILY
    )
    await machine.live(200 * DAY_S)
    assert {now[11:] for now, _ in machine.told[1:]} == {"07:00"}
    assert len(machine.told) == 201


async def test_an_alarm_stays_at_seven_in_another_zone() -> None:
    machine = Machine()
    tomorrow = HERE.replace(hour=7, minute=0) + timedelta(days=1)
    await machine.schedule.set_reminder("once", wall=tomorrow)
    await machine.schedule.set_reminder("daily", wall=tomorrow, recurrence=DAILY)
    assert await machine.tell() == []
    machine.zone = ZoneInfo("America/New_York")
    machine.start()
    await machine.live(2 * DAY_S)
    assert machine.told == [
        ("2026-11-22 07:00", "once"),
        ("2026-11-22 07:00", "daily"),
        ("2026-11-23 07:00", "daily"),
    ]


async def test_what_was_missed_is_told_once_and_goes_on_with_the_series() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("pills", wall=HERE.replace(hour=8) + timedelta(days=1), recurrence=DAILY)
    machine.clock.now += 5 * DAY_S
    machine.start()
    assert await machine.tell() == ["pills"]
    (waiting,) = await machine.schedule.reminders()
    assert wall_at(waiting.due_at, BERLIN) == HERE.replace(hour=8) + timedelta(days=6)


async def test_a_clock_that_ran_a_year_ahead_silences_no_alarm_for_a_year() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("up", wall=HERE + timedelta(hours=1), recurrence=DAILY)
    machine.clocks.stepped_s = 365 * DAY_S
    assert await machine.tell() == ["up"]
    machine.clocks.stepped_s = 0
    await machine.live(DAY_S + 4000)
    assert [word for _, word in machine.told] == ["up", "up", "up"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_a_clock_that_ran_ahead_told_early_comes_at_its_time(restarted: bool) -> None:  # noqa: FBT001 - a parameter
    machine = Machine()
    await machine.schedule.set_reminder("dentist", wall=HERE + timedelta(days=3))
    await machine.schedule.set_reminder("call", due_at=NOW.timestamp() + 7200)
    await machine.schedule.set_timer(3 * DAY_S, "cheese")
    machine.clocks.start_anew()  # with an empty battery
    machine.clocks.stepped_s = 3650 * DAY_S
    machine.start()
    assert sorted(await machine.tell()) == ["call", "cheese", "dentist"]
    machine.clock.now += 60
    machine.clocks.stepped_s = 0
    if restarted:
        machine.start()
    assert await machine.tell() == []
    assert len(await machine.schedule.reminders()) == 2
    machine.told.clear()
    await machine.live(7200)
    assert [word for _, word in machine.told] == ["call"]
    await machine.live(4 * DAY_S)
    assert [word for _, word in machine.told] == ["call", "cheese", "dentist"]


async def test_what_was_still_to_be_told_when_the_clock_was_right_again_waits() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("dentist", wall=HERE + timedelta(days=3))
    machine.clocks.stepped_s = 3650 * DAY_S
    assert len(await machine.schedule.due()) == 1
    machine.clocks.stepped_s = 0
    assert await machine.tell() == []
    await machine.live(4 * DAY_S)
    assert [word for _, word in machine.told] == ["dentist"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_was_told_at_its_time_while_the_clock_ran_ahead_is_not_told_again(restarted: bool) -> None:  # noqa: FBT001 - a parameter
    machine = Machine()
    await machine.schedule.set_reminder("oven", due_at=NOW.timestamp() + 600)
    await machine.schedule.set_timer(900, "tea")
    assert await machine.tell() == []
    machine.clocks.stepped_s = 3650 * DAY_S
    assert await machine.tell() == []
    await machine.schedule.set_reminder("of then", wall=HERE + timedelta(days=3650, hours=1))
    await machine.live(7200)
    assert sorted(word for _, word in machine.told) == ["of then", "oven", "tea"]
    machine.clocks.stepped_s = -4000  # right again, and it had run ahead before, too
    if restarted:
        machine.start()
    await machine.live(5 * DAY_S)
    assert len(machine.told) == 3


async def test_in_a_while_does_not_become_in_years_by_a_clock_that_ran_ahead() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("oven", due_at=NOW.timestamp() + 600)
    assert await machine.tell() == []
    machine.clocks.stepped_s = 3650 * DAY_S
    assert await machine.tell() == []
    machine.clock.now += 60
    machine.clocks.stepped_s = 0
    machine.start()
    await machine.live(700)
    assert [word for _, word in machine.told] == ["oven"]


async def test_nothing_is_removed_for_its_age_by_a_clock_that_is_in_doubt() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "rung")
    await machine.live(1000)
    believed = machine.clock.now
    machine.clocks.stepped_s = 3650 * DAY_S
    machine.sure = lambda: believed
    machine.start()
    await machine.tell()
    assert len(await machine.store.records(Timer, limit=9)) == 1


async def test_a_clock_that_is_set_back_a_little_tells_nothing_twice() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("up", wall=HERE + timedelta(hours=1), recurrence=DAILY)
    machine.clock.now += 3600
    assert await machine.tell() == ["up"]
    machine.clocks.stepped_s = -1800
    await machine.live(3600)
    assert len(machine.told) == 1


async def test_in_ten_minutes_is_in_ten_minutes_whatever_the_clock_shows() -> None:
    machine = Machine()
    await machine.schedule.set_reminder("oven", due_at=NOW.timestamp() + 600)
    assert await machine.tell() == []
    machine.clocks.stepped_s = 86_400
    assert await machine.tell() == []
    machine.clock.now += 600
    assert await machine.tell() == ["oven"]
    with pytest.raises(ValueError, match="moment"):
        await machine.schedule.set_reminder("never")


async def test_a_rule_of_another_version_is_due_once() -> None:
    machine = Machine()
    made = await machine.schedule.set_reminder("odd", wall=HERE + timedelta(hours=1))
    await machine.store.save(dataclasses.replace(made, recurrence="FREQ=LUNAR"))
    machine.start()
    await machine.live(3 * DAY_S)
    assert [word for _, word in machine.told] == ["odd"]


async def test_a_series_that_is_over_has_rung() -> None:
    machine = Machine()
    last = Recurrence(step=Cycle.MONTH, interval=1000)
    await machine.schedule.set_reminder("rare", wall=HERE + timedelta(hours=1), recurrence=last)
    await machine.live(DAY_S)
    assert [word for _, word in machine.told] == ["rare"]
    assert await machine.schedule.reminders() == ()


async def test_what_rings_can_be_snoozed() -> None:
    machine = Machine()
    once = await machine.schedule.set_reminder("once", kind=ReminderKind.ALARM, wall=HERE + timedelta(hours=1))
    daily = await machine.schedule.set_reminder(
        "daily", kind=ReminderKind.ALARM, wall=HERE + timedelta(hours=1), recurrence=DAILY
    )
    timer = await machine.schedule.set_timer(3600, "timer")
    machine.clock.now += 3600
    due = await machine.schedule.due()
    assert {one.id for one in due} == {once.id, daily.id, timer.id}
    assert await machine.schedule.rung_last("me", 60) != ()
    for one in due:
        await machine.schedule.snooze(one, 540)
    await machine.schedule.told(due)
    assert await machine.tell() == []
    machine.clock.now += 540
    assert sorted(await machine.tell()) == ["daily", "once", "timer"]
    assert [wall_at(one.due_at, BERLIN) for one in await machine.schedule.reminders()] == [HERE + timedelta(hours=25)]
    machine.clock.now += 100
    rung = await machine.schedule.rung_last("me", 200)
    assert sorted(one.id for one in rung if not isinstance(one, Reminder) or one.text == "once") == sorted(
        [once.id, timer.id]
    )
    assert await machine.schedule.rung_last("me", 50) == ()
    assert len(await machine.schedule.reminders(rung_s=200)) == 3


async def test_a_snoozed_timer_comes_when_it_was_said_whatever_happens() -> None:
    machine = Machine()
    await machine.schedule.set_timer(1, "tea")
    machine.clock.now += 1
    (timer,) = await machine.schedule.due()
    await machine.schedule.snooze(timer, 540)
    machine.start()
    machine.clock.now += 300
    assert await machine.tell() == []
    machine.clock.now += 240
    assert await machine.tell() == ["tea"]


async def test_it_is_moved() -> None:
    machine = Machine()
    one = await machine.schedule.set_reminder("call", wall=HERE + timedelta(hours=1), recurrence=DAILY)
    one = await machine.schedule.move(one, HERE + timedelta(hours=2))
    assert (one.due_at, one.recurrence) == (at_wall(HERE + timedelta(hours=2), BERLIN), DAILY.rule)
    one = await machine.schedule.move(one, None, NOW.timestamp() + 60)
    assert (one.due_at, one.recurrence, one.wall) == (NOW.timestamp() + 60, "", "")


async def test_what_is_cancelled_is_not_told() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600)
    assert await machine.schedule.find(Timer, timer.id) == timer
    await machine.schedule.cancel(timer)
    machine.clock.now += 600
    assert await machine.tell() == []
    with pytest.raises(ThingNotFound):
        await machine.schedule.find(Timer, timer.id)
    with pytest.raises(ThingNotFound):
        await machine.schedule.find(Reminder, timer.id)


async def test_what_was_erased_meanwhile_does_not_come_back() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600)
    await machine.schedule.set_timer(600, "pasta")
    await machine.store.remove(Timer, timer.id)
    machine.clock.now += 600
    assert await machine.tell() == ["pasta"]
    assert await machine.store.record(Timer, timer.id) is None
    changes: list[str] = []
    machine.schedule.announce_changes_to(lambda: changes.append("changed"))
    machine.schedule.forget()
    assert changes == ["changed"]
    assert await machine.schedule.timers() == ()


async def test_what_was_erased_can_be_changed_no_more() -> None:
    machine = Machine()
    timer = await machine.schedule.set_timer(600, "tea")
    daily = await machine.schedule.set_reminder("daily", wall=HERE + timedelta(hours=1), recurrence=DAILY)
    await machine.store.remove(Timer, timer.id)
    await machine.store.remove(Reminder, daily.id)
    for change in (machine.schedule.pause(timer), machine.schedule.snooze(daily, 60)):
        with pytest.raises(ThingNotFound):
            await change
    await machine.schedule.cancel(timer, daily)
    assert machine.store.kept_records == {}
    assert await machine.schedule.timers() == ()
    assert await machine.schedule.reminders() == ()


async def test_the_next_one_stands_first_and_paused_ones_last() -> None:
    machine = Machine()
    late = await machine.schedule.set_timer(600, "late")
    paused = await machine.schedule.pause(await machine.schedule.set_timer(60, "paused"))
    soon = await machine.schedule.set_timer(120, "soon")
    await machine.schedule.set_timer(10, "another's", user_id="anna")
    assert [one.id for one in await machine.schedule.timers()] == [soon.id, late.id, paused.id]


async def test_two_who_ask_at_once_read_the_store_once() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600)
    read = machine.store.records
    kinds: list[type[Any]] = []

    async def slowly(kind: type[Any], *, limit: int, user_id: str | None = None) -> tuple[Any, ...]:
        kinds.append(kind)
        await asyncio.sleep(0)
        return await read(kind, limit=limit, user_id=user_id)

    machine.store.records = slowly  # type: ignore[method-assign] # as a store on a disk
    machine.start()
    first, second = await asyncio.gather(machine.schedule.timers(), machine.schedule.timers())
    assert first == second != ()
    assert kinds == [Timer, Reminder]


async def test_old_ones_are_removed() -> None:
    machine = Machine()
    await machine.schedule.set_timer(600, "rung")
    await machine.schedule.set_reminder("waits", wall=HERE + timedelta(days=90))
    await machine.live(1000)
    machine.clock.now += KEPT_S - 1000
    machine.start()
    await machine.tell()
    assert len(await machine.store.records(Timer, limit=9)) == 1
    machine.clock.now += 1000
    machine.start()
    await machine.tell()
    assert await machine.store.records(Timer, limit=9) == ()
    assert len(await machine.schedule.reminders()) == 1


async def test_a_thousand_at_once_and_not_one_more() -> None:
    machine = Machine(None)
    for number in range(MOST_WAITING):
        if number % 2:
            await machine.schedule.set_timer(3600, f"timer {number}")
        else:
            await machine.schedule.set_reminder(f"reminder {number}", due_at=NOW.timestamp() + 3600)
    with pytest.raises(TooMuch):
        await machine.schedule.set_timer(1)
    await machine.schedule.set_timer(1, user_id="anna")
    machine.clock.now += 3600
    assert len(await machine.tell()) == MOST_WAITING + 1
    assert await machine.tell() == []


async def test_a_day() -> None:
    """Each at its minute: timers, an alarm of each weekday, pills thrice, every two hours."""
    machine = Machine()
    day = wall(2026, 11, 23)
    for hour in (8, 13, 20):
        await machine.schedule.set_reminder(f"pills {hour}", wall=day.replace(hour=hour), recurrence=DAILY)
    weekdays = Recurrence(step=Cycle.WEEK, weekdays=(0, 1, 2, 3, 4))
    await machine.schedule.set_reminder("up", kind=ReminderKind.ALARM, wall=day.replace(hour=7), recurrence=weekdays)
    stretch = Recurrence(step=Cycle.HOUR, interval=2)
    await machine.schedule.set_reminder("stretch", wall=day.replace(hour=9), recurrence=stretch)
    await machine.live(at_wall(day.replace(hour=11, minute=30), BERLIN) - machine.clock.now)
    await machine.schedule.set_timer(480, "pasta")
    await machine.live(at_wall(day.replace(hour=18), BERLIN) - machine.clock.now)
    assert [(now[11:], word) for now, word in machine.told] == [
        ("07:00", "up"),
        ("08:00", "pills 8"),
        ("09:00", "stretch"),
        ("11:00", "stretch"),
        ("11:38", "pasta"),
        ("13:00", "pills 13"),
        ("13:00", "stretch"),
        ("15:00", "stretch"),
        ("17:00", "stretch"),
    ]


async def test_a_year() -> None:
    """Through both changes of the clocks, with a start of the program each week and of the machine each month."""
    machine = Machine()
    first = wall(2026, 11, 22, 2, 30)
    await machine.schedule.set_reminder("night", wall=first, recurrence=DAILY)
    await machine.schedule.set_reminder("rent", wall=wall(2026, 12, 31, 9), recurrence=Recurrence(step=Cycle.MONTH))
    fridays = Recurrence(step=Cycle.WEEK, weekdays=(4,))
    await machine.schedule.set_reminder("plants", wall=wall(2026, 11, 27, 17), recurrence=fridays)
    for week in range(52):
        await machine.schedule.set_timer(3 * DAY_S, f"timer {week}")
        await machine.live(7 * DAY_S)
        if week % 4 == 3:
            machine.clocks.start_anew()
        machine.start()
    told = [word for _, word in machine.told]
    assert told.count("night") == 364
    assert len({now[:10] for now, word in machine.told if word == "night"}) == 364
    assert [now for now, word in machine.told if word == "rent"][1:3] == ["2027-01-31 09:00", "2027-02-28 09:00"]
    assert told.count("plants") == 52
    assert [word for word in told if word.startswith("timer")] == [f"timer {week}" for week in range(52)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("pass"), st.floats(1, 4000)),
            st.tuples(st.just("killed"), st.sampled_from(["before", "between", "after"])),
            st.tuples(st.just("machine"), st.just(0.0)),
            st.tuples(st.just("set"), st.floats(-3000, 3000)),
            st.tuples(st.just("timer"), st.floats(1, 3000)),
            st.tuples(st.just("reminder"), st.floats(60, 3000)),
        ),
        max_size=25,
    )
)
async def test_each_is_told_once_whatever_happens(  # noqa: C901 - a line for each thing that happens
    story: list[tuple[str, float | str]],
) -> None:
    machine = Machine()
    told: list[str] = []
    made: list[str] = []

    async def tell() -> None:
        due = await machine.schedule.due()
        told.extend(one.id for one in due)
        await machine.schedule.told(due)

    for what, much in story:
        match what, much:
            case "pass", float(seconds):
                machine.clock.now += seconds
                await tell()
            case "killed", "between":
                await machine.schedule.due()
                machine.start()
            case "killed", moment:
                if moment == "after":
                    await tell()
                machine.start()
            case "machine", _:
                machine.clocks.start_anew()
                machine.start()
            case "set", float(seconds):
                machine.clocks.stepped_s += seconds
                await tell()
            case "timer", float(seconds):
                made.append((await machine.schedule.set_timer(seconds)).id)
            case _, seconds:
                due_at = machine.clocks.now() + float(seconds)
                shown = wall_at(due_at, BERLIN)
                made.append((await machine.schedule.set_reminder("x", wall=shown)).id)
    machine.clock.now += 30_000
    await tell()
    machine.start()
    await tell()
    assert sorted(told) == sorted(made)

"""Ringing under a clock that jumps: what sounds, what is said and shown, and when it counts as told."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.errors import StoreFailed
from sottovoce.domain.schedule_states import ReminderKind
from sottovoce.domain.stages import Stage
from sottovoce.domain.values import Cycle, Recurrence
from sottovoce.memory.schedule import Schedule
from sottovoce.talk.ringing import SNOOZE, STOP, Ringing, RingLimits
from tests.fakes_schedule import FakeClocks, user_zone
from tests.unit.parts import NOW, StoryStore
from tests.virtual_time import START_S, run_virtual

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.memory.schedule import Wakes
    from sottovoce.talk.ringing import Notice

HERE = NOW.replace(tzinfo=None)
LIMITS = RingLimits()


class _Waking:
    """Wakes by the loop's clock."""

    def __init__(self, clocks: FakeClocks) -> None:
        self._clocks = clocks
        self._woken = asyncio.Event()

    def set(self) -> None:
        self._woken.set()

    async def wait(self, wakes: Wakes, longest_s: float | None = None) -> None:
        waits = [] if longest_s is None else [longest_s]
        waits += [wakes.boot_s - self._clocks.since_boot()] if wakes.boot_s is not None else []
        waits += [wakes.wall - self._clocks.now()] if wakes.wall is not None else []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(min(waits), 0.001) if waits else 100_000):
                await self._woken.wait()
        self._woken.clear()


class Room:
    """Where it rings, and all that is heard and seen there."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.store = StoryStore()
        self.clocks = FakeClocks(lambda: NOW.timestamp() + loop.time() - START_S)
        self.schedule = Schedule(self.store, self.clocks, user_zone)
        self.rung: list[str] = []
        self.hushed = 0
        self.shown: list[Notice] = []
        self.withdrawn = 0
        self.said: list[str] = []
        self.troubles: list[SottovoceError] = []
        self.quiet = False
        self.say_s = 2.0
        self.failure: Exception | None = None
        self.desktop: Callable[[], Awaitable[None]] | None = None
        self.context = UserContext(user_id="me")
        self.ringing = self._made()

    def _made(self) -> Ringing:
        return Ringing(
            schedule=self.schedule,
            context_of=self._context_of,
            now=lambda: datetime.fromtimestamp(self.clocks.now(), UTC),
            waking=_Waking(self.clocks),
            bell=self,
            notices=self,
            say=self._say,
            on_trouble=self.troubles.append,
        )

    async def _context_of(self, _: str) -> UserContext:
        return self.context

    def ring(self, *, soft: bool) -> None:
        self.rung.append("soft" if soft else "ring")

    def hush(self) -> None:
        self.hushed += 1

    async def show(self, notice: Notice) -> None:
        await self._desktop()
        self.shown.append(notice)

    async def withdraw(self) -> None:
        await self._desktop()
        self.withdrawn += 1

    async def disturbs(self) -> bool:
        await self._desktop()
        return not self.quiet

    async def _desktop(self) -> None:
        if self.desktop is not None:
            await self.desktop()

    async def _say(self, text: str, _: str) -> None:
        if self.failure is not None:
            raise self.failure
        await asyncio.sleep(self.say_s)
        self.said.append(text)

    async def start_anew(self) -> None:
        """The program is killed and started again."""
        self.schedule = Schedule(self.store, self.clocks, user_zone)
        self.ringing = self._made()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.ringing.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})


def in_room(story: Callable[[Room], Awaitable[None]]) -> None:
    async def run() -> None:
        await story(Room())

    run_virtual(run())


def test_a_timer_rings_is_said_and_shown_for_a_minute() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10, "pasta")
        async with room.running():
            await asyncio.sleep(9.9)
            assert (room.rung, room.shown) == ([], [])
            await asyncio.sleep(5)
            assert room.said == ["Your pasta timer is done."]
            (notice,) = room.shown
            assert (notice.title, notice.text, notice.urgent) == ("Timer", "Your pasta timer is done.", True)
            assert dict(notice.actions) == {STOP: "Stop", SNOOZE: "Snooze"}
            assert room.ringing.is_ringing
            assert len(await room.schedule.timers()) == 1
            await asyncio.sleep(LIMITS.timer_s + 5)
            assert not room.ringing.is_ringing
            assert await room.schedule.timers() == ()
            assert len(room.rung) > LIMITS.timer_s / LIMITS.every_s - 3
            rung = len(room.rung)
            await asyncio.sleep(60)
            assert len(room.rung) == rung
            assert room.said == ["Your pasta timer is done."]

    in_room(story)


def test_an_alarm_that_nobody_stops_was_missed() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_reminder("gym", kind=ReminderKind.ALARM, wall=HERE + timedelta(minutes=5))
        async with room.running():
            await asyncio.sleep(310)
            assert room.said == ["It is 3:10 PM. This is your gym alarm."]
            assert room.shown[-1].title == "Alarm"
            await asyncio.sleep(LIMITS.alarm_s)
            assert room.shown[-1].text == "You missed your gym alarm today at 3:10 PM."
            assert not room.shown[-1].urgent
            assert await room.schedule.reminders() == ()

    in_room(story)


def test_a_reminder_is_said_once_and_stays_shown() -> None:
    async def story(room: Room) -> None:
        daily = Recurrence(step=Cycle.DAY)
        await room.schedule.set_reminder("call mum", wall=HERE + timedelta(minutes=1), recurrence=daily)
        async with room.running():
            await asyncio.sleep(100)
            assert (room.rung, room.said) == (["soft"], ["Reminder: call mum."])
            assert dict(room.shown[-1].actions) == {SNOOZE: "Snooze"}
            assert room.withdrawn == 0
            await room.schedule.set_reminder("feed the cat", due_at=room.clocks.now() + 10)
            await asyncio.sleep(20)
            assert room.shown[-1].text == "Reminder: call mum.\nReminder: feed the cat."
            room.ringing.closed()
            await asyncio.sleep(86_400)
            assert room.shown[-1].text == "Reminder: call mum."
            assert room.said.count("Reminder: call mum.") == 2

    in_room(story)


def test_who_does_not_want_to_be_disturbed_sees_reminders_and_hears_alarms() -> None:
    async def story(room: Room) -> None:
        room.quiet = True
        await room.schedule.set_reminder("call mum", due_at=NOW.timestamp() + 10)
        await room.schedule.set_timer(100)
        async with room.running():
            await asyncio.sleep(50)
            assert (room.rung, room.said, len(room.shown)) == ([], [], 1)
            assert await room.schedule.reminders() == ()
            await asyncio.sleep(60)
            assert room.rung
            assert room.said == ["Your timer for 1 minute and 40 seconds is done."]

    in_room(story)


def test_a_desktop_whose_notifications_fail_keeps_nothing_from_being_heard() -> None:
    async def fail() -> None:
        raise ModuleNotFoundError("no such library here")

    async def story(room: Room) -> None:
        room.desktop = fail
        await room.schedule.set_timer(10, "pasta")
        await room.schedule.set_reminder("call mum", due_at=NOW.timestamp() + 200)
        await room.schedule.set_reminder("gym", kind=ReminderKind.ALARM, due_at=NOW.timestamp() + 400)
        async with room.running():
            await asyncio.sleep(10.1)
            assert room.rung == ["ring"]
            await asyncio.sleep(100)
            assert await room.schedule.timers() == ()
            await asyncio.sleep(400)
            room.ringing.stop()
            await asyncio.sleep(10)
            assert room.said == [
                "Your pasta timer is done.",
                "Reminder: call mum.",
                "It is 3:11 PM. This is your gym alarm.",
            ]
            assert await room.schedule.reminders() == ()
            assert (room.rung.count("soft"), room.shown, room.troubles) == (1, [], [])

    in_room(story)


def test_a_desktop_that_hangs_does_not_hold_up_an_alarm() -> None:
    async def hang() -> None:
        await asyncio.sleep(30)

    async def story(room: Room) -> None:
        room.desktop = hang
        await room.schedule.set_timer(10, "pasta")
        async with room.running():
            await asyncio.sleep(14)
            assert (room.rung, room.said) == (["ring"], ["Your pasta timer is done."])

    in_room(story)


def test_a_press_while_the_desktop_is_asked_is_not_spoken_into() -> None:
    async def hang() -> None:
        await asyncio.sleep(5)

    async def story(room: Room) -> None:
        room.desktop = hang
        await room.schedule.set_reminder("call mum", due_at=NOW.timestamp() + 10)
        async with room.running():
            await asyncio.sleep(12)
            room.ringing.stage(Stage.LISTENING)
            await asyncio.sleep(30)
            assert (room.rung, room.said) == ([], [])
            room.ringing.stage(Stage.READY)
            await asyncio.sleep(30)
            assert (room.rung, room.said) == (["soft"], ["Reminder: call mum."])

    in_room(story)


def test_a_press_silences_it_and_it_is_told() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10)
        async with room.running():
            await asyncio.sleep(20)
            room.ringing.stop()
            room.ringing.stage(Stage.LISTENING)
            rung = len(room.rung)
            await asyncio.sleep(20)
            assert len(room.rung) == rung
            assert await room.schedule.timers() == ()
            assert room.withdrawn == 1
            room.ringing.stage(Stage.READY)
            room.ringing.stop()
            await asyncio.sleep(20)
            assert len(room.rung) == rung

    in_room(story)


def test_a_press_in_the_middle_of_the_sentence_silences_it_too() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10)
        async with room.running():
            await asyncio.sleep(12)
            assert room.ringing.is_ringing
            room.ringing.stop()
            await asyncio.sleep(1)
            assert (room.said, await room.schedule.timers()) == ([], ())
            assert not room.ringing.is_ringing

    in_room(story)


def test_nothing_sounds_while_a_turn_is_under_way() -> None:
    async def story(room: Room) -> None:
        room.ringing.stage(Stage.THINKING)
        await room.schedule.set_timer(10)
        async with room.running():
            await asyncio.sleep(60)
            assert (room.rung, room.shown) == ([], [])
            room.ringing.stage(Stage.READY)
            await asyncio.sleep(2)
            assert room.rung == ["ring"]
            room.ringing.stage(Stage.THINKING)
            room.ringing.stage(Stage.SPEAKING)
            await asyncio.sleep(30)
            assert (room.rung, room.said) == (["ring"], [])
            room.ringing.stage(Stage.TROUBLE)
            await asyncio.sleep(10)
            assert len(room.said) == 1

    in_room(story)


def test_snoozed_by_its_button_it_comes_again() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10, "tea")
        await room.schedule.set_reminder("call mum", due_at=NOW.timestamp() + 1000)
        async with room.running():
            await asyncio.sleep(20)
            room.ringing.act(SNOOZE)
            await asyncio.sleep(500)
            assert room.said == ["Your tea timer is done."]
            await asyncio.sleep(60)
            assert len(room.said) == 2
            room.ringing.act(STOP)
            await asyncio.sleep(500)
            assert room.said[-1] == "Reminder: call mum."
            room.ringing.act(SNOOZE)
            await asyncio.sleep(600)
            assert room.said[-2:] == ["Reminder: call mum."] * 2

    in_room(story)


def test_snoozed_or_cancelled_by_talking_it_rings_no_more() -> None:
    async def story(room: Room) -> None:
        timer = await room.schedule.set_timer(10)
        async with room.running():
            await asyncio.sleep(20)
            await room.schedule.cancel(timer)
            await asyncio.sleep(1)
            rung = len(room.rung)
            await asyncio.sleep(60)
            assert (len(room.rung), room.withdrawn) == (rung, 1)

    in_room(story)


def test_what_came_while_nobody_was_there_is_told_in_one_go() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(600, "pasta")
        await room.schedule.set_reminder("call mum", wall=HERE + timedelta(minutes=30))
        await room.schedule.set_reminder("", kind=ReminderKind.ALARM, wall=HERE + timedelta(hours=1))
        await asyncio.sleep(86_400)
        await room.start_anew()
        async with room.running():
            await asyncio.sleep(60)
            assert room.rung == ["soft"]
            assert room.said == [
                (
                    "While I was off: Your pasta timer is done. Reminder: call mum."
                    " You missed your alarm yesterday at 4:05 PM."
                )
            ]
            assert await room.schedule.reminders() == ()
            assert room.shown[-1].title == "Reminder"

    in_room(story)


def test_an_alarm_of_a_few_minutes_ago_still_rings() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_reminder("", kind=ReminderKind.ALARM, wall=HERE + timedelta(minutes=5))
        await asyncio.sleep(600)
        await room.start_anew()
        async with room.running():
            await asyncio.sleep(20)
            assert "ring" in room.rung
            assert room.said == ["It is 3:15 PM. This is your alarm."]

    in_room(story)


def test_of_very_many_the_first_are_told_and_how_many_more() -> None:
    async def story(room: Room) -> None:
        for number in range(1000):
            await room.schedule.set_timer(10, f"number {number}")
        async with room.running():
            await asyncio.sleep(20)
            (told,) = room.said
            assert told.startswith("Your number 0 timer is done.")
            assert told.endswith("And 995 more.")
            assert len(told) < 300

    in_room(story)


def test_a_day_in_another_zone() -> None:
    async def story(room: Room) -> None:
        room.context = UserContext(user_id="me", time_zone="Asia/Tokyo")
        await room.schedule.set_reminder("", kind=ReminderKind.ALARM, due_at=NOW.timestamp() + 10)
        async with room.running():
            await asyncio.sleep(20)
            assert room.said == ["It is 12:05 AM. This is your alarm."]

    in_room(story)


def test_trouble_is_told_once_and_it_is_tried_again() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10)
        room.failure = RuntimeError("a bug")
        async with room.running():
            await asyncio.sleep(100)
            assert [error.code for error in room.troubles] == ["bug"]
            room.failure = StoreFailed("full")
            await asyncio.sleep(100)
            room.failure = None
            await asyncio.sleep(30)
            assert len(room.troubles) == 1
            assert len(room.said) == 1

    in_room(story)


def test_ended_while_it_says_something_it_is_told_at_the_next_start() -> None:
    async def story(room: Room) -> None:
        await room.schedule.set_timer(10)
        async with room.running():
            await asyncio.sleep(12)
        assert room.said == []
        await room.start_anew()
        async with room.running():
            await asyncio.sleep(10)
        assert len(room.said) == 1
        await room.start_anew()
        async with room.running():
            await asyncio.sleep(200)
        assert len(room.said) == 1 or len(await room.schedule.timers()) == 0

    in_room(story)

"""Timers, alarms and reminders by talking: what is said, what is asked back, and what comes of it."""

# ruff: noqa: E501 - a line of a talk stands in one line

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.skills.alarms import Alarms
from sottovoce.agent.skills.reminders import Reminders
from sottovoce.agent.skills.timers import Timers
from sottovoce.agent.slots.when import When, joined, meant, when_of
from sottovoce.domain.schedule_states import ReminderKind
from sottovoce.domain.values import Cycle, Moment, Recurrence
from sottovoce.language.en import values
from sottovoce.memory.schedule import MOST_WAITING, Schedule
from tests.fakes_schedule import FakeClocks, user_zone
from tests.unit.parts import NOW, Clock, StoryStore, answering_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from sottovoce.domain.records import Reminder, Timer


class Talking:
    """Somebody who talks, and a clock that the test moves."""

    def __init__(self) -> None:
        self.store, self.clock, self.rings = StoryStore(), Clock(), True
        self.schedule = Schedule(self.store, FakeClocks(self.clock), user_zone)
        skills = [made(self.schedule, self.now, lambda: self.rings) for made in (Timers, Alarms, Reminders)]
        self.answering, self.memory = answering_on(self.store, self.clock, skills)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.clock.now - NOW.timestamp())

    async def say(self, text: str) -> str:
        return (await self.answering.answer(text, user_id="me")).reply

    async def fill(self) -> None:
        """As many as may be."""
        for _ in range(MOST_WAITING):
            await self.schedule.set_timer(10_000)

    async def ring(self, seconds: float) -> None:
        """So much later what is due rings."""
        self.clock.now += seconds
        assert await self.schedule.due()


@pytest.fixture
async def me() -> AsyncIterator[Talking]:
    talking = Talking()
    yield talking
    await talking.memory.aclose()


@pytest.mark.parametrize(
    "talk",
    [
        ["set a timer > For how long?", "ten minutes > Your timer is set for 10 minutes."],
        [
            "set a pasta timer for eight minutes > Your pasta timer is set for 8 minutes.",
            "how much time is left on the pasta timer > Your pasta timer has 8 minutes left.",
            "pause the timer > Your pasta timer is paused with 8 minutes left.",
            "what timers do i have > Your pasta timer is paused with 8 minutes left.",
            "add two more minutes to my timer > Your pasta timer now has 10 minutes left.",
            "resume the timer > Your pasta timer goes on, with 10 minutes left.",
            "resume the timer > Your pasta timer is not paused. It has 10 minutes left.",
            "take four minutes off the timer > Your pasta timer now has 6 minutes left.",
            "take ten minutes off the timer > It has only 6 minutes left, so I have not changed it.",
            "extend the timer by sixty weeks > I can't set a timer like that. It can last up to a year.",
            "restart the timer > Your pasta timer is set for 6 minutes.",
            "cancel the pasta timer > Your pasta timer is cancelled.",
            "cancel the timer > You have no timer running.",
            "how much time is left > You have no timer running.",
        ],
        [
            "set a pasta timer for eight minutes > Your pasta timer is set for 8 minutes.",
            "set a timer for five minutes > Your timer is set for 5 minutes.",
            "what timers do i have > You have 2 timers. Your timer has 5 minutes left. Your pasta timer has 8 minutes left.",
            "how much time is left on the tea timer > You have no tea timer. There is the timer for 5 minutes and the pasta timer.",
            "cancel the tea timer > You have no tea timer. There is the timer for 5 minutes and the pasta timer.",
            "cancel the timer > Which one: the timer for 5 minutes or the pasta timer?",
            "the five minute one > Your timer is cancelled.",
            "set a timer for two minutes > Your timer is set for 2 minutes.",
            "cancel the timer > Which one: the timer for 2 minutes or the pasta timer?",
            "the second one > Your pasta timer is cancelled.",
        ],
        [
            "set a timer for five minutes > Your timer is set for 5 minutes.",
            "set a timer for ten minutes > Your timer is set for 10 minutes.",
            "pause the timer > Your timer is paused with 10 minutes left.",
            "pause the timer > Your timer is paused with 5 minutes left.",
            "cancel all timers > Should I cancel both of your timers?",
            "yes > Both timers are cancelled.",
        ],
        [
            "what timers do i have > You have no timer running.",
            "set a timer for five minutes > Your timer is set for 5 minutes.",
            "no i meant ten minutes > Your timer is set for 10 minutes.",
            "what timers do i have > Your timer has 10 minutes left.",
            "extend the timer > For how long?",
            "five minutes > Your timer now has 15 minutes left.",
        ],
        [
            "set an alarm for monday at eight am every week > Your alarm will ring every Monday at 8:00 AM.",
            "turn off my evening alarm > You have no such alarm. One is set to ring every Monday at 8:00 AM.",
            "is there an alarm set for monday > An alarm will ring every Monday at 8:00 AM.",
            "move my alarm > For what time?",
            "nine am > Your alarm will ring every Monday at 9:00 AM.",
            "cancel the alarm for monday > Your alarm every Monday at 9:00 AM is cancelled.",
        ],
        [
            "what are my reminders > You have no reminders.",
            "remind me to water the plants every week at five pm > I will remind you every Saturday at 5:00 PM: water the plants.",
            "move my reminder > When should I remind you?",
            "six pm > I will remind you every Saturday at 6:00 PM: water the plants.",
        ],
        ["set a timer for sixty weeks > I can't set a timer like that. It can last up to a year."],
        ["cancel all timers > You have no timer running."],
        [
            "set an alarm > For what time?",
            "seven am > Your alarm will ring tomorrow at 7:00 AM.",
            "when is my next alarm > An alarm will ring tomorrow at 7:00 AM.",
            "set a gym alarm for tomorrow at six am > Your gym alarm will ring tomorrow at 6:00 AM.",
            "list my alarms > You have 2 alarms. The gym alarm will ring tomorrow at 6:00 AM. An alarm will ring tomorrow at 7:00 AM.",
            "is there an alarm set for monday > You have no alarm set for then.",
            "cancel my alarm > Which one: tomorrow at 6:00 AM or tomorrow at 7:00 AM?",
            "the six o'clock one > Your alarm tomorrow at 6:00 AM is cancelled.",
            "cancel the gym alarm > You have no such alarm. One is set to ring tomorrow at 7:00 AM.",
            "cancel the alarm for eight pm > You have no such alarm. One is set to ring tomorrow at 7:00 AM.",
            "turn off my morning alarm > Your alarm tomorrow at 7:00 AM is cancelled.",
            "cancel my alarm > You have no alarm set.",
            "what alarms do i have > You have no alarm set.",
        ],
        [
            "set an alarm for tomorrow > At what time?",
            "at eight > Your alarm will ring tomorrow at 8:00 AM.",
            "move my alarm to nine > Your alarm will ring tomorrow at 9:00 AM.",
            "change my alarm to monday > Your alarm will ring on Monday at 9:00 AM.",
            "move my alarm to yesterday at nine am > That time has already passed. Please say a time that is still to come.",
            "set an alarm for seven pm > Your alarm will ring today at 7:00 PM.",
            "move my alarm to ten pm > Which one: today at 7:00 PM or on Monday at 9:00 AM?",
            "cancel all alarms > Should I cancel both of your alarms?",
            "yes > Both alarms are cancelled.",
            "move my alarm to ten > You have no alarm set.",
        ],
        [
            "wake me up every weekday at seven > Your alarm will ring every weekday at 7:00 AM.",
            "cancel the alarm for every weekday > Your alarm every weekday at 7:00 AM is cancelled.",
        ],
        [
            "set an alarm for every friday > At what time?",
            "seven am > Your alarm will ring every Friday at 7:00 AM.",
            "move my alarm to every monday at six am > Your alarm will ring every Monday at 6:00 AM.",
        ],
        ["wake me up yesterday at seven am > That time has already passed. Please say a time that is still to come."],
        [
            "cancel all alarms > You have no alarm set.",
            "snooze > Nothing is going off right now.",
            "stop the alarm > Nothing is going off right now.",
        ],
        [
            "remind me to buy milk > When should I remind you?",
            "in twenty minutes > I will remind you in 20 minutes: buy milk.",
            "what are my reminders > I will remind you today at 3:25 PM: buy milk.",
            "remind me tomorrow to buy a card > At what time?",
            "at nine > I will remind you tomorrow at 9:00 AM: buy a card.",
            "list my reminders > You have 2 reminders. I will remind you today at 3:25 PM: buy milk. I will remind you tomorrow at 9:00 AM: buy a card.",
            "show me my reminders for tomorrow > I will remind you tomorrow at 9:00 AM: buy a card.",
            "what reminders do i have for next week > You have no reminders for then.",
            "cancel my reminder > Which one: “buy milk” or “buy a card”?",
            "the card > Your reminder is cancelled: buy a card.",
            "delete the reminder about the boiler > You have no such reminder. There is “buy milk”.",
            "delete the reminder for tomorrow > You have no such reminder. There is “buy milk”.",
            "move my reminder to ten pm > I will remind you today at 10:00 PM: buy milk.",
            "move my reminder to yesterday at ten pm > That time has already passed. Please say a time that is still to come.",
            "cancel all reminders > Should I cancel your only reminder?",
            "what are my reminders > I will remind you today at 10:00 PM: buy milk.",
            "cancel all reminders > Should I cancel your only reminder?",
            "yes > Your reminder is cancelled.",
            "cancel all reminders > You have no reminders.",
            "move my reminder to ten > You have no reminders.",
            "cancel my reminder > You have no reminders.",
        ],
        [
            "set a reminder > What should I remind you about?",
            "call the bank > When should I remind you?",
            "every friday at five > I will remind you every Friday at 5:00 PM: call the bank.",
        ],
        ["remind me to stretch every hour > I will remind you every hour: stretch."],
        ["remind me to stretch every ten minutes > I will remind you every 10 minutes: stretch."],
        ["remind me to breathe every two thousand days > I can't repeat something that often or that seldom."],
        [
            "remind me to call anna yesterday at nine am > That time has already passed. Please say a time that is still to come.",
        ],
        [
            "remind me on the first of every month at nine am to pay the rent > I will remind you on the first of every month at 9:00 AM: pay the rent.",
        ],
    ],
)
async def test_a_talk(me: Talking, talk: list[str]) -> None:
    for line in talk:
        said, _, answer = line.partition(" > ")
        assert await me.say(said) == answer, said


async def test_what_rings_is_snoozed_and_stopped_by_talking(me: Talking) -> None:
    await me.say("set an alarm for four pm")
    await me.ring(55 * 60)
    assert await me.say("snooze") == "Snoozed for 9 minutes."
    await me.ring(9 * 60)
    assert await me.say("snooze for ten minutes") == "Snoozed for 10 minutes."
    await me.ring(600)
    assert await me.say("turn off the alarm") == "The alarm is off."
    assert await me.say("five more minutes") == "Snoozed for 5 minutes."
    await me.ring(300)
    assert await me.say("stop the alarm") == "The alarm is off."
    assert await me.schedule.due() == ()


@pytest.mark.parametrize("kind", ["timer", "alarm", "reminder"])
async def test_what_has_ended_since_is_not_taken_back_nor_is_another(me: Talking, kind: str) -> None:
    said = {
        "timer": ("set a timer for an hour", "set a timer for five minutes"),
        "alarm": ("set an alarm for six every day", "set an alarm for four pm today"),
        "reminder": ("remind me to call mum tomorrow at ten", "remind me to eat at four pm today"),
    }[kind]

    async def there() -> dict[str, Timer | Reminder]:
        found: list[Timer | Reminder] = [*await me.schedule.timers("me")]
        for one in ReminderKind:
            found += await me.schedule.reminders("me", one)
        return {one.id: one for one in found}

    await me.say(said[0])
    (kept,) = await there()
    await me.say(said[1])
    await me.say("undo that")
    assert list(await there()) == [kept]
    await me.say(said[1])
    for identity, one in (await there()).items():
        if identity != kept:
            await me.schedule.cancel(one)
    await me.say("never mind")
    assert list(await there()) == [kept]


async def test_no_more_is_kept_than_can_be(me: Talking) -> None:
    await me.fill()
    full = "You have so many timers, alarms and reminders already that I can't keep another. Please cancel some first."
    for said in ("set a timer for ten minutes", "wake me up at seven am", "remind me in ten minutes to stretch"):
        assert await me.say(said) == full
    told = await me.say("what timers do i have")
    assert told.startswith(f"You have {MOST_WAITING} timers.")
    assert told.count("left.") == 5


@pytest.mark.parametrize(
    "said", ["set a timer for ten minutes", "wake me up at seven am", "remind me in ten minutes to stretch"]
)
async def test_where_nothing_rings_that_is_said(me: Talking, said: str) -> None:
    me.rings = False
    assert (await me.say(said)).endswith(
        "It only goes off while the Sottovoce application is running, so please start it."
    )


async def test_a_rule_of_another_version_is_told_as_once(me: Talking) -> None:
    one = await me.schedule.set_reminder("odd", wall=NOW.replace(tzinfo=None) + timedelta(hours=1))
    await me.store.save(dataclasses.replace(one, recurrence="FREQ=LUNAR"))
    me.schedule.forget()
    assert await me.say("what are my reminders") == "I will remind you today at 4:05 PM: odd."


async def test_what_is_to_be_done_is_a_reminder(me: Talking) -> None:
    assert await me.say("keep in mind to call the bank") == "When should I remind you of that?"
    assert "call the bank" in await me.say("tomorrow at nine")
    (one,) = await me.schedule.reminders("me", ReminderKind.REMINDER)
    assert "call the bank" in one.text


@pytest.mark.parametrize(
    ("said", "wakes", "expected"),
    [
        ("at seven", True, "21 19:00"),  # in four hours at the most
        ("at eight", True, "22 08:00"),
        ("at two", True, "22 14:00"),
        ("at two", False, "22 14:00"),
        ("at four", False, "21 16:00"),
        ("at eight", False, "21 20:00"),
        ("tomorrow at five", True, "22 05:00"),
        ("tomorrow at five", False, "22 17:00"),
        ("tomorrow at two", True, "22 14:00"),
        ("today at eight", False, "21 20:00"),
        ("tomorrow", False, "22 00:00"),
        ("tomorrow at five am", False, "22 05:00"),
    ],
)
def test_which_half_of_the_day_is_meant(said: str, wakes: bool, expected: str) -> None:  # noqa: FBT001 - a column
    moment = values.moment(said, NOW)
    assert moment is not None
    assert meant(moment, NOW, wakes=wakes).strftime("%d %H:%M") == expected


def test_a_night_hour_that_is_near_is_meant() -> None:
    late = NOW.replace(hour=23, minute=30)
    soon = Moment(at=late + timedelta(minutes=30), day=False, half_known=False)
    assert meant(soon, late) == soon.at


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("", None),
        ("a boat", None),
        ("word " * 15, None),
        ("every day tomorrow", None),
        ("in ten minutes", When(Moment(at=NOW + timedelta(minutes=10)), counted=True)),
        ("every day", When(recurrence=Recurrence(step=Cycle.DAY))),
    ],
)
def test_words_for_when(said: str, when: When | None) -> None:
    assert when_of(said, values, NOW) == when


def test_what_was_left_open_is_filled_in() -> None:
    day = When(Moment(at=NOW.replace(hour=0, minute=0) + timedelta(days=1), clock=False))
    time = When(Moment(at=NOW.replace(hour=9, minute=0) + timedelta(days=1), day=False))
    filled = joined(day, time)
    assert filled.moment is not None
    assert filled.moment.at == NOW.replace(hour=9, minute=0) + timedelta(days=1)
    assert joined(When(recurrence=Recurrence(step=Cycle.DAY)), time).moment == time.moment
    assert joined(time, When(recurrence=Recurrence(step=Cycle.DAY))).moment == time.moment
    assert joined(time, time) == time


async def test_what_was_left_out_and_is_over_is_not_brought_back(me: Talking) -> None:
    await me.say("remind me every day at ten past three pm to stretch")
    assert "leave out" in await me.say("skip the reminder today")
    me.clock.now += 6 * 60
    said = await me.say("undo that")
    assert "back" not in said
    assert "cancelled" not in said
    assert "every day at 3:10 PM, the next time" not in await me.say("what reminders do i have")


async def test_what_was_cancelled_is_brought_back_and_nothing_else(me: Talking) -> None:
    await me.say("set an alarm for seven tomorrow")
    await me.say("set an alarm for eight tomorrow")
    await me.say("cancel the seven o'clock alarm")
    assert await me.say("undo that") == "Your alarm tomorrow at 7:00 AM is back."
    assert "back" not in await me.say("undo that")
    told = await me.say("what alarms do i have")
    assert "7:00 AM" in told
    assert "8:00 AM" in told


@pytest.mark.parametrize(
    ("kind", "said", "back"),
    [
        ("timer", ("set a timer for ten minutes", "set a pasta timer for an hour"), ("10 minutes left", "1 hour left")),
        (
            "alarm",
            ("set an alarm for seven tomorrow", "set an alarm for eight every day"),
            ("7:00 AM", "every day at 8"),
        ),
        ("reminder", ("remind me to eat at six", "remind me to call mum at seven"), ("eat", "call mum")),
    ],
)
async def test_all_that_were_cancelled_are_brought_back(
    me: Talking, kind: str, said: tuple[str, str], back: tuple[str, str]
) -> None:
    for one in said:
        await me.say(one)
    for ending in (f"cancel all {kind}s", f"cancel my {kind}"):
        await me.say(ending)
        await me.say("yes" if "all" in ending else "both")
        told = await me.say("undo that")
        assert all(one in told for one in back)
    left = await me.say(f"what {kind}s do i have")
    assert all(one in left for one in back)


async def test_a_timer_that_stood_still_does_so_again(me: Talking) -> None:
    await me.say("set a timer for ten minutes")
    await me.say("pause the timer")
    await me.say("cancel the timer")
    assert await me.say("undo that") == "Your timer is paused with 10 minutes left."


async def test_what_would_be_over_by_now_is_not_brought_back(me: Talking) -> None:
    await me.say("set a timer for five minutes")
    await me.say("cancel the timer")
    me.clock.now += 6 * 60
    await me.say("undo that")
    assert await me.schedule.timers("me") == ()


async def test_only_what_a_user_cancelled_is_revived(me: Talking) -> None:
    await me.say("set a timer for five minutes")
    (timer,) = await me.schedule.timers("me")
    assert await me.schedule.revive("me", [timer.id, "none"]) == ()
    await me.schedule.cancel(timer)
    assert await me.schedule.revive("you", [timer.id]) == ()
    assert [one.id for one in await me.schedule.revive("me", [timer.id])] == [timer.id]


async def test_an_alarm_is_moved_by_a_length_of_time(me: Talking) -> None:
    await me.say("set an alarm for seven tomorrow")
    await me.say("set an alarm for eight tomorrow")
    assert "8:10 AM" in await me.say("make it ten minutes later")
    assert "6:30 AM" in await me.say("move my seven o'clock alarm half an hour earlier")
    assert "8:10 AM" in await me.say("what alarms do i have")


@pytest.mark.parametrize(("kind", "what"), [(ReminderKind.ALARM, "alarm"), (ReminderKind.REMINDER, "reminder")])
async def test_of_several_that_nobody_spoke_of_it_is_asked_which_to_move(
    me: Talking, kind: ReminderKind, what: str
) -> None:
    for hour in (7, 8):
        wall = (NOW + timedelta(days=1)).replace(hour=hour, minute=0, second=0, tzinfo=None)
        await me.schedule.set_reminder(f"tea {hour}", kind=kind, wall=wall, user_id="me")
    assert "Which one" in await me.say(f"move my {what} an hour earlier")


async def test_what_would_be_over_when_moved_stays(me: Talking) -> None:
    await me.say("remind me in ten minutes to stretch")
    assert "already passed" in await me.say("make the reminder an hour earlier")
    assert "1 hour and 10 minutes" in await me.say("make it an hour later")


async def test_a_series_is_not_moved_to_other_days_by_the_way(me: Talking) -> None:
    await me.say("set an alarm for eleven pm every monday")
    assert await me.say("move my alarm two hours later") == "For what time?"
    assert "every Monday at 9:00 PM" in await me.say("nine pm")
    await me.say("remind me every monday at eleven pm to stretch")
    assert await me.say("move my reminder to stretch back two hours") == "When should I remind you?"


@pytest.mark.parametrize("said", ["skip my alarm on monday", "cancel my monday alarm"])
async def test_of_what_comes_on_several_days_a_weekday_is_that_day_alone(me: Talking, said: str) -> None:
    await me.say("set an alarm for seven am every weekday")
    assert "The next one rings on Tuesday at 7:00 AM." in await me.say(said)
    await me.say("remind me every day at nine am to swim")
    assert "The next one comes on Monday at 9:00 AM." in await me.say("skip my reminder on sunday")
    assert "every weekday at 7:00 AM" in await me.say("what alarms do i have")


@pytest.mark.parametrize("said", ["not seven but eight", "make it eight", "no i meant eight"])
async def test_a_time_told_behind_its_day_is_corrected_by_itself(me: Talking, said: str) -> None:
    await me.say("set an alarm for tomorrow")
    assert "tomorrow at 7:00 AM" in await me.say("seven")
    assert "tomorrow at 8:00 AM" in await me.say(said)
    assert "on Monday at 8:00 AM" in await me.say("not tomorrow but on monday")
    assert "tomorrow at 9:30 AM" in await me.say("make it tomorrow at nine thirty am")
    assert "today at 3:15 PM" in await me.say("make it in ten minutes")


async def test_a_series_told_anew_with_its_time_leaves_no_other_time(me: Talking) -> None:
    await me.say("set an alarm for tomorrow")
    await me.say("seven")
    assert "every Friday at 10:00 AM" in await me.say("make it every friday at ten am")

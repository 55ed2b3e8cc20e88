"""Title and time of what somebody plans, whichever is said first; and when exactly it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sottovoce.agent.planning.planned_times import Planned, is_at, moved_to, settled, when, with_moment
from sottovoce.domain.plans import Plan
from sottovoce.domain.values import Cycle, Moment, Period, Recurrence
from sottovoce.language import language
from sottovoce.language.plans import MOST_WORDS
from sottovoce.memory.calendar import occurrence
from tests.unit.test_recurring import event

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 15, 5, tzinfo=BERLIN)
"""A Saturday."""


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type, misc] # parts of a date


def planned(text: str, tag: str = "en") -> tuple[str, str]:
    """Title and time in short."""
    plan = language(tag).plans.plan(text, NOW)
    assert plan is not None
    found = when(plan, NOW)
    if found is None:
        return plan.title, ""
    if found.all_day:
        last = found.end - timedelta(days=1)
        shown = f"{found.start:%m-%d}" + (f"/{last:%m-%d}" if last > found.start else "")
    else:
        shown = f"{found.start:%m-%d %H:%M}-{found.end:%H:%M}"
    return plan.title, f"{shown} {found.recurrence}".strip()


@pytest.mark.parametrize(
    ("said", "title", "times"),
    [
        ("lunch with anna tomorrow at one", "lunch with anna", "11-22 13:00-14:00"),
        ("tomorrow lunch with anna at one", "lunch with anna", "11-22 13:00-14:00"),
        ("lunch tomorrow with anna at one", "lunch with anna", "11-22 13:00-14:00"),
        ("Lunch with Anna, tomorrow at 1 pm!", "Lunch with Anna", "11-22 13:00-14:00"),
        ("a doctor's appointment on monday at eight", "doctor's appointment", "11-23 08:00-09:00"),
        ("meeting with max on friday at ten for two hours", "meeting with max", "11-27 10:00-12:00"),
        ("lunch with june on friday at noon", "lunch with june", "11-27 12:00-13:00"),
        ("meeting in room two on friday at ten", "meeting in room two", "11-27 10:00-11:00"),
        ("standup from ten to ten thirty on monday", "standup", "11-23 10:00-10:30"),
        ("a meeting on monday from three to four", "meeting", "11-23 15:00-16:00"),
        ("a meeting on monday between eleven and one", "meeting", "11-23 11:00-13:00"),
        ("party on saturday from eight pm to two am", "party", "11-28 20:00-02:00"),
        ("party on saturday from eight pm until two am", "party", "11-28 20:00-02:00"),
        ("camp from friday at six pm to sunday at three pm", "camp", "11-27 18:00-15:00"),
        ("vacation from june third to june tenth", "vacation", "06-03/06-10"),
        ("trip from december thirtieth to january second", "trip", "12-30/01-02"),
        ("trip from friday to sunday", "trip", "11-27/11-29"),
        ("trip to rome next weekend", "trip to rome", "11-28/11-29"),
        ("conference all day thursday", "conference", "11-26"),
        ("seminar on thursday for three days", "seminar", "11-26/11-28"),
        ("anna's birthday on may third", "anna's birthday", "05-03"),
        ("mum's birthday every year on may third", "mum's birthday", "05-03 FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"),
        ("friday afternoon", "", "11-27 12:00-18:00"),
        ("focus on friday afternoon for two hours", "focus", "11-27 12:00-14:00"),
        ("yoga every tuesday at six", "yoga", "11-24 18:00-19:00 FREQ=WEEKLY;BYDAY=TU"),
        ("yoga every tuesday from six to eight", "yoga", "11-24 18:00-20:00 FREQ=WEEKLY;BYDAY=TU"),
        ("run every day at seven am", "run", "11-22 07:00-08:00 FREQ=DAILY"),
        ("run every day at nine pm", "run", "11-21 21:00-22:00 FREQ=DAILY"),
        ("yoga every tuesday", "yoga", ""),
        ("lunch with anna tomorrow", "lunch with anna", ""),
        ("haircut today at nine", "haircut", "11-21 21:00-22:00"),
        ("haircut at nine", "haircut", "11-22 09:00-10:00"),
        ("haircut at five", "haircut", "11-21 17:00-18:00"),
        ("lunch with max is on friday at one", "lunch with max", "11-27 13:00-14:00"),
        ("camp on monday at nine for two days", "camp", "11-23 09:00-09:00"),
        ("lunch tomorrow at one call on friday at two", "lunch tomorrow at one call", "11-27 14:00-15:00"),
        ("call in ten minutes", "call", "11-21 15:15-16:15"),
    ],
)
def test_plans(said: str, title: str, times: str) -> None:
    assert planned(said) == (title, times)


@pytest.mark.parametrize(
    ("said", "title", "times"),
    [
        ("mittagessen mit anna morgen um eins", "mittagessen mit anna", "11-22 13:00-14:00"),
        ("Besprechung mit Max am Freitag um 10 Uhr für zwei Stunden", "Besprechung mit Max", "11-27 10:00-12:00"),
        ("yoga jeden dienstag um sechs", "yoga", "11-24 18:00-19:00 FREQ=WEEKLY;BYDAY=TU"),
        ("besprechung am montag von drei bis vier", "besprechung", "11-23 15:00-16:00"),
        ("urlaub vom dritten juni bis zum zehnten juni", "urlaub", "06-03/06-10"),
        ("annas geburtstag am dritten mai", "annas geburtstag", "05-03"),
        ("mittagessen morgen", "mittagessen", ""),
    ],
)
def test_plans_in_german(said: str, title: str, times: str) -> None:
    assert planned(said, "de") == (title, times)


def test_a_long_title_is_taken_as_it_is() -> None:
    said = "talk tomorrow about the garden and all the old trees at nine"
    assert planned(said) == ("talk tomorrow about the garden and all the old trees", "11-22 09:00-10:00")


@pytest.mark.parametrize("said", ["lunch with anna", "room two", "", f"{'word ' * MOST_WORDS} tomorrow at nine"])
def test_what_tells_no_time_is_no_plan(said: str) -> None:
    assert language("en").plans.plan(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "engagement"),
    [
        ("dentist on friday", True),
        ("tea at three", True),
        ("camp from friday to sunday", True),
        ("a headache today", False),
        ("to call mum at three", False),
        ("friday at three", False),
    ],
)
def test_what_is_put_into_calendars_unasked(said: str, engagement: bool) -> None:  # noqa: FBT001 - from the table
    plan = language("en").plans.plan(said, NOW)
    assert plan is not None
    assert plan.is_engagement is engagement


def test_engagements_by_their_names() -> None:
    plans = language("en").plans
    assert plans.is_engagement("my doctor's appointments")
    assert not plans.is_engagement("my birthday")
    assert not plans.is_engagement("the moon")


def open_moment(*parts: int, day: bool = True) -> Moment:
    return Moment(at=at(*parts), half_known=False, day=day)


def test_the_half_that_is_meant() -> None:
    assert settled(open_moment(2026, 11, 22, 3), NOW).hour == 15
    assert settled(open_moment(2026, 11, 22, 8), NOW).hour == 8
    assert settled(open_moment(2026, 11, 22, 12), NOW).hour == 12
    assert settled(open_moment(2026, 11, 20, 9), NOW).hour == 9  # both are past
    assert settled(Moment(at=at(2026, 11, 22, 3)), NOW).hour == 3
    evening = Period(start=at(2026, 11, 22, 18), end=at(2026, 11, 23))
    assert settled(open_moment(2026, 11, 22, 8), NOW, evening).hour == 20
    assert settled(open_moment(2026, 11, 22, 4), NOW, evening).hour == 16


def test_a_time_of_day_beside_a_part_of_a_day() -> None:
    evening = Period(start=at(2026, 11, 27, 18), end=at(2026, 11, 28))
    plan = Plan(moment=open_moment(2026, 11, 22, 8, day=False), period=evening)
    assert when(plan, NOW) == Planned(start=at(2026, 11, 27, 20), end=at(2026, 11, 27, 21))


def test_the_same_instant_in_another_zone_is_another_day() -> None:
    plan_of = language("en").plans.plan
    here = datetime(2026, 11, 21, 23, 30, tzinfo=BERLIN)
    plans = [plan_of("lunch tomorrow", now) for now in (here, here.astimezone(ZoneInfo("Asia/Tokyo")))]
    assert [plan.moment.at.day for plan in plans if plan and plan.moment] == [22, 23]


def test_no_time_at_all() -> None:
    assert when(Plan(title="x"), NOW) is None


def test_a_day_that_no_year_has_never_comes() -> None:
    never = Recurrence(step=Cycle.YEAR, month=2, month_day=30, at=time(9))
    assert when(Plan(recurrence=never), NOW) is None
    leap = Recurrence(step=Cycle.YEAR, month=2, month_day=29, at=time(9))
    assert when(Plan(recurrence=leap), NOW) == Planned(
        start=at(2028, 2, 29, 9), end=at(2028, 2, 29, 10), recurrence=leap.rule
    )


def test_a_series_from_a_day_and_time_of_its_own() -> None:
    weekly = Recurrence(step=Cycle.WEEK)
    plan = Plan(recurrence=weekly, moment=open_moment(2026, 12, 3, 6))
    assert when(plan, NOW) == Planned(start=at(2026, 12, 3, 18), end=at(2026, 12, 3, 19), recurrence="FREQ=WEEKLY")


def test_until_leap_day() -> None:
    first, last = Moment(at=at(2027, 12, 30), clock=False), Moment(at=at(2024, 2, 29), clock=False)
    found = when(Plan(moment=first, until=last), NOW)
    assert found == Planned(start=at(2027, 12, 30), end=at(2027, 12, 31), all_day=True)


def test_an_end_without_a_time_of_its_own_day() -> None:
    plan = Plan(moment=Moment(at=at(2026, 11, 27), clock=False), until=Moment(at=at(2026, 11, 27, 18)))
    assert when(plan, NOW) == Planned(start=at(2026, 11, 27), end=at(2026, 11, 27, 18))


def test_an_answer_brings_what_was_missing() -> None:
    day = Plan(title="lunch", moment=Moment(at=at(2026, 11, 27), clock=False))
    clock = Moment(at=at(2026, 11, 22, 13), day=False)
    assert with_moment(day, clock).moment == Moment(at=at(2026, 11, 27, 13))
    known = Plan(title="lunch", moment=Moment(at=at(2026, 11, 27, 13)))
    other_day = Moment(at=at(2026, 11, 28), clock=False)
    assert with_moment(known, other_day).moment == Moment(at=at(2026, 11, 28, 13))
    other = Moment(at=at(2026, 11, 29, 9))
    assert with_moment(known, other).moment == other
    assert with_moment(Plan(), other).moment == other
    weekly = Plan(recurrence=Recurrence(step=Cycle.WEEK, at=time(9)))
    assert with_moment(weekly, clock).recurrence == Recurrence(step=Cycle.WEEK)


def test_where_it_is_moved() -> None:
    one = occurrence(event(at(2026, 11, 27, 10)), at(2026, 11, 27, 10))
    assert moved_to(one, Moment(at=at(2026, 11, 28), clock=False), NOW) == at(2026, 11, 28, 10)
    assert moved_to(one, open_moment(2026, 11, 22, 3, day=False), NOW) == at(2026, 11, 27, 15)
    assert moved_to(one, Moment(at=at(2026, 11, 29, 9)), NOW) == at(2026, 11, 29, 9)
    whole = occurrence(event(at(2026, 11, 27), 24, all_day=True), at(2026, 11, 27))
    assert moved_to(whole, Moment(at=at(2026, 11, 29, 9)), NOW) == at(2026, 11, 29)


def test_which_one_is_meant_by_its_time() -> None:
    one = occurrence(event(at(2026, 11, 27, 15)), at(2026, 11, 27, 15))
    assert is_at(one, Moment(at=at(2026, 11, 27), clock=False))
    assert not is_at(one, Moment(at=at(2026, 11, 28), clock=False))
    assert not is_at(one, Moment(at=at(2026, 11, 26), clock=False))
    assert is_at(one, open_moment(2026, 11, 22, 3, day=False))
    assert not is_at(one, Moment(at=at(2026, 11, 27, 3)))
    assert not is_at(one, Moment(at=at(2026, 11, 27, 15, 30)))
    whole = occurrence(event(at(2026, 11, 27), 48, all_day=True), at(2026, 11, 27))
    assert is_at(whole, Moment(at=at(2026, 11, 28, 9)))

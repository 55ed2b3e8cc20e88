"""When something comes by the clock on the wall; dateutil is the oracle for what repeats."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.moments import LATEST_S
from sottovoce.domain.occurrences import (
    RuleUnusable,
    at_wall,
    first_from,
    moved,
    next_after,
    to_recurrence,
    wall_at,
)
from sottovoce.domain.values import Cycle, Recurrence

BERLIN = ZoneInfo("Europe/Berlin")
SEVEN = time(7)
wall = datetime
"""What clocks show, in no zone."""
DAILY = Recurrence(step=Cycle.DAY)


def _in_berlin(seconds: float | None) -> str:
    assert seconds is not None
    return datetime.fromtimestamp(seconds, BERLIN).isoformat(sep=" ", timespec="minutes")


def test_a_time_that_clocks_leave_out_is_due_as_much_later() -> None:
    first = wall(2026, 3, 27, 2, 30)
    at = at_wall(first, BERLIN)
    told = [_in_berlin(at := next_after(DAILY, first, BERLIN, at) or 0) for _ in range(3)]
    assert told == ["2026-03-28 02:30+01:00", "2026-03-29 03:30+02:00", "2026-03-30 02:30+02:00"]


def test_a_time_that_clocks_show_twice_is_due_the_first_time() -> None:
    first = wall(2026, 10, 24, 2, 30)
    at = at_wall(first, BERLIN)
    told = [_in_berlin(at := next_after(DAILY, first, BERLIN, at) or 0) for _ in range(2)]
    assert told == ["2026-10-25 02:30+02:00", "2026-10-26 02:30+01:00"]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", wall(2026, 1, 31, 9), ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", wall(2026, 1, 31, 9), ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTH=5;BYMONTHDAY=2", wall(2026, 5, 2, 9), ["2027-05-02", "2028-05-02", "2029-05-02"]),
        ("FREQ=YEARLY", wall(2024, 2, 29, 9), ["2025-02-28", "2026-02-28", "2027-02-28"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", wall(2026, 12, 4, 9), ["2026-12-18", "2027-01-01", "2027-01-15"]),
        ("FREQ=DAILY;INTERVAL=3", wall(2026, 12, 30, 9), ["2027-01-02", "2027-01-05", "2027-01-08"]),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", wall(2026, 12, 3, 9), ["2026-12-04", "2026-12-07", "2026-12-08"]),
        ("FREQ=MONTHLY;BYDAY=MO", wall(2026, 12, 28, 9), ["2027-01-04", "2027-01-11", "2027-01-18"]),
    ],
)
def test_what_comes_next(rule: str, first: datetime, expected: list[str]) -> None:
    recurrence = to_recurrence(rule)
    assert recurrence is not None
    assert recurrence.rule == rule
    at = at_wall(first, UTC)
    found = [wall_at(at := next_after(recurrence, first, UTC, at) or 0, UTC).date().isoformat() for _ in range(3)]
    assert found == expected


@given(
    step=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    days=st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])),
    first=st.datetimes(wall(2020, 1, 1), wall(2030, 1, 1)).filter(lambda day: day.day <= 28),
    after_days=st.integers(-10, 900),
)
def test_it_comes_as_rfc_5545_has_it(
    step: str, interval: int, days: set[str], first: datetime, after_days: int
) -> None:
    first = first.replace(second=0, microsecond=0)
    rule = f"FREQ={step};INTERVAL={interval}" + (
        f";BYDAY={','.join(sorted(days))}" if days and step == "WEEKLY" else ""
    )
    recurrence = to_recurrence(rule)
    assert recurrence is not None
    after = first + timedelta(days=after_days)
    oracle = rrulestr(rule, dtstart=first).after(after)
    found = next_after(recurrence, first, UTC, at_wall(after, UTC))
    assert found == at_wall(oracle, UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=2MO",
        "INTERVAL=2",
        "every day",
    ],
)
def test_other_rules_are_refused(rule: str) -> None:
    with pytest.raises(RuleUnusable):
        to_recurrence(rule)


def test_no_rule_is_none() -> None:
    assert to_recurrence("") is None


def test_minutes_and_hours_are_counted_whatever_clocks_show() -> None:
    ten = Recurrence(step=Cycle.MINUTE, interval=10)
    first = wall(2026, 3, 29, 1, 55)
    begin = at_wall(first, BERLIN)
    assert next_after(ten, first, BERLIN, begin - 1) == begin
    assert next_after(ten, first, BERLIN, begin) == begin + 600
    assert next_after(ten, first, BERLIN, begin + 86_400 * 3000 + 1) == begin + 86_400 * 3000 + 600
    assert moved(begin, ten, first, UTC) == begin
    assert first_from(ten, first, SEVEN) == first


def test_nothing_comes_behind_the_last_year() -> None:
    assert next_after(DAILY, wall(9998, 12, 30, 7), UTC, LATEST_S - 100_000) is None
    never = Recurrence(step=Cycle.MONTH, interval=1000, month_day=1)
    assert next_after(never, wall(2026, 1, 1), UTC, at_wall(wall(2026, 1, 1), UTC)) is None
    assert at_wall(wall(9999, 12, 31, 23), UTC) == LATEST_S
    assert at_wall(wall(1, 1, 1), None) == LATEST_S or at_wall(wall(1, 1, 1), None) < 0


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (DAILY, "2026-12-01"),
        (Recurrence(step=Cycle.WEEK, weekdays=(4,)), "2026-12-04"),
        (Recurrence(step=Cycle.WEEK, weekdays=(0,)), "2026-12-07"),
        (Recurrence(step=Cycle.MONTH, month_day=-1), "2026-12-31"),
        (Recurrence(step=Cycle.MONTH, month_day=30), "2026-12-30"),
        (Recurrence(step=Cycle.YEAR, month=5, month_day=3), "2027-05-03"),
        (Recurrence(step=Cycle.YEAR, month=5), "2027-05-01"),
    ],
)
def test_the_first_one_is_not_before_now(recurrence: Recurrence, expected: str) -> None:
    monday_noon = wall(2026, 11, 30, 12)
    assert first_from(recurrence, monday_noon, SEVEN) == datetime.combine(date.fromisoformat(expected), SEVEN)


def test_the_first_one_may_be_today() -> None:
    assert first_from(DAILY, wall(2026, 11, 30, 6), SEVEN) == wall(2026, 11, 30, 7)


def test_a_day_that_never_comes_begins_at_once() -> None:
    never = Recurrence(step=Cycle.YEAR, month=2, month_day=30, weekdays=(9,))
    assert first_from(never, wall(2026, 11, 30, 6), SEVEN) == wall(2026, 11, 30, 7)


def test_another_zone_moves_what_is_due_by_the_clock() -> None:
    first = wall(2026, 12, 1, 7)
    tomorrow = at_wall(wall(2026, 12, 5, 7), BERLIN)
    new_york = ZoneInfo("America/New_York")
    assert moved(tomorrow, DAILY, first, new_york) == at_wall(wall(2026, 12, 5, 7), new_york)
    assert moved(at_wall(first, BERLIN), None, first, new_york) == at_wall(first, new_york)
    weekly = Recurrence(step=Cycle.WEEK)
    assert moved(0.0, weekly, first, UTC) == 0.0

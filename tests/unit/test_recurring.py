"""When events come again: by the clock of their zone, lazily, and within bounds."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from sottovoce.domain.records import Event
from sottovoce.memory.recurring import (
    HERE,
    MOST_TIMES,
    exceptions_of,
    rule_of,
    times,
    wall_of,
    with_summer_time,
    without,
    zone_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")


def event(
    start: datetime, hours: float = 1, rule: str = "", *, all_day: bool = False, zone: str | None = None
) -> Event:
    end = start + timedelta(hours=hours)
    name = str(getattr(start.tzinfo, "key", "")) if zone is None else zone
    return Event(
        id="e",
        title="yoga",
        starts_at=start.timestamp(),
        ends_at=end.timestamp(),
        all_day=all_day,
        zone=name,
        recurrence=rule,
        created_at=0,
        changed_at=0,
    )


def starts(one: Event, start: datetime, end: datetime) -> list[str]:
    return [begins.strftime("%m-%d %H:%M") for begins, _, _ in times(one, start, end)]


def at(*parts: int, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(*parts, tzinfo=zone)  # type: ignore[arg-type, misc] # parts of a date


def test_once_is_where_it_is() -> None:
    one = event(at(2026, 11, 30, 23), 2)
    assert starts(one, at(2026, 11, 30), at(2026, 12, 1)) == ["11-30 23:00"]
    assert starts(one, at(2026, 12, 1), at(2026, 12, 2)) == ["11-30 23:00"]  # past midnight
    assert starts(one, at(2026, 12, 1, 1), at(2026, 12, 2)) == []
    assert starts(one, at(2026, 11, 29), at(2026, 11, 30, 23)) == []


def test_what_takes_no_time_is_found_at_its_moment() -> None:
    assert starts(event(at(2026, 11, 30, 9), 0), at(2026, 11, 30, 9), at(2026, 11, 30, 10)) == ["11-30 09:00"]


def test_it_stays_six_through_summer_and_winter_wherever_one_is() -> None:
    one = event(at(2026, 1, 6, 18), 1, "FREQ=WEEKLY")
    assert starts(one, at(2026, 3, 24), at(2026, 4, 1)) == ["03-24 18:00", "03-31 18:00"]
    tokyo = starts(one, at(2026, 3, 24, zone=TOKYO), at(2026, 4, 2, zone=TOKYO))
    assert tokyo == ["03-25 02:00", "04-01 01:00"]


def test_a_time_that_clocks_skip_comes_as_much_later() -> None:
    one = event(at(2026, 3, 27, 2, 30), 1, "FREQ=DAILY")
    assert starts(one, at(2026, 3, 28), at(2026, 3, 31)) == ["03-28 02:30", "03-29 03:30", "03-30 02:30"]


def test_an_hour_is_an_hour_across_the_change() -> None:
    ((begins, ends, _),) = times(event(at(2026, 10, 24, 23), 1, "FREQ=DAILY"), at(2026, 10, 24, 22), at(2026, 10, 25))
    assert ends.timestamp() - begins.timestamp() == 3600


def test_whole_days_are_the_days_of_their_zone() -> None:
    holiday = event(at(2026, 6, 3), 24 * 3, all_day=True)
    ((begins, ends, _),) = times(holiday, at(2026, 6, 1, zone=TOKYO), at(2026, 7, 1, zone=TOKYO))
    assert (begins, ends) == (at(2026, 6, 3, zone=TOKYO), at(2026, 6, 6, zone=TOKYO))
    birthday = event(at(2020, 5, 3), 24, "FREQ=YEARLY", all_day=True)
    assert starts(birthday, at(2026, 1, 1, zone=TOKYO), at(2028, 1, 1, zone=TOKYO)) == ["05-03 00:00", "05-03 00:00"]
    empty = event(at(2026, 6, 3), 0, all_day=True)  # a file may say so
    assert starts(empty, at(2026, 6, 3, 12), at(2026, 6, 4)) == ["06-03 00:00"]


def test_a_day_of_25_hours_is_one_day() -> None:
    start = at(2026, 10, 25)
    one = event(start, all_day=True, hours=25)
    ((begins, ends, _),) = times(one, at(2026, 10, 24), at(2026, 10, 30))
    assert (begins, ends) == (start, at(2026, 10, 26))


def test_times_are_left_out() -> None:
    rule = without("FREQ=WEEKLY", datetime(2026, 12, 8, 18))  # noqa: DTZ001 - a wall clock's
    rule = without(rule, datetime(2026, 12, 1, 18))  # noqa: DTZ001 - as above
    assert rule == "FREQ=WEEKLY\nEXDATE:20261201T180000,20261208T180000"
    assert rule_of(rule) == "FREQ=WEEKLY"
    assert exceptions_of(rule) == ("20261201T180000", "20261208T180000")
    one = event(at(2026, 11, 24, 18), 1, rule)
    assert starts(one, at(2026, 11, 20), at(2026, 12, 20)) == ["11-24 18:00", "12-15 18:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;BYDAY=MO,WE",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;WKST=SU",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1",
        "FREQ=HOURLY;INTERVAL=7",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20261201T000000",
    ],
)
def test_rules_from_long_ago(rule: str) -> None:
    """As dateutil has them, which counts from the first time on."""
    first = datetime(2006, 1, 5, 9)  # noqa: DTZ001 - a wall clock's
    there = rrulestr(rule, dtstart=first).between(datetime(2026, 11, 28), datetime(2026, 12, 14))  # noqa: DTZ001
    found = starts(event(at(2006, 1, 5, 9), 1, rule), at(2026, 11, 28), at(2026, 12, 14))
    assert found == [one.strftime("%m-%d %H:%M") for one in there]


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "nonsense", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=few"])
def test_a_rule_that_is_not_understood_leaves_the_first_time(rule: str) -> None:
    one = event(at(2006, 1, 5, 9), 1, rule)
    assert starts(one, at(2006, 1, 1), at(2006, 2, 1)) == ["01-05 09:00"]
    assert starts(one, at(2026, 11, 28), at(2026, 12, 14)) == []


def test_each_minute_since_years_takes_no_time() -> None:
    one = event(at(2006, 1, 5, 9), 0.01, "FREQ=MINUTELY")
    began = perf_counter()
    assert len(starts(one, at(2026, 11, 29), at(2026, 12, 4))) == MOST_TIMES
    assert perf_counter() - began < 1


def test_what_is_counted_ends_somewhere() -> None:
    one = event(at(2006, 1, 5, 9), 1, "FREQ=MINUTELY;COUNT=1000000000")
    assert starts(one, at(2026, 11, 29), at(2026, 12, 4)) == []


def test_a_zone_that_nobody_knows_is_that_of_who_asks() -> None:
    for name in ("", "Mars/Olympus", "Europe", "/etc/passwd"):
        assert zone_of(event(at(2026, 11, 30, 9), zone=name), TOKYO) is TOKYO
    one = event(at(2026, 11, 30, 9, zone=TOKYO), zone="")
    assert wall_of(one, TOKYO) == datetime(2026, 11, 30, 9)  # noqa: DTZ001 - a wall clock's


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no TZ there")
@pytest.mark.usefixtures("in_berlin")
def test_the_machines_zone_has_summer_and_winter() -> None:
    winter = datetime(2026, 1, 6, 17, tzinfo=UTC).astimezone(HERE)
    summer = datetime(2026, 7, 6, 17, tzinfo=UTC).astimezone(HERE)
    assert (winter.hour, summer.hour) == (18, 19)
    assert (winter.tzname(), HERE.tzname(None), HERE.utcoffset(None), winter.dst()) == ("CET", None, None, None)
    one = event(winter, 1, "FREQ=WEEKLY")
    assert starts(one, datetime(2026, 7, 1, tzinfo=HERE), datetime(2026, 7, 8, tzinfo=HERE)) == ["07-07 18:00"]
    fixed = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert with_summer_time(fixed).tzinfo is HERE
    assert with_summer_time(fixed) == fixed
    for kept in (at(2026, 7, 1), datetime(2026, 7, 1, tzinfo=UTC)):
        assert with_summer_time(kept).tzinfo is kept.tzinfo

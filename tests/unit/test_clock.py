"""What a look at the clock may decide, and which backups stay through every kind of clock."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain.backups import USUAL_ROTATION, surplus
from sottovoce.domain.clock import BACK_S, DAY_S, MOST_DAYS, MOST_NUMBER, NEAR_S, PAUSE_S, ClockLedger, Misdated

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = 20_000 * DAY_S + 9 * 3600
YEAR_S = 365 * DAY_S


def looked(ledger: ClockLedger, *looks: float, newest: int = 0) -> ClockLedger:
    for look in looks:
        ledger = ledger.look(look, newest)
    return ledger


def test_days_of_use_are_believed_one_after_another() -> None:
    ledger = looked(ClockLedger(believed=NOW), *(NOW + day * DAY_S for day in range(400)))
    assert ledger == ClockLedger(believed=NOW + 399 * DAY_S)


@pytest.mark.parametrize("moved", [-BACK_S, -60.0, 0.0, NEAR_S])
def test_a_small_step_is_nothing(moved: float) -> None:
    ledger = looked(ClockLedger(believed=NOW), NOW + moved)
    assert ledger == ClockLedger(believed=NOW + max(moved, 0))


@given(st.floats(NEAR_S + 1, 50 * YEAR_S), st.lists(st.integers(0, 23), max_size=50))
def test_hours_of_one_day_decide_nothing(gap_s: float, hours: list[int]) -> None:
    begin = (NOW + gap_s) // DAY_S * DAY_S + DAY_S
    ledger = looked(ClockLedger(believed=NOW), *(begin + hour * 3600 for hour in sorted(hours)))
    assert ledger.sure(begin + 23 * 3600) == (NOW if hours else begin + 23 * 3600)


@pytest.mark.parametrize(
    ("days", "wanted", "far"), [(3, 1, False), (7, 2, False), (14, 3, True), (3650, MOST_DAYS, True), (-3650, 7, True)]
)
def test_the_further_it_jumps_the_more_days_it_takes(days: int, wanted: int, *, far: bool) -> None:
    first, ledger = NOW + days * DAY_S, ClockLedger(believed=NOW)
    for day in range(wanted):
        ledger = looked(ClockLedger(believed=NOW), *(first + after * DAY_S for after in range(day + 1)))
        assert ledger.doubt is not None
        assert (ledger.doubt.days, ledger.doubt.wanted, ledger.doubt.far) == (day, wanted, far)
        assert ledger.sure(first + day * DAY_S) == min(NOW, first + day * DAY_S)
    last = first + wanted * DAY_S
    assert looked(ledger, last) == ClockLedger(believed=last)


def test_another_jump_and_a_long_pause_begin_anew() -> None:
    ahead = [NOW + 10 * YEAR_S + day * DAY_S for day in range(MOST_DAYS)]
    for then in (NOW + 20 * YEAR_S, ahead[-1] + PAUSE_S + DAY_S):
        ledger = looked(ClockLedger(believed=NOW), *ahead, then)
        assert ledger.doubt is not None
        assert ledger.doubt.days == 0


def test_what_was_said_meanwhile_counts_as_said_when_the_clock_was_right_again() -> None:
    ledger = ClockLedger(believed=NOW).look(0.0, newest=5)
    ledger = ledger.look(60.0, newest=8)
    assert ledger.sure(60.0) == 60.0
    ledger = ledger.look(NOW + 3600, newest=9)
    assert ledger == ClockLedger(believed=NOW + 3600, misdated=(Misdated(after=5, upto=9, at=NOW + 3600),))


def test_right_again_after_days_without_use() -> None:
    ledger = ClockLedger(believed=NOW).look(NOW + YEAR_S, newest=5)
    assert ledger.undated == (Misdated(after=5, upto=MOST_NUMBER, at=NOW),), "nothing of it is old yet"
    ledger = ledger.look(NOW + 5 * DAY_S, newest=8)
    assert ledger.undated == (Misdated(after=5, upto=MOST_NUMBER, at=NOW),)
    assert ledger.sure(NOW + 5 * DAY_S) == NOW
    ledger = ledger.look(NOW + 6 * DAY_S, newest=9)
    assert ledger.misdated == (Misdated(after=5, upto=8, at=NOW + 6 * DAY_S),)
    assert ledger.undated == ledger.misdated
    assert ledger.doubt is None


def test_a_wrong_clock_that_was_believed_and_is_put_right() -> None:
    ledger = ClockLedger(believed=NOW + YEAR_S)
    for day in range(MOST_DAYS + 1):
        ledger = ledger.look(NOW + day * DAY_S, newest=9, ahead=(3, 7))
    assert ledger.misdated == (Misdated(after=3, upto=7, at=NOW + MOST_DAYS * DAY_S),)
    assert ledger.sure(NOW + 30 * DAY_S) == NOW + 30 * DAY_S


def test_the_users_word_is_enough_and_told_is_told_once() -> None:
    ledger = ClockLedger(believed=NOW).look(NOW + YEAR_S, newest=2).told()
    assert ledger.doubt is not None
    assert ledger.doubt.told
    again = ledger.look(NOW + 20 * YEAR_S, newest=2)
    assert again.doubt is not None
    assert again.doubt.told, "another wrong date is no news"
    assert again.accepted(NOW + 20 * YEAR_S) == ClockLedger(believed=NOW + 20 * YEAR_S)
    assert again.accepted(NOW).told() == ClockLedger(believed=NOW)
    assert ClockLedger(believed=NOW).accepted(NOW, (1, 3)).misdated == (Misdated(after=1, upto=3, at=NOW),)


def test_what_goes_after_some_days_is_counted_from_the_first_look_at_it() -> None:
    ledger = ClockLedger(believed=NOW).with_kept(["a"], NOW)
    assert ledger.with_kept(["a"], NOW + DAY_S) is ledger
    assert not ledger.kept_for(28, NOW + 28 * DAY_S)
    assert ledger.kept_for(28, NOW + 28 * DAY_S + 1) == {"a"}
    doubted = ledger.look(NOW + YEAR_S, newest=0).with_kept(["a", "b"], NOW + YEAR_S)
    assert not doubted.kept_for(28, NOW + YEAR_S), "no single look is enough"
    assert doubted.accepted(NOW + YEAR_S).kept_for(28, NOW + YEAR_S) == {"a", "b"}
    back = ledger.look(0.0, newest=0).with_kept(["b"], 0.0)
    assert dict(back.kept_since) == {"b": NOW}, "a clock that ran back makes nothing old"
    early = ledger.look(NOW - YEAR_S, newest=0).accepted(NOW - YEAR_S)
    assert dict(early.kept_since) == {"a": NOW - YEAR_S}


def test_backups_of_a_doubted_clock_count_as_made_when_it_was_right_again() -> None:
    ledger = ClockLedger(believed=NOW).with_backup("before").look(NOW + YEAR_S, newest=0).with_backup("ahead")
    assert ledger.newest_backup == "ahead"
    assert ledger.backup_made("before", NOW) == NOW
    assert ledger.backup_made("ahead", NOW + YEAR_S) is None
    right = ledger.look(NOW + DAY_S, newest=0)
    assert right.backup_made("ahead", NOW + YEAR_S) == NOW + DAY_S
    assert right.with_backups(["ahead"]) is right
    assert not right.with_backups(["before"]).strays
    assert ledger.accepted(NOW + YEAR_S).backup_made("ahead", NOW + YEAR_S) == NOW + YEAR_S


@given(st.lists(st.tuples(st.floats(0, 100 * YEAR_S), st.integers(0, 99)), max_size=60))
def test_a_ledger_comes_back_from_json(looks: list[tuple[float, int]]) -> None:
    ledger = ClockLedger(believed=NOW)
    for now, newest in looks:
        ledger = ledger.look(now, newest).with_backup(str(now)).with_kept([str(newest)], now)
        assert ledger.sure(now) <= now
        assert ClockLedger.from_json(json.loads(json.dumps(ledger.to_json()))) == ledger


class Machine:
    """Days of use with a clock that is right, wrong or in another zone, and its backups by their true time."""

    def __init__(self, start: datetime) -> None:
        self.ledger = ClockLedger(believed=start.timestamp())
        self.made: dict[datetime, datetime] = {}
        self.last: datetime | None = None

    def use(self, true: datetime, wrong: timedelta, zone: timedelta) -> None:
        """Look at the clock, make the backup of the day, remove what is surplus."""
        now = true + wrong
        self.ledger = self.ledger.look(now.timestamp(), 0)
        while now in self.made:
            now += timedelta(seconds=1)
        self.made[now] = true
        self.last = now
        self.ledger = self.ledger.with_backup(str(now))
        known, open_ = {}, {}
        limit = max(now, datetime.fromtimestamp(self.ledger.believed, UTC))
        for moment in self.made:
            made = self.ledger.backup_made(str(moment), moment.timestamp())
            if made is None:
                open_[moment + zone] = moment
            else:
                dated = datetime.fromtimestamp(made, UTC) + zone
                while dated in known:
                    dated += timedelta(microseconds=1)
                known[dated] = moment
        for group in (known, open_):
            for gone in surplus(group, apart={limit + zone + timedelta(days=1)}):
                if group[gone] != self.last:
                    del self.made[group[gone]]
        self.ledger = self.ledger.with_backups([str(moment) for moment in self.made])

    def reaches(self, true: datetime) -> timedelta:
        """How far back the oldest backup reaches."""
        return true - min(self.made.values())


ZONES = [timedelta(hours=hours) for hours in (-11, -5, 0, 2, 9, 14)]


def lived(seed: int, days: int, use: float, faults: float) -> Iterable[tuple[Machine, datetime, datetime]]:
    """A machine, the true time and its first day, after each day of use."""
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    first = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=chance.randrange(2000))
    machine, wrong, left, zone = Machine(first), timedelta(0), 0, ZONES[2]
    for day in range(days):
        if chance.random() > use and day:
            continue
        true = first + timedelta(days=day, seconds=chance.randrange(-40_000, 40_000) if day else 0)
        left -= 1
        if left < 0:
            wrong, before = timedelta(0), wrong
            # Of a second fault before the first one is settled nobody can tell which of the dates was right.
            settled = machine.ledger.doubt is None and not before
            if day > 30 and settled and chance.random() < faults:
                wrong, left = timedelta(days=chance.choice((-20_000, -400, -90, -20, 20, 90, 400, 4000))), 3
                # Fewer days than after which a jump of that length is believed.
                left = min(left, min(MOST_DAYS, 1 + abs(wrong.days) // 7) - 1)
        if chance.random() < 0.05:
            zone = chance.choice(ZONES)
        machine.use(true, wrong, zone)
        yield machine, true, first


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([1.0, 0.7, 0.3, 0.1]), st.sampled_from([0.0, 0.1]))
def test_backups_reach_back_four_weeks_whatever_the_clock_says(seed: int, use: float, faults: float) -> None:
    most = USUAL_ROTATION.daily + USUAL_ROTATION.weekly
    for machine, true, first in lived(seed, 150, use, faults):
        assert machine.reaches(true) >= min(timedelta(days=28), true - first)
        assert machine.last in machine.made, "the newest is kept, whatever it is called"
        assert true in machine.made.values()
        assert len(machine.made) <= (most if use == 1.0 and not faults else 3 * most)

"""Which backups are kept, and what retention erases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.backups import Rotation, backup_name, is_due, made_at, surplus
from sottovoce.domain.erasing import DAY_S, Erased, Erasure, Scope, days_kept, outdated

MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2060, 1, 1)).map(  # noqa: DTZ001 - wall clock
    lambda moment: moment.replace(microsecond=0)
)
ROTATIONS = st.builds(Rotation, daily=st.integers(1, 9), weekly=st.integers(0, 6))


@given(MOMENTS)
def test_a_name_says_when(moment: datetime) -> None:
    assert made_at(backup_name(moment)) == moment


@pytest.mark.parametrize(
    "name", ["sottovoce.backup", "sottovoce-20261341-101010.backup", "x", "sottovoce-20260101-101010.backup.body"]
)
def test_other_names_say_nothing(name: str) -> None:
    assert made_at(name) is None


@given(st.lists(MOMENTS, max_size=60), ROTATIONS)
def test_what_is_kept(made: list[datetime], rotation: Rotation) -> None:
    gone = surplus(made, rotation)
    kept = set(made) - gone
    assert gone <= set(made)
    assert len(kept) <= rotation.daily + rotation.weekly
    if made:
        assert max(made) in kept
    days = sorted({moment.date() for moment in made}, reverse=True)[: rotation.daily]
    assert set(days) <= {moment.date() for moment in kept}
    weeks = sorted({moment.isocalendar()[:2] for moment in made}, reverse=True)[: rotation.weekly]
    assert set(weeks) <= {moment.isocalendar()[:2] for moment in kept}
    assert surplus(kept, rotation) == frozenset(), "doing it again removes nothing"


@given(MOMENTS, st.integers(1, 120))
def test_one_a_day_for_long_keeps_a_week_of_days_and_four_weeks(start: datetime, count: int) -> None:
    kept: set[datetime] = set()
    for day in range(count):
        kept.add(start + timedelta(days=day))
        kept -= surplus(kept)
    newest = start + timedelta(days=count - 1)
    assert {newest - timedelta(days=day) for day in range(min(7, count))} <= kept
    assert len({moment.isocalendar()[:2] for moment in kept}) >= min(4, len(kept) // 7)
    assert len(kept) <= 11


def test_a_rotation_that_keeps_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="newest"):
        Rotation(daily=0)


@given(MOMENTS)
def test_one_a_day_is_due(now: datetime) -> None:
    assert is_due([], now)
    assert not is_due([now], now)
    assert is_due([now - timedelta(days=1)], now)
    assert is_due([now + timedelta(seconds=1)], now), "a clock was set back"


@given(st.integers(0, 40_000), st.integers(0, 40_000))
def test_the_administrator_s_cap_only_shortens(setting: int, cap: int) -> None:
    days = days_kept(setting, cap)
    assert (days == 0) == (setting == cap == 0)
    for limit in (setting, cap):
        assert not limit or 0 < days <= limit


def test_what_is_outdated() -> None:
    assert outdated(1000.0 * DAY_S, 0) is None
    assert outdated(1000.0 * DAY_S, 30) == Erasure(scope=Scope.BEFORE, of=970.0 * DAY_S)


@pytest.mark.parametrize(("scope", "of"), [(Scope.USER, "me"), (Scope.CONVERSATION, "c"), (Scope.BEFORE, 4.5)])
def test_an_erasure_comes_back_from_json(scope: Scope, of: str | float) -> None:
    erasure = Erasure(scope=scope, of=of)
    assert Erasure.from_json(erasure.to_json()) == erasure
    elsewhere = Erasure(scope=scope, of=of, as_of=7.5)
    assert elsewhere == erasure, "of the same"
    assert Erasure.from_json(elsewhere.to_json()).as_of == 7.5


@pytest.mark.parametrize(("scope", "of"), [(Scope.USER, 4), (Scope.BEFORE, "x"), (Scope.BEFORE, True)])
def test_an_erasure_of_the_wrong_kind_is_refused(scope: Scope, of: str | float) -> None:
    with pytest.raises(TypeError):
        Erasure(scope=scope, of=of)


def test_nothing_erased_is_false() -> None:
    assert not Erased()
    assert Erased(records=1)

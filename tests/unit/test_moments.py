"""Moments are shown whatever a file or the environment says."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.moments import LATEST_S, local_moment, local_now

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no TZ there")
@pytest.mark.parametrize("zone", ["UTC+25", "XXX-167:59", "UTC+24", "Nowhere/Else", ":", ""], indirect=True)
def test_a_zone_that_is_none_keeps_nobody_from_the_time(zone: str) -> None:
    assert abs(local_now() - datetime.now(UTC)) < timedelta(minutes=10)
    assert f"{local_moment(1_700_000_000):%Y-%m}" == "2023-11"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no TZ there")
@pytest.mark.parametrize("zone", ["UTC-2"], indirect=True)
def test_a_zone_that_is_one_is_heeded(zone: str) -> None:
    assert local_now().utcoffset() == timedelta(hours=2)
    assert f"{local_moment(0):%H}" == "02"


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(10**400, 9999), (math.inf, 9999), (LATEST_S, 9999), (-math.inf, 1970), (-(10**400), 1970), (math.nan, 1970)],
)
def test_a_moment_that_is_none_is_the_nearest(seconds: float, year: int) -> None:
    assert local_moment(seconds).year in {year, year - 1, year + 1}

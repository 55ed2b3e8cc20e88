"""A few days of the year that `./dev year` lives, with everything that happens in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.year.living import Plan, Year

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_few_days_with_two_machines(tmp_path: Path) -> None:
    plan = Plan(days=10, turns=20, away=(7, 9), faults={2: (3650, 1), 4: (-20_000, 1)}, restore=(6,), look=5)
    tally = await Year(tmp_path, plan).live()
    assert tally.faults == []
    assert (tally.days, tally.restored) == (10, 1)
    assert min(tally.turns, tally.erased, tally.exchanged, tally.doubts, tally.backups_opened) > 0

"""Backups of the database: what one is called, which are kept, when one is due."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = re.compile(r"sottovoce-(\d{8}-\d{6})\.backup", re.ASCII)
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """How many local backups are kept."""

    daily: int = 7
    """Days of which the newest backup is kept."""
    weekly: int = 4
    """Weeks (Monday to Sunday) before those of which the newest backup is kept."""

    def __post_init__(self) -> None:
        """Refuse what would keep nothing."""
        if self.daily < 1 or self.weekly < 0:
            message = "at least the newest backup must be kept"
            raise ValueError(message)


USUAL_ROTATION = Rotation()


def backup_name(made: datetime) -> str:
    """The file's name, by the wall clock of the machine."""
    return f"sottovoce-{made.strftime(_STAMP)}.backup"


def made_at(name: str) -> datetime | None:
    """When the backup of that name was made (wall clock); None if it is no backup's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _STAMP)  # noqa: DTZ007 - names and rules go by the wall clock alone
    except ValueError:
        return None


def surplus(
    made: Iterable[datetime], rotation: Rotation = USUAL_ROTATION, *, apart: Iterable[datetime] = ()
) -> frozenset[datetime]:
    """Which backups may go: all but those the rotation keeps.

    Kept are the newest of each of the last days that have any, and of the last weeks; where the days stand for a week
    already, an older one instead, so that they reach back for as many whole weeks as the rotation has. Counted are days
    and weeks with a backup in them: a month without one removes nothing.

    Args:
        made: When they were made, by the wall clock of then.
        rotation: How many are kept.
        apart: Moments that part them into groups, each with a rotation of its own: what a clock that ran ahead dated
            must not push out what is dated rightly, nor the other way round.
    """
    bounds = sorted(set(apart))
    groups: dict[int, list[datetime]] = {}
    for moment in sorted(set(made), reverse=True):
        groups.setdefault(bisect.bisect_left(bounds, moment), []).append(moment)
    return frozenset(moment for group in groups.values() for moment in set(group) - _kept(group, rotation))


def _kept(newest_first: list[datetime], rotation: Rotation) -> set[datetime]:
    """What one group keeps: at most as many as the rotation has days and weeks."""
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for moment in newest_first:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    kept = list(days.values())[: rotation.daily]
    covered = {moment.isocalendar()[:2] for moment in kept}
    older = [moment for week, moment in weeks.items() if week not in covered][: rotation.weekly]
    far = newest_first[0] - timedelta(weeks=rotation.weekly)
    if rotation.weekly and min(*kept, *older, newest_first[0]) > far:
        reaching = next((moment for moment in newest_first if moment <= far), newest_first[-1])
        older = [*older[: rotation.weekly - 1], reaching]
    return {*kept, *older}


def is_due(made: Iterable[datetime], now: datetime) -> bool:
    """Whether today has no backup yet; one dated in the future (a clock set back) does not count."""
    return not any(moment.date() == now.date() and moment <= now for moment in made)

"""Backups of the database: what one is called, which are kept, when one is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
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
    """Weeks (Monday to Sunday) of which the newest backup is kept."""

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


def surplus(made: Iterable[datetime], rotation: Rotation = USUAL_ROTATION) -> frozenset[datetime]:
    """Which backups may go: all but the newest of each of the last days and weeks that have any.

    Counted are days and weeks with a backup in them: a month without one removes nothing.
    """
    newest_first = sorted(set(made), reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for moment in newest_first:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    kept = {*list(days.values())[: rotation.daily], *list(weeks.values())[: rotation.weekly]}
    return frozenset(newest_first) - kept


def is_due(made: Iterable[datetime], now: datetime) -> bool:
    """Whether today has no backup yet; one dated in the future (a clock set back) does not count."""
    return not any(moment.date() == now.date() and moment <= now for moment in made)

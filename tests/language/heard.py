"""Values as one short line, and the tables of what words stand for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sottovoce.domain.values import Moment, Period, Quantity, Recurrence
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.language.analysis import SlotValues

NOW = datetime(2026, 11, 30, 10, 15, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Monday, in winter time."""


def table(name: str) -> Iterator[tuple[str, str, str]]:
    """Kind, text and what it stands for, of each line of a table."""
    for line in (Path(__file__).parent / "values" / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, text, value = (part.strip() for part in line.split("|"))
            yield kind, text, value


def heard(tag: str, kind: str, text: str) -> str:
    """What a text stands for, as the tables write it."""
    values: SlotValues = language(tag).values
    if kind in {"moment", "period"}:
        return shown({"moment": values.moment, "period": values.period}[kind](text, NOW))
    return shown(getattr(values, kind)(text))


def shown(value: object) -> str:  # noqa: PLR0911 - a case for each kind
    """`-` is nothing; behind a moment stand what was not named ("day", "clock") and "half" where that is open."""
    match value:
        case None | ():
            return "-"
        case timedelta():
            return f"{value.total_seconds():,.10g} s".replace(",", "")
        case Moment():
            told = (("no clock", not value.clock), ("no day", not value.day), ("half open", not value.half_known))
            return ", ".join([f"{value.at:%a %Y-%m-%d %H:%M}", *(name for name, so in told if so)])
        case Period():
            return f"{value.start:%a %Y-%m-%d %H:%M} to {value.end:%a %Y-%m-%d %H:%M}"
        case Recurrence():
            at = f" at {value.at:%H:%M}" if value.at else ""
            return f"{value.rule}{at}{'' if value.half_known else ', half open'}"
        case Quantity():
            return f"{value.number} {value.unit}"
        case tuple():
            return " + ".join(value)
        case _:
            return str(value)

"""Facts as values, and what is asked of them: read out of what was told, whose words stay what is kept.

Whom a fact is about is named by a path of words in one form each ("my sister's birthday": my, sister, birthday), so
that what was told of one is never told of another: paths are the same or they are not. How facts and questions are
read is each language's own (`Language.typed`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

Path = tuple[str, ...]
"""Whom or what: ("i",) is the user, ("my", "sister") theirs, ("anna",) somebody of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFact:
    """What one plain sentence tells."""

    holder: Path
    relation: str
    """The verb in its first form with what belongs to it, as in "be", "be called", "live in", "speak"."""
    value: str
    """In the user's words, without what joins it to the verb."""
    values: tuple[str, ...] = ()
    """Its parts, where it names several: "tom and max"."""
    positive: bool = True
    text: str
    """The whole sentence."""


class Want(enum.StrEnum):
    """What a question wants to hear of a fact."""

    UNTIL = "until"
    """How long it is until its day."""
    SINCE = "since"
    """For how long it has been so."""
    WEEKDAY = "weekday"
    AGE = "age"
    COUNT = "count"
    """How many of it there are."""
    WHETHER = "whether"
    """Whether it is so."""
    VALUE = "value"
    """What was told, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedQuestion:
    """A question of a known form."""

    want: Want
    holder: Path
    relation: str = ""
    """As in a fact; empty where any will do."""
    value: str = ""
    """What is asked about, where it is whether something is so; the thing that is counted."""
    search: str
    """Words by which what was told is looked for."""
    unit: str = ""
    """What is counted of time: "days", "weeks"; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day that comes each year, or one of a certain year."""

    day: date
    """The next one, or the one that was named with its year."""
    year_known: bool

    def next(self, today: date) -> date:
        """Its next time, today included; where there is no 29th of February it is the 1st of March."""
        if self.year_known and self.day >= today:
            return self.day
        this_year = _in_year(self.day, today.year)
        return this_year if this_year >= today else _in_year(self.day, today.year + 1)

    def age(self, today: date) -> int:
        """Whole years since a day whose year is known."""
        return today.year - self.day.year - ((today.month, today.day) < (self.day.month, self.day.day))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)

"""What somebody plans, taken out of the words it was told in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from sottovoce.domain.values import Moment, Period, Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A thing to do and its time, as far as they were told: "lunch with anna tomorrow at one"."""

    title: str = ""
    """In the user's words, without what tells the time."""
    moment: Moment | None = None
    until: Moment | None = None
    """The other end, where both were told: "from ten to twelve"."""
    length: timedelta | None = None
    recurrence: Recurrence | None = None
    period: Period | None = None
    """A stretch that was named as one: "friday afternoon"."""
    whole_days: bool = False
    """Whether it takes whole days, by what was said or by what it is: "all day", a birthday."""
    is_thing: bool = True
    """Whether the title names a thing, and nothing that is done: "to go", "been ill"."""
    engagement: bool = False
    """Whether the title names what is put into calendars: an appointment, a meeting."""

    @property
    def is_engagement(self) -> bool:
        """Whether it is one by itself: nobody has to speak of a calendar."""
        by_clock = self.moment is not None and self.moment.clock
        by_clock = by_clock or (self.recurrence is not None and self.recurrence.at is not None)
        return bool(self.title) and self.is_thing and (self.engagement or by_clock or self.until is not None)

    @property
    def timed(self) -> bool:
        """Whether anything of a time was told."""
        return bool(self.moment or self.recurrence or self.period)

"""When something is to happen, and what was set for then: what timers, alarms, reminders and the calendar share.

A time that was said is told apart from a time that is meant; what is in doubt is asked back, never taken as said.
"""

from sottovoce.agent.planning.planned_times import when as planned_when
from sottovoce.agent.planning.scheduled import (
    LEFT_OUT,
    MADE,
    MOST_TOLD,
    RUNG_WITHIN_S,
    SNOOZE_S,
    Unclear,
    day_and_time,
    due_of,
)

__all__ = [
    "LEFT_OUT",
    "MADE",
    "MOST_TOLD",
    "RUNG_WITHIN_S",
    "SNOOZE_S",
    "Unclear",
    "day_and_time",
    "due_of",
    "planned_when",
]

"""What was set just now and is taken back at once: "never mind" behind "set a timer for ten minutes"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning import MADE
from sottovoce.domain.dialogue import Asked

if TYPE_CHECKING:
    from sottovoce.agent.dialogue.turn import Turn

_BY: Final = {"timer.set": "timer.cancel", "alarm.set": "alarm.cancel", "reminder.set": "reminder.cancel"}
"""What ends that which another tool made."""


def taken_back(turn: Turn) -> Asked | None:
    """What takes back that which the last answer made, and nothing else; None where nothing is taken back."""
    left = turn.question.dialogue
    if left.last is None or left.last.tool not in _BY or not turn.is_one_of("take_back"):
        return None
    family = left.last.tool.partition(".")[0]
    made = left.entities.get(family)
    return Asked(_BY[left.last.tool], {MADE: made}) if made and not left.ages.get(family) else None

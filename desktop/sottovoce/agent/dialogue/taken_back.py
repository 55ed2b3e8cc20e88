"""What was done just now and is taken back at once: "never mind" behind "set a timer for ten minutes"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning import LEFT_OUT, MADE
from sottovoce.domain.dialogue import UNDOING, Asked

if TYPE_CHECKING:
    from sottovoce.agent.dialogue.turn import Turn

_BY: Final = {"timer.set": "timer.cancel", "alarm.set": "alarm.cancel", "reminder.set": "reminder.cancel"}
"""What ends that which another tool made."""
_LEAVES_OUT: Final = {
    "alarm.cancel": "alarm.cancel",
    "reminder.cancel": "reminder.cancel",
    "reminder.call_off": "reminder.cancel",
}
"""What has that come all the same which another tool left out once."""
_RENAMED: Final = "list.rename"
_UNDONE_BY: Final = {
    **{f"{kind}.cancel": f"{kind}.cancel" for kind in ("timer", "alarm", "reminder")},
    **{f"{kind}.cancel_all": f"{kind}.cancel" for kind in ("timer", "alarm", "reminder")},
    "timer.call_off": "timer.cancel",
    "reminder.call_off": "reminder.cancel",
    **{f"list.{how}": "list.remove" for how in ("add", "put", "remove", "call_off", "clear", "delete")},
    "list.rename": _RENAMED,
}
"""What brings back that which another tool cancelled, took away, or takes off that which it put there."""


def taken_back(turn: Turn) -> Asked | None:
    """What takes back that which the last answer made or left out, and nothing else; None where nothing is."""
    left = turn.question.dialogue
    if left.last is None or not turn.is_one_of("take_back"):
        return None
    if left.last.tool in _BY:
        family = left.last.tool.partition(".")[0]
        made = left.entities.get(family)
        return Asked(_BY[left.last.tool], {MADE: made}) if made and not left.ages.get(family) else None
    out = left.entities.get(LEFT_OUT)
    if left.last.tool in _LEAVES_OUT and out and not left.ages.get(LEFT_OUT):
        return Asked(_LEAVES_OUT[left.last.tool], {LEFT_OUT: out})
    return _undone(turn) if turn.is_one_of("undo") else None


def _undone(turn: Turn) -> Asked | None:
    left = turn.question.dialogue
    undoing = left.entities.get(UNDOING)
    if left.last is None or left.last.tool not in _UNDONE_BY or not undoing or left.ages.get(UNDOING):
        return None
    slot = "name" if left.last.tool == _RENAMED else UNDOING  # what the list was called before
    return Asked(_UNDONE_BY[left.last.tool], {slot: undoing})


def is_nothing_to_undo(turn: Turn) -> bool:
    """Whether something is to be undone that can't be: "undo that" behind a cancelled alarm cancels no other one."""
    return turn.question.dialogue.last is not None and turn.is_one_of("undo")

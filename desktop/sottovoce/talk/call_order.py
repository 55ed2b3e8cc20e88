"""The order of calls: `press` and `release` of several processes overtake each other on their way to us."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEAT_S = 0.06
"""Two toggles within this are one held key: desktops repeat a binding every 25 to 40 ms; no finger is so quick."""


class Call(enum.StrEnum):
    """What can be asked of the turn under way."""

    PRESS = "press"
    RELEASE = "release"
    TOGGLE = "toggle"
    CANCEL = "cancel"


AT_ONCE = frozenset({*(str(call) for call in Call), "stage"})
"""What is asked of a turn, and what makes no sense a moment later."""


@dataclass(frozen=True, slots=True, order=True)
class CallMoment:
    """When a call began. Of two in the same hundredth of a second the process with the lower number came first."""

    at_s: float
    """Seconds by a clock that all callers share."""
    process: float = 0
    """Its number; 0 for a call from inside this program, a click or the key that is held."""

    @classmethod
    def of_call(cls, arguments: Mapping[str, object], now_s: float) -> CallMoment:
        """The moment that a call's arguments name; now for one that says nothing, and never later.

        Raises:
            UsageWrong: What they name is no moment.
        """
        at, process = arguments.get("started_s", now_s), arguments.get("process", 0)
        # Not a number is what compares with none.
        if not (isinstance(at, (int, float)) and isinstance(process, (int, float)) and at >= 0 and process >= 0):
            raise UsageWrong(said("turns-no-moment"))
        return cls(min(at, now_s), process)


NEVER = CallMoment(-math.inf)


class CallOrder:
    """Says what is to be done for a call, by when its caller began and not by when it arrived.

    A press that began before the last release or cancel is over already. A release that began before the last press
    belongs to an earlier one; while the key is held it would cut it off.
    """

    def __init__(self) -> None:
        """Nothing was called yet."""
        self._pressed = self._ended = self._toggled = NEVER

    def admit(self, call: Call, began: CallMoment) -> Call | None:
        """What to do for `call` now; None for nothing."""
        if call in {Call.RELEASE, Call.CANCEL}:
            if began < self._pressed:
                return None
            self._ended = max(self._ended, began)
            return call
        if began < self._ended:
            return None
        if call is Call.PRESS:
            self._pressed = max(self._pressed, began)
            return call
        # A desktop without releases repeats its binding while the key is held: the first repetition looks like a
        # release, and those behind it take that back (a press so soon goes on in the same turn).
        repeated = began.process and abs(began.at_s - self._toggled.at_s) < REPEAT_S
        self._toggled = max(self._toggled, began) if began.process else self._toggled
        return Call.PRESS if repeated else call

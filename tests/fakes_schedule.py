"""Stand-ins for the clocks that timers and alarms are due by."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


async def user_zone(_: str) -> tzinfo:
    """The zone of everybody in tests."""
    return UTC


class FakeClocks:
    """Clocks that the test moves.

    Attributes:
        stepped_s: By how much somebody has set the clock on the wall.
        started: Id of this start of the machine; empty where it has no clock of its own.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._began = now()
        self.stepped_s = 0.0
        self.started = "boot-1"

    def now(self) -> float:
        return self._now() + self.stepped_s

    def boot(self) -> str:
        return self.started

    def since_boot(self) -> float:
        return self._now() - self._began

    def start_anew(self) -> None:
        """The machine is started again."""
        self._began = self._now()
        self.started += "x"

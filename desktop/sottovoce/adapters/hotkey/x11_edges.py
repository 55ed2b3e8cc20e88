"""What X's events of one held key mean: auto-repeat sends releases and presses, too, and a release may be lost."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sottovoce.domain.hotkeys import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEAT_MS = 2
"""A release and a press so near to each other are auto-repeat, which sends both at once; no finger is so quick."""

LATE_MS = 10_000
"""An event that seems older has a server whose clock is not ours (on another machine)."""


def moment_of(time_ms: int) -> float:
    """When an event happened, by `time.monotonic`, which a server on this machine counts by; else now."""
    now_s = time.monotonic()
    late_ms = (int(now_s * 1000) - time_ms) % 2**32
    return now_s - late_ms / 1000 if late_ms < LATE_MS else now_s


@dataclass(slots=True)
class HeldKey:
    """One key: what it is known to do, event by event."""

    down: int = 0
    """The keycode that is held; 0 for none. It stays so though the key is given another name meanwhile."""
    beside: frozenset[int] = field(default_factory=frozenset)
    """What else was held when it went down."""
    _released_ms: int | None = None

    def pressed(self, keycode: int, time_ms: int) -> Iterator[tuple[Edge, float]]:
        """A press has been reported: of the key, or by auto-repeat."""
        if not self.down:
            self.down, self._released_ms = keycode, None
            yield Edge.PRESS, moment_of(time_ms)
            return
        released_ms, self._released_ms = self._released_ms, None
        if released_ms is None or (time_ms - released_ms) % 2**32 <= REPEAT_MS or keycode != self.down:
            yield Edge.REPEAT, moment_of(time_ms)
        else:
            yield Edge.RELEASE, moment_of(released_ms)
            yield Edge.PRESS, moment_of(time_ms)

    def released(self, keycode: int, time_ms: int) -> None:
        """A release has been reported; whether it is one, the next event or `look` says."""
        if keycode == self.down:
            self._released_ms = time_ms

    def look(self, *, held: bool) -> Iterator[tuple[Edge, float]]:
        """It has been looked whether the key is held now."""
        if self.down and not held:
            released_ms = self._released_ms
            self.down, self._released_ms = 0, None
            yield Edge.RELEASE, moment_of(released_ms) if released_ms is not None else time.monotonic()

"""The policy `LockAfterIdleMinutes`: when the program has not been used for so long, and what is a use of it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.wake import MachineClocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINUTE_S: Final = 60.0
LOOK_S: Final = 15.0
"""Seconds between two looks where the policy limits it: a machine that slept is not to stay open for long."""
WATCHING: Final = frozenset({"api.status", "doctor", "egress", "policy", "stage", "stats", "turns"})
"""Operations, or families of them, that only look after the program: whoever monitors it does not keep it open."""


def is_use(operation: str) -> bool:
    """Whether asking for an operation of this name is a use of the program."""
    return WATCHING.isdisjoint((operation, operation.partition(".")[0]))


class IdleLock:
    """Knows when the program was last used. Belongs to one event loop."""

    def __init__(
        self,
        minutes: Callable[[], int | None],
        in_use: Callable[[], bool],
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Begin with a use.

        Args:
            minutes: After how many without a use it is to be locked; None for never.
            in_use: Whether something goes on that only its end makes idle.
            clock: Seconds, with those that the machine slept; None for the machine's own.
        """
        self._minutes = minutes
        self._in_use = in_use
        self._clock = clock or MachineClocks().since_boot
        self._looking = asyncio.Event()
        self._under_way = 0
        self._used_at = self._clock()
        self.is_over = False
        """Whether it was to be locked."""

    def used(self) -> None:
        """Note a use."""
        self._used_at = self._clock()

    @contextlib.contextmanager
    def using(self, operation: str) -> Iterator[None]:
        """Count an operation of this name as a use for as long as it takes, if it is one."""
        if not is_use(operation):
            yield
            return
        self.used()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self.used()

    def look(self) -> None:
        """Look again at once: the policy may be another."""
        self._looking.set()

    async def over(self) -> None:
        """Return when it is to be locked."""
        while True:
            self._looking.clear()
            minutes = self._minutes()
            if self._under_way or self._in_use():
                self.used()
            left_s = None if minutes is None else self._used_at + minutes * MINUTE_S - self._clock()
            if left_s is not None and left_s <= 0:
                self.is_over = True
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if left_s is None else min(left_s, LOOK_S)):
                    await self._looking.wait()

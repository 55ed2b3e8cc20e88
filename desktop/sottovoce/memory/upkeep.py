"""What is done now and then while nobody talks: backups, retention."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.domain.errors import Bug, SottovoceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger(__name__)

START_S = 60.0
"""Seconds after the start before anything is done: the first question comes first."""
PERIOD_S = 3600.0
"""Seconds from one round to the next; what is due once a day is asked for in each (a laptop sleeps through many)."""
BUSY_S = 30.0
"""Seconds until it is looked again whether the turn has ended."""


class Upkeep:
    """Does its chores once an hour when no turn runs; waits on the clock meanwhile."""

    def __init__(
        self,
        chores: Mapping[str, Callable[[], Awaitable[object]]],
        *,
        idle: Callable[[], bool],
        on_trouble: Callable[[SottovoceError], None],
    ) -> None:
        """Prepare.

        Args:
            chores: By name, in their order; each raises if it could not be done.
            idle: Whether no turn runs.
            on_trouble: Shows trouble to the user; called once for as long as it stays the same.
        """
        self._chores = dict(chores)
        self._idle = idle
        self._on_trouble = on_trouble
        self._troubles: dict[str, SottovoceError] = {}

    @property
    def troubles(self) -> Mapping[str, SottovoceError]:
        """What could not be done the last time, by the chore's name."""
        return dict(self._troubles)

    async def run(self) -> None:
        """Do the chores once an hour until cancelled."""
        await asyncio.sleep(START_S)
        while True:
            for name, chore in self._chores.items():
                await self._turn_over()
                await self._do(name, chore)
            await asyncio.sleep(PERIOD_S)

    async def _turn_over(self) -> None:
        while not self._idle():  # noqa: ASYNC110 - a minute more or less is no matter, and nobody else need know
            await asyncio.sleep(BUSY_S)

    async def _do(self, name: str, chore: Callable[[], Awaitable[object]]) -> None:
        """Do one chore; its failure, even an unexpected one, ends neither the others nor the next round."""
        try:
            await chore()
        except SottovoceError as trouble:
            self._note(name, trouble)
        except Exception:
            log.exception("%s", name)
            self._note(name, Bug())
        else:
            self._troubles.pop(name, None)

    def _note(self, name: str, trouble: SottovoceError) -> None:
        before = self._troubles.get(name)
        self._troubles[name] = trouble
        if before is None or before.code != trouble.code:
            log.warning("%s: %s", name, trouble.code)
            try:
                self._on_trouble(trouble)
            except Exception:
                log.exception("telling of %s", name)

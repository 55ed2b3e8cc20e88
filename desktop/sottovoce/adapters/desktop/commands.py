"""The thread of one of the desktop's adapters: what hangs costs one sentence, and is not done when nobody waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.agent.desktop import Cannot
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ANSWER_S = 3.0
"""Longest wait for what is asked of the desktop: behind it stands somebody who has just said something."""


class Commands:
    """Runs blocking calls one after the other; begins with the first."""

    def __init__(self, name: str, answer_s: float = ANSWER_S) -> None:
        """`name` is the thread's."""
        self._thread = OwnThread(name)
        self._answer_s = answer_s

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns.

        Raises:
            Cannot: It took too long. What had not begun by then is not done.
        """
        given_up = False

        def unless_given_up() -> T:
            if given_up:
                raise TimeoutError
            return work()

        try:
            return await self._thread.run(unless_given_up, deadline_s=self._answer_s)
        except TimeoutError:
            given_up = True
            raise Cannot(said("desktop-silent")) from None
        except asyncio.CancelledError:
            given_up = True
            raise

    async def close(self) -> None:
        """End the thread; one that is stuck is left behind. Idempotent."""
        await self._thread.close()

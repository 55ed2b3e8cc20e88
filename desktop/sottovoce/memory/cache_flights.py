"""One answer under way for each key, whatever task, event loop or thread asks for it."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")


class Waiter(Generic[T]):
    """A caller who waits for another one's answer. All but `come` under the cache's lock."""

    __slots__ = ("_loop", "_woken", "allow_stale", "kind", "leads", "served")

    def __init__(self, kind: str, *, allow_stale: bool) -> None:
        """Belong to the running loop."""
        self.kind = kind
        self._loop = asyncio.get_running_loop()
        self._woken: asyncio.Future[None] = self._loop.create_future()
        self.allow_stale = allow_stale
        self.leads = False
        self.served: T | None = None

    async def come(self) -> None:
        """Wait until `served` or `leads` is set."""
        await self._woken

    def wake(self) -> bool:
        """Let it go on; False if its loop has ended, and it with it."""
        try:
            self._loop.call_soon_threadsafe(self._wake)
        except RuntimeError:
            return False
        return True

    def _wake(self) -> None:
        if not self._woken.done():
            self._woken.set_result(None)


class Flight(Generic[T]):
    """The way of one answer, from its first asker until nobody waits any more. All under the cache's lock."""

    __slots__ = ("begun", "key", "waiters")

    def __init__(self, key: str) -> None:
        """Be led by whoever made it."""
        self.key = key
        self.begun = False
        """Whether its first leader has come to lead it."""
        self.waiters: dict[Waiter[T], None] = {}

    def serve(self, answer: T, *, stale: bool) -> list[Waiter[T]]:
        """Give the answer to all who take it; to whom."""
        served = [waiter for waiter in self.waiters if waiter.allow_stale or not stale]
        for waiter in served:
            del self.waiters[waiter]
            waiter.served = answer
            waiter.wake()
        return served

    def hand_over(self) -> bool:
        """Make the one who has waited longest lead; False if there is nobody."""
        while self.waiters:
            waiter = next(iter(self.waiters))
            del self.waiters[waiter]
            waiter.leads = True
            if waiter.wake():
                return True
        return False

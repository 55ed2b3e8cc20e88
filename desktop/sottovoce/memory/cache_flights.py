"""One answer under way for each key, whatever task, event loop or thread asks for it."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

_inside: contextvars.ContextVar[Flight[Any] | None] = contextvars.ContextVar("answer being generated", default=None)
"""The flight whose `generate` runs here."""


class Waiter(Generic[T]):
    """A caller who waits for another one's answer. All but `come` under the cache's lock."""

    __slots__ = ("_woken", "allow_stale", "kind", "leads", "loop", "served")

    def __init__(self, kind: str, *, allow_stale: bool) -> None:
        """Belong to the running loop."""
        self.kind = kind
        self.loop = asyncio.get_running_loop()
        self._woken: asyncio.Future[None] = self.loop.create_future()
        self.allow_stale = allow_stale
        self.leads = False
        self.served: T | None = None

    async def come(self) -> None:
        """Wait until the answer is there, or this caller has to generate it."""
        await self._woken

    def wake(self) -> bool:
        """Let it go on; False if its loop has ended, and it with it."""
        try:
            self.loop.call_soon_threadsafe(self._wake)
        except RuntimeError:
            return False
        return True

    def _wake(self) -> None:
        if not self._woken.done():
            self._woken.set_result(None)


class Flight(Generic[T]):
    """The way of one answer, from its first asker until nobody waits any more. All under the cache's lock."""

    __slots__ = ("_loop", "_needs", "begun", "key", "waiters")

    def __init__(self, key: str) -> None:
        """Be led by whoever made it, on the running loop."""
        self.key = key
        self._loop = asyncio.get_running_loop()
        # Flights that what is generated here waits for, once for each time it does.
        self._needs: list[Flight[Any]] = []
        self.begun = False
        """Whether its first leader has come to lead it."""
        self.waiters: dict[Waiter[T], None] = {}

    @property
    def stranded(self) -> bool:
        """Whether the loop of its leader does not run, so that it may never end."""
        return not self._loop.is_running()

    def needs(self, other: Flight[Any]) -> bool:
        """Whether it can't end before `other` has."""
        needed: list[Flight[Any]] = [self]
        for flight in needed:  # which grows meanwhile
            needed += [need for need in dict.fromkeys(flight._needs) if need not in needed]  # noqa: SLF001 - of the same class
        return other in needed

    def asked_for(self) -> None:
        """Note that what is generated in the caller's context waits for this one.

        Raises:
            RuntimeError: This one waits for that: neither would ever end.
        """
        asking = _inside.get()
        if asking is not None:
            if self.needs(asking):
                raise RuntimeError("an answer can't be generated from itself")
            asking._needs.append(self)  # noqa: SLF001 - of the same class

    def given_up(self) -> None:
        """End what `asked_for` began, in the same context."""
        asking = _inside.get()
        if asking is not None:
            asking._needs.remove(self)  # noqa: SLF001 - of the same class

    @contextlib.contextmanager
    def generating(self) -> Iterator[None]:
        """What runs within generates its answer. Not under the lock."""
        token = _inside.set(self)
        try:
            yield
        finally:
            _inside.reset(token)

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
            self._loop = waiter.loop
            if waiter.wake():
                return True
        return False

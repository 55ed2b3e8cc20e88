"""What the local API asks of whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask


class CountedRequests(Protocol):
    """Whoever counts requests."""

    def request_answered(self, endpoint: str, status: int, took_s: float) -> None:
        """Count a request; `endpoint` is a method and the template of a path, never anything that was said."""


class NotCounted:
    """`CountedRequests` where nobody counts."""

    def request_answered(self, endpoint: str, status: int, took_s: float) -> None:
        """Forget it."""


async def _nothing_goes_first() -> None:
    """No turn is spoken here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiHost:
    """Whoever runs the local API."""

    home: Home
    ask: Ask
    """Answers any operation."""
    spoken_first: Callable[[], Awaitable[None]] = _nothing_goes_first
    """Returns when no spoken turn is being heard or answered: that one goes first."""
    changed: Callable[[], None] = lambda: None
    """Called when something was stored that a window may show."""
    requests: CountedRequests = field(default_factory=NotCounted)

"""What the local API asks of whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask


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
    answering: set[asyncio.Task[None]] = field(default_factory=set)
    """Answers that come in pieces and are under way, whether who asked still reads them or not; the API ends them."""

"""What the local API asks of whoever runs it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager

    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask


async def _nothing_goes_first() -> None:
    """No turn is spoken here."""


def not_counted(_operation: str) -> AbstractContextManager[None]:
    """Nobody asks how long something takes."""
    return contextlib.nullcontext()


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
    using: Callable[[str], AbstractContextManager[None]] = not_counted
    """Held open while something is done for a program without `ask`, by its name: it counts as a use meanwhile."""
    answering: set[asyncio.Task[None]] = field(default_factory=set)
    """Answers that come in pieces and are under way, whether who asked still reads them or not; the API ends them."""

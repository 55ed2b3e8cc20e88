"""English orders need no other order of words: "can you set a timer" ends as "set a timer" does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def direct(text: str) -> Iterator[str]:  # noqa: ARG001 - the port's
    """See `Orders.direct`."""
    yield from ()


def written(text: str) -> str:
    """See `Orders.written`."""
    return text

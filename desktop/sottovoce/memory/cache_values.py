"""What a cache is asked for and what it gives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sottovoce.domain.records import CacheEntry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

KIND = "answer"
"""What sort of answer it is if nobody says."""


class How(StrEnum):
    """Where an answer came from."""

    HIT = "hit"
    LOADED = "loaded"
    GENERATED = "generated"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An answer, and what may be said about it."""

    value: str
    how: How
    age_s: float = 0.0
    """Seconds since it was generated."""
    trouble: Exception | None = None
    """Why there is no newer one; only with `STALE`, and None there if a newer one is being generated."""
    depends_on: tuple[str, ...] = ()
    """What it was made from (`CacheEntry.depends_on`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a `generate` may return instead of the text alone."""

    value: str
    keep: bool = True
    """False for an answer that holds for who asked now, and for nobody later."""
    depends_on: tuple[str, ...] = ()
    """What it was made from (`CacheEntry.depends_on`)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one caller asked for."""

    key: str
    generate: Callable[[], Awaitable[str | Made]]
    ttl_s: float | None
    allow_stale: bool
    kind: str
    user_id: str
    source_message: str | None


def positive(ttl_s: float) -> float:
    """`ttl_s`, if it can be one; else a ValueError."""
    if not (ttl_s > 0 and math.isfinite(ttl_s)):
        raise ValueError("an answer's time must be positive")
    return ttl_s


def age_s(entry: CacheEntry, now: float) -> float:
    """Seconds since it was generated."""
    return max(now - entry.created_at, 0.0)  # a clock set back


def entry_for(
    key: str,
    made: Made,
    now: float,
    ttl_s: float,
    kind: str,
    user_id: str,
    source_message: str | None,
) -> CacheEntry:
    """A new entry, weighed."""
    value = made.value
    return CacheEntry(
        key=key,
        user_id=user_id,
        kind=kind,
        value=value,
        created_at=now,
        expires_at=now + ttl_s,
        bytes=_size(key) + _size(value) + sum(map(_size, made.depends_on)),
        source_message=source_message,
        depends_on=made.depends_on,
    )


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))

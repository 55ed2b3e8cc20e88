"""What a cache is asked for and what it gives."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sottovoce.domain.records import CacheEntry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.domain.records import JsonValue

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

    value: JsonValue
    how: How
    age_s: float = 0.0
    """Seconds since it was generated."""
    trouble: Exception | None = None
    """Why there is no newer one; only with `STALE`, and None there if a newer one is being generated."""
    depends_on: tuple[str, ...] = ()
    """What it was made from (`CacheEntry.depends_on`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a `generate` may return instead of the value alone."""

    value: object
    """Any that JSON holds."""
    keep: bool = True
    """False for an answer that holds for who asked now, and for nobody later."""
    depends_on: tuple[str, ...] = ()
    """What it was made from (`CacheEntry.depends_on`)."""


@dataclass(frozen=True, slots=True)
class CacheRequest:
    """What one caller asked for."""

    key: str
    generate: Callable[[], Awaitable[object]]
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


def fresh(entry: CacheEntry, now: float) -> bool:
    """Whether the entry is new enough to be given as it is.

    A clock may have been set back since, by as long as it lasts: what one far ahead had made is not fresh for years.
    """
    return 2 * entry.created_at - entry.expires_at <= now < entry.expires_at


def given(value: JsonValue) -> JsonValue:
    """Copy a value, so that its receiver may change it."""
    if isinstance(value, dict):
        return {name: given(part) for name, part in value.items()}
    return [given(part) for part in value] if isinstance(value, list) else value


def held(value: object) -> tuple[JsonValue, int]:
    """A copy of a value to be kept, and its bytes.

    Raises:
        ValueError: JSON does not hold it.
    """
    if type(value) is str:
        return value, _size(value)
    try:
        text = json.dumps(value, allow_nan=False)
        copy: JsonValue = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        copy = text = ""
    if copy != value or not text:
        raise ValueError("a cached answer must be a value that JSON holds")
    return copy, len(text)


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
    """Make a new entry, its bytes counted.

    Raises:
        ValueError: JSON does not hold its value.
    """
    value, weight = held(made.value)
    return CacheEntry(
        key=key,
        user_id=user_id,
        kind=kind,
        value=value,
        created_at=now,
        expires_at=now + ttl_s,
        bytes=_size(key) + weight + sum(map(_size, made.depends_on)),
        source_message=source_message,
        depends_on=made.depends_on,
    )


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))

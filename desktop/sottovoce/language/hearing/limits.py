"""What no calendar and no clock goes so far as to hold is no value."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

_T = TypeVar("_T")


def as_length(seconds: Fraction | None) -> timedelta | None:
    """So many seconds, to the microsecond; None for none, and for longer than anything."""
    try:
        return None if seconds is None else timedelta(microseconds=round(seconds * 1_000_000))
    except OverflowError:
        return None


def in_calendar(read: Callable[[], _T | None]) -> _T | None:
    """What is read; None where no calendar goes so far."""
    try:
        return read()
    except (OverflowError, ValueError):
        return None

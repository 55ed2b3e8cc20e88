"""Moments as the user's clock shows them, whatever a file or the environment says."""

from __future__ import annotations

from datetime import UTC, datetime

LATEST_S = 253_402_214_400.0
"""The last day of the year 9999: no date goes further."""


def local_now() -> datetime:
    """The present time with its zone."""
    return _local(datetime.now(UTC))


def local_moment(seconds: float) -> datetime:
    """Seconds since 1970-01-01 UTC on the user's clock; the nearest moment there is for what is none."""
    if not seconds > 0:  # nor is "not a number"
        seconds = 0.0
    return _local(datetime.fromtimestamp(min(seconds, LATEST_S), UTC))


def _local(moment: datetime) -> datetime:
    """In the machine's zone; in UTC where that is none (`TZ=UTC+25`)."""
    try:
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return moment

"""Times as an export writes them."""

from __future__ import annotations

from datetime import UTC, datetime

from sottovoce.domain.moments import local_moment, local_now

_HOUR_S, _DAY_S = 3600, 86_400
_TWO = tuple(f"{number:02}" for number in range(60))


class ExportClock:
    """Times in the machine's zone; the difference to UTC is asked for once an hour of what is written."""

    def __init__(self) -> None:
        """Take the zone as it is now."""
        self.zone = zone_name()
        self._offsets: dict[float, int] = {}
        self._minutes = [f"{hour:02}:{minute:02}:" for hour in range(24) for minute in range(60)]

    def name_of(self, seconds: float) -> str:
        """Write a moment as a part of a file's name."""
        return f"{self._local(seconds):%Y-%m-%d-%H%M%S}"

    def minute(self, seconds: float) -> str:
        """Write a moment with day and minute."""
        return f"{self._local(seconds):%Y-%m-%d %H:%M}"

    def second(self, seconds: float) -> str:
        """Within a day: in words of its own, as there is one for each message."""
        try:
            offset = self._offsets.get(seconds // _HOUR_S)  # here, too: a call for each message can be felt
            second = int(seconds + (self._offset(seconds) if offset is None else offset)) % _DAY_S
        except (OverflowError, ValueError, OSError):
            second = 0
        return self._minutes[second // 60] + _TWO[second % 60]

    def _offset(self, seconds: float) -> int:
        hour = seconds // _HOUR_S
        offset = self._offsets.get(hour)
        if offset is None:
            offset = self._offsets[hour] = _offset_s(seconds)
        return offset

    def _local(self, seconds: float) -> datetime:
        try:
            return datetime.fromtimestamp(seconds + self._offset(seconds), UTC)
        except (OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(0, UTC)


def _offset_s(seconds: float) -> int:
    offset = local_moment(seconds).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def zone_name() -> str:
    """The machine's zone as people write it, with its present difference to UTC."""
    now = local_now()
    return f"{now.tzname()} (UTC{now:%z})"

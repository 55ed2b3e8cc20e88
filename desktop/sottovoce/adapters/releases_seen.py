"""What a home has seen of releases, in a small file of its state: nothing that was said."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import read_whole, write_durably

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

NAME = "releases.json"
DAY_S = 24 * 3600.0
_MOST_BYTES = 4096


class ReleasesSeen:
    """The greatest serial that counted, the version that was told, when somebody looked; a bad file says nothing."""

    def __init__(self, state: Path) -> None:
        """Nothing is read before it is asked for; `state` is the folder."""
        self._file = state / NAME

    def serial(self, key: str) -> int:
        """The greatest serial that a manifest signed with this key had; 0 if none came."""
        raw = self._read()
        serial = raw.get("serial")
        return serial if isinstance(serial, int) and raw.get("key") == key else 0

    def keep_serial(self, serial: int, key: str) -> None:
        """Note it, in place of an earlier one's or another key's."""
        self._add({"serial": serial, "key": key})

    def note_announced(self, version: str) -> bool:
        """Whether the user was told of this version before; from now on they were."""
        before = self._read().get("told") == version
        self._add({"told": version})
        return before

    def due(self, now_s: float) -> bool:
        """Whether nobody has looked for a day, or the clock went back; from now on somebody has."""
        looked = self._read().get("looked")
        if isinstance(looked, (int, float)) and 0 <= now_s - looked < DAY_S:
            return False
        self._add({"looked": now_s})
        return True

    def _read(self) -> dict[str, Any]:
        try:
            raw = json.loads(read_whole(self._file, _MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        return raw if isinstance(raw, dict) else {}

    def _add(self, new: dict[str, Any]) -> None:
        before = self._read()
        if before | new == before:
            return
        try:
            write_durably(self._file, json.dumps(before | new).encode())
        except OSError as error:
            log.warning("what was seen of releases could not be noted: %s", type(error).__name__)

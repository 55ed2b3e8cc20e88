"""What a screen reader finds in the windows of a desk, and what is announced to it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.desktop.app import START_S
from tests.desktop.deskbox import SYSTEM_PYTHON
from tests.waiting import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.deskbox import Desk

# Prints what is announced.
EAR = """
import json
import pyatspi

def announced(event):
    print(json.dumps(str(event.any_data)), flush=True)

pyatspi.Registry.registerEventListener(announced, "object:announcement")
print(json.dumps(""), flush=True)
pyatspi.Registry.start()
"""


class Reader:
    """What a screen reader finds and is told."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._record = folder / "announced.jsonl"
        with self._record.open("wb") as record:
            desk.popen(SYSTEM_PYTHON, "-c", EAR, log="ear", stdout=record.fileno())
        wait_for(self.announced, START_S, "the ear")

    def announced(self) -> list[str]:
        return [json.loads(line) for line in self._record.read_text().split("\n")[:-1]]

    def shown(self) -> list[tuple[str, str, str, float | None]]:
        """Role, name, description and value of each thing."""
        return [(thing.role, thing.name, thing.description, thing.value) for thing in self._desk.seen.things()]

    def await_shown(self, pattern: str, limit_s: float = START_S) -> str:
        def found() -> str:
            return next((name for _, name, _, _ in self.shown() if re.search(pattern, name)), "")

        return wait_for(found, limit_s, f"{pattern!r} is shown")

    def await_announced(self, pattern: str, limit_s: float = START_S) -> None:
        wait_for(lambda: any(re.search(pattern, said) for said in self.announced()), limit_s, f"{pattern!r} is said")

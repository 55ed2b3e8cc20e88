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

# Prints a line of JSON for each thing that is shown: its role, name, description, and value if it has one.
READER = """
import json
import pyatspi

def read(thing):
    if thing is None or not thing.getState().contains(pyatspi.STATE_VISIBLE) and thing.get_role_name() != "application":
        return
    try:
        value = thing.queryValue().currentValue
    except NotImplementedError:
        value = None
    print(json.dumps([thing.get_role_name(), thing.name, thing.description, value]))
    for child in thing:
        read(child)

for application in pyatspi.Registry.getDesktop(0):
    read(application)
"""
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
        lines = self._desk.run(SYSTEM_PYTHON, "-c", READER, check=False).stdout.splitlines()
        return [tuple(json.loads(line)) for line in lines]

    def await_shown(self, pattern: str, limit_s: float = START_S) -> str:
        def found() -> str:
            return next((name for _, name, _, _ in self.shown() if re.search(pattern, name)), "")

        return wait_for(found, limit_s, f"{pattern!r} is shown")

    def await_announced(self, pattern: str, limit_s: float = START_S) -> None:
        wait_for(lambda: any(re.search(pattern, said) for said in self.announced()), limit_s, f"{pattern!r} is said")

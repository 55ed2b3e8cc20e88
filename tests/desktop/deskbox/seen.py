"""What a screen reader finds in the windows of a desk."""

from __future__ import annotations

import json
import select
import subprocess
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from tests.desktop.deskbox.desk import Desk

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own: it has pyatspi, which no package index carries."""

# For each line of its input, prints a line of JSON with all that is shown, each thing behind what holds it. What goes
# away meanwhile is left out. Everywhere one more is asked for than there are, as by a reader who was told of one that
# has just gone. (Starting this takes a third of a second of processor, a look some milliseconds.)
READER = """
import json, sys
import pyatspi
from gi.repository import Atspi, GLib

desktop = pyatspi.Registry.getDesktop(0)

def asked(query, get):
    try:
        return get(query())
    except NotImplementedError:
        return None

def read(thing, depth):
    states = thing.getState()
    if not states.contains(pyatspi.STATE_VISIBLE) and thing.get_role_name() != "application":
        return
    seen.append([
        depth, thing.get_role_name(), thing.name, thing.description,
        asked(thing.queryValue, lambda value: value.currentValue),
        asked(thing.queryText, lambda text: text.getText(0, -1)),
        states.contains(pyatspi.STATE_ENABLED), states.contains(pyatspi.STATE_FOCUSED),
    ])
    below(thing, depth + 1)

def below(thing, depth):
    for index in range(thing.childCount + 1):
        try:
            child = thing.getChildAtIndex(index)
            if child is not None:
                read(child, depth)
        except GLib.Error:
            pass

for _ in sys.stdin:
    seen = []
    desktop.clear_cache()  # nobody here hears what changes
    below(desktop, 0)
    print(json.dumps(seen), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is shown."""

    depth: int
    """How many others hold it: 0 is an application."""
    role: str
    name: str
    description: str
    value: float | None
    text: str | None
    """What is written in it, a password as so many bullets; None where nothing can be."""
    enabled: bool
    focused: bool
    """Whether what is typed goes there, as the application has it."""

    @property
    def secret(self) -> bool:
        """Whether nobody may read what is written in it."""
        return self.role == "password text"

    def __str__(self) -> str:
        """One line."""
        parts = [self.role, *(repr(part) for part in (self.name, self.description) if part)]
        if self.text is not None and self.text != self.name:
            parts.append(f"text={self.text!r}")
        if self.value is not None:
            parts.append(f"value={self.value:g}")
        return "  " * self.depth + " ".join(parts) + " (disabled)" * (not self.enabled) + "  <-- FOCUS" * self.focused


class Seen:
    """A screen reader's look at a desk."""

    def __init__(self, desk: Desk) -> None:
        """Look at nothing yet."""
        self._desk = desk
        self._reader: subprocess.Popen[bytes] | None = None

    def things(self) -> list[Thing]:
        """Everything that is shown, window by window; nothing if there is nobody to tell it."""
        if self._reader is None or self._reader.poll() is not None:  # the first time, or of a test before
            argv = (SYSTEM_PYTHON, "-c", READER)
            self._reader = self._desk.popen(*argv, log="reader", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        asking, telling = self._reader.stdin, self._reader.stdout
        assert asking is not None
        assert telling is not None
        try:
            asking.write(b"\n")
            asking.flush()
            line = _line(telling)
        except BrokenPipeError:
            line = b""
        if not line:
            self._reader.kill()
            self._reader.wait()
            return []
        return [Thing(*values) for values in json.loads(line)]

    def told(self) -> str:
        """The windows, who has the focus, and everything that is shown, for the message of a failure."""
        try:
            focus = self._desk.screen.focused()
            windows = [
                f"{window} {self._desk.screen.title(window)!r}" + "  <-- X FOCUS" * (window == focus)
                for window in self._desk.screen.windows(".")
            ]
            # A first screen reader starts services, which the test would be said to leave behind.
            read = self.things() if self._desk.owned("org.a11y.Bus") else ["nothing was read until then"]
            return "\n".join((*windows, *map(str, read)))
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            return f"nothing can be seen: {error!r}"


def _line(stream: IO[bytes]) -> bytes:
    """The next line, or nothing if none comes."""
    return stream.readline() if select.select([stream], [], [], HANGS_S)[0] else b""

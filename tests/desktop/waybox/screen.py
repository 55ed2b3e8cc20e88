"""The screens and the keyboard of a Wayland desk, as sway tells of them and lets them be used."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.desktop.deskbox.screen import Screen
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.desktop.waybox.desk import WaylandDesk


class WaylandScreen(Screen):
    """The screens: windows, pictures, what is typed. Chords are written as in `Screen`: "ctrl+alt+space"."""

    def __init__(self, desk: WaylandDesk) -> None:
        super().__init__(desk)
        self._desk: WaylandDesk = desk

    def sway(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        """What swaymsg answers."""
        return json.loads(self._desk.run("swaymsg", "--raw", *words).stdout)

    def _nodes(self) -> Iterator[dict[str, Any]]:
        left = [self.sway("-t", "get_tree")]
        while left:
            node = left.pop()
            yield node
            left += node["nodes"] + node["floating_nodes"]

    def has_keyboard(self) -> bool:
        """Whether anything can be typed with."""
        return any(device["type"] == "keyboard" for device in self.sway("-t", "get_inputs"))

    def windows(self, name: str) -> list[int]:
        """Windows whose title matches the regular expression."""
        return [node["id"] for node in self._nodes() if node.get("pid") and re.search(name, node["name"] or "")]

    def focused(self) -> int | None:
        """The window that has the keyboard; None if none has."""
        return next((node["id"] for node in self._nodes() if node["focused"] and node.get("pid")), None)

    def focus(self, name: str) -> int:
        """Give the keyboard to the window with this title, which is waited for."""
        window = self.window(name)
        self.sway(f"[con_id={window}]", "focus")
        wait_for(lambda: self.focused() == window, what=f"{name!r} has the keyboard")
        return window

    def shot(self, png: Path, *, crop: str = "", output: str = "HEADLESS-1") -> Path:
        """Save a screen's picture, in its own pixels; all of it."""
        assert not crop
        taken = self._desk.root / "shot.png"
        self._desk.run("grim", "-o", output, taken)
        shutil.copy(taken, png)
        return png

    def pixels(self, output: str = "HEADLESS-1") -> NDArray[np.uint8]:
        """A screen's picture: rows × columns × red, green, blue."""
        taken = self._desk.root / "shot.ppm"
        self._desk.run("grim", "-t", "ppm", "-o", output, taken)
        magic, width, height, most, data = taken.read_bytes().split(maxsplit=4)
        assert (magic, most) == (b"P6", b"255")
        return np.frombuffer(data, np.uint8).reshape(int(height), int(width), 3)

    def type(self, text: str) -> None:
        """Type text into the window that has the keyboard."""
        self._desk.run("wtype", "-d", "2", text)

    def tap(self, chord: str) -> None:
        """Press keys and let them go at once."""
        *held, key = chord.split("+")
        holding = [word for one in held for word in ("-M", one)]
        self._desk.run("wtype", *holding, "-k", key)

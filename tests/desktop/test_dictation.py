"""Typing into a real window on a real X server."""

from __future__ import annotations

import os
import sys
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

import pytest
from Xlib.display import Display

from sottovoce.adapters.typing.x11 import X11Typing
from sottovoce.domain.errors import TypingFailed
from tests.desktop.fingers import CAPS_LOCK, CTRL, Fingers
from tests.desktop.probing import ROOT
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.desktop.deskbox import Desk

TEXT = 'Grüße, 東京 🎉 (a@b) "x" ÄÖ ß!\nNew line'


class Field:
    """A text field that has the focus, and what types into it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._there = desk.root / "field.txt"
        self._there.unlink(missing_ok=True)
        paths = os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))
        desk.popen(
            sys.executable, "-m", "tests.desktop.text_field", self._there, log="field", env={"PYTHONPATH": paths}
        )
        wait_for(self._there.exists, what="the field is there")
        wait_for(self._takes_focus, what="the field has the focus")
        self.typing = X11Typing(desk.env["DISPLAY"])

    def _takes_focus(self) -> bool:
        """Give it the focus; a window that is only just coming refuses it."""
        name = ("search", "--onlyvisible", "--name", "^text field$")
        try:
            self.desk.run("xdotool", *name, "windowfocus")
            holder = self.desk.run("xdotool", "getwindowfocus").stdout.strip()
            return holder in self.desk.run("xdotool", *name).stdout.split()
        except CalledProcessError:
            return False

    @property
    def text(self) -> str:
        return self._there.read_text("utf-8")

    def holds(self, text: str) -> None:
        wait_for(lambda: self.text == text, what=f"{text!r} stands there, not {self.text!r}")


@pytest.fixture
async def field(desk: Desk) -> AsyncIterator[Field]:
    made = Field(desk)
    yield made
    await made.typing.close()


def _free_keys(desk: Desk) -> int:
    display = Display(desk.env["DISPLAY"])
    try:
        first = display.display.info.min_keycode
        rows = display.get_keyboard_mapping(first, display.display.info.max_keycode - first + 1)
        return sum(not any(row) for row in rows)
    finally:
        display.close()


async def test_any_sign_is_typed_and_taken_back(desk: Desk, field: Field) -> None:
    free = _free_keys(desk)
    await field.typing.type(TEXT)
    field.holds(TEXT)
    await field.typing.type("again", erase=len("New line"))
    field.holds(TEXT.removesuffix("New line") + "again")
    assert _free_keys(desk) == free


async def test_more_new_signs_than_there_are_free_keys(field: Field) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 60)))
    await field.typing.type(text)
    field.holds(text)


async def test_caps_lock_inverts_nothing(desk: Desk, field: Field) -> None:
    fingers = Fingers(desk.env["DISPLAY"])
    fingers.tap(CAPS_LOCK)
    try:
        await field.typing.type("Hello, Über über")
        field.holds("Hello, Über über")
    finally:
        fingers.tap(CAPS_LOCK)
        fingers.display.close()


async def test_while_a_modifier_is_held_nothing_is_typed(desk: Desk, field: Field) -> None:
    fingers = Fingers(desk.env["DISPLAY"])
    fingers.down(CTRL)
    try:
        with pytest.raises(TypingFailed):
            await field.typing.type("a")
    finally:
        fingers.up(CTRL)
        fingers.display.close()
    await field.typing.type("b")
    field.holds("b")

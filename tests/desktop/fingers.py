"""Fingers on a keyboard: keys by their place, with moments the X server keeps to (nobody here has to wait)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest
from Xlib.protocol import rq

if TYPE_CHECKING:
    from collections.abc import Iterator

CTRL, ALT, SUPER, RIGHT_CTRL, RIGHT_ALT, CAPS_LOCK = 37, 64, 133, 105, 108, 66
SPACE, ESCAPE, Z, Y, A, C = 65, 9, 52, 29, 38, 54
"""Keycodes of keyboards under Linux (evdev): the places, whatever a layout has there."""


class _UseKeyboardExtension(rq.ReplyRequest):
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(), rq.Card16("major"), rq.Card16("minor"))
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Card8("supported"), rq.Card16("sequence_number"), rq.ReplyLength(), rq.Pad(24)
    )  # fmt: skip


class _SetRepeat(rq.Request):
    """XkbSetControls, of which only the repetition is changed."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(7), rq.RequestLength(), rq.Card16("device"), rq.Pad(26), rq.Card32("change"),
        rq.Card16("delay_ms"), rq.Card16("interval_ms"), rq.Pad(60),
    )  # fmt: skip


_CORE_KEYBOARD, _REPEAT = 0x100, 1


class Fingers:
    """Presses keys by their keycodes."""

    def __init__(self, display_name: str) -> None:
        self.display = Display(display_name)

    def down(self, *keys: int, after_ms: int = 0) -> None:
        """Press and hold, each so long after the one before."""
        for key in keys:
            xtest.fake_input(self.display, X.KeyPress, key, time=after_ms)
        self.display.sync()

    def up(self, *keys: int, after_ms: int = 0) -> None:
        """Let go."""
        for key in keys:
            xtest.fake_input(self.display, X.KeyRelease, key, time=after_ms)
        self.display.sync()

    def tap(self, *keys: int, held_ms: int = 40, after_ms: int = 0) -> None:
        """Press the keys and let the last one go after so long, then the others."""
        self.down(*keys[:-1])
        self.down(keys[-1], after_ms=after_ms)
        self.up(keys[-1], after_ms=held_ms)
        self.up(*reversed(keys[:-1]))

    def code_of(self, keysym_name: str) -> int:
        """The place of a key on the layout that this program has read."""
        return int(self.display.keysym_to_keycode(XK.string_to_keysym(keysym_name)))

    @contextlib.contextmanager
    def repeating(self, delay_ms: int, interval_ms: int) -> Iterator[None]:
        """Have held keys repeat so for the length of the block; on a desk they don't else."""
        extension = self.display.query_extension("XKEYBOARD")
        assert extension is not None
        opcode = extension.major_opcode
        _UseKeyboardExtension(display=self.display.display, opcode=opcode, major=1, minor=0)

        _SetRepeat(
            display=self.display.display, opcode=opcode, device=_CORE_KEYBOARD, change=_REPEAT,
            delay_ms=delay_ms, interval_ms=interval_ms,
        )  # fmt: skip
        self._repeat(X.AutoRepeatModeOn)
        try:
            yield
        finally:
            self._repeat(X.AutoRepeatModeOff)

    def _repeat(self, mode: int) -> None:
        self.display.change_keyboard_control(auto_repeat_mode=mode)
        self.display.sync()

    @contextlib.contextmanager
    def modifiers(self, changed: dict[int, list[int]]) -> Iterator[None]:
        """Have other keys switch some modifiers (by their index) for the length of the block."""
        before = [list(codes) for codes in self.display.get_modifier_mapping()]
        self._map([changed.get(index, codes) for index, codes in enumerate(before)])
        try:
            yield
        finally:
            self._map(before)

    def _map(self, mapping: list[list[int]]) -> None:
        width = max(len(codes) for codes in mapping)
        assert self.display.set_modifier_mapping([codes + [0] * (width - len(codes)) for codes in mapping]) == 0
        self.display.sync()

    def close(self) -> None:
        """Let nothing be held, and hang up."""
        held = self.display.query_keymap()
        self.up(*(code for code in range(8, 256) if held[code // 8] & (1 << code % 8)))
        self.display.close()

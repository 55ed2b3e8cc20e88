"""Typing on X11 by XTEST: any sign of any script, whatever the keyboard has."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import TypingFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from Xlib.display import Display

log = logging.getLogger(__name__)

DEADLINE_S: Final = 30.0
"""Longest wait for one text: a page of another script takes some seconds."""
SETTLE_S: Final = 0.1
"""How long programs take to learn what a key has just been made (facts: without it Qt loses letters)."""
HANDS_S: Final = 2.0
"""Longest wait until no modifier is held: with Ctrl down a word is a row of commands."""
POLL_S: Final = 0.02
AT_ONCE: Final = 8
"""Keys between which nothing is waited for."""
_UNICODE: Final = 0x0100_0000
_LATIN_1: Final = 0xFF
_GROUP_SHIFT, _GROUP_MASK = 13, 3
_CONTROL_KEYS: Final = {"\b": "BackSpace", "\n": "Return", "\t": "Tab"}


class X11Typing:
    """Types on one display; its thread connects anew for each text, so that it always knows the layout in force."""

    def __init__(self, display_name: str) -> None:
        """Type on the display of that name."""
        self._display_name = display_name
        self._thread = OwnThread("typing")

    async def type(self, text: str, *, erase: int = 0) -> None:
        """Remove so many characters before the cursor, then type.

        Raises:
            TypingFailed: The server did not take the keys in time.
        """
        try:
            await self._thread.run(lambda: _typed(self._display_name, "\b" * erase + text), deadline_s=DEADLINE_S)
        except TypingFailed:
            raise
        except Exception as error:
            log.exception("typing on X11")
            raise TypingFailed from error

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._thread.close()


def _typed(display_name: str, signs: str) -> None:
    """Type on the thread.

    Raises:
        TypingFailed: A modifier is held all the time, or no key is free for a sign that no key has.
    """
    from Xlib.display import Display as Connection  # noqa: PLC0415 - on the thread that uses it, when something is typed

    display = Connection(display_name)
    try:
        keys = _Keys(display)
        keys.wait_for_free_hands()
        for batch in keys.batches(signs):
            keys.type(batch)
    finally:
        display.close()


def keysym_of(sign: str) -> int:
    """What X calls a sign."""
    from Xlib import XK  # noqa: PLC0415 - as above

    if name := _CONTROL_KEYS.get(sign):
        return int(XK.string_to_keysym(name))
    return ord(sign) if ord(sign) <= _LATIN_1 else _UNICODE | ord(sign)


class _Keys:
    """The keyboard of one display as it is laid out now."""

    def __init__(self, display: Display) -> None:
        from Xlib import XK, X  # noqa: PLC0415 - as above

        self._display = display
        state = display.screen().root.query_pointer().mask
        self._caps = bool(state & X.LockMask)
        group = state >> _GROUP_SHIFT & _GROUP_MASK
        self._modifiers = {code for codes in display.get_modifier_mapping() for code in codes if code}
        self._shift = display.keysym_to_keycode(XK.XK_Shift_L)
        self._there: dict[int, tuple[int, bool]] = {}
        self._free: list[int] = []
        first = display.display.info.min_keycode
        rows = display.get_keyboard_mapping(first, display.display.info.max_keycode - first + 1)
        for code, row in enumerate(rows, first):
            if not any(row):
                self._free.append(code)
            elif code not in self._modifiers:
                self._learn(code, list(row), group)

    def _learn(self, code: int, row: Sequence[int], group: int) -> None:
        pair = row[2 * group : 2 * group + 2] if group and any(row[2 * group : 2 * group + 2]) else row[:2]
        for shift, keysym in enumerate(pair):
            if keysym and (keysym not in self._there or (self._there[keysym][1] and not shift)):
                self._there[keysym] = (code, bool(shift))

    def wait_for_free_hands(self) -> None:
        """Wait until no modifier is held down.

        Raises:
            TypingFailed: One is, all the time.
        """
        pause = threading.Event()
        for _ in range(round(HANDS_S / POLL_S)):
            held = self._display.query_keymap()
            if not any(held[code // 8] & 1 << code % 8 for code in self._modifiers):
                return
            pause.wait(POLL_S)
        raise TypingFailed

    def batches(self, signs: str) -> Iterator[str]:
        """Parts of a text, each of which needs no more new keys than are free.

        Raises:
            TypingFailed: None is free, and one is needed.
        """
        batch, new = "", set[str]()
        for sign in signs:
            needed = {_small(sign)} if keysym_of(sign) not in self._there else set()
            if needed and not self._free:
                raise TypingFailed
            if len(new | needed) > len(self._free):
                yield batch
                batch, new = "", set()
            batch += sign
            new |= needed
        if batch:
            yield batch

    def type(self, signs: str) -> None:
        """Type what `batches` gave; keys that were made for it are free again afterwards."""
        new = sorted({_small(sign) for sign in signs if keysym_of(sign) not in self._there})
        made = dict(zip(new, self._free, strict=False))
        pause = threading.Event()
        try:
            for sign, code in made.items():
                small, large = keysym_of(sign), keysym_of(_large(sign))
                self._display.change_keyboard_mapping(code, [(small, large, small, large)])
            self._display.sync()
            if made:
                pause.wait(SETTLE_S)
            for place, sign in enumerate(signs, 1):
                self._press(sign, made)
                if place % AT_ONCE == 0:
                    self._display.sync()
            self._display.sync()
        finally:
            if made:
                pause.wait(SETTLE_S)
                for code in made.values():
                    self._display.change_keyboard_mapping(code, [(0, 0, 0, 0)])
                self._display.sync()

    def _press(self, sign: str, made: dict[str, int]) -> None:
        from Xlib import X  # noqa: PLC0415 - as above
        from Xlib.ext import xtest  # noqa: PLC0415 - as above

        code, shift = self._there.get(keysym_of(sign)) or (made[_small(sign)], sign != _small(sign))
        if self._caps and _small(sign) != _large(sign):  # the lock inverts letters
            shift = not shift
        if shift:
            xtest.fake_input(self._display, X.KeyPress, self._shift)
        xtest.fake_input(self._display, X.KeyPress, code)
        xtest.fake_input(self._display, X.KeyRelease, code)
        if shift:
            xtest.fake_input(self._display, X.KeyRelease, self._shift)


def _small(sign: str) -> str:
    """The small letter of a sign, if that is one sign too."""
    return sign.lower() if len(sign.lower()) == 1 else sign


def _large(sign: str) -> str:
    """The capital of a sign, if that is one sign too: that of "ß" is two."""
    return sign.upper() if len(sign.upper()) == 1 else sign

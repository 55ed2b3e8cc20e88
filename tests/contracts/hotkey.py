"""What every `Hotkey` must do, the real one and its fake. A subclass gives the fixture `keyboard`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest

from sottovoce.domain.errors import HotkeyTaken
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from sottovoce.talk.ports import Hotkey

FIRST = "Ctrl+Alt+Space"
SECOND = "Super+F9"


class Keyboard(Protocol):
    """A hotkey, and hands on its keys."""

    hotkey: Hotkey

    def down(self, key: str) -> None:
        """Press and hold."""

    def up(self, key: str) -> None:
        """Let go."""

    async def take_elsewhere(self, key: str) -> None:
        """Let another program have the key."""


class Ears:
    """Keeps what the hotkey tells."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[str] = asyncio.Queue()

    def press(self) -> None:
        """Give this as `on_press`."""
        self._told.put_nowait("press")

    def release(self) -> None:
        """Give this as `on_release`."""
        self._told.put_nowait("release")

    async def next(self) -> str:
        """What is told next."""
        async with asyncio.timeout(HANGS_S):
            return await self._told.get()

    def nothing_more(self) -> bool:
        """Whether all that was told was asked for."""
        return self._told.empty()


async def tap(keyboard: Keyboard, key: str) -> None:
    """Press and let go."""
    keyboard.down(key)
    keyboard.up(key)


class HotkeyContract:
    async def test_a_press_and_a_release_are_told_in_order(self, keyboard: Keyboard) -> None:
        ears = Ears()
        await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
        keyboard.down(FIRST)
        assert await ears.next() == "press"
        assert ears.nothing_more()
        keyboard.up(FIRST)
        assert await ears.next() == "release"

    async def test_another_key_takes_the_place_of_the_one_before(self, keyboard: Keyboard) -> None:
        before, after = Ears(), Ears()
        await keyboard.hotkey.grab(FIRST, before.press, before.release)
        await keyboard.hotkey.grab(SECOND, after.press, after.release)
        await tap(keyboard, FIRST)
        await tap(keyboard, SECOND)
        assert [await after.next(), await after.next()] == ["press", "release"]
        assert before.nothing_more()

    async def test_a_refused_key_leaves_the_one_before_in_place(self, keyboard: Keyboard) -> None:
        before, never = Ears(), Ears()
        await keyboard.hotkey.grab(FIRST, before.press, before.release)
        await keyboard.take_elsewhere(SECOND)
        with pytest.raises(HotkeyTaken):
            await keyboard.hotkey.grab(SECOND, never.press, never.release)
        await tap(keyboard, FIRST)
        assert [await before.next(), await before.next()] == ["press", "release"]
        assert never.nothing_more()

    async def test_closing_is_final_and_may_be_repeated(self, keyboard: Keyboard) -> None:
        ears = Ears()
        await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
        await keyboard.hotkey.close()
        await keyboard.hotkey.close()
        await tap(keyboard, FIRST)
        assert ears.nothing_more()

    async def test_a_key_may_be_taken_again_after_closing(self, keyboard: Keyboard) -> None:
        ears = Ears()
        await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
        await keyboard.hotkey.close()
        await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
        await tap(keyboard, FIRST)
        assert [await ears.next(), await ears.next()] == ["press", "release"]

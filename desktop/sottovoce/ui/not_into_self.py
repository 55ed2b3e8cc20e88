"""Typing, but never into our own windows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QGuiApplication

from sottovoce.domain.errors import TypingIntoSelf


class Keyboard(Protocol):
    """See `talk.dictation.Typing`; with an end."""

    async def type(self, text: str, *, erase: int = 0) -> None:
        """Type."""

    async def close(self) -> None:
        """End it. Idempotent."""


class NotIntoSelf:
    """Refuses while one of our windows has the focus: what is dictated is meant for another program."""

    def __init__(self, keyboard: Keyboard) -> None:
        """Type by `keyboard`, which belongs to this from now on."""
        self._keyboard = keyboard

    async def type(self, text: str, *, erase: int = 0) -> None:
        """See `Typing`.

        Raises:
            TypingIntoSelf: One has it.
            TypingTrouble: What the keyboard raises.
        """
        if QGuiApplication.focusWindow() is not None:
            raise TypingIntoSelf
        await self._keyboard.type(text, erase=erase)

    async def close(self) -> None:
        """Close the keyboard. Idempotent."""
        await self._keyboard.close()

"""A keyboard and a clipboard that stand in for the desktop's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.domain.errors import TypingTrouble


class FakeTyping:
    """Types into a text.

    Attributes:
        text: What stands there now.
        trouble: Raised by the next call.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.trouble: TypingTrouble | None = None

    async def type(self, text: str, *, erase: int = 0) -> None:
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble
        assert erase <= len(self.text)
        self.text = self.text[: len(self.text) - erase] + text


class FakeClipboard:
    """Holds a text, and what is selected."""

    def __init__(self, held: str = "", selected: str | None = "") -> None:
        self.held, self.selected = held, selected

    async def text(self) -> str:
        return self.held

    async def selection(self) -> str | None:
        return self.selected

    async def copy(self, text: str) -> None:
        self.held = text

"""The desktop's clipboard, and what is selected, by Qt."""

from __future__ import annotations

import os

from PySide6.QtGui import QClipboard, QGuiApplication


def x11_display() -> str:
    """The name of the X display that our windows are on; empty where they are on none."""
    return os.environ.get("DISPLAY", "") if QGuiApplication.platformName() == "xcb" else ""


class QtClipboard:
    """See `agent.skills.dictation.Clipboard`. To be used on the thread of the windows."""

    async def text(self) -> str:
        """What was copied; empty where that is no text."""
        return QGuiApplication.clipboard().text()

    async def selection(self) -> str | None:
        """What is selected; None where no program can know that."""
        clipboard = QGuiApplication.clipboard()
        return clipboard.text(QClipboard.Mode.Selection) if clipboard.supportsSelection() else None

    async def copy(self, text: str) -> None:
        """Put a text in."""
        QGuiApplication.clipboard().setText(text)

    async def close(self) -> None:
        """Nothing is held."""

"""Windows as high as their wrapped words need, words that wrap, and a window that comes to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sottovoce.ui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TITLE_SCALE = 1.4


def bring_up(window: QWidget) -> None:
    """Show `window` in front of the others."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def fit(window: QWidget, width: int) -> None:
    """Make `window` at least as wide as asked and as its words need, and as high as they then are.

    Qt itself takes the height of wrapped words into account when a window is first shown, not when they change.
    """
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    width = max(width, layout.totalMinimumSize().width())
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    room = window.screen().availableGeometry()
    window.setMinimumHeight(0)
    window.resize(min(width, room.width()), min(height, room.height()))
    window.setMinimumHeight(min(height, room.height()))


def words(text: str = "", *, hidden: bool = False) -> QLabel:
    """Plain words that wrap."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setHidden(hidden)
    return label


def title(text: str) -> QLabel:
    """What a window is about, larger."""
    label = words(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * TITLE_SCALE)
    font.setBold(True)
    label.setFont(font)
    return label


def mistake() -> QLabel:
    """A place for what is wrong: it stands out by weight and word too, not by colour alone."""
    label = words(hidden=True)
    label.setStyleSheet(f"color: {theme.colours().trouble}; font-weight: 600")
    return label


def tell(label: QLabel, text: str) -> None:
    """Show a sentence in its place; "" for nothing."""
    label.setText(text)
    label.setVisible(bool(text))

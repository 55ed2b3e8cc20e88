"""Windows as large as their words need and the screen allows, words that wrap, a window that comes to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from sottovoce.ui import theme
from sottovoce.ui.texts import write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem

    from sottovoce.ui.texts import Text

TITLE_SCALE = 1.4
TITLE_BAR_PX = 40
"""What a window manager puts around a window, and nobody can ask for before it is there."""


def bring_up(window: QWidget) -> None:
    """Show `window` in front of the others."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def show_quietly(window: QWidget) -> None:
    """Bring a window up without taking the focus from what the user does."""
    window.setAttribute(QtCore.Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.show()
    window.raise_()
    window.setAttribute(QtCore.Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)


def needed_size(window: QWidget, width: int) -> QSize:
    """At least as wide as asked and as the words of `window` need, and as high as they then are.

    Qt itself takes the height of wrapped words into account when a window is first shown, not when they change. What
    the screen has no room for scrolls (`window.Scrolled`).
    """
    layout = window.layout()
    if layout is None:
        return window.size()
    for child in window.findChildren(QWidget):  # what was shown or hidden within has told only its own parent so far
        if (inside := child.layout()) is not None:
            inside.invalidate()
    layout.invalidate()
    layout.activate()
    room = window.screen().availableGeometry().size() - QSize(0, TITLE_BAR_PX)
    width = min(max(width, layout.totalMinimumSize().width()), room.width())
    margins = layout.contentsMargins()
    inner = width - margins.left() - margins.right()
    heights = [_height(item, inner) for number in range(layout.count()) if (item := layout.itemAt(number))]
    shown = [height for height in heights if height]
    height = sum(shown) + max(0, layout.spacing()) * max(0, len(shown) - 1) + margins.top() + margins.bottom()
    height = max(height, layout.totalMinimumSize().height())
    window.setMinimumSize(QSize(0, 0))
    return QSize(width, min(height, room.height()))


def _height(item: QLayoutItem, width: int) -> int:
    """What it needs at that width; a page that scrolls, what it shows without scrolling."""
    widget = item.widget()
    if item.isEmpty():
        return 0
    if isinstance(widget, QScrollArea):
        page = widget.widget() or widget
        width = max(width, page.minimumSizeHint().width())
        return page.heightForWidth(width) if page.hasHeightForWidth() else page.sizeHint().height()
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def paragraph(text: Text = "", *, hidden: bool = False) -> QLabel:
    """Plain words that wrap."""
    label = QLabel()
    write(label.setText, text)
    label.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if hidden:  # never shown here: without a parent yet it would be a window of its own, and take the focus
        label.hide()
    return label


def title(text: Text) -> QLabel:
    """What a window is about, larger."""
    label = paragraph(text)
    font = label.font()
    font.setPointSizeF(QFontInfo(font).pointSizeF() * TITLE_SCALE)  # the desktop may give it in pixels
    font.setBold(True)
    label.setFont(font)
    return label


def mistake() -> QLabel:
    """A place for what is wrong: it stands out by weight and word too, not by colour alone."""
    label = paragraph(hidden=True)
    label.setStyleSheet(f"color: {theme.trouble_colour()}; font-weight: 600")
    return label


def tell(label: QLabel, text: Text) -> None:
    """Show a sentence in its place; "" for nothing."""
    write(label.setText, text)
    label.setVisible(bool(label.text()))

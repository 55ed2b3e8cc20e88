"""Everything that people read in a window, or that a screen reader reads out to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown_texts(window: QWidget) -> list[str]:
    """The texts of a window and all that is in it, hidden or not, in the order of its making; "" for none."""
    return [text for widget in (window, *window.findChildren(QWidget)) for text in _texts(widget)]


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QAbstractSpinBox():
            yield from (widget.text(), widget.specialValueText())
            yield widget.suffix() if isinstance(widget, QSpinBox) else ""
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield from (widget.itemText(number) for number in range(widget.count()))
        case QTabWidget():
            yield from (widget.tabText(number) for number in range(widget.count()))
        case QListView():
            model = widget.model()
            yield from (str(model.index(number, 0).data()) for number in range(model.rowCount()))
        case QMenu():
            yield from (entry.text() for entry in widget.actions())

"""Fields and buttons that are seen on any ground: the style's own edges vanish on dark windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from sottovoce.ui.texts import write
from sottovoce.ui.theme import is_dark, is_high_contrast, outline

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPaintEvent

    from sottovoce.ui.texts import Text

_ROUND_PX = 2.0


def _draw_edge(widget: QWidget, *places: QRect) -> None:
    """A line at 3:1 or better on the window's ground (WCAG 2.1, 1.4.11), where the style's own is none."""
    if not (is_dark() or is_high_contrast()):
        return
    painter = QPainter(widget)
    painter.setPen(QPen(outline(widget.palette()), 1))
    for place in places or (widget.rect(),):
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND_PX, _ROUND_PX)
    painter.end()


class LineEdit(QLineEdit):
    """A field to type into; the one that is typed into has the style's own, louder edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        if not self.hasFocus():
            _draw_edge(self)


class Button(QPushButton):
    """A button."""

    def __init__(self, text: Text = "") -> None:
        """Bear `text`."""
        super().__init__()
        write(self.setText, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        _draw_edge(self)


class SpinBox(QSpinBox):
    """A field for a number."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        _draw_edge(self)


class DoubleSpinBox(QDoubleSpinBox):
    """The same for one with a point."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        _draw_edge(self)


class ComboBox(QComboBox):
    """A choice."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        _draw_edge(self)


class Slider(QSlider):
    """A handle in a groove."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own first."""
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        parts = (QStyle.SubControl.SC_SliderGroove, QStyle.SubControl.SC_SliderHandle)
        style, slider = self.style(), QStyle.ComplexControl.CC_Slider
        _draw_edge(self, *(style.subControlRect(slider, option, part, self) for part in parts))

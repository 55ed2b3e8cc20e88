"""Boxes, rings and bars that are seen on any ground: the style's own outlines vanish in dark themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QProgressBar, QRadioButton, QStyle, QStyleOptionButton

from sottovoce.ui.texts import write
from sottovoce.ui.theme import outline

if TYPE_CHECKING:
    from sottovoce.ui.texts import Text

BAR_PX = 10
_RING_PX = 1.6
"""A smoothed line of one pixel is paler than its colour: 2.7:1."""


class CheckBox(QCheckBox):
    """Draws a line around its box that stands at 3:1 or better on the window's ground (WCAG 2.1, 1.4.11)."""

    def __init__(self, text: Text) -> None:
        """Bear `text`."""
        super().__init__()
        write(self.setText, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own box first."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setPen(QPen(outline(self.palette()), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()


class RadioButton(QRadioButton):
    """The same for a ring."""

    def __init__(self, text: Text) -> None:
        """Bear `text`."""
        super().__init__()
        write(self.setText, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own ring first."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        ring = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(outline(self.palette()), _RING_PX))
        painter.drawEllipse(QRectF(ring).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()


class Bar(QProgressBar):
    """The same for a bar: thin, so that nobody takes it for a field."""

    def __init__(self, name: Text) -> None:
        """Be called `name` by a screen reader; from 0 to 100."""
        super().__init__()
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setFixedHeight(BAR_PX)
        write(self.setAccessibleName, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own bar first."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(outline(self.palette()), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

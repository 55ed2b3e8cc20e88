"""A check box whose box is seen on any ground: the style's own outline vanishes in dark themes."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from sottovoce.ui.theme import outline


class CheckBox(QCheckBox):
    """Draws a line around its box that stands at 3:1 or better on the window's ground (WCAG 2.1, 1.4.11)."""

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

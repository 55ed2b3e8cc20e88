"""A page of settings: sections with a heading, and in them names beside controls, all of them on two lines down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from sottovoce.ui import theme
from sottovoce.ui.setting_field import Hint, RowTitle
from sottovoce.ui.texts import write

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from sottovoce.ui.setting_field import Field
    from sottovoce.ui.texts import Text

MARGIN_PX = 18
ROW_PX = 14
COLUMN_PX = 14
SECTION_PX = 14
"""What a heading stands away from what is above it, beside the space between rows."""
HEADING_SCALE = 1.15


class Heading(QLabel):
    """What a section is about."""

    def __init__(self, text: Text, *, first: bool = False) -> None:
        """Stand apart from what is above, if it is not the first."""
        super().__init__()
        write(self.setText, text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        font = self.font()
        font.setPointSizeF(QFontInfo(font).pointSizeF() * HEADING_SCALE)
        font.setBold(True)
        self.setFont(font)
        self.setContentsMargins(0, 0 if first else SECTION_PX, 0, 0)


FRAMED = (QLineEdit, QAbstractSpinBox, QComboBox, QListWidget, QPushButton)
"""What the style draws an outline around that vanishes where all grounds are one colour."""


class Framed(QWidget):
    """A page whose controls have outlines where the style's own can't be seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outlines lie just outside of the controls."""
        super().paintEvent(event)
        if not theme.has_faint_outlines():
            return
        painter = QPainter(self)
        painter.setPen(QPen(theme.outline(self.palette()), 1))
        for control in self.findChildren(QWidget):
            within = control.parentWidget()
            if isinstance(control, FRAMED) and control.isVisible() and not isinstance(within, FRAMED):
                painter.drawRect(QRect(control.mapTo(self, QPoint(-1, -1)), control.size() + QSize(1, 1)))
        painter.end()


class Page(Framed):
    """Rows under headings."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setVerticalSpacing(ROW_PX)
        self._form.setHorizontalSpacing(COLUMN_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out once more: Qt's form keeps the heights of wrapped words from the width before."""
        super().resizeEvent(event)
        policies = QFormLayout.RowWrapPolicy
        fits = self._columns_px() <= self.width()
        self._form.setRowWrapPolicy(policies.WrapLongRows if fits else policies.WrapAllRows)
        self._form.invalidate()
        self._form.activate()

    def _columns_px(self) -> int:
        """How wide names and fields are side by side. Qt wraps a row by its own name, and then squeezes its field."""
        roles = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
        widest = [
            max(
                (
                    one.minimumSize().width()
                    for row in range(self._form.rowCount())
                    if (one := self._form.itemAt(row, role))
                ),
                default=0,
            )
            for role in roles
        ]
        return sum(widest) + COLUMN_PX + 2 * MARGIN_PX

    def section(self, title: Text, intro: Text = "") -> None:
        """Begin a section."""
        self._form.addRow(Heading(title, first=self._form.rowCount() == 0))
        if intro:
            self._form.addRow(Hint(intro))

    def field(self, field: Field) -> None:
        """Add a setting."""
        name = field.row_title()
        if name is None:
            self._form.addRow(QLabel(), field.row)
        else:
            self._form.addRow(name, field.row)

    def row(self, title: Text, widget: QWidget) -> None:
        """Add something with a name; "" for none, but in the same line down."""
        self._form.addRow(RowTitle(title, widget) if title else QLabel(), widget)

    def wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self._form.addRow(widget)

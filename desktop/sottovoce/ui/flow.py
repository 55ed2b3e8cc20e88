"""Things side by side as long as there is room, and the rest below: no button is cut where text is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP_PX = 6


class FlowLayout(QLayout):
    """Lines of widgets, each as wide as it wants to be; a line that is full is followed by another one."""

    def __init__(self, widgets: Iterable[QWidget] = (), *, to_the_right: bool = False) -> None:
        """Hold these widgets, from the left or, as the buttons of a dialog stand, from the right."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._to_the_right = to_the_right
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """See Qt."""
        self._items.append(item)

    def count(self) -> int:
        """See Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the lines need."""
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + GAP_PX * max(0, len(hints) - 1)
        return self._with_margins(QSize(width, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:
        """The widest thing alone in its line."""
        hints = [item.minimumSize().expandedTo(item.sizeHint()) for item in self._shown()]
        width, height = (max((n for n in numbers), default=0) for numbers in _axes(hints))
        return self._with_margins(QSize(width, height))

    def setGeometry(self, area: QRect) -> None:
        """See Qt."""
        super().setGeometry(area)
        self._lay_out(area, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, size: QSize) -> QSize:
        margins: QMargins = self.contentsMargins()
        return QSize(size.width() + margins.left() + margins.right(), size.height() + margins.top() + margins.bottom())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if not lines or taken + GAP_PX + wanted > width:
                lines.append([])
                taken = wanted
            else:
                taken += GAP_PX + wanted
            lines[-1].append(item)
        return lines

    def _lay_out(self, area: QRect, *, move: bool) -> int:
        y = area.top()
        for line in self._lines(area.width()):
            height = max(item.sizeHint().height() for item in line)
            taken = sum(item.sizeHint().width() for item in line) + GAP_PX * (len(line) - 1)
            x = area.left() + (max(0, area.width() - taken) if self._to_the_right else 0)
            for item in line:
                width = min(item.sizeHint().width(), area.width())
                if move:
                    item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
                x += width + GAP_PX
            y += height + GAP_PX
        return max(0, y - GAP_PX - area.top())


def _axes(sizes: list[QSize]) -> tuple[list[int], list[int]]:
    return [size.width() for size in sizes], [size.height() for size in sizes]


def flowing(*widgets: QWidget, to_the_right: bool = False) -> QWidget:
    """The widgets in a flow, as one widget that a box layout asks for its height."""
    held = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # Fixed would be one line
    policy.setHeightForWidth(True)
    held.setSizePolicy(policy)
    held.setLayout(FlowLayout(widgets, to_the_right=to_the_right))
    return held

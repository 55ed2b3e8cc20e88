"""What a screen reader finds in a scroll area: the same things, whether its bars are shown or not.

Of the bars Qt's own answer holds only those that are shown. A reader asks how many things there are, and then for each:
if a bar has gone in between, Qt (6.11, `QAccessibleAbstractScrollArea::child`) reads beyond the end of its list, and
the program ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_HOLD_BARS = frozenset({"QScrollArea", "QAbstractScrollArea"})
"""The classes that Qt gives that answer for; headers of tables and the insides of its dialogs are among them."""


def keep_scroll_areas_readable() -> None:
    """From now on, readers are given our answer. Once an application: each further one would be asked in vain."""
    QAccessible.installFactory(_as_any_widget)


def _as_any_widget(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """What any widget tells: what it holds, whether shown or hidden, and nothing for a number beyond.

    Asked for each class of a thing, its own first, before Qt is; belongs to Qt.
    """
    if class_name in _HOLD_BARS and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, QAccessible.Role.Client)
    return None

"""What this program is, and where it keeps its data: in the settings, and as a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sottovoce.ui.fitting import title, words
from sottovoce.ui.theme import app_icon

if TYPE_CHECKING:
    from sottovoce.ui.ports import About

PROMISE = (
    "Speech is understood on this machine, and what was said is kept encrypted on it. "
    "Nothing leaves it unless you name where to."
)


class AboutPage(QWidget):
    """Version, licence and places; every value can be selected and copied."""

    def __init__(self, about: About) -> None:
        """Show `about`."""
        super().__init__()
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        column = QVBoxLayout()
        column.addWidget(title(f"Sottovoce {about.version}"))
        column.addWidget(words(PROMISE))
        column.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(column, 1)
        facts = QFormLayout()
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.values = []
        for name, value in (
            ("&Licence", about.licence),
            ("&Encrypted data", about.home),
            ("Settings", about.settings_file),
            ("L&ogs", about.logs),
            ("Speech &model", about.model),
        ):
            self.values.append(_value(name.replace("&", ""), value))
            facts.addRow(f"{name}:", self.values[-1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(facts)
        column.addStretch(1)


def _value(title: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setWordWrap(True)
    label.setAccessibleName(f"{title}: {text}")
    return label

"""What this program is, and where it keeps its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout

from sottovoce.ui.theme import app_icon

if TYPE_CHECKING:
    from sottovoce.ui.ports import About

PROMISE = (
    "Hold the key, talk, let go. Speech is understood on this machine, and what was said is kept encrypted on it. "
    "Nothing leaves it unless you name where to."
)


class AboutWindow(QDialog):
    """Version, licence and places; every value can be selected and copied."""

    def __init__(self, about: About) -> None:
        """Show `about`."""
        super().__init__()
        self.setWindowTitle("About Sottovoce")
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        name = QLabel(f"Sottovoce {about.version}")
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        name.setFont(font)
        promise = QLabel(PROMISE)
        promise.setWordWrap(True)
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(promise)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        facts = QFormLayout()
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for title, value in (
            ("Licence", about.licence),
            ("Encrypted data", about.home),
            ("Settings", about.settings_file),
            ("Logs", about.logs),
            ("Speech model", about.model),
        ):
            facts.addRow(f"{title}:", _value(title, value))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(facts)
        column.addWidget(buttons)
        self.resize(520, self.sizeHint().height())


def _value(title: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setWordWrap(True)
    label.setAccessibleName(f"{title}: {text}")
    return label

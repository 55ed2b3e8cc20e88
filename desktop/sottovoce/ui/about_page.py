"""What this program is, and where it keeps its data: in the settings, and as a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.ui.fitting import paragraph, title
from sottovoce.ui.texts import write
from sottovoce.ui.theme import app_icon

if TYPE_CHECKING:
    from sottovoce.ui.ports import About
    from sottovoce.ui.texts import Text


class AboutPage(QWidget):
    """Version, licence and places; every value can be selected and copied."""

    def __init__(self, about: About) -> None:
        """Show `about`."""
        super().__init__()
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        column = QVBoxLayout()
        column.addWidget(title(said("about-version", version=about.version)))
        column.addWidget(paragraph(said("about-promise")))
        column.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(column, 1)
        facts = QFormLayout()
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.values = []
        for name, value, told in (
            (said("about-licence"), about.licence, said("about-licence-value", value=about.licence)),
            (said("about-home"), about.home, said("about-home-value", value=about.home)),
            (said("about-settings"), about.settings_file, said("about-settings-value", value=about.settings_file)),
            (said("about-logs"), about.logs, said("about-logs-value", value=about.logs)),
            (said("about-model"), about.model, said("about-model-value", value=about.model)),
            (said("about-turns"), about.turns, said("about-turns-value", value=about.turns)),
        ):
            self.values.append(_value(value, told))
            label = QLabel()
            write(label.setText, name)
            label.setBuddy(self.values[-1])
            facts.addRow(label, self.values[-1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(facts)
        column.addStretch(1)


def _value(text: Text, told: Text) -> QLabel:
    label = QLabel()
    write(label.setText, text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setWordWrap(True)
    write(label.setAccessibleName, told)
    return label

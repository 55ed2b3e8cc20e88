"""Fields for a passphrase: one to type the present one, two to choose a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from sottovoce.domain.passphrases import LEAST_CHARACTERS, MOST_CHARACTERS, weakness
from sottovoce.domain.said import said
from sottovoce.ui.check_box import CheckBox
from sottovoce.ui.edged import LineEdit
from sottovoce.ui.fitting import paragraph
from sottovoce.ui.texts import write

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sottovoce.ui.texts import Text

ADVICE = said("unlock-advice", least=LEAST_CHARACTERS)
LONG_ENOUGH = said("unlock-long-enough")
DIFFERENT = said("unlock-different")


def secret_line(name: Text) -> QLineEdit:
    """A field whose content is not shown, and that no input method learns from."""
    line = LineEdit(echoMode=QLineEdit.EchoMode.Password)
    hint = Qt.InputMethodHint
    line.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
    line.setMaxLength(MOST_CHARACTERS)
    write(line.setAccessibleName, name)
    return line


def show_box(*lines: QLineEdit) -> CheckBox:
    """A box that shows what is in the fields."""
    box = CheckBox(said("unlock-show"))

    def change(shown: bool) -> None:  # noqa: FBT001 - a slot
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in lines:
            line.setEchoMode(mode)

    box.toggled.connect(change)
    return box


class NewPassphrase(QWidget):
    """Two fields and a hint that promises nothing it can't know."""

    changed = Signal()
    """Something was typed; `ready` may be another one."""
    entered = Signal()
    """Return was pressed with a passphrase that can be taken."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.first = secret_line(said("unlock-new"))
        self.again = secret_line(said("unlock-again"))
        self.box = show_box(self.first, self.again)
        self.hint = paragraph(ADVICE)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for text, line in ((said("unlock-new-label"), self.first), (said("unlock-again-label"), self.again)):
            name = QLabel()
            write(name.setText, text)
            name.setBuddy(line)
            form.addRow(name, line)
            line.textChanged.connect(self._typed)
            line.returnPressed.connect(self._entered)
        form.addRow("", self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.hint)

    @property
    def typed(self) -> bool:
        """Whether there is anything in the fields."""
        return bool(self.first.text() or self.again.text())

    @property
    def ready(self) -> bool:
        """Whether it can be taken."""
        return weakness(self.first.text()) is None and self.first.text() == self.again.text()

    def take(self) -> str:
        """What was chosen; the fields are empty afterwards."""
        chosen = self.first.text()
        self.clear()
        return chosen

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self.first, self.again):
            line.clear()
        self.box.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return ends here: what is around the fields must not take it for its own."""
        if event.key() not in RETURN:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        first = self.first.text()
        hint = (weakness(first) if first else ADVICE) or (LONG_ENOUGH if self.ready else DIFFERENT)
        write(self.hint.setText, hint)
        for line in (self.first, self.again):
            write(line.setAccessibleDescription, hint)
        self.changed.emit()

    def _entered(self) -> None:
        if self.ready:
            self.entered.emit()
        elif self.first.hasFocus():
            self.again.setFocus()

"""The recovery code: shown once when it is made, and asked after until it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import SottovoceError
from sottovoce.ui import printing
from sottovoce.ui.fitting import fit, mistake, tell, title, words
from sottovoce.ui.history_rows import when
from sottovoce.ui.secret_clipboard import KEPT_S, SecretClipboard

if TYPE_CHECKING:
    from sottovoce.ui.ports import KeyActions
    from sottovoce.ui.tasks import Tasks

WIDTH_PX = 540
CODE_SCALE = 2.0
GROUPS_A_LINE = 4

WHAT_FOR = (
    "If this computer ever loses the key to your conversations, this code is the way back to them. Write it down and"
    " keep it away from the computer: whoever has both the code and your files can read everything."
)
KEPT = "I have &kept it where I will find it again"
ONCE = "It is shown this once and stored nowhere. A new one can be made in the settings, which ends this one."
COPIED = (
    f"Copied. Other programs can read the clipboard, so it is cleared in {KEPT_S:g} seconds unless you copy"
    " something else."
)
SAVED = "Saved as {name}. Print it, then delete the file: it holds the code in clear."
PRINTED = "Handed to the printer. Fetch the sheet yourself."
REMIND = (
    "A recovery code was made {when}, but you have not said yet that you kept it. If you did, all is well. If not, make"
    " a new one now; that ends the former."
)
REPLACE = (
    "A recovery code was made {when}. It is stored nowhere, so it can't be shown again; a new one ends it, also on any"
    " sheet you printed."
)
FIRST = "There is no recovery code yet. Without one, nothing opens your conversations if the keyring loses their key."
SHEET = "sottovoce-recovery-code.pdf"


class RecoveryWindow(QDialog):
    """Either the code itself, or the question whether there is to be a new one."""

    closed = Signal()

    def __init__(self, actions: KeyActions, tasks: Tasks, clipboard: SecretClipboard) -> None:
        """Build it hidden."""
        super().__init__()
        self.setWindowTitle("Recovery code")
        self._actions = actions
        self._tasks = tasks
        self._clipboard = clipboard
        self._code = ""
        self.trouble = mistake()
        self.shown = self._build_code()
        self.question = self._build_question()
        column = QVBoxLayout(self)
        for widget in (self.shown, self.question):
            column.addWidget(widget)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self.buttons = self._buttons()
        column.addLayout(self.buttons)

    # What it is opened for

    def show_code(self, code: str) -> None:
        """Show a code that was just made, in groups of four."""
        self._code = code
        groups = code.split()
        lines = (groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE))
        self.code.setText("\n".join(" ".join(line) for line in lines))
        self.kept.setChecked(False)
        self.done_button.setEnabled(False)
        tell(self.told, "")
        self._turn_to(self.shown)
        self.kept.setFocus()

    def ask_kept(self, made: float) -> None:
        """Ask whether the code made then (seconds since 1970) was kept."""
        self._ask(REMIND.format(when=_on(made)), had_it=True)

    def ask_new(self, made: float | None) -> None:
        """Ask before a new code takes the place of the one made then."""
        self._ask(FIRST if made is None else REPLACE.format(when=_on(made)), had_it=False)

    def _ask(self, text: str, *, had_it: bool) -> None:
        self.reason.setText(text)
        self._turn_to(self.question)
        self.have.setVisible(had_it)
        self.make.setEnabled(True)
        self.later.setFocus()

    def _turn_to(self, page: QWidget) -> None:
        tell(self.trouble, "")
        self.shown.setVisible(page is self.shown)
        self.question.setVisible(page is self.question)
        for button in (self.have, self.make, self.later):
            button.setVisible(page is self.question)
        self.done_button.setVisible(page is self.shown)
        fit(self, WIDTH_PX)

    # What is done

    def reject(self) -> None:
        """Close; a code that was not kept is asked after at the next start."""
        self._forget()
        super().reject()
        self.closed.emit()

    def accept(self) -> None:
        """Note that it is kept, and close."""
        self._tasks.start(self._note_kept())

    async def _note_kept(self) -> None:
        try:
            await self._actions.recovery_code_kept()
        except SottovoceError as error:
            self._tell_trouble(error)
            return
        self.reject()

    async def _make_new(self) -> None:
        self.make.setEnabled(False)
        try:
            code = await self._actions.new_recovery_code()
        except SottovoceError as error:
            self.make.setEnabled(True)
            self._tell_trouble(error)
            return
        self.show_code(code)

    def _forget(self) -> None:
        self._code = ""
        self.code.clear()

    def _copy(self) -> None:
        self._clipboard.put(self._code)
        self._tell(COPIED)

    def _save(self) -> None:
        dialog = QFileDialog(self, "Save the recovery sheet", str(Path.home() / SHEET), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a file that is there is never overwritten
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the sheet as a PDF."""
        if self._code:
            self._tasks.start(self._save_sheet(Path(path)))

    async def _save_sheet(self, path: Path) -> None:
        try:
            await self._actions.save_recovery_sheet(self._code, path)
        except SottovoceError as error:
            self._tell_trouble(error)
            return
        self._tell(SAVED.format(name=path.name))

    def _print(self) -> None:
        printing.ask_and_print(self, lambda: self._actions.recovery_sheet(self._code), lambda: self._tell(PRINTED))

    def _tell(self, text: str) -> None:
        tell(self.trouble, "")
        tell(self.told, text)
        fit(self, max(WIDTH_PX, self.width()))

    def _tell_trouble(self, error: SottovoceError) -> None:
        tell(self.told, "")
        tell(self.trouble, f"{error.sentence} {error.remedy}")
        fit(self, max(WIDTH_PX, self.width()))

    # How it looks

    def _build_code(self) -> QWidget:
        self.code = QLabel()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * CODE_SCALE)
        font.setBold(True)
        self.code.setFont(font)
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setMargin(14)
        self.code.setFrameShape(QFrame.Shape.StyledPanel)
        self.code.setAccessibleDescription("Recovery code")  # its name is the code itself
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout()
        for text, slot in (("&Copy", self._copy), ("&Save as PDF…", self._save), ("&Print…", self._print)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            button.setVisible(printing.CAN_PRINT or slot != self._print)
            row.addWidget(button)
        row.addStretch(1)
        self.told = words(hidden=True)
        self.kept = QCheckBox(KEPT)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for above in (title("Keep this recovery code"), words(WHAT_FOR), self.code):
            column.addWidget(above)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(words(ONCE))
        column.addWidget(self.kept)
        return page

    def _build_question(self) -> QWidget:
        self.reason = words()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (title("Your recovery code"), self.reason):
            column.addWidget(widget)
        return page

    def _buttons(self) -> QHBoxLayout:
        self.have = QPushButton("I &have kept it")
        self.have.clicked.connect(self.accept)
        self.make = QPushButton("&Make a new code")
        self.make.clicked.connect(lambda: self._tasks.start(self._make_new()))
        self.later = QPushButton("&Later")
        self.later.clicked.connect(self.reject)
        self.done_button = QPushButton("&Done")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        self.kept.toggled.connect(self.done_button.setEnabled)
        row = QHBoxLayout()
        row.addWidget(self.have)
        row.addStretch(1)
        for button in (self.later, self.make, self.done_button):
            row.addWidget(button)
        for button in (self.have, self.make, self.later):
            button.setAutoDefault(False)
        return row


def _on(made: float) -> str:
    """A moment within a sentence: "today 14:03", "on Sat 14 Nov 2026 14:03"."""
    told = when(made)
    return told.lower() if told.startswith(("Today", "Yesterday")) else f"on {told}"

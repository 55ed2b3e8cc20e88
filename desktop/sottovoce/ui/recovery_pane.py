"""The recovery code: to be had until a group of it has been typed, and asked after at each start until then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.recovery_code import CODE_CHARACTERS, normalised
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.keys import KeepRecoveryCode, MakeRecoveryCode, SaveSheet, ShowSheet
from sottovoce.ui import printing
from sottovoce.ui.edged import Button, LineEdit
from sottovoce.ui.fitting import mistake, paragraph, tell, title
from sottovoce.ui.flow import flowing
from sottovoce.ui.moments import within
from sottovoce.ui.secret_clipboard import KEPT_S, SecretClipboard
from sottovoce.ui.texts import write
from sottovoce.ui.unlock_window import ELSEWHERE

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

CODE_SCALE = 2.0
GROUPS_A_LINE = 4

SHEET = "sottovoce-recovery-code.pdf"


class RecoveryPane(QWidget):
    """Either the code itself, or the question whether there is to be a new one; in a window of its own or in another.

    Its buttons are laid out by whoever shows it.
    """

    confirmed = Signal()
    """The user has shown to have it."""
    resized = Signal()
    """It needs another size."""
    pending_changed = Signal()
    """There is a code now that was shown and not confirmed, or there is none any more."""

    def __init__(self, actions: Actions, tasks: Tasks, clipboard: SecretClipboard) -> None:
        """Build it empty."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._clipboard = clipboard
        self._code = ""
        self.titles: list[QLabel] = []
        """What it is about; for who says so already, to hide."""
        self.trouble = mistake()
        self.shown = self._build_code()
        self.question_page = self._build_question()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.shown, self.question_page, self.trouble):
            column.addWidget(widget)
        column.addStretch(1)
        self._build_buttons()

    @property
    def pending(self) -> bool:
        """Whether a code was shown of which no group has been typed yet."""
        return bool(self._code)

    def code_area(self) -> QRect:
        """Where on the screen the code stands."""
        return QRect(self.code.mapToGlobal(QPoint(0, 0)), self.code.size())

    def take_code(self) -> str:
        """The code that is to be had, which from now on is somebody else's to show."""
        code = self._code
        self.forget()
        return code

    def first(self) -> QWidget:
        """Something that only shows: who types on agrees to nothing."""
        return self.code if self._code else self.reason

    # What it is opened for

    def show_code(self, code: str, *, new_home: bool = False) -> None:
        """Show a code that was just made, in groups of four; of a new home also what to do with an old one's backup."""
        self._code = code
        self.elsewhere.setVisible(new_home)
        groups = code.split()
        lines = (groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE))
        self.code.setText("\n".join(" ".join(line) for line in lines))
        self.code.setMinimumSize(self.code.sizeHint())  # a compositor may give it less room than it needs
        self.group.clear()
        tell(self.told, "")
        self._turn_to(self.shown)
        self.pending_changed.emit()

    def ask_kept(self, made: float) -> None:
        """Ask whether the code made then (seconds since 1970) was kept."""
        self._ask(said("recovery-remind", made=within(made)), had_it=True)

    def ask_new(self, made: float | None) -> None:
        """Ask before a new code takes the place of the one made then."""
        first = said("recovery-first")
        self._ask(first if made is None else said("recovery-replace", made=within(made)), had_it=False)

    def forget(self) -> None:
        """The code is not to be had any more."""
        self._code = ""
        self.code.clear()
        self.group.clear()
        self.pending_changed.emit()

    def _ask(self, text: Text, *, had_it: bool) -> None:
        write(self.reason.setText, text)
        self.whole.clear()
        for widget in (self.whole_name, self.whole):
            widget.setVisible(had_it)
        self._turn_to(self.question_page)
        self.have.setVisible(had_it)
        self.have.setEnabled(False)
        self.make.setEnabled(True)

    def _turn_to(self, page: QWidget) -> None:
        tell(self.trouble, "")
        self.shown.setVisible(page is self.shown)
        self.question_page.setVisible(page is self.question_page)
        for button in (self.have, self.make):
            button.setVisible(page is self.question_page)
        self.done_button.setVisible(page is self.shown)
        self._typed()
        self.first().setFocus()
        self.resized.emit()

    # What is done

    def unsaved(self) -> Text:
        """A whole code is long to type."""
        typed = self.whole.isVisible() and bool(self.whole.text().strip())
        return said("recovery-unlooked") if typed else ""

    def agree(self) -> None:
        """Note that the user has it, if that has been shown."""
        if self.done_button.isVisibleTo(self.window()) and self.done_button.isEnabled():
            self._tasks.start(self._note_kept(""))
        elif self.have.isVisibleTo(self.window()) and self.have.isEnabled():
            self.have.setEnabled(False)
            self._tasks.start(self._note_kept(self.whole.text()))

    def _typed(self) -> None:
        """What was typed decides what can be agreed to."""
        self.done_button.setEnabled(normalised(self.group.text()) in self._confirming())
        self.have.setEnabled(len(normalised(self.whole.text())) >= CODE_CHARACTERS)

    def _confirming(self) -> set[str]:
        """What shows that somebody has the code: one group, or all of it."""
        return {*self._code.split(), normalised(self._code)} if self._code else set()

    async def _note_kept(self, typed: str) -> None:
        try:
            await self._actions.ask(KeepRecoveryCode(code=typed or None))
        except SottovoceError as error:
            self._typed()
            self._tell_trouble(error)
            return
        self.whole.clear()
        self.forget()
        self.confirmed.emit()

    async def make_first(self) -> None:
        """Make a code where there is none, and show it."""
        if not self._code:
            await self._make_new()

    async def _make_new(self) -> None:
        self.make.setEnabled(False)
        try:
            code = (await self._actions.ask(MakeRecoveryCode())).code
        except SottovoceError as error:
            self.make.setEnabled(True)
            self._tell_trouble(error)
            return
        self.show_code(code)

    def _copy(self) -> None:
        self._clipboard.put(self._code)
        self._tell(said("recovery-copied", seconds=f"{KEPT_S:g}"))

    def _save(self) -> None:
        dialog = QFileDialog(self, words("recovery-save-dialog"), str(Path.home() / SHEET), "PDF (*.pdf)")
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
            await self._actions.ask(SaveSheet(code=self._code, file=path))
        except SottovoceError as error:
            self._tell_trouble(error)
            return
        self._tell(said("recovery-saved", file=path.name))

    def _print(self) -> None:
        printing.ask_where(self, lambda printer: self._tasks.start(self._print_sheet(printer)))

    async def _print_sheet(self, printer: QPrinter) -> None:
        printing.print_sheet(printer, (await self._actions.ask(ShowSheet(code=self._code))).lines)
        self._tell(said("recovery-printed"))

    def _tell(self, text: Text) -> None:
        tell(self.trouble, "")
        tell(self.told, text)
        self.resized.emit()

    def _tell_trouble(self, error: SottovoceError) -> None:
        tell(self.told, "")
        tell(self.trouble, error)
        self.resized.emit()

    # How it looks

    def _titled(self, text: Text) -> QLabel:
        self.titles.append(title(text))
        return self.titles[-1]

    def _build_code(self) -> QWidget:
        self.code = QLabel()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(QFontInfo(self.font()).pointSizeF() * CODE_SCALE)
        font.setBold(True)
        self.code.setFont(font)
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setMargin(14)
        self.code.setFrameShape(QFrame.Shape.StyledPanel)
        write(self.code.setAccessibleDescription, said("recovery-code-name"))  # its name is the code itself
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        acts = []
        for text, slot in (
            (said("recovery-copy"), self._copy),
            (said("recovery-save"), self._save),
            (said("recovery-print"), self._print),
        ):
            button = Button(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            if printing.CAN_PRINT or slot != self._print:
                acts.append(button)
        self.told = paragraph(hidden=True)
        self.group = _code_line(said("recovery-group-name"))
        self.group.textChanged.connect(self._typed)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        what_for = paragraph(said("recovery-what-for"))
        for widget in (self._titled(said("recovery-keep")), what_for, self.code, flowing(*acts), self.told):
            column.addWidget(widget)
        self.elsewhere = paragraph(ELSEWHERE, hidden=True)
        for widget in (
            paragraph(said("recovery-once")),
            _named(said("recovery-confirm"), self.group),
            self.group,
            self.elsewhere,
        ):
            column.addWidget(widget)
        return page

    def _build_question(self) -> QWidget:
        self.reason = paragraph()
        self.reason.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.whole = _code_line(said("recovery-code-name"))
        self.whole.textChanged.connect(self._typed)
        self.whole_name = _named(said("recovery-whole"), self.whole)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._titled(said("recovery-yours")), self.reason, self.whole_name, self.whole):
            column.addWidget(widget)
        return page

    def _build_buttons(self) -> None:
        self.have = Button(said("recovery-have"))
        self.make = Button(said("recovery-make"))
        self.done_button = Button(said("recovery-done"))
        self.have.clicked.connect(self.agree)
        self.make.clicked.connect(lambda: self._tasks.start(self._make_new()))
        self.done_button.clicked.connect(self.agree)
        for button in (self.have, self.make, self.done_button):
            button.setAutoDefault(False)
        for line in (self.group, self.whole):
            line.returnPressed.connect(self.agree)


def _code_line(name: Text) -> QLineEdit:
    line = LineEdit()
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    write(line.setAccessibleName, name)
    return line


def _named(text: Text, field: QWidget) -> QLabel:
    name = paragraph(text)
    name.setBuddy(field)
    return name

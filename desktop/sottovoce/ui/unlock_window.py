"""The window of a start that needs a secret: the passphrase, the recovery code, or a new passphrase.

It comes before there is anything else of the application on the screen.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.ui.edged import Button, LineEdit
from sottovoce.ui.fitting import mistake, paragraph, show_quietly, tell, title
from sottovoce.ui.passphrase_fields import NewPassphrase, secret_line, show_box
from sottovoce.ui.texts import write
from sottovoce.ui.theme import app_icon
from sottovoce.ui.window import Window
from sottovoce.ui.wishes import InsteadOfSecret, SecretGiven

if TYPE_CHECKING:
    from sottovoce.ui.texts import Text

ICON_PX = 48
ELSEWHERE = said("unlock-elsewhere")


class UnlockWindow(Window):
    """One question at a time; each method shows its page and returns what was answered. Closing it means `QUIT`."""

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        write(self.setWindowTitle, said("unlock-title"))
        self.setWindowIcon(app_icon())
        self._answer: asyncio.Future[SecretGiven] | None = None
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(ICON_PX, ICON_PX))
        self.pages = QWidget()
        self._leaves = QVBoxLayout(self.pages)
        self._leaves.setContentsMargins(0, 0, 0, 0)
        self.trouble = mistake()
        self.wait = paragraph(said("unlock-checking"), hidden=True)
        self._build_passphrase()
        self._build_code()
        self._build_new()
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (self.pages, self.trouble, self.wait):
            column.addWidget(widget)
        column.addStretch(1)
        self.page = self.passphrase_page
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.fill_with(around, *self._buttons())
        self.ok.setDefault(True)

    def first(self) -> QWidget:
        """Where the answer is typed: it is taken only by Return or the button."""
        return self.new.first if self.page is self.new_page else self._line()

    def unsaved(self) -> Text:
        """A secret that was begun."""
        typed = self.new.typed if self.page is self.new_page else bool(self._line().text())
        return said("unlock-untried") if typed and self.pages.isEnabled() else ""

    # What is asked

    async def passphrase(self, reason: Text, *, wrong: bool, with_code: bool) -> SecretGiven:
        """The present passphrase, or `QUIT` or `CODE`."""
        write(self.setWindowTitle, said("unlock-title"))
        write(self.reason.setText, reason)
        write(self.other.setText, said("unlock-use-code"))
        self.other.setVisible(with_code)
        write(self.ok.setText, said("unlock-unlock"))
        return await self._ask(self.passphrase_page, self.line, said("unlock-wrong") if wrong else "")

    async def code(self, reason: Text, told: Text, *, back: Text) -> SecretGiven:
        """The recovery code, or `QUIT` or `BACK`.

        Args:
            reason: Why it is asked for, one sentence.
            told: What was wrong with the code before.
            back: What the button that goes back says.
        """
        write(self.setWindowTitle, said("unlock-title-code"))
        write(self.code_reason.setText, reason)
        write(self.other.setText, back)
        self.other.setVisible(True)
        write(self.ok.setText, said("unlock-recover"))
        return await self._ask(self.code_page, self.code_line, told)

    async def new_passphrase(self, *, recovered: bool) -> SecretGiven:
        """A new passphrase, or `QUIT`."""
        write(self.setWindowTitle, said("unlock-title-new"))
        write(self.new_reason.setText, said("unlock-after-code") if recovered else (said("unlock-protect"), ELSEWHERE))
        self.other.setVisible(False)
        write(self.ok.setText, said("unlock-protect-now"))
        return await self._ask(self.new_page, self.new.first, "")

    async def _ask(self, page: QWidget, field: QLineEdit, told: Text) -> SecretGiven:
        for leaf in (self.passphrase_page, self.code_page, self.new_page):
            leaf.setVisible(leaf is page)
        self.page = page
        self._busy(busy=False)
        tell(self.trouble, told)
        write(field.setAccessibleDescription, told)
        self._show_ready()
        self.fit()
        field.setFocus()
        if not self.isVisible():
            show_quietly(self)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            return await self._answer
        finally:
            self._answer = None

    # What is answered

    def accept(self) -> None:
        """Answer with what was typed, if it can be one."""
        if not self.ok.isEnabled():
            return
        typed = self.new.take() if self.page is self.new_page else self._line().text()
        self._line().clear()
        self._give(typed)

    def leave(self) -> None:
        """Escape and the window's own button end the start."""
        self._give(InsteadOfSecret.QUIT)

    def _other(self) -> None:
        self._give(InsteadOfSecret.CODE if self.page is self.passphrase_page else InsteadOfSecret.BACK)

    def _give(self, answer: SecretGiven) -> None:
        if self._answer is not None and not self._answer.done():
            self._busy(busy=not isinstance(answer, InsteadOfSecret))
            self._answer.set_result(answer)

    # How it looks

    def _line(self) -> QLineEdit:
        return self.code_line if self.page is self.code_page else self.line

    def _busy(self, *, busy: bool) -> None:
        self.pages.setDisabled(busy)
        self.other.setDisabled(busy)
        self.wait.setVisible(busy)
        if busy:
            tell(self.trouble, "")
            self.ok.setEnabled(False)
            self.fit()

    def _show_ready(self) -> None:
        self.ok.setEnabled(self.new.ready if self.page is self.new_page else bool(self._line().text().strip()))

    def _retyped(self) -> None:
        self._show_ready()
        self.fit()

    def _build_passphrase(self) -> None:
        self.reason = paragraph()
        self.line = secret_line(said("unlock-passphrase.name"))
        self.line.textChanged.connect(self._show_ready)
        self.box = show_box(self.line)
        self.passphrase_page = self._page(
            title(said("unlock-locked")), self.reason, _named(said("unlock-passphrase"), self.line), self.line, self.box
        )

    def _build_code(self) -> None:
        self.code_reason = paragraph()
        self.code_line = LineEdit()
        self.code_line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        write(self.code_line.setAccessibleName, said("unlock-code.name"))
        self.code_line.textChanged.connect(self._show_ready)
        self.code_page = self._page(
            title(said("unlock-with-code")),
            self.code_reason,
            _named(said("unlock-code"), self.code_line),
            self.code_line,
            paragraph(said("unlock-where-code")),
        )

    def _build_new(self) -> None:
        self.new_reason = paragraph()
        self.new = NewPassphrase()
        self.new.changed.connect(self._retyped)
        self.new.entered.connect(self.accept)
        self.new_page = self._page(title(said("unlock-with-passphrase")), self.new_reason, self.new)

    def _page(self, *widgets: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in widgets:
            column.addWidget(widget)
        self._leaves.addWidget(page)
        page.hide()
        return page

    def _buttons(self) -> list[QPushButton]:
        self.other = Button()
        self.other.clicked.connect(self._other)
        self.quit = Button(said("unlock-quit"))
        self.quit.clicked.connect(self.leave)
        self.ok = Button()
        self.ok.clicked.connect(self.accept)
        return [self.other, self.quit, self.ok]


def _named(text: Text, field: QWidget) -> QLabel:
    name = QLabel()
    write(name.setText, text)
    name.setBuddy(field)
    return name

"""The window of a start that needs a secret: the passphrase, the recovery code, or a new passphrase.

It comes before there is anything else of the application on the screen.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sottovoce.ui.edged import Button, LineEdit
from sottovoce.ui.fitting import mistake, show_quietly, tell, title, words
from sottovoce.ui.passphrase_fields import NewPassphrase, secret_line, show_box
from sottovoce.ui.theme import app_icon
from sottovoce.ui.window import Window
from sottovoce.ui.wishes import Answer, Wish

ICON_PX = 48
CHECKING = "One moment: this takes a second, so that trying every passphrase would take for ever."
WRONG = "That was not it. Mind Caps Lock and the language of the keyboard."
PROTECT = (
    "There is no keyring on this computer that could keep the key to your conversations. A passphrase can stand in for"
    " it: Sottovoce will ask for it at each start, and without it nobody can read what you said."
)
ELSEWHERE = "For a backup from another computer, quit and run “sottovoce backup restore FILE” in a terminal."
AFTER_CODE = (
    "The recovery code is right. The keyring can't take the key back, so choose a passphrase: Sottovoce will ask for it"
    " at each start."
)
UNTRIED = "What you have typed has not been tried yet. Closing this window ends the start."
WHERE_CODE = "It has 28 letters and digits in groups of four. Capital or small letters, spaces and dashes don't matter."


class UnlockWindow(Window):
    """One question at a time; each method shows its page and returns what was answered. Closing it means `QUIT`."""

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.setWindowTitle("Unlock Sottovoce")
        self.setWindowIcon(app_icon())
        self._answer: asyncio.Future[Answer] | None = None
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(ICON_PX, ICON_PX))
        self.pages = QWidget()
        self._leaves = QVBoxLayout(self.pages)
        self._leaves.setContentsMargins(0, 0, 0, 0)
        self.trouble = mistake()
        self.wait = words(CHECKING, hidden=True)
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

    def unsaved(self) -> str:
        """A secret that was begun."""
        typed = self.new.typed if self.page is self.new_page else bool(self._line().text())
        return UNTRIED if typed and self.pages.isEnabled() else ""

    # What is asked

    async def passphrase(self, reason: str, *, wrong: bool, with_code: bool) -> Answer:
        """The present passphrase, or `QUIT` or `CODE`."""
        self.setWindowTitle("Unlock Sottovoce")
        self.reason.setText(reason)
        self.other.setText("Use &recovery code…")
        self.other.setVisible(with_code)
        self.ok.setText("&Unlock")
        return await self._ask(self.passphrase_page, self.line, WRONG if wrong else "")

    async def code(self, reason: str, told: str, *, back: str) -> Answer:
        """The recovery code, or `QUIT` or `BACK`.

        Args:
            reason: Why it is asked for, one sentence.
            told: What was wrong with the code before.
            back: What the button that goes back says.
        """
        self.setWindowTitle("Recover Sottovoce")
        self.code_reason.setText(reason)
        self.other.setText(back)
        self.other.setVisible(True)
        self.ok.setText("&Recover")
        return await self._ask(self.code_page, self.code_line, told)

    async def new_passphrase(self, *, recovered: bool) -> Answer:
        """A new passphrase, or `QUIT`."""
        self.setWindowTitle("Protect your conversations")
        self.new_reason.setText(AFTER_CODE if recovered else f"{PROTECT} {ELSEWHERE}")
        self.other.setVisible(False)
        self.ok.setText("P&rotect")
        return await self._ask(self.new_page, self.new.first, "")

    async def _ask(self, page: QWidget, field: QLineEdit, told: str) -> Answer:
        for leaf in (self.passphrase_page, self.code_page, self.new_page):
            leaf.setVisible(leaf is page)
        self.page = page
        self._busy(busy=False)
        tell(self.trouble, told)
        field.setAccessibleDescription(told)
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
        self._give(Wish.QUIT)

    def _other(self) -> None:
        self._give(Wish.CODE if self.page is self.passphrase_page else Wish.BACK)

    def _give(self, answer: Answer) -> None:
        if self._answer is not None and not self._answer.done():
            self._busy(busy=not isinstance(answer, Wish))
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
        self.reason = words()
        self.line = secret_line("Passphrase")
        self.line.textChanged.connect(self._show_ready)
        self.box = show_box(self.line)
        self.passphrase_page = self._page(
            title("Your conversations are locked"), self.reason, _named("&Passphrase:", self.line), self.line, self.box
        )

    def _build_code(self) -> None:
        self.code_reason = words()
        self.code_line = LineEdit()
        self.code_line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.code_line.setAccessibleName("Recovery code")
        self.code_line.textChanged.connect(self._show_ready)
        self.code_page = self._page(
            title("Use the recovery code"),
            self.code_reason,
            _named("Recovery &code:", self.code_line),
            self.code_line,
            words(WHERE_CODE),
        )

    def _build_new(self) -> None:
        self.new_reason = words()
        self.new = NewPassphrase()
        self.new.changed.connect(self._retyped)
        self.new.entered.connect(self.accept)
        self.new_page = self._page(title("Protect your conversations with a passphrase"), self.new_reason, self.new)

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
        self.quit = Button("&Quit")
        self.quit.clicked.connect(self.leave)
        self.ok = Button()
        self.ok.clicked.connect(self.accept)
        return [self.other, self.quit, self.ok]


def _named(text: str, field: QWidget) -> QLabel:
    name = QLabel(text)
    name.setBuddy(field)
    return name

"""The window of a start that is refused: for who started it from a menu and sees no terminal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.memory.finish import finish
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import paragraph, show_quietly, title
from sottovoce.ui.texts import Half, write
from sottovoce.ui.theme import app_icon
from sottovoce.ui.window import Window

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError


class RefusalWindow(Window):
    """What is wrong, and what helps."""

    def __init__(self, error: SottovoceError) -> None:
        """Show `error`."""
        super().__init__()
        write(self.setWindowTitle, said("window-refused"))
        self.setWindowIcon(app_icon())
        self.sentence, self.remedy = title(Half(error)), paragraph(Half(error, remedy=True))
        for label in (self.sentence, self.remedy):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        close = Button(said("window-close"))
        close.clicked.connect(self.reject)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.remedy)
        column.addStretch(1)
        self.fill_with(page, close)

    def first(self) -> QWidget:
        """The words: who types on must not close them unread."""
        return self.sentence


async def show_refusal(error: SottovoceError, quitting: asyncio.Event) -> int:
    """Show what is wrong and what helps, until it is closed or `quitting` is set; returns the error's exit code."""
    window = RefusalWindow(error)
    closed = asyncio.Event()
    window.finished.connect(lambda _result: closed.set())
    show_quietly(window)
    waiting = {asyncio.create_task(event.wait()) for event in (closed, quitting)}
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await finish(asyncio.wait(waiting))
        window.hide()
        window.deleteLater()
    return error.exit_code

"""The window of a start that is refused: for who started it from a menu and sees no terminal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from sottovoce.memory.finish import finish
from sottovoce.ui.fitting import bring_up
from sottovoce.ui.theme import app_icon

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError

TITLE = "Sottovoce cannot start"


async def show_refusal(error: SottovoceError, quitting: asyncio.Event) -> int:
    """Show what is wrong and what helps, until it is closed or `quitting` is set; returns the error's exit code."""
    box = QMessageBox()
    box.setWindowTitle(TITLE)
    box.setWindowIcon(app_icon())
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(error.sentence)
    box.setInformativeText(error.remedy)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    closed = asyncio.Event()
    box.finished.connect(lambda _result: closed.set())
    bring_up(box)
    waiting = {asyncio.create_task(event.wait()) for event in (closed, quitting)}
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await finish(asyncio.wait(waiting))
        box.hide()
        box.deleteLater()
    return error.exit_code

"""How the program does: its figures, and a report of them for somebody who helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.diagnostics import WriteDiagnostics
from sottovoce.operations.stats import ListFigures, shown_figures
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.texts import also_when_language_changes, write
from sottovoce.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from sottovoce.operations.stats import FigureShown
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks

ROWS_SHOWN = 18


class DiagnosticsWindow(Window):
    """A list of what is counted and timed since the start, without a word of what was said."""

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build it empty; it reads when it is shown."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._figures: tuple[FigureShown, ...] = ()
        write(self.setWindowTitle, said("diagnostics-title"))
        self.list = QListWidget()
        write(self.list.setAccessibleName, said("diagnostics-figures"))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told, self.trouble = paragraph(hidden=True), mistake()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (paragraph(said("diagnostics-intro")), self.list, self.told, self.trouble):
            column.addWidget(widget)
        self.refresh, self.save = Button(said("diagnostics-refresh")), Button(said("diagnostics-save"))
        close = Button(said("window-close"))
        self.refresh.clicked.connect(self._look)
        self.save.clicked.connect(self._ask_path)
        close.clicked.connect(self.reject)
        self.fill_with(page, self.refresh, self.save, close)
        self._announcer = Announcer(self.list)
        also_when_language_changes(self._write_rows)

    def first(self) -> QWidget:
        """The list, to be read."""
        return self.list

    def showEvent(self, event: QShowEvent) -> None:
        """Look how it does now."""
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * ROWS_SHOWN)
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        self._tasks.start(self._read())

    async def _read(self) -> None:
        self._figures = (await self._actions.ask(ListFigures())).figures
        self._write_rows()

    def _write_rows(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for told, value in shown_figures(self._figures):
            self.list.addItem(words("diagnostics-row", figure=told, value=value))
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))

    def _ask_path(self) -> None:
        # With a `parent` the dialog is the desktop's own; it must not block the loop as `getSaveFileName` does.
        dialog = QFileDialog(self, words("diagnostics-dialog"), str(Path.home() / "sottovoce-report.zip"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, file: Path) -> None:
        """Write a report there."""
        self._tasks.start(self._save(file))

    async def _save(self, file: Path) -> None:
        tell(self.told, "")
        tell(self.trouble, "")
        try:
            written = await self._actions.ask(WriteDiagnostics(file=file))
        except SottovoceError as error:
            tell(self.trouble, error)
            return
        saved = said("figures-report-written", file=str(written.file), parts=", ".join(written.parts))
        tell(self.told, saved)
        self._announcer.say(saved)

"""All that is kept, out into a folder or gone for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import Said, said
from sottovoce.language import words
from sottovoce.operations.erase import EraseScope
from sottovoce.operations.export import ExportAll
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.setting_field import Hint

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks


class DataSection(QWidget):
    """What a user may want to do with what is theirs; erasing is asked about first, by whoever shows this."""

    erase_asked = Signal()

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build it."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._busy = False
        self.export, self.erase = Button(said("settings-data-export")), Button(said("settings-data-erase"))
        self.export.clicked.connect(self._ask_folder)
        self.erase.clicked.connect(self.erase_asked)
        for button in (self.export, self.erase):
            button.setAutoDefault(False)
        self.told, self.trouble = paragraph(hidden=True), mistake()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.locked = Hint()
        self.locked.hide()
        for widget in (
            Hint(said("settings-data-about")),
            flowing(self.export, self.erase),
            self.locked,
            self.told,
            self.trouble,
        ):
            column.addWidget(widget)
        self._announcer = Announcer(self.export)

    def follow(self) -> None:
        """Grey out what the administrator's policy forbids, and say so."""
        forbidden = self._actions.forbidden()
        for name, button in {"export": self.export, "erase": self.erase}.items():
            button.setEnabled(not self._busy and name not in forbidden)
            button.setToolTip(forbidden.get(name, ""))
            button.setAccessibleDescription(forbidden.get(name, ""))
        tell(self.locked, " ".join(forbidden.values()))

    def question(self) -> Said:
        """What is to be asked before anything is erased."""
        return said("settings-data-sure", user=self._actions.settings().user)

    def export_to(self, folder: Path) -> None:
        """Write everything into a new folder."""
        self._begin(said("settings-data-exporting"), self._export(folder))

    def erase_now(self) -> None:
        """Erase everything of this user; asked before."""
        self._begin(said("settings-data-erasing"), self._erase())

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, words("settings-data-export-dialog"), str(Path.home() / "sottovoce-export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # what is there is never overwritten
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self, telling: Said, work: Coroutine[None, None, Said]) -> None:
        self._busy = True
        self.follow()
        tell(self.trouble, "")
        self._say(telling)
        self._tasks.start(self._do(work))

    async def _do(self, work: Coroutine[None, None, Said]) -> None:
        try:
            self._say(await work)
        except SottovoceError as error:
            tell(self.told, "")
            tell(self.trouble, error)
            self._announcer.say(error)
        finally:
            work.close()
            self._busy = False
            self.follow()

    async def _export(self, folder: Path) -> Said:
        done = await self._actions.ask(ExportAll(folder=folder))
        return said("settings-data-exported", count=done.rows["messages"], folder=str(folder))

    async def _erase(self) -> Said:
        done = await self._actions.ask(EraseScope(user=self._actions.settings().user))
        return said("settings-data-erased", count=done.erased.messages)

    def _say(self, text: Said) -> None:
        tell(self.told, text)
        self._announcer.say(text)

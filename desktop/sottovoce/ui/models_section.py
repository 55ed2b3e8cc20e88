"""Speech models: those that are installed, those that can be, and how far an installation has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import said
from sottovoce.domain.speech_models import InstallStep, Progress, language_said
from sottovoce.language import ENGLISH, is_available, words
from sottovoce.operations.models import ImportModel, InstallModel, ListModels, RemoveModel
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.check_box import Bar
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.ports import Choice
from sottovoce.ui.setting_field import Hint
from sottovoce.ui.texts import also_when_language_changes, in_words, write

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

    from PySide6.QtGui import QShowEvent

    from sottovoce.domain.said import Said
    from sottovoce.operations.models import Installed, ModelsThere, Offered
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.setting_controls import ChoiceBox
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

ROWS_SHOWN = 6
STEPS = {
    InstallStep.LOOKING_UP: said("settings-models-looking-up"),
    InstallStep.DOWNLOADING: said("settings-models-downloading"),
    InstallStep.CHECKING: said("settings-models-checking"),
    InstallStep.UNPACKING: said("settings-models-unpacking"),
    InstallStep.PROVING: said("settings-models-proving"),
    InstallStep.DONE: said("settings-models-done"),
}


class ModelsSection(QWidget):
    """A list and what can be done with what is chosen in it; nothing is fetched without the user's word."""

    def __init__(self, actions: Actions, tasks: Tasks, picker: ChoiceBox) -> None:
        """Build it below `picker`, which it fills with what is installed."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._picker = picker
        self._working: asyncio.Task[None] | None = None
        self._step: InstallStep | None = None
        self._installed: dict[str, Installed] = {}
        self._rows: list[tuple[str, tuple[Text, ...]]] = []
        self.list = QListWidget()
        write(self.list.setAccessibleName, said("settings-models"))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._offer_acts)
        self.install, self.remove = Button(said("settings-models-install")), Button(said("settings-models-remove"))
        self.take, self.refresh = Button(said("settings-models-import")), Button(said("settings-models-update"))
        self.stop = Button(said("settings-models-stop"))
        for button, act in (
            (self.install, self._install),
            (self.remove, self._remove),
            (self.take, self._ask_path),
            (self.refresh, lambda: self._work(self._refresh())),
            (self.stop, self._stop),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.bar = Bar(said("settings-models-progress"))
        self.told, self.trouble = paragraph(hidden=True), mistake()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Hint(said("settings-models.intro")))
        for widget in (
            self.list, flowing(self.install, self.remove, self.take, self.refresh, self.stop), self.bar, self.told,
            self.trouble,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        self._announcer = Announcer(self.list)
        self._show_work(working=False)
        also_when_language_changes(self._write_rows)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what there is."""
        super().showEvent(event)
        self.list.setFixedHeight(self.fontMetrics().lineSpacing() * ROWS_SHOWN + 2 * self.list.frameWidth())
        self._tasks.start(self._read())

    # What there is

    async def _read(self) -> None:
        try:
            await self._look()
        except SottovoceError as error:
            self._tell_trouble(error)

    async def _look(self) -> None:
        self._fill(await self._actions.ask(ListModels()))

    def _fill(self, there: ModelsThere) -> None:
        self._installed = {one.name: one for one in there.installed}
        chosen = self._name()
        self.list.clear()
        self._rows = [
            *((one.name, _of_installed(one)) for one in self._installed.values()),
            *((entry.name, _of_entry(entry)) for entry in there.catalogue if entry.name not in self._installed),
        ]
        for name, _ in self._rows:
            self._add(name)
        self._write_rows()
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole) == chosen or number == 0:
                self.list.setCurrentRow(number)
        usable = [one for one in self._installed.values() if not one.trouble and one.engine is not None]
        shipped = next((one.language for one in usable if one.shipped), ENGLISH)
        self._picker.offer(
            [
                Choice(value="", title=said("settings-models-shipped", language=language_said(shipped))),
                *(
                    Choice(value=one.name, title=one.name, detail=language_said(one.language))
                    for one in usable
                    if not one.shipped
                ),
            ]
        )
        self._offer_acts()

    def _add(self, name: str) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setToolTip(name)
        self.list.addItem(item)

    def _write_rows(self) -> None:
        for number, (_, parts) in enumerate(self._rows):
            self.list.item(number).setText(", ".join(filter(None, map(in_words, parts))))

    def _name(self) -> str:
        item: QListWidgetItem | None = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _offer_acts(self) -> None:
        name, idle = self._name(), self._working is None
        model = self._installed.get(name)
        self.install.setEnabled(idle and bool(name) and model is None)
        self.remove.setEnabled(idle and model is not None and not model.shipped and not model.in_use)

    # What is done

    def _install(self) -> None:
        name = self._name()
        self._work(self._add_model(InstallModel(name=name)))

    def _ask_path(self) -> None:
        dialog = QFileDialog(
            self,
            words("settings-models-import-dialog"),
            str(Path.home()),
            f"{words('settings-models-import-filter')} (*.zip *.tar *.tar.gz *.tgz *.tar.xz)",
        )
        dialog.fileSelected.connect(lambda chosen: self.import_path(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_path(self, path: Path) -> None:
        """Take a model out of a file or folder."""
        self._work(self._add_model(ImportModel(path=path)))

    def _remove(self) -> None:
        self._work(self._remove_model(self._name()))

    def _stop(self) -> None:
        if self._working is not None:
            self._working.cancel()

    def _work(self, work: Coroutine[None, None, None]) -> None:
        if self._working is not None:
            work.close()
            return
        tell(self.trouble, "")
        self._working = self._tasks.start(self._at_work(work))
        self._show_work(working=self._working is not None)

    async def _at_work(self, work: Coroutine[None, None, None]) -> None:
        done = False
        try:
            await work
            done = True
        except SottovoceError as error:
            done = True
            self._tell_trouble(error)
        finally:
            work.close()
            self._working, self._step = None, None
            self._show_work(working=False)
            if not done:
                self._say(said("settings-models-stopped"))

    async def _add_model(self, add: InstallModel | ImportModel) -> None:
        model = (await self._actions.ask(add)).installed
        await self._look()
        self._say(said("settings-models-installed", model=model.name))

    async def _remove_model(self, name: str) -> None:
        await self._actions.ask(RemoveModel(name=name))
        await self._look()
        self._say(said("settings-models-removed", model=name))

    async def _refresh(self) -> None:
        there = await self._actions.ask(ListModels(refresh=True))
        self._fill(there)
        self._say(said("settings-models-refreshed", count=len(there.catalogue)))

    def show_progress(self, progress: Progress) -> None:
        """Show how far an installation is, if it was begun here."""
        if self._working is None:
            return
        share = progress.share
        self.bar.setRange(0, 0 if share is None else 100)
        if share is not None:
            self.bar.setValue(round(100 * share))
        done, total = _size(progress.done_bytes), _size(progress.total_bytes)
        step = STEPS[progress.step]
        if progress.step is not self._step:
            self._step = progress.step
            self._announcer.say(step)
        known = progress.total_bytes is not None and progress.total_bytes > 0
        tell(self.told, said("settings-models-step-of", step=step, done=done, total=total) if known else step)

    def _show_work(self, *, working: bool) -> None:
        self.bar.setVisible(working)
        self.bar.setRange(0, 0)
        self.stop.setVisible(working)
        for button in (self.take, self.refresh):
            button.setEnabled(not working)
        self._offer_acts()

    def _say(self, text: Said) -> None:
        tell(self.told, text)
        self._announcer.say(text)

    def _tell_trouble(self, error: SottovoceError) -> None:
        tell(self.told, "")
        tell(self.trouble, error)
        self._announcer.say(error)


def _size(size_bytes: int | None) -> str:
    megabytes = (size_bytes or 0) / 1e6
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"  # noqa: PLR2004 - a gigabyte


def _of_installed(model: Installed) -> tuple[Text, ...]:
    state: Text = said("settings-models-there")
    if model.trouble:
        state = model.trouble
    elif model.in_use:
        state = said("settings-models-in-use")
    elif model.shipped:
        state = said("settings-models-ships")
    return _parts(model.language, model.name, model.size_bytes, model.licence, state)


def _of_entry(entry: Offered) -> tuple[Text, ...]:
    return _parts(entry.language, entry.name, entry.size_bytes, entry.licence, entry.good_for)


def _parts(tag: str, name: str, size_bytes: int, licence: str, more: Text) -> tuple[Text, ...]:
    language = language_said(tag) if tag else said("settings-models-unknown-language")
    named = said("settings-models-language", language=language, model=name)
    answered = "" if not tag or is_available(tag) else said("settings-models-not-answered")
    return named, _size(size_bytes), licence, more, answered

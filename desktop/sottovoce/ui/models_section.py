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
from sottovoce.domain.speech_models import CatalogueEntry, InstalledModel, Progress, Step, answered, language_name
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.check_box import Bar
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, tell, words
from sottovoce.ui.flow import flowing
from sottovoce.ui.ports import Choice
from sottovoce.ui.setting_field import Hint

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Sequence

    from PySide6.QtGui import QShowEvent

    from sottovoce.ui.ports import ModelActions
    from sottovoce.ui.setting_controls import ChoiceBox
    from sottovoce.ui.tasks import Tasks

ROWS_SHOWN = 6
STEPS = {
    Step.LOOKING_UP: "Looking it up…",
    Step.DOWNLOADING: "Downloading…",
    Step.CHECKING: "Checking…",
    Step.UNPACKING: "Unpacking…",
    Step.PROVING: "Trying it out…",
    Step.DONE: "Done.",
}
SHIPPED = "The one that ships ({})"
INSTALLED = "{} is installed. Choose it above to use it."
REMOVED = "{} is removed."
REFRESHED = "The list is up to date: {} models can be installed."
STOPPED = "Stopped. What was downloaded is kept, and goes on from there."
NOT_ANSWERED = "understood, but not answered"


class ModelsSection(QWidget):
    """A list and what can be done with what is chosen in it; nothing is fetched without the user's word."""

    def __init__(self, actions: ModelActions, tasks: Tasks, picker: ChoiceBox) -> None:
        """Build it below `picker`, which it fills with what is installed."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._picker = picker
        self._working: asyncio.Task[None] | None = None
        self._step: Step | None = None
        self._installed: dict[str, InstalledModel] = {}
        self.list = QListWidget()
        self.list.setAccessibleName("Speech models")
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._offer_acts)
        self.install, self.remove = Button("&Install"), Button("&Remove")
        self.take, self.refresh = Button("I&mport…"), Button("&Update the list")
        self.stop = Button("&Stop")
        for button, act in (
            (self.install, self._install),
            (self.remove, self._remove),
            (self.take, self._ask_path),
            (self.refresh, lambda: self._work(self._refresh())),
            (self.stop, self._stop),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.bar = Bar("Progress")
        self.told, self.trouble = words(hidden=True), mistake()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            Hint("Other languages and larger models. Updating the list and installing go over the network.")
        )
        for widget in (
            self.list, flowing(self.install, self.remove, self.take, self.refresh, self.stop), self.bar, self.told,
            self.trouble,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        self._announcer = Announcer(self.list)
        self._show_work(working=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what there is."""
        super().showEvent(event)
        self.list.setFixedHeight(self.fontMetrics().lineSpacing() * ROWS_SHOWN + 2 * self.list.frameWidth())
        self._tasks.start(self._read())

    # What there is

    async def _read(self) -> None:
        try:
            await self._fill(await self._actions.catalogue())
        except SottovoceError as error:
            self._tell_trouble(error)

    async def _fill(self, catalogue: Sequence[CatalogueEntry]) -> None:
        self._installed = {one.name: one for one in await self._actions.installed()}
        chosen = self._name()
        self.list.clear()
        for model in self._installed.values():
            self._add(model.name, _installed_words(model))
        for entry in catalogue:
            if entry.name not in self._installed:
                self._add(entry.name, _entry_words(entry))
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole) == chosen or number == 0:
                self.list.setCurrentRow(number)
        usable = [one for one in self._installed.values() if not one.trouble and one.engine is not None]
        shipped = next((language_name(one.language) for one in usable if one.shipped), "English")
        self._picker.offer(
            [
                Choice(value="", title=SHIPPED.format(shipped)),
                *(
                    Choice(value=one.name, title=one.name, detail=language_name(one.language))
                    for one in usable
                    if not one.shipped
                ),
            ]
        )
        self._offer_acts()

    def _add(self, name: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setToolTip(name)
        self.list.addItem(item)

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
        self._work(self._add_model(lambda: self._actions.install(name, self._progress)))

    def _ask_path(self) -> None:
        dialog = QFileDialog(
            self, "Import a speech model", str(Path.home()), "Models (*.zip *.tar *.tar.gz *.tgz *.tar.xz)"
        )
        dialog.fileSelected.connect(lambda chosen: self.import_path(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_path(self, path: Path) -> None:
        """Take a model out of a file or folder."""
        self._work(self._add_model(lambda: self._actions.import_path(path, self._progress)))

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
                self._say(STOPPED)

    async def _add_model(self, add: Callable[[], Coroutine[None, None, InstalledModel]]) -> None:
        model = await add()
        await self._fill(await self._actions.catalogue())
        self._say(INSTALLED.format(model.name))

    async def _remove_model(self, name: str) -> None:
        await self._actions.remove(name)
        await self._fill(await self._actions.catalogue())
        self._say(REMOVED.format(name))

    async def _refresh(self) -> None:
        entries = await self._actions.refresh()
        await self._fill(entries)
        self._say(REFRESHED.format(len(entries)))

    def _progress(self, progress: Progress) -> None:
        share = progress.share
        self.bar.setRange(0, 0 if share is None else 100)
        if share is not None:
            self.bar.setValue(round(100 * share))
        of = f" {_size(progress.done_bytes)} of {_size(progress.total_bytes)}" if progress.total_bytes else ""
        if progress.step is not self._step:
            self._step = progress.step
            self._announcer.say(STEPS[progress.step])
        tell(self.told, f"{STEPS[progress.step]}{of}")

    def _show_work(self, *, working: bool) -> None:
        self.bar.setVisible(working)
        self.bar.setRange(0, 0)
        self.stop.setVisible(working)
        for button in (self.take, self.refresh):
            button.setEnabled(not working)
        self._offer_acts()

    def _say(self, text: str) -> None:
        tell(self.told, text)
        self._announcer.say(text)

    def _tell_trouble(self, error: SottovoceError) -> None:
        said = f"{error.sentence} {error.remedy}"
        tell(self.told, "")
        tell(self.trouble, said)
        self._announcer.say(said)


def _size(size_bytes: int | None) -> str:
    megabytes = (size_bytes or 0) / 1e6
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"  # noqa: PLR2004 - a gigabyte


def _installed_words(model: InstalledModel) -> str:
    state = model.trouble or ("in use" if model.in_use else "ships with Sottovoce" if model.shipped else "installed")
    return _joined(model.language, model.name, model.size_bytes, model.licence, state)


def _entry_words(entry: CatalogueEntry) -> str:
    return _joined(entry.language, entry.name, entry.size_bytes, entry.licence, entry.good_for)


def _joined(tag: str, name: str, size_bytes: int, licence: str, more: str) -> str:
    language = f"{language_name(tag) if tag else 'Unknown language'}: {name}"
    return ", ".join(filter(None, [language, _size(size_bytes), licence, more, "" if answered(tag) else NOT_ANSWERED]))

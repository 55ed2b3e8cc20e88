"""The settings: pages of controls, each of which is in force as soon as it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.domain.settings import declared
from sottovoce.ui.about_page import AboutPage
from sottovoce.ui.data_section import DataSection
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import TITLE_BAR_PX, needed_size
from sottovoce.ui.flow import flowing
from sottovoce.ui.keys_section import KeysSection
from sottovoce.ui.microphone_section import MicrophoneSection
from sottovoce.ui.mnemonics import give_letters
from sottovoce.ui.models_section import ModelsSection
from sottovoce.ui.page import MARGIN_PX
from sottovoce.ui.saved_fields import SavedFields, losing_words, save_key
from sottovoce.ui.setting_controls import ChoiceBox
from sottovoce.ui.settings_pages import answers_page, data_page, hearing_page, voice_page
from sottovoce.ui.talk_key_page import NAMES, TalkKeyPage
from sottovoce.ui.texts import write
from sottovoce.ui.voice_section import VoiceSection
from sottovoce.ui.window import QuestionWindow, Scrolled, Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QShowEvent

    from sottovoce.ui.ports import Actions
    from sottovoce.ui.setting_field import Field
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

FRAME_PX = 4
"""What the style draws around the pages."""


class SettingsWindow(Window):
    """What is chosen is saved at once; what can't be is told beside its control, and what is in force stays."""

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build the pages; `fill` puts the values in."""
        super().__init__()
        write(self.setWindowTitle, said("settings-title"))
        self._actions = actions
        self._saved = SavedFields(
            actions,
            tasks,
            [one.name for one in declared() if one.name not in NAMES],
            {name: ChoiceBox() for name in ("microphone", "model", "voice")},
        )
        self._saved.losing.connect(self._ask_losing)
        self.fields = self._saved.fields
        self.losing: QuestionWindow | None = None
        """What is asked before something is erased, while it is asked."""
        self.microphone = MicrophoneSection(actions.microphones(), tasks, self._picker("microphone"))
        self.models = ModelsSection(actions, tasks, self._picker("model"))
        self.voice = VoiceSection(actions, tasks, self._picker("voice"), self.fields)
        self.key = TalkKeyPage(actions.talk_key(), tasks)
        self.key.layout().setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)  # type: ignore[union-attr]
        self.key.changed.connect(lambda: tasks.start(save_key(actions, self.key)))
        self.keys = KeysSection(actions, tasks)
        self.data = DataSection(actions, tasks)
        self.data.erase_asked.connect(self._ask_erasing)
        self.about = AboutPage(actions.about())
        self.about.layout().setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)  # type: ignore[union-attr]
        self.pages = QTabWidget(documentMode=True)
        for name, page in (
            (said("settings-tab-hearing"), hearing_page(self.fields, self.microphone, self.models)),
            (said("settings-tab-voice"), voice_page(self.fields, self.voice)),
            (said("settings-tab-key"), self.key),
            (said("settings-tab-answers"), answers_page(self.fields)),
            (said("settings-tab-data"), data_page(self.fields, self.keys, self.data)),
            (said("settings-tab-about"), self.about),
        ):
            write(self.pages.setTabText, name, self.pages.addTab(Scrolled(page), ""))
        self.close_button = Button(said("window-close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        self._foot = flowing(self.close_button, to_the_right=True)
        column.addWidget(self._foot)
        give_letters(self)
        for area in self.findChildren(Scrolled):
            if (shown := area.widget()) is not None:
                shown.installEventFilter(self)

    def _picker(self, name: str) -> ChoiceBox:
        picker = self.fields[name].control
        assert isinstance(picker, ChoiceBox)  # noqa: S101 - given above
        return picker

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that has more to show makes the window grow, as far as there is room."""
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        if (high := self._wanted()) > self.height():
            self.ask_for(QSize(self.width(), high))

    def first(self) -> QWidget:
        """The names of the pages: the arrows turn them, and nothing is changed."""
        return self.pages.tabBar()

    def fit(self) -> None:
        """As high as its longest page with the text's size of today, as far as the screen has it."""
        self.ask_for(needed_size(self, self.fontMetrics().averageCharWidth() * self.width_letters))
        self.ask_for(QSize(self.width(), self._wanted()))

    def _wanted(self) -> int:
        """How high it is to be at its width."""
        layout = self.layout()
        margins, spacing = layout.contentsMargins(), layout.spacing()  # type: ignore[union-attr]
        inner = self.width() - margins.left() - margins.right()
        heights = (self.pages.tabBar().sizeHint().height(), self._longest(inner), self._foot.heightForWidth(inner))
        room = self.screen().availableGeometry().height() - TITLE_BAR_PX
        return min(sum(heights) + spacing + margins.top() + margins.bottom() + FRAME_PX, room)

    def _longest(self, width: int) -> int:
        """How high the longest page is."""
        heights = []
        for number in range(self.pages.count()):
            area = self.pages.widget(number)
            if isinstance(area, Scrolled) and (page := area.widget()) is not None:
                wide = max(width, page.minimumSizeHint().width())
                heights.append(page.heightForWidth(wide) if page.hasHeightForWidth() else page.sizeHint().height())
        return max(heights)

    def fill(self) -> None:
        """Show what is in force; what was typed before and could not be saved is forgotten."""
        self._saved.fill()
        self.key.fill(self._actions.settings())
        self._show_locked()
        self.pages.setCurrentIndex(0)
        self._colour()
        self.keys.reset()

    def follow(self) -> None:
        """Show what is in force now; what is being typed stays."""
        self._saved.follow()
        self._show_locked()
        settings = self._actions.settings()
        if any(getattr(settings, name) != value for name, value in self.key.values().items()):
            self.key.fill(settings)

    def _show_locked(self) -> None:
        self.key.lock(self._actions.locked())
        self.data.follow()

    def turn_to(self, page: QWidget) -> None:
        """Show the page on which `page` stands."""
        for number in range(self.pages.count()):
            if (area := self.pages.widget(number)) is not None and area.isAncestorOf(page):
                self.pages.setCurrentIndex(number)

    def showEvent(self, event: QShowEvent) -> None:
        """The colours may have changed meanwhile."""
        super().showEvent(event)
        self._colour()

    def unsaved(self) -> Text:
        """What is wrong and therefore not saved, or begun among the keys."""
        wrong = self._saved.wrong
        if wrong:
            self.turn_to(wrong[0].row)
        elif self.keys.typed:
            self.turn_to(self.keys)
        lost: list[Text] = [said("settings-wrong")] if wrong else []
        return (*lost, said("settings-begun")) if self.keys.typed else tuple(lost)

    def reject(self) -> None:
        """What was typed and is right is saved first."""
        self._saved.commit()
        if self.losing is None:
            super().reject()

    def _ask_losing(self, field: Field) -> None:
        erase, keep = said("settings-erase-them"), said("settings-keep-them")
        self._ask(losing_words(field), erase, keep, lambda: self._saved.save(field))
        if self.losing is not None:
            self.losing.rejected.connect(field.take_back)

    def _ask_erasing(self) -> None:
        erase, keep = said("settings-data-erase-everything"), said("settings-data-keep")
        self._ask(self.data.question(), erase, keep, self.data.erase_now)

    def _ask(self, text: Text, yes: Text, no: Text, agreed: Callable[[], object]) -> None:
        if self.losing is not None:
            return
        self.losing = QuestionWindow(self, text, yes, no, agreed)
        self.losing.finished.connect(self._losing_asked)
        self.losing.open()

    def _losing_asked(self) -> None:
        if self.losing is not None:
            self.losing.deleteLater()
            self.losing = None

    def _colour(self) -> None:
        """Mistakes stand out by weight and word too, not by colour alone."""
        for field in self.fields.values():
            field.recolour()
        self.keys.recolour()

"""The window: what was said, newest first, with a search; and talk and stop, for desktops without a tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.hotkeys import shown_key
from sottovoce.domain.said import Said, said
from sottovoce.domain.turns import Stage, StageChanged, TurnEnded, TurnEvent
from sottovoce.ui import theme
from sottovoce.ui.edged import Button, LineEdit
from sottovoce.ui.fitting import TITLE_BAR_PX, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.history_list import HistoryList
from sottovoce.ui.history_pages import Pages
from sottovoce.ui.mnemonics import give_letters
from sottovoce.ui.texts import also_when_language_changes, write
from sottovoce.ui.theme import STAGES
from sottovoce.ui.tray import BUSY
from sottovoce.ui.unfinished import QUESTION
from sottovoce.ui.window import RETURN, Scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from sottovoce.domain.turns import TurnUnfinished
    from sottovoce.ui.history_rows import HistoryRow
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.tray import TrayMenu
    from sottovoce.ui.unfinished import UnfinishedOffer

TYPING_PAUSE_MS = 250
"""A search starts when the typing pauses this long."""

LOOK_MS = 3000
"""How often is looked for a tray, while the window says that there is none and is seen."""

LETTERS, LINES = 80, 36
"""How large it is at first, in letters and lines of text."""

TIDINGS = 0.4
"""Part of the window's height that what is told above the list may take; the rest of it scrolls."""

QUESTION_LETTERS = 300
BACK_TO_HITS, BACK = said("history-back-to-found"), said("window-back")


class HistoryWindow(QWidget):
    """Everything by keyboard too.

    Ctrl+F searches, Return opens a hit in its conversation and a turn to be read whole, Ctrl+C copies a turn, F5 reads
    again, Esc goes back, clears or closes.
    """

    def __init__(self, actions: Actions, tasks: Tasks, menu: TrayMenu, unfinished: UnfinishedOffer) -> None:
        """Build it hidden."""
        super().__init__()
        write(self.setWindowTitle, said("history-title"))
        self._actions = actions
        self._unfinished = unfinished
        self._tasks = tasks
        self._row: HistoryRow | None = None
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.read)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look_for_tray)
        self._build(menu)
        self._pages = Pages(actions, self.list, lambda: unfinished.offered.at if unfinished.offered else None)
        self.list.older_wanted.connect(lambda: self._fetch(older=True))
        self.list.newer_wanted.connect(lambda: self._fetch(older=False))
        self.list.opened.connect(self._open)
        self._bind_keys()
        self._show_stage(StageChanged(Stage.READY))
        self._show_unfinished(unfinished.offered)
        unfinished.changed.connect(self._show_unfinished)
        give_letters(self)
        self._take_room()
        also_when_language_changes(self._language_changed)

    # What happens

    def hear(self, event: TurnEvent) -> None:
        """Follow the stage; after a turn read again."""
        if isinstance(event, StageChanged):
            self._show_stage(event)
        elif isinstance(event, TurnEnded):
            self.stored()

    def stored(self, *, anew: bool = False) -> None:
        """Something was stored, or (`anew`) what is shown may be gone: read again what is seen."""
        if self.isVisible() and (anew or not (self.search.text().strip() or self._pages.conversation)):
            self._read(keep=not anew)

    def read(self) -> None:
        """Ask for what the search box says; an older question that is still under way is not shown any more."""
        self._read(keep=True)

    def _read(self, *, keep: bool) -> None:
        if self.pages.currentWidget() is self.reader:
            self.pages.setCurrentWidget(self.list)
        self._tasks.start(self._shown(self.search.text().strip(), keep=keep))

    def _fetch(self, *, older: bool) -> None:
        if self.isVisible() and self._pages.wants(older=older):
            self._tasks.start(self._pages.fetch(older=older))

    async def _shown(self, text: str, *, keep: bool) -> None:
        if await (self._pages.show_hits(text) if text else self._pages.show_newest(keep=keep)):
            self._show_page(text)

    def _show_page(self, text: str) -> None:
        self._show_back(None)
        if self.model.rows:
            self.pages.setCurrentWidget(self.list)
            self._make_current(max(self.list.currentIndex().row(), 0))
            return
        write(self.empty.setText, said("history-nothing-found") if text else self._nothing_yet())
        self.pages.setCurrentWidget(self.empty)

    def follow(self) -> None:
        """Name the key that is in force now."""
        if not (self.model.rows or self.search.text().strip()):
            write(self.empty.setText, self._nothing_yet())

    def _nothing_yet(self) -> Said:
        settings = self._actions.settings()
        if not settings.hotkey:
            return said("history-nothing-yet-no-key")
        key = shown_key(self._actions.named_key())
        if settings.hotkey_mode == "toggle":
            return said("history-nothing-yet-toggle", key=key)
        return said("history-nothing-yet", key=key)

    def _make_current(self, row: int) -> None:
        """The arrow keys start there; it is not coloured until somebody goes there."""
        here = self.model.index(min(row, len(self.model.rows) - 1))
        self.list.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)

    # Opening, reading, and the way back

    def _open(self, row: HistoryRow) -> None:
        if row.hit is not None:
            self._tasks.start(self._open_hit(row))
        else:
            self._row = row
            self.reader.setPlainText(row.plain)
            self.pages.setCurrentWidget(self.reader)
            self._show_back(BACK)
            self.reader.setFocus()

    async def _open_hit(self, row: HistoryRow) -> None:
        if row.hit is None:
            return
        here = await self._pages.show_around(row.hit)
        if here is not None:
            index = self.model.index(self.model.rows.index(here))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, self.list.ScrollHint.PositionAtCenter)
            self._show_back(BACK_TO_HITS)
            self.list.setFocus()

    def _go_back(self) -> None:
        """From a turn to the list it is in, from a conversation to what was found."""
        if self.pages.currentWidget() is self.reader:
            self.pages.setCurrentWidget(self.list)
            self._show_back(BACK_TO_HITS if self._pages.conversation else None)
            self.list.setFocus()
        else:
            self.read()
            self.list.setFocus()

    def _show_back(self, text: Said | None) -> None:
        write(self.back.setText, text or BACK)
        self.back.setVisible(text is not None)

    def _escape(self) -> None:
        if not self.back.isHidden():
            self._go_back()
        elif self.search.text():
            self.search.clear()
        else:
            self.close()

    def _copy(self) -> None:
        row = self.list.currentIndex().row()
        if row >= 0:
            QGuiApplication.clipboard().setText(self.model.rows[row].plain)

    # What is told above the list

    def tell_no_tray(self) -> None:
        """Say why the window came up by itself."""
        tell(self.notice, said("history-no-tray"))
        self._fit_tidings()

    def tray_came(self) -> None:
        """There is an icon now: the window is not the only way in any more."""
        tell(self.notice, "")
        self._looking.stop()
        self._fit_tidings()

    def _look_for_tray(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray_came()

    def _show_stage(self, event: StageChanged) -> None:
        self.picture.setPixmap(theme.stage_icon(event.stage).pixmap(24, 24))
        write(self.word.setText, STAGES[event.stage])
        write(self.talk.setText, said("history-finish") if event.stage is Stage.LISTENING else said("history-talk"))
        self.stop.setEnabled(event.stage in BUSY)
        trouble = event.trouble if event.stage is Stage.TROUBLE else None
        tell(self.trouble, trouble or "")
        self._fit_tidings()

    def _show_unfinished(self, turn: TurnUnfinished | None) -> None:
        self.offer.setVisible(turn is not None)
        if turn is not None:
            asked = turn.text if len(turn.text) <= QUESTION_LETTERS else f"{turn.text[:QUESTION_LETTERS]}…"
            write(self.question.setText, said("history-quoted", question=asked))
            write(self.offer.setAccessibleDescription, (QUESTION, turn.text))
        self._fit_tidings()
        self.stored()

    def _fit_tidings(self) -> None:
        """As high as what is told needs, but never in the list's place."""
        page = self.tidings.widget()
        told = [one for one in (self.notice, self.trouble, self.offer) if not one.isHidden()]
        self.tidings.setVisible(bool(told))
        if told and page is not None:
            page.adjustSize()
            needed = page.heightForWidth(max(self.tidings.width(), page.minimumSizeHint().width()))
            self.tidings.wanted_px = min(needed + 2, max(40, round(self.height() * TIDINGS)))
            self.tidings.updateGeometry()

    # How it looks

    def _build(self, menu: TrayMenu) -> None:
        self.search = LineEdit(clearButtonEnabled=True)
        write(self.search.setPlaceholderText, said("history-search"))
        write(self.search.setAccessibleName, said("history-search"))
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self.read)
        self.list = HistoryList()
        self.model = self.list.rows
        self.empty = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignCenter)
        self.reader = QPlainTextEdit(readOnly=True)
        self.reader.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        write(self.reader.setAccessibleName, said("history-whole"))
        self.pages = QStackedWidget()
        for page in (self.empty, self.list, self.reader):
            self.pages.addWidget(page)
        self.back = Button(BACK)
        self.back.clicked.connect(self._go_back)
        self.back.hide()
        column = QVBoxLayout(self)
        column.addWidget(self._head(menu))
        for widget in (self._build_tidings(), self.search, self.back):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)

    def _build_tidings(self) -> Scrolled:
        self.notice = paragraph(hidden=True)
        self.trouble = paragraph(hidden=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.notice, self.trouble, self._build_offer()):
            column.addWidget(widget)
        self.tidings = Scrolled(page)
        self.tidings.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.tidings.setMinimumHeight(1)  # else Qt's 68 pixels, too much on a small screen
        return self.tidings

    def _build_offer(self) -> QFrame:
        """The question of before, with what can be done about it."""
        self.question = paragraph()
        self.answer = Button(said("history-answer"))
        self.answer.clicked.connect(self._unfinished.answer)
        self.forget = Button(said("history-forget"))
        self.forget.clicked.connect(self._unfinished.dismiss)
        self.offer = QFrame(frameShape=QFrame.Shape.StyledPanel)
        write(self.offer.setAccessibleName, said("history-offer"))
        column = QVBoxLayout(self.offer)
        for widget in (self.question, paragraph(QUESTION), flowing(self.forget, self.answer, to_the_right=True)):
            column.addWidget(widget)
        return self.offer

    def _head(self, menu: TrayMenu) -> QWidget:
        """The stage, and what can be done."""
        self.picture = QLabel()
        self.word = QLabel()
        self.talk = Button(said("history-talk"))
        self.talk.clicked.connect(self._actions.toggle)
        self.stop = Button(said("history-stop"))
        self.stop.clicked.connect(self._actions.cancel)
        self.more = Button(said("history-more"))
        self.more.setMenu(menu)
        stage = QWidget()
        row = QHBoxLayout(stage)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.picture)
        row.addWidget(self.word)
        self.word.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        return flowing(stage, self.talk, self.stop, self.more)

    def _bind_keys(self) -> None:
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._search_focus),
            (QKeySequence(QKeySequence.StandardKey.Refresh), self.read),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close),
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
        ):
            QShortcut(keys, self).activated.connect(slot)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.list)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)

    def _typed(self) -> None:
        self._typing.start()

    def _search_focus(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _take_room(self) -> None:
        """Room for some lines of text, whatever its size, if the screen has it."""
        letter, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        room = self.screen().availableGeometry()
        self.resize(min(letter * LETTERS, room.width()), min(line * LINES, room.height() - TITLE_BAR_PX))

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when seen; the focus is not on Talk: no microphone opens because somebody types on."""
        super().showEvent(event)
        if not event.spontaneous():
            self.search.setFocus()
        if self.notice.text():
            self._looking.start()
        self._fit_tidings()
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing is looked for."""
        super().hideEvent(event)
        self._typing.stop()
        self._looking.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told above wraps anew."""
        super().resizeEvent(event)
        self._fit_tidings()

    def _language_changed(self) -> None:
        """What is read whole stays where it was scrolled to."""
        if self._row is not None:
            bar = self.reader.verticalScrollBar()
            place = bar.value()
            self.reader.setPlainText(self._row.plain)
            bar.setValue(place)
        give_letters(self)
        self._fit_tidings()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in RETURN and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

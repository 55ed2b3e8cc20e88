"""The window: what was said, newest first, with a search; and talk and stop, for desktops without a tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.turns import Stage, StageChanged, TurnEnded, TurnEvent
from sottovoce.ui import theme
from sottovoce.ui.fitting import words
from sottovoce.ui.history_rows import Row, RowDelegate, RowModel, rows_found, rows_of
from sottovoce.ui.tray import BUSY
from sottovoce.ui.unfinished import QUESTION
from sottovoce.ui.window import RETURN

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnUnfinished
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.tray import TrayMenu
    from sottovoce.ui.unfinished import Unfinished

PAGE = 200
"""Messages read at a time; some 100 turns."""

TYPING_PAUSE_MS = 250
"""A search starts when the typing pauses this long."""

NOTHING_YET = "Nothing said yet. Hold {key} and talk, or press Talk."
NOTHING_YET_NO_KEY = "Nothing said yet. Press Talk."
NOTHING_FOUND = "Nothing you said or heard matches that."
NO_TRAY = "This desktop shows no tray icons. This window is the way in; `sottovoce show` brings it back."


class HistoryWindow(QWidget):
    """Everything by keyboard too: Ctrl+F searches, Ctrl+C copies a turn, F5 reads again, Esc clears or closes."""

    def __init__(self, actions: Actions, tasks: Tasks, menu: TrayMenu, unfinished: Unfinished) -> None:
        """Build it hidden."""
        super().__init__()
        self.setWindowTitle("Sottovoce")
        self._actions = actions
        self._unfinished = unfinished
        self._tasks = tasks
        self._limit = PAGE
        self._asked = 0
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.read)
        self._build(menu)
        self._bind_keys()
        self.resize(560, 620)
        self.setMinimumSize(360, 320)
        self._show_stage(Stage.READY)
        self._show_unfinished(unfinished.offered)
        unfinished.changed.connect(self._show_unfinished)

    def hear(self, event: TurnEvent) -> None:
        """Follow the stage; after a turn read again."""
        if isinstance(event, StageChanged):
            self._show_stage(event.stage)
        elif isinstance(event, TurnEnded) and self.isVisible():
            self.read()

    def read(self) -> None:
        """Ask for what the search box says; an older question that is still under way is not shown any more."""
        self._asked += 1
        self._tasks.start(self._read(self._asked, self.search.text().strip()))

    def tell_no_tray(self) -> None:
        """Say why the window came up by itself."""
        self.notice.setText(NO_TRAY)
        self.notice.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when seen."""
        super().showEvent(event)
        if not event.spontaneous():
            self.search.setFocus()  # the microphone must not open because somebody types on
        self.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in RETURN and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the rows anew."""
        super().resizeEvent(event)
        self.list.doItemsLayout()

    async def _read(self, number: int, text: str) -> None:
        if text:
            found = await self._actions.search(text, self._limit)
            rows, full = rows_found(found), len(found) >= self._limit
        else:
            messages = await self._actions.history(self._limit)
            waiting = self._unfinished.offered
            rows, full = rows_of(messages, waiting.at if waiting else None), len(messages) >= self._limit
        if number == self._asked:
            self._show_rows(rows, text, more=full)

    def _show_rows(self, rows: tuple[Row, ...], text: str, *, more: bool) -> None:
        chosen = self.list.currentIndex().row()
        place = self.list.verticalScrollBar().value()
        self.model.replace(rows)
        self.older.setVisible(more)
        if rows:
            self.pages.setCurrentWidget(self.list)
            # The arrow keys start at the row that was current; it is not coloured until somebody goes there.
            here = self.model.index(min(max(chosen, 0), len(rows) - 1))
            self.list.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.list.verticalScrollBar().setValue(place)
        else:
            key = self._actions.settings().hotkey
            nothing_yet = NOTHING_YET.format(key=key) if key else NOTHING_YET_NO_KEY
            self.empty.setText(NOTHING_FOUND if text else nothing_yet)
            self.pages.setCurrentWidget(self.empty)

    def _show_stage(self, stage: Stage) -> None:
        self.picture.setPixmap(theme.stage_icon(stage).pixmap(24, 24))
        self.word.setText(theme.WORDS[stage])
        self.talk.setText("&Finish" if stage is Stage.LISTENING else "&Talk")
        self.stop.setEnabled(stage in BUSY)

    def _show_unfinished(self, turn: TurnUnfinished | None) -> None:
        self.offer.setVisible(turn is not None)
        if turn is not None:
            self.question.setText(f"“{turn.text}”")
            self.offer.setAccessibleDescription(f"{QUESTION} {turn.text}")
        if self.isVisible():
            self.read()

    def _build_offer(self) -> QFrame:
        """The question of before, with what can be done about it."""
        self.question = words()
        answer = QPushButton("&Answer")
        answer.clicked.connect(self._unfinished.answer)
        forget = QPushButton("F&orget it")
        forget.clicked.connect(self._unfinished.dismiss)
        self.answer, self.forget = answer, forget
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(forget)
        buttons.addWidget(answer)
        self.offer = QFrame(frameShape=QFrame.Shape.StyledPanel)
        self.offer.setAccessibleName("A question without an answer")
        column = QVBoxLayout(self.offer)
        for widget in (self.question, words(QUESTION)):
            column.addWidget(widget)
        column.addLayout(buttons)
        return self.offer

    def _build(self, menu: TrayMenu) -> None:
        self.notice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.notice.hide()
        self.search = QLineEdit(placeholderText="Search what was said", clearButtonEnabled=True)
        self.search.setAccessibleName("Search what was said")
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self.read)
        self.model = RowModel()
        self.list = QListView(wordWrap=True)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName("What was said, newest first")
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)
        self.older = QPushButton("Show o&lder")
        self.older.hide()
        self.older.clicked.connect(self._read_older)
        column = QVBoxLayout(self)
        column.addLayout(self._head(menu))
        for widget in (self.notice, self._build_offer(), self.search):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.older)

    def _head(self, menu: TrayMenu) -> QHBoxLayout:
        """The stage, and what can be done."""
        self.picture = QLabel()
        self.word = QLabel()
        self.talk = QPushButton("&Talk")
        self.talk.clicked.connect(self._actions.toggle)
        self.stop = QPushButton("&Stop")
        self.stop.clicked.connect(self._actions.cancel)
        self.more = QPushButton("&More")
        self.more.setMenu(menu)
        head = QHBoxLayout()
        head.addWidget(self.picture)
        head.addWidget(self.word, 1)
        for button in (self.talk, self.stop, self.more):
            head.addWidget(button)
        return head

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
        self._limit = PAGE
        self._typing.start()

    def _read_older(self) -> None:
        self._limit += PAGE
        self.read()

    def _search_focus(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _copy(self) -> None:
        row = self.list.currentIndex().row()
        if row >= 0:
            QGuiApplication.clipboard().setText(self.model.rows[row].plain)

    def changeEvent(self, event: QEvent) -> None:
        """A new font or palette changes how high the rows are."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange} and hasattr(self, "list"):
            self.list.doItemsLayout()

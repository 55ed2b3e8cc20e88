"""What all windows share: they take no focus by themselves, fit the screen, and lose nothing that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
)

from sottovoce.domain.said import said
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import needed_size, paragraph
from sottovoce.ui.flow import flowing
from sottovoce.ui.mnemonics import give_letters
from sottovoce.ui.texts import write, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from sottovoce.ui.texts import Text

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Scrolled(QScrollArea):
    """A page that scrolls where it is larger than its window, and asks for as much room as it needs."""

    def __init__(self, page: QWidget) -> None:
        """Show `page`."""
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        self.setWidget(page)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    wanted_px = 0
    """How high it is to be where there is room; 0 for as high as the page wants to be."""

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Qt scrolls to what is reached by Tab alone, not to a field that has just been opened for typing."""
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._show_focused)  # it has its place only when the page is laid out

    def _show_focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def sizeHint(self) -> QSize:
        """The page's own, which Qt would cut to 36 letters by 24 lines."""
        if self.wanted_px:
            return QSize(super().sizeHint().width(), self.wanted_px)
        page = self.widget()
        return page.sizeHint() if page is not None else super().sizeHint()


class Window(QDialog):
    """A window with a page that scrolls and a row of buttons that stays.

    Return does what the thing says that has the focus, else what the default button says. What closes the window
    (Escape, its own button) asks first if something typed would be lost.
    """

    width_letters = 75
    """How wide it is, in letters: what is read at ease."""

    def __init__(self) -> None:
        """Build it hidden; `fill` puts something in."""
        super().__init__()
        self._asking: QuestionWindow | None = None
        self._asked_for = QSize()
        self._is_held = False
        self.scrolled: Scrolled | None = None
        self.foot: QWidget | None = None

    def fill_with(self, page: QWidget, *buttons: QPushButton) -> None:
        """Show this page, and these buttons beneath it."""
        self.scrolled = Scrolled(page)
        for button in buttons:
            button.setAutoDefault(False)
        self.foot = flowing(*buttons, to_the_right=True)
        column = QVBoxLayout(self)
        column.addWidget(self.scrolled, 1)
        column.addWidget(self.foot)

    def fit(self) -> None:
        """Take the room that the words need, as far as the screen has it."""
        self.ask_for(needed_size(self, self.fontMetrics().averageCharWidth() * self.width_letters))
        for area in self.findChildren(Scrolled):  # a scroll bar that is there wraps words so that it is needed
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def ask_for(self, size: QSize) -> None:
        """Be as large as this, unless the compositor or the user has chosen a size since the window came up.

        A tile that is larger than its column is cut off at the column's edges; in one that keeps its size, what has
        no room scrolls.
        """
        if not self._is_held:
            self._asked_for = size
            self.resize(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells by `spontaneous` that the size came from the screen; it may be ours, coming back."""
        super().resizeEvent(event)
        if event.spontaneous():
            self._is_held = event.size() != self._asked_for

    def first(self) -> QWidget | None:
        """What has the focus when the window comes up: never what agrees to something."""
        return None

    def unsaved(self) -> Text:
        """What would be lost if the window closed now, as a sentence; "" for nothing."""
        return ""

    def leave(self) -> None:
        """Close without asking; what was typed is forgotten."""
        super().reject()

    def reject(self) -> None:
        """Close, unless something would be lost: then ask."""
        lost = self.unsaved()
        if not lost:
            self.leave()
        elif self._asking is None:
            self._asking = QuestionWindow(self, lost, said("window-discard"), said("window-keep-editing"), self.leave)
            self._asking.finished.connect(self._asked)
            self._asking.open()

    def _asked(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
            self._asking = None

    @property
    def question(self) -> QuestionWindow | None:
        """What is asked before it closes, while it is asked."""
        return self._asking

    def showEvent(self, event: QShowEvent) -> None:
        """Every text has its letter, and the focus lies where it can do no harm."""
        give_letters(self)
        if not event.spontaneous():
            self._is_held = False
        self.fit()
        super().showEvent(event)
        first = self.first()
        if first is not None and not event.spontaneous():
            first.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """A question about it goes with it."""
        super().hideEvent(event)
        if self._asking is not None:
            self._asking.hide()
            self._asked()

    def changeEvent(self, event: QEvent) -> None:
        """Other text, other letters and another size."""
        super().changeEvent(event)
        if event.type() not in {event.Type.FontChange, event.Type.LanguageChange} or not self.isVisible():
            return
        if event.type() is event.Type.LanguageChange:
            give_letters(self)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in RETURN and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)


class QuestionWindow(Window):
    """A question with two answers over another window; the one that changes nothing has the focus."""

    def __init__(self, parent: Window, text: Text, yes: Text, no: Text, agreed: Callable[[], object]) -> None:
        """Ask `text`; `agreed` is called for the answer `yes`."""
        super().__init__()
        self.setParent(parent, Qt.WindowType.Dialog)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        write(self.setWindowTitle, written(parent.setWindowTitle) or parent.windowTitle())
        self.text = paragraph(text)
        self.yes, self.no = Button(yes), Button(no)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.reject)
        self._agreed = agreed
        self.fill_with(_page(self.text), self.no, self.yes)

    def first(self) -> QWidget:
        """The answer that changes nothing."""
        return self.no

    def _agree(self) -> None:
        agreed = self._agreed
        self.accept()
        agreed()


def _page(text: QLabel) -> QWidget:
    page = QFrame()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(text)
    return page

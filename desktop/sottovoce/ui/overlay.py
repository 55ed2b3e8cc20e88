"""The small sign at the edge of the screen: what is heard, then what is answered. It never takes the focus."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.domain.turns import (
    Answered,
    AnswerGrew,
    Heard,
    HoldEnds,
    ListensOn,
    Outcome,
    PartialHeard,
    Stage,
    StageChanged,
    TurnEnded,
    TurnEvent,
    TurnFailed,
    TurnUnfinished,
    WordsTyped,
)
from sottovoce.ui import theme
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.layered import Layered
from sottovoce.ui.texts import Half, also_when_language_changes, in_words, write, written
from sottovoce.ui.unfinished import HOW, QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.texts import Text

LETTERS = 75
"""Characters a line: what is read at ease."""

HEARD_SCALE, ANSWER_SCALE = 1.2, 1.35
"""How much larger than the desktop's text what was heard and what is answered is."""

MARGIN_PX = 18
EDGE_GAP_PX = 40
RADIUS_PX = 14
ICON_PX = 28

TALLEST = 0.4
"""Part of the screen's height that an answer may take; of a longer one the end is shown."""

HEARD_LETTERS = 240
"""Of longer speech the end is shown."""

TROUBLE_S = 9.0
"""A sentence and its remedy are some 30 words: read in 9 s at 200 words a minute."""

OFFER_S = 15.0
"""A question of before, to be remembered and decided on; it stays in the menu and the window."""

SILENCE_S = 2.5
"""Long enough to see that nothing was heard."""

STARTING = frozenset({Stage.LISTENING, Stage.THINKING})
"""A turn begins by listening, or (a typed question that is answered aloud) by thinking."""

INVITATION = said("overlay-invitation")
NOTHING_HEARD = said("overlay-nothing-heard")

HINTS = {Stage.LISTENING: said("overlay-hint-listening"), Stage.SPEAKING: said("overlay-hint-speaking")}
HINT_ON, HINT_ON_NO_KEY = said("overlay-hint-listening-on"), said("overlay-hint-listening-no-key")


class Overlay(QWidget):
    """Shows one turn and goes away by itself; clicks pass through it."""

    def __init__(self, actions: Actions, *, layered: bool = False) -> None:
        """Build it hidden.

        Args:
            actions: Says how long it stays.
            layered: Whether it is shown as a layer of the Wayland screen, and not as a window.
        """
        super().__init__(None, _window_kind())
        self._actions = actions
        self._in_turn = False
        self._offer: TurnUnfinished | None = None
        self._stage: Stage | None = None
        self._told: SottovoceError | None = None
        self._keep_clear: Callable[[], tuple[QRect, ...]] = tuple
        self.announcer = Announcer(self)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # Where no compositor may run, see-through would be black.
        self._masked = QGuiApplication.platformName() == "xcb" and not layered
        if not self._masked:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        write(self.setWindowTitle, said("overlay-title"))
        write(self.setAccessibleName, said("overlay-name"))
        self._build()
        self._layered = Layered(self, self._fit) if layered else None
        also_when_language_changes(self._language_changed)
        self.hiding = QTimer(self, singleShot=True)
        self.hiding.timeout.connect(self._leave)

    # What happens

    def hear(self, event: TurnEvent) -> None:
        """Show what the event tells."""
        match event:
            case StageChanged(stage, trouble):
                self._go_on_to(stage, trouble)
            case PartialHeard(text) | Heard(text) | WordsTyped(text):
                self._show_heard(text, final=not isinstance(event, PartialHeard))
            case HoldEnds(left_s):
                self._show_hold_ends(left_s)
            case ListensOn():
                write(self.hint.setText, HINT_ON if self._has_key() else HINT_ON_NO_KEY)
            case AnswerGrew(text):
                self._show_answer(text)
            case Answered(answer):
                self._show_answer(answer.reply)
                self.announcer.say(answer.reply)
            case TurnFailed(error):
                self._show_trouble(error)
            case TurnEnded(outcome):
                self._end(outcome)
            case TurnUnfinished():
                self._wait_to_offer(event)
        self._describe()

    def _go_on_to(self, stage: Stage, trouble: SottovoceError | None) -> None:
        if stage in STARTING and not self._in_turn:
            self._begin()
        self._show_stage(stage)
        self._announce_stage(stage, trouble)
        if trouble is not None:
            self._show_trouble(trouble)

    def withdraw(self) -> None:
        """The question of before is settled: offer it no more."""
        self._offer = None
        if written(self.remedy.setText) == HOW:
            self.hiding.start(0)

    def _leave(self) -> None:
        """Go away, unless something has waited for its place."""
        if self._offer is None:
            self.hide()
        else:
            self._show_offer(self._offer)
            self._describe()

    def _wait_to_offer(self, turn: TurnUnfinished) -> None:
        self._offer = turn
        if not self._in_turn and not self.isVisible():
            self._leave()

    def _show_offer(self, turn: TurnUnfinished) -> None:
        self._clear()
        self._show_stage(Stage.READY)
        self._show_heard(turn.text, final=True)
        self._show_answer(QUESTION)
        write(self.remedy.setText, HOW)
        self._offer = None
        self._appear()
        self._stay(OFFER_S)
        self.announcer.say((turn.text, QUESTION, HOW))

    def _begin(self) -> None:
        self._in_turn = True
        self._clear()
        self._appear()

    def _clear(self) -> None:
        self.hiding.stop()
        for label in (self.heard, self.answer, self.trouble, self.remedy):
            write(label.setText, "")

    def _show_stage(self, stage: Stage) -> None:
        self.picture.show_icon(theme.stage_icon(stage))
        write(self.word.setText, theme.STAGES[stage])
        write(self.hint.setText, "" if stage is Stage.SPEAKING and not self._has_key() else HINTS.get(stage, ""))
        if stage is Stage.LISTENING and not self.heard.text():
            self._show_heard(INVITATION, final=False)

    def _has_key(self) -> bool:
        return bool(self._actions.settings().hotkey)

    def _show_heard(self, text: Text, *, final: bool) -> None:
        write(self.heard.setText, _end_of(text, HEARD_LETTERS) if isinstance(text, str) else text)
        font = self.heard.font()
        font.setItalic(not final)
        self.heard.setFont(font)
        self._fit()

    def _show_hold_ends(self, left_s: float) -> None:
        text = said("overlay-left", seconds=round(left_s))
        write(self.hint.setText, text)
        self.announcer.say(text)

    def _show_answer(self, text: Text) -> None:
        write(self.answer.setText, text)
        self._fit()

    def _show_trouble(self, error: SottovoceError) -> None:
        if not self._in_turn and not self.isVisible():
            self._clear()
        if written(self.heard.setText) == INVITATION:
            write(self.heard.setText, "")
        write(self.trouble.setText, Half(error))
        write(self.remedy.setText, Half(error, remedy=True))
        self.picture.show_icon(theme.stage_icon(Stage.TROUBLE))
        write(self.word.setText, theme.STAGES[Stage.TROUBLE])
        write(self.hint.setText, "")
        self._appear()
        if not self._in_turn:
            self._stay(TROUBLE_S)
        self._announce_trouble(error)

    def _announce_stage(self, stage: Stage, trouble: SottovoceError | None) -> None:
        """Each stage once; trouble that has words is told by them alone."""
        if stage is not self._stage and trouble is None:
            self.announcer.say(theme.STAGES[stage])
        if stage is not Stage.TROUBLE:
            self._told = None
        self._stage = stage

    def _announce_trouble(self, error: SottovoceError) -> None:
        """Once, though the turn and the stage both bring it."""
        if self._told is None or in_words(error) != in_words(self._told):
            self.announcer.say(error)
        self._told = error

    def _end(self, outcome: Outcome) -> None:
        self._in_turn = False
        if outcome is Outcome.CANCELLED:
            self.hiding.start(0)  # not at once: the press that cancelled this turn may begin the next one
        elif outcome is Outcome.SILENCE:
            self._show_heard(NOTHING_HEARD, final=True)
            self.announcer.say(NOTHING_HEARD)
            self._stay(SILENCE_S)
        elif outcome is Outcome.TYPED:
            self._stay(SILENCE_S)
        else:
            self._stay(self._actions.settings().overlay_s)

    def _stay(self, seconds: float) -> None:
        """Hide after so many seconds; trouble that is shown stays long enough to be read."""
        if self.trouble.text():
            seconds = max(seconds, TROUBLE_S)
        self.hiding.start(round(seconds * 1000))

    # How it looks

    def _build(self) -> None:
        self.picture = StageIcon()
        self.word = _label("word", wraps=False)
        self.hint = _label("quiet", wraps=False)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.picture)
        head.addWidget(self.word)
        head.addStretch(1)
        head.addWidget(self.hint)
        self.heard = _label("heard")
        self.answer = _label("answer")
        self.trouble = _label("trouble")
        self.remedy = _label("text")
        self.view = _window_on(self.answer)
        self.more = _label("quiet")
        write(self.more.setText, said("overlay-more"))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX - 4, MARGIN_PX, MARGIN_PX - 2)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.heard, self.view, self.more, self.trouble, self.remedy):
            column.addWidget(widget)

    def _appear(self) -> None:
        """Come up on the screen where the pointer is, in the desktop's colours of this moment."""
        if not self.isVisible():
            self._paint_in(theme.colours())
        self._fit()
        self.show()

    def _paint_in(self, colours: theme.Colours) -> None:
        self._colours = colours
        size_pt = QFontInfo(QApplication.font()).pointSizeF()  # a style sheet hides it from our own
        self.setStyleSheet(
            f"QLabel {{ color: {colours.text}; background: transparent; font-size: {size_pt:.1f}pt }}"
            f"QLabel[kind=quiet] {{ color: {colours.quiet} }}"
            f"QLabel[kind=trouble] {{ color: {colours.trouble}; font-weight: 600 }}"
            "QLabel[kind=word] { font-weight: 600 }"
            f"QLabel[kind=heard] {{ color: {colours.quiet}; font-size: {size_pt * HEARD_SCALE:.1f}pt }}"
            f"QLabel[kind=answer] {{ font-size: {size_pt * ANSWER_SCALE:.1f}pt }}"
        )

    def keep_clear(self, of: Callable[[], tuple[QRect, ...]]) -> None:
        """Stay off these places of the screen if it can be, the last of them first of all."""
        self._keep_clear = of

    def take_away(self) -> None:
        """Show it no more."""
        self.hiding.stop()
        self.hide()
        if self._layered is not None:
            self._layered.close()

    def offset_of(self, window: QWidget) -> QPoint:
        """How far the window's coordinates are from the overlay's: Wayland tells none; dialogs are in the middle."""
        if self._layered is None:
            return QPoint()
        return self._layered.room.center() - window.frameGeometry().center()

    def make_room(self) -> None:
        """Something that must be seen has come: go out of its way."""
        if self.isVisible():
            self._fit()

    def _fit(self) -> None:
        """Take as much room as the words need, growing upwards from the lower edge of the screen."""
        screen = self._screen_area()
        width = min(QFontMetrics(QApplication.font()).averageCharWidth() * LETTERS, screen.width() - 2 * MARGIN_PX)
        inner = width - 2 * MARGIN_PX
        for label in (self.heard, self.more, self.trouble, self.remedy):
            label.setFixedSize(inner, _needed(label, inner))
            label.setVisible(bool(label.text()))
        most = screen.height() - 2 * EDGE_GAP_PX
        full = _needed(self.answer, inner)
        height = self._lay_out(inner, full, min(full, int(screen.height() * TALLEST)))
        if height > most:  # large text on a small screen: the answer gives way, then what was heard
            height = self._lay_out(inner, full, max(0, self.view.height() - (height - most)))
        if height > most:
            self.heard.hide()
            height = self._lay_out(inner, full, self.view.height())
        self.setGeometry(self._place(screen, width, min(height, most)))
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.maximum())
        if self._masked:
            self.setMask(_rounded(self.rect()))

    def _lay_out(self, inner: int, full: int, shown: int) -> int:
        """Show so much of the answer; how high all is then."""
        self.answer.setFixedSize(inner, full)
        self.view.setFixedSize(inner, shown)
        self.view.setVisible(bool(self.answer.text()))
        self.more.setVisible(full > shown)
        self._column.activate()
        return self._column.sizeHint().height()

    def _place(self, screen: QRect, width: int, height: int) -> QRect:
        """At the lower edge, else at the upper one, where something must stay clear."""
        left = screen.center().x() - width // 2
        low = QRect(left, screen.bottom() - EDGE_GAP_PX - height, width, height)
        high = QRect(left, screen.top() + EDGE_GAP_PX, width, height)
        places = self._keep_clear()
        for clear in (places, places[-1:]):
            for area in (low, high):
                if not any(area.intersects(place) for place in clear):
                    return area
        return low

    def _screen_area(self) -> QRect:
        if self._layered is not None:
            return self._layered.room
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded ground with an edge that is seen on any picture behind it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._masked:
            painter.fillRect(self.rect(), QColor(self._colours.edge))  # the mask is coarser than the curve
        painter.setPen(QPen(QColor(self._colours.edge), 1.5))
        painter.setBrush(QColor(self._colours.ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)
        painter.end()

    def _language_changed(self) -> None:
        if self.isVisible():
            self._fit()
        self._describe()

    def _describe(self) -> None:
        """The whole sign as one text, for screen readers."""
        parts = [self.word, self.heard, self.answer, self.trouble, self.remedy]
        self.setAccessibleDescription(" ".join(label.text() for label in parts if label.text()))


class StageIcon(QWidget):
    """An icon, painted in whatever scale the overlay is."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QIcon()
        self.setFixedSize(ICON_PX, ICON_PX)

    def show_icon(self, icon: QIcon) -> None:
        """Show another one."""
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it anew."""
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


def _window_kind() -> Qt.WindowType:
    kind = (
        Qt.WindowType.Tool
        | Qt.WindowType.FramelessWindowHint
        | Qt.WindowType.WindowStaysOnTopHint
        | Qt.WindowType.WindowDoesNotAcceptFocus
        | Qt.WindowType.WindowTransparentForInput
    )
    if sys.platform == "linux":
        kind |= Qt.WindowType.X11BypassWindowManagerHint  # no window manager gives it the focus or tiles it
    return kind


def _label(kind: str, *, wraps: bool = True) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)  # what was said is never markup
    label.setWordWrap(wraps)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label


def _window_on(label: QLabel) -> QScrollArea:
    """A view of the label that may be lower than it; nobody scrolls it but us."""
    scroll = QScrollArea()
    scroll.setWidget(label)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setStyleSheet("QScrollArea { background: transparent }")
    scroll.viewport().setAutoFillBackground(False)
    return scroll


def _rounded(area: QRect) -> QRegion:
    path = QPainterPath()
    path.addRoundedRect(QRectF(area), RADIUS_PX + 1, RADIUS_PX + 1)
    return QRegion(path.toFillPolygon().toPolygon())


def _needed(label: QLabel, width: int) -> int:
    """How high the label's words are at that width; 0 for none."""
    label.setMinimumSize(0, 0)  # of what it showed before: Qt says no less than that
    return max(0, label.heightForWidth(width)) if label.text() else 0


def _end_of(text: str, letters: int) -> str:
    """The text, or its last words after an ellipsis."""
    if len(text) <= letters:
        return text
    return "… " + text[-letters:].partition(" ")[2]

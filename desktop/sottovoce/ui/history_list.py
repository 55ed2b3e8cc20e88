"""The list of what was said: as high as its words need, measured once and a few rows at a time."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sottovoce.domain.said import said
from sottovoce.ui.moments import when
from sottovoce.ui.texts import also_when_language_changes, in_words, write
from sottovoce.ui.theme import quieter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent

    from sottovoce.ui.history_rows import HistoryRow

Index = QModelIndex | QPersistentModelIndex

PADDING_PX = 10
SLICE_S = 0.008
"""So long rows are measured before whatever else waits has its turn: a frame lasts 16 ms."""
NEAR = 1.5
"""The next page is asked for when so many windows' heights of this one are left."""


class RowModel(QAbstractListModel):
    """The rows that are held now: a window on all that there are."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: tuple[HistoryRow, ...] = ()

    def replace(self, rows: Sequence[HistoryRow]) -> None:
        """Hold other rows; those that stay are left alone."""
        rows = tuple(rows)
        first = 0
        while first < min(len(rows), len(self.rows)) and rows[first] == self.rows[first]:
            first += 1
        left = 0
        while left < min(len(rows), len(self.rows)) - first and rows[-1 - left] == self.rows[-1 - left]:
            left += 1
        self.splice(first, len(self.rows) - first - left, rows[first : len(rows) - left])

    def splice(self, first: int, count: int, rows: Sequence[HistoryRow]) -> None:
        """Put rows in place of `count` of them."""
        if count > 0:
            self.beginRemoveRows(QModelIndex(), first, first + count - 1)
            self.rows = self.rows[:first] + self.rows[first + count :]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows = self.rows[:first] + tuple(rows) + self.rows[first:]
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself for the delegate, its plain words for everybody else."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{in_words(when(row.at))}. {row.plain}"
        return row.plain if role == Qt.ItemDataRole.DisplayRole else None


class RowDelegate(QStyledItemDelegate):
    """Draws a row as wrapped rich text, as wide as the list, and remembers how high each is."""

    def __init__(self, view: QListView, model: RowModel) -> None:
        """Draw for `view`."""
        super().__init__(view)
        self._view = view
        self._model = model
        self._round = 0
        self._heights: dict[str, tuple[int, HistoryRow, int]] = {}

    def forget(self) -> None:
        """The width or the text's size has changed: all heights are guesses from now on."""
        self._round += 1

    def keep(self, rows: Sequence[HistoryRow]) -> None:
        """Forget those of other rows."""
        kept = {row.oldest for row in rows}
        self._heights = {name: height for name, height in self._heights.items() if name in kept}

    def known(self, row: HistoryRow) -> bool:
        """Whether its height is no guess."""
        held = self._heights.get(row.oldest)
        return held is not None and held[0] == self._round and held[1] == row

    def measure(self, row: HistoryRow) -> int:
        """How high it is at the list's width; worked out once."""
        if not self.known(row):
            document = self._document(row, self._view.palette(), self._view.viewport().width(), selected=False)
            height = round(document.size().height()) + 2 * PADDING_PX
            self._heights[row.oldest] = (self._round, row, height)
        return self._heights[row.oldest][2]

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need; what it was before a change, until it is measured again."""
        row = self._model.rows[index.row()]
        held = self._heights.get(row.oldest)
        return QSize(self._view.viewport().width(), held[2] if held is not None else self.measure(row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground in the style's own way, then the words."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style() if plain.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        document = self._document(self._model.rows[index.row()], option.palette, area.width(), selected=selected)
        painter.save()
        painter.translate(area.left() + PADDING_PX, area.top() + PADDING_PX)
        context = QAbstractTextDocumentLayout.PaintContext()
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        context.palette.setColor(QPalette.ColorRole.Text, option.palette.color(role))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _document(self, row: HistoryRow, palette: QPalette, width: int, *, selected: bool) -> QTextDocument:
        text = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        ground = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base)
        quiet = quieter(text, ground).name()
        body = "".join(
            f'<div style="margin-top:3px"><span style="color:{quiet}">{who}:</span> {spoken}</div>'
            for who, spoken in row.lines
        )
        document = QTextDocument()
        document.setDefaultFont(self._view.font())
        document.setDocumentMargin(0)
        document.setHtml(f'<div><small style="color:{quiet}">{in_words(when(row.at))}</small></div>{body}')
        document.setTextWidth(width - 2 * PADDING_PX)
        return document


class HistoryList(QListView):
    """Says when it comes near an end of what it holds; what changes elsewhere moves nothing under the eyes."""

    older_wanted = Signal()
    newer_wanted = Signal()
    opened = Signal(object)
    """Carries the `HistoryRow` that somebody wants to see whole."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(wordWrap=True)
        self.rows = RowModel()
        self.delegate = RowDelegate(self, self.rows)
        self.setAlternatingRowColors(True)
        write(self.setAccessibleName, said("history-newest-first"))
        also_when_language_changes(self.remeasure)
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._measure_some)
        self.verticalScrollBar().valueChanged.connect(self.look_around)
        self.activated.connect(lambda index: self.opened.emit(self.rows.rows[index.row()]))

    async def measured(self, rows: Sequence[HistoryRow]) -> None:
        """Measure them, a few at a time, before they are shown."""
        until = time.perf_counter() + SLICE_S
        for row in rows:
            self.delegate.measure(row)
            if time.perf_counter() > until:
                await asyncio.sleep(0)
                until = time.perf_counter() + SLICE_S

    @contextmanager
    def steady(self, *, at_the_top: bool = True) -> Iterator[None]:
        """Whatever happens to the rows inside: what is on the screen stays there.

        Args:
            at_the_top: Who is at the top sees what comes above, too.
        """
        bar = self.verticalScrollBar()
        top = self.indexAt(QPoint(1, 1))
        held = self.rows.rows[top.row()] if top.isValid() and (bar.value() > 0 or not at_the_top) else None
        offset = self.visualRect(top).top() if held is not None else 0
        yield
        self.doItemsLayout()
        number = next((n for n, row in enumerate(self.rows.rows) if held and row.oldest == held.oldest), None)
        if number is None:
            bar.setValue(0 if held is None else bar.value())
        else:
            bar.setValue(bar.value() + self.visualRect(self.rows.index(number)).top() - offset)

    def look_around(self) -> None:
        """Ask for more where an end comes near."""
        bar = self.verticalScrollBar()
        near = self.viewport().height() * NEAR
        if bar.maximum() - bar.value() < near:
            self.older_wanted.emit()
        if bar.value() < near:
            self.newer_wanted.emit()

    def remeasure(self) -> None:
        """Measure everything anew: what is seen at once, the rest when there is time."""
        self.delegate.forget()
        with self.steady():
            for row in self._seen():
                self.delegate.measure(row)
        self._again.start()

    def _seen(self) -> list[HistoryRow]:
        first, last = self.indexAt(QPoint(1, 1)), self.indexAt(QPoint(1, self.viewport().height() - 1))
        if not first.isValid():
            return []
        return list(self.rows.rows[first.row() : last.row() + 1 if last.isValid() else None])[:40]

    def _measure_some(self) -> None:
        until = time.perf_counter() + SLICE_S
        unknown = (row for row in self.rows.rows if not self.delegate.known(row))
        for row in unknown:
            self.delegate.measure(row)
            if time.perf_counter() > until:
                self._again.start()
                return
        with self.steady():
            pass
        self.look_around()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the rows anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.rows.rows:
            self.remeasure()

    def changeEvent(self, event: QEvent) -> None:
        """A new font changes how high the rows are."""
        super().changeEvent(event)
        if event.type() is event.Type.FontChange and hasattr(self, "delegate"):
            self.remeasure()

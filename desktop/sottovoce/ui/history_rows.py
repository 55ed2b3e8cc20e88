"""What was said, as rows of a list: one a turn, newest first."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sottovoce.domain.conversations import Found, Message, MessageState, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

Index = QModelIndex | QPersistentModelIndex

PADDING_PX = 10
UNANSWERED = "not answered yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when, and who said what."""

    at: float
    """Seconds since 1970-01-01 UTC."""
    lines: tuple[tuple[str, str], ...]
    """Who ("You", "Sottovoce") and the words as safe HTML."""
    plain: str
    """The words alone, for copying and screen readers."""


def rows_of(messages: Iterable[Message], waiting_at: float | None = None) -> tuple[Row, ...]:
    """Turns, newest first, from messages, newest first; within a turn the question stands above its answer.

    Args:
        messages: What was said.
        waiting_at: When the question was asked that still waits for its answer (`TurnUnfinished.at`).
    """
    turns: list[list[Message]] = []
    for message in reversed(tuple(messages)):
        same = turns and turns[-1][0].conversation_id == message.conversation_id
        if message.role is Role.USER or not same:
            turns.append([])
        turns[-1].append(message)
    return tuple(_turn_row(turn, waiting_at) for turn in reversed(turns))


def rows_found(found: Iterable[Found]) -> tuple[Row, ...]:
    """One row a hit, with the match in bold."""
    return tuple(
        Row(hit.message.created_at, ((_who(hit.message), marked(hit.snippet)),), hit.message.content) for hit in found
    )


def marked(snippet: str) -> str:
    """Safe HTML of a snippet whose matches stand between [ and ]."""
    return html.escape(snippet).replace("[", "<b>").replace("]", "</b>")


def _turn_row(turn: list[Message], waiting_at: float | None) -> Row:
    lines = []
    for message in turn:
        cut = " <i>(cut short)</i>" if message.state is MessageState.PARTIAL else ""
        lines.append((_who(message), html.escape(message.content).replace("\n", "<br>") + cut))
    plain = "\n".join(f"{_who(message)}: {message.content}" for message in turn)
    if len(turn) == 1 and turn[0].role is Role.USER and turn[0].created_at == waiting_at:
        lines.append(("Sottovoce", f"<i>{UNANSWERED}</i>"))
        plain += f"\n({UNANSWERED})"
    return Row(turn[0].created_at, tuple(lines), plain)


def _who(message: Message) -> str:
    return "You" if message.role is Role.USER else "Sottovoce"


class RowModel(QAbstractListModel):
    """The rows that are shown now."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def replace(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself for the delegate, its plain words for everybody else."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{when(row.at)}. {row.plain}"
        return row.plain if role == Qt.ItemDataRole.DisplayRole else None


class RowDelegate(QStyledItemDelegate):
    """Draws a row as wrapped rich text, as wide as the list."""

    def __init__(self, view: QListView) -> None:
        """Draw for `view`."""
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the list's width."""
        width = self._view.viewport().width()
        document = self._document(index, option.palette, width, selected=False)
        return QSize(width, round(document.size().height()) + 2 * PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground in the style's own way, then the words."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style() if plain.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        document = self._document(index, option.palette, area.width(), selected=selected)
        painter.save()
        painter.translate(area.left() + PADDING_PX, area.top() + PADDING_PX)
        context = QAbstractTextDocumentLayout.PaintContext()
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        context.palette.setColor(QPalette.ColorRole.Text, option.palette.color(role))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _document(self, index: Index, palette: QPalette, width: int, *, selected: bool) -> QTextDocument:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        text = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        ground = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base)
        # Seven parts text to three parts ground: quieter, and still at 4.5:1 in the usual palettes.
        quiet = _blend(text, ground).name()
        body = "".join(
            f'<div style="margin-top:3px"><span style="color:{quiet}">{who}:</span> {words}</div>'
            for who, words in row.lines
        )
        document = QTextDocument()
        document.setDefaultFont(self._view.font())
        document.setDocumentMargin(0)
        document.setHtml(f'<div><small style="color:{quiet}">{when(row.at)}</small></div>{body}')
        document.setTextWidth(width - 2 * PADDING_PX)
        return document


def _blend(text: QColor, ground: QColor) -> QColor:
    pairs = ((text.red(), ground.red()), (text.green(), ground.green()), (text.blue(), ground.blue()))
    return QColor(*((7 * over + 3 * under) // 10 for over, under in pairs))


def when(at: float) -> str:
    """Day and time as people say them: "Today 14:03", "Yesterday 09:12", "Sat 14 Nov 14:03"."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    days = moment.daysTo(QDateTime.currentDateTime())
    day = {0: "Today", 1: "Yesterday"}.get(days) or QLocale().toString(moment.date(), "ddd d MMM yyyy")
    return f"{day} {moment.toString('HH:mm')}"

"""What was said, as rows of a list: one a turn, newest first."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from sottovoce.domain.conversations import Found, Message, MessageState, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNANSWERED = "not answered yet"
PREVIEW_LETTERS = 1200
"""Of a longer message a row shows the beginning: laying out 100 kB takes longer than anybody should wait."""
GOES_ON = "… (Return shows all of it)"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when, and who said what."""

    at: float
    """Seconds since 1970-01-01 UTC."""
    lines: tuple[tuple[str, str], ...]
    """Who ("You", "Sottovoce") and the words as safe HTML."""
    plain: str
    """The words alone and whole, for copying, reading and screen readers."""
    oldest: str = ""
    """Id of its first message; tells the row from others."""
    newest: str = ""
    """Id of its last message."""
    hit: Found | None = None
    """What was found, where a search made the row."""


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
        Row(
            hit.message.created_at,
            ((_who(hit.message), marked(hit.text, hit.marks)),),
            hit.message.content,
            hit.message.id,
            hit.message.id,
            hit,
        )
        for hit in found
    )


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Safe HTML of a text with some places of it in bold."""
    pieces, at = [], 0
    for first, end in marks:
        pieces += [html.escape(text[at:first]), "<b>", html.escape(text[first:end]), "</b>"]
        at = end
    return "".join([*pieces, html.escape(text[at:])])


def whole_turns(messages: Sequence[Message], *, older: bool, newer: bool) -> tuple[Message, ...]:
    """Those of a page, newest first, whose turn is all on it; what was cut through comes with the next page.

    Args:
        messages: The page.
        older: Whether there are more below.
        newer: Whether there are more above.
    """
    first, end = 0, len(messages)
    if older and Role.USER in {message.role for message in messages}:
        while messages[end - 1].role is not Role.USER:
            end -= 1
    if newer and end > 1 and messages[0].role is Role.USER:
        first = 1
    return tuple(messages[first:end])


def _turn_row(turn: list[Message], waiting_at: float | None) -> Row:
    lines = []
    for message in turn:
        cut = " <i>(cut short)</i>" if message.state is MessageState.PARTIAL else ""
        lines.append((_who(message), _preview(message.content) + cut))
    plain = "\n".join(f"{_who(message)}: {message.content}" for message in turn)
    if len(turn) == 1 and turn[0].role is Role.USER and turn[0].created_at == waiting_at:
        lines.append(("Sottovoce", f"<i>{UNANSWERED}</i>"))
        plain += f"\n({UNANSWERED})"
    return Row(turn[0].created_at, tuple(lines), plain, turn[0].id, turn[-1].id)


def _preview(words: str) -> str:
    shown = words if len(words) <= PREVIEW_LETTERS else words[:PREVIEW_LETTERS]
    more = f" <i>{GOES_ON}</i>" if shown is not words else ""
    return html.escape(shown).replace("\n", "<br>") + more


def _who(message: Message) -> str:
    return "You" if message.role is Role.USER else "Sottovoce"


def when(at: float) -> str:
    """Day and time as people say them: "Today 14:03", "Yesterday 09:12", "Sat 14 Nov 14:03"."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    days = moment.daysTo(QDateTime.currentDateTime())
    day = {0: "Today", 1: "Yesterday"}.get(days) or QLocale().toString(moment.date(), "ddd d MMM yyyy")
    return f"{day} {moment.toString('HH:mm')}"

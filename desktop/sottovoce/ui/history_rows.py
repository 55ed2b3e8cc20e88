"""What was said, as rows of a list: one a turn, newest first."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.conversations import MessageState, Role
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sottovoce.operations.history import FoundMessage, TextMark
    from sottovoce.operations.shapes import MessageShown

    Message = MessageShown | FoundMessage

PREVIEW_LETTERS = 1200
"""Of a longer message a row shows the beginning: laying out 100 kB takes longer than anybody should wait."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """What one of the two said."""

    role: Role
    words: str
    html: str
    """The words, or the beginning of them, as safe HTML."""
    is_whole: bool = True
    """Whether the HTML has all the words."""
    is_cut_short: bool = False

    @property
    def who(self) -> str:
        """Their name: "You" or "Sottovoce"."""
        return words("history-you") if self.role is Role.USER else words("history-it")

    @property
    def rich(self) -> str:
        """The words, and what is to be known of them, as safe HTML."""
        more = "" if self.is_whole else f" <i>{words('history-goes-on')}</i>"
        cut = f" <i>{words('history-cut-short')}</i>" if self.is_cut_short else ""
        return f"{self.html}{more}{cut}"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row: when, and who said what."""

    at: float
    """Seconds since 1970-01-01 UTC."""
    spoken: tuple[SpokenLine, ...]
    oldest: str = ""
    """Id of its first message; tells the row from others."""
    newest: str = ""
    """Id of its last message."""
    hit: FoundMessage | None = None
    """What was found, where a search made the row."""
    waits: bool = False
    """Whether it is a question that still waits for its answer."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Who ("You", "Sottovoce") and the words as safe HTML."""
        lines = tuple((line.who, line.rich) for line in self.spoken)
        waits = ((words("history-it"), f"<i>{words('history-unanswered')}</i>"),) if self.waits else ()
        return lines + waits

    @property
    def plain(self) -> str:
        """The words alone and whole, for copying, reading and screen readers."""
        if self.hit is not None:
            return self.spoken[0].words
        lines = [f"{line.who}: {line.words}" for line in self.spoken]
        return "\n".join([*lines, *([f"({words('history-unanswered')})"] if self.waits else [])])


def rows_of(messages: Iterable[Message], waiting_at: float | None = None) -> tuple[HistoryRow, ...]:
    """Turns, newest first, from messages, newest first; within a turn the question stands above its answer.

    Args:
        messages: What was said.
        waiting_at: When the question was asked that still waits for its answer (`TurnUnfinished.at`).
    """
    turns: list[list[Message]] = []
    for message in reversed(tuple(messages)):
        same = turns and turns[-1][0].conversation == message.conversation
        if message.role is Role.USER or not same:
            turns.append([])
        turns[-1].append(message)
    return tuple(_turn_row(turn, waiting_at) for turn in reversed(turns))


def rows_found(found: Iterable[FoundMessage]) -> tuple[HistoryRow, ...]:
    """One row a hit, with the match in bold."""
    return tuple(
        HistoryRow(
            hit.created_at,
            (SpokenLine(hit.role, hit.content, marked(hit.text, hit.marks)),),
            hit.id,
            hit.id,
            hit,
        )
        for hit in found
    )


def marked(text: str, marks: Sequence[TextMark]) -> str:
    """Safe HTML of a text with some places of it in bold."""
    pieces, at = [], 0
    for mark in marks:
        pieces += [html.escape(text[at : mark.first]), "<b>", html.escape(text[mark.first : mark.end]), "</b>"]
        at = mark.end
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


def _turn_row(turn: list[Message], waiting_at: float | None) -> HistoryRow:
    waits = len(turn) == 1 and turn[0].role is Role.USER and turn[0].created_at == waiting_at
    return HistoryRow(turn[0].created_at, tuple(map(_line, turn)), turn[0].id, turn[-1].id, waits=waits)


def _line(message: Message) -> SpokenLine:
    shown = message.content[:PREVIEW_LETTERS]
    return SpokenLine(
        message.role,
        message.content,
        html.escape(shown).replace("\n", "<br>"),
        is_whole=len(shown) == len(message.content),
        is_cut_short=message.state is MessageState.PARTIAL,
    )

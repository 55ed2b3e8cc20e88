"""Which part of the history is held: a window on it that follows the eye, and never holds more than it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.operations.history import ReadPage, SearchHistory
from sottovoce.ui.history_rows import HistoryRow, rows_found, rows_of, whole_turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.operations.history import FoundMessage
    from sottovoce.operations.shapes import MessageShown
    from sottovoce.ui.history_list import HistoryList
    from sottovoce.ui.ports import Actions

PAGE = 100
"""Messages read at a time; some 50 turns."""
MOST_ROWS = 400
"""Rows held at a time: Qt's list asks for all of their heights whenever one comes or goes, 10 µs each."""
MOST_HITS = 1000
"""Hits of a search that are shown; who looks for more had better name another word."""


class Pages:
    """Fills the list with the history, one conversation, or the hits of a search, page by page."""

    def __init__(self, actions: Actions, view: HistoryList, waiting_at: Callable[[], float | None]) -> None:
        """Hold nothing yet.

        Args:
            actions: Where the pages come from.
            view: What they are shown in.
            waiting_at: When the question was asked that still waits for its answer.
        """
        self._actions = actions
        self._view = view
        self._waiting_at = waiting_at
        self.text = ""
        """What is searched for; "" for the history or a conversation."""
        self.conversation: str | None = None
        self._older = self._newer = False
        self._turn = 0
        self._fetching = False
        self._searched = ""
        self._hits = PAGE

    async def show_newest(self, *, keep: bool) -> bool:
        """Hold the newest page; with `keep` what is held below it stays, and whoever reads further down is left alone.

        Returns:
            Whether it is shown: False if something else was asked for meanwhile.
        """
        keep = keep and not self.text and self.conversation is None
        if keep and self._newer:
            return True
        turn = self._begin("", None)
        messages = await self._page(ReadPage(limit=PAGE))
        rows = self._rows(messages, full=len(messages) >= PAGE)
        below = self._below(rows) if keep else ()
        await self._view.measured(rows)
        if turn != self._turn:
            return False
        if not below:
            self._older = len(messages) >= PAGE
        self._newer = False
        self._hold(rows + below)
        return True

    async def show_hits(self, text: str) -> bool:
        """Hold what a search finds; returns as `show_newest`."""
        turn = self._begin(text, None)
        self._hits = PAGE if text != self._searched else self._hits
        self._searched = text
        found = (await self._actions.ask(SearchHistory(text=text, limit=self._hits))).found
        rows = rows_found(found)
        await self._view.measured(rows)
        if turn != self._turn:
            return False
        self._older, self._newer = len(found) >= self._hits < MOST_HITS, False
        self._hold(rows)
        return True

    async def show_around(self, hit: FoundMessage) -> HistoryRow | None:
        """Hold the conversation of a hit, the hit in the middle; the row it is in, or None as `show_newest`."""
        asked = ReadPage(limit=PAGE // 2, conversation=hit.conversation)
        turn = self._begin("", hit.conversation)
        newer = await self._page(asked.but(newer_than=hit.id))
        older = await self._page(asked.but(older_than=hit.id))
        up, down = len(newer) >= asked.limit, len(older) >= asked.limit
        rows = rows_of(whole_turns((*newer, hit, *older), older=down, newer=up), self._waiting_at())
        await self._view.measured(rows)
        if turn != self._turn:
            return None
        self._older, self._newer = down, up
        self._hold(rows)
        ends = (row for row in rows if hit.id in {row.oldest, row.newest})
        return next(ends, None) or next((row for row in rows if hit.content in row.plain), None)

    def wants(self, *, older: bool) -> bool:
        """Whether there is a page below or above that nobody fetches yet."""
        return not self._fetching and bool(self._view.rows.rows) and (self._older if older else self._newer)

    async def fetch(self, *, older: bool) -> None:
        """Hold the next page below or above as well, if there is one."""
        if not self.wants(older=older):
            return
        rows = self._view.rows.rows
        self._fetching = True
        try:
            await (self._fetch_hits() if self.text else self._fetch(rows, older=older))
        finally:
            self._fetching = False

    async def _fetch_hits(self) -> None:
        self._hits = min(self._hits + PAGE, MOST_HITS)
        await self.show_hits(self.text)

    async def _fetch(self, rows: tuple[HistoryRow, ...], *, older: bool) -> None:
        turn = self._turn
        asked = ReadPage(limit=PAGE, conversation=self.conversation)
        ahead = asked.but(older_than=rows[-1].oldest) if older else asked.but(newer_than=rows[0].newest)
        page = await self._page(ahead)
        full = len(page) >= PAGE
        added = rows_of(whole_turns(page, older=older and full, newer=not older and full), self._waiting_at())
        known = {row.oldest for row in rows}
        added = tuple(row for row in added if row.oldest not in known)
        await self._view.measured(added)
        if turn != self._turn or rows is not self._view.rows.rows:
            return
        over = max(0, len(rows) + len(added) - MOST_ROWS)
        model = self._view.rows
        with self._view.steady(at_the_top=False):
            if older:
                self._older, self._newer = full, self._newer or over > 0
                model.splice(len(rows), 0, added)
                model.splice(0, over, ())
            else:
                self._newer, self._older = full, self._older or over > 0
                model.splice(0, 0, added)
                model.splice(len(model.rows) - over, over, ())
        self._view.delegate.keep(model.rows)

    async def _page(self, asked: ReadPage) -> tuple[MessageShown, ...]:
        return (await self._actions.ask(asked)).messages

    def _begin(self, text: str, conversation: str | None) -> int:
        self._turn += 1
        self.text, self.conversation = text, conversation
        return self._turn

    def _rows(self, messages: tuple[MessageShown, ...], *, full: bool) -> tuple[HistoryRow, ...]:
        return rows_of(whole_turns(messages, older=full, newer=False), self._waiting_at())

    def _below(self, rows: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
        """What is held now and follows these rows."""
        held = self._view.rows.rows
        if not rows:
            return ()
        number = next((number for number, row in enumerate(held) if row.oldest == rows[-1].oldest), None)
        return () if number is None else held[number + 1 :]

    def _hold(self, rows: tuple[HistoryRow, ...]) -> None:
        with self._view.steady():
            self._view.rows.replace(rows)
        self._view.delegate.keep(rows)

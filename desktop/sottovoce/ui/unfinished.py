"""A question that a crash left without an answer, offered in the menu, the window and the overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sottovoce.domain.said import said

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnUnfinished
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks

QUESTION = said("overlay-unfinished")
HOW = said("overlay-unfinished-how")


class UnfinishedOffer(QObject):
    """The question offered now. Answering or dismissing it ends the offer; the application may then offer another."""

    changed = Signal(object)
    """Carries the `TurnUnfinished` that is offered from now on, or None."""

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self.offered: TurnUnfinished | None = None

    def offer(self, turn: TurnUnfinished) -> None:
        """Offer this one."""
        self._show(turn)

    def answer(self) -> None:
        """Have it answered aloud."""
        self._settle(answer=True)

    def dismiss(self) -> None:
        """Leave it without an answer for good."""
        self._settle(answer=False)

    def _settle(self, *, answer: bool) -> None:
        if self.offered is not None:
            self._show(None)
            self._tasks.start(self._ask(answer=answer))

    async def _ask(self, *, answer: bool) -> None:
        from sottovoce.operations.history import SettleOffered  # noqa: PLC0415 - the icon comes first

        await self._actions.ask(SettleOffered(answer=answer))

    def _show(self, turn: TurnUnfinished | None) -> None:
        self.offered = turn
        self.changed.emit(turn)

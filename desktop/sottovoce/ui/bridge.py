"""The one place where turn events become a Qt signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnEvent


class Bridge(QObject):
    """Give `publish` to the conversation; widgets connect to `happened`."""

    happened = Signal(object)
    """Carries a frozen `TurnEvent`."""

    def publish(self, event: TurnEvent) -> None:
        """Pass one event on to every widget, before returning. Call it on the event loop's thread."""
        self.happened.emit(event)

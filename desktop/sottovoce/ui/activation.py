"""The application under its name on the session's bus (Linux): who calls for it there is shown what a second start is.

Interface org.freedesktop.Application of the Desktop Entry Specification. Nothing but the call's success is returned.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import ClassInfo, QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection

log = logging.getLogger(__name__)

BUS_NAME: Final = "org.sottovoce.Sottovoce"
"""The application's id, for which packages lay down a service file."""
PATH: Final = "/org/sottovoce/Sottovoce"
"""The name as a path, as the specification wants it."""

ACTIONS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "talk": ("toggle", {}),
    "history": ("show", {"window": "history"}),
    "settings": ("show", {"window": "settings"}),
}
"""The actions of the desktop entry, as requests of the socket."""


class Activation(QObject):
    """Has the name until it is closed."""

    def __init__(self, ask: Callable[[str, dict[str, Any]], None]) -> None:
        """Ask for nothing yet; `ask` gets a request of the socket, and its arguments, for each call."""
        super().__init__()
        self._ask = ask
        self._open = False

    def open(self) -> bool:
        """Take the name; False where there is no bus, or another program has it. Idempotent."""
        if sys.platform != "linux" or self._open:
            return self._open
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        # The object first: calls that have waited for the name come with it.
        bus.registerObject(PATH, self, QDBusConnection.RegisterOption.ExportAllSlots)
        self._open = bus.registerService(BUS_NAME)
        if not self._open:
            bus.unregisterObject(PATH)
            log.info("the name on the session's bus is another program's")
        return self._open

    def close(self) -> None:
        """Give the name back. Idempotent."""
        if sys.platform == "linux" and self._open:
            self._open = False
            bus = QDBusConnection.sessionBus()
            bus.unregisterService(BUS_NAME)
            bus.unregisterObject(PATH)

    @Slot("QVariantMap")
    def Activate(self, _platform: dict[str, Any]) -> None:
        """Show what a second start shows."""
        self._ask("show", {})

    @Slot("QStringList", "QVariantMap")
    def Open(self, _uris: list[str], _platform: dict[str, Any]) -> None:
        """Show the same: it opens no files."""
        self._ask("show", {})

    @Slot(str, "QVariantList", "QVariantMap")
    def ActivateAction(self, name: str, _values: list[Any], _platform: dict[str, Any]) -> None:
        """Do what an action of the desktop entry does; nothing if there is no such action."""
        if name in ACTIONS:
            self._ask(*ACTIONS[name])


# A decorator that PySide's stub takes for something that can't be called.
cast("Any", ClassInfo)({"D-Bus Interface": "org.freedesktop.Application"})(Activation)

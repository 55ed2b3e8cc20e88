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
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

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


_DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_EVER_MS = 2**31 - 1


class Activation(QObject):
    """Has the name until it is closed, as soon as the bus gives it: nothing waits for a bus that hangs."""

    def __init__(self, ask: Callable[[str, dict[str, Any]], None]) -> None:
        """Ask for nothing yet; `ask` gets a request of the socket, and its arguments, for each call."""
        super().__init__()
        self._ask = ask
        self._open = False

    def open(self) -> None:
        """Ask for the name, where there is a bus; the log tells if another program has it. Idempotent."""
        if sys.platform != "linux" or self._open:
            return
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        self._open = True
        # Qt asks for a name and waits (its numbers are signed, which the bus does not take): only of one that answers.
        whose = QDBusMessage.createMethodCall(*_DAEMON, "NameHasOwner")
        whose.setArguments([BUS_NAME])
        self._asked = QDBusPendingCallWatcher(bus.asyncCall(whose, _EVER_MS), self)
        self._asked.finished.connect(self._bus_answers)

    def _bus_answers(self, asked: QDBusPendingCallWatcher) -> None:
        if not self._open or asked.isError():
            return
        bus = QDBusConnection.sessionBus()
        # The object first: calls that have waited for the name come with it.
        bus.registerObject(PATH, self, QDBusConnection.RegisterOption.ExportAllSlots)
        if bus.registerService(BUS_NAME):
            return
        bus.unregisterObject(PATH)
        who = QDBusMessage.createMethodCall(BUS_NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect")
        self._asked = QDBusPendingCallWatcher(bus.asyncCall(who), self)
        self._asked.finished.connect(_tell_whose)

    def close(self) -> None:
        """Give the name back. Idempotent."""
        if sys.platform == "linux" and self._open:
            self._open = False
            bus = QDBusConnection.sessionBus()
            returns = QDBusMessage.createMethodCall(*_DAEMON, "ReleaseName")
            returns.setArguments([BUS_NAME])
            bus.send(returns)  # Qt's own way waits for the answer
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


def _tell_whose(asked: QDBusPendingCallWatcher) -> None:
    """Another home's application answers as we do; whatever else has the name does not."""
    if "ActivateAction" in str(asked.reply().arguments()):
        log.info("the name on the session's bus is another Sottovoce's")
    else:
        log.warning("the name on the session's bus is another program's: calls for it there do not reach this one")


# A decorator that PySide's stub takes for something that can't be called.
cast("Any", ClassInfo)({"D-Bus Interface": "org.freedesktop.Application"})(Activation)

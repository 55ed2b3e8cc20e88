"""Whether the screen is locked or the machine goes to sleep, as the desktop tells it (Linux, over D-Bus)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusPendingCallWatcher

_SAVERS = tuple(
    (f"org.{desktop}.ScreenSaver", f"/org/{desktop}/ScreenSaver")
    for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
_LOGIND = "org.freedesktop.login1"
_LOGIND_PATH = "/org/freedesktop/login1"
_ANSWER_MS = 500


def _slot(signature: str) -> bytes:
    return cast("bytes", SLOT(signature))  # a str, which the call wants; PySide's stub says otherwise


class SessionLock(QObject):
    """Reports when nobody is at the screen, and when somebody is again."""

    def __init__(self, on_change: Callable[[bool], None]) -> None:
        """Call `on_change` (True: locked, or going to sleep); it is taken for unlocked now."""
        super().__init__()
        self._on_change = on_change
        self._reasons: set[str] = set()
        if sys.platform == "linux":
            self._listen()

    def _listen(self) -> None:
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        for interface, path in _SAVERS:
            session.connect("", path, interface, "ActiveChanged", self, _slot("saver_changed(bool)"))
        if not system.isConnected():
            return
        system.connect(
            _LOGIND, _LOGIND_PATH, f"{_LOGIND}.Manager", "PrepareForSleep", self, _slot("sleep_changed(bool)")
        )
        asks = QDBusMessage.createMethodCall(_LOGIND, _LOGIND_PATH, f"{_LOGIND}.Manager", "GetSession")
        asks.setArguments(["auto"])  # a user service's is the one that is seen; by number is no way: Qt's are signed
        self._asked = QDBusPendingCallWatcher(system.asyncCall(asks, _ANSWER_MS), self)
        self._asked.finished.connect(self._session_known)

    def _session_known(self, asked: QDBusPendingCallWatcher) -> None:
        """Logind has said which session is ours, or says nothing; it is not waited for, since it may hang."""
        found = asked.reply().arguments()
        if found and isinstance(found[0], QDBusObjectPath):
            system, own = QDBusConnection.systemBus(), found[0].path()
            system.connect(_LOGIND, own, f"{_LOGIND}.Session", "Lock", self, _slot("locked()"))
            system.connect(_LOGIND, own, f"{_LOGIND}.Session", "Unlock", self, _slot("unlocked()"))

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:  # noqa: FBT001 - Qt's form
        """The screen saver, which locks, came or went."""
        self._note("saver", active)

    @Slot(bool)
    def sleep_changed(self, sleeps: bool) -> None:  # noqa: FBT001 - as above
        """The machine is going to sleep, or has woken."""
        self._note("sleep", sleeps)

    @Slot()
    def locked(self) -> None:
        """The session is being locked."""
        self._note("session", True)  # noqa: FBT003 - the value is the news

    @Slot()
    def unlocked(self) -> None:
        """The session has been unlocked, by whatever had locked it."""
        self._reasons.discard("saver")
        self._note("session", False)  # noqa: FBT003 - as above

    def _note(self, reason: str, active: bool) -> None:  # noqa: FBT001 - as above
        before = bool(self._reasons)
        if active:
            self._reasons.add(reason)
        else:
            self._reasons.discard(reason)
            if reason == "saver":  # who unlocks the screen has unlocked the session, whoever says so first
                self._reasons.discard("session")
        if bool(self._reasons) != before:
            self._on_change(not before)

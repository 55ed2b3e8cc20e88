"""The icon in the tray: what the assistant is doing, and the way to everything else.

A click on it opens the window, a middle click talks: a microphone must not open because someone wondered what the icon
is.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from sottovoce.domain.stages import Stage, StageChanged
from sottovoce.ui.theme import WORDS, marked_icon, stage_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.turns import TurnEvent, TurnUnfinished
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.unfinished import Unfinished

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

WATCHER = "org.kde.StatusNotifierWatcher"
"""Who owns this name on the session bus shows StatusNotifier items."""

TRAY_PATIENCE_S = 5.0
"""Seconds a tray may come later than we do (a session starts its programs all at once)."""

KEEPS_SOUND = "The microphone is open: its last 0.3 seconds are kept in memory"

BUSY = frozenset({Stage.LISTENING, Stage.THINKING, Stage.SPEAKING})
"""Stages in which there is something to stop."""


MENU_LETTERS = 40
"""Of a longer question the menu shows the beginning."""


class TrayMenu(QMenu):
    """Talk, stop, the windows, quit; what can't be done at this stage is greyed out.

    A question without an answer stands above all.
    """

    window_asked = Signal()
    settings_asked = Signal()
    about_asked = Signal()
    recovery_asked = Signal()

    def __init__(self, actions: Actions, unfinished: Unfinished) -> None:
        """Build the menu; it starts at `Stage.READY`."""
        super().__init__("Sottovoce")
        self._actions = actions
        self.answer = self._entry("", unfinished.answer)
        self.forget = self._entry("&Forget it", unfinished.dismiss)
        self._below = self.addSeparator()
        unfinished.changed.connect(self.show_unfinished)
        self.reading, self.trouble = self.addAction(""), self.addAction("")
        for entry in (self.reading, self.trouble):
            entry.setEnabled(False)
            entry.setVisible(False)
        self.talk = self._entry("&Talk", actions.toggle)
        self.stop = self._entry("&Stop", actions.cancel)
        self.recovery = self._entry("&Recovery code…", self.recovery_asked.emit)
        self.recovery.setVisible(False)
        self.addSeparator()
        self.history = self._entry("&History…", self.window_asked.emit)
        self.settings = self._entry("S&ettings…", self.settings_asked.emit)
        self.about = self._entry("A&bout Sottovoce", self.about_asked.emit)
        self.addSeparator()
        self.quit = self._entry("&Quit", actions.quit)
        self.show_unfinished(unfinished.offered)
        self.show_reading("")
        self.show_stage(Stage.READY)

    def show_unfinished(self, turn: TurnUnfinished | None) -> None:
        """Offer to answer it; None for nothing."""
        if turn is not None:
            text = " ".join(turn.text.split())
            shown = text if len(text) <= MENU_LETTERS else f"{text[:MENU_LETTERS].rstrip()}…"
            self.answer.setText(f"&Answer: “{shown.replace('&', '&&')}”")
        for entry in (self.answer, self.forget, self._below):
            entry.setVisible(turn is not None)

    def show_reading(self, words: str) -> None:
        """Tell how far the user's files have been read; nothing where they all are."""
        self.reading.setText(words)
        self.reading.setVisible(bool(words))

    def show_recovery(self, *, pending: bool) -> None:
        """Lead to a recovery code that nobody has shown to have yet."""
        self.recovery.setVisible(pending)

    def show_stage(self, stage: Stage, trouble: SottovoceError | None = None) -> None:
        """Offer what can be done now, and name what is wrong."""
        self.trouble.setText(trouble.sentence.replace("&", "&&") if trouble is not None else "")
        self.trouble.setVisible(trouble is not None)
        key = self._actions.settings().hotkey
        self.talk.setText("F&inish talking" if stage is Stage.LISTENING else f"&Talk ({key})" if key else "&Talk")
        self.stop.setEnabled(stage in BUSY)

    def _entry(self, text: str, slot: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked: slot())
        return action


def reading_words(progress: KnowledgeProgress) -> str:
    """How far the user's files have been read; empty where they all are."""
    if not progress.working or progress.done >= progress.total:
        return ""
    return f"Reading your files: {progress.done:,} of {progress.total:,}"


def erasing_words(progress: ErasingProgress) -> str:
    """How far the files of what was erased are written anew; empty when they are."""
    if progress.done_bytes >= progress.total_bytes:
        return ""
    share = f"Erasing from the files: {100 * progress.done_bytes // progress.total_bytes} %"
    return f"{share}, about {math.ceil(progress.left_s)} s left" if progress.left_s >= 1 else share


class Tray(QObject):
    """One icon, made anew when a tray of the other kind appears."""

    came = Signal()
    """A tray appeared after the icon was made."""
    missing = Signal()
    """No tray came within the patience; emitted at most once."""

    def __init__(self, actions: Actions, menu: TrayMenu) -> None:
        """Show the icon as soon as there is a tray to show it in."""
        super().__init__()
        self._actions = actions
        self._menu = menu
        self._stage = Stage.READY
        self._trouble: SottovoceError | None = None
        self._keeps_sound = False
        self._reading = ""
        self._erasing = ""
        self._work = ""
        self.icon = self._shown()
        # Qt decides when an icon is made whether it speaks StatusNotifier or XEmbed, and never again.
        if sys.platform == "linux":
            self._watcher = QDBusServiceWatcher(
                WATCHER, QDBusConnection.sessionBus(), QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
            )
            self._watcher.serviceRegistered.connect(self.renew)
        self._patience = QTimer(self, singleShot=True, interval=round(TRAY_PATIENCE_S * 1000))
        self._patience.timeout.connect(self._give_up)
        self._patience.start()

    def hear(self, event: TurnEvent) -> None:
        """Follow the stage."""
        if isinstance(event, StageChanged):
            self._stage, self._trouble = event.stage, event.trouble
            self._menu.show_stage(event.stage, event.trouble)
            self._dress(self.icon)

    def show_preroll(self, keeps: bool) -> None:  # noqa: FBT001 - it is what is told
        """Mark the icon while sound is being kept from before a press."""
        self._keeps_sound = keeps
        self._dress(self.icon)

    def show_progress(self, progress: KnowledgeProgress) -> None:
        """Tell in menu and tooltip how far the user's files have been read."""
        self._reading = reading_words(progress)
        self._show_work()

    def show_erasing(self, progress: ErasingProgress) -> None:
        """Tell in menu and tooltip how far what was erased has left the files."""
        self._erasing = erasing_words(progress)
        self._show_work()

    def _show_work(self) -> None:
        work = ". ".join(filter(None, [self._erasing, self._reading]))
        if self._work != work:
            self._work = work
            self._menu.show_reading(work)
            self._dress(self.icon)

    def renew(self) -> None:
        """Make the icon again, for the kind of tray that is there now."""
        former = self.icon
        self.icon = self._shown()
        former.hide()
        former.deleteLater()
        self.came.emit()

    def close(self) -> None:
        """Take the icon away."""
        self._patience.stop()
        if sys.platform == "linux":
            self._watcher.serviceRegistered.disconnect(self.renew)
        self.icon.hide()

    def _shown(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        self._dress(icon)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self._activated)
        icon.show()
        return icon

    def _dress(self, icon: QSystemTrayIcon) -> None:
        icon.setIcon(marked_icon(self._stage) if self._keeps_sound else stage_icon(self._stage))
        more = (KEEPS_SOUND if self._keeps_sound else "", self._work)
        said = self._trouble.sentence if self._trouble is not None else WORDS[self._stage]
        icon.setToolTip(f"Sottovoce: {said}" + "".join(f"\n{line}" for line in more if line))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._menu.window_asked.emit()
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._actions.toggle()

    def _give_up(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self.missing.emit()

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

from sottovoce.domain.hotkeys import shown_key
from sottovoce.domain.said import said
from sottovoce.domain.stages import Stage, StageChanged
from sottovoce.language import words
from sottovoce.ui.texts import also_when_language_changes, in_words, write
from sottovoce.ui.theme import STAGES, marked_icon, stage_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.said import Said
    from sottovoce.domain.turns import TurnEvent, TurnUnfinished
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.texts import Text
    from sottovoce.ui.unfinished import UnfinishedOffer

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

WATCHER = "org.kde.StatusNotifierWatcher"
"""Who owns this name on the session bus shows StatusNotifier items."""

TRAY_PATIENCE_S = 5.0
"""Seconds a tray may come later than we do (a session starts its programs all at once)."""

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
    diagnostics_asked = Signal()
    recovery_asked = Signal()

    def __init__(self, actions: Actions, unfinished: UnfinishedOffer) -> None:
        """Build the menu; it starts at `Stage.READY`."""
        super().__init__("Sottovoce")
        self._actions = actions
        self._trouble: SottovoceError | None = None
        self.answer = self._entry("", unfinished.answer)
        self.forget = self._entry(said("tray-forget"), unfinished.dismiss)
        self._below = self.addSeparator()
        unfinished.changed.connect(self.show_unfinished)
        self.reading, self.trouble = self.addAction(""), self.addAction("")
        for entry in (self.reading, self.trouble):
            entry.setEnabled(False)
            entry.setVisible(False)
        self.talk = self._entry(said("tray-talk"), actions.toggle)
        self.stop = self._entry(said("tray-stop"), actions.cancel)
        self.recovery = self._entry(said("tray-recovery"), self.recovery_asked.emit)
        self.recovery.setVisible(False)
        self.addSeparator()
        self.history = self._entry(said("tray-history"), self.window_asked.emit)
        self.settings = self._entry(said("tray-settings"), self.settings_asked.emit)
        self.diagnostics = self._entry(said("tray-diagnostics"), self.diagnostics_asked.emit)
        self.about = self._entry(said("tray-about"), self.about_asked.emit)
        self.addSeparator()
        self.quit = self._entry(said("tray-quit"), actions.quit)
        self.show_unfinished(unfinished.offered)
        self.show_reading("")
        self.show_stage(Stage.READY)
        also_when_language_changes(self._show_trouble)

    def show_unfinished(self, turn: TurnUnfinished | None) -> None:
        """Offer to answer it; None for nothing."""
        if turn is not None:
            text = " ".join(turn.text.split())
            shown = text if len(text) <= MENU_LETTERS else f"{text[:MENU_LETTERS].rstrip()}…"
            write(self.answer.setText, said("tray-answer", question=shown.replace("&", "&&")))
        for entry in (self.answer, self.forget, self._below):
            entry.setVisible(turn is not None)

    def show_reading(self, text: Text) -> None:
        """Show how far the user's files have been read; nothing where they all are."""
        write(self.reading.setText, text)
        self.reading.setVisible(bool(text))

    def show_recovery(self, *, pending: bool) -> None:
        """Lead to a recovery code that nobody has shown to have yet."""
        self.recovery.setVisible(pending)

    def show_stage(self, stage: Stage, trouble: SottovoceError | None = None) -> None:
        """Offer what can be done now, and name what is wrong."""
        self._trouble = trouble
        self._show_trouble()
        key = self._actions.named_key()
        ready = said("tray-talk-key", key=shown_key(key)) if key else said("tray-talk")
        write(self.talk.setText, said("tray-finish") if stage is Stage.LISTENING else ready)
        self.stop.setEnabled(stage in BUSY)

    def _show_trouble(self) -> None:
        self.trouble.setText(self._trouble.sentence.replace("&", "&&") if self._trouble is not None else "")
        self.trouble.setVisible(self._trouble is not None)

    def _entry(self, text: Text, slot: Callable[[], object]) -> QAction:
        action = self.addAction("")
        write(action.setText, text)
        action.triggered.connect(lambda _checked: slot())
        return action


def reading_words(progress: KnowledgeProgress) -> Said | None:
    """How far the user's files have been read; None where they all are."""
    if not progress.working or progress.done >= progress.total:
        return None
    return said("tray-reading", done=f"{progress.done:,}", total=f"{progress.total:,}")


def erasing_words(progress: ErasingProgress) -> Said | None:
    """How far the files of what was erased are written anew; None when they are."""
    if progress.done_bytes >= progress.total_bytes:
        return None
    percent = 100 * progress.done_bytes // progress.total_bytes
    if progress.left_s >= 1:
        return said("tray-erasing-left", percent=percent, left=math.ceil(progress.left_s))
    return said("tray-erasing", percent=percent)


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
        self._dictates = False
        self._reading: Said | None = None
        self._erasing: Said | None = None
        self._work: Text = ""
        self.icon = self._shown()
        also_when_language_changes(self._dress_anew)
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

    def show_preroll(self, keeps: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Mark the icon while sound is being kept from before a press."""
        self._keeps_sound = keeps
        self._dress(self.icon)

    def show_dictation(self, on: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Mark the icon while what is said is typed into other windows."""
        self._dictates = on
        self._dress(self.icon)

    def show_progress(self, progress: KnowledgeProgress) -> None:
        """Show in menu and tooltip how far the user's files have been read."""
        self._reading = reading_words(progress)
        self._show_work()

    def show_erasing(self, progress: ErasingProgress) -> None:
        """Show in menu and tooltip how far what was erased has left the files."""
        self._erasing = erasing_words(progress)
        self._show_work()

    def _show_work(self) -> None:
        work: Text = self._erasing or self._reading or ""
        if self._erasing and self._reading:
            work = said("tray-works", erasing=self._erasing, reading=self._reading)
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
        marked = self._keeps_sound or self._dictates
        icon.setIcon(marked_icon(self._stage) if marked else stage_icon(self._stage))
        keeps, dictates = words("tray-keeps-sound"), words("tray-dictates")
        more = (dictates if self._dictates else "", keeps if self._keeps_sound else "", in_words(self._work))
        state = self._trouble.sentence if self._trouble is not None else STAGES[self._stage]
        icon.setToolTip("\n".join([words("tray-tip", state=state), *filter(None, more)]))

    def _dress_anew(self) -> None:
        self._dress(self.icon)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._menu.window_asked.emit()
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._actions.toggle()

    def _give_up(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self.missing.emit()

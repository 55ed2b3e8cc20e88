"""The whole interface as one part: opened, told of turns, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from sottovoce.adapters.screen import OverlayPlace, has_layer, is_wayland, overlay_place
from sottovoce.adapters.wayland.sway import comes_without_keyboard
from sottovoce.domain.stages import Stage, StageChanged, TurnFailed, TurnUnfinished
from sottovoce.talk.first_sound import FirstSound
from sottovoce.ui.bridge import Bridge
from sottovoce.ui.fitting import bring_up, show_quietly
from sottovoce.ui.secret_clipboard import SecretClipboard
from sottovoce.ui.tasks import Tasks
from sottovoce.ui.texts import also_when_language_changes
from sottovoce.ui.theme import app_icon
from sottovoce.ui.tray import Tray, TrayMenu
from sottovoce.ui.unfinished import UnfinishedOffer

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import AppLocked, SottovoceError
    from sottovoce.domain.speech_models import Progress as ModelProgress
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.ui.about_window import AboutWindow
    from sottovoce.ui.diagnostics_window import DiagnosticsWindow
    from sottovoce.ui.history_window import HistoryWindow
    from sottovoce.ui.overlay import Overlay
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.recovery_window import RecoveryWindow
    from sottovoce.ui.settings_window import SettingsWindow
    from sottovoce.ui.turn_notices import TurnNotices
    from sottovoce.ui.welcome_window import WelcomeWindow


class Interface(QObject):
    """Tray, overlay and windows over one set of actions. Lives on the event loop's thread."""

    def __init__(self, actions: Actions, *, started: bool = True) -> None:
        """Show the tray icon; the windows are loaded and come when they are asked for.

        Args:
            actions: What can be asked of the application.
            started: Whether it is there already; else windows that are asked for wait for `begin`.
        """
        super().__init__()
        self._actions = actions
        self._started = started
        self._wanted: list[Callable[[], None]] = []
        self.on_wanted: Callable[[], None] = lambda: None
        """Called when somebody asks for a window before the application is there."""
        self._overlay: Overlay | None = None
        self._notices: TurnNotices | None = None
        self._layers: bool | None = None  # not asked yet
        self._closed = False
        self._latest_stage: StageChanged | None = None
        self._windows: list[QWidget] = []
        self.tasks = Tasks(self.tell_error)
        self.bridge = Bridge()
        self.unfinished = UnfinishedOffer(actions, self.tasks)
        self.clipboard = SecretClipboard()
        self.menu = TrayMenu(actions, self.unfinished)
        self.menu.window_asked.connect(self.show_window)
        self.menu.settings_asked.connect(self.show_settings)
        self.menu.about_asked.connect(self.show_about)
        self.menu.diagnostics_asked.connect(self.show_diagnostics)
        self.menu.recovery_asked.connect(self.show_recovery_again)
        self.tray = Tray(actions, self.menu)
        self.tray.missing.connect(self._show_without_tray)
        self.tray.came.connect(self._tray_came)
        self.history: HistoryWindow | None = None
        self.settings: SettingsWindow | None = None
        self.about: AboutWindow | None = None
        self.diagnostics: DiagnosticsWindow | None = None
        self.recovery: RecoveryWindow | None = None
        self.welcome: WelcomeWindow | None = None
        self.unfinished.changed.connect(self._unfinished_changed)
        self.bridge.happened.connect(self._remember)
        self.bridge.happened.connect(self.tray.hear)
        self._first_sound = FirstSound(self._show)
        self.bridge.happened.connect(self._first_sound.hear)
        also_when_language_changes(self.show_settings_in_force)

    def _show(self, event: TurnEvent) -> None:
        if self._place() is OverlayPlace.NOTICE:
            self.notices.hear(event)
        else:
            self.overlay.hear(event)

    def _place(self) -> OverlayPlace:
        """Where turns are shown now."""
        platform = QGuiApplication.platformName()
        return overlay_place(platform, self._actions.settings().overlay, layers=self._has_layers())

    def _has_layers(self) -> bool:
        if self._layers is None:
            self._layers = is_wayland(QGuiApplication.platformName()) and has_layer()
        return self._layers

    def begin(self) -> None:
        """The application is there: what was asked for meanwhile is done."""
        QApplication.setWindowIcon(app_icon())
        self._started = True
        self._has_layers()  # which a first press does not wait for
        wanted, self._wanted = self._wanted, []
        for act in wanted:
            act()
        self._settings_changed()

    def _when_started(self, act: Callable[[], None]) -> bool:
        """Whether it can be done; else it is done as soon as it can."""
        if not self._started:
            self._wanted = [*self._wanted, act]
            if act != self._show_without_tray:  # which nobody has asked for
                self.on_wanted()
        return self._started

    @property
    def overlay(self) -> Overlay:
        """The sign at the edge of the screen; made when something is first told."""
        if self._overlay is None:
            from sottovoce.ui.overlay import Overlay  # noqa: PLC0415 - the icon does not wait for it

            self._overlay = Overlay(self._actions, layered=self._place() is OverlayPlace.LAYER)
            self._overlay.keep_clear(self._to_stay_clear)
        return self._overlay

    @property
    def notices(self) -> TurnNotices:
        """What tells turns where there is no overlay; made when something is first told."""
        if self._notices is None:
            from sottovoce.ui.turn_notices import TurnNotices  # noqa: PLC0415 - hardly ever needed

            self._notices = TurnNotices(self._actions)
        return self._notices

    def hear(self, event: TurnEvent) -> None:
        """Show one event everywhere."""
        self.bridge.publish(event)

    def show_notice(self, title: str, text: str) -> None:
        """Show a notice at the tray, where the desktop has no notifications of its own."""
        if not self._closed:
            self.tray.icon.showMessage(title, text)

    def tell_error(self, error: SottovoceError) -> None:
        """Show trouble that belongs to no turn (a taken hotkey, a click's work that failed); the stage stays."""
        if not self._closed:
            self._first_sound.hear(TurnFailed(error))

    def show_locked(self, locked: AppLocked | None) -> None:
        """Tell at the tray that the store is locked, and since when; None: it is being opened."""
        if not self._closed:
            self.tray.hear(StageChanged(Stage.READY, locked))

    @property
    def is_needed(self) -> bool:
        """Whether a window shows what would be lost with it: the welcome, or a code that was not yet noted."""
        welcome = self.welcome is not None and self.welcome.isVisible()
        return welcome or any(one is not None and one.pending for one in (self.recovery, self.welcome))

    def sound_arrived(self) -> None:
        """The microphone delivers: the overlay, which takes a moment to show, may say that it listens."""
        if not self._closed:
            self._first_sound.arrived()

    def show_preroll(self, keeps: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Show whether sound is being kept from before a press."""
        if not self._closed:
            self.tray.show_preroll(keeps)

    def show_dictation(self, on: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Show in the tray that what is said is typed."""
        if not self._closed:
            self.tray.show_dictation(on)

    def show_progress(self, progress: KnowledgeProgress) -> None:
        """Show how far the user's files have been read."""
        if not self._closed:
            self.tray.show_progress(progress)

    def show_erasing(self, progress: ErasingProgress) -> None:
        """Show how far what was erased has left the files."""
        if not self._closed:
            self.tray.show_erasing(progress)

    def show_window(self) -> None:
        """Bring up the window: history, talk, stop (what `sottovoce show`, a second start and a click do)."""
        if self._when_started(self.show_window):
            bring_up(self._history_window())

    def show_settings(self) -> None:
        """Bring up the settings."""
        if not self._when_started(self.show_settings):
            return
        if self.settings is None:
            from sottovoce.ui.settings_window import SettingsWindow  # noqa: PLC0415 - when it is first asked for

            self.settings = SettingsWindow(self._actions, self.tasks)
            self.settings.keys.recovery_asked.connect(self.ask_new_recovery_code)
            self._windows.append(self.settings)
        if not self.settings.isVisible():
            self.settings.fill()
        bring_up(self.settings)

    def show_about(self) -> None:
        """Bring up the about window."""
        if not self._when_started(self.show_about):
            return
        if self.about is None:
            from sottovoce.ui.about_window import AboutWindow  # noqa: PLC0415 - when it is first asked for

            self.about = AboutWindow(self._actions.about())
            self._windows.append(self.about)
        bring_up(self.about)

    def show_diagnostics(self) -> None:
        """Bring up what is counted and timed."""
        if not self._when_started(self.show_diagnostics):
            return
        if self.diagnostics is None:
            from sottovoce.ui.diagnostics_window import DiagnosticsWindow  # noqa: PLC0415 - when it is first asked for

            self.diagnostics = DiagnosticsWindow(self._actions, self.tasks)
            self._windows.append(self.diagnostics)
        bring_up(self.diagnostics)

    def show_installing(self, progress: ModelProgress) -> None:
        """Show how far a model is installed, where that was begun in a window."""
        if self.settings is not None and not self._closed:
            self.settings.models.show_progress(progress)

    def stored(self, *, anew: bool = False) -> None:
        """Something was stored by another way than a turn, or (`anew`) erased: an open window shows it."""
        if self.history is not None and not self._closed:
            self.history.stored(anew=anew)

    def show_recovery_code(self, code: str, *, new_home: bool = False) -> None:
        """Show a recovery code that was just made, of a new home too, beside what the user does."""
        window = self._recovery_window()
        window.show_code(code, new_home=new_home)
        show_quietly(window)
        self._make_room()

    def show_welcome(self, step: int, made: float | None, *, new_home: bool = False) -> None:
        """Show the welcome, beside what the user does.

        Args:
            step: Where to go on, from 0.
            made: When a recovery code was made that nobody has shown to have; None where there is none.
            new_home: Nothing has been kept yet: it says where a backup from elsewhere goes.
        """
        if self.welcome is None:
            from sottovoce.ui.welcome_window import WelcomeWindow  # noqa: PLC0415 - once in a home's life

            self.welcome = WelcomeWindow(self._actions, self.tasks, self.clipboard)
            self.welcome.pending_changed.connect(self._recovery_pending)
            self.welcome.closed.connect(self._welcome_closed)
            self.bridge.happened.connect(self.welcome.hear)
            self._windows.append(self.welcome)
        self.welcome.begin(step, made, new_home=new_home)
        comes_without_keyboard(self.welcome.windowTitle())
        show_quietly(self.welcome)
        self._make_room()

    def _welcome_closed(self) -> None:
        """A code that was shown in it stays to be had, by the menu."""
        if self.welcome is not None and self.welcome.pending and not self._closed:
            self._recovery_window().show_code(self.welcome.recovery.take_code())

    def _make_room(self) -> None:
        if self._overlay is not None:
            self._overlay.make_room()

    def show_recovery_again(self) -> None:
        """Bring up the code of which no group has been typed yet."""
        if self.welcome is not None and self.welcome.pending and self.welcome.isVisible():
            bring_up(self.welcome)
        elif self.recovery is not None and self.recovery.pending:
            bring_up(self.recovery)
            self._make_room()

    def ask_recovery_kept(self, made: float) -> None:
        """Ask, beside what the user does, whether the recovery code made then was kept."""
        window = self._recovery_window()
        window.ask_kept(made)
        show_quietly(window)

    def ask_new_recovery_code(self, made: float | None) -> None:
        """Ask whether a new recovery code is to take the place of the one made then."""
        if self.welcome is not None and self.welcome.pending and self.welcome.isVisible():
            bring_up(self.welcome)
            return
        window = self._recovery_window()
        if not window.isVisible() and not window.pending:
            window.ask_new(made)
        bring_up(window)

    async def close(self) -> None:
        """Take everything off the screen and end what clicks have started. Idempotent."""
        if self._closed:
            return
        self._closed = True
        self._first_sound.arrived()
        self.bridge.happened.disconnect()
        self.tray.close()
        self.menu.close()
        if self._overlay is not None:
            self._overlay.take_away()
            self._windows.append(self._overlay)
        if self._notices is not None:
            self._notices.close()
        self.clipboard.clear()
        for shown in (self.recovery, self.welcome):
            if shown is not None:
                shown.forget()
        for window in self._windows:
            window.hide()
        await self.tasks.close()
        for thing in (self.tray, self.menu, *self._windows):
            thing.deleteLater()
        self._windows.clear()

    def _history_window(self) -> HistoryWindow:
        if self.history is None:
            from sottovoce.ui.history_window import HistoryWindow  # noqa: PLC0415 - when it is first asked for

            self.history = HistoryWindow(self._actions, self.tasks, self.menu, self.unfinished)
            self._windows.append(self.history)
            self.bridge.happened.connect(self.history.hear)
            if self._latest_stage is not None:
                self.history.hear(self._latest_stage)
        return self.history

    def _recovery_window(self) -> RecoveryWindow:
        if self.recovery is None:
            from sottovoce.ui.recovery_window import RecoveryWindow  # noqa: PLC0415 - when it is first asked for

            self.recovery = RecoveryWindow(self._actions, self.tasks, self.clipboard)
            self.recovery.closed.connect(self._recovery_closed)
            self.recovery.pending_changed.connect(self._recovery_pending)
            self._windows.append(self.recovery)
        return self.recovery

    def _recovery_closed(self) -> None:
        if self.settings is not None and self.settings.isVisible():
            self.settings.keys.read()

    def _to_stay_clear(self) -> tuple[QRect, ...]:
        shown = [one for one in (self.recovery, self.welcome) if one is not None and one.isVisible()]
        far = {one: self.overlay.offset_of(one) for one in shown}
        return tuple(place.translated(far[one]) for one in shown for place in one.to_stay_clear())

    def _recovery_pending(self) -> None:
        pending = any(one is not None and one.pending for one in (self.recovery, self.welcome))
        self.menu.show_recovery(pending=pending)

    def _unfinished_changed(self, turn: TurnUnfinished | None) -> None:
        if turn is None and self._overlay is not None:
            self._overlay.withdraw()
        if turn is None and self._notices is not None:
            self._notices.withdraw()

    def _tray_came(self) -> None:
        if self.history is not None:
            self.history.tray_came()

    def _show_without_tray(self) -> None:
        """Without a tray the window is the way in; it comes up beside what the user is doing."""
        if not self._when_started(self._show_without_tray):
            return
        window = self._history_window()
        window.tell_no_tray()
        show_quietly(window)

    def _remember(self, event: TurnEvent) -> None:
        if isinstance(event, StageChanged):
            self._latest_stage = event
        elif isinstance(event, TurnUnfinished):
            self.unfinished.offer(event)

    def show_settings_in_force(self) -> None:
        """Show the settings as they are now, and what a policy decides; what the user is typing meanwhile stays."""
        if self._closed or not self._started:
            return
        if self.settings is not None:
            self.settings.follow()
        for window in (self.welcome, self.history):
            if window is not None:
                window.follow()
        if self._overlay is not None and self._place() is OverlayPlace.NOTICE:
            self._overlay.hide()
        self._settings_changed()

    def _settings_changed(self) -> None:
        latest = self._latest_stage
        stage, trouble = (latest.stage, latest.trouble) if latest is not None else (Stage.READY, None)
        self.menu.show_stage(stage, trouble)
